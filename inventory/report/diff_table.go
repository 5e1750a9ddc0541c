// SPDX-License-Identifier: Apache-2.0

package report

import "encoding/json"

// A part is a kind of component, and what a diff compares of it: facts, and
// readings that differ from one audit to the next. What stands in neither list
// is the identity by which components are matched, or the wording of a tool.
type part struct {
	kind     string
	section  string // its name in [Summary.Unjudged]
	facts    []string
	readings []string
}

var parts = []part{
	{"board", "", []string{"version", "asset_tag"}, nil},
	{"cpu", "processors", []string{"model", "enabled", "cores", "cores_enabled", "threads", "max_mhz", "microcode"}, nil},
	{"dimm", "memory", []string{"size_bytes", "speed_mts", "configured_mts", "part_number", "rank", "firmware", "health", "ecc.uncorrected"}, []string{"ecc.corrected"}},
	{
		"controller", "storage", []string{"firmware", "mode", "status", "battery.state", "battery.serial"},
		[]string{"temperature_c", "battery.temperature_c", "battery.charge_pct"},
	},
	{
		"drive", "storage",
		[]string{"model", "firmware", "capacity_bytes", "logical_block_bytes", "protocol", "state", "health", "link.current_gbps", "link.max_gbps", "link.degraded", "smart.passed", "smart.media_errors", "smart.grown_defects"},
		[]string{"smart.temperature_c", "smart.power_on_hours", "smart.power_cycles", "smart.used_pct", "smart.spare_pct", "smart.bytes_written", "smart.bytes_read", "smart.unsafe_shutdowns"},
	},
	{"volume", "storage", []string{"level", "size_bytes", "health", "state", "members", "missing", "write_cache"}, []string{"progress_pct"}},
	{"pci", "pci", []string{"driver", "link.current_width", "link.max_width", "link.current_gts", "link.max_gts", "link.degraded", "dead"}, nil},
	{"nic", "pci", []string{"firmware", "psid", "ports"}, nil},
	{
		"gpu", "gpus",
		[]string{"vbios", "inforom", "driver", "memory_bytes", "health", "fault", "recovery_action", "ecc.enabled", "ecc.aggregate.uncorrected", "retired_pages.sbe", "retired_pages.dbe", "row_remap.correctable", "row_remap.uncorrectable", "row_remap.failure", "mig.mode", "power_limit_w"},
		[]string{"temperature_c", "power_w", "throttle"},
	},
	{"psu", "power", []string{"revision", "capacity_w", "status", "health"}, []string{"input_w", "input_v"}},
	{"sensor", "bmc", []string{"state", "bad"}, []string{"value"}},
}

// portFacts are compared of each port of a network card.
var portFacts = []string{"speed_mbps", "link", "admin_up", "state", "rate_gbps", "transceiver.sn", "transceiver.pn"}

// zeroes are the fields that are left out when they are zero, and so known.
var zeroes = map[string]any{
	"missing":       json.Number("0"),
	"link.degraded": false,
	"dead":          false,
	"bad":           false,
	"fault":         "",
}

// machine compares what there is one of.
func (d *differ) machine(old, new *Report) {
	d.one("machine", "", Summary{Health: old.Summary.Health}, Summary{Health: new.Summary.Health}, "health")
	if old.System != nil && new.System != nil {
		d.one("system", words(new.System.Manufacturer, new.System.Product), old.System, new.System,
			"product", "serial", "uuid", "sku", "asset_tag")
	}
	d.one("host", new.Host.Hostname, old.Host, new.Host, "hostname", "kernel", "boot_mode")
	for i := range min(len(old.Chassis), len(new.Chassis)) {
		if len(old.Chassis) == len(new.Chassis) {
			d.one("chassis", words(new.Chassis[i].Manufacturer, new.Chassis[i].Type), old.Chassis[i], new.Chassis[i], "serial", "asset_tag")
		}
	}
	if old.BMC != nil && new.BMC != nil {
		d.one("bmc", words(new.BMC.Manufacturer, new.BMC.Product), old.BMC, new.BMC, "firmware", "ip", "mac")
	}
	d.firmware(old.Firmware, new.Firmware)
}

// one compares the facts of a thing that is not matched.
func (d *differ) one(component, model string, old, new any, facts ...string) {
	fields := d.fields(part{facts: facts}, item{tree: treeOf(old)}, item{tree: treeOf(new)})
	if len(fields) > 0 {
		d.changes = append(d.changes, Change{Kind: Changed, Component: component, Model: model, Fields: fields})
	}
}

// firmware compares the firmware of the machine itself; that of a component
// is compared with the component, and the BMC's with the BMC.
func (d *differ) firmware(old, new []Firmware) {
	for _, f := range new {
		for _, before := range old {
			if f.Target == "" && f.Component != "bmc" && before.Target == "" && f.Component == before.Component {
				d.one("firmware", f.Component, before, f, "version", "date")
				break
			}
		}
	}
}
