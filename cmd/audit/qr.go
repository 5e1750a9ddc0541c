// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
)

// qrTimeout is plenty: drawing takes milliseconds.
const qrTimeout = 10 * time.Second

// drawQR draws the summary as a QR code, as large as the screen allows.
func drawQR(stdout *os.File, r *report.Report, sum string, s screen, opts ...host.Option) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	payload := render.QRPayload(r, sum, render.QRLimit(s.rows, s.columns))
	code, err := encodeQR(ctx, payload, s, opts)
	if err != nil {
		fmt.Fprintf(stdout, "QR        not drawn: %s\n", render.Clean(err.Error()))
		return
	}
	_, _ = stdout.Write(code)
}

// encodeQR has qrencode draw a code. The payload goes to its standard input:
// everybody may read a command line.
func encodeQR(ctx context.Context, payload string, s screen, opts []host.Option) ([]byte, error) {
	args := []string{"-t", "ANSIUTF8", "-8", "-l", "L", "-m", strconv.Itoa(render.QRMargin), "-o", "-"}
	opts = append([]host.Option{host.WithTimeout(qrTimeout)}, opts...)
	out, err := host.Pipe(ctx, []byte(payload), "qrencode", args, opts...)
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("qrencode: not installed")
	case err != nil:
		return nil, err
	case out.Exit != 0:
		line, _, _ := strings.Cut(string(out.Stderr), "\n")
		return nil, fmt.Errorf("qrencode: exit status %d: %.100q", out.Exit, line)
	case !isQR(string(out.Stdout), s):
		return nil, errors.New("qrencode: what it printed is not a code for this screen")
	}
	return out.Stdout, nil
}

// isQR reports whether text is a drawing of half blocks in black and white, and
// no larger than the screen.
func isQR(text string, s screen) bool {
	text, ended := strings.CutSuffix(text, "\n")
	if !ended || !strings.Contains(text, "█") || !utf8.ValidString(text) || strings.Count(text, "\n")+1 >= max(s.rows, minQRRows) {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		line = withoutColors(line)
		if strings.Trim(line, " █▀▄") != "" || utf8.RuneCountInString(line) > max(s.columns, minQRColumns) {
			return false
		}
	}
	return true
}

// The size of the smallest code that QRLimit allows, version 3: a screen that
// is smaller still gets it and scrolls.
const (
	minQRColumns = 17 + 4*3 + 2*render.QRMargin
	minQRRows    = (minQRColumns+1)/2 + 1
)

// withoutColors removes the sequences that qrencode sets colours with.
func withoutColors(line string) string {
	for _, sequence := range []string{"\x1b[40;37;1m", "\x1b[37;40;1m", "\x1b[0m"} {
		line = strings.ReplaceAll(line, sequence, "")
	}
	return line
}
