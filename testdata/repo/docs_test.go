// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// notRun are the documents' commands that no test can run, and why.
var notRun = []struct{ prefix, why string }{
	{"go test ./...", "it is what runs this test"},
	{"apk add ", "it installs packages of Alpine"},
	{"abuild-keygen ", "it makes a key of Alpine's builder"},
	{"git clone ", "it needs a network"},
	{"sh iso/builder/build.sh", "it needs Alpine; iso/test/alpine.sh runs it there"},
	{"iso/test/", "CI runs it as a step of its own"},
	{"make lab", "it boots twelve machines"},
	{"sh testdata/zoo/record.sh", "it writes the captured hosts anew"},
	{"go run -C cmd/fleet", "it builds Apache Beam; its own tests run it"},
	{"go run -C testdata ./fleet", "it makes ten thousand machines"},
	{"git diff testdata/hosts", "it is for a person to read"},
}

// documents calls fn with each of the repository's documents.
func documents(t *testing.T, fn func(name, text string)) {
	t.Helper()
	out, err := exec.Command("git", "-C", root, "ls-files", "*.md").Output()
	if err != nil {
		t.Skip("not a checkout: ", err)
	}
	for name := range strings.FieldsSeq(string(out)) {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		fn(name, string(text))
	}
}

// TestDocumentedCommands runs what the documents tell their readers to run.
func TestDocumentedCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs programs")
	}
	block := regexp.MustCompile("(?ms)^```sh\n(.*?)^```")
	ran := 0
	documents(t, func(name, text string) {
		for _, m := range block.FindAllStringSubmatch(text, -1) {
			for line := range strings.Lines(strings.ReplaceAll(m[1], "\\\n", " ")) {
				line, _, _ = strings.Cut(line, "  #")
				line = strings.TrimSpace(line)
				if line == "" || strings.HasPrefix(line, "#") || slices.ContainsFunc(notRun, func(n struct{ prefix, why string }) bool { return strings.HasPrefix(line, n.prefix) }) {
					continue
				}
				cmd := exec.Command("sh", "-c", line)
				cmd.Dir = root
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%s: %s: %v\n%s", name, line, err, out)
				}
				ran++
			}
		}
	})
	if ran == 0 {
		t.Error("found no command to run")
	}
}

// TestNamedCommands looks up what the documents name in passing: targets of the
// Makefile, scripts, packages.
func TestNamedCommands(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	inline := regexp.MustCompile("`([^`\n]+)`")
	documents(t, func(name, text string) {
		for _, m := range inline.FindAllStringSubmatch(text, -1) {
			words := strings.Fields(m[1])
			words = slices.DeleteFunc(words, func(w string) bool { return strings.HasPrefix(w, "BEE_") || strings.HasPrefix(w, "T=") })
			if len(words) < 2 {
				continue
			}
			for _, word := range words[1:] {
				path := filepath.Join(root, strings.TrimPrefix(word, "./"))
				switch {
				case words[0] == "make" && !strings.Contains(word, "=") && !regexp.MustCompile(`(?m)^`+regexp.QuoteMeta(word)+`:`).Match(makefile):
					t.Errorf("%s: %s: the Makefile has no such target", name, m[1])
				case words[0] == "sh" && strings.HasSuffix(word, ".sh") && !exists(path) && !exists(filepath.Join(root, filepath.Dir(name), word)),
					words[0] == "go" && strings.HasPrefix(word, "./") && !strings.Contains(word, "...") && !exists(path) && !exists(filepath.Join(root, "testdata", word)):
					t.Errorf("%s: %s: no %s", name, m[1], word)
				}
			}
		}
	})
}

// TestNamedTests: each test that a document names exists.
func TestNamedTests(t *testing.T) {
	out, err := exec.Command("git", "-C", root, "grep", "-hoE", "^func (Test|Fuzz|Benchmark|Example)[A-Za-z0-9_]*", "--", "*_test.go").Output()
	if err != nil {
		t.Skip("not a checkout: ", err)
	}
	have := strings.Fields(strings.ReplaceAll(string(out), "func ", ""))
	named := regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w*`)
	documents(t, func(name, text string) {
		for _, test := range named.FindAllString(text, -1) {
			if !slices.Contains(have, test) {
				t.Errorf("%s: there is no %s", name, test)
			}
		}
	})
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
