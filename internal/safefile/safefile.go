// SPDX-License-Identifier: Apache-2.0

// Package safefile writes files and folders whole or not at all, where other
// users may have put links, pipes and files of their own, and with the rights of
// root.
package safefile

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Replace writes a file as a whole or not at all: whoever reads path finds
// the old content or the new one, even after a crash. What is not a regular
// file (a device, a pipe) is written to in place.
//
// An audit runs as root, and a directory such as /tmp holds what others put
// there. A link is followed only in a directory where nobody else could have
// made it; elsewhere the document takes its place.
func Replace(path string, write func(*os.File) error) error {
	if fd, ok := streamOf(path); ok {
		return writeStream(fd, path, write)
	}
	root, err := openFolder(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer root.Close()
	base := filepath.Base(path)
	info, err := root.Lstat(base)
	switch {
	case err != nil: // there is nothing yet
	case info.Mode()&fs.ModeSymlink != 0:
		if target, ok := trustedTarget(root, path); ok {
			return Replace(target, write)
		}
	case info.IsDir():
		return &fs.PathError{Op: "write", Path: path, Err: syscall.EISDIR}
	case !info.Mode().IsRegular():
		return writeInto(root, base, write)
	}
	return replaceIn(root, base, write)
}

// openFolder opens the folder of a place. As where the kernel has
// fs.protected_symlinks, a link of another user's in a folder that everybody can
// write to is not followed.
func openFolder(dir string) (*os.Root, error) {
	for path := dir; path != filepath.Dir(path); path = filepath.Dir(path) {
		link, err := os.Lstat(path)
		if err != nil || link.Mode()&fs.ModeSymlink == 0 || isOurs(link) {
			continue
		}
		if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode().Perm()&0o002 != 0 {
			return nil, &fs.PathError{Op: "open", Path: path, Err: errOthers}
		}
	}
	return os.OpenRoot(dir)
}

// streamOf returns the descriptor that a path names, if it names one of the
// program's open files.
func streamOf(path string) (fd int, ok bool) {
	switch path = filepath.Clean(path); path {
	case "/dev/stdout":
		return 1, true
	case "/dev/stderr":
		return 2, true
	}
	if dir := filepath.Dir(path); dir != "/dev/fd" && dir != "/proc/self/fd" {
		return 0, false
	}
	fd, err := strconv.Atoi(filepath.Base(path))
	return fd, err == nil
}

// writeStream goes on where the summary ended: opened by its name, a file would
// be written over from its beginning.
func writeStream(fd int, path string, write func(*os.File) error) error {
	f, err := openStream(fd, path)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// trustedTarget returns the file that a link means, if the link can be relied
// on and the file is there.
func trustedTarget(root *os.Root, path string) (string, bool) {
	if !isTrusted(root) {
		return "", false
	}
	target, err := root.Readlink(filepath.Base(path))
	if err != nil {
		return "", false
	}
	if !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(path), target)
	}
	_, err = os.Stat(path) // fails for a loop too
	return target, err == nil
}

// isTrusted reports whether only root and the user can change a directory.
func isTrusted(root *os.Root) bool {
	info, err := root.Stat(".")
	return err == nil && isOurs(info) && info.Mode().Perm()&0o022 == 0
}

// replaceIn writes the file beside its place and renames it.
func replaceIn(root *os.Root, base string, write func(*os.File) error) error {
	removeLeftovers(root, base)
	f, name, err := newTemp(root, base)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := errors.Join(write(f), f.Sync()); err != nil {
		_ = root.Remove(name)
		return err
	}
	if err := root.Rename(name, base); err != nil {
		_ = root.Remove(name)
		return err
	}
	syncRoot(root)
	return nil
}

// InterruptedSuffix marks the document of a program that was stopped; what is
// left of writing it counts as left of the document.
const InterruptedSuffix = ".interrupted"

// How long a pipe may be without a reader, or its reader busy.
var pipePatience = 5 * time.Second

// writeInto writes to a device or a pipe. One that belongs to another user is
// refused: who reads it, and when, would be up to that user.
func writeInto(root *os.Root, base string, write func(*os.File) error) error {
	f, err := openInto(root, base)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil && (!isOurs(info) || info.Mode().IsRegular()) { // a file took the place of a pipe just then
		err = &fs.PathError{Op: "write", Path: base, Err: errOthers}
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	_ = f.SetWriteDeadline(time.Now().Add(pipePatience)) // a device has none
	return errors.Join(write(f), f.Close())
}

var (
	errOthers   = errors.New("it belongs to another user")
	errTaken    = errors.New("another audit removed it")
	errNoReader = errors.New("nobody reads this pipe")
)

func openInto(root *os.Root, base string) (*os.File, error) {
	for end := time.Now().Add(pipePatience); ; time.Sleep(20 * time.Millisecond) {
		info, err := root.Lstat(base)
		if err == nil && (info.Mode()&fs.ModeSymlink != 0 || !isOurs(info)) {
			err = &fs.PathError{Op: "open", Path: base, Err: errOthers}
		}
		if err != nil {
			return nil, err
		}
		f, err := root.OpenFile(base, os.O_WRONLY|noFollow|noWait, 0)
		if !errors.Is(err, syscall.ENXIO) {
			return f, err
		}
		if time.Now().After(end) {
			return nil, &fs.PathError{Op: "open", Path: base, Err: errNoReader}
		}
	}
}

// tempPrefix begins the names of the files that are to become base. One audit
// finds by it what a killed one left behind.
func tempPrefix(base string) string {
	base = strings.TrimSuffix(base, InterruptedSuffix)
	const room = 255 - len("..bee-tmp.") - 20 // the longest name that file systems allow
	return "." + base[:min(len(base), room)] + ".bee-tmp."
}

func tempName(base string) string { return fmt.Sprint(tempPrefix(base), rand.Uint64()) }

// newTemp makes a file that nobody else can have opened. It is locked while it
// is in use.
func newTemp(root *os.Root, base string) (*os.File, string, error) {
	for range 100 {
		name := tempName(base)
		f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, "", err
		}
		if !errors.Is(lock(f), syscall.EWOULDBLOCK) && isAt(root, name, f) {
			return f, name, nil
		}
		f.Close() // another audit took it for a leftover just then
	}
	return nil, "", fs.ErrExist
}

// isAt reports whether an open file still has its name.
func isAt(root *os.Root, name string, f *os.File) bool {
	at, err := root.Lstat(name)
	if err != nil {
		return false
	}
	info, err := f.Stat()
	return err == nil && os.SameFile(at, info)
}

// removeLeftovers removes what killed audits left of base: files and folders
// of the user's own that no living audit has locked.
func removeLeftovers(root *os.Root, base string) {
	dir, err := root.Open(".")
	if err != nil {
		return
	}
	defer dir.Close()
	info, err := dir.Stat()
	if err != nil || !isTrusted(root) && info.Mode()&fs.ModeSticky == 0 {
		return // others could have renamed something of the user's to this
	}
	names, _ := dir.Readdirnames(-1)
	for _, name := range names {
		number, ok := strings.CutPrefix(name, tempPrefix(base))
		if ok && strings.Trim(number, "0123456789") == "" {
			removeLeftover(root, name)
		}
	}
}

func removeLeftover(root *os.Root, name string) {
	info, err := root.Lstat(name)
	if err != nil || !isMine(info) || !info.IsDir() && !info.Mode().IsRegular() {
		return
	}
	f, err := root.OpenFile(name, os.O_RDONLY|noFollow|noWait, 0)
	if err != nil {
		return
	}
	defer f.Close()
	if lock(f) == nil && isAt(root, name, f) {
		_ = root.RemoveAll(name)
	}
}

// syncRoot makes a rename last. Some file systems cannot, which is not a failure.
func syncRoot(root *os.Root) {
	if f, err := root.Open("."); err == nil {
		_ = f.Sync()
		f.Close()
	}
}

// ReplaceFolder fills a fresh folder beside its place and renames it. Only an
// empty folder may be there before.
func ReplaceFolder(path string, fill func(*os.Root) error) error {
	path = filepath.Clean(path)
	root, err := openFolder(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer root.Close()
	return replaceFolder(root, filepath.Base(path), fill)
}

func replaceFolder(root *os.Root, base string, fill func(*os.Root) error) error {
	removeLeftovers(root, base)
	name := tempName(base)
	if err := root.Mkdir(name, 0o700); err != nil {
		return err
	}
	folder, err := root.OpenRoot(name)
	if err != nil {
		return errors.Join(err, root.Remove(name))
	}
	defer folder.Close()
	err = fillFolder(folder, fill)
	if err == nil {
		if info, err := root.Lstat(base); err == nil && info.IsDir() {
			_ = root.Remove(base) // fails if there is something in it
		}
		err = root.Rename(name, base)
	}
	if err != nil {
		_ = root.RemoveAll(name)
		return err
	}
	syncRoot(root)
	return nil
}

func fillFolder(folder *os.Root, fill func(*os.Root) error) error {
	dir, err := folder.Open(".")
	if err != nil {
		return err
	}
	defer dir.Close()
	info, err := dir.Stat()
	switch {
	case err != nil:
		return err
	case !isOurs(info):
		return errOthers
	case errors.Is(lock(dir), syscall.EWOULDBLOCK):
		return errTaken // by an audit that removes leftovers
	}
	return errors.Join(fill(folder), dir.Sync())
}

// Check tells whether a file or, if folder says so, a folder could be written
// to a place.
func Check(path string, folder bool) error {
	path = filepath.Clean(path)
	root, err := openFolder(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer root.Close()
	if folder {
		err = checkFree(root, filepath.Base(path))
	}
	if err != nil {
		return err
	}
	return probe(root, filepath.Base(path))
}

// CheckOwn wants a folder, and no link to one, to be the user's own.
func CheckOwn(dir string) error {
	info, err := os.Lstat(dir)
	if err == nil && (!info.IsDir() || !isMine(info)) {
		err = &fs.PathError{Op: "open", Path: dir, Err: errOthers}
	}
	return err
}

// checkFree wants the place of a folder to be free, or to be an empty folder.
func checkFree(root *os.Root, base string) error {
	info, err := root.Lstat(base)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return errors.New("there is something that is not a folder")
	}
	dir, err := root.Open(base)
	if err != nil {
		return err
	}
	defer dir.Close()
	if names, _ := dir.Readdirnames(1); len(names) > 0 {
		return errors.New("the folder is not empty")
	}
	return nil
}

// probe makes a file and removes it.
func probe(root *os.Root, base string) error {
	f, name, err := newTemp(root, base)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), root.Remove(name))
}

// Cause is the system's own word for what is wrong with a file.
func Cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}
