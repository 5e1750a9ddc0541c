// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/mchus/bee/inventory/host"
)

// openHost returns the machine itself, or the one that a capture was made of.
func openHost(replay string) (host.Host, error) {
	if replay == "" {
		return host.Live(), nil
	}
	info, err := os.Stat(replay)
	if err != nil {
		return nil, fmt.Errorf("could not read the capture: %w", err)
	}
	fsys := os.DirFS(replay)
	if !info.IsDir() {
		capture, err := readTGZ(replay)
		if err != nil {
			return nil, fmt.Errorf("could not read the capture %s: %w", replay, err)
		}
		fsys = capture.FS()
	}
	h, err := host.Replay(fsys)
	if err != nil {
		return nil, fmt.Errorf("could not read the capture %s: %w", replay, err)
	}
	return h, nil
}

func readTGZ(path string) (host.Capture, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return host.ReadTGZ(f)
}

// checkRecord tells before the audit that a capture could not be saved.
func checkRecord(path string) error {
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = syscall.ENOTDIR
	}
	if err == nil {
		var probe *os.File
		if probe, err = os.CreateTemp(dir, ".bee-record.*"); err == nil {
			err = errors.Join(probe.Close(), os.Remove(probe.Name()))
		}
	}
	if err != nil {
		return fmt.Errorf("cannot save a capture as %s: %w; name another place with -record", path, cause(err))
	}
	return nil
}

// saveCapture writes a capture as a folder, or as one file if the name says so.
func saveCapture(path string, capture host.Capture) error {
	if !strings.HasSuffix(path, ".tgz") && !strings.HasSuffix(path, ".tar.gz") {
		return capture.WriteDir(path)
	}
	return replaceFile(path, func(f *os.File) error { return capture.WriteTGZ(f) })
}

// interruptedSuffix marks the document of an audit that was stopped.
const interruptedSuffix = ".interrupted"

// writeDocument writes the document to path, "" for the default, and returns
// where it went. If the default place cannot be written, the document goes
// elsewhere, and the error says so beside the path. Without a path, the error
// is final.
func writeDocument(path string, interrupted bool, document []byte) (string, error) {
	write := func(f *os.File) error { _, err := f.Write(document); return err }
	suffix := ""
	if interrupted {
		suffix = interruptedSuffix
	}
	if path != "" {
		if err := replaceFile(path+suffix, write); err != nil {
			return "", fmt.Errorf("could not write %s: %w%s", path+suffix, cause(err), advice(err))
		}
		return path + suffix, nil
	}
	path = defaultOutput + suffix
	err := replaceFile(path, write)
	if err == nil {
		return path, nil
	}
	err = fmt.Errorf("could not write %s: %w", path, cause(err))
	for _, makeDir := range []func() (string, error){userDir, newTempDir} {
		dir, dirErr := makeDir()
		other := filepath.Join(dir, filepath.Base(path))
		if dirErr == nil && replaceFile(other, write) == nil {
			return other, err
		}
	}
	return "", fmt.Errorf("%w; name another place with -o FILE, or print it with -o -", err)
}

// userDir is the user's own place, where the next audit replaces the document.
func userDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir = filepath.Join(dir, "bee")
	return dir, os.MkdirAll(dir, 0o700)
}

// newTempDir is for a user without a home. Its name is new each time: another
// user could have made a fixed one before.
func newTempDir() (string, error) { return os.MkdirTemp("", "bee-audit-") }

// cause is the system's own word for what is wrong with a file.
func cause(err error) error {
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

// advice says what to do about an error of writing.
func advice(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "; run as root, or name another place with -o"
	case errors.Is(err, fs.ErrNotExist):
		return "; make the folder first"
	}
	return "; name another place with -o, or print it with -o -"
}

// replaceFile writes a file as a whole or not at all: whoever reads path finds
// the old content or the new one, even after a crash. What is not a regular
// file (a device, a pipe) is written to in place.
func replaceFile(path string, write func(*os.File) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return writeInto(path, write)
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once it is renamed
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func writeInto(path string, write func(*os.File) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// syncDir makes a rename last. Some file systems cannot, which is no failure.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer f.Close()
	_ = f.Sync()
	return nil
}
