// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"cmp"
	"encoding/binary"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

const (
	sysfsBlock = "sys/block"
	sysfsNVMe  = "sys/class/nvme"
)

// addSysfs adds what the kernel says of its block devices that are hardware,
// and of its NVMe controllers.
func (list *evidenceList) addSysfs(fsys fs.FS) {
	controllers, _ := fs.ReadDir(fsys, sysfsNVMe)
	for _, entry := range controllers {
		list.addController(fsys, entry.Name())
	}
	blocks, _ := fs.ReadDir(fsys, sysfsBlock)
	for _, entry := range blocks {
		name := entry.Name()
		switch {
		case readText(fsys, path.Join(sysfsBlock, name, "hidden")) == "1": // one path of several to a namespace
		case strings.HasPrefix(name, "nvme"):
			list.addNamespace(fsys, name)
		case isDisk(fsys, name):
			list.addDisk(fsys, name)
		}
	}
}

// isDisk tells a disk from what the kernel makes up: loops, RAM disks, RAIDs
// and volumes have no device behind them.
func isDisk(fsys fs.FS, name string) bool {
	target, err := fs.ReadLink(fsys, path.Join(sysfsBlock, name))
	return err == nil && !strings.Contains(target, "/virtual/")
}

// addController adds an NVMe controller.
func (list *evidenceList) addController(fsys fs.FS, name string) {
	read := func(file string) string { return readText(fsys, path.Join(sysfsNVMe, name, file)) }
	target, _ := fs.ReadLink(fsys, path.Join(sysfsNVMe, name))
	address := cmp.Or(pciAddressIn(target), pciAddressIn(read("address")))
	serial := genuine(read("serial"))
	list.add(evidence{
		source: sourceSysfs, rank: rankSysfs,
		keys: driveKeys{controller: name, serial: serial},
		fill: func(d *Drive) {
			d.Protocol = cmp.Or(d.Protocol, "nvme")
			d.Media = cmp.Or(d.Media, "ssd")
			d.Model = cmp.Or(d.Model, genuine(read("model")))
			d.Serial = cmp.Or(d.Serial, serial)
			d.Firmware = cmp.Or(d.Firmware, genuine(read("firmware_rev")))
			d.PCIAddress = cmp.Or(d.PCIAddress, address)
			d.Paths = append(d.Paths, "/dev/"+name)
			if node, err := strconv.Atoi(read("numa_node")); err == nil && node >= 0 && d.NUMANode == nil {
				d.NUMANode = &node
			}
		},
	})
}

// addNamespace adds an NVMe namespace, a part of its controller's drive.
func (list *evidenceList) addNamespace(fsys fs.FS, name string) {
	read := func(file string) string { return readText(fsys, path.Join(sysfsBlock, name, file)) }
	ns := Namespace{
		Name: name, CapacityBytes: sectors(read("size")), BlockBytes: atoi(read("queue/logical_block_size")),
		ID: atoi(read("nsid")), EUI64: nvmeID(read("eui")), NGUID: nvmeID(read("nguid")), UUID: realUUID(read("uuid")),
	}
	list.add(evidence{
		source: sourceSysfs, rank: rankSysfs, name: name,
		keys: namespaceKeys(fsys, name),
		fill: func(d *Drive) {
			d.addNamespace(ns)
			d.Name = firstName(d.Name, name)
			d.Paths = append(d.Paths, "/dev/"+name)
			d.fillBlock(ns.CapacityBytes, ns.BlockBytes, atoi(read("queue/physical_block_size")))
		},
	})
}

// namespaceKeys ties a namespace to its controller. With native multipath it
// belongs to a subsystem, whose serial number then ties them.
func namespaceKeys(fsys fs.FS, name string) driveKeys {
	target, _ := fs.ReadLink(fsys, path.Join(sysfsBlock, name))
	parent := path.Base(path.Dir(target))
	if strings.HasPrefix(parent, "nvme-subsys") {
		return driveKeys{serial: genuine(readText(fsys, path.Join(sysfsBlock, name, "device/serial"))), shared: parent}
	}
	controller, _, _ := strings.Cut(strings.TrimPrefix(name, "nvme"), "n")
	return driveKeys{controller: "nvme" + controller}
}

// addNamespace adds a namespace, or what is new about one that is known.
func (d *Drive) addNamespace(ns Namespace) {
	for i := range d.Namespaces {
		known := &d.Namespaces[i]
		if known.Name != ns.Name && (known.ID != ns.ID || ns.ID == 0) {
			continue
		}
		known.Name = cmp.Or(known.Name, ns.Name)
		known.EUI64 = cmp.Or(known.EUI64, ns.EUI64)
		known.NGUID = cmp.Or(known.NGUID, ns.NGUID)
		known.UUID = cmp.Or(known.UUID, ns.UUID)
		known.ID = cmp.Or(known.ID, ns.ID)
		known.CapacityBytes = cmp.Or(known.CapacityBytes, ns.CapacityBytes)
		known.BlockBytes = cmp.Or(known.BlockBytes, ns.BlockBytes)
		return
	}
	d.Namespaces = append(d.Namespaces, ns)
}

// addDisk adds any other disk.
func (list *evidenceList) addDisk(fsys fs.FS, name string) {
	dir := path.Join(sysfsBlock, name)
	read := func(file string) string { return readText(fsys, path.Join(dir, file)) }
	target, _ := fs.ReadLink(fsys, dir)
	serial := genuine(cmp.Or(read("serial"), unitSerial(fsys, dir+"/device/vpd_pg80"), usbSerial(fsys, target)))
	wwn := wwnDigits(read("device/wwid"))
	list.add(evidence{
		source: sourceSysfs, rank: rankSysfs, name: name,
		keys: driveKeys{device: name, wwn: wwn, serial: serial},
		fill: func(d *Drive) {
			d.Name = firstName(d.Name, name)
			d.Paths = append(d.Paths, "/dev/"+name)
			vendor := genuine(read("device/vendor"))
			if vendor != "ATA" && !strings.HasPrefix(vendor, "0x") { // libata's, a virtio number
				d.Vendor = cmp.Or(d.Vendor, vendor)
			}
			d.Model = cmp.Or(d.Model, genuine(read("device/model")))
			d.Firmware = cmp.Or(d.Firmware, genuine(read("device/rev")))
			d.Serial = cmp.Or(d.Serial, serial)
			d.setWWN(wwn)
			d.PCIAddress = cmp.Or(d.PCIAddress, pciAddressIn(target))
			d.Protocol = cmp.Or(d.Protocol, busOf(name, target))
			d.Removable = d.Removable || read("removable") == "1"
			d.setMedia(name, read("queue/rotational"))
			if d.Media != "optical" { // its size is the disc's
				d.fillBlock(sectors(read("size")), atoi(read("queue/logical_block_size")), atoi(read("queue/physical_block_size")))
			}
		},
	})
}

// fillBlock fills the sizes that every block device has.
func (d *Drive) fillBlock(capacity uint64, logical, physical int) {
	d.CapacityBytes = cmp.Or(d.CapacityBytes, capacity)
	d.LogicalBlockBytes = cmp.Or(d.LogicalBlockBytes, logical)
	d.PhysicalBlockBytes = cmp.Or(d.PhysicalBlockBytes, physical)
}

// setMedia sets the kind of medium. The kernel calls what it knows nothing of
// rotational: only its "0" is worth something on a virtual or USB disk, and a
// rotation rate that the drive itself tells is surer.
func (d *Drive) setMedia(name, rotational string) {
	switch {
	case d.Media != "":
	case strings.HasPrefix(name, "sr"):
		d.Media = "optical"
	case rotational == "0":
		d.Media = "ssd"
	case rotational == "1" && (d.Protocol == "sata" || d.Protocol == "sas"):
		d.Media = "hdd"
	}
}

// setWWN sets the world-wide name if it is still empty.
func (d *Drive) setWWN(digits string) {
	if d.WWN == "" && digits != "" {
		d.WWN = "0x" + digits
	}
}

// busOf tells what a disk is attached by, from its place below /sys/devices.
func busOf(name, target string) string {
	switch {
	case strings.HasPrefix(name, "vd"):
		return "virtio"
	case strings.HasPrefix(name, "mmcblk"):
		return "mmc"
	case strings.Contains(target, "/usb"):
		return "usb"
	case strings.Contains(target, "/ata"):
		return "sata"
	case strings.Contains(target, "/end_device-"):
		return "sas"
	}
	return ""
}

// firstName keeps the name that sorts first: the drive's own, where several
// devices belong to it.
func firstName(a, b string) string {
	if a == "" || b != "" && compareNames(b, a) < 0 {
		return b
	}
	return a
}

// wwnDigits returns the hexadecimal digits of a world-wide name of the NAA
// kind, in lower case: "0x5000c500aabbccdd", "naa.5000c500aabbccdd". Other
// kinds of names are made of serial numbers.
func wwnDigits(name string) string {
	name = strings.ToLower(name)
	digits := strings.TrimPrefix(strings.TrimPrefix(name, "naa."), "0x")
	if len(digits) != 16 && len(digits) != 32 || strings.Trim(digits, "0123456789abcdef") != "" || strings.Trim(digits, "0") == "" {
		return ""
	}
	return digits
}

// nvmeID returns the digits of an EUI-64 or NGUID, which the kernel prints
// with blanks or dashes between the bytes; "" if they are all zero.
func nvmeID(text string) string {
	digits := strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(text))
	if strings.Trim(digits, "0") == "" {
		return ""
	}
	return digits
}

// unitSerial reads a SCSI unit serial number page (SPC-6, section 7.7.23).
func unitSerial(fsys fs.FS, name string) string {
	page, err := fs.ReadFile(fsys, name)
	if err != nil || len(page) < 4 {
		return ""
	}
	n := min(int(binary.BigEndian.Uint16(page[2:])), len(page)-4)
	return strings.TrimSpace(strings.ToValidUTF8(strings.Trim(string(page[4:4+n]), "\x00"), ""))
}

// usbSerial returns the serial number of the USB device that a disk is on: the
// nearest directory above the disk that describes one.
func usbSerial(fsys fs.FS, target string) string {
	if !strings.Contains(target, "/usb") {
		return ""
	}
	for dir := path.Join(sysfsBlock, target); strings.Contains(dir, "/usb"); dir = path.Dir(dir) {
		if readText(fsys, dir+"/idVendor") != "" {
			return readText(fsys, dir+"/serial")
		}
	}
	return ""
}

// sectors reads a number of sectors, which the kernel counts in 512 bytes.
func sectors(text string) uint64 {
	n, err := strconv.ParseUint(text, 10, 54)
	if err != nil {
		return 0
	}
	return n << 9
}

// atoi reads a number, 0 if it is none.
func atoi(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
