// SPDX-License-Identifier: Apache-2.0

// Package qr draws QR codes on a terminal, with qrencode.
package qr

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/render"
)

// timeout is plenty: drawing takes milliseconds.
const timeout = 10 * time.Second

// Draw has qrencode draw a text as a code of half blocks, for a screen with this
// many rows and columns. The text goes to its standard input: everybody may read
// a command line.
func Draw(ctx context.Context, text string, rows, columns int, opts ...host.Option) ([]byte, error) {
	args := []string{"-t", "ANSIUTF8", "-8", "-l", "L", "-m", strconv.Itoa(render.QRMargin), "-o", "-"}
	opts = append([]host.Option{host.WithTimeout(timeout)}, opts...)
	out, err := host.Pipe(ctx, []byte(text), "qrencode", args, opts...)
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("qrencode: not installed")
	case err != nil:
		return nil, err
	case out.Exit != 0:
		line, _, _ := strings.Cut(string(out.Stderr), "\n")
		return nil, fmt.Errorf("qrencode: exit status %d: %.100q", out.Exit, line)
	case !isCode(string(out.Stdout), rows, columns):
		return nil, errors.New("qrencode: what it printed is not a code for this screen")
	}
	return out.Stdout, nil
}

// isCode reports whether text is a drawing of half blocks in black and white, and
// no larger than the screen.
func isCode(text string, rows, columns int) bool {
	text, ended := strings.CutSuffix(text, "\n")
	if !ended || !strings.Contains(text, "█") || !utf8.ValidString(text) || strings.Count(text, "\n")+1 >= max(rows, minRows) {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		line = withoutColors(line)
		if strings.Trim(line, " █▀▄") != "" || utf8.RuneCountInString(line) > max(columns, minColumns) {
			return false
		}
	}
	return true
}

// The size of the smallest code that QRLimit allows, version 3: a screen that
// is smaller still gets it and scrolls.
const (
	minColumns = 17 + 4*3 + 2*render.QRMargin
	minRows    = (minColumns+1)/2 + 1
)

// withoutColors removes the sequences that qrencode sets colours with.
func withoutColors(line string) string {
	for _, sequence := range []string{"\x1b[40;37;1m", "\x1b[37;40;1m", "\x1b[0m"} {
		line = strings.ReplaceAll(line, sequence, "")
	}
	return line
}
