// SPDX-License-Identifier: Apache-2.0

// Package mdadm parses what Linux says of its software RAID: the output of
// mdadm --detail ([ParseDetail]) and mdadm --examine ([ParseExamine]), and
// /proc/mdstat ([ParseMdstat]).
//
// mdadm --detail says how an array is doing and who its members are, --examine
// what is written on one member, which is all there is where an array does not
// start. Native metadata (0.90 and 1.x) is read, and that of Intel's (IMSM)
// and DDF's firmware RAID, whose arrays live in a container.
//
// The typed values stand on a record layer, Lines, that has every line which
// is not blank; Format is its inverse. A line that no typed value has room for
// is in Extra too.
//
// # What is absent
//
// What was not printed is absent: "" for text, 0 where zero cannot occur, nil
// where zero is a reading. Sizes are in bytes; those that mdadm prints without
// a unit, which has changed over the years, are taken for KiB or sectors by
// the size in brackets behind them.
//
// # Errors
//
// Each function returns what it could read together with what it could not:
// the error is nil or an [Errors], a list of [ParseError]s with line and
// column. [ErrTool] and [ErrNoSuperblock] are complaints of mdadm's own,
// [ErrFormat] says that the text is something else. A machine without arrays
// is not an error.
//
// Any bytes may be given: nothing panics, and the time taken is in proportion
// to their number.
package mdadm
