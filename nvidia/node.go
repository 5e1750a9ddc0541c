// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"iter"
	"strconv"
	"strings"
)

// A Node is one element of the record layer: what was printed, as text. The
// nodes of a log share memory with each other; none may be changed.
type Node struct {
	Name  string
	Attrs []Attr

	// Text is the character data directly inside the element, without the
	// white space around it, entities replaced. The bytes are those that were
	// printed: a process may have a name that is not UTF-8.
	Text string

	Line int // of the start tag, from 1

	offset              int // of Text, or of the tag where there is none
	parent, first, next *Node
}

// An Attr is one attribute of an element.
type Attr struct {
	Name, Value string
}

// Children are the elements directly inside n, in order.
func (n *Node) Children() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for c := n.first; c != nil && yield(c); c = c.next {
		}
	}
}

// Child returns the first element of that name directly inside n, or nil. The
// child of nil is nil, so that calls can be chained.
func (n *Node) Child(name string) *Node {
	if n == nil {
		return nil
	}
	for c := n.first; c != nil; c = c.next {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Attr returns the value of an attribute, "" if n does not have it.
func (n *Node) Attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// IsLeaf says that there is no element inside n.
func (n *Node) IsLeaf() bool { return n.first == nil }

// Path names the place of n, "nvidia_smi_log.gpu[1].temperature.gpu_temp". The
// number counts the elements of that name before it, from 0, and is left out
// where there is only one.
func (n *Node) Path() string {
	var names []string
	for ; n != nil && n.Name != ""; n = n.parent {
		names = append(names, n.Name+n.ordinal())
	}
	for i, j := 0, len(names)-1; i < j; i, j = i+1, j-1 {
		names[i], names[j] = names[j], names[i]
	}
	return strings.Join(names, ".")
}

// ordinal tells n from its sisters of the same name.
func (n *Node) ordinal() string {
	if n.parent == nil {
		return ""
	}
	before, total := 0, 0
	for c := n.parent.first; c != nil; c = c.next {
		if c == n {
			before = total
		}
		if c.Name == n.Name {
			total++
		}
	}
	if total < 2 {
		return ""
	}
	return "[" + strconv.Itoa(before) + "]"
}
