// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"fmt"
	"strconv"

	"github.com/mchus/bee/dmi"
)

// MemoryArray is structure type 16 (DSP0134 7.17).
type MemoryArray struct {
	Location, Use, ErrorCorrection uint8
	Capacity                       uint32 // KiB, 0x80000000: see ExtendedCapacity
	ErrorHandle                    uint16 // 0xFFFE: not provided, 0xFFFF: no error
	Devices                        uint16
	ExtendedCapacity               uint64 // bytes
}

func (g *generator) memoryArray(devices int) uint16 {
	a := &MemoryArray{
		Location:        g.code(arrayLocations),
		Use:             g.code(arrayUses),
		ErrorCorrection: g.code(arrayCorrections),
		Capacity:        pick[uint32](g, 0x80000000, 0x7FFFFFFF, 512<<20, 32<<20, 0, g.Uint32()>>1),
		ErrorHandle:     pick[uint16](g, 0xFFFE, 0xFFFE, 0xFFFF, 0x1200),
		Devices:         uint16(devices),
	}
	if a.Capacity == 0x80000000 {
		a.ExtendedCapacity = pick(g, 2<<40, 12<<40, 6<<40|512<<30, g.Uint64()>>g.IntN(64))
	}
	return g.add(16, a, 0x0F, 0x17)
}

func (a *MemoryArray) add(t *Truth, in printed) {
	v := dmi.MemoryArray{View: in.view()}
	if in.has(0x0F) {
		v.Location = arrayLocations.text(uint16(a.Location), in.tool)
		v.Use = arrayUses.text(uint16(a.Use), in.tool)
		v.ErrorCorrection = arrayCorrections.text(uint16(a.ErrorCorrection), in.tool)
		v.ErrorHandle = handle(a.ErrorHandle)
		v.Devices = int(a.Devices)
		switch {
		case a.Capacity != 0x80000000:
			v.MaxCapacityBytes = rounded(uint64(a.Capacity)) << 10
		case in.has(0x17):
			v.MaxCapacityBytes = rounded(a.ExtendedCapacity)
		}
	}
	t.MemoryArrays = append(t.MemoryArrays, v)
}

var (
	arrayLocations = terms(1, "Other|Unknown|System Board Or Motherboard|ISA Add-on Card|EISA Add-on Card|"+
		"PCI Add-on Card|MCA Add-on Card|PCMCIA Add-on Card|Proprietary Add-on Card|NuBus|"+
		"A0=PC-98/C20 Add-on Card|PC-98/C24 Add-on Card|PC-98/E Add-on Card|PC-98/Local Bus Add-on Card|"+
		"CXL Add-on Card")
	arrayUses        = terms(1, "Other|Unknown|System Memory|Video Memory|Flash Memory|Non-volatile RAM|Cache Memory")
	arrayCorrections = terms(1, "Other|Unknown|None|Parity|Single-bit ECC|Multi-bit ECC|CRC")
)

// MemoryDevice is structure type 17, a slot for a module (DSP0134 7.18).
type MemoryDevice struct {
	ArrayHandle, ErrorHandle                   uint16
	TotalWidth, DataWidth                      uint16 // bits, 0xFFFF: unknown
	Size                                       uint16 // MiB, or KiB with bit 15; 0: empty, 0x7FFF: see ExtendedSize, 0xFFFF: unknown
	FormFactor                                 uint8
	Set                                        uint8 // 0: none, 0xFF: unknown
	Locator, BankLocator                       string
	Type                                       uint8
	TypeDetail                                 uint16
	Speed                                      uint16 // MT/s, 0: unknown, 0xFFFF: see ExtendedSpeed
	Manufacturer, Serial, AssetTag, PartNumber string
	Attributes                                 uint8  // low half: rank
	ExtendedSize                               uint32 // MiB
	ConfiguredSpeed                            uint16 // MT/s, as Speed
	Minimum, Maximum, Configured               uint16 // mV, 0: unknown
	Technology                                 uint8
	Modes                                      uint16
	Firmware                                   string
	ModuleManufacturer, ModuleProduct          uint16 // 0: unknown
	ControllerManufacturer, ControllerProduct  uint16 // 0: unknown
	NonVolatile, Volatile, Cache, Logical      uint64 // bytes, 0: none, all ones: unknown
	ExtendedSpeed, ExtendedConfigured          uint32 // MT/s
	PMIC0Manufacturer, PMIC0Revision           uint16 // 0, 0xFF00: unknown
	RCDManufacturer, RCDRevision               uint16 // 0, 0xFF00: unknown
}

// A module is what the modules of a machine have in common.
type module struct {
	kind         term
	form         uint8
	detail       uint16
	mib          uint32
	speed        uint32
	manufacturer string
	part         string
	persistent   bool
}

func (g *generator) module() module {
	m := module{
		kind:         pick(g, deviceTypes...),
		form:         g.code(formFactors),
		detail:       uint16(g.flags(typeDetails)),
		mib:          uint32(1) << g.between(0, 20),
		speed:        pick[uint32](g, 0, 1333, 65534, 65536, 70000),
		manufacturer: g.manufacturer("Samsung", "SK Hynix", "Micron Technology", "Kingston", "Hynix Semiconductor"),
		part:         g.text("M393A4K40CB2-CTD    ", "HMA84GR7AFR4N-VK", "36ASF4G72PZ-2G6E1", "M321R8GA0BB0-CQKZJ"),
		persistent:   g.oneIn(8),
	}
	if g.oneIn(2) { // the memory of a server of today
		m.kind = deviceTypes[pick(g, 0x1A, 0x22, 0x22)-1]
		m.form, m.detail = 9, 1<<7|pick[uint16](g, 1<<13, 1<<14, 1<<15)
		m.mib = uint32(1) << g.between(13, 18)
		m.speed = pick[uint32](g, 2133, 2666, 3200, 4800, 5600, 6400, 8800)
	}
	if g.oneIn(3) {
		m.mib = pick[uint32](g, 24<<10, 32767, 32768, 32766, 48<<10, 96<<10, 1536<<10, 3, 65537, 1<<30)
	}
	return m
}

// manufacturer returns the name of one, or the code that some firmware has in
// its place.
func (g *generator) manufacturer(names ...string) string {
	if g.oneIn(3) {
		return pick(g, dialects...).text
	}
	return g.text(names...)
}

// dialects are the ways in which firmware writes the JEP-106 code of the
// manufacturer that it found in a module's SPD.
var dialects = []struct {
	text string
	bank int
	code uint8
}{
	{"80CE", 1, 0xCE},
	{"0x80CE", 1, 0xCE},
	{"80CE000080CE", 1, 0xCE},
	{"80CE80B380CE", 1, 0xCE},
	{"00CE00B300CE", 1, 0xCE},
	{"CE00000000000000", 1, 0xCE},
	{"0xCE00", 1, 0xCE},
	{"CE00", 1, 0xCE},
	{"0xAD00000000000000", 1, 0xAD},
	{"80AD", 1, 0xAD},
	{"JEDEC ID:80 2C", 1, 0x2C},
	{"2C00", 1, 0x2C},
	{"802C", 1, 0x2C},
	{"0x0198", 2, 0x98}, // bare, it could be decimal
	{"7F98000000000000", 2, 0x98},
	{"04B3", 5, 0xB3},
}

// manufacturers are the names that belong to the codes in our machines.
var manufacturers = map[dmi.JEDECID]string{
	{Bank: 1, Code: 0xCE}: "Samsung",
	{Bank: 1, Code: 0xAD}: "SK Hynix",
	{Bank: 1, Code: 0x2C}: "Micron Technology",
	{Bank: 1, Code: 0x89}: "Intel",
	{Bank: 1, Code: 0xB3}: "IDT",
	{Bank: 2, Code: 0x98}: "Kingston",
	{Bank: 5, Code: 0xB3}: "Inphi Corporation",
}

// memoryDevice is slot n of an array, with a module in it or without.
func (g *generator) memoryDevice(n int, array uint16, m module, empty bool) uint16 {
	d := &MemoryDevice{
		ArrayHandle: array,
		ErrorHandle: pick[uint16](g, 0xFFFE, 0xFFFE, 0xFFFF, 0x1300),
		TotalWidth:  sometimes[uint16](g, 72, 0xFFFF), DataWidth: sometimes[uint16](g, 64, 0xFFFF),
		FormFactor:  m.form,
		Set:         pick(g, 0, 0, uint8(g.between(1, 254)), 0xFF),
		Locator:     g.text(fmt.Sprintf("DIMM_%c%d", 'A'+n/2%26, 1+n%2), fmt.Sprintf("CPU%d_DIMM_%d", n/16, n%16), fmt.Sprintf("P0 CHANNEL %c", 'A'+n%8)),
		BankLocator: g.text(fmt.Sprintf("NODE %d", n/16), fmt.Sprintf("_Node0_Channel%d_Dimm%d", n/2, n%2), "BANK 0"),
		Type:        uint8(m.kind.code),
		TypeDetail:  m.detail,
	}
	g.setSize(d, m.mib)
	g.setSpeed(d, m.speed)
	d.Manufacturer, d.Serial, d.AssetTag, d.PartNumber = m.manufacturer, g.serial(), g.text("DIMM-A-1", "01224900"), m.part
	d.Attributes = uint8(g.Uint32())
	d.Minimum, d.Maximum, d.Configured = g.millivolts(), g.millivolts(), g.millivolts()
	g.setPersistent(d, m)
	d.PMIC0Manufacturer, d.PMIC0Revision = g.chip()
	d.RCDManufacturer, d.RCDRevision = g.chip()
	if empty {
		g.clear(d)
	}
	return g.add(17, d, 0x15, 0x17, 0x1B, 0x1C, 0x22, 0x28, 0x34, 0x54, 0x5C)
}

// setSize sets the size in the field of the specification's choice, and now
// and then to one in KiB or to none that is known.
func (g *generator) setSize(d *MemoryDevice, mib uint32) {
	d.Size = uint16(min(mib, 0x7FFF))
	if mib >= 0x7FFF {
		d.ExtendedSize = mib
	}
	switch g.IntN(40) {
	case 0:
		d.Size = 0xFFFF
	case 1:
		d.Size = 0x8000 | uint16(g.between(1, 0x7FFE))
	}
}

func (g *generator) setSpeed(d *MemoryDevice, mts uint32) {
	d.Speed, d.ConfiguredSpeed = uint16(min(mts, 0xFFFF)), uint16(min(mts, 0xFFFF))
	if mts >= 0xFFFF {
		d.ExtendedSpeed, d.ExtendedConfigured = mts, mts
	} else if mts > 1000 && g.oneIn(3) {
		d.ConfiguredSpeed -= 266
	}
}

func (g *generator) millivolts() uint16 {
	return pick(g, 0, 1100, 1200, 1350, 1500, 1800, 2500, 1000, 1250, uint16(g.Uint32()))
}

// setPersistent fills in the fields for modules that keep their data, of which
// plain memory has some too.
func (g *generator) setPersistent(d *MemoryDevice, m module) {
	bytes := uint64(m.mib) << 20
	d.Technology, d.Modes = 3, 1<<3
	d.Volatile = bytes
	if m.persistent {
		d.Technology = g.code(technologies)
		d.Modes = uint16(g.flags(operatingModes))
		d.NonVolatile = pick(g, bytes, bytes/2, bytes-1<<20, ^uint64(0))
		d.Volatile = pick(g, 0, bytes/2, ^uint64(0), g.Uint64())
		d.Cache = pick[uint64](g, 0, 64<<30, 1<<40+1)
		d.Logical = pick[uint64](g, 0, ^uint64(0), 2<<40)
		d.Firmware = g.text("01.02.00.5446", "1.2.3.4")
	}
	d.ModuleManufacturer, d.ModuleProduct = pick[uint16](g, 0, 0xCE80, 0xAD80, 0x2C80, 0x9801, 0x8980), uint16(g.IntN(4))
	d.ControllerManufacturer, d.ControllerProduct = pick[uint16](g, 0, 0x8980, 0xB304), uint16(g.Uint32())
}

// chip returns the manufacturer and revision of a chip on a module.
func (g *generator) chip() (manufacturer, revision uint16) {
	return pick[uint16](g, 0, 0x8A9D, 0xB380, 0x2C00), pick(g, 0xFF00, 0, 0x8012, uint16(g.Uint32()))
}

// clear empties a slot: with the texts that some firmware prints for it all the
// same, or without any.
func (g *generator) clear(d *MemoryDevice) {
	d.Size, d.ExtendedSize = 0, 0
	d.TotalWidth, d.DataWidth = pick[uint16](g, 0, 0xFFFF, 64), pick[uint16](g, 0, 0xFFFF, 64)
	if g.oneIn(2) {
		fill := pick(g, "NO DIMM", "Not Specified", "Unknown", "")
		d.Manufacturer, d.Serial, d.AssetTag, d.PartNumber = fill, fill, fill, fill
		d.Speed, d.ConfiguredSpeed, d.Attributes, d.Technology = 0, 0, 0, 2
		d.Type, d.TypeDetail = 2, 1<<2
	}
}

func (d *MemoryDevice) add(t *Truth, in printed) {
	v := dmi.MemoryDevice{View: in.view()}
	if in.has(0x15) {
		d.addBasic(&v, in)
	}
	// Since 3.4 nothing more is printed of an empty slot.
	if in.has(0x17) && !(d.Size == 0 && in.tool >= 304) {
		v.SpeedMTs = d.speed(d.Speed, d.ExtendedSpeed, in)
		d.addModule(&v, in)
	}
	t.MemoryDevices = append(t.MemoryDevices, v)
}

func (d *MemoryDevice) addBasic(v *dmi.MemoryDevice, in printed) {
	v.ArrayHandle, v.ErrorHandle = handle(d.ArrayHandle), handle(d.ErrorHandle)
	v.TotalWidthBits, v.DataWidthBits = zero(d.TotalWidth, 0xFFFF), zero(d.DataWidth, 0xFFFF)
	v.Present = d.Size != 0
	v.SizeBytes = d.bytes(in)
	v.FormFactor = formFactors.text(uint16(d.FormFactor), in.tool)
	v.Set = zero(d.Set, 0xFF)
	v.Locator, v.BankLocator = text(d.Locator), text(d.BankLocator)
	v.Type = deviceTypes.text(uint16(d.Type), in.tool)
	v.TypeDetail = typeDetails.bits(uint64(d.TypeDetail), in.tool)
}

// bytes returns the size of the module.
func (d *MemoryDevice) bytes(in printed) uint64 {
	switch {
	case d.Size == 0x7FFF && in.has(0x20):
		return uint64(d.ExtendedSize&0x7FFFFFFF) << 20
	case d.Size == 0xFFFF:
		return 0
	case d.Size&0x8000 != 0:
		return uint64(d.Size&0x7FFF) << 10
	}
	return uint64(d.Size) << 20
}

// speed returns a speed, from the wide field where the narrow one is full.
// Before 3.4 dmidecode did not know the wide one, and printed 65535.
func (d *MemoryDevice) speed(narrow uint16, wide uint32, in printed) int {
	switch {
	case narrow != 0xFFFF:
		return int(narrow)
	case in.has(0x5C) && in.tool >= 304:
		return int(wide)
	}
	return 0
}

func (d *MemoryDevice) addModule(v *dmi.MemoryDevice, in printed) {
	if in.has(0x1B) {
		d.addManufacturer(v)
		v.SerialNumber = text(d.Serial)
		v.AssetTag, v.PartNumber = text(d.AssetTag), text(d.PartNumber)
	}
	if in.has(0x1C) {
		v.Rank = int(d.Attributes & 0xF)
	}
	if in.has(0x22) {
		v.ConfiguredSpeedMTs = d.speed(d.ConfiguredSpeed, d.ExtendedConfigured, in)
	}
	if in.has(0x28) {
		v.MinimumMillivolts, v.MaximumMillivolts, v.ConfiguredMillivolts = int(d.Minimum), int(d.Maximum), int(d.Configured)
	}
	if in.has(0x34) {
		v.Technology = technologies.text(uint16(d.Technology), in.tool)
		v.OperatingModes = operatingModes.bits(uint64(d.Modes), in.tool)
		v.FirmwareVersion = text(d.Firmware)
		v.ModuleManufacturer, v.ModuleProduct = jedec(d.ModuleManufacturer), d.ModuleProduct
		v.ControllerManufacturer, v.ControllerProduct = jedec(d.ControllerManufacturer), d.ControllerProduct
	}
	if v.ManufacturerRaw == "" && v.ModuleManufacturer != nil {
		v.Manufacturer = v.ModuleManufacturer.Name
	}
	d.addParts(v, in)
	if in.has(0x64) && in.tool >= 306 {
		v.PMIC0 = d.chip(d.PMIC0Manufacturer, d.PMIC0Revision)
		v.RCD = d.chip(d.RCDManufacturer, d.RCDRevision)
	}
}

// addManufacturer adds the text that the firmware has, and what it means if it
// is a code.
func (d *MemoryDevice) addManufacturer(v *dmi.MemoryDevice) {
	v.ManufacturerRaw = text(d.Manufacturer)
	v.Manufacturer = v.ManufacturerRaw
	for _, dialect := range dialects {
		if d.Manufacturer == dialect.text {
			v.JEDEC = named(dialect.bank, dialect.code)
			v.Manufacturer = v.JEDEC.Name
		}
	}
}

// addParts adds the sizes of the parts of a module, each a version younger.
func (d *MemoryDevice) addParts(v *dmi.MemoryDevice, in printed) {
	for _, part := range []struct {
		end   int
		bytes uint64
		field **uint64
	}{
		{0x3C, d.NonVolatile, &v.NonVolatileBytes},
		{0x44, d.Volatile, &v.VolatileBytes},
		{0x4C, d.Cache, &v.CacheBytes},
		{0x54, d.Logical, &v.LogicalBytes},
	} {
		if in.has(part.end) && part.bytes != ^uint64(0) {
			*part.field = new(rounded(part.bytes))
		}
	}
}

// jedec splits a JEP-106 code: the low byte counts the continuation codes, with
// a parity bit.
func jedec(code uint16) *dmi.JEDECID {
	if code == 0 {
		return nil
	}
	return named(int(code&0x7F)+1, uint8(code>>8))
}

func named(bank int, code uint8) *dmi.JEDECID {
	id := dmi.JEDECID{Bank: bank, Code: code}
	id.Name = manufacturers[id]
	return &id
}

// chip reads the two fields of a chip. The revision has a meaning for DDR5 only.
func (d *MemoryDevice) chip(manufacturer, revision uint16) *dmi.MemoryChip {
	c := dmi.MemoryChip{Manufacturer: jedec(manufacturer)}
	ddr5 := d.Type == 0x22 || d.Type == 0x23
	switch {
	case revision == 0xFF00:
	case !ddr5:
		c.Revision = fmt.Sprintf("0x%04x", revision)
	case revision&0x8000 == 0:
		c.DeviceType = "Not Installed"
	default:
		c.DeviceType = strconv.Itoa(int(revision >> 8 & 0xF))
		c.Revision = fmt.Sprintf("%d.%d", revision>>4&0xF, revision&0xF)
	}
	if c == (dmi.MemoryChip{}) {
		return nil
	}
	return &c
}

var (
	formFactors = terms(1, "Other|Unknown|SIMM|SIP|Chip|DIP|ZIP|Proprietary Card|DIMM|TSOP|Row Of Chips|RIMM|SODIMM|"+
		"SRIMM|FB-DIMM|Die|CAMM@3.7|CUDIMM@3.7|CSODIMM@3.7")
	deviceTypes = terms(1, "Other|Unknown|DRAM|EDRAM|VRAM|SRAM|RAM|ROM|Flash|EEPROM|FEPROM|EPROM|CDRAM|3DRAM|SDRAM|"+
		"SGRAM|RDRAM|DDR|DDR2|DDR2 FB-DIMM|Reserved|Reserved|Reserved|DDR3|FBD2|DDR4|LPDDR|LPDDR2|LPDDR3|LPDDR4|"+
		"Logical non-volatile device|HBM|HBM2|DDR5@3.4|LPDDR5@3.4|HBM3@3.6|MRDIMM@3.7")
	typeDetails = terms(1, "Other|Unknown|Fast-paged|Static Column|Pseudo-static|RAMBus|Synchronous|CMOS|EDO|"+
		"Window DRAM|Cache DRAM|Non-Volatile|Registered (Buffered)|Unbuffered (Unregistered)|LRDIMM")
	technologies = terms(1, "Other|Unknown|DRAM|NVDIMM-N|NVDIMM-F|NVDIMM-P|"+
		"Intel Optane persistent memory|MRDIMM@3.7")
	operatingModes = terms(1, "Other|Unknown|Volatile memory|Byte-accessible persistent memory|"+
		"Block-accessible persistent memory")
)
