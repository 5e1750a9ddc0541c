// SPDX-License-Identifier: Apache-2.0

package host

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
	"time"
)

const (
	maxFile = 4 << 20 // /proc/cpuinfo of 512 processors is 1 MB

	// Some files of sysfs ask a device that never answers. A read may take a
	// quarter of what is left of the patience, and uses it up if it blocks: a
	// machine with many such files does not hold up the audit for ever.
	patience    = 6 * time.Second
	minPatience = 50 * time.Millisecond
)

// A liveFS is the machine's file system. A file that blocks costs its timeout
// and one goroutine, which ends when the file answers.
type liveFS struct {
	fs.ReadLinkFS
	blocked *atomic.Int64 // how long reads have blocked in vain, in nanoseconds
}

func newLiveFS(root string) fs.FS {
	fsys := os.DirFS(root)
	if links, ok := fsys.(fs.ReadLinkFS); ok {
		return liveFS{links, new(atomic.Int64)}
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

// ReadFile reads a file as a whole, bounded in size and time.
func (l liveFS) ReadFile(name string) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		data, err := readCapped(l.ReadLinkFS, name)
		done <- result{data, err}
	}()
	limit := max((patience-time.Duration(l.blocked.Load()))/4, minPatience)
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case r := <-done:
		return r.data, r.err
	case <-timer.C:
		l.blocked.Add(int64(limit))
		return nil, &fs.PathError{Op: "read", Path: name, Err: os.ErrDeadlineExceeded}
	}
}

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
