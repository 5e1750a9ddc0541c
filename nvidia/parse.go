// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"strings"

	"github.com/mchus/bee/internal/lines"
)

// Parse parses the output of nvidia-smi -q -x.
//
// Parse knows an element by its name and its place, never by the number of the
// DTD, so that drivers older and newer than those seen give what they have in
// common with them; the rest is listed in [Log.Unknown]. Text before, between
// and behind the XML becomes [Log.Notes].
//
// Parse reads to the end whatever it meets. The log is never nil; the error is
// nil or an [Errors]. It wraps [ErrTool] where nvidia-smi says that it failed,
// and one of [ErrNoDriver], [ErrMismatch], [ErrPermission], [ErrNoDevices] and
// [ErrNVML], which say why; [ErrFormat] where the input is something else.
func Parse(data []byte) (*Log, error) {
	in := &input{src: string(data)}
	if in.wide() {
		return new(Log), in.errs.err()
	}
	start := xmlStart(in.src)
	in.note(in.beforeXML(start), 0)
	doc := readXML(in, start)
	d := decoder{input: in, log: new(Log)}
	for root := doc.first; root != nil; root = root.next {
		switch {
		case root.Name != "nvidia_smi_log":
			d.unknown(root)
		case d.log.Root == nil:
			d.log.Root = root
			d.readLog(root)
		default: // of -l, or of another machine
			if !d.another {
				d.another = true
				d.fail(root.offset, root.Name, "", errAnother)
			}
			d.unknown(root)
		}
	}
	if d.log.Root == nil {
		in.explainNothing("no nvidia_smi_log element")
	}
	return d.log, d.finishLog()
}

// xmlStart returns where the XML begins; what stands before it is the noise of
// other programs.
func xmlStart(src string) int {
	start := len(src)
	for _, mark := range []string{"<?xml", "<!DOCTYPE", "<nvidia_smi_log"} {
		if i := strings.Index(src[:start], mark); i >= 0 {
			start = i
		}
	}
	return start
}

// beforeXML returns the lines of text before the XML. Where there is no XML, the
// last of them may be cut off, and nothing of it is a value then, unless it says
// why there is none.
func (in *input) beforeXML(start int) string {
	text, tail := lines.Whole(in.src[:start])
	if tail == "" || start < len(in.src) || failureOf(tail) != nil {
		return in.src[:start]
	}
	if strings.Contains(in.src, deviceHandle) {
		in.fail(start-len(tail), "", tail, ErrTruncated)
	}
	return text
}

// explainNothing reports that the document is missing, unless the text that
// stands in its place says why.
func (in *input) explainNothing(what string) {
	if len(in.errs) > 0 {
		return
	}
	for _, note := range in.notes {
		if note.Unreadable {
			return
		}
	}
	text := in.src
	if len(in.notes) > 0 {
		text = in.notes[0].Text
	}
	in.fail(strings.Index(in.src, text), "", text, fmt.Errorf("%w: %s", ErrFormat, what))
}

// wide reports a text of two bytes a character, as PowerShell's redirection
// writes it: it has a mark at its start, or a NUL beside an ASCII character.
func (in *input) wide() bool {
	s := in.src
	wide := strings.HasPrefix(s, "\xff\xfe") || strings.HasPrefix(s, "\xfe\xff") ||
		len(s) >= 4 && (s[0] == 0 && s[2] == 0 && s[1] != 0 && s[3] != 0 || s[1] == 0 && s[3] == 0 && s[0] != 0 && s[2] != 0)
	if wide {
		in.fail(0, "", s, fmt.Errorf("%w: UTF-16, convert it to UTF-8", ErrFormat))
	}
	return wide
}
