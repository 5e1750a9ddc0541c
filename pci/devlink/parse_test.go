// SPDX-License-Identifier: Apache-2.0

package devlink

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// The sign ‸ in an input marks where the error is; the tests remove it.
func TestErrors(t *testing.T) {
	for _, tt := range []struct {
		name, in, path string
		err            error
	}{
		{"nothing", "‸", "", ErrFormat},
		{"text", "\n ‸pci/0000:af:00.0:\n  driver bnxt_en\n", "", ErrFormat},
		{"another document", `‸{"dev":{}}`, "", ErrFormat},
		{"a list", `‸{"info":[]}`, "", ErrFormat},
		{"the tool failed", "‸Failed to connect to devlink Netlink\n", "", ErrTool},
		{"the kernel failed", "noise\n‸kernel answers: Operation not supported\n{\"info\":{}}\n", "", ErrTool},
		{"a number", `{"info":{"pci/0000:af:00.0":{"driver":‸7}}}`, `info.pci/0000:af:00\.0.driver`, ErrType},
		{"a text", `{"info":{"x":‸"y"}}`, "info.x", ErrType},
		{"cut", `{"info":{"x":{"driver":"a","serial_number":"b‸`, "info.x.serial_number", ErrSyntax},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			_, err := Parse([]byte(before + after))
			list, ok := err.(Errors)
			if !ok || len(list) != 1 || !errors.Is(err, tt.err) {
				t.Fatalf("error = %v, want one %v", err, tt.err)
			}
			path, line, column, text := list[0].Place()
			wantLine, wantColumn := 1+strings.Count(before, "\n"), len(before)-strings.LastIndex(before, "\n")
			if path != tt.path || line != wantLine || column != wantColumn || !strings.HasPrefix(after, text) {
				t.Errorf("error at %d:%d in %q, want %d:%d in %q (%q)", line, column, path, wantLine, wantColumn, tt.path, text)
			}
		})
	}
}

// TestCutDocument keeps what came before the cut.
func TestCutDocument(t *testing.T) {
	info, err := Parse([]byte(`{"info":{"pci/0000:AF:00.0":{"driver":"a","serial_number":"b","versions":{"running":{"fw":"1","fw.mg`))
	if !errors.Is(err, ErrSyntax) || len(info.Devices) != 1 {
		t.Fatalf("%+v, %v", info, err)
	}
	if d := info.Devices[0]; d.Driver != "a" || d.Serial != "b" || d.Firmware() != "1" || d.PCIAddress != "0000:af:00.0" {
		t.Errorf("%+v", d)
	}
}

func TestAddresses(t *testing.T) {
	for handle, want := range map[string]string{
		"pci/0000:AF:00.0": "0000:af:00.0", "pci/10000:01:00.1": "10000:01:00.1",
		"netdevsim/netdevsim10": "", "pci/": "", "pci/0000:af:00.": "", "auxiliary/mlx5_core.sf.1": "", "pci/000g:af:00.0": "",
	} {
		if got := pciAddress(handle); got != want {
			t.Errorf("%s is at %q, want %q", handle, got, want)
		}
	}
}

// TestErrorsAreFew: a flood of defects gives a short list, each with its path, in
// the order of the lines; what the tool says of its failure is one of them.
func TestErrorsAreFew(t *testing.T) {
	var text strings.Builder
	text.WriteString("{\"info\":{\"x\":{\"driver\":\" N/A \",\n\"serial_number\":[],\n")
	for i := range 300 {
		fmt.Fprintf(&text, "\"board.serial_number\":%d,\n", i)
	}
	text.WriteString("\"function.uid\":\"u\",\"versions\":{\"running\":{}}}}}\nkernel answers: no\n")
	info, err := Parse([]byte(text.String()))
	list, _ := err.(Errors)
	if len(list) != maxErrors+1 || !errors.Is(err, ErrLimit) || !strings.HasSuffix(err.Error(), "(and 256 more)") {
		t.Fatalf("%d errors: %v", len(list), err)
	}
	if want := "devlink: line 2, column 17: info.x.serial_number: "; !strings.HasPrefix(list[0].Error(), want) {
		t.Errorf("first error %v, want %s", list[0], want)
	}
	if !errors.Is(err, ErrTool) || info.Devices[0].FunctionUID != "u" || info.Devices[0].Driver != "" || info.Devices[0].Running != nil {
		t.Errorf("%+v, %v", info.Devices, err)
	}
}

// TestPSIDOfZeros: bnxt_en prints zeros where a board has none.
func TestPSIDOfZeros(t *testing.T) {
	d := Device{Running: []Version{{"fw.psid", "0.0.0"}}, Stored: []Version{{"fw.psid", "MT_0000000359"}}}
	if d.PSID() != "MT_0000000359" {
		t.Errorf("PSID %q", d.PSID())
	}
}
