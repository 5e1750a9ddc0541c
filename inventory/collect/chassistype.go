// SPDX-License-Identifier: Apache-2.0

package collect

import "strconv"

// chassisTypes are the chassis types by number, as dmidecode words them
// (DSP0134 3.7, section 7.4.1). The kernel gives only the number.
var chassisTypes = [...]string{
	1: "Other", 3: "Desktop", 4: "Low Profile Desktop", 5: "Pizza Box", 6: "Mini Tower", 7: "Tower",
	8: "Portable", 9: "Laptop", 10: "Notebook", 11: "Hand Held", 12: "Docking Station", 13: "All In One",
	14: "Sub Notebook", 15: "Space-saving", 16: "Lunch Box", 17: "Main Server Chassis", 18: "Expansion Chassis",
	19: "Sub Chassis", 20: "Bus Expansion Chassis", 21: "Peripheral Chassis", 22: "RAID Chassis",
	23: "Rack Mount Chassis", 24: "Sealed-case PC", 25: "Multi-system", 26: "CompactPCI", 27: "AdvancedTCA",
	28: "Blade", 29: "Blade Enclosing", 30: "Tablet", 31: "Convertible", 32: "Detachable", 33: "IoT Gateway",
	34: "Embedded PC", 35: "Mini PC", 36: "Stick PC",
}

// chassisType names the type that /sys/class/dmi/id/chassis_type holds.
func chassisType(number string) string {
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(chassisTypes) {
		return ""
	}
	return chassisTypes[n]
}
