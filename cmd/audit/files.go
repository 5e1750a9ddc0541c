// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mchus/bee/inventory/host"
)

// openHost returns the machine itself, or the one that a capture was made of.
func openHost(replay string) (host.Host, error) {
	if replay == "" {
		return host.Live(), nil
	}
	h, err := host.Open(replay)
	if err != nil {
		return nil, fmt.Errorf("could not read the capture %s: %w", replay, err)
	}
	return h, nil
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
