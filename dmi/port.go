// SPDX-License-Identifier: Apache-2.0

package dmi

// A PortConnector is a connector of the board (type 8, DSP0134 3.7 section
// 7.9).
type PortConnector struct {
	View
	InternalDesignator string `json:"internal_designator,omitzero"` // "J1A1"
	InternalConnector  string `json:"internal_connector,omitzero"`  // "9 Pin Dual Inline (pin 10 cut)"; "None" for none
	ExternalDesignator string `json:"external_designator,omitzero"` // "COM A"
	ExternalConnector  string `json:"external_connector,omitzero"`  // "DB-9 male"; "None" for none
	PortType           string `json:"port_type,omitzero"`           // "Serial Port 16550A Compatible"
}

// PortConnectors returns the connectors of the system.
func (t *Table) PortConnectors() ([]PortConnector, error) {
	return all[PortConnector](t, TypePortConnector)
}

func (c *PortConnector) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Internal Reference Designator", "Internal Designator":
		c.InternalDesignator = r.text(f)
	case "Internal Connector Type":
		c.InternalConnector = r.word(f)
	case "External Reference Designator", "External Designator":
		c.ExternalDesignator = r.text(f)
	case "External Connector Type":
		c.ExternalConnector = r.word(f)
	case "Port Type":
		c.PortType = r.word(f)
	default:
		return false
	}
	return true
}
