// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

const (
	sysfsBlock = "sys/block"
	sysfsNVMe  = "sys/class/nvme"
)

// blocks are what the kernel says of its block devices.
type blocks struct {
	evidenceList
	volumes     []report.Volume
	volumeAt    map[string]int      // by name
	layers      []layer             // volumes that the kernel makes of other block devices
	through     map[string][]string // what devices stand on that are not volumes, by the kernel's name
	turned      map[string]bool     // names of volumes that were taken for drives
	ties        []evidence          // which disks are paths to one
	seen        bool                // there is a list at all
	drives      map[string]bool     // names of block devices that are drives, or parts of one
	controllers map[string]string   // by the name of an NVMe namespace
	hosts       map[string]string   // the PCI address of a SCSI host: "host0"
	drivers     map[string]string   // its driver
	units       map[string]string   // what the logical units of one SAS target share, by the disk's name
	adapters    []report.StorageController
	adapterAt   map[string]int      // by PCI address
	layerAt     map[string]int      // by the kernel's name
	bays        map[string]bay      // by SCSI address
	usb         map[string]bool     // names of disks behind USB bridges; sticks and card readers are none
	rotating    map[string]bool     // names of disks of which the kernel says so
	bridged     map[string]bool     // names of disks whose serial number is their USB bridge's
	remote      map[string]bool     // names of NVMe controllers of other machines
	cards       map[string]string   // the PCI addresses of NVMe controllers that show a volume of drives behind them
	targets     map[string]int64    // of MegaRAID's and aacraid's volumes, by name: the numbers that their tools give them
	raidStates  map[string]string   // of volumes, in the kernel's words, by name
	subsystems  map[string][]string // the NVMe controllers in a directory of namespaces
	nvmeAt      map[string]bool     // the PCI addresses of NVMe controllers
	nvme        map[string]where    // by what an NVMe controller and its subsystem share: "nqn …", "serial …"
}

// readBlocks reads the kernel's block devices and NVMe controllers.
func readBlocks(fsys fs.FS) *blocks {
	b := &blocks{drivers: make(map[string]string), units: make(map[string]string), drives: make(map[string]bool), controllers: make(map[string]string), hosts: make(map[string]string), nvme: make(map[string]where), nvmeAt: make(map[string]bool), remote: make(map[string]bool), rotating: make(map[string]bool), bridged: make(map[string]bool), usb: make(map[string]bool), subsystems: make(map[string][]string)}
	b.readHosts(fsys)
	b.readEnclosures(fsys)
	controllers, _ := fs.ReadDir(fsys, sysfsNVMe)
	for _, entry := range controllers {
		b.addController(fsys, entry.Name())
	}
	entries, err := fs.ReadDir(fsys, sysfsBlock)
	b.seen = err == nil
	slices.SortStableFunc(entries, func(x, y fs.DirEntry) int { return compareNames(x.Name(), y.Name()) }) // a drive's first path first
	lent := lentSerials(fsys, entries)
	for _, entry := range entries {
		b.addBlock(fsys, entry.Name(), lent)
	}
	b.readPools(fsys)
	for _, tie := range b.ties {
		if b.drives[tie.keys.device] { // and no volume of an array
			b.add(tie)
		}
	}
	return b
}

// readHosts finds the controllers of the SCSI hosts.
func (b *blocks) readHosts(fsys fs.FS) {
	const hosts = "sys/class/scsi_host"
	entries, _ := fs.ReadDir(fsys, hosts)
	for _, e := range entries {
		target, _ := fs.ReadLink(fsys, path.Join(hosts, e.Name()))
		s := seatOf(target)
		b.drivers[e.Name()] = readText(fsys, path.Join(hosts, e.Name(), "proc_name"))
		if s.pci == "" {
			continue
		}
		b.hosts[e.Name()] = s.pci
		if s.usb == "" && !s.ata && b.drivers[e.Name()] != driverSRP {
			b.addAdapter(s.pci, genuine(b.drivers[e.Name()]), genuine(cmp.Or(readText(fsys, path.Join(hosts, e.Name(), "version_fw")), readText(fsys, path.Join(hosts, e.Name(), "fw_version")), readText(fsys, path.Join(hosts, e.Name(), "firmware_revision")))))
		}
	}
}

// addAdapter adds the controller that a SCSI host is, once.
func (b *blocks) addAdapter(address, driver, firmware string) {
	if _, known := b.adapterAt[address]; known {
		return
	}
	if b.adapterAt == nil {
		b.adapterAt = make(map[string]int)
	}
	b.adapterAt[address] = len(b.adapters)
	b.adapters = append(b.adapters, report.StorageController{
		ID: "controller:" + address, PCIAddress: address, Driver: driver, Firmware: firmware, Sources: []string{sourceSysfs},
	})
}

// lentSerials counts the disks on each USB device, and the USB devices with each
// serial number ("serial 0123"): the serial number of one with several disks is
// the bridge's own, and so is one that several bridges have.
func lentSerials(fsys fs.FS, entries []fs.DirEntry) map[string]int {
	disks := make(map[string]int)
	for _, entry := range entries {
		target, _ := fs.ReadLink(fsys, path.Join(sysfsBlock, entry.Name()))
		usb := seatOf(target).usb
		if usb == "" {
			continue
		}
		if disks[usb]++; disks[usb] == 1 {
			disks["serial "+usbSerial(fsys, target)]++
		}
	}
	return disks
}

// driverSRP brings disks of other machines over InfiniBand. Nothing in their path
// tells.
const driverSRP = "ib_srp"

// blockTarget returns where a block device hangs. Old kernels, and some captures
// made by hand, have a directory in place of the link; its device then tells, and
// what has none the kernel makes up.
func blockTarget(fsys fs.FS, name string) string {
	dir := path.Join(sysfsBlock, name)
	target, err := fs.ReadLink(fsys, dir)
	if err != nil {
		if target, err = fs.ReadLink(fsys, path.Join(dir, "device")); err != nil && !exists(fsys, path.Join(dir, "device")) {
			return "../devices/virtual/block/" + name
		}
	}
	return target
}

// addBlock adds a block device as what it is.
func (b *blocks) addBlock(fsys fs.FS, name string, lent map[string]int) {
	s := seatOf(blockTarget(fsys, name))
	switch {
	case b.drivers[s.host] == driverSRP:
		s.network = "srp"
	case s.sas && isArrayUnit(readText(fsys, path.Join(sysfsBlock, name, "device/wwid"))):
		s.network = "sas"
	}
	if s.host != "" && s.pci != "" {
		b.hosts[s.host] = s.pci
		if s.usb == "" && !s.ata && s.network == "" {
			b.addAdapter(s.pci, "", "")
		}
	}
	size := sectors(readText(fsys, path.Join(sysfsBlock, name, "size")))
	switch {
	case readText(fsys, path.Join(sysfsBlock, name, "hidden")) == "1", isPathOfNamespace(name): // one path of several to a namespace
		b.drives[name] = true
	case strings.HasPrefix(name, "nvme"):
		b.addNamespace(fsys, name, s)
	case s.network != "":
		b.addVolumeEntry(report.Volume{Name: name, Kind: s.network, SizeBytes: size, Paths: []string{"/dev/" + name}, Sources: []string{sourceSysfs}})
	case s.virtual && (strings.HasPrefix(name, "dm-") || strings.HasPrefix(name, "md")):
		if size > 0 {
			b.readLayer(fsys, name)
		}
	case s.virtual:
		if kind := madeUp(name); kind != "" && size > 0 {
			b.addVolumeEntry(report.Volume{Name: name, Kind: kind, SizeBytes: size, Paths: []string{"/dev/" + name}, Sources: []string{sourceSysfs}})
			b.addLayer(layer{kernel: name, volume: report.Volume{Kind: kind}, members: slavesOf(fsys, name)})
		}
	case isBootArea(name): // belongs to its eMMC
	case b.raidVolume(fsys, name, s):
		if size > 0 || s.usb == "" { // and no empty bay
			b.addVolume(fsys, name, s, size)
		}
	case isBMCMedium(fsys, name, s), isFloppy(name):
	case size == 0 && readText(fsys, path.Join(sysfsBlock, name, "removable")) == "1" && !strings.HasPrefix(name, "sr"): // a slot without a card
	default:
		b.drives[name] = true
		b.addDisk(fsys, name, s, lent)
	}
}

// isFloppy recognises a floppy drive: firmware announces it where there is none.
func isFloppy(name string) bool {
	number, ok := strings.CutPrefix(name, "fd")
	return ok && number != "" && leadingDigits(number) == number
}

// isPathOfNamespace recognises "nvme0c1n1": one of the paths to a namespace, which
// some kernels do not mark as hidden.
func isPathOfNamespace(name string) bool {
	rest, ok := strings.CutPrefix(name, "nvme")
	rest = strings.TrimLeft(rest, "0123456789")
	return ok && strings.HasPrefix(rest, "c")
}

// madeUp tells the kind of a disk that the kernel makes of others. "" is for
// what is not storage: RAM disks, loops.
func madeUp(name string) string {
	for prefix, kind := range map[string]string{"zd": "zvol", "bcache": "bcache", "drbd": "drbd", "md": "md", "rbd": "rbd", "nbd": "nbd"} {
		if number := strings.TrimPrefix(name, prefix); number != name && strings.Trim(number, "0123456789") == "" {
			return kind
		}
	}
	return ""
}

// bridgedDisks returns the names of the disks behind USB bridges.
func (b *blocks) bridgedDisks() []string { return slices.SortedFunc(maps.Keys(b.usb), compareNames) }

// isBootArea recognises the hardware partitions of an eMMC (JESD84, 6.2).
func isBootArea(name string) bool {
	rest, ok := strings.CutPrefix(name, "mmcblk")
	if !ok {
		return false
	}
	rest = strings.TrimLeft(rest, "0123456789")
	return strings.HasPrefix(rest, "boot") || strings.HasPrefix(rest, "rpmb") || strings.HasPrefix(rest, "gp")
}

// isBMCMedium recognises the disks that a BMC makes of an operator's files.
func isBMCMedium(fsys fs.FS, name string, s seat) bool {
	if s.usb == "" {
		return false
	}
	vendor, model := readText(fsys, path.Join(sysfsBlock, name, "device/vendor")), readText(fsys, path.Join(sysfsBlock, name, "device/model"))
	return isVirtualMedium(vendor, model)
}

func isVirtualMedium(vendor, model string) bool {
	switch model = spaced(model); {
	case strings.HasPrefix(model, "Virtual "), strings.HasPrefix(vendor, "Virtual"):
		return true
	case vendor == "Linux" && (strings.HasPrefix(model, "File-Stor Gadget") || strings.HasPrefix(model, "File-CD Gadget")): // OpenBMC's
		return true
	case strings.HasPrefix(model, "vKVM-Mapped v"), strings.HasPrefix(model, "CIMC-Mapped v"): // Cisco's
		return true
	case vendor == "iDRAC", vendor == "Linux" && strings.HasPrefix(model, "SCDN"), vendor == "iLO", strings.HasPrefix(vendor, "AMI") && strings.HasPrefix(model, "Virtual"):
		return true
	}
	return false
}

// addVolumeEntry adds a volume of the kernel's.
func (b *blocks) addVolumeEntry(v report.Volume) {
	if b.volumeAt == nil {
		b.volumeAt = make(map[string]int)
	}
	b.volumeAt[v.Name] = len(b.volumes)
	b.volumes = append(b.volumes, v)
}

// addController adds an NVMe controller.
func (b *blocks) addController(fsys fs.FS, name string) {
	read := func(file string) string { return readText(fsys, path.Join(sysfsNVMe, name, file)) }
	target, _ := fs.ReadLink(fsys, path.Join(sysfsNVMe, name))
	if isRemote(read("transport")) || seatOf(target).network != "" {
		b.remote[name] = true // a drive of another machine
		b.place(read("subsysnqn"), genuineSerial(read("serial")), elsewhere)
		return
	}
	b.place(read("subsysnqn"), genuineSerial(read("serial")), here)
	d := report.Drive{
		Protocol: "nvme", Media: "ssd", Paths: []string{"/dev/" + name},
		Model: genuine(read("model")), Serial: genuineSerial(read("serial")), Firmware: genuine(read("firmware_rev")),
		PCIAddress: cmp.Or(pciAddressIn(target), pciAddressIn(read("address"))),
	}
	b.nvmeAt[d.PCIAddress] = true
	if d.PCIAddress != "" && isRAIDName("", d.Model) {
		b.addCard(name, d.PCIAddress, report.StorageController{Model: d.Model, Serial: d.Serial, Firmware: d.Firmware})
		return
	}
	d.Virtual = hypervisorOf(&d)
	if state := read("state"); state == "dead" || strings.HasPrefix(state, "deleting") {
		d.Unread, d.Fault = givenUp+" ("+state+")", report.FaultGivenUp
	}
	if node, err := strconv.Atoi(read("numa_node")); err == nil && node >= 0 {
		d.NUMANode = &node
	}
	b.add(evidence{
		source: sourceSysfs, rank: rankSysfs, drive: d,
		keys: driveKeys{controller: name, serial: d.Serial, nqn: read("subsysnqn")},
	})
}

// givenUp is what a drive is to which the kernel sends no more commands, since it
// has not answered them.
const givenUp = "the kernel has given it up"

// isGivenUp tells the states of a SCSI device to which the kernel sends no commands.
func isGivenUp(state string) bool {
	switch state {
	case "offline", "transport-offline", "cancel", "deleted":
		return true
	}
	return false
}

// noSize is what a drive is that has not told its size, or that has sectors of a
// size that the kernel does not know.
const noSize = "the kernel can use nothing of it: its size is 0"

// isRemote tells the transports to NVMe drives of other machines from those to its
// own: PCI Express, and Apple's.
func isRemote(transport string) bool {
	switch transport {
	case "tcp", "rdma", "fc", "loop":
		return true
	}
	return false
}

// where tells on which machines the NVMe controllers with one name are.
type where uint8

const (
	here where = 1 << iota
	elsewhere
)

// place notes where a controller is.
func (b *blocks) place(nqn, serial string, w where) {
	b.nvme["nqn "+nqn] |= w
	b.nvme["serial "+serial] |= w
}

// placeOf tells where the controllers of a subsystem are: by its NQN, or by its
// serial number, which a drive that another machine passes on keeps.
func (b *blocks) placeOf(nqn, serial string) where {
	if w := b.nvme["nqn "+nqn]; nqn != "" && w != 0 {
		return w
	}
	if serial == "" {
		return 0
	}
	return b.nvme["serial "+serial]
}

// addNamespace adds an NVMe namespace, a part of its controller's drive.
func (b *blocks) addNamespace(fsys fs.FS, name string, s seat) {
	read := func(file string) string { return readText(fsys, path.Join(sysfsBlock, name, file)) }
	ns := report.Namespace{
		Name: name, CapacityBytes: sectors(read("size")), BlockBytes: atoi(read("queue/logical_block_size")),
		ID: atoi(read("nsid")), EUI64: nvmeID(read("eui")), NGUID: nvmeID(read("nguid")), UUID: realUUID(read("uuid")),
	}
	transport := read("device/transport")
	subsystem, _ := fs.ReadLink(fsys, path.Join(sysfsBlock, name))
	owner := genuineSerial(cmp.Or(read("device/serial"), readText(fsys, path.Join(sysfsBlock, path.Dir(subsystem), "serial"))))
	if s.network != "" || isRemote(transport) || b.remote[s.parent] || b.areRemote(b.controllersOf(fsys, path.Dir(subsystem))) || s.pci == "" && b.placeOf(read("device/subsysnqn"), owner) == elsewhere {
		b.addVolumeEntry(report.Volume{
			Name: name, Kind: "nvme-of", SizeBytes: ns.CapacityBytes, Paths: []string{"/dev/" + name}, Sources: []string{sourceSysfs},
		})
		return
	}
	for _, c := range append(b.controllersOf(fsys, path.Dir(subsystem)), s.parent) {
		if b.cards[c] != "" {
			b.addCardVolume(name, c, ns.CapacityBytes)
			return
		}
	}
	b.drives[name] = true
	d := report.Drive{Protocol: "nvme", Media: "ssd", Paths: []string{"/dev/" + name}, PCIAddress: s.pci, Namespaces: []report.Namespace{ns}}
	setBlock(&d, ns.CapacityBytes, ns.BlockBytes, atoi(read("queue/physical_block_size")))
	keys := driveKeys{device: name}
	part := evidence{source: sourceSysfs, rank: rankSysfs, name: name, drive: d}
	// The directory above it is its controller's or, with native multipath,
	// its subsystem's. The number in its name is not: kernels 4.15 to 5.3
	// count the subsystems there.
	switch {
	case strings.HasPrefix(s.parent, "nvme-subsys"):
		part.subsystem = s.parent
		keys.shared, keys.serial, keys.nqn = s.parent, genuineSerial(read("device/serial")), read("device/subsysnqn")
		for _, c := range b.controllersOf(fsys, path.Dir(subsystem)) {
			keys.controller, b.controllers[name] = c, c
			b.add(evidence{source: sourceSysfs, rank: rankSysfs, keys: keys}) // ties each
		}
	case strings.HasPrefix(s.parent, "nvme"):
		keys.controller = s.parent
		b.controllers[name] = s.parent
	case s.pci != "":
		keys.shared = "nvme at " + s.pci
		if !exists(fsys, sysfsNVMe) { // kernels before 4.4 have no controllers there, and name namespaces after them
			keys.controller = name[:len("nvme")+len(leadingDigits(name[len("nvme"):]))]
		}
	}
	part.keys = keys
	b.add(part)
}

// controllersOf returns the names of the controllers of an NVMe subsystem, by
// the directory that its namespaces link to. It is read once for all of them.
func (b *blocks) controllersOf(fsys fs.FS, dir string) []string {
	names, known := b.subsystems[dir]
	if known {
		return names
	}
	entries, _ := fs.ReadDir(fsys, path.Join(sysfsBlock, dir))
	for _, e := range entries {
		if number, ok := strings.CutPrefix(e.Name(), "nvme"); ok && number != "" && leadingDigits(number) == number {
			names = append(names, e.Name())
		}
	}
	b.subsystems[dir] = names
	return names
}

// areRemote tells that all controllers are of other machines.
func (b *blocks) areRemote(controllers []string) bool {
	return len(controllers) > 0 && !slices.ContainsFunc(controllers, func(name string) bool { return !b.remote[name] })
}

func leadingDigits(text string) string {
	return text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
}

// eachOnce joins what sources say of the same namespace: the earlier ones' word
// stands. They name it as the kernel does, or by its number.
func eachOnce(list []report.Namespace) []report.Namespace {
	if len(list) < 2 {
		return list
	}
	byName, byID := make(map[string]int, len(list)), make(map[int]int, len(list))
	once := list[:0]
	for _, ns := range list {
		at, known := byName[ns.Name]
		if !known {
			at, known = byID[ns.ID]
		}
		if !known {
			at = len(once)
			once = append(once, report.Namespace{})
		}
		fillNamespace(&once[at], &ns)
		if ns.Name != "" {
			byName[ns.Name] = at
		}
		if ns.ID != 0 {
			byID[ns.ID] = at
		}
	}
	return once
}

// fillNamespace adds what is new about a namespace.
func fillNamespace(known, ns *report.Namespace) {
	known.Name, known.ID = cmp.Or(known.Name, ns.Name), cmp.Or(known.ID, ns.ID)
	known.EUI64, known.NGUID, known.UUID = cmp.Or(known.EUI64, ns.EUI64), cmp.Or(known.NGUID, ns.NGUID), cmp.Or(known.UUID, ns.UUID)
	known.CapacityBytes, known.BlockBytes = cmp.Or(known.CapacityBytes, ns.CapacityBytes), cmp.Or(known.BlockBytes, ns.BlockBytes)
}

// addDisk adds any other disk.
func (b *blocks) addDisk(fsys fs.FS, name string, s seat, lent map[string]int) {
	dir := path.Join(sysfsBlock, name)
	read := func(file string) string { return readText(fsys, path.Join(dir, file)) }
	target, _ := fs.ReadLink(fsys, dir)
	vendor := genuine(read("device/vendor"))
	d := report.Drive{
		Paths: []string{"/dev/" + name}, Model: genuine(read("device/model")), Firmware: genuine(read("device/rev")),
		Serial:     genuineSerial(cmp.Or(read("serial"), unitSerial(fsys, dir+"/device/vpd_pg80"), usbSerial(fsys, target))),
		WWN:        hexName(driveName(wwnDigits(read("device/wwid")))),
		PCIAddress: s.pci, Protocol: busOf(name, s, cmp.Or(vendor, ataVendor(fsys, dir))), Removable: read("removable") == "1",
	}
	if d.Protocol == "mmc" { // what its CID register says
		d.Model, d.Serial = genuine(read("device/name")), genuineSerial(read("device/serial"))
		d.Wear = wearOf(read("device/pre_eol_info"), read("device/life_time"))
	}
	if d.Protocol == "sata" && isParallelATA(b.drivers[s.host]) {
		d.Protocol = "ata"
	}
	d.Enclosure, d.Slot = b.bays[s.hctl].enclosure, b.bays[s.hctl].slot
	if s.usb != "" && !d.Removable && !strings.HasPrefix(name, "sr") { // as udev tells what it asks by ATA commands
		b.usb[name] = true
	}
	b.bridged[name] = lent[s.usb] > 1 || d.Serial != "" && lent["serial "+d.Serial] > 1
	if b.bridged[name] || sameName(d.Serial, d.WWN) {
		d.Serial = ""
	}
	if !isBusName(vendor) {
		d.Vendor = vendor
	}
	d.Virtual = hypervisorOf(&d)
	if state := read("device/state"); isGivenUp(state) {
		d.Unread, d.Fault = givenUp+" ("+state+")", report.FaultGivenUp
	} else if read("size") == "0" && s.usb == "" && d.Media != "optical" && !strings.HasPrefix(name, "sr") {
		d.Unread, d.Fault = noSize, report.FaultNoSize
	}
	d.Media = mediaOf(name, &d, s, read("queue/rotational"))
	b.rotating[name] = d.Media == "hdd"
	if d.Media != "optical" { // its size is the disc's
		setBlock(&d, sectors(read("size")), atoi(read("queue/logical_block_size")), atoi(read("queue/physical_block_size")))
		if d.Virtual == "" {
			d.Link = readLink(fsys, s, d.Model)
		}
	}
	keys := driveKeys{device: name, wwn: wwnDigits(d.WWN), serial: d.Serial}
	if s.sas {
		b.addUnit(&d, name, s)
	}
	if b.drivers[s.host] == "ufshcd" { // its units are boot areas and the like
		d.Units = []report.Unit{{LUN: s.lun(), Name: name, WWN: d.WWN, CapacityBytes: d.CapacityBytes}}
		d.Protocol, keys.shared, keys.wwn = "ufs", "ufs of "+s.host, ""
		before, _, _ := strings.Cut(target, "/"+s.host+"/")
		life := func(name string) string {
			return readText(fsys, path.Join(sysfsBlock, before, "health_descriptor", name))
		}
		d.Wear = wearOf(life("eol_info"), life("life_time_estimation_a")+" "+life("life_time_estimation_b"))
	}
	keys.shared = cmp.Or(keys.shared, b.sharedUnit(name, d.Serial))
	if b.drivers[s.host] == driverMegaRAID && s.channel() < megaraidVolumes { // a drive that its controller hands on keeps its number there
		keys.behind = fmt.Sprint(s.pci, " ", s.number())
	}
	e := evidence{source: sourceSysfs, rank: rankSysfs, name: name, drive: d, keys: keys, unit: s, cutModel: len(read("device/model")) == maxInquiry}
	if s.onePath() || s.sasDevice != "" && readText(fsys, path.Join(sysfsBlock, s.sasDevice, "sas_device", path.Base(s.sasDevice), "target_port_protocols")) == "sata" {
		e.alone = name
	}
	b.add(e)
}

// wearOf reads "0x01" and "0x01 0x02"; 0 is of what a device does not tell.
func wearOf(spares, life string) *report.Wear {
	var w report.Wear
	switch strings.TrimPrefix(spares, "0x") {
	case "01":
		w.Spares = "normal"
	case "02":
		w.Spares = "warning"
	case "03":
		w.Spares = "urgent"
	}
	for text := range strings.FieldsSeq(life) {
		if n, err := strconv.ParseUint(text, 0, 8); err == nil && n > 0 && n <= 11 {
			w.Tenths = append(w.Tenths, int(n))
		}
	}
	return orNil(w)
}

// addUnit notes which logical unit of a SAS drive a disk may be.
func (b *blocks) addUnit(d *report.Drive, name string, s seat) {
	if s.lun() < maxActuators {
		d.Units = []report.Unit{{LUN: s.lun(), Name: name, WWN: d.WWN, CapacityBytes: d.CapacityBytes}}
		b.units[name] = fmt.Sprintf("%d bytes of %s ", d.CapacityBytes, s.target())
	}
}

// isArrayUnit recognises a volume of an array in an enclosure of its own, by a
// world-wide name of the kind that is not a drive's (SPC-6, 7.7.6.7). Makers of
// drives give it to the logical units of one with several actuators.
func isArrayUnit(wwid string) bool {
	digits := wwnDigits(wwid)
	if len(digits) != 32 || digits[0] != '6' {
		return false
	}
	switch digits[1:7] {
	case "000c50", "000cca", "0014ee", "000039", "002538": // Seagate, HGST, WDC, Toshiba, Samsung
		return false
	}
	return true
}

// maxActuators is how many logical units drives have that are sold.
const maxActuators = 2

// sharedUnit is what the logical units of one drive share: their target, their
// size and the serial number. "" is for what has none.
func (b *blocks) sharedUnit(name, serial string) string {
	if b.units[name] == "" || serial == "" {
		return ""
	}
	return b.units[name] + serial
}

// maxInquiry is how much of a model SCSI INQUIRY holds (SPC-6, 6.7.2).
const maxInquiry = 16

// isBusName tells what stands for the bus in the place of a vendor: libata's
// name, that of adapters for NVMe, and virtio's number.
func isBusName(vendor string) bool {
	return vendor == "ATA" || vendor == "NVMe" || strings.HasPrefix(vendor, "0x")
}

// ataVendor is libata's name for what has the page with the ATA drive's own
// identity (SAT-5, VPD page 89h).
func ataVendor(fsys fs.FS, dir string) string {
	if exists(fsys, path.Join(dir, "device/vpd_pg89")) {
		return "ATA"
	}
	return ""
}

// hexName is a world-wide name as it is written.
func hexName(digits string) string {
	if digits == "" {
		return ""
	}
	return "0x" + digits
}

// sameName tells that a serial number only repeats the world-wide name, as
// lsblk prints it where udev knows no other; with a 3 before it, for the kind of
// the name (SPC-6, 7.7.6), it is udev's.
func sameName(serial, wwn string) bool {
	serial, wwn = strings.ToLower(strings.TrimPrefix(serial, "0x")), strings.ToLower(strings.TrimPrefix(wwn, "0x"))
	return serial != "" && (serial == wwn || wwn != "" && serial == "3"+wwn)
}

// driveName drops what is a world-wide name by its form and names no drive:
// the first half of a NAA-6 name, which all volumes of a controller can share,
// and a maker's number with nothing behind it.
func driveName(digits string) string {
	if len(digits) == 16 && digits[0] == '6' {
		return ""
	}
	if len(digits) == 16 && digits[0] == '3' { // locally assigned (SPC-6, 7.7.6.6)
		return ""
	}
	if digits == "0123456789abcdef" || digits == strings.Repeat("f", len(digits)) {
		return ""
	}
	if len(digits) == 16 && digits[0] == '5' && (strings.Trim(digits[7:], "0") == "" || strings.Trim(digits[7:], "f") == "") {
		return ""
	}
	return digits
}

// setBlock sets the sizes that every block device has.
func setBlock(d *report.Drive, capacity uint64, logical, physical int) {
	d.CapacityBytes, d.LogicalBlockBytes, d.PhysicalBlockBytes = capacity, logical, physical
}

// mediaOf tells the kind of medium. The kernel calls what it knows nothing of
// rotational: only its "0" is worth something on a virtual or USB disk.
func mediaOf(name string, d *report.Drive, s seat, rotational string) string {
	switch {
	case strings.HasPrefix(name, "sr"):
		return "optical"
	case rotational == "0":
		return "ssd"
	case rotational == "1" && (d.Protocol == "sata" || d.Protocol == "ata" || d.Protocol == "sas" || d.Protocol == "" && s.hctl != "" && s.pci != "" && d.Virtual == ""):
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
	case d.Model == "Volume" && (d.Vendor == "DO" || d.Vendor == "HC" || d.Vendor == "Linode"), d.Vendor == "ORACLE" && d.Model == "BlockVolume":
		return "hypervisor"
	case d.Vendor == "QEMU", d.Vendor == "VMware", d.Vendor == "Msft", d.Vendor == "Google", d.Vendor == "Nutanix":
		return "hypervisor"
	}
	for _, model := range []string{"QEMU HARDDISK", "VMware Virtual", "VBOX HARDDISK", "Virtual Disk", "PersistentDisk", "Amazon Elastic Block Store", "Amazon EC2 NVMe Instance Storage", "nvme_card", "MSFT NVMe Accelerator", "Microsoft NVMe Direct Disk", "ORCL-VBOX-NVME"} {
		if strings.HasPrefix(spaced(d.Model), spaced(model)) {
			return "hypervisor"
		}
	}
	return ""
}

// isParallelATA tells the drivers of controllers for parallel ATA, or of those for
// SATA that firmware has made to look like them. A drive on one knows which.
func isParallelATA(driver string) bool {
	return strings.HasPrefix(driver, "pata_") || driver == "ata_piix" || driver == "ata_generic"
}

// busOf tells what a disk is attached by. A SATA disk behind a SAS adapter
// calls itself ATA: the adapter translates.
func busOf(name string, s seat, vendor string) string {
	switch {
	case strings.HasPrefix(name, "vd"):
		return "virtio"
	case strings.HasPrefix(name, "xvd"):
		return "xen"
	case strings.HasPrefix(name, "mmcblk"):
		return "mmc"
	case s.usb != "":
		return "usb"
	case s.ata, vendor == "ATA":
		return "sata"
	case vendor == "NVMe":
		return "nvme"
	case s.sas:
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
	digits := strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(text, " ", ""), "-", ""))
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
