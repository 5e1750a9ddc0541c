// SPDX-License-Identifier: Apache-2.0

package smbios

import "github.com/mchus/bee/dmi"

// Cooling is structure type 27 (DSP0134 7.28).
type Cooling struct {
	ProbeHandle uint16 // 0xFFFF: none
	TypeStatus  uint8  // low five bits: type, high three: status
	Group       uint8
	OEM         uint32
	Speed       uint16 // rpm, 0x8000: unknown
	Description string
}

func (g *generator) cooling(probe uint16) uint16 {
	return g.add(27, &Cooling{
		ProbeHandle: sometimes(g, probe, 0xFFFF),
		TypeStatus:  uint8(pick(g, coolingTypes...).code) | uint8(g.IntN(7)<<5),
		Group:       uint8(g.IntN(3)),
		OEM:         g.Uint32(),
		Speed:       sometimes(g, uint16(g.between(0, 20000)), 0x8000),
		Description: g.text("Fan 1", "CPU Fan: A", "System Fan 3"),
	}, 0x0C, 0x0E)
}

func (c *Cooling) add(t *Truth, in printed) {
	v := dmi.CoolingDevice{View: in.view()}
	if in.has(0x0C) {
		v.TemperatureProbeHandle = handle(c.ProbeHandle)
		v.Type = coolingTypes.text(uint16(c.TypeStatus&0x1F), in.tool)
		v.Status = probeStatuses.text(uint16(c.TypeStatus>>5), in.tool)
		v.UnitGroup = int(c.Group)
		v.OEMInformation = &c.OEM
	}
	if in.has(0x0E) && c.Speed != 0x8000 {
		v.NominalRPM = new(int(c.Speed))
	}
	if in.has(0x0F) {
		v.Description = text(c.Description)
	}
	t.CoolingDevices = append(t.CoolingDevices, v)
}

var coolingTypes = terms(1, "Other|Unknown|Fan|Centrifugal Blower|Chip Fan|Cabinet Fan|Power Supply Fan|Heat Pipe|"+
	"Integrated Refrigeration|10=Active Cooling|Passive Cooling")
