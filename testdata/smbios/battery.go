// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"fmt"

	"github.com/mchus/bee/dmi"
)

// Battery is structure type 22 (DSP0134 7.23).
type Battery struct {
	Location, Manufacturer, Date, Serial, Name string
	Chemistry                                  uint8
	Capacity                                   uint16 // mWh, times Multiplier
	Voltage                                    uint16 // mV
	SBDSVersion                                string
	MaximumError                               uint8 // percent, 0xFF: unknown
	SBDSSerial, SBDSDate                       uint16
	SBDSChemistry                              string
	Multiplier                                 uint8
	OEM                                        uint32
}

func (g *generator) battery() uint16 {
	b := &Battery{
		Location:      g.text("Rear", "Sys. Battery Bay", "Fan"),
		Manufacturer:  g.text("LGC", "SANYO", "Panasonic"),
		Serial:        pick(g, "", g.serial()),
		Date:          pick(g, "", "03/2024"),
		Name:          g.text("01AV478", "DELL 5XJ28"),
		Chemistry:     g.code(batteryChemistries),
		Capacity:      sometimes(g, uint16(g.between(1, 60000)), 0),
		Voltage:       sometimes(g, uint16(g.between(3000, 20000)), 0),
		SBDSVersion:   g.text("03.01", "1.1"),
		MaximumError:  sometimes(g, uint8(g.between(0, 100)), 0xFF),
		SBDSSerial:    uint16(g.between(0x1000, 0xEFFF)),
		SBDSDate:      uint16(g.between(0, 60)<<9 | g.between(1, 12)<<5 | g.between(1, 28)),
		SBDSChemistry: g.text("LiP", "LION"),
		Multiplier:    pick[uint8](g, 1, 10, 100),
		OEM:           g.Uint32(),
	}
	return g.add(22, b, 0x10, 0x16, 0x1A)
}

func (b *Battery) add(t *Truth, in printed) {
	v := dmi.Battery{View: in.view()}
	if in.has(0x10) {
		v.Location, v.Manufacturer, v.Name = text(b.Location), text(b.Manufacturer), text(b.Name)
		v.ManufactureDate, v.SerialNumber = text(b.Date), text(b.Serial)
		v.Chemistry = batteryChemistries.text(uint16(b.Chemistry), in.tool)
		v.CapacityMWh, v.DesignMillivolts = int(b.Capacity), int(b.Voltage)
		v.SBDSVersion = text(b.SBDSVersion)
		if b.MaximumError != 0xFF {
			v.MaximumErrorPercent = new(int(b.MaximumError))
		}
	}
	if in.has(0x16) {
		v.CapacityMWh *= int(b.Multiplier)
	}
	if in.has(0x1A) {
		b.addSmart(&v)
		v.OEMInformation = &b.OEM
	}
	t.Batteries = append(t.Batteries, v)
}

// addSmart adds what the battery itself says, where the firmware has no text.
func (b *Battery) addSmart(v *dmi.Battery) {
	if b.Serial == "" {
		v.SerialNumber = fmt.Sprintf("%04X", b.SBDSSerial)
	}
	if b.Date == "" {
		v.ManufactureDate = fmt.Sprintf("%d-%02d-%02d", 1980+b.SBDSDate>>9, b.SBDSDate>>5&0xF, b.SBDSDate&0x1F)
	}
	if b.Chemistry == 2 {
		v.Chemistry = text(b.SBDSChemistry)
	}
}

var batteryChemistries = terms(1, "Other|Unknown|Lead Acid|Nickel Cadmium|Nickel Metal Hydride|Lithium Ion|Zinc Air|Lithium Polymer")
