// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"bytes"
	"errors"
	"strings"
)

// isPairs reports whether a line is one of "lsblk -P": NAME="sda" SIZE="10".
func isPairs(line []byte) bool {
	key, _, ok := bytes.Cut(line, []byte(`="`))
	return ok && len(key) > 0 && len(bytes.Trim(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:-_%")) == 0
}

// pairsToJSON rewrites what "lsblk -P" prints as the document that -J would
// print of the same rows, a row a line; nil if data is no such text. An empty
// value is absent: -P has no null.
func pairsToJSON(data []byte) []byte {
	start := bytes.TrimLeft(data, " \t\r\n")
	if first, _, _ := bytes.Cut(start, []byte("\n")); !isPairs(first) {
		return nil
	}
	doc := make([]byte, 0, 2*len(data)+32)
	doc = append(doc, `{"blockdevices":[`...)
	comma := ""
	for line := range bytes.Lines(data) {
		if isPairs(line) {
			doc = append(doc, comma...)
			doc = appendRow(doc, line)
			comma = ","
		}
		doc = append(doc, '\n')
	}
	return append(doc, `]}`...)
}

// appendRow appends the pairs of a line as an object. A row that breaks off is
// read up to there.
func appendRow(doc, line []byte) []byte {
	doc = append(doc, '{')
	comma := ""
	for isPairs(line) {
		key, rest, _ := bytes.Cut(line, []byte(`="`))
		value, rest, ok := bytes.Cut(rest, []byte(`"`))
		if !ok {
			break
		}
		line = bytes.TrimLeft(rest, " \t\r\n")
		if len(value) == 0 {
			continue
		}
		doc = append(append(doc, comma...), '"')
		doc = append(append(doc, bytes.ToLower(key)...), `":"`...)
		value = bytes.ReplaceAll(value, []byte(`\x5c`), []byte(`\`)) // readColumn decodes the others, and what udev has encoded
		for _, c := range value {
			switch {
			case c == '\\':
				doc = append(doc, `\\`...)
			case c < ' ':
				doc = append(doc, ' ')
			default:
				doc = append(doc, c)
			}
		}
		doc = append(doc, '"')
		comma = ","
	}
	return append(doc, '}')
}

// ofPairs makes errors in the document that [pairsToJSON] made errors in the
// text: only the line is the same.
func ofPairs(err error) error {
	var list Errors
	if errors.As(err, &list) {
		for _, e := range list {
			e.Column, e.Text = 1, ""
			e.Path = strings.TrimPrefix(e.Path, "blockdevices.")
		}
	}
	return err
}
