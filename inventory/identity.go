// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"cmp"
	"reflect"
	"strconv"
	"strings"

	"github.com/mchus/bee/dmi"
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
func machineID(r *Report) *MachineID {
	if s := r.System; s != nil {
		if s.Serial != "" {
			return &MachineID{s.Serial, "smbios.system.serial", "high"}
		}
		if s.UUID != "" {
			return &MachineID{s.UUID, "uuid", "high"}
		}
	}
	for _, b := range r.Boards {
		if b.Serial != "" {
			return &MachineID{b.Serial, "board", "high"}
		}
	}
	if r.BMC != nil && r.BMC.MAC != "" {
		return &MachineID{r.BMC.MAC, "bmc_mac", "high"}
	}
	for _, card := range r.Network {
		for _, port := range card.Ports {
			if mac := cmp.Or(port.PermanentMAC, port.MAC); mac != "" {
				return &MachineID{mac, "nic_mac", "low"}
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
