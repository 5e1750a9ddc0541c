// SPDX-License-Identifier: Apache-2.0

// Package mstflint parses what "mstflint query" and "mstflint query full" (and
// NVIDIA's flint) print of the firmware on an NVIDIA (Mellanox) card.
//
//	query, err := mstflint.Parse(out)
//	fmt.Println(query.PSID, query.Firmware, query.BaseMAC())
//
// [Parse] returns a [Query] with typed fields, and beneath them the lines as
// they were printed: Query.Fields has them all, Query.Unknown those that no
// typed field takes. [Query.Format] is the inverse of Parse.
//
// What mstflint does not say is absent: "" for text, nil where zero is a
// reading. That includes "N/A" and the GUIDs of f that stand in an empty flash.
//
// # Errors
//
// Parse returns what it could read together with what it could not: the error
// is nil or an [Errors], a list of [ParseError]s with line and column. One
// defect gives one error and reading goes on after it. An unknown key is data,
// not an error. The error wraps [ErrTool] where mstflint says that it failed,
// and [ErrFormat] where data is the output of something else, or empty.
//
// Any bytes may be given: Parse does not panic, takes time in proportion to
// their number, and reads up to 65,536 lines.
//
// FORMAT.md lists what is known of the output.
package mstflint
