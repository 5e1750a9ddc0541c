// SPDX-License-Identifier: Apache-2.0

package pci_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/pci"
)

// FuzzParse states the contract of Parse.
func FuzzParse(f *testing.F) {
	inputs, err := filepath.Glob("testdata/lspci/*/input")
	if err != nil || inputs == nil {
		f.Fatal("no seeds", err)
	}
	for _, name := range inputs {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:min(len(data), 1500)])
	}
	for _, seed := range []string{
		"", "\n\n", "Slot:\t00:00.0", "Slot:\n\nSlot:", "Device:\t00:00.0\nDevice:\t00:00.1\nDevice:\tX\n",
		"noise\nClass:\t0200\nSlot:\t10000:00:1f.7\nVendor:\tX [1234]\nDevice:\t[8086]\nModule:\ta\nModule:\t\n\nstray\n",
		"\ufeff\ufeffSlot: 0000:AB:00.0\r\r\nNUMANode:\t-2\n\xff\n", "lspci: x\n", "Rev:\t0", "a:b\n:\n \n\t\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := pci.Parse(data)
		if list == nil {
			t.Fatal("no list")
		}
		checkErrors(t, data, err)
		checkFields(t, data, list)
		checkViews(t, list)
		checkPrefix(t, data, list)
		checkFormat(t, list)
	})
}

// checkErrors: an error is an Errors, in order, and its place is where the text
// is.
func checkErrors(t *testing.T, data []byte, err error) {
	if err == nil {
		return
	}
	list, ok := errors.AsType[pci.Errors](err)
	if !ok || len(list) == 0 {
		t.Fatalf("error %#v", err)
	}
	lines := bytes.Split(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\n")) // a byte order mark is no column
	last := 0
	for _, e := range list {
		if e.Line < last || e.Line > len(lines) || e.Column < 1 || e.Column > len(lines[e.Line-1])+1 {
			t.Fatalf("place of %v", e)
		}
		last = e.Line
		text := strings.TrimSuffix(e.Text, "…")
		at := bytes.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, lines[e.Line-1][e.Column-1:])
		if !bytes.HasPrefix(at, []byte(text)) {
			t.Fatalf("%v: there is %q", e, at)
		}
	}
}

// checkFields: every line that is not blank is there once, in its place.
func checkFields(t *testing.T, data []byte, list *pci.List) {
	n, stray := 0, list.Stray
	next := func(f pci.Field) {
		for n++; n <= f.Line; n++ {
			var line []byte
			line, data, _ = bytes.Cut(data, []byte("\n"))
			if n == f.Line {
				if !bytes.Contains(line, []byte(f.Value)) || !bytes.Contains(line, []byte(f.Key)) {
					t.Fatalf("line %d is %q, field %+v", n, line, f)
				}
				break
			}
			if trimmed := bytes.TrimLeft(bytes.TrimRight(line, "\r"), "\ufeff"); len(bytes.Trim(trimmed, " \t")) > 0 {
				t.Fatalf("line %d was lost: %q", n, line)
			}
		}
	}
	for _, d := range list.Devices {
		for len(stray) > 0 && stray[0].Line < d.Line {
			next(stray[0])
			stray = stray[1:]
		}
		if len(d.Fields) == 0 || d.Line != d.Fields[0].Line {
			t.Fatalf("device %+v", d)
		}
		for _, f := range d.Fields {
			next(f)
		}
	}
	for _, f := range stray {
		next(f)
	}
}

// checkViews: numbers have their digits, addresses can be looked up.
func checkViews(t *testing.T, list *pci.List) {
	for _, d := range list.Devices {
		if d.Address != "" && list.Lookup(d.Address) == nil {
			t.Fatalf("no device at its own address %q", d.Address)
		}
		for _, n := range []pci.Name{d.Class, d.Vendor, d.Device, d.SubsystemVendor, d.SubsystemDevice} {
			if n.ID != "" && (len(n.ID) != 4 || strings.Trim(n.ID, "0123456789abcdef") != "") {
				t.Fatalf("number %q", n.ID)
			}
		}
		if d.NUMANode != nil && *d.NUMANode < 0 {
			t.Fatalf("node %d", *d.NUMANode)
		}
	}
}

// checkFormat: what Format writes Parse reads back, and that is the end of it.
func checkFormat(t *testing.T, list *pci.List) {
	text := list.Format()
	again, _ := pci.Parse(text)
	if second := again.Format(); !bytes.Equal(text, second) {
		t.Fatalf("Format wrote %q, then %q", text, second)
	}
	forgetLines(list)
	forgetLines(again)
	if !reflect.DeepEqual(list, again) {
		t.Fatalf("Format changed the list (-before +after):\n%s", cmp.Diff(list, again))
	}
}

func forgetLines(list *pci.List) {
	for i := range list.Stray {
		list.Stray[i].Line = 0
	}
	for i := range list.Devices {
		d := &list.Devices[i]
		d.Line = 0
		for j := range d.Fields {
			d.Fields[j].Line = 0
		}
	}
}

// checkPrefix: what follows never changes the devices before it.
func checkPrefix(t *testing.T, data []byte, list *pci.List) {
	cut := bytes.LastIndex(data[:len(data)/2], []byte("\n")) + 1
	before, _ := pci.Parse(data[:cut])
	for i := range max(len(before.Devices)-1, 0) {
		if !reflect.DeepEqual(before.Devices[i], list.Devices[i]) {
			t.Fatalf("device %d changed: %+v, with more %+v", i, before.Devices[i], list.Devices[i])
		}
	}
}
