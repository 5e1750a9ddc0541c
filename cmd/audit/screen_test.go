// SPDX-License-Identifier: Apache-2.0

package main

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
)

// TestQRDecodes scans what is drawn on a VGA console and on a framebuffer, as a
// phone would.
func TestQRDecodes(t *testing.T) {
	for _, tool := range []string{"qrencode", "zbarimg"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	r := &report.Report{
		Summary:  report.Summary{Health: report.Warning},
		System:   &report.System{Manufacturer: "Lab Systems Inc", Product: "LX2 Server", Serial: "SRV-2023-0042"},
		Findings: []report.Finding{{Text: "Drive sda: The drive has 12 reallocated sectors."}, {Text: "Power supply PS2 has no input power."}},
	}
	const sum = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" // of "test"
	for _, s := range []screen{{rows: 25, columns: 80}, {rows: 48, columns: 128}, {rows: 67, columns: 240}} {
		out, err := os.Create(filepath.Join(t.TempDir(), "qr"))
		if err != nil {
			t.Fatal(err)
		}
		drawQR(out, r, []byte("test"), s)
		drawn, err := os.ReadFile(out.Name())
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimRight(string(drawn), "\n"), "\n")
		if len(lines) >= s.rows {
			t.Errorf("%d rows on a screen of %d", len(lines), s.rows)
		}
		want := render.QRPayload(r, sum, render.QRLimit(s.rows, s.columns))
		if got := scan(t, lines); got != want {
			t.Errorf("%dx%d: scanned %q, want %q", s.columns, s.rows, got, want)
		}
	}
}

var escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// scan turns half blocks, white on black, into a picture and reads it.
func scan(t *testing.T, lines []string) string {
	t.Helper()
	const scale = 6
	picture := image.NewGray(image.Rect(0, 0, 128*scale, 2*len(lines)*scale))
	module := func(x, y int) {
		for i := range scale * scale {
			picture.SetGray(x*scale+i%scale, y*scale+i/scale, color.Gray{255})
		}
	}
	for row, line := range lines {
		for x, r := range []rune(escapes.ReplaceAllString(line, "")) {
			if r == '█' || r == '▀' {
				module(x, 2*row)
			}
			if r == '█' || r == '▄' {
				module(x, 2*row+1)
			}
		}
	}
	f, err := os.Create(filepath.Join(t.TempDir(), "qr.png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, picture); err != nil {
		t.Fatal(err)
	}
	f.Close()
	out, err := exec.Command("zbarimg", "-q", "--raw", f.Name()).Output()
	if err != nil {
		t.Fatalf("zbarimg: %v", err)
	}
	return strings.TrimSuffix(string(out), "\n")
}
