// SPDX-License-Identifier: Apache-2.0

// Package smart parses what smartctl and lsblk say about drives.
//
//	smartctl -x -j DEVICE          Parse → Device
//	smartctl -x DEVICE             ParseText → Text
//	smartctl --scan-open -j        ParseScan → Scan
//	lsblk -J/-P [-b] [-O | -o …]   ParseLsblk → BlockDevices
//
// # Layers
//
// The typed structs take what is known to be printed; what they do not take
// lands in Extra, under its path in the document and as it stands there.
// Together they hold the whole document. [Device.Health] then reads the typed
// struct as a whole and gives a verdict with its evidence.
//
// # Absent values
//
// A nil pointer or an empty text means that the tool printed no value, or a
// null. Numbers that are not pointers are those that cannot be 0, or are part of
// a log entry that always has them. In particular a nil [Device.Passed] does
// not mean that the drive passed.
//
// # Errors
//
// Each Parse function returns what it could read together with an [Errors],
// which says for each error its line, column and path in the document. A value
// of the wrong type is an error and absent, and stays reachable in Extra. A
// document that breaks off is read up to there. Text before the document, as
// smartctl 7.1 and 7.2 print for some SAS drives, is kept as Preamble.
//
// That smartctl itself failed is no error: what it said is understood. Tool has
// its messages and, of JSON, its exit status, and [Device.Health] is Unknown then.
//
// # Versions
//
// smartctl 7.0 to 7.5 and the keys of 8.0 to come, as text from 5.38 on, for
// ATA, SCSI, SAS, tape and NVMe drives, behind USB bridges and RAID controllers;
// lsblk of util-linux 2.23 to 2.42. FORMAT.md has what differs between them. Of
// 188 real documents of smartctl every value lands in a field, of 1,456 texts
// 99.6 % of the lines are known; of 70 documents of lsblk 99.86 %, and all of the
// columns that lsblk has.
package smart
