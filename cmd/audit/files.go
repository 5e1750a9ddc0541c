// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mchus/bee/internal/safefile"
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

// writeDocument writes the document to path, "" for the default, and returns
// where it went. If the default place cannot be written, the document goes
// elsewhere, and the error says so beside the path. Without a path, the error
// is final.
func writeDocument(path string, interrupted bool, document []byte) (string, error) {
	write := func(f *os.File) error { _, err := f.Write(document); return err }
	suffix := ""
	if interrupted {
		suffix = safefile.InterruptedSuffix
	}
	if path != "" {
		if err := safefile.Replace(path+suffix, write); err != nil {
			return "", fmt.Errorf("could not write %s: %w%s", path+suffix, safefile.Cause(err), advice(err))
		}
		return path + suffix, nil
	}
	path = defaultOutput + suffix
	err := safefile.Replace(path, write)
	if err == nil {
		return path, nil
	}
	err = fmt.Errorf("could not write %s: %w", path, safefile.Cause(err))
	for _, makeDir := range []func() (string, error){userDir, newTempDir} {
		dir, dirErr := makeDir()
		other := filepath.Join(dir, filepath.Base(path))
		if dirErr == nil && safefile.Replace(other, write) == nil {
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
	return dir, errors.Join(os.MkdirAll(dir, 0o700), safefile.CheckOwn(dir)) // root may have another user's home
}

// newTempDir is for a user without a home. Its name is new each time: another
// user could have made a fixed one before.
func newTempDir() (string, error) { return os.MkdirTemp("", "bee-audit-") }

// advice says what to do about an error of writing.
func advice(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		if os.Geteuid() == 0 {
			return "; name another place with -o"
		}
		return "; run as root, or name another place with -o"
	case errors.Is(err, fs.ErrNotExist):
		return "; make the folder first"
	}
	return "; name another place with -o, or print it with -o -"
}

// saveCapture writes a capture as a folder, or as one file if the name says so.
func saveCapture(path string, capture host.Capture) error {
	if isPacked(path) {
		return safefile.Replace(path, func(f *os.File) error { return capture.WriteTGZ(f) })
	}
	return safefile.ReplaceFolder(path, capture.WriteRoot)
}

func isPacked(path string) bool {
	return strings.HasSuffix(path, ".tgz") || strings.HasSuffix(path, ".tar.gz")
}

// checkCapture tells before the work that a capture could not be saved.
func checkCapture(path, how string) error {
	if err := safefile.Check(path, !isPacked(path)); err != nil {
		return fmt.Errorf("cannot save a capture as %s: %w; name another place%s", path, safefile.Cause(err), how)
	}
	return nil
}
