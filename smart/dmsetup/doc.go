// SPDX-License-Identifier: Apache-2.0

// Package dmsetup parses what dmsetup status prints: the word of the kernel's
// device-mapper on each of its devices. That is the only place where the RAIDs of
// LVM and dmraid tell whether they are whole.
//
// [Parse] gives a [Status]: devices, each of segments. What a segment's target
// says of itself is kept as it is printed, in Params, and read for the targets that
// copy, cache or share space: [RAID], [Mirror], [Multipath], [Cache], [ThinPool].
// These stand on a record layer, [Status.Lines], that keeps every line which is not
// blank; [Status.Format] is its inverse. A line that is neither device nor message is
// in [Status.Extra].
//
// # What is absent
//
// What is not said is absent: "" for text, nil where zero is a reading. Older
// kernels say less.
//
// # Errors
//
// Parse returns what it could read together with what it could not: the error
// is nil or an [Errors], a list of [ParseError]s with line and column. [ErrTool]
// says that dmsetup failed, [ErrFormat] that the text is not its output. That there
// are no devices is no error.
//
// Any bytes may be given to Parse: it does not panic and takes time in
// proportion to their number.
package dmsetup
