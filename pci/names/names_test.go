// SPDX-License-Identifier: Apache-2.0

package names_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/pci"
	"github.com/mchus/bee/pci/names"
)

const ids = `#	List of PCI ID's
# a comment

10ec  Realtek Semiconductor Co., Ltd.
	8168  RTL8111/8168 [Gigabit]
		10ec 8168  Reference board
		1458 e000  Onboard Ethernet
8086  Intel Corporation
	1521  I350 Gigabit Network Connection
		8086 0001  Ethernet Server Adapter I350-T4
	159b  Ethernet Controller E810-XXV for SFP
	ffff  Last device
C 02  Network controller
	00  Ethernet controller
		01  Some interface
	80  Network controller
C 06  Bridge
	04  PCI bridge
C ff  Unassigned class
`

func write(tb testing.TB, name, text string) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
	return path
}

func TestLookup(t *testing.T) {
	db := names.DB{Paths: []string{"/does/not/exist", write(t, "pci.ids", ids)}}
	for _, tt := range []struct{ what, got, want string }{
		{"vendor", db.Vendor("8086"), "Intel Corporation"},
		{"unknown vendor", db.Vendor("dead"), ""},
		{"device", db.Device("8086", "1521"), "I350 Gigabit Network Connection"},
		{"name with brackets", db.Device("10ec", "8168"), "RTL8111/8168 [Gigabit]"},
		{"device of another vendor", db.Device("10ec", "1521"), ""},
		{"subsystem", db.Subsystem("10ec", "8168", "1458", "e000"), "Onboard Ethernet"},
		{"subsystem of another device", db.Subsystem("8086", "1521", "1458", "e000"), ""},
		{"subsystem like the device", db.Subsystem("8086", "159b", "8086", "159b"), "Ethernet Controller E810-XXV for SFP"},
		{"subsystem like the device, with a name", db.Subsystem("10ec", "8168", "10ec", "8168"), "Reference board"},
		{"class", db.Class("0200"), "Ethernet controller"},
		{"base class", db.Class("0207"), "Network controller"},
		{"unknown class", db.Class("1300"), ""},
		{"no class", db.Class(""), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("%s = %q, want %q", tt.what, tt.got, tt.want)
		}
	}
	if err := db.Load(); err != nil {
		t.Error(err)
	}
}

func TestCompressed(t *testing.T) {
	var b strings.Builder
	w := gzip.NewWriter(&b)
	fmt.Fprint(w, ids)
	w.Close()
	db := names.DB{Paths: []string{write(t, "pci.ids.gz", b.String())}}
	if got := db.Vendor("10ec"); got != "Realtek Semiconductor Co., Ltd." {
		t.Errorf("Vendor = %q, %v", got, db.Load())
	}
}

func TestFill(t *testing.T) {
	list := &pci.List{Devices: []pci.Device{{
		Class: pci.Name{ID: "0200"}, Vendor: pci.Name{ID: "8086"}, Device: pci.Name{ID: "1521"},
		SubsystemVendor: pci.Name{ID: "8086"}, SubsystemDevice: pci.Name{ID: "0001"},
	}, {
		Class: pci.Name{ID: "0604", Name: "named by lspci"}, Vendor: pci.Name{ID: "8086"},
	}, {
		Address: "0000:00:01.0", // nothing else was readable
	}}}
	want := &pci.List{Devices: []pci.Device{{
		Class: pci.Name{ID: "0200", Name: "Ethernet controller"}, Vendor: pci.Name{ID: "8086", Name: "Intel Corporation"},
		Device:          pci.Name{ID: "1521", Name: "I350 Gigabit Network Connection"},
		SubsystemVendor: pci.Name{ID: "8086", Name: "Intel Corporation"},
		SubsystemDevice: pci.Name{ID: "0001", Name: "Ethernet Server Adapter I350-T4"},
	}, list.Devices[1], list.Devices[2]}}
	db := names.DB{Paths: []string{write(t, "pci.ids", ids)}}
	if err := db.Fill(list); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Errorf("Fill mismatch (-want +got):\n%s", diff)
	}
}

// Where lspci gave the names, the file is not even opened.
func TestFillIsLazy(t *testing.T) {
	list, err := pci.Parse([]byte("Slot:\t00:00.0\nClass:\tHost bridge [0600]\nVendor:\tIntel Corporation [8086]\n" +
		"Device:\tDevice [29c0]\nSVendor:\tUnknown vendor [1111]\nSDevice:\tDevice [0000]\n"))
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, "pci.ids", "80")
	db := names.DB{Paths: []string{path}}
	if err := db.Fill(list); err != nil {
		t.Fatalf("Fill loaded the file: %v", err)
	}
	numbers := &pci.List{Devices: []pci.Device{{Vendor: pci.Name{ID: "8086"}}}}
	if err := db.Fill(numbers); !errors.Is(err, names.ErrBadDB) {
		t.Fatalf("Fill = %v, want ErrBadDB", err)
	}
}

func TestOddFiles(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       error
	}{
		{"empty", "", names.ErrBadDB},
		{"comments only", "# nothing\n", names.ErrBadDB},
		{"short vendor", "80", names.ErrBadDB},
		{"vendor without a name", "8086", names.ErrBadDB},
		{"device without a vendor", "\t1521  I350\n", names.ErrBadDB},
		{"short device", "8086  Intel\n\t15", names.ErrBadDB},
		{"short subsystem", "8086  Intel\n\t1521  I350\n\t\t8086 00", names.ErrBadDB},
		{"short class", "8086  Intel\nC 0", names.ErrBadDB},
		{"short subclass", "8086  Intel\nC 03  Display\n\t0", names.ErrBadDB},
		{"tab", "8086  Intel\n\t", names.ErrBadDB},
		{"cut short between lines", "8086  Intel\n\t1521  I350\n", nil},
		{"not UTF-8", "8086  Int\xffel\n", nil},
		{"vendor twice", "8086  Intel\n8086  Other\n", names.ErrBadDB},
		{"list of a newer version", "8086  Intel\nS 12  Signal\n\tanything\n", nil},
		{"lines of Windows", "8086  Intel\r\n\r\n\t1521  I350\r\n", nil},
		{"HTML", "<!DOCTYPE html><title>404</title>", names.ErrBadDB},
		{"zeros", strings.Repeat("\x00", 1000), names.ErrBadDB},
	} {
		t.Run(tt.name, func(t *testing.T) {
			db := names.DB{Paths: []string{write(t, "pci.ids", tt.text)}}
			if err := db.Load(); !errors.Is(err, tt.want) {
				t.Fatalf("Load = %v, want %v", err, tt.want)
			}
			// Questions are safe all the same.
			if got := db.Device("1111", "2222") + db.Subsystem("1", "2", "3", "4") + db.Class("0200") + db.Vendor(""); got != "" {
				t.Errorf("names from nowhere: %q", got)
			}
		})
	}
	t.Run("folder", func(t *testing.T) {
		db := names.DB{Paths: []string{t.TempDir()}}
		if err := db.Load(); !errors.Is(err, names.ErrBadDB) {
			t.Fatalf("Load = %v, want ErrBadDB", err)
		}
	})
	t.Run("not compressed", func(t *testing.T) {
		db := names.DB{Paths: []string{write(t, "pci.ids.gz", ids)}}
		if err := db.Load(); !errors.Is(err, names.ErrBadDB) {
			t.Fatalf("Load = %v, want ErrBadDB", err)
		}
	})
	t.Run("a good file after a broken one", func(t *testing.T) {
		db := names.DB{Paths: []string{write(t, "pci.ids", "80"), write(t, "pci.ids", ids)}}
		if got := db.Vendor("8086"); got != "Intel Corporation" {
			t.Errorf("Vendor = %q, %v", got, db.Load())
		}
	})
}

// A line that makes no sense costs no other its name.
func TestBrokenLine(t *testing.T) {
	db := names.DB{Paths: []string{write(t, "pci.ids", strings.Replace(ids, "\t159b  ", "\t159  ", 1))}}
	list := &pci.List{Devices: []pci.Device{{Vendor: pci.Name{ID: "8086"}, Device: pci.Name{ID: "1521"}}}}
	err := db.Fill(list)
	if !errors.Is(err, names.ErrBadDB) || !strings.Contains(err.Error(), `line 11: "\t159  Ethernet`) {
		t.Errorf("Fill = %v", err)
	}
	if got := list.Devices[0].Device.Name + ", " + db.Device("8086", "ffff") + ", " + db.Class("0604"); got != "I350 Gigabit Network Connection, Last device, PCI bridge" {
		t.Errorf("names: %s", got)
	}
}

// What lspci prints for each device, card and class of the machine's pci.ids.
func TestAgainstLspci(t *testing.T) {
	const file = "/usr/share/misc/pci.ids"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Skip(err)
	}
	if _, err := exec.LookPath("lspci"); err != nil {
		t.Skip(err)
	}
	var dump bytes.Buffer
	n, vendor, device, class := 0, "", "", ""
	add := func(card, class string) {
		if vendor == "" || device == "" {
			return
		}
		var b [64]byte
		for at, number := range map[int]string{0: vendor, 2: device, 0x0a: class, 0x2c: card[:4], 0x2e: card[5:]} {
			v, err := strconv.ParseUint(number, 16, 16)
			if err != nil {
				t.Fatal(err)
			}
			binary.LittleEndian.PutUint16(b[at:], uint16(v))
		}
		fmt.Fprintf(&dump, "%02x:%02x.%d x\n", n>>8, n>>3&31, n&7)
		for at := 0; at < len(b); at += 16 {
			fmt.Fprintf(&dump, "%02x: % x\n", at, b[at:at+16])
		}
		dump.WriteByte('\n')
		n++
	}
	for line := range strings.Lines(string(data)) {
		switch {
		case line == "\n", line[0] == '#':
		case line[:2] == "C ":
			class, vendor, device = line[2:4], "8086", "1521"
			add("8086 1521", class+"fe") // has no name of its own
		case class != "" && line[1] != '\t':
			add("8086 0001", class+line[1:3])
		case class != "":
		case line[0] != '\t':
			vendor, device = line[:4], ""
		case line[1] != '\t':
			if device = line[1:5]; len(line)%4 == 0 {
				add(vendor+" "+device, "0200")
			}
		default:
			add(line[2:11], "0200")
		}
	}
	path := write(t, "dump", dump.String())
	// systemd's database is another one, and newer.
	out, err := exec.Command("lspci", "-F", path, "-vmmnnD", "-i", file, "-O", "hwdb.disable=1").Output()
	if err != nil {
		t.Skip("lspci is too old: ", err)
	}
	want, err := pci.Parse(out)
	if err != nil || len(want.Devices) != n || n < 10000 {
		t.Fatalf("%d devices of %d, %v", len(want.Devices), n, err)
	}
	got := new(pci.List)
	for _, d := range want.Devices {
		got.Devices = append(got.Devices, pci.Device{
			Class: pci.Name{ID: d.Class.ID}, Vendor: pci.Name{ID: d.Vendor.ID}, Device: pci.Name{ID: d.Device.ID},
			SubsystemVendor: pci.Name{ID: d.SubsystemVendor.ID}, SubsystemDevice: pci.Name{ID: d.SubsystemDevice.ID},
		})
	}
	db := names.DB{Paths: []string{file}}
	if err := db.Fill(got); err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for i := range n {
		a, b := &want.Devices[i], &got.Devices[i]
		if strings.HasSuffix(a.SubsystemDevice.Name, "...") || b.Device.ID == "0000" {
			continue // lspci cuts long names, and finds no card with a device 0000
		}
		if a.Class != b.Class || a.Vendor != b.Vendor || a.Device != b.Device || a.SubsystemVendor != b.SubsystemVendor || a.SubsystemDevice != b.SubsystemDevice {
			if wrong++; wrong <= 10 {
				t.Errorf("%v, lspci: %v", b, a)
			}
		}
	}
	t.Logf("%d functions, %d otherwise than lspci", n, wrong)
}

func TestConcurrent(t *testing.T) {
	db := names.DB{Paths: []string{write(t, "pci.ids", ids)}}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := db.Vendor("8086"); got != "Intel Corporation" {
				t.Errorf("Vendor = %q", got)
			}
		})
	}
	wg.Wait()
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var db names.DB
		if err := db.Load(); err != nil {
			b.Skip(err)
		}
	}
}

// Sixty questions to a loaded file.
func BenchmarkLookup60(b *testing.B) {
	var db names.DB
	if err := db.Load(); err != nil {
		b.Skip(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for i := range 60 {
			db.Device("8086", fmt.Sprintf("%04x", 0x1500+i))
		}
	}
}
