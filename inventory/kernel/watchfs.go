// SPDX-License-Identifier: Apache-2.0

package kernel

import (
	"errors"
	"io/fs"
	"os"
)

// Watch calls read with fsys under the watchdog and returns what it made of
// it. Where a file blocks, read is left behind and called again on a file
// system in which that file fails with [ErrTimeout], so it must only return
// values. The error lists the files that blocked and those that only root may
// read; all other errors are read's to see.
func Watch[T any](fsys fs.FS, read func(fs.FS) T) (T, error) {
	w := watch{fsys: fsys, patience: maxPatience}
	value := try(&w, func(r *reader) T { return read(watched{r}) })
	return value, w.errs.err()
}

// A watched file system tells its reader which file it is at.
type watched struct{ r *reader }

// at calls do unless the file is known to block.
func (f watched) at(name string, do func() error) error {
	if f.r.stuck[name] {
		f.r.errs.add(&ParseError{Path: name, Err: ErrTimeout})
		return &fs.PathError{Op: "read", Path: name, Err: os.ErrDeadlineExceeded}
	}
	f.r.at.Store(&name)
	err := do()
	f.r.at.Store(nil)
	if errors.Is(err, fs.ErrPermission) {
		f.r.errs.add(&ParseError{Path: name, Err: fs.ErrPermission})
	}
	return err
}

func (f watched) Open(name string) (file fs.File, err error) {
	err = f.at(name, func() error { file, err = f.r.fsys.Open(name); return err })
	return file, err
}

func (f watched) ReadFile(name string) (data []byte, err error) {
	err = f.at(name, func() error { data, err = fs.ReadFile(f.r.fsys, name); return err })
	return data, err
}

func (f watched) ReadDir(name string) (list []fs.DirEntry, err error) {
	err = f.at(name, func() error { list, err = fs.ReadDir(f.r.fsys, name); return err })
	return list, err
}

func (f watched) Stat(name string) (info fs.FileInfo, err error) {
	err = f.at(name, func() error { info, err = fs.Stat(f.r.fsys, name); return err })
	return info, err
}

func (f watched) Lstat(name string) (info fs.FileInfo, err error) {
	err = f.at(name, func() error { info, err = fs.Lstat(f.r.fsys, name); return err })
	return info, err
}

func (f watched) ReadLink(name string) (target string, err error) {
	err = f.at(name, func() error { target, err = fs.ReadLink(f.r.fsys, name); return err })
	return target, err
}
