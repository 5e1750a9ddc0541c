// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"context"
	"io/fs"
	"os/exec"
	"strings"
	"sync"
	"testing/fstest"

	"github.com/mchus/bee/inventory/host"
)

// A fake is a machine made of what its tools print and its kernel says.
type fake struct {
	tools  map[string]string // output by command line
	exits  map[string]int
	stderr map[string]string
	errs   map[string]error
	files  map[string]string // "->TARGET" is a link, "!" a device

	mu   sync.Mutex
	runs map[string]int
}

func (f *fake) Run(_ context.Context, name string, args ...string) (host.Output, error) {
	argv := append([]string{name}, args...)
	line := host.CommandLine(argv)
	f.mu.Lock()
	if f.runs == nil {
		f.runs = make(map[string]int)
	}
	f.runs[line]++
	f.mu.Unlock()
	out := host.Output{Stdout: []byte(whole(name, f.tools[line])), Exit: f.exits[line], Stderr: []byte(f.stderr[line])}
	if err := f.errs[line]; err != nil {
		return out, &host.RunError{Argv: argv, Err: err}
	}
	_, printed := f.tools[line]
	if _, exits := f.exits[line]; !printed && !exits {
		return host.Output{Exit: -1}, &host.RunError{Argv: argv, Err: exec.ErrNotFound}
	}
	return out, nil
}

// whole ends a text as its tool does, so that the tests need not.
func whole(tool, text string) string {
	switch {
	case text == "", strings.Contains(text, "# No SMBIOS "):
	case tool == "dmidecode":
		text += "\nHandle 0xFEFF, DMI type 127, 4 bytes\nEnd Of Table\n\n"
	case tool == "lspci":
		text = strings.TrimRight(text, "\n") + "\n\n"
	}
	return text
}

func (f *fake) FS() fs.FS {
	files := make(fstest.MapFS)
	for name, text := range f.files {
		file := &fstest.MapFile{Data: []byte(text)}
		if target, ok := strings.CutPrefix(text, "->"); ok {
			file = &fstest.MapFile{Data: []byte(target), Mode: fs.ModeSymlink}
		}
		if text == "!" {
			file = &fstest.MapFile{Mode: fs.ModeDevice}
		}
		files[name] = file
	}
	return files
}
