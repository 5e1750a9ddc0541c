// SPDX-License-Identifier: Apache-2.0

package lab

import (
	"fmt"

	"github.com/mchus/bee/testdata/firmware"
	"github.com/mchus/bee/testdata/fru"
)

// Machines are all machines of the lab. Their findings and what is unjudged of
// them were written down before any of them was audited.
var Machines = []*Machine{
	{
		Name:    "nothing",
		About:   "nothing in SMBIOS, no drives, no network, no BMC", // and nothing wrong: an empty table is an answer
		Chipset: q35, Sockets: 1, NoTables: true,
	},
	{
		Name:    "bare",
		About:   "one memory slot, no drives, no network, no BMC, no serial number",
		Chipset: q35, Sockets: 1,
		Memory:   modules(1, 1, "BARE"),
		Findings: []string{"info identity.no_serial system"},
	},
	{
		Name:    "whole",
		About:   "UEFI, udevd, two sockets, a BMC that knows all, two power supplies, SATA and NVMe drives that are well",
		Chipset: q35, UEFI: true, Udev: true,
		Serial: "WHOLE-0001", Sockets: 2,
		Memory: modules(4, 16, "WHOLE"), Power: supplies("WHOLE"), BMC: &BMC{},
		Drives: []Drive{
			disk("INTEL SSDSC2KB480G8", "BTYF00010001", "XCV10132", 0x55cd2e4150aa1001, 480103981056, ",rotation_rate=1"),
			disk("ST8000NM000A-2KE101", "ZA1LAB01", "SN02", 0x5000c500aab10001, 8001563222016, ",rotation_rate=7200"),
		},
		Cards: []Card{
			port("", nvme("LAB-NVME-0001", namespace(960197124096, 512))),
			port("", nic("e1000e", "52:54:00:1a:b0:01")),
			port("", nic("igb", "52:54:00:1a:b0:02")),
		},
		Findings: []string{mostMemoryUnused},
	},
	{
		Name:    "four",
		About:   "UEFI, four sockets, 64 memory slots, all filled, a BMC, a network card",
		Chipset: q35, UEFI: true,
		Serial: "FOUR-0001", Sockets: 4,
		Memory: modules(64, 64, "FOUR"), Power: supplies("FOUR"), BMC: &BMC{},
		Cards:    []Card{port("", nic("igb", "52:54:00:1a:b1:01"))},
		Findings: []string{mostMemoryUnused},
	},
	{
		Name:    "broken-bmc",
		About:   "24 memory slots, half of them empty, and a BMC whose FRU devices are blank, cut, of wrong sums, and full of noise",
		Chipset: q35,
		Serial:  "BROKEN-0001", Sockets: 2,
		Memory: halfEmpty(modules(24, 32, "BROKEN")), Power: supplies("BROKEN"), BMC: &BMC{FRUs: brokenFRUs()},
		Cards:    []Card{port("", nvme("LAB-NVME-0002", namespace(1600321314816, 512)))},
		Findings: []string{mostMemoryUnused},
	},
	odd("odd", false),
	odd("odd-udev", true),
	{
		Name:    "sixty",
		About:   "60 drives: 48 behind six mptsas, four on virtio-scsi, six on SATA, two NVMe",
		Chipset: q35,
		Serial:  "SIXTY-0001", Sockets: 1,
		Memory: modules(2, 32, "SIXTY"),
		Drives: many(6, func(i int) Drive {
			return disk("ST16000NM001G-2KK103", fmt.Sprintf("ZL2LAB%02d", i), "SN03", 0x5000c500c0000000+uint64(i), 16000900661248, ",rotation_rate=7200")
		}),
		Cards: append(many(6, func(adapter int) Card {
			return Card{Device: "mptsas1068", Drives: many(8, func(i int) Drive {
				i += 8 * adapter
				return sas("sas", "HGST", "HUC101860CSS200", fmt.Sprintf("0BGLAB%02d", i), "A7G0", 0x5000cca0a0000000+16*uint64(i), 600127266816)
			})}
		}),
			Card{Device: "virtio-scsi-pci", Drives: many(4, func(i int) Drive {
				return sas("", "SEAGATE", "ST1200MM0009", fmt.Sprintf("WFKLAB%02d", i), "N004", 0x5000c500d0000000+16*uint64(i), 1200243695616)
			})},
			port("", nvme("LAB-NVME-6001", namespace(3840755982336, 512))),
			port("", nvme("LAB-NVME-6002", namespace(3840755982336, 512))),
		),
		Findings: []string{mostMemoryUnused},
	},
	{
		Name:    "paths",
		About:   "udevd, an NVMe drive with 16 namespaces, one with two controllers, and two that are alike",
		Chipset: q35, Udev: true,
		Serial: "PATHS-0001", Sockets: 1,
		Memory: modules(1, 1, "PATHS"),
		Cards: []Card{
			port("", nvme("LAB-NVME-16NS", many(16, func(i int) Drive { return namespace(uint64(i+1)<<30, 4096) })...)),
			port("", sharing("dual", nvme("LAB-NVME-DUAL", namespace(7681501126656, 512)))),
			port("", sharing("dual", nvme("LAB-NVME-DUAL"))),
			port("", nvme("LAB-NVME-TWIN1", namespace(960197124096, 512))),
			port("", nvme("LAB-NVME-TWIN2", namespace(960197124096, 512))),
		},
	},
	{
		Name:    "deep",
		About:   "three PCIe switches behind each other with drives and network cards below them, root ports that could be faster than their cards, a CXL device",
		Chipset: q35,
		Serial:  "DEEP-0001", Sockets: 1,
		Memory: modules(1, 1, "DEEP"),
		Cards: []Card{
			port(",x-speed=16,x-width=16", uplink(
				downlink(uplink(
					downlink(uplink(
						downlink(nvme("LAB-NVME-DEEP4", namespace(1600321314816, 512))),
						downlink(nic("e1000e", "52:54:00:1a:b2:04")),
					)),
					downlink(nvme("LAB-NVME-DEEP3", namespace(1600321314816, 512))),
				)),
				downlink(nic("e1000e", "52:54:00:1a:b2:02")),
			)),
			port(",x-speed=8,x-width=4", nvme("LAB-NVME-FLAT", namespace(1600321314816, 512))),
			{Device: "pxb-cxl,bus_nr=64", Root: true, Cards: []Card{
				{Device: "cxl-rp,x-speed=8,x-width=4", Chassis: true, Cards: []Card{{Device: "cxl-type3,volatile-memdev=cxl,x-speed=32,x-width=8"}}},
			}},
		},
	},
	{
		Name:    "old",
		About:   "a chipset without PCI Express: parallel ATA, parallel SCSI, no BMC",
		Chipset: i440fx,
		Serial:  "OLD-0001", Sockets: 1,
		Memory: halfEmpty(modules(2, 1, "OLD")),
		Drives: []Drive{
			parallel(disk("LAB ATA 80GB", "OLDATA01", "0001", 0, 80026361856, ",rotation_rate=5400")),
			parallel(disk("LAB ATA 80GB", "OLDATA02", "0001", 0, 80026361856, ",rotation_rate=5400")),
			parallel(Drive{Device: "ide-cd", Vendor: "QEMU", Model: "QEMU DVD-ROM", Firmware: "0001"}),
		},
		Cards: []Card{
			{Device: "lsi53c895a", Drives: []Drive{
				sas("spi", "LABCO", "U320-73", "U3LAB01", "0001", 0, 73407868928),
				sas("spi", "LABCO", "U320-73", "U3LAB02", "0001", 0, 73407868928),
			}},
			nic("e1000", "52:54:00:1a:b3:01"),
			{Device: "ich9-ahci", Drives: []Drive{
				disk("LAB SATA 1TB", "OLDSATA1", "0001", 0, 1000204886016, ",rotation_rate=5400"),
			}},
		},
	},
	{
		Name:    "adapters",
		About:   "UEFI, udevd, 24 memory slots, and three kinds of SCSI adapters: mptsas, megasas, pvscsi",
		Chipset: q35, UEFI: true, Udev: true,
		Serial: "ADAPT-0001", Sockets: 1,
		Memory: modules(24, 16, "ADAPT"),
		Cards: []Card{
			{Device: "mptsas1068", Drives: []Drive{
				sas("sas", "HGST", "HUC101860CSS200", "0BGADP01", "A7G0", 0x5000cca0b0000010, 600127266816),
				sas("sas", "HGST", "HUC101860CSS200", "0BGADP02", "A7G0", 0x5000cca0b0000020, 600127266816),
			}},
			{Device: "megasas", RAID: true, Drives: []Drive{
				sas("", "SEAGATE", "ST1200MM0009", "WFKADP01", "N004", 0x5000c500e0000010, 1200243695616),
			}},
			{Device: "pvscsi", Drives: []Drive{
				sas("", "LABCO", "PV-100", "PVADP01", "0001", 0x5000c500e0000020, 107374182400),
			}},
		},
		Findings: []string{mostMemoryUnused},
	},
}

// mostMemoryUnused is found of a machine that has more memory in its tables than
// it is given.
const mostMemoryUnused = "info memory.unused memory"

// odd is the machine of drives that are hard to tell apart.
func odd(name string, udev bool) *Machine {
	const size = 960197124096
	return &Machine{
		Name:    name,
		About:   "drives of equal models: with empty, blank, UTF-8 and equal serial numbers, and of 4096-byte blocks" + map[bool]string{true: "; udevd"}[udev],
		Chipset: q35, Udev: udev,
		Serial: "ODD-0001", Sockets: 1,
		Memory: modules(1, 1, "ODD"),
		Drives: []Drive{
			disk("LAB TWIN", "TWIN0001", "0001", 0, size, ""),
			disk("LAB TWIN", "TWIN0002", "0001", 0, size, ""),
			disk("LAB TWIN", "", "0001", 0, size, ""),
			disk("LAB TWIN", "", "0001", 0, size, ""),
			disk("LAB TWIN", "        ", "0001", 0, size, ""),
			disk("LAB TWIN", "Größe-77", "0001", 0, size, ""),
		},
		Cards: []Card{
			{Device: "ich9-ahci", Drives: []Drive{ // one serial number for both
				disk("LAB TWIN", "SAME0001", "0001", 0, size, ""),
				disk("LAB TWIN", "SAME0001", "0001", 0, size, ""),
			}},
			{Device: "virtio-scsi-pci", Drives: []Drive{
				sas("", "LABCO", "SCSI TWIN", "STWIN001", "0001", 0, size),
				sas("", "LABCO", "SCSI TWIN", noSerial, "0001", 0, size),
				sas("", "LABCO", "SCSI TWIN", noSerial, "0001", 0, size),
				sas("", "LABCO", "SCSI TWIN", "    ", "0001", 0, size),
				sas("", "LABCO", "SCSI TWIN", "Größe-78", "0001", 0, size),
				fourK(sas("", "LABCO", "SCSI 4KN", "S4KN0001", "0001", 0, size)),
			}},
			port("", nvme("NTWIN001", namespace(size, 512))),
			port("", nvme(" ", namespace(size, 512))),
			port("", nvme(" ", namespace(size, 512))),
			port("", nvme("Größe-79", namespace(size, 512))),
			port("", nvme("N4KN0001", namespace(size, 4096))),
		},
	}
}

// modules returns memory slots, each with a module of a size.
func modules(n, gib int, serial string) []firmware.MemorySlot {
	return many(n, func(i int) firmware.MemorySlot {
		return firmware.MemorySlot{
			Locator: fmt.Sprintf("DIMM_%02d", i), GiB: uint32(gib),
			Manufacturer: "Samsung", Serial: fmt.Sprintf("%s%04X", serial, 0xD100+i), PartNumber: "M321R2GA3BB6-CQKMS",
		}
	})
}

// halfEmpty takes every other module out.
func halfEmpty(slots []firmware.MemorySlot) []firmware.MemorySlot {
	for i := 1; i < len(slots); i += 2 {
		slots[i] = firmware.MemorySlot{Locator: slots[i].Locator, Manufacturer: "NO DIMM", Serial: "NO DIMM", PartNumber: "NO DIMM"}
	}
	return slots
}

func supplies(serial string) []firmware.PowerSupply {
	return many(2, func(i int) firmware.PowerSupply {
		return firmware.PowerSupply{
			Location: fmt.Sprintf("PS%d", i+1), Name: "PSU 800W Platinum", Present: true,
			Manufacturer: "DELTA ELEC", Serial: fmt.Sprintf("DPS%s%d", serial, i+1), PartNumber: "DPS-800AB-1", Revision: "00F", Watts: 800,
		}
	})
}

func many[T any](n int, one func(i int) T) []T {
	var list []T
	for i := range n {
		list = append(list, one(i))
	}
	return list
}

// disk is a SATA drive.
func disk(model, serial, firmware string, wwn, size uint64, options string) Drive {
	return Drive{Device: "ide-hd" + options, Protocol: "sata", Model: model, Serial: serial, Firmware: firmware, WWN: wwn, Bytes: size, Block: 512}
}

// parallel is a drive on a ribbon cable.
func parallel(d Drive) Drive {
	d.Protocol = "ata"
	return d
}

// sas is a SCSI drive, whose protocol is what its adapter tells.
func sas(protocol, vendor, model, serial, firmware string, wwn, size uint64) Drive {
	return Drive{
		Device: "scsi-hd,rotation_rate=10000", Protocol: protocol, Vendor: vendor, Model: model, Serial: serial,
		Firmware: firmware, WWN: wwn, Bytes: size, Block: 512,
	}
}

func fourK(d Drive) Drive {
	d.Block = 4096
	return d
}

func nvme(serial string, namespaces ...Drive) Card {
	return Card{Device: "nvme", NVMe: &NVMe{Serial: serial}, Drives: namespaces}
}

func namespace(size uint64, block int) Drive {
	return Drive{Device: "nvme-ns", Bytes: size, Block: block}
}

// sharing gives an NVMe controller to a subsystem of several.
func sharing(subsystem string, c Card) Card {
	c.NVMe.Subsystem = subsystem
	return c
}

func nic(device, mac string) Card { return Card{Device: device, MAC: mac} }

// port is a slot for a card.
func port(options string, c Card) Card {
	return Card{Device: "pcie-root-port" + options, Bridge: true, Chassis: true, Cards: []Card{c}}
}

// uplink and downlink are the ports of a PCIe switch.
func uplink(down ...Card) Card {
	return Card{Device: "x3130-upstream", Bridge: true, Cards: down}
}

func downlink(c Card) Card {
	return Card{Device: "xio3130-downstream", Bridge: true, Chassis: true, Cards: []Card{c}}
}

// brokenFRUs are FRU devices that a BMC should not have: the machine's was never
// written, and the others are spoilt.
func brokenFRUs() []FRU {
	product := func(serial string) *fru.Image {
		return &fru.Image{Version: 1, Product: &fru.Product{
			Language: firmware.English, Manufacturer: firmware.Text("DELTA ELEC"), Name: firmware.Text("PSU 800W Platinum"),
			PartNumber: firmware.Text("DPS-800AB-1"), ProductVersion: firmware.Text("00F"), Serial: firmware.Text(serial),
		}}
	}
	wrongSum := product("SUM00001")
	wrongSum.BadChecksum = true
	cut := firmware.Area(product("CUT00001"))
	clear(cut[24:])
	noise := make([]byte, firmware.AreaSize)
	for i := range noise {
		noise[i] = byte(i*i>>3 ^ i)
	}
	beyond := firmware.Area(nil)
	copy(beyond, []byte{1, 0, 0, 0, 0xF0, 0, 0, 0x0F}) // its product area would begin past its end
	return []FRU{
		{"", firmware.Area(nil)}, {"HDD BP", firmware.Area(wrongSum)}, {"Riser1", cut}, {"OCP", noise}, {"Riser2", beyond},
		{"Riser3", make([]byte, firmware.AreaSize)},
	}
}
