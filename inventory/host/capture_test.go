// SPDX-License-Identifier: Apache-2.0

package host_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory/host"
)

// A fake is a host whose answers are known.
type fake struct {
	runs  map[string]host.Output
	errs  map[string]error
	files fstest.MapFS
}

func (f *fake) Run(_ context.Context, name string, args ...string) (host.Output, error) {
	argv := append([]string{name}, args...)
	line := host.CommandLine(argv)
	if err := f.errs[line]; err != nil {
		return f.runs[line], &host.RunError{Argv: argv, Err: err}
	}
	out, ok := f.runs[line]
	if !ok {
		return host.Output{Exit: -1}, &host.RunError{Argv: argv, Err: exec.ErrNotFound}
	}
	return out, nil
}

func (f *fake) FS() fs.FS { return f.files }

func newFake() *fake {
	return &fake{
		runs: map[string]host.Output{
			"dmidecode":            {Stdout: []byte("# dmidecode 3.6\n"), Duration: 1234567 * time.Nanosecond},
			"smartctl -x /dev/sda": {Stdout: []byte("bad \xff\n"), Stderr: []byte("warning\n"), Exit: 64},
			"smartctl -X -dev-sda": {Stdout: []byte("same name\n")},
			"lspci":                {Exit: -1, Signal: "killed", Stdout: []byte("half")},
			"hung":                 {Exit: -1},
		},
		errs: map[string]error{"hung": context.DeadlineExceeded, "odd": errors.New("fork/exec: no memory")},
		files: fstest.MapFS{
			"sys/bus/pci/devices/0000:00:1f.2":            {Mode: fs.ModeSymlink, Data: []byte("../../../devices/pci0000:00/0000:00:1f.2")},
			"sys/devices/pci0000:00/0000:00:1f.2/vendor":  {Data: []byte("0x8086\n")},
			"sys/devices/pci0000:00/0000:00:1f.2/empty":   {},
			"sys/devices/pci0000:00/0000:00:1f.2/config":  {Data: []byte{0x86, 0x80, 0xff}},
			"sys/devices/pci0000:00/0000:00:1f.2/sub/dir": {Data: []byte("x")},
			"dev/ipmi0": {Mode: fs.ModeDevice},
		},
	}
}

// ask puts the same questions to any host and writes down the answers.
func ask(h host.Host) []string {
	var log []string
	note := func(format string, args ...any) { log = append(log, fmt.Sprintf(format, args...)) }
	for _, argv := range [][]string{
		{"dmidecode"}, {"smartctl", "-x", "/dev/sda"}, {"smartctl", "-X", "-dev-sda"}, {"lspci"}, {"hung"}, {"odd"}, {"absent"},
	} {
		out, err := h.Run(context.Background(), argv[0], argv[1:]...)
		note("%q: %q %q %d %q %v; %v %v %v", argv, out.Stdout, out.Stderr, out.Exit, out.Signal, out.Duration, err,
			errors.Is(err, exec.ErrNotFound), errors.Is(err, context.DeadlineExceeded))
	}
	fsys := h.FS()
	const dev = "sys/bus/pci/devices/0000:00:1f.2"
	target, err := fs.ReadLink(fsys, dev)
	note("link %q %v", target, err)
	for _, name := range []string{"/vendor", "/config", "/empty", "/none"} {
		data, err := fs.ReadFile(fsys, dev+name)
		note("%s %q %v", name, data, err)
	}
	for _, name := range []string{"sys/bus/pci/devices", dev, "sys/none"} {
		entries, err := fs.ReadDir(fsys, name)
		for _, e := range entries {
			note("%s holds %s %v", name, e.Name(), e.Type())
		}
		note("%s %v", name, errors.Is(err, fs.ErrNotExist))
	}
	for _, name := range []string{"dev/ipmi0", "dev/ipmi1", "sys/devices"} {
		_, err := fs.Stat(fsys, name)
		note("stat %s %v", name, err == nil)
	}
	return log
}

func TestReplayAnswersAsRecorded(t *testing.T) {
	original := ask(newFake())
	recorder := host.Record(newFake())
	if diff := cmp.Diff(original, ask(recorder)); diff != "" {
		t.Errorf("recording changes the answers (-original +recorded):\n%s", diff)
	}
	capture := recorder.Capture()
	dir := t.TempDir()
	if err := capture.WriteDir(dir); err != nil {
		t.Fatal(err)
	}
	var tgz bytes.Buffer
	if err := capture.WriteTGZ(&tgz); err != nil {
		t.Fatal(err)
	}
	unpacked, err := host.ReadTGZ(&tgz)
	if err != nil {
		t.Fatal(err)
	}
	for name, fsys := range map[string]fs.FS{"folder": os.DirFS(dir), "tgz": unpacked.FS()} {
		h, err := host.Replay(fsys)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(original, ask(h)); diff != "" {
			t.Errorf("%s: replay mismatch (-original +replayed):\n%s", name, diff)
		}
		again := host.Record(h)
		ask(again)
		if diff := cmp.Diff(capture, again.Capture()); diff != "" {
			t.Errorf("%s: a replay records another capture:\n%s", name, diff)
		}
	}
}

func TestCaptureNamesAreLegal(t *testing.T) {
	recorder := host.Record(newFake())
	ask(recorder)
	legal := regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*$`)
	for name := range recorder.Capture() {
		if !legal.MatchString(name) {
			t.Errorf("name %q", name)
		}
	}
}

func TestClock(t *testing.T) {
	recorder := host.Record(newFake())
	times := []time.Time{recorder.Now(), recorder.Now()}
	h, err := host.Replay(recorder.Capture().FS())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []time.Time{times[0], times[1], times[1]} {
		if got := host.Now(h); !got.Equal(want) {
			t.Errorf("time %d = %v, want %v", i, got, want)
		}
	}
}

func TestReplayErrors(t *testing.T) {
	const good = `{"schema":"bee.capture/1"}`
	tests := []struct{ name, host, commands, want string }{
		{"no capture", "", "", "not a capture"},
		{"other schema", `{"schema":"bee.capture/9"}`, "", `schema "bee.capture/9"`},
		{"broken line", good, "{\"argv\":[\"a\"]}\n\n{\n", "commands.jsonl: line 3"},
		{"no argv", good, "{}\n", "without argv"},
		{"odd duration", good, `{"argv":["a"],"duration":"soon"}`, "invalid duration"},
		{"missing output", good, `{"argv":["a"],"stdout":"a.stdout"}`, "a.stdout"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := host.Capture{"commands.jsonl": []byte(tt.commands)}
			if tt.host != "" {
				c["host.json"] = []byte(tt.host)
			}
			_, err := host.Replay(c.FS())
			if err == nil || !bytes.Contains([]byte(err.Error()), []byte(tt.want)) {
				t.Errorf("error = %v, want one with %q", err, tt.want)
			}
		})
	}
}

// A capture that has two answers to a command says so; equal ones are one.
func TestReplayTwoAnswers(t *testing.T) {
	c := host.Capture{
		"host.json": []byte(`{"schema":"bee.capture/1"}`),
		"commands.jsonl": []byte(`{"argv":["a"],"stdout":"one"}
{"argv":["b"],"stdout":"one"}
{"argv":["a"],"stdout":"two"}
{"argv":["b"],"stdout":"again"}
`),
		"one": []byte("1\n"), "two": []byte("2\n"), "again": []byte("1\n"),
	}
	h, err := host.Replay(c.FS())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]error{"a": host.ErrTwoAnswers, "b": nil} {
		out, err := h.Run(t.Context(), name)
		if string(out.Stdout) != "1\n" || !errors.Is(err, want) {
			t.Errorf("%s: %q, %v", name, out.Stdout, err)
		}
	}
}

// What a person writes by hand need not repeat directories, nor the order.
// A person's editor may end lines with CR LF and put a mark before the text.
func TestReplayEdited(t *testing.T) {
	c := host.Capture{
		"host.json":      []byte("\ufeff{\"schema\":\"bee.capture/1\"}\r\n"),
		"commands.jsonl": []byte("\ufeff{\"argv\":[\"lspci\"],\"exit\":3}\r\n"),
		"files.jsonl":    []byte("\ufeff{\"path\":\"/sys/a\",\"text\":\"b\"}\r\n"),
	}
	h, err := host.Replay(c.FS())
	if err != nil {
		t.Fatal(err)
	}
	if out, err := h.Run(t.Context(), "lspci"); err != nil || out.Exit != 3 {
		t.Errorf("lspci: %+v, %v", out, err)
	}
	if data, err := fs.ReadFile(h.FS(), "sys/a"); err != nil || string(data) != "b" {
		t.Errorf("file: %q, %v", data, err)
	}
}

func TestReplayByHand(t *testing.T) {
	c := host.Capture{
		"host.json": []byte(`{"schema":"bee.capture/1"}`),
		"files.jsonl": []byte(`{"path":"/sys/class/net/eth0","link":"../../devices/pci0000:00/0000:00:03.0/net/eth0"}
{"path":"/sys/devices/pci0000:00/0000:00:03.0/net/eth0/address","text":"52:54:00:aa:00:01\n"}
{"path":"/sys/locked","error":"permission"}
`),
	}
	h, err := host.Replay(c.FS())
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(h.FS(), "sys/class/net/eth0/address")
	if string(data) != "52:54:00:aa:00:01\n" || err != nil {
		t.Errorf("address = %q, %v", data, err)
	}
	entries, err := fs.ReadDir(h.FS(), "sys/class/net")
	if len(entries) != 1 || err != nil {
		t.Errorf("entries = %v, %v", entries, err)
	}
	if _, err := fs.ReadFile(h.FS(), "sys/locked"); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("locked: %v", err)
	}
	if names := slices.Sorted(maps.Keys(c)); len(names) != 2 {
		t.Errorf("the capture was changed: %v", names)
	}
}

func TestReplayLinkLoop(t *testing.T) {
	c := host.Capture{
		"host.json":   []byte(`{"schema":"bee.capture/1"}`),
		"files.jsonl": []byte(`{"path":"a","link":"b"}` + "\n" + `{"path":"b","link":"a"}`),
	}
	h, err := host.Replay(c.FS())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fs.ReadFile(h.FS(), "a/x"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error = %v", err)
	}
}
