// SPDX-License-Identifier: Apache-2.0

package smbios

import "github.com/mchus/bee/dmi"

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
			Description: g.text("Component 1", "Temperature: CPU"),
			Device:      device, Component: probe, Threshold: sometimes(g, threshold, 0xFFFF),
		})
	}
}

func (d *ManagementDevice) add(t *Truth, in printed) {
	v := dmi.ManagementDevice{View: in.view()}
	if in.has(0x0B) {
		v.Description = text(d.Description)
		v.Type = managementTypes.text(uint16(d.Type), in.tool)
		v.Address = &d.Address
		v.AddressType = managementAddresses.text(uint16(d.AddressType), in.tool)
	}
	t.ManagementDevices = append(t.ManagementDevices, v)
}

func (c *ManagementComponent) add(t *Truth, in printed) {
	v := dmi.ManagementComponent{View: in.view()}
	if in.has(0x0B) {
		v.Description = text(c.Description)
		v.DeviceHandle, v.ComponentHandle = handle(c.Device), handle(c.Component)
		v.ThresholdHandle = handle(c.Threshold)
	}
	t.ManagementComponents = append(t.ManagementComponents, v)
}

func (l *ManagementThreshold) add(t *Truth, in printed) {
	v := dmi.ManagementThreshold{View: in.view()}
	if in.has(0x10) {
		v.LowerNonCritical, v.UpperNonCritical = scaled(l.LowerNonCritical, 1), scaled(l.UpperNonCritical, 1)
		v.LowerCritical, v.UpperCritical = scaled(l.LowerCritical, 1), scaled(l.UpperCritical, 1)
		v.LowerNonRecoverable, v.UpperNonRecoverable = scaled(l.LowerNonRecoverable, 1), scaled(l.UpperNonRecoverable, 1)
	}
	t.ManagementThresholds = append(t.ManagementThresholds, v)
}

var (
	managementTypes     = terms(1, "Other|Unknown|LM75|LM78|LM79|LM80|LM81|ADM9240|DS1780|MAX1617|GL518SM|W83781D|HT82H791")
	managementAddresses = terms(1, "Other|Unknown|I/O Port|Memory|SMBus")
)
