// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
)

// A screen is what the summary is shown on.
type screen struct {
	rows, columns int
	terminal      bool
	color         bool
}

// screenOf describes where f writes to; a file or a pipe is a screen of 80 by
// 25 without colours.
func screenOf(f *os.File) screen {
	s := screen{rows: 25, columns: 80}
	info, err := f.Stat()
	s.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != ""
	if !s.terminal {
		return s
	}
	s.color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if rows, columns := windowSize(f); rows > 0 && columns > 0 {
		s.rows, s.columns = rows, columns
	}
	return s
}

// A progress tells on a terminal which parts of the audit are done.
type progress struct {
	w    *os.File
	on   bool
	done func(report.Collector)
}

func newProgress(w *os.File) *progress {
	p := &progress{w: w, on: screenOf(w).terminal && os.Getenv("TERM") != "dumb"}
	if p.on {
		p.done = func(c report.Collector) {
			fmt.Fprintf(w, "\r\x1b[Kaudited %.20s: %.20s", c.Name, strings.Replace(c.Status, report.StatusAbsent, "nothing to ask here", 1))
		}
	}
	return p
}

// clear takes the line of progress off the screen.
func (p *progress) clear() {
	if p.on {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// printDocument prints a document, on a terminal without what could move its
// cursor or turn its text.
func printDocument(stdout *os.File, document []byte, format string) error {
	if info, err := stdout.Stat(); format == "json" && err == nil && info.Mode()&os.ModeCharDevice != 0 {
		document = render.EscapeJSON(document)
	}
	_, err := stdout.Write(document)
	return err
}

// printError prints why the audit failed. A message may quote a capture.
func printError(stderr *os.File, err error) {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintln(stderr, "audit:", render.Clean(line))
	}
}
