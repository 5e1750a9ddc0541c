// SPDX-License-Identifier: Apache-2.0

package dmi

// A ManagementDevice is a chip that watches over the system (type 34, DSP0134
// 3.7 section 7.35).
type ManagementDevice struct {
	View
	Description string  `json:"description,omitzero"`
	Type        string  `json:"type,omitzero"` // "LM78"
	Address     *uint32 `json:"address,omitzero"`
	AddressType string  `json:"address_type,omitzero"` // "I/O Port", "Memory", "SMBus"
}

// ManagementDevices returns the chips that watch over the system.
func (t *Table) ManagementDevices() ([]ManagementDevice, error) {
	return all[ManagementDevice](t, TypeManagementDevice)
}

func (d *ManagementDevice) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Description":
		d.Description = r.text(f)
	case "Type":
		d.Type = r.word(f)
	case "Address":
		d.Address = r.word32(f)
	case "Address Type":
		d.AddressType = r.word(f)
	default:
		return false
	}
	return true
}

// A ManagementComponent ties a probe or cooling device to the chip that reads
// it (type 35, DSP0134 3.7 section 7.36).
type ManagementComponent struct {
	View
	Description     string  `json:"description,omitzero"`
	DeviceHandle    *uint16 `json:"device_handle,omitzero"`    // of a ManagementDevice
	ComponentHandle *uint16 `json:"component_handle,omitzero"` // of a probe or cooling device
	ThresholdHandle *uint16 `json:"threshold_handle,omitzero"` // of a ManagementThreshold
}

// ManagementComponents returns what the management devices read.
func (t *Table) ManagementComponents() ([]ManagementComponent, error) {
	return all[ManagementComponent](t, TypeManagementComponent)
}

func (c *ManagementComponent) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Description":
		c.Description = r.text(f)
	case "Management Device Handle":
		c.DeviceHandle = r.handle(f)
	case "Component Handle":
		c.ComponentHandle = r.handle(f)
	case "Threshold Handle":
		c.ThresholdHandle = r.handle(f)
	default:
		return false
	}
	return true
}

// A ManagementThreshold holds limits for a component (type 36, DSP0134 3.7
// section 7.37). Their unit is the component's; nil is no limit.
type ManagementThreshold struct {
	View
	LowerNonCritical    *int `json:"lower_non_critical,omitzero"`
	UpperNonCritical    *int `json:"upper_non_critical,omitzero"`
	LowerCritical       *int `json:"lower_critical,omitzero"`
	UpperCritical       *int `json:"upper_critical,omitzero"`
	LowerNonRecoverable *int `json:"lower_non_recoverable,omitzero"`
	UpperNonRecoverable *int `json:"upper_non_recoverable,omitzero"`
}

// ManagementThresholds returns the limits for the components.
func (t *Table) ManagementThresholds() ([]ManagementThreshold, error) {
	return all[ManagementThreshold](t, TypeManagementThreshold)
}

func (l *ManagementThreshold) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Lower Non-critical Threshold":
		l.LowerNonCritical = r.fixed(f, "", 0)
	case "Upper Non-critical Threshold":
		l.UpperNonCritical = r.fixed(f, "", 0)
	case "Lower Critical Threshold":
		l.LowerCritical = r.fixed(f, "", 0)
	case "Upper Critical Threshold":
		l.UpperCritical = r.fixed(f, "", 0)
	case "Lower Non-recoverable Threshold":
		l.LowerNonRecoverable = r.fixed(f, "", 0)
	case "Upper Non-recoverable Threshold":
		l.UpperNonRecoverable = r.fixed(f, "", 0)
	default:
		return false
	}
	return true
}
