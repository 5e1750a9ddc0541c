// SPDX-License-Identifier: Apache-2.0

package dmi

// SystemReset tells of the watchdog (type 23, DSP0134 3.7 section 7.24).
type SystemReset struct {
	View
	Enabled           *bool  `json:"enabled,omitzero"`              // whether the user lets it reset the system
	Watchdog          *bool  `json:"watchdog,omitzero"`             // whether there is one; if not, all below is absent
	BootOption        string `json:"boot_option,omitzero"`          // after a reset: "Operating System", "Do Not Reboot"
	BootOptionOnLimit string `json:"boot_option_on_limit,omitzero"` // after ResetLimit resets
	ResetCount        *int   `json:"reset_count,omitzero"`          // since the last boot that was meant
	ResetLimit        *int   `json:"reset_limit,omitzero"`
	IntervalMinutes   *int   `json:"interval_minutes,omitzero"`
	TimeoutMinutes    *int   `json:"timeout_minutes,omitzero"`
}

// SystemReset returns what is said of the watchdog, nil if there is no record
// of it.
func (t *Table) SystemReset() (*SystemReset, error) { return one[SystemReset](t, TypeSystemReset) }

func (s *SystemReset) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Status":
		s.Enabled = r.flag(f, "Enabled", "Disabled")
	case "Watchdog Timer":
		s.Watchdog = r.flag(f, "Present", "Not Present")
	case "Boot Option":
		s.BootOption = r.word(f)
	case "Boot Option On Limit":
		s.BootOptionOnLimit = r.word(f)
	case "Reset Count":
		s.ResetCount = r.optional(f)
	case "Reset Limit":
		s.ResetLimit = r.optional(f)
	case "Timer Interval":
		s.IntervalMinutes = r.optional(f, "min")
	case "Timeout":
		s.TimeoutMinutes = r.optional(f, "min")
	default:
		return false
	}
	return true
}

// HardwareSecurity tells which passwords are set (type 24, DSP0134 3.7 section
// 7.25): "Disabled", "Enabled" or "Not Implemented".
type HardwareSecurity struct {
	View
	PowerOnPassword       string `json:"power_on_password,omitzero"`
	KeyboardPassword      string `json:"keyboard_password,omitzero"`
	AdministratorPassword string `json:"administrator_password,omitzero"`
	FrontPanelReset       string `json:"front_panel_reset,omitzero"`
}

// HardwareSecurity returns which passwords are set, nil if there is no record
// of them.
func (t *Table) HardwareSecurity() (*HardwareSecurity, error) {
	return one[HardwareSecurity](t, TypeHardwareSecurity)
}

func (s *HardwareSecurity) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Power-On Password Status":
		s.PowerOnPassword = r.word(f)
	case "Keyboard Password Status":
		s.KeyboardPassword = r.word(f)
	case "Administrator Password Status":
		s.AdministratorPassword = r.word(f)
	case "Front Panel Reset Status":
		s.FrontPanelReset = r.word(f)
	default:
		return false
	}
	return true
}

// PowerControls tells when the system will power itself on (type 25, DSP0134
// 3.7 section 7.26).
type PowerControls struct {
	View
	NextPowerOn string `json:"next_power_on,omitzero"` // month-day hour:minute:second with * for any, "*-* 08:00:00"
}

// PowerControls returns when the system will power itself on, nil if there is
// no record of it.
func (t *Table) PowerControls() (*PowerControls, error) {
	return one[PowerControls](t, TypePowerControls)
}

func (c *PowerControls) set(r *reader, f *Field) bool {
	if f.Key != "Next Scheduled Power-on" {
		return false
	}
	c.NextPowerOn = r.word(f)
	return true
}

// RemoteAccess tells whether the system can be reached when no operating
// system runs (type 30, DSP0134 3.7 section 7.31).
type RemoteAccess struct {
	View
	Manufacturer string `json:"manufacturer,omitzero"`
	Inbound      *bool  `json:"inbound,omitzero"`
	Outbound     *bool  `json:"outbound,omitzero"`
}

// RemoteAccess returns the facilities for remote access.
func (t *Table) RemoteAccess() ([]RemoteAccess, error) { return all[RemoteAccess](t, TypeRemoteAccess) }

func (a *RemoteAccess) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Manufacturer Name":
		a.Manufacturer = r.text(f)
	case "Inbound Connection":
		a.Inbound = r.flag(f, "Enabled", "Disabled")
	case "Outbound Connection":
		a.Outbound = r.flag(f, "Enabled", "Disabled")
	default:
		return false
	}
	return true
}
