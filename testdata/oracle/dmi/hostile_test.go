// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/testdata/smbios"
)

// TestHostile prints tables that break the rules. There is no truth to them, but
// package dmi must read the records that dmidecode printed and no others, also
// behind dmidecode's complaints, and complain of nothing that it could have
// understood.
func TestHostile(t *testing.T) {
	n := count(t)
	for _, suite := range suites {
		t.Run(suite.name, func(t *testing.T) {
			d := newDmidecode(t, suite.name, suite.tool)
			var r report
			eachSeed(t, n, func(seed uint64, path string) {
				h := smbios.NewHostile(seed)
				output, complaints, err := d.printAll(path, h.Dump)
				_, crashed := errors.AsType[*exec.ExitError](err)
				if err != nil && !crashed {
					t.Errorf("seed %d (%s): %v", seed, strings.Join(h.Faults, ", "), err)
					return
				}
				if crashed {
					output = cutLast(output)
				}
				r.add(seed, checkHostile(output))
				r.add(seed, checkHeaders(append(complaints, output...)))
			})
			fmt.Printf("oracle: dmidecode %v hostile=%d mismatches=%d\n", d.tool, n, r.total)
			if r.total > 0 {
				t.Errorf("dmidecode %v: mismatches by kind:\n%v", d.tool, &r)
			}
		})
	}
}

// cutLast cuts off the last record: dmidecode crashes on some tables, and may do
// so between a header and its title.
func cutLast(output []byte) []byte {
	return output[:max(0, bytes.LastIndex(output, []byte("\nHandle ")))]
}

// checkHostile compares the headers of the records, and looks at each error.
func checkHostile(output []byte) []string {
	c := comparer{diffs: checkHeaders(output)}
	t, err := dmi.Parse(output)
	lines := strings.Split(string(output), "\n")
	c.explain("Parse", err, lines)
	for _, v := range views {
		c.explain(v.name, v.walk(t, func(string, any) {}), lines)
	}
	return c.diffs
}

// checkHeaders compares the headers of the records with the lines of the output
// that are one.
func checkHeaders(output []byte) []string {
	var c comparer
	t, _ := dmi.Parse(output)
	var want []smbios.Header
	for line := range strings.Lines(string(output)) {
		var h smbios.Header
		if _, err := fmt.Sscanf(line, "Handle 0x%X, DMI type %d, %d bytes\n", &h.Handle, &h.Type, &h.Size); err == nil {
			want = append(want, h)
		}
	}
	c.headers(want, t.Records)
	return c.diffs
}

// explain adds the errors for which there is no good reason.
func (c *comparer) explain(name string, err error, lines []string) {
	var list dmi.Errors
	if err != nil && !errors.As(err, &list) {
		c.add("%s: not a dmi.Errors: %v", name, err)
	}
	for _, e := range list {
		if e.Line < 1 || e.Line > len(lines) || !explained(lines[e.Line-1]) {
			c.add("%s: %v", name, e)
		}
	}
}

// explained reports whether dmidecode printed what no parser can make a value of:
// a code that it does not know, a control character, or a number of more than 31 bits where none of
// that size makes sense.
func explained(line string) bool {
	if strings.Contains(line, "<OUT OF SPEC>") {
		return true
	}
	if strings.ContainsFunc(strings.TrimLeft(line, "\t"), unicode.IsControl) {
		return true // what is left of a string with a line break in it (OEM types of HPE)
	}
	_, value, _ := strings.Cut(line, ": ")
	number, _, _ := strings.Cut(value, " ")
	n, err := strconv.ParseUint(number, 10, 64)
	return err == nil && n > math.MaxInt32
}
