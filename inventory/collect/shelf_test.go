// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/mchus/bee/inventory/report"
)

// file adds a file of a made-up sysfs.
func file(fsys fstest.MapFS, name, text string) { fsys[name] = &fstest.MapFile{Data: []byte(text)} }

// link adds a link.
func link(fsys fstest.MapFS, name, target string) {
	fsys[name] = &fstest.MapFile{Data: []byte(target), Mode: fs.ModeSymlink | 0o777}
}

// A shelf of 60 SAS drives, each with a path by either of its two expanders.
func TestShelfOfTwoPaths(t *testing.T) {
	fsys := make(fstest.MapFS)
	for i := range 120 {
		drive, name := i%60, fmt.Sprintf("sd%c%c", 'a'+i/26, 'a'+i%26)
		dir := fmt.Sprintf("devices/pci0000:17/0000:18:00.0/host1/port-1:%d/expander-1:%d/port-1:%d:%d/end_device-1:%d:%d/target1:0:%d/1:0:%d:0/block/%s", i/60, i/60, i/60, drive, i/60, drive, i, i, name)
		link(fsys, "sys/block/"+name, "../"+dir)
		for f, text := range map[string]string{
			"size": "35156656128\n", "queue/rotational": "1\n", "device/vendor": "SEAGATE\n", "device/model": "ST18000NM004J\n",
			"device/wwid": fmt.Sprintf("naa.5000c5000000%04x\n", drive), "device/vpd_pg80": fmt.Sprintf("\x00\x80\x00\x08ZR5%05d", drive),
		} {
			file(fsys, "sys/"+dir+"/"+f, text)
		}
	}
	const shelf = "devices/pci0000:17/0000:18:00.0/host1/port-1:0/1:0:200:0/enclosure/1:0:200:0"
	link(fsys, "sys/class/scsi_host/host1", "../../devices/pci0000:17/0000:18:00.0/host1/scsi_host/host1")
	link(fsys, "sys/class/enclosure/1:0:200:0", "../../"+shelf)
	file(fsys, "sys/"+shelf+"/components", "60\n")
	file(fsys, "sys/"+shelf+"/Slot07/slot", "7\n")
	link(fsys, "sys/"+shelf+"/Slot07/device", "../../../../1:0:3:0")
	file(fsys, "sys/"+shelf+"/Slot08/slot", "8\n")
	b := readBlocks(fsys)
	if len(b.adapters) != 1 || len(b.adapters[0].Enclosures) != 1 || b.adapters[0].Enclosures[0].Slots != 60 || b.adapters[0].Enclosures[0].Filled != 1 {
		t.Errorf("controllers = %+v", b.adapters)
	}
	drives := b.joined(t, 60)
	if drives[3].Slot != "7" || drives[3].Enclosure != "enclosure:1:0:200:0" || drives[4].Slot != "" {
		t.Errorf("drive 3 is in %q of %q", drives[3].Slot, drives[3].Enclosure)
	}
	for i, d := range drives {
		if len(d.Paths) != 2 || d.CapacityBytes != 18000207937536 || d.Protocol != "sas" || d.Media != "hdd" || d.Units != nil || d.Apart != nil || d.Serial != fmt.Sprintf("ZR5%05d", i) {
			t.Errorf("drive %d = %+v", i, d)
		}
	}
}

// joined joins the pieces and counts the drives.
func (b *blocks) joined(t *testing.T, want int) []report.Drive {
	t.Helper()
	drives := b.evidenceList.drives()
	if len(drives) != want {
		t.Fatalf("%d drives, want %d", len(drives), want)
	}
	return drives
}

// 24 NVMe drives with 16 namespaces each, named after their subsystems and not
// after their controllers.
func TestManyNamespaces(t *testing.T) {
	fsys := make(fstest.MapFS)
	for i := range 24 {
		dir := fmt.Sprintf("devices/pci0000:%02x/0000:%02x:00.0/nvme/nvme%d", i, i+1, i)
		link(fsys, fmt.Sprintf("sys/class/nvme/nvme%d", i), "../../"+dir)
		file(fsys, "sys/"+dir+"/serial", fmt.Sprintf("NV%02d\n", i))
		for n := range 16 {
			name := fmt.Sprintf("nvme%dn%d", 23-i, n+1)
			link(fsys, "sys/block/"+name, "../"+dir+"/"+name)
			file(fsys, "sys/"+dir+"/"+name+"/size", "2000000\n")
			file(fsys, "sys/"+dir+"/"+name+"/nsid", fmt.Sprintln(n+1))
		}
	}
	for i, d := range readBlocks(fsys).joined(t, 24) {
		if len(d.Namespaces) != 16 || d.CapacityBytes != 16*2000000*512 || d.Serial != fmt.Sprintf("NV%02d", 23-i) || d.PCIAddress != fmt.Sprintf("0000:%02x:00.0", 24-i) {
			t.Errorf("drive %d: %d namespaces, %d bytes, %s at %s", i, len(d.Namespaces), d.CapacityBytes, d.Serial, d.PCIAddress)
		}
	}
}

// ZFS's volumes are no drives.
func TestZFSBox(t *testing.T) {
	fsys := make(fstest.MapFS)
	const dir = "devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda"
	link(fsys, "sys/block/sda", "../"+dir)
	file(fsys, "sys/"+dir+"/size", "8000\n")
	for i := range 8 {
		name := fmt.Sprintf("zd%d", 16*i)
		link(fsys, "sys/block/"+name, "../devices/virtual/block/"+name)
		file(fsys, "sys/devices/virtual/block/"+name+"/size", "4096\n")
	}
	b := readBlocks(fsys)
	b.joined(t, 1)
	if len(b.volumes) != 8 || b.volumes[7].Kind != "zvol" || b.volumes[7].SizeBytes != 4096*512 {
		t.Errorf("volumes = %+v", b.volumes)
	}
}
