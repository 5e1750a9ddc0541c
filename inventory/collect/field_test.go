// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

var printField = flag.Bool("print-field", false, "print what each machine holds")

// storageLines sums up what one can pull out and what stands on it.
func storageLines(s *report.Storage) []string {
	var lines []string
	for i := range s.Drives {
		d := &s.Drives[i]
		health := "unread"
		if d.Smart != nil {
			health = d.Smart.Verdict.Health
		}
		line := fmt.Sprintf("%s: %s, %s %q, %s, %d bytes, %s", d.ID, strings.Join(d.Paths, " + "), d.Protocol+"/"+d.Media, d.Model, d.Serial, d.CapacityBytes, health)
		if n := len(d.Namespaces); n > 0 {
			line += fmt.Sprintf(", %d namespaces", n)
		}
		if d.Controller != "" || d.PCIAddress != "" {
			line += ", at " + d.Controller + " " + d.PCIAddress
		}
		lines = append(lines, line)
	}
	for i := range s.Volumes {
		v := &s.Volumes[i]
		lines = append(lines, fmt.Sprintf("%s: %s %s, %d bytes, of %v", v.ID, v.Kind, v.Level, v.SizeBytes, v.Members))
	}
	return lines
}

// replayStorage reads the storage of a capture.
func replayStorage(t *testing.T, dir string) *report.Storage {
	t.Helper()
	h, err := host.Replay(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := Storage(t.Context(), h) // what fails is a part of some machines
	if s == nil {
		return new(report.Storage)
	}
	r := report.Report{Storage: s}
	joinStorage(&r, nil)
	return r.Storage
}

// Each machine of testdata/field came out wrong once: a drive vanished, or one
// was there that nobody can pull out.
func TestField(t *testing.T) {
	dirs, err := filepath.Glob("testdata/field/*")
	if err != nil || len(dirs) != len(fieldWant) {
		t.Fatalf("%d machines, %d expectations: %v", len(dirs), len(fieldWant), err)
	}
	for _, dir := range dirs {
		name := filepath.Base(dir)
		t.Run(name, func(t *testing.T) {
			got := storageLines(replayStorage(t, dir))
			if *printField {
				fmt.Printf("%q: {\n", name)
				for _, line := range got {
					fmt.Printf("`%s`,\n", line)
				}
				fmt.Println("},")
			}
			if diff := cmp.Diff(fieldWant[name], got); diff != "" {
				t.Errorf("storage (-want +got):\n%s", diff)
			}
		})
	}
}

// Root is told so, and is not advised to become root.
func TestRootIsNotAdvised(t *testing.T) {
	const status = "Name:\taudit\nUid:\t1000\t0\t0\t0\nGid:\t0\t0\t0\t0\n"
	if root := isRoot(status); root == nil || !*root {
		t.Errorf("root = %v", root)
	}
	if root := isRoot(strings.Replace(status, "1000\t0", "0\t1000", 1)); root == nil || *root {
		t.Errorf("root = %v", root)
	}
	if root := isRoot("Uid:\n"); root != nil {
		t.Errorf("root = %v", *root)
	}
	r := &report.Report{Host: report.HostInfo{Root: new(true)}, Diagnostics: []report.Diagnostic{{Message: "permission denied" + askRoot}}}
	if spareRoot(r); r.Diagnostics[0].Message != "permission denied, even to root" {
		t.Errorf("%q", r.Diagnostics[0].Message)
	}
}
