// SPDX-License-Identifier: Apache-2.0

package ipmi

import "strings"

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

// read takes in one field (ipmi_spd_print in lib/dimm_spd.c).
func (s *SPD) read(key, value string) bool {
	switch key {
	case "Memory Type":
		s.MemoryType = text(value)
	case "Memory size", "Memory Size":
		return s.readSize(value)
	case "Manufacturer":
		s.Manufacturer = name(value)
	case "Manufacture Date":
		return s.readDate(value)
	case "Serial Number":
		s.Serial = serial(value)
	case "Part Number":
		s.PartNumber = name(value)
	case "SDRAM Capacity":
		return s.readDieCapacity(value)
	case "SDRAM Die Count":
		return readNumber(&s.DieCount, value, "", 0)
	case "Primary Bus Width":
		return readNumber(&s.BusWidthBits, value, " bits", 0)
	case "SDRAM Device Width":
		return readNumber(&s.DeviceWidthBits, value, " bits", 0)
	case "Number of Ranks", "Logical Rank per DIMM":
		return readNumber(&s.Ranks, value, "", 0)
	case "Memory Banks":
		s.Banks = text(value)
	case "Memory Bank Group":
		s.BankGroups = text(value)
	case "SDRAM Package Type":
		s.PackageType = text(value)
	case "Technology":
		s.Technology = text(value)
	case "Memory Density":
		s.Density = text(value)
	case "Voltage Intf":
		s.VoltageInterface = text(value)
	case "Error Detect/Cor":
		if s.ErrorCorrection = text(value); s.ErrorCorrection == "0 bits" {
			s.ErrorCorrection = ""
		}
	default:
		return s.readVoltage(key, value)
	}
	return true
}

// readSize parses "8192 MB", where a megabyte is 2^20 bytes.
func (s *SPD) readSize(value string) bool {
	n, ok := number(value, " MB", 1<<30)
	s.SizeBytes = int64(n) << 20
	return ok
}

// readDieCapacity parses a chip's capacity in megabits. For DDR3 ipmitool
// prints "MB" after that number, for DDR4 "Mb".
func (s *SPD) readDieCapacity(value string) bool {
	value = strings.TrimSpace(value)
	n, ok := number(strings.TrimRight(value, "MBb"), "", 1<<30)
	s.DieCapacityBits = int64(n) << 20
	return ok
}

// readDate parses "year 11 week 21" (DDR3) and "year 2017 week  7" (DDR4).
func (s *SPD) readDate(value string) bool {
	words := strings.Fields(value)
	if len(words) != 4 || words[0] != "year" || words[2] != "week" {
		return false
	}
	year, ok := number(words[1], "", 2255)
	week, ok2 := number(words[3], "", 165)
	if !ok || !ok2 {
		return false
	}
	if year < 100 {
		year += 2000
	}
	if week >= 1 && week <= 53 {
		s.ManufactureYear, s.ManufactureWeek = year, week
	}
	return true
}

// readVoltage parses "Yes" or "No" after "1.35 V Nominal Op".
func (s *SPD) readVoltage(key, value string) bool {
	voltage, ok := strings.CutSuffix(key, " Nominal Op")
	yes, ok2 := yesNo(value)
	if yes && ok {
		s.NominalVoltages = append(s.NominalVoltages, voltage)
	}
	return ok && ok2
}
