// SPDX-License-Identifier: Apache-2.0

//go:build unix

package safefile

import (
	"io/fs"
	"os"
	"os/signal"
	"syscall"
)

// SecureProcess makes what the program writes the user's own, whatever umask it
// was started with, and has a reader that went away show as an error of writing:
// the document must be written although nobody reads the summary.
func SecureProcess() {
	syscall.Umask(0o077)
	signal.Ignore(syscall.SIGPIPE)
}

// Flags for opening what may be no regular file: not through a link, and
// without waiting.
const (
	noFollow = syscall.O_NOFOLLOW
	noWait   = syscall.O_NONBLOCK
)

// isOurs reports whether a file belongs to the user or to root.
func isOurs(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && (stat.Uid == 0 || int(stat.Uid) == os.Geteuid())
}

// isMine reports whether a file belongs to the user.
func isMine(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

// lock marks an open file as in use, until it is closed or the process ends. The
// error is EWOULDBLOCK if another process holds the lock, and another one on a
// file system without locks.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }

// openStream opens one of the program's open files once more.
func openStream(fd int, path string) (*os.File, error) {
	other, err := syscall.Dup(fd)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	syscall.CloseOnExec(other)
	return os.NewFile(uintptr(other), path), nil
}
