// SPDX-License-Identifier: Apache-2.0

package report

// A GPU is a graphics processor or accelerator whose driver describes it.
type GPU struct {
	ID              string       `json:"id"`
	Index           *int         `json:"index,omitzero"` // as the driver counts
	PCIAddress      string       `json:"pci_address,omitzero"`
	Model           string       `json:"model,omitzero"`
	Vendor          string       `json:"vendor,omitzero"`
	UUID            string       `json:"uuid,omitzero"`
	Serial          string       `json:"serial,omitzero"`
	BoardPartNumber string       `json:"board_part_number,omitzero"`
	FRUPartNumber   string       `json:"fru_part_number,omitzero"`
	VBIOS           string       `json:"vbios,omitzero"`
	Driver          string       `json:"driver,omitzero"`
	CUDA            string       `json:"cuda,omitzero"`
	MemoryBytes     uint64       `json:"memory_bytes,omitzero"`
	ECC             *GPUECC      `json:"ecc,omitzero"`
	RetiredPages    *GPUPages    `json:"retired_pages,omitzero"`
	RowRemap        *GPURowRemap `json:"row_remap,omitzero"`
	RecoveryAction  string       `json:"recovery_action,omitzero"` // what the driver asks for, in lower case: "none", "reset", …
	Fault           string       `json:"fault,omitzero"`           // what the driver complains of: "GPU is lost"
	Health          string       `json:"health,omitzero"`          // "ok", "warning", "critical", "unknown"; "" for an adapter that nothing can judge
	Unread          string       `json:"unread,omitzero"`          // why its driver's tool says nothing of it
	Missing         bool         `json:"missing,omitzero"`         // it is on the bus, or its driver counts it, and its driver cannot open it
	BadReadings     []string     `json:"bad_readings,omitzero"`    // values that the driver could not read, by name
	ResetRequired   *bool        `json:"reset_required,omitzero"`  // the driver needs or recommends one
	InfoROM         string       `json:"inforom,omitzero"`         // its image version
	Fabric          *GPUFabric   `json:"fabric,omitzero"`
	Throttle        []string     `json:"throttle,omitzero"` // active reasons: "hw_slowdown", "hw_thermal_slowdown", "hw_power_brake", "sw_thermal_slowdown", …
	NVLink          []NVLink     `json:"nvlink,omitzero"`
	MIG             *GPUMIG      `json:"mig,omitzero"`
	Link            *PCILink     `json:"link,omitzero"`
	PowerLimitW     float64      `json:"power_limit_w,omitzero"`
	PowerW          float64      `json:"power_w,omitzero"`
	TemperatureC    *int         `json:"temperature_c,omitzero"`
	Sources         []string     `json:"sources,omitzero"`
}

// GPUECC counts memory errors.
type GPUECC struct {
	Enabled   *bool      `json:"enabled,omitzero"`
	Volatile  *ECCCounts `json:"volatile,omitzero"`  // since the driver was loaded
	Aggregate *ECCCounts `json:"aggregate,omitzero"` // over the card's life
	Pending   *bool      `json:"pending,omitzero"`   // whether ECC is on after the next reset
	// Unrepairable says that memory is faulty and no spare is left for it;
	// RepairPending that a repair waits for a reset.
	Unrepairable  *bool `json:"unrepairable,omitzero"`
	RepairPending *bool `json:"repair_pending,omitzero"`
	// SRAMThresholdExceeded says that the card should be replaced for its
	// uncorrectable errors.
	SRAMThresholdExceeded *bool `json:"sram_threshold_exceeded,omitzero"`
}

// ECCCounts are numbers of memory errors.
type ECCCounts struct {
	Corrected   *int64 `json:"corrected,omitzero"`
	Uncorrected *int64 `json:"uncorrected,omitzero"`
}

// GPUPages counts the memory pages taken out of use.
type GPUPages struct {
	SBE     *int64 `json:"sbe,omitzero"` // for many single-bit errors
	DBE     *int64 `json:"dbe,omitzero"` // for a double-bit error
	Pending *bool  `json:"pending,omitzero"`
}

// GPURowRemap counts the memory rows replaced by spare ones.
type GPURowRemap struct {
	Correctable   *int64 `json:"correctable,omitzero"`
	Uncorrectable *int64 `json:"uncorrectable,omitzero"`
	Pending       *bool  `json:"pending,omitzero"`
	Failure       *bool  `json:"failure,omitzero"`
	// BanksWithoutSpares counts memory banks that have no spare row left.
	BanksWithoutSpares *int64 `json:"banks_without_spares,omitzero"`
}

// GPUFabric is how a GPU is joined to the others through NVSwitch.
type GPUFabric struct {
	State  string            `json:"state,omitzero"`  // "completed", "in progress", "not started", …
	Status string            `json:"status,omitzero"` // "success", or what went wrong
	Health map[string]string `json:"health,omitzero"` // by name: "bandwidth", "route_unhealthy", …
}

// An NVLink is one of a GPU's links to others.
type NVLink struct {
	Link      int     `json:"link"`
	Active    bool    `json:"active"`
	SpeedGBps float64 `json:"speed_gb_per_s,omitzero"`
}

// GPUMIG is how a GPU is divided.
type GPUMIG struct {
	Mode    string      `json:"mode,omitzero"` // "enabled" or "disabled"
	Devices []MIGDevice `json:"devices,omitzero"`
}

// A MIGDevice is a part of a GPU.
type MIGDevice struct {
	UUID            string `json:"uuid,omitzero"`
	Profile         string `json:"profile,omitzero"`
	GPUInstance     *int   `json:"gpu_instance,omitzero"`
	ComputeInstance *int   `json:"compute_instance,omitzero"`
	SMCount         int    `json:"sm_count,omitzero"` // streaming multiprocessors
	MemoryBytes     uint64 `json:"memory_bytes,omitzero"`
}
