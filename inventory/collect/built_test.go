// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
)

var writeBuilt = flag.String("write-built", "", "write the captures of the built machines into this folder")

// A built machine is made, and what it is is known before anything is read.
type built struct {
	name string
	make func() (*rig, storageTruth)
}

var builtMachines = []built{
	{"shelf-60", shelfOf60},
	{"nvme-24x16", nvme24x16},
	{"raid-spare-jbod", raidSpareJBOD},
	{"md-lvm-luks-multipath", mdOverLVMOverLUKSOverMultipath},
	{"usb-dock", usbDock},
	{"emmc-board", emmcBoard},
	{"zfs-box", zfsBox},
	{"network-beside-local", networkBesideLocal},
	{"smart-array", smartArrayMachine},
	{"bcache", bcacheMachine},
}

// Each machine, from its capture to its findings, is what it was built as.
func TestBuiltMachines(t *testing.T) {
	for _, m := range builtMachines {
		t.Run(m.name, func(t *testing.T) {
			rig, want := m.make()
			c := rig.capture()
			if *writeBuilt != "" {
				if err := c.WriteDir(filepath.Join(*writeBuilt, m.name)); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(want, truthOf(replayed(t, c))); diff != "" {
				t.Errorf("the machine (-want +got):\n%s", diff)
			}
		})
	}
}

// diskName is the kernel's name of the i-th disk: sda … sdz, sdaa …
func diskName(i int) string {
	if i < 26 {
		return "sd" + string(rune('a'+i))
	}
	return "sd" + string(rune('a'+i/26-1)) + string(rune('a'+i%26))
}

// 60 SAS drives, each by two expanders: one fails, one has grown defects.
func shelfOf60() (*rig, storageTruth) {
	const pci, size = "0000:18:00.0", 18000207937536
	r, want := newRig(), storageTruth{Drives: map[string]driveTruth{}, Volumes: map[string]volumeTruth{}}
	r.adapter(pci, "host1", "mpt3sas")
	maps := make([]*lsblkNode, 60)
	for i := range 120 {
		drive, side := i%60, i/60
		name, hctl := diskName(i), fmt.Sprintf("1:0:%d:0", i+side)
		serial, wwn := fmt.Sprintf("ZR5BEE%02d", drive), fmt.Sprintf("5000c50000001%03x", 16*drive)
		at := scsi(pci, hctl, fmt.Sprintf("port-1:%d/expander-1:%d/port-1:%d:%d/end_device-1:%d:%d", side, side, side, drive, side, drive))
		if side == 0 {
			maps[drive] = &lsblkNode{Name: fmt.Sprint("mpath", drive), Kernel: fmt.Sprint("dm-", drive), Type: "mpath", Size: size}
		}
		r.disk(rigDisk{
			name: name, at: at, bytes: size, vendor: "SEAGATE", model: "ST18000NM004J", rev: "E002", wwid: "naa." + wwn, serial: serial, rotates: true,
			more: map[string]string{"device/state": "running"},
		}, &lsblkNode{Tran: "sas", Vendor: "SEAGATE", Model: "ST18000NM004J", Serial: serial, WWN: "0x" + wwn, Children: []*lsblkNode{maps[drive]}})
		r.smartctl("/dev/"+name, "scsi", true, sasDrive("SEAGATE", "ST18000NM004J", serial, wwn, size, drive != 17, map[int]int{42: 311}[drive]))
		ses := fmt.Sprintf("sys/devices/pci0000:18/%s/host1/ses%d/1:0:%d:0/enclosure/1:0:%d:0", pci, side, 60+61*side, 60+61*side)
		if drive == 0 {
			r.link(fmt.Sprintf("sys/class/enclosure/1:0:%d:0", 60+61*side), "../../"+strings.TrimPrefix(ses, "sys/"))
			r.text(ses+"/components", "60")
			r.text(ses+"/id", "0x5000c500beebee00")
		}
		r.text(fmt.Sprintf("%s/Slot%02d/slot", ses, drive), "%d", drive)
		r.link(fmt.Sprintf("%s/Slot%02d/device", ses, drive), "../../../../"+hctl)
		if side == 1 {
			continue
		}
		other := diskName(i + 60)
		health := map[int]string{17: "critical", 42: "warning"}[drive]
		if health == "" {
			health = "ok"
		}
		want.Drives[name] = driveTruth{
			Paths: "/dev/" + name + " /dev/" + other, Kind: "sas/hdd", Model: "ST18000NM004J", Serial: serial, WWN: "0x" + wwn, Bytes: size,
			Health: health, Place: fmt.Sprintf("enclosure:1:0:60:0/%d", drive), At: pci,
		}
		if strings.Compare("/dev/"+other, "/dev/"+name) < 0 {
			d := want.Drives[name]
			d.Paths = "/dev/" + other + " /dev/" + name
			want.Drives[name] = d
		}
		dm := fmt.Sprintf("sys/devices/virtual/block/dm-%d", drive)
		r.link(fmt.Sprintf("sys/block/dm-%d", drive), fmt.Sprintf("../devices/virtual/block/dm-%d", drive))
		r.text(dm+"/size", "%d", size/512)
		r.text(dm+"/dm/name", "mpath%d", drive)
		r.text(dm+"/dm/uuid", "mpath-3%s", wwn)
		r.text(dm+"/slaves/"+name+"/x", "")
		r.text(dm+"/slaves/"+other+"/x", "")
		want.Volumes[fmt.Sprint("mpath", drive)] = volumeTruth{Kind: "multipath", State: "optimal", Health: "ok", Bytes: size, Members: serial}
	}
	want.Findings = []string{"critical smart.failing ZR5BEE17", "warning scsi.grown_defects ZR5BEE42"}
	return r, want
}

// 24 NVMe drives of 16 namespaces, which an old kernel names after the
// subsystems and not after the controllers.
func nvme24x16() (*rig, storageTruth) {
	const size = 200_000_000_000 / 512 * 512
	r, want := newRig(), storageTruth{Drives: map[string]driveTruth{}, Volumes: map[string]volumeTruth{}}
	for i := range 24 {
		pci := fmt.Sprintf("0000:%02x:00.0", i+1)
		dir := fmt.Sprintf("pci0000:%02x/%s/nvme/nvme%d", i+1, pci, i)
		serial := fmt.Sprintf("BEENV%03d", i)
		r.link(fmt.Sprintf("sys/class/nvme/nvme%d", i), "../../devices/"+dir)
		for file, text := range map[string]string{"serial": serial, "model": "BEE NVMe 3T2", "firmware_rev": "1.0", "transport": "pcie", "address": pci, "subsysnqn": "nqn.2026-01.bee:" + serial} {
			r.text("sys/devices/"+dir+"/"+file, "%s", text)
		}
		paths := []string{fmt.Sprintf("/dev/nvme%d", i)}
		first := fmt.Sprintf("nvme%dn1", 23-i)
		for n := range 16 {
			name := fmt.Sprintf("nvme%dn%d", 23-i, n+1)
			r.disk(rigDisk{name: name, at: dir, bytes: size, more: map[string]string{"nsid": fmt.Sprint(n + 1), "eui": fmt.Sprintf("00 25 38 00 00 00 %02x %02x", i, n)}},
				&lsblkNode{Tran: "nvme", Model: "BEE NVMe 3T2", Serial: serial, WWN: fmt.Sprintf("eui.002538000000%02x%02x", i, n)})
			paths = append(paths, "/dev/"+name)
		}
		doc := nvmeDrive("BEE NVMe 3T2", serial, 16*size, map[int]int{5: 4}[i], map[int]int{9: 12}[i])
		doc["nvme_number_of_namespaces"] = 16
		r.smartctl(fmt.Sprintf("/dev/nvme%d", i), "nvme", true, doc)
		want.Drives[first] = driveTruth{
			Kind: "nvme/ssd", Model: "BEE NVMe 3T2", Serial: serial, Bytes: 16 * size, At: pci, Namespaces: 16,
			Paths: sortedPaths(paths), Health: map[int]string{5: "critical", 9: "warning"}[i],
		}
		if d := want.Drives[first]; d.Health == "" {
			d.Health = "ok"
			want.Drives[first] = d
		}
	}
	want.Findings = []string{"critical nvme.reliability BEENV005", "warning nvme.media_errors BEENV009"}
	return r, want
}

// A RAID controller with a mirror, a hot spare and a drive that it passes on.
func raidSpareJBOD() (*rig, storageTruth) {
	const pci, bytes, volume = "0000:3b:00.0", 1200243695616, 1199638052864
	r := newRig()
	r.adapter(pci, "host0", "megaraid_sas")
	r.disk(rigDisk{name: "sda", at: scsi(pci, "0:2:0:0"), bytes: volume, vendor: "AVAGO", model: "MR9460-16i", rev: "5.13", wwid: "naa.600062b200000000280000aabbccdd01", rotates: true},
		&lsblkNode{Vendor: "AVAGO", Model: "MR9460-16i", Serial: "0001ddccbbaa00", WWN: "0x600062b200000000280000aabbccdd01"})
	r.disk(rigDisk{name: "sdb", at: scsi(pci, "0:0:3:0", "target-sas"), bytes: bytes, vendor: "BEE", model: "BEE-SAS-1200", rev: "0001", wwid: "naa.5000c50000000130", serial: "BEE00003", rotates: true},
		&lsblkNode{Tran: "sas", Vendor: "BEE", Model: "BEE-SAS-1200", Serial: "BEE00003", WWN: "0x5000c50000000130"})
	var rows, details []string
	for i, state := range []string{"Onln", "Onln", "GHS", "JBOD"} {
		group := `"-"`
		if i < 2 {
			group = "0"
		}
		row := fmt.Sprintf(`{"EID:Slt":"252:%d","DID":%d,"State":%q,"DG":%s,"Size":"1.090 TB","Intf":"SAS","Med":"HDD","SED":"N","PI":"N","SeSz":"512B","Model":"BEE-SAS-1200","Sp":"U","Type":"-"}`, i, i, state, group)
		rows = append(rows, row)
		details = append(details, fmt.Sprintf(`"Drive /c0/e252/s%[1]d":[%[2]s],"Drive /c0/e252/s%[1]d - Detailed Information":{
			"Drive /c0/e252/s%[1]d State":{"Media Error Count":0,"Other Error Count":0,"Predictive Failure Count":0,"S.M.A.R.T alert flagged by drive":"No"},
			"Drive /c0/e252/s%[1]d Device attributes":{"SN":"BEE0000%[1]d","Manufacturer Id":"BEE","Model Number":"BEE-SAS-1200","WWN":"5000C500000001%[1]d0","Firmware Revision":"0001","Raw size":"1.091 TB [0x8bba0cb0 Sectors]","Logical Sector Size":"512B"}}`, i, row))
		r.smartctl("/dev/bus/0", fmt.Sprintf("megaraid,%d", i), true, sasDrive("BEE", "BEE-SAS-1200", fmt.Sprintf("BEE%05d", i), fmt.Sprintf("5000c500000001%x0", i), bytes, true, 0))
	}
	r.smartctl("/dev/sdb", "scsi", true, sasDrive("BEE", "BEE-SAS-1200", "BEE00003", "5000c50000000130", bytes, true, 0))
	r.smartctl("/dev/sda", "scsi", true, refused(2, "error", "DELL or MegaRaid controller, please try adding '-d megaraid,N'"))
	const vd = `{"DG/VD":"0/0","TYPE":"RAID1","State":"Optl","Access":"RW","Consist":"Yes","Cache":"RWBD","Cac":"-","sCC":"ON","Size":"1.091 TB","Name":"OS"}`
	storcli := func(data, object string) {
		r.run(0, `{"Controllers":[{"Command Status":{"Controller":0,"Status":"Success","Description":"None"},"Response Data":{`+data+`}}]}`, "storcli64", object, "show", "all", "J", "nolog")
	}
	storcli(`"Basics":{"Controller":0,"Model":"MegaRAID 9460-16i","Serial Number":"BEEC001","PCI Address":"00:3b:00:00"},
		"Version":{"Firmware Package Build":"51.1.0-0001","Driver Name":"megaraid_sas"},"Status":{"Controller Status":"Optimal"},
		"Virtual Drives":1,"VD LIST":[`+vd+`],"Physical Drives":4,"PD LIST":[`+strings.Join(rows, ",")+`]`, "/cALL")
	storcli(strings.Join(details, ","), "/cALL/eALL/sALL")
	storcli(`"/c0/v0":[`+vd+`],"PDs for VD 0":[`+strings.Join(rows[:2], ",")+`],"VD0 Properties":{"Number of Blocks":`+fmt.Sprint(volume/512)+`,
		"Write Cache(initial setting)":"WriteBack","OS Drive Name":"/dev/sda","SCSI NAA Id":"600062b200000000280000aabbccdd01"}`, "/cALL/vALL")
	want := storageTruth{
		Drives: map[string]driveTruth{},
		Volumes: map[string]volumeTruth{
			"sda": {Kind: "raid", Level: "1", State: "optimal", Health: "ok", Bytes: volume, Members: "BEE00000 BEE00001"},
		},
	}
	for i, state := range []string{"online", "online", "hot_spare", "jbod"} {
		path := fmt.Sprintf("/dev/bus/0 megaraid,%d", i)
		name := path
		if i == 3 {
			name, path = "sdb", path+" /dev/sdb"
		}
		want.Drives[name] = driveTruth{
			Paths: path, Kind: "sas/hdd", Model: "BEE-SAS-1200", Serial: fmt.Sprintf("BEE%05d", i), WWN: fmt.Sprintf("0x5000c500000001%x0", i),
			Bytes: bytes, Health: "ok", Place: fmt.Sprintf("252/%d", i), State: state, At: pci,
		}
	}
	return r, want
}

// sortedPaths joins paths in the order of a report.
func sortedPaths(paths []string) string {
	slices.Sort(paths)
	return strings.Join(paths, " ")
}

// mapper adds a device-mapper device.
func (r *rig) mapper(kernel, name, uuid string, bytes uint64, slaves ...string) {
	dir := "sys/devices/virtual/block/" + kernel
	r.link("sys/block/"+kernel, "../devices/virtual/block/"+kernel)
	r.text(dir+"/size", "%d", bytes/512)
	r.text(dir+"/dm/name", "%s", name)
	r.text(dir+"/dm/uuid", "%s", uuid)
	for _, s := range slaves {
		r.text(dir+"/slaves/"+s+"/size", "1")
	}
}

// An md mirror of two LVM volumes, each in LUKS, each on a drive with two paths;
// one path of the second is gone.
func mdOverLVMOverLUKSOverMultipath() (*rig, storageTruth) {
	const pci, size = "0000:18:00.0", 4000787030016
	r := newRig()
	r.adapter(pci, "host1", "mpt3sas")
	want := storageTruth{
		Drives: map[string]driveTruth{},
		Volumes: map[string]volumeTruth{
			"md0":    {Kind: "md", Level: "1", State: "optimal", Health: "ok", Bytes: size - 3<<30, Members: "vg0-lv vg1-lv"},
			"vg0-lv": {Kind: "lvm", Bytes: size - 2<<30, Members: "crypt0"}, "vg1-lv": {Kind: "lvm", Bytes: size - 2<<30, Members: "crypt1"},
			"crypt0": {Kind: "luks", Bytes: size - 1<<30, Members: "mpatha"}, "crypt1": {Kind: "luks", Bytes: size - 1<<30, Members: "mpathb"},
			"mpatha": {Kind: "multipath", State: "optimal", Health: "ok", Bytes: size, Members: "BEESAS00"},
			"mpathb": {Kind: "multipath", State: "partially_degraded", Health: "warning", Bytes: size, Members: "BEESAS01"},
		},
		Findings: []string{"warning volume.partially_degraded mpathb"},
	}
	md := &lsblkNode{Name: "md0", Kernel: "md0", Type: "raid1", Size: size - 3<<30, FSType: "ext4", Mount: "/srv"}
	for drive := range 2 {
		serial, wwn := fmt.Sprintf("BEESAS%02d", drive), fmt.Sprintf("5000c500000001%d0", drive)
		lv := &lsblkNode{Name: fmt.Sprintf("vg%d-lv", drive), Kernel: fmt.Sprint("dm-", 4+drive), Type: "lvm", Size: size - 2<<30, Children: []*lsblkNode{md}}
		luks := &lsblkNode{Name: fmt.Sprint("crypt", drive), Kernel: fmt.Sprint("dm-", 2+drive), Type: "crypt", Size: size - 1<<30, FSType: "LVM2_member", Children: []*lsblkNode{lv}}
		mpath := &lsblkNode{Name: "mpath" + string(rune('a'+drive)), Kernel: fmt.Sprint("dm-", drive), Type: "mpath", Size: size, FSType: "crypto_LUKS", Children: []*lsblkNode{luks}}
		var paths []string
		for side := range 2 {
			i := 2*drive + side
			state := "running"
			if i == 3 {
				state = "transport-offline"
			}
			r.disk(rigDisk{
				name: diskName(i), at: scsi(pci, fmt.Sprintf("1:0:%d:0", i), fmt.Sprintf("port-1:%d/end_device-1:%d", i, i)), bytes: size,
				vendor: "SEAGATE", model: "ST4000NM0043", rev: "MS03", wwid: "naa." + wwn, serial: serial, rotates: true, more: map[string]string{"device/state": state},
			}, &lsblkNode{Tran: "sas", Vendor: "SEAGATE", Model: "ST4000NM0043", Serial: serial, WWN: "0x" + wwn, FSType: "mpath_member", Children: []*lsblkNode{mpath}})
			if i == 3 {
				r.smartctl("/dev/sdd", "scsi", true, refused(2, "error", "Smartctl open device: /dev/sdd failed: No such device or address"))
			} else {
				r.smartctl("/dev/"+diskName(i), "scsi", true, sasDrive("SEAGATE", "ST4000NM0043", serial, wwn, size, true, 0))
			}
			paths = append(paths, "/dev/"+diskName(i))
		}
		r.mapper(mpath.Kernel, mpath.Name, "mpath-3"+wwn, size, diskName(2*drive), diskName(2*drive+1))
		r.mapper(luks.Kernel, luks.Name, "CRYPT-LUKS2-ab-"+luks.Name, luks.Size, mpath.Kernel)
		r.mapper(lv.Kernel, lv.Name, "LVM-abc", lv.Size, luks.Kernel)
		want.Drives[diskName(2*drive)] = driveTruth{
			Paths: sortedPaths(paths), Kind: "sas/hdd", Model: "ST4000NM0043", Serial: serial, WWN: "0x" + wwn, Bytes: size, Health: "ok", At: pci, Partitions: 5,
		}
	}
	dir := "sys/devices/virtual/block/md0"
	r.link("sys/block/md0", "../devices/virtual/block/md0")
	r.text(dir+"/size", "%d", md.Size/512)
	for file, text := range map[string]string{"md/level": "raid1", "md/array_state": "clean", "md/degraded": "0", "slaves/dm-4/size": "1", "slaves/dm-5/size": "1"} {
		r.text(dir+"/"+file, "%s", text)
	}
	r.text("proc/mdstat", "Personalities : [raid1]\nmd0 : active raid1 dm-5[1] dm-4[0]\n      %d blocks super 1.2 [2/2] [UU]\n\nunused devices: <none>", md.Size/1024)
	return r, want
}

// A dock with two drives behind a bridge that smartctl does not know, which
// lends both its serial number.
func usbDock() (*rig, storageTruth) {
	r := newRig()
	const port, usb = "pci0000:00/0000:00:14.0/usb2/2-1", "usb2/2-1/2-1:1.0"
	r.text("sys/devices/"+port+"/idVendor", "174c")
	r.text("sys/devices/"+port+"/serial", "BEEDOCK00001")
	for i, name := range []string{"sdb", "sdc"} {
		bytes := []uint64{6001175126016, 4000787030016}[i]
		r.disk(rigDisk{name: name, at: scsi("0000:00:14.0", fmt.Sprintf("2:0:0:%d", i), usb), bytes: bytes, vendor: "ASMT", model: "ASM1352R-PM", rev: "0", rotates: true},
			&lsblkNode{Tran: "usb", Vendor: "ASMT", Model: "ASM1352R-PM", Serial: "BEEDOCK00001", Rota: true})
	}
	r.disk(rigDisk{name: "sdd", at: scsi("0000:00:14.0", "3:0:0:0", "usb2/2-2/2-2:1.0"), bytes: 32 << 30, vendor: "SanDisk", model: "Ultra", rev: "1.00", removable: true},
		&lsblkNode{Tran: "usb", Vendor: "SanDisk", Model: "Ultra", Serial: "BEESTICK"})
	r.text("sys/devices/pci0000:00/0000:00:14.0/usb2/2-2/idVendor", "0781")
	r.text("sys/devices/pci0000:00/0000:00:14.0/usb2/2-2/serial", "BEESTICK")
	r.run(0, map[string]any{"smartctl": map[string]any{"version": []int{7, 4}, "exit_status": 0}, "devices": []any{}}, "smartctl", "--scan-open", "-j")
	r.smartctl("/dev/sdb", "sat", false, ataDrive("HGST HDN726060ALE614", "NCGBEE01", 1, 6001175126016, true))
	r.smartctl("/dev/sdc", "sat", false, ataDrive("WDC WD40EFRX-68N32N0", "WD-WCCBEE02", 2, 4000787030016, false))
	return r, storageTruth{
		Drives: map[string]driveTruth{
			"sdb": {Paths: "/dev/sdb", Kind: "usb/hdd of sata", Model: "HGST HDN726060ALE614", Serial: "NCGBEE01", WWN: "0x5000c50000000001", Bytes: 6001175126016, Health: "ok", At: "0000:00:14.0"},
			"sdc": {Paths: "/dev/sdc", Kind: "usb/hdd of sata", Model: "WDC WD40EFRX-68N32N0", Serial: "WD-WCCBEE02", WWN: "0x5000c50000000002", Bytes: 4000787030016, Health: "critical", At: "0000:00:14.0"},
			"sdd": {Paths: "/dev/sdd", Kind: "usb/ssd", Model: "Ultra", Serial: "BEESTICK", Bytes: 32 << 30, Health: "unknown", Unread: "smartctl did not name it", At: "0000:00:14.0"},
		},
		Volumes:  map[string]volumeTruth{},
		Findings: []string{"critical smart.failing WD-WCCBEE02"},
		Unjudged: []string{"BEESTICK sdd: smartctl did not name it"},
	}
}

// An eMMC with its boot areas and a general purpose partition, and an SD card.
func emmcBoard() (*rig, storageTruth) {
	r := newRig()
	const host = "platform/soc/fe340000.mmc/mmc_host/mmc0/mmc0:0001/block"
	r.disk(rigDisk{name: "mmcblk0", at: host, bytes: 62537072640, more: map[string]string{"device/name": "BEE64G", "device/serial": "0x1a2b3c4d", "device/cid": "150100424545363447", "device/type": "MMC"}},
		&lsblkNode{Tran: "mmc", Serial: "0x1a2b3c4d", Children: []*lsblkNode{{Name: "mmcblk0p1", Kernel: "mmcblk0p1", Type: "part", Size: 1 << 30, FSType: "vfat", Mount: "/boot"}}})
	for _, area := range []string{"mmcblk0boot0", "mmcblk0boot1", "mmcblk0gp0"} {
		r.disk(rigDisk{name: area, at: host + "/mmcblk0", bytes: 4 << 20}, &lsblkNode{Tran: "mmc", Serial: "0x1a2b3c4d"})
	}
	r.disk(rigDisk{name: "mmcblk1", at: "platform/soc/fe2b0000.mmc/mmc_host/mmc1/mmc1:aaaa/block", bytes: 31914983424, more: map[string]string{"device/name": "SL32G", "device/serial": "0x5e6f7a8b", "device/type": "SD"}},
		&lsblkNode{Tran: "mmc", Serial: "0x5e6f7a8b"})
	r.disk(rigDisk{name: "mtdblock0", at: "virtual/block", bytes: 16 << 20}, &lsblkNode{})
	return r, storageTruth{
		Drives: map[string]driveTruth{
			"mmcblk0": {Paths: "/dev/mmcblk0", Kind: "mmc/ssd", Model: "BEE64G", Serial: "0x1a2b3c4d", Bytes: 62537072640, Partitions: 1},
			"mmcblk1": {Paths: "/dev/mmcblk1", Kind: "mmc/ssd", Model: "SL32G", Serial: "0x5e6f7a8b", Bytes: 31914983424},
		},
		Volumes: map[string]volumeTruth{},
	}
}

// Two SATA disks and eight ZFS volumes.
func zfsBox() (*rig, storageTruth) {
	r := newRig()
	want := storageTruth{Drives: map[string]driveTruth{}, Volumes: map[string]volumeTruth{}}
	for i := range 2 {
		name, serial := diskName(i), fmt.Sprintf("ZC1BEE0%d", i)
		r.disk(rigDisk{name: name, at: scsi("0000:00:17.0", fmt.Sprintf("%d:0:0:0", i), fmt.Sprintf("ata%d", i+1)), bytes: 8001563222016, vendor: "ATA", model: "ST8000NM0055-1RM", rev: "SN02", wwid: fmt.Sprintf("naa.5000c500000001%d0", i), serial: serial, rotates: true},
			&lsblkNode{Tran: "sata", Vendor: "ATA", Model: "ST8000NM0055-1RM112", Serial: serial, WWN: fmt.Sprintf("0x5000c500000001%d0", i), Children: []*lsblkNode{{Name: name + "1", Kernel: name + "1", Type: "part", Size: 8001552777216, FSType: "zfs_member"}}})
		r.smartctl("/dev/"+name, "sat", true, ataDrive("ST8000NM0055-1RM112", serial, uint64(256+i*16), 8001563222016, true))
		want.Drives[name] = driveTruth{Paths: "/dev/" + name, Kind: "sata/hdd", Model: "ST8000NM0055-1RM112", Serial: serial, WWN: fmt.Sprintf("0x5000c500000001%d0", i), Bytes: 8001563222016, Health: "ok", At: "0000:00:17.0", Partitions: 1}
	}
	for i := range 8 {
		name := fmt.Sprint("zd", 16*i)
		r.disk(rigDisk{name: name, at: "virtual/block", bytes: 32 << 30}, &lsblkNode{Children: []*lsblkNode{{Name: name + "p1", Kernel: name + "p1", Type: "part", Size: 31 << 30, FSType: "ext4"}}})
		want.Volumes[name] = volumeTruth{Kind: "zvol", Bytes: 32 << 30}
	}
	return r, want
}

// What is elsewhere beside what is here: an iSCSI disk, one over two sessions,
// and NVMe over TCP, with and without native multipath.
func networkBesideLocal() (*rig, storageTruth) {
	r := newRig()
	r.disk(rigDisk{name: "sda", at: scsi("0000:00:17.0", "0:0:0:0", "ata1"), bytes: 480103981056, vendor: "ATA", model: "INTEL SSDSC2KB48", rev: "0132", wwid: "naa.55cd2e4150aa0001", serial: "PHYFBEE480BGN"},
		&lsblkNode{Tran: "sata", Vendor: "ATA", Model: "INTEL SSDSC2KB480G8", Serial: "PHYFBEE480BGN", WWN: "0x55cd2e4150aa0001"})
	ssd := ataDrive("INTEL SSDSC2KB480G8", "PHYFBEE480BGN", 0, 480103981056, true)
	ssd["rotation_rate"] = 0
	r.smartctl("/dev/sda", "sat", true, ssd)
	for i, name := range []string{"sdb", "sdc"} {
		r.disk(rigDisk{name: name, at: fmt.Sprintf("platform/host%d/session%d/target%d:0:0/%d:0:0:0/block", 8+i, 1+i, 8+i, 8+i), bytes: 1 << 40, vendor: "LIO-ORG", model: "disk1", rev: "4.0", wwid: "naa.6001405beebeebeebeebee0000000001", serial: "beebeebee", rotates: true},
			&lsblkNode{Tran: "iscsi", Vendor: "LIO-ORG", Model: "disk1", Serial: "beebeebee", WWN: "0x6001405beebeebee"})
		r.smartctl("/dev/"+name, "scsi", true, sasDrive("LIO-ORG", "disk1", "beebeebee", "6001405beebeebeebeebee0000000001", 1<<40, true, 0))
	}
	const local = "pci0000:e1/0000:e1:00.0/nvme/nvme0"
	r.link("sys/class/nvme/nvme0", "../../devices/"+local)
	for file, text := range map[string]string{"serial": "BEENV001", "model": "BEE NVMe", "firmware_rev": "1", "transport": "pcie", "address": "0000:e1:00.0", "subsysnqn": "nqn.local"} {
		r.text("sys/devices/"+local+"/"+file, "%s", text)
	}
	r.disk(rigDisk{name: "nvme0n1", at: local, bytes: 960197124096, more: map[string]string{"nsid": "1"}}, &lsblkNode{Tran: "nvme", Model: "BEE NVMe", Serial: "BEENV001"})
	r.smartctl("/dev/nvme0", "nvme", true, nvmeDrive("BEE NVMe", "BEENV001", 960197124096, 0, 0))
	for i := 1; i <= 2; i++ { // one without native multipath, one with
		dir := fmt.Sprintf("virtual/nvme-fabrics/ctl/nvme%d", i)
		r.link(fmt.Sprintf("sys/class/nvme/nvme%d", i), "../../devices/"+dir)
		serial := fmt.Sprintf("REMOTE%d", i)
		for file, text := range map[string]string{"serial": serial, "model": "Linux", "transport": "tcp", "address": "traddr=10.0.0.1,trsvcid=4420", "subsysnqn": "nqn.remote"} {
			r.text("sys/devices/"+dir+"/"+file, "%s", text)
		}
		at := dir
		if i == 2 {
			at = "virtual/nvme-subsystem/nvme-subsys2"
			r.text("sys/devices/"+at+"/serial", "%s", serial)
			r.disk(rigDisk{name: "nvme2c2n1", at: dir, bytes: 1 << 40, more: map[string]string{"hidden": "1"}}, nil)
		}
		r.disk(rigDisk{name: fmt.Sprintf("nvme%dn1", i), at: at, bytes: 1 << 40, more: map[string]string{"nsid": "1"}}, &lsblkNode{Tran: "nvme", Model: "Linux", Serial: serial})
		r.smartctl(fmt.Sprintf("/dev/nvme%d", i), "nvme", true, nvmeDrive("Linux", serial, 1<<40, 0, 0))
	}
	return r, storageTruth{
		Drives: map[string]driveTruth{
			"sda":     {Paths: "/dev/sda", Kind: "sata/ssd", Model: "INTEL SSDSC2KB480G8", Serial: "PHYFBEE480BGN", WWN: "0x55cd2e4150aa0001", Bytes: 480103981056, Health: "ok", At: "0000:00:17.0"},
			"nvme0n1": {Paths: "/dev/nvme0 /dev/nvme0n1", Kind: "nvme/ssd", Model: "BEE NVMe", Serial: "BEENV001", Bytes: 960197124096, Health: "ok", At: "0000:e1:00.0", Namespaces: 1},
		},
		Volumes: map[string]volumeTruth{
			"sdb": {Kind: "iscsi", Bytes: 1 << 40}, "sdc": {Kind: "iscsi", Bytes: 1 << 40},
			"nvme1n1": {Kind: "nvme-of", Bytes: 1 << 40}, "nvme2n1": {Kind: "nvme-of", Bytes: 1 << 40},
		},
	}
}

// A Smart Array whose drives only smartctl can name; its third number is the
// enclosure, and the fifth drive does not answer.
func smartArrayMachine() (*rig, storageTruth) {
	const pci = "0000:5c:00.0"
	r := newRig()
	r.adapter(pci, "host1", "hpsa")
	r.disk(rigDisk{name: "sda", at: scsi(pci, "1:1:0:0"), bytes: 480070426624, vendor: "HPE", model: "LOGICAL VOLUME", rev: "3.00", wwid: "naa.600508b1001cec28a12a38168f7bb195", serial: "BEEARRAY", rotates: true},
		&lsblkNode{Vendor: "HPE", Model: "LOGICAL VOLUME", Serial: "BEEARRAY", WWN: "0x600508b1001cec28a12a38168f7bb195"})
	r.run(0, map[string]any{"smartctl": map[string]any{"version": []int{7, 4}, "exit_status": 0}, "devices": []any{}}, "smartctl", "--scan-open", "-j")
	want := storageTruth{Drives: map[string]driveTruth{}, Volumes: map[string]volumeTruth{
		"sda": {Kind: "raid", Health: "unknown", Unread: "ssacli, hpssacli: not installed", Bytes: 480070426624},
	}, Unjudged: []string{"sda sda: ssacli, hpssacli: not installed"}}
	for n := range 24 {
		path, deviceType := fmt.Sprintf("/dev/sda cciss,%d", n), fmt.Sprintf("cciss,%d", n)
		switch {
		case n == 2:
			doc := sasDrive("HPE", "Smart Adapter", "", "51402ec000000000", 0, true, 0)
			doc["device_type"] = map[string]any{"scsi_value": 13, "name": "enclosure"}
			r.smartctl("/dev/sda", deviceType, false, doc)
			continue
		case n == 4:
			r.smartctl("/dev/sda", deviceType, false, refused(2, "error", "Smartctl open device: /dev/sda [cciss_disk_04] [SCSI/SAT] failed: INQUIRY failed"))
			continue
		case n > 8:
			r.smartctl("/dev/sda", deviceType, false, refused(2, "error", fmt.Sprintf("Smartctl open device: /dev/sda [cciss_disk_%02d] [SCSI/SAT] failed: No such device or address", n)))
			continue
		}
		serial, wwn := fmt.Sprintf("BEECISS%02d", n), fmt.Sprintf("5000c500000001%x0", n)
		r.smartctl("/dev/sda", deviceType, false, sasDrive("HPE", "EG0600JEHMA", serial, wwn, 600127266816, n != 8, 0))
		health := "ok"
		if n == 8 {
			health = "critical"
		}
		want.Drives[path] = driveTruth{Paths: path, Kind: "sas/hdd", Model: "EG0600JEHMA", Serial: serial, WWN: "0x" + wwn, Bytes: 600127266816, Health: health, At: pci}
	}
	want.Findings = []string{"critical smart.failing BEECISS08"}
	return r, want
}

// bcache of a disk and an NVMe partition, where there is no lsblk.
func bcacheMachine() (*rig, storageTruth) {
	r := newRig()
	r.disk(rigDisk{name: "sda", at: scsi("0000:00:17.0", "0:0:0:0", "ata1"), bytes: 4000787030016, vendor: "ATA", model: "BEE HDD", wwid: "naa.5000c50000000010", serial: "BEEHDD01", rotates: true}, nil)
	const nvme = "pci0000:e1/0000:e1:00.0/nvme/nvme0"
	r.link("sys/class/nvme/nvme0", "../../devices/"+nvme)
	r.text("sys/devices/"+nvme+"/serial", "BEENV001")
	r.text("sys/devices/"+nvme+"/transport", "pcie")
	r.disk(rigDisk{name: "nvme0n1", at: nvme, bytes: 960197124096}, nil)
	r.disk(rigDisk{name: "bcache0", at: "virtual/block", bytes: 4000787021824, rotates: true, more: map[string]string{"slaves/nvme0n1p2/size": "1"}}, nil)
	r.link("sys/devices/virtual/block/bcache0/bcache", "../../../pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/bcache")
	return r, storageTruth{
		Drives: map[string]driveTruth{
			"sda":     {Paths: "/dev/sda", Kind: "sata/hdd", Model: "BEE HDD", Serial: "BEEHDD01", WWN: "0x5000c50000000010", Bytes: 4000787030016, Health: "unknown", Unread: "smartctl: not installed", At: "0000:00:17.0"},
			"nvme0n1": {Paths: "/dev/nvme0 /dev/nvme0n1", Kind: "nvme/ssd", Serial: "BEENV001", Bytes: 960197124096, Health: "unknown", Unread: "smartctl: not installed", At: "0000:e1:00.0", Namespaces: 1},
		},
		Volumes:  map[string]volumeTruth{"bcache0": {Kind: "bcache", Bytes: 4000787021824, Members: "BEEHDD01 BEENV001"}},
		Unjudged: []string{"BEEHDD01 sda: smartctl: not installed", "BEENV001 nvme0n1: smartctl: not installed"},
	}
}

// What an audit asks is in its capture: the capture of a replay is replayed as
// the same document, and holds the questions that follow from answers.
func TestAsksAreRecorded(t *testing.T) {
	for _, m := range builtMachines {
		t.Run(m.name, func(t *testing.T) {
			rig, _ := m.make()
			h, err := host.Replay(rig.capture().FS())
			if err != nil {
				t.Fatal(err)
			}
			recorder := host.Record(h)
			first := inventory.Audit(t.Context(), recorder, inventory.Options{})
			c := recorder.Capture()
			second := replayed(t, c)
			for _, r := range []*report.Report{first, second} {
				r.AuditID, r.CollectedAt, r.DurationMS = "", time.Time{}, 0
			}
			if diff := cmp.Diff(first, second); diff != "" {
				t.Errorf("the replay of the replay (-first +second):\n%s", diff)
			}
			for name, question := range map[string]string{"smart-array": `"cciss,15"`, "usb-dock": `"sat","/dev/sdc"`} {
				if m.name == name && !strings.Contains(string(c["commands.jsonl"]), question) {
					t.Errorf("the capture does not hold %s", question)
				}
			}
		})
	}
}

// A capture of an older audit does not hold the new questions. Nothing is said
// of them: the drives are told as they were.
func TestOldCaptures(t *testing.T) {
	r := newRig()
	r.adapter("0000:5c:00.0", "host1", "hpsa")
	r.disk(rigDisk{name: "sda", at: scsi("0000:5c:00.0", "1:1:0:0"), bytes: terabyte, vendor: "HPE", model: "LOGICAL VOLUME"}, &lsblkNode{})
	r.disk(rigDisk{name: "sdb", at: scsi("0000:00:14.0", "2:0:0:0", "usb2/2-1/2-1:1.0"), bytes: terabyte, vendor: "ASMT", model: "2115"}, &lsblkNode{Tran: "usb"})
	r.disk(rigDisk{name: "sdc", at: scsi("0000:00:14.0", "3:0:0:0", "usb2/2-2/2-2:1.0"), bytes: terabyte, vendor: "ASMT", model: "2115"}, &lsblkNode{Tran: "usb"})
	r.smartctl("/dev/sdc", "usbjmicron", true, refused(2, "error", "Read Device Identity failed: Connection timed out"))
	doc := replayed(t, r.capture())
	for _, d := range doc.Diagnostics {
		if strings.HasPrefix(d.Source, "smartctl") && d.Source != "smartctl -x -j -d usbjmicron /dev/sdc" {
			t.Errorf("%+v", d)
		}
	}
	for i, want := range []string{"smartctl did not name it", "smartctl could not ask it: Read Device Identity failed: Connection timed out"} {
		if got := doc.Storage.Drives[i].Unread; got != want {
			t.Errorf("drive %d is unread for %q, want %q", i, got, want)
		}
	}
}

// A drive that is asleep is unknown, and no failure of a tool.
func TestAsleepIsNoFailure(t *testing.T) {
	r := newRig()
	r.sata(0, "sda", "BEE HDD", "naa.5000c50000000101", "SN1")
	r.smartctl("/dev/sda", "sat", true, refused(2, "information", "Device is in STANDBY mode, exit(2)"))
	doc := replayed(t, r.capture())
	if d := doc.Storage.Drives[0]; d.Health != report.Unknown || d.Unread != "asleep: Device is in STANDBY mode" {
		t.Errorf("%s, %q", d.Health, d.Unread)
	}
	for _, d := range doc.Diagnostics {
		if strings.HasPrefix(d.Source, "smartctl") {
			t.Errorf("%+v", d)
		}
	}
	for _, c := range doc.Collectors {
		for _, s := range c.Sources {
			if s.Name == "smartctl" && s.Status != report.StatusOK {
				t.Errorf("smartctl is %s: %s", s.Status, s.Why)
			}
		}
	}
}

// The summary of a shelf is useful on a terminal of 80 columns and 24 rows: the
// verdict is its first line and its last, the drives that are sick come before
// those that are well, and what is wrong is on the last screen.
func TestShelfOnATerminal(t *testing.T) {
	rig, _ := shelfOf60()
	r, opts := replayed(t, rig.capture()), render.TextOptions{Width: 80}
	text := string(render.AppendVerdict(render.AppendText(nil, r, opts), r, opts)) // as a terminal shows it
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if first, last := lines[0], lines[len(lines)-1]; !strings.Contains(first, "CRITICAL") || last != first {
		t.Errorf("the first line is %q, the last %q", first, last)
	}
	for _, line := range lines {
		if utf8.RuneCountInString(line) > 80 {
			t.Errorf("too wide: %q", line)
		}
	}
	if sick, well := strings.Index(text, "ZR5BEE17"), strings.Index(text, "ZR5BEE00"); sick < 0 || sick > well {
		t.Error("the failing drive stands behind those that are well")
	}
	screen := strings.Join(lines[max(0, len(lines)-24):], "\n")
	for _, want := range []string{"Drive sdr (serial ", "Drive sdaq (serial ", "Verdict"} {
		if !strings.Contains(screen, want) {
			t.Errorf("%q is not on the last screen:\n%s", want, screen)
		}
	}
	if len(lines) > 2*24 {
		t.Errorf("%d lines for 60 drives", len(lines))
	}
}

// A question that hangs costs its time once, and is told.
func TestHangingAsks(t *testing.T) {
	for question, make := range map[string]func() (*rig, storageTruth){"cciss,": smartArrayMachine, "sat": usbDock} {
		rig, _ := make()
		h, err := host.Replay(rig.capture().FS())
		if err != nil {
			t.Fatal(err)
		}
		var asked atomic.Int64
		w := &watched{Host: h, override: func(argv []string) (host.Output, error, bool) {
			if argv[0] != "smartctl" || !slices.ContainsFunc(argv, func(word string) bool { return strings.HasPrefix(word, question) }) {
				return host.Output{}, nil, false
			}
			asked.Add(1)
			return host.Output{Exit: -1}, &host.RunError{Argv: argv, Err: context.DeadlineExceeded}, true
		}}
		r := inventory.Audit(t.Context(), w, inventory.Options{})
		told := 0
		for _, d := range r.Diagnostics {
			if d.Code == "tool.timeout" && strings.Contains(d.Source, question) {
				told++
			}
		}
		if n := int(asked.Load()); told != n || n > 8 {
			t.Errorf("-d %s: asked %d times, told %d times", question, n, told)
		}
	}
}

// What nobody could ask is said of each controller once.
func TestControllersAreUnreadAlike(t *testing.T) {
	r := newRig()
	const want = "sas3ircu, sas2ircu: not installed; storcli64: not installed"
	for i := range 3 {
		r.adapter(fmt.Sprintf("0000:%d8:00.0", i+1), fmt.Sprintf("host%d", i), "mpt3sas")
	}
	for _, c := range replayed(t, r.capture()).Storage.Controllers {
		if c.Unread != want {
			t.Errorf("%s is unread for %q, want %q", c.PCIAddress, c.Unread, want)
		}
	}
}

// SAS disks of two sizes are two drives, whatever their serial number.
func TestSizesPartSASDisks(t *testing.T) {
	r := newRig()
	r.adapter("0000:18:00.0", "host1", "mpt3sas")
	for i, name := range []string{"sda", "sdb"} {
		at := scsi("0000:18:00.0", fmt.Sprintf("1:0:%d:0", i), fmt.Sprintf("end_device-1:%d", i))
		r.disk(rigDisk{name: name, at: at, bytes: uint64(terabyte + 512*i), vendor: "BEE", model: "SAS", serial: "BEE00001"}, &lsblkNode{Tran: "sas", Serial: "BEE00001"})
	}
	drives := replayed(t, r.capture()).Storage.Drives
	if len(drives) != 2 || len(drives[1].Apart) != 1 || !strings.Contains(drives[1].Apart[0], "two sizes") {
		t.Errorf("%+v", drives)
	}
}
