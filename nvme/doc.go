// SPDX-License-Identifier: Apache-2.0

// Package nvme parses the output of nvme-cli, the command line tool for NVMe
// drives on Linux:
//
//	nvme list [-v]         ParseList        which drives and namespaces there are
//	nvme list-subsys [-v]  ParseListSubsys  the controllers of each NVM subsystem
//	nvme id-ctrl [-H]      ParseIDCtrl      what a controller is and can do
//	nvme id-ns [-H]        ParseIDNS        size and LBA formats of a namespace
//	nvme smart-log [-H]    ParseSmartLog    wear, temperature, data written
//	nvme error-log         ParseErrorLog    the errors that a drive remembers
//	nvme fw-log            ParseFWLog       the firmware slots
//
// Each function takes what the command printed, as JSON ("-o json") or as plain
// text, and tells the two apart by itself. Both forms fill the same struct, and
// where both print a value they agree on it.
//
// # Two layers
//
// The structs are the typed layer: numbers whole, units in the names, bits with
// the names that the NVM Express specifications give them. What a newer
// nvme-cli prints and no field takes is kept in the struct's Extra, by its path
// in the JSON or its key in plain text. [ParseText] is the record layer of
// plain text: every line as it was printed.
//
// # Absent values
//
// A pointer is nil where the value was not printed, so that 0 is a reading. A
// plain number is 0 where the specification takes 0 for "not reported" or "not
// supported", or counts from 1 what the drive counts from 0. Strings come
// without the blanks and NULs that drives pad them with; bytes that are not
// UTF-8 are replaced by U+FFFD. An identifier of zeros is "". Temperatures are
// in whole degrees Celsius, 273 less than the drive's kelvins.
//
// Counters of 128 bits are [Uint128]: nvme-cli prints them as numbers, as
// strings, as floats or grouped by commas, and none of them is cut. Plain text
// has sizes in lists with two decimals only: [Namespace] says so in Rounded.
//
// # Errors
//
// The result is never nil. An error is an [Errors], and what could be read is
// there beside it: another program's noise before the output, an unknown key
// and a list without drives are not errors. If nvme-cli said why it failed, the
// error wraps [ErrTool]; if there is nothing of the command's output,
// [ErrFormat].
//
// # Versions
//
// The tests read what nvme-cli 1.12, 2.3, 2.13 and 2.16 print, and the JSON of
// 1.0, 1.6, 2.4, 2.7, 2.11 and 3.0 by hand-written cases. In 25 captures of
// other people's machines the typed layer takes 99.9 % of the values.
package nvme
