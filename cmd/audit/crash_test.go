// SPDX-License-Identifier: Apache-2.0

//go:build linux

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A kill at any moment leaves the old document or the new one, whole.
func TestKilledWhileWriting(t *testing.T) {
	if path := os.Getenv("BEE_WRITE_FOREVER"); path != "" {
		for fill := byte('a'); ; fill = 'a' + (fill-'a'+1)%26 {
			if err := replaceFile(path, func(f *os.File) error { _, err := f.Write(bytes.Repeat([]byte{fill}, 1<<20)); return err }); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "audit.json")
	if err := os.WriteFile(path, bytes.Repeat([]byte{'-'}, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWhileWriting$")
		cmd.Env = append(os.Environ(), "BEE_WRITE_FOREVER="+path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+7*i) * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		data, err := os.ReadFile(path)
		if err != nil || len(data) != 1<<20 || len(bytes.Trim(data, string(data[:1]))) != 0 {
			t.Fatalf("after a kill: %d bytes, %v", len(data), err)
		}
	}
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
