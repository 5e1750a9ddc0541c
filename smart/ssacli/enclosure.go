// SPDX-License-Identifier: Apache-2.0

package ssacli

// An Enclosure is a cage or shelf of drives, or an expander or enclosure
// processor in one.
type Enclosure struct {
	Name                 string `json:"name,omitzero"` // "Internal Drive Cage", "Expander 378"
	Port                 string `json:"port,omitzero"`
	Box                  string `json:"box,omitzero"`
	StatusText           string `json:"status_text,omitzero"` // "OK"
	Location             string `json:"location,omitzero"`
	Vendor               string `json:"vendor,omitzero"`
	Model                string `json:"model,omitzero"`
	Serial               string `json:"serial,omitzero"`
	Firmware             string `json:"firmware,omitzero"`
	WWID                 string `json:"wwid,omitzero"`
	DeviceNumber         string `json:"device_number,omitzero"`
	DriveBays            string `json:"drive_bays,omitzero"`
	PowerSupply          string `json:"power_supply,omitzero"`
	Fan                  string `json:"fan,omitzero"`
	Temperature          string `json:"temperature,omitzero"`
	IOModuleBoardSerial  string `json:"io_module_board_serial,omitzero"`
	IOModuleSerial       string `json:"io_module_serial,omitzero"`
	IOModulePart         string `json:"io_module_part,omitzero"`
	IOModuleSparePart    string `json:"io_module_spare_part,omitzero"`
	BackplaneBoardSerial string `json:"backplane_board_serial,omitzero"`
	BackplaneSerial      string `json:"backplane_serial,omitzero"`
	BackplanePart        string `json:"backplane_part,omitzero"`
	BackplaneSparePart   string `json:"backplane_spare_part,omitzero"`
	BackplaneSKU         string `json:"backplane_sku,omitzero"`
	SEP                  string `json:"sep,omitzero"`
	SEPZoning            string `json:"sep_zoning,omitzero"`
	Display              string `json:"display,omitzero"`
	HealthMonitor        string `json:"health_monitor,omitzero"`
	FanControl           string `json:"fan_control,omitzero"`
	BackplaneModule      string `json:"backplane_module,omitzero"`
	Line                 int    `json:"line"`
}

// text returns the field that takes the value of a key as it is printed.
func (x *Enclosure) text(key string) *string {
	switch key {
	case "Port":
		return &x.Port
	case "Box":
		return &x.Box
	case "Location":
		return &x.Location
	case "Vendor ID":
		return &x.Vendor
	case "Model":
		return &x.Model
	case "Serial Number":
		return &x.Serial
	case "Firmware Version":
		return &x.Firmware
	case "WWID":
		return &x.WWID
	case "Device Number":
		return &x.DeviceNumber
	case "Drive Bays":
		return &x.DriveBays
	case "Power Supply Status":
		return &x.PowerSupply
	case "Fan Status":
		return &x.Fan
	case "Temperature Status":
		return &x.Temperature
	case "IO Module Board Serial Number":
		return &x.IOModuleBoardSerial
	case "IO Module Serial Number":
		return &x.IOModuleSerial
	case "IO Module Part Number":
		return &x.IOModulePart
	case "IO Module Spare Part Number":
		return &x.IOModuleSparePart
	case "Backplane 1 Board Serial Number":
		return &x.BackplaneBoardSerial
	case "Backplane 1 Serial Number":
		return &x.BackplaneSerial
	case "Backplane 1 Part Number":
		return &x.BackplanePart
	case "Backplane 1 Spare Part Number":
		return &x.BackplaneSparePart
	case "Backplane 1 System SKU":
		return &x.BackplaneSKU
	case "SEP":
		return &x.SEP
	case "SEP Zoning":
		return &x.SEPZoning
	case "Seven Segment LED Display":
		return &x.Display
	case "Health Monitor Module (HMM)":
		return &x.HealthMonitor
	case "Fan Control Module (FCM)":
		return &x.FanControl
	case "Backplane Module (BPM)":
		return &x.BackplaneModule
	}
	return nil
}

// A Port is a connector of the controller.
type Port struct {
	Name        string `json:"name,omitzero"`
	ID          string `json:"id,omitzero"`
	Mode        string `json:"mode,omitzero"`
	Connection  string `json:"connection,omitzero"`
	SASAddress  string `json:"sas_address,omitzero"`
	Location    string `json:"location,omitzero"`
	PhyCount    string `json:"phy_count,omitzero"`
	Cable       string `json:"cable,omitzero"`
	CableLength string `json:"cable_length,omitzero"`
	CableSerial string `json:"cable_serial,omitzero"`
	CablePart   string `json:"cable_part,omitzero"`
	Line        int    `json:"line"`
}

// text returns the field that takes the value of a key as it is printed.
func (x *Port) text(key string) *string {
	switch key {
	case "Port ID":
		return &x.ID
	case "Port Mode":
		return &x.Mode
	case "Port Connection Number":
		return &x.Connection
	case "SAS Address":
		return &x.SASAddress
	case "Port Location":
		return &x.Location
	case "Port Phy Count":
		return &x.PhyCount
	case "Managed Cable Connected":
		return &x.Cable
	case "Managed Cable Length":
		return &x.CableLength
	case "Managed Cable Serial Number":
		return &x.CableSerial
	case "Managed Cable Part Number":
		return &x.CablePart
	}
	return nil
}

// A Sensor is a thermometer of the controller.
type Sensor struct {
	ID                    string `json:"id"`
	Location              string `json:"location,omitzero"`
	TemperatureCelsius    *int   `json:"temperature_celsius,omitzero"`
	MaxTemperatureCelsius *int   `json:"max_temperature_celsius,omitzero"` // since power on
	Line                  int    `json:"line"`
}
