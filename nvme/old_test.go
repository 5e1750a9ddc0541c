// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/nvme"
)

// nvme-cli 1.3 numbers the firmware slots from 0 in JSON.
func TestFirmwareSlotsFromZero(t *testing.T) {
	in := `{"nvme0":{"Active Firmware Slot (afi)":2,
		"Firmware Rev Slot 0":"3544385890552795207 (GPNA0001)",
		"Firmware Rev Slot 1":"3616443484590723143 (GPNA0002)",
		"Firmware Rev Slot 2":"0 (........)"}}`
	log, err := nvme.ParseFWLog([]byte(in))
	if err != nil {
		t.Error(err)
	}
	want := &nvme.FirmwareLog{Device: "nvme0", ActiveSlot: 2, Slots: []nvme.FirmwareSlot{{1, "GPNA0001"}, {2, "GPNA0002"}}}
	if diff := cmp.Diff(want, log); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
	if got := log.Active(); got != "GPNA0002" {
		t.Errorf("active %q, want GPNA0002", got)
	}
	log, err = nvme.ParseFWLog([]byte(in + "\nSegmentation fault (core dumped)\n"))
	if !errors.Is(err, nvme.ErrSyntax) || log.Active() != "GPNA0002" {
		t.Errorf("with text behind: %+v, %v", log, err)
	}
}

// nvme-cli 1.x prints numbers of 64 bits as signed.
func TestErrorLogSigned(t *testing.T) {
	log, err := nvme.ParseErrorLog([]byte(`{"errors":[{"error_count":8,"status_field":16388,"phase_tag":0,"lba":-1,"nsid":-1,"cs":-2},{"error_count":0,"lba":-9223372036854775808}]}`))
	if err != nil || len(log.Entries) != 2 {
		t.Fatal(log, err)
	}
	if e := log.Entries[0]; e.LBA != math.MaxUint64 || e.NSID != math.MaxUint32 || e.CS != math.MaxUint64-1 {
		t.Errorf("entry %+v", e)
	}
	if got := log.Entries[1].LBA; got != 1<<63 {
		t.Errorf("LBA %d, want 2^63", got)
	}
	for _, bad := range []string{"-9223372036854775809", "18446744073709551616", `"x"`, "-1.5"} {
		log, err := nvme.ParseErrorLog([]byte(`{"errors":[{"error_count":1,"lba":` + bad + `}]}`))
		if err == nil || string(log.Extra["errors.0.lba"]) != bad {
			t.Errorf("lba %s: %v, extra %s", bad, err, log.Extra)
		}
	}
	if _, err := nvme.ParseErrorLog([]byte(`{"errors":[{"error_count":-1}]}`)); !errors.Is(err, nvme.ErrRange) {
		t.Errorf("a count below zero: %v", err)
	}
}

// nvme-cli before 1.9 splits a subsystem into two objects.
func TestListSubsysSplit(t *testing.T) {
	list, err := nvme.ParseListSubsys([]byte(`{"Subsystems":[
		{"Name":"nvme-subsys0","NQN":"nqn.a"},{"Paths":[{"Name":"nvme0","Transport":"rdma","Address":"traddr=192.0.2.1","State":"live"},{"Name":"nvme1"}]},
		{"Name":"nvme-subsys1","NQN":"nqn.b"},{"Paths":[]},
		{"Name":"nvme-subsys2","NQN":"nqn.c"},{"Paths":[{"Name":"nvme2"}]}]}`))
	if err != nil {
		t.Error(err)
	}
	want := []nvme.Subsystem{
		{Name: "nvme-subsys0", NQN: "nqn.a", Controllers: []string{"nvme0", "nvme1"}},
		{Name: "nvme-subsys1", NQN: "nqn.b"},
		{Name: "nvme-subsys2", NQN: "nqn.c", Controllers: []string{"nvme2"}},
	}
	if diff := cmp.Diff(want, list.Subsystems); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
	for name, want := range map[string]string{"nvme0": "nvme-subsys0", "nvme1": "nvme-subsys0", "nvme2": "nvme-subsys2"} {
		if c := list.Controller(name); c == nil || c.Subsystem != want {
			t.Errorf("%s: %+v, want it in %s", name, c, want)
		}
	}
}

func TestMisspeltMaximumLBA(t *testing.T) {
	list, err := nvme.ParseList([]byte(`{"Devices":[{"DevicePath":"/dev/nvme9n1","Index":9,"MaximiumLBA":7812500000,"SectorSize":512}]}`))
	if err != nil || list.Extra != nil || len(list.Namespaces) != 1 || list.Namespaces[0].Blocks == nil || *list.Namespaces[0].Blocks != 7812500000 {
		t.Errorf("list %+v, %v", list, err)
	}
}

// A critical warning that does not say what it is, is not 0.
func TestCriticalWarningWithoutValue(t *testing.T) {
	tests := []struct {
		in   string
		want *nvme.CriticalWarning
		err  error
	}{
		{`0`, ptr(nvme.CriticalWarning(0)), nil},
		{`{"value":4}`, ptr(nvme.WarningReliability), nil},
		{`{"available_spare":0,"ro":1}`, ptr(nvme.WarningReadOnly), nil},
		{`{"available_spare":0}`, ptr(nvme.CriticalWarning(0)), nil},
		{`null`, nil, nil},
		{`{}`, nil, nvme.ErrType},
		{`{"other":0}`, nil, nvme.ErrType},
		{`{"value":null}`, nil, nvme.ErrType},
		{`{"value":"x"}`, nil, nvme.ErrSyntax},
		{`[]`, nil, nvme.ErrType},
		{`true`, nil, nvme.ErrSyntax},
	}
	for _, tt := range tests {
		s, err := nvme.ParseSmartLog([]byte(`{"critical_warning":` + tt.in + `,"temperature":310}`))
		if diff := cmp.Diff(tt.want, s.CriticalWarning); diff != "" || !errors.Is(err, tt.err) {
			t.Errorf("%s: error %v, want %v; value (-want +got):\n%s", tt.in, err, tt.err, diff)
		}
		if s.TemperatureCelsius == nil || *s.TemperatureCelsius != 37 {
			t.Errorf("%s: the next member was not read", tt.in)
		}
	}
	s, err := nvme.ParseSmartLog([]byte(`{"temperature":310,"critical_warning":{"value":`))
	if s.CriticalWarning != nil || err == nil {
		t.Errorf("cut: %v, %v", s.CriticalWarning, err)
	}
}

// Counters come whole, however large, and stay so in JSON.
func TestLargeCounters(t *testing.T) {
	s, err := nvme.ParseSmartLog([]byte(`{"critical_warning":0,"power_on_hours":9223372036854775808,"power_cycles":18446744073709551615,"data_units_read":340282366920938463463374607431768211455}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		got  *nvme.Uint128
		want nvme.Uint128
		text string
	}{
		{s.PowerOnHours, nvme.Uint128{Lo: 1 << 63}, "9223372036854775808"},
		{s.PowerCycles, nvme.Uint128{Lo: math.MaxUint64}, "18446744073709551615"},
		{s.DataUnitsRead, nvme.Uint128{Hi: math.MaxUint64, Lo: math.MaxUint64}, "340282366920938463463374607431768211455"},
	} {
		if tt.got == nil || *tt.got != tt.want || tt.got.String() != tt.text {
			t.Errorf("got %v, want %s", tt.got, tt.text)
		}
	}
	readBack(t, s)
}

// TestReadBack writes what each capture says as JSON and reads it back.
func TestReadBack(t *testing.T) {
	for _, path := range glob(t, "testdata/*/input") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Dir(path)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			got, _, _ := parse(commandOf(dir), data)
			readBack(t, got)
		})
	}
	for _, v := range []nvme.Version{0, 0x10000, 0x10201, 0x20100, math.MaxUint32} {
		readBack(t, &struct{ V nvme.Version }{v})
	}
	var v nvme.Version
	for _, text := range []string{"1", "1.", "1.2.3.4", "65536.0", "1.256", "a.b", "1.-2"} {
		if err := v.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("Version %q reads as %v", text, v)
		}
	}
	var u nvme.Uint128
	if err := json.Unmarshal([]byte(`-1`), &u); err == nil || err.Error() == "" {
		t.Errorf("Uint128 below zero: %v", err)
	}
}

// readBack writes the value that p points to, reads it and compares.
func readBack(t *testing.T, p any) {
	t.Helper()
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	again := reflect.New(reflect.TypeOf(p).Elem()).Interface()
	if err := json.Unmarshal(data, again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, again); diff != "" {
		t.Errorf("mismatch (-written +read):\n%s", diff)
	}
}

// An error stays on its line, whatever the document has in its keys.
func TestErrorsAreInert(t *testing.T) {
	key := `\u001b[2J\nFAKE \u202eLINE`
	for _, in := range []string{
		`{"` + key + `":{"x":xx}}`,
		`{"error` + key + `":"` + key + `"}`,
		`{"errors":[{"lba":"` + key + `"}], "a` + "\x1b\t\x9b" + `":zz}`,
		"nvme: \x1b[2Jfailed\r\x00\xff",
	} {
		for _, command := range commands {
			_, _, err := parse(command, []byte(in))
			checkErrors(t, []byte(in), err)
		}
	}
}
