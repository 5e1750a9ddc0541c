// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mchus/bee/testdata/smbios"
	"github.com/mchus/bee/testdata/tools"
)

// suites are the Debian suites whose dmidecode is run, with its version.
var suites = []struct {
	name string
	tool smbios.Tool
}{
	{"bullseye", 303},
	{"bookworm", 304},
	{"trixie", 306},
	{"sid", 307},
}

// machines is how many machines are generated; BEE_ORACLE says otherwise.
const machines = 200

func count(t *testing.T) int {
	s := os.Getenv("BEE_ORACLE")
	if s == "" {
		return machines
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		t.Fatalf("BEE_ORACLE=%q is not a number of machines", s)
	}
	return n
}

// TestMachines is the oracle: what package dmi reads from the output of each
// dmidecode is what the machine is, less what that version does not print.
func TestMachines(t *testing.T) {
	n := count(t)
	for _, suite := range suites {
		t.Run(suite.name, func(t *testing.T) {
			d := newDmidecode(t, suite.name, suite.tool)
			var r report
			eachSeed(t, n, func(seed uint64, path string) {
				m := smbios.New(seed)
				output, err := d.print(path, m.Table.Dump())
				if err != nil {
					t.Errorf("seed %d: %v", seed, err)
					return
				}
				r.add(seed, compare(m.Truth(d.tool), output))
			})
			fmt.Printf("oracle: dmidecode %v machines=%d mismatches=%d\n", d.tool, n, r.total)
			if r.total > 0 {
				t.Errorf("dmidecode %v: mismatches by field:\n%v", d.tool, &r)
			}
		})
	}
}

// eachSeed calls check for the seeds 0 to n-1 in as many goroutines as there
// are processors, each with a file of its own to write to.
func eachSeed(t *testing.T, n int, check func(seed uint64, path string)) {
	dir := t.TempDir()
	var next atomic.Int64
	var workers sync.WaitGroup
	for i := range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			path := filepath.Join(dir, strconv.Itoa(i))
			for seed := next.Add(1) - 1; seed < int64(n); seed = next.Add(1) - 1 {
				check(uint64(seed), path)
			}
		})
	}
	workers.Wait()
}

// A dmidecode is the program of one Debian suite.
type dmidecode struct {
	tree *tools.Tree
	tool smbios.Tool
}

// newDmidecode fetches the program. A suite in development may one day have a
// newer version than package smbios describes, which is no failure.
func newDmidecode(t *testing.T, suite string, tool smbios.Tool) *dmidecode {
	tree := tools.Suite(t, suite, "dmidecode")
	out, err := tree.Command("dmidecode", "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := smbios.ParseTool(string(out)); got > tool {
		t.Skipf("Debian %s has dmidecode %v now: package smbios knows %v and should learn it", suite, got, tool)
	} else if got != tool {
		t.Fatalf("Debian %s has dmidecode %q, want %v", suite, out, tool)
	}
	return &dmidecode{tree, tool}
}

// print writes a dump to path and returns what dmidecode prints of it.
func (d *dmidecode) print(path string, dump []byte) ([]byte, error) {
	output, _, err := d.printAll(path, dump)
	return output, err
}

// printAll is print, with what dmidecode complains of on its standard error.
func (d *dmidecode) printAll(path string, dump []byte) (output, complaints []byte, err error) {
	if err := os.WriteFile(path, dump, 0o644); err != nil {
		return nil, nil, err
	}
	cmd := d.tree.Command("dmidecode", "--from-dump", path)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	output, err = cmd.Output()
	if err != nil {
		err = fmt.Errorf("dmidecode: %w: %s", err, stderr.Bytes())
	}
	return output, stderr.Bytes(), err
}
