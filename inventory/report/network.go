// SPDX-License-Identifier: Apache-2.0

package report

// A NetworkCard is a PCI device, or another physical one, with network ports.
type NetworkCard struct {
	ID               string        `json:"id"`
	PCIAddress       string        `json:"pci_address,omitzero"` // of its first function
	Model            string        `json:"model,omitzero"`
	Vendor           string        `json:"vendor,omitzero"`
	Serial           string        `json:"serial,omitzero"`
	PartNumber       string        `json:"part_number,omitzero"`
	PSID             string        `json:"psid,omitzero"`
	Firmware         string        `json:"firmware,omitzero"`
	Driver           string        `json:"driver,omitzero"`
	Ports            []NetworkPort `json:"ports,omitzero"`
	NoDriver         []string      `json:"no_driver,omitzero"`         // functions that no driver has, beside one of their kind with an interface
	VirtualFunctions int           `json:"virtual_functions,omitzero"` // that its ports have made
	Sources          []string      `json:"sources,omitzero"`
}

// A NetworkPort is a network interface of a card.
type NetworkPort struct {
	Name         string       `json:"name"`
	PCIAddress   string       `json:"pci_address,omitzero"`
	MAC          string       `json:"mac,omitzero"`
	PermanentMAC string       `json:"permanent_mac,omitzero"`
	SpeedMbps    int          `json:"speed_mbps,omitzero"`
	Link         *bool        `json:"link,omitzero"`     // nil while the port is down: it cannot tell then
	AdminUp      *bool        `json:"admin_up,omitzero"` // whether it was switched on
	Kind         string       `json:"kind,omitzero"`     // "ethernet", "infiniband" or "wireless"
	GUID         string       `json:"guid,omitzero"`     // of an InfiniBand port
	State        string       `json:"state,omitzero"`    // of an InfiniBand port: "active", "down", …
	RateGbps     float64      `json:"rate_gbps,omitzero"`
	Lanes        int          `json:"lanes,omitzero"` // of an InfiniBand link; 0 if unknown
	Transceiver  *Transceiver `json:"transceiver,omitzero"`
}

// A Transceiver is the module or cable in a port (SFF-8472, SFF-8636, CMIS).
type Transceiver struct {
	Vendor     string   `json:"vendor,omitzero"`
	PartNumber string   `json:"pn,omitzero"`
	Serial     string   `json:"sn,omitzero"`
	Kind       string   `json:"kind,omitzero"`   // "SFP", "QSFP28", …
	Alarms     []string `json:"alarms,omitzero"` // that are on, in ethtool's words: "Laser rx power low alarm", "Module temperature high alarm", with the lane in brackets
}
