// SPDX-License-Identifier: Apache-2.0

package host

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// A replayFS serves the files of a capture. It is a tree, so that a path costs
// no more than its length.
type replayFS struct {
	root *node
	room int // for nodes and names

	// The directory of the last path: that of the next is the same, mostly.
	dir  string
	last *node
}

// A node is what is known of one path. Each is independent of the others: a
// link can be read as a link and through it as a file.
type node struct {
	mode fs.FileMode
	file bool // whether data is its content
	data string
	link string
	err  error
	dir  map[string]entry
}

// An entry is a name in a directory. Of a name that was only listed there is
// no node.
type entry struct {
	mode fs.FileMode
	node *node
}

func newReplayFS() *replayFS {
	root := &node{mode: fs.ModeDir}
	return &replayFS{root: root, last: root, room: maxEntries}
}

// add puts what a line of files.jsonl says into the tree.
func (r *replayFS) add(e *fileEntry) error {
	n := r.node(clean(e.Path))
	switch {
	case n == nil: // no room
	case e.Text != nil:
		n.file, n.data = true, *e.Text
	case e.Base64 != nil:
		n.file, n.data = true, string(*e.Base64)
	case e.Link != nil:
		n.link = *e.Link
	case e.Dir != nil:
		r.addNames(n, *e.Dir)
	case e.Error != "":
		n.err = wordError(e.Error)
	case e.Type == "dir":
		n.mode = fs.ModeDir
	case e.Type == "device":
		n.mode = fs.ModeDevice
	}
	if r.room <= 0 {
		return fmt.Errorf("files.jsonl: %w: more than %d paths and names", ErrCaptureLimit, maxEntries)
	}
	return nil
}

// node returns the node at name. It makes it, and the directories above it,
// if need be, and returns nil where there is no room for them.
func (r *replayFS) node(name string) *node {
	if dir := parent(name); dir != r.dir {
		r.dir, r.last = dir, r.descend(r.root, dir)
	}
	return r.descend(r.last, strings.TrimPrefix(name[len(r.dir):], "/"))
}

// descend returns the node at name below n, as node does.
func (r *replayFS) descend(n *node, name string) *node {
	for base := range components(name) {
		if n == nil {
			break
		}
		e := n.dir[base]
		if e.node == nil {
			if r.room--; r.room <= 0 {
				return nil
			}
			e.node = new(node)
			n.put(base, e)
			n.mode = fs.ModeDir
		}
		n = e.node
	}
	return n
}

// components iterates over the names of a path, and the length of the path
// after each.
func components(name string) func(yield func(base string, end int) bool) {
	return func(yield func(string, int) bool) {
		if name == "." {
			return
		}
		for at := 0; at < len(name); {
			base, _, _ := strings.Cut(name[at:], "/")
			at += len(base)
			if !yield(base, at) {
				return
			}
			at++
		}
	}
}

func (n *node) put(base string, e entry) {
	if n.dir == nil {
		n.dir = make(map[string]entry)
	}
	n.dir[base] = e
}

func (r *replayFS) addNames(n *node, names []string) {
	n.mode = fs.ModeDir
	if n.dir == nil {
		n.dir = make(map[string]entry)
	}
	for _, name := range names {
		if r.room--; r.room <= 0 {
			return
		}
		bare := strings.TrimRight(name, "/@")
		e := n.dir[bare]
		switch {
		case strings.HasSuffix(name, "/"):
			e.mode = fs.ModeDir
		case strings.HasSuffix(name, "@"):
			e.mode = fs.ModeSymlink
		default:
			e.mode = 0
		}
		n.dir[bare] = e
	}
}

const (
	maxLinks = 40      // how many links one path may go through
	maxPath  = 4 << 10 // bytes of a path after a link was followed, as Linux has it
)

// find returns the node at name, following links as the kernel would.
func (r *replayFS) find(op, name string) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	at := name
	for range maxLinks {
		n, link, end := r.walk(at)
		if n != nil && (n.link == "" || n.file || n.dir != nil || n.err != nil) {
			return n, nil
		}
		if link == nil {
			break
		}
		at = follow(at[:end], link.link, at[end:])
		if len(at) > max(maxPath, len(name)) {
			break
		}
	}
	return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// walk returns the node at name, nil if there is none, and the first link on
// the way to it with the length of its path.
func (r *replayFS) walk(name string) (n, link *node, end int) {
	n = r.root
	for base, at := range components(name) {
		if n = n.dir[base].node; n == nil {
			break
		}
		if n.link != "" && link == nil {
			link, end = n, at
		}
	}
	return n, link, end
}

// follow returns the path of rest below the link at name.
func follow(name, target, rest string) string {
	if path.IsAbs(target) {
		return clean(target + rest)
	}
	dir, up := parent(name), target
	for strings.HasPrefix(up, "../") {
		dir, up = parent(dir), up[len("../"):]
	}
	return clean(dir + "/" + up + rest)
}

// parent returns what a path has before its last slash.
func parent(name string) string { return name[:max(strings.LastIndexByte(name, '/'), 0)] }

// clean returns a path as io/fs has it, below "/".
func clean(name string) string {
	if at := strings.TrimPrefix(name, "/"); fs.ValidPath(at) {
		return at
	}
	if at := strings.TrimPrefix(path.Clean("/"+name), "/"); at != "" {
		return at
	}
	return "."
}

func (r *replayFS) ReadFile(name string) ([]byte, error) {
	n, err := r.find("open", name)
	if err != nil {
		return nil, err
	}
	data, err := n.read(name)
	if err != nil {
		return nil, err
	}
	return []byte(data), nil
}

func (n *node) read(name string) (string, error) {
	if n.err != nil {
		return "", &fs.PathError{Op: "open", Path: name, Err: n.err}
	}
	if !n.file {
		return "", &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	return n.data, nil
}

func (r *replayFS) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := r.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: n.err}
	}
	entries := make([]fs.DirEntry, 0, len(n.dir))
	for base, e := range n.dir {
		if e.mode == 0 && e.node != nil && e.node.mode.IsDir() {
			e.mode = fs.ModeDir
		}
		entries = append(entries, fileInfo{name: base, mode: e.mode})
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

func (r *replayFS) ReadLink(name string) (string, error) {
	if n := r.findLink(name); n != nil {
		return n.link, nil
	}
	return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrNotExist}
}

// findLink returns the link at name, nil if there is none. Links on the way to
// it are followed, as the kernel does.
func (r *replayFS) findLink(name string) *node {
	if !fs.ValidPath(name) {
		return nil
	}
	at := name
	for range maxLinks {
		n, link, end := r.walk(at)
		if n != nil && n.link != "" {
			return n
		}
		if n != nil || link == nil || end == len(at) {
			return nil
		}
		at = follow(at[:end], link.link, at[end:])
		if len(at) > max(maxPath, len(name)) {
			return nil
		}
	}
	return nil
}

func (r *replayFS) Stat(name string) (fs.FileInfo, error) {
	n, err := r.find("stat", name)
	if err != nil {
		return nil, err
	}
	return fileInfo{name: name, size: int64(len(n.data)), mode: n.mode}, nil
}

func (r *replayFS) Lstat(name string) (fs.FileInfo, error) {
	if r.findLink(name) != nil {
		return fileInfo{name: name, mode: fs.ModeSymlink}, nil
	}
	return r.Stat(name)
}

func (r *replayFS) Open(name string) (fs.File, error) {
	n, err := r.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.mode.IsDir() {
		entries, err := r.ReadDir(name)
		return &memDir{info: fileInfo{name: name, mode: fs.ModeDir}, entries: entries}, err
	}
	data, err := n.read(name)
	if err != nil {
		return nil, err
	}
	return &memFile{name: name, r: strings.NewReader(data)}, nil
}
