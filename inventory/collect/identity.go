// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/internal/placeholder"
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

// genuineSerial is genuine for serial numbers, where more stands for none.
func genuineSerial(text string) string {
	text = strings.TrimSpace(text)
	if placeholder.IsSerial(text) {
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

// identify gives the machine its best name and lists the others. Where SMBIOS
// holds no serial number of the system, the product area of the BMC's own FRU
// is the place for it (FRU definition, section 12: beside a chassis area it is
// of the whole system).
func identify(r *report.Report) {
	names := identities(r)
	if len(names) == 0 {
		return
	}
	best := names[0]
	r.Host.MachineID = &report.MachineID{Value: best.Value, Source: best.Source, Confidence: "high"}
	if id := r.Host.MachineID; id.Source == "nic_mac" {
		id.Confidence, id.Why = "low", "a network card can be moved to another machine"
	}
	r.Host.Also = names[1:]
	if len(r.Host.Also) == 0 {
		r.Host.Also = nil
	}
	product := builtinProduct(r)
	if product == nil || genuineSerial(product.Serial) == "" {
		return
	}
	if r.System == nil {
		r.System = new(report.System)
	}
	if s := r.System; s.Serial == "" {
		s.Serial = genuineSerial(product.Serial)
		s.Manufacturer, s.Product = cmp.Or(s.Manufacturer, genuine(product.Manufacturer)), cmp.Or(s.Product, genuine(product.Name))
		s.SKU = cmp.Or(s.SKU, genuine(product.PartNumber))
		s.Sources = append(slices.Clone(s.Sources), sourceFRU)
	}
}

// identities are the names that the machine has for itself, best first.
func identities(r *report.Report) []report.Identity {
	var list []report.Identity
	add := func(value, source string) {
		if value = genuine(value); value != "" && !slices.ContainsFunc(list, func(x report.Identity) bool { return x.Value == value }) {
			list = append(list, report.Identity{Value: value, Source: source})
		}
	}
	if s := r.System; s != nil {
		source := "smbios.system.serial"
		if slices.Contains(s.Sources, sourceDeviceTree) {
			source = "devicetree.serial"
		}
		add(s.Serial, source)
	}
	if p := builtinProduct(r); p != nil {
		add(p.Serial, "fru.product.serial")
	}
	if s := r.System; s != nil {
		add(s.UUID, "uuid")
	}
	for _, b := range r.Boards {
		add(b.Serial, "board")
	}
	if r.BMC != nil {
		add(r.BMC.MAC, "bmc_mac")
	}
	for _, card := range r.Network {
		for _, port := range card.Ports {
			if mac := cmp.Or(port.PermanentMAC, port.MAC); mac != "" {
				add(mac, "nic_mac")
				return list
			}
		}
	}
	return list
}

// builtinProduct is the product area of FRU 0, nil if there is none.
func builtinProduct(r *report.Report) *report.FRUProduct {
	for i := range r.FRU {
		if f := &r.FRU[i]; f.ID != nil && *f.ID == 0 {
			return f.Product
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
