// SPDX-License-Identifier: Apache-2.0

// Package lines is what the parsers of lines share: it tells whole lines of a
// text from one that was cut off, and reads the short numbers in them, in less
// time than strconv does.
package lines

import "strings"

// Whole splits text behind its last newline. What follows is a line that was
// cut off, since every tool ends its lines; tail is "" if that is blank. The mark
// that some editors put before a text is not part of it.
func Whole(text string) (whole, tail string) {
	text = strings.TrimPrefix(text, "\ufeff")
	i := strings.LastIndexByte(text, '\n') + 1
	if whole, tail = text[:i], text[i:]; strings.Trim(tail, " \t\r\x00") == "" {
		tail = ""
	}
	return whole, tail
}

// Number is the number of the line that follows whole, from 1.
func Number(whole string) int { return 1 + strings.Count(whole, "\n") }
