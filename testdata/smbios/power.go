// SPDX-License-Identifier: Apache-2.0

package smbios

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
		SBDSSerial:    uint16(g.Uint32()),
		SBDSDate:      uint16(g.between(0, 60)<<9 | g.between(1, 12)<<5 | g.between(1, 28)),
		SBDSChemistry: g.text("LiP", "LION"),
		Multiplier:    pick[uint8](g, 1, 10, 100),
		OEM:           g.Uint32(),
	}
	return g.add(22, b, 0x10, 0x16, 0x1A)
}

var batteryChemistries = terms(1, "Other|Unknown|Lead Acid|Nickel Cadmium|Nickel Metal Hydride|Lithium Ion|Zinc Air|Lithium Polymer")

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
	VoltageProbe     struct{ Probe }
	TemperatureProbe struct{ Probe }
	CurrentProbe     struct{ Probe }
)

var (
	voltageLocations = terms(1, "Other|Unknown|Processor|Disk|Peripheral Bay|System Management Module|Motherboard|"+
		"Memory Module|Processor Module|Power Unit|Add-in Card")
	temperatureLocations = terms(1, "Other|Unknown|Processor|Disk|Peripheral Bay|System Management Module|Motherboard|"+
		"Memory Module|Processor Module|Power Unit|Add-in Card|Front Panel Board|Back Panel Board|Power System Board|Drive Back Plane")
	probeStatuses = terms(1, "Other|Unknown|OK|Non-critical|Critical|Non-recoverable")
)

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

var coolingTypes = terms(1, "Other|Unknown|Fan|Centrifugal Blower|Chip Fan|Cabinet Fan|Power Supply Fan|Heat Pipe|"+
	"Integrated Refrigeration|10=Active Cooling|Passive Cooling")

// ManagementDevice is structure type 34 (DSP0134 7.35).
type ManagementDevice struct {
	Description string
	Type        uint8
	Address     uint32
	AddressType uint8
}

// ManagementComponent is structure type 35 (DSP0134 7.36).
type ManagementComponent struct {
	Description                  string
	Device, Component, Threshold uint16 // handles; Threshold 0xFFFF: none
}

// ManagementThreshold is structure type 36 (DSP0134 7.37): 0x8000 is none.
type ManagementThreshold struct {
	LowerNonCritical, UpperNonCritical       int16
	LowerCritical, UpperCritical             int16
	LowerNonRecoverable, UpperNonRecoverable int16
}

// management adds a device with a component for each of the probes.
func (g *generator) management(probes ...uint16) {
	device := g.add(34, &ManagementDevice{
		Description: g.text("LM78-1", "BMC"),
		Type:        g.code(managementTypes),
		Address:     g.Uint32() >> g.IntN(32),
		AddressType: g.code(managementAddresses),
	})
	value := func() int16 { return sometimes(g, int16(g.Uint32()), unknownValue) }
	for _, probe := range probes {
		threshold := g.add(36, &ManagementThreshold{value(), value(), value(), value(), value(), value()})
		g.add(35, &ManagementComponent{
			Description: g.text("To Be Filled", "Temperature: CPU"),
			Device:      device, Component: probe, Threshold: sometimes(g, threshold, 0xFFFF),
		})
	}
}

var (
	managementTypes     = terms(1, "Other|Unknown|LM75|LM78|LM79|LM80|LM81|ADM9240|DS1780|MAX1617|GL518SM|W83781D|HT82H791")
	managementAddresses = terms(1, "Other|Unknown|I/O Port|Memory|SMBus")
)

// PowerSupply is structure type 39 (DSP0134 7.40).
type PowerSupply struct {
	Group                                     uint8
	Location, Name, Manufacturer, Serial      string
	AssetTag, Model, Revision                 string
	MaxPower                                  uint16 // W, 0x8000: unknown
	Characteristics                           uint16
	VoltageProbe, CoolingDevice, CurrentProbe uint16 // handles, 0xFFFF: none
}

func (g *generator) powerSupply(n int, voltage, cooling, current uint16) uint16 {
	return g.add(39, &PowerSupply{
		Group:           uint8(g.IntN(3)),
		Location:        g.text("PSU1", "To Be Filled By O.E.M.", "Rear: left"),
		Name:            g.text("PWR SPLY,1400W,RDNT", "PWS-2K04A-1R", "Power Supply 1"),
		Manufacturer:    g.text("DELTA", "Artesyn", "LITEON", "Supermicro"),
		Serial:          g.serial(),
		AssetTag:        g.text("PSU-A-1", "N/A"),
		Model:           g.text("0J5WMGA01", "PWS-1K62A-1R", "DPS-1600AB-29 A"),
		Revision:        g.text("A01", "1.2", "00F"),
		MaxPower:        pick[uint16](g, 750, 1400, 2000, 0, 0x8000),
		Characteristics: uint16(g.Uint32()) & 0x3FFF,
		VoltageProbe:    sometimes(g, voltage, 0xFFFF), CoolingDevice: sometimes(g, cooling, 0xFFFF), CurrentProbe: sometimes(g, current, 0xFFFF),
	}, 0x10, 0x16)
}

var (
	supplyTypes     = terms(1, "Other|Unknown|Linear|Switching|Battery|UPS|Converter|Regulator")
	supplyStatuses  = terms(1, "Other|Unknown|OK|Non-critical|Critical")
	supplySwitching = terms(1, "Other|Unknown|Manual|Auto-switch|Wide Range|N/A")
)
