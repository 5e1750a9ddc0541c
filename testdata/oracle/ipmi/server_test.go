// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/ipmi"
	"github.com/mchus/bee/testdata/fru"
	"github.com/mchus/bee/testdata/fru/bmc"
	"github.com/mchus/bee/testdata/tools"
)

// server is the controller of a machine with two power supplies, the second of
// them without mains, a fan that stands still, and a hot processor.
func server() bmc.Config {
	board := &fru.Image{
		Version: 1,
		Chassis: &fru.Chassis{Type: 0x17, PartNumber: latin("CSE-815TQ"), Serial: latin("C815LAB0001")},
		Board: &fru.Board{
			Language: 25, Made: time.Date(2021, 3, 4, 5, 6, 0, 0, time.UTC),
			Manufacturer: latin("Bee Labs"), Product: latin("BX-2U"), Serial: latin("BXS0001"), PartNumber: latin("BX-2U-REV2"),
		},
		Product: &fru.Product{
			Language:     25,
			Manufacturer: latin("Bee Labs"), Name: latin("Server: 2U"), PartNumber: latin("BL-2U-12"), Serial: latin("SRV0042"), AssetTag: latin("N/A"),
		},
	}
	return bmc.Config{
		DeviceID: []byte{0x20, 0x81, 0x02, 0x17, 0x02, 0x8F, 0x57, 0x01, 0, 0x49, 0, 0x01, 0x17, 0x37, 0x10},
		FRUs: map[byte]bmc.FRU{
			0: {Data: board.Bytes()}, 1: {Data: supply("PSN0001")}, 2: {Data: supply("PSN0002")},
			3: {Data: fru.DIMM{
				DDR4: true, DieMegabits: 8192, BusBits: 64, DeviceBits: 4, Ranks: 2, ECC: true,
				Maker: fru.Makers[0], Year: 2019, Week: 7, Serial: [4]byte{0x18, 0x5E, 0x62, 0xC7}, PartNumber: "M393A4K40BB1-CRC",
			}.Bytes()},
			4: {Code: 0xC3},
		},
		SDRs: [][]byte{
			bmc.ControllerLocator(0x20, 46, 1, "BeeBMC"),
			bmc.FRULocator(1, 0, 10, 1, "PS1 FRU"), bmc.FRULocator(2, 0, 10, 2, "PS2 FRU"),
			bmc.FRULocator(3, 1, 32, 1, "P1-DIMMA1"), bmc.FRULocator(4, 0, 15, 1, "HDD BP"),
			bmc.Threshold{Number: 1, Entity: 3, Instance: 1, Type: 1, Unit: 1, M: 1, Name: "CPU1 Temp"}.Record(),
			bmc.Threshold{Number: 2, Entity: 29, Instance: 1, Type: 4, Unit: 18, M: 60, Name: "FAN1"}.Record(),
			bmc.Threshold{Number: 3, Entity: 10, Instance: 1, Type: 0x0B, Unit: 6, M: 4, Name: "PS1 Input Power"}.Record(),
			bmc.Threshold{Number: 4, Entity: 7, Instance: 1, Type: 2, Unit: 4, M: 6, Exponent: -2, Name: "P12V"}.Record(),
			bmc.Threshold{Number: 7, Entity: 3, Instance: 2, Type: 1, Unit: 1, M: 1, Name: "CPU2 Temp"}.Record(),
			bmc.Discrete(5, 10, 1, 8, "PS1 Status"), bmc.Discrete(6, 10, 2, 8, "PS2 Status"),
		},
		Sensors: map[byte][]byte{
			1: {235, 0xC0, 0xD0}, 2: {0, 0xC0, 0xC2}, 3: {52, 0xC0, 0xC0}, 4: {201, 0xC0, 0xC0}, 7: {0, 0x20, 0},
			5: {0, 0xC0, 0x01, 0x80}, 6: {0, 0xC0, 0x09, 0x80},
		},
		Limits: map[byte][]byte{
			1: {0x18, 0, 0, 0, 220, 230, 0}, 2: {0x03, 20, 10, 0, 0, 0, 0}, 3: {0, 0, 0, 0, 0, 0, 0},
			4: {0x3F, 190, 185, 180, 210, 215, 220}, 7: {0x18, 0, 0, 0, 220, 230, 0},
		},
		SEL: [][]byte{
			event(12, 0x07, 0x08, 5, 0x6F, 0x00), event(acLost, 0x20, 0x08, 6, 0x6F, 0xA3),
			event(acLost+60, 0x20, 0x01, 1, 0x01, 0x59, 235, 230),
			{0xE0, 'o', 'e', 'm', ' ', 'd', 'a', 't', 'a', 1, 2, 3, 4, 5},
		},
		LAN: map[byte][]byte{
			0: {0}, 1: {0x15}, 2: {0x15, 0x15, 0x15, 0x15, 0}, 3: {10, 1, 2, 3}, 4: {1}, 5: {0x00, 0x25, 0x90, 0x83, 0xD4, 0x4C},
			6: {255, 255, 0, 0}, 7: {0x40, 0x40, 0x10}, 10: {2}, 11: {3}, 12: {10, 1, 0, 1}, 13: make([]byte, 6),
			14: make([]byte, 4), 15: make([]byte, 6), 16: []byte("public\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
			20: {0x2A, 0x80}, 21: {3}, 22: {8}, 23: {0, 1, 2, 3, 6, 7, 8, 11, 12}, 24: {0, 0x44, 0x44, 0, 0x44, 0x04, 0, 0, 0},
		},
	}
}

// acLost is when the second power supply lost its input, in seconds since 1970.
const acLost = 0x60400000

func latin(value string) fru.Text { return fru.Text{Encoding: fru.Latin1, Value: value} }

func supply(serial string) []byte {
	image := fru.Image{
		Version: 1,
		Product: &fru.Product{
			Language:     25,
			Manufacturer: latin("DELTA"), Name: latin("PSU 800W Platinum"), PartNumber: latin("DPS-800AB-1"),
			ProductVersion: latin("00F"), Serial: latin(serial),
		},
		Records: []fru.Record{
			fru.PowerSupply{
				Watts: 800, PeakVA: 900, InrushAmps: 35, InrushMs: 5, Low1: 90, High1: 132, Low2: 180, High2: 264,
				LowHz: 47, HighHz: 63, DropoutMs: 16, PFC: true, Auto: true, Swap: true, PeakWatts: 800, HoldupSeconds: 1,
			},
			fru.DCOutput{Number: 1, Nominal: 1200, Negative: -60, Positive: 60, Ripple: 120, MaxMA: 65000},
		},
	}
	return image.Bytes()
}

// event returns a record of the event log: a time, who logged it, a sensor and
// three bytes of data.
func event(seconds uint32, generator, kind, number, eventType byte, data ...byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte{2}, seconds)
	b = append(b, generator, 0, 4, kind, number, eventType)
	return append(append(b, data...), 0xFF, 0xFF, 0xFF)[:14]
}

// TestServer runs every command that package ipmi reads on the server, and
// compares what the parser says with what the server was given. With
// BEE_CAPTURE it stores what the tools print in that folder.
func TestServer(t *testing.T) {
	for _, suite := range suites {
		t.Run(suite, func(t *testing.T) {
			tree := tools.Suite(t, suite, "ipmitool")
			controller, err := bmc.Listen(server())
			if err != nil {
				t.Fatal(err)
			}
			defer controller.Close()
			print := func(args ...string) []byte {
				cmd := tree.Command("ipmitool", controller.Args(args...)...)
				cmd.Env = append(cmd.Env, "TZ=UTC")
				out, _ := cmd.Output() // a device that is absent makes it exit with 1
				capture(t, suite, args, out)
				return out
			}
			checkSupplies(t, print("-v", "fru", "print"), print("sdr", "elist", "all"))
			checkSupplies(t, print("fru", "print"), print("sensor"))
			for _, layout := range [][]string{{"sdr", "list", "all"}, {"-v", "sdr"}, {"-c", "sdr"}, {"-c", "sdr", "elist"}, {"-v", "-c", "sdr"}} {
				checkSensors(t, layout, print(layout...))
			}
			if suite != "bullseye" { // 1.8.18 prints nothing
				checkSensors(t, []string{"-c", "sensor"}, print("-c", "sensor"))
			}
			checkController(t, print("mc", "info"), print("lan", "print", "1"))
			checkLog(t, suite, print("sel", "elist"), print("sel", "info"))
			checkLog(t, suite, print("-c", "sel", "elist"), print("sel", "info"))
		})
	}
}

// capture stores an output as a file named after the suite and the command.
func capture(t *testing.T, suite string, args []string, out []byte) {
	folder := os.Getenv("BEE_CAPTURE")
	if folder == "" {
		return
	}
	name := filepath.Join(folder, suite+"."+strings.ReplaceAll(strings.Join(args, "-"), "--", "-"))
	if err := os.WriteFile(name, out, 0o644); err != nil {
		t.Fatal(err)
	}
}

// checkSupplies checks the two power supplies and the absent backplane.
func checkSupplies(t *testing.T, frus, sensors []byte) {
	t.Helper()
	list, err := ipmi.ParseFRU(frus)
	sdr, err2 := ipmi.ParseSDR(sensors)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	supplies := ipmi.PowerSupplies(list, sdr)
	if len(supplies) != 2 {
		t.Fatalf("%d power supplies, want 2", len(supplies))
	}
	for i, p := range supplies {
		serial := []string{"PSN0001", "PSN0002"}[i]
		if p.Serial != serial || p.Model != "PSU 800W Platinum" || p.PartNumber != "DPS-800AB-1" || p.Manufacturer != "DELTA" || p.Revision != "00F" {
			t.Errorf("power supply %d is %s", i, marshal(p))
		}
		if p.Present == nil || !*p.Present || p.InputLost == nil || *p.InputLost != (i == 1) || p.Failed == nil || *p.Failed {
			t.Errorf("state of power supply %d is %s", i, marshal(p))
		}
	}
	if w := supplies[0].InputWatts; w == nil || *w != 208 {
		t.Errorf("input power %v, want 208", w)
	}
	if state := list.Devices()[4].State; state != ipmi.FRUAbsent {
		t.Errorf("backplane is %q, want absent", state)
	}
	checkSensors(t, nil, sensors)
}

// checkSensors checks what every layout says of the sensors.
func checkSensors(t *testing.T, layout []string, out []byte) {
	t.Helper()
	sdr, err := ipmi.ParseSDR(out)
	if err != nil {
		t.Error(err)
	}
	if format := sdr.Format(); !bytes.Equal(format, out) {
		t.Errorf("%v: Format gives\n%swant\n%s", layout, format, out)
	}
	bad := make(map[string]bool)
	readings := make(map[string]float64)
	for _, s := range sdr.Sensors() {
		bad[s.Name] = s.Bad()
		if s.Reading != nil {
			readings[s.Name] = *s.Reading
		}
		if len(s.Unknown) > 0 {
			t.Errorf("%v: not understood: %v", layout, s.Unknown)
		}
	}
	for name, want := range map[string]float64{"CPU1 Temp": 235, "FAN1": 0, "PS1 Input Power": 208, "P12V": 12.06} {
		if got, ok := readings[name]; !ok || got != want {
			t.Errorf("%v: %s reads %v, want %v", layout, name, got, want)
		}
	}
	if _, ok := readings["CPU2 Temp"]; ok {
		t.Errorf("%v: CPU2 Temp has a reading", layout)
	}
	if !bad["CPU1 Temp"] || !bad["FAN1"] || bad["P12V"] || bad["CPU2 Temp"] {
		t.Errorf("%v: bad sensors are %v", layout, bad)
	}
}

func checkController(t *testing.T, info, lan []byte) {
	t.Helper()
	mc, err := ipmi.ParseMC(info)
	if err != nil {
		t.Error(err)
	}
	i := mc.Info()
	if *i.DeviceID != 32 || *i.DeviceRevision != 1 || i.FirmwareRevision != "2.17" || i.IPMIVersion != "2.0" || i.ManufacturerID != 343 ||
		i.AuxFirmware != "01.17.37.10" || *i.ProductID != 73 || !*i.ProvidesSDRs || !*i.Available || len(i.Support) != 5 || i.Unknown != nil {
		t.Errorf("controller is %s", marshal(i))
	}
	l, err := ipmi.ParseLAN(lan)
	if err != nil {
		t.Error(err)
	}
	if format := l.Format(); !bytes.Equal(format, lan) {
		t.Errorf("Format gives\n%swant\n%s", format, lan)
	}
	c := l.Config()
	if c.IPAddress != "10.1.2.3" || c.SubnetMask != "255.255.0.0" || c.MACAddress != "00:25:90:83:d4:4c" || c.DefaultGateway != "10.1.0.1" ||
		c.IPAddressSource != "Static Address" || *c.VLANID != 42 || *c.VLANPriority != 3 || len(c.CipherSuites) != 8 ||
		*c.GratuitousARPMilliseconds != 2000 || !*c.ARPResponses || len(c.AuthTypesEnabled) != 5 || c.IPHeader.TTL != 64 || c.Unknown != nil {
		t.Errorf("network is %s", marshal(c))
	}
}

func checkLog(t *testing.T, suite string, list, info []byte) {
	t.Helper()
	sel, err := ipmi.ParseSEL(append(info, list...))
	if err != nil {
		t.Error(err)
	}
	events := sel.Events()
	if len(events) != 4 || *sel.Info().Entries != 4 || sel.Info().Unknown != nil {
		t.Fatalf("event log is %s, %s", marshal(events), marshal(sel.Info()))
	}
	zone := map[bool]string{false: "Z"}[suite == "bullseye"]
	if e := events[0]; e.UptimeSeconds == nil || *e.UptimeSeconds != 12 || e.Time != "" || !*e.Asserted || e.Unknown {
		t.Errorf("event 1 is %s", marshal(e))
	}
	logged := time.Unix(acLost, 0).UTC().Format("2006-01-02T15:04:05")
	if e := events[1]; e.Time != logged+zone || e.Text != "Power Supply AC lost" || e.Sensor != "Power Supply PS2 Status" || e.Unknown {
		t.Errorf("event 2 is %s", marshal(e))
	}
	if e := events[2]; e.Sensor != "Temperature CPU1 Temp" || e.Detail != "Reading 235 > Threshold 230 degrees C" || e.Unknown {
		t.Errorf("event 3 is %s", marshal(e))
	}
	if e := events[3]; e.ID != 4 || !strings.HasPrefix(e.OEM, "OEM record e0") || e.Unknown {
		t.Errorf("event 4 is %s", marshal(e))
	}
}
