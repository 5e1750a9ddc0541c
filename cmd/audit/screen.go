// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/mchus/bee/inventory/host"
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

// text is how the summary is written for a screen.
func (s screen) text() render.TextOptions {
	return render.TextOptions{Width: s.columns, Color: s.color}
}

// drawQR draws the summary as a QR code, as large as the screen allows.
func drawQR(stdout *os.File, r *report.Report, document []byte, s screen, opts ...host.Option) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	sum := sha256.Sum256(document)
	payload := render.QRPayload(r, hex.EncodeToString(sum[:]), render.QRLimit(s.rows, s.columns))
	code, err := encodeQR(ctx, payload, s.rows, s.columns, opts...)
	if err != nil {
		fmt.Fprintf(stdout, "QR        not drawn: %s\n", render.Clean(err.Error()))
		return
	}
	_, _ = stdout.Write(code)
}

// qrTimeout is plenty: drawing takes milliseconds.
const qrTimeout = 10 * time.Second

// encodeQR has qrencode draw a text as a code of half blocks, for a screen with this
// many rows and columns. The text goes to its standard input: everybody may read
// a command line.
func encodeQR(ctx context.Context, text string, rows, columns int, opts ...host.Option) ([]byte, error) {
	args := []string{"-t", "ANSIUTF8", "-8", "-l", "L", "-m", strconv.Itoa(render.QRMargin), "-o", "-"}
	opts = append([]host.Option{host.WithTimeout(qrTimeout)}, opts...)
	out, err := host.Pipe(ctx, []byte(text), "qrencode", args, opts...)
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("qrencode: not installed")
	case err != nil:
		return nil, err
	case out.Exit != 0:
		line, _, _ := strings.Cut(string(out.Stderr), "\n")
		return nil, fmt.Errorf("qrencode: exit status %d: %.100q", out.Exit, line)
	case !render.IsQR(string(out.Stdout), rows, columns):
		return nil, errors.New("qrencode: what it printed is not a code for this screen")
	}
	return out.Stdout, nil
}

// A progress tells on a terminal which parts of the audit are done.
type progress struct {
	w    *os.File
	on   bool
	done func(report.Collector)
}

func newProgress(w *os.File, quiet bool) *progress {
	screen := screenOf(w)
	p := &progress{w: w, on: !quiet && screen.terminal && os.Getenv("TERM") != "dumb"}
	if p.on {
		p.done = func(c report.Collector) { // a line that wraps could not be taken back
			fmt.Fprint(w, clearLine+render.Fit("audited "+render.Progress(c), screen.columns-1))
		}
	}
	return p
}

// clearLine goes to the beginning of the line and clears it.
const clearLine = "\r\x1b[K"

// clear takes the line of progress off the screen.
func (p *progress) clear() {
	if p.on {
		fmt.Fprint(p.w, clearLine)
	}
}

// printDocument prints a document, on a terminal without what could move its
// cursor or turn its text.
func printDocument(stdout io.Writer, document []byte, format string) error {
	if f, ok := stdout.(*os.File); ok && (format == "json" || format == "reanimator") {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			document = render.EscapeJSON(document)
		}
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
