// SPDX-License-Identifier: Apache-2.0

// Package smbios makes up machines, as the SMBIOS tables that their firmware
// would leave in memory, for tests of whatever reads such tables.
//
// [New] returns the machine of a seed. Its structures have the layout and the
// codes of the specification (DSP0134 3.7), in random but valid combinations:
// one to eight sockets, up to hundreds of memory slots, versions of the
// specification from 2.1 to 3.9, structures that are shorter or longer than
// their version says, strings with blanks, colons and bytes that are not ASCII,
// and the texts that firmware leaves in place of a serial number.
//
// [Table.Dump] is the machine as "dmidecode --from-dump" reads it, and
// [Machine.Truth] what a parser of dmidecode's output should make of it, in the
// terms of package dmi. The truth comes from the structures and not from any
// output. It depends on the version of dmidecode only where one does not print a
// field; the places that do are those that mention a [Tool]:
//
//   - 3.3 does not know the wide speeds of memory, the generation, pitch and
//     height of slots, ARM64 SoC IDs, or type 45; it prints empty memory slots
//     in full
//   - until 3.4 the threads enabled, PMIC0 and RCD, and the second version of
//     the network devices of type 42 are not printed, and the newer
//     characteristics of a slot not without one of the older
//   - 3.7 prints the rack units of SMBIOS 3.9, the SKU of a chassis only from
//     SMBIOS 2.7 on, the ID of more kinds of slot, and the two kinds of EDSFF
//   - each version knows more codes than the one before: "@3.6" in the tables
//   - all versions print the bits 8 and 9 of a processor's characteristics only
//     beside one of the lower ones, read the devices of a memory channel in the
//     place of the next, and cut sizes to two units
//
// [NewHostile] returns dumps that break the rules.
package smbios
