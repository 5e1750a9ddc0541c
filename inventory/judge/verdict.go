// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// setHealth gives each component that can have one its health: the worst of
// the findings about it, else what its sources say, else unknown where somebody
// should have said something. "" is for what has no health to tell.
func setHealth(r *report.Report) {
	worst := make(map[string]string)
	for _, f := range r.Findings {
		if f.Code == report.CodeDrivePathLost { // that is a cable's or a port's
			continue
		}
		worst[f.Component] = worse(worst[f.Component], f.Severity)
	}
	if r.Storage != nil {
		for i := range r.Storage.Drives {
			d := &r.Storage.Drives[i]
			d.Health = worse(worst[d.ID], driveHealth(d))
		}
		for i := range r.Storage.Volumes {
			v := &r.Storage.Volumes[i]
			v.Health = worse(worst[v.ID], volumeHealth(v))
		}
	}
	for i := range r.GPUs {
		g := &r.GPUs[i]
		own := report.OK
		if g.Unread != "" {
			own = report.Unknown
		}
		g.Health = worse(worst[g.ID], own)
	}
	for i := range r.PowerSupplies {
		p := &r.PowerSupplies[i]
		p.Health = worse(worst[p.ID], supplyHealth(p))
	}
	if r.BMC != nil {
		r.BMC.Health = report.OK
		if len(r.Sensors) == 0 || unreadSensors(r) != "" {
			r.BMC.Health = report.Unknown
		}
		for i := range r.Sensors {
			r.BMC.Health = worse(r.BMC.Health, worst[r.Sensors[i].ID])
		}
	}
	if r.Memory != nil {
		for i := range r.Memory.Modules {
			if m := &r.Memory.Modules[i]; m.ECC != nil {
				m.Health = worse(worst[m.ID], report.OK)
			}
		}
	}
}

// driveHealth is what a drive and its controller say themselves.
func driveHealth(d *report.Drive) string {
	switch {
	case d.State == "" && d.StateText != "" && !strings.EqualFold(d.StateText, "ok") && (d.Smart == nil || d.Smart.Verdict.Health == report.OK):
		return report.Unknown // its controller's word may be a bad one
	case d.Smart != nil && d.Smart.Verdict.Health != report.Unknown:
		return d.Smart.Verdict.Health
	case d.Wear != nil:
		return report.OK // the findings say what is not
	case hasNoHealth(d):
		return ""
	case watchedByController(d):
		return report.OK // the findings say what is not
	}
	return report.Unknown
}

// hasNoHealth tells the drives that nobody can ask for their health.
func hasNoHealth(d *report.Drive) bool {
	if d.Virtual != "" || d.Media == "optical" || d.Protocol == "mmc" || d.Protocol == "ufs" {
		return true
	}
	return d.Protocol == "usb" && d.Smart == nil && d.Unread == noSMART
}

// noSMART is what a drive without SMART says of itself.
const noSMART = "it has no SMART"

// volumeHealth is what a volume's state says of it. What only names a piece of
// a disk has none; LVM's with copies of its own does.
func volumeHealth(v *report.Volume) string {
	switch {
	case v.Kind == "raid", v.Kind == "md", v.Kind == "multipath", v.Kind == "zpool", v.Kind == "btrfs", v.Kind == "lvm" && (v.Unread != "" || v.State != ""):
	default:
		return ""
	}
	if v.State == "" {
		return report.Unknown
	}
	return report.OK
}

// supplyHealth is what the BMC says of a power supply. One that it knows and says
// nothing of is unknown; SMBIOS alone tells nothing of a health.
func supplyHealth(p *report.PowerSupply) string {
	switch {
	case p.Present != nil && !*p.Present:
		return ""
	case p.Status != "" || deref(p.InputW) > 0: // one that draws power works
		return report.OK // the findings say what is not
	case deref(p.Present) && strings.HasPrefix(p.FieldSources["present"], "ipmi"):
		return report.Unknown
	}
	return ""
}

// worse returns the worse of two healths or severities. What is for information
// only changes nothing.
func worse(a, b string) string {
	rank := map[string]int{"": 0, report.Info: 0, report.OK: 1, report.Unknown: 2, report.Warning: 3, report.Critical: 4}
	if b == report.Info {
		return a
	}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// A part is a piece of the machine as a whole, and the sources of which one
// must have answered for it to be judged.
type part struct {
	name       string
	collectors []string // the first is its own; others ask the same tool
	sources    []string
}

var parts = []part{
	{"processors", []string{"cpu"}, []string{"dmidecode"}},
	{"memory", []string{"memory"}, []string{"dmidecode"}},
	{"storage", []string{"storage"}, []string{"lsblk", "sysfs"}},
	{"pci", []string{"pcie"}, []string{"lspci", "sysfs"}},
	{"power", []string{"psu", "bmc", "fru"}, []string{"ipmitool"}},
	{"bmc", []string{"bmc", "psu", "fru"}, []string{"ipmitool"}},
}

// unjudged lists what could not be judged: first the parts whose sources gave
// nothing, then the components that nobody read.
func unjudged(r *report.Report) []report.Unjudged {
	list := []report.Unjudged{}
	collectors := make(map[string]*report.Collector, len(r.Collectors))
	for i := range r.Collectors {
		collectors[r.Collectors[i].Name] = &r.Collectors[i]
	}
	for _, p := range parts {
		why := p.unread(collectors[p.collectors[0]])
		for _, other := range p.collectors[1:] {
			if c := collectors[other]; c != nil && p.unread(c) == "" {
				why = ""
			}
		}
		if why != "" {
			list = append(list, report.Unjudged{Component: p.name, Why: why})
		}
	}
	if why := unreadSensors(r); why != "" && !names(list, "bmc") {
		list = append(list, report.Unjudged{Component: "bmc", Why: "its sensors: " + why})
	}
	if why := unreadSupplies(r, collectors["psu"]); why != "" && !names(list, "power") {
		list = append(list, report.Unjudged{Component: "power", Why: why})
	}
	if isPowerUnread(r) && !names(list, "power") {
		list = append(list, report.Unjudged{Component: "power", Why: "the BMC has no reading of any power supply"})
	}
	list = append(list, unjudgedGPUs(r, list, collectors["gpu"])...)
	if r.Storage != nil {
		for i := range r.Storage.Drives {
			if d := &r.Storage.Drives[i]; d.Health == report.Unknown {
				list = append(list, report.Unjudged{Component: d.ID, Why: nameOf(d) + ": " + cmp.Or(d.Unread, "nobody told its health")})
			}
		}
		list = append(list, unjudgedControllers(r.Storage)...)
		for i := range r.Storage.Volumes {
			if v := &r.Storage.Volumes[i]; v.Health == report.Unknown {
				list = append(list, report.Unjudged{Component: v.ID, Why: cmp.Or(v.Name, v.ID) + ": " + cmp.Or(v.Unread, "nobody told its state")})
			}
		}
	}
	for i := range r.GPUs {
		if g := &r.GPUs[i]; g.Health == report.Unknown {
			list = append(list, report.Unjudged{Component: g.ID, Why: fmt.Sprintf("%s (%s): %s", g.PCIAddress, g.Model, cmp.Or(g.Unread, "nobody told its health"))})
		}
	}
	for i := range r.PowerSupplies {
		if p := &r.PowerSupplies[i]; p.Health == report.Unknown {
			list = append(list, report.Unjudged{Component: p.ID, Why: cmp.Or(p.Slot, p.Serial, p.Model) + ": the BMC gives it no status"})
		}
	}
	return list
}

// unread words why a part could not be judged, "" if it could.
func (p part) unread(c *report.Collector) string {
	if c == nil {
		return "nobody looked"
	}
	why := ""
	for _, name := range p.sources {
		s := source(c, name)
		switch {
		case s == nil:
			why = join(why, name+" was not asked")
		case answered(s):
			return ""
		case name == s.Name && s.Why != "" && s.Status != report.StatusNotRun:
			why = join(why, name+": "+s.Why)
		default:
			why = join(why, cmp.Or(s.Why, name+" did not answer"))
		}
	}
	return why
}

// answered tells whether a source said what it has to say of a part.
func answered(s *report.Source) bool {
	switch s.Status {
	case report.StatusOK, report.StatusEmpty, report.StatusIdle, report.StatusPartial:
		return true
	}
	return false
}

// unreadSensors words why a BMC's sensors were not read, or not all of them, ""
// if they were or nobody asked.
func unreadSensors(r *report.Report) string {
	i := slices.IndexFunc(r.Collectors, func(c report.Collector) bool { return c.Name == "sensors" })
	if r.BMC == nil || i < 0 {
		return ""
	}
	s := source(&r.Collectors[i], "ipmitool")
	if s == nil {
		return ""
	}
	if r.BMC.Updating { // what it answers is of before
		return "by its own word it is not available: it is in an update, or starts itself"
	}
	switch s.Status {
	case report.StatusFailed, report.StatusTimeout:
		return s.Why
	case report.StatusPartial:
		if len(r.Sensors) == 0 { // of a controller that has only just started
			return cmp.Or(s.Why, "none of them has a reading")
		}
		return cmp.Or(s.Why, "some of what ipmitool told could not be read")
	}
	return ""
}

// unreadSupplies words why a BMC's inventory was not read, "" if it was: a supply
// without a sensor stands nowhere else. A part of it is enough where there are
// sensors of supplies.
func unreadSupplies(r *report.Report, c *report.Collector) string {
	if r.BMC == nil || c == nil {
		return ""
	}
	i := slices.IndexFunc(c.Commands, func(cmd report.Command) bool { return cmd.Command == "ipmitool fru print" })
	if i < 0 {
		return ""
	}
	told := slices.ContainsFunc(r.PowerSupplies, func(p report.PowerSupply) bool { return p.FieldSources["status"] == "ipmi.sdr" || p.InputW != nil })
	switch status := c.Commands[i].Status; {
	case status == report.StatusPartial && !told,
		status == report.StatusFailed, status == report.StatusTimeout, status == report.StatusNotRun:
		why := "it did not answer"
		if s := source(c, "ipmitool"); s != nil && s.Why != "" {
			why = s.Why
		}
		return "ipmitool fru print: " + why
	}
	return ""
}

// isPowerUnread tells a machine whose BMC knows power supplies and of none of them
// whether it is there.
func isPowerUnread(r *report.Report) bool {
	unknown := false
	for i := range r.PowerSupplies {
		p := &r.PowerSupplies[i]
		if deref(p.Present) || p.Status != "" || deref(p.InputW) > 0 {
			return false
		}
		unknown = unknown || p.Present == nil
	}
	return unknown
}

// names tells whether a component is among what was not judged.
func names(list []report.Unjudged, component string) bool {
	return slices.ContainsFunc(list, func(u report.Unjudged) bool { return u.Component == component })
}

// unjudgedGPUs: where nobody saw the bus, only the driver's tool can say whether
// there are GPUs; and where a driver is loaded its tool must answer.
func unjudgedGPUs(r *report.Report, list []report.Unjudged, c *report.Collector) []report.Unjudged {
	if c == nil {
		return nil
	}
	s := source(c, "nvidia-smi")
	switch {
	case s == nil || s.Status == report.StatusOK || s.Status == report.StatusPartial:
		return nil
	case s.Status != report.StatusIdle && len(r.GPUs) == 0:
		return []report.Unjudged{{Component: "gpus", Why: "nvidia-smi: " + s.Why}}
	case names(list, "pci"):
		return []report.Unjudged{{Component: "gpus", Why: "nobody saw the bus, and " + s.Why}}
	}
	return nil
}

func source(c *report.Collector, name string) *report.Source {
	for i := range c.Sources {
		if c.Sources[i].Name == name {
			return &c.Sources[i]
		}
	}
	return nil
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}
