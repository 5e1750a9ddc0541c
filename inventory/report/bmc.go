// SPDX-License-Identifier: Apache-2.0

package report

// A BMC is the machine's management controller.
type BMC struct {
	Manufacturer string       `json:"manufacturer,omitzero"`
	Product      string       `json:"product,omitzero"`
	Firmware     string       `json:"firmware,omitzero"`
	IPMIVersion  string       `json:"ipmi_version,omitzero"`
	IP           string       `json:"ip,omitzero"` // of the channel in use; an IPv6 address where it has no other
	MAC          string       `json:"mac,omitzero"`
	Updating     bool         `json:"updating,omitzero"` // it calls itself not available: it is in an update, or starts itself
	Health       string       `json:"health,omitzero"`   // by its sensors
	Channels     []LANChannel `json:"channels,omitzero"`
	Sources      []string     `json:"sources,omitzero"`
}

// A LANChannel is a network channel of the BMC.
type LANChannel struct {
	Number int    `json:"number"`
	IP     string `json:"ip,omitzero"`
	IPv6   string `json:"ipv6,omitzero"` // the one that reaches furthest
	MAC    string `json:"mac,omitzero"`
}

// A Sensor is a reading of the BMC.
type Sensor struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Kind      string   `json:"kind,omitzero"` // "fan", "temperature", "voltage", …
	Value     *float64 `json:"value,omitzero"`
	Unit      string   `json:"unit,omitzero"`
	Threshold *float64 `json:"threshold,omitzero"` // the one that was crossed
	State     string   `json:"state,omitzero"`     // "ok", "nc", "cr", "nr", or a state's own words
	Bad       bool     `json:"bad,omitzero"`
}

// A SEL sums up the BMC's event log.
type SEL struct {
	Entries int            `json:"entries"`
	Full    bool           `json:"full,omitzero"`   // its last event is that it takes no more
	Last    string         `json:"last,omitzero"`   // the time and words of the last event
	Counts  map[string]int `json:"counts,omitzero"` // events by what they are about
	// Uncorrected are the errors among them that nothing corrected, each once, with the
	// time of its last.
	Uncorrected []string `json:"uncorrected,omitzero"`
}
