// SPDX-License-Identifier: Apache-2.0

// Package dmi parses the output of dmidecode, the tool that prints the SMBIOS
// table in which firmware describes a machine: its board, processors, memory
// slots, expansion slots, power supplies and the firmware itself.
//
// # Two layers
//
// [Parse] gives a [Table] of [Record]s, the record layer. It keeps everything
// that was printed, in order, as text and with its line: structures that the
// package knows nothing of, several titles under one handle, lines without a
// key, lists three levels deep, and the complaints of dmidecode among the
// records ([Table.Notes]). [Table.Format] is its inverse.
//
// On top of it there are typed views, made when they are asked for:
//
//	table, err := dmi.Parse(out)
//	devices, err := table.MemoryDevices()
//	for _, d := range devices {
//		fmt.Println(d.Locator, d.Present, d.SizeBytes, d.Manufacturer)
//	}
//
// There is a view for every type that dmidecode 3.7 decodes: 0 to 43 and 45.
// An accessor in the singular, such as [Table.System], returns the first
// record of a type of which a machine has one, or nil; the others return all
// records of a type, in the order printed. A view has the [View.Record] it was
// read from. Records that dmidecode printed as bytes only have no views.
//
// Handles tie structures together: [MemoryDevice.Array] finds the array of a
// memory slot, [Processor.Caches] the caches of a processor, [SlotAt] the slot
// that holds a PCI device, and [Table.ByHandle] any record.
//
// # What is absent
//
// What firmware or dmidecode does not say is absent from the views: "" for
// text, 0 where zero cannot occur, nil where zero is a reading. That includes
// the placeholders that fill fields in practice, such as "Not Specified", "To
// Be Filled By O.E.M." and "0123456789" ([IsPlaceholder]), UUIDs that many
// boards share ([IsPlaceholderUUID]), and bus addresses that are none
// ([ParseBusAddress]). The record layer still has them.
//
// Numbers are whole and have their unit in the name. Sizes are in bytes;
// dmidecode counts in powers of 1024 whether it prints kB, KB or KiB.
//
// Words of the specification are spelled as dmidecode 3.7 does, whatever the
// version at hand, so that "Disabled By BIOS" is "Disabled by firmware".
// Makers of memory modules that firmware prints as a code, in one of the
// dialects of [ParseJEDECID], get their name.
//
// # Errors
//
// Every function returns what it could read together with what it could not:
// the error is nil or an [Errors], a list of [ParseError]s with line and
// column. One defect gives one error and reading goes on after it. An unknown
// key is data, not an error. The columns of errors in values are those of
// dmidecode's own layout, also if a capture was indented anew. A machine
// without SMBIOS ("# No SMBIOS nor DMI entry point found, sorry.") is a table
// without records.
//
// Any bytes may be given to Parse: it does not panic, takes time in proportion
// to their number, and reads up to a million lines.
//
// # Versions
//
// The layouts of dmidecode 2.0 to 3.7 are known, with -q and -u too; FORMAT.md
// lists how they differ. Over 396 captures of dmidecode 2.0 to 3.6 from
// 14 public sources the views understand 99.99 % of the lines "Key: Value" of
// the types they cover, and one line in one file is an error.
package dmi
