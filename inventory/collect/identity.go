// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"reflect"
	"strconv"
	"strings"

	"github.com/mchus/bee/dmi"

	"github.com/mchus/bee/inventory/report"
)

// These are the sources that a component may name, beside its tools.
const (
	sourceSysfs  = "sysfs"
	sourceProcfs = "procfs"
)

// genuine returns text as it is, or "" if it is a placeholder: the parsers' one
// list holds for what the kernel says too.
func genuine(text string) string {
	text = strings.TrimSpace(text)
	if dmi.IsPlaceholder(text) {
		return ""
	}
	return text
}

// isZero tells whether a struct has nothing in it.
func isZero[T any](v T) bool { return reflect.ValueOf(&v).Elem().IsZero() }

// assignIDs gives each component an id that is the same after the next boot:
// its kind and the first of its names that no sister shares, its place in the
// list if all fail.
func assignIDs[T any](kind string, list []T, names func(*T) []string, set func(*T, string)) {
	seen := make(map[string]int)
	for i := range list {
		for level, name := range names(&list[i]) {
			seen[strconv.Itoa(level)+name]++
		}
	}
	for i := range list {
		id := strconv.Itoa(i)
		for level, name := range names(&list[i]) {
			if name != "" && seen[strconv.Itoa(level)+name] == 1 {
				id = name
				break
			}
		}
		set(&list[i], kind+":"+id)
	}
}

// machineID picks the best name that the machine has for itself.
func machineID(r *report.Report) *report.MachineID {
	if s := r.System; s != nil {
		if s.Serial != "" {
			return &report.MachineID{Value: s.Serial, Source: "smbios.system.serial", Confidence: "high"}
		}
		if s.UUID != "" {
			return &report.MachineID{Value: s.UUID, Source: "uuid", Confidence: "high"}
		}
	}
	for _, b := range r.Boards {
		if b.Serial != "" {
			return &report.MachineID{Value: b.Serial, Source: "board", Confidence: "high"}
		}
	}
	if r.BMC != nil && r.BMC.MAC != "" {
		return &report.MachineID{Value: r.BMC.MAC, Source: "bmc_mac", Confidence: "high"}
	}
	for _, card := range r.Network {
		for _, port := range card.Ports {
			if mac := cmp.Or(port.PermanentMAC, port.MAC); mac != "" {
				return &report.MachineID{Value: mac, Source: "nic_mac", Confidence: "low"}
			}
		}
	}
	return nil
}

// realUUID returns a UUID in lower case, or "" if it identifies no machine.
func realUUID(text string) string {
	if text == "" || dmi.IsPlaceholderUUID(text) {
		return ""
	}
	return strings.ToLower(text)
}
