// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/mchus/bee/inventory/report"
)

// judgeMemory: modules that differ from each other, and those that run below
// their speed. Both may be meant so, so both are for information, but for
// modules of different types or speeds.
func judgeMemory(r *report.Report) []report.Finding {
	if r.Memory == nil {
		return nil
	}
	if isGuest(r) { // its modules are made up
		return judgeMemoryErrors(r)
	}
	var list []report.Finding
	sizes := make(map[uint64][]string)
	for _, m := range plainModules(r.Memory) {
		if m.SizeBytes > 0 { // some firmware does not know a size
			sizes[m.SizeBytes] = append(sizes[m.SizeBytes], m.Slot)
		}
	}
	list = append(list, judgeUndescribed(r)...)
	list = append(list, judgeMemorySpeed(r.Memory.Modules)...)
	list = append(list, judgeMixedSpeed(r.Memory.Modules)...)
	list = append(list, judgeMemoryTotal(r)...)
	list = append(list, judgeMemoryECC(r.Memory)...)
	list = append(list, judgeFirmwareErrors(r.Memory)...)
	list = append(list, judgePersistent(r.Memory)...)
	list = append(list, judgeEmptySlots(r)...)
	list = append(list, judgeMemorySerials(r.Memory.Modules)...)
	list = append(list, judgeMemoryErrors(r)...)
	if len(sizes) > 1 {
		list = append(list, report.Finding{
			Code: report.CodeMemoryMixedSize, Severity: report.Info, Component: "memory",
			Text:     "The memory modules have different sizes: " + modulesBy(sizes, gibText) + ".",
			Evidence: map[string]any{"sizes_bytes": sortedKeys(sizes)},
		})
	}
	return append(list, judgeMemoryBalance(r)...)
}

// judgeUndescribed: a machine without SMBIOS, as of POWER and small boards of ARM, has
// told all that it can, and that is nothing of its modules.
func judgeUndescribed(r *report.Report) []report.Finding {
	i := slices.IndexFunc(r.Collectors, func(c report.Collector) bool { return c.Name == "memory" })
	if i < 0 || len(r.Memory.Modules) > 0 {
		return nil
	}
	if s := source(&r.Collectors[i], "dmidecode"); s == nil || s.Status != report.StatusEmpty {
		return nil // it told of modules, or stands among what was not judged
	}
	return []report.Finding{find(report.CodeMemoryNotDescribed, "memory",
		"The machine has no SMBIOS, which describes the memory modules: how many it has, and whether all are in use, is not known.", nil)}
}

// isOnPackage tells memory that is a part of the processor: stacks of HBM.
func isOnPackage(m *report.MemoryModule) bool {
	return m.FormFactor == "Die" || strings.HasPrefix(m.Type, "HBM")
}

// isDRAM tells memory that is not persistent, or of which nobody says what it is.
func isDRAM(m *report.MemoryModule) bool { return m.Technology == "" || m.Technology == "DRAM" }

// plainModules returns the modules that a machine is fitted with as a set: not those
// on a processor's package, nor persistent ones, nor those on a card.
func plainModules(memory *report.Memory) []*report.MemoryModule {
	onCard := make(map[string]bool) // arrays by handle
	for _, a := range memory.Arrays {
		if strings.HasPrefix(a.Location, "CXL") {
			onCard[a.Handle] = true
		}
	}
	var list []*report.MemoryModule
	for i := range memory.Modules {
		if m := &memory.Modules[i]; !isOnPackage(m) && isDRAM(m) && !onCard[m.Array] {
			list = append(list, m)
		}
	}
	return list
}

// judgeMixedSpeed: modules of one kind that are made for different speeds and
// do not each run at its own.
func judgeMixedSpeed(modules []report.MemoryModule) []report.Finding {
	speeds := make(map[string]map[int][]string)
	runs := make(map[string]map[int]int)
	slowed := make(map[string]bool)
	for _, m := range modules {
		if !m.Present || m.SpeedMTs == 0 {
			continue
		}
		kind := m.Type + " " + m.Technology
		if speeds[kind] == nil {
			speeds[kind], runs[kind] = make(map[int][]string), make(map[int]int)
		}
		speeds[kind][m.SpeedMTs] = append(speeds[kind][m.SpeedMTs], m.Slot)
		runs[kind][m.ConfiguredMTs]++
		slowed[kind] = slowed[kind] || m.ConfiguredMTs != m.SpeedMTs
	}
	var list []report.Finding
	for _, kind := range slices.Sorted(maps.Keys(speeds)) {
		if len(speeds[kind]) < 2 || !slowed[kind] {
			continue
		}
		text := "The memory modules are made for different speeds: " + modulesBy(speeds[kind], func(n int) string { return fmt.Sprintf("%d MT/s", n) })
		if common := sortedKeys(runs[kind]); len(common) == 1 && common[0] > 0 {
			text += fmt.Sprintf("; all run at %d MT/s", common[0])
		}
		list = append(list, find(report.CodeMemoryMixedSpeed, "memory", text+".", map[string]any{"speeds_mts": sortedKeys(speeds[kind])}))
	}
	return list
}

// judgeMemoryTotal lays SMBIOS beside the kernel. The kernel always has a little
// less; a whole module or an eighth less means that one is not in use.
func judgeMemoryTotal(r *report.Report) []report.Finding {
	if r.Summary.Kernel == nil || r.Summary.Kernel.MemoryBytes == 0 {
		return nil
	}
	kernel := r.Summary.Kernel.MemoryBytes
	// sum is what surely is the kernel's: memory on the package may be a cache,
	// and persistent memory and that on a card may be a disk.
	var all, sum, smallest uint64
	for i := range r.Memory.Modules {
		if m := &r.Memory.Modules[i]; m.Present {
			all += m.SizeBytes
		}
	}
	for _, m := range plainModules(r.Memory) {
		if !m.Present {
			continue
		}
		sum += m.SizeBytes
		if smallest == 0 || m.SizeBytes < smallest {
			smallest = m.SizeBytes
		}
	}
	if all == 0 {
		return nil
	}
	if sum == 0 {
		sum, smallest = all, all // there is no other
	}
	evidence := map[string]any{"smbios_bytes": sum, "kernel_bytes": kernel}
	const gib = 1 << 30
	switch less := sum - min(kernel, sum); {
	case kernel > all && (kernel <= all+r.Summary.Kernel.ApartBytes || !hasWholeTable(r) || hasMemoryCard(r)):
		return nil
	case kernel > all:
		evidence["smbios_bytes"] = all
		return []report.Finding{find(report.CodeMemoryFirmwareShort, "memory", fmt.Sprintf(
			"The firmware describes %.1f GiB of memory and the kernel uses %.1f GiB: the firmware's list is not whole.",
			float64(all)/gib, float64(kernel)/gib), evidence)}
	case less >= gib && (less >= sum/8 || less >= smallest && less >= sum/32):
		return []report.Finding{find(report.CodeMemoryUnused, "memory", fmt.Sprintf(
			"The kernel can use %.1f GiB of %.1f GiB of memory: a module may be mapped out, or memory is mirrored or set aside.",
			float64(kernel)/gib, float64(sum)/gib), evidence)}
	}
	return nil
}

// hasMemoryCard tells a machine with memory on a card (CXL), which is no module.
func hasMemoryCard(r *report.Report) bool {
	return slices.ContainsFunc(r.PCI, func(f report.PCIFunction) bool { return f.Class.ID == classCXLMemory })
}

// judgeMemoryECC lays what firmware says of error correction beside the modules,
// which have bits for it if they are wider than their data.
func judgeMemoryECC(m *report.Memory) []report.Finding {
	var list []report.Finding
	of := make(map[string][]*report.MemoryModule) // by the array's handle
	for i := range m.Modules {
		if d := &m.Modules[i]; d.Present && !isOnPackage(d) && isDRAM(d) && d.DataWidthBits != 0 && d.TotalWidthBits != 0 {
			of[d.Array] = append(of[d.Array], d)
		}
	}
	for _, a := range m.Arrays {
		with, without := []string{}, []string{}
		for _, d := range of[a.Handle] {
			switch {
			case d.TotalWidthBits > d.DataWidthBits:
				with = append(with, d.Slot)
			default:
				without = append(without, d.Slot)
			}
		}
		text := ""
		switch corrects := a.ECC == "Single-bit ECC" || a.ECC == "Multi-bit ECC"; {
		case len(with) > 0 && len(without) > 0:
			text = fmt.Sprintf("Some memory modules have bits for error correction and some have none: %s.", strings.Join(without, ", "))
		case corrects && len(without) > 0:
			text = fmt.Sprintf("The firmware says that memory is corrected (%s), and that its modules have no bits for that.", a.ECC)
		case a.ECC == "None" && len(with) > 0:
			text = "The firmware says that memory is not corrected, and that its modules have bits for that."
		default:
			continue
		}
		list = append(list, find(report.CodeMemoryECCMismatch, "memory", text, map[string]any{"array": a.ECC, "with": with, "without": without}))
	}
	return list
}

// judgeFirmwareErrors: errors that the firmware noted, of a module or of all.
func judgeFirmwareErrors(m *report.Memory) []report.Finding {
	var list []report.Finding
	add := func(component, where, kind string) {
		if kind == "" {
			return
		}
		f := find(report.CodeMemoryFirmwareError, component, fmt.Sprintf("The firmware noted an error of %s: %s.", where, kind), map[string]any{"type": kind})
		if strings.HasPrefix(kind, "Corrected") || kind == "Single-bit Error" {
			f.Severity = report.Info
		}
		list = append(list, f)
	}
	for _, d := range m.Modules {
		add(d.ID, "memory module "+d.Slot, d.LastError)
	}
	for _, a := range m.Arrays {
		add("memory", "memory", a.LastError)
	}
	return list
}

// judgeEmptySlots: slots that are empty to the firmware and not to the BMC, which reads the
// temperature of a module there: firmware leaves out one that it could not start.
func judgeEmptySlots(r *report.Report) []report.Finding {
	readings := make(map[string]*report.Sensor) // by what is left of their names
	for i := range r.Sensors {
		if s := &r.Sensors[i]; s.Kind == "temperature" && deref(s.Value) > 0 {
			name := strings.TrimSuffix(plainName(s.Name), "TEMPERATURE")
			readings[strings.TrimSuffix(name, "TEMP")] = s
		}
	}
	const shortest = 5 // "A1" may be anything's name
	var list []report.Finding
	for i := range r.Memory.Modules {
		m := &r.Memory.Modules[i]
		name := plainName(m.Slot)
		s := readings[name]
		if m.Present || s == nil || len(name) < shortest {
			continue
		}
		list = append(list, find(report.CodeMemoryModuleOff, m.ID, fmt.Sprintf(
			"The slot %s is empty to the firmware, and the BMC's sensor %s reads %g °C there: its module may have failed and be switched off.", m.Slot, s.Name, *s.Value),
			map[string]any{"sensor": s.Name, "temperature_c": *s.Value}))
	}
	return list
}

// plainName is a name in capital letters and digits alone. Where a sign stands between
// two digits, it stays: "DIMM 1-6" are six, and not the sixteenth.
func plainName(name string) string {
	var before rune // the last but blanks
	return strings.Map(func(r rune) rune {
		sign := unicode.IsDigit(before) && unicode.IsPunct(r)
		if r != ' ' {
			before = r
		}
		if sign {
			return r
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, name)
}

// persistentFaults are the kernel's words for what is wrong with persistent memory.
var persistentFaults = map[string]string{
	"save_fail":    "it could not save its content",
	"restore_fail": "it could not restore its content",
	"flush_fail":   "what was on the way to it was lost when the machine went down",
	"not_armed":    "it is not armed, and does not keep its content",
	"map_fail":     "the firmware could not map it",
	"smart_event":  "the firmware has seen it warn of itself",
}

// judgePersistent: what firmware told the kernel of persistent memory.
func judgePersistent(m *report.Memory) []report.Finding {
	var list []report.Finding
	for _, p := range m.Persistent {
		if len(p.Faults) == 0 {
			continue
		}
		var words []string
		for _, fault := range p.Faults {
			words = append(words, cmp.Or(persistentFaults[fault], fault))
		}
		where := p.Name
		if i := slices.IndexFunc(m.Modules, func(d report.MemoryModule) bool { return d.ID == p.Module }); i >= 0 && p.Module != "" {
			d := &m.Modules[i]
			where += fmt.Sprintf(" in slot %s", d.Slot)
			if d.Serial != "" {
				where += fmt.Sprintf(" (serial %s)", d.Serial)
			}
		}
		list = append(list, find(report.CodeMemoryPersistent, cmp.Or(p.Module, "memory"), fmt.Sprintf("The persistent memory %s is not well: %s.", where, strings.Join(words, "; ")),
			map[string]any{"faults": p.Faults}))
	}
	return list
}

// judgeMemorySerials: modules that share a serial number. Where all do, it is none
// and no longer there.
func judgeMemorySerials(modules []report.MemoryModule) []report.Finding {
	slots := make(map[string][]string)
	for _, m := range modules {
		if m.Present && m.Serial != "" {
			slots[m.Serial] = append(slots[m.Serial], m.Slot)
		}
	}
	var list []report.Finding
	for _, serial := range slices.Sorted(maps.Keys(slots)) {
		if same := slots[serial]; len(same) > 1 {
			list = append(list, find(report.CodeMemorySameSerial, "memory", fmt.Sprintf(
				"The memory modules %s have one serial number, %s, which tells none of them.", strings.Join(same, ", "), serial),
				map[string]any{"serial": serial, "modules": same}))
		}
	}
	return list
}

// judgeMemoryErrors: what the memory controllers counted since the kernel
// started.
func judgeMemoryErrors(r *report.Report) []report.Finding {
	var list []report.Finding
	if k := r.Summary.Kernel; k != nil && k.PoisonedBytes > 0 {
		list = append(list, find(report.CodeMemoryPoisoned, "memory", fmt.Sprintf(
			"The kernel has taken %d KiB of memory out of use for its errors.", k.PoisonedBytes>>10), map[string]any{"poisoned_bytes": k.PoisonedBytes}))
	}
	for _, c := range r.Memory.Counters {
		component, where := "memory", c.Label
		for _, m := range r.Memory.Modules {
			if m.ID != "" && m.ID == c.Module {
				component, where = m.ID, m.Slot
			}
		}
		if c.Uncorrected > 0 {
			list = append(list, find(report.CodeMemoryUncorrected, component, fmt.Sprintf(
				"The memory of %s had %d errors that could not be corrected.", where, c.Uncorrected), map[string]any{"uncorrected": c.Uncorrected, "label": c.Label}))
		}
		if c.Corrected > 0 {
			list = append(list, find(report.CodeMemoryCorrected, component, fmt.Sprintf(
				"The memory of %s had %d errors that were corrected.", where, c.Corrected), map[string]any{"corrected": c.Corrected, "label": c.Label}))
		}
	}
	return list
}

// judgeMemorySpeed: modules that run slower than they could, those that do so
// alike in one finding.
func judgeMemorySpeed(modules []report.MemoryModule) []report.Finding {
	type speeds struct{ configured, possible int }
	slow := make(map[speeds][]report.MemoryModule)
	var order []speeds
	present := 0
	for _, m := range modules {
		if !m.Present {
			continue
		}
		present++
		if m.ConfiguredMTs > 0 && m.ConfiguredMTs < m.SpeedMTs {
			s := speeds{m.ConfiguredMTs, m.SpeedMTs}
			if slow[s] == nil {
				order = append(order, s)
			}
			slow[s] = append(slow[s], m)
		}
	}
	var list []report.Finding
	for _, s := range order {
		var slots, ids []string
		for _, m := range slow[s] {
			slots, ids = append(slots, m.Slot), append(ids, m.ID)
		}
		who, component := "Memory modules "+strings.Join(slots, ", ")+" run", "memory"
		switch {
		case len(ids) == 1:
			who, component = "Memory module "+slots[0]+" runs", ids[0]
		case len(ids) == present:
			who = fmt.Sprintf("All %d memory modules run", present)
		}
		list = append(list, report.Finding{
			Code: report.CodeMemorySpeed, Severity: report.Info, Component: component,
			Text:     fmt.Sprintf("%s at %d MT/s and could run at %d MT/s.", who, s.configured, s.possible),
			Evidence: map[string]any{"configured_mts": s.configured, "speed_mts": s.possible, "modules": ids},
		})
	}
	return list
}

// judgeMemoryBalance: processors with more and with less memory than others.
// It is judged where the name of every slot tells its processor. A processor
// that is not there has no memory, and that is right.
func judgeMemoryBalance(r *report.Report) []report.Finding {
	if !hasWholeTable(r) || r.Memory.SlotsTotal < r.Memory.AnnouncedModules {
		return nil
	}
	bytes := make(map[string]uint64)
	letters := areLettersSockets(r)
	for _, m := range r.Memory.Modules {
		socket := cmp.Or(cpuSocket(m.Slot), cpuSocket(m.Bank))
		if letters {
			socket = m.Slot[:1]
		}
		if socket == "" || m.Present && m.SizeBytes == 0 {
			return nil
		}
		bytes[socket] += m.SizeBytes
	}
	present := 0
	for _, p := range r.Processors {
		if p.Present {
			present++
		}
	}
	if present != len(bytes) {
		maps.DeleteFunc(bytes, func(_ string, n uint64) bool { return n == 0 })
	}
	amounts := slices.Collect(maps.Values(bytes))
	if len(amounts) < 2 || slices.Max(amounts) == slices.Min(amounts) {
		return nil
	}
	var parts []string
	for _, socket := range slices.Sorted(maps.Keys(bytes)) {
		parts = append(parts, gibText(bytes[socket])+" at processor "+socket)
	}
	return []report.Finding{{
		Code: report.CodeMemoryUnbalanced, Severity: report.Info, Component: "memory",
		Text:     "The processors have different amounts of memory: " + strings.Join(parts, ", ") + ".",
		Evidence: map[string]any{"bytes_by_socket": bytes},
	}}
}

// areLettersSockets tells Dell's names of slots, "A1" to "B12": their letters are the
// processors, if there are as many of these.
func areLettersSockets(r *report.Report) bool {
	if r.System == nil || !strings.HasPrefix(r.System.Manufacturer, "Dell") {
		return false
	}
	letters := make(map[byte]bool)
	for _, m := range r.Memory.Modules {
		number := strings.TrimLeft(m.Slot, "ABCDEFGH")
		if len(m.Slot) != len(number)+1 || number == "" || strings.Trim(number, "0123456789") != "" {
			return false
		}
		letters[m.Slot[0]] = true
	}
	return len(letters) == len(r.Processors)
}

// cpuSocket returns the number of the processor that the name of a memory slot
// tells, "" if none: "0" of DIMM_P0_A1, "1" of PROC 1 DIMM 2, CPU1_DIMM_A1 and
// "SOCKET 1 CHANNEL 0 DIMM 0".
func cpuSocket(name string) string {
	words := strings.FieldsFunc(strings.ToUpper(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, word := range words {
		kind := strings.TrimRightFunc(word, unicode.IsDigit)
		number := word[len(kind):]
		if number == "" && i+1 < len(words) && strings.TrimRightFunc(words[i+1], unicode.IsDigit) == "" {
			number = words[i+1]
		}
		switch kind {
		case "P", "CPU", "PROC", "SOCKET":
			return number
		}
	}
	return ""
}

// modulesBy counts the modules of each value, the greatest first, and names those that
// are fewer than the most: they are what a person looks for.
func modulesBy[K interface{ ~int | ~uint64 }](slots map[K][]string, word func(K) string) string {
	most := 0
	for _, of := range slots {
		most = max(most, len(of))
	}
	var parts []string
	for _, value := range slices.Backward(sortedKeys(slots)) {
		part := fmt.Sprintf("%d of %s", len(slots[value]), word(value))
		if len(slots[value]) < most {
			part += " (" + strings.Join(slots[value], ", ") + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// gibText is a size in GiB, as modules are sold.
func gibText(n uint64) string { return fmt.Sprintf("%g GiB", float64(n)/(1<<30)) }

// sortedKeys returns the keys of a map in order.
func sortedKeys[K interface{ ~int | ~uint64 }, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
