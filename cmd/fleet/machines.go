// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"slices"
	"strings"
)

// nameOf is the machine's name for grouping: the best that it has for itself,
// or the file. A tool's output alone may name no machine.
func nameOf(w facts) string {
	if len(w.Names) == 0 {
		return "file=" + w.File.File
	}
	return w.Names[0]
}

// newest takes the audits of one name and returns the newest of each machine,
// with all that the tables say of it, and the files of the older ones. It gives
// the same for any order of the list.
func newest(list []facts) (machines []facts, older []file) {
	slices.SortFunc(list, func(a, b facts) int {
		return cmp.Or(-cmp.Compare(a.File.CollectedAt, b.File.CollectedAt), cmp.Compare(a.File.File, b.File.File))
	})
	for _, w := range list {
		i := slices.IndexFunc(machines, func(m facts) bool { return !contradict(m.Names, w.Names) })
		if i < 0 {
			w.Machine.Documents = 1
			machines = append(machines, w)
			continue
		}
		machines[i].Machine.Documents++
		w.File.Use, w.File.Machine = useOlder, machines[i].File.File
		older = append(older, w.File)
	}
	for i := range machines {
		name(&machines[i], len(machines) > 1)
	}
	for i := range older { // until now it held the file of the newer one
		j := slices.IndexFunc(machines, func(m facts) bool { return m.File.File == older[i].Machine })
		older[i].Machine = machines[j].Machine.Machine
	}
	return machines, older
}

// contradict tells that two lists of names are not of one machine. Its network
// cards and its board may be changed; the UUID goes with the serial number.
func contradict(a, b []string) bool {
	for _, source := range []string{"smbios.system.serial=", "devicetree.serial=", "fru.product.serial=", "uuid="} {
		x, y := valueOf(a, source), valueOf(b, source)
		if x != "" && y != "" && x != y {
			return true
		}
	}
	return false
}

func valueOf(names []string, source string) string {
	for _, name := range names {
		if value, ok := strings.CutPrefix(name, source); ok {
			return value
		}
	}
	return ""
}

// name writes the machine's name into its rows. Where several machines have one
// name, the UUID tells them apart, or the file.
func name(w *facts, shared bool) {
	if !isNamed(*w) {
		w.File.Use = useOutputs
		return
	}
	m := &w.Machine
	if m.Machine == "" {
		m.Machine, m.NameSource, m.Confidence = w.File.File, "file", "low"
	}
	if shared {
		m.Machine += "#" + cmp.Or(valueOf(w.Names, "uuid="), w.File.File)
	}
	for i := range w.Components {
		w.Components[i].Machine = m.Machine
	}
	for i := range w.Unjudged {
		w.Unjudged[i].Machine = m.Machine
	}
	w.File.Machine, w.File.Use = m.Machine, useUsed
}
