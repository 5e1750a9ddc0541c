// SPDX-License-Identifier: Apache-2.0

package mstflint

import (
	"errors"
	"strings"
	"testing"
)

// The sign ‸ in an input marks where the error is; the tests remove it.
func TestErrors(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		err      error
	}{
		{"nothing", "‸", ErrFormat},
		{"another tool", "\n  ‸driver: mlx5_core\nDescription: x\n", ErrFormat},
		{"the tool failed", "noise\n‸-E- Cannot open Device: 3b:00.0. No such file or directory\n", ErrTool},
		{"the tool failed half way", "Image type: FS4\n ‸-E- ICMD bad parameter given\n-E- again\n", ErrTool},
		{"no key", "Image type: FS4\n ‸hello\nPSID: MT_1\n", ErrSyntax},
		{"an option ROM out of place", "Image type: FS4\n   ‸type=PXE\n", ErrSyntax},
		{"a date", "FW Release Date:  ‸31.2.2022\n", ErrSyntax},
		{"a GUID", "Base GUID:   ‸0002c9       8\n", ErrSyntax},
		{"a MAC in a GUID's place", "Base GUID:   ‸0c42a1005e10 8\n", ErrSyntax},
		{"a count", "Base MAC:   ‸0c42a1005e10 many\n", ErrSyntax},
		{"five GUIDs", "GUIDs: ‸1 2 3 4 5\n", ErrSyntax},
		{"the query of another card", "Image type: FS4\nFW Version: 22.35.1012\n‸Image type: FS3\nFW Version: 14.32.1010\nPSID: MT_2\nBase GUID: 0c42a10300005e10 8\n", ErrSyntax},
		{"a step", "Base MAC1:   ‸0c42a1005e10 8 x\n", ErrSyntax},
		{"a MAC of odd digits", "MACs: ‸0c42a1005e1x 0c42a1005e11\n", ErrSyntax},
		{"too many lines", "Image type: FS4\n" + strings.Repeat("\n", maxLines-1) + "‸\n", ErrLimit},
		{"cut off", "Image type: FS4\n‸FW Version: 22.3", ErrTruncated},
		{"cut off at once", "‸-E- Cannot open", ErrTool},
		{"cut off before its words", "‸Image", ErrFormat},
		{"cut off in the first line", "‸Image type: FS4", ErrTruncated},
		{"a number", "Image type: FS2\nDevice ID: ‸x\n", ErrSyntax},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			_, err := Parse([]byte(before + after))
			list, ok := err.(Errors)
			if !ok || len(list) != 1 || !errors.Is(err, tt.err) {
				t.Fatalf("error = %v, want one %v", err, tt.err)
			}
			line := 1 + strings.Count(before, "\n")
			column := len(before) - strings.LastIndex(before, "\n")
			if _, gotLine, gotColumn, _ := list[0].Place(); gotLine != line || gotColumn != column {
				t.Errorf("error at %d:%d, want %d:%d", gotLine, gotColumn, line, column)
			}
			if first, _, _ := strings.Cut(after, "\n"); list[0].Text != first {
				t.Errorf("text = %q, want %q", list[0].Text, first)
			}
		})
	}
}

// TestOldTable reads the three columns and the two of each kind that the first
// versions for ConnectX-4 printed.
func TestOldTable(t *testing.T) {
	query, err := Parse([]byte("Image type:      FS3\n" +
		"Description:     UID                GuidsNumber  Step\n" +
		"Base GUID1:      0002c90300005e10        8        1\n" +
		"Orig Base GUID2: 0002c90300005e18        8        1\n" +
		"Base MAC1:       0002c9005e10            8        1\n"))
	if err != nil || len(query.UIDs) != 3 || query.Description != "" {
		t.Fatalf("%+v, %v", query, err)
	}
	if u := query.UIDs[1]; u.Name != "orig_base_2" || u.Kind != "guid" || *u.Count != 8 || *u.Step != 1 {
		t.Errorf("second row is %+v", u)
	}
	if query.BaseMAC() != "00:02:c9:00:5e:10" || query.BaseGUID() != "0002c90300005e10" {
		t.Errorf("base %s, %s", query.BaseGUID(), query.BaseMAC())
	}
}

// TestTwoCards: what two cards say does not mix.
func TestTwoCards(t *testing.T) {
	query, err := Parse([]byte("Image type: FS4\nFW Version: 22.35.1012\nImage type: FS3\nFW Version: 14.32.1010\nPSID: MT_2\nRom Info: type=PXE version=3.6.804\n          type=UEFI version=14.28.15\n"))
	if err == nil || query.Firmware != "22.35.1012" || query.PSID != "" || query.ROMs != nil || len(query.Unknown) != 5 {
		t.Errorf("%+v, %v", query, err)
	}
}

// TestAbsent: a placeholder is no value and no error, of whatever type, and what
// no field takes is kept.
func TestAbsent(t *testing.T) {
	query, err := Parse([]byte("Image type: FS4\nFW Release Date: N/A\nSecurity Ver: N/A\nBase GUID:\nOrig PSID: MT_0000000001\nOdd: 1\n"))
	if err != nil || query.ReleaseDate != "" || query.SecurityVersion != nil || query.UIDs != nil || query.OriginalPSID != "MT_0000000001" || len(query.Unknown) != 1 {
		t.Errorf("%+v, %v", query, err)
	}
}

// TestErrorsAreFew: a flood of defects gives a short list, each on a short line.
func TestErrorsAreFew(t *testing.T) {
	_, err := Parse([]byte("Image type: FS4\n" + strings.Repeat("Security Ver: \x1b"+strings.Repeat("ä", 80)+"\n", 5000)))
	list, _ := err.(Errors)
	if len(list) != maxErrors+1 || !errors.Is(list[maxErrors], ErrLimit) || !strings.HasSuffix(err.Error(), "(and 256 more)") {
		t.Fatalf("%d errors: %v", len(list), err)
	}
	if want := " " + strings.Repeat("ä", 39) + "…"; list[0].Text != want {
		t.Errorf("text %q, want %q", list[0].Text, want)
	}
}

func TestWarningsAreNoErrors(t *testing.T) {
	query, err := Parse([]byte("-W- Running quick query - Skipping full image integrity checks.\nPSID: MT_1090120019\n"))
	if err != nil || len(query.Warnings) != 1 || query.PSID != "MT_1090120019" {
		t.Errorf("%+v, %v", query, err)
	}
}
