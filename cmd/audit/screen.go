// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
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

// drawQR draws the summary as a QR code, as large as the screen allows.
func drawQR(stdout *os.File, r *report.Report, sum string, s screen) {
	payload := render.QRPayload(r, sum, render.QRLimit(s.rows, s.columns))
	cmd := exec.Command("qrencode", "-t", "ANSIUTF8", "-8", "-l", "L", "-m", strconv.Itoa(render.QRMargin), "-o", "-")
	cmd.Stdin = strings.NewReader(payload)
	var code bytes.Buffer
	cmd.Stdout = &code
	if err := cmd.Run(); err != nil {
		fmt.Fprintf(stdout, "QR        not drawn: %v\n", err)
		return
	}
	_, _ = code.WriteTo(stdout)
}
