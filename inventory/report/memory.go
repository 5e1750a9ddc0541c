// SPDX-License-Identifier: Apache-2.0

package report

// Memory is the machine's RAM and the slots for it.
type Memory struct {
	TotalBytes uint64 `json:"total_bytes,omitzero"` // of all modules; what the kernel can use if no module is known
	SlotsTotal int    `json:"slots_total,omitzero"`
	SlotsUsed  int    `json:"slots_used,omitzero"`
	// AnnouncedModules is how many slots the arrays say they have; 0 if unknown.
	AnnouncedModules int             `json:"announced_modules,omitzero"`
	Arrays           []MemoryArray   `json:"arrays,omitzero"`
	Modules          []MemoryModule  `json:"modules,omitzero"`  // one for each slot, also the empty ones
	Counters         []MemoryCounter `json:"counters,omitzero"` // of memory errors, as the kernel counts them
	// Persistent are the modules that keep their content, as firmware told the kernel of
	// them when it started.
	Persistent []PersistentModule `json:"persistent,omitzero"`
	Sources    []string           `json:"sources,omitzero"`
}

// A PersistentModule is a module of persistent memory (ACPI, NFIT).
type PersistentModule struct {
	Name   string   `json:"name"`            // the kernel's: "nmem0"
	Module string   `json:"module,omitzero"` // the id of the module, if it is known
	Faults []string `json:"faults,omitzero"` // in the kernel's words: "not_armed", "save_fail", "restore_fail", "flush_fail", "map_fail", "smart_event"
}

// A MemoryCounter counts the errors of a piece of memory that the kernel's
// driver can tell apart: a module, or what hangs on a whole controller.
type MemoryCounter struct {
	Label       string `json:"label"`           // the driver's or the board's name: "CPU_SrcID#0_MC#0_Chan#0_DIMM#0", "mc0"
	Module      string `json:"module,omitzero"` // the id of the module, if the label is the name of its slot
	Corrected   int64  `json:"corrected"`       // since the kernel started
	Uncorrected int64  `json:"uncorrected"`
}

// A MemoryArray is a set of slots behind one controller (SMBIOS type 16).
type MemoryArray struct {
	Handle   string `json:"handle"` // of its SMBIOS record, such as "0x1000"
	Location string `json:"location,omitzero"`
	Use      string `json:"use,omitzero"`
	ECC      string `json:"ecc,omitzero"` // "Multi-bit ECC", "None", …
	MaxBytes uint64 `json:"max_bytes,omitzero"`
	Slots    int    `json:"slots,omitzero"` // that it says it has
	// LastError is the kind of the last error that the firmware noted, in the words of
	// SMBIOS: "Uncorrectable Error"; "" for none and for unknown. A module has it too.
	LastError string `json:"last_error,omitzero"`
}

// A MemoryModule is a memory slot and what is in it (SMBIOS type 17).
type MemoryModule struct {
	ID             string        `json:"id"`
	Slot           string        `json:"slot,omitzero"`
	Bank           string        `json:"bank,omitzero"`
	Array          string        `json:"array,omitzero"` // the handle of its MemoryArray
	Present        bool          `json:"present"`        // false: the slot is empty
	SizeBytes      uint64        `json:"size_bytes,omitzero"`
	Type           string        `json:"type,omitzero"`        // "DDR5"
	TypeDetail     string        `json:"type_detail,omitzero"` // "Synchronous Registered (Buffered)"
	FormFactor     string        `json:"form_factor,omitzero"` // "DIMM"
	SpeedMTs       int           `json:"speed_mts,omitzero"`   // the highest that the module can do
	ConfiguredMTs  int           `json:"configured_mts,omitzero"`
	Rank           int           `json:"rank,omitzero"`
	Voltage        float64       `json:"voltage_v,omitzero"` // as configured
	Manufacturer   *Manufacturer `json:"manufacturer,omitzero"`
	PartNumber     string        `json:"part_number,omitzero"`
	Serial         string        `json:"serial,omitzero"`
	AssetTag       string        `json:"asset_tag,omitzero"`
	Firmware       string        `json:"firmware,omitzero"`
	Technology     string        `json:"technology,omitzero"` // "DRAM", "Intel Optane persistent memory", …
	TotalWidthBits int           `json:"total_width_bits,omitzero"`
	DataWidthBits  int           `json:"data_width_bits,omitzero"`
	LastError      string        `json:"last_error,omitzero"`
	Health         string        `json:"health,omitzero"` // by the kernel's error counters; "" without an EDAC driver
	ECC            *MemoryECC    `json:"ecc,omitzero"`
	Sources        []string      `json:"sources,omitzero"`
}

// MemoryECC counts memory errors since the kernel started (EDAC).
type MemoryECC struct {
	Corrected   int64 `json:"corrected"`
	Uncorrected int64 `json:"uncorrected"`
}

// A Manufacturer is the maker of a memory module. Firmware prints a name or a
// JEDEC code; a code that is not in the list of JEP106 has no name.
type Manufacturer struct {
	Name  string `json:"name,omitzero"`
	Raw   string `json:"raw"`            // as the firmware has it
	JEDEC string `json:"jedec,omitzero"` // the code of JEP106, such as "0x80CE"
}
