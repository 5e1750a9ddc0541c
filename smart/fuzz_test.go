// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// seed adds the fixtures whose names match.
func seed(f *testing.F, pattern string) {
	f.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		f.Fatalf("no %s (%v)", pattern, err)
	}
	for _, file := range files {
		f.Add(read(f, file))
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
		if !errors.Is(e, ErrNoJSON) && !errors.Is(e, ErrSyntax) && !errors.Is(e, ErrType) && !errors.Is(e, ErrRange) && !errors.Is(e, ErrLimit) && !errors.Is(e, ErrUnit) {
			t.Errorf("unknown cause: %v", e)
		}
		lines := bytes.Split(data, []byte("\n"))
		if e.Line < 1 || e.Line > len(lines) || e.Column < 1 || e.Column > len(lines[e.Line-1])+1 {
			t.Errorf("outside the input: %v", e)
			continue
		}
		rest := string(lines[e.Line-1][e.Column-1:])
		if !strings.HasPrefix(rest, strings.TrimSuffix(e.Text, "…")) {
			t.Errorf("%q does not begin with %q", rest, e.Text)
		}
	}
}

func FuzzParse(f *testing.F) {
	seed(f, "testdata/[asnu]*/input")
	seed(f, "testdata/lab/sid/smartctl-sd*.json")
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
			if diff := cmp.Diff(dev, again); diff != "" && err == nil {
				t.Errorf("mismatch behind noise:\n%s", diff)
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
