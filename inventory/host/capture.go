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
	"slices"
	"strings"
	"syscall"
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

// WriteDir writes the capture into a folder, which it makes if need be. It
// never writes over a file that is there.
func (c Capture) WriteDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	return errors.Join(c.WriteRoot(root), root.Close())
}

// WriteRoot is WriteDir for a folder that is open.
func (c Capture) WriteRoot(root *os.Root) error {
	for _, name := range slices.Sorted(maps.Keys(c)) {
		f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		_, err = f.Write(c[name])
		if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
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

// These bound a capture, however small the file is that it came from.
const (
	maxCapture     = 256 << 20 // bytes of all files together, unpacked
	maxCaptureFile = 64 << 20  // bytes of one of them
	maxLine        = 32 << 20  // bytes of a line; a file of 4 MiB makes at most 24
	maxEntries     = 1 << 18   // commands; and paths and names together
	maxTrust       = 1 << 20   // bytes to make room for because a header says so
)

// ErrCaptureLimit is the error of a capture that is larger than any machine's.
var ErrCaptureLimit = errors.New("capture is larger than any machine's")

// A budget is how many bytes of a capture may still be read.
type budget int64

// readAll reads one file of a capture, whose size is said to be size. Holes
// count as what they read as.
func (b *budget) readAll(r io.Reader, name string, size int64) ([]byte, error) {
	limit := min(int64(*b), maxCaptureFile)
	var data bytes.Buffer
	data.Grow(int(min(max(size, 0), maxTrust)) + bytes.MinRead)
	_, err := data.ReadFrom(io.LimitReader(r, limit+1))
	switch {
	case int64(data.Len()) <= limit:
		*b -= budget(data.Len())
		return data.Bytes(), err
	case limit == maxCaptureFile:
		return nil, fmt.Errorf("%q: %w: more than %d bytes in one file", name, ErrCaptureLimit, maxCaptureFile)
	}
	return nil, fmt.Errorf("%w: more than %d bytes when unpacked", ErrCaptureLimit, maxCapture)
}

// Open returns the host that a capture was made of, from a folder or from one
// file. Nothing outside the folder is read, and regular files only.
func Open(name string) (Host, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, err
		}
		defer root.Close()
		return Replay(folder{root.FS().(fs.ReadLinkFS), root})
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c, err := ReadTGZ(f)
	if err != nil {
		return nil, err
	}
	return Replay(c.FS())
}

// A folder serves a capture's files. A pipe that was put in the place of one
// does not block it.
type folder struct {
	fs.ReadLinkFS
	root *os.Root
}

func (f folder) Open(name string) (fs.File, error) {
	return f.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// ReadTGZ reads a capture that [Capture.WriteTGZ] wrote, or tar from a folder.
// [Capture.FS] then makes it ready for [Replay].
func ReadTGZ(r io.Reader) (Capture, error) {
	zr, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("not a gzipped tar file: %w", err)
	}
	// The headers, and files that are skipped, count too; twice the budget
	// leaves room for those of a capture that is just within it.
	limited := &io.LimitedReader{R: zr, N: 2 * maxCapture}
	c, err := readTar(tar.NewReader(limited))
	if err == nil { // the archive ends before the checksum does
		if _, err = io.Copy(io.Discard, limited); errors.Is(err, gzip.ErrHeader) {
			err = nil // padding behind it
		}
	}
	if err != nil && limited.N == 0 {
		return nil, fmt.Errorf("%w: more than %d bytes when unpacked", ErrCaptureLimit, maxCapture)
	}
	return c, err
}

func readTar(tr *tar.Reader) (Capture, error) {
	c, left := make(Capture), budget(maxCapture)
	for {
		header, err := tr.Next()
		switch {
		case err == io.EOF:
			return c, nil
		case err != nil:
			return nil, err
		case header.Typeflag != tar.TypeReg:
			continue
		case len(c) == maxEntries:
			return nil, fmt.Errorf("%w: more than %d files", ErrCaptureLimit, maxEntries)
		}
		name := header.Name[strings.LastIndexByte(header.Name, '/')+1:]
		if c[name], err = left.readAll(tr, name, header.Size); err != nil {
			return nil, err
		}
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

// A reader reads the files of a capture, each once.
type reader struct {
	fsys fs.FS
	left budget
	read map[string][]byte
}

func newReader(fsys fs.FS) *reader {
	return &reader{fsys: fsys, left: maxCapture, read: make(map[string][]byte)}
}

// file reads a file, if it is a regular one: a link may lead out of the
// capture, and a pipe or a device has no end.
func (r *reader) file(name string) ([]byte, error) {
	if data, ok := r.read[name]; ok {
		return data, nil
	}
	data, err := r.open(name)
	if err != nil {
		return nil, fileError(name, err)
	}
	r.read[name] = data
	return data, nil
}

func (r *reader) open(name string) ([]byte, error) {
	info, err := fs.Lstat(r.fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	f, err := r.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	// The name may have come to mean something else since.
	if info, err = f.Stat(); err == nil && !info.Mode().IsRegular() {
		err = errNotRegular
	}
	if err != nil {
		return nil, err
	}
	return r.left.readAll(f, name, info.Size())
}

// byteOrderMark is what some editors put before the text of a file.
var byteOrderMark = []byte("\ufeff")

var errNotRegular = errors.New("not a regular file")

// fileError names a file of a capture in quotes: the name is the capture's.
func fileError(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	if errors.Is(err, ErrCaptureLimit) {
		return err
	}
	return fmt.Errorf("%q: %w", name, err)
}

// eachLine reads one JSON value a line and gives it to do, which may keep
// what the value points to, but not the value. Empty lines are allowed.
func eachLine[T any](r *reader, name string, decode func(line string, value *T) error, do func(*T) error) error {
	data, err := r.file(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var value, zero T
	n, entries := 0, 0
	for line := range strings.Lines(string(bytes.TrimPrefix(data, byteOrderMark))) {
		n++
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		value = zero
		switch entries++; {
		case len(line) > maxLine:
			err = fmt.Errorf("%w: more than %d bytes", ErrCaptureLimit, maxLine)
		case entries > maxEntries:
			err = fmt.Errorf("%w: more than %d lines", ErrCaptureLimit, maxEntries)
		default:
			err = decode(line, &value)
		}
		if err != nil {
			return fmt.Errorf("%s: line %d: %w", name, n, err)
		}
		if err := do(&value); err != nil {
			return err
		}
	}
	return nil
}
