// SPDX-License-Identifier: Apache-2.0

package dmsetup

import "strings"

// separator stands between the name of a device and what is said of it.
const separator = ": "

// cut takes a line apart behind the name, in which there may be blanks and colons. A
// device without a table has nothing behind its name, and one that was asked for alone
// has no name.
func cut(body string) (key, value string, ok bool) {
	if isSegment(body) {
		return "", body, false
	}
	for i := 0; ; i++ {
		n := strings.Index(body[i:], separator)
		if n < 0 {
			break
		}
		if i += n; i > 0 && isSegment(body[i+1:]) {
			return body[:i], body[i+1:], true
		}
	}
	i := strings.Index(body, separator)
	if strings.HasSuffix(body, ":") {
		i = len(body) - 1
	}
	if i <= 0 {
		return "", body, false
	}
	return body[:i], body[i+1:], true
}

// isSegment tells what begins as a segment does, with two numbers and the name of a
// target.
func isSegment(text string) bool {
	start, length, target := threeWords(text)
	return isDigits(start) && isDigits(length) && isTarget(target)
}

// isLikeSegment tells what was to be a segment, and is none.
func isLikeSegment(text string) bool {
	start, _, target := threeWords(text)
	return isDigits(start) && target != ""
}

func threeWords(text string) (first, second, third string) {
	c := cursor{text: text}
	return c.next(), c.next(), c.next()
}

// isTarget knows the form of their names: "linear", "thin-pool", "raid45".
func isTarget(word string) bool {
	for i := range len(word) {
		if c := word[i]; (c < 'a' || c > 'z') && (i == 0 || !isDigit(c) && c != '-' && c != '_') {
			return false
		}
	}
	return word != ""
}

func isDigits(word string) bool {
	for i := range len(word) {
		if !isDigit(word[i]) {
			return false
		}
	}
	return word != ""
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
