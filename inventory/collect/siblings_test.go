// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var printSiblings = flag.Bool("print-siblings", false, "print what each sibling holds")

// A sibling is a machine of the kind of one that came out wrong in the field.
type sibling struct {
	name string
	make func(r *rig)
}

// lines sums up drives and volumes.
func (s storageTruth) lines() []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(s.Drives)) {
		d := s.Drives[name]
		line := fmt.Sprintf("%s: %s %q", d.Paths, d.Kind, d.Model)
		for _, name := range []string{d.Serial, d.WWN} {
			if name != "" {
				line += " " + name
			}
		}
		line += fmt.Sprintf(", %d bytes", d.Bytes)
		if d.Health != "" {
			line += ", " + d.Health
		}
		if d.Unread != "" {
			line += " (" + d.Unread + ")"
		}
		if d.Namespaces > 0 {
			line += fmt.Sprintf(", %d namespaces", d.Namespaces)
		}
		if d.Units > 0 {
			line += fmt.Sprintf(", %d units", d.Units)
		}
		if d.Virtual != "" {
			line += ", virtual"
		}
		list = append(list, line)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Volumes)) {
		v := s.Volumes[name]
		list = append(list, strings.TrimRight(fmt.Sprintf("volume %s: %s, %d bytes of %s", name, v.Kind, v.Bytes, v.Members), " "))
		if v.Unread != "" {
			list[len(list)-1] += " (" + v.Unread + ")"
		}
	}
	return append(list, s.Findings...)
}

// Each kind of machine that came out wrong has siblings, and they come out
// right.
func TestSiblings(t *testing.T) {
	for _, s := range siblings {
		t.Run(s.name, func(t *testing.T) {
			rig := newRig()
			s.make(rig)
			got := truthOf(replayed(t, rig.capture())).lines()
			if *printSiblings {
				fmt.Printf("%q: {\n`%s`,\n},\n", s.name, strings.Join(got, "`,\n`"))
			}
			if diff := cmp.Diff(siblingWant[s.name], got); diff != "" {
				t.Errorf("storage (-want +got):\n%s", diff)
			}
		})
	}
}

const terabyte = 1000204886016

// nvmeController adds an NVMe controller of the kernel's.
func (r *rig) nvmeController(name, dir string, files map[string]string) {
	r.link("sys/class/nvme/"+name, "../../devices/"+dir)
	for file, text := range files {
		r.text("sys/devices/"+dir+"/"+file, "%s", text)
	}
}

// sata adds a SATA disk on a port of an AHCI controller.
func (r *rig) sata(port int, name, model, wwid, serial string) {
	r.disk(rigDisk{name: name, at: scsi("0000:00:17.0", fmt.Sprintf("%d:0:0:0", port), fmt.Sprintf("ata%d", port+1)), bytes: terabyte, vendor: "ATA", model: model, wwid: wwid, serial: serial}, nil)
}

var siblings = []sibling{
	{name: "i1: native multipath, numbers of subsystems and controllers crossed", make: func(r *rig) {
		for i, other := range []int{1, 0} {
			r.nvmeController(fmt.Sprint("nvme", i), fmt.Sprintf("pci0000:3a/0000:3%d:00.0/nvme/nvme%d", i, i), map[string]string{"serial": fmt.Sprint("SN", i), "model": "BEE", "transport": "pcie", "subsysnqn": fmt.Sprint("nqn.", i)})
			at := fmt.Sprint("virtual/nvme-subsystem/nvme-subsys", other)
			for file, text := range map[string]string{"serial": fmt.Sprint("SN", i), "subsysnqn": fmt.Sprint("nqn.", i)} {
				r.text("sys/devices/"+at+"/"+file, "%s", text)
			}
			r.disk(rigDisk{name: fmt.Sprintf("nvme%dn1", other), at: at, bytes: terabyte + uint64(i)*512}, &lsblkNode{Tran: "nvme"})
			r.link(fmt.Sprintf("sys/devices/%s/nvme%dn1/device", at, other), "../../"+fmt.Sprint("nvme-subsys", other))
			r.smartctl(fmt.Sprint("/dev/nvme", i), "nvme", true, nvmeDrive("BEE", fmt.Sprint("SN", i), terabyte+uint64(i)*512, 4*i, 0))
		}
	}},
	{name: "i1: native multipath, of the subsystem only the links", make: func(r *rig) {
		for i, other := range []int{1, 0} {
			dir := fmt.Sprintf("pci0000:3a/0000:3%d:00.0/nvme/nvme%d", i, i)
			r.nvmeController(fmt.Sprint("nvme", i), dir, map[string]string{"serial": fmt.Sprint("SN", i), "model": "BEE"})
			at := fmt.Sprint("virtual/nvme-subsystem/nvme-subsys", other)
			r.link(fmt.Sprintf("sys/devices/%s/nvme%d", at, i), "../../../"+dir)
			r.disk(rigDisk{name: fmt.Sprintf("nvme%dn1", other), at: at, bytes: terabyte + uint64(i)*512}, nil)
		}
	}},
	{name: "i1: the paths to a namespace are not marked as hidden", make: func(r *rig) {
		const dir = "pci0000:3a/0000:3b:00.0/nvme/nvme0"
		r.nvmeController("nvme0", dir, map[string]string{"serial": "SN0", "model": "BEE", "subsysnqn": "nqn.0"})
		r.text("sys/devices/virtual/nvme-subsystem/nvme-subsys0/serial", "SN0")
		r.disk(rigDisk{name: "nvme0c0n1", at: dir, bytes: terabyte}, nil)
		r.disk(rigDisk{name: "nvme0n1", at: "virtual/nvme-subsystem/nvme-subsys0", bytes: terabyte}, &lsblkNode{Tran: "nvme", Serial: "SN0"})
		r.link("sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1/device", "../../nvme-subsys0")
	}},
	{name: "nvme-twice: kernel 3.13 without a class of NVMe controllers", make: func(r *rig) {
		for i := range 2 {
			name := fmt.Sprintf("nvme%dn1", i)
			r.disk(rigDisk{name: name, at: fmt.Sprintf("pci0000:40/0000:4%d:00.0/block", i), bytes: terabyte}, &lsblkNode{})
			r.smartctl(fmt.Sprint("/dev/nvme", i), "nvme", true, nvmeDrive("BEE", fmt.Sprint("SN", i), terabyte, 0, 0))
		}
	}},
	{name: "nvme-twice: two drives with one serial number and no NQN", make: func(r *rig) {
		for i := range 2 {
			dir := fmt.Sprintf("pci0000:3a/0000:3%d:00.0/nvme/nvme%d", i, i)
			r.nvmeController(fmt.Sprint("nvme", i), dir, map[string]string{"serial": "0000000000000001X", "model": "BEE"})
			r.disk(rigDisk{name: fmt.Sprintf("nvme%dn1", i), at: dir, bytes: terabyte}, &lsblkNode{Tran: "nvme", Serial: "0000000000000001X"})
			r.smartctl(fmt.Sprint("/dev/nvme", i), "nvme", true, nvmeDrive("BEE", "0000000000000001X", terabyte, 0, 5*i))
		}
	}},
	{name: "nvme-twice: two subsystems with one serial number, and one with two ports", make: func(r *rig) {
		for i, subsystem := range []int{0, 1, 2, 2} {
			dir := fmt.Sprintf("pci0000:3a/0000:3%d:00.0/nvme/nvme%d", i, i)
			serial := "SAME"
			if subsystem == 2 {
				serial = "DUAL"
			}
			r.nvmeController(fmt.Sprint("nvme", i), dir, map[string]string{"serial": serial, "model": "BEE"})
			at := fmt.Sprint("virtual/nvme-subsystem/nvme-subsys", subsystem)
			r.link(fmt.Sprintf("sys/devices/%s/nvme%d", at, i), "../../../"+dir)
			if i == 3 {
				continue
			}
			r.text("sys/devices/"+at+"/serial", "%s", serial)
			r.disk(rigDisk{name: fmt.Sprintf("nvme%dn1", subsystem), at: at, bytes: terabyte}, &lsblkNode{Tran: "nvme", Serial: serial})
			r.link(fmt.Sprintf("sys/devices/%s/nvme%dn1/device", at, subsystem), fmt.Sprint("../../nvme-subsys", subsystem))
		}
	}},
	{name: "i11: two actuators by two paths", make: func(r *rig) {
		for i := range 4 {
			lun, side := i%2, i/2
			if side == 1 {
				lun = 1 - lun // found in the other order
			}
			name, wwn := diskName(i), fmt.Sprintf("6000c500d0000000000%d000000000000", lun)
			r.disk(rigDisk{name: name, at: scsi("0000:18:00.0", fmt.Sprintf("1:0:%d:%d", side, lun), fmt.Sprintf("port-1:%d/end_device-1:%d", side, side)), bytes: 7000259821568, vendor: "SEAGATE", model: "ST14000NM0081", wwid: "naa." + wwn, serial: "ZKT00001", rotates: true}, &lsblkNode{Tran: "sas", Serial: "ZKT00001", WWN: "0x" + wwn})
			r.smartctl("/dev/"+name, "scsi", true, sasDrive("SEAGATE", "ST14000NM0081", "ZKT00001", wwn, 7000259821568, true, 0))
		}
	}},
	{name: "i11: two actuators, the serial number from smartctl alone", make: func(r *rig) {
		for lun := range 2 {
			name, wwn := diskName(lun), fmt.Sprintf("6000c500d0000000000%d000000000000", lun)
			r.disk(rigDisk{name: name, at: scsi("0000:18:00.0", fmt.Sprintf("1:0:0:%d", lun), "port-1:0/end_device-1:0"), bytes: 7000259821568, vendor: "SEAGATE", model: "ST14000NM0081", wwid: "naa." + wwn, rotates: true}, nil)
			r.smartctl("/dev/"+name, "scsi", true, sasDrive("SEAGATE", "ST14000NM0081", "ZKT00001", wwn, 7000259821568, true, 0))
		}
	}},
	{name: "i11: volumes of an array on SAS, with the array's serial number", make: func(r *rig) {
		for lun := range 3 {
			name, wwn := diskName(lun), fmt.Sprintf("600c0ff000%d000000000000000000000", lun)
			r.disk(rigDisk{name: name, at: scsi("0000:18:00.0", fmt.Sprintf("1:0:0:%d", lun), "port-1:0/end_device-1:0"), bytes: uint64(lun+1) * terabyte / 512 * 512, vendor: "HPE", model: "MSA 2050 SAS", wwid: "naa." + wwn, serial: "ARRAY001", rotates: true}, nil)
		}
	}},
	{name: "i13: smartctl cannot open one, nvme-cli can", make: func(r *rig) {
		for i := range 2 {
			dir := fmt.Sprintf("pci0000:3a/0000:3%d:00.0/nvme/nvme%d", i, i)
			r.nvmeController(fmt.Sprint("nvme", i), dir, map[string]string{"serial": fmt.Sprint("SN", i), "model": "BEE", "transport": "pcie"})
			r.disk(rigDisk{name: fmt.Sprintf("nvme%dn1", i), at: dir, bytes: terabyte}, nil)
		}
		r.smartctl("/dev/nvme0", "nvme", true, nvmeDrive("BEE", "SN0", terabyte, 0, 0))
		r.smartctl("/dev/nvme1", "nvme", true, refused(2, "error", "Smartctl open device: /dev/nvme1 failed: Resource temporarily unavailable"))
		r.run(0, map[string]any{"critical_warning": 0, "temperature": 310, "avail_spare": 3, "spare_thresh": 10, "percent_used": 7, "media_errors": 0}, "nvme", "smart-log", "/dev/nvme1", "-o", "json")
		r.run(0, map[string]any{"sn": "SN1", "mn": "BEE", "fr": "1"}, "nvme", "id-ctrl", "/dev/nvme1", "-o", "json")
	}},
	{name: "i15: parallel SCSI, and a SAS SSD that says 0", make: func(r *rig) {
		r.disk(rigDisk{name: "sda", at: scsi("0000:02:00.0", "0:0:0:0"), bytes: 73407868928, vendor: "FUJITSU", model: "MAX3073NC", rotates: true}, &lsblkNode{Rota: true})
		r.disk(rigDisk{name: "sdb", at: scsi("0000:18:00.0", "1:0:0:0", "port-1:0/end_device-1:0"), bytes: terabyte, vendor: "KIOXIA", model: "KPM61RUG960G", wwid: "naa.58ce38ee20000001", serial: "X0"}, nil)
		for name, doc := range map[string]map[string]any{"sda": sasDrive("FUJITSU", "MAX3073NC", "P1", "500000e013700001", 73407868928, true, 0), "sdb": sasDrive("KIOXIA", "KPM61RUG960G", "X0", "58ce38ee20000001", terabyte, true, 0)} {
			doc["rotation_rate"] = 0
			delete(doc, "scsi_transport_protocol")
			r.smartctl("/dev/"+name, "scsi", true, doc)
		}
	}},
	{name: "i17: Fibre Channel by two paths, an iSCSI adapter, a drive beside them", make: func(r *rig) {
		m := &lsblkNode{Name: "mpatha", Kernel: "dm-0", Type: "mpath", Size: terabyte, Children: []*lsblkNode{{Name: "vg-lv", Kernel: "dm-1", Type: "lvm", Size: terabyte}}}
		for i := range 2 {
			name := diskName(i)
			r.disk(rigDisk{name: name, at: fmt.Sprintf("pci0000:5d/0000:5e:00.%d/host%d/rport-%d:0-0/target%d:0:0/%d:0:0:1/block", i, 5+i, 5+i, 5+i, 5+i), bytes: terabyte, vendor: "PURE", model: "FlashArray", wwid: "naa.624a9370000000000000000000000001", serial: "ARRAY", rotates: false, more: map[string]string{"device/state": "running"}},
				&lsblkNode{Tran: "fc", Vendor: "PURE", Model: "FlashArray", Serial: "ARRAY", WWN: "0x624a9370000000000000000000000001", Children: []*lsblkNode{m}})
			r.smartctl("/dev/"+name, "scsi", true, sasDrive("PURE", "FlashArray", "ARRAY", "624a9370000000000000000000000001", terabyte, true, 0))
		}
		r.mapper("dm-0", "mpatha", "mpath-3624a93", terabyte, "sda", "sdb")
		r.mapper("dm-1", "vg-lv", "LVM-x", terabyte, "dm-0")
		r.disk(rigDisk{name: "sdc", at: "pci0000:00/0000:05:00.1/host9/session1/target9:0:0/9:0:0:0/block", bytes: terabyte, vendor: "EQLOGIC", model: "100E-00"}, &lsblkNode{Tran: "iscsi"})
		r.sata(0, "sdd", "BEE SSD", "naa.5000c50000000101", "SN1")
	}},
	{name: "i17: media of BMCs of several makers, with a medium in them", make: func(r *rig) {
		for i, vm := range [][2]string{{"Linux", "File-Stor Gadget"}, {"iDRAC", "Virtual Floppy"}, {"Insyde", "Virtual HDisk"}, {"AMI", "Virtual Floppy0"}, {"HP iLO", "Virtual USB Key"}} {
			r.disk(rigDisk{name: diskName(i), at: scsi("0000:00:14.0", fmt.Sprintf("%d:0:0:0", 6+i), fmt.Sprintf("usb1/1-14/1-14.%d/1-14.%d:1.0", i+1, i+1)), bytes: 1440 << 10, vendor: vm[0], model: vm[1], removable: true},
				&lsblkNode{Tran: "usb", Vendor: vm[0], Model: vm[1]})
		}
	}},
	{name: "i4: SCSI disks that the kernel makes up", make: func(r *rig) {
		r.disk(rigDisk{name: "sda", at: "pseudo_0/adapter0/host3/target3:0:0/3:0:0:0/block", bytes: 8 << 20, vendor: "Linux", model: "scsi_debug", serial: "2000"}, &lsblkNode{Vendor: "Linux", Model: "scsi_debug", Serial: "2000"})
		r.disk(rigDisk{name: "sdb", at: "tcm_loop_0/tcm_loop_adapter_0/host4/target4:0:1/4:0:1:0/block", bytes: 8 << 20, vendor: "LIO-ORG", model: "block"}, &lsblkNode{Vendor: "LIO-ORG", Model: "block"})
		r.disk(rigDisk{name: "pmem0", at: "LNXSYSTM:00/LNXSYBUS:00/ACPI0012:00/ndbus0/region0/namespace0.0/block", bytes: 128 << 30}, &lsblkNode{})
		for _, name := range []string{"zram0", "nullb0", "loop0", "ram0", "nbd0"} {
			r.disk(rigDisk{name: name, at: "virtual/block", bytes: 8 << 20}, &lsblkNode{})
		}
		r.sata(0, "sdc", "BEE SSD", "naa.5000c50000000101", "SN1")
	}},
	{name: "i4c: UFS, with its boot areas", make: func(r *rig) {
		const host = "pci0000:00/0000:00:12.7/host0"
		r.link("sys/class/scsi_host/host0", "../../devices/"+host+"/scsi_host/host0")
		r.text("sys/devices/"+host+"/scsi_host/host0/proc_name", "ufshcd")
		for lun, bytes := range []uint64{127 << 30, 4 << 20, 4 << 20} {
			r.disk(rigDisk{name: diskName(lun), at: fmt.Sprintf("%s/target0:0:0/0:0:0:%d/block", host, lun), bytes: bytes, vendor: "SAMSUNG", model: "KLUDG4UHDC-B0E1"}, &lsblkNode{Vendor: "SAMSUNG", Model: "KLUDG4UHDC-B0E1"})
		}
	}},
	{name: "i2: three SSDs of one batch with one name, without smartctl", make: func(r *rig) {
		for i := range 3 {
			name := diskName(i)
			r.disk(rigDisk{name: name, at: scsi("0000:00:17.0", fmt.Sprintf("%d:0:0:0", i), fmt.Sprintf("ata%d", i+1)), bytes: terabyte, vendor: "ATA", model: "SATA SSD", wwid: "naa.5002b2a000000001"},
				&lsblkNode{Tran: "sata", Model: "SATA SSD", Serial: fmt.Sprint("AA", i), WWN: "0x5002b2a000000001"})
		}
	}},
	{name: "i2: one name on two ports, and one of the two silent", make: func(r *rig) {
		r.sata(0, "sda", "SATA SSD", "naa.5002b2a000000001", "AA1")
		r.sata(1, "sdb", "SATA SSD", "naa.5002b2a000000001", "")
		r.smartctl("/dev/sda", "sat", true, ataDrive("SATA SSD", "AA1", 0, terabyte, true))
		r.smartctl("/dev/sdb", "sat", true, refused(2, "error", "Read Device Identity failed: Input/output error"))
	}},
	{name: "i2: placeholder names on SAS", make: func(r *rig) {
		for i, wwid := range []string{"naa.5000000000000000", "naa.5000000000000000", "naa.ffffffffffffffff", "naa.ffffffffffffffff", "naa.0123456789abcdef", "naa.0123456789abcdef"} {
			r.disk(rigDisk{name: diskName(i), at: scsi("0000:18:00.0", fmt.Sprintf("1:0:%d:0", i), fmt.Sprintf("port-1:%d/end_device-1:%d", i, i)), bytes: terabyte, vendor: "BEE", model: "SAS", wwid: wwid, rotates: true}, nil)
		}
	}},
	{name: "i5: paths of which one tells nothing, and a map over them", make: func(r *rig) {
		for i, serial := range []string{"SN1", ""} {
			wwid := ""
			if i == 0 {
				wwid = "naa.5000c50000000100"
			}
			r.disk(rigDisk{name: diskName(i), at: scsi("0000:18:00.0", fmt.Sprintf("1:0:%d:0", i), fmt.Sprintf("port-1:%d/end_device-1:%d", i, i)), bytes: terabyte, vendor: "SEAGATE", model: "ST4000NM0043", wwid: wwid, serial: serial, rotates: true, more: map[string]string{"device/state": "running"}}, nil)
		}
		r.mapper("dm-0", "mpatha", "mpath-35000c50000000100", terabyte, "sda", "sdb")
	}},
	{name: "i2: a map over two SSDs of a batch that share a name", make: func(r *rig) {
		r.sata(0, "sda", "SATA SSD", "naa.5002b2a000000001", "AA1")
		r.sata(1, "sdb", "SATA SSD", "naa.5002b2a000000001", "AA2")
		r.mapper("dm-0", "mpatha", "mpath-35002b2a000000001", terabyte, "sda", "sdb")
	}},
	{name: "smartctl cut in the middle, behind the drive's word on itself", make: func(r *rig) {
		r.sata(0, "sda", "BEE HDD", "naa.5000c50000000101", "SN1")
		r.scan = []map[string]string{{"name": "/dev/sda", "type": "sat"}}
		r.run(0, `{"json_format_version":[1,0],"smartctl":{"version":[7,4],"exit_status":0},"device":{"name":"/dev/sda","type":"sat","protocol":"ATA"},"model_name":"BEE HDD","serial_number":"SN1","smart_support":{"available":true,"enabled":true},"smart_status":{"passed":true},"ata_smart_attributes":{"table":[{"id":5,"name":"Realloc`, "smartctl", "-x", "-j", "-d", "sat", "/dev/sda")
	}},
	{name: "i5: partitions of a map, by sysfs alone", make: func(r *rig) {
		for i := range 2 {
			r.disk(rigDisk{name: diskName(i), at: scsi("0000:18:00.0", fmt.Sprintf("1:0:%d:0", i), fmt.Sprintf("port-1:%d/end_device-1:%d", i, i)), bytes: terabyte, vendor: "SEAGATE", model: "ST4000NM0043", wwid: "naa.5000c50000000100", serial: "SN1", rotates: true, more: map[string]string{"device/state": "running"}}, nil)
		}
		r.mapper("dm-0", "mpatha", "mpath-35000c50000000100", terabyte, "sda", "sdb")
		r.mapper("dm-1", "mpatha1", "part1-mpath-35000c50000000100", terabyte/2, "dm-0")
		r.mapper("dm-2", "vg-lv", "LVM-abc", terabyte/4, "dm-1")
	}},
	{name: "i5: partitions of a map, by lsblk alone", make: func(r *rig) {
		m := &lsblkNode{Name: "mpatha", Kernel: "dm-0", Type: "mpath", Size: terabyte, Children: []*lsblkNode{
			{Name: "mpatha1", Kernel: "dm-1", Type: "part", Size: terabyte / 2, Children: []*lsblkNode{{Name: "vg-lv", Kernel: "dm-2", Type: "lvm", Size: terabyte / 4}}}}}
		for i := range 2 {
			r.lsblk = append(r.lsblk, &lsblkNode{Name: diskName(i), Kernel: diskName(i), Type: "disk", Size: terabyte, Tran: "sas", Serial: "SN1", WWN: "0x5000c50000000100", Children: []*lsblkNode{m}})
		}
	}},
	{name: "i17: Fibre Channel, iSCSI and made-up disks, from lsblk alone", make: func(r *rig) {
		for i, d := range []lsblkNode{{Tran: "fc", Vendor: "PURE", Model: "FlashArray"}, {Tran: "iscsi", Vendor: "LIO-ORG"}, {Name: "pmem0"}, {Name: "nullb0"}, {Name: "zd0"}, {Tran: "sata", Model: "BEE SSD", Serial: "SN1"}} {
			if d.Name == "" {
				d.Name = diskName(i)
			}
			d.Kernel, d.Type, d.Size = d.Name, "disk", terabyte
			r.lsblk = append(r.lsblk, &d)
		}
	}},
	{name: "no-medium: a floppy drive of the firmware's, and firmware RAID", make: func(r *rig) {
		r.disk(rigDisk{name: "fd0", at: "platform/floppy.0/block", bytes: 4096, removable: true}, &lsblkNode{})
		for i := range 2 {
			r.sata(i, diskName(i), "BEE HDD", fmt.Sprintf("naa.5000c5000000010%d", i), fmt.Sprint("SN", i))
		}
		r.mapper("dm-0", "isw_bee_Volume0", "DMRAID-isw_bee_Volume0", terabyte, "sda", "sdb")
	}},
	{name: "i20: short names of volumes, from lsblk alone", make: func(r *rig) {
		r.lsblk = []*lsblkNode{
			{Name: "sda", Kernel: "sda", Type: "disk", Size: terabyte, Vendor: "HPE", Model: "LOGICAL VOLUME", Serial: "CTL1", WWN: "0x600508b1001c0000"},
			{Name: "sdb", Kernel: "sdb", Type: "disk", Size: 2 * terabyte, Vendor: "HPE", Model: "LOGICAL VOLUME", Serial: "CTL1", WWN: "0x600508b1001c0000"},
		}
	}},
	{name: "i22: bridges for NVMe of three makers", make: func(r *rig) {
		for i, kind := range []string{"sntjmicron", "sntasmedia", "sntrealtek"} {
			name := diskName(i)
			r.disk(rigDisk{name: name, at: scsi("0000:00:14.0", fmt.Sprintf("%d:0:0:0", 2+i), fmt.Sprintf("usb2/2-%d/2-%d:1.0", i+1, i+1)), bytes: terabyte, vendor: "Bridge", model: "NVME"}, &lsblkNode{Tran: "usb"})
			r.text(fmt.Sprintf("sys/devices/pci0000:00/0000:00:14.0/usb2/2-%d/idVendor", i+1), "0bda")
			r.text(fmt.Sprintf("sys/devices/pci0000:00/0000:00:14.0/usb2/2-%d/serial", i+1), "012345678999")
			doc := nvmeDrive("BEE", fmt.Sprint("SN", i), terabyte, 0, 0)
			doc["device"] = map[string]any{"type": kind, "protocol": "NVMe"}
			r.smartctl("/dev/"+name, kind, true, doc)
		}
	}},
	{name: "i22: a SATA disk behind a bridge that smartctl takes for NVMe", make: func(r *rig) {
		r.disk(rigDisk{name: "sda", at: scsi("0000:00:14.0", "2:0:0:0", "usb2/2-1/2-1:1.0"), bytes: terabyte, vendor: "Realtek", model: "RTL9210B-CG"}, &lsblkNode{Tran: "usb"})
		r.smartctl("/dev/sda", "sntrealtek", true, refused(2, "error", "Read NVMe Identify Controller failed: scsi error unsupported scsi opcode"))
		r.smartctl("/dev/sda", "sat", false, ataDrive("BEE SSD", "SN1", 1, terabyte, false))
	}},
	{name: "i22: a bridge that answers for itself", make: func(r *rig) {
		r.disk(rigDisk{name: "sda", at: scsi("0000:00:14.0", "2:0:0:0", "usb2/2-1/2-1:1.0"), bytes: terabyte, vendor: "Initio", model: "INIC-1618L"}, &lsblkNode{Tran: "usb"})
		bridge := sasDrive("Initio", "INIC-1618L", "BRIDGE", "3000000000000001", terabyte, true, 0)
		r.smartctl("/dev/sda", "scsi", true, bridge)
		r.smartctl("/dev/sda", "sat", false, ataDrive("BEE SSD", "SN1", 1, terabyte, true))
	}},
	{name: "i22: nothing gets through the bridge", make: func(r *rig) {
		r.disk(rigDisk{name: "sda", at: scsi("0000:00:14.0", "2:0:0:0", "usb2/2-1/2-1:1.0"), bytes: terabyte, vendor: "Cypress", model: "AT2LP"}, &lsblkNode{Tran: "usb"})
		r.smartctl("/dev/sda", "usbcypress", true, refused(2, "error", "Read Device Identity failed: Connection timed out"))
		r.smartctl("/dev/sda", "sat", false, refused(2, "error", "Read Device Identity failed: scsi error unsupported scsi opcode"))
	}},
	{name: "i23: native multipath here and over RDMA; a target passes on the serial number", make: func(r *rig) {
		r.nvmeController("nvme0", "pci0000:e0/0000:e1:00.0/nvme/nvme0", map[string]string{"serial": "SN0", "model": "BEE", "transport": "pcie", "subsysnqn": "nqn.local"})
		r.nvmeController("nvme1", "virtual/nvme-fabrics/ctl/nvme1", map[string]string{"serial": "SN0", "model": "BEE", "transport": "rdma", "subsysnqn": "nqn.target"})
		for i, nqn := range []string{"nqn.local", "nqn.target"} {
			at := fmt.Sprint("virtual/nvme-subsystem/nvme-subsys", i)
			r.text("sys/devices/"+at+"/serial", "SN0")
			r.text("sys/devices/"+at+"/subsysnqn", "%s", nqn)
			r.disk(rigDisk{name: fmt.Sprintf("nvme%dn1", i), at: at, bytes: terabyte}, &lsblkNode{Tran: "nvme", Serial: "SN0"})
			r.link(fmt.Sprintf("sys/devices/%s/nvme%dn1/device", at, i), fmt.Sprint("../../nvme-subsys", i))
			r.smartctl(fmt.Sprint("/dev/nvme", i), "nvme", true, nvmeDrive("BEE", "SN0", terabyte, 0, 0))
		}
	}},
	{name: "i24: names for serial numbers, as old udev gives them", make: func(r *rig) {
		for i, serial := range []string{"35000c50062400001", "5000C50062400011", "0x5000c50062400021"} {
			wwn := fmt.Sprintf("0x5000c500624000%d1", i)
			if i == 2 {
				wwn = ""
			}
			r.disk(rigDisk{name: diskName(i), at: scsi("0000:18:00.0", fmt.Sprintf("1:0:%d:0", i), fmt.Sprintf("port-1:%d/end_device-1:%d", i, i)), bytes: terabyte, vendor: "SEAGATE", model: "ST4000NM0043", rotates: true},
				&lsblkNode{Tran: "sas", Vendor: "SEAGATE", Model: "ST4000NM0043", Serial: serial, WWN: wwn})
		}
	}},
	{name: "i3: enclosures of one make, each with the maker's serial number", make: func(r *rig) {
		for i := range 4 {
			name := diskName(i)
			r.disk(rigDisk{name: name, at: scsi("0000:00:14.0", fmt.Sprintf("%d:0:0:0", 2+i), fmt.Sprintf("usb2/2-1/2-1.%d/2-1.%d:1.0", i+1, i+1)), bytes: terabyte, vendor: "JMicron", model: "Generic"}, &lsblkNode{Tran: "usb", Vendor: "JMicron", Model: "Generic", Serial: "DB9876543214A"})
			r.text(fmt.Sprintf("sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1.%d/idVendor", i+1), "152d")
			r.text(fmt.Sprintf("sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1.%d/serial", i+1), "DB9876543214A")
		}
	}},
	{name: "i3: a reader with two cards, and an empty slot", make: func(r *rig) {
		for i, bytes := range []uint64{32 << 30, 0, 64 << 30} {
			r.disk(rigDisk{name: diskName(i), at: scsi("0000:00:14.0", fmt.Sprintf("2:0:0:%d", i), "usb2/2-1/2-1:1.0"), bytes: bytes, vendor: "Generic", model: "SD/MMC", removable: true}, &lsblkNode{Tran: "usb", Serial: "058F63666485"})
		}
		r.text("sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/idVendor", "058f")
		r.text("sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/serial", "058F63666485")
	}},
	{name: "same-serial: one model, one size, from lsblk alone", make: func(r *rig) {
		for _, name := range []string{"sda", "sdb"} {
			r.lsblk = append(r.lsblk, &lsblkNode{Name: name, Kernel: name, Type: "disk", Size: terabyte, Tran: "usb", Vendor: "ACME", Model: "DISK", Serial: "BRIDGE0001"})
		}
	}},
	{name: "r01: volumes of makers that no list holds, and of boot cards", make: func(r *rig) {
		r.adapter("0000:3b:00.0", "host0", "megaraid_sas")
		r.disk(rigDisk{name: "sda", at: scsi("0000:3b:00.0", "0:2:0:0"), bytes: terabyte, vendor: "HUAWEI", model: "SR450C-M", rotates: true}, &lsblkNode{Vendor: "HUAWEI", Model: "SR450C-M", Serial: "00aa"})
		r.disk(rigDisk{name: "sdb", at: scsi("0000:3b:00.0", "0:0:4:0"), bytes: terabyte, vendor: "SEAGATE", model: "ST1200MM0099", wwid: "naa.5000c50000000101", serial: "WFK00001", rotates: true}, &lsblkNode{Vendor: "SEAGATE", Model: "ST1200MM0099", Serial: "WFK00001"})
		r.disk(rigDisk{name: "sdc", at: scsi("0000:86:00.0", "6:0:0:0", "ata9"), bytes: 480103981056, vendor: "ATA", model: "DELLBOSS VD", rotates: false}, &lsblkNode{Tran: "sata", Model: "DELLBOSS VD", Serial: "boss0001"})
		r.smartctl("/dev/sdc", "sat", true, ataDrive("DELLBOSS VD", "boss0001", 0, 480103981056, true))
	}},
	{name: "r01: a volume of which sysfs tells neither vendor nor model", make: func(r *rig) {
		r.disk(rigDisk{name: "sda", at: scsi("0000:3b:00.0", "0:0:0:0"), bytes: terabyte, rotates: true}, &lsblkNode{Vendor: "DELL", Model: "PERC H330 Mini", Serial: "0071605f", WWN: "0x6d09466000000001"})
		r.disk(rigDisk{name: "sdb", at: scsi("0000:3b:00.0", "0:0:1:0"), bytes: terabyte, rotates: true}, nil)
		r.smartctl("/dev/sdb", "scsi", true, sasDrive("DELL", "PERC H330 Mini", "0071605f", "6d09466000000002", terabyte, true, 0))
	}},
	{name: "r01: a volume that smartctl alone names", make: func(r *rig) {
		r.smartctl("/dev/sda", "scsi", true, sasDrive("LSI", "MR9271-8i", "0071605f", "600605b000000001", terabyte, true, 0))
		r.smartctl("/dev/bus/0", "megaraid,8", true, sasDrive("SEAGATE", "ST4000NM0043", "SN1", "5000c50000000100", terabyte, true, 0))
	}},
	{name: "i23: a subsystem of which only the links are known", make: func(r *rig) {
		r.nvmeController("nvme5", "virtual/nvme-fabrics/ctl/nvme5", map[string]string{"transport": "tcp"})
		r.link("sys/devices/virtual/nvme-subsystem/nvme-subsys5/nvme5", "../../nvme-fabrics/ctl/nvme5")
		r.disk(rigDisk{name: "nvme5n1", at: "virtual/nvme-subsystem/nvme-subsys5", bytes: terabyte}, &lsblkNode{Tran: "nvme"})
	}},
	{name: "sata-called-sas: no vendor, but the page of the ATA drive; NVMe behind a tri-mode adapter", make: func(r *rig) {
		r.adapter("0000:18:00.0", "host1", "mpt3sas")
		r.disk(rigDisk{name: "sda", at: scsi("0000:18:00.0", "1:0:0:0", "port-1:0/end_device-1:0"), bytes: terabyte, model: "HUS728T8TALE6L4", wwid: "naa.5000cca2575c1d12", rotates: true, more: map[string]string{"device/vpd_pg89": "x"}}, nil)
		r.disk(rigDisk{name: "sdb", at: scsi("0000:18:00.0", "1:2:0:0"), bytes: terabyte, vendor: "NVMe", model: "SAMSUNG MZQL2960", wwid: "naa.6000000000000000002538b100000001", serial: "S64000001"}, &lsblkNode{Vendor: "NVMe", Model: "SAMSUNG MZQL2960HCJR-00A07", Serial: "S64000001"})
	}},
	{name: "i9: asleep, as smartctl of old and new says it", make: func(r *rig) {
		r.sata(0, "sda", "BEE HDD", "naa.5000c50000000101", "SN1")
		r.sata(1, "sdb", "BEE HDD", "naa.5000c50000000201", "SN2")
		r.smartctl("/dev/sda", "sat", true, refused(2, "information", "Device is in SLEEP mode, exit(2)"))
		r.smartctl("/dev/sdb", "sat", true, refused(2, "information", "Device is in STANDBY mode, exit(2)"))
	}},
	{name: "i9: text of a smartctl without JSON", make: func(r *rig) {
		r.sata(0, "sda", "BEE HDD", "naa.5000c50000000101", "SN1")
		r.run(1, "smartctl 6.6\n=======> UNRECOGNIZED OPTION: j\n", "smartctl", "--scan-open", "-j")
		r.run(0, "/dev/sda -d sat # /dev/sda [SAT], ATA device\n", "smartctl", "--scan-open")
		r.run(2, "smartctl 6.6 2016-05-31 r4324 [x86_64-linux] (local build)\n\nDevice is in STANDBY mode, exit(2)\n", "smartctl", "-x", "-d", "sat", "/dev/sda")
	}},
	{name: "i18: an NVMe drive and a SAS drive that answer with an I/O error", make: func(r *rig) {
		const dir = "pci0000:3a/0000:3b:00.0/nvme/nvme0"
		r.nvmeController("nvme0", dir, map[string]string{"serial": "SN0", "model": "BEE", "transport": "pcie"})
		r.disk(rigDisk{name: "nvme0n1", at: dir, bytes: terabyte}, nil)
		r.disk(rigDisk{name: "sda", at: scsi("0000:18:00.0", "1:0:0:0", "port-1:0/end_device-1:0"), bytes: terabyte, vendor: "SEAGATE", model: "ST4000NM0043", serial: "Z1", rotates: true}, nil)
		r.smartctl("/dev/nvme0", "nvme", true, refused(2, "error", "Read NVMe Identify Controller failed: NVME_IOCTL_ADMIN_CMD: Input/output error"))
		r.smartctl("/dev/sda", "scsi", true, refused(2, "error", "Smartctl open device: /dev/sda failed: INQUIRY failed: Input/output error"))
	}},
	{name: "i19: ssacli and smartctl of the same drives, which they name by the port and by the drive", make: func(r *rig) {
		r.adapter("0000:5c:00.0", "host0", "hpsa")
		r.disk(rigDisk{name: "sda", at: scsi("0000:5c:00.0", "0:1:0:0"), bytes: terabyte, vendor: "HP", model: "LOGICAL VOLUME", wwid: "naa.600508b1001c00000000000000000001"}, &lsblkNode{})
		r.scan = []map[string]string{}
		text := "\nSmart Array P440ar in Slot 0 (Embedded)\n   Slot: 0\n   Serial Number: CTL1\n   Controller Status: OK\n   PCI Address (Domain:Bus:Device.Function): 0000:5C:00.0\n\n   Array: A\n\n      Logical Drive: 1\n         Fault Tolerance: 1\n         Status: OK\n         Unique Identifier: 600508B1001C00000000000000000001\n         Disk Name: /dev/sda\n\n"
		for i, drive := range []struct{ kind, serial, wwid string }{{"SAS", "S0M0BEE1", "5000C50000000101"}, {"SATA", "BEESATA00002", "31402EC001D92986"}} {
			text += fmt.Sprintf("      physicaldrive 1I:1:%d\n         Port: 1I\n         Box: 1\n         Bay: %d\n         Status: OK\n         Drive Type: Data Drive\n         Interface Type: %s\n         Size: 1 TB\n         Serial Number: %s\n         WWID: %s\n         Model: BEE DRIVE\n\n", i+1, i+1, drive.kind, drive.serial, drive.wwid)
		}
		r.run(0, text, "ssacli", "ctrl", "all", "show", "config", "detail")
		r.smartctl("/dev/sda", "cciss,0", false, sasDrive("HP", "BEE DRIVE", "S0M0BEE1", "5000c50000000100", terabyte, true, 0))
		r.smartctl("/dev/sda", "cciss,1", false, ataDrive("BEE DRIVE", "BEESATA00002", 512, terabyte, false))
		for n := 2; n < 8; n++ {
			r.smartctl("/dev/sda", fmt.Sprintf("cciss,%d", n), false, refused(2, "error", "Smartctl open device: /dev/sda failed: No such device"))
		}
	}},
	{name: "i19: a Smart Array of a kernel before hpsa", make: func(r *rig) {
		r.disk(rigDisk{name: "cciss!c0d0", at: "pci0000:00/0000:06:00.0/cciss0/c0d0/block", bytes: terabyte, vendor: "HP", model: "LOGICAL VOLUME", rotates: true}, &lsblkNode{})
		r.scan = []map[string]string{}
		r.smartctl("/dev/cciss/c0d0", "cciss,0", false, sasDrive("HP", "DG146BB976", "S1", "5000c50000000100", 146815733760, true, 0))
	}},
	{name: "i19: a Smart Array of Microchip, whose drives are not passed on", make: func(r *rig) {
		r.adapter("0000:5c:00.0", "host1", "smartpqi")
		r.disk(rigDisk{name: "sda", at: scsi("0000:5c:00.0", "1:1:0:0"), bytes: terabyte, vendor: "Adaptec", model: "LogicalDrv 0", wwid: "naa.6000000000000000000000000000beef"}, &lsblkNode{Vendor: "Adaptec", Model: "LogicalDrv 0"})
		r.scan = []map[string]string{{"name": "/dev/sda", "type": "scsi"}}
		for n := range 8 {
			r.smartctl("/dev/sda", fmt.Sprintf("cciss,%d", n), false, refused(2, "error", "Smartctl open device: /dev/sda [cciss_disk_00] [SCSI/SAT] failed: No such device"))
		}
	}},
	{name: "lsblk cut in the middle, with numbers as texts", make: func(r *rig) {
		r.sata(0, "sda", "BEE HDD", "naa.5000c50000000101", "SN1")
		r.sata(1, "sdb", "BEE HDD", "naa.5000c50000000201", "SN2")
		r.run(0, `{"blockdevices": [{"name":"sda","kname":"sda","type":"disk","size":"1000204886016","tran":"sata","rota":"1","rm":"0","mountpoints":[null]},{"name":"sdb","kname":"sd`, "lsblk", "-J", "-b", "-o", lsblkAsk)
	}},
}
