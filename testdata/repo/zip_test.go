// SPDX-License-Identifier: Apache-2.0

// Package repo tests the repository with what only this module may import.
package repo

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// maxZip is how large the module may be that users download.
const maxZip = 5 << 20

// TestModuleZip makes the zip file that "go get" fetches, by the go command's
// own rules.
func TestModuleZip(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "bee.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	version := module.Version{Path: "github.com/mchus/bee", Version: "v0.0.0-00010101000000-000000000000"}
	if err := zip.CreateFromDir(f, version, "../.."); err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d KB", info.Size()>>10)
	if info.Size() > maxZip {
		t.Errorf("the module is %d bytes, want at most %d", info.Size(), maxZip)
	}
}
