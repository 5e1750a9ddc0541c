// SPDX-License-Identifier: Apache-2.0

package lab

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/mchus/bee/testdata/firmware"
	"github.com/mchus/bee/testdata/smbios"
)

const (
	maker     = "Lab Systems Inc"
	processor = "LAB EPYC 9354P 32-Core Processor"
	firstCard = 2 // the device number; 1 is where some chipsets have something of their own
)

// Files returns the files that QEMU and record.sh want, by name:
//
//	options        QEMU's options, a word a line
//	disks.txt      a line for each disk, its name and its size in bytes
//	readings       a line for each sensor of the BMC
//	smbios-NN.bin  SMBIOS structures, one each, in their order
//	fru.bin        the BMC's FRU devices
//	sdr.bin        its repository of sensor data records
func (m *Machine) Files() map[string][]byte {
	b := &builder{files: make(map[string][]byte)}
	b.base(m)
	if m.NoTables {
		b.noTables()
	} else {
		b.smbios(m)
	}
	if m.BMC != nil {
		b.controller(m)
	}
	for i, d := range m.Drives {
		if m.Chipset == i440fx {
			i /= 2 // two a port
		}
		b.drive(d, fmt.Sprintf("ide.%d", i))
	}
	b.cards(m.Cards, rootBus[m.Chipset], firstCard)
	b.files["options"], b.files["disks.txt"] = b.options.Bytes(), b.disks.Bytes()
	return b.files
}

// Chipsets, with PCI Express and without.
const (
	q35    = "q35"
	i440fx = "pc"
)

var rootBus = map[string]string{q35: "pcie.0", i440fx: "pci.0"}

// A builder collects files.
type builder struct {
	files          map[string][]byte
	options, disks bytes.Buffer
	ids            int // given so far
	structures     int
}

// option adds words to QEMU's options.
func (b *builder) option(words ...string) {
	for _, w := range words {
		fmt.Fprintln(&b.options, w)
	}
}

// device adds a device, its properties by pairs of a name and a value; those
// without a value are left out.
func (b *builder) device(device string, properties ...string) {
	b.option("-device", device+list(properties...))
}

func list(properties ...string) string {
	var s strings.Builder
	for i := 0; i < len(properties); i += 2 {
		if properties[i+1] != "" {
			s.WriteString("," + properties[i] + "=" + quote(properties[i+1]))
		}
	}
	return s.String()
}

// quote doubles the commas, which end a value.
func quote(s string) string { return strings.ReplaceAll(s, ",", ",,") }

// id returns a name that no other device has.
func (b *builder) id() string {
	b.ids++
	return fmt.Sprintf("d%d", b.ids)
}

// base is the machine without what it is told apart by: processors that are the
// same everywhere, a clock that starts at the same time, and the shares with
// record.sh.
func (b *builder) base(m *Machine) {
	chipset := m.Chipset
	if slices.ContainsFunc(m.Cards, func(c Card) bool { return c.Root }) {
		chipset += ",cxl=on"
		b.option("-object", "memory-backend-ram,id=cxl,size=256M")
	}
	if m.NoTables {
		chipset += ",smbios-entry-point-type=64" // which announces no number of structures
	}
	b.option("-machine", chipset, "-accel", "tcg,thread=multi", "-cpu", "max,hypervisor=off", "-m", "1024")
	b.option("-smp", fmt.Sprintf("%d,sockets=%[1]d,cores=1,threads=1", m.Sockets))
	b.option("-nodefaults", "-no-reboot", "-display", "none", "-monitor", "none", "-serial", "stdio")
	b.option("-rtc", "base=2026-01-15T12:00:00,clock=vm")
	b.option("-kernel", "vmlinuz", "-initrd", "initramfs")
	b.option("-append", "console=ttyS0 panic=-1 quiet mitigations=off tsc=unstable no_timer_check")
	if m.UEFI {
		b.option("-drive", "if=pflash,format=raw,readonly=on,file=OVMF_CODE.fd", "-drive", "if=pflash,format=raw,file=OVMF_VARS.fd")
	}
	for _, share := range [][2]string{{"tools", "0x1d"}, {"out", "0x1e"}} {
		tag, address := share[0], share[1]
		b.option("-fsdev", "local,id="+tag+",path="+tag+",security_model=none,multidevs=remap")
		b.device("virtio-9p-pci", "fsdev", tag, "mount_tag", tag, "addr", address)
	}
}

// smbios has QEMU make the structures of types 0 to 4, and gives it the others.
func (b *builder) smbios(m *Machine) {
	b.option("-smbios", "type=0,vendor=American Lab Inc.,version=3.2a,date=05/17/2023,release=5.27"+list("uefi", map[bool]string{true: "on"}[m.UEFI]))
	b.option("-smbios", "type=1"+list("manufacturer", maker, "product", m.product(), "version", "02", "serial", m.Serial, "uuid", m.uuid()))
	b.option("-smbios", "type=2"+list("manufacturer", maker, "product", m.board(), "version", "1.02", "serial", m.boardSerial(), "location", "Slot 0"))
	b.option("-smbios", "type=3"+list("manufacturer", maker, "serial", m.chassisSerial()))
	b.option("-smbios", "type=4"+list("sock_pfx", "CPU", "manufacturer", "Advanced Lab Devices", "version", processor, "max-speed", "3800", "current-speed", "3250"))
	structures := []smbios.Structure{firmware.MemoryArray(len(m.Memory))}
	for i, s := range m.Memory {
		structures = append(structures, s.Structure(i))
	}
	for i, p := range m.Power {
		structures = append(structures, p.Structure(i))
	}
	for _, s := range structures {
		table := smbios.Table{Structures: []smbios.Structure{s}}
		b.structure(table.Bytes())
	}
}

// structure has QEMU put bytes behind those of the structures so far. They stand
// for its own structures of the type in their first byte.
func (b *builder) structure(data []byte) {
	name := fmt.Sprintf("smbios-%02d.bin", b.structures)
	b.structures++
	b.files[name] = data
	b.option("-smbios", "file="+name)
}

// noTables leaves out all structures that QEMU makes. It does that only if it is
// given others, so each hides as a letter in the text of an OEM structure.
func (b *builder) noTables() {
	b.structure([]byte("\xDD\x04\x00\xDDnothing"))
	for _, kind := range []byte{1, 2, 3, 4, 16, 17, 19, 32} {
		b.structure([]byte{kind, '.', '.', '.'})
	}
	b.structure([]byte("\x0B...\x00\x00"))
}

// controller adds the BMC.
func (b *builder) controller(m *Machine) {
	var areas []byte
	var locators []firmware.Locator
	for i, f := range m.frus() {
		areas = append(areas, f.Data...)
		if i > 0 {
			entity := byte(firmware.Backplane)
			if strings.HasPrefix(f.Name, "PS") {
				entity = firmware.PowerSupplyUnit
			}
			locators = append(locators, firmware.Locator{FRU: byte(i), Name: f.Name, Entity: entity})
		}
	}
	b.files["fru.bin"], b.files["sdr.bin"], b.files["readings"] = areas, firmware.SDRs(locators, sensors), firmware.Readings(sensors)
	b.device("ipmi-bmc-sim", "id", "bmc", "frudatafile", "fru.bin", "fruareasize", fmt.Sprint(firmware.AreaSize), "sdrfile", "sdr.bin")
	b.device("isa-ipmi-kcs", "bmc", "bmc")
}

// cards adds the cards of a bus, each at a device number of its own.
func (b *builder) cards(cards []Card, bus string, first int) {
	for i, c := range cards {
		id := b.id()
		properties := []string{"id", id, "bus", bus, "addr", fmt.Sprintf("%#x", first+i), "mac", c.MAC}
		if n := c.NVMe; n != nil {
			subsystem := n.Subsystem
			if subsystem == "" {
				subsystem = id + "s"
			}
			if len(c.Drives) > 0 {
				b.device("nvme-subsys", "id", subsystem, "nqn", subsystem)
			}
			properties = append(properties, "subsys", subsystem, "serial", n.Serial)
		}
		if c.MAC != "" {
			b.option("-netdev", "user,restrict=on,id="+id+"n")
			properties = append(properties, "netdev", id+"n")
		}
		if c.Chassis {
			properties = append(properties, "chassis", fmt.Sprint(b.ids))
		}
		b.device(c.Device, properties...)
		on := id + ".0"
		if c.NVMe != nil {
			on = id
		}
		for port, d := range c.Drives {
			if strings.HasPrefix(c.Device, "ich9-ahci") {
				on = fmt.Sprintf("%s.%d", id, port)
			}
			b.drive(d, on)
		}
		b.cards(c.Cards, id, 0)
	}
}

// drive adds a drive of zeros: its size costs no space.
func (b *builder) drive(d Drive, bus string) {
	disk := b.id()
	fmt.Fprintln(&b.disks, disk, max(d.Bytes, 1<<20))
	b.option("-drive", "if=none,format=raw,file.locking=off,id="+disk+",file=disks/"+disk)
	name, _, _ := strings.Cut(d.Device, ",")
	properties := []string{"drive", disk, "bus", bus, "ver", d.Firmware}
	switch name { // others have QEMU's
	case "scsi-hd":
		properties = append(properties, "vendor", d.Vendor, "product", d.Model)
	case "ide-hd":
		properties = append(properties, "model", d.Model)
	}
	if d.WWN != 0 {
		properties = append(properties, "wwn", fmt.Sprintf("%#x", d.WWN))
	}
	if d.Block > 512 {
		properties = append(properties, "logical_block_size", fmt.Sprint(d.Block), "physical_block_size", fmt.Sprint(d.Block))
	}
	words := d.Device + list(properties...)
	switch {
	case name == "nvme-ns": // its controller has one
	case d.Serial == noSerial:
		words += ",device_id=" // which QEMU would make up
	default:
		words += ",serial=" + quote(d.Serial)
	}
	b.option("-device", words)
}
