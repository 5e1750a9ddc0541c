// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/host"
)

// A slot is a place in the emulated server for something with a serial number.
type slot struct {
	kind, model, place string
	token              string // the serial number in the captured hosts
}

// slots are those whose serial numbers the generator changes. hosts_test.go has
// the truth about the rest.
var slots = []slot{
	{"system", "LX2 Server", "", "SRV-2023-0042"},
	{"board", "LX2-BOARD", "Slot 0", "BRD-0001-A7"},
	{"chassis", "Other", "", "CH-LAB-0001"},
	{"dimm", "M321R8GA0BB0-CQKZJ", "DIMM_P0_A1", "80CE012249A1B2C3"},
	{"dimm", "HMCG94AEBRA109N", "DIMM_P0_B1", "25B8F0C1"},
	{"dimm", "", "DIMM_P1_A2", "2F3E11AA"},
	{"drive", "QEMU NVMe Ctrl", "0000:01:00.0", "S64GNE0R100001"},
	{"drive", "QEMU NVMe Ctrl", "0000:02:00.0", "PHLN0001400G"},
	{"drive", "QEMU NVMe Ctrl", "0000:06:00.0", "SPACED 77"},
	{"drive", "INTEL SSDSC2KB480G8", "", "BTYF0001480G"},
	{"drive", "ST8000NM000A-2KE101", "", "ZA1ABCDE"},
	{"drive", "ST1200MM0009", "", "WFK00001"},
	{"drive", "HUC101860CSS200", "", "0BG00002"},
	{"drive", "U320-73", "", "LSI73"},
	{"drive", "QEMU HARDDISK", "", "VSCSI0"},
	{"drive", "QEMU HARDDISK", "", "USB0001"},
	{"drive", "", "", "VBLK0001"},
	{"psu", "PSU 800W Platinum", "PS1", "DPSN0000123456"},
}

// The slots that the story is about.
const (
	system = 0
	dimm   = 4
	nvme0  = 6
	nvme1  = 7
	ssd    = 9
	hdd    = 10
	psu    = 17
)

const uuid = "4c4c4544-0042-4c10-8030-b9c04f534c32"

// A machine is one that the generator makes.
type machine struct {
	number  int
	serials []string // by slot
	base    int      // which of the captured hosts it is like

	newSSD, newBIOS bool // runs the later firmware
	unreliable      bool // nvme0 warns of itself
	reallocated     int  // sectors of the hdd
	usedPct, hours  int  // of nvme0
}

func newMachine(number, bases int) *machine {
	m := &machine{
		number: number, base: number % bases,
		newSSD: number%10 == 3, newBIOS: number%7 == 2, unreliable: number%41 == 5,
		usedPct: number * 7 % 80, hours: number * 997 % 60000,
	}
	if number%29 == 11 {
		m.reallocated = 1 + number%50
	}
	for s := range slots {
		m.serials = append(m.serials, serial(s, number))
	}
	return m
}

// serial makes a serial number of the form that a slot's has. No two slots of a
// kind, and no two numbers below a million, give the same.
func serial(s, number int) string {
	token := slots[s].token
	if slots[s].kind == "dimm" { // eight hexadecimal digits at the end
		n := uint32(s-dimm+1)<<30 | uint32(number)*2654435761&(1<<30-1)
		return fmt.Sprintf("%s%08X", token[:len(token)-8], n)
	}
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	out := []byte(strings.Repeat("0", len(token)))
	n := (number*7919 + 123457) % (36 * 36 * 36 * 36) // 7919 shares no factor with 36
	for i := len(out) - 1; i > 0; i-- {
		out[i] = digits[n%36]
		n /= 36
	}
	out[0] = digits[10+s]
	return string(out)
}

// capture returns what the tools print on the machine.
func (m *machine) capture(base host.Capture) host.Capture {
	pairs := []string{
		uuid, fmt.Sprintf("%s%012x", uuid[:24], 0x100000000000+m.number),
		"52:54:00:aa:00", fmt.Sprintf("52:54:%02x:%02x:%02x", m.number>>16&0xff, m.number>>8&0xff, m.number&0xff),
	}
	for s, slot := range slots {
		pairs = append(pairs, slot.token, m.serials[s])
		if page := pageOf(base["files.jsonl"], slot.token); page != nil {
			renamed := bytes.ReplaceAll(page, []byte(slot.token), []byte(m.serials[s]))
			pairs = append(pairs, base64.StdEncoding.EncodeToString(page), base64.StdEncoding.EncodeToString(renamed))
		}
	}
	names := strings.NewReplacer(pairs...)
	c := make(host.Capture, len(base))
	for name, data := range base {
		c[name] = []byte(names.Replace(string(data)))
	}
	m.edit(c)
	return c
}

// pageOf finds the page of a disk's data in which the kernel shows its serial
// number, nil if there is none.
func pageOf(files []byte, token string) []byte {
	for line := range bytes.Lines(files) {
		var entry struct{ Bytes []byte }
		if bytes.Contains(line, []byte(`/vpd_pg80"`)) && json.Unmarshal(line, &entry) == nil && bytes.Contains(entry.Bytes, []byte(token)) {
			return entry.Bytes
		}
	}
	return nil
}

const (
	ssdFile  = "smartctl-x-j-d-sat-dev-sda.stdout"
	hddFile  = "smartctl-x-j-d-sat-dev-sdb.stdout"
	nvmeFile = "smartctl-x-j-d-nvme-dev-nvme0.stdout"
)

// edit puts the machine's firmware and defects into its capture.
func (m *machine) edit(c host.Capture) {
	if m.newSSD {
		replace(c, ssdFile, "", "XCV10132", "XCV10200")
	}
	if m.newBIOS {
		replace(c, "dmidecode.stdout", "", "Version: 3.2a", "Version: 3.3b")
	}
	if m.unreliable {
		replace(c, nvmeFile, "", `"critical_warning": 0`, `"critical_warning": 4`)
	}
	if m.reallocated > 0 {
		replace(c, hddFile, `"id": 5,`, `"value": 0,`, fmt.Sprintf(`"value": %d,`, m.reallocated))
		replace(c, hddFile, `"id": 5,`, `"string": "0"`, fmt.Sprintf(`"string": "%d"`, m.reallocated))
	}
	replace(c, nvmeFile, "", `"percentage_used": 0`, fmt.Sprintf(`"percentage_used": %d`, m.usedPct))
	replace(c, nvmeFile, "", `"power_on_hours": 0`, fmt.Sprintf(`"power_on_hours": %d`, m.hours))
	replace(c, nvmeFile, "", `"hours": 0`, fmt.Sprintf(`"hours": %d`, m.hours))
}

// replace replaces the first text after a mark in a file, which must be there.
func replace(c host.Capture, file, mark, old, new string) {
	before, after, ok := strings.Cut(string(c[file]), mark)
	at := strings.Index(after, old)
	if !ok || at < 0 {
		panic(fmt.Sprintf("%s has no %q after %q", file, old, mark))
	}
	c[file] = []byte(before + mark + after[:at] + new + after[at+len(old):])
}
