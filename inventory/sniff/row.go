// SPDX-License-Identifier: Apache-2.0

package sniff

import "strings"

// The kinds of rows that are told by their shape.
const (
	rowSDR = iota
	rowSDRCSV
	rowSEL
	rowSELCSV
	rowPairs
	rowCSVHead
	rowNVMeList
	rowList
	rowLink
	rowTopo
	rowMD
	rowSSA
	rowDevlink
	rowLsblk
	rowMapped
	rowMapping
	rowKinds
)

// countRows gives points for rows: a few for the first, more for three.
func (s *scanner) countRows() {
	for _, r := range [...]struct {
		kind       int
		doc        document
		one, three int
	}{
		{rowSDR, ipmitoolSDR, 5, 10},
		{rowSDRCSV, ipmitoolSDR, 5, 8},
		{rowSEL, ipmitoolSEL, 6, 10},
		{rowSELCSV, ipmitoolSEL, 6, 10},
		{rowPairs, lsblkPairs, 10, 12},
		{rowCSVHead, nvidiaCSV, 11, 11},
		{rowNVMeList, nvmeListText, 11, 11},
		{rowList, nvidiaList, 10, 10},
		{rowLink, nvidiaNVLink, 12, 12},
		{rowTopo, nvidiaTopo, 11, 11},
		{rowMD, mdstat, 5, 8},
		{rowSSA, ssacli, 6, 8},
		{rowDevlink, devlinkInfo, 5, 5},
		{rowLsblk, lsblkTable, 10, 10},
		{rowMapped, dmsetupStatus, 10, 12},
		{rowMapping, dmsetupTable, 16, 16},
	} {
		switch n := s.rows[r.kind]; {
		case n >= 3:
			s.points[r.doc] += r.three
		case n > 0:
			s.points[r.doc] += r.one
		}
	}
}

// scanRow looks at the shape of a line.
func (s *scanner) scanRow(line string) {
	switch {
	case strings.HasPrefix(line, "GPU ") && strings.Contains(line, "(UUID: GPU-"):
		s.rows[rowList]++
	case strings.HasPrefix(line, "Link ") && (strings.Contains(line, "GB/s") || strings.Contains(line, "<inactive>")),
		strings.HasPrefix(line, "Nvlink queries are not supported"), strings.HasPrefix(line, "Device does not have or support Nvlink"):
		s.rows[rowLink]++
	case strings.Contains(line, "GPU0\t") && strings.Contains(line, "CPU Affinity"):
		s.rows[rowTopo]++
	case strings.HasPrefix(line, "Node ") && strings.Contains(line, "Namespace") && strings.Contains(line, "Format"):
		s.rows[rowNVMeList]++
	case strings.HasPrefix(line, "md") && (strings.Contains(line, " : active ") || strings.Contains(line, " : inactive ")):
		s.rows[rowMD]++
	case strings.HasPrefix(line, "NAME ") && isHeading(line):
		s.rows[rowLsblk]++
	case isMapped(line):
		s.rows[rowMapped]++
		if strings.Contains(line, " linear ") { // of which only a table says more
			s.rows[rowMapping]++
		}
	case isPairs(line):
		s.rows[rowPairs]++
	case isCSVHead(line):
		s.rows[rowCSVHead]++
	case isSSA(line):
		s.rows[rowSSA]++
	case strings.IndexByte(line, '|') > 0:
		s.scanTable(line, "|")
	case strings.IndexByte(line, ',') > 0:
		s.scanTable(line, ",")
	}
}

// scanTable looks for rows of sensors and events: "CPU Temp | 45.000 | degrees
// C | ok", "FAN1 | 41h | ok | 29.1 | 5400 RPM", "1 | 03/03/2021 | 21:30:40 |
// Power Supply …", and the same with commas.
func (s *scanner) scanTable(line, separator string) {
	var cells [6]string
	n := 0
	for cell := range strings.SplitSeq(line, separator) {
		if n == len(cells) {
			break
		}
		cells[n] = strings.Trim(cell, " \t")
		n++
	}
	kind := rowSDR
	event := rowSEL
	if separator == "," {
		kind, event = rowSDRCSV, rowSELCSV
	}
	switch {
	case n >= 4 && isHex(cells[0]) && isDate(cells[1]):
		s.rows[event]++
	case n >= 3 && isState(cells[2]) && (separator == "|" || isSensorNumber(cells[1])),
		n >= 4 && isState(cells[3]) && (isReading(cells[1]) || separator == "|"),
		n >= 4 && separator == "," && isReading(cells[1]) && isThresholdWord(cells[3]),
		n >= 4 && separator == "|" && cells[2] == "discrete":
		s.rows[kind]++
	}
}

// isState recognises ipmitool's words for a sensor's state.
func isState(s string) bool {
	switch s {
	case "ok", "ns", "nc", "cr", "nr", "lnc", "lcr", "lnr", "unc", "ucr", "unr", "na":
		return true
	}
	return false
}

// isThresholdWord recognises the states that "sdr -v -c" spells out.
func isThresholdWord(s string) bool {
	return strings.HasPrefix(s, "Upper ") || strings.HasPrefix(s, "Lower ")
}

// isSensorNumber recognises "41h".
func isSensorNumber(s string) bool {
	return len(s) == 3 && s[2] == 'h' && isHex(s[:2])
}

// isReading recognises a number, "na" and "0x0".
func isReading(s string) bool {
	return s == "na" || s != "" && (strings.Trim(s, "-.0123456789") == "" || strings.HasPrefix(s, "0x"))
}

// isDate recognises "03/03/2021", "03/03/21" and the words in its place.
func isDate(s string) bool {
	if s == "Pre-Init" || s == "Preinit" || s == "Unspecified" {
		return true
	}
	return (len(s) == 10 || len(s) == 8) && s[2] == '/' && s[5] == '/' && strings.Trim(s, "/0123456789") == ""
}

func isHex(s string) bool {
	return s != "" && len(s) < 9 && strings.Trim(s, "0123456789abcdefABCDEF") == ""
}

// isHeading recognises a heading of lsblk's table: words in capitals, one of
// which only lsblk has.
func isHeading(line string) bool {
	known := false
	for word := range strings.FieldsSeq(line) {
		if strings.ToUpper(word) != word {
			return false
		}
		switch word {
		case "MAJ:MIN", "KNAME", "FSTYPE", "MOUNTPOINT", "MOUNTPOINTS", "WSAME", "DISC-GRAN", "ALIGNMENT", "PKNAME", "ZONED", "ROTA", "VENDOR", "TRAN":
			known = true
		}
	}
	return known
}

// isMapped recognises what the device-mapper says of a device: its name, two numbers
// and the name of a target, "vg-root: 0 49152 raid raid1 2 AA 49152/49152 idle 0 0 -".
func isMapped(line string) bool {
	_, rest, _ := strings.Cut(line, ": ")
	if rest == "" || rest[0] < '0' || rest[0] > '9' {
		return false
	}
	start, rest, _ := strings.Cut(rest, " ")
	length, rest, _ := strings.Cut(rest, " ")
	target, _, _ := strings.Cut(rest, " ")
	switch target {
	case "linear", "striped", "raid", "mirror", "multipath", "cache", "writecache", "crypt", "thin", "thin-pool", "error", "zero",
		"snapshot", "snapshot-origin", "snapshot-merge", "integrity", "verity", "vdo", "era":
		return isReading(start) && isReading(length)
	}
	return false
}

// isPairs recognises lsblk -P: two or more of NAME="sda" SIZE="1.8T" on a line.
func isPairs(line string) bool {
	n := 0
	for strings.IndexByte(line, '"') > 0 {
		key, rest, ok := strings.Cut(line, `="`)
		if !ok || key == "" || strings.Trim(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:_-%") != "" {
			return false
		}
		if isColumn(key) {
			n++
		}
		_, rest, ok = strings.Cut(rest, `"`)
		if !ok {
			break
		}
		line = strings.TrimLeft(rest, " ")
	}
	return n >= 2
}

func isColumn(key string) bool {
	switch key {
	case "NAME", "KNAME", "PKNAME", "PATH", "SIZE", "TYPE", "MODEL", "SERIAL", "FSTYPE", "MOUNTPOINT", "MOUNTPOINTS",
		"MAJ:MIN", "MAJ_MIN", "UUID", "LABEL", "RO", "RM", "ROTA", "VENDOR", "WWN", "TRAN", "STATE", "PARTUUID", "PARTLABEL", "HCTL":
		return true
	}
	return false
}

// isCSVHead recognises the heading of nvidia-smi's CSV: names of its query
// fields, some with a unit behind them.
func isCSVHead(line string) bool {
	names, known := 0, 0
	for cell := range strings.SplitSeq(line, ",") {
		name, unit, hasUnit := strings.Cut(strings.Trim(cell, " "), " ")
		if name == "" || hasUnit && unit[0] != '[' || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/") != "" {
			return false
		}
		names++
		if isQueryField(name) {
			known++
		}
	}
	return known >= 1 && names >= 2 && 2*known >= names-1
}

func isQueryField(name string) bool {
	switch name {
	case "index", "uuid", "gpu_uuid", "gpu_name", "gpu_bus_id", "gpu_serial", "driver_version", "vbios_version", "pstate", "pid", "process_name",
		"used_gpu_memory", "used_memory", "compute_cap", "gpu_utilization", "mem_utilization", "max_memory_usage", "timestamp":
		return true
	}
	first, _, ok := strings.Cut(name, ".")
	switch first {
	case "memory", "power", "temperature", "utilization", "clocks", "ecc", "fan", "pci", "pcie", "mig", "retired_pages",
		"enforced", "clocks_throttle_reasons", "clocks_event_reasons", "driver_model", "encoder", "gpu_operation_mode", "inforom",
		"remapped_rows", "fabric", "gpu", "max_memory_usage", "mem_utilization", "accounting", "display_mode", "platform", "gpu_recovery_action", "vgpu_driver_capability":
		return ok
	}
	return false
}

// isSSA recognises "Smart Array P410 in Slot 1", and drives:
// "physicaldrive 1I:1:1 (port 1I:box 1:bay 1, SAS, 300 GB, OK)".
func isSSA(line string) bool {
	if name, slot, ok := strings.Cut(line, " in Slot "); ok && slot != "" {
		return strings.Contains(name, "Smart") || strings.Contains(name, "HPE ") || strings.Contains(name, "MSA") || '0' <= slot[0] && slot[0] <= '9'
	}
	return strings.HasPrefix(line, "physicaldrive ") && strings.Count(line, ":") >= 2 ||
		strings.HasPrefix(line, "logicaldrive ") && strings.Contains(line, "(")
}
