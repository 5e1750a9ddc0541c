// SPDX-License-Identifier: Apache-2.0

package manual

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/golden"
	"github.com/mchus/bee/inventory/render"
)

// The files that a release and the image ship are made of this package.
func TestShippedFiles(t *testing.T) {
	const root = "../.."
	if _, err := os.Stat(filepath.Join(root, "iso")); err != nil {
		t.Skip("the module alone: ", err)
	}
	for path, text := range map[string]string{
		"iso/overlay/usr/share/man/man8/audit.8": Page(),
		"cmd/audit/completion/audit.bash":        Bash(),
		"cmd/audit/completion/_audit":            Zsh(),
	} {
		golden.Bytes(t, filepath.Join(root, path), []byte(text))
	}
}

// The help of each command fits a screen of 80 by 24, prompt included.
func TestHelpFitsAScreen(t *testing.T) {
	for _, c := range Commands {
		help := c.Help()
		lines := strings.Split(strings.TrimSuffix(help, "\n"), "\n")
		if len(lines) > 23 {
			t.Errorf("audit %s -h: %d lines", c.Name, len(lines))
		}
		for _, line := range lines {
			if len(line) > 79 {
				t.Errorf("audit %s -h: %d columns: %s", c.Name, len(line), line)
			}
		}
		for _, f := range c.Flags {
			if !strings.Contains(help, "-"+f.Name) || !strings.Contains(Page(), `\-`+f.Name) {
				t.Errorf("audit %s: -%s is not told", c.Name, f.Name)
			}
		}
	}
}

// The formats of package render stand in the manual and in the README.
func TestFormats(t *testing.T) {
	if got := strings.Join(Formats, ", "); got != render.Formats() {
		t.Errorf("formats are %s, and render has %s", got, render.Formats())
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if usage := "[-format " + strings.Join(Formats, "|") + "]"; !strings.Contains(string(readme), usage) {
		t.Errorf("README has no %s", usage)
	}
}

// The real tools find nothing to complain of, where they are.
func TestPageAndCompletionsAreValid(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct{ text, file, command string }{
		{Page(), "audit.8", "mandoc -T lint -W warning audit.8"},
		{Page(), "audit.8", "groff -man -Tutf8 -ww -z audit.8"},
		{Bash(), "audit.bash", "bash -n audit.bash"},
		{Bash(), "audit.bash", "shellcheck -s bash audit.bash"},
		{Zsh(), "_audit", "zsh -n _audit"},
	} {
		argv := strings.Fields(tt.command)
		if _, err := exec.LookPath(argv[0]); err != nil {
			t.Log(err)
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, tt.file), []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(argv[0], argv[1:]...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", tt.command, err, out)
		}
	}
}

// bash completes commands, flags and what flags take.
func TestBashCompletes(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip(err)
	}
	for line, want := range map[string]string{
		"audit d": "diff", "audit -rep": "-replay", "audit diff -re": "-readings", "audit -format pro": "prometheus",
		"audit diff -format j": "json", "audit redact -k": "-key", "audit -format ": strings.Join(Formats, " "),
	} {
		script := Bash() + `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _audit audit "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"; echo "${COMPREPLY[*]}"`
		words := strings.Split(line, " ")
		out, err := exec.Command("bash", slices.Concat([]string{"-c", script, "bash"}, words)...).CombinedOutput()
		if got := strings.TrimSpace(string(out)); err != nil || got != want {
			t.Errorf("%q completes to %q, want %q (%v)", line, got, want, err)
		}
	}
}
