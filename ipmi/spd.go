// SPDX-License-Identifier: Apache-2.0

package ipmi

// An SPD is what ipmitool decodes of a memory module's serial presence detect
// data, where a FRU locator says that the device holds one (lib/dimm_spd.c).
type SPD struct {
	MemoryType      string `json:"memory_type,omitzero"` // "DDR4 SDRAM"
	SizeBytes       int64  `json:"size_bytes,omitzero"`
	Manufacturer    string `json:"manufacturer,omitzero"`
	PartNumber      string `json:"part_number,omitzero"`
	Serial          string `json:"serial,omitzero"`           // eight hexadecimal digits
	ManufactureYear int    `json:"manufacture_year,omitzero"` // four digits
	ManufactureWeek int    `json:"manufacture_week,omitzero"` // 1 to 53

	DieCapacityBits  int64    `json:"die_capacity_bits,omitzero"` // of one SDRAM chip; DDR3's "MB" are megabits
	DieCount         int      `json:"die_count,omitzero"`
	BusWidthBits     int      `json:"bus_width_bits,omitzero"`
	DeviceWidthBits  int      `json:"device_width_bits,omitzero"`
	Ranks            int      `json:"ranks,omitzero"`
	Banks            string   `json:"banks,omitzero"` // "3 (8 Banks)"
	BankGroups       string   `json:"bank_groups,omitzero"`
	PackageType      string   `json:"package_type,omitzero"`
	Technology       string   `json:"technology,omitzero"`
	Density          string   `json:"density,omitzero"`
	VoltageInterface string   `json:"voltage_interface,omitzero"` // "SSTL 1.8V"
	NominalVoltages  []string `json:"nominal_voltages,omitzero"`  // those it runs at: "1.35 V"
	ErrorCorrection  string   `json:"error_correction,omitzero"`  // "8 bits", "ECC"; "" where none
}
