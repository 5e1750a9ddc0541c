// SPDX-License-Identifier: Apache-2.0

package host

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Capture is what a host answered, as a flat set of files by name. It is
// what [Recorder.Capture] returns and what [Replay] reads. Names hold lower-case
// letters, digits, dots and dashes only.
//
//	host.json       the schema and the times of the audit
//	commands.jsonl  a line for each command: argv, exit status, duration, the
//	                names of the files with its output
//	files.jsonl     a line for each file, directory and link that was read
//	*.stdout        what a command printed, as it printed it
//	*.stderr
//
// A person may edit all of them, or write them by hand from a tool's output.
type Capture map[string][]byte

// captureSchema is the version of the layout.
const captureSchema = "bee.capture/1"

// hostEntry is host.json.
type hostEntry struct {
	Schema string      `json:"schema"`
	Times  []time.Time `json:"times,omitempty"` // what the clock said, in turn
}

// commandEntry is a line of commands.jsonl.
type commandEntry struct {
	Argv     []string `json:"argv"`
	Exit     int      `json:"exit,omitzero"`
	Signal   string   `json:"signal,omitzero"`
	Error    string   `json:"error,omitzero"`    // "absent", "timeout", … or a message
	Duration string   `json:"duration,omitzero"` // as time.Duration prints it
	Stdout   string   `json:"stdout,omitzero"`   // a file's name; none if it printed nothing
	Stderr   string   `json:"stderr,omitzero"`
}

// fileEntry is a line of files.jsonl. Just one of the pointers is set, or
// Error, or Type alone for what can be seen but not read.
type fileEntry struct {
	Path   string    `json:"path"`            // below "/", without it
	Text   *string   `json:"text,omitempty"`  // a file's content
	Base64 *[]byte   `json:"bytes,omitempty"` // a file's content that is not UTF-8, in base64
	Link   *string   `json:"link,omitempty"`  // a symbolic link's target
	Dir    *[]string `json:"dir,omitempty"`   // a directory's names; "/" marks directories, "@" links
	Type   string    `json:"type,omitzero"`   // "device" for what is not a file
	Error  string    `json:"error,omitzero"`  // why it could not be read: "permission", "timeout" or a message
}

// errorWords names the errors that a replayed host must return as they were.
var errorWords = []struct {
	word string
	err  error
}{
	{"absent", exec.ErrNotFound},
	{"not-run", ErrNotRun},
	{"out-of-time", ErrOutOfTime},
	{"timeout", context.DeadlineExceeded},
	{"canceled", context.Canceled},
	{"output-limit", ErrOutputLimit},
	{"stuck", ErrStuck},
	{"permission", fs.ErrPermission},
	{"file-timeout", os.ErrDeadlineExceeded},
}

// errorWord returns the word for err, its cause's text if it has none.
func errorWord(err error) string {
	if err == nil {
		return ""
	}
	for _, e := range errorWords {
		if errors.Is(err, e.err) {
			return e.word
		}
	}
	var path *fs.PathError
	var run *RunError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &run):
		err = run.Err
	}
	return err.Error()
}

// wordError is the inverse of errorWord.
func wordError(word string) error {
	if word == "" {
		return nil
	}
	for _, e := range errorWords {
		if e.word == word {
			return e.err
		}
	}
	return errors.New(word)
}

// WriteDir writes the capture into a folder, which it makes if need be.
func (c Capture) WriteDir(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(c)) {
		if err := os.WriteFile(filepath.Join(dir, name), c[name], 0o600); err != nil {
			return err
		}
	}
	return nil
}

// WriteTGZ writes the capture as a gzipped tar file. Equal captures give equal
// bytes.
func (c Capture) WriteTGZ(w io.Writer) error {
	zw := gzip.NewWriter(w)
	tw := tar.NewWriter(zw)
	for _, name := range slices.Sorted(maps.Keys(c)) {
		header := &tar.Header{Name: name, Mode: 0o600, Size: int64(len(c[name])), Format: tar.FormatUSTAR}
		if err := tw.WriteHeader(header); err != nil {
			return err
		}
		if _, err := tw.Write(c[name]); err != nil {
			return err
		}
	}
	return errors.Join(tw.Close(), zw.Close())
}

// maxCapture bounds what ReadTGZ unpacks.
const maxCapture = 256 << 20

// ReadTGZ reads a capture that [Capture.WriteTGZ] wrote, or tar from a folder.
// [Capture.FS] then makes it ready for [Replay].
func ReadTGZ(r io.Reader) (Capture, error) {
	zr, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	limited := &io.LimitedReader{R: zr, N: maxCapture}
	c := make(Capture)
	for tr := tar.NewReader(limited); ; {
		header, err := tr.Next()
		switch {
		case err == io.EOF:
			return c, nil
		case limited.N == 0:
			return nil, fmt.Errorf("capture is larger than %d bytes", maxCapture)
		case err != nil:
			return nil, err
		case header.Typeflag != tar.TypeReg:
			continue
		}
		data, err := io.ReadAll(tr)
		if err != nil {
			return nil, err
		}
		c[header.Name[strings.LastIndexByte(header.Name, '/')+1:]] = data
	}
}

// FS serves the capture's files, for [Replay].
func (c Capture) FS() fs.FS { return captureFS(c) }

type captureFS Capture

func (c captureFS) Open(name string) (fs.File, error) {
	data, ok := c[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &memFile{name: name, r: bytes.NewReader(data)}, nil
}

// encodeLines writes one JSON value a line.
func encodeLines[T any](entries []T) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, e := range entries {
		if err := enc.Encode(e); err != nil {
			panic(err) // the entries are plain structs
		}
	}
	return b.Bytes()
}

// decodeLines reads one JSON value a line; empty lines are allowed.
func decodeLines[T any](fsys fs.FS, name string) ([]T, error) {
	data, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var entries []T
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		var e T
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", name, n, err)
		}
		entries = append(entries, e)
	}
	return entries, nil
}
