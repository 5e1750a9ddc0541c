// SPDX-License-Identifier: Apache-2.0

// Package ipmi parses the text output of ipmitool.
//
// A server's management controller knows what no other tool prints: the serial
// numbers of its power supplies, which of them has lost its input, and what its
// sensors read. Each command has its function:
//
//	ipmitool [-v] fru print [ID]            ParseFRU   FRU
//	ipmitool [-v] [-c] sdr [elist|list]     ParseSDR   SDR
//	ipmitool [-c] sensor                    ParseSDR   SDR
//	ipmitool mc info                        ParseMC    MC
//	ipmitool lan print [CHANNEL]            ParseLAN   LAN
//	ipmitool lan6 print [CHANNEL]           ParseLAN6  LAN6
//	ipmitool [-c] sel [info|list|elist]     ParseSEL   SEL
//
// [PowerSupplies] joins the first two into a list of power supplies.
//
// # Two layers
//
// The record layer keeps each line that was printed, in order and with its
// number: a [Field] is a key with its value, a row is a slice of cells. Blanks
// at the end of a value, placeholders and keys that nobody knows are all there.
// Format writes it as ipmitool does, and what Format writes is read back as the
// same.
//
// The typed views stand on top, and are made when they are asked for:
// [FRU.Devices], [SDR.Sensors], [SDR.Locators], [MC.Info], [LAN.Config], [LAN6.Addresses],
// [SEL.Events], [SEL.Info]. A line that a view does not understand is listed in
// its field Unknown.
//
// # Absent values
//
// In the typed views a text is "" where there is none, also where the maker
// stored a filler ("........", "To Be Filled By O.E.M.", a serial number of
// zeros) and where an address is all zero. A pointer is nil where zero would be
// a reading. A FRU device that did not answer is not left out: its
// [FRUDevice.State] says so. A manufacturing date at the beginning of 1996 is
// none, since that is how ipmitool 1.8.18 prints an unspecified date.
//
// # Errors
//
// The Parse functions read to the end whatever they meet, and return what they
// read together with an error that is nil or an [Errors]. It names rows and
// headings that make no sense ([ErrSyntax]), limits ([ErrLimit]), and what
// ipmitool says when a command failed as a whole ([ErrCommand]) or when there is
// no controller ([ErrNoBMC]), which are both an [ErrTool]. Text of another tool, or
// none, is [ErrFormat]. An empty event log is not an error, nor is a device
// that is not present.
//
// The text may have messages of standard error in it. Where one cuts a line of
// "fru print" in two, the line is put together again.
//
// # Versions
//
// Seen are ipmitool 1.8.18 and 1.8.19, in the C locale. The tests have the real
// tools of four Debian releases print thousands of generated FRU devices and
// sensors, from a controller made of software, and compare every value. Of the
// captures in the corpus the typed views understand every line (fru, sdr,
// sensor, mc, lan: 100 %) but one that belongs to standard error (sel: 99.94 %).
package ipmi
