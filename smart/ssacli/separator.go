// SPDX-License-Identifier: Apache-2.0

package ssacli

import "strings"

// separator stands between key and value.
const separator = ": "

// cut takes a line apart at the first colon outside of brackets that has a
// blank or nothing behind it. "Option ROM Version:4.08-0" is taken apart too,
// "physicaldrive 1I:1:1" is not.
func cut(body string) (key, value string, ok bool) {
	i := strings.IndexByte(body, ':')
	if i < 0 {
		return "", body, false
	}
	if i > 0 && (i+1 == len(body) || body[i+1] == ' ') && isClosed(body[:i]) {
		return body[:i], body[i+1:], true // as in most lines
	}
	return cutSlowly(body)
}

// isClosed reports whether no bracket is open at the end of a text, such as
// "Total Cache Size" or "Controller Temperature (C)". Of texts with several it
// does not know.
func isClosed(text string) bool {
	open := strings.IndexByte(text, '(')
	return open < 0 || text[len(text)-1] == ')' && strings.IndexByte(text[open+1:], '(') < 0
}

func cutSlowly(body string) (key, value string, ok bool) {
	glued := -1
	for i, depth := 0, 0; i < len(body); i++ {
		switch c := body[i]; {
		case c > ':': // as most are
		case c == '(':
			depth++
		case c == ')':
			depth = max(depth-1, 0)
		case c == ':':
			if depth > 0 || i == 0 {
				continue
			}
			if i+1 == len(body) || body[i+1] == ' ' || body[i+1] == '\t' {
				return body[:i], body[i+1:], true
			}
			if glued < 0 {
				glued = i
			}
		}
	}
	if glued < 0 || !isWord(body[:glued]) || strings.HasPrefix(body, "physicaldrive ") {
		return "", body, false
	}
	return body[:glued], body[glued+1:], true
}

// isWord reports whether a text begins with a capital and ends with a small
// letter, as keys do.
func isWord(text string) bool {
	first, last := text[0], text[len(text)-1]
	return 'A' <= first && first <= 'Z' && 'a' <= last && last <= 'z'
}
