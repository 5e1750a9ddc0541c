// SPDX-License-Identifier: Apache-2.0

package host

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// maxFile bounds a file: /proc/cpuinfo of 512 processors is 1 MB.
const maxFile = 4 << 20

// A liveFS is the machine's file system, its files bounded in size. Package
// kernel watches over reads that may block.
type liveFS struct{ fs.ReadLinkFS }

func newLiveFS(root string) fs.FS {
	fsys := os.DirFS(root)
	if links, ok := fsys.(fs.ReadLinkFS); ok {
		return liveFS{links}
	}
	return fsys
}

// Open opens a directory, or a file that has been read as a whole.
func (l liveFS) Open(name string) (fs.File, error) {
	info, err := l.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return l.ReadLinkFS.Open(name)
	}
	data, err := l.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &memFile{name: name, r: bytes.NewReader(data)}, nil
}

// Stat describes a file without opening it.
func (l liveFS) Stat(name string) (fs.FileInfo, error) { return fs.Stat(l.ReadLinkFS, name) }

// ReadFile reads a file as a whole, bounded in size.
func (l liveFS) ReadFile(name string) ([]byte, error) { return readCapped(l.ReadLinkFS, name) }

// readCapped refuses what is not a regular file: reading a device or a pipe
// could change or block the machine.
func readCapped(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("not a regular file")}
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if len(data) > maxFile {
		return data[:maxFile], &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("more than %d bytes", maxFile)}
	}
	return data, err
}
