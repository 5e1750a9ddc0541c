// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/mchus/bee/inventory/host"
)

// Read reads a capture, a folder or one file.
func Read(path string) (host.Capture, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.IsDir() {
		c, err := host.ReadTGZ(f)
		return c, err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	c := make(host.Capture)
	for _, e := range entries {
		if !isCaptureFile(e) {
			continue // notes and reports beside the capture may hold anything
		}
		if c[e.Name()], err = fs.ReadFile(os.DirFS(path), e.Name()); err != nil {
			return nil, err
		}
	}
	if c["host.json"] == nil {
		return nil, fmt.Errorf("%s is no capture: no host.json", path)
	}
	return c, nil
}

func isCaptureFile(e fs.DirEntry) bool {
	switch name := e.Name(); name {
	case "host.json", "commands.jsonl", "files.jsonl":
		return true
	default:
		return e.Type().IsRegular() && (strings.HasSuffix(name, ".stdout") || strings.HasSuffix(name, ".stderr"))
	}
}
