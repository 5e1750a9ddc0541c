// SPDX-License-Identifier: Apache-2.0

// Package sasircu parses the output of sas2ircu and sas3ircu, the tools of
// Broadcom's (LSI's, Avago's) SAS adapters with IT or IR firmware: LIST,
// N DISPLAY and N STATUS.
//
// [Parse] tells the three apart and gives a [Document]. Its typed values
// stand on a record layer, [Document.Lines], that keeps every line which is
// not blank; [Document.Format] is its inverse. A line that no typed value has
// room for is in [Document.Extra] too.
//
// # What is absent
//
// What the tool does not say is absent: "" for text, 0 where zero cannot
// occur, nil where zero is a reading. "N/A", "Unknown" and "Undetermined"
// stay in the record layer, and so do the address 0000000-0-0000-0000 and the
// place 0:0 that stand for missing drives.
//
// # Errors
//
// Parse returns what it could read together with what it could not: the error
// is nil or an [Errors], a list of [ParseError]s with line and column.
// [ErrNoController] says that the tool found no adapter of its own chips,
// [ErrTool] that it failed otherwise, and [ErrFormat] that the text is not
// its output. A controller without volumes is not an error, although STATUS ends
// with an error status then.
//
// Any bytes may be given to Parse: it does not panic and takes time in
// proportion to their number.
package sasircu
