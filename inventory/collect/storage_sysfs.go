// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"encoding/binary"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
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
	d := report.Drive{
		Protocol: "nvme", Media: "ssd", Paths: []string{"/dev/" + name},
		Model: genuine(read("model")), Serial: genuine(read("serial")), Firmware: genuine(read("firmware_rev")),
		PCIAddress: cmp.Or(pciAddressIn(target), pciAddressIn(read("address"))),
	}
	if node, err := strconv.Atoi(read("numa_node")); err == nil && node >= 0 {
		d.NUMANode = &node
	}
	list.add(evidence{source: sourceSysfs, rank: rankSysfs, drive: d, keys: driveKeys{controller: name, serial: d.Serial}})
}

// addNamespace adds an NVMe namespace, a part of its controller's drive.
func (list *evidenceList) addNamespace(fsys fs.FS, name string) {
	read := func(file string) string { return readText(fsys, path.Join(sysfsBlock, name, file)) }
	ns := report.Namespace{
		Name: name, CapacityBytes: sectors(read("size")), BlockBytes: atoi(read("queue/logical_block_size")),
		ID: atoi(read("nsid")), EUI64: nvmeID(read("eui")), NGUID: nvmeID(read("nguid")), UUID: realUUID(read("uuid")),
	}
	d := report.Drive{Paths: []string{"/dev/" + name}, Namespaces: []report.Namespace{ns}}
	setBlock(&d, ns.CapacityBytes, ns.BlockBytes, atoi(read("queue/physical_block_size")))
	list.add(evidence{source: sourceSysfs, rank: rankSysfs, name: name, drive: d, keys: namespaceKeys(fsys, name)})
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
func addNamespace(d *report.Drive, ns report.Namespace) {
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
	d := report.Drive{
		Paths: []string{"/dev/" + name}, Model: genuine(read("device/model")), Firmware: genuine(read("device/rev")),
		Serial:     genuine(cmp.Or(read("serial"), unitSerial(fsys, dir+"/device/vpd_pg80"), usbSerial(fsys, target))),
		WWN:        hexName(wwnDigits(read("device/wwid"))),
		PCIAddress: pciAddressIn(target), Protocol: busOf(name, target), Removable: read("removable") == "1",
	}
	if vendor := genuine(read("device/vendor")); !isBusName(vendor) {
		d.Vendor = vendor
	}
	d.Media = mediaOf(name, d.Protocol, read("queue/rotational"))
	d.Virtual = hypervisorOf(&d)
	if d.Media != "optical" { // its size is the disc's
		setBlock(&d, sectors(read("size")), atoi(read("queue/logical_block_size")), atoi(read("queue/physical_block_size")))
	}
	list.add(evidence{
		source: sourceSysfs, rank: rankSysfs, name: name, drive: d,
		keys: driveKeys{device: name, wwn: wwnDigits(d.WWN), serial: d.Serial},
	})
}

// isBusName tells what stands for the bus in the place of a vendor: libata's
// name and virtio's number.
func isBusName(vendor string) bool { return vendor == "ATA" || strings.HasPrefix(vendor, "0x") }

// hexName is a world-wide name as it is written.
func hexName(digits string) string {
	if digits == "" {
		return ""
	}
	return "0x" + digits
}

// setBlock sets the sizes that every block device has.
func setBlock(d *report.Drive, capacity uint64, logical, physical int) {
	d.CapacityBytes, d.LogicalBlockBytes, d.PhysicalBlockBytes = capacity, logical, physical
}

// mediaOf tells the kind of medium. The kernel calls what it knows nothing of
// rotational: only its "0" is worth something on a virtual or USB disk.
func mediaOf(name, protocol, rotational string) string {
	switch {
	case strings.HasPrefix(name, "sr"):
		return "optical"
	case rotational == "0":
		return "ssd"
	case rotational == "1" && (protocol == "sata" || protocol == "sas"):
		return "hdd"
	}
	return ""
}

// hypervisorOf recognises a disk that a hypervisor makes up: nobody can pull it
// out, and it has no health of its own.
func hypervisorOf(d *report.Drive) string {
	switch {
	case d.Protocol == "virtio", d.Protocol == "xen":
		return "hypervisor"
	case d.Vendor == "QEMU", d.Vendor == "VMware", d.Vendor == "Msft", d.Vendor == "Google", d.Vendor == "Nutanix":
		return "hypervisor"
	}
	for _, model := range []string{"QEMU HARDDISK", "VMware Virtual", "VBOX HARDDISK", "Virtual Disk", "PersistentDisk", "Amazon Elastic Block Store"} {
		if strings.HasPrefix(d.Model, model) {
			return "hypervisor"
		}
	}
	return ""
}

// busOf tells what a disk is attached by, from its place below /sys/devices.
func busOf(name, target string) string {
	switch {
	case strings.HasPrefix(name, "vd"):
		return "virtio"
	case strings.HasPrefix(name, "xvd"):
		return "xen"
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
