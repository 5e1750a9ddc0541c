// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"strings"
)

const (
	maxNodes = 1 << 18 // elements; sixteen GPUs have about 16,000
	maxDepth = 64      // open elements; nvidia-smi nests six
	maxValue = 1 << 16 // bytes of one text or attribute
)

// A reader reads the XML that nvidia-smi prints into a tree: elements,
// attributes, character data with the five entities and numeric references,
// CDATA; comments, processing instructions and a DOCTYPE with or without an
// internal subset are passed over. Namespaces are not resolved, and what
// encoding/xml refuses is read as far as it makes sense. Where encoding/xml
// accepts a document, the tree is the same.
type reader struct {
	*input
	pos int

	line   int // at lineAt
	lineAt int

	escapes bool // src has a '&' or a '\r' somewhere

	doc   *Node  // its children are the root elements
	open  []open // open elements, doc first
	slab  []Node // nodes not yet used
	nodes int
	skip  int // open elements below the depth limit

	endless bool // no CDATA ends from here on

	done bool // reading has stopped; what is still open is not another defect
}

// open is an element whose end has not come.
type open struct {
	node *Node
	last *Node  // its last child
	more []byte // its text once there is more than one piece
}

// readXML reads in from offset pos on. It returns a node whose children are the
// root elements.
func readXML(in *input, pos int) *Node {
	r := &reader{input: in, pos: pos, line: 1, doc: &Node{}}
	r.escapes = strings.IndexByte(in.src, '&') >= 0 || strings.IndexByte(in.src, '\r') >= 0
	r.open = append(make([]open, 0, 16), open{node: r.doc})
	for r.pos < len(in.src) && !r.done {
		r.readText()
		if r.pos < len(in.src) {
			r.readMarkup()
		}
	}
	if len(r.open) > 1 && !r.done {
		n := r.top().node
		r.fail(len(in.src), n.Path(), "<"+n.Name+">"+n.Text, fmt.Errorf("%w: input ends inside an element", ErrSyntax))
	}
	for len(r.open) > 1 {
		r.drop()
	}
	r.pop()
	return r.doc
}

func (r *reader) top() *open { return &r.open[len(r.open)-1] }

// readText reads up to the next '<'.
func (r *reader) readText() {
	if r.top().node.Text == "" {
		r.space() // between tags there is nothing else
	}
	if r.pos < len(r.src) && r.src[r.pos] == '<' {
		return
	}
	i := strings.IndexByte(r.src[r.pos:], '<')
	if i < 0 {
		i = len(r.src) - r.pos
	}
	start := r.pos
	r.pos += i
	r.addText(r.src[start:r.pos], start, true)
}

// readMarkup reads what begins with '<'.
func (r *reader) readMarkup() {
	rest := r.src[r.pos+1:]
	switch {
	case rest == "":
		r.fail(r.pos, "", "<", fmt.Errorf("%w: input ends inside a tag", ErrSyntax))
		r.pos, r.done = len(r.src), true
	case rest[0] == '/':
		r.readEnd()
	case isNameStart(rest[0]):
		r.readStart()
	case strings.HasPrefix(rest, "!--"):
		r.passOver(4, "-->")
	case strings.HasPrefix(rest, "![CDATA["):
		start := r.pos + 9
		if end := r.passOver(9, cdataEnd); end >= 0 {
			r.addText(r.src[start:end], start, false)
		}
	case rest[0] == '!':
		r.passDirective()
	case rest[0] == '?':
		r.passOver(2, "?>")
	default:
		r.literal()
	}
}

// literal takes a '<' that begins nothing for text.
func (r *reader) literal() {
	r.fail(r.pos, "", "<", fmt.Errorf("%w: '<' that begins no tag", ErrSyntax))
	r.addText("<", r.pos, false)
	r.pos++
}

const cdataEnd = "]]>"

// passOver moves behind mark, which ends what stands at pos and has an opening
// of n bytes. It returns the place of the mark, -1 if there is none.
func (r *reader) passOver(n int, mark string) int {
	start := min(r.pos+n, len(r.src))
	i := -1
	if !r.endless || mark != cdataEnd {
		i = strings.Index(r.src[start:], mark)
	}
	if i < 0 {
		r.fail(r.pos, "", r.src[r.pos:], fmt.Errorf("%w: no %q", ErrSyntax, mark))
		if len(r.open) > 1 && mark == cdataEnd { // nvidia-smi prints no CDATA: it is text
			r.endless = true // what is not there is not looked for again
			r.addText("<", r.pos, false)
			r.pos++
			return -1
		}
		r.pos, r.done = len(r.src), true
		return -1
	}
	r.pos = start + i + len(mark)
	return start + i
}

// passDirective moves behind a <!DOCTYPE …>, whose internal subset holds
// further directives, quoted text and comments.
func (r *reader) passDirective() {
	start, depth := r.pos, 0
	var quote byte
	for r.pos = min(start+3, len(r.src)); r.pos < len(r.src); r.pos++ {
		switch c := r.src[r.pos]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>' && depth == 0:
			r.pos++
			return
		case c == '>':
			depth--
		case strings.HasPrefix(r.src[r.pos:], "<!--"):
			if r.passOver(4, "-->") < 0 {
				return
			}
			r.pos--
		case c == '<':
			depth++
		}
	}
	r.fail(start, "", r.src[start:], fmt.Errorf("%w: no '>'", ErrSyntax))
	r.done = true
}

// readStart reads a start tag, <name attr="value"> or <name/>.
func (r *reader) readStart() {
	start := r.pos
	end := r.nameEnd(start + 1)
	if r.nodes == maxNodes {
		r.fail(start, "", r.src[start:end], fmt.Errorf("%w: more than %d elements", ErrLimit, maxNodes))
		r.done = true
		return
	}
	if end == len(r.src) {
		r.fail(start, "", r.src[start:], fmt.Errorf("%w: no '>'", ErrSyntax))
		r.pos, r.done = end, true
		return
	}
	over := r.skip > 0 || len(r.open) > maxDepth
	var n *Node
	if !over {
		n = r.newNode(start, r.src[start+1:end])
	}
	r.pos = end
	if n != nil && r.readLeaf(n) {
		return
	}
	closed := r.readAttrs(n)
	switch {
	case closed:
	case over:
		if r.skip == 0 {
			r.fail(start, "", r.src[start:end], fmt.Errorf("%w: more than %d elements deep", ErrLimit, maxDepth))
		}
		r.skip++
	default:
		r.open = append(r.open, open{node: n})
		if n.Name == "process_name" {
			r.readName(beginsLine(r.src, start))
		}
	}
}

// readLeaf reads what follows the name of a start tag, if that is ">value</name>"
// without a character that means anything: three quarters of all elements.
func (r *reader) readLeaf(n *Node) bool {
	if r.src[r.pos] != '>' || len(r.open) < 2 || n.Name == "gpu" || n.Name == "process_name" {
		return false
	}
	rest := r.src[r.pos+1:]
	i := strings.IndexByte(rest, '<')
	end := i + len("</") + len(n.Name)
	if i < 0 || i > maxValue || end >= len(rest) || rest[end] != '>' || rest[i+1] != '/' || rest[i+2:end] != n.Name {
		return false
	}
	if r.escapes && strings.ContainsAny(rest[:i], "&\r") {
		return false
	}
	blanks := 0
	for blanks < i && isSpace(rest[blanks]) {
		blanks++
	}
	if blanks < i {
		n.Text, n.offset = trimSpace(rest[blanks:i]), r.pos+1+blanks
	}
	r.pos += 1 + end + 1
	return true
}

// beginsLine says that nothing but blanks stands before i on its line.
func beginsLine(s string, i int) bool {
	for i > 0 && (s[i-1] == ' ' || s[i-1] == '\t') {
		i--
	}
	return i == 0 || s[i-1] == '\n'
}

// maxName caps the name of a process, which is a path.
const maxName = 1 << 12

// readName reads the name of a process, which belongs to whoever started it and
// is not escaped: all of it is text. nvidia-smi gives the element a line of its
// own, on which the last end tag is the true one; in a document with other ends
// of lines the first one counts.
func (r *reader) readName(alone bool) {
	const tag = "</process_name>"
	window := r.src[r.pos:min(len(r.src), r.pos+maxName)]
	end := strings.Index(window, tag)
	if end < 0 {
		return // cut, or no name: its text is dropped with it
	}
	line := window[end:]
	if i := strings.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	if last := strings.LastIndex(line, tag); alone && trimSpace(line[last+len(tag):]) == "" {
		end += last
	}
	r.addText(r.src[r.pos:r.pos+end], r.pos, true)
	r.pos += end
}

// newNode appends an element to the one that is open.
func (r *reader) newNode(start int, name string) *Node {
	if len(r.slab) == 0 {
		r.slab = make([]Node, min(max(16, r.nodes), 1024))
	}
	n := &r.slab[0]
	r.slab = r.slab[1:]
	r.nodes++
	r.line += strings.Count(r.src[r.lineAt:start], "\n")
	r.lineAt = start
	top := r.top()
	n.Name, n.Line, n.offset, n.parent = name, r.line, start, top.node
	if top.last == nil {
		top.node.first = n
	} else {
		top.last.next = n
	}
	top.last = n
	return n
}

// readAttrs reads from behind the name to the end of the tag, and says whether
// the tag closes its element. n is nil below the depth limit.
func (r *reader) readAttrs(n *Node) (closed bool) {
	for {
		r.space()
		rest := r.src[r.pos:]
		switch {
		case strings.HasPrefix(rest, ">"):
			r.pos++
			return false
		case strings.HasPrefix(rest, "/>"):
			r.pos += 2
			return true
		}
		if !r.readAttr(n) {
			return r.resync()
		}
	}
}

// readAttr reads name="value". It reports false with the defect noted, at pos.
func (r *reader) readAttr(n *Node) bool {
	start := r.pos
	end := nameEnd(r.src, start)
	name := r.src[start:end]
	r.pos = end
	r.space()
	if name == "" || !isNameStart(name[0]) || r.pos >= len(r.src) || r.src[r.pos] != '=' {
		r.fail(start, "", r.restOfLine(start), fmt.Errorf("%w: not an attribute", ErrSyntax))
		return false
	}
	r.pos++
	r.space()
	if r.pos >= len(r.src) || r.src[r.pos] != '"' && r.src[r.pos] != '\'' {
		r.fail(start, "", r.restOfLine(start), fmt.Errorf("%w: attribute without quotes", ErrSyntax))
		return false
	}
	value := r.src[r.pos+1:]
	i := strings.IndexByte(value, r.src[r.pos])
	if i < 0 || strings.IndexByte(value[:i], '<') >= 0 {
		r.fail(start, "", r.restOfLine(start), fmt.Errorf("%w: attribute without its closing quote", ErrSyntax))
		return false
	}
	at := r.pos + 1
	r.pos += i + 2
	if n != nil {
		n.Attrs = append(n.Attrs, Attr{name, r.capped(r.unescape(value[:i], at, true), at)})
	}
	return true
}

// resync moves to the end of a broken tag: behind the next '>', or before a
// '<' that comes first. It says whether the tag closes its element.
func (r *reader) resync() (closed bool) {
	i := strings.IndexAny(r.src[r.pos:], "<>")
	if i < 0 {
		r.pos, r.done = len(r.src), true
		return false
	}
	r.pos += i
	closed = r.src[r.pos-1] == '/'
	if r.src[r.pos] == '>' {
		r.pos++
	}
	return closed
}

// readEnd reads an end tag, </name>. One that names an outer element closes
// those inside it too; one that names no open element closes none.
func (r *reader) readEnd() {
	start := r.pos
	if end := start + 2 + len(r.top().node.Name); end < len(r.src) && r.skip == 0 && len(r.open) > 1 &&
		r.src[end] == '>' && r.src[start+2:end] == r.top().node.Name {
		r.pos = end + 1
		r.pop()
		return
	}
	end := nameEnd(r.src, start+2)
	name := r.src[start+2 : end]
	r.pos = end
	r.space()
	broken := !strings.HasPrefix(r.src[r.pos:], ">")
	if broken {
		r.fail(start, "", r.restOfLine(start), fmt.Errorf("%w: not an end tag", ErrSyntax))
		if r.resync(); r.done {
			return // cut: where it would have ended, nobody knows
		}
	} else {
		r.pos++
	}
	if r.skip > 0 {
		r.skip--
		return
	}
	i := len(r.open) - 1
	for i > 0 && r.open[i].node.Name != name {
		i--
	}
	if !broken && (i != len(r.open)-1 || i == 0) {
		r.fail(start, "", r.src[start:end], fmt.Errorf("%w: end of an element that is not the open one", ErrSyntax))
	}
	for i > 0 && len(r.open) > i+1 {
		r.drop()
	}
	if i > 0 {
		r.pop()
	}
}

// pop closes the innermost element.
func (r *reader) pop() {
	top := r.top()
	if top.more != nil {
		top.node.Text = string(top.more)
	}
	top.node.Text = r.capped(trimSpace(top.node.Text), top.node.offset)
	r.open = r.open[:len(r.open)-1]
}

// drop closes the innermost element, whose end never came: its text may not be
// whole, and is not a value.
func (r *reader) drop() {
	top := r.top()
	top.node.Text, top.more = "", nil
	r.open = r.open[:len(r.open)-1]
}

// restOfLine is what is left of the line at offset.
func (r *reader) restOfLine(offset int) string {
	line, _, _ := strings.Cut(r.src[offset:min(len(r.src), offset+2*maxText)], "\n")
	return line
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func (r *reader) space() {
	for r.pos < len(r.src) && isSpace(r.src[r.pos]) {
		r.pos++
	}
}

// trimSpace cuts the white space of XML, which is ASCII.
func trimSpace(s string) string {
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	for s != "" && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func isNameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == ':' || c >= 0x80
}

// nameEnd returns where the name at i ends. Most elements of a log, clocks, have
// the name of the one before.
func (r *reader) nameEnd(i int) int {
	if last := r.top().last; last != nil {
		if end := i + len(last.Name); end < len(r.src) && r.src[end] == '>' && r.src[i:end] == last.Name {
			return end
		}
	}
	return nameEnd(r.src, i)
}

// nameEnd returns where the name at s[i:] ends.
func nameEnd(s string, i int) int {
	for i < len(s) && ('a' <= s[i] && s[i] <= 'z' || s[i] == '_') { // nearly all of them
		i++
	}
	for i < len(s) && (isNameStart(s[i]) || '0' <= s[i] && s[i] <= '9' || s[i] == '-' || s[i] == '.') {
		i++
	}
	return i
}
