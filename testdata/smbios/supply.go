// SPDX-License-Identifier: Apache-2.0

package smbios

import "github.com/mchus/bee/dmi"

// PowerSupply is structure type 39 (DSP0134 7.40).
type PowerSupply struct {
	Group                                     uint8
	Location, Name, Manufacturer, Serial      string
	AssetTag, Model, Revision                 string
	MaxPower                                  uint16 // W, 0x8000: unknown
	Characteristics                           uint16
	VoltageProbe, CoolingDevice, CurrentProbe uint16 // handles, 0xFFFF: none
}

func (g *generator) powerSupply(voltage, cooling, current uint16) uint16 {
	return g.add(39, &PowerSupply{
		Group:           uint8(g.IntN(3)),
		Location:        g.text("PSU1", "Rear: left"),
		Name:            g.text("PWR SPLY,1400W,RDNT", "PWS-2K04A-1R", "Power Supply 1"),
		Manufacturer:    g.text("DELTA", "Artesyn", "LITEON", "Supermicro"),
		Serial:          g.serial(),
		AssetTag:        g.text("PSU-A-1", "77"),
		Model:           g.text("0J5WMGA01", "PWS-1K62A-1R", "DPS-1600AB-29 A"),
		Revision:        g.text("A01", "1.2", "00F"),
		MaxPower:        pick[uint16](g, 750, 1400, 2000, 0, 0x8000),
		Characteristics: uint16(g.Uint32()) & 0x3FFF,
		VoltageProbe:    sometimes(g, voltage, 0xFFFF), CoolingDevice: sometimes(g, cooling, 0xFFFF), CurrentProbe: sometimes(g, current, 0xFFFF),
	}, 0x10, 0x16)
}

func (p *PowerSupply) add(t *Truth, in printed) {
	v := dmi.PowerSupply{View: in.view()}
	if in.has(0x10) {
		v.UnitGroup = int(p.Group)
		v.Location, v.Name, v.Manufacturer, v.SerialNumber = text(p.Location), text(p.Name), text(p.Manufacturer), text(p.Serial)
		v.AssetTag, v.ModelPartNumber, v.Revision = text(p.AssetTag), text(p.Model), text(p.Revision)
		v.MaxPowerWatts = zero(p.MaxPower, 0x8000)
		bits := p.Characteristics
		v.HotReplaceable, v.Plugged = new(bits&1 != 0), new(bits&4 == 0)
		v.InputRangeSwitching = supplySwitching.text(bits>>3&0xF, in.tool)
		v.Type = supplyTypes.text(bits>>10&0xF, in.tool)
		if v.Present = bits&2 != 0; v.Present {
			v.Status = supplyStatuses.text(bits>>7&7, in.tool)
		}
	}
	if in.has(0x16) {
		v.InputVoltageProbeHandle, v.CoolingDeviceHandle = handle(p.VoltageProbe), handle(p.CoolingDevice)
		v.InputCurrentProbeHandle = handle(p.CurrentProbe)
	}
	t.PowerSupplies = append(t.PowerSupplies, v)
}

var (
	supplyTypes    = terms(1, "Other|Unknown|Linear|Switching|Battery|UPS|Converter|Regulator")
	supplyStatuses = terms(1, "Other|Unknown|OK|Non-critical|Critical")
	// 6, which is printed as "N/A", says that there is none
	supplySwitching = terms(1, "Other|Unknown|Manual|Auto-switch|Wide Range")
)
