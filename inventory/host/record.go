// SPDX-License-Identifier: Apache-2.0

package host

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// A Recorder is a host that passes everything through to another one and
// remembers what was asked and answered.
type Recorder struct {
	host Host

	mu       sync.Mutex
	times    []time.Time
	commands []recorded
	files    map[string]fileEntry // by operation and path
}

type recorded struct {
	argv []string
	out  Output
	err  error
}

// Record returns a host that answers as h does, and remembers.
func Record(h Host) *Recorder {
	return &Recorder{host: h, files: make(map[string]fileEntry)}
}

// Run implements [Host].
func (r *Recorder) Run(ctx context.Context, name string, args ...string) (Output, error) {
	out, err := r.host.Run(ctx, name, args...)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.commands = append(r.commands, recorded{append([]string{name}, args...), out, err})
	return out, err
}

// Now implements [Clock].
func (r *Recorder) Now() time.Time {
	now := Now(r.host).Round(0).UTC()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.times = append(r.times, now)
	return now
}

// FS implements [Host].
func (r *Recorder) FS() fs.FS { return recorderFS{r} }

// Capture returns all that was recorded so far, in an order that does not
// depend on which command ended first.
func (r *Recorder) Capture() Capture {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := make(Capture)
	c["host.json"], _ = json.MarshalIndent(hostEntry{captureSchema, r.times}, "", "  ")
	c["host.json"] = append(c["host.json"], '\n')

	commands := slices.Clone(r.commands)
	slices.SortStableFunc(commands, func(a, b recorded) int { return slices.Compare(a.argv, b.argv) })
	entries := make([]commandEntry, len(commands))
	for i, cmd := range commands {
		entries[i] = c.addCommand(cmd)
	}
	c["commands.jsonl"] = encodeLines(entries)

	files := make([]fileEntry, 0, len(r.files))
	for _, e := range r.files {
		files = append(files, e)
	}
	slices.SortFunc(files, func(a, b fileEntry) int {
		if d := strings.Compare(a.Path, b.Path); d != 0 {
			return d
		}
		return a.order() - b.order()
	})
	c["files.jsonl"] = encodeLines(files)
	return c
}

// addCommand puts a command's output into the capture and returns its line.
func (c Capture) addCommand(cmd recorded) commandEntry {
	e := commandEntry{
		Argv:   cmd.argv,
		Exit:   cmd.out.Exit,
		Signal: cmd.out.Signal,
		Error:  errorWord(cmd.err),
	}
	if cmd.out.Duration > 0 {
		e.Duration = cmd.out.Duration.String()
	}
	base := fileName(cmd.argv)
	for n := 2; c[base+".stdout"] != nil || c[base+".stderr"] != nil; n++ {
		base = fmt.Sprintf("%s.%d", fileName(cmd.argv), n)
	}
	if len(cmd.out.Stdout) > 0 {
		e.Stdout = base + ".stdout"
		c[e.Stdout] = cmd.out.Stdout
	}
	if len(cmd.out.Stderr) > 0 {
		e.Stderr = base + ".stderr"
		c[e.Stderr] = cmd.out.Stderr
	}
	return e
}

// maxName bounds the length of a file's name in a capture.
const maxName = 60

// fileName makes a name for a command's output from its words: lower-case
// letters, digits, dots and dashes.
func fileName(argv []string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.Join(argv, "-")) {
		ok := 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '.'
		switch {
		case ok:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	name := b.String()
	return strings.Trim(name[:min(len(name), maxName)], "-.")
}

// order sorts what was learned of one path in different ways.
func (e fileEntry) order() int {
	switch {
	case e.Link != nil:
		return 0
	case e.Type != "":
		return 1
	case e.Dir != nil:
		return 2
	}
	return 3
}

// recorderFS is the recorder's file system. Absent files are not recorded:
// what a capture does not hold is absent.
type recorderFS struct{ r *Recorder }

func (f recorderFS) note(e fileEntry) {
	f.r.mu.Lock()
	defer f.r.mu.Unlock()
	f.r.files[fmt.Sprint(e.order(), e.Path)] = e
}

// failed notes why a file could not be read, unless it is just not there.
func (f recorderFS) failed(name string, err error) {
	if word := errorWord(err); word != fs.ErrNotExist.Error() && !isNotExist(err) {
		f.note(fileEntry{Path: name, Error: word})
	}
}

func (f recorderFS) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(f.r.host.FS(), name)
	if err != nil {
		f.failed(name, err)
		return data, err
	}
	e := fileEntry{Path: name}
	if text := string(data); utf8.ValidString(text) {
		e.Text = &text
	} else {
		e.Base64 = &data
	}
	f.note(e)
	return data, nil
}

func (f recorderFS) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(f.r.host.FS(), name)
	if err != nil {
		f.failed(name, err)
		return entries, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name() + typeMark(e.Type())
	}
	f.note(fileEntry{Path: name, Dir: &names})
	return entries, nil
}

func (f recorderFS) ReadLink(name string) (string, error) {
	target, err := fs.ReadLink(f.r.host.FS(), name)
	if err == nil {
		f.note(fileEntry{Path: name, Link: &target})
	}
	return target, err
}

func (f recorderFS) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(f.r.host.FS(), name)
	if err == nil {
		f.noteType(name, info.Mode())
	}
	return info, err
}

func (f recorderFS) Lstat(name string) (fs.FileInfo, error) {
	info, err := fs.Lstat(f.r.host.FS(), name)
	if err == nil {
		f.noteType(name, info.Mode())
	}
	return info, err
}

func (f recorderFS) noteType(name string, mode fs.FileMode) {
	switch {
	case mode.IsDir():
		f.note(fileEntry{Path: name, Type: "dir"})
	case mode.IsRegular():
		f.note(fileEntry{Path: name, Type: "file"})
	case mode&fs.ModeSymlink == 0:
		f.note(fileEntry{Path: name, Type: "device"})
	}
}

func (f recorderFS) Open(name string) (fs.File, error) {
	info, err := f.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		entries, err := f.ReadDir(name)
		return &memDir{info: fileInfo{name: name, mode: fs.ModeDir}, entries: entries}, err
	}
	data, err := f.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &memFile{name: name, r: bytes.NewReader(data)}, nil
}
