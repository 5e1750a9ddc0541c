// SPDX-License-Identifier: Apache-2.0

package smbios

import "github.com/mchus/bee/dmi"

// Probe is structure type 26 for voltages, 28 for temperatures and 29 for
// currents (DSP0134 7.27, 7.29, 7.30): 0x8000 is an unknown value.
type Probe struct {
	Description      string
	LocationStatus   uint8  // low five bits: location, high three: status
	Maximum, Minimum int16  // mV, 0.1 °C, mA
	Resolution       uint16 // 0.1 mV, 0.001 °C, 0.1 mA
	Tolerance        int16
	Accuracy         uint16 // 0.01 %
	OEM              uint32
	Nominal          int16
}

const unknownValue = -0x8000 // 0x8000 as a signed value

func (g *generator) probe() Probe {
	value := func() int16 { return sometimes(g, int16(g.Uint32()), unknownValue) }
	return Probe{
		Description:    g.text("CPU1 Temp", "P12V", "LM78A", "Ambient: Inlet"),
		LocationStatus: uint8(g.IntN(0x10) | g.IntN(7)<<5),
		Maximum:        value(), Minimum: value(),
		Resolution: sometimes(g, uint16(g.Uint32()), 0x8000),
		Tolerance:  value(),
		Accuracy:   sometimes(g, uint16(g.Uint32()), 0x8000),
		OEM:        g.Uint32(),
		Nominal:    value(),
	}
}

// VoltageProbe, TemperatureProbe and CurrentProbe are the three kinds.
type (
	VoltageProbe     Probe
	TemperatureProbe Probe
	CurrentProbe     Probe
)

func (g *generator) voltageProbe() uint16 {
	return g.add(26, new(VoltageProbe(g.probe())), 0x14)
}

func (g *generator) temperatureProbe() uint16 {
	return g.add(28, new(TemperatureProbe(g.probe())), 0x14)
}

func (g *generator) currentProbe() uint16 {
	return g.add(29, new(CurrentProbe(g.probe())), 0x14)
}

// scaled returns a value in a smaller unit, nil for an unknown one.
func scaled[T int16 | uint16](value T, factor int) *int {
	if uint16(value) == 0x8000 {
		return nil
	}
	return new(int(value) * factor)
}

func (p *VoltageProbe) add(t *Truth, in printed) {
	v := dmi.VoltageProbe{View: in.view()}
	if in.has(0x14) {
		v.Description = text(p.Description)
		v.Location = voltageLocations.text(uint16(p.LocationStatus&0x1F), in.tool)
		v.Status = probeStatuses.text(uint16(p.LocationStatus>>5), in.tool)
		v.MaximumMillivolts, v.MinimumMillivolts = scaled(p.Maximum, 1), scaled(p.Minimum, 1)
		v.ResolutionMicrovolts = scaled(p.Resolution, 100)
		v.ToleranceMillivolts = scaled(p.Tolerance, 1)
		v.AccuracyBasisPoints = scaled(p.Accuracy, 1)
		v.OEMInformation = &p.OEM
	}
	if in.has(0x16) {
		v.NominalMillivolts = scaled(p.Nominal, 1)
	}
	t.VoltageProbes = append(t.VoltageProbes, v)
}

func (p *TemperatureProbe) add(t *Truth, in printed) {
	v := dmi.TemperatureProbe{View: in.view()}
	if in.has(0x14) {
		v.Description = text(p.Description)
		v.Location = temperatureLocations.text(uint16(p.LocationStatus&0x1F), in.tool)
		v.Status = probeStatuses.text(uint16(p.LocationStatus>>5), in.tool)
		v.MaximumMillicelsius, v.MinimumMillicelsius = scaled(p.Maximum, 100), scaled(p.Minimum, 100)
		v.ResolutionMillicelsius = scaled(p.Resolution, 1)
		v.ToleranceMillicelsius = scaled(p.Tolerance, 100)
		v.AccuracyBasisPoints = scaled(p.Accuracy, 1)
		v.OEMInformation = &p.OEM
	}
	if in.has(0x16) {
		v.NominalMillicelsius = scaled(p.Nominal, 100)
	}
	t.TemperatureProbes = append(t.TemperatureProbes, v)
}

func (p *CurrentProbe) add(t *Truth, in printed) {
	v := dmi.CurrentProbe{View: in.view()}
	if in.has(0x14) {
		v.Description = text(p.Description)
		v.Location = voltageLocations.text(uint16(p.LocationStatus&0x1F), in.tool)
		v.Status = probeStatuses.text(uint16(p.LocationStatus>>5), in.tool)
		v.MaximumMilliamperes, v.MinimumMilliamperes = scaled(p.Maximum, 1), scaled(p.Minimum, 1)
		v.ResolutionMicroamperes = scaled(p.Resolution, 100)
		v.ToleranceMilliamperes = scaled(p.Tolerance, 1)
		v.AccuracyBasisPoints = scaled(p.Accuracy, 1)
		v.OEMInformation = &p.OEM
	}
	if in.has(0x16) {
		v.NominalMilliamperes = scaled(p.Nominal, 1)
	}
	t.CurrentProbes = append(t.CurrentProbes, v)
}

var (
	voltageLocations = terms(1, "Other|Unknown|Processor|Disk|Peripheral Bay|System Management Module|Motherboard|"+
		"Memory Module|Processor Module|Power Unit|Add-in Card")
	temperatureLocations = terms(1, "Other|Unknown|Processor|Disk|Peripheral Bay|System Management Module|Motherboard|"+
		"Memory Module|Processor Module|Power Unit|Add-in Card|Front Panel Board|Back Panel Board|Power System Board|Drive Back Plane")
	probeStatuses = terms(1, "Other|Unknown|OK|Non-critical|Critical|Non-recoverable")
)
