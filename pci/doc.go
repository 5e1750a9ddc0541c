// SPDX-License-Identifier: Apache-2.0

// Package pci reads what lspci and the Linux kernel say about the PCI devices
// of a machine.
//
// [Parse] reads the machine-readable output of lspci: -vmm or -vm, with any of
// -n, -nn, -k and -D. What lspci -vmm does not print, such as links and parents,
// another source may add: [Merge] joins several into one [List]. Package names,
// below this one, looks numbers up in pci.ids where lspci did not.
//
// # Two layers
//
// A [Device] is a typed view. The lines that lspci printed for it are its
// Fields, in order and with line numbers, whether or not the view knows their
// tags; lines that belong to no device are in the list's Stray. [List.Format]
// writes them back.
//
// lspci prints a number, its name, or both, as one text. A [Name] keeps them
// apart: brackets that are part of a name stay in it, and "Device 1234", which
// is what lspci says of a number without a name, is a number without a name.
//
// # Absent values
//
// Text that is not there is "". That is so for Revision and ProgIf too, where
// lspci leaves out 00 (before 3.8 for ProgIf). NUMANode is a pointer, as node 0
// is a node; IOMMUGroup is text, as group 0 is a group. A link's speed or width
// of 0 is unknown: the kernel's "Unknown", 0, 63 and 255 lanes all mean that.
//
// # Errors
//
// Every function returns what it could read together with an [Errors], which
// lists each place that made no sense. A value that is wrong is absent; the device around it stays.
// Messages of lspci and of other programs around the output are not errors.
// [ErrFormat] means that the text is something else, such as lspci -v;
// [ErrTool] that it holds only lspci's complaint.
//
// # Versions
//
// Seen: pciutils 3.7, 3.9, 3.13 and 3.15, each with 2,000 generated machines
// that must come out as they went in; output of other versions in a corpus of
// real captures, where 99.9 % of the keys have a typed value (the rest is one
// line that a transcript mangled). What differs between versions is in
// FORMAT.md.
package pci
