// SPDX-License-Identifier: Apache-2.0

// Package sniff names the tool that an output is of, for programs that are
// handed a text and not told which command printed it.
//
//	if m := sniff.Best(data); m.Confidence != sniff.Unknown {
//		fmt.Println(m.Tool, m.Document, m.Format) // nvme id-ctrl json
//	}
//
// It knows the outputs that the parsers of this module read, and some others
// that look like them, in order not to take these for one. It goes by the
// text's own marks: headings, keys of JSON, the shape of rows. It parses
// nothing and imports no parser.
//
// [Certain] means that the marks which only this tool prints are enough by
// themselves; [Likely], that it is the best guess, which a short piece of an
// output may only allow. Where no marks are found, [Guess] returns nothing.
//
// Guess takes any bytes, and time in proportion to their number. Other
// programs' noise before an output, carriage returns, indentation and a missing
// end do no harm.
package sniff
