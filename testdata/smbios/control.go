// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"fmt"

	"github.com/mchus/bee/dmi"
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

// Security is structure type 24, of hardware passwords (DSP0134 7.25): four
// settings of two bits.
type Security struct{ Settings uint8 }

func (g *generator) security() uint16 { return g.add(24, &Security{uint8(g.Uint32())}) }

func (s *Security) add(t *Truth, in printed) {
	v := dmi.HardwareSecurity{View: in.view()}
	if in.has(0x05) {
		setting := func(shift int) string { return securitySettings.text(uint16(s.Settings>>shift&3), in.tool) }
		v.PowerOnPassword, v.KeyboardPassword = setting(6), setting(4)
		v.AdministratorPassword, v.FrontPanelReset = setting(2), setting(0)
	}
	if t.HardwareSecurity == nil {
		t.HardwareSecurity = &v
	}
}

var securitySettings = terms(0, "Disabled|Enabled|Not Implemented|Unknown")

// Boot is structure type 32, the status of the last boot (DSP0134 7.33).
type Boot struct {
	Reserved [6]uint8
	Status   uint8
}

func (g *generator) boot() uint16 {
	return g.add(32, &Boot{Status: uint8(pick(g, bootStatuses...).code)}, 0x14)
}

func (b *Boot) add(t *Truth, in printed) {
	v := dmi.BootStatus{View: in.view()}
	if in.has(0x0B) {
		v.Status = bootStatuses.text(uint16(b.Status), in.tool)
	}
	if t.BootStatus == nil {
		t.BootStatus = &v
	}
}

var bootStatuses = terms(0, "No errors detected|No bootable media|Operating system failed to load|"+
	"Firmware-detected hardware failure|Operating system-detected hardware failure|User-requested boot|"+
	"System security violation|Previously-requested image|System watchdog timer expired|"+
	"80=OEM-specific|C0=Product-specific")

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

// Integrity is structure type 31, the entry point of the Boot Integrity
// Services (DSP0134 7.32).
type Integrity struct {
	Checksum  uint8 // makes the sum of the structure's bytes 0
	Reserved  [3]uint8
	Entry16   uint32 // segment and offset
	Entry32   uint32
	Reserved2 [12]uint8
}

func (g *generator) integrity() uint16 {
	b := &Integrity{Entry16: g.Uint32(), Entry32: g.Uint32()}
	whole := encode(g.handle, 31, b, -1)
	if g.oneIn(2) {
		b.Checksum = -sum(whole.appendTo(nil))
	}
	return g.add(31, b)
}

func (b *Integrity) add(t *Truth, in printed) {
	v := dmi.BootIntegrity{View: in.view()}
	if in.has(0x1C) {
		whole := encode(in.Handle, 31, b, in.Size)
		v.ChecksumValid = new(sum(whole.appendTo(nil)) == 0)
		v.EntryPoint16 = fmt.Sprintf("%04X:%04X", b.Entry16>>16, b.Entry16&0xFFFF)
		v.EntryPoint32 = &b.Entry32
	}
	if t.BootIntegrity == nil {
		t.BootIntegrity = &v
	}
}
