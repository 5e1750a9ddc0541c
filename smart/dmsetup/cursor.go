// SPDX-License-Identifier: Apache-2.0

package dmsetup

import (
	"fmt"
	"strconv"
	"strings"
)

// A cursor reads a text word by word. What is not as it should be is noted once:
// the words behind it mean nothing.
type cursor struct {
	text string
	at   int    // where the text goes on
	word string // the last one, which begins at from
	from int
	err  error
}

// next returns the next word, "" where there is none.
func (c *cursor) next() string {
	for c.at < len(c.text) && isBlank(c.text[c.at]) {
		c.at++
	}
	c.from = c.at
	for c.at < len(c.text) && !isBlank(c.text[c.at]) {
		c.at++
	}
	c.word = c.text[c.from:c.at]
	return c.word
}

// more tells whether there is another word.
func (c *cursor) more() bool { return c.err == nil && trimLeft(c.text[c.at:]) != "" }

// bad notes that the last word is not what should be there.
func (c *cursor) bad(err error) {
	if c.err == nil {
		c.err = err
	}
}

// uint reads a number.
func (c *cursor) uint() uint64 {
	if c.err != nil {
		return 0
	}
	n, err := strconv.ParseUint(c.next(), 10, 64)
	if err != nil {
		c.bad(ErrSyntax)
	}
	return n
}

// pointer reads a number of which zero is a reading.
func (c *cursor) pointer() *uint64 {
	n := c.uint()
	return &n
}

// ratio reads two numbers, "2/490221568".
func (c *cursor) ratio() (part, whole uint64) {
	if c.err != nil {
		return 0, 0
	}
	a, b, _ := strings.Cut(c.next(), "/")
	part, err1 := strconv.ParseUint(a, 10, 64)
	whole, err2 := strconv.ParseUint(b, 10, 64)
	if err1 != nil || err2 != nil {
		c.bad(ErrSyntax)
	}
	return part, whole
}

// count reads a number of things that are named behind it, each with a word at
// least.
func (c *cursor) count() int {
	n := c.uint()
	if c.err == nil && n > uint64(len(c.text)-c.at)/2 {
		c.bad(fmt.Errorf("%w: more than there are words", ErrSyntax))
		return 0
	}
	return int(n)
}

// words reads as many words as a number before them says, nil for none.
func (c *cursor) words() []string {
	var list []string
	for n := c.count(); len(list) < n && c.err == nil; {
		list = append(list, c.need())
	}
	return list
}

// need reads a word that must be there.
func (c *cursor) need() string {
	if c.err == nil && c.next() == "" {
		c.bad(ErrSyntax)
	}
	if c.err != nil {
		return ""
	}
	return c.word
}
