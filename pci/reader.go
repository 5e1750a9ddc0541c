// SPDX-License-Identifier: Apache-2.0

package pci

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

const (
	// maxPatience is how long the reads of one call that block may take
	// together, a quarter of it for the first. Reading an attribute of a
	// device that is gone can take a while, or for ever.
	maxPatience = 8 * time.Second
	minPatience = 10 * time.Millisecond

	maxFile = 4096 // a sysfs attribute fills a page at most
)

// A reader reads a file system whose files may be missing, forbidden or block.
type reader struct {
	fsys     fs.FS
	patience time.Duration // what is left for reads that block
	errs     Errors
}

// file returns the text of dir/name without the newline; not ok where it is
// missing or cannot be read.
func (r *reader) file(dir, name string) (text string, ok bool) {
	full := path.Join(dir, name)
	data, err := await(r, func() ([]byte, error) {
		f, err := r.fsys.Open(full)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return readValue(f)
	})
	r.report(full, err)
	return strings.TrimSpace(string(data)), err == nil
}

// readValue reads a file of one value, up to a newline at the end of what can be
// read at once: asking sysfs for more would only cost time.
func readValue(f io.Reader) ([]byte, error) {
	b := make([]byte, 0, 256)
	for len(b) < maxFile {
		b = slices.Grow(b, 1)
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if err != nil && err != io.EOF {
			return nil, err
		}
		if err == io.EOF || n == 0 || b[len(b)-1] == '\n' {
			break
		}
	}
	return b, nil
}

// link returns the target of the symbolic link dir/name, "" where there is
// none or where the file system has no links.
func (r *reader) link(dir, name string) string {
	full := path.Join(dir, name)
	target, err := await(r, func() (string, error) {
		target, err := fs.ReadLink(r.fsys, full)
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			return target, err
		}
		info, statErr := fs.Lstat(r.fsys, full)
		if statErr != nil || info.Mode()&fs.ModeSymlink == 0 { // a plain file is no error
			return "", statErr
		}
		return "", err
	})
	r.report(full, err)
	return target
}

// names lists a directory, sorted.
func (r *reader) names(dir string) []string {
	entries, err := await(r, func() ([]fs.DirEntry, error) { return fs.ReadDir(r.fsys, dir) })
	r.report(dir, err)
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names
}

// report adds an error, unless the file is just not there.
func (r *reader) report(name string, err error) {
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.errs.add(&ParseError{Path: name, Err: err})
	}
}

// fail reports a file whose text makes no sense.
func (r *reader) fail(name, text string, cause error) {
	r.errs.add(&ParseError{Line: 1, Column: 1, Path: name, Text: text, Err: cause})
}

// await calls fn and waits for it as long as the reader's patience allows. A
// call that blocks is left behind.
func await[T any](r *reader, fn func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := fn()
		done <- result{value, err}
	}()
	limit := max(r.patience/4, minPatience)
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case got := <-done:
		return got.value, got.err
	case <-timer.C:
		r.patience -= limit
		var none T
		return none, ErrTimeout
	}
}
