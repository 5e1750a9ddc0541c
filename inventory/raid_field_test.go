// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"maps"
	"strings"
	"testing"
)

// merged joins maps; the last word stands.
func merged(list ...map[string]string) map[string]string {
	all := make(map[string]string)
	for _, m := range list {
		maps.Copy(all, m)
	}
	return all
}

// volumeFiles is a controller's volume as the kernel shows it, at channel, target.
func volumeFiles(address, name, hctl, vendor, model, naa string) map[string]string {
	host, _, _ := strings.Cut(hctl, ":")
	dir := "devices/pci0000:00/" + address + "/host" + host + "/target" + hctl[:strings.LastIndexByte(hctl, ':')] + "/" + hctl + "/block/" + name
	m := map[string]string{"sys/block/" + name: "->../" + dir, "sys/" + dir + "/size": "7812939776\n", "sys/" + dir + "/removable": "0\n", "sys/" + dir + "/hidden": "0\n",
		"sys/" + dir + "/queue/rotational": "1\n", "sys/" + dir + "/device/vendor": vendor + "\n", "sys/" + dir + "/device/model": model + "\n"}
	if naa != "" {
		m["sys/"+dir+"/device/wwid"] = "naa." + naa + "\n"
	}
	return m
}

// What storcli tells beside its word for a controller, a volume or a drive.
func TestFieldStorcli(t *testing.T) {
	mega := raidFiles([2]string{"megaraid_sas", slot3b})
	mirror := func(p perc) *perc {
		p.address, p.defaults = slot3b, "WriteBack"
		if p.volumes == nil {
			p.volumes = []row{vd(0, 0, "RAID1", "Optl", "RWBD", "os")}
			p.topology, p.drives = places("RAID1", "Optl", "Onln", "Onln"), four("Onln", "Onln")
		}
		return &p
	}
	good := `drive PD0-8 online ok
			drive PD0-9 online ok
			volume os 1 of 2 optimal ok
			`
	for _, c := range []raidCase{{
		name: "safe mode", files: mega,
		tools: storcli(mirror(perc{status: row{"Controller has booted into safe mode": "Yes"}})),
		want:  good + `warning controller.status 0000:3b:00.0`,
	}, {
		name: "preserved cache", files: mega,
		tools: storcli(mirror(perc{status: row{"Any Offline VD Cache Preserved": "Yes"}})),
		want:  good + `warning controller.status 0000:3b:00.0`,
	}, {
		name: "status unknown", files: mega,
		tools: storcli(mirror(perc{status: row{"Controller Status": "Unknown"}})),
		want:  good + `unjudged 0000:3b:00.0: PERC H755 Front: it does not know its own status`,
	}, {
		name: "status failed", files: mega,
		tools: storcli(mirror(perc{status: row{"Controller Status": "Failed"}})),
		want:  good + `critical controller.status 0000:3b:00.0`,
	}, {
		name: "blocked volume", files: mega,
		tools: storcli(mirror(perc{volumes: []row{func() row { r := vd(0, 0, "RAID1", "Optl", "RWBD", "os"); r["Access"] = "B"; return r }()}, topology: places("RAID1", "Optl", "Onln", "Onln"), drives: four("Onln", "Onln")})),
		want: `drive PD0-8 online ok
			drive PD0-9 online ok
			volume os 1 of 2 offline critical
			critical volume.offline os`,
	}, {
		name: "cachecade volume degraded", files: mega,
		tools: storcli(mirror(perc{volumes: []row{vd(0, 0, "Cac1", "Dgrd", "RWBD", "ssdcache")}, topology: places("Cac1", "Dgrd", "Onln", "Failed"), drives: four("Onln", "Failed")})),
		want: `drive PD0-8 online ok
			drive PD0-9 failed critical
			volume ssdcache of 2 degraded critical
			critical volume.degraded ssdcache
			critical drive.failed PD0-9`,
	}, {
		name: "bad blocks in a volume", files: mega,
		tools: func() map[string]string {
			m := storcli(mirror(perc{}))
			k := "storcli64 /cALL/vALL show all J nolog"
			m[k] = strings.ReplaceAll(m[k], `"Active Operations":"None"`, `"Active Operations":"None","Bad Block Exists":"Yes","Reached LD BBM failure threshold":"No"`)
			return m
		}(),
		want: strings.ReplaceAll(good, "optimal ok", "optimal warning") + `warning volume.bad_blocks os`,
	}, {
		name: "locked drive", files: mega,
		tools: storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "UGood", "-")}, details: []row{{"Locked": "Yes"}}}),
		want: `drive PD0-0 foreign warning
			warning drive.foreign PD0-0`,
	}, {
		name: "no enclosure at all, RAID 5 with a failed one", files: mega,
		tools: storcli(mirror(perc{volumes: []row{vd(0, 0, "RAID5", "Dgrd", "RWBD", "data")},
			topology: []row{group(0, "RAID5", "Dgrd"), member(0, 0, " :0", "Onln"), member(0, 1, " :1", "Failed"), member(0, 2, " :12", "Onln")},
			drives:   []row{pd(" :0", 8, "Onln", 0), pd(" :1", 9, "Failed", 0), pd(" :12", 310, "Onln", 0)}})),
		want: `drive PD0-8 online ok
			drive PD0-9 failed critical
			drive PD0-310 online ok
			volume data 5 of 3 degraded critical
			critical volume.degraded data
			critical drive.failed PD0-9`,
	}, {
		name: "same slots in two enclosures", files: mega,
		tools: storcli(&perc{address: slot3b, drives: []row{pd("8:0", 0, "JBOD", "-"), pd("62:0", 1, "UBad", "-"), pd("8:1", 2, "GHS", "-"), pd("62:1", 3, "JBOD", "-")}}),
		want: `drive PD0-0 jbod ok
			drive PD0-1 failed warning
			drive PD0-2 hot_spare ok
			drive PD0-3 jbod ok
			warning drive.unconfigured_bad PD0-1`,
	}, {
		name: "RAID 50 with counts of spans: one drive of each span gone", files: mega,
		tools: storcli(mirror(perc{volumes: []row{vd(0, 0, "RAID50", "Dgrd", "RWBD", "data")},
			topology: []row{group(0, "RAID50", "Dgrd"),
				{"DG": 0, "Arr": 0, "Row": "-", "EID:Slot": "-", "DID": "-", "Type": "RAID5", "State": "Dgrd", "BT": "N", "Size": "5 TB"},
				member(0, 0, "252:0", "Onln"), member(0, 1, "252:1", "Onln"), member(0, 2, "-", "Msng"),
				{"DG": 0, "Arr": 1, "Row": "-", "EID:Slot": "-", "DID": "-", "Type": "RAID5", "State": "Dgrd", "BT": "N", "Size": "5 TB"},
				member(0, 0, "252:3", "Onln"), member(0, 1, "252:4", "Onln"), member(0, 2, "-", "Msng")},
			drives: []row{pd("252:0", 8, "Onln", 0), pd("252:1", 9, "Onln", 0), pd("252:3", 11, "Onln", 0), pd("252:4", 12, "Onln", 0)}})),
		want: `drive PD0-8 online ok
			drive PD0-9 online ok
			drive PD0-11 online ok
			drive PD0-12 online ok
			volume data 50 of 4 degraded critical gone 2
			critical volume.degraded data`,
	}, {
		name: "copy back from a drive that predicts failure", files: mega,
		tools: storcli(mirror(perc{volumes: []row{vd(0, 0, "RAID1", "Optl", "RWBD", "os")}, topology: append(places("RAID1", "Optl", "Onln", "Onln"), row{"DG": 0, "Arr": "-", "Row": "-", "EID:Slot": "252:2", "DID": 10, "Type": "DRIVE", "State": "Cpybck", "BT": "N", "Size": "3.637 TB"}),
			drives: four("Onln", "Onln", "Cpybck"), details: []row{{"Predictive Failure Count": 3}}})),
		want: `drive PD0-8 online warning
			drive PD0-9 online ok
			drive PD0-10 rebuilding ok
			volume os 1 of 3 optimal ok
			warning drive.predictive_failure PD0-8
			info drive.rebuilding PD0-10`,
	}, {
		name: "rebuilding onto a drive that predicts failure itself", files: mega,
		tools: storcli(mirror(perc{volumes: []row{vd(0, 0, "RAID1", "Dgrd", "RWBD", "os")}, topology: places("RAID1", "Dgrd", "Onln", "Rbld"),
			drives: four("Onln", "Rbld"), details: []row{nil, {"Predictive Failure Count": 3}}})),
		want: `drive PD0-8 online ok
			drive PD0-9 rebuilding warning
			volume os 1 of 2 rebuilding warning
			warning volume.rebuilding os
			warning drive.predictive_failure PD0-9
			info drive.rebuilding PD0-9`,
	}, {
		name: "details fail: drives are known by their states only", files: mega, exits: map[string]int{"storcli64 /cALL/eALL/sALL show all J nolog": 255},
		tools: with(storcli(mirror(perc{})), "storcli64 /cALL/eALL/sALL show all J nolog", `{"Controllers":[{"Command Status":{"CLI Version":"007.1616.0000.0000 Dec 24, 2020","Controller":0,"Status":"Failure","Description":"Un-supported command"}}]}`),
		want: `drive online unknown
			drive online unknown
			volume os 1 of 2 optimal ok
			unjudged : drive:0: smartctl did not name it
			unjudged : drive:1: smartctl did not name it
			diagnostic storcli64: Un-supported command`,
	}, {
		name: "volume list fails, kernel shows the volume", files: merged(mega, volumeFiles(slot3b, "sda", "0:2:0:0", "DELL", "PERC H755 Front", "600605b0000000000000000000000000")), exits: map[string]int{"storcli64 /cALL/vALL show all J nolog": 255},
		tools: with(storcli(mirror(perc{})), "storcli64 /cALL/vALL show all J nolog", `{"Controllers":[{"Command Status":{"CLI Version":"007.1616.0000.0000 Dec 24, 2020","Controller":0,"Status":"Failure","Description":"Un-supported command"}}]}`),
		want: `drive PD0-8 online ok
			drive PD0-9 online ok
			volume sda 1 of 2 optimal ok
			diagnostic storcli64: Un-supported command`,
	}, {
		name: "volume 239 at target 111 of channel 3 without its name", files: merged(mega, volumeFiles(slot3b, "sda", "0:3:111:0", "DELL", "PERC H755 Front", "")),
		tools: storcli(mirror(perc{volumes: []row{vd(0, 239, "RAID1", "Optl", "RWBD", "os")}, topology: places("RAID1", "Optl", "Onln", "Onln"), drives: four("Onln", "Onln")})),
		want: `drive PD0-8 online ok
			drive PD0-9 online ok
			volume sda 1 of 2 optimal ok`,
	}, {
		name: "no tool, JBOD drives only", files: sasFiles(maps.Clone(mega), slot3b, "sda"),
		tools: map[string]string{lsblkCommand: lsblkJSON(`{"name":"sda","kname":"sda","type":"disk","size":4000787030016,"serial":"PD0-0","wwn":"0x5000c50000000002"}`),
			"smartctl --scan-open -j": scanJSON([2]string{"/dev/sda", "scsi"}), "smartctl -x -j -d scsi /dev/sda": sasJSON("/dev/sda", "PD0-0", "0x5000c50000000002", true)},
		want: `drive PD0-0 ok
			unjudged 0000:3b:00.0: 0000:3b:00.0: storcli64, perccli64, MegaCli64: not installed`,
	}, {
		name: "IT controller beside a RAID one refuses volumes", files: mega, exits: map[string]int{"storcli64 /cALL/vALL show all J nolog": 255},
		tools: func() map[string]string {
			m := storcli(mirror(perc{}))
			k := "storcli64 /cALL/vALL show all J nolog"
			m[k] = strings.TrimSuffix(m[k], "]}") + `,{"Command Status":{"CLI Version":"007.1616.0000.0000 Dec 24, 2020","Controller":1,"Status":"Failure","Description":"Un-supported command"}}]}`
			return m
		}(),
		want: good,
	}, {
		name: "background initialization", files: mega,
		tools: func() map[string]string {
			m := storcli(mirror(perc{}))
			k := "storcli64 /cALL/vALL show all J nolog"
			m[k] = strings.ReplaceAll(m[k], `"Active Operations":"None"`, `"Active Operations":"Background Initialization (33%)"`)
			return m
		}(),
		want: strings.ReplaceAll(good, "optimal ok", "optimal ok 33%"),
	}, {
		name: "battery words", files: mega,
		tools: storcli(mirror(perc{hardware: row{"BBU": "Present"}, battery: []row{{"Model": "CVPM02", "State": "Degraded(Need Attention)", "Temp": "28C"}}})),
		want: good + `battery of 0000:3b:00.0 battery degraded
			warning controller.battery_failed 0000:3b:00.0`,
	}, {
		name: "battery unknown word", files: mega,
		tools: storcli(mirror(perc{hardware: row{"BBU": "Present"}, battery: []row{{"Model": "CVPM02", "State": "Unknown", "Temp": "28C"}}})),
		want: good + `battery of 0000:3b:00.0 battery Unknown
			warning controller.battery_state 0000:3b:00.0`,
	}, {
		name: "hot spare on its way out", files: mega,
		tools: storcli(mirror(perc{volumes: []row{vd(0, 0, "RAID1", "Optl", "RWBD", "os")}, topology: places("RAID1", "Optl", "Onln", "Onln"), drives: append(four("Onln", "Onln"), pd("252:2", 10, "GHS", "-"), pd("252:3", 11, "DHS", 0)), details: []row{nil, nil, {"S.M.A.R.T alert flagged by drive": "Yes"}, {"Media Error Count": 4}}})),
		want: good + `drive PD0-10 hot_spare warning
			drive PD0-11 hot_spare warning
			warning drive.predictive_failure PD0-10
			warning drive.media_errors PD0-11`,
	}, {
		name: "sanitize", files: mega,
		tools: storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "Sntze", "-"), pd("252:1", 1, "HSPShld", "-"), pd("252:2", 2, "Frgn", "F"), pd("252:3", 3, "UBad", "F")}}),
		want: `drive PD0-0 unconfigured ok
			drive PD0-1 hot_spare ok
			drive PD0-2 foreign warning
			drive PD0-3 failed warning
			warning drive.foreign PD0-2
			warning drive.unconfigured_bad PD0-3`,
	}, {
		name: "memory uncorrectable", files: mega,
		tools: storcli(mirror(perc{status: row{"Memory Uncorrectable Errors": 2}})),
		want:  good + `critical controller.memory_uncorrectable 0000:3b:00.0`,
	}, {
		name: "recovery", files: mega,
		tools: storcli(mirror(perc{volumes: []row{vd(0, 0, "RAID5", "Rec", "RWBD", "data")}, topology: places("RAID5", "Rec", "Onln", "Rbld", "Onln"), drives: four("Onln", "Rbld", "Onln")})),
		want: `drive PD0-8 online ok
			drive PD0-9 rebuilding ok
			drive PD0-10 online ok
			volume data 5 of 3 rebuilding warning
			warning volume.rebuilding data
			info drive.rebuilding PD0-9`,
	}, {
		name: "RAID 6 that storcli calls degraded, with one failed drive in its lists", files: mega,
		tools: storcli(mirror(perc{volumes: []row{vd(0, 0, "RAID6", "Dgrd", "RWBD", "data")}, topology: places("RAID6", "Dgrd", "Onln", "Failed", "Onln"), drives: four("Onln", "Failed", "Onln")})),
		want: `drive PD0-8 online ok
			drive PD0-9 failed critical
			drive PD0-10 online ok
			volume data 6 of 3 degraded critical
			critical volume.degraded data
			critical drive.failed PD0-9`,
	}, {
		name: "fault state", files: mega, exits: map[string]int{"storcli64 /cALL show all J nolog": 255},
		tools: storcli(&perc{address: slot3b, failure: "Controller 0 is in Fault state"}),
		want: `unjudged 0000:3b:00.0: 0000:3b:00.0: storcli64: Controller 0 is in Fault state
			diagnostic storcli64: Controller 0 is in Fault state`,
	}, {
		name: "failure with status 0", files: mega,
		tools: storcli(&perc{address: slot3b, failure: "Un-supported command"}),
		want: `unjudged 0000:3b:00.0: 0000:3b:00.0: storcli64: Un-supported command
			diagnostic storcli64: Un-supported command`,
	}} {
		t.Run(c.name, c.check)
	}
}

// The same of ssacli.
func TestFieldSsacli(t *testing.T) {
	hpsa := raidFiles([2]string{"hpsa", slot3b})
	const battery = "   Cache Board Present: True\n   Cache Status: OK\n   Cache Backup Power Source: Batteries\n   Battery/Capacitor Count: 1\n   Battery/Capacitor Status: OK\n"
	const ok = "battery of 0000:3b:00.0 battery ok\n"
	two := []string{"1; OK; Data Drive", "2; OK; Data Drive"}
	const pair = "drive HP1 online ok\ndrive HP2 online ok\n"
	extra := func(a smartArray, old, new string) map[string]string {
		m := ssacli(a)
		k := "ssacli ctrl all show config detail"
		if !strings.Contains(m[k], old) {
			t.Fatal(old)
		}
		m[k] = strings.Replace(m[k], old, old+new, 1)
		return m
	}
	for _, c := range []raidCase{{
		name: "erase in progress and complete", files: hpsa,
		tools: ssacli(smartArray{battery, nil, []string{"1; Erase In Progress; Unassigned Drive", "2; Erase Complete. Reenable Before Using.; Unassigned Drive", "3; Erase Queued; Unassigned Drive"}, "Unassigned"}),
		want:  ok + "drive HP1 unconfigured ok\ndrive HP2 unconfigured ok\ndrive HP3 unconfigured ok\n",
	}, {
		name: "erase failed", files: hpsa,
		tools: ssacli(smartArray{battery, nil, []string{"1; Erase Failed. Reenable Before Using.; Unassigned Drive"}, "Unassigned"}),
		want:  ok + "drive HP1 failed critical\ncritical drive.failed HP1",
	}, {
		name: "cache module failed, battery well", files: hpsa,
		tools: ssacli(smartArray{"   Cache Board Present: True\n   Cache Status: Permanently Disabled\n   Cache Status Details: The cache module has failed.\n   Cache Backup Power Source: Capacitors\n   Battery/Capacitor Count: 1\n   Battery/Capacitor Status: OK\n", []string{"1; OK; 1 2"}, two, ""}),
		want: "battery of 0000:3b:00.0 capacitor ok\n" + pair + `volume L1 1 of 2 optimal ok
			warning controller.cache_disabled 0000:3b:00.0`,
	}, {
		name: "cache not configured is by choice", files: hpsa,
		tools: ssacli(smartArray{"   Cache Board Present: True\n   Cache Status: Not Configured\n   Cache Backup Power Source: Batteries\n   Battery/Capacitor Count: 1\n   Battery/Capacitor Status: OK\n", []string{"1; OK; 1 2"}, two, ""}),
		want:  ok + pair + `volume L1 1 of 2 optimal ok`,
	}, {
		name: "ok, transforming", files: hpsa,
		tools: ssacli(smartArray{battery, []string{"5; Transforming, 5.25% complete; 1 2"}, two, ""}),
		want:  ok + pair + `volume L1 5 of 2 reshaping ok 5.25%`,
	}, {
		name: "predictive failure in a stripe", files: hpsa,
		tools: ssacli(smartArray{battery, []string{"0; OK; 1 2"}, []string{"1; Predictive Failure; Data Drive", "2; OK; Data Drive"}, ""}),
		want: ok + `drive HP1 online warning
			drive HP2 online ok
			volume L1 0 of 2 optimal ok
			warning drive.predictive_failure HP1`,
	}, {
		name: "predictive spare", files: hpsa,
		tools: ssacli(smartArray{battery, []string{"1; OK; 1 2"}, append(two, "3; Predictive Failure; Spare Drive"), "Unassigned"}),
		want: ok + pair + `drive HP3 hot_spare warning
			volume L1 1 of 2 optimal ok
			warning drive.predictive_failure HP3`,
	}, {
		name: "interim recovery with active spare rebuilding", files: hpsa,
		tools: ssacli(smartArray{battery, []string{"1; Recovering, 33% complete; 1 2 3"}, []string{"1; OK; Data Drive", "2; Failed; Data Drive", "3; Rebuilding; Spare Drive"}, ""}),
		want: ok + `drive HP1 online ok
			drive HP2 failed critical
			drive HP3 rebuilding ok
			volume L1 1 of 3 rebuilding warning 33%
			warning volume.rebuilding L1
			critical drive.failed HP2
			info drive.rebuilding HP3`,
	}, {
		name: "raid 6 one failed", files: hpsa,
		tools: ssacli(smartArray{battery, []string{"6 (ADG); Interim Recovery Mode; 1 2 3 4"}, []string{"1; OK; Data Drive", "2; OK; Data Drive", "3; OK; Data Drive", "4; Failed; Data Drive"}, ""}),
		want: ok + pair + `drive HP3 online ok
			drive HP4 failed critical
			volume L1 6 of 4 partially_degraded warning
			warning volume.partially_degraded L1
			critical drive.failed HP4`,
	}, {
		name: "media errors in a volume", files: hpsa,
		tools: extra(smartArray{battery, []string{"5; OK; 1 2"}, two, ""}, "         Caching:  Enabled\n", "         Unrecoverable Media Errors: Detected\n"),
		want:  ok + pair + "volume L1 5 of 2 optimal warning\nwarning volume.bad_blocks L1",
	}, {
		name: "no media errors in a volume", files: hpsa,
		tools: extra(smartArray{battery, []string{"5; OK; 1 2"}, two, ""}, "         Caching:  Enabled\n", "         Unrecoverable Media Errors: None\n"),
		want:  ok + pair + "volume L1 5 of 2 optimal ok\n",
	}, {
		name: "ssd worn out", files: hpsa,
		tools: extra(smartArray{battery, []string{"1; OK; 1 2"}, two, ""}, "         Serial Number: HP1\n", "         Usage remaining: 0.00%\n         SSD Smart Trip Wearout: True\n"),
		want: ok + `drive HP1 online warning
			drive HP2 online ok
			volume L1 1 of 2 optimal ok
			warning drive.predictive_failure HP1`,
	}, {
		name: "controller locked up", files: hpsa,
		tools: map[string]string{"ssacli ctrl all show config detail": strings.Replace((&smartArray{battery, nil, nil, ""}).text(), "Controller Status: OK", "Controller Status: Not Responding", 1), "smartctl --scan-open -j": `{"devices":[]}`, lsblkCommand: `{"blockdevices":[]}`},
		want:  ok + "warning controller.status 0000:3b:00.0",
	}, {
		name: "a wrong drive replaced, and states that nobody knows", files: hpsa,
		tools: ssacli(smartArray{battery, []string{"1; Wrong Physical Drive Replaced; 1", "1; Overheating; 2", "1; Ejected; 3"}, nil, ""}),
		want: ok + `volume L1 1 of 0 failed critical
			volume L2 1 of 0 unknown
			volume L3 1 of 0 unknown
			critical volume.offline L1
			unjudged L2: L2: its controller calls it "Overheating", which bee does not know
			unjudged L3: L3: its controller calls it "Ejected", which bee does not know`,
	}, {
		name: "hba mode", files: hpsa,
		tools: ssacli(smartArray{"   Controller Mode: HBA\n", nil, []string{"1; OK; HBA Mode Drive", "2; Predictive Failure; HBA Mode Drive", "3; OK; HBA Mode Drive"}, "HBA Drives"}),
		want: `drive HP1 jbod ok
			drive HP2 jbod warning
			drive HP3 jbod ok
			warning drive.predictive_failure HP2`,
	}, {
		name: "drive states odd", files: hpsa,
		tools: ssacli(smartArray{battery, nil, []string{"1; Not Authenticated; Unassigned Drive", "2; Overheated; Unassigned Drive", "3; Missing; Data Drive", "4; Offline; Data Drive"}, "Unassigned"}),
		want: ok + `drive HP1 unknown
			drive HP2 unknown
			drive HP3 missing critical
			drive HP4 offline critical
			critical drive.missing HP3
			critical drive.offline HP4
			unjudged HP1: HP1: its controller calls it "Not Authenticated", which bee does not know
			unjudged HP2: HP2: its controller calls it "Overheated", which bee does not know`,
	}} {
		t.Run(c.name, c.check)
	}
}

// The same of arcconf.
func TestFieldArcconf(t *testing.T) {
	aac := raidFiles([2]string{"aacraid", slot3b})
	sub := func(m map[string]string, old, new string) map[string]string {
		k := "arcconf GETCONFIG 1 nologs"
		if !strings.Contains(m[k], old) {
			t.Fatal(old)
		}
		m[k] = strings.Replace(m[k], old, new, 1)
		return m
	}
	for _, c := range []raidCase{{
		name: "inconsistent segment", files: aac,
		tools: sub(arcconf("", []string{"1; Degraded; 0 1"}, []string{"0; Online; 0", "1; Online; 0"}), "Segment 1                                : Present", "Segment 1                                : Inconsistent"),
		want: `drive ADP0 online ok
			drive ADP1 online ok
			volume L0 1 of 2 degraded critical
			critical volume.degraded L0`,
	}, {
		name: "failed stripes", files: aac,
		tools: sub(arcconf("", []string{"5; Optimal; 0 1"}, []string{"0; Online; 0", "1; Online; 0"}), "   Write-cache setting ", "   Failed stripes                           : Yes\n   Write-cache setting "),
		want: `drive ADP0 online ok
			drive ADP1 online ok
			volume L0 5 of 2 optimal warning
			warning volume.bad_blocks L0`,
	}, {
		name: "optimal with a missing segment in words", files: aac,
		tools: arcconf("", []string{"5; Optimal; 0 1 -"}, []string{"0; Online; 0", "1; Online; 0"}),
		want: `drive ADP0 online ok
			drive ADP1 online ok
			volume L0 5 of 2 degraded critical gone 1
			critical volume.degraded L0`,
	}, {
		name: "maxCache degraded", files: aac,
		tools: sub(arcconf("", []string{"1; Optimal; 0 1"}, []string{"0; Online; 0", "1; Online; 0"}), "----------------------------------------------------------------------\nPhysical Device information", "----------------------------------------------------------------------\nmaxCache information\n----------------------------------------------------------------------\nmaxCache Device number 100\n   maxCache Device name                     : cache\n   RAID level                               : 1\n   Status of maxCache                       : Degraded\n   Size                                     : 190772 MB\n\n----------------------------------------------------------------------\nPhysical Device information"),
		want: `drive ADP0 online ok
			drive ADP1 online ok
			volume L0 1 of 2 optimal ok
			volume cache 1 of 0 degraded critical
			critical volume.degraded cache`,
	}, {
		name: "over temperature", files: aac,
		tools: sub(arcconf("", []string{"1; Optimal; 0 1"}, []string{"0; Online; 0", "1; Online; 0"}), "54 C/ 129 F (Normal)", "98 C/ 208 F (Too High)"),
		want: `drive ADP0 online ok
			drive ADP1 online ok
			volume L0 1 of 2 optimal ok
			warning controller.status 0000:3b:00.0`,
	}, {
		name: "erasing, offline, unknown drives, failed segment", files: aac,
		tools: arcconf("", nil, []string{"0; Erasing; 0", "1; Offline; 0", "2; Standby; 0", "3; Dedicated Hot-Spare for logical device 0; 0"}),
		want: `drive ADP0 unknown
			drive ADP1 offline critical
			drive ADP2 unknown
			drive ADP3 hot_spare ok
			critical drive.offline ADP1
			unjudged ADP0: ADP0: its controller calls it "Erasing", which bee does not know
			unjudged ADP2: ADP2: its controller calls it "Standby", which bee does not know`,
	}, {
		name: "lockup", files: aac,
		tools: sub(arcconf("", nil, nil), "Controller Status                        : Optimal", "Controller Status                        : Controller Kernel Panic"),
		want:  `warning controller.status 0000:3b:00.0`,
	}, {
		name: "zmm failed, zmm over temperature", files: aac,
		tools: arcconf("   --------------------------------------------------------\n   Controller ZMM Information\n   --------------------------------------------------------\n   Status                                   : ZMM Over Temperature\n", nil, nil),
		want: `battery of 0000:3b:00.0 capacitor ZMM Over Temperature
			warning controller.battery_state 0000:3b:00.0`,
	}} {
		t.Run(c.name, c.check)
	}
}

// The same of sas3ircu, whose drives smartctl may know.
func TestFieldIRCU(t *testing.T) {
	hba := raidFiles([2]string{"mpt3sas", slot3b})
	un := func(names ...string) string {
		s := ""
		for _, n := range names {
			s += "\nunjudged " + n + ": " + n + ": smartctl did not name it"
		}
		return s
	}
	smart := func(m map[string]string, serials ...string) map[string]string {
		var scan [][2]string
		var rows []string
		for i, s := range serials {
			dev := "/dev/sd" + string(rune('a'+i))
			scan = append(scan, [2]string{dev, "sat"})
			rows = append(rows, `{"name":"`+dev[5:]+`","kname":"`+dev[5:]+`","type":"disk","size":960197124096,"serial":"`+s+`"}`)
			m["smartctl -x -j -d sat "+dev] = `{"smartctl":{"exit_status":0},"device":{"name":"` + dev + `","type":"sat","protocol":"ATA"},"model_name":"MADE UP SSD 960","serial_number":"` + s + `","user_capacity":{"bytes":960197124096},"smart_support":{"available":true,"enabled":true},"smart_status":{"passed":true}}`
		}
		m["smartctl --scan-open -j"] = scanJSON(scan...)
		m[lsblkCommand] = lsblkJSON(rows...)
		return m
	}
	for _, c := range []raidCase{{
		name: "inactive and degraded, missing, initializing", files: hba,
		tools: ircu([]string{"RAID1; Inactive, Degraded (DGD); 1:0 1:1", "RAID1; Missing (MIS); 0:0 0:0", "RAID1E; Initializing (INIT); 1:2 1:3"}, []string{"1:0; Optimal (OPT); A", "1:1; Failed (FLD); B", "1:2; Optimal (OPT); C", "1:3; Optimal (OPT); D"}, ircuIdle),
		want: `drive A online unknown
			drive B failed critical
			drive C online unknown
			drive D online unknown
			volume volume 1 1 of 2 offline critical
			volume volume 2 1 of 0 missing critical gone 2
			volume volume 3 1e of 2 initializing ok
			critical volume.offline volume 1
			critical volume.offline volume 2
			critical drive.failed B` + un("A", "C", "D"),
	}, {
		name: "degraded drive", files: hba,
		tools: ircu([]string{"RAID1; Okay (OKY); 1:0 1:1"}, []string{"1:0; Optimal (OPT); A", "1:1; Degraded (DGD); B"}, ircuIdle),
		want: `drive A online unknown
			drive B unknown
			volume volume 1 1 of 2 optimal ok
			unjudged B: B: its controller calls it "Degraded (DGD)", which bee does not know` + un("A"),
	}, {
		name: "failed drive in IT mode whose SMART is well", files: sasFiles(maps.Clone(hba), slot3b, "sda"),
		tools: smart(ircu(nil, []string{"1:0; Failed (FLD); SERIAL00A"}, ""), "SERIAL00A"),
		want: `drive SERIAL00A failed critical
			critical drive.failed SERIAL00A`,
	}, {
		name: "out of sync spare that took over", files: hba,
		tools: ircu([]string{"RAID1; Degraded (DGD); 1:0 1:2"}, []string{"1:0; Optimal (OPT); A", "1:2; Out of Sync (OSY); C", "1:1; Failed (FLD); B"}, ircuIdle),
		want: `drive A online unknown
			drive B failed critical
			drive C rebuilding unknown
			volume volume 1 1 of 2 degraded critical
			critical volume.degraded volume 1
			critical drive.failed B
			info drive.rebuilding C` + un("A", "C"),
	}, {
		name: "failed missing drive N/A", files: hba,
		tools: ircu([]string{"RAID1; Degraded (DGD); 1:0 0:0"}, []string{"1:0; Optimal (OPT); A", "0:0; Missing (MIS); N/A"}, ircuIdle),
		want: `drive A online unknown
			drive missing critical
			volume volume 1 1 of 1 degraded critical gone 1
			critical volume.degraded volume 1
			critical drive.missing` + un("A"),
	}, {
		name: "IT mode, one drive seen by smartctl only", files: sasFiles(maps.Clone(hba), slot3b, "sda", "sdb"),
		tools: smart(ircu(nil, []string{"1:0; Ready (RDY); SERIAL00A"}, ""), "SERIAL00A", "SERIAL00B"),
		want: `drive SERIAL00A jbod ok
			drive SERIAL00B ok`,
	}} {
		t.Run(c.name, c.check)
	}
}

func mdDetail(name, level, state, uuid string, devices, active int, rows ...string) string {
	return "/dev/" + name + ":\n           Version : 1.2\n        Raid Level : " + level + "\n        Array Size : 976630464 (931.39 GiB 1000.07 GB)\n      Raid Devices : " + string(rune('0'+devices)) + "\n     Total Devices : " + string(rune('0'+active)) + "\n\n             State : " + state + " \n    Active Devices : " + string(rune('0'+active)) + "\n\n              Name : srv:0\n              UUID : " + uuid + "\n            Events : 90\n\n    Number   Major   Minor   RaidDevice State\n" + strings.Join(rows, "\n") + "\n"
}

// Arrays of the kernel that only seem degraded, and some that only seem well.
func TestFieldMD(t *testing.T) {
	const uuid = "01234567:89abcdef:01234567:00000005"
	ab := []string{"sda", "sdb"}
	abc := []string{"sda", "sdb", "sdc"}
	const head = "Personalities : [raid1]\n"
	const end = "\nunused devices: <none>\n"
	for _, c := range []raidCase{{
		name: "stripe whose disk is gone on an old kernel", tools: mdTools("sda"),
		files: mdFiles(head+"md0 : active raid0 sdb1[1] sda1[0]\n      1953260544 blocks super 1.2 512k chunks\n"+end, "sda"),
		want: `drive SDA online ok
			volume md0 0 of 1 unknown gone 1
			unjudged md0: md0: the kernel shows no sdb1, of which it is made`,
	}, {
		name: "hot replacement", tools: mdTools(abc...),
		files: mdFiles(head+"md0 : active raid1 sdc1[2](R) sdb1[1] sda1[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n      [==>..................]  recovery = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n"+end, abc...),
		want: `drive SDA online ok
			drive SDB online ok
			drive SDC rebuilding ok
			volume md0 1 of 3 resyncing ok 12.5%
			info drive.rebuilding SDC`,
	}, {
		name: "re-added member recovers by bitmap", tools: mdTools(ab...),
		files: mdFiles(head+"md0 : active raid1 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 [2/1] [U_]\n      [==>..................]  recovery = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n      bitmap: 2/8 pages [8KB], 65536KB chunk\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 1 of 2 rebuilding warning 12.5%
			warning volume.rebuilding md0`,
	}, {
		name: "old superblock of the same array on a disk plugged in again", files: mdFiles(head+"md0 : active raid1 sdb[2] sda[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n"+end, abc...),
		tools: with(loose(mdTools(abc...)), "mdadm --detail /dev/md0", mdDetail("md0", "raid1", "clean", uuid, 2, 2, "       0       8        0        0      active sync   /dev/sda", "       2       8       16        1      active sync   /dev/sdb"),
			"mdadm --examine /dev/sdc", examined("sdc", uuid, "srv:0", "raid1", "", 2, "Active device 1", "AA", 40)),
		want: `drive SDA online ok
			drive SDB online ok
			drive SDC ok
			volume md0 1 of 2 optimal ok`,
	}, {
		name: "journal failed", tools: mdTools(abc...),
		files: mdFiles("Personalities : [raid5]\nmd0 : active (read-only) raid5 sdc1[3](J)(F) sdb1[1] sda1[0]\n      976630464 blocks super 1.2 level 5, 512k chunk, algorithm 2 [2/2] [UU]\n"+end, abc...),
		want: `drive SDA online ok
			drive SDB online ok
			drive SDC failed critical
			volume md0 5 of 2 optimal ok gone 0 SDC
			critical drive.failed SDC`,
	}, {
		name: "journal well, write-mostly", tools: mdTools(abc...),
		files: mdFiles("Personalities : [raid5]\nmd0 : active raid5 sdc1[3](J) sdb1[1] sda1[0]\n      976630464 blocks super 1.2 level 5, 512k chunk, algorithm 2 [2/2] [UU]\n\nmd1 : active raid1 sdb2[1](W) sda2[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n"+end, abc...),
		want: `drive SDA online ok
			drive SDB online ok
			drive SDC online ok
			volume md0 5 of 3 optimal ok
			volume md1 1 of 2 optimal ok`,
	}, {
		name: "raid10 of three copies lost two of a set; far copies", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid10]\nmd0 : active raid10 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 512K chunks 2 far-copies [4/2] [UU__]\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 10 of 2 degraded critical gone 2
			critical volume.degraded md0`,
	}, {
		name: "reshape of a degraded array", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid6]\nmd0 : active raid6 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 level 6, 512k chunk, algorithm 2 [4/2] [UU__]\n      [==>..................]  reshape = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 6 of 2 degraded critical 12.5% gone 2
			critical volume.degraded md0`,
	}, {
		name: "mirror of one by design", tools: mdTools("sda"),
		files: mdFiles(head+"md0 : active raid1 sda1[0]\n      976630464 blocks super 1.2 [1/1] [U]\n"+end, "sda"),
		want: `drive SDA online ok
			volume md0 1 of 1 optimal ok`,
	}, {
		name: "stripe of mirrors, one of them degraded", tools: mdTools(abc...),
		files: mdFiles("Personalities : [raid1] [raid0]\nmd3 : active raid0 md2[1] md1[0]\n      1953260544 blocks super 1.2 512k chunks\n\nmd2 : active raid1 sdc1[0]\n      976630464 blocks super 1.2 [2/1] [U_]\n\nmd1 : active raid1 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n"+end, abc...),
		want: `drive SDA online ok
			drive SDB online ok
			drive SDC online ok
			volume md1 1 of 2 optimal ok
			volume md2 1 of 1 degraded critical gone 1
			volume md3 0 of 2 optimal ok
			critical volume.degraded md2`,
	}, {
		name: "detail says recovering", files: mdFiles(head+"md0 : active raid1 sdb1[2] sda1[0]\n      976630464 blocks super 1.2 [2/1] [U_]\n      [==>..................]  recovery = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n"+end, ab...),
		tools: with(mdTools(ab...), "mdadm --detail /dev/md0", mdDetail("md0", "raid1", "clean, degraded, recovering", uuid, 2, 1, "       0       8        1        0      active sync   /dev/sda1", "       2       8       17        1      spare rebuilding   /dev/sdb1")),
		want: `drive SDA online ok
			drive SDB rebuilding ok
			volume md0 1 of 2 rebuilding warning 12.5%
			warning volume.rebuilding md0
			info drive.rebuilding SDB`,
	}, {
		name: "detail of a whole RAID 6 array less one", files: mdFiles("Personalities : [raid6]\nmd0 : active raid6 sdc1[2] sdb1[1] sda1[0]\n      1953260544 blocks super 1.2 level 6, 512k chunk, algorithm 2 [4/3] [UUU_]\n"+end, abc...),
		tools: with(mdTools(abc...), "mdadm --detail /dev/md0", mdDetail("md0", "raid6", "clean, degraded", uuid, 4, 3, "       0       8        1        0      active sync   /dev/sda1", "       1       8       17        1      active sync   /dev/sdb1", "       2       8       33        2      active sync   /dev/sdc1", "       -       0        0        3      removed")),
		want: `drive SDA online ok
			drive SDB online ok
			drive SDC online ok
			volume md0 6 of 3 partially_degraded warning gone 1
			warning volume.partially_degraded md0`,
	}, {
		name: "faulty disk still listed twice in two arrays, recovering one", tools: mdTools(abc...),
		files: mdFiles(head+"md0 : active raid1 sdc1[2] sdb1[1](F) sda1[0]\n      976630464 blocks super 1.2 [2/1] [U_]\n      [==>..................]  recovery = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n\nmd1 : active raid1 sdb2[1] sda2[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n"+end, abc...),
		want: `drive SDA online ok
			drive SDB failed critical
			drive SDC rebuilding ok
			volume md0 1 of 2 rebuilding warning 12.5% gone 0 SDB
			volume md1 1 of 2 optimal ok
			warning volume.rebuilding md0
			critical drive.failed SDB
			info drive.rebuilding SDC`,
	}, {
		name: "clustered, remote resync", tools: mdTools(ab...),
		files: mdFiles(head+"md0 : active raid1 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n      \tresync=REMOTE\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 1 of 2 resyncing ok`,
	}, {
		name: "linear whose disk failed", tools: mdTools(ab...),
		files: mdFiles("Personalities : [linear]\nmd0 : active linear sdb1[1](F) sda1[0]\n      1953260544 blocks super 1.2 0k rounding\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB failed critical
			volume md0 linear of 1 failed critical gone 0 SDB
			critical volume.offline md0
			critical drive.failed SDB`,
	}} {
		t.Run(c.name, c.check)
	}
}

// What the kernel, smartctl and a RAID tool call by other names is one drive, or one volume.
func TestFieldJoins(t *testing.T) {
	mega := raidFiles([2]string{"megaraid_sas", slot3b})
	two := raidFiles([2]string{"megaraid_sas", slot3b}, [2]string{"megaraid_sas", slotaf})
	hba := raidFiles([2]string{"mpt3sas", slot3b})
	pqi := merged(raidFiles([2]string{"smartpqi", slot3b}), map[string]string{"sys/bus/pci/devices/" + slot3b + "/driver": "->../../../bus/pci/drivers/smartpqi", "sys/bus/pci/devices/" + slot3b + "/subsystem_vendor": "0x1590\n"})
	attrs := func(m map[string]string, kv ...string) map[string]string {
		for i := 0; i < len(kv); i += 2 {
			doc := m["storcli64 /cALL/eALL/sALL show all J nolog"]
			if !strings.Contains(doc, kv[i]) {
				t.Fatalf("no %s in %s", kv[i], doc)
			}
			m["storcli64 /cALL/eALL/sALL show all J nolog"] = strings.Replace(doc, kv[i], kv[i+1], 1)
		}
		return m
	}
	sata := func(m map[string]string, serial, wwn string) map[string]string {
		m["smartctl --scan-open -j"] = scanJSON([2]string{"/dev/sda", "sat"})
		m["smartctl -x -j -d sat /dev/sda"] = `{"smartctl":{"exit_status":0},"device":{"name":"/dev/sda","type":"sat","protocol":"ATA"},"model_name":"WDC WUH721414ALE6L4","serial_number":"` + serial + `","wwn":{"naa":5,"oui":3274,"id":` + wwn + `},"user_capacity":{"bytes":4000787030016},"smart_support":{"available":true,"enabled":true},"smart_status":{"passed":true}}`
		return m
	}
	for _, c := range []raidCase{{
		name: "a SATA JBOD drive behind an expander whose serial number is padded to the left", files: sasFiles(maps.Clone(mega), slot3b, "sda"),
		tools: sata(attrs(storcli(&perc{address: slot3b, drives: []row{pd("8:3", 17, "JBOD", "-")}}), `"PD0-17"`, `"            9LKMADEUP"`, `"SEAGATE"`, `"ATA     "`, `"5000C50000000017"`, `"NA"`), "9LKMADEUP", "17"),
		want:  `drive 9LKMADEUP jbod ok`,
	}, {
		name: "a SAS JBOD drive of which the tool tells eight characters and the name of a port", files: merged(mega, volumeFiles(slot3b, "sda", "0:0:17:0", "SEAGATE", "MADE UP 4000", "")),
		tools: with(attrs(storcli(&perc{address: slot3b, drives: []row{pd("8:3", 17, "JBOD", "-"), pd("8:4", 0, "JBOD", "-")}}), `"PD0-17"`, `"ZC1MADEU"`, `"5000C50000000017"`, `"5000C50099AABB0E"`),
			"smartctl --scan-open -j", scanJSON([2]string{"/dev/sda", "scsi"}), "smartctl -x -j -d scsi /dev/sda", sasJSON("/dev/sda", "ZC1MADEUP0000J000001", "0x5000c50099aabb0f", true)),
		want: "drive ZC1MADEUP0000J000001 jbod ok\ndrive PD0-0 jbod ok",
	}, {
		name: "one shelf on two controllers that both list its drive", files: two,
		tools: attrs(storcli(&perc{address: slot3b, drives: []row{pd("8:0", 9, "JBOD", "-")}}, &perc{number: 1, address: slotaf, drives: []row{pd("8:0", 12, "JBOD", "-")}}), `"PD0-9"`, `"SHELF00001"`, `"PD1-12"`, `"SHELF00001"`, `"5000C50000000009"`, `"5000C50099AABB0D"`, `"5000C50001000012"`, `"5000C50099AABB0E"`),
		want:  `drive SHELF00001 jbod ok`,
	}, {
		name: "both ports of a SAS drive on one adapter, which lists it twice", files: hba,
		tools: ircu(nil, []string{"2:0; Ready (RDY); DUALPORT1", "2:0; Ready (RDY); DUALPORT1"}, ""),
		want:  "drive DUALPORT1 unconfigured unknown\nunjudged DUALPORT1: DUALPORT1: smartctl did not name it",
	}, {
		name: "a mirror of an adapter with RAID and the block device that it is", files: merged(hba, volumeFiles(slot3b, "sda", "0:1:0:0", "LSI", "Logical Volume", "600508e00000000070605f4e3d2c1b0a")),
		tools: ircu([]string{"RAID1; Okay (OKY); 1:0 1:1"}, []string{"1:0; Optimal (OPT); A", "1:1; Optimal (OPT); B"}, ircuIdle),
		want:  "drive A online unknown\ndrive B online unknown\nvolume sda 1 of 2 optimal ok\nunjudged A: A: smartctl did not name it\nunjudged B: B: smartctl did not name it",
	}, {
		name: "a mirror that the kernel resyncs and the tool calls okay", files: merged(hba, volumeFiles(slot3b, "sda", "0:1:0:0", "LSI", "Logical Volume", "600508e00000000070605f4e3d2c1b0a"), map[string]string{"sys/class/raid_devices/0:1:0:0/state": "resyncing\n", "sys/class/raid_devices/0:1:0:0/level": "raid1\n"}),
		tools: ircu([]string{"RAID1; Okay (OKY); 1:0 1:1"}, []string{"1:0; Optimal (OPT); A", "1:1; Optimal (OPT); B"}, ircuIdle),
		want:  "drive A online unknown\ndrive B online unknown\nvolume sda 1 of 2 rebuilding warning\nwarning volume.rebuilding sda\nunjudged A: A: smartctl did not name it\nunjudged B: B: smartctl did not name it",
	}, {
		name: "a container of aacraid without a name that is a disk of the kernel's", files: merged(raidFiles([2]string{"aacraid", slot3b}), volumeFiles(slot3b, "sda", "0:0:0:0", "ASR8805", "L0", ""), map[string]string{"sys/devices/pci0000:00/" + slot3b + "/host0/target0:0:0/0:0:0:0/block/sda/device/level": "Mirror\n"}),
		tools: arcconf("", []string{"1; Optimal; 0 1"}, []string{"0; Online; 0", "1; Online; 0"}),
		want:  "drive ADP0 online ok\ndrive ADP1 online ok\nvolume sda 1 of 2 optimal ok",
	}, {
		name: "an HBA of HPE whose drive smartctl and ssacli know", files: sasFiles(maps.Clone(pqi), slot3b, "sda"),
		tools: with(ssacli(smartArray{"", nil, []string{"1; OK; HBA Mode Drive"}, "HBA Drives"}), "smartctl --scan-open -j", scanJSON([2]string{"/dev/sda", "scsi"}), "smartctl -x -j -d scsi /dev/sda", sasJSON("/dev/sda", "HP1", "0x5000c50000000003", true)),
		want:  "drive HP1 jbod ok",
	}, {
		name: "an NVMe drive behind a tri-mode controller as JBOD", files: merged(mega, sasFiles(map[string]string{}, slot3b, "sda"), map[string]string{"sys/devices/pci0000:00/" + slot3b + "/host0/target0:0:0/0:0:0:0/block/sda/device/vendor": "NVMe\n"}),
		tools: with(attrs(storcli(&perc{address: slot3b, drives: []row{func() row { r := pd("252:0", 0, "JBOD", "-"); r["Intf"] = "NVMe"; return r }()}}), `"PD0-0"`, `"S6MADEUP00001"`, `"SEAGATE"`, `"NVMe    "`),
			"smartctl --scan-open -j", scanJSON([2]string{"/dev/sda", "scsi"}), "smartctl -x -j -d scsi /dev/sda", sasJSON("/dev/sda", "S6MADEUP00001", "", true)),
		want: "drive S6MADEUP00001 jbod ok",
	}, {
		name: "a volume that the kernel shows and the tool does not list", files: merged(mega, volumeFiles(slot3b, "sda", "0:2:0:0", "DELL", "PERC H755 Front", "600605b0000000000000000000000000")),
		tools: storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "UGood", "F")}}),
		want: `drive PD0-0 foreign warning
			volume sda of 0 unknown
			warning drive.foreign PD0-0
			unjudged sda: sda: storcli64 does not list it`,
	}, {
		name: "a volume that the kernel has given up, without any tool", files: merged(mega, volumeFiles(slot3b, "sda", "0:2:0:0", "DELL", "PERC H755 Front", "600605b0000000000000000000000000"), map[string]string{"sys/devices/pci0000:00/" + slot3b + "/host0/target0:2:0/0:2:0:0/block/sda/device/state": "offline\n"}),
		tools: map[string]string{},
		want:  "volume sda of 0 offline critical\ncritical volume.offline sda",
	}, {
		name: "only perccli, whose headings are its own", files: mega,
		tools: func() map[string]string {
			m := storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "UBad", "-")}})
			out := map[string]string{}
			for k, v := range m {
				out[strings.Replace(k, "storcli64", "perccli64", 1)] = v
			}
			return out
		}(),
		want: "drive PD0-0 failed warning\nwarning drive.unconfigured_bad PD0-0",
	}} {
		t.Run(c.name, c.check)
	}
}

// Tools that fail or lie.
func TestFieldTools(t *testing.T) {
	mega := raidFiles([2]string{"megaraid_sas", slot3b})
	mpi := raidFiles([2]string{"mpi3mr", slot3b})
	hba := raidFiles([2]string{"mpt3sas", slot3b})
	for _, c := range []raidCase{{
		name: "DISPLAY fails", files: hba, exits: map[string]int{"sas3ircu 0 DISPLAY": 1},
		tools: with(ircu(nil, nil, ""), "sas3ircu 0 DISPLAY", "Avago Technologies SAS3 IR Configuration Utility.\nVersion 17.00.00.00 (2018.04.02)\nCopyright (c) 2009-2018 Avago Technologies. All rights reserved.\n\nSAS3IRCU: Error executing command DISPLAY.\n"),
		want: `unjudged 0000:3b:00.0: 0000:3b:00.0: sas3ircu does not describe it; storcli64: not installed
			diagnostic sas3ircu: failed with exit status 1`,
	}, {
		name: "STATUS fails", files: hba, exits: map[string]int{"sas3ircu 0 STATUS": 1},
		tools: with(ircu([]string{"RAID1; Okay (OKY); 1:0 1:1"}, []string{"1:0; Optimal (OPT); A", "1:1; Optimal (OPT); B"}, ""), "sas3ircu 0 STATUS", "Avago Technologies SAS3 IR Configuration Utility.\nVersion 17.00.00.00 (2018.04.02)\nCopyright (c) 2009-2018 Avago Technologies. All rights reserved.\n\nSAS3IRCU: Error executing command STATUS.\n"),
		want: `drive A online unknown
			drive B online unknown
			volume volume 1 1 of 2 optimal ok
			unjudged A: A: smartctl did not name it
			unjudged B: B: smartctl did not name it
			diagnostic sas3ircu: failed with exit status 1`,
	}, {
		name: "GETCONFIG fails", files: raidFiles([2]string{"aacraid", slot3b}), exits: map[string]int{"arcconf GETCONFIG 1 nologs": 1},
		tools: with(arcconf("", nil, nil), "arcconf GETCONFIG 1 nologs", "Controllers found: 1\nCommand failed: controller is not responding.\n"),
		want: `unjudged 0000:3b:00.0: 0000:3b:00.0: arcconf does not describe it
			diagnostic arcconf: failed with exit status 1`,
	}, {
		name: "storcli prints a text for JSON", files: mega,
		tools: map[string]string{"storcli64 /cALL show all J nolog": "CLI Version = 007.1616.0000.0000 Dec 24, 2020\nOperating system = Linux 6.1.0\nController = 0\nStatus = Success\nDescription = None\n\nProduct Name = PERC H730P\nSerial Number = MADEUP1\nPCI Address = 00:3b:00:00\n\nVirtual Drives = 1\n\nVD LIST :\n=======\n\n-------------------------------------------------------------\nDG/VD TYPE  State Access Consist Cache Cac sCC       Size Name\n-------------------------------------------------------------\n0/0   RAID1 Dgrd  RW     Yes     RWBD  -   ON  931.000 GB os\n-------------------------------------------------------------\n\n",
			"smartctl --scan-open -j": `{"devices":[]}`, lsblkCommand: `{"blockdevices":[]}`},
		exits: map[string]int{"storcli64 /cALL/vALL show all J nolog": 1},
		want: `volume os 1 of 0 degraded critical
			critical volume.degraded os
			diagnostic storcli64: failed with exit status 1 and no output`,
	}, {
		name: "storcli2 on a machine that has none", files: mpi, exits: map[string]int{"storcli2 /cALL show all J nolog": 1},
		tools: map[string]string{"storcli2 /cALL show all J nolog": `{"Controllers":[{"Command Status":{"CLI Version":"008.0011.0000.0018","Operating system":"Linux6.1.0","Status Code":0,"Status":"Failure","Description":"No Controller found"}}]}`},
		want:  `unjudged 0000:3b:00.0: 0000:3b:00.0: storcli2 does not describe it`,
	}, {
		name: "storcli killed by a signal", files: mega, exits: map[string]int{"storcli64 /cALL show all J nolog": 139},
		tools: map[string]string{"storcli64 /cALL show all J nolog": ""},
		want: `unjudged 0000:3b:00.0: 0000:3b:00.0: storcli64: failed with exit status 139 and no output
			diagnostic storcli64: failed with exit status 139 and no output`,
	}, {
		name: "ssacli that may not be run", files: raidFiles([2]string{"hpsa", slot3b}), exits: map[string]int{"ssacli ctrl all show config detail": 1},
		tools: map[string]string{"ssacli ctrl all show config detail": "\nError: You need to have administrator rights to continue.\n"},
		want: `unjudged 0000:3b:00.0: 0000:3b:00.0: ssacli: Error: You need to have administrator rights to continue.
			diagnostic ssacli: Error: You need to have administrator rights to continue.`,
	}, {
		name: "ssacli says so with status 0", files: raidFiles([2]string{"hpsa", slot3b}),
		tools: map[string]string{"ssacli ctrl all show config detail": "\nError: Another instance of SSACLI is already running.\n"},
		want: `unjudged 0000:3b:00.0: 0000:3b:00.0: ssacli: Error: Another instance of SSACLI is already running.
			diagnostic ssacli: Error: Another instance of SSACLI is already running.`,
	}} {
		t.Run(c.name, c.check)
	}
}

// Words that contradict each other, and words that nobody knows.
func TestFieldWords(t *testing.T) {
	mega := raidFiles([2]string{"megaraid_sas", slot3b})
	hba := raidFiles([2]string{"mpt3sas", slot3b})
	same := func(m map[string]string, from ...string) map[string]string {
		k := "storcli64 /cALL/eALL/sALL show all J nolog"
		for _, f := range from {
			m[k] = strings.ReplaceAll(m[k], f, "SAME0001")
		}
		for _, d := range []string{"08", "09", "10", "00000008", "00000009"} {
			m[k] = strings.ReplaceAll(m[k], `"5000C500000000`+d+`"`, `"NA"`)
		}
		return m
	}
	for _, c := range []raidCase{{
		name: "a state that nobody knows, and SMART is well", files: sasFiles(maps.Clone(hba), slot3b, "sda"),
		tools: with(ircu(nil, []string{"1:0; Degraded (DGD); A0000001"}, ""), "smartctl --scan-open -j", scanJSON([2]string{"/dev/sda", "scsi"}), "smartctl -x -j -d scsi /dev/sda", sasJSON("/dev/sda", "A0000001", "", true)),
		want:  "drive A0000001 unknown\nunjudged A0000001: sda: its controller calls it \"Degraded (DGD)\", which bee does not know",
	}, {
		name: "the same in an array that is well", files: sasFiles(merged(hba, map[string]string{"proc/mdstat": "Personalities : [raid1]\nmd0 : active raid1 sda[0]\n      976630464 blocks super 1.2 [1/1] [U]\n\nunused devices: <none>\n"}), slot3b, "sda"),
		tools: with(ircu(nil, []string{"1:0; Degraded (DGD); A0000001"}, ""), "smartctl --scan-open -j", scanJSON([2]string{"/dev/sda", "scsi"}), "smartctl -x -j -d scsi /dev/sda", sasJSON("/dev/sda", "A0000001", "", true)),
		want:  "drive A0000001 unknown\nvolume md0 1 of 1 optimal ok\nunjudged A0000001: sda: its controller calls it \"Degraded (DGD)\", which bee does not know",
	}, {
		name: "a volume that is optimal, with a drive in its group that no list has", files: mega,
		tools: storcli(&perc{address: slot3b, defaults: "WriteBack", volumes: []row{vd(0, 0, "RAID1", "Optl", "RWBD", "os")}, topology: places("RAID1", "Optl", "Onln", "Onln"), drives: four("Onln")}),
		want:  "drive PD0-8 online ok\nvolume os 1 of 1 optimal ok",
	}, {
		name: "two drives of a batch with one serial number", files: mega,
		tools: same(storcli(&perc{address: slot3b, drives: []row{pd("252:0", 8, "UGood", "-"), pd("252:1", 9, "UBad", "-")}}), "PD0-8", "PD0-9"),
		want:  "drive SAME0001 unconfigured ok\ndrive SAME0001 failed warning\nwarning drive.unconfigured_bad SAME0001",
	}, {
		name: "a battery that is listed as optimal and whose status says replace", files: mega,
		tools: storcli(&perc{address: slot3b, status: row{"BBU Status": 1024}, hardware: row{"BBU": "Present"}, battery: []row{{"Model": "CVPM02", "State": "Optimal", "Temp": "28C"}}}),
		want:  "battery of 0000:3b:00.0 battery failed\nwarning controller.battery_failed 0000:3b:00.0",
	}, {
		name: "two batteries of which the second failed", files: mega,
		tools: storcli(&perc{address: slot3b, hardware: row{"BBU": "Present"}, battery: []row{{"Model": "CVPM02", "State": "Optimal", "Temp": "28C"}, {"Model": "CVPM03", "State": "Failed", "Temp": "28C"}}}),
		want:  "battery of 0000:3b:00.0 battery failed\nwarning controller.battery_failed 0000:3b:00.0",
	}, {
		name: "the controller counts a failed drive that no list has", files: mega, exits: map[string]int{"storcli64 /cALL/eALL/sALL show all J nolog": 255},
		tools: with(storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "JBOD", "-")}, status: row{}, hardware: row{"Critical Predictive Failure PD Drive Count": 1}}), "storcli64 /cALL/eALL/sALL show all J nolog", ""),
		want: `drive jbod unknown
			warning controller.status 0000:3b:00.0
			unjudged : drive:0: smartctl did not name it
			diagnostic storcli64: failed with exit status 255 and no output`,
	}} {
		t.Run(c.name, c.check)
	}
}

// Members of containers, of other arrays, and of arrays that they once were in.
func TestFieldMDMore(t *testing.T) {
	const end = "\nunused devices: <none>\n"
	ab := []string{"sda", "sdb"}
	nvme := mdTools("sda")
	for _, c := range []raidCase{{
		name: "IMSM rebuilds onto its spare", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid1]\nmd126 : active raid1 sdb[2] sda[0]\n      976759808 blocks super external:/md127/0 [2/1] [U_]\n      [==>..................]  recovery = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n\nmd127 : inactive sdb[1](S) sda[0](S)\n      4520 blocks super external:imsm\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB rebuilding ok
			volume md126 1 of 2 rebuilding warning 12.5%
			warning volume.rebuilding md126
			info drive.rebuilding SDB`,
	}, {
		name: "an array of IMSM that is inactive in its container", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid1]\nmd126 : inactive sda[0]\n      976759808 blocks super external:/md127/0\n\nmd127 : inactive sdb[1](S) sda[0](S)\n      4520 blocks super external:imsm\n"+end, ab...),
		want: `drive SDA ok
			drive SDB ok
			volume md126 of 1 offline critical
			critical volume.offline md126`,
	}, {
		name: "a member that was thrown out and plugged in again, while its half runs alone", tools: with(loose(mdTools(ab...)), "mdadm --detail /dev/md0", mdDetail("md0", "raid1", "clean, degraded", "01234567:89abcdef:01234567:00000005", 2, 1, "       0       8        0        0      active sync   /dev/sda", "       -       0        0        1      removed"),
			"mdadm --examine /dev/sdb", examined("sdb", "01234567:89abcdef:01234567:00000005", "srv:0", "raid1", "", 2, "Active device 1", "AA", 40)),
		files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 sda[0]\n      976630464 blocks super 1.2 [2/1] [U_]\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB ok
			volume md0 1 of 1 degraded critical gone 1 SDB
			critical volume.degraded md0`,
	}, {
		name: "a foreign member beside a running array", tools: with(loose(mdTools(ab...)), "mdadm --detail /dev/md0", mdDetail("md0", "raid1", "clean", "01234567:89abcdef:01234567:00000005", 1, 1, "       0       8        0        0      active sync   /dev/sda"),
			"mdadm --examine /dev/sdb", examined("sdb", "01234567:89abcdef:01234567:00000007", "other:3", "raid5", "left-symmetric", 3, "Active device 1", "AAA", 40)),
		files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 sda[0]\n      976630464 blocks super 1.2 [1/1] [U]\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB ok
			volume md0 1 of 1 optimal ok
			volume other:3 5 of 1 offline critical gone 2
			critical volume.offline other:3`,
	}, {
		name: "a mirror with a half on a mapped device that is no volume", tools: nvme,
		files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 dm-3[1] sda1[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n"+end, "sda"),
		want: `drive SDA online ok
			volume md0 1 of 1 optimal ok`,
	}, {
		name: "a stripe that is read-only, and one that is broken with a mark", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid0]\nmd0 : active (read-only) raid0 sdb1[1] sda1[0]\n      1953260544 blocks super 1.2 512k chunks\n\nmd1 : broken raid0 sdb2[1](F) sda2[0]\n      1953260544 blocks super 1.2 512k chunks\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB failed critical
			volume md0 0 of 2 optimal ok
			volume md1 0 of 1 failed critical gone 0 SDB
			critical volume.offline md1
			critical drive.failed SDB`,
	}, {
		name: "a mirror of three whose new third fills", tools: mdTools("sda", "sdb", "sdc"),
		files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 sdc1[2] sdb1[1] sda1[0]\n      976630464 blocks super 1.2 [3/2] [UU_]\n      [==>..................]  recovery = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n"+end, "sda", "sdb", "sdc"),
		want: `drive SDA online ok
			drive SDB online ok
			drive SDC online ok
			volume md0 1 of 3 rebuilding warning 12.5%
			warning volume.rebuilding md0`,
	}, {
		name: "a check that waits", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n      \tcheck=DELAYED\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 1 of 2 checking ok`,
	}} {
		t.Run(c.name, c.check)
	}
}

// Two adapters of two generations, each known to its own tool.
func TestFieldIRCUBoth(t *testing.T) {
	c := raidCase{files: raidFiles([2]string{"mpt3sas", slot3b}, [2]string{"mpt2sas", slotaf}),
		tools: func() map[string]string {
			m := ircu(nil, []string{"1:0; Ready (RDY); A0000001"}, "")
			m["sas2ircu LIST"] = strings.NewReplacer("00h:3bh:00h:00h", "00h:afh:00h:00h", "SAS3008", "SAS2308").Replace(ircuList)
			m["sas2ircu 0 DISPLAY"] = strings.NewReplacer("  Bus                                     : 59", "  Bus                                     : 175").Replace(ircuDisplay(nil, []string{"1:0; Failed (FLD); B0000001"}))
			return m
		}(),
		want: "drive A0000001 unconfigured unknown\ndrive B0000001 failed critical\ncritical drive.failed B0000001\nunjudged A0000001: A0000001: smartctl did not name it",
	}
	c.check(t)
}

// Parts of shelves that have failed, beside places for some.
func TestFieldEnclosures(t *testing.T) {
	const shelf = "   D3610 at Port 1E, Box 2, OK\n      Port: 1E\n      Box: 2\n      Vendor ID: HPE\n      Power Supply Status: Failed\n      Fan Status: OK\n      Temperature Status: OK\n      Drive Bays: 12\n\n"
	hp := ssacli(smartArray{"", nil, nil, ""})
	hp["ssacli ctrl all show config detail"] += shelf
	for _, c := range []raidCase{{
		name: "a shelf of HPE with a dead power supply", files: raidFiles([2]string{"hpsa", slot3b}), tools: hp,
		want: "warning controller.enclosure_part 0000:3b:00.0",
	}, {
		name: "a backplane of Adaptec with a dead fan beside places for some", files: raidFiles([2]string{"aacraid", slot3b}),
		tools: func() map[string]string {
			m := arcconf("", nil, nil)
			k := "arcconf GETCONFIG 1 nologs"
			m[k] = strings.Replace(m[k], "\n\nCommand completed", "      Device #7\n         Device is an Enclosure services device\n         Reported Channel,Device(T:L)       : 2,0(0:0)\n         Vendor                             : ADAPTEC\n         Status of Enclosure services device\n            Fan 1 status                    : 0 rpm (Failed)\n            Fan 2 status                    : 0 rpm (Not Installed)\n            Power supply 1 status           : Not Installed\n            Temperature Sensor Status 1     : 27 C/ 80 F (Normal)\n\n\nCommand completed", 1)
			return m
		}(),
		want: "warning controller.enclosure_part 0000:3b:00.0",
	}, {
		name: "a shelf of a MegaRAID that does not answer", files: raidFiles([2]string{"megaraid_sas", slot3b}),
		tools: func() map[string]string {
			m := storcli(&perc{address: slot3b, drives: []row{pd("8:0", 0, "JBOD", "-")}})
			k := "storcli64 /cALL show all J nolog"
			m[k] = strings.Replace(m[k], `"PD LIST":`, `"Enclosures":2,"Enclosure LIST":[{"EID":8,"State":"Not Responding","Slots":12,"PD":1,"PS":2,"Fans":4,"TSs":2,"Alms":0,"SIM":1,"Port#":"00","ProdID":"SHELF"},{"EID":252,"State":"OK","Slots":8,"PD":0,"PS":0,"Fans":0,"TSs":0,"Alms":0,"SIM":1,"Port#":"00","ProdID":"VirtualSES"}],"PD LIST":`, 1)
			return m
		}(),
		want: "drive PD0-0 jbod ok\nwarning controller.enclosure_part 0000:3b:00.0",
	}} {
		t.Run(c.name, c.check)
	}
}

// Drives that their controller hands on: the kernel may know them better.
func TestFieldHandedOn(t *testing.T) {
	mega := raidFiles([2]string{"megaraid_sas", slot3b})
	hba := raidFiles([2]string{"mpt3sas", slot3b})
	jbod := func(more ...string) map[string]string {
		m := storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "JBOD", "-")}})
		m[lsblkCommand] = lsblkJSON(`{"name":"sda","kname":"sda","type":"disk","size":4000787030016,"serial":"PD0-0","wwn":"0x5000c50000000002"}`)
		m["smartctl --scan-open -j"] = scanJSON([2]string{"/dev/sda", "scsi"})
		m["smartctl -x -j -d scsi /dev/sda"] = sasJSON("/dev/sda", "PD0-0", "0x5000c50000000002", true)
		return with(m, more...)
	}
	state := map[string]string{"sys/devices/pci0000:00/" + slot3b + "/host0/target0:0:0/0:0:0:0/block/sda/device/state": "offline\n"}
	for _, c := range []raidCase{{
		name: "a JBOD drive that the kernel has given up and its controller calls well", files: sasFiles(merged(mega, state), slot3b, "sda"),
		tools: jbod("smartctl --scan-open -j", `{"devices":[]}`),
		want:  "drive PD0-0 jbod warning\nwarning drive.no_answer PD0-0",
	}, {
		name: "a JBOD drive that answers smartctl with an error", files: sasFiles(maps.Clone(mega), slot3b, "sda"), exits: map[string]int{"smartctl -x -j -d scsi /dev/sda": 2},
		tools: jbod("smartctl -x -j -d scsi /dev/sda", `{"smartctl":{"exit_status":2,"messages":[{"string":"Smartctl open device: /dev/sda failed: Input/output error","severity":"error"}]},"device":{"name":"/dev/sda","type":"scsi","protocol":"SCSI"}}`),
		want:  "drive PD0-0 jbod warning\nwarning drive.no_answer PD0-0",
	}, {
		name: "a member of an md array on an adapter with its own tool that the kernel threw out", files: sasFiles(merged(hba, map[string]string{"proc/mdstat": "Personalities : [raid1]\nmd0 : active raid1 sdb[1](F) sda[0]\n      976630464 blocks super 1.2 [2/1] [U_]\n\nunused devices: <none>\n"}), slot3b, "sda", "sdb"),
		tools: with(ircu(nil, []string{"1:0; Ready (RDY); A0000001", "1:1; Ready (RDY); B0000001"}, ""), "smartctl --scan-open -j", scanJSON([2]string{"/dev/sda", "scsi"}, [2]string{"/dev/sdb", "scsi"}), "smartctl -x -j -d scsi /dev/sda", sasJSON("/dev/sda", "A0000001", "", true), "smartctl -x -j -d scsi /dev/sdb", sasJSON("/dev/sdb", "B0000001", "", true)),
		want: `drive A0000001 jbod ok
			drive B0000001 failed critical
			volume md0 1 of 1 degraded critical gone 1 B0000001
			critical volume.degraded md0
			critical drive.failed B0000001`,
	}, {
		name: "a JBOD list beside the list of drives", files: mega,
		tools: func() map[string]string {
			m := storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "JBOD", "-"), pd("252:1", 1, "UGood", "-")}})
			k := "storcli64 /cALL show all J nolog"
			m[k] = strings.Replace(m[k], `"PD LIST":`, `"JBOD Drives":1,"JBOD LIST":[{"ID":0,"EID:Slt":"252:0","DID":0,"State":"Onln","Intf":"SAS","Med":"HDD","Size":"3.637 TB","SeSz":"512B","Model":"MADE UP 4000","Vendor":"SEAGATE","Port":"C0.0"}],"PD LIST":`, 1)
			return m
		}(),
		want: "drive PD0-0 jbod ok\ndrive PD0-1 unconfigured ok",
	}, {
		name: "a spare of two arrays of HPE", files: raidFiles([2]string{"hpsa", slot3b}),
		tools: ssacli(smartArray{"", []string{"1; OK; 1 2 5", "1; OK; 3 4 5"}, []string{"1; OK; Data Drive", "2; OK; Data Drive", "3; OK; Data Drive", "4; OK; Data Drive", "5; OK; Spare Drive"}, ""}),
		want: `drive HP1 online ok
			drive HP2 online ok
			drive HP3 online ok
			drive HP4 online ok
			drive HP5 hot_spare ok
			volume L1 1 of 2 optimal ok
			volume L2 1 of 2 optimal ok`,
	}, {
		name: "a dead spare of two arrays of HPE, whose serial number nobody can read", files: raidFiles([2]string{"hpsa", slot3b}),
		tools: func() map[string]string {
			m := ssacli(smartArray{"", []string{"1; OK; 1 2 5", "1; OK; 3 4 5"}, []string{"1; OK; Data Drive", "2; OK; Data Drive", "3; OK; Data Drive", "4; OK; Data Drive", "5; Failed; Spare Drive"}, ""})
			k := "ssacli ctrl all show config detail"
			m[k] = strings.ReplaceAll(strings.ReplaceAll(m[k], "         Serial Number: HP5\n", ""), "         WWID: 5000C50000000004\n", "")
			return m
		}(),
		want: `drive HP1 online ok
			drive HP2 online ok
			drive HP3 online ok
			drive HP4 online ok
			drive failed critical
			volume L1 1 of 2 optimal ok
			volume L2 1 of 2 optimal ok
			critical drive.failed`,
	}, {
		name: "a drive of which arcconf says nothing of SMART", files: raidFiles([2]string{"aacraid", slot3b}),
		tools: func() map[string]string {
			m := arcconf("", nil, []string{"0; Online; 0"})
			k := "arcconf GETCONFIG 1 nologs"
			m[k] = strings.Replace(m[k], "         S.M.A.R.T.                         : No\n         S.M.A.R.T. warnings                : 0\n", "", 1)
			return m
		}(),
		want: "drive ADP0 online unknown\nunjudged ADP0: ADP0: smartctl did not name it",
	}, {
		name: "a drive of which arcconf says that it has no SMART", files: raidFiles([2]string{"aacraid", slot3b}),
		tools: func() map[string]string {
			m := arcconf("", nil, []string{"0; Online; 0"})
			k := "arcconf GETCONFIG 1 nologs"
			m[k] = strings.Replace(m[k], "         S.M.A.R.T.                         : No\n         S.M.A.R.T. warnings                : 0\n", "         S.M.A.R.T.                         : Not Supported\n", 1)
			return m
		}(),
		want: "drive ADP0 online unknown\nunjudged ADP0: ADP0: smartctl did not name it",
	}} {
		t.Run(c.name, c.check)
	}
}

// Machines in the middle of a repair.
func TestFieldRepairs(t *testing.T) {
	mega := raidFiles([2]string{"megaraid_sas", slot3b})
	for _, c := range []raidCase{{
		name: "RAID 60 whose one span rebuilds while another has lost a drive", files: mega,
		tools: storcli(&perc{address: slot3b, defaults: "WriteBack", volumes: []row{vd(0, 0, "RAID60", "Pdgd", "RWBD", "data")},
			topology: []row{group(0, "RAID60", "Pdgd"), member(0, 0, "252:0", "Onln"), member(0, 1, "252:1", "Rbld"), member(0, 2, "252:2", "Onln"), member(0, 0, "252:3", "Onln"), member(0, 1, "-", "Msng"), member(0, 2, "252:5", "Onln")},
			drives:   []row{pd("252:0", 8, "Onln", 0), pd("252:1", 9, "Rbld", 0), pd("252:2", 10, "Onln", 0), pd("252:3", 11, "Onln", 0), pd("252:5", 13, "Onln", 0)}}),
		want: `drive PD0-8 online ok
			drive PD0-9 rebuilding ok
			drive PD0-10 online ok
			drive PD0-11 online ok
			drive PD0-13 online ok
			volume data 60 of 5 partially_degraded warning gone 1
			warning volume.partially_degraded data
			info drive.rebuilding PD0-9`,
	}, {
		name: "the failed drive is pulled, a new one stands in its slot and waits", files: mega,
		tools: storcli(&perc{address: slot3b, defaults: "WriteBack", volumes: []row{vd(0, 0, "RAID1", "Dgrd", "RWBD", "os")},
			topology: places("RAID1", "Dgrd", "Onln", "Msng"), drives: []row{pd("252:0", 8, "Onln", 0), pd("252:1", 9, "UGood", "-")}}),
		want: `drive PD0-8 online ok
			drive PD0-9 unconfigured ok
			volume os 1 of 1 degraded critical gone 1
			critical volume.degraded os`,
	}, {
		name: "a used drive from another server stands in the slot", files: mega,
		tools: storcli(&perc{address: slot3b, defaults: "WriteBack", volumes: []row{vd(0, 0, "RAID1", "Dgrd", "RWBD", "os")},
			topology: places("RAID1", "Dgrd", "Onln", "Msng"), drives: []row{pd("252:0", 8, "Onln", 0), pd("252:1", 9, "UGood", "F")}, details: []row{nil, {"Predictive Failure Count": 1}}}),
		want: `drive PD0-8 online ok
			drive PD0-9 foreign warning
			volume os 1 of 1 degraded critical gone 1
			critical volume.degraded os
			warning drive.foreign PD0-9
			warning drive.predictive_failure PD0-9`,
	}, {
		name: "the spare has taken over, and the failed drive is still there", files: mega,
		tools: storcli(&perc{address: slot3b, defaults: "WriteBack", volumes: []row{vd(0, 0, "RAID1", "Optl", "RWBD", "os")},
			topology: []row{group(0, "RAID1", "Optl"), member(0, 0, "252:0", "Onln"), member(0, 1, "252:7", "Onln")}, drives: []row{pd("252:0", 8, "Onln", 0), pd("252:1", 9, "UBad", "-"), pd("252:7", 15, "Onln", 0)}}),
		want: `drive PD0-8 online ok
			drive PD0-9 failed warning
			drive PD0-15 online ok
			volume os 1 of 2 optimal ok
			warning drive.unconfigured_bad PD0-9`,
	}, {
		name: "a level is being changed", files: mega,
		tools: func() map[string]string {
			m := storcli(&perc{address: slot3b, defaults: "WriteBack", volumes: []row{vd(0, 0, "RAID5", "Optl", "RWBD", "data")}, topology: places("RAID5", "Optl", "Onln", "Onln", "Onln"), drives: four("Onln", "Onln", "Onln")})
			k := "storcli64 /cALL/vALL show all J nolog"
			m[k] = strings.ReplaceAll(m[k], `"Active Operations":"None"`, `"Active Operations":"Reconstruction (7%)"`)
			return m
		}(),
		want: `drive PD0-8 online ok
			drive PD0-9 online ok
			drive PD0-10 online ok
			volume data 5 of 3 optimal ok 7%`,
	}, {
		name: "write-through while the battery learns, by policy always write-back", files: mega,
		tools: storcli(&perc{address: slot3b, defaults: "AlwaysWriteBack", hardware: row{"BBU": "Present"}, battery: []row{{"Model": "BBU", "State": "Learning", "Temp": "28C"}}, volumes: []row{vd(0, 0, "RAID1", "Optl", "RAWBD", "os")}, topology: places("RAID1", "Optl", "Onln", "Onln"), drives: four("Onln", "Onln")}),
		want: `battery of 0000:3b:00.0 battery learning
			drive PD0-8 online ok
			drive PD0-9 online ok
			volume os 1 of 2 optimal ok
			info controller.battery_charging 0000:3b:00.0`,
	}, {
		name: "a battery that is too hot", files: mega,
		tools: storcli(&perc{address: slot3b, status: row{"BBU Status": 4}, hardware: row{"BBU": "Present"}, battery: []row{{"Model": "BBU", "State": "Optimal", "Temp": "64C"}}}),
		want: `battery of 0000:3b:00.0 battery degraded
			warning controller.battery_failed 0000:3b:00.0`,
	}, {
		name: "a stripe and a JBOD drive that smartctl calls failing and the controller well", files: sasFiles(maps.Clone(mega), slot3b, "sda"),
		tools: func() map[string]string {
			m := storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "JBOD", "-")}})
			m["smartctl --scan-open -j"] = scanJSON([2]string{"/dev/sda", "scsi"})
			m["smartctl -x -j -d scsi /dev/sda"] = sasJSON("/dev/sda", "PD0-0", "0x5000c50000000002", false)
			return m
		}(),
		want: "drive PD0-0 jbod critical\ncritical smart.failing PD0-0",
	}, {
		name: "details of one drive are cut out", files: mega,
		tools: func() map[string]string {
			m := storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "UGood", "-")}})
			k := "storcli64 /cALL/eALL/sALL show all J nolog"
			m[k] = strings.Replace(strings.Replace(m[k], `"Predictive Failure Count":0,`, "", 1), `"S.M.A.R.T alert flagged by drive":"No"`, `"S.M.A.R.T alert flagged by drive":"N/A"`, 1)
			return m
		}(),
		want: "drive PD0-0 unconfigured unknown\nunjudged PD0-0: PD0-0: smartctl did not name it",
	}} {
		t.Run(c.name, c.check)
	}
}

// What HPE's and Microchip's tools say of a repair, of volumes that are locked, and of cards in HBA mode.
func TestFieldSmartpqi(t *testing.T) {
	pqi := merged(raidFiles([2]string{"smartpqi", slot3b}), map[string]string{"sys/bus/pci/devices/" + slot3b + "/driver": "->../../../bus/pci/drivers/smartpqi", "sys/bus/pci/devices/" + slot3b + "/subsystem_vendor": "0x1590\n"})
	const cap = "   Cache Status: OK\n   Cache Backup Power Source: Capacitors\n   Battery/Capacitor Count: 1\n   Battery/Capacitor Status: OK\n"
	const ok = "battery of 0000:3b:00.0 capacitor ok\n"
	for _, c := range []raidCase{{
		name: "two volumes on one array, one of which rebuilds first", files: pqi,
		tools: ssacli(smartArray{cap, []string{"1; Recovering, 77% complete; 1 2", "5; Waiting for Rebuild; 3 4"}, []string{"1; OK; Data Drive", "2; Rebuilding; Data Drive", "3; OK; Data Drive", "4; OK; Data Drive"}, ""}),
		want: ok + `drive HP1 online ok
			drive HP2 rebuilding ok
			drive HP3 online ok
			drive HP4 online ok
			volume L1 1 of 2 rebuilding warning 77%
			volume L2 5 of 2 degraded critical
			warning volume.rebuilding L1
			critical volume.degraded L2
			info drive.rebuilding HP2`,
	}, {
		name: "a volume whose block device the kernel shows too", files: merged(pqi, volumeFiles(slot3b, "sda", "0:1:0:0", "HPE", "LOGICAL VOLUME", "600508b1001c00000000000000000001")),
		tools: ssacli(smartArray{cap, []string{"1; OK; 1 2"}, []string{"1; OK; Data Drive", "2; OK; Data Drive"}, ""}),
		want:  ok + "drive HP1 online ok\ndrive HP2 online ok\nvolume sda 1 of 2 optimal ok",
	}, {
		name: "parity that is made for the first time", files: pqi,
		tools: func() map[string]string {
			m := ssacli(smartArray{cap, []string{"5; OK; 1 2"}, []string{"1; OK; Data Drive", "2; OK; Data Drive"}, ""})
			k := "ssacli ctrl all show config detail"
			m[k] = strings.Replace(m[k], "         Caching:  Enabled\n", "         Caching:  Enabled\n         Parity Initialization Status: In Progress\n         Parity Initialization Progress: 42%\n", 1)
			return m
		}(),
		want: ok + "drive HP1 online ok\ndrive HP2 online ok\nvolume L1 5 of 2 optimal ok 42%",
	}, {
		name: "two ports whose boxes and bays are alike", files: pqi,
		tools: func() map[string]string {
			m := ssacli(smartArray{cap, nil, []string{"1; OK; Unassigned Drive"}, "Unassigned"})
			k := "ssacli ctrl all show config detail"
			block := m[k][strings.Index(m[k], "      physicaldrive"):]
			m[k] += strings.NewReplacer("1I:1:1", "2I:1:1", "Port: 1I", "Port: 2I", "HP1", "HP9", "5000C50000000000", "5000C50000000009", "Status: OK", "Status: Failed").Replace(block)
			return m
		}(),
		want: ok + "drive HP1 unconfigured ok\ndrive HP9 failed critical\ncritical drive.failed HP9",
	}, {
		name: "a cache that waits for its capacitors", files: pqi,
		tools: ssacli(smartArray{"   Cache Status: Temporarily Disabled\n   Cache Status Details: Cache disabled; low charge.\n   Cache Backup Power Source: Capacitors\n   Battery/Capacitor Count: 1\n   Battery/Capacitor Status: Recharging\n", nil, nil, ""}),
		want:  "battery of 0000:3b:00.0 capacitor charging\ninfo controller.battery_charging 0000:3b:00.0",
	}, {
		name: "a three-way mirror that has lost one", files: pqi,
		tools: ssacli(smartArray{cap, []string{"1 (ADM); Interim Recovery Mode; 1 2 3"}, []string{"1; OK; Data Drive", "2; OK; Data Drive", "3; Failed; Data Drive"}, ""}),
		want: ok + `drive HP1 online ok
			drive HP2 online ok
			drive HP3 failed critical
			volume L1 1 of 3 partially_degraded warning
			warning volume.partially_degraded L1
			critical drive.failed HP3`,
	}} {
		t.Run(c.name, c.check)
	}
}

// Rows of md that no other case has.
func TestFieldMDRows(t *testing.T) {
	const end = "\nunused devices: <none>\n"
	ab := []string{"sda", "sdb"}
	for _, c := range []raidCase{{
		name: "RAID 10 of two that has lost one", tools: mdTools("sda"),
		files: mdFiles("Personalities : [raid10]\nmd0 : active raid10 sda1[0]\n      976630464 blocks super 1.2 2 near-copies [2/1] [U_]\n"+end, "sda"),
		want: `drive SDA online ok
			volume md0 10 of 1 degraded critical gone 1
			critical volume.degraded md0`,
	}, {
		name: "RAID 10 of three near copies that has lost one", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid10]\nmd0 : active raid10 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 3 near-copies [3/2] [UU_]\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 10 of 2 partially_degraded warning gone 1
			warning volume.partially_degraded md0`,
	}, {
		name: "RAID 4 without its parity", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid4]\nmd0 : active raid4 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 level 4, 64k chunk, algorithm 0 [3/2] [UU_]\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 4 of 2 degraded critical gone 1
			critical volume.degraded md0`,
	}, {
		name: "detail that has failed where the kernel's list is terse", files: mdFiles("Personalities : [raid5]\nmd0 : active raid5 sda1[0]\n      976630464 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/1] [U__]\n"+end, "sda"),
		tools: with(mdTools("sda"), "mdadm --detail /dev/md0", mdDetail("md0", "raid5", "clean, FAILED", "01234567:89abcdef:01234567:00000005", 3, 1, "       0       8        1        0      active sync   /dev/sda1", "       -       0        0        1      removed", "       -       0        0        2      removed")),
		want: `drive SDA online ok
			volume md0 5 of 1 failed critical gone 2
			critical volume.offline md0`,
	}, {
		name: "a replacement beside a place that is empty", tools: mdTools("sda", "sdb", "sdc"),
		files: mdFiles("Personalities : [raid6]\nmd0 : active raid6 sdc1[5](R) sdb1[1] sda1[0]\n      976630464 blocks super 1.2 level 6, 512k chunk, algorithm 2 [3/2] [UU_]\n      [==>..................]  recovery = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n"+end, "sda", "sdb", "sdc"),
		want: `drive SDA online ok
			drive SDB online ok
			drive SDC rebuilding ok
			volume md0 6 of 3 partially_degraded warning 12.5% gone 1
			warning volume.partially_degraded md0
			info drive.rebuilding SDC`,
	}, {
		name: "a spare that is a disk with bad sectors", tools: with(mdTools("sda", "sdb"), "smartctl -x -j -d sat /dev/sdb", `{"smartctl":{"exit_status":8},"device":{"name":"/dev/sdb","type":"sat","protocol":"ATA"},"model_name":"MADE UP 1000","serial_number":"SDB","user_capacity":{"bytes":1000204886016},"smart_support":{"available":true,"enabled":true},"smart_status":{"passed":false}}`),
		files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 sdb1[1](S) sda1[0]\n      976630464 blocks super 1.2 [1/1] [U]\n"+end, ab...),
		want: `drive SDA online ok
			drive SDB hot_spare critical
			volume md0 1 of 1 optimal ok
			critical smart.failing SDB`,
	}} {
		t.Run(c.name, c.check)
	}
}
