// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every promise of SECURITY.md names a test, and the tests are there.
func TestSecurityPromisesAreTested(t *testing.T) {
	const root = "../.."
	if _, err := os.Stat(filepath.Join(root, "testdata/hosts")); err != nil {
		t.Skip("a module without its test data: ", err)
	}
	text, err := os.ReadFile(filepath.Join(root, "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	var tests bytes.Buffer
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "_test.go") {
			source, err := os.ReadFile(path)
			tests.Write(source)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	promises := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "- ") {
			continue
		}
		promises++
		names := testNames.FindAllStringSubmatch(line, -1)
		if len(names) == 0 {
			t.Errorf("names no test: %s", line)
		}
		for _, name := range names {
			if !bytes.Contains(tests.Bytes(), []byte("func "+name[1]+"(")) {
				t.Errorf("%s is gone: %s", name[1], line)
			}
		}
	}
	if promises < 20 {
		t.Errorf("found %d promises", promises)
	}
}

var testNames = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9]+)`")
