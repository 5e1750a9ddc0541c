// SPDX-License-Identifier: Apache-2.0

//go:build linux

package safefile

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
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
			if err := Replace(os.Getenv("BEE_WRITE_FOREVER"), fill(b)); err != nil {
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
	if err := Replace(path, fill('z')); err != nil {
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

// What a killed audit left is removed; what a living one writes, what another
// user made and what only looks like it is not.
func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	check(t, err)
	defer root.Close()
	check(t, os.Chmod(dir, 0o700))
	living, name, err := newTemp(root, "a.json")
	check(t, err)
	defer living.Close()
	for _, name := range []string{".a.json.bee-tmp.1", ".a.json.bee-tmp.x", ".b.json.bee-tmp.1"} {
		check(t, os.WriteFile(filepath.Join(dir, name), nil, 0o600))
	}
	check(t, os.MkdirAll(filepath.Join(dir, ".a.json.bee-tmp.2/sub"), 0o700), os.Symlink("b", filepath.Join(dir, ".a.json.bee-tmp.3")))
	want := ".a.json.bee-tmp.3 .a.json.bee-tmp.x .b.json.bee-tmp.1 a.json " + name
	if os.Geteuid() == 0 {
		others := filepath.Join(dir, ".a.json.bee-tmp.4")
		check(t, os.WriteFile(others, nil, 0o600), os.Chown(others, nobody, nobody))
		want += " .a.json.bee-tmp.4"
	}
	check(t, Replace(filepath.Join(dir, "a.json"), func(*os.File) error { return nil }))
	for _, name := range strings.Fields(want) {
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	if got := strings.Fields(listed(t, dir)); len(got) != len(strings.Fields(want)) {
		t.Errorf("there are %q, want %s", got, want)
	}
}

// A write that fails half way leaves the old file and nothing else.
func TestReplaceFileIsWholeOrNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.json")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := Replace(path, func(f *os.File) error {
		_, _ = f.WriteString("half")
		return io.ErrShortWrite
	})
	if err == nil {
		t.Error("no error")
	}
	if data, _ := os.ReadFile(path); string(data) != "old" {
		t.Errorf("file = %q", data)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

// A pipe without a reader is not waited for long.
func TestPipeWithoutReader(t *testing.T) {
	defer func(d time.Duration) { pipePatience = d }(pipePatience)
	pipePatience = 200 * time.Millisecond
	path := filepath.Join(t.TempDir(), "pipe")
	check(t, syscall.Mkfifo(path, 0o600))
	if err := Replace(path, func(*os.File) error { return nil }); !errors.Is(err, errNoReader) {
		t.Error(err)
	}
}

// A file that takes the place of a pipe at the last moment is not written into.
func TestFileInPlaceOfAPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	check(t, os.WriteFile(path, []byte("old"), 0o600))
	root, err := os.OpenRoot(filepath.Dir(path))
	check(t, err)
	defer root.Close()
	err = writeInto(root, "pipe", func(f *os.File) error { _, err := f.WriteString("new"); return err })
	if data, _ := os.ReadFile(path); err == nil || string(data) != "old" {
		t.Errorf("%v, %q", err, data)
	}
}

func check(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

const nobody = 65534
