// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/manual"
)

// file makes a file with a text.
func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDiffCommand(t *testing.T) {
	_, document, _ := audited(t, "-replay", capture(t), "-o", "-")
	old := file(t, document)
	other := file(t, strings.Replace(document, `"SRV-1"`, `"SRV-2"`, 1))
	sure := strings.Replace(document, `"serial": "SRV-1"`, `"serial": "SRV-2"`, 1)
	for _, tt := range []struct {
		args           []string
		status         int
		stdout, stderr string
	}{
		{[]string{old, old}, 0, "", ""},
		{[]string{old, file(t, sure)}, 1, "changed  system Lab LX2: serial SRV-1 -> SRV-2\n", ""},
		{[]string{old, file(t, sure), "-format", "json"}, 1, `"schema": "bee.diff/1"`, ""},
		{[]string{"-format", "json", old, old}, 0, `"changes": []`, ""},
		{[]string{"-format", "xml", old, other}, 2, "", "unknown format"},
		{[]string{old}, 2, "", "audit diff: wants OLD.json NEW.json"},
		{[]string{old, "/no/such/file"}, 2, "", "audit diff: /no/such/file: no such file or directory\n"},
		{[]string{old, file(t, "{}")}, 2, "", "not an audit document"},
		{[]string{old, file(t, "\ufeff"+strings.ReplaceAll(document, "\n", "\r\n"))}, 0, "", ""},
		{[]string{old, file(t, "{\n\"schema\": x}")}, 2, "", "line 2, column 11: invalid character 'x'"},
		{[]string{"-h"}, 0, "usage: audit diff", ""},
		{[]string{old, file(t, strings.Replace(document, `"summary": {`, `"summary": {"mood": 1,`, 1))}, 0, "", "not compared: keys of a newer version: summary.mood"},
	} {
		status, stdout, stderr := audited(t, append([]string{"diff"}, tt.args...)...)
		if status != tt.status || !strings.Contains(stdout, tt.stdout) || !strings.Contains(stderr, tt.stderr) {
			t.Errorf("%q: status %d, stdout %q, stderr %q", tt.args, status, stdout, stderr)
		}
		if tt.stdout == "" && stdout != "" {
			t.Errorf("%q prints %q", tt.args, stdout)
		}
	}
}

func TestParseCommand(t *testing.T) {
	const good = "Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: Lab\n\tSerial Number: SRV-1\n\n"
	const bad = "Handle 0x0011, DMI type 17, 84 bytes\nMemory Device\n\tSize: 32 XB\n\tLocator: A1\n\n"
	for _, tt := range []struct {
		args           []string
		status         int
		stdout, stderr string
	}{
		{[]string{"-f", file(t, good)}, 0, `"serial_number": "SRV-1"`, "audit parse: read as dmidecode (likely)\n"},
		{[]string{"dmidecode", "-f", file(t, good)}, 0, `"serial_number": "SRV-1"`, ""},
		{[]string{"dmidecode", "-f", file(t, bad)}, 3, `"locator": "A1"`, "line 3, column 11: unknown unit"},
		{[]string{"nvme", "id-ns", "-f", file(t, `{"nsze":1,"ncap":1,"nuse":1}`)}, 0, `"size_blocks": 1`, ""},
		{[]string{"-f", file(t, "hello\n")}, 2, "", "the output of no tool that is known"},
		{[]string{"hdparm", "-f", file(t, good)}, 2, "", `no parser for this tool: "hdparm"`},
		{[]string{"-f", "/no/such/file"}, 2, "", "no such file"},
		{[]string{"-list"}, 0, "nvme id-ctrl", ""},
	} {
		status, stdout, stderr := audited(t, append([]string{"parse"}, tt.args...)...)
		if status != tt.status || !strings.Contains(stdout, tt.stdout) || !strings.Contains(stderr, tt.stderr) || tt.stderr == "" && stderr != "" {
			t.Errorf("%q: status %d, stdout %q, stderr %q", tt.args, status, stdout, stderr)
		}
		if stdout != "" && tt.args[0] != "-list" && !json.Valid([]byte(stdout)) {
			t.Errorf("%q: no JSON: %q", tt.args, stdout)
		}
	}
}

func TestRedactCommand(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"out", "out.tgz"} {
		out := filepath.Join(dir, name)
		if status, _, stderr := audited(t, "redact", "-key", "k", capture(t), out); status != 0 {
			t.Fatalf("status %d: %s", status, stderr)
		}
		_, document, _ := audited(t, "-replay", out, "-o", "-")
		if strings.Contains(document, "SRV-1") || !strings.Contains(document, `"product": "LX2"`) || !strings.Contains(document, `"serial": "`) {
			t.Errorf("%s: %s", name, document)
		}
	}
	for _, taken := range []string{filepath.Join(dir, "out"), "/dev/full", filepath.Join(dir, "no", "out")} {
		status, _, stderr := audited(t, "redact", capture(t), taken)
		if status != 2 || !strings.Contains(stderr, "cannot save a capture as "+taken) || strings.Contains(stderr, "bee-tmp") {
			t.Errorf("%s: status %d, %s", taken, status, stderr)
		}
	}
	if status, _, stderr := audited(t, "redact", dir, filepath.Join(dir, "x")); status != 2 || !strings.Contains(stderr, "no host.json") {
		t.Errorf("no capture: status %d, %s", status, stderr)
	}
}

// Each format goes to standard output by itself, and to a file with -o.
func TestFormats(t *testing.T) {
	wants := map[string]string{"html": "<!DOCTYPE html>", "prometheus": "# HELP bee_audit_info", "reanimator": `"serial_number": "SRV-1"`, "text": "Verdict "}
	for _, format := range manual.Formats {
		want := wants[format]
		if format == "json" {
			continue // the default, which other tests read
		}
		if want == "" {
			t.Errorf("no test reads the format %s", format)
		}
		status, stdout, stderr := audited(t, "-replay", capture(t), "-format", format)
		if status != 0 || !strings.Contains(stdout, want) {
			t.Errorf("%s: status %d, %s%.200s", format, status, stderr, stdout)
		}
	}
}

// The manual knows each flag of each command, and no other.
func TestManualKnowsTheFlags(t *testing.T) {
	for _, c := range manual.Commands {
		for _, f := range c.Flags {
			args := append(strings.Fields(c.Name), "-"+f.Name+"=\x00", "-no-such-flag")
			if _, _, stderr := audited(t, args...); strings.Contains(stderr, "not defined: -"+f.Name) {
				t.Errorf("audit %s has no -%s", c.Name, f.Name)
			}
		}
	}
	source := ""
	for _, name := range []string{"main.go", "commands.go"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source += string(data)
	}
	defined := regexp.MustCompile(`flags\.\w+\((?:&cfg\.\w+, )?"([a-z]+)"`).FindAllStringSubmatch(source, -1)
	told := 0
	for _, c := range manual.Commands {
		told += len(c.Flags)
	}
	if len(defined) != told {
		t.Errorf("%d flags are defined, %d stand in the manual", len(defined), told)
	}
}
