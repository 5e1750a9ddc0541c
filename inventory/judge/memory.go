// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"
	"github.com/mchus/bee/inventory/report"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// judgeMemory: modules that differ from each other, and those that run below
// their speed. Both may be meant so, so both are for information, but for
// modules of different types or speeds.
func judgeMemory(r *report.Report) []report.Finding {
	if r.Memory == nil {
		return nil
	}
	var list []report.Finding
	sizes, speeds := make(map[uint64]int), make(map[int]int)
	for _, m := range r.Memory.Modules {
		if !m.Present {
			continue
		}
		sizes[m.SizeBytes]++
		if m.SpeedMTs > 0 {
			speeds[m.SpeedMTs]++
		}
	}
	list = append(list, judgeMemorySpeed(r.Memory.Modules)...)
	if len(speeds) > 1 {
		list = append(list, report.Finding{
			Code: report.CodeMemoryMixedSpeed, Severity: report.Warning, Component: "memory",
			Text:     "The memory modules are made for different speeds; all run at the lowest.",
			Evidence: map[string]any{"speeds_mts": sortedKeys(speeds)},
		})
	}
	if len(sizes) > 1 {
		list = append(list, report.Finding{
			Code: report.CodeMemoryMixedSize, Severity: report.Info, Component: "memory",
			Text:     "The memory modules have different sizes.",
			Evidence: map[string]any{"sizes_bytes": sortedKeys(sizes)},
		})
	}
	return append(list, judgeMemoryBalance(r)...)
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
	bytes := make(map[string]uint64)
	for _, m := range r.Memory.Modules {
		socket := cpuSocket(m.Slot)
		if socket == "" {
			socket = cpuSocket(m.Bank)
		}
		if socket == "" {
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
	return []report.Finding{{
		Code: report.CodeMemoryUnbalanced, Severity: report.Info, Component: "memory",
		Text:     "The processors have different amounts of memory.",
		Evidence: map[string]any{"bytes_by_socket": bytes},
	}}
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

// sortedKeys returns the keys of a map in order.
func sortedKeys[K interface{ ~int | ~uint64 }](m map[K]int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
