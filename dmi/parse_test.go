// SPDX-License-Identifier: Apache-2.0

package dmi_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/dmi"
)

const head = "Handle 0x0011, DMI type 17, 84 bytes\n"

// device returns the one record of most tests, at the line of its Handle line.
func device(line int, title string, fields ...dmi.Field) dmi.Record {
	return dmi.Record{Handle: 0x11, Type: 17, Size: 84, Title: title, Fields: fields, Line: line}
}

// The sign ‸ in an input marks where the error is; the tests remove it.
func TestParse(t *testing.T) {
	tests := []struct {
		name string
		in   string
		want *dmi.Table
		err  error
	}{{
		name: "nothing",
		want: &dmi.Table{},
		err:  dmi.ErrFormat,
	}, {
		name: "no permission",
		in:   "# dmidecode 3.3\nScanning /dev/mem for entry point.\n‸/dev/mem: Permission denied\n",
		want: &dmi.Table{Version: "3.3", Preamble: []string{"# dmidecode 3.3", "Scanning /dev/mem for entry point.", "/dev/mem: Permission denied"}},
		err:  dmi.ErrTool,
	}, {
		name: "no SMBIOS",
		in:   "# dmidecode 3.3\n# No SMBIOS nor DMI entry point found, sorry.\n",
		want: &dmi.Table{Version: "3.3", Preamble: []string{"# dmidecode 3.3", "# No SMBIOS nor DMI entry point found, sorry."}},
	}, {
		name: "another program",
		in:   "‸sh: 1: foo: not found\nbye\n",
		want: &dmi.Table{Preamble: []string{"sh: 1: foo: not found", "bye"}},
		err:  dmi.ErrFormat,
	}, {
		name: "preamble with noise before it",
		in:   "ERROR: ld.so: object 'x' cannot be preloaded\n# dmidecode 3.2-dmifs\n\nLegacy DMI 2.0 present.\n" + head + "Memory Device\n",
		want: &dmi.Table{
			Version: "3.2-dmifs", SMBIOS: "2.0",
			Preamble: []string{"ERROR: ld.so: object 'x' cannot be preloaded", "# dmidecode 3.2-dmifs", "Legacy DMI 2.0 present."},
			Records:  []dmi.Record{device(5, "Memory Device")},
		},
	}, {
		name: "value with colons and blanks",
		in:   head + "Memory Device\n\tLocator: CPU 0: A1  \n\tEmpty:\n\tAlso empty: \n",
		want: records(device(1, "Memory Device",
			dmi.Field{Key: "Locator", Value: "CPU 0: A1  ", Line: 3},
			dmi.Field{Key: "Empty", Line: 4},
			dmi.Field{Key: "Also empty", Line: 5})),
	}, {
		name: "value and list",
		in:   head + "Memory Device\n\tItems: 2\n\t\tone\n\t\ttwo: 2\n\tNext: 1\n",
		want: records(device(1, "Memory Device",
			dmi.Field{Key: "Items", Value: "2", Items: []string{"one", "two: 2"}, Line: 3},
			dmi.Field{Key: "Next", Value: "1", Line: 6})),
	}, {
		name: "three levels",
		in:   head + "Memory Device\n\tItems:\n\t\tone\n\t\t\tdeeper\n\t\ttwo\n",
		want: records(device(1, "Memory Device",
			dmi.Field{Key: "Items", Items: []string{"one", "\tdeeper", "two"}, Line: 3})),
	}, {
		name: "masked lines",
		in:   head + "Memory Device\n\t271882FD79060B21C43F805A2DE81148  \n\t\tof a list\n\tRank: 2\n\t...\n",
		want: records(device(1, "Memory Device",
			dmi.Field{Value: "271882FD79060B21C43F805A2DE81148  ", Items: []string{"of a list"}, Line: 3},
			dmi.Field{Key: "Rank", Value: "2", Line: 5},
			dmi.Field{Value: "...", Line: 6})),
	}, {
		name: "items without a field",
		in:   head + "Memory Device\n\t\tone\n\t\ttwo\n\tRank: 2\n",
		want: records(device(1, "Memory Device",
			dmi.Field{Value: "one", Line: 3},
			dmi.Field{Value: "two", Line: 4},
			dmi.Field{Key: "Rank", Value: "2", Line: 5})),
	}, {
		name: "cut off by the table",
		in:   head + "\t<TRUNCATED>\n\n",
		want: records(device(1, "", dmi.Field{Value: "<TRUNCATED>", Line: 2})),
	}, {
		name: "bytes",
		in:   head + "\tHeader and Data:\n\t\t11 54\n\tStrings:\n\t\t41 00\n\t\tA\n",
		want: records(device(1, "",
			dmi.Field{Key: "Header and Data", Items: []string{"11 54"}, Line: 2},
			dmi.Field{Key: "Strings", Items: []string{"41 00", "A"}, Line: 4})),
	}, {
		name: "indented title",
		in:   "Handle 0x1900, DMI type 25, 9 bytes.\n\tSystem Power Controls\n\tNext Scheduled Power-on: *-* 00:00:00\n",
		want: records(dmi.Record{Handle: 0x1900, Type: 25, Size: 9, Title: "System Power Controls", Line: 1, Fields: []dmi.Field{
			{Key: "Next Scheduled Power-on", Value: "*-* 00:00:00", Line: 3},
		}}),
	}, {
		name: "complaint between Handle line and title",
		in:   head + "Invalid entry length (16). Fixed up to 11.\nMemory Device\n\tRank: 2\n",
		want: &dmi.Table{
			Records: []dmi.Record{device(1, "Memory Device", dmi.Field{Key: "Rank", Value: "2", Line: 4})},
			Notes:   []dmi.Note{{Text: "Invalid entry length (16). Fixed up to 11.", Line: 2}},
		},
	}, {
		name: "complaint after the records",
		in:   head + "Memory Device\n\nInvalid entry length (0). DMI table is broken! Stop.\n",
		want: &dmi.Table{
			Records: []dmi.Record{device(1, "Memory Device")},
			Notes:   []dmi.Note{{Text: "Invalid entry length (0). DMI table is broken! Stop.", Line: 4}},
		},
	}, {
		name: "several titles under one handle",
		in:   "Handle 0x000A, DMI type 10, 8 bytes\nOn Board Device 1 Information\n\tType: Video\nOn Board Device 2 Information\n\tType: Sound\n",
		want: records(
			dmi.Record{Handle: 10, Type: 10, Size: 8, Title: "On Board Device 1 Information", Line: 1, Fields: []dmi.Field{{Key: "Type", Value: "Video", Line: 3}}},
			dmi.Record{Handle: 10, Type: 10, Size: 8, Title: "On Board Device 2 Information", Line: 1, Fields: []dmi.Field{{Key: "Type", Value: "Sound", Line: 5}}}),
	}, {
		name: "glued lines",
		in:   "Handle 0x0001, DMI type 43, 31 bytes\nTPM Device\n\tSpecification Version: 2.0\tFirmware Revision: 7.1\n\tDescription: A\tCharacteristics:\n\t\tone\n",
		want: records(dmi.Record{Handle: 1, Type: 43, Size: 31, Title: "TPM Device", Line: 1, Fields: []dmi.Field{
			{Key: "Specification Version", Value: "2.0", Line: 3},
			{Key: "Firmware Revision", Value: "7.1", Line: 3},
			{Key: "Description", Value: "A", Line: 4},
			{Key: "Characteristics", Items: []string{"one"}, Line: 4},
		}}),
	}, {
		name: "layout until 2.6",
		in:   "Handle 0x0011\n\tDMI type 17, 84 bytes.\n\tMemory Device\n\t\tItems: 1\n\t\t\tone\nHandle 0xD200\n\tDMI type 210, 12 bytes.\nf8 03 04 \t...        \n",
		want: records(
			device(1, "Memory Device", dmi.Field{Key: "Items", Value: "1", Items: []string{"one"}, Line: 4}),
			dmi.Record{Handle: 0xD200, Type: 210, Size: 12, Line: 6, Fields: []dmi.Field{{Value: "f8 03 04 \t...        ", Line: 8}}}),
	}, {
		name: "blanks instead of tabs, carriage returns",
		in:   head + "Memory Device\r\n    Items:\r\n        one\r\n            deeper\r\n",
		want: records(device(1, "Memory Device",
			dmi.Field{Key: "Items", Items: []string{"one", "\tdeeper"}, Line: 3})),
	}, {
		name: "blank line within a record",
		in:   head + "Memory Device\n\tSignature: x\n\n\tRank: 2\n",
		want: records(device(1, "Memory Device",
			dmi.Field{Key: "Signature", Value: "x", Line: 3},
			dmi.Field{Key: "Rank", Value: "2", Line: 5})),
	}, {
		name: "unindented fields",
		in:   head + "Rank: 2\nItems:\n     one\n",
		want: records(device(1, "",
			dmi.Field{Key: "Rank", Value: "2", Line: 2},
			dmi.Field{Key: "Items", Items: []string{"one"}, Line: 3})),
	}, {
		name: "quiet",
		in:   "Memory Device\n\tRank: 2\n\nOn Board Device 1 Information\n\tType: Video\n",
		want: records(
			dmi.Record{Type: 17, Size: -1, Title: "Memory Device", Line: 1, Fields: []dmi.Field{{Key: "Rank", Value: "2", Line: 2}}},
			dmi.Record{Type: 10, Size: -1, Title: "On Board Device 1 Information", Line: 4, Fields: []dmi.Field{{Key: "Type", Value: "Video", Line: 5}}}),
	}, {
		name: "noise between the fields",
		in:   head + "Memory Device\n\tRank: 2\n‸kernel panic\n\tSet: 1\n",
		want: &dmi.Table{
			Records: []dmi.Record{device(1, "Memory Device",
				dmi.Field{Key: "Rank", Value: "2", Line: 3},
				dmi.Field{Key: "Set", Value: "1", Line: 5})},
			Notes: []dmi.Note{{Text: "kernel panic", Line: 4}},
		},
		err: dmi.ErrSyntax,
	}, {
		name: "a record under a title that nobody knows",
		in:   head + "Memory Device\n\n‸Lab Special\n\tRank: 2\nMore\n" + head + "Memory Device\n",
		want: &dmi.Table{
			Records: []dmi.Record{device(1, "Memory Device"), device(7, "Memory Device")},
			Notes:   []dmi.Note{{Text: "Lab Special", Line: 4}, {Text: "\tRank: 2", Line: 5}, {Text: "More", Line: 6}},
		},
		err: dmi.ErrSyntax,
	}, {
		name: "type out of range",
		in:   "‸Handle 0x0001, DMI type 256, 4 bytes\nTitle\n\tKey: 1\n",
		want: &dmi.Table{Notes: []dmi.Note{{Text: "Handle 0x0001, DMI type 256, 4 bytes", Line: 1}, {Text: "Title", Line: 2}, {Text: "\tKey: 1", Line: 3}}},
		err:  dmi.ErrRange,
	}, {
		name: "handle out of range, title that is known",
		in:   "‸Handle 0x10001, DMI type 17, 4 bytes\nMemory Device\n\tRank: 2\n",
		want: &dmi.Table{
			Records: []dmi.Record{{Type: 17, Size: -1, Title: "Memory Device", Line: 2, Fields: []dmi.Field{{Key: "Rank", Value: "2", Line: 3}}}},
			Notes:   []dmi.Note{{Text: "Handle 0x10001, DMI type 17, 4 bytes", Line: 1}},
		},
		err: dmi.ErrRange,
	}, {
		name: "Handle line without its second line",
		in:   head + "Memory Device\n‸Handle 0x0012\n\tRank: 2\n",
		want: &dmi.Table{
			Records: []dmi.Record{device(1, "Memory Device")},
			Notes:   []dmi.Note{{Text: "Handle 0x0012", Line: 3}, {Text: "\tRank: 2", Line: 4}},
		},
		err: dmi.ErrSyntax,
	}, {
		name: "a second run, of the same table",
		in:   head + "Memory Device\n\n‸# dmidecode 3.4\nGetting SMBIOS data from sysfs.\n\n" + head + "Memory Device\n",
		want: &dmi.Table{
			Records: []dmi.Record{device(1, "Memory Device")},
			Notes: []dmi.Note{
				{Text: "# dmidecode 3.4", Line: 4}, {Text: "Getting SMBIOS data from sysfs.", Line: 5},
				{Text: "Handle 0x0011, DMI type 17, 84 bytes", Line: 7}, {Text: "Memory Device", Line: 8},
			},
		},
		err: dmi.ErrSyntax,
	}, {
		name: "a second run, of another type",
		in:   head + "Memory Device\n\n# dmidecode 3.4\n\nHandle 0x0012, DMI type 17, 84 bytes\nMemory Device\n\n" + "Handle 0x0012, DMI type 17, 84 bytes\nMemory Device\n",
		want: &dmi.Table{
			Records: []dmi.Record{device(1, "Memory Device"), {Handle: 0x12, Type: dmi.TypeMemoryDevice, Size: 84, Title: "Memory Device", Line: 6}, {Handle: 0x12, Type: dmi.TypeMemoryDevice, Size: 84, Title: "Memory Device", Line: 9}},
			Notes:   []dmi.Note{{Text: "# dmidecode 3.4", Line: 4}},
		},
	}, {
		name: "cut off in a Handle line",
		in:   head + "Memory Device\n\n‸Handle 0x0012, DMI ty",
		want: &dmi.Table{
			Records: []dmi.Record{device(1, "Memory Device")},
		},
		err: dmi.ErrTruncated,
	}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			got, err := dmi.Parse([]byte(before + after))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Parse mismatch (-want +got):\n%s", diff)
			}
			checkPlace(t, before, err, tt.err)
		})
	}
}

func records(list ...dmi.Record) *dmi.Table { return &dmi.Table{Records: list} }

// checkPlace checks that err is want alone, and at the end of before.
func checkPlace(t *testing.T, before string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error = %v, want %v", err, want)
	}
	if want == nil {
		return
	}
	list := err.(dmi.Errors)
	line := 1 + strings.Count(before, "\n")
	column := len(before) - strings.LastIndex(before, "\n")
	if len(list) != 1 || list[0].Line != line || list[0].Column != column {
		t.Errorf("errors are %v at %d:%d, want one at %d:%d", list, list[0].Line, list[0].Column, line, column)
	}
}

// TestParseLimit checks that a report is not read without end.
func TestParseLimit(t *testing.T) {
	in := []byte(head + "Memory Device\n" + strings.Repeat("\tA: 1\n", 1<<20))
	table, err := dmi.Parse(in)
	if !errors.Is(err, dmi.ErrLimit) || len(err.(dmi.Errors)) != 1 {
		t.Errorf("error = %v, want one %v", err, dmi.ErrLimit)
	}
	if n := len(table.Records[0].Fields); n != 1<<20-2 {
		t.Errorf("%d fields, want %d", n, 1<<20-2)
	}
}

// TestParseErrors checks that errors do not grow without end.
func TestParseErrors(t *testing.T) {
	_, err := dmi.Parse([]byte(strings.Repeat("Handle 0xZZ, DMI type 1, 1 bytes\n", 1000)))
	list := err.(dmi.Errors)
	if len(list) != 257 || !errors.Is(list[256], dmi.ErrLimit) {
		t.Errorf("%d errors, the last is %v; want 256 and %v", len(list), list[len(list)-1], dmi.ErrLimit)
	}
}
