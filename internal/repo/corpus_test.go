// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoCaptureOfOthers: the captures of other people's machines, whose
// licences are not ours to give, are read through BEE_CORPUS and never
// committed. A message of one line counts too: a fixture that is equal to one
// is written another way.
func TestNoCaptureOfOthers(t *testing.T) {
	dir := os.Getenv("BEE_CORPUS")
	if dir == "" {
		t.Skip("BEE_CORPUS is not set")
	}
	list, err := os.ReadFile(filepath.Join(dir, "SHA256"))
	if err != nil {
		t.Skip(err)
	}
	theirs := make(map[string]string)
	for line := range strings.Lines(string(list)) {
		if sum, name, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			theirs[sum] = strings.TrimSpace(name)
		}
	}
	if len(theirs) < 1000 {
		t.Fatalf("%d captures are listed", len(theirs))
	}
	walk(t, root, func(path string, d fs.DirEntry) error {
		if !d.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		if name, ok := theirs[hex.EncodeToString(sum[:])]; ok && len(data) > 0 {
			t.Errorf("%s is %s of the corpus", path, name)
		}
		return nil
	})
}
