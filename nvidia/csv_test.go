// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// In each input, the sign ‸ marks where the error is; it is removed.
func TestParseCSVErrors(t *testing.T) {
	tests := []struct {
		name, in string
		err      error
		path     string
	}{
		{"unit", "index, fan.speed [%]\n0, ‸3 rpm\n", ErrUnit, "fan.speed"},
		{"indented", "index, fan.speed [%]\n  0, ‸fast\n", ErrSyntax, "fan.speed"},
		{"flag", "mig.mode.current, index\n‸Maybe, 0\n", ErrSyntax, "mig.mode.current"},
		{"too few values", "index, name, uuid\n‸0, x\n", ErrSyntax, ""},
		{"too many values", "index, uuid\n‸0, 1, 2\n", ErrSyntax, ""},
		{"cause", "retired_pages.address, retired_pages.cause\n0x1, ‸Bad Luck\n", ErrSyntax, "retired_pages.cause"},
		{"no header", "‸0, GPU-1, Tesla T4 of mine: yes\n", ErrFormat, ""},
		{"no driver", "‸Failed to initialize NVML: Driver/library version mismatch\n", ErrMismatch, ""},
		{"columns", strings.Repeat("c, ", maxColumns) + "‸c\n0\n", ErrLimit, ""},
		{"rows", "pid\n" + strings.Repeat("1\n", maxRows) + "‸1\n1\n", ErrLimit, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			table, log, err := parseTable([]byte(before + after))
			if table == nil || log == nil {
				t.Fatal("no table or no log")
			}
			list := asErrors(err)
			if len(list) == 0 {
				t.Fatal("no error")
			}
			if tt.name != "columns" { // what is cut off has no column of its own
				checkPlace(t, list, tt.err, before)
			}
			if tt.path != "" && list[0].Path != tt.path {
				t.Errorf("path %q, want %q", list[0].Path, tt.path)
			}
		})
	}
}

// asErrors gathers the errors of both layers.
func asErrors(err error) Errors {
	var list Errors
	if both, ok := err.(interface{ Unwrap() []error }); ok {
		for _, err := range both.Unwrap() {
			if e, ok := err.(*ParseError); ok {
				list = append(list, e)
			} else {
				list = append(list, asErrors(err)...)
			}
		}
	}
	return list
}

// TestParseCSVNoHeader names the columns that noheader leaves out.
func TestParseCSVNoHeader(t *testing.T) {
	with, err := ParseCSV([]byte("index, memory.used [MiB], power.draw [W]\n0, 4 MiB, 71.32 W\n"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := with.Log()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range []string{"0, 4 MiB, 71.32 W\n", "0, 4, 71.32\n"} {
		table, err := ParseCSV([]byte(in), "index", "memory.used", "power.draw")
		if err != nil {
			t.Fatal(err)
		}
		got, err := table.Log()
		if diff := cmp.Diff(typed(t, want), typed(t, got)); diff != "" || err != nil {
			t.Errorf("%q: error %v, mismatch:\n%s", in, err, diff)
		}
	}
}

// TestNoUnits gives the same log with and without units.
func TestNoUnits(t *testing.T) {
	inputs := fixtures(t, "csv")
	_, with, err := parseTable(inputs["csv-gpus"])
	if err != nil {
		t.Fatal(err)
	}
	_, without, err := parseTable(inputs["csv-nounits"])
	if err != nil {
		t.Fatal(err)
	}
	with.Notes, with.Unreadable = nil, nil
	if diff := cmp.Diff(typed(t, with), typed(t, without)); diff != "" {
		t.Errorf("units matter (-with +without):\n%s", diff)
	}
}

func TestTableValue(t *testing.T) {
	table, err := ParseCSV([]byte("index, count, warp.factor [c]\n0, 1, 9 c\n1, 1\n"))
	if err == nil {
		t.Error("no error for a row that is cut")
	}
	if got := table.Value(0, "warp.factor"); got != "9 c" {
		t.Errorf("value %q, want 9 c", got)
	}
	if got := table.Value(1, "warp.factor") + table.Value(0, "x"); got != "" {
		t.Errorf("value %q where there is none", got)
	}
	if diff := cmp.Diff([]Column{{"warp.factor", "c"}}, table.Unknown()); diff != "" {
		t.Errorf("unknown columns (-want +got):\n%s", diff)
	}
}

// TestFormat prints each table and reads it again.
func TestFormat(t *testing.T) {
	for name, data := range fixtures(t, "csv") {
		table, _ := ParseCSV(data)
		again, _ := ParseCSV(table.Format())
		if !bytes.Equal(table.Format(), again.Format()) {
			t.Errorf("%s: Format is not a fixed point", name)
		}
		for i := range table.Rows {
			if diff := cmp.Diff(table.Rows[i].Values, again.Rows[i].Values); diff != "" {
				t.Errorf("%s: row %d (-parsed +printed):\n%s", name, i, diff)
			}
		}
		if table.Notes == nil && !bytes.Equal(table.Format(), data) {
			t.Errorf("%s: Format does not give the input back", name)
		}
	}
}
