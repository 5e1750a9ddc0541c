// SPDX-License-Identifier: Apache-2.0

package kernel_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mchus/bee/pci"
)

// sysfs makes a file system of a listing: "LINK -> TARGET" for each link,
// "FILE: LINE" for each line of a file. Files below a link stand at its target,
// as in the kernel's tree.
func sysfs(tb testing.TB, listing string) fstest.MapFS {
	tb.Helper()
	fsys := make(fstest.MapFS)
	links := make(map[string]string)
	resolve := func(name string) string {
		rest := ""
		for dir := name; dir != "."; dir, rest = path.Dir(dir), path.Join(path.Base(dir), rest) {
			if target, ok := links[dir]; ok {
				return path.Join(target, rest)
			}
		}
		return name
	}
	for line := range strings.Lines(listing) {
		line = strings.TrimSuffix(line, "\n")
		if name, target, ok := strings.Cut(line, " -> "); ok {
			place := resolve(name)
			fsys[place] = &fstest.MapFile{Data: []byte(target), Mode: fs.ModeSymlink | 0o777}
			links[name] = path.Join(path.Dir(place), target)
			continue
		}
		// Addresses hold colons too: the name ends at one with a blank.
		name, text, ok := strings.Cut(line, ": ")
		if !ok {
			tb.Fatalf("listing: %q", line)
		}
		file := fsys[resolve(name)]
		if file == nil {
			file = &fstest.MapFile{Mode: 0o444}
			fsys[resolve(name)] = file
		}
		file.Data = append(file.Data, text+"\n"...)
	}
	return fsys
}

func read(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(path.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// messages are the texts of a list of errors.
func messages(err error) []string {
	var list []string
	if err, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range err.Unwrap() {
			list = append(list, e.Error())
		}
	}
	return list
}

func id(id, name string) pci.Name { return pci.Name{ID: id, Name: name} }

func node(n int) *int { return &n }
