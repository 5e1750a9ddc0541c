// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/ipmi"
	"github.com/mchus/bee/nvidia"
	"github.com/mchus/bee/nvme"
	"github.com/mchus/bee/pci"
	"github.com/mchus/bee/smart"
)

// Each parser gets megabytes that its format makes cheap to write and that are
// all record, all depth, all error or one line. What it allocates on the way
// stays a multiple of the input, and so does its time: squared, a megabyte
// would take hours.
func TestParsersAreBounded(t *testing.T) {
	const (
		size    = 1 << 20
		maxTime = 20 * time.Second
		maxUse  = 100 // bytes allocated for a byte
	)
	parsers := map[string]func([]byte){
		"dmi":              func(b []byte) { _, _ = dmi.Parse(b) },
		"ipmi FRU":         func(b []byte) { _, _ = ipmi.ParseFRU(b) },
		"ipmi SDR":         func(b []byte) { _, _ = ipmi.ParseSDR(b) },
		"ipmi SEL":         func(b []byte) { _, _ = ipmi.ParseSEL(b) },
		"ipmi MC":          func(b []byte) { _, _ = ipmi.ParseMC(b) },
		"ipmi LAN":         func(b []byte) { _, _ = ipmi.ParseLAN(b) },
		"ipmi LAN6":        func(b []byte) { _, _ = ipmi.ParseLAN6(b) },
		"pci":              func(b []byte) { _, _ = pci.Parse(b) },
		"nvidia":           func(b []byte) { _, _ = nvidia.Parse(b) },
		"nvidia CSV":       func(b []byte) { _, _ = nvidia.ParseCSV(b) },
		"nvidia text":      func(b []byte) { _, _ = nvidia.ParseText(b) },
		"smart":            func(b []byte) { _, _ = smart.Parse(b) },
		"smart scan":       func(b []byte) { _, _ = smart.ParseScan(b) },
		"smart lsblk":      func(b []byte) { _, _ = smart.ParseLsblk(b) },
		"nvme list":        func(b []byte) { _, _ = nvme.ParseList(b) },
		"nvme id-ctrl":     func(b []byte) { _, _ = nvme.ParseIDCtrl(b) },
		"nvme smart-log":   func(b []byte) { _, _ = nvme.ParseSmartLog(b) },
		"nvme error-log":   func(b []byte) { _, _ = nvme.ParseErrorLog(b) },
		"nvme list-subsys": func(b []byte) { _, _ = nvme.ParseListSubsys(b) },
	}
	inputs := map[string]struct{ head, body, tail string }{
		"nothing":    {body: "\n"},
		"one line":   {body: "x"},
		"tabs":       {body: "\t"},
		"colons":     {body: "a : b\n"},
		"handles":    {body: "Handle 0x0001, DMI type 17, 40 bytes\nMemory Device\n"},
		"items":      {head: "Handle 0x0001, DMI type 11, 40 bytes\nOEM Strings\n\tA:\n", body: "\t\tb\n"},
		"slots":      {body: "Slot:\t00:00.0\n\n"},
		"slot":       {head: "Slot:\t00:00.0\n", body: "Vendor:\tA\n"},
		"FRU":        {body: "FRU Device Description : A (ID 1)\n Board Mfg : x\n\n"},
		"sensors":    {body: "A | 01h | ok | 1.1 | 1 Volts\n"},
		"depth":      {body: `{"a":`},
		"lists":      {body: "["},
		"entries":    {head: `{"a":[`, body: "{},", tail: "{}]}"},
		"disks":      {head: `{"blockdevices":[`, body: `{"name":"a"},`, tail: `{"name":"b"}]}`},
		"numbers":    {head: `{"a":`, body: "1"},
		"strings":    {head: `{"a":"`, body: `\u0041`, tail: `"}`},
		"keys":       {head: "{", body: `"a":{},`, tail: `"b":0}`},
		"elements":   {head: "<nvidia_smi_log>", body: "<gpu></gpu>"},
		"nested XML": {body: "<a>"},
		"entities":   {head: "<nvidia_smi_log><gpu><serial>", body: "&amp;"},
		"cells":      {head: "a, b\n", body: ","},
		"binary":     {body: "\x00\xff\x80\r"},
	}
	for name, in := range inputs {
		data := []byte(in.head + strings.Repeat(in.body, size/len(in.body)) + in.tail)
		for parser, parse := range parsers {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			parse(data)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			use := (after.TotalAlloc - before.TotalAlloc) / uint64(len(data))
			if took > maxTime || use > maxUse {
				t.Errorf("%s, %s: %v, %d bytes allocated for a byte", parser, name, took, use)
			}
		}
	}
}
