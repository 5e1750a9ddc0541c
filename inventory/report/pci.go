// SPDX-License-Identifier: Apache-2.0

package report

// A PCIFunction is one function of a PCI device.
type PCIFunction struct {
	ID                string        `json:"id"`
	Address           string        `json:"address"` // "0000:3b:00.0"
	Class             IDName        `json:"class"`
	Vendor            IDName        `json:"vendor"`
	Device            IDName        `json:"device"`
	Subsystem         *PCISubsystem `json:"subsystem,omitzero"`
	Revision          string        `json:"revision,omitzero"`
	ProgIf            string        `json:"prog_if,omitzero"`
	Driver            string        `json:"driver,omitzero"`
	Modules           []string      `json:"modules,omitzero"`
	Slot              string        `json:"slot,omitzero"`
	NUMANode          *int          `json:"numa_node,omitzero"`
	IOMMUGroup        *int          `json:"iommu_group,omitzero"`
	Parent            string        `json:"parent,omitzero"` // the address of the bridge above it
	Link              *PCILink      `json:"link,omitzero"`
	SlotLanes         int           `json:"slot_lanes,omitzero"`          // of its slot, as SMBIOS says
	Dead              bool          `json:"dead,omitzero"`                // it reads as all ones: it is powered off or has failed
	VirtualFunctionOf string        `json:"virtual_function_of,omitzero"` // the address of its physical function
	MemoryBytes       uint64        `json:"memory_bytes,omitzero"`        // of its largest prefetchable memory BAR, for accelerators
	Errors            *PCIErrors    `json:"errors,omitzero"`              // nil for one that has counted none
	Sources           []string      `json:"sources,omitzero"`
}

// An IDName is a number that a registry gives out, and its name there.
type IDName struct {
	ID   string `json:"id,omitzero"` // hexadecimal digits
	Name string `json:"name,omitzero"`
}

// A PCISubsystem names the maker of the card, where vendor and device name
// that of the chip.
type PCISubsystem struct {
	Vendor IDName `json:"vendor"`
	Device IDName `json:"device"`
}

// A PCILink is a PCI Express link as it runs and as it could.
type PCILink struct {
	CurrentGTs   float64 `json:"current_gts,omitzero"` // in gigatransfers a second
	CurrentWidth int     `json:"current_width,omitzero"`
	MaxGTs       float64 `json:"max_gts,omitzero"`
	MaxWidth     int     `json:"max_width,omitzero"`
	Degraded     bool    `json:"degraded,omitzero"`   // runs below what both ends can do
	LimitedBy    string  `json:"limited_by,omitzero"` // the address of the port above, if that is the slower end
}

// PCIErrors are the errors of PCI Express that a function has reported since the
// kernel started: its own, or those that it saw on its link. Each is nil for none.
type PCIErrors struct {
	Fatal     *PCIErrorCount `json:"fatal,omitzero"`     // by which the link is lost
	Nonfatal  *PCIErrorCount `json:"nonfatal,omitzero"`  // by which a transaction is
	Corrected *PCIErrorCount `json:"corrected,omitzero"` // by which nothing is
}

// A PCIErrorCount counts errors of one severity.
type PCIErrorCount struct {
	Messages int64            `json:"messages"`       // one can tell of several errors
	Kinds    map[string]int64 `json:"kinds,omitzero"` // by the kernel's names, which are lspci's
}
