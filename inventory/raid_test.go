// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/report"
)

// raidFiles is what the kernel shows of a SCSI host with a RAID controller's
// driver at a PCI address.
func raidFiles(hosts ...[2]string) map[string]string {
	files := make(map[string]string)
	for i, h := range hosts {
		driver, address := h[0], h[1]
		dir := fmt.Sprintf("devices/pci0000:00/%s/host%d/scsi_host/host%d", address, i, i)
		files[fmt.Sprintf("sys/class/scsi_host/host%d", i)] = "->../../" + dir
		files["sys/"+dir+"/proc_name"] = driver + "\n"
	}
	return files
}

const (
	slot3b = "0000:3b:00.0"
	slotaf = "0000:af:00.0"
)

// mdFiles is what the kernel shows of its own RAID, and of disks for it.
func mdFiles(mdstat string, disks ...string) map[string]string {
	files := map[string]string{"proc/mdstat": mdstat}
	for i, name := range disks {
		dir := fmt.Sprintf("devices/pci0000:00/0000:00:17.0/ata%d/host%d/target%d:0:0/%d:0:0:0/block/%s", i+1, i, i, i, name)
		files["sys/block/"+name] = "->../" + dir
		files["sys/"+dir+"/size"] = "1953525168\n"
		files["sys/"+dir+"/removable"] = "0\n"
		files["sys/"+dir+"/hidden"] = "0\n"
		files["sys/"+dir+"/queue/rotational"] = "1\n"
		files["sys/"+dir+"/device/vendor"] = "ATA\n"
		files["sys/"+dir+"/device/model"] = "MADE UP 1000\n"
	}
	return files
}

// mdTools answers for the disks of an array: their serial numbers are their
// names in capitals, and all are well.
func mdTools(disks ...string) map[string]string {
	tools := make(map[string]string)
	var rows []string
	var scan [][2]string
	for i, name := range disks {
		base := strings.TrimRight(name, "0123456789")
		rows = append(rows, fmt.Sprintf(`{"name":%q,"kname":%q,"type":"disk","size":1000204886016,"serial":%q,"wwn":"0x5000c5000000%04x"}`, base, base, strings.ToUpper(base), i+1))
		scan = append(scan, [2]string{"/dev/" + base, "sat"})
		tools["smartctl -x -j -d sat /dev/"+base] = fmt.Sprintf(`{"smartctl":{"exit_status":0},"device":{"name":"/dev/%s","type":"sat","protocol":"ATA"},"model_name":"MADE UP 1000","serial_number":%q,"user_capacity":{"bytes":1000204886016},"smart_support":{"available":true,"enabled":true},"smart_status":{"passed":true}}`, base, strings.ToUpper(base))
	}
	tools[lsblkCommand] = lsblkJSON(rows...)
	tools["smartctl --scan-open -j"] = scanJSON(scan...)
	return tools
}

// A row is a line of one of storcli's lists.
type row map[string]any

// firstKeys are those that storcli prints first: they say what a row is about.
var firstKeys = []string{"Command Status", "EID:Slt", "DG/VD", "DG", "Drive Information", "VD Info", "Model", "Type", "Controller", "Status"}

// MarshalJSON keeps storcli's order as far as it matters.
func (r row) MarshalJSON() ([]byte, error) {
	keys := slices.Sorted(maps.Keys(r))
	rank := func(key string) int {
		if i := slices.Index(firstKeys, key); i >= 0 {
			return i
		}
		return len(firstKeys)
	}
	slices.SortStableFunc(keys, func(a, b string) int { return rank(a) - rank(b) })
	out := []byte{'{'}
	for i, key := range keys {
		if i > 0 {
			out = append(out, ',')
		}
		value, err := json.Marshal(r[key])
		if err != nil {
			return nil, err
		}
		out = append(fmt.Appendf(out, "%q:", key), value...)
	}
	return append(out, '}'), nil
}

// A perc is what storcli says of one controller.
type perc struct {
	number                    int
	address, failure          string
	status                    row
	hardware                  row
	battery                   []row
	volumes, topology, drives []row
	details                   []row // of each drive; nil: well
	defaults                  string
}

func (p *perc) answer(data row) row {
	return row{"Command Status": row{"CLI Version": "007.1616.0000.0000 Dec 24, 2020", "Controller": p.number, "Status": "Success", "Description": "None"}, "Response Data": data}
}

// show, showDrives and showVolumes are its parts of the three answers.
func (p *perc) show() row {
	if p.failure != "" {
		return row{"Command Status": row{"CLI Version": "007.1616.0000.0000 Dec 24, 2020", "Controller": p.number, "Status": "Failure", "Description": p.failure}}
	}
	data := row{
		"Basics":  row{"Controller": p.number, "Model": "PERC H755 Front", "Serial Number": fmt.Sprintf("CTL%d", p.number), "PCI Address": "00:" + strings.ReplaceAll(strings.TrimPrefix(p.address, "0000:"), ".0", ":00")},
		"Version": row{"Firmware Package Build": "52.16.1-4405", "Firmware Version": "5.160.02-3552"},
		"Status":  row{"Controller Status": "Optimal", "Memory Correctable Errors": 0, "Memory Uncorrectable Errors": 0},
		"HwCfg":   row{"BBU": "Absent"}, "Physical Drives": len(p.drives), "PD LIST": p.drives,
	}
	for k, v := range p.status {
		data["Status"].(row)[k] = v
	}
	for k, v := range p.hardware {
		data["HwCfg"].(row)[k] = v
	}
	if p.battery != nil {
		data["BBU_Info"] = p.battery
	}
	if p.volumes != nil {
		data["Virtual Drives"], data["VD LIST"], data["TOPOLOGY"] = len(p.volumes), p.volumes, p.topology
	}
	return p.answer(data)
}

func (p *perc) showDrives() row {
	data := row{}
	for i, d := range p.drives {
		place := strings.TrimSpace(d["EID:Slt"].(string))
		path := fmt.Sprintf("Drive /c%d/e%s", p.number, strings.Replace(place, ":", "/s", 1))
		if strings.HasPrefix(place, ":") {
			path = fmt.Sprintf("Drive /c%d/s%s", p.number, place[1:])
		}
		detail := row{"Media Error Count": 0, "Other Error Count": 0, "Predictive Failure Count": 0, "S.M.A.R.T alert flagged by drive": "No"}
		if i < len(p.details) {
			for k, v := range p.details[i] {
				detail[k] = v
			}
		}
		data[path] = []row{d}
		data[path+" - Detailed Information"] = row{
			path + " State":             detail,
			path + " Device attributes": row{"SN": fmt.Sprintf("PD%d-%v", p.number, d["DID"]), "Manufacturer Id": "SEAGATE", "Model Number": "MADE UP 4000", "WWN": fmt.Sprintf("5000C500%02X%06v", p.number, d["DID"]), "Firmware Revision": "0001", "Raw size": "3.638 TB [0x1d1c0beb0 Sectors]", "Logical Sector Size": "512B"},
		}
	}
	return p.answer(data)
}

func (p *perc) showVolumes() row {
	data := row{}
	for _, v := range p.volumes {
		_, n, _ := strings.Cut(v["DG/VD"].(string), "/")
		data[fmt.Sprintf("/c%d/v%s", p.number, n)] = []row{v}
		data["VD"+n+" Properties"] = row{"Write Cache(initial setting)": p.defaults, "Active Operations": "None", "SCSI NAA Id": fmt.Sprintf("600605b0000000%02x00000000000000%s0", p.number, n)}
	}
	return p.answer(data)
}

// storcli answers for all controllers.
func storcli(controllers ...*perc) map[string]string {
	var show, drives, volumes []row
	for _, p := range controllers {
		show = append(show, p.show())
		if p.failure == "" {
			drives, volumes = append(drives, p.showDrives()), append(volumes, p.showVolumes())
		}
	}
	document := func(list []row) string {
		text, err := json.Marshal(row{"Controllers": list})
		if err != nil {
			panic(err)
		}
		return string(text)
	}
	tools := map[string]string{
		"storcli64 /cALL show all J nolog": document(show), "storcli64 /cALL/vALL show all J nolog": document(volumes),
		"storcli64 /cALL/eALL/sALL show all J nolog": document(drives), "storcli64 /cALL/sALL show all J nolog": document(drives),
		"smartctl --scan-open -j": `{"devices":[]}`, lsblkCommand: `{"blockdevices":[]}`,
	}
	return tools
}

func pd(place string, did int, state string, group any) row {
	return row{"EID:Slt": place, "DID": did, "State": state, "DG": group, "Size": "3.637 TB", "Intf": "SAS", "Med": "HDD", "SED": "N", "PI": "N", "SeSz": "512B", "Model": "MADE UP 4000", "Sp": "U", "Type": "-"}
}

func vd(group, number int, level, state, cache, name string) row {
	return row{"DG/VD": fmt.Sprintf("%d/%d", group, number), "TYPE": level, "State": state, "Access": "RW", "Consist": "Yes", "Cache": cache, "Cac": "-", "sCC": "ON", "Size": "10.913 TB", "Name": name}
}

// member is a row of the topology, of a drive at a place or of a missing one.
func member(group, at int, place, state string) row {
	r := row{"DG": group, "Arr": 0, "Row": at, "EID:Slot": place, "DID": at, "Type": "DRIVE", "State": state, "BT": "N", "Size": "3.637 TB"}
	if place == "-" {
		r["DID"] = "-"
	}
	return r
}

func group(n int, level, state string) row {
	return row{"DG": n, "Arr": "-", "Row": "-", "EID:Slot": "-", "DID": "-", "Type": level, "State": state, "BT": "N", "Size": "10.913 TB"}
}

// outline says what an audit makes of a machine's RAID, a line a fact.
func outline(r *report.Report) []string {
	names := make(map[string]string)
	var lines []string
	add := func(format string, args ...any) {
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " "))
	}
	for _, c := range r.Storage.Controllers {
		names[c.ID] = c.PCIAddress
		if b := c.Battery; b != nil {
			add("battery of %s %s %s", c.PCIAddress, b.Kind, b.State)
		}
	}
	for _, d := range r.Storage.Drives {
		names[d.ID] = d.Serial
		add("drive %s %s %s", d.Serial, d.State, d.Health)
	}
	for _, v := range r.Storage.Volumes {
		names[v.ID] = v.Name
		progress, gone := "", ""
		if v.ProgressPct != nil {
			progress = fmt.Sprintf("%.3g%%", *v.ProgressPct)
		}
		if v.Missing > 0 || v.MissingIDs != nil {
			gone = fmt.Sprintf("gone %d %s", v.Missing, strings.Join(v.MissingIDs, " "))
		}
		add("volume %s %s of %d %s %s %s %s", v.Name, v.Level, len(v.Members), v.State, v.Health, progress, gone)
	}
	for _, f := range r.Findings {
		if name, ok := names[f.Component]; ok {
			add("%s %s %s", f.Severity, f.Code, name)
		}
	}
	for _, u := range *r.Summary.Unjudged {
		if name, ok := names[u.Component]; ok {
			add("unjudged %s: %s", name, u.Why)
		}
	}
	for _, d := range r.Diagnostics {
		if tool, _, _ := strings.Cut(d.Source, " "); strings.Contains("storcli64 sas3ircu ssacli arcconf mdadm /proc/mdstat", tool) && d.Code != "tool.absent" {
			add("diagnostic %s: %s", tool, d.Message)
		}
	}
	slices.Sort(lines)
	return lines
}

// A raidCase is a situation in which a machine's RAID can be, and what is to be
// said of it.
type raidCase struct {
	name  string
	files map[string]string
	tools map[string]string
	exits map[string]int
	want  string
}

func (c *raidCase) check(t *testing.T) {
	h := &fake{tools: c.tools, files: c.files, exits: c.exits}
	got := outline(inventory.Audit(t.Context(), h, inventory.Options{}))
	var want []string
	for line := range strings.SplitSeq(c.want, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			want = append(want, line)
		}
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// four are the drives of a group of four.
func four(states ...string) (list []row) {
	for i, s := range states {
		list = append(list, pd(fmt.Sprintf("252:%d", i), i+8, s, 0))
	}
	return list
}

func places(level, state string, states ...string) []row {
	list := []row{group(0, level, state)}
	for i, s := range states {
		place := fmt.Sprintf("252:%d", i)
		if s == "Msng" {
			place = "-"
		}
		list = append(list, member(0, i, place, s))
	}
	return list
}

func TestStorcliSituations(t *testing.T) {
	mega := raidFiles([2]string{"megaraid_sas", slot3b})
	two := raidFiles([2]string{"megaraid_sas", slot3b}, [2]string{"megaraid_sas", slotaf})
	for _, c := range []raidCase{{
		name: "RAID 5 degraded by a failed drive", files: mega,
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID5", "Dgrd", "RWBD", "data")},
			topology: places("RAID5", "Dgrd", "Onln", "Failed", "Onln"), drives: four("Onln", "Failed", "Onln"), defaults: "WriteBack"}),
		want: `drive PD0-8 online ok
			drive PD0-9 failed critical
			drive PD0-10 online ok
			volume data 5 of 3 degraded critical
			critical volume.degraded data
			critical drive.failed PD0-9`,
	}, {
		name: "RAID 6 partially degraded by a drive that is gone", files: mega,
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID6", "Pdgd", "RWBD", "data")},
			topology: places("RAID6", "Pdgd", "Onln", "Onln", "Msng", "Onln"),
			drives:   []row{pd("252:0", 8, "Onln", 0), pd("252:1", 9, "Onln", 0), pd("252:3", 11, "Onln", 0)}, defaults: "WriteBack"}),
		want: `drive PD0-8 online ok
			drive PD0-9 online ok
			drive PD0-11 online ok
			volume data 6 of 3 partially_degraded warning gone 1
			warning volume.partially_degraded data`,
	}, {
		name: "a member is gone, and neither the group's own spare nor one that failed beside it is that member", files: mega,
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID5", "Dgrd", "RWBD", "data")}, topology: places("RAID5", "Dgrd", "Onln", "Msng", "Onln"),
			drives: []row{pd("252:0", 8, "Onln", 0), pd("252:2", 10, "Onln", 0), pd("252:4", 12, "DHS", 0), pd("252:5", 13, "UBad", "-")}, defaults: "WriteBack"}),
		want: `drive PD0-8 online ok
			drive PD0-10 online ok
			drive PD0-12 hot_spare ok
			drive PD0-13 failed warning
			volume data 5 of 2 degraded critical gone 1
			critical volume.degraded data
			warning drive.unconfigured_bad PD0-13`,
	}, {
		name: "two volumes on one group, with a member that failed", files: mega,
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID1", "Dgrd", "RWBD", "os"), vd(0, 1, "RAID1", "Dgrd", "RWBD", "data")},
			topology: places("RAID1", "Dgrd", "Onln", "Failed"), drives: four("Onln", "Failed"), defaults: "WriteBack"}),
		want: `drive PD0-8 online ok
			drive PD0-9 failed critical
			volume os 1 of 2 degraded critical
			volume data 1 of 2 degraded critical
			critical volume.degraded os
			critical volume.degraded data
			critical drive.failed PD0-9`,
	}, {
		name: "RAID 10 that has lost a drive of each of two spans", files: mega,
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID10", "Dgrd", "RWBD", "data")}, defaults: "WriteBack",
			topology: []row{group(0, "RAID10", "Dgrd"), member(0, 0, "252:0", "Onln"), member(0, 1, "-", "Msng"), member(0, 2, "252:2", "Failed"), member(0, 3, "252:3", "Onln")},
			drives:   []row{pd("252:0", 8, "Onln", 0), pd("252:2", 10, "Failed", 0), pd("252:3", 11, "Onln", 0)}}),
		want: `drive PD0-8 online ok
			drive PD0-10 failed critical
			drive PD0-11 online ok
			volume data 10 of 3 degraded critical gone 1
			critical volume.degraded data
			critical drive.failed PD0-10`,
	}, {
		name: "RAID 5 rebuilding", files: mega,
		tools: func() map[string]string {
			m := storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID5", "Dgrd", "RWBD", "data")},
				topology: places("RAID5", "Dgrd", "Onln", "Rbld", "Onln"), drives: four("Onln", "Rbld", "Onln"), defaults: "WriteBack"})
			m["storcli64 /cALL/eALL/sALL show rebuild J nolog"] = `{"Controllers":[{"Command Status":{"Controller":0,"Status":"Success","Description":"Show Drive Rebuild Status Succeeded."},"Response Data":[
				{"Drive-ID":"/c0/e252/s0","Progress%":"-","Status":"Not in progress","Estimated Time Left":"-"},
				{"Drive-ID":"/c0/e252/s1","Progress%":43,"Status":"In progress","Estimated Time Left":"2 Hours 3 Minutes"}]}]}`
			return m
		}(),
		want: `drive PD0-8 online ok
			drive PD0-9 rebuilding ok
			drive PD0-10 online ok
			volume data 5 of 3 rebuilding warning 43%
			warning volume.rebuilding data
			info drive.rebuilding PD0-9`,
	}, {
		name: "RAID 6 rebuilds one drive and has lost another", files: mega,
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID6", "Pdgd", "RWBD", "data")},
			topology: places("RAID6", "Pdgd", "Onln", "Rbld", "Failed", "Onln"), drives: four("Onln", "Rbld", "Failed", "Onln"), defaults: "WriteBack"}),
		want: `drive PD0-8 online ok
			drive PD0-9 rebuilding ok
			drive PD0-10 failed critical
			drive PD0-11 online ok
			volume data 6 of 4 partially_degraded warning
			warning volume.partially_degraded data
			critical drive.failed PD0-10
			info drive.rebuilding PD0-9`,
	}, {
		name: "a drive copied back into its slot is no fault of the volume", files: mega,
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID1", "Optl", "RWBD", "os")},
			topology: places("RAID1", "Optl", "Onln", "Cpybck"), drives: four("Onln", "Cpybck"), defaults: "WriteBack"}),
		want: `drive PD0-8 online ok
			drive PD0-9 rebuilding ok
			volume os 1 of 2 optimal ok
			info drive.rebuilding PD0-9`,
	}, {
		name: "RAID 0 that has lost a drive", files: mega,
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID0", "OfLn", "RWBD", "scratch")},
			topology: places("RAID0", "OfLn", "Onln", "Failed"), drives: four("Onln", "Failed"), defaults: "WriteBack"}),
		want: `drive PD0-8 online ok
			drive PD0-9 failed critical
			volume scratch 0 of 2 offline critical
			critical volume.offline scratch
			critical drive.failed PD0-9`,
	}, {
		name: "RAID 5 offline by two drives set offline", files: mega,
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID5", "OfLn", "RWBD", "data")},
			topology: places("RAID5", "OfLn", "Onln", "Offln", "Offln"), drives: four("Onln", "Offln", "Offln"), defaults: "WriteBack"}),
		want: `drive PD0-8 online ok
			drive PD0-9 offline critical
			drive PD0-10 offline critical
			volume data 5 of 3 offline critical
			critical volume.offline data
			critical drive.offline PD0-9
			critical drive.offline PD0-10`,
	}, {
		name: "foreign, unsupported and bad drives beside JBOD and spares", files: mega,
		tools: storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "UGood", "F"), pd("252:1", 1, "UGUnsp", "-"), pd("252:2", 2, "UBad", "-"),
			pd("252:3", 3, "JBOD", "-"), pd("252:4", 4, "GHS", "-"), pd("252:5", 5, "UGood", "-"), pd(" :6", 6, "JBOD", "-"), pd("252:7", 7, "UBUnsp", "-"), pd("252:8", 8, "UGShld", "-")}}),
		want: `drive PD0-0 foreign warning
			drive PD0-1 unconfigured ok
			drive PD0-2 failed warning
			drive PD0-3 jbod ok
			drive PD0-4 hot_spare ok
			drive PD0-5 unconfigured ok
			drive PD0-6 jbod ok
			drive PD0-7 failed warning
			drive PD0-8 unconfigured ok
			warning drive.foreign PD0-0
			warning drive.unconfigured_bad PD0-2
			warning drive.unconfigured_bad PD0-7`,
	}, {
		name: "JBOD on two controllers that repeat DIDs", files: two,
		tools: storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "JBOD", "-"), pd("252:1", 1, "JBOD", "-")}},
			&perc{number: 1, address: slotaf, drives: []row{pd("252:0", 0, "JBOD", "-"), pd("252:1", 1, "UBad", "-")}}),
		want: `drive PD0-0 jbod ok
			drive PD0-1 jbod ok
			drive PD1-0 jbod ok
			drive PD1-1 failed warning
			warning drive.unconfigured_bad PD1-1`,
	}, {
		name: "one of two controllers does not answer", files: two, exits: map[string]int{"storcli64 /cALL show all J nolog": 255},
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID1", "Optl", "RWBD", "os")},
			topology: places("RAID1", "Optl", "Onln", "Onln"), drives: four("Onln", "Onln"), defaults: "WriteBack"},
			&perc{number: 1, address: slotaf, failure: "Controller 1 not found"}),
		want: `drive PD0-8 online ok
			drive PD0-9 online ok
			volume os 1 of 2 optimal ok
			unjudged 0000:af:00.0: 0000:af:00.0: storcli64: Controller 1 not found
			diagnostic storcli64: Controller 1 not found`,
	}, {
		name: "a second controller on which nothing hangs", files: two, exits: map[string]int{"storcli64 /cALL/eALL/sALL show all J nolog": 255},
		tools: func() map[string]string {
			m := storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "JBOD", "-")}}, &perc{number: 1, address: slotaf})
			m["storcli64 /cALL/eALL/sALL show all J nolog"] = strings.TrimSuffix(m["storcli64 /cALL/eALL/sALL show all J nolog"], "]}") +
				`,{"Command Status":{"CLI Version":"007.1616.0000.0000 Dec 24, 2020","Controller":1,"Status":"Failure","Description":"No drive found!"}}]}`
			return m
		}(),
		want: `drive PD0-0 jbod ok`,
	}, {
		name: "a second controller of which the tool says nothing", files: two,
		tools: storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "JBOD", "-")}}),
		want: `drive PD0-0 jbod ok
			unjudged 0000:af:00.0: 0000:af:00.0: storcli64 does not describe it`,
	}, {
		name: "an output that was cut off", files: mega,
		tools: func() map[string]string {
			m := storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID5", "Dgrd", "RWBD", "data")}, topology: places("RAID5", "Dgrd", "Onln", "Failed", "Onln"), drives: four("Onln", "Failed", "Onln"), defaults: "WriteBack"})
			m["storcli64 /cALL/vALL show all J nolog"] = m["storcli64 /cALL/vALL show all J nolog"][:300]
			return m
		}(),
		want: `drive PD0-8 online ok
			drive PD0-9 failed critical
			drive PD0-10 online ok
			volume data 5 of 3 degraded critical
			critical volume.degraded data
			critical drive.failed PD0-9
			diagnostic storcli64: its output ends in the middle
			diagnostic storcli64: invalid syntax: unexpected end`,
	}, {
		name: "Controller 0 not found, where the kernel has one", files: mega, exits: map[string]int{"storcli64 /cALL show all J nolog": 255},
		tools: map[string]string{"storcli64 /cALL show all J nolog": `{"Controllers":[{"Command Status":{"CLI Version":"007.1616.0000.0000 Dec 24, 2020","Operating system":"Linux 6.1.0","Controller":0,"Status":"Failure","Description":"Controller 0 not found"}}]}`},
		want: `unjudged 0000:3b:00.0: 0000:3b:00.0: storcli64: Controller 0 not found
			diagnostic storcli64: Controller 0 not found`,
	}, {
		name: "No Controller found, where the kernel has one", files: mega,
		tools: map[string]string{"storcli64 /cALL show all J nolog": `{"Controllers":[{"Command Status":{"CLI Version":"007.1616.0000.0000 Dec 24, 2020","Operating system":"Linux 6.1.0","Status Code":0,"Status":"Failure","Description":"No Controller found"}}]}`},
		want:  `unjudged 0000:3b:00.0: 0000:3b:00.0: storcli64 does not describe it`,
	}, {
		name: "no battery, by design", files: mega,
		tools: storcli(&perc{address: slot3b, status: row{"BBU Status": "NA"}, volumes: []row{vd(0, 0, "RAID1", "Optl", "RWTD", "os")},
			topology: places("RAID1", "Optl", "Onln", "Onln"), drives: four("Onln", "Onln"), defaults: "WriteThrough"}),
		want: `drive PD0-8 online ok
			drive PD0-9 online ok
			volume os 1 of 2 optimal ok`,
	}, {
		name: "a battery that failed takes the cache away", files: mega,
		tools: storcli(&perc{address: slot3b, status: row{"BBU Status": 1}, hardware: row{"BBU": "Present"}, battery: []row{{"Model": "BBU", "State": "Failed", "RetentionTime": "0 hour(s)", "Temp": "28C", "Mode": "-", "MfgDate": "2019/02/02"}},
			volumes: []row{vd(0, 0, "RAID1", "Optl", "RWTD", "os")}, topology: places("RAID1", "Optl", "Onln", "Onln"), drives: four("Onln", "Onln"), defaults: "WriteBack"}),
		want: `battery of 0000:3b:00.0 battery failed
			drive PD0-8 online ok
			drive PD0-9 online ok
			volume os 1 of 2 optimal warning
			warning controller.battery_failed 0000:3b:00.0
			warning volume.write_through os`,
	}, {
		name: "a battery that wants attention", files: mega,
		tools: storcli(&perc{address: slot3b, hardware: row{"BBU": "Present"}, battery: []row{{"Model": "BBU", "State": "Dgd(Needs Attention)", "Temp": "28C"}}}),
		want: `battery of 0000:3b:00.0 battery degraded
			warning controller.battery_failed 0000:3b:00.0`,
	}, {
		name: "a battery that learns", files: mega,
		tools: storcli(&perc{address: slot3b, hardware: row{"BBU": "Present"}, battery: []row{{"Model": "BBU", "State": "Learning", "Temp": "28C"}}}),
		want: `battery of 0000:3b:00.0 battery learning
			info controller.battery_charging 0000:3b:00.0`,
	}, {
		name: "a battery that is there and not listed, with a pack to replace", files: mega,
		tools: storcli(&perc{address: slot3b, status: row{"BBU Status": 1024}, hardware: row{"BBU": "Present"}}),
		want: `battery of 0000:3b:00.0 failed
			warning controller.battery_failed 0000:3b:00.0`,
	}, {
		name: "a battery that is there and not listed, and well", files: mega,
		tools: storcli(&perc{address: slot3b, status: row{"BBU Status": 4096}, hardware: row{"BBU": "Present"}}),
		want:  `battery of 0000:3b:00.0 ok`,
	}, {
		name: "a controller that needs attention, with errors of its memory", files: mega,
		tools: storcli(&perc{address: slot3b, status: row{"Controller Status": "Needs Attention", "Memory Correctable Errors": 7}}),
		want: `warning controller.status 0000:3b:00.0
			info controller.memory_correctable 0000:3b:00.0`,
	}, {
		name: "drives that warn, and a medium with errors", files: mega,
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID1", "Optl", "RWBD", "os")}, defaults: "WriteBack",
			topology: places("RAID1", "Optl", "Onln", "Onln"), drives: four("Onln", "Onln"),
			details: []row{{"Predictive Failure Count": 2}, {"S.M.A.R.T alert flagged by drive": "Yes", "Media Error Count": 5}}}),
		want: `drive PD0-8 online warning
			drive PD0-9 online warning
			volume os 1 of 2 optimal ok
			warning drive.predictive_failure PD0-8
			warning drive.predictive_failure PD0-9
			warning drive.media_errors PD0-9`,
	}, {
		name: "a volume and a drive in states that nobody knows", files: mega,
		tools: storcli(&perc{address: slot3b, volumes: []row{vd(0, 0, "RAID1", "Qrtn", "RWBD", "os")}, defaults: "WriteBack",
			topology: places("RAID1", "Qrtn", "Onln", "Odd"), drives: four("Onln", "Odd")}),
		want: `drive PD0-8 online ok
			drive PD0-9 unknown
			volume os 1 of 2 unknown
			unjudged PD0-9: PD0-9: its controller calls it "Odd", which bee does not know
			unjudged os: os: its controller calls it "Qrtn", which bee does not know`,
	}} {
		t.Run(c.name, c.check)
	}
}

// an array's members by mdadm --examine.
func examined(device, uuid, name, level, layout string, devices int, role, slots string, events int) string {
	text := fmt.Sprintf("/dev/%s:\n          Magic : a92b4efc\n        Version : 1.2\n    Feature Map : 0x0\n     Array UUID : %s\n           Name : %s\n  Creation Time : Mon Mar  3 10:00:00 2025\n     Raid Level : %s\n   Raid Devices : %d\n\n     Array Size : 976630464 KiB (931.39 GiB 1000.07 GB)\n          State : clean\n    Device UUID : 01234567:89abcdef:01234567:%08x\n\n    Update Time : Tue Mar  4 11:00:00 2025\n       Checksum : 1a2b3c4d - correct\n         Events : %d\n\n", device, uuid, name, level, devices, len(device), events)
	if layout != "" {
		text += "         Layout : " + layout + "\n"
	}
	return text + fmt.Sprintf("   Device Role : %s\n   Array State : %s ('A' == active, '.' == missing, 'R' == replacing)\n", role, slots)
}

// with adds answers to a machine's.
func with(tools map[string]string, more ...string) map[string]string {
	for i := 0; i < len(more); i += 2 {
		tools[more[i]] = more[i+1]
	}
	return tools
}

// loose says of disks that they are members of an array.
func loose(tools map[string]string) map[string]string {
	tools[lsblkCommand] = strings.ReplaceAll(tools[lsblkCommand], `"type":"disk",`, `"type":"disk","fstype":"linux_raid_member",`)
	return tools
}

func TestMDSituations(t *testing.T) {
	const uuid = "01234567:89abcdef:01234567:00000005"
	ab := []string{"sda", "sdb"}
	abc := []string{"sda", "sdb", "sdc"}
	for _, c := range []raidCase{{
		name: "a resync that waits for the first write", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid1]\nmd0 : active (auto-read-only) raid1 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n      \tresync=PENDING\n      bitmap: 2/8 pages [8KB], 65536KB chunk\n\nunused devices: <none>\n", ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 1 of 2 resyncing ok`,
	}, {
		name: "a resync that runs", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n      [==>..................]  resync = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n\nunused devices: <none>\n", ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 1 of 2 resyncing ok 12.5%`,
	}, {
		name: "the monthly check", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n      [==>..................]  check = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n\nunused devices: <none>\n", ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 1 of 2 checking ok 12.5%`,
	}, {
		name: "half a mirror, a faulty disk and a spare that does not take over", tools: mdTools(abc...),
		files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 sdc1[2](S) sdb1[1](F) sda1[0]\n      976630464 blocks super 1.2 [2/1] [U_]\n\nunused devices: <none>\n", abc...),
		want: `drive SDA online ok
			drive SDB failed critical
			drive SDC hot_spare ok
			volume md0 1 of 1 degraded critical gone 1 SDB
			critical volume.degraded md0
			critical drive.failed SDB`,
	}, {
		name: "half a mirror while it is checked", tools: mdTools("sda"),
		files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 sda1[0]\n      976630464 blocks super 1.2 [2/1] [U_]\n      [==>..................]  check = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n\nunused devices: <none>\n", "sda"),
		want: `drive SDA online ok
			volume md0 1 of 1 degraded critical 12.5% gone 1
			critical volume.degraded md0`,
	}, {
		name: "a recovery that waits for another array on the same disks", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid1]\nmd1 : active raid1 sdb2[2] sda2[0]\n      976630464 blocks super 1.2 [2/1] [U_]\n      \tresync=DELAYED\n\nmd0 : active raid1 sdb1[2] sda1[0]\n      1048576 blocks super 1.2 [2/1] [U_]\n      [==>..................]  recovery = 12.5% (122078/1048576) finish=70.0min speed=203456K/sec\n\nunused devices: <none>\n", ab...),
		want: `drive SDA online ok
			drive SDB rebuilding ok
			volume md0 1 of 2 rebuilding warning 12.5%
			volume md1 1 of 2 rebuilding warning
			info drive.rebuilding SDB
			warning volume.rebuilding md0
			warning volume.rebuilding md1`,
	}, {
		name: "RAID 0 that has lost a disk", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid0]\nmd0 : broken raid0 sdb1[1] sda1[0]\n      1953260544 blocks super 1.2 512k chunks\n\nunused devices: <none>\n", ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 0 of 2 failed critical
			critical volume.offline md0`,
	}, {
		name: "RAID 0 and a linear array that are well", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid0] [linear]\nmd1 : active linear sdb2[1] sda2[0]\n      1953260544 blocks super 1.2 0k rounding\n\nmd0 : active raid0 sdb1[1] sda1[0]\n      1953260544 blocks super 1.2 512k chunks\n\nunused devices: <none>\n", ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 0 of 2 optimal ok
			volume md1 linear of 2 optimal ok`,
	}, {
		name: "RAID 6 that has lost one of two redundancies", tools: mdTools(abc...),
		files: mdFiles("Personalities : [raid6]\nmd0 : active raid6 sdc1[2] sdb1[1] sda1[0]\n      1953260544 blocks super 1.2 level 6, 512k chunk, algorithm 2 [4/3] [UUU_]\n\nunused devices: <none>\n", abc...),
		want: `drive SDA online ok
			drive SDB online ok
			drive SDC online ok
			volume md0 6 of 3 partially_degraded warning gone 1
			warning volume.partially_degraded md0`,
	}, {
		name: "RAID 5 that has lost two of three", tools: mdTools(abc...),
		files: mdFiles("Personalities : [raid5]\nmd0 : active raid5 sdc1[2](F) sdb1[1](F) sda1[0]\n      1953260544 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/1] [U__]\n\nunused devices: <none>\n", abc...),
		want: `drive SDA online ok
			drive SDB failed critical
			drive SDC failed critical
			volume md0 5 of 1 failed critical gone 2 SDC SDB
			critical volume.offline md0
			critical drive.failed SDB
			critical drive.failed SDC`,
	}, {
		name: "RAID 6 that rebuilds one of two disks that it has lost", tools: mdTools(abc...),
		files: mdFiles("Personalities : [raid6]\nmd0 : active raid6 sdc1[4] sdb1[1] sda1[0]\n      1953260544 blocks super 1.2 level 6, 512k chunk, algorithm 2 [4/2] [UU__]\n      [==>..................]  recovery = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n\nunused devices: <none>\n", abc...),
		want: `drive SDA online ok
			drive SDB online ok
			drive SDC rebuilding ok
			volume md0 6 of 3 degraded critical 12.5% gone 1
			critical volume.degraded md0
			info drive.rebuilding SDC`,
	}, {
		name: "RAID 10 that has lost a disk of each pair, and one that has lost a pair", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid10]\nmd0 : active raid10 sdb1[2] sda1[0]\n      1953260544 blocks super 1.2 512K chunks 2 near-copies [4/2] [U_U_]\n\nmd1 : active raid10 sdb2[3] sda2[2]\n      1953260544 blocks super 1.2 512K chunks 2 near-copies [4/2] [__UU]\n\nunused devices: <none>\n", ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 10 of 2 degraded critical gone 2
			volume md1 10 of 2 failed critical gone 2
			critical volume.degraded md0
			critical volume.offline md1`,
	}, {
		name: "a mirror of three that has lost one", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 sdb1[1] sda1[0]\n      976630464 blocks super 1.2 [3/2] [UU_]\n\nunused devices: <none>\n", ab...),
		want: `drive SDA online ok
			drive SDB online ok
			volume md0 1 of 2 partially_degraded warning gone 1
			warning volume.partially_degraded md0`,
	}, {
		name: "IMSM: a container and a mirror in it that has lost a disk", tools: mdTools(ab...),
		files: mdFiles("Personalities : [raid1]\nmd126 : active raid1 sda[0]\n      976759808 blocks super external:/md127/0 [2/1] [U_]\n\nmd127 : inactive sdb[1](S) sda[0](S)\n      4520 blocks super external:imsm\n\nunused devices: <none>\n", ab...),
		want: `drive SDA online ok
			drive SDB ok
			volume md126 1 of 1 degraded critical gone 1
			critical volume.degraded md126`,
	}, {
		name: "an array that the kernel could not start", files: mdFiles("Personalities : [raid6] [raid5]\nmd127 : inactive sdb1[1](S) sda1[0](S)\n      1953260544 blocks super 1.2\n\nunused devices: <none>\n", ab...),
		tools: with(mdTools(ab...), "mdadm --examine /dev/sda1", examined("sda1", uuid, "srv:0", "raid5", "left-symmetric", 4, "Active device 0", "AA..", 90), "mdadm --examine /dev/sdb1", examined("sdb1", uuid, "srv:0", "raid5", "left-symmetric", 4, "Active device 1", "AA..", 90)),
		want: `drive SDA ok
			drive SDB ok
			volume md127 5 of 2 offline critical gone 2
			critical volume.offline md127`,
	}, {
		name: "a whole array that nobody started, as on a rescue system", files: mdFiles("Personalities :\nunused devices: <none>\n", ab...),
		tools: with(loose(mdTools(ab...)), "mdadm --examine /dev/sda", examined("sda", uuid, "srv:0", "raid1", "", 2, "Active device 0", "AA", 90), "mdadm --examine /dev/sdb", examined("sdb", uuid, "srv:0", "raid1", "", 2, "Active device 1", "AA", 90)),
		want: `drive SDA ok
			drive SDB ok
			volume srv:0 1 of 2 optimal ok`,
	}, {
		name: "an array that nobody started and that has lost a member", files: mdFiles("Personalities :\nunused devices: <none>\n", "sda"),
		tools: with(loose(mdTools("sda")), "mdadm --examine /dev/sda", examined("sda", uuid, "srv:0", "raid1", "", 2, "Active device 0", "A.", 90)),
		want: `drive SDA ok
			volume srv:0 1 of 1 degraded critical gone 1
			critical volume.degraded srv:0`,
	}, {
		name: "an array that nobody started, with a member thrown out long ago", files: mdFiles("Personalities :\nunused devices: <none>\n", ab...),
		tools: with(loose(mdTools(ab...)), "mdadm --examine /dev/sda", examined("sda", uuid, "srv:0", "raid1", "", 2, "Active device 0", "A.", 90), "mdadm --examine /dev/sdb", examined("sdb", uuid, "srv:0", "raid1", "", 2, "Active device 1", "AA", 40)),
		want: `drive SDA ok
			drive SDB ok
			volume srv:0 1 of 1 degraded critical gone 1 SDB
			critical volume.degraded srv:0`,
	}, {
		name: "members of an array that nobody started and nobody can read", files: mdFiles("Personalities :\nunused devices: <none>\n", ab...), tools: loose(mdTools(ab...)),
		want: `drive SDA ok
			drive SDB ok
			volume md arrays not started of 2 unknown
			unjudged md arrays not started: md arrays not started: nobody told whether all members are there; mdadm: not installed`,
	}, {
		name: "an array that mdadm calls degraded where the kernel's list is terse", files: mdFiles("Personalities : [raid1]\nmd0 : active raid1 sda1[0]\n      976630464 blocks super 1.2 [2/1] [U_]\n\nunused devices: <none>\n", "sda"),
		tools: with(mdTools("sda"), "mdadm --detail /dev/md0", "/dev/md0:\n           Version : 1.2\n        Raid Level : raid1\n        Array Size : 976630464 (931.39 GiB 1000.07 GB)\n      Raid Devices : 2\n     Total Devices : 1\n\n             State : clean, degraded \n    Active Devices : 1\n   Working Devices : 1\n    Failed Devices : 0\n     Spare Devices : 0\n\n              Name : srv:0\n              UUID : "+uuid+"\n            Events : 90\n\n    Number   Major   Minor   RaidDevice State\n       0       8        1        0      active sync   /dev/sda1\n       -       0        0        1      removed\n"),
		want: `drive SDA online ok
			volume md0 1 of 1 degraded critical gone 1
			critical volume.degraded md0`,
	}, {
		name: "RAID 5 that grows by a disk", files: mdFiles("Personalities : [raid5]\nmd0 : active raid5 sdc1[3] sdb1[1] sda1[0]\n      976630464 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/3] [UUU]\n      [==>..................]  reshape = 12.5% (122078808/976630464) finish=70.0min speed=203456K/sec\n\nunused devices: <none>\n", abc...),
		tools: mdTools(abc...),
		want: `drive SDA online ok
			drive SDB online ok
			drive SDC online ok
			volume md0 5 of 3 reshaping ok 12.5%`,
	}} {
		t.Run(c.name, c.check)
	}
}

// ircuDisplay is what sas3ircu prints of an adapter: volumes as "level; status;
// places" and drives as "place; state; serial".
func ircuDisplay(volumes, drives []string) string {
	var b strings.Builder
	b.WriteString("Avago Technologies SAS3 IR Configuration Utility.\nVersion 17.00.00.00 (2018.04.02)\nCopyright (c) 2009-2018 Avago Technologies. All rights reserved.\n\nRead configuration has been initiated for controller 0\n------\nController information\n------\n  Controller type                         : SAS3008\n  BIOS version                            : 8.37.00.00\n  Firmware version                        : 16.00.10.00\n  Segment                                 : 0\n  Bus                                     : 59\n  Device                                  : 0\n  Function                                : 0\n  RAID Support                            : Yes\n------\nIR Volume information\n------\n")
	for i, v := range volumes {
		part := strings.Split(v, "; ")
		fmt.Fprintf(&b, "IR volume %d\n  Volume ID                               : %d\n  Status of volume                        : %s\n  Volume wwid                             : 0a1b2c3d4e5f607%d\n  RAID level                              : %s\n  Size (in MB)                            : 952720\n  Physical hard disks                     :\n", i+1, 322+i, part[1], i, part[0])
		for n, place := range strings.Fields(part[2]) {
			fmt.Fprintf(&b, "  PHY[%d] Enclosure#/Slot#                 : %s\n", n, place)
		}
	}
	b.WriteString("------\nPhysical device information\n------\nInitiator at ID #0\n\n")
	for i, d := range drives {
		part := strings.Split(d, "; ")
		enclosure, slot, _ := strings.Cut(part[0], ":")
		fmt.Fprintf(&b, "Device is a Hard disk\n  Enclosure #                             : %s\n  Slot #                                  : %s\n  SAS Address                             : 4433221-1-0%d00-0000\n  State                                   : %s\n", enclosure, slot, i, part[1])
		if enclosure+slot != "00" {
			b.WriteString("  Size (in MB)/(in sectors)               : 915715/1875385007\n  Manufacturer                            : ATA\n  Model Number                            : MADE UP SSD 960\n  Firmware Revision                       : 0001\n")
		}
		fmt.Fprintf(&b, "  Serial No                               : %s\n  GUID                                    : N/A\n  Protocol                                : SATA\n  Drive Type                              : SATA_SSD\n\n", part[2])
	}
	b.WriteString("------\nEnclosure information\n------\n  Enclosure#                              : 1\n  Logical ID                              : 500605b0:0a0b0c0d\n  Numslots                                : 8\n  StartSlot                               : 0\n------\nSAS3IRCU: Command DISPLAY Completed Successfully.\nSAS3IRCU: Utility Completed Successfully.\n")
	return b.String()
}

const ircuList = "Avago Technologies SAS3 IR Configuration Utility.\nVersion 17.00.00.00 (2018.04.02)\nCopyright (c) 2009-2018 Avago Technologies. All rights reserved.\n\n\n         Adapter      Vendor  Device                       SubSys  SubSys\n Index    Type          ID      ID    Pci Address          Ven ID  Dev ID\n -----  ------------  ------  ------  -----------------    ------  ------\n   0     SAS3008     1000h    97h   00h:3bh:00h:00h      1000h   3090h\nSAS3IRCU: Utility Completed Successfully.\n"

func ircu(volumes, drives []string, status string) map[string]string {
	tools := map[string]string{"sas3ircu LIST": ircuList, "sas3ircu 0 DISPLAY": ircuDisplay(volumes, drives), "smartctl --scan-open -j": `{"devices":[]}`, lsblkCommand: `{"blockdevices":[]}`}
	if status != "" {
		tools["sas3ircu 0 STATUS"] = "Avago Technologies SAS3 IR Configuration Utility.\nVersion 17.00.00.00 (2018.04.02)\nCopyright (c) 2009-2018 Avago Technologies. All rights reserved.\n\nBackground command progress status for controller 0...\nIR Volume 1\n  Volume ID                               : 322\n  Current operation                       : " + status + "\nSAS3IRCU: Command STATUS Completed Successfully.\nSAS3IRCU: Utility Completed Successfully.\n"
	}
	return tools
}

const ircuIdle = "None\n  Volume status                           : Enabled\n  Volume state                            : Optimal\n  Volume wwid                             : 0a1b2c3d4e5f6070\n  Physical disk I/Os                      : Not quiesced"

func TestIRCUSituations(t *testing.T) {
	hba := raidFiles([2]string{"mpt3sas", slot3b})
	for _, c := range []raidCase{{
		name: "a mirror that is well, with a spare", files: hba,
		tools: ircu([]string{"RAID1; Okay (OKY); 1:0 1:1"}, []string{"1:0; Optimal (OPT); A", "1:1; Optimal (OPT); B", "1:2; Hot Spare (HSP); C", "1:3; Ready (RDY); D", "1:4; Available (AVL); E"}, ircuIdle),
		want: `drive A online unknown
			drive B online unknown
			drive C hot_spare unknown
			drive D unconfigured unknown
			drive E unconfigured unknown
			volume volume 1 1 of 2 optimal ok
			unjudged A: A: smartctl did not name it
			unjudged B: B: smartctl did not name it
			unjudged C: C: smartctl did not name it
			unjudged D: D: smartctl did not name it
			unjudged E: E: smartctl did not name it`,
	}, {
		name: "a mirror with a failed disk that is there", files: hba,
		tools: ircu([]string{"RAID1; Degraded (DGD); 1:0 1:1"}, []string{"1:0; Optimal (OPT); A", "1:1; Failed (FLD); B"}, ircuIdle),
		want: `drive A online unknown
			drive B failed critical
			volume volume 1 1 of 2 degraded critical
			critical volume.degraded volume 1
			critical drive.failed B
			unjudged A: A: smartctl did not name it`,
	}, {
		name: "a mirror with a disk that is gone", files: hba,
		tools: ircu([]string{"RAID1; Degraded (DGD); 1:0 0:0"}, []string{"1:0; Optimal (OPT); A", "0:0; Missing (MIS); B"}, ircuIdle),
		want: `drive A online unknown
			drive B missing critical
			volume volume 1 1 of 1 degraded critical gone 1 B
			critical volume.degraded volume 1
			critical drive.missing B
			unjudged A: A: smartctl did not name it`,
	}, {
		name: "two mirrors that each miss a disk: nobody knows whose is which", files: hba,
		tools: ircu([]string{"RAID1; Degraded (DGD); 1:0 0:0", "RAID1; Degraded (DGD); 1:1 0:0"}, []string{"1:0; Optimal (OPT); A", "1:1; Optimal (OPT); B", "0:0; Missing (MIS); C", "0:0; Missing (MIS); D"}, ircuIdle),
		want: `drive A online unknown
			drive B online unknown
			drive C missing critical
			drive D missing critical
			volume volume 1 1 of 1 degraded critical gone 1
			volume volume 2 1 of 1 degraded critical gone 1
			critical volume.degraded volume 1
			critical volume.degraded volume 2
			critical drive.missing C
			critical drive.missing D
			unjudged A: A: smartctl did not name it
			unjudged B: B: smartctl did not name it`,
	}, {
		name: "a mirror that synchronizes", files: hba,
		tools: ircu([]string{"RAID1; Degraded (DGD); 1:0 1:1"}, []string{"1:0; Optimal (OPT); A", "1:1; Rebuilding (RBLD); B"}, "Synchronize\n  Volume status                           : Enabled\n  Volume state                            : Degraded\n  Volume wwid                             : 0a1b2c3d4e5f6070\n  Percentage complete                     : 21.50%\n  Physical disk I/Os                      : Not quiesced"),
		want: `drive A online unknown
			drive B rebuilding unknown
			volume volume 1 1 of 2 rebuilding warning 21.5%
			warning volume.rebuilding volume 1
			info drive.rebuilding B
			unjudged A: A: smartctl did not name it
			unjudged B: B: smartctl did not name it`,
	}, {
		name: "a stripe that has failed, and a volume that another machine made", files: hba,
		tools: ircu([]string{"RAID0; Failed (FLD); 1:0 0:0", "RAID1; Inactive, Okay (OKY); 1:1 1:2"}, []string{"1:0; Optimal (OPT); A", "0:0; Missing (MIS); B", "1:1; Optimal (OPT); C", "1:2; Optimal (OPT); D"}, ircuIdle),
		want: `drive A online unknown
			drive B missing critical
			drive C online unknown
			drive D online unknown
			volume volume 1 0 of 1 failed critical gone 1 B
			volume volume 2 1 of 2 offline critical
			critical volume.offline volume 1
			critical volume.offline volume 2
			critical drive.missing B
			unjudged A: A: smartctl did not name it
			unjudged C: C: smartctl did not name it
			unjudged D: D: smartctl did not name it`,
	}, {
		name: "IT mode: no volumes, all drives ready", files: hba,
		tools: ircu(nil, []string{"1:0; Ready (RDY); A"}, ""),
		want: `drive A unconfigured unknown
			unjudged A: A: smartctl did not name it`,
	}, {
		name: "a disk in a state that nobody knows", files: hba,
		tools: ircu(nil, []string{"1:0; Standby (SBY); A"}, ""),
		want: `drive A unknown
			unjudged A: A: its controller calls it "Standby (SBY)", which bee does not know`,
	}, {
		name: "an adapter that the tool does not know", files: hba, exits: map[string]int{"sas3ircu LIST": 1},
		tools: map[string]string{"sas3ircu LIST": "Avago Technologies SAS3 IR Configuration Utility.\nVersion 17.00.00.00 (2018.04.02)\nCopyright (c) 2009-2018 Avago Technologies. All rights reserved.\n\nSAS3IRCU: MPTLib2 Error 1\n"},
		want:  `unjudged 0000:3b:00.0: 0000:3b:00.0: sas3ircu does not describe it; storcli64: not installed`,
	}} {
		t.Run(c.name, c.check)
	}
}

// A smartArray is what ssacli prints of a controller.
type smartArray struct {
	lines    string   // of the controller
	volumes  []string // "level; status; drives"
	drives   []string // "bay; status; type"
	sections string   // where drives of no volume stand: "Unassigned" or "HBA Drives"
}

func (a *smartArray) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nSmart Array P440ar in Slot 0 (Embedded)\n   Bus Interface: PCI\n   Slot: 0\n   Serial Number: MADEUP00CTL001\n   Controller Status: OK\n   Firmware Version: 7.00\n   PCI Address (Domain:Bus:Device.Function): 0000:3B:00.0\n%s   Driver Name: hpsa\n\n", a.lines)
	drive := func(bay string) {
		for i, d := range a.drives {
			if part := strings.Split(d, "; "); part[0] == bay {
				fmt.Fprintf(&b, "      physicaldrive 1I:1:%s\n         Port: 1I\n         Box: 1\n         Bay: %s\n         Status: %s\n         Drive Type: %s\n         Interface Type: SAS\n         Size: 900.1 GB\n         Serial Number: HP%s\n         WWID: 5000C5000000000%d\n         Model: HP      EG0900FCVBL\n\n", bay, bay, part[1], part[2], bay, i)
			}
		}
	}
	used := make(map[string]bool)
	for i, v := range a.volumes {
		part := strings.Split(v, "; ")
		letter := string(rune('A' + i))
		fmt.Fprintf(&b, "   Array: %s\n      Interface Type: SAS\n      Status: OK\n      Array Type: Data\n\n      Logical Drive: %d\n         Size: 838.3 GB\n         Fault Tolerance: %s\n         Status: %s\n         Caching:  Enabled\n         Unique Identifier: 600508B1001C0000000000000000000%d\n         Disk Name: /dev/sd%s\n         Logical Drive Label: L%d\n\n", letter, i+1, part[0], part[1], i+1, strings.ToLower(letter), i+1)
		for _, bay := range strings.Fields(part[2]) {
			used[bay] = true
			drive(bay)
		}
	}
	if a.sections != "" {
		fmt.Fprintf(&b, "   %s\n\n", a.sections)
		for _, d := range a.drives {
			if bay, _, _ := strings.Cut(d, "; "); !used[bay] {
				drive(bay)
			}
		}
	}
	return b.String()
}

func ssacli(a smartArray) map[string]string {
	return map[string]string{"ssacli ctrl all show config detail": a.text(), "smartctl --scan-open -j": `{"devices":[]}`, lsblkCommand: `{"blockdevices":[]}`}
}

func TestSsacliSituations(t *testing.T) {
	hpsa := raidFiles([2]string{"hpsa", slot3b})
	const battery = "   Cache Board Present: True\n   Cache Status: OK\n   Cache Backup Power Source: Batteries\n   Battery/Capacitor Count: 1\n   Battery/Capacitor Status: OK\n"
	for _, c := range []raidCase{{
		name: "all is well", files: hpsa,
		tools: ssacli(smartArray{battery, []string{"1; OK; 1 2"}, []string{"1; OK; Data Drive", "2; OK; Data Drive", "3; OK; Unassigned Drive", "4; OK; Spare Drive"}, "Unassigned"}),
		want: `battery of 0000:3b:00.0 battery ok
			drive HP1 online ok
			drive HP2 online ok
			drive HP3 unconfigured ok
			drive HP4 hot_spare ok
			volume L1 1 of 2 optimal ok`,
	}, {
		name: "a drive that is about to fail", files: hpsa,
		tools: ssacli(smartArray{battery, []string{"1; OK; 1 2"}, []string{"1; Predictive Failure; Data Drive", "2; OK; Data Drive"}, ""}),
		want: `battery of 0000:3b:00.0 battery ok
			drive HP1 online warning
			drive HP2 online ok
			volume L1 1 of 2 optimal ok
			warning drive.predictive_failure HP1`,
	}, {
		name: "a mirror without one half, and one that rebuilds", files: hpsa,
		tools: ssacli(smartArray{battery, []string{"1; Interim Recovery Mode; 1 2", "1; Recovering, 12% complete; 3 4"}, []string{"1; OK; Data Drive", "2; Failed; Data Drive", "3; OK; Data Drive", "4; Rebuilding; Data Drive"}, ""}),
		want: `battery of 0000:3b:00.0 battery ok
			drive HP1 online ok
			drive HP2 failed critical
			drive HP3 online ok
			drive HP4 rebuilding ok
			volume L1 1 of 2 degraded critical
			volume L2 1 of 2 rebuilding warning 12%
			critical volume.degraded L1
			warning volume.rebuilding L2
			critical drive.failed HP2
			info drive.rebuilding HP4`,
	}, {
		name: "ready for rebuild, queued for rebuild and waiting for it", files: hpsa,
		tools: ssacli(smartArray{battery, []string{"5; Ready for Rebuild; 1 2 3", "5; Waiting for Rebuild; 4 5 6", "1; Queued for Rebuild; 7 8"}, nil, ""}),
		want: `battery of 0000:3b:00.0 battery ok
			volume L1 5 of 0 degraded critical
			volume L2 5 of 0 degraded critical
			volume L3 1 of 0 degraded critical
			critical volume.degraded L1
			critical volume.degraded L2
			critical volume.degraded L3`,
	}, {
		name: "a stripe that has failed", files: hpsa,
		tools: ssacli(smartArray{battery, []string{"0; Failed; 1 2"}, []string{"1; OK; Data Drive", "2; Failed; Data Drive"}, ""}),
		want: `battery of 0000:3b:00.0 battery ok
			drive HP1 online ok
			drive HP2 failed critical
			volume L1 0 of 2 failed critical
			critical volume.offline L1
			critical drive.failed HP2`,
	}, {
		name: "no battery, by design", files: hpsa,
		tools: ssacli(smartArray{"   Cache Board Present: False\n   Battery/Capacitor Count: 0\n   No-Battery Write Cache: Disabled\n", []string{"1; OK; 1 2"}, []string{"1; OK; Data Drive", "2; OK; Data Drive"}, ""}),
		want: `drive HP1 online ok
			drive HP2 online ok
			volume L1 1 of 2 optimal ok`,
	}, {
		name: "a battery that charges keeps the cache off for a while", files: hpsa,
		tools: ssacli(smartArray{"   Cache Status: Temporarily Disabled\n   Cache Status Details: Cache disabled; low batteries.\n   Cache Backup Power Source: Batteries\n   Battery/Capacitor Count: 1\n   Battery/Capacitor Status: Recharging\n", []string{"1; OK; 1 2"}, []string{"1; OK; Data Drive", "2; OK; Data Drive"}, ""}),
		want: `battery of 0000:3b:00.0 battery charging
			drive HP1 online ok
			drive HP2 online ok
			volume L1 1 of 2 optimal warning
			info controller.battery_charging 0000:3b:00.0
			warning volume.write_through L1`,
	}, {
		name: "capacitors that failed", files: hpsa,
		tools: ssacli(smartArray{"   Cache Status: Permanently Disabled\n   Cache Backup Power Source: Capacitors\n   Battery/Capacitor Count: 1\n   Battery/Capacitor Status: Failed (Replace Capacitors)\n", nil, nil, ""}),
		want: `battery of 0000:3b:00.0 capacitor failed
			warning controller.battery_failed 0000:3b:00.0`,
	}, {
		name: "a drive handed to the system, and drives of no volume that failed", files: hpsa,
		tools: ssacli(smartArray{"", nil, []string{"1; OK; HBA Mode Drive", "2; Failed; Unassigned Drive"}, "Unassigned"}),
		want: `drive HP1 jbod ok
			drive HP2 failed critical
			critical drive.failed HP2`,
	}, {
		name: "no controllers, where the kernel has one", files: hpsa, exits: map[string]int{"ssacli ctrl all show config detail": 1},
		tools: map[string]string{"ssacli ctrl all show config detail": "\nError: No controllers detected. Possible causes:\n       The driver for the installed controller(s) is not loaded.\n"},
		want: `unjudged 0000:3b:00.0: 0000:3b:00.0: ssacli: Error: No controllers detected. Possible causes:
			diagnostic ssacli: Error: No controllers detected. Possible causes:`,
	}} {
		t.Run(c.name, c.check)
	}
}

// arcconfConfig is what arcconf prints of an aacraid controller: volumes as
// "level; status; segments" and drives as "channel device; state; more lines".
func arcconfConfig(controller string, volumes, drives []string) string {
	const rule = "----------------------------------------------------------------------\n"
	var b strings.Builder
	b.WriteString("Controllers found: 1\n" + rule + "Controller information\n" + rule + "   Controller Status                        : Optimal\n   Controller Mode                          : RAID (Expose RAW)\n   Controller Model                         : Adaptec ASR8805\n   Controller Serial Number                 : MADEUP00001\n   Temperature                              : 54 C/ 129 F (Normal)\n" + controller)
	b.WriteString(rule + "Logical device information\n" + rule)
	for i, v := range volumes {
		part := strings.Split(v, "; ")
		fmt.Fprintf(&b, "Logical Device number %d\n   Logical Device name                      : L%d\n   RAID level                               : %s\n   Status of Logical Device                 : %s\n   Size                                     : 190772 MB\n   Write-cache setting                      : On when protected by battery/ZMM\n   Write-cache status                       : %s\n   --------------------------------------------------------\n   Logical Device segment information\n   --------------------------------------------------------\n", i, i, part[0], part[1], map[bool]string{true: "Off", false: "On"}[strings.Contains(controller, "Not Ready") || strings.Contains(controller, "Not Installed")])
		for n, segment := range strings.Fields(part[2]) {
			if segment == "-" {
				fmt.Fprintf(&b, "   Segment %d                                : Missing\n", n)
				continue
			}
			fmt.Fprintf(&b, "   Segment %d                                : Present (190782MB, SATA, SSD, Connector:0, Device:%s) ADP%s\n", n, segment, segment)
		}
		b.WriteString("\n")
	}
	if volumes == nil {
		b.WriteString("   No logical devices configured\n")
	}
	b.WriteString(rule + "Physical Device information\n" + rule)
	for _, d := range drives {
		part := strings.Split(d, "; ")
		fmt.Fprintf(&b, "      Device #%s\n         Device is a Hard drive\n         State                              : %s\n         Block Size                         : 512 Bytes\n         Transfer Speed                     : SATA 6.0 Gb/s\n         Reported Channel,Device(T:L)       : 0,%s(%s:0)\n         Reported Location                  : Connector 0, Device %s\n         Vendor                             : ATA\n         Model                              : MADE UP 6000\n         Serial number                      : ADP%s\n         World-wide name                    : 0000000000000000\n         Total Size                         : 190782 MB\n         S.M.A.R.T.                         : No\n         S.M.A.R.T. warnings                : %s\n         SSD                                : Yes\n", part[0], part[1], part[0], part[0], part[0], part[0], part[2])
	}
	b.WriteString("\n\nCommand completed successfully.\n")
	return b.String()
}

func arcconf(controller string, volumes, drives []string) map[string]string {
	return map[string]string{
		"arcconf LIST nologs":        "Controllers found: 1\n----------------------------------------------------------------------\nController information\n----------------------------------------------------------------------\n   Controller ID             : Status, Slot, Mode, Name, SerialNumber, WWN\n----------------------------------------------------------------------\n   Controller 1:             : Optimal, Slot 9, RAID (Hide RAW), Adaptec ASR8805, MADEUP00001\n\nCommand completed successfully.\n",
		"arcconf GETCONFIG 1 nologs": arcconfConfig(controller, volumes, drives),
		"arcconf GETSTATUS 1 nologs": "Controllers found: 1\nCurrent operation              : None\n\n\nCommand completed successfully.\n",
		"smartctl --scan-open -j":    `{"devices":[]}`, lsblkCommand: `{"blockdevices":[]}`,
	}
}

func TestArcconfSituations(t *testing.T) {
	aac := raidFiles([2]string{"aacraid", slot3b})
	const heading = "   --------------------------------------------------------\n   Controller ZMM Information\n   --------------------------------------------------------\n   Status                                   : "
	const absent = "   --------------------------------------------------------\n   Controller Battery Information\n   --------------------------------------------------------\n   Status                                   : Not Installed\n"
	for _, c := range []raidCase{{
		name: "all is well, without a battery by design", files: aac,
		tools: arcconf(absent, []string{"1; Optimal; 0 1"}, []string{"0; Online; 0", "1; Online; 0", "2; Ready; 0", "3; Global Hot-Spare; 0", "4; Raw (Pass Through); 0"}),
		want: `battery of 0000:3b:00.0 battery absent
			drive ADP0 online ok
			drive ADP1 online ok
			drive ADP2 unconfigured ok
			drive ADP3 hot_spare ok
			drive ADP4 jbod ok
			volume L0 1 of 2 optimal ok`,
	}, {
		name: "capacitors that are not there by design", files: aac,
		tools: arcconf(heading+"ZMM not installed\n", nil, nil),
		want:  `battery of 0000:3b:00.0 capacitor absent`,
	}, {
		name: "a mirror that misses a disk, and one that rebuilds", files: aac,
		tools: arcconf(heading+"ZMM Optimal\n", []string{"1; Degraded; 0 -", "1; Degraded, Rebuilding; 1 2"}, []string{"0; Online; 0", "1; Online; 0", "2; Rebuilding; 0"}),
		want: `battery of 0000:3b:00.0 capacitor ok
			drive ADP0 online ok
			drive ADP1 online ok
			drive ADP2 rebuilding ok
			volume L0 1 of 1 degraded critical gone 1
			volume L1 1 of 2 rebuilding warning
			critical volume.degraded L0
			warning volume.rebuilding L1
			info drive.rebuilding ADP2`,
	}, {
		name: "RAID 6 that has lost one, a stripe that has failed, one offline, one being built", files: aac,
		tools: arcconf("", []string{"6; Suboptimal, Fault Tolerant; 0 -", "0; Failed; 1 -", "1; Offline; - -", "5; Optimal, Build/Verify; 0 1", "1; Impacted; 0 1"}, []string{"0; Online; 0", "1; Online; 0"}),
		want: `drive ADP0 online ok
			drive ADP1 online ok
			volume L0 6 of 1 partially_degraded warning gone 1
			volume L1 0 of 1 failed critical gone 1
			volume L2 1 of 0 offline critical gone 2
			volume L3 5 of 2 optimal ok
			volume L4 1 of 2 initializing ok
			warning volume.partially_degraded L0
			critical volume.offline L1
			critical volume.offline L2`,
	}, {
		name: "a drive that warns, one that failed, and one of another controller", files: aac,
		tools: arcconf("", nil, []string{"0; Online; 3", "1; Failed; 0", "2; Foreign; 0", "3; Predictive Failure; 0"}),
		want: `drive ADP0 online warning
			drive ADP1 failed critical
			drive ADP2 foreign warning
			drive ADP3 warning
			warning drive.predictive_failure ADP0
			critical drive.failed ADP1
			warning drive.foreign ADP2
			warning drive.predictive_failure ADP3`,
	}, {
		name: "capacitors that are not ready yet keep the cache off", files: aac,
		tools: arcconf(heading+"ZMM Not Ready\n", []string{"1; Optimal; 0 1"}, []string{"0; Online; 0", "1; Online; 0"}),
		want: `battery of 0000:3b:00.0 capacitor charging
			drive ADP0 online ok
			drive ADP1 online ok
			volume L0 1 of 2 optimal warning
			info controller.battery_charging 0000:3b:00.0
			warning volume.write_through L0`,
	}, {
		name: "no controllers, where the kernel has one", files: aac,
		tools: map[string]string{"arcconf LIST nologs": "Controllers found: 0\n\nCommand completed successfully.\n"},
		want:  `unjudged 0000:3b:00.0: 0000:3b:00.0: arcconf does not describe it`,
	}} {
		t.Run(c.name, c.check)
	}
}

// sasFiles is what the kernel shows of disks that a controller hands it as they
// are: by name, at a controller's host.
func sasFiles(files map[string]string, address string, names ...string) map[string]string {
	for i, name := range names {
		dir := fmt.Sprintf("devices/pci0000:00/%s/host0/target0:0:%d/0:0:%d:0/block/%s", address, i, i, name)
		files["sys/block/"+name] = "->../" + dir
		files["sys/"+dir+"/size"] = "7814037168\n"
		files["sys/"+dir+"/removable"] = "0\n"
		files["sys/"+dir+"/hidden"] = "0\n"
		files["sys/"+dir+"/queue/rotational"] = "1\n"
		files["sys/"+dir+"/device/vendor"] = "SEAGATE\n"
		files["sys/"+dir+"/device/model"] = "MADE UP 4000\n"
	}
	return files
}

func sasJSON(name, serial, lu string, passed bool) string {
	return fmt.Sprintf(`{"smartctl":{"exit_status":%d},"device":{"name":%q,"type":"scsi","protocol":"SCSI"},"scsi_vendor":"SEAGATE","scsi_product":"MADE UP 4000","logical_unit_id":%q,"serial_number":%q,"user_capacity":{"bytes":4000787030016},"smart_support":{"available":true,"enabled":true},"smart_status":{"passed":%t}}`,
		map[bool]int{true: 0, false: 8}[passed], name, lu, serial, passed)
}

// One drive is one entry, whether the kernel, its controller or both see it.
func TestRAIDJoins(t *testing.T) {
	jbod := func() map[string]string {
		m := storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "JBOD", "-"), pd("252:1", 1, "Onln", 0)}, volumes: []row{vd(0, 0, "RAID0", "Optl", "NRWTD", "v")}, topology: places("RAID0", "Optl", "Onln"), defaults: "WriteThrough"})
		m[lsblkCommand] = lsblkJSON(`{"name":"sda","kname":"sda","type":"disk","size":4000787030016,"serial":"PD0-0","wwn":"0x5000c50000000002"}`)
		m["smartctl --scan-open -j"] = scanJSON([2]string{"/dev/sda", "scsi"}, [2]string{"/dev/bus/0", "megaraid,1"})
		m["smartctl -x -j -d scsi /dev/sda"] = sasJSON("/dev/sda", "PD0-0", "0x5000c50000000002", true)
		m["smartctl -x -j -d megaraid,1 /dev/bus/0"] = sasJSON("/dev/bus/0", "PD0-1", "0x5000c50000000003", false)
		return m
	}
	mega := raidFiles([2]string{"megaraid_sas", slot3b})
	target := maps.Clone(mega)
	const sda = "devices/pci0000:00/" + slot3b + "/host0/target0:2:1/0:2:1:0/block/sda"
	target["sys/block/sda"], target["sys/"+sda+"/size"], target["sys/"+sda+"/device/vendor"] = "->../"+sda, "7814037168\n", "DELL\n"
	nameless := storcli(&perc{address: slot3b, drives: []row{pd("252:0", 0, "Onln", 0)}, volumes: []row{vd(0, 1, "RAID0", "Optl", "NRWTD", "v")}, topology: places("RAID0", "Optl", "Onln"), defaults: "WriteThrough"})
	nameless["storcli64 /cALL/vALL show all J nolog"] = strings.ReplaceAll(nameless["storcli64 /cALL/vALL show all J nolog"], "SCSI NAA Id", "Not an id")
	for _, c := range []raidCase{{
		name: "a JBOD drive that all see, and a member that smartctl sees through the controller, under other names of theirs", files: sasFiles(mega, slot3b, "sda"), tools: jbod(),
		want: `drive PD0-0 jbod ok
			drive PD0-1 online critical
			volume v 0 of 1 optimal ok
			critical smart.failing PD0-1`,
	}, {
		name: "a volume whose name nobody told, which its number and its SCSI target make one", files: target, tools: nameless,
		want: `drive PD0-0 online ok
			volume sda 0 of 1 optimal ok`,
	}} {
		t.Run(c.name, c.check)
	}
}

func TestStorcli2Situations(t *testing.T) {
	mpi := raidFiles([2]string{"mpi3mr", slot3b})
	drive := func(slot int, state, status string, group any) row {
		return row{"EID:Slt": fmt.Sprintf("306:%d", slot), "PID": 290 + slot, "State": state, "Status": status, "DG": group, "Size": "3.492 TiB", "Intf": "NVMe", "Med": "SSD", "SED_Type": "-", "SeSz": "4 KiB", "Model": "MADE UP 3840", "Sp": "U", "LU/NS Count": 1, "Alt-EID": "-"}
	}
	tools := func(volumes []row, topology []row, energy []row, drives ...row) map[string]string {
		p := perc{}
		data := row{
			"Basics":  row{"Controller": 0, "Product Name": "MegaRAID 9660-16i", "Serial Number": "CTL0", "PCI Address": "00:3b:00:0"},
			"Version": row{"Firmware Package Build": "8.11.1.0"}, "Status": row{"Controller Status": "Optimal"}, "PD LIST": drives,
		}
		if volumes != nil {
			data["VD LIST"], data["TOPOLOGY"] = volumes, topology
		}
		if energy != nil {
			data["Energy Pack Info"] = energy
		}
		var list []row
		for _, d := range drives {
			list = append(list, row{"Drive Information": d, "Drive Detailed Information": row{
				"Serial Number": fmt.Sprintf("NV%v", d["PID"]), "Vendor": "NVMe", "Model": "MADE UP 3840", "WWN": fmt.Sprintf("5000BEE000001%03v", d["PID"]), "Firmware Revision Level": "N001", "Logical Sector Size": "4 KiB",
				"Raw size": "3.493 TiB [0x37e3e92b Sectors]", "LU/NS Properties": row{"Media Error Count": 0, "Other Error Count": 0, "Predictive Failure Count": 0},
			}})
		}
		var sets []row
		for _, v := range volumes {
			sets = append(sets, row{"VD Info": v, "VD Properties": row{"Strip Size": "64 KiB", "SCSI NAA Id": "600605b000000000000000000000000" + fmt.Sprint(v["DG/VD"])[2:]}})
		}
		document := func(data row) string {
			text, err := json.Marshal(row{"Controllers": []row{p.answer(data)}})
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		return map[string]string{
			"storcli2 /cALL show all J nolog": document(data), "storcli2 /cALL/eALL/sALL show all J nolog": document(row{"Drives List": list}),
			"storcli2 /cALL/vALL show all J nolog": document(row{"Virtual Drives": sets}), "smartctl --scan-open -j": `{"devices":[]}`, lsblkCommand: `{"blockdevices":[]}`,
		}
	}
	volume := func(number int, level, state, name string) row {
		return row{"DG/VD": fmt.Sprintf("%d/%d", number, number+1), "TYPE": level, "State": state, "Access": "RW", "CurrentCache": "NR,WB", "DefaultCache": "NR,WB", "Size": "3.492 TiB", "Name": name}
	}
	rows := func(group int, slots ...string) (list []row) {
		for i, s := range slots {
			place, state, _ := strings.Cut(s, " ")
			r := row{"DG": group, "Span": 0, "Row": i, "EID:Slot": place, "PID": 290 + i, "Type": "DRIVE", "State": "Conf", "Status": state, "Size": "3.492 TiB"}
			if place == "-" {
				r["PID"], r["State"] = "-", "-"
			}
			list = append(list, r)
		}
		return list
	}
	for _, c := range []raidCase{{
		name: "RAID 6 that has lost one, a stripe offline, drives of all kinds", files: mpi,
		tools: tools([]row{volume(0, "RAID6", "Pdgd", "six"), volume(1, "RAID0", "OfLn", "zero")}, append(rows(0, "306:0 Online", "306:1 Failed", "306:2 Online", "- Missing"), rows(1, "306:3 Offline")...),
			[]row{{"Type": "Supercap", "SubType": "FBU345", "Status": "Optimal", "Temperature(C)": 30}},
			drive(0, "Conf", "Online", 0), drive(1, "Conf", "Failed", 0), drive(2, "Conf", "Online", 0), drive(3, "Conf", "Offline", 1), drive(4, "GHS", "Good", "-"), drive(5, "UConf", "Good", "-"), drive(6, "UConf", "Bad", "-"), drive(7, "JBOD", "Online", "-")),
		want: `battery of 0000:3b:00.0 capacitor ok
			drive NV290 online ok
			drive NV291 failed critical
			drive NV292 online ok
			drive NV293 offline critical
			drive NV294 hot_spare ok
			drive NV295 unconfigured ok
			drive NV296 failed warning
			drive NV297 jbod ok
			volume six 6 of 3 partially_degraded warning gone 1
			volume zero 0 of 1 offline critical
			warning volume.partially_degraded six
			critical volume.offline zero
			critical drive.failed NV291
			critical drive.offline NV293
			warning drive.unconfigured_bad NV296`,
	}, {
		name: "an energy pack that failed", files: mpi,
		tools: tools(nil, nil, []row{{"Type": "Supercap", "SubType": "FBU345", "Status": "Failed", "Temperature(C)": 30}}),
		want: `battery of 0000:3b:00.0 capacitor failed
			warning controller.battery_failed 0000:3b:00.0`,
	}} {
		t.Run(c.name, c.check)
	}
}

// mdadm is run for arrays and for members of arrays that do not run, and for
// nothing else.
func TestExamineAsksMembersAlone(t *testing.T) {
	const running = "Personalities : [raid1]\nmd0 : active raid1 sdb[1] sda[0]\n      976630464 blocks super 1.2 [2/2] [UU]\n\nunused devices: <none>\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		tools map[string]string
		want  []string
	}{
		{"no arrays", mdFiles("Personalities :\nunused devices: <none>\n", "sda", "sdb"), mdTools("sda", "sdb"), nil},
		{"an array that runs", mdFiles(running, "sda", "sdb"), loose(mdTools("sda", "sdb")), []string{"mdadm --detail /dev/md0"}},
		{"one that does not, beside one that runs", mdFiles(running, "sda", "sdb", "sdc"), loose(mdTools("sda", "sdb", "sdc")), []string{"mdadm --detail /dev/md0", "mdadm --examine /dev/sdc"}},
		{"a kernel without RAID", mdFiles("", "sda"), loose(mdTools("sda")), []string{"mdadm --examine /dev/sda"}},
		{"a name that is no device's", mdFiles("md0 : inactive ../../x[0](S) -a[1](S) sda[2](S)\n      0 blocks super 1.2\n", "sda"), mdTools("sda"), []string{"mdadm --detail /dev/md0", "mdadm --examine /dev/sda"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := &fake{tools: c.tools, files: c.files}
			inventory.Audit(t.Context(), h, inventory.Options{})
			var ran []string
			for line := range h.runs {
				if strings.HasPrefix(line, "mdadm ") && line != "mdadm --version" {
					ran = append(ran, line)
				}
			}
			slices.Sort(ran)
			if !slices.Equal(ran, c.want) {
				t.Errorf("ran %q, want %q", ran, c.want)
			}
		})
	}
}
