// SPDX-License-Identifier: Apache-2.0

package nvidia

// A Log is what the driver says of itself and of its GPUs.
//
// Every numeric reading is an *int64 and every flag a *bool: nil means that the
// GPU has no such reading, that this driver does not print it, or that it could
// not be read ("N/A", "[Not Supported]", "GPU is lost", …).
type Log struct {
	// Timestamp is the time of the query as printed, "Fri Jul  3 22:22:26
	// 2026" in XML and "2026/07/03 22:22:27.218" in CSV; it has no time zone.
	Timestamp string `json:"timestamp,omitzero"`

	// Driver is the version of the driver, "580.65.06".
	Driver string `json:"driver,omitzero"`

	// KMD is the version of the kernel mode driver, which drivers since 595
	// print apart; Driver is the same where they print nothing else.
	KMD string `json:"kmd,omitzero"`

	// CUDA is the newest CUDA version that the driver supports, "13.0"; "" with
	// drivers before 410 and where libcuda is not installed ("Not Found").
	CUDA string `json:"cuda,omitzero"`

	// AttachedGPUs is the number of GPUs that the driver counts. It can exceed
	// len(GPUs): a GPU that fell off the bus is counted and not printed.
	AttachedGPUs *int64 `json:"attached_gpus,omitzero"`

	// GPUs are in the order in which they were printed, which need not be that
	// of their indexes.
	GPUs []GPU `json:"gpus,omitzero"`

	// Unreadable are the GPUs that the driver names and cannot open. They are
	// missing from GPUs.
	Unreadable []UnreadableGPU `json:"unreadable,omitzero"`

	// Notes are the lines of plain text around or between the data.
	Notes []Note `json:"notes,omitzero"`

	// Root is the element that was read, nil for a log that did not come from
	// [Parse] or [ParseText].
	Root *Node `json:"-"`

	// Unknown lists the elements that no typed field stands for, in order.
	Unknown []*Node `json:"-"`
}

// An UnreadableGPU is one that the driver knows and cannot open; most have
// fallen off the bus. Drivers name it by its address, its number, both or
// neither.
type UnreadableGPU struct {
	PCIAddress string `json:"pci_address,omitzero"` // "0000:02:00.0"
	Index      *int64 `json:"index,omitzero"`
	Reason     string `json:"reason,omitzero"` // "Unknown Error", "GPU is lost"
}

// A Note is a line of plain text that nvidia-smi, the driver or the shell
// printed beside the data.
type Note struct {
	Text string `json:"text"`

	// PCIAddress is that of the GPU that the text names, "0000:02:00.0"; "" if
	// it names none.
	PCIAddress string `json:"pci_address,omitzero"`

	// Index is that of the GPU that the text names ("GPU3: …"), nil if it
	// names none.
	Index *int64 `json:"index,omitzero"`

	// Unreadable says that the driver knows the GPU and cannot open it:
	// "Unable to determine the device handle for GPU 0000:02:00.0: Unknown
	// Error". Such a GPU is missing from the log; most have fallen off the bus.
	Unreadable bool `json:"unreadable,omitzero"`

	// CorruptInfoROM says that the text is "WARNING: infoROM is corrupted at
	// gpu …": the GPU works, but its serial, part numbers and error history
	// cannot be trusted.
	CorruptInfoROM bool `json:"corrupt_inforom,omitzero"`

	Line int `json:"line"` // from 1
}
