// SPDX-License-Identifier: Apache-2.0

// Package render writes a report for people: as text for a terminal, and as
// the payload of a QR code. Strings that come from devices are made harmless
// first: no control character reaches the terminal.
package render

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// TextOptions says how [Text] writes.
type TextOptions struct {
	Width int  // of the terminal, in columns; 80 by default
	Rows  int  // of the terminal; 0 for paper, which does not scroll
	Color bool // whether it understands ANSI colours
}

// minWidth is the width below which nothing fits; Text writes for it then.
const minWidth = 60

// Text writes a summary: first the verdict, then what the machine is, then
// what is wrong with it, and last what could not be read.
func Text(w io.Writer, r *report.Report, opts TextOptions) error {
	if opts.Width == 0 {
		opts.Width = 80
	}
	b := bufio.NewWriter(w)
	t := &text{w: b, width: max(opts.Width, minWidth), color: opts.Color}
	t.verdict(r)
	t.machine(r)
	t.processors(r.Processors)
	t.memory(r.Memory)
	t.storage(r.Storage)
	t.network(r.Network)
	t.gpus(r.GPUs)
	t.power(r.PowerSupplies)
	t.pci(r.PCI)
	t.findings(r.Findings)
	t.unread(r)
	if opts.Rows > 0 && t.lines+2 > opts.Rows { // with the document's place and a prompt, the first line leaves the screen
		t.verdictLine(r)
	}
	return b.Flush()
}

// AppendText appends the summary to dst.
func AppendText(dst []byte, r *report.Report, opts TextOptions) []byte {
	b := bytes.NewBuffer(dst)
	_ = Text(b, r, opts) // a buffer does not fail
	return b.Bytes()
}

// A text is a summary being written.
type text struct {
	w     *bufio.Writer
	width int
	color bool
	lines int // written
}

// labelWidth is the column where what follows a label begins.
const labelWidth = 10

// line writes one line beside a label; "" continues what stands above.
func (t *text) line(label, format string, args ...any) {
	body := fmt.Sprintf(format, args...)
	if body == "" { // a label alone says nothing
		return
	}
	t.lines++
	fmt.Fprintf(t.w, "%s%s\n", pad(label, labelWidth), fit(body, t.width-labelWidth))
}

// paint colours text by a severity or a verdict.
func (t *text) paint(severity, s string) string {
	code := map[string]string{report.OK: "32", report.Warning: "33", report.Critical: "31;1", report.Unknown: "33"}[severity]
	if !t.color || code == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

var verdicts = map[string]string{
	report.OK:       "OK: all was read, and nothing wrong was found",
	report.Warning:  "WARNING: someone should look at this machine",
	report.Critical: "CRITICAL: this machine has failing parts",
	report.Unknown:  "UNKNOWN: nothing wrong was found, but not all was read",
}

// maxUnjudged bounds how many things that were not judged the summary lists.
const maxUnjudged = 6

// verdictLine says the verdict in one line.
func (t *text) verdictLine(r *report.Report) {
	words, ok := verdicts[r.Summary.Health]
	if !ok {
		words = fit(strings.ToUpper(clean(r.Summary.Health)), t.width-labelWidth)
	}
	fmt.Fprintf(t.w, "%s%s\n", pad("Verdict", labelWidth), t.paint(r.Summary.Health, words))
	t.lines++
}

func (t *text) verdict(r *report.Report) {
	t.verdictLine(r)
	if c := r.Summary.Complete; c != nil && !*c {
		t.line("", "the audit did not come to its end: what was not asked is below")
	}
	if r.Summary.Unjudged == nil {
		return
	}
	list := *r.Summary.Unjudged
	label := "Unjudged"
	for i, u := range list {
		if i == maxUnjudged && len(list) > maxUnjudged+1 {
			t.line("", "and %d more, see the JSON document", len(list)-i)
			break
		}
		for _, line := range wrap(clean(unjudgedWords(u)), t.width-labelWidth) {
			t.line(label, "%s", line)
			label = ""
		}
	}
}

// unjudgedWords words an entry: a part by its name, a component by what its
// reason calls it.
func unjudgedWords(u report.Unjudged) string {
	if strings.Contains(u.Component, ":") {
		return u.Why
	}
	return u.Component + ": " + u.Why
}

func (t *text) machine(r *report.Report) {
	if s := r.System; s != nil {
		t.line("Machine", "%s", join(" ", s.Manufacturer, s.Product, s.Version))
		if serial := labelled("serial", s.Serial, "asset", s.AssetTag, "UUID", s.UUID); serial != "" {
			t.line("", "%s", serial)
		}
	}
	for i, b := range r.Boards {
		label := ""
		if i == 0 {
			label = "Board"
		}
		t.line(label, "%s", joined(join(" ", b.Manufacturer, b.Product, b.Version), labelled("serial", b.Serial, "in", b.Slot)))
	}
	for i, c := range r.Chassis {
		label := ""
		if i == 0 {
			label = "Chassis"
		}
		t.line(label, "%s", joined(join(" ", c.Manufacturer, strings.TrimPrefix(c.Type, "Other")), labelled("serial", c.Serial)))
	}
	for _, f := range r.Firmware {
		if f.Component == "bios" {
			t.line("BIOS", "%s", joined(join(" ", f.Name, f.Version), join("", f.Date)))
		}
	}
	if b := r.BMC; b != nil {
		t.line("BMC", "%s", joined(join(" ", b.Manufacturer, b.Product), labelled("firmware", b.Firmware, "IP", b.IP, "MAC", b.MAC)))
	}
}

func (t *text) processors(list []report.Processor) {
	rows := make([][]string, len(list))
	for i, p := range list {
		if !p.Present {
			rows[i] = []string{p.Socket, "empty"}
			continue
		}
		rows[i] = []string{p.Socket, t.processorName(p.Model), count(p.Cores, "core"), count(p.Threads, "thread"), number(p.CurrentMHz, "MHz"), p.Serial}
	}
	t.table("CPU", rows, 1)
}

// processorName leaves the words out of a model, on a narrow screen, that tell
// no two processors apart.
func (t *text) processorName(model string) string {
	if t.width >= roomy {
		return model
	}
	model, _, _ = strings.Cut(model, " @ ")
	return join(" ", strings.Fields(fillers.Replace(model+" "))...)
}

var fillers = strings.NewReplacer("(R)", " ", "(TM)", " ", "(tm)", " ", " CPU ", " ", " Processor ", " ")

func (t *text) memory(m *report.Memory) {
	if m == nil {
		return
	}
	total := size(m.TotalBytes)
	if m.SlotsTotal > 0 {
		total += fmt.Sprintf(" in %d of %d slots", m.SlotsUsed, m.SlotsTotal)
	} else {
		total += " usable, as the kernel says"
	}
	t.line("Memory", "%s", total)
	rows := make([][]string, len(m.Modules))
	for i, d := range m.Modules {
		if !d.Present {
			rows[i] = []string{d.Slot, "empty"}
			continue
		}
		maker := ""
		if d.Manufacturer != nil {
			maker = cmp.Or(d.Manufacturer.Name, d.Manufacturer.Raw)
		}
		rows[i] = []string{d.Slot, size(d.SizeBytes), memoryKind(&d), maker, d.PartNumber, d.Serial}
	}
	t.table("", rows, 3, 4)
}

// memoryKind words a module's type and the speed it is made for: "DDR5-4800".
func memoryKind(d *report.MemoryModule) string {
	speed := cmp.Or(d.SpeedMTs, d.ConfiguredMTs)
	if d.Type == "" {
		return number(speed, "MT/s")
	}
	return join("-", d.Type, digits(speed))
}

func (t *text) findings(list []report.Finding) {
	for i, f := range list {
		label := ""
		if i == 0 {
			label = "Findings"
		}
		for n, line := range wrap(clean(f.Text), t.width-labelWidth-2) {
			mark := "  "
			switch {
			case n == 0 && f.Severity == report.Info:
				mark = "- "
			case n == 0:
				mark = t.paint(f.Severity, "!") + " "
			default:
				label = ""
			}
			fmt.Fprintf(t.w, "%s%s%s\n", pad(label, labelWidth), mark, line)
			t.lines++
		}
	}
}

// maxUnread bounds how many diagnostics the summary lists.
const maxUnread = 8

// unread tells what could not be read: absent tools in one line, and then the
// rest.
func (t *text) unread(r *report.Report) {
	var absent []string
	seen := map[string]bool{}
	var lines []string
	for _, d := range r.Diagnostics {
		switch name, _, _ := strings.Cut(d.Source, " "); {
		case d.Code == "tool.absent":
			if !seen[name] {
				absent = append(absent, clean(name))
			}
			seen[name] = true
		case !seen[d.Source+d.Message+d.Excerpt]:
			seen[d.Source+d.Message+d.Excerpt] = true
			lines = append(lines, describe(d))
		}
	}
	if len(absent) > 0 {
		lines = append([]string{"not installed: " + strings.Join(absent, ", ")}, lines...)
	}
	if hidden := len(lines) - maxUnread; hidden > 0 {
		lines = append(lines[:maxUnread], fmt.Sprintf("and %d more, see the JSON document", hidden))
	}
	for i, line := range lines {
		label := ""
		if i == 0 {
			label = "Not read"
		}
		t.line(label, "%s", line)
	}
}

func describe(d report.Diagnostic) string {
	where := clean(d.Source)
	if d.Line > 0 {
		where += fmt.Sprintf(", line %d", d.Line)
	}
	s := where + ": " + clean(d.Message)
	if d.Excerpt != "" {
		s += fmt.Sprintf(" %q", clean(d.Excerpt))
	}
	return s
}
