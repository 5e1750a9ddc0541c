// SPDX-License-Identifier: Apache-2.0

package smart

import "testing"

// TestUnsignedText: what smartctl prints as if it had a sign is a number without
// one, and nothing is cut to 64 bits.
func TestUnsignedText(t *testing.T) {
	text, err := ParseText([]byte(`smartctl 7.3 2022-02-28 r5338 [x86_64-linux-6.1.0] (local build)

=== START OF INFORMATION SECTION ===
Model Number:                       X
Serial Number:                      1
Namespace 1 Size/Capacity:          261,435,165,020,418,743,828,480 [261 ZB]
Namespace 1 Formatted LBA Size:     4096

=== START OF SMART DATA SECTION ===
SMART/Health Information (NVMe Log 0x02)
Critical Warning:                   0x00
Warning  Comp. Temperature Time:    -1
Critical Comp. Temperature Time:    7
Thermal Temp. 1 Transition Count:   -2

Error Information (NVMe Log 0x01, 16 of 64 entries)
Num   ErrCount  SQId   CmdId  Status  PELoc          LBA  NSID    VS
  0 15730537464086190296     1  0x0001  0x4004  0x028            0     1     -
`))
	if err != nil {
		t.Fatal(err)
	}
	n := text.Device.NVMe
	if h := n.Health; *h.WarningMinutes != 1<<32-1 || *h.CriticalMinutes != 7 || *h.Thermal1Count != 1<<32-2 {
		t.Errorf("%d %d %d", *h.WarningMinutes, *h.CriticalMinutes, *h.Thermal1Count)
	}
	if e := n.ErrorLog.Errors[0]; e.Count != 15730537464086190296 {
		t.Errorf("%d errors", e.Count)
	}
	if ns := n.Namespaces[0]; text.Device.CapacityBytes != 0 || ns.CapacityBytes.Hi != 14172 {
		t.Errorf("%d bytes, %v", text.Device.CapacityBytes, ns.CapacityBytes)
	}
	dev, err := Parse([]byte(`{"device":{"type":"nvme","protocol":"NVMe"},"nvme_total_capacity":261435165020418743828480}`))
	if err != nil || dev.CapacityBytes != 0 || dev.NVMe.TotalCapacityBytes.Hi != 14172 {
		t.Errorf("%d bytes, %v", dev.CapacityBytes, err)
	}
}

// TestSummaryLogHasHighBits: an address of the summary log has 28 bits, of which
// JSON puts four elsewhere. An address that is beyond the disk is not lost.
func TestSummaryLogHasHighBits(t *testing.T) {
	dev, err := Parse([]byte(`{"json_format_version":[1,0],"smartctl":{"version":[7,4],"exit_status":0},"device":{"type":"sat","protocol":"ATA"},"smart_status":{"passed":true},"rotation_rate":7200,"user_capacity":{"blocks":78165360},
		"ata_smart_error_log":{"summary":{"count":1,"table":[{"completion_registers":{"error":16,"status":81,"lba":15703974,"device":137},
		"previous_commands":[{"registers":{"command":200,"lba":1,"device":226}}]}]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	e := dev.ATA.ErrorLog.Errors[0]
	if e.Completion.LBA != 166698918 || e.Commands[0].Registers.LBA != 2<<24|1 {
		t.Errorf("%d, %+v", e.Completion.LBA, e.Commands[0])
	}
	if got := describe(t, dev.Health()); got != "ok (ata.error_log)" {
		t.Error(got)
	}
}

// TestOddATAText: a name of zeros is none, hours with more bits behind them are
// not hours, and a link may have a speed of now alone.
func TestOddATAText(t *testing.T) {
	text, err := ParseText([]byte(`smartctl 7.3 2022-02-28 r5338 [x86_64-linux-6.1.0] (local build)

=== START OF INFORMATION SECTION ===
Device Model:     X
Serial Number:    1
LU WWN Device Id: 0 000000 000000000
SATA Version is:  SATA 3.2 (current: 6.0 Gb/s)

=== START OF READ SMART DATA SECTION ===
SMART overall-health self-assessment test result: PASSED
ID# ATTRIBUTE_NAME          FLAGS    VALUE WORST THRESH FAIL RAW_VALUE
  9 Power_On_Hours          -O--CK   099   099   000    -    4441246 (0 0 12)
 12 Power_Cycle_Count       -O--CK   100   100   000    -    281474976710655
`))
	if err != nil {
		t.Fatal(err)
	}
	d := text.Device
	if d.WWN != "" || d.PowerOnHours != nil || d.PowerCycles != nil || d.ATA.SATAVersion.Text != "SATA 3.2" || d.LinkMax != nil || d.LinkCurrent == nil || d.LinkCurrent.Text != "6.0 Gb/s" {
		t.Errorf("%+v %+v", d, d.ATA.SATAVersion)
	}
}

// TestGrownDefectsOfOldText: smartctl before 7.2 prints bytes in JSON, and a count
// in text.
func TestGrownDefectsOfOldText(t *testing.T) {
	text, err := ParseText([]byte(`smartctl 7.1 2019-12-30 r5022 [x86_64-linux-5.4.0] (local build)

=== START OF INFORMATION SECTION ===
Vendor:               SEAGATE
Product:              ST600MM0006
Rotation Rate:        10000 rpm
Serial number:        1
Device type:          disk

=== START OF READ SMART DATA SECTION ===
SMART Health Status: OK
Elements in grown defect list: 24
`))
	if s := text.Device.SCSI; err != nil || s.GrownDefects == nil || *s.GrownDefects != 24 || s.GrownDefectBytes != nil {
		t.Errorf("%+v, %v", s, err)
	}
	dev, err := Parse([]byte(`{"smartctl":{"version":[7,1]},"device":{"type":"scsi","protocol":"SCSI"},"scsi_grown_defect_list":192}`))
	if s := dev.SCSI; err != nil || s.GrownDefects != nil || *s.GrownDefectBytes != 192 {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestOldSCSIText: smartctl 5.40 prints the maker's eight bytes as they are, and up
// to 6.4 a limit of all ones.
func TestOldSCSIText(t *testing.T) {
	text, err := ParseText([]byte(`smartctl 5.40 2010-10-16 r3189 [x86_64-pc-linux-gnu] (local build)

Device: HP       ST888598MM0001   Version: A133
Serial number: S1
Device type: disk
SMART Health Status: OK
Current Drive Temperature:     31 C
Drive Trip Temperature:        255 C
`))
	if d := text.Device; err != nil || d.Vendor != "HP" || d.Product != "ST888598MM0001" || d.ModelName != "HP ST888598MM0001" || d.FirmwareVersion != "A133" || d.Temperature.TripCelsius != nil || *d.Temperature.CurrentCelsius != 31 {
		t.Errorf("%+v, %v", d, err)
	}
}

// TestPairsDecodeAsJSONDoes: what udev wrote as \x20 is \x5cx20 in pairs.
func TestPairsDecodeAsJSONDoes(t *testing.T) {
	pairs, err := ParseLsblk([]byte("NAME=\"sda\" MODEL=\"HGST \\x227K\\x22\\x5cx20U\" SERIAL=\"VAG0\\x5cx20\"\nNAME=\"sdb\" SERIAL=\"A\\x22B\\x5cC\"\n"))
	doc, err2 := ParseLsblk([]byte(`{"blockdevices":[{"name":"sda","model":"HGST \"7K\"\\x20U","serial":"VAG0\\x20"},{"name":"sdb","serial":"A\"B\\C"}]}`))
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for i := range doc.Roots {
		if a, b := pairs.Roots[i], doc.Roots[i]; a.Serial != b.Serial || a.Model != b.Model {
			t.Errorf("pairs %q %q, JSON %q %q", a.Model, a.Serial, b.Model, b.Serial)
		}
	}
	if pairs.Roots[0].Model != `HGST "7K" U` || pairs.Roots[0].Serial != "VAG0" || pairs.Roots[1].Serial != `A"B\C` {
		t.Errorf("%q %q", pairs.Roots[0].Model, pairs.Roots[1].Serial)
	}
}
