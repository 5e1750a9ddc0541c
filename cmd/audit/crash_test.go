// SPDX-License-Identifier: Apache-2.0

//go:build linux

package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A kill at any moment leaves the old document or the new one, whole, and the
// next audit removes what was left beside it. BEE_KILLS sets how often it is
// tried.
func TestKilledWhileWriting(t *testing.T) {
	const size = 1 << 20
	path := filepath.Join(t.TempDir(), "audit.json")
	fill := func(b byte) func(*os.File) error {
		return func(f *os.File) error { _, err := f.Write(bytes.Repeat([]byte{b}, size)); return err }
	}
	if os.Getenv("BEE_WRITE_FOREVER") != "" {
		for b := byte('a'); ; b = 'a' + (b-'a'+1)%26 {
			if err := replaceFile(os.Getenv("BEE_WRITE_FOREVER"), fill(b)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile(path, bytes.Repeat([]byte{'-'}, size), 0o600); err != nil {
		t.Fatal(err)
	}
	kills := 20
	if n, err := strconv.Atoi(os.Getenv("BEE_KILLS")); err == nil {
		kills = n
	}
	torn, left := 0, 0
	for range kills {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWhileWriting$")
		cmd.Env = append(os.Environ(), "BEE_WRITE_FOREVER="+path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+rand.IntN(80)) * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		data, err := os.ReadFile(path)
		if err != nil || len(data) != size || len(bytes.Trim(data, string(data[:1]))) != 0 {
			torn++
		}
		if listed(t, filepath.Dir(path)) != "audit.json" {
			left++
		}
	}
	t.Logf("%d kills: %d torn, %d left a file for the next audit", kills, torn, left)
	if torn > 0 {
		t.Errorf("%d of %d kills tore the document", torn, kills)
	}
	if err := replaceFile(path, fill('z')); err != nil {
		t.Fatal(err)
	}
	if got := listed(t, filepath.Dir(path)); got != "audit.json" {
		t.Errorf("after the next audit: %s", got)
	}
}

// listed lists a folder.
func listed(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return strings.Join(list, " ")
}

func TestDiskFull(t *testing.T) {
	status, _, stderr := audited(t, "-replay", capture(t), "-o", "/dev/full")
	if status != 1 || !strings.Contains(stderr, "could not write /dev/full: no space left on device; name another place with -o") {
		t.Errorf("status %d, stderr %q", status, stderr)
	}
}

// A directory that is read-only, even to root.
func TestReadOnlyDirectory(t *testing.T) {
	status, _, stderr := audited(t, "-replay", capture(t), "-o", "/proc/audit.json")
	if status != 1 || !strings.Contains(stderr, "could not write /proc/audit.json") {
		t.Errorf("status %d, stderr %q", status, stderr)
	}
}
