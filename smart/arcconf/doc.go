// SPDX-License-Identifier: Apache-2.0

// Package arcconf parses the output of arcconf, the tool of Adaptec's (now
// Microchip's) RAID controllers: GETCONFIG, GETSTATUS and LIST.
//
// [Parse] gives a [Document] with the controller, its volumes and drives,
// enclosures, connectors and arrays, and the tasks at work. Two families print
// it: the controllers of the aacraid driver (Series 5 to 8) and those of
// smartpqi (SmartRAID), whose keys differ in letters and words. Below the typed
// values lies a record layer, [Document.Lines], that keeps every line which is
// not blank; [Document.Format] is its inverse. A line that no typed value has
// room for is in [Document.Extra] too.
//
// # What is absent
//
// What was not printed is absent: "" for text, 0 where zero cannot occur, nil
// where zero is a reading. "Not Applicable", "Not Available", "Not Supported"
// and WWNs of zeros stay in the record layer.
//
// # Errors
//
// Parse returns what it could read together with what it could not: the error
// is nil or an [Errors], a list of [ParseError]s with line and column.
// [ErrTool] is a complaint of the tool's own, [ErrFormat] says that the text is
// something else. That there are no controllers, volumes or drives is not an error.
//
// Any bytes may be given to Parse: it does not panic and takes time in
// proportion to their number.
package arcconf
