// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// A rig is a machine being built: what its kernel has and what its tools
// print. It becomes a capture, and goes the way of one.
type rig struct {
	files    []map[string]any
	commands []map[string]any
	outputs  host.Capture
	lsblk    []*lsblkNode
	scan     []map[string]string
}

func newRig() *rig { return &rig{outputs: make(host.Capture)} }

// text adds a file below "/".
func (r *rig) text(name, format string, args ...any) {
	r.files = append(r.files, map[string]any{"path": name, "text": fmt.Sprintf(format, args...) + "\n"})
}

func (r *rig) bytes(name string, data []byte) {
	r.files = append(r.files, map[string]any{"path": name, "bytes": data})
}

func (r *rig) link(name, target string) {
	r.files = append(r.files, map[string]any{"path": name, "link": target})
}

// run adds a command and what it prints: text as it is, anything else as JSON.
func (r *rig) run(exit int, output any, argv ...string) {
	data, isText := output.(string)
	if !isText {
		text, err := json.Marshal(output)
		if err != nil {
			panic(err) // the outputs are maps and texts
		}
		data = string(text)
	}
	name := fmt.Sprintf("out%d.stdout", len(r.commands))
	r.outputs[name] = []byte(data)
	r.commands = append(r.commands, map[string]any{"argv": argv, "exit": exit, "stdout": name})
}

// A lsblkNode is a block device as lsblk prints it.
type lsblkNode struct {
	Name     string       `json:"name"`
	Kernel   string       `json:"kname"`
	Type     string       `json:"type"`
	Size     uint64       `json:"size"`
	Tran     string       `json:"tran,omitempty"`
	Vendor   string       `json:"vendor,omitempty"`
	Model    string       `json:"model,omitempty"`
	Serial   string       `json:"serial,omitempty"`
	WWN      string       `json:"wwn,omitempty"`
	Rota     bool         `json:"rota"`
	RM       bool         `json:"rm"`
	FSType   string       `json:"fstype,omitempty"`
	Mount    string       `json:"mountpoint,omitempty"`
	Children []*lsblkNode `json:"children,omitempty"`
}

// A rigDisk is a block device of the kernel's. What is zero its kernel does not
// show.
type rigDisk struct {
	name, at           string // "sda"; the directory that its own is in, below sys/devices
	bytes              uint64
	vendor, model, rev string
	wwid               string // "naa.5000…"
	serial             string // of the VPD page 80h
	rotates, removable bool
	more               map[string]string // further files, by name below its directory
}

// disk adds a block device to the kernel's, and to lsblk's list unless it is
// nil.
func (r *rig) disk(d rigDisk, listed *lsblkNode) {
	dir := path.Join("sys/devices", d.at, d.name)
	r.link("sys/block/"+d.name, "../devices/"+path.Join(d.at, d.name))
	r.text(dir+"/size", "%d", d.bytes/512)
	r.text(dir+"/queue/rotational", "%d", map[bool]int{true: 1}[d.rotates])
	r.text(dir+"/removable", "%d", map[bool]int{true: 1}[d.removable])
	r.text(dir+"/queue/logical_block_size", "512")
	for name, text := range map[string]string{"vendor": d.vendor, "model": d.model, "rev": d.rev, "wwid": d.wwid} {
		if text != "" {
			r.text(dir+"/device/"+name, "%s", text)
		}
	}
	if d.serial != "" {
		page := binary.BigEndian.AppendUint16([]byte{0, 0x80}, uint16(len(d.serial)))
		r.bytes(dir+"/device/vpd_pg80", append(page, d.serial...))
	}
	for name, text := range d.more {
		r.text(dir+"/"+name, "%s", text)
	}
	if listed != nil {
		listed.Name, listed.Kernel, listed.Type, listed.Size, listed.Rota, listed.RM = d.name, d.name, "disk", d.bytes, d.rotates, d.removable
		r.lsblk = append(r.lsblk, listed)
	}
}

// scsi is the directory of a SCSI disk's block devices: "0000:18:00.0",
// "1:0:3:0", and what is between the PCI function and the target.
func scsi(pci, hctl string, between ...string) string {
	h := strings.Split(hctl, ":")
	dir := path.Join("pci0000:"+pci[5:7], pci)
	if len(between) > 0 && (strings.HasPrefix(between[0], "usb") || strings.HasPrefix(between[0], "ata")) {
		dir = path.Join(dir, path.Join(between...), "host"+h[0])
	} else {
		dir = path.Join(dir, "host"+h[0], path.Join(between...))
	}
	return path.Join(dir, fmt.Sprintf("target%s:%s:%s", h[0], h[1], h[2]), hctl, "block")
}

// sasAdapter adds a SCSI host of a driver.
func (r *rig) adapter(pci, hostName, driver string) {
	dir := path.Join("sys/devices/pci0000:"+pci[5:7], pci)
	r.link("sys/class/scsi_host/"+hostName, "../../"+strings.TrimPrefix(path.Join(dir, hostName, "scsi_host", hostName), "sys/"))
	r.text(path.Join(dir, hostName, "scsi_host", hostName, "proc_name"), "%s", driver)
	r.link("sys/bus/pci/devices/"+pci, "../../../"+strings.TrimPrefix(dir, "sys/"))
	r.link(dir+"/driver", "../../../bus/pci/drivers/"+driver)
	r.text(dir+"/vendor", "0x1000")
	r.text(dir+"/device", "0x0097")
	r.text(dir+"/class", "0x010700")
}

// smartctl adds smartctl's document of a drive, and what finds it unless
// scanned is false.
func (r *rig) smartctl(path, deviceType string, scanned bool, doc map[string]any) {
	if scanned {
		r.scan = append(r.scan, map[string]string{"name": path, "type": deviceType})
	}
	exit := 0
	if tool, ok := doc["smartctl"].(map[string]any); ok {
		exit = tool["exit_status"].(int)
	} else {
		doc["smartctl"] = map[string]any{"version": []int{7, 4}, "exit_status": 0}
	}
	r.run(exit, doc, "smartctl", "-x", "-j", "-d", deviceType, path)
}

// refused is smartctl's document of what it could not ask.
func refused(exit int, severity, words string) map[string]any {
	return map[string]any{"smartctl": map[string]any{
		"version": []int{7, 4}, "exit_status": exit, "messages": []map[string]string{{"string": words, "severity": severity}},
	}}
}

// ataDrive is a SATA drive as smartctl prints one. id is the last 36 bits of
// its world-wide name, 0 for a drive without one.
func ataDrive(model, serial string, id uint64, bytes uint64, passed bool) map[string]any {
	doc := map[string]any{
		"device":     map[string]any{"type": "sat", "protocol": "ATA"},
		"model_name": model, "serial_number": serial, "firmware_version": "FW01", "rotation_rate": 7200,
		"user_capacity": map[string]any{"bytes": bytes}, "logical_block_size": 512, "physical_block_size": 4096,
		"smart_support": map[string]bool{"available": true, "enabled": true}, "smart_status": map[string]bool{"passed": passed},
		"sata_version": map[string]any{"string": "SATA 3.1", "value": 63},
	}
	if id != 0 {
		doc["wwn"] = map[string]any{"naa": 5, "oui": 0xc50, "id": id}
	}
	return doc
}

// sasDrive is a SAS drive as smartctl prints one.
func sasDrive(vendor, model, serial, wwn string, bytes uint64, passed bool, grown int) map[string]any {
	return map[string]any{
		"device":      map[string]any{"type": "scsi", "protocol": "SCSI"},
		"scsi_vendor": vendor, "scsi_product": model, "scsi_model_name": vendor + " " + model, "scsi_revision": "E002",
		"user_capacity": map[string]any{"bytes": bytes}, "logical_block_size": 512, "rotation_rate": 7200,
		"logical_unit_id": "0x" + wwn, "serial_number": serial,
		"device_type":             map[string]any{"scsi_value": 0, "name": "disk"},
		"scsi_transport_protocol": map[string]any{"name": "SAS (SPL-4)", "value": 6},
		"smart_support":           map[string]bool{"available": true, "enabled": true}, "smart_status": map[string]bool{"passed": passed},
		"scsi_grown_defect_list": grown,
	}
}

// nvmeDrive is an NVMe drive as smartctl prints one.
func nvmeDrive(model, serial string, bytes uint64, warning, mediaErrors int) map[string]any {
	return map[string]any{
		"device":     map[string]any{"type": "nvme", "protocol": "NVMe"},
		"model_name": model, "serial_number": serial, "firmware_version": "1.0", "nvme_total_capacity": bytes,
		"smart_support": map[string]bool{"available": true, "enabled": true}, "smart_status": map[string]any{"passed": warning == 0, "nvme": map[string]int{"value": warning}},
		"nvme_smart_health_information_log": map[string]int{
			"critical_warning": warning, "temperature": 35, "available_spare": 100, "available_spare_threshold": 10, "percentage_used": 3,
			"media_errors": mediaErrors, "power_on_hours": 100, "power_cycles": 3, "unsafe_shutdowns": 1,
			"data_units_read": 10, "data_units_written": 10,
		},
	}
}

const lsblkAsk = "NAME,KNAME,PKNAME,MAJ:MIN,TYPE,SIZE,TRAN,VENDOR,MODEL,REV,SERIAL,WWN,ROTA,RM,HCTL,LOG-SEC,PHY-SEC,FSTYPE,MOUNTPOINT"

// capture is the machine as a folder would hold it.
func (r *rig) capture() host.Capture {
	if r.lsblk != nil {
		r.run(0, map[string]any{"blockdevices": r.lsblk}, "lsblk", "-J", "-b", "-o", lsblkAsk)
	}
	if r.scan != nil {
		r.run(0, map[string]any{"smartctl": map[string]any{"version": []int{7, 4}, "exit_status": 0}, "devices": r.scan}, "smartctl", "--scan-open", "-j")
	}
	c := r.outputs
	c["host.json"] = []byte(`{"schema":"bee.capture/1"}`)
	c["commands.jsonl"], c["files.jsonl"] = jsonLines(r.commands), jsonLines(r.files)
	return c
}

func jsonLines(list []map[string]any) []byte {
	var out []byte
	for _, entry := range list {
		line, err := json.Marshal(entry)
		if err != nil {
			panic(err)
		}
		out = append(append(out, line...), '\n')
	}
	return out
}

// replayed audits a capture as if it lay in a folder.
func replayed(t *testing.T, c host.Capture) *report.Report {
	t.Helper()
	h, err := host.Replay(c.FS())
	if err != nil {
		t.Fatal(err)
	}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if r.Storage == nil {
		r.Storage = new(report.Storage)
	}
	return r
}

// A driveTruth is what a drive is.
type driveTruth struct {
	Paths                         string // joined by blanks
	Kind                          string // protocol/media, with the interface of the drive in an enclosure
	Model, Serial, WWN            string
	Bytes                         uint64
	Health, Unread                string
	Place, State, Virtual, At     string
	Namespaces, Units, Partitions int
	Apart                         []string
}

// A volumeTruth is what a volume is; members are drives by serial number or
// else name, and volumes by name.
type volumeTruth struct {
	Kind, Level, State, Health, Unread string
	Bytes                              uint64
	Members                            string
}

// A storageTruth is the drives and volumes of a machine by name, what was found
// about them and what nobody judged.
type storageTruth struct {
	Drives   map[string]driveTruth
	Volumes  map[string]volumeTruth
	Findings []string
	Unjudged []string // of the storage
}

// truthOf takes from a report what a truth says.
func truthOf(r *report.Report) storageTruth {
	out := storageTruth{Drives: make(map[string]driveTruth), Volumes: make(map[string]volumeTruth)}
	names := make(map[string]string) // by id
	for _, d := range r.Storage.Drives {
		name := d.Name
		if name == "" {
			name = strings.Join(d.Paths, " ")
		}
		if name == "" {
			name = d.Serial
		}
		if _, twice := out.Drives[name]; twice {
			name += " twice"
		}
		names[d.ID] = name
		if d.Serial != "" {
			names[d.ID] = d.Serial
		}
		kind := d.Protocol + "/" + d.Media
		if d.Interface != "" {
			kind += " of " + d.Interface
		}
		place := d.Slot
		if d.Enclosure != "" {
			place = d.Enclosure + "/" + d.Slot
		}
		out.Drives[name] = driveTruth{
			Paths: strings.Join(d.Paths, " "), Kind: kind, Model: d.Model, Serial: d.Serial, WWN: d.WWN, Bytes: d.CapacityBytes,
			Health: d.Health, Unread: d.Unread, Place: place, State: d.State, Virtual: d.Virtual, At: d.PCIAddress,
			Namespaces: len(d.Namespaces), Units: len(d.Units), Partitions: len(d.Partitions), Apart: d.Apart,
		}
	}
	for _, v := range r.Storage.Volumes {
		names[v.ID] = v.Name
	}
	for _, v := range r.Storage.Volumes {
		var members []string
		for _, id := range v.Members {
			members = append(members, names[id])
		}
		slices.Sort(members)
		name := v.Name
		if _, twice := out.Volumes[name]; twice {
			name += " twice"
		}
		out.Volumes[name] = volumeTruth{
			Kind: v.Kind, Level: v.Level, State: v.State, Health: v.Health, Unread: v.Unread, Bytes: v.SizeBytes, Members: strings.Join(members, " "),
		}
	}
	for _, f := range r.Findings {
		if name, ok := names[f.Component]; ok {
			out.Findings = append(out.Findings, f.Severity+" "+f.Code+" "+name)
		}
	}
	slices.Sort(out.Findings)
	if r.Summary.Unjudged != nil {
		for _, u := range *r.Summary.Unjudged {
			if name, ok := names[u.Component]; ok || u.Component == "storage" {
				out.Unjudged = append(out.Unjudged, strings.TrimSpace(name+" "+u.Why))
			}
		}
	}
	slices.Sort(out.Unjudged)
	return out
}
