// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"strings"
)

// Parse parses the output of nvidia-smi -q -x.
//
// Parse knows an element by its name and its place, never by the number of the
// DTD, so that drivers older and newer than those seen give what they have in
// common with them; the rest is listed in [Log.Unknown]. Text before, between
// and behind the XML becomes [Log.Notes].
//
// Parse reads to the end whatever it meets. The log is never nil; the error is
// nil or an [Errors]. It wraps [ErrNoDriver] where nvidia-smi could not reach
// the driver. "No devices were found" is an empty log and no error.
func Parse(data []byte) (*Log, error) {
	in := &input{src: string(data)}
	start := xmlStart(in.src)
	in.note(in.src[:start], 0)
	doc := readXML(in, start)
	d := decoder{input: in, log: new(Log)}
	for root := doc.first; root != nil; root = root.next {
		if root.Name == "nvidia_smi_log" && d.log.Root == nil {
			d.log.Root = root
			d.readLog(root)
		} else {
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

// explainNothing reports that the document is missing, unless the text that
// stands in its place says why.
func (in *input) explainNothing(what string) {
	if len(in.errs) > 0 {
		return
	}
	for _, note := range in.notes {
		if note.Unreadable || isNoDevices(note.Text) {
			return
		}
	}
	if len(in.notes) > 0 {
		i := strings.Index(in.src, in.notes[0].Text)
		in.fail(i, "", in.notes[0].Text, fmt.Errorf("%w: %s", ErrSyntax, what))
	}
}
