// SPDX-License-Identifier: Apache-2.0

//go:build linux

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// drawn returns what drawQR prints if qrencode is the given shell script, "" for
// none.
func drawn(t *testing.T, script string) string {
	t.Helper()
	dir := t.TempDir()
	path := []string{dir}
	if script != "" {
		path = append(path, "/usr/bin", "/bin") // for the script
		check(t, os.WriteFile(filepath.Join(dir, "qrencode"), []byte("#!/bin/sh\n"+script), 0o755))
	}
	out, err := os.Create(filepath.Join(dir, "out"))
	check(t, err)
	defer out.Close()
	r := &report.Report{Summary: report.Summary{Health: report.OK}, System: &report.System{Serial: "SRV-1"}}
	drawQR(out, r, []byte("{}"), screen{rows: 25, columns: 80}, host.WithPath(path...), host.WithTimeout(time.Second))
	data, err := os.ReadFile(out.Name())
	check(t, err)
	return string(data)
}

// What qrencode prints is shown if it is a code, and only then.
func TestQROutputIsChecked(t *testing.T) {
	const code = "\x1b[40;37;1m█▀▄ █\x1b[0m\n"
	if got := drawn(t, `cat >/dev/null; printf '`+code+`'`); got != code {
		t.Errorf("a code: %q", got)
	}
	for name, script := range map[string]string{
		"title":     `printf '\033]0;title\007█\n'`,
		"clear":     `printf '\033[2J█\n'`,
		"text":      `echo all is well`,
		"C1":        `printf '\302\233█\n'`,
		"no UTF-8":  `printf '\233█\n'`,
		"nothing":   `true`,
		"too high":  `for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do echo █; done`,
		"too wide":  `printf '%81s\n' ' '`,
		"flood":     `yes █`,
		"fails":     `printf '\033[2Jno\n' >&2; exit 1`,
		"secret":    `echo "$SECRET"`,
		"arguments": `echo "$*"`,
	} {
		t.Setenv("SECRET", "█")
		got := drawn(t, script)
		if !strings.HasPrefix(got, "QR        not drawn: ") || strings.Count(got, "\n") != 1 || strings.ContainsAny(got, "\x1b\u009b█") || strings.Contains(got, "SRV-1") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestQRHangs(t *testing.T) {
	start := time.Now()
	if got := drawn(t, "exec sleep 60"); !strings.Contains(got, "not drawn") || time.Since(start) > 20*time.Second {
		t.Errorf("%q after %v", got, time.Since(start))
	}
}

// qrencode is looked for where every tool is, and not in the caller's PATH.
func TestQRIgnoresPath(t *testing.T) {
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "qrencode"), []byte("#!/bin/sh\nenv >"+dir+"/pwned"), 0o755))
	cmd := command(t, "-replay", capture(t), "-qr")
	cmd.Env = append(cmd.Env, "PATH="+dir+":/usr/bin:/bin", "SECRET=x")
	if status, out := exitStatus(t, cmd); status != 0 {
		t.Errorf("status %d: %s", status, out)
	}
	if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
		t.Error("the caller's qrencode was run")
	}
}

func TestQRWithoutQrencode(t *testing.T) {
	if got := drawn(t, ""); !strings.Contains(got, "not drawn: qrencode: not installed") {
		t.Errorf("%q", got)
	}
}
