// SPDX-License-Identifier: Apache-2.0

// Package ssacli parses the output of ssacli, the tool of HPE's Smart Array
// controllers, and of its ancestors hpssacli and hpacucli: "ctrl all show
// config detail", and the shorter "ctrl all show config", "… show status",
// "… ld all show" and "… pd all show [detail]".
//
// [Parse] gives a [Document] of controllers, each with its arrays, volumes,
// drives, enclosures, expanders, ports and sensors. Indentation is the grammar. Below the
// typed values lies a record layer, [Document.Lines], that keeps every line
// which is not blank; [Document.Format] is its inverse. A line that no typed
// value has room for is in [Document.Extra] too.
//
// # What is absent
//
// What was not printed is absent: "" for text, 0 where zero cannot occur, nil
// where zero is a reading. The tool rounds sizes, so SizeBytes is near the
// truth and no more.
//
// # Errors
//
// Parse returns what it could read together with what it could not: the error
// is nil or an [Errors], a list of [ParseError]s with line and column.
// [ErrNoController] and [ErrTool] are complaints of the tool's own, [ErrFormat]
// says that the text is something else. A controller without drives is no
// error.
//
// Any bytes may be given to Parse: it does not panic and takes time in
// proportion to their number.
package ssacli
