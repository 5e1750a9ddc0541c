// SPDX-License-Identifier: Apache-2.0

package pci_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/mchus/bee/pci"
)

// typed compares lists without their fields and lines.
var typed = cmpopts.IgnoreFields(pci.Device{}, "Fields", "Line")

func id(id, name string) pci.Name { return pci.Name{ID: id, Name: name} }

func node(n int) *int { return &n }

// The sign ‸ in an input marks where the error is; the tests remove it.
func TestParse(t *testing.T) {
	tests := []struct {
		name string
		in   string
		want []pci.Device
		err  error
	}{{
		name: "nothing",
		err:  pci.ErrFormat,
	}, {
		name: "blank lines",
		in:   "‸\n\r\n \t\n",
		err:  pci.ErrFormat,
	}, {
		name: "everything",
		in: "Slot:\t0000:3b:00.0\nClass:\tEthernet controller [0200]\nVendor:\tIntel Corporation [8086]\nDevice:\tI350 [1521]\n" +
			"SVendor:\tDell [1028]\nSDevice:\tDevice [0001]\nPhySlot:\t0-2\nRev:\t01\nProgIf:\t00\nDriver:\tigb\nModule:\tigb\nModule:\te1000\n" +
			"NUMANode:\t0\nDTNode:\t/soc/pcie@0\nIOMMUGroup:\t0\n\n",
		want: []pci.Device{{
			Address: "0000:3b:00.0", Class: id("0200", "Ethernet controller"),
			Vendor: id("8086", "Intel Corporation"), Device: id("1521", "I350"),
			SubsystemVendor: id("1028", "Dell"), SubsystemDevice: id("0001", ""),
			PhysicalSlot: "0-2", Revision: "01", ProgIf: "00", Driver: "igb", Modules: []string{"igb", "e1000"},
			NUMANode: node(0), DeviceTreeNode: "/soc/pcie@0", IOMMUGroup: "0",
		}},
	}, {
		name: "names only, without domain, Rev and ProgIf",
		in:   "Slot:\t00:1f.7\nClass:\tPCI bridge\nVendor:\tAdvanced Micro Devices, Inc. [AMD]\nDevice:\tX [Liberator]\n",
		want: []pci.Device{{Address: "0000:00:1f.7", Class: id("", "PCI bridge"), Vendor: id("", "Advanced Micro Devices, Inc. [AMD]"), Device: id("", "X [Liberator]")}},
	}, {
		name: "unknown numbers among names",
		in:   "Slot:\t00:00.0\nClass:\tUnclassified device [00ff]\nVendor:\tVendor 1234\nDevice:\tDevice 1111\nSVendor:\tUnknown vendor 2222\nSDevice:\tUnknown device 00e0\n",
		want: []pci.Device{{
			Address: "0000:00:00.0", Class: id("00ff", "Unclassified device"), Vendor: id("1234", ""), Device: id("1111", ""),
			SubsystemVendor: id("2222", ""), SubsystemDevice: id("00e0", ""),
		}},
	}, {
		name: "numbers only",
		in:   "Slot:\t00:00.0\nClass:\t0604\nVendor:\t8086\nDevice:\t29c0\n",
		want: []pci.Device{{Address: "0000:00:00.0", Class: id("0604", ""), Vendor: id("8086", ""), Device: id("29c0", "")}},
	}, {
		name: "a name that is a number",
		in:   "Slot:\t00:00.0\nClass:\tBridge\nVendor:\tACME\nDevice:\t5107\n",
		want: []pci.Device{{Address: "0000:00:00.0", Class: id("", "Bridge"), Vendor: id("", "ACME"), Device: id("", "5107")}},
	}, {
		name: "the last bracket is the number",
		in:   "Slot:\t00:00.0\nClass:\tRAID bus controller [0104]\nVendor:\tBroadcom / LSI [1000]\nDevice:\tMegaRAID [Liberator] [0079]\nSDevice:\tcard [beef] [9261]\n",
		want: []pci.Device{{
			Address: "0000:00:00.0", Class: id("0104", "RAID bus controller"), Vendor: id("1000", "Broadcom / LSI"),
			Device: id("0079", "MegaRAID [Liberator]"), SubsystemDevice: id("9261", "card [beef]"),
		}},
	}, {
		name: "a bracket that is no number",
		in:   "Slot:\t00:00.0\nClass:\tBridge\nVendor:\tACME\nDevice:\tcard [beef]\n",
		want: []pci.Device{{Address: "0000:00:00.0", Class: id("", "Bridge"), Vendor: id("", "ACME"), Device: id("", "card [beef]")}},
	}, {
		name: "a vendor's name that was cut",
		in:   "Slot:\t00:00.0\nClass:\tBridge [0600]\nVendor:\tA very long na...\nDevice:\tcard [beef]\n",
		want: []pci.Device{{Address: "0000:00:00.0", Class: id("0600", "Bridge"), Vendor: id("", "A very long na..."), Device: id("beef", "card")}},
	}, {
		name: "domains of more than 16 bits",
		in:   "Slot:\t10000:e1:00.0\nClass:\t0108\n\nSlot:\t7fffffff:00:00.0\nClass:\t0108\n",
		want: []pci.Device{{Address: "10000:e1:00.0", Class: id("0108", "")}, {Address: "7fffffff:00:00.0", Class: id("0108", "")}},
	}, {
		name: "addresses that other tools write",
		in:   "Slot:\t0000:3B:00.0\n\nSlot:\t00000000:3b:00.1\n",
		want: []pci.Device{{Address: "0000:3b:00.0"}, {Address: "0000:3b:00.1"}},
	}, {
		name: "-vm says Device twice",
		in:   "Device:\t3b:00.0\nClass:\tEthernet controller\nVendor:\tIntel\nDevice:\tI350\n\nDevice:\t3b:00.1\nDevice:\tI350\n",
		want: []pci.Device{
			{Address: "0000:3b:00.0", Class: id("", "Ethernet controller"), Vendor: id("", "Intel"), Device: id("", "I350")},
			{Address: "0000:3b:00.1", Device: id("", "I350")},
		},
	}, {
		name: "no blank lines between devices",
		in:   "Slot:\t00:00.0\nRev:\t02\nSlot:\t00:00.1\nDevice:\t00:00.2\nRev:\t03\n",
		want: []pci.Device{{Address: "0000:00:00.0", Revision: "02"}, {Address: "0000:00:00.1"}, {Address: "0000:00:00.2", Revision: "03"}},
	}, {
		name: "lines in another order",
		in:   "Class:\t0200\nRev:\t02\nSlot:\t00:00.0\nVendor:\t8086\n\nVendor:\t8086\nSlot:\t00:00.1\n",
		want: []pci.Device{{Address: "0000:00:00.0", Class: id("0200", ""), Vendor: id("8086", ""), Revision: "02"}, {Address: "0000:00:00.1", Vendor: id("8086", "")}},
	}, {
		name: "blanks in place of tabs, CRLF, trailing blanks",
		in:   "Slot:   00:00.0\r\nClass:  0200 \r\nDriver: igb\t\r\n\r\nSlot:\t00:00.1\r\nNUMANode:\t1\r\n",
		want: []pci.Device{{Address: "0000:00:00.0", Class: id("0200", ""), Driver: "igb"}, {Address: "0000:00:00.1", NUMANode: node(1)}},
	}, {
		name: "byte order mark",
		in:   "\ufeffSlot:\t00:00.0\n",
		want: []pci.Device{{Address: "0000:00:00.0"}},
	}, {
		name: "not UTF-8",
		in:   "Slot:\t00:00.0\nClass:\tG\xe9r\xe4t\nVendor:\t\xff\xfe\n",
		want: []pci.Device{{Address: "0000:00:00.0", Class: id("", "G\xe9r\xe4t"), Vendor: id("", "\xff\xfe")}},
	}, {
		name: "noise before and messages within",
		in: "ERROR: ld.so: object 'x.so' cannot be preloaded\npcilib: sysfs_read_vpd: read failed: Input/output error\n\n" +
			"Slot:\t00:00.0\npcilib: sysfs_read_vpd: read failed\nRev:\t01\n\nlspci: Unable to load libkmod resources: error -2\n",
		want: []pci.Device{{Address: "0000:00:00.0", Revision: "01"}},
	}, {
		name: "tags of the future",
		in:   "Slot:\t00:00.0\nPowerState:\tD3\n00: 86 80 c0 29\n",
		want: []pci.Device{{Address: "0000:00:00.0"}},
	}, {
		name: "tags without a value",
		in:   "Slot:\t00:00.0\nDriver:\nVendor:\t\n",
		want: []pci.Device{{Address: "0000:00:00.0"}},
	}, {
		name: "no NUMA node",
		in:   "Slot:\t00:00.0\nNUMANode:\t-1\n",
		want: []pci.Device{{Address: "0000:00:00.0"}},
	}, {
		name: "a NUMA node that cannot be",
		in:   "Slot:\t00:00.0\nNUMANode:\t‸-7\n",
		want: []pci.Device{{Address: "0000:00:00.0"}},
		err:  pci.ErrRange,
	}, {
		name: "a NUMA node that is no number",
		in:   "Slot:\t00:00.0\nNUMANode:\t‸zero\nRev:\t01\n",
		want: []pci.Device{{Address: "0000:00:00.0", Revision: "01"}},
		err:  pci.ErrSyntax,
	}, {
		name: "bad slot",
		in:   "Slot:\t‸00:20.0\nRev:\t01\n",
		want: []pci.Device{{Revision: "01"}},
		err:  pci.ErrSyntax,
	}, {
		name: "cut off in the slot",
		in:   "Slot:\t00:00.0\n\n‸Slot:\t0000:0",
		want: []pci.Device{{Address: "0000:00:00.0"}},
		err:  pci.ErrTruncated,
	}, {
		name: "bad revision",
		in:   "Slot:\t00:00.0\r\nRev:\t‸1g\r\nProgIf:\t02\r\n",
		want: []pci.Device{{Address: "0000:00:00.0", ProgIf: "02"}},
		err:  pci.ErrSyntax,
	}, {
		name: "cut off in a tag",
		in:   "Slot:\t00:00.0\n‸Cla",
		want: []pci.Device{{Address: "0000:00:00.0"}},
		err:  pci.ErrTruncated,
	}, {
		name: "cut off behind a value, which may go on",
		in:   "Slot:\t00:00.0\n‸NUMANode:\t1",
		want: []pci.Device{{Address: "0000:00:00.0"}},
		err:  pci.ErrTruncated,
	}, {
		name: "a line without a tag",
		in:   "Slot:\t00:00.0\n  ‸Segmentation fault\nRev:\t01\n",
		want: []pci.Device{{Address: "0000:00:00.0", Revision: "01"}},
		err:  pci.ErrSyntax,
	}, {
		name: "cut off at the beginning",
		in:   "or:\tIntel\nDevice:\t‸I350\nRev:\t01\n\nSlot:\t00:00.0\n",
		want: []pci.Device{{Device: id("", "I350"), Revision: "01"}, {Address: "0000:00:00.0"}},
		err:  pci.ErrNoSlot,
	}, {
		name: "lines of nobody, one defect",
		in:   "Slot:\t00:00.0\n\n‸root@host:~# exit\nlogout\n",
		want: []pci.Device{{Address: "0000:00:00.0"}},
		err:  pci.ErrOrphan,
	}, {
		name: "lines of nobody far behind",
		in:   "Slot:\t00:00.0\n" + strings.Repeat("\n", 1<<20) + "‸logout\n",
		want: []pci.Device{{Address: "0000:00:00.0"}},
		err:  pci.ErrOrphan,
	}, {
		name: "another program's output",
		in:   "‸-bash: lspci: command not found\n",
		err:  pci.ErrFormat,
	}, {
		name: "lspci -v",
		in:   "‸00:00.0 Host bridge: Intel Corporation 440FX (rev 02)\n\tSubsystem: Red Hat\n\n00:01.0 ISA bridge: Intel\n",
		err:  pci.ErrFormat,
	}, {
		name: "lspci that failed",
		in:   "warning\npcilib: ‸Cannot find any working access method.\n",
		err:  pci.ErrTool,
	}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			got, err := pci.Parse([]byte(before + after))
			if diff := cmp.Diff(tt.want, got.Devices, typed, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("Parse mismatch (-want +got):\n%s", diff)
			}
			if !errors.Is(err, tt.err) {
				t.Fatalf("Parse error = %v, want %v", err, tt.err)
			}
			if perr, ok := errors.AsType[*pci.ParseError](err); ok {
				line := 1 + strings.Count(before, "\n")
				column := len(before) - strings.LastIndex(before, "\n")
				if perr.Line != line || perr.Column != column {
					t.Errorf("error at %d:%d, want %d:%d", perr.Line, perr.Column, line, column)
				}
			}
			if n := len(messages(err)); n > 1 {
				t.Errorf("%d errors for one defect: %v", n, messages(err))
			}
		})
	}
}

// Nothing that was printed is lost: each line is a field of a device or stray.
func TestRecordLayer(t *testing.T) {
	in := "noise\n\nSlot:\t00:00.0\nNew:\tkept  \nno tag\n\nstray: line\n\nSlot:\t00:00.1\nSlot:\t00:00.2\n"
	got, _ := pci.Parse([]byte(in))
	want := &pci.List{
		Devices: []pci.Device{
			{Address: "0000:00:00.0", Line: 3, Fields: []pci.Field{
				{Key: "Slot", Value: "00:00.0", Line: 3}, {Key: "New", Value: "kept  ", Line: 4}, {Value: "no tag", Line: 5},
			}},
			{Address: "0000:00:00.1", Line: 9, Fields: []pci.Field{{Key: "Slot", Value: "00:00.1", Line: 9}}},
			{Address: "0000:00:00.2", Line: 10, Fields: []pci.Field{{Key: "Slot", Value: "00:00.2", Line: 10}}},
		},
		Stray: []pci.Field{{Value: "noise", Line: 1}, {Key: "stray", Value: "line", Line: 7}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Parse mismatch (-want +got):\n%s", diff)
	}
	wantText := "noise\nSlot:\t00:00.0\nNew:\tkept  \nno tag\n\nstray:\tline\nSlot:\t00:00.1\n\nSlot:\t00:00.2\n\n"
	if text := got.Format(); string(text) != wantText {
		t.Errorf("Format = %q, want %q", text, wantText)
	}
}

// What lspci printed is what Format writes, to the byte.
func TestFormatIsWhatWasRead(t *testing.T) {
	for _, name := range []string{"qemu-3.7.0-vmmnnkd", "qemu-3.9.0-vmmnkd", "qemu-3.13.0-vm", "qemu-3.15.0-vmm", "qemu-3.15.0-vmmnnkd"} {
		in := read(t, "lspci/"+name+"/input")
		list, err := pci.Parse(in)
		if err != nil {
			t.Error(err)
		}
		if out := list.Format(); !bytes.Equal(in, out) {
			t.Errorf("%s: %s", name, cmp.Diff(string(in), string(out)))
		}
	}
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		devices  int
	}{
		{"devices", strings.Repeat("Slot:\t00:00.0\n", 1<<16+10), 1 << 16},
		{"lines of a device", "Slot:\t00:00.0\n" + strings.Repeat("A:\n", 1<<20), 1},
		{"lines of nobody", "Slot:\t00:00.0\n" + strings.Repeat("\nx\n", 1<<20), 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list, err := pci.Parse([]byte(tt.in))
			if !errors.Is(err, pci.ErrLimit) {
				t.Errorf("error %v, want ErrLimit", err)
			}
			if len(list.Devices) != tt.devices {
				t.Errorf("%d devices, want %d", len(list.Devices), tt.devices)
			}
		})
	}
	t.Run("errors", func(t *testing.T) {
		_, err := pci.Parse([]byte(strings.Repeat("Slot:\tnowhere\n", 10000)))
		list, ok := errors.AsType[pci.Errors](err)
		if !ok || len(list) != 257 || !errors.Is(list[256], pci.ErrLimit) || list[0].Err != pci.ErrSyntax {
			t.Errorf("%d errors, the last %v", len(list), list[len(list)-1])
		}
	})
}

func TestAllocations(t *testing.T) {
	const devices = 1000
	data := server(devices, false)
	n := testing.AllocsPerRun(10, func() { pci.Parse(data) })
	if n/devices > 0.2 {
		t.Errorf("%v allocations for %d devices", n, devices)
	}
}

func TestErrorText(t *testing.T) {
	_, err := pci.Parse([]byte("Slot:\t00:00.0\nRev:\t" + strings.Repeat("x", 100) + "\nProgIf:\ty\n"))
	want := fmt.Sprintf("pci: line 2, column 6: invalid syntax: %q (and 1 more)", strings.Repeat("x", 80)+"…")
	if err == nil || err.Error() != want {
		t.Errorf("error = %v\nwant    %s", err, want)
	}
}

// TestMessageInside reads standard error among the output: what lspci complains
// of is no field of a device, and the device goes on behind it.
func TestMessageInside(t *testing.T) {
	for _, message := range []string{"lspci: Unable to load libkmod resources: error -12", "pcilib: sysfs_read_vpd: read failed: Input/output error",
		"libkmod: ERROR ../libkmod/libkmod.c:586 kmod_search_moddep: could not open moddep file"} {
		list, err := pci.Parse([]byte("Slot:\t5e:00.6\nClass:\tEthernet controller [0200]\nDriver:\tmlx5_core\n" + message + "\nNUMANode:\t0\nIOMMUGroup:\t160\n\nSlot:\t5e:00.7\nClass:\tEthernet controller [0200]\n"))
		if err != nil || len(list.Devices) != 2 || len(list.Stray) != 1 {
			t.Fatalf("%d devices, stray %v, %v", len(list.Devices), list.Stray, err)
		}
		d := &list.Devices[0]
		if len(d.Fields) != 5 || d.Driver != "mlx5_core" || d.NUMANode == nil || *d.NUMANode != 0 {
			t.Errorf("%+v", d)
		}
	}
}
