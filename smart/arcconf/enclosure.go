// SPDX-License-Identifier: Apache-2.0

package arcconf

// An Enclosure is an enclosure services device.
type Enclosure struct {
	Number             int    `json:"number,omitzero"` // counted by the tool
	Fans               []Part `json:"fans,omitzero"`
	PowerSupplies      []Part `json:"power_supplies,omitzero"`
	TemperatureSensors []Part `json:"temperature_sensors,omitzero"`
	ID                 string `json:"id,omitzero"`
	LogicalID          string `json:"logical_id,omitzero"`
	Type               string `json:"type,omitzero"`
	Vendor             string `json:"vendor,omitzero"`
	Model              string `json:"model,omitzero"`
	Firmware           string `json:"firmware,omitzero"`
	Serial             string `json:"serial,omitzero"`
	Channel            string `json:"channel,omitzero"`
	Location           string `json:"location,omitzero"`
	ESD                string `json:"esd,omitzero"`
	TemperatureText    string `json:"temperature_text,omitzero"`
	Speaker            string `json:"speaker,omitzero"`
	ExpanderID         string `json:"expander_id,omitzero"`
	ExpanderSASAddress string `json:"expander_sas_address,omitzero"`
	Connector          string `json:"connector,omitzero"`
	State              string `json:"state,omitzero"`
	Supported          string `json:"supported,omitzero"`
	TransferSpeed      string `json:"transfer_speed,omitzero"`
	FRU                string `json:"fru,omitzero"`
	PFA                string `json:"pfa,omitzero"`
	WWN                string `json:"wwn,omitzero"`
	Line               int    `json:"line"`
}

// text returns the field that takes the value of a key, which is in small
// letters, as it is printed.
func (x *Enclosure) text(key []byte) *string {
	switch string(key) {
	case "enclosure id":
		return &x.ID
	case "enclosure logical identifier":
		return &x.LogicalID
	case "type":
		return &x.Type
	case "vendor":
		return &x.Vendor
	case "model":
		return &x.Model
	case "firmware":
		return &x.Firmware
	case "serial number":
		return &x.Serial
	case "reported channel,device(t:l)", "reported channel,device":
		return &x.Channel
	case "reported location":
		return &x.Location
	case "reported esd(t:l)", "reported esd":
		return &x.ESD
	case "temperature", "temperature status":
		return &x.TemperatureText
	case "speaker status":
		return &x.Speaker
	case "expander id":
		return &x.ExpanderID
	case "expander sas address":
		return &x.ExpanderSASAddress
	case "connector name":
		return &x.Connector
	case "state":
		return &x.State
	case "supported":
		return &x.Supported
	case "transfer speed":
		return &x.TransferSpeed
	case "fru":
		return &x.FRU
	case "pfa":
		return &x.PFA
	case "world-wide name":
		return &x.WWN
	}
	return nil
}

// A Part is a fan, a power supply or a sensor of an enclosure.
type Part struct {
	Name       string `json:"name"`        // "Fan 1 status"
	StatusText string `json:"status_text"` // "0 rpm (Not Installed)"
	Line       int    `json:"line"`
}

// A Connector is one of the controller's, or a lane of one.
type Connector struct {
	Lane                  bool   `json:"lane,omitzero"`
	Number                int    `json:"number,omitzero"`
	PHYs                  []PHY  `json:"phys,omitzero"`
	Name                  string `json:"name,omitzero"`
	ConnectionNumber      string `json:"connection_number,omitzero"`
	Mode                  string `json:"mode,omitzero"`
	Location              string `json:"location,omitzero"`
	SASAddress            string `json:"sas_address,omitzero"`
	Discovery             string `json:"discovery,omitzero"`
	PendingDiscovery      string `json:"pending_discovery,omitzero"`
	ChannelID             string `json:"channel_id,omitzero"`
	DeviceID              string `json:"device_id,omitzero"`
	PHYIdentifier         string `json:"phy_identifier,omitzero"`
	AttachedPHYIdentifier string `json:"attached_phy_identifier,omitzero"`
	AttachedSASAddress    string `json:"attached_sas_address,omitzero"`
	LinkRate              string `json:"link_rate,omitzero"`
	Line                  int    `json:"line"`
}

// text returns the field that takes the value of a key, which is in small
// letters, as it is printed.
func (x *Connector) text(key []byte) *string {
	switch string(key) {
	case "connector name":
		return &x.Name
	case "connection number":
		return &x.ConnectionNumber
	case "functional mode":
		return &x.Mode
	case "connector location":
		return &x.Location
	case "sas address":
		return &x.SASAddress
	case "current discovery protocol":
		return &x.Discovery
	case "pending discovery protocol":
		return &x.PendingDiscovery
	case "channel id":
		return &x.ChannelID
	case "device id":
		return &x.DeviceID
	case "phy identifier":
		return &x.PHYIdentifier
	case "attached phy identifier":
		return &x.AttachedPHYIdentifier
	case "attached sas address":
		return &x.AttachedSASAddress
	case "negotiated logical link rate":
		return &x.LinkRate
	}
	return nil
}

// A Task is what GETSTATUS says of something at work.
type Task struct {
	Volume          string   `json:"volume,omitzero"` // its number
	ProgressPercent *float64 `json:"progress_percent,omitzero"`
	ID              string   `json:"id,omitzero"`
	Operation       string   `json:"operation,omitzero"`
	StatusText      string   `json:"status_text,omitzero"`
	Priority        string   `json:"priority,omitzero"`
	Line            int      `json:"line"`
}

// text returns the field that takes the value of a key, which is in small
// letters, as it is printed.
func (x *Task) text(key []byte) *string {
	switch string(key) {
	case "logical device":
		return &x.Volume
	case "task id":
		return &x.ID
	case "current operation":
		return &x.Operation
	case "status":
		return &x.StatusText
	case "priority":
		return &x.Priority
	}
	return nil
}
