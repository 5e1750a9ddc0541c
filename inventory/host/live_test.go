// SPDX-License-Identifier: Apache-2.0

//go:build linux

package host_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/mchus/bee/inventory/host"
)

// tools makes a host whose tools are the given shell scripts, by name.
func tools(t *testing.T, timeout time.Duration, scripts map[string]string) host.Host {
	t.Helper()
	dir := t.TempDir()
	for name, script := range scripts {
		if err := writeProgram(filepath.Join(dir, name), "#!/bin/sh\n"+script); err != nil {
			t.Fatal(err)
		}
	}
	return host.Live(host.WithPath(dir, "/usr/bin", "/bin"), host.WithTimeout(timeout))
}

func TestLiveRun(t *testing.T) {
	tests := []struct {
		name   string
		script string
		stdout string
		stderr string
		exit   int
		signal string
		err    error
	}{
		{name: "prints", script: "echo out; echo err >&2", stdout: "out\n", stderr: "err\n"},
		{name: "finds something", script: "echo bad disk; exit 64", stdout: "bad disk\n", exit: 64},
		{name: "has no input", script: "cat; echo end", stdout: "end\n"},
		{name: "sees a clean environment", script: `echo "$LC_ALL $LSBLK_COLUMNS."`, stdout: "C .\n"},
		{name: "dies by a signal", script: "echo half; kill -SEGV $$", stdout: "half\n", exit: -1, signal: "segmentation fault"},
		{name: "hangs", script: "echo half; exec sleep 60", stdout: "half\n", exit: -1, signal: "killed", err: context.DeadlineExceeded},
		{name: "ignores SIGTERM", script: "trap '' TERM; echo half; while :; do sleep 1; done", stdout: "half\n", exit: -1, signal: "killed", err: context.DeadlineExceeded},
	}
	t.Setenv("LSBLK_COLUMNS", "NAME")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			timeout := time.Minute
			if tt.err != nil {
				timeout = 2 * time.Second
			}
			h := tools(t, timeout, map[string]string{"tool": tt.script})
			out, err := h.Run(t.Context(), "tool")
			if !errors.Is(err, tt.err) || (tt.err == nil) != (err == nil) {
				t.Errorf("error = %v, want %v", err, tt.err)
			}
			if got := string(out.Stdout); got != tt.stdout {
				t.Errorf("stdout = %q, want %q", got, tt.stdout)
			}
			if got := string(out.Stderr); got != tt.stderr {
				t.Errorf("stderr = %q, want %q", got, tt.stderr)
			}
			if out.Exit != tt.exit || out.Signal != tt.signal {
				t.Errorf("exit %d, signal %q, want %d, %q", out.Exit, out.Signal, tt.exit, tt.signal)
			}
		})
	}
}

// A slow tool may be given more time than the others, or less; what a person
// asked for stands.
func TestWithin(t *testing.T) {
	run := func(limit, within time.Duration, script string) error {
		_, err := tools(t, limit, map[string]string{"tool": script}).Run(host.Within(t.Context(), within), "tool")
		return err
	}
	if err := run(time.Minute, time.Second, "exec sleep 30"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a tool with less time: error = %v", err)
	}
	if err := run(time.Second, time.Minute, "exec sleep 30"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a person's limit: error = %v", err)
	}
	if err := run(time.Minute, 2*time.Minute, "exit 0"); err != nil {
		t.Errorf("a tool with more time: error = %v", err)
	}
}

func TestLiveRunAbsent(t *testing.T) {
	_, err := tools(t, time.Second, nil).Run(t.Context(), "no-such-tool")
	var run *host.RunError
	if !errors.Is(err, exec.ErrNotFound) || !errors.As(err, &run) || run.Argv[0] != "no-such-tool" {
		t.Errorf("error = %v, want a RunError of exec.ErrNotFound", err)
	}
	if _, err := host.Live().Run(t.Context(), "/bin/true"); err == nil || errors.Is(err, exec.ErrNotFound) {
		t.Errorf("a path as the name: error = %v, want a refusal", err)
	}
}

func TestLiveRunFlood(t *testing.T) {
	h := tools(t, 30*time.Second, map[string]string{"tool": "exec yes"})
	out, err := h.Run(t.Context(), "tool")
	if !errors.Is(err, host.ErrOutputLimit) {
		t.Errorf("error = %v, want ErrOutputLimit", err)
	}
	if len(out.Stdout) < 10<<10 || len(out.Stdout) > 1<<20 || !bytes.HasPrefix(out.Stdout, []byte("y\ny\n")) {
		t.Errorf("kept %d bytes", len(out.Stdout))
	}
}

// Many floods at a time are stopped before they fill the memory, and what ends
// before them or comes after them is whole.
func TestLiveRunFloods(t *testing.T) {
	h := tools(t, 30*time.Second, map[string]string{"flood": "exec yes", "tool": "head -c 3000000 /dev/zero"})
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			if out, err := h.Run(t.Context(), "flood"); !errors.Is(err, host.ErrOutputLimit) || len(out.Stdout) > 1<<20 {
				t.Errorf("%d bytes, error %v", len(out.Stdout), err)
			}
		})
	}
	wg.Wait()
	for range 16 { // each gives back the room that it took
		if out, err := h.Run(t.Context(), "tool"); err != nil || len(out.Stdout) != 3000000 {
			t.Errorf("%d bytes, error %v", len(out.Stdout), err)
		}
	}
}

// A grandchild that holds the pipe open neither delays the audit nor survives
// it.
func TestLiveRunGrandchild(t *testing.T) {
	h := tools(t, time.Minute, map[string]string{"tool": "sleep 300 & echo $!"})
	start := time.Now()
	out, err := h.Run(t.Context(), "tool")
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
	pid := strings.TrimSpace(string(out.Stdout))
	waitGone(t, pid)
}

// waitGone fails the test if a process is still running after some seconds.
func waitGone(t *testing.T, pid string) {
	t.Helper()
	for range 100 {
		stat, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil || strings.Contains(string(stat), ") Z ") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("process %s is still running", pid)
}

func TestLiveFS(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	write("sys/a/vendor", "0x8086\n")
	if err := os.Symlink("a", filepath.Join(root, "sys/b")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(root, "sys/fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	fsys := host.Live(host.WithRoot(root)).FS()

	if data, err := fs.ReadFile(fsys, "sys/b/vendor"); string(data) != "0x8086\n" || err != nil {
		t.Errorf("through a link: %q, %v", data, err)
	}
	if target, err := fs.ReadLink(fsys, "sys/b"); target != "a" || err != nil {
		t.Errorf("link: %q, %v", target, err)
	}
	if _, err := fs.ReadFile(fsys, "sys/fifo"); err == nil {
		t.Error("read a pipe, which would block")
	}
	if _, err := fs.ReadFile(fsys, "sys/none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("absent file: %v", err)
	}
}

// writeProgram writes a program while nobody forks: a child that had the file
// open for writing would keep it from being run ("text file busy").
func writeProgram(name, text string) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	return os.WriteFile(name, []byte(text), 0o755)
}
