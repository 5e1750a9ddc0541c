// SPDX-License-Identifier: Apache-2.0

package render

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// A family is a metric: its name, its kind and what it tells. METRICS.md is
// made of this table.
type family struct{ name, kind, help string }

var families = []family{
	{"bee_audit_info", "gauge", "What was audited and by which version, in labels; always 1."},
	{"bee_audit_timestamp_seconds", "gauge", "When the audit began, in Unix time."},
	{"bee_audit_complete", "gauge", "1 if the audit came to its end."},
	{"bee_audit_health", "gauge", "The verdict: 1 for the health that the machine has, 0 for the others."},
	{"bee_audit_unjudged", "gauge", "How many parts and components could not be judged."},
	{"bee_audit_findings", "gauge", "How many findings of a severity there are."},
	{"bee_finding", "gauge", "A finding, in labels; always 1."},
	{"bee_components", "gauge", "How many components of a kind there are; none where nothing could tell."},
	{"bee_component_health", "gauge", "The health of a component, in a label; always 1."},
	{"bee_memory_bytes", "gauge", "Size of all memory modules."},
	{"bee_dimm_errors_total", "counter", "Memory errors that the kernel counted."},
	{"bee_drive_info", "gauge", "What a drive is, in labels; always 1."},
	{"bee_drive_size_bytes", "gauge", "Size of a drive."},
	{"bee_drive_temperature_celsius", "gauge", "Temperature of a drive."},
	{"bee_drive_power_on_seconds_total", "counter", "How long a drive has run in its life."},
	{"bee_drive_used_ratio", "gauge", "Share of its rated endurance that a drive has used; may pass 1."},
	{"bee_drive_spare_ratio", "gauge", "Share of its spare blocks that a drive still has."},
	{"bee_drive_written_bytes_total", "counter", "What was written to a drive in its life."},
	{"bee_drive_media_errors_total", "counter", "Errors of a drive's medium that it could not correct."},
	{"bee_volume_missing_members", "gauge", "Members that a volume lacks."},
	{"bee_pci_link_degraded", "gauge", "1 if a PCI Express link runs below what both ends can do."},
	{"bee_gpu_temperature_celsius", "gauge", "Temperature of a GPU."},
	{"bee_gpu_power_watts", "gauge", "What a GPU draws."},
	{"bee_psu_input_watts", "gauge", "What a power supply draws."},
}

// AppendMetrics appends a report in Prometheus' text format, for the textfile
// collector of node_exporter. What is unknown has no sample.
func AppendMetrics(dst []byte, r *report.Report) []byte {
	m := &metrics{samples: make(map[string][]string), seen: make(map[string]bool)}
	m.audit(r)
	m.health(r)
	m.storage(r.Storage)
	m.devices(r)
	for _, f := range families {
		if lines := m.samples[f.name]; len(lines) > 0 {
			dst = fmt.Appendf(dst, "# HELP %s %s\n# TYPE %s %s\n", f.name, f.help, f.name, f.kind)
			for _, line := range lines {
				dst = append(dst, line...)
			}
		}
	}
	return dst
}

// metrics collects samples by family: those of one stand together.
type metrics struct {
	samples map[string][]string
	seen    map[string]bool
}

// add adds a sample with its labels, pairs of name and value. Labels that are
// empty are left out, and so is a series that is there already.
func (m *metrics) add(name string, value float64, labels ...string) {
	var pairs []string
	for i := 0; i+1 < len(labels); i += 2 {
		if labels[i+1] != "" {
			pairs = append(pairs, labels[i]+`="`+labelEscapes.Replace(clean(labels[i+1]))+`"`)
		}
	}
	series := name
	if len(pairs) > 0 {
		series += "{" + strings.Join(pairs, ",") + "}"
	}
	if !m.seen[series] {
		m.seen[series] = true
		m.samples[name] = append(m.samples[name], series+" "+strconv.FormatFloat(value, 'g', -1, 64)+"\n")
	}
}

var labelEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func (m *metrics) audit(r *report.Report) {
	system := report.System{}
	if r.System != nil {
		system = *r.System
	}
	m.add("bee_audit_info", 1, "manufacturer", system.Manufacturer, "product", system.Product, "serial", system.Serial,
		"hostname", r.Host.Hostname, "kernel", r.Host.Kernel, "version", r.Tool.Version)
	m.add("bee_audit_timestamp_seconds", float64(r.CollectedAt.Unix()))
	if c := r.Summary.Complete; c != nil {
		m.add("bee_audit_complete", truth(*c))
	}
	for _, health := range []string{report.OK, report.Unknown, report.Warning, report.Critical} {
		m.add("bee_audit_health", truth(r.Summary.Health == health), "health", health)
	}
	if u := r.Summary.Unjudged; u != nil {
		m.add("bee_audit_unjudged", float64(len(*u)))
	}
	counts := map[string]int{}
	for _, f := range r.Findings {
		counts[f.Severity]++
		m.add("bee_finding", 1, "code", f.Code, "severity", f.Severity, "component", f.Component)
	}
	for _, severity := range []string{report.Info, report.Warning, report.Critical} {
		m.add("bee_audit_findings", float64(counts[severity]), "severity", severity)
	}
	c := r.Summary.Counts
	for _, k := range []struct {
		kind string
		n    *int
	}{{"cpu", c.CPU}, {"dimm", c.DIMM}, {"drive", c.Drive}, {"gpu", c.GPU}, {"nic", c.NIC}, {"psu", c.PSU}} {
		addNumber(m, "bee_components", k.n, 1, "kind", k.kind)
	}
}

// health tells each component's health that has one.
func (m *metrics) health(r *report.Report) {
	for c := range r.Components() {
		health := ""
		switch v := c.Value.(type) {
		case *report.MemoryModule:
			health = v.Health
		case *report.Drive:
			health = v.Health
		case *report.Volume:
			health = v.Health
		case *report.GPU:
			health = v.Health
		case *report.PowerSupply:
			health = v.Health
		}
		if health != "" {
			m.add("bee_component_health", 1, "kind", c.Kind, "id", c.ID, "health", health)
		}
	}
}

func (m *metrics) storage(s *report.Storage) {
	if s == nil {
		return
	}
	for _, d := range s.Drives {
		m.add("bee_drive_info", 1, "id", d.ID, "name", d.Name, "model", d.Model, "serial", d.Serial, "firmware", d.Firmware,
			"protocol", d.Protocol, "media", d.Media, "enclosure", d.Enclosure, "slot", d.Slot)
		if d.CapacityBytes > 0 {
			m.add("bee_drive_size_bytes", float64(d.CapacityBytes), "id", d.ID)
		}
		if s := d.Smart; s != nil {
			addNumber(m, "bee_drive_temperature_celsius", s.TemperatureC, 1, "id", d.ID)
			addNumber(m, "bee_drive_power_on_seconds_total", s.PowerOnHours, 3600, "id", d.ID)
			addNumber(m, "bee_drive_used_ratio", s.UsedPct, 0.01, "id", d.ID)
			addNumber(m, "bee_drive_spare_ratio", s.SparePct, 0.01, "id", d.ID)
			addNumber(m, "bee_drive_written_bytes_total", s.BytesWritten, 1, "id", d.ID)
			addNumber(m, "bee_drive_media_errors_total", s.MediaErrors, 1, "id", d.ID)
		}
	}
	for _, v := range s.Volumes {
		m.add("bee_volume_missing_members", float64(v.Missing), "id", v.ID, "name", v.Name, "kind", v.Kind)
	}
}

func (m *metrics) devices(r *report.Report) {
	if r.Memory != nil {
		if r.Memory.TotalBytes > 0 {
			m.add("bee_memory_bytes", float64(r.Memory.TotalBytes))
		}
		for _, d := range r.Memory.Modules {
			if d.ECC != nil {
				m.add("bee_dimm_errors_total", float64(d.ECC.Corrected), "id", d.ID, "slot", d.Slot, "type", "corrected")
				m.add("bee_dimm_errors_total", float64(d.ECC.Uncorrected), "id", d.ID, "slot", d.Slot, "type", "uncorrected")
			}
		}
	}
	for _, f := range r.PCI {
		if f.Link != nil {
			m.add("bee_pci_link_degraded", truth(f.Link.Degraded), "address", f.Address)
		}
	}
	for _, g := range r.GPUs {
		addNumber(m, "bee_gpu_temperature_celsius", g.TemperatureC, 1, "id", g.ID)
		if g.PowerW > 0 {
			m.add("bee_gpu_power_watts", g.PowerW, "id", g.ID)
		}
	}
	for _, p := range r.PowerSupplies {
		addNumber(m, "bee_psu_input_watts", p.InputW, 1, "id", p.ID)
	}
}

// addNumber adds a reading in the base unit, nothing if there is none.
func addNumber[T int | int64 | uint64 | float64](m *metrics, name string, value *T, factor float64, labels ...string) {
	if value != nil {
		scaled := float64(*value) * factor
		if factor < 1 {
			scaled = float64(*value) / 100 // exact where a product is not
		}
		m.add(name, scaled, labels...)
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
