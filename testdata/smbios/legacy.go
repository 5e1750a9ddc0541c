// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"fmt"

	"github.com/mchus/bee/dmi"
)

// MemoryController is structure type 5, obsolete since 2.1 (DSP0134 7.6).
type MemoryController struct {
	ErrorDetection, ErrorCorrection        uint8
	SupportedInterleave, CurrentInterleave uint8
	MaxModuleSize                          uint8 // as a power of two, in MiB
	Speeds, Types                          uint16
	Voltage                                uint8
	Count                                  uint8
	Modules                                []uint16
	EnabledCorrection                      uint8
}

func (g *generator) memoryController() uint16 {
	c := &MemoryController{
		ErrorDetection:      g.code(detectionMethods),
		ErrorCorrection:     uint8(g.flags(correctionCapabilities)),
		SupportedInterleave: g.code(interleaves), CurrentInterleave: g.code(interleaves),
		MaxModuleSize:     uint8(g.IntN(16)),
		Speeds:            uint16(g.flags(moduleSpeeds)),
		Types:             uint16(g.flags(moduleTypes)),
		Voltage:           uint8(g.IntN(8)),
		Modules:           g.handles(6),
		EnabledCorrection: uint8(g.flags(correctionCapabilities)),
	}
	c.Count = uint8(len(c.Modules))
	return g.add(5, c, 0x0F)
}

func (c *MemoryController) add(t *Truth, in printed) {
	v := dmi.MemoryController{View: in.view()}
	if in.has(0x0F) {
		v.ErrorDetection = detectionMethods.text(uint16(c.ErrorDetection), in.tool)
		v.ErrorCorrection = correctionCapabilities.bits(uint64(c.ErrorCorrection), in.tool)
		v.SupportedInterleave = interleaves.text(uint16(c.SupportedInterleave), in.tool)
		v.CurrentInterleave = interleaves.text(uint16(c.CurrentInterleave), in.tool)
		v.MaxModuleBytes = 1 << (20 + c.MaxModuleSize)
		v.MaxTotalBytes = uint64(c.Count) << (20 + c.MaxModuleSize)
		v.SupportedSpeeds = moduleSpeeds.bits(uint64(c.Speeds), in.tool)
		v.SupportedMemoryTypes = moduleTypes.bits(uint64(c.Types), in.tool)
		v.VoltagesMillivolts = voltages(c.Voltage)
	}
	end := 0x0F + 2*len(c.Modules)
	if in.has(end) {
		v.ModuleHandles = c.Modules
	}
	if in.has(end + 1) {
		v.EnabledErrorCorrection = correctionCapabilities.bits(uint64(c.EnabledCorrection), in.tool)
	}
	t.MemoryControllers = append(t.MemoryControllers, v)
}

// MemoryModule is structure type 6, obsolete since 2.1 (DSP0134 7.7).
type MemoryModule struct {
	Socket             string
	Banks              uint8 // two numbers, 0xF: none
	Speed              uint8 // ns, 0: unknown
	Types              uint16
	Installed, Enabled uint8 // bit 7: two banks; a power of two in MiB, 0x7D to 0x7F: none
	Error              uint8
}

func (g *generator) memoryModule() uint16 {
	size := func() uint8 { return uint8(g.IntN(2)<<7) | pick(g, uint8(g.IntN(16)), 0x7D, 0x7E, 0x7F) }
	return g.add(6, &MemoryModule{
		Socket:    g.text("DIMM0", "BANK_0: A", "RAM socket #1"),
		Banks:     pick[uint8](g, 0x01, 0x23, 0xF0, 0x1F, 0xFF),
		Speed:     pick[uint8](g, 0, 60, 70),
		Types:     uint16(g.flags(moduleTypes)),
		Installed: size(), Enabled: size(),
		Error: uint8(g.IntN(8)),
	})
}

func (m *MemoryModule) add(t *Truth, in printed) {
	v := dmi.MemoryModule{View: in.view()}
	if in.has(0x0C) {
		v.Socket = text(m.Socket)
		for _, bank := range []uint8{m.Banks >> 4, m.Banks & 0xF} {
			if bank != 0xF {
				v.BankConnections = append(v.BankConnections, int(bank))
			}
		}
		v.SpeedNanosecs = int(m.Speed)
		v.Types = moduleTypes.bits(uint64(m.Types), in.tool)
		v.Present = m.Installed&0x7F != 0x7F
		v.InstalledBytes, v.EnabledBytes = moduleBytes(m.Installed), moduleBytes(m.Enabled)
		v.ErrorStatus = moduleErrors.text(uint16(m.Error&3), in.tool)
		if m.Error&4 != 0 {
			v.ErrorStatus = "See Event Log"
		}
	}
	t.MemoryModules = append(t.MemoryModules, v)
}

func moduleBytes(code uint8) uint64 {
	if code&0x7F >= 0x7D {
		return 0
	}
	return 1 << (20 + code&0x7F)
}

var (
	detectionMethods       = terms(1, "Other|Unknown|None|8-bit Parity|32-bit ECC|64-bit ECC|128-bit ECC|CRC")
	correctionCapabilities = terms(0, "Other|Unknown|None|Single-bit Error Correcting|Double-bit Error Correcting|Error Scrubbing")
	interleaves            = terms(1, "Other|Unknown|One-way Interleave|Two-way Interleave|Four-way Interleave|"+
		"Eight-way Interleave|Sixteen-way Interleave")
	moduleSpeeds = terms(0, "Other|Unknown|70 ns|60 ns|50 ns")
	moduleTypes  = terms(0, "Other|Unknown|Standard|FPM|EDO|Parity|ECC|SIMM|DIMM|Burst EDO|SDRAM")
	moduleErrors = terms(0, "OK|Uncorrectable Errors|Correctable Errors|Correctable and Uncorrectable Errors")
)

// Group is structure type 14 (DSP0134 7.15).
type Group struct {
	Name  string
	Items []GroupItem
}

// A GroupItem is a structure that belongs to a group.
type GroupItem struct {
	Type   uint8
	Handle uint16
}

func (g *generator) group() uint16 {
	group := &Group{Name: g.text("Firmware Version Info", "$MEI: 1", "OEM Group")}
	for range g.IntN(4) {
		group.Items = append(group.Items, GroupItem{pick[uint8](g, 0, 4, 13, 17, 39, 221), uint16(g.IntN(0x2000))})
	}
	return g.add(14, group)
}

func (group *Group) add(t *Truth, in printed) {
	v := dmi.Group{View: in.view()}
	if in.has(0x05) {
		v.Name = text(group.Name)
		for i := range (in.Size - 5) / 3 {
			var item GroupItem // a longer structure has items of zeros
			if i < len(group.Items) {
				item = group.Items[i]
			}
			kind := structureTypes.text(uint16(item.Type), in.tool)
			if item.Type >= 128 {
				kind = "OEM-specific"
			}
			v.Items = append(v.Items, dmi.GroupItem{Handle: item.Handle, Type: kind})
		}
	}
	t.Groups = append(t.Groups, v)
}

// MemoryError32 is structure type 18 (DSP0134 7.19), MemoryError64 is type 33
// (DSP0134 7.34).
type (
	MemoryError32 struct {
		Type, Granularity, Operation uint8
		Syndrome                     uint32 // 0: unknown
		ArrayAddress, DeviceAddress  uint32 // bit 31 alone: unknown
		Resolution                   uint32 // bytes, bit 31 alone: unknown
	}
	MemoryError64 struct {
		Type, Granularity, Operation uint8
		Syndrome                     uint32
		ArrayAddress, DeviceAddress  uint64 // bit 63 alone: unknown
		Resolution                   uint32
	}
)

func (g *generator) memoryError() uint16 {
	if g.oneIn(2) {
		return g.add(33, &MemoryError64{
			g.code(errorTypes), g.code(errorGranularities), g.code(errorOperations), pick(g, 0, g.Uint32()),
			pick(g, 1<<63, g.Uint64()), pick(g, 1<<63, g.Uint64()), pick(g, 1<<31, g.Uint32()),
		})
	}
	return g.add(18, &MemoryError32{
		g.code(errorTypes), g.code(errorGranularities), g.code(errorOperations), pick(g, 0, g.Uint32()),
		pick(g, 1<<31, g.Uint32()), pick(g, 1<<31, g.Uint32()), pick(g, 1<<31, g.Uint32()),
	})
}

func (e *MemoryError32) add(t *Truth, in printed) {
	v := dmi.MemoryError{View: in.view()}
	if in.has(0x17) {
		describe(&v, e.Type, e.Granularity, e.Operation, e.Syndrome, e.Resolution, in.tool)
		if a := none(e.ArrayAddress, 1<<31); a != nil {
			v.ArrayAddress = new(uint64(*a))
		}
		if a := none(e.DeviceAddress, 1<<31); a != nil {
			v.DeviceAddress = new(uint64(*a))
		}
	}
	t.memoryErrors32 = append(t.memoryErrors32, v)
}

func (e *MemoryError64) add(t *Truth, in printed) {
	v := dmi.MemoryError{View: in.view()}
	if in.has(0x1F) {
		describe(&v, e.Type, e.Granularity, e.Operation, e.Syndrome, e.Resolution, in.tool)
		v.ArrayAddress, v.DeviceAddress = none(e.ArrayAddress, 1<<63), none(e.DeviceAddress, 1<<63)
	}
	t.MemoryErrors = append(t.MemoryErrors, v)
}

// describe sets what both types have in common.
func describe(v *dmi.MemoryError, kind, granularity, operation uint8, syndrome, resolution uint32, tool Tool) {
	v.Type = errorTypes.text(uint16(kind), tool)
	v.Granularity = errorGranularities.text(uint16(granularity), tool)
	v.Operation = errorOperations.text(uint16(operation), tool)
	v.VendorSyndrome, v.ResolutionBytes = none(syndrome, 0), none(resolution, 1<<31)
}

var (
	errorTypes = terms(1, "Other|Unknown|OK|Bad Read|Parity Error|Single-bit Error|Double-bit Error|Multi-bit Error|"+
		"Nibble Error|Checksum Error|CRC Error|Corrected Single-bit Error|Corrected Error|Uncorrectable Error")
	errorGranularities = terms(1, "Other|Unknown|Device Level|Memory Partition Level")
	errorOperations    = terms(1, "Other|Unknown|Read|Write|Partial Write")
)

// Pointing is structure type 21 (DSP0134 7.22).
type Pointing struct{ Type, Interface, Buttons uint8 }

func (g *generator) pointing() uint16 {
	return g.add(21, &Pointing{g.code(pointingTypes), g.code(pointingInterfaces), uint8(g.IntN(6))})
}

func (d *Pointing) add(t *Truth, in printed) {
	v := dmi.PointingDevice{View: in.view()}
	if in.has(0x07) {
		v.Type = pointingTypes.text(uint16(d.Type), in.tool)
		v.Interface = pointingInterfaces.text(uint16(d.Interface), in.tool)
		v.Buttons = int(d.Buttons)
	}
	t.PointingDevices = append(t.PointingDevices, v)
}

var (
	pointingTypes      = terms(1, "Other|Unknown|Mouse|Track Ball|Track Point|Glide Point|Touch Pad|Touch Screen|Optical Sensor")
	pointingInterfaces = terms(1, "Other|Unknown|Serial|PS/2|Infrared|HIP-HIL|Bus Mouse|ADB (Apple Desktop Bus)|"+
		"A0=Bus Mouse DB-9|Bus Mouse Micro DIN|USB|I2C@3.4|SPI@3.4")
)

// Reset is structure type 23, of the watchdog (DSP0134 7.24).
type Reset struct {
	Capabilities      uint8  // bit 0 enabled, 1-2 option, 3-4 option on limit, 5 watchdog
	Count, Limit      uint16 // 0xFFFF: unknown
	Interval, Timeout uint16 // minutes, 0xFFFF: unknown
}

func (g *generator) reset() uint16 {
	n := func() uint16 { return pick(g, 0xFFFF, 0, uint16(g.Uint32())) }
	return g.add(23, &Reset{uint8(g.Uint32()), n(), n(), n(), n()})
}

func (r *Reset) add(t *Truth, in printed) {
	v := dmi.SystemReset{View: in.view()}
	if in.has(0x0D) {
		v.Enabled, v.Watchdog = new(r.Capabilities&1 != 0), new(r.Capabilities&(1<<5) != 0)
		if *v.Watchdog {
			v.BootOption = bootOptions.text(uint16(r.Capabilities>>1&3), in.tool)
			v.BootOptionOnLimit = bootOptions.text(uint16(r.Capabilities>>3&3), in.tool)
			number := func(n uint16) *int {
				if n == 0xFFFF {
					return nil
				}
				return new(int(n))
			}
			v.ResetCount, v.ResetLimit = number(r.Count), number(r.Limit)
			v.IntervalMinutes, v.TimeoutMinutes = number(r.Interval), number(r.Timeout)
		}
	}
	if t.SystemReset == nil {
		t.SystemReset = &v
	}
}

var bootOptions = terms(1, "Operating System|System Utilities|Do Not Reboot")

// PowerControls is structure type 25 (DSP0134 7.26): binary coded decimals, or
// what is none for any.
type PowerControls struct{ Month, Day, Hour, Minute, Second uint8 }

func (g *generator) powerControls() uint16 {
	return g.add(25, &PowerControls{
		pick[uint8](g, 0, 0x12, 0x13, 0x01), pick[uint8](g, 0, 0x31, 0x1A), pick[uint8](g, 0, 0x23, 0x24, 0xFF),
		pick[uint8](g, 0, 0x59, 0x60), pick[uint8](g, 0, 0x30, 0xFF),
	})
}

func (c *PowerControls) add(t *Truth, in printed) {
	v := dmi.PowerControls{View: in.view()}
	if in.has(0x09) {
		v.NextPowerOn = bcd(c.Month, 0x01, 0x12) + "-" + bcd(c.Day, 0x01, 0x31) + " " +
			bcd(c.Hour, 0x00, 0x23) + ":" + bcd(c.Minute, 0x00, 0x59) + ":" + bcd(c.Second, 0x00, 0x59)
	}
	if t.PowerControls == nil {
		t.PowerControls = &v
	}
}

// bcd prints a binary coded decimal, "*" for one that is not in the range.
func bcd(v, low, high uint8) string {
	if v&0xF > 9 || v < low || v > high {
		return "*"
	}
	return fmt.Sprintf("%02X", v)
}

// Remote is structure type 30 (DSP0134 7.31).
type Remote struct {
	Manufacturer string
	Connections  uint8 // bit 0 inbound, bit 1 outbound
}

func (g *generator) remote() uint16 {
	return g.add(30, &Remote{g.text("Intel", "Dell: iDRAC"), uint8(g.IntN(4))})
}

func (r *Remote) add(t *Truth, in printed) {
	v := dmi.RemoteAccess{View: in.view()}
	if in.has(0x06) {
		v.Manufacturer = text(r.Manufacturer)
		v.Inbound, v.Outbound = new(r.Connections&1 != 0), new(r.Connections&2 != 0)
	}
	t.RemoteAccess = append(t.RemoteAccess, v)
}

// Channel is structure type 37 (DSP0134 7.38), with one device more than it
// counts: all versions of dmidecode read each device in the place of the next.
type Channel struct {
	Type, MaximumLoad, Count uint8
	Devices                  []ChannelDevice
}

// A ChannelDevice is a memory device on a channel.
type ChannelDevice struct {
	Load   uint8
	Handle uint16
}

func (g *generator) channel() uint16 {
	c := &Channel{Type: g.code(channelTypes), MaximumLoad: uint8(g.IntN(32))}
	c.Count = uint8(g.IntN(4))
	for range c.Count + 1 {
		c.Devices = append(c.Devices, ChannelDevice{uint8(g.IntN(8)), uint16(g.IntN(0x2000))})
	}
	return g.add(37, c)
}

func (c *Channel) add(t *Truth, in printed) {
	v := dmi.MemoryChannel{View: in.view()}
	if in.has(0x07) {
		v.Type = channelTypes.text(uint16(c.Type), in.tool)
		v.MaximumLoad = int(c.MaximumLoad)
	}
	if in.has(0x07 + 3*len(c.Devices)) {
		for _, d := range c.Devices[1:] {
			v.Devices = append(v.Devices, dmi.ChannelDevice{Load: int(d.Load), Handle: handle(d.Handle)})
		}
	}
	t.MemoryChannels = append(t.MemoryChannels, v)
}

var channelTypes = terms(1, "Other|Unknown|RamBus|SyncLink")

// EventLog is structure type 15 (DSP0134 7.16).
type EventLog struct {
	AreaLength, HeaderStart, DataStart uint16
	Method, Status                     uint8
	ChangeToken, Address               uint32
	HeaderFormat, Count, Length        uint8
	Descriptors                        []EventDescriptor
}

// An EventDescriptor says how events of a type are logged.
type EventDescriptor struct{ Type, Format uint8 }

func (g *generator) eventLog() uint16 {
	l := &EventLog{
		AreaLength: uint16(g.Uint32()), HeaderStart: uint16(g.IntN(3)), DataStart: uint16(g.between(3, 0x40)),
		Method: uint8(pick(g, logMethods...).code), Status: uint8(g.IntN(4)),
		ChangeToken: g.Uint32(), Address: g.Uint32(),
		HeaderFormat: uint8(g.IntN(2)), Length: 2,
	}
	for range g.IntN(5) {
		l.Descriptors = append(l.Descriptors, EventDescriptor{uint8(pick(g, logTypes...).code), uint8(pick(g, logFormats...).code)})
	}
	l.Count = uint8(len(l.Descriptors))
	return g.add(15, l, 0x14, 0x17)
}

func (l *EventLog) add(t *Truth, in printed) {
	v := dmi.EventLog{View: in.view()}
	if in.has(0x14) {
		v.AreaBytes, v.HeaderStart, v.DataStart = int(l.AreaLength), l.HeaderStart, l.DataStart
		v.HeaderBytes = int(l.DataStart - l.HeaderStart)
		v.AccessMethod = logMethods.text(uint16(l.Method), in.tool)
		v.AccessAddress = l.address()
		v.Valid, v.Full = new(l.Status&1 != 0), new(l.Status&2 != 0)
		v.ChangeToken = &l.ChangeToken
	}
	if in.has(0x17) {
		v.HeaderFormat = pickOne(l.HeaderFormat == 1, "Type 1", "No Header")
	}
	if in.has(0x17 + 2*len(l.Descriptors)) {
		for _, d := range l.Descriptors {
			v.Descriptors = append(v.Descriptors, dmi.EventDescriptor{
				Type:       logTypes.text(uint16(d.Type), in.tool),
				DataFormat: logFormats.text(uint16(d.Format), in.tool),
			})
		}
	}
	t.EventLogs = append(t.EventLogs, v)
}

// address returns the address of the log, whose form depends on the method.
func (l *EventLog) address() string {
	switch {
	case l.Method <= 2:
		return fmt.Sprintf("Index 0x%04X, Data 0x%04X", l.Address&0xFFFF, l.Address>>16)
	case l.Method == 3:
		return fmt.Sprintf("0x%08X", l.Address)
	}
	return fmt.Sprintf("0x%04X", l.Address&0xFFFF)
}

var (
	logMethods = terms(0, "Indexed I/O, one 8-bit index port, one 8-bit data port|"+
		"Indexed I/O, two 8-bit index ports, one 8-bit data port|"+
		"Indexed I/O, one 16-bit index port, one 8-bit data port|"+
		"Memory-mapped physical 32-bit address|General-purpose non-volatile data functions")
	logTypes = terms(1, "Single-bit ECC memory error|Multi-bit ECC memory error|Parity memory error|Bus timeout|"+
		"I/O channel block|Software NMI|POST memory resize|POST error|PCI parity error|PCI system error|"+
		"CPU failure|EISA failsafe timer timeout|Correctable memory log disabled|Logging disabled|"+
		"10=System limit exceeded|Asynchronous hardware timer expired|System configuration information|"+
		"Hard disk information|System reconfigured|Uncorrectable CPU-complex error|Log area reset/cleared|System boot|"+
		"FF=End of log")
	logFormats = terms(0, "None|Handle|Multiple-event|Multiple-event handle|POST results bitmap|System management|"+
		"Multiple-event system management|80=OEM-specific")
)

// Additional is structure type 40 (DSP0134 7.41).
type Additional struct {
	Count   uint8
	Entries []AdditionalEntry
}

// An AdditionalEntry amends a field of another structure.
type AdditionalEntry struct {
	Length uint8
	Handle uint16
	Offset uint8
	Text   string
	Value  []uint8
}

func (g *generator) additional() uint16 {
	a := &Additional{}
	for range g.between(1, 3) {
		e := AdditionalEntry{Handle: uint16(g.IntN(0x2000)), Offset: uint8(g.IntN(64)), Text: g.text("PCIExpressx16", "CPU: stepping")}
		e.Value = make([]uint8, pick(g, 1, 2, 4, 3))
		for i := range e.Value {
			e.Value[i] = uint8(g.Uint32())
		}
		e.Length = uint8(5 + len(e.Value))
		a.Entries = append(a.Entries, e)
	}
	a.Count = uint8(len(a.Entries))
	return g.add(40, a)
}

func (a *Additional) add(t *Truth, in printed) {
	if !in.has(0x0B) {
		t.AdditionalInformation = append(t.AdditionalInformation, dmi.AdditionalInformation{View: in.view()})
		return
	}
	end := 5
	for _, e := range a.Entries {
		v := dmi.AdditionalInformation{View: in.view()}
		if end += int(e.Length); in.has(end) {
			v.ReferencedHandle, v.ReferencedOffset = handle(e.Handle), &e.Offset
			v.String = text(e.Text)
			v.Value = e.value()
		}
		t.AdditionalInformation = append(t.AdditionalInformation, v)
		if !in.has(end) {
			return
		}
	}
}

// value returns the new value of the field, if it is of a size that dmidecode
// prints.
func (e *AdditionalEntry) value() *uint32 {
	if len(e.Value) == 3 {
		return nil
	}
	var v uint32
	for i, b := range e.Value {
		v |= uint32(b) << (8 * i)
	}
	return &v
}

// Raw is a structure that no version decodes, or that has no typed view: OEM
// types, inactive ones and those that the specification does not define yet.
type Raw struct {
	Data  []uint8
	Texts set
}

func (g *generator) raw() uint16 {
	r := &Raw{Data: make([]uint8, g.IntN(40))}
	for i := range r.Data {
		r.Data[i] = uint8(g.Uint32())
	}
	if g.oneIn(2) {
		r.Texts = g.strings(g.between(1, 3))
	}
	return g.add(pick[uint8](g, 126, 44, 46, 125, 128, 221, 255, uint8(g.between(129, 254))), r)
}

func (*Raw) add(*Truth, printed) {}
