// SPDX-License-Identifier: Apache-2.0

package nvidia

import "strings"

// A GPU is one GPU: what it is, where it sits, how it is set up and how it is.
//
// The comments name the element of nvidia-smi -q -x that a field stands for
// where the name is not the same; the columns of --query-gpu are those of
// nvidia-smi --help-query-gpu.
type GPU struct {
	// ID is the PCI address as printed, with a domain of four digits before
	// driver 384 and of eight since: "00000000:3B:00.0".
	ID string `json:"id,omitzero"`

	// Index is the GPU's number in the driver. XML does not print it.
	Index *int64 `json:"index,omitzero"`

	// MinorNumber is N in /dev/nvidiaN.
	MinorNumber *int64 `json:"minor_number,omitzero"`

	Name         string `json:"name,omitzero"`         // product_name, "NVIDIA H100 80GB HBM3"
	Brand        string `json:"brand,omitzero"`        // product_brand, "GeForce"
	Architecture string `json:"architecture,omitzero"` // product_architecture, "Hopper"
	UUID         string `json:"uuid,omitzero"`         // "GPU-" and a UUID

	// Serial is the serial number of the board. GeForce boards have none;
	// virtual machines of clouds may show zeros only, which is "" here.
	Serial string `json:"serial,omitzero"`

	PDI               string  `json:"pdi,omitzero"` // per-device identifier, 64 bits in hexadecimal
	BoardID           string  `json:"board_id,omitzero"`
	BoardPartNumber   string  `json:"board_part_number,omitzero"` // "692-2G520-0200-000"
	GPUPartNumber     string  `json:"gpu_part_number,omitzero"`   // of the chip, "2330-885-A1"
	FRUPartNumber     string  `json:"fru_part_number,omitzero"`   // gpu_fru_part_number
	MultiGPUBoard     *bool   `json:"multi_gpu_board,omitzero"`
	ComputeCapability string  `json:"compute_capability,omitzero"` // CSV and NVML, "9.0"
	VBIOS             string  `json:"vbios,omitzero"`              // vbios_version
	GSPFirmware       string  `json:"gsp_firmware,omitzero"`       // gsp_firmware_version
	InfoROM           InfoROM `json:"inforom,omitzero"`
	Hostname          string  `json:"hostname,omitzero"` // CSV: name given to the GPU's management controller

	// Fault is the first message about the GPU as a whole that stood where a
	// value should: "GPU is lost", "GPU requires reset". "Unknown Error" and
	// "ERR!" are faults of the one reading that says so, and of the GPU only
	// where it cannot even tell its UUID.
	Fault string `json:"fault,omitzero"`

	// Faulty are the readings in whose place a message stood, at most 256. Many
	// GPUs that work have one that the driver cannot read.
	Faulty []FaultyReading `json:"faulty,omitzero"`

	PCI      PCI      `json:"pci,omitzero"`
	Platform Platform `json:"platform,omitzero"` // platformInfo
	Fabric   Fabric   `json:"fabric,omitzero"`
	NVLinks  []NVLink `json:"nvlinks,omitzero"` // from NVML; nvidia-smi prints them apart, see [ParseNVLink]

	Memory          MemoryUsage `json:"memory,omitzero"`           // fb_memory_usage
	BAR1            MemoryUsage `json:"bar1,omitzero"`             // bar1_memory_usage
	ProtectedMemory MemoryUsage `json:"protected_memory,omitzero"` // cc_protected_memory_usage

	ECCMode        Mode         `json:"ecc_mode,omitzero"`
	ECC            ECC          `json:"ecc,omitzero"` // ecc_errors
	RetiredPages   RetiredPages `json:"retired_pages,omitzero"`
	RemappedRows   RemappedRows `json:"remapped_rows,omitzero"`
	DRAMEncryption Mode         `json:"dram_encryption,omitzero"`

	// RecoveryAction is what the driver asks for: "None", "Reset", "Reboot",
	// "Drain P2P", "Drain and Reset".
	RecoveryAction           string `json:"recovery_action,omitzero"`
	ResetRequired            *bool  `json:"reset_required,omitzero"`
	DrainAndResetRecommended *bool  `json:"drain_and_reset_recommended,omitzero"`

	Temperature        Temperature      `json:"temperature,omitzero"`
	FanPercent         *int64           `json:"fan_percent,omitzero"` // fan_speed: the speed intended, not measured
	PerformanceState   string           `json:"performance_state,omitzero"`
	Power              Power            `json:"power,omitzero"`        // power_readings, gpu_power_readings
	ModulePower        Power            `json:"module_power,omitzero"` // of a module of CPU and GPU (Grace)
	MemoryPower        Power            `json:"memory_power,omitzero"` // gpu_memory_power_readings
	PowerProfiles      PowerProfiles    `json:"power_profiles,omitzero"`
	PowerSmoothing     PowerSmoothing   `json:"power_smoothing,omitzero"`
	GraphicsMicrovolts *int64           `json:"graphics_microvolts,omitzero"` // voltage/graphics_volt
	Clocks             Clocks           `json:"clocks,omitzero"`
	EventReasons       EventReasons     `json:"event_reasons,omitzero"` // clocks_event_reasons, clocks_throttle_reasons
	SupportedClocks    []SupportedClock `json:"supported_clocks,omitzero"`
	Utilization        Utilization      `json:"utilization,omitzero"`
	Encoder            SessionStats     `json:"encoder,omitzero"` // encoder_stats
	FrameBuffer        SessionStats     `json:"fbc,omitzero"`     // fbc_stats: frame buffer capture

	MIGMode    Mode        `json:"mig_mode,omitzero"`
	MIGDevices []MIGDevice `json:"mig_devices,omitzero"`

	Processes          []Process          `json:"processes,omitzero"`
	AccountedProcesses []AccountedProcess `json:"accounted_processes,omitzero"`

	Settings Settings `json:"settings,omitzero"`

	// Element is the record that the GPU was read from, nil outside XML and -q
	// text.
	Element *Node `json:"-"`
}

// A FaultyReading is one that should have a value and has a message instead.
type FaultyReading struct {
	Path string `json:"path"` // the element below the GPU: "power_readings.default_power_limit"; in CSV the column
	Text string `json:"text"` // "Unknown Error", "ERR!", "GPU is lost"
}

// NeedsReset says whether the driver asks for a reset of the GPU or a reboot,
// whichever way its generation says so: reset_required of drivers 535 to 565 or
// gpu_recovery_action since. nil where it says nothing of it.
func (g *GPU) NeedsReset() *bool {
	var needs bool
	switch action := g.RecoveryAction; {
	case strings.Contains(action, "Reset"), strings.Contains(action, "Reboot"):
		needs = true
	case g.ResetRequired != nil:
		needs = *g.ResetRequired
	case action == "":
		return nil
	}
	return &needs
}

// Mode is a setting that takes effect at the next reset: what it is now and
// what it will be then.
type Mode struct {
	Current *bool `json:"current,omitzero"`
	Pending *bool `json:"pending,omitzero"`
}

// NamedMode is a [Mode] of more than two values.
type NamedMode struct {
	Current string `json:"current,omitzero"`
	Pending string `json:"pending,omitzero"`
}

// Settings are the modes that an administrator chooses, and what a driver on
// Windows or under a hypervisor adds to them.
type Settings struct {
	PersistenceMode      *bool     `json:"persistence_mode,omitzero"`
	AccountingMode       *bool     `json:"accounting_mode,omitzero"`
	AccountingBufferSize *int64    `json:"accounting_buffer_size,omitzero"` // processes
	ComputeMode          string    `json:"compute_mode,omitzero"`           // "Default", "Exclusive_Process", "Prohibited"
	AddressingMode       string    `json:"addressing_mode,omitzero"`        // "HMM", "ATS", "None"
	DisplayMode          *bool     `json:"display_mode,omitzero"`
	DisplayAttached      *bool     `json:"display_attached,omitzero"`
	DisplayActive        *bool     `json:"display_active,omitzero"`
	DriverModel          NamedMode `json:"driver_model,omitzero"`       // Windows: "WDDM", "TCC", "MCDM"
	GPUOperationMode     NamedMode `json:"gpu_operation_mode,omitzero"` // "All On", "Compute", "Low Double Precision"
	GSPMode              *bool     `json:"gsp_mode,omitzero"`           // CSV: gsp.mode.current
	GSPModeDefault       *bool     `json:"gsp_mode_default,omitzero"`
	C2CMode              *bool     `json:"c2c_mode,omitzero"` // chip-to-chip link
	EGM                  *bool     `json:"egm,omitzero"`      // capabilities/egm: extended GPU memory
	SparseOperationMode  *bool     `json:"sparse_operation_mode,omitzero"`
	RelaxedOrderingMode  *bool     `json:"relaxed_ordering_mode,omitzero"` // ibmnpu
	VirtualizationMode   string    `json:"virtualization_mode,omitzero"`   // "None", "Pass-Through", "Host VGPU"
	HostVGPUMode         string    `json:"host_vgpu_mode,omitzero"`        // "SR-IOV", "Non SR-IOV"
	VGPUHeterogeneous    *bool     `json:"vgpu_heterogeneous_mode,omitzero"`
	VGPU                 VGPU      `json:"vgpu,omitzero"`
	AutoBoost            *bool     `json:"auto_boost,omitzero"` // clock_policy
	AutoBoostDefault     *bool     `json:"auto_boost_default,omitzero"`
}

// VGPU is what the driver and the device can do for virtual GPUs; only CSV
// prints it. No capture with anything but "[N/A]" has been seen, so the values
// are kept as text.
type VGPU struct {
	HeterogeneousMulti    string `json:"heterogeneous_multi,omitzero"`
	FractionalMulti       string `json:"fractional_multi,omitzero"`
	TimeSliceProfile      string `json:"heterogeneous_time_slice_profile,omitzero"`
	TimeSliceSizes        string `json:"heterogeneous_time_slice_sizes,omitzero"`
	HomogeneousPlacements string `json:"homogeneous_placements,omitzero"`
	MIGTimeSlicing        string `json:"mig_time_slicing,omitzero"`
	MIGTimeSlicingMode    string `json:"mig_time_slicing_mode,omitzero"`
}

// InfoROM holds the versions of the objects in the board's InfoROM, the small
// memory that keeps its identity and its error history.
type InfoROM struct {
	Image         string `json:"image,omitzero"` // img_version, "G520.0200.00.05"
	OEM           string `json:"oem,omitzero"`
	ECC           string `json:"ecc,omitzero"`
	Power         string `json:"power,omitzero"`
	ChecksumValid *bool  `json:"checksum_valid,omitzero"` // CSV: inforom.checksum_validation is "valid"

	// FlushTimestamp and FlushMicroseconds tell of the last time that the
	// black box recorder was written (inforom_bbx_flush).
	FlushTimestamp    string `json:"flush_timestamp,omitzero"`
	FlushMicroseconds *int64 `json:"flush_microseconds,omitzero"`
	RunSeconds        *int64 `json:"run_seconds,omitzero"` // CSV: bbx.time_run
}

// PCI is the GPU's place on the bus and its link.
type PCI struct {
	// Address is the place as lspci and sysfs write it: "0000:3b:00.0", in
	// lower case, the domain in four digits unless it needs more.
	Address string `json:"address,omitzero"`

	Domain *int64 `json:"domain,omitzero"`
	Bus    *int64 `json:"bus,omitzero"`
	Device *int64 `json:"device,omitzero"`

	// VendorID and so on are four hexadecimal digits in lower case. nvidia-smi
	// prints both halves as one, device first: "233010DE".
	VendorID          string `json:"vendor_id,omitzero"`
	DeviceID          string `json:"device_id,omitzero"`
	SubsystemVendorID string `json:"subsystem_vendor_id,omitzero"`
	SubsystemDeviceID string `json:"subsystem_device_id,omitzero"`
	BaseClass         *int64 `json:"base_class,omitzero"` // 3 is a display controller
	SubClass          *int64 `json:"sub_class,omitzero"`  // 0 is VGA, 2 is 3D

	// The generation now (an idle GPU lowers it) and the greatest one, of the
	// link, of the device alone and of the slot alone.
	LinkGeneration          *int64 `json:"link_generation,omitzero"`
	LinkGenerationMax       *int64 `json:"link_generation_max,omitzero"`
	DeviceLinkGeneration    *int64 `json:"device_link_generation,omitzero"`
	DeviceLinkGenerationMax *int64 `json:"device_link_generation_max,omitzero"`
	HostLinkGenerationMax   *int64 `json:"host_link_generation_max,omitzero"`

	LinkWidth    *int64 `json:"link_width,omitzero"` // lanes
	LinkWidthMax *int64 `json:"link_width_max,omitzero"`

	Replays            *int64 `json:"replays,omitzero"` // replay_counter, since the last reset
	ReplayRollovers    *int64 `json:"replay_rollovers,omitzero"`
	TransmitKBs        *int64 `json:"transmit_kilobytes_per_second,omitzero"` // tx_util, KB/s
	ReceiveKBs         *int64 `json:"receive_kilobytes_per_second,omitzero"`  // rx_util, KB/s
	BridgeType         string `json:"bridge_type,omitzero"`                   // pci_bridge_chip
	BridgeFirmware     string `json:"bridge_firmware,omitzero"`
	AtomicCapsOutbound string `json:"atomic_caps_outbound,omitzero"` // "FETCHADD_32 FETCHADD_64 …"
	AtomicCapsInbound  string `json:"atomic_caps_inbound,omitzero"`
}

// Platform is the GPU's place in a rack-scale system.
type Platform struct {
	ChassisSerial string `json:"chassis_serial,omitzero"` // rack_serial_number with driver 565
	Slot          *int64 `json:"slot,omitzero"`           // chassis_physical_slot_number with driver 565
	Tray          *int64 `json:"tray,omitzero"`           // compute_slot_index with driver 565
	Host          *int64 `json:"host,omitzero"`           // node_index with driver 565
	PeerType      string `json:"peer_type,omitzero"`      // "Switch Connected", "Direct Connected"

	// Module numbers the GPU on its baseboard, from 1 on HGX boards
	// (gpu_module_id before driver 550).
	Module     *int64 `json:"module,omitzero"`
	FabricGUID string `json:"fabric_guid,omitzero"` // gpu_fabric_guid
}
