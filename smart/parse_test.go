// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The sign ‸ in an input marks where the error is; the tests remove it.
func TestParse(t *testing.T) {
	tests := []struct {
		name, in string
		want     *Device
		path     string
		err      error
	}{{
		name: "noise before",
		in:   "  Pending defect count: 0 Pending Defects\n{\"model_name\":\"X\"}",
		want: &Device{Preamble: "Pending defect count: 0 Pending Defects", ModelName: "X"},
	}, {
		name: "SCSI before 7.3",
		in:   `{"vendor":"SEAGATE","product":"ST1","revision":"N004","serial_number":"S1"}`,
		want: &Device{ModelName: "SEAGATE ST1", Vendor: "SEAGATE", Product: "ST1", FirmwareVersion: "N004", SerialNumber: "S1"},
	}, {
		name: "SCSI of 7.3",
		in:   `{"scsi_vendor":"SEAGATE","scsi_product":"ST1","scsi_model_name":"SEAGATE ST1","scsi_revision":"N004","scsi_temperature":{"drive_trip":60}}`,
		want: &Device{ModelName: "SEAGATE ST1", Vendor: "SEAGATE", Product: "ST1", FirmwareVersion: "N004", Temperature: Temperature{TripCelsius: new(int64(60))}},
	}, {
		name: "temperature of a SAS drive only in the environmental report",
		in:   `{"temperature":{"current":0},"scsi_environmental_reports":{"temperature_1":{"parameter_code":0,"current":34}}}`,
		want: &Device{Temperature: Temperature{CurrentCelsius: new(int64(34))}, SCSI: &SCSI{Environment: []EnvReading{{Name: "temperature_1", Current: new(int64(34))}}}},
	}, {
		name: "a drive at 0 °C",
		in:   `{"temperature":{"current":0}}`,
		want: &Device{Temperature: Temperature{CurrentCelsius: new(int64(0))}},
	}, {
		name: "parts of a world wide name with leading zeros",
		in:   `{"wwn":{"naa":5,"oui":3152,"id":1}}`,
		want: &Device{WWN: "5000c50000000001"},
	}, {
		name: "logical unit ID that is no number",
		in:   `{"logical_unit_id":"naa.x"}`,
		want: &Device{SCSI: &SCSI{LogicalUnitID: "naa.x"}},
	}, {
		name: "no namespace",
		in:   `{"nvme_total_capacity":960197124096}`,
		want: &Device{CapacityBytes: 960197124096, NVMe: &NVMe{TotalCapacityBytes: &Uint128{Lo: 960197124096}}},
	}, {
		name: "counter of more than 64 bits",
		in:   `{"nvme_unallocated_capacity":18446744073709551616,"nvme_unallocated_capacity_s":"18446744073709551616","nvme_unallocated_capacity_le":[0,0,0,0,0,0,0,0,1]}`,
		want: &Device{NVMe: &NVMe{UnallocatedBytes: &Uint128{Hi: 1}}},
	}, {
		name: "null is absent",
		in:   `{"model_name":null,"rotation_rate":null,"temperature":null,"smart_status":{"passed":null}}`,
		want: &Device{},
	}, {
		name: "the last of two members wins",
		in:   `{"model_name":"X","rotation_rate":1,"rotation_rate":2,"model_name":"Y"}`,
		want: &Device{ModelName: "Y", RotationRPM: new(int64(2))},
	}, {
		name: "unknown members",
		in:   `{"model_name":"X","new":{"a":[1,2]},"temperature":{"current":20,"new.key":"y"}}`,
		want: &Device{
			ModelName: "X", Temperature: Temperature{CurrentCelsius: new(int64(20))},
			Extra: map[string]json.RawMessage{"new": []byte(`{"a":[1,2]}`), `temperature.new\.key`: []byte(`"y"`)},
		},
	}, {
		name: "wrong type",
		in:   `{"model_name":"X","temperature":{"current":‸"hot","drive_trip":60}}`,
		want: &Device{
			ModelName: "X", Temperature: Temperature{TripCelsius: new(int64(60))},
			Extra: map[string]json.RawMessage{"temperature.current": []byte(`"hot"`)},
		},
		path: "temperature.current",
		err:  ErrType,
	}, {
		name: "number in quotes",
		in:   `{"power_cycle_count":‸"12"}`,
		want: &Device{Extra: map[string]json.RawMessage{"power_cycle_count": []byte(`"12"`)}},
		path: "power_cycle_count",
		err:  ErrType,
	}, {
		name: "object where a list belongs",
		in:   `{"ata_smart_attributes":{"table":‸{}}}`,
		want: &Device{
			ATA:   &ATA{Attributes: []Attribute{}},
			Extra: map[string]json.RawMessage{"ata_smart_attributes.table": []byte(`{}`)},
		},
		path: "ata_smart_attributes.table",
		err:  ErrType,
	}, {
		name: "number out of range",
		in:   "{\"ata_smart_attributes\":{\"table\":[\n{\"id\":‸300,\"raw\":{\"value\":1}}]}}",
		want: &Device{
			ATA:   &ATA{Attributes: []Attribute{{Raw: 1}}},
			Extra: map[string]json.RawMessage{"ata_smart_attributes.table.0.id": []byte(`300`)},
		},
		path: "ata_smart_attributes.table.0.id",
		err:  ErrRange,
	}, {
		name: "raw value of 2^64",
		in:   `{"ata_smart_attributes":{"table":[{"id":1},{"id":2,"raw":{"value":‸18446744073709551616}}]}}`,
		want: &Device{
			ATA:   &ATA{Attributes: []Attribute{{ID: 1}, {ID: 2}}},
			Extra: map[string]json.RawMessage{"ata_smart_attributes.table.1.raw.value": []byte(`18446744073709551616`)},
		},
		path: "ata_smart_attributes.table.1.raw.value",
		err:  ErrRange,
	}, {
		name: "cut",
		in:   `{"model_name":"X","ata_smart_attributes":{"table":[{"id":5,"name":"Realloc‸`,
		want: &Device{ModelName: "X", ATA: &ATA{Attributes: []Attribute{{ID: 5}}}},
		path: "ata_smart_attributes.table.0.name",
		err:  ErrSyntax,
	}, {
		name: "smartctl before 7.0",
		in:   "smartctl 6.6 2017-11-05 r4594\n\n=======> UNRECOGNIZED OPTION: j\n",
		want: &Device{},
		err:  ErrNoJSON,
	}, {
		name: "CRLF",
		in:   "{\r\n\"model_name\":\"X\",\r\n\"temperature\":‸5\r\n}\r\n",
		want: &Device{ModelName: "X", Extra: map[string]json.RawMessage{"temperature": []byte(`5`)}},
		path: "temperature",
		err:  ErrType,
	}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, marked := strings.Cut(tt.in, "‸")
			got, err := Parse([]byte(before + after))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Parse mismatch (-want +got):\n%s", diff)
			}
			if !errors.Is(err, tt.err) {
				t.Fatalf("Parse error = %v, want %v", err, tt.err)
			}
			checkPlace(t, err, before, tt.path, marked)
		})
	}
}

// checkPlace compares the place of a single error.
func checkPlace(t *testing.T, err error, before, path string, marked bool) {
	t.Helper()
	if err == nil {
		return
	}
	var list Errors
	if !errors.As(err, &list) || len(list) != 1 {
		t.Fatalf("%d errors, want 1: %v", len(list), err)
	}
	perr := list[0]
	line, column := 1+strings.Count(before, "\n"), len(before)-strings.LastIndex(before, "\n")
	if marked && (perr.Line != line || perr.Column != column) || perr.Path != path {
		t.Errorf("error at %d:%d, path %q; want %d:%d, %q", perr.Line, perr.Column, perr.Path, line, column, path)
	}
}

// TestTruncated cuts a document at each byte: there is at most one error, and
// what was read before does not change.
func TestTruncated(t *testing.T) {
	input := read(t, "testdata/sas-failing/input")
	whole, err := Parse(input)
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(input) - 3 {
		dev, err := Parse(input[:n])
		if list := Errors(nil); !errors.As(err, &list) || len(list) != 1 {
			t.Fatalf("cut at %d: error %v, want one", n, err)
		}
		if dev.ModelName != "" && dev.ModelName != whole.ModelName || dev.SerialNumber != "" && dev.SerialNumber != whole.SerialNumber {
			t.Fatalf("cut at %d: %s %s", n, dev.ModelName, dev.SerialNumber)
		}
		if dev.SCSI != nil && len(dev.SCSI.Ports) > 1 && dev.Passed == nil {
			t.Fatalf("cut at %d: what stands before is lost", n)
		}
	}
}

// TestHostile: whatever the input, time is linear and memory a small multiple.
func TestHostile(t *testing.T) {
	const n = 1 << 20
	attributes := func(s string) string { return `{"ata_smart_attributes":{"table":[` + s + `]}}` }
	tests := []struct {
		name, in string
		limit    string // the function that refuses it
	}{
		{"a million empty objects", attributes(strings.Repeat("{},", n) + "{}"), "Parse"},
		{"a million attributes", attributes(strings.Repeat(`{"id":1,"name":"x","value":100,"worst":100,"thresh":0},`, n/8) + "{}"), ""},
		{"deep arrays", strings.Repeat("[", 10*n), "Parse"},
		{"deep objects", strings.Repeat(`{"a":`, n), "Parse"},
		{"deep unknown member", `{"new":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`, "Parse"},
		{"a long text", `{"model_name":"` + strings.Repeat("x", 10*n) + `"}`, ""},
		{"a long text with escapes", `{"model_name":"` + strings.Repeat(`\u00e4`, 2*n) + `"}`, ""},
		{"a long number", `{"rotation_rate":` + strings.Repeat("9", 10*n) + `}`, ""},
		{"a million unknown members", `{` + strings.Repeat(`"a":{},`, n) + `"b":1}`, "Parse"},
		{"a million wrong types", attributes(strings.Repeat(`1,`, n) + "1"), "Parse"},
		{"a million brackets in text", strings.Repeat("{ x ", n), ""},
		{"a million namespaces", `{"nvme_namespaces":[` + strings.Repeat("{},", n) + `{}]}`, "Parse"},
		{"a million devices", `{"blockdevices":[` + strings.Repeat("{},", n) + `{}]}`, "ParseLsblk"},
		{"a device again and again", `{"blockdevices":[` + strings.Repeat(`{"name":"sda","children":[{"name":"sdb"}]},`, n/8) + `{}]}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for name, parse := range map[string]func([]byte) error{
				"Parse":      func(b []byte) error { _, err := Parse(b); return err },
				"ParseScan":  func(b []byte) error { _, err := ParseScan(b); return err },
				"ParseLsblk": func(b []byte) error { _, err := ParseLsblk(b); return err },
			} {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				start := time.Now()
				err := parse([]byte(tt.in))
				took := time.Since(start)
				runtime.ReadMemStats(&after)
				allocated := int(after.TotalAlloc - before.TotalAlloc)
				if allocated > 40<<20+20*len(tt.in) {
					t.Errorf("%s: %d bytes allocated for %d", name, allocated, len(tt.in))
				}
				if took > 20*time.Second {
					t.Errorf("%s: %v", name, took)
				}
				if tt.limit == name && !errors.Is(err, ErrLimit) {
					t.Errorf("%s: no error", name)
				}
				if list := Errors(nil); errors.As(err, &list) && len(list) > maxErrors+1 {
					t.Errorf("%s: %d errors", name, len(list))
				}
			}
		})
	}
}

// TestMemory: the result does not share memory with the input.
func TestMemory(t *testing.T) {
	data := []byte(`{"model_name":"X","new":"Y"}`)
	dev, _ := Parse(data)
	for i := range data {
		data[i] = '#'
	}
	if dev.ModelName != "X" || string(dev.Extra["new"]) != `"Y"` {
		t.Errorf("got %s, %s", dev.ModelName, dev.Extra["new"])
	}
}

func TestErrors(t *testing.T) {
	_, err := Parse([]byte(`{"temperature":{"current":"` + strings.Repeat("x", 200) + `"},"rotation_rate":[]}`))
	want := `smart: line 1, column 27: temperature.current: unexpected type: want an integer: "\"` + strings.Repeat("x", 79) + `…" (and 1 more)`
	if err == nil || err.Error() != want {
		t.Errorf("error %v\nwant  %s", err, want)
	}
	if _, err := Parse([]byte("x")); err.Error() != `smart: line 1, column 1: no JSON document: "x"` {
		t.Errorf("error %v", err)
	}
	if _, ok := errors.AsType[*ParseError](err); !ok {
		t.Error("no ParseError in the list")
	}
}

func TestExitStatus(t *testing.T) {
	for status, want := range map[ExitStatus]string{
		0: "", 1: "usage", 2: "open failed", 4: "command failed", 8: "failing", 16: "prefail", 32: "was below", 64: "error log",
		128: "self-test failed", 216: "failing, prefail, error log, self-test failed",
	} {
		if got := status.String(); got != want {
			t.Errorf("%d is %s, want %s", uint8(status), got, want)
		}
	}
}

func TestUint128(t *testing.T) {
	want := Uint128{1, 2}
	data, err := json.Marshal(want)
	if err != nil || string(data) != "18446744073709551618" {
		t.Fatalf("Marshal: %s, %v", data, err)
	}
	var got Uint128
	if err := json.Unmarshal(data, &got); err != nil || got != want {
		t.Errorf("Unmarshal: %v, %v", got, err)
	}
	if err := json.Unmarshal([]byte(`"x"`), &got); err == nil {
		t.Error("Unmarshal of a text: no error")
	}
	if _, ok := (Uint128{1 << 63, 0}).Mul(2); ok {
		t.Error("2^127 × 2 fits")
	}
	if got, ok := (Uint128{0, 1 << 63}).Mul(4); got != (Uint128{2, 0}) || !ok {
		t.Errorf("2^63 × 4 = %v", got)
	}
}

func TestSASPhyLink(t *testing.T) {
	for rate, want := range map[string]uint64{
		"phy enabled; 12 Gbps": 12e9, "phy enabled; 1.5 Gbps": 15e8, "phy enabled; unknown": 0, "phy disabled": 0, "": 0,
	} {
		if got := (&SASPhy{LinkRate: rate}).LinkBitsPerSecond(); got != want {
			t.Errorf("%q: %d, want %d", rate, got, want)
		}
	}
}

func TestFARM(t *testing.T) {
	dev, err := Parse([]byte(`{"seagate_farm_log":{"supported":true,"page_0_log_header":{"farm_log_version":[4,17]},
"page_1_drive_information":{"device_interface":"SATA"},"page_3_error_statistics":{"number_of_reallocated_sectors":3,"flash_led_event_0":{"event_information":7}},"later":{"a":1}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		page  int64
		name  string
		value int64
	}{{0, "farm_log_version.1", 17}, {3, "number_of_reallocated_sectors", 3}, {3, "flash_led_event_0.event_information", 7}} {
		if got := dev.FARMNumber(want.page, want.name); got == nil || *got != want.value {
			t.Errorf("%s is %v, want %d", want.name, got, want.value)
		}
	}
	if dev.FARMNumber(3, "none") != nil || dev.FARM[2].Text != "SATA" {
		t.Errorf("%+v", dev.FARM)
	}
	if _, ok := dev.Extra["seagate_farm_log.later"]; !ok {
		t.Errorf("extra %v", dev.Extra)
	}
	if dev.FARMSupported == nil || !*dev.FARMSupported {
		t.Error("not supported")
	}
}
