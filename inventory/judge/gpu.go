// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// nameOfGPU names a GPU by what is known of it. One that its driver counts and does
// not describe has no name.
func nameOfGPU(g *report.GPU) string {
	switch other := cmp.Or(g.Serial, g.Model, g.UUID); {
	case g.PCIAddress != "" && other != "":
		return fmt.Sprintf("GPU %s (%s)", g.PCIAddress, other)
	case g.PCIAddress == "" && other == "":
		return "A GPU"
	default:
		return "GPU " + g.PCIAddress + other
	}
}

// judgeGPUs: what the driver says of the card's memory, and what it asks for.
func judgeGPUs(r *report.Report) []report.Finding {
	var list []report.Finding
	bus, links := gpuBusOf(r), gpuLinksOf(r.GPUs)
	for _, g := range r.GPUs {
		add := func(code, severity, text string, evidence map[string]any) {
			list = append(list, report.Finding{
				Code: code, Severity: severity, Component: g.ID, Evidence: evidence,
				Text: fmt.Sprintf("%s %s.", nameOfGPU(&g), text),
			})
		}
		switch {
		case bus.lacks(&g):
			add(report.CodeGPUNotOnBus, report.Warning, "is described by its driver and not on the bus", nil)
		case g.Missing:
			add(report.CodeGPUMissing, report.Critical, "is missing: "+cmp.Or(strings.TrimSuffix(g.Fault, "."), g.Unread), nil)
		case g.Fault != "":
			add(report.CodeGPUFault, report.Critical, "is faulty, says its driver: "+strings.TrimSuffix(g.Fault, "."), nil)
		}
		action := g.RecoveryAction
		switch {
		case action != "" && action != "none":
			add(report.CodeGPURecoveryAction, report.Warning, "needs an action: "+action, map[string]any{"recovery_action": action})
		case deref(g.ResetRequired):
			add(report.CodeGPUReset, report.Warning, "needs a reset to work on", nil)
		}
		if l := bus.narrowLink(&g); l != nil {
			add(report.CodePCILinkLimited, report.Info, fmt.Sprintf("has a link of %d of %d lanes, says its driver; what the port above it allows nobody told", l.CurrentWidth, l.MaxWidth), map[string]any{
				"current_gts": l.CurrentGTs, "current_width": l.CurrentWidth, "max_gts": l.MaxGTs, "max_width": l.MaxWidth,
			})
		}
		judgeFabric(g.Fabric, add)
		judgeThrottle(&g, add)
		if idle := links.inactive(&g); idle > 0 {
			add(report.CodeGPUNVLink, report.Warning, fmt.Sprintf("has %d of %d NVLinks inactive", idle, len(g.NVLink)),
				map[string]any{"inactive": idle, "links": len(g.NVLink)})
		}
		judgeRetired(&g, add)
		if e := g.ECC; e != nil {
			judgeECC(e, add)
		}
	}
	return append(list, judgeGPUFirmware(r)...)
}

// judgeRetired: memory that was, or will be, taken out of use.
func judgeRetired(g *report.GPU, add adder) {
	if m := g.RowRemap; m != nil {
		if deref(m.Failure) {
			add(report.CodeGPURowRemapFailure, report.Critical, "could not replace a row of its memory: the card must be replaced", nil)
		}
		if n := deref(m.BanksWithoutSpares); n > 0 && !deref(m.Failure) {
			add(report.CodeGPUNoSpareRows, report.Warning, fmt.Sprintf("has %d banks of memory without a spare row", n), map[string]any{"banks": n})
		}
		if deref(m.Pending) {
			add(report.CodeGPURowRemapPending, report.Warning, "will replace a row of its memory at the next reset", nil)
		}
	}
	if p := g.RetiredPages; p != nil && deref(p.Pending) {
		add(report.CodeGPURetirementPending, report.Warning, "will retire pages of its memory at the next reset", nil)
	}
	if p := g.RetiredPages; p != nil && deref(p.SBE)+deref(p.DBE) >= maxRetiredPages {
		n := deref(p.SBE) + deref(p.DBE)
		add(report.CodeGPURetiredPages, report.Warning, fmt.Sprintf("has retired %d pages of its memory: its maker replaces it", n), map[string]any{"pages": n})
	}
}

// maxRetiredPages is where NVIDIA's guide to replacing boards begins to ask for
// it.
const maxRetiredPages = 60

type adder = func(code, severity, text string, evidence map[string]any)

// judgeFabric: a GPU that is not joined to the others, or whose way to them is
// broken.
func judgeFabric(f *report.GPUFabric, add adder) {
	if f == nil {
		return
	}
	evidence := map[string]any{"state": f.State}
	if f.Status != "" {
		evidence["status"] = f.Status
	}
	var bad []string
	for _, name := range slices.Sorted(maps.Keys(f.Health)) {
		switch value := f.Health[name]; {
		case name == "route_unhealthy" && value == "true", name == "bandwidth" && value == "degraded",
			name == "summary" && (value == "unhealthy" || value == "limited capacity"), name == "incorrect_configuration" && value != "none":
			bad = append(bad, name+" "+value)
			evidence[name] = value
		}
	}
	switch {
	case len(bad) > 0:
		add(report.CodeGPUFabricHealth, report.Critical, "has a faulty way through the NVLink fabric: "+strings.Join(bad, ", "), evidence)
	case f.Health["route_recovery"] == "true" || f.Health["access_timeout_recovery"] == "true":
		add(report.CodeGPUFabricState, report.Warning, "recovers its way through the NVLink fabric; programs may fail until it has", evidence)
	case f.State == "completed" && f.Status != "" && f.Status != "success":
		add(report.CodeGPUFabricState, report.Warning, "could not join the NVLink fabric: "+f.Status, evidence)
	case f.State == "in progress" || f.State == "not started":
		add(report.CodeGPUFabricState, report.Warning, "has not joined the NVLink fabric: "+f.State+"; programs fail until the fabric manager runs", evidence)
	}
}

// A gpuBus is what the kernel's bus says beside the GPUs' driver. In a guest it may
// be made up.
type gpuBus struct {
	guest, seen bool            // the kernel shows it
	linked      map[string]bool // its functions by address: whether it shows their links
}

func gpuBusOf(r *report.Report) *gpuBus {
	b := &gpuBus{guest: isGuest(r), linked: make(map[string]bool, len(r.PCI))}
	for i := range r.PCI {
		f := &r.PCI[i]
		b.seen = b.seen || slices.Contains(f.Sources, "sysfs")
		b.linked[f.Address] = b.linked[f.Address] || f.Link != nil
	}
	return b
}

// lacks tells a GPU that its driver describes and that the kernel does not have.
func (b *gpuBus) lacks(g *report.GPU) bool {
	_, there := b.linked[g.PCIAddress]
	return b.seen && !b.guest && !there && !g.Missing && g.Unread == "" && g.PCIAddress != ""
}

// narrowLink is the link of a GPU that has fewer lanes than the card, as its driver
// tells where the kernel shows no link; nil otherwise.
func (b *gpuBus) narrowLink(g *report.GPU) *report.PCILink {
	l := g.Link
	if l == nil || l.CurrentWidth == 0 || l.CurrentWidth >= l.MaxWidth || b.guest || b.linked[g.PCIAddress] {
		return nil
	}
	return l
}

// judgeThrottle: the hardware holds the clocks down, or the driver does for heat. A
// power limit that is reached is how a busy GPU works.
func judgeThrottle(g *report.GPU, add adder) {
	var list []string
	for _, reason := range g.Throttle {
		if strings.HasPrefix(reason, "hw_") || reason == "sw_thermal_slowdown" {
			list = append(list, reason)
		}
	}
	if len(list) == 0 {
		return
	}
	evidence := map[string]any{"reasons": list}
	if g.TemperatureC != nil {
		evidence["temperature_c"] = *g.TemperatureC
	}
	add(report.CodeGPUThrottled, report.Warning, "is slowed down: "+strings.Join(list, ", "), evidence)
}

// gpuLinks are the fewest NVLinks that are down on a GPU, by its model and how many
// it has.
type gpuLinks map[string]map[int]int

func gpuLinksOf(list []report.GPU) gpuLinks {
	least := make(gpuLinks)
	for i := range list {
		g := &list[i]
		if least[g.Model] == nil {
			least[g.Model] = make(map[int]int)
		}
		down, n := linksDown(g), len(g.NVLink)
		if known, ok := least[g.Model][n]; !ok || down < known {
			least[g.Model][n] = down
		}
	}
	return least
}

// inactive counts the NVLinks that are down beside others that are up: its own,
// or those of a sister on the same board. On a card for a slot bridges join some of
// the links, and not all bridges need be there: what is down on each card of the
// model is left out. A GPU that is divided needs no links.
func (least gpuLinks) inactive(g *report.GPU) int {
	down, model := linksDown(g), strings.ToUpper(g.Model)
	inSlot := strings.Contains(model, "PCIE") || strings.HasSuffix(model, " NVL")
	if down == len(g.NVLink) {
		inSlot = inSlot || down <= oneBridge && !strings.Contains(model, "SXM")
		if inSlot || g.MIG != nil && g.MIG.Mode == "enabled" || !least.someUp(g.Model) {
			return 0
		}
	}
	if !inSlot {
		return down
	}
	return down - least[g.Model][len(g.NVLink)]
}

// someUp tells that a GPU of the model has a link that is up.
func (least gpuLinks) someUp(model string) bool {
	for n, down := range least[model] {
		if down < n {
			return true
		}
	}
	return false
}

// oneBridge is how many links a bridge joins: cards without a word in their names
// have room for one.
const oneBridge = 4

func linksDown(g *report.GPU) int {
	down := 0
	for _, l := range g.NVLink {
		if !l.Active {
			down++
		}
	}
	return down
}

// judgeGPUFirmware: boards of one model and part number with different
// firmware, or different InfoROMs.
func judgeGPUFirmware(r *report.Report) []report.Finding {
	var list []report.Finding
	mixed := func(code, key, what string, version func(*report.GPU) string) {
		versions, met := make(map[string][]string), make(map[[2]string]bool)
		for i := range r.GPUs {
			g := &r.GPUs[i]
			model, v := g.Model+" "+g.BoardPartNumber, version(g)
			if key := [2]string{model, v}; v != "" && !met[key] {
				met[key] = true
				versions[model] = append(versions[model], v)
			}
		}
		for _, model := range slices.Sorted(maps.Keys(versions)) {
			if v := versions[model]; len(v) > 1 {
				list = append(list, find(code, "gpus", fmt.Sprintf(
					"The GPUs %s have different %s: %s.", strings.TrimSpace(model), what, strings.Join(v, ", ")), map[string]any{key: v}))
			}
		}
	}
	mixed(report.CodeGPUMixedVBIOS, "vbios", "firmware", func(g *report.GPU) string { return g.VBIOS })
	mixed(report.CodeGPUMixedECC, "ecc", "modes of ECC", func(g *report.GPU) string {
		switch {
		case g.ECC == nil || g.ECC.Enabled == nil:
			return ""
		case deref(cmp.Or(g.ECC.Pending, g.ECC.Enabled)): // as it will be: a change that waits is told
			return "enabled"
		}
		return "disabled"
	})
	mixed(report.CodeGPUMixedInfoROM, "inforom", "InfoROMs", func(g *report.GPU) string { return g.InfoROM })
	return list
}

// judgeECC: uncorrected errors since the driver was loaded are of today; those
// over the card's life may have been repaired since.
func judgeECC(e *report.GPUECC, add adder) {
	if deref(e.Unrepairable) {
		add(report.CodeGPUUnrepairable, report.Critical, "has memory that is faulty and cannot be repaired: the card must be replaced", nil)
	}
	if deref(e.RepairPending) {
		add(report.CodeGPURepairPending, report.Warning, "will repair its memory at the next reset", nil)
	}
	if e.Enabled != nil && e.Pending != nil && *e.Enabled != *e.Pending {
		add(report.CodeGPUECCPending, report.Info, "has another ECC mode after the next reset", map[string]any{"enabled": *e.Enabled, "pending": *e.Pending})
	}
	if deref(e.SRAMThresholdExceeded) {
		add(report.CodeGPUSRAMThreshold, report.Critical, "has had too many uncorrectable errors: the card must be replaced", nil)
	}
	count := func(c *report.ECCCounts) int64 {
		if c == nil {
			return 0
		}
		return deref(c.Uncorrected)
	}
	switch now, ever := count(e.Volatile), count(e.Aggregate); {
	case now > 0:
		add(report.CodeGPUECCUncorrected, report.Critical, fmt.Sprintf("has %d uncorrected memory errors", now), map[string]any{"volatile_uncorrected": now})
	case ever > 0:
		add(report.CodeGPUECCUncorrected, report.Warning, fmt.Sprintf("had %d uncorrected memory errors in its life", ever), map[string]any{"aggregate_uncorrected": ever})
	}
}
