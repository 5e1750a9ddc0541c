// SPDX-License-Identifier: Apache-2.0

package host

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os/exec"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Replay returns the host that a capture was made of. It reads the capture as
// a whole; an error names the file and the line that could not be read.
func Replay(fsys fs.FS) (Host, error) {
	r := &replay{commands: make(map[string]answer), nearest: make(map[string][]string)}
	if err := r.readHost(fsys); err != nil {
		return nil, err
	}
	commands, err := decodeLines[commandEntry](fsys, "commands.jsonl")
	if err != nil {
		return nil, err
	}
	for _, e := range commands {
		if err := r.addCommand(fsys, e); err != nil {
			return nil, err
		}
	}
	files, err := decodeLines[fileEntry](fsys, "files.jsonl")
	if err != nil {
		return nil, err
	}
	r.fsys = newReplayFS(files)
	return r, nil
}

type replay struct {
	commands map[string]answer   // by argv, joined with NUL
	nearest  map[string][]string // argv of the first command that asks a question
	fsys     fs.FS

	mu    sync.Mutex
	times []time.Time
}

// An answer is what Run returned.
type answer struct {
	out Output
	err error
}

func (r *replay) readHost(fsys fs.FS) error {
	data, err := fs.ReadFile(fsys, "host.json")
	if err != nil {
		return fmt.Errorf("not a capture: %w", err)
	}
	var e hostEntry
	if err := json.Unmarshal(data, &e); err != nil {
		return fmt.Errorf("host.json: %w", err)
	}
	if e.Schema != captureSchema {
		return fmt.Errorf("host.json: schema %q, can read %q", e.Schema, captureSchema)
	}
	r.times = e.Times
	return nil
}

func (r *replay) addCommand(fsys fs.FS, e commandEntry) error {
	if len(e.Argv) == 0 {
		return fmt.Errorf("commands.jsonl: a command without argv")
	}
	key := strings.Join(e.Argv, "\x00")
	if _, again := r.commands[key]; again {
		return nil // the first answer stands
	}
	a := answer{out: Output{Exit: e.Exit, Signal: e.Signal}}
	if err := wordError(e.Error); err != nil {
		a.err = &RunError{e.Argv, err}
	}
	var err error
	if e.Duration != "" {
		if a.out.Duration, err = time.ParseDuration(e.Duration); err != nil {
			return fmt.Errorf("commands.jsonl: %s: %w", CommandLine(e.Argv), err)
		}
	}
	if a.out.Stdout, err = readOutput(fsys, e.Stdout); err != nil {
		return err
	}
	if a.out.Stderr, err = readOutput(fsys, e.Stderr); err != nil {
		return err
	}
	r.commands[key] = a
	if q := question(e.Argv); q != "" && r.nearest[q] == nil && a.err == nil {
		r.nearest[q] = e.Argv
	}
	return nil
}

func readOutput(fsys fs.FS, name string) ([]byte, error) {
	if name == "" {
		return nil, nil
	}
	return fs.ReadFile(fsys, name)
}

// Run implements [Host]: a command that was not captured is an absent tool.
func (r *replay) Run(ctx context.Context, name string, args ...string) (Output, error) {
	argv := append([]string{name}, args...)
	if ctx.Err() != nil {
		return Output{Exit: -1}, &RunError{argv, ErrNotRun}
	}
	a, ok := r.commands[strings.Join(argv, "\x00")]
	if q := question(argv); !ok && q != "" && r.nearest[q] != nil {
		a, ok = r.commands[strings.Join(r.nearest[q], "\x00")]
		a.out.Recorded = r.nearest[q]
	}
	if !ok {
		return Output{Exit: -1}, &RunError{argv, exec.ErrNotFound}
	}
	return a.out, a.err
}

// FS implements [Host].
func (r *replay) FS() fs.FS { return r.fsys }

// Now implements [Clock]: it gives the recorded times in turn, and the last
// one from then on.
func (r *replay) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.times) == 0 {
		return time.Time{}
	}
	now := r.times[0]
	if len(r.times) > 1 {
		r.times = r.times[1:]
	}
	return now
}

// A replayFS serves the files of a capture.
type replayFS map[string]*node

// A node is what is known of one path. Each is independent of the others: a
// link can be read as a link and through it as a file.
type node struct {
	mode fs.FileMode
	data []byte
	link string
	dir  map[string]fs.FileMode
	err  error
}

func newReplayFS(files []fileEntry) replayFS {
	r := replayFS{".": {mode: fs.ModeDir}}
	for _, e := range files {
		n := r.node(strings.Trim(path.Clean(e.Path), "/"))
		switch {
		case e.Text != nil:
			n.data = []byte(*e.Text)
		case e.Base64 != nil:
			n.data = *e.Base64
		case e.Link != nil:
			n.link = *e.Link
		case e.Dir != nil:
			n.addNames(*e.Dir)
		case e.Error != "":
			n.err = wordError(e.Error)
		case e.Type == "dir":
			n.mode = fs.ModeDir
		case e.Type == "device":
			n.mode = fs.ModeDevice
		}
	}
	return r
}

// node returns the node at name. It makes it, and the directories above it,
// if need be.
func (r replayFS) node(name string) *node {
	if n, ok := r[name]; ok {
		return n
	}
	n := new(node)
	r[name] = n
	parent := r.node(path.Dir(name))
	parent.mode = fs.ModeDir
	if parent.dir == nil {
		parent.dir = make(map[string]fs.FileMode)
	}
	if _, known := parent.dir[path.Base(name)]; !known {
		parent.dir[path.Base(name)] = 0
	}
	return n
}

func (n *node) addNames(names []string) {
	n.mode = fs.ModeDir
	if n.dir == nil {
		n.dir = make(map[string]fs.FileMode, len(names))
	}
	for _, name := range names {
		bare := strings.TrimRight(name, "/@")
		switch {
		case strings.HasSuffix(name, "/"):
			n.dir[bare] = fs.ModeDir
		case strings.HasSuffix(name, "@"):
			n.dir[bare] = fs.ModeSymlink
		default:
			n.dir[bare] = 0
		}
	}
}

// maxLinks bounds how many links one path may go through.
const maxLinks = 40

// find returns the node at name, following links as the kernel would.
func (r replayFS) find(op, name string) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	at := name
	for range maxLinks {
		if n, ok := r[at]; ok && (n.link == "" || n.data != nil || n.dir != nil || n.err != nil) {
			return n, nil
		}
		next, ok := r.followFirst(at)
		if !ok {
			break
		}
		at = next
	}
	return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// followFirst replaces the first link on the way to name by its target.
func (r replayFS) followFirst(name string) (string, bool) {
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		n, ok := r[name[:i]]
		if !ok || n.link == "" {
			continue
		}
		target := path.Join(path.Dir("/"+name[:i]), n.link)
		if path.IsAbs(n.link) {
			target = n.link
		}
		return strings.TrimPrefix(path.Join(target, name[i:]), "/"), true
	}
	return "", false
}

func (r replayFS) ReadFile(name string) ([]byte, error) {
	n, err := r.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: n.err}
	}
	if n.data == nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	return bytes.Clone(n.data), nil
}

func (r replayFS) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := r.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: n.err}
	}
	entries := make([]fs.DirEntry, 0, len(n.dir))
	for base, mode := range n.dir {
		if child, ok := r[path.Join(name, base)]; ok && mode == 0 && child.mode.IsDir() {
			mode = fs.ModeDir
		}
		entries = append(entries, fileInfo{name: base, mode: mode})
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

func (r replayFS) ReadLink(name string) (string, error) {
	n, ok := r[name]
	if !ok || n.link == "" {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrNotExist}
	}
	return n.link, nil
}

func (r replayFS) Stat(name string) (fs.FileInfo, error) {
	n, err := r.find("stat", name)
	if err != nil {
		return nil, err
	}
	return fileInfo{name: name, size: int64(len(n.data)), mode: n.mode}, nil
}

func (r replayFS) Lstat(name string) (fs.FileInfo, error) {
	if n, ok := r[name]; ok && n.link != "" {
		return fileInfo{name: name, mode: fs.ModeSymlink}, nil
	}
	return r.Stat(name)
}

func (r replayFS) Open(name string) (fs.File, error) {
	n, err := r.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.mode.IsDir() {
		entries, err := r.ReadDir(name)
		return &memDir{info: fileInfo{name: name, mode: fs.ModeDir}, entries: entries}, err
	}
	data, err := r.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &memFile{name: name, r: bytes.NewReader(data)}, nil
}
