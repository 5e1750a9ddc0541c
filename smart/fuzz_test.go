// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/internal/jsondoc"
)

// seed adds the fixtures whose names match.
func seed(f *testing.F, pattern string) {
	f.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		f.Fatalf("no %s (%v)", pattern, err)
	}
	for _, file := range files {
		if data := read(f, file); len(data) < 4096 { // large ones are slow to make smaller
			f.Add(data)
		}
	}
}

// checkContract checks what holds for whatever input: errors are a short list
// that points at the input, and the result is JSON.
func checkContract(t *testing.T, data []byte, got any, err error) {
	t.Helper()
	if _, err := json.Marshal(got); err != nil {
		t.Errorf("not JSON: %v", err)
	}
	if err == nil {
		return
	}
	var list Errors
	if !errors.As(err, &list) || len(list) == 0 || len(list) > maxErrors+1 {
		t.Fatalf("odd error %v", err)
	}
	for _, e := range list {
		if !errors.Is(e, ErrFormat) && !errors.Is(e, ErrNoJSON) && !errors.Is(e, ErrSyntax) && !errors.Is(e, ErrType) && !errors.Is(e, ErrRange) && !errors.Is(e, ErrLimit) && !errors.Is(e, ErrUnit) {
			t.Errorf("unknown cause: %v", e)
		}
		lines := bytes.Split(data, []byte("\n"))
		if e.Line < 1 || e.Line > len(lines) || e.Column < 1 || e.Column > len(lines[e.Line-1])+1 {
			t.Errorf("outside the input: %v", e)
			continue
		}
		rest := jsondoc.Inert(string(lines[e.Line-1][e.Column-1:]), 4*len(data)+8)
		if !strings.HasPrefix(rest, strings.TrimRight(e.Text, "…\uFFFD")) {
			t.Errorf("%q does not begin with %q", rest, e.Text)
		}
	}
}

func FuzzParse(f *testing.F) {
	seed(f, "testdata/[asnu]*/input")
	seed(f, "testdata/lab/sid/smartctl-sd*.json")
	for _, member := range []string{
		`"ata_smart_attributes":{"table":[{"id":5,"name":"Reallocated_Sector_Ct","value":5,"worst":5,"thresh":10,"when_failed":"now","flags":{"value":51},"raw":{"value":1,"string":"1 (0 5)"}}]}`,
		`"ata_device_statistics":{"pages":[{"number":1,"table":[{"offset":24,"size":6,"value":1,"flags":{"value":192}}]}]}`,
		`"ata_smart_error_log":{"extended":{"count":1,"table":[{"lifetime_hours":1,"completion_registers":{"error":64}}]}}`,
		`"ata_smart_self_test_log":{"standard":{"table":[{"type":{"value":1},"status":{"value":121,"passed":false}}]}}`,
		`"ata_sct_temperature_history":{"size":4,"table":[37,null,-3]}`,
		`"scsi_sas_port_0":{"phy_0":{"negotiated_logical_link_rate":"phy enabled; 12 Gbps","x":1,"y":{"z":2}}}`,
		`"scsi_self_test_0":{"result":{"value":7},"asc":1},"scsi_pending_defects":{"count":1,"table":[null,{"lba":1}]}`,
		`"scsi_error_counter_log":{"read":{"gigabytes_processed":"1.5"}},"scsi_environmental_reports":{"temperature_1":{"current":"unknown"}}`,
		`"nvme_smart_health_information_log":{"data_units_read":18446744073709551616,"data_units_read_s":"18446744073709551616","data_units_read_le":[1]}`,
		`"nvme_error_information_log":{"read":16,"table":[null,{"error_count":1,"status_field":{"value":1},"lba":{"value":1}}]}`,
		`"wwn":{"naa":5,"oui":1,"id":1},"smart_status":{"passed":false,"nvme":{"value":6}},"temperature":{"current":0}`,
	} {
		f.Add([]byte("{" + member + "}"))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		dev, err := Parse(data)
		checkContract(t, data, dev, err)
		h := dev.Health()
		for i, r := range h.Reasons {
			if r.Code == "" || r.Text == "" || r.Severity.rank() < 0 || i > 0 && h.Reasons[i-1].Severity.rank() < r.Severity.rank() {
				t.Errorf("odd reasons %+v", h.Reasons)
			}
		}
		if dev.Passed == nil && h.Verdict == OK {
			t.Error("ok without a status")
		}
		dev.BytesRead()
		dev.BytesWritten()
		if err == nil { // what is read does not depend on what stands around it
			again, err := Parse(append([]byte("noise\n"), data...))
			dev.Preamble, again.Preamble = "", ""
			if err == nil && !reflect.DeepEqual(dev, again) {
				t.Errorf("mismatch behind noise:\n%s", cmp.Diff(dev, again))
			}
		}
	})
}

func FuzzParseScan(f *testing.F) {
	seed(f, "testdata/scan-*/input")
	seed(f, "testdata/lab/*/smartctl-scan*.json")
	f.Fuzz(func(t *testing.T, data []byte) {
		scan, err := ParseScan(data)
		checkContract(t, data, scan, err)
	})
}

func FuzzParseLsblk(f *testing.F) {
	seed(f, "testdata/lsblk-*/input")
	seed(f, "testdata/lab/bullseye/lsblk.json")
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := ParseLsblk(data)
		checkContract(t, data, list, err)
		all := make(map[*BlockDevice]bool)
		for _, dev := range list.All {
			if all[dev] {
				t.Error("a device is in All twice")
			}
			all[dev] = true
		}
		for _, dev := range list.All {
			for _, child := range dev.Children {
				if !all[child] {
					t.Error("a child is not in All")
				}
			}
			for _, parent := range dev.Parents {
				if !all[parent] {
					t.Error("a parent is not in All")
				}
			}
			for _, disk := range dev.Disks() {
				if len(disk.Parents) > 0 {
					t.Error("a disk stands on something")
				}
			}
		}
	})
}

// FuzzParseText: whatever the text, there is a device that is JSON, each line is
// kept once, and Format is a fixed point.
func FuzzParseText(f *testing.F) {
	seed(f, "testdata/lab/*/smartctl-*.txt")
	seed(f, "testdata/text-*/input")
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := ParseText(data)
		if _, err := json.Marshal(text); err != nil {
			t.Errorf("not JSON: %v", err)
		}
		var list Errors
		if err != nil && (!errors.As(err, &list) || !errors.Is(err, ErrFormat) && !errors.Is(err, ErrLimit) && !errors.Is(err, ErrTruncated)) {
			t.Errorf("odd error %v", err)
		}
		last := 0
		for _, line := range text.Lines {
			if line.Number <= last || line.Text == "" {
				t.Fatalf("line %d after %d: %q", line.Number, last, line.Text)
			}
			last = line.Number
		}
		text.Device.Health()
		again, _ := ParseText(text.Format())
		if diff := cmp.Diff(text, again); diff != "" {
			t.Errorf("Format is no fixed point:\n%s", diff)
		}
	})
}
