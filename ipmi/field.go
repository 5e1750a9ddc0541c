// SPDX-License-Identifier: Apache-2.0

package ipmi

// A Field is one printed line: a key with its value, or a text without a key.
//
// The text has no key in headings ("Power Supply Record"), list items ("SEL
// Device") and messages ("Device not present (Timeout)").
type Field struct {
	Key    string `json:"key,omitzero"`    // "" for a line without a key
	Value  string `json:"value,omitzero"`  // as printed, trailing blanks and placeholders included
	Indent int    `json:"indent,omitzero"` // blanks before the key
	Line   int    `json:"line,omitzero"`   // from 1
}
