// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/ipmi"
)

// checkPlace compares the place of the first error in err with the sign ‸ in
// the input that was cut into before and after.
func checkPlace(t *testing.T, before string, err error) {
	t.Helper()
	perr, ok := errors.AsType[*ipmi.ParseError](err)
	if !ok {
		return
	}
	line := 1 + strings.Count(before, "\n")
	column := len(before) - strings.LastIndex(before, "\n")
	if perr.Line != line || perr.Column != column {
		t.Errorf("error at %d:%d, want %d:%d", perr.Line, perr.Column, line, column)
	}
}

// The sign ‸ in an input marks where the error is; the tests remove it.
func TestParseFRU(t *testing.T) {
	tests := []struct {
		name string
		in   string
		want *ipmi.FRU
		err  error
	}{{
		name: "nothing",
		err:  ipmi.ErrFormat,
		want: &ipmi.FRU{},
	}, {
		name: "a device with a value that has colons and ends in blanks",
		in:   "FRU Device Description : PS1 FRU (ID 1)\n Board Product         : PSU: 12 V  \n\n",
		want: &ipmi.FRU{Records: []ipmi.FRURecord{{Name: "PS1 FRU", ID: 1, Line: 1, Fields: []ipmi.Field{
			{Key: "Board Product", Value: "PSU: 12 V  ", Indent: 1, Line: 2},
		}}}},
	}, {
		name: "carriage returns, no end of the last line",
		in:   "FRU Device Description : A (ID 255)\r\n Board Mfg             : B\r\r\n\r\n Board Extra :C\n‸ Board Extra : CU",
		want: &ipmi.FRU{Records: []ipmi.FRURecord{{Name: "A", ID: 255, Line: 1, Fields: []ipmi.Field{
			{Key: "Board Mfg", Value: "B", Indent: 1, Line: 2}, {Key: "Board Extra", Value: "C", Indent: 1, Line: 4},
		}}}},
		err: ipmi.ErrTruncated,
	}, {
		name: "fru print ID has no heading",
		in:   "warning\n Product Name          : X\n",
		want: &ipmi.FRU{Preamble: []string{"warning"}, Records: []ipmi.FRURecord{{ID: -1, Headless: true, Line: 2, Fields: []ipmi.Field{
			{Key: "Product Name", Value: "X", Indent: 1, Line: 2},
		}}}},
	}, {
		name: "a multi-record and a message without a key",
		in:   "FRU Device Description :\n DC Load Record\n  Output Number              : 3\n : odd\n",
		want: &ipmi.FRU{Records: []ipmi.FRURecord{{ID: -1, Line: 1, Fields: []ipmi.Field{
			{Value: "DC Load Record", Indent: 1, Line: 2}, {Key: "Output Number", Value: "3", Indent: 2, Line: 3}, {Value: ": odd", Indent: 1, Line: 4},
		}}}},
	}, {
		name: "a message cuts a line in two",
		in:   "FRU Device Description : A (ID 1)\n Board SerFRU Read failed: Timeout\nial          : S1\n",
		want: &ipmi.FRU{Preamble: []string{"FRU Read failed: Timeout"}, Records: []ipmi.FRURecord{{Name: "A", ID: 1, Line: 1, Fields: []ipmi.Field{
			{Key: "Board Serial", Value: "S1", Indent: 1, Line: 3},
		}}}},
	}, {
		name: "a heading with an ID that is none",
		in:   "FRU Device Description : A ‸(ID 65536)\n",
		want: &ipmi.FRU{Records: []ipmi.FRURecord{{Name: "A (ID 65536)", ID: -1, Line: 1}}},
		err:  ipmi.ErrSyntax,
	}, {
		name: "no device file",
		in:   "‸Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: No such file or directory\n",
		want: &ipmi.FRU{Preamble: []string{"Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: No such file or directory"}},
		err:  ipmi.ErrNoBMC,
	}, {
		name: "the controller does not answer",
		in:   "FRU Device Description : Builtin FRU Device (ID 0)\n‸Get Device ID command failed\n",
		want: &ipmi.FRU{Records: []ipmi.FRURecord{{Name: "Builtin FRU Device", Line: 1, Fields: []ipmi.Field{{Value: "Get Device ID command failed", Line: 2}}}}},
		err:  ipmi.ErrCommand,
	}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			got, err := ipmi.ParseFRU([]byte(before + after))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("ParseFRU mismatch (-want +got):\n%s", diff)
			}
			if !errors.Is(err, tt.err) {
				t.Fatalf("ParseFRU error = %v, want %v", err, tt.err)
			}
			checkPlace(t, before, err)
		})
	}
}

func TestParseSDR(t *testing.T) {
	row := func(layout ipmi.SDRLayout, line int, cells ...string) ipmi.SDRRecord {
		return ipmi.SDRRecord{Layout: layout, Cells: cells, Line: line}
	}
	tests := []struct {
		name string
		in   string
		want *ipmi.SDR
		err  error
	}{{
		name: "each kind of row",
		in: "FAN1             | 5400 RPM          | ok\r\n" +
			"PS1 Status       | 05h | ok  | 10.1 | \n" +
			"P12V             | 12.060     | Volts      | ok    | na        | na        | na        | na        | na        | na        \n" +
			"FAN1,5400,RPM,ok\nCPU2,,,ns\nPS1 Status,05h,ok,10.1,Presence detected, Config Error\nA,B,06h,ns,10.2,No Reading\n" +
			"P12V,12.060,Volts,ok,na,na,na,na,na,na\n",
		want: &ipmi.SDR{Records: []ipmi.SDRRecord{
			row(ipmi.SDRList, 1, "FAN1", "5400 RPM", "ok"),
			row(ipmi.SDRElist, 2, "PS1 Status", "05h", "ok", "10.1", ""),
			row(ipmi.SDRSensor, 3, "P12V", "12.060", "Volts", "ok", "na", "na", "na", "na", "na", "na"),
			row(ipmi.SDRListCSV, 4, "FAN1", "5400", "RPM", "ok"),
			row(ipmi.SDRListCSV, 5, "CPU2", "", "", "ns"),
			row(ipmi.SDRElistCSV, 6, "PS1 Status", "05h", "ok", "10.1", "Presence detected, Config Error"),
			row(ipmi.SDRElistCSV, 7, "A,B", "06h", "ns", "10.2", "No Reading"),
			row(ipmi.SDRSensorCSV, 8, "P12V", "12.060", "Volts", "ok", "na", "na", "na", "na", "na", "na"),
		}},
	}, {
		name: "a block and a message after it",
		in:   "noise\nSensor ID              : FAN1 (0x3)\n Entity ID             : 29.1 (Fan Device)\n\nlast words\n",
		want: &ipmi.SDR{Preamble: []string{"noise"}, Records: []ipmi.SDRRecord{
			{Layout: ipmi.SDRVerbose, Line: 2, Fields: []ipmi.Field{
				{Key: "Sensor ID", Value: "FAN1 (0x3)", Line: 2}, {Key: "Entity ID", Value: "29.1 (Fan Device)", Indent: 1, Line: 3},
			}},
			row(ipmi.SDRText, 5, "last words"),
		}},
	}, {
		name: "a row that is cut",
		in:   "FAN1             | 03h | ok  | 29.1 | 0 RPM\n‸FAN2             | 04h \n",
		want: &ipmi.SDR{Records: []ipmi.SDRRecord{
			row(ipmi.SDRElist, 1, "FAN1", "03h", "ok", "29.1", "0 RPM"), row(ipmi.SDRText, 2, "FAN2             | 04h "),
		}},
		err: ipmi.ErrSyntax,
	}, {
		name: "the repository cannot be read",
		in:   "‸Unable to open SDR for reading\n",
		want: &ipmi.SDR{Preamble: []string{"Unable to open SDR for reading"}},
		err:  ipmi.ErrCommand,
	}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			got, err := ipmi.ParseSDR([]byte(before + after))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("ParseSDR mismatch (-want +got):\n%s", diff)
			}
			if !errors.Is(err, tt.err) {
				t.Fatalf("ParseSDR error = %v, want %v", err, tt.err)
			}
			checkPlace(t, before, err)
		})
	}
}

// Any number of errors is cut to a list that says so.
func TestErrorLimit(t *testing.T) {
	_, err := ipmi.ParseSDR([]byte(strings.Repeat("a |\n", 1000)))
	var list ipmi.Errors
	if !errors.As(err, &list) || len(list) != 257 || !errors.Is(list[256], ipmi.ErrLimit) {
		t.Errorf("%d errors, the last %v; want 257 with ErrLimit", len(list), list[len(list)-1])
	}
}

// More records than any controller has are refused, and the rest is kept.
func TestRecordLimit(t *testing.T) {
	const limit = 1 << 16
	many := func(line string) []byte { return []byte(strings.Repeat(line, limit+2)) }
	f, ferr := ipmi.ParseFRU(many("FRU Device Description : X (ID 1)\n Board Mfg : A\n"))
	s, serr := ipmi.ParseSDR(many("FAN1 | 1 RPM | ok\n"))
	l, lerr := ipmi.ParseSEL(many("1 | OEM record c0\n"))
	for name, got := range map[string]struct {
		n   int
		err error
	}{"FRU": {len(f.Records), ferr}, "SDR": {len(s.Records), serr}, "SEL": {len(l.Records), lerr}} {
		if got.n != limit || !errors.Is(got.err, ipmi.ErrLimit) {
			t.Errorf("%s: %d records, error %v; want %d and ErrLimit", name, got.n, got.err, limit)
		}
	}
}
