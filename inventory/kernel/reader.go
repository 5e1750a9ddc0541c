// SPDX-License-Identifier: Apache-2.0

package kernel

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"
)

const maxFile = 4096 // a sysfs attribute fills a page at most

// A reader reads a file system whose files may be missing or forbidden, and
// says which file it is at, for that may block.
type reader struct {
	fsys  fs.FS
	stuck map[string]bool        // files that block
	at    atomic.Pointer[string] // the file being read, nil between files
	errs  Errors
	value [64]byte // where a file is read into; most fit
}

// access calls do with the name of a file, unless that blocks, and adds its
// error, unless the file is just not there.
func (r *reader) access(name string, do func(name string) error) error {
	err := ErrTimeout
	if !r.stuck[name] {
		r.at.Store(&name)
		err = do(name)
		r.at.Store(nil)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.errs.add(&ParseError{Path: name, Err: err})
	}
	return err
}

// file returns the text of dir/name without the newline; not ok where it is
// missing or cannot be read.
func (r *reader) file(dir, name string) (text string, ok bool) {
	err := r.access(dir+"/"+name, func(name string) error {
		f, err := r.fsys.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		data, err := r.readValue(f)
		text = strings.TrimSpace(string(data))
		return err
	})
	return text, err == nil
}

// readValue reads a file of one value, up to a newline at the end of what can be
// read at once: asking sysfs for more would only cost time.
func (r *reader) readValue(f io.Reader) ([]byte, error) {
	b := r.value[:0]
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
func (r *reader) link(dir, name string) (target string) {
	r.access(dir+"/"+name, func(name string) (err error) {
		target, err = fs.ReadLink(r.fsys, name)
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			return err
		}
		info, statErr := fs.Lstat(r.fsys, name)
		if statErr != nil || info.Mode()&fs.ModeSymlink == 0 { // a plain file is not an error
			return statErr
		}
		return err
	})
	return target
}

// names lists a directory, sorted.
func (r *reader) names(dir string) (names []string) {
	r.access(dir, func(dir string) error {
		entries, err := fs.ReadDir(r.fsys, dir)
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return err
	})
	return names
}

// fail reports a file whose text makes no sense.
func (r *reader) fail(name, text string, cause error) {
	r.errs.add(&ParseError{Path: name, Text: text, Err: cause})
}
