// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"strings"
)

// ParseText parses the output of nvidia-smi -q, the text for people. Its labels
// are given the names that the elements of -q -x have, so that both give the same
// log. A label without such a name gets one made of its words, and is listed in
// [Log.Unknown].
//
// The text has no more than the XML has and prints lists in a looser way: of
// retired pages it has the counts only. Where both can be had, take the XML.
//
// The log is never nil; the error is as of [Parse].
func ParseText(data []byte) (*Log, error) { return whole(data, parseText) }

func parseText(text string) (*Log, error) {
	t := textReader{input: &input{src: text}}
	if t.wide() {
		return new(Log), t.errs.err()
	}
	t.root.Name = "nvidia_smi_log"
	t.open = append(t.open, textNode{node: &t.root, indent: -1})
	for line := range strings.Lines(t.src) {
		t.line++
		if !t.done {
			t.parseLine(line)
		}
		t.offset += len(line)
	}
	d := decoder{input: t.input, log: &Log{Root: &t.root}}
	if t.root.first == nil {
		d.log.Root = nil
		t.explainNothing("no NVSMI LOG")
	} else {
		d.readLog(&t.root)
	}
	return d.log, d.finishLog()
}

// A textReader reads labels into a tree. Indentation is the grammar.
type textReader struct {
	*input
	root   Node
	open   []textNode // where the next line may go, root first
	nodes  int
	line   int
	offset int // of the line
	done   bool
}

// A textNode is an element that deeper lines go into.
type textNode struct {
	node   *Node
	last   *Node // its last child
	indent int   // of its label
}

func (t *textReader) parseLine(line string) {
	text := trimSpace(line)
	indent := strings.Index(line, text)
	label, value, ok := cutLabel(text)
	switch {
	case text == "" || strings.HasPrefix(text, "====") && strings.Contains(text, "NVSMI LOG"):
	case t.nodes >= maxNodes:
		t.refuse(text, fmt.Errorf("%w: more than %d labels", ErrLimit, maxNodes))
	case len(t.open) > maxDepth:
		t.refuse(text, fmt.Errorf("%w: more than %d labels deep", ErrLimit, maxDepth))
	case indent == 0 && strings.HasPrefix(text, "GPU ") && pciAddress(text[len("GPU "):]) != "":
		t.add(0, "gpu", "", indent).Attrs = []Attr{{"id", text[len("GPU "):]}}
	case indent == 0 && !ok, indent == 0 && t.root.first == nil && !isLogLabel(label), len(t.open) == 1 && indent > 0:
		t.note(line, t.offset)
	case len(label) > maxPath: // what is below would spell it again and again
		t.noLabel(line, text, indent)
	case !ok && indent%4 != 0 && indent <= t.open[len(t.open)-1].indent:
		t.noLabel(line, text, indent) // the rest of a line that a terminal broke
	default:
		t.parseLabel(label, value, indent)
	}
}

// noLabel tells of a line that is no label, and keeps it as a note.
func (t *textReader) noLabel(line, text string, indent int) {
	t.fail(t.offset+indent, "", text, fmt.Errorf("%w: not a label", ErrSyntax))
	t.note(line, t.offset)
}

// refuse stops reading at a line.
func (t *textReader) refuse(text string, err error) {
	t.fail(t.offset, "", text, err)
	t.done = true
}

// isLogLabel knows the labels that a log begins with.
func isLogLabel(label string) bool {
	return label == "Timestamp" || label == "Driver Version" || label == "Attached GPUs"
}

// cutLabel cuts "Bus Id    : 00000000:83:00.0" in two. A label alone heads a
// group.
func cutLabel(text string) (label, value string, ok bool) {
	if label, value, ok = strings.Cut(text, " : "); !ok {
		label, ok = strings.CutSuffix(text, " :")
	}
	return trimSpace(label), trimSpace(value), ok
}

// parseLabel adds one label where its indentation says.
func (t *textReader) parseLabel(label, value string, indent int) {
	for len(t.open) > 1 && t.open[len(t.open)-1].indent >= indent {
		t.open = t.open[:len(t.open)-1]
	}
	if top := t.open[len(t.open)-1].node; top.Name == "mig_devices" && label != "MIG Device" {
		t.open = t.open[:len(t.open)-1]
	}
	depth := len(t.open) - 1
	parent := t.open[depth].node
	switch {
	case parent.Name == "gpu" && label == "MIG Device":
		// The XML holds them in an element, which the text does not name.
		t.add(depth, "mig_devices", "", indent-1)
		t.add(depth+1, "mig_device", "", indent)
	case label == "MIG Device":
		t.add(depth, "mig_device", "", indent)
	case parent.Name == "processes" || parent.Name == "process_info":
		t.parseProcess(depth, label, value, indent)
	case parent.Name == "pid":
		t.add(depth-1, elementName("process_info", label), value, indent)
	case parent.Name == "retired_pages" && strings.HasSuffix(label, "Bit ECC"):
		t.add(depth, elementName(parent.Name, label), "", indent)
		t.add(depth+1, "retired_count", value, indent)
	case parent.Text != "" && depth > 1:
		// "HW Slowdown" has a value and reasons inside it, which are
		// reasons like it.
		parent = t.open[depth-1].node
		t.add(depth-1, elementName(parent.Name, label), value, indent)
	default:
		t.add(depth, elementName(parent.Name, label), value, indent)
	}
}

// parseProcess adds what is said of a process. One begins with its instance, or
// with its number where there is no instance.
func (t *textReader) parseProcess(depth int, label, value string, indent int) {
	name := elementName("process_info", label)
	if t.open[depth].node.Name == "process_info" {
		depth--
	}
	processes := t.open[depth]
	if tail := room(processes.last, name); tail == nil || name == "gpu_instance_id" {
		t.add(depth, "process_info", "", processes.indent+1)
	} else {
		t.open = append(t.open[:depth+1], textNode{node: processes.last, last: tail, indent: processes.indent + 1})
	}
	t.add(depth+1, name, value, indent)
}

// room returns the last element of a process that can take one of that name, nil
// if it has one, or has more than a process has.
func room(process *Node, name string) (tail *Node) {
	if process == nil {
		return nil
	}
	n := 0
	for c := range process.Children() {
		if n++; c.Name == name || n > 16 {
			return nil
		}
		tail = c
	}
	return tail
}

// add appends an element to the one open at depth, and opens it.
func (t *textReader) add(depth int, name, value string, indent int) *Node {
	t.open = t.open[:depth+1]
	parent := &t.open[depth]
	n := &Node{Name: name, Text: value, Line: t.line, offset: t.offset, parent: parent.node}
	if value != "" {
		line, _, _ := strings.Cut(t.src[t.offset:], "\n")
		n.offset += strings.LastIndex(line, value)
	}
	if parent.last == nil {
		parent.node.first = n
	} else {
		parent.last.next = n
	}
	parent.last = n
	t.nodes++
	t.open = append(t.open, textNode{node: n, indent: indent})
	return n
}
