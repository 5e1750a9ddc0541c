// SPDX-License-Identifier: Apache-2.0

// Package render writes a report: as text for a terminal ([Text]), as the
// payload of a QR code ([QRPayload]), and in the formats of [Formats], which
// [Append] takes by name: JSON, text, an HTML page in one file, Prometheus'
// text format, and the form of Reanimator.
//
// Strings that come from devices are made harmless first: no control character
// reaches a terminal ([Clean]). What is nil in a report is left out.
package render

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// TextOptions says how [Text] writes.
type TextOptions struct {
	Width int  // of the terminal, in columns; 80 by default
	Color bool // whether it understands ANSI colours
}

// minWidth is the width below which nothing fits; Text writes for it then.
const minWidth = 60

// Text writes a summary: first the verdict, then what the machine is, then
// what is wrong with it, and last what could not be read. What there is many of
// is folded; what identifies a component is never cut.
func Text(w io.Writer, r *report.Report, opts TextOptions) error {
	t := newText(w, opts)
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
	return t.w.Flush()
}

// AppendText appends the summary to dst.
func AppendText(dst []byte, r *report.Report, opts TextOptions) []byte {
	b := bytes.NewBuffer(dst)
	_ = Text(b, r, opts) // a buffer does not fail
	return b.Bytes()
}

// AppendVerdict appends the first line of the summary alone. It may stand last
// too, where the summary is longer than the screen.
func AppendVerdict(dst []byte, r *report.Report, opts TextOptions) []byte {
	b := bytes.NewBuffer(dst)
	t := newText(b, opts)
	t.verdictLine(r)
	_ = t.w.Flush()
	return b.Bytes()
}

// A text is a summary being written.
type text struct {
	w     *bufio.Writer
	width int
	color bool
}

func newText(w io.Writer, opts TextOptions) *text {
	if opts.Width == 0 {
		opts.Width = 80
	}
	return &text{bufio.NewWriter(w), max(opts.Width, minWidth), opts.Color}
}

// labelWidth is the column where what follows a label begins.
const labelWidth = 10

// line writes one line beside a label; "" continues what stands above.
func (t *text) line(label, body string) {
	fmt.Fprintf(t.w, "%s%s\n", pad(label, labelWidth), body)
}

// flow writes what there is of the parts beside a label, with commas between
// them. A line ends behind a part where it can.
func (t *text) flow(label string, parts ...string) {
	room := t.width - labelWidth - indent - 1 // for the comma
	line, margin := "", ""
	end := func(mark string) {
		t.line(label, margin+line+mark)
		label, margin, line = "", strings.Repeat(" ", indent), ""
	}
	for _, part := range parts {
		if part = clean(strings.TrimSpace(part)); part == "" {
			continue
		}
		if line != "" && width(line)+2+width(part) <= room {
			line += ", " + part
			continue
		}
		if line != "" {
			end(",")
		}
		pieces := wrap(part, room)
		for _, line = range pieces[:len(pieces)-1] {
			end("")
		}
		line = pieces[len(pieces)-1]
	}
	if line != "" {
		end("")
	}
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

// verdictLine says the verdict in one line.
func (t *text) verdictLine(r *report.Report) {
	words, ok := verdicts[r.Summary.Health]
	if !ok {
		words = fit(strings.ToUpper(clean(r.Summary.Health)), t.width-labelWidth)
	}
	t.line("Verdict", t.paint(r.Summary.Health, words))
}

// maxUnjudged bounds how many things that were not judged the summary lists.
const maxUnjudged = 6

func (t *text) verdict(r *report.Report) {
	t.verdictLine(r)
	if c := r.Summary.Complete; c != nil && !*c {
		t.flow("", "the audit did not come to its end: what was not asked is below")
	}
	if wantsRoot(r) {
		t.flow("", "not run as root: what needs its rights was not read")
	}
	if r.Summary.Unjudged == nil {
		return
	}
	label := "Unjudged"
	list := foldUnjudged(*r.Summary.Unjudged)
	for i, u := range list {
		if i == maxUnjudged && len(list) > maxUnjudged+1 {
			t.flow("", fmt.Sprintf("and %d more, see the JSON document", len(list)-i))
			break
		}
		t.flow(label, join(": ", joined(someNames(u.names, maxNames)...), once(u.why)))
		label = ""
	}
}

// wantsRoot tells that something was denied to an audit that was not run as
// root.
func wantsRoot(r *report.Report) bool {
	if r.Host.Root != nil && *r.Host.Root {
		return false
	}
	return slices.ContainsFunc(r.Diagnostics, func(d report.Diagnostic) bool { return d.Code == "permission" })
}

// once leaves out the advice that wantsRoot's line gives once.
func once(text string) string {
	return strings.Replace(text, ": run the audit as root", "", 1)
}

// unjudged is why some things were not judged.
type unjudged struct {
	names []thing
	why   string
}

// foldUnjudged puts together what has the same reason.
func foldUnjudged(entries []report.Unjudged) []*unjudged {
	var list []*unjudged
	byWhy := make(map[string]*unjudged)
	for _, entry := range entries {
		name, why, found := strings.Cut(unjudgedWords(entry), ": ")
		if !found {
			name, why = "", name
		}
		u := byWhy[why]
		if u == nil {
			u = &unjudged{why: why}
			byWhy[why] = u
			list = append(list, u)
		}
		u.names = append(u.names, thing{name: name})
	}
	return list
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
		t.flow("Machine", join(" ", s.Manufacturer, s.Product, s.Version))
		t.flow("", labelled("serial", s.Serial, "asset", s.AssetTag, "UUID", s.UUID)...)
	}
	label := "Board"
	for _, b := range r.Boards {
		label = t.machinePart(label, join(" ", b.Manufacturer, b.Product, b.Version), labelled("serial", b.Serial, "in", b.Slot))
	}
	label = "Chassis"
	for _, c := range r.Chassis {
		label = t.machinePart(label, join(" ", c.Manufacturer, strings.TrimPrefix(c.Type, "Other")), labelled("serial", c.Serial))
	}
	for _, f := range r.Firmware {
		if f.Component == "bios" {
			t.flow("BIOS", join(" ", f.Name, f.Version), f.Date)
		}
	}
	if b := r.BMC; b != nil {
		t.machinePart("BMC", join(" ", b.Manufacturer, b.Product), labelled("firmware", b.Firmware, "IP", b.IP, "MAC", b.MAC))
	}
}

// machinePart writes a thing of which there are few, and returns the label of
// the next.
func (t *text) machinePart(label, name string, rest []string) string {
	if name == "" && len(rest) == 0 {
		return label
	}
	t.flow(label, append([]string{name}, rest...)...)
	return ""
}

// maxInfo bounds how many findings that are for information are listed.
const maxInfo = 10

func (t *text) findings(list []report.Finding) {
	label, infos := "Findings", 0
	for _, f := range list {
		mark := t.paint(f.Severity, "!") + " "
		if f.Severity == report.Info {
			mark = "- "
			if infos++; infos > maxInfo {
				continue
			}
		}
		for _, line := range wrap(clip(clean(f.Text)), t.width-labelWidth-len("- ")) {
			t.line(label, mark+line)
			label, mark = "", "  "
		}
	}
	if infos > maxInfo {
		t.line("", fmt.Sprintf("and %d more for information, see the JSON document", infos-maxInfo))
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
	label := unreadLabel(r)
	for _, line := range lines {
		t.flow(label, line)
		label = ""
	}
}

// unreadLabel is what stands before what tools could not read. Where all was read
// without them, it is no more than a note.
func unreadLabel(r *report.Report) string {
	if r.Summary.Health == report.OK {
		return "Notes"
	}
	return "Not read"
}

func describe(d report.Diagnostic) string {
	where := clean(d.Source)
	if d.Line > 0 {
		where += fmt.Sprintf(", line %d", d.Line)
	}
	s := where + ": " + clean(once(d.Message))
	if d.Excerpt != "" {
		s += fmt.Sprintf(" %q", clean(d.Excerpt))
	}
	return s
}
