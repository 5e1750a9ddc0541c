// SPDX-License-Identifier: Apache-2.0

// Package megacli parses the output of MegaCli, the tool of MegaRAID controllers
// before storcli, and of CmdTool2, which is the same: -PDList, -LDInfo,
// -LdPdInfo, -AdpAllInfo, -AdpBbuCmd, -AdpGetPciInfo and -EncInfo.
//
// [Parse] gives a [Document] of adapters, each with its volumes, drives,
// enclosures and battery. Below the typed values lies a record layer,
// [Document.Lines], that keeps every line which is not blank; [Document.Format]
// is its inverse. A line that no typed value has room for is in
// [Document.Extra] too.
//
// # What is absent
//
// What was not printed is absent: "" for text, 0 where zero cannot occur, nil
// where zero is a reading. A drive's serial number stands inside its inquiry
// data without a mark: it is "" where the columns do not tell for certain where it
// begins and ends.
//
// # Errors
//
// Parse returns what it could read together with what it could not: the error
// is nil or an [Errors], a list of [ParseError]s with line and column.
// [ErrTool] is the tool's own complaint, [ErrFormat] says that the text is
// something else. A machine without adapters or drives is not an error.
//
// Any bytes may be given to Parse: it does not panic and takes time in
// proportion to their number.
package megacli
