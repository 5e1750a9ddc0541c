// SPDX-License-Identifier: Apache-2.0

package render

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// join joins what is not empty, made harmless.
func join(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p = clip(clean(strings.TrimSpace(p))); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// joined joins what is not empty with commas.
func joined(parts ...string) string { return join(", ", parts...) }

// labelled puts labels before values, leaving out those without one.
func labelled(pairs ...string) []string {
	var parts []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if value := strings.TrimSpace(pairs[i+1]); value != "" {
			parts = append(parts, pairs[i]+" "+value)
		}
	}
	return parts
}

// size words a number of bytes in the largest binary unit that leaves it
// whole or, from 1 GiB on, precise to a tenth.
func size(n uint64) string {
	const units = "KMGTPE"
	if n == 0 {
		return ""
	}
	if n < 1024 {
		return fmt.Sprintf("%d B", n)
	}
	unit, value := -1, float64(n)
	for value >= 1024 && unit+1 < len(units) {
		value /= 1024
		unit++
	}
	return fmt.Sprintf("%s %ciB", strings.TrimSuffix(strconv.FormatFloat(value, 'f', 1, 64), ".0"), units[unit])
}

// diskSize words a number of bytes as makers of drives do, in powers of 1000.
func diskSize(n uint64) string {
	const units = "kMGTPE"
	if n == 0 {
		return ""
	}
	unit, value := -1, float64(n)
	for value >= 1000 && unit+1 < len(units) {
		value /= 1000
		unit++
	}
	if unit < 0 {
		return fmt.Sprintf("%d B", n)
	}
	precision := 1
	if value >= 100 {
		precision = 0
	}
	return fmt.Sprintf("%s %cB", strings.TrimSuffix(strconv.FormatFloat(value, 'f', precision, 64), ".0"), units[unit])
}

// count words a number of things, "" for none.
func count(n int, thing string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// number words a number with its unit, "" for 0.
func number(n int, unit string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// digits words a number, "" for 0.
func digits(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// parts are the collectors as people call them.
var parts = map[string]string{
	"cpu": "processors", "pcie": "PCI", "gpu": "GPUs", "psu": "power supplies", "bmc": "BMC", "sel": "event log", "fru": "FRU",
}

// Progress words in one line how a part of the audit went.
func Progress(c report.Collector) string {
	words := map[string]string{report.StatusOK: "read", report.StatusPartial: "read in part", report.StatusFailed: "not read", report.StatusTimeout: "no time left", report.StatusAbsent: "nothing here"}[c.Status]
	if c.Status != report.StatusOK {
		for _, s := range c.Sources {
			switch s.Why {
			case "":
			case "not installed":
				words = s.Name + " is not installed"
			default:
				words = s.Why
			}
		}
	}
	return clean(cmp.Or(parts[c.Name], c.Name) + ": " + cmp.Or(words, c.Status))
}
