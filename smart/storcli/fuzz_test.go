// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/internal/jsondoc"
)

// checkContract checks what holds for whatever input: errors are a short list
// that points at the input, and the result is JSON.
func checkContract(t *testing.T, data []byte, r *Report, err error) {
	t.Helper()
	if _, err := json.Marshal(r); err != nil {
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
		known := false
		for _, cause := range []error{ErrFormat, ErrTool, ErrSyntax, ErrType, ErrRange, ErrLimit, ErrUnit} {
			known = known || errors.Is(e, cause)
		}
		if !known {
			t.Errorf("unknown cause: %v", e)
		}
		lines := bytes.Split(data, []byte("\n"))
		if e.Line < 1 || e.Line > len(lines) || e.Column < 1 || e.Column > len(lines[e.Line-1])+1 {
			t.Errorf("outside the input: %v", e)
			continue
		}
		rest := jsondoc.Inert(string(lines[e.Line-1][e.Column-1:]), 4*len(data)+8)
		if !strings.HasPrefix(rest, strings.TrimSuffix(e.Text, "…")) {
			t.Errorf("%q does not begin with %q", rest, e.Text)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*/input")
	if err != nil || len(files) == 0 {
		f.Fatal("no testdata")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if len(data) < 4096 { // large ones are slow to make smaller
			f.Add(data)
		}
	}
	f.Add([]byte("---\nDG/VD TYPE State Access Consist Cache Cac sCC Size Name\n---\n0/0 RAID1 Dgrd RW Yes RWBD - ON 1.0 TB\n---\n"))
	f.Add([]byte("Controller = 0\nStatus = Failure\nController = 1\nStatus = Success\nPDs for VD 0 :\n===\n---\nEID:Slt DID State\n---\n1:2 3 Onln\n"))
	f.Add([]byte("{\"Controllers\":[{\"Command Status\":{\"\":[{\"Ctl\":00\x7f"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Parse(data)
		checkContract(t, data, r, err)
		for _, c := range r.Controllers {
			for _, v := range c.Volumes {
				for _, m := range c.MembersOf(v) {
					if m.Slot == nil && c.DriveOf(m) != nil {
						t.Error("a member without a slot is a drive")
					}
				}
			}
		}
		if len(r.Lines) > 0 { // what Format writes reads back
			again, _ := Parse(r.Format())
			if !bytes.Equal(r.Format(), again.Format()) {
				t.Errorf("Format is no fixed point:\n%s", cmp.Diff(string(r.Format()), string(again.Format())))
			}
			if !reflect.DeepEqual(r.Controllers, again.Controllers) {
				t.Error("Format changed what is read")
			}
		}
		joined := new(Report) // a second reading of the same adds nothing
		_ = joined.Add(data)
		_ = joined.Add(data)
		if len(joined.Controllers) != len(r.Controllers) {
			t.Errorf("%d controllers read twice are %d", len(r.Controllers), len(joined.Controllers))
		}
	})
}
