// SPDX-License-Identifier: Apache-2.0

package ethtool

// A Module is what "ethtool -m" says of a pluggable module or cable: SFP
// (SFF-8472), QSFP (SFF-8636) or QSFP-DD and OSFP (CMIS).
type Module struct {
	Listing

	Type               string   `json:"type,omitzero"`                // "SFP", "QSFP28"
	TypeCode           *int     `json:"type_code,omitzero"`           // identifier of SFF-8024, table 4-1
	ExtendedIdentifier string   `json:"extended_identifier,omitzero"` // "GBIC/SFP defined by 2-wire interface ID"
	Connector          string   `json:"connector,omitzero"`           // "LC", "Copper pigtail"
	Technology         string   `json:"technology,omitzero"`          // of the transmitter: "850 nm VCSEL"
	Transceivers       []string `json:"transceivers,omitzero"`        // what it is good for: "10G Ethernet: 10G Base-LR"
	Encoding           string   `json:"encoding,omitzero"`
	BitRateMBd         int      `json:"bit_rate_mbd,omitzero"`       // nominal
	MarginMaxPercent   *int     `json:"margin_max_percent,omitzero"` // how far the bit rate may be above
	MarginMinPercent   *int     `json:"margin_min_percent,omitzero"` // and below the nominal one
	WavelengthNM       float64  `json:"wavelength_nm,omitzero"`      // of the laser
	ToleranceNM        float64  `json:"tolerance_nm,omitzero"`       // of the wavelength
	Options            []string `json:"options,omitzero"`
	Revision           string   `json:"revision,omitzero"`           // of the specification that it follows
	State              string   `json:"state,omitzero"`              // CMIS: "ModuleReady", "ModuleLowPwr"
	LowPowerHardware   *bool    `json:"low_power_hardware,omitzero"` // CMIS: LowPwrAllowRequestHW, the host's pin counts
	LowPowerSoftware   *bool    `json:"low_power_software,omitzero"` // CMIS: LowPwrRequestSW, the host's software asks for it
	PowerClass         string   `json:"power_class,omitzero"`        // "3.5W max. Power consumption"
	MaxPowerWatts      float64  `json:"max_power_watts,omitzero"`
	Firmware           string   `json:"firmware,omitzero"` // CMIS: the active one
	InactiveFirmware   string   `json:"inactive_firmware,omitzero"`

	Vendor     string `json:"vendor,omitzero"`
	OUI        string `json:"oui,omitzero"` // "00:40:20"
	PartNumber string `json:"part_number,omitzero"`
	VendorRev  string `json:"vendor_rev,omitzero"`
	Serial     string `json:"serial,omitzero"`
	DateCode   string `json:"date_code,omitzero"` // as printed: year, month, day in two digits each, then a lot

	// Lengths say how far the module reaches over each kind of fibre or
	// cable, and how long a cable is that ends in it. Those of 0 m are none.
	Lengths []Length `json:"lengths,omitzero"`

	Diagnostics        *bool    `json:"diagnostics,omitzero"` // it measures what follows
	TemperatureCelsius *float64 `json:"temperature_celsius,omitzero"`
	VoltageVolts       *float64 `json:"voltage_volts,omitzero"`
	Lanes              []Lane   `json:"lanes,omitzero"` // in order; an SFP has one
	AlarmsImplemented  *bool    `json:"alarms_implemented,omitzero"`
	Alarms             []Alarm  `json:"alarms,omitzero"` // those that are on

	TemperatureCelsiusLimits Limits `json:"temperature_celsius_limits,omitzero"`
	VoltageVoltsLimits       Limits `json:"voltage_volts_limits,omitzero"`
	BiasMilliampsLimits      Limits `json:"bias_milliamps_limits,omitzero"`
	TxPowerMilliwattsLimits  Limits `json:"tx_power_milliwatts_limits,omitzero"`
	RxPowerMilliwattsLimits  Limits `json:"rx_power_milliwatts_limits,omitzero"`
}

// A Length is a reach over one medium.
type Length struct {
	Medium string  `json:"medium"` // as ethtool words it: "SMF", "Copper", "OM3"
	Meters float64 `json:"meters"`
}

// A Lane is one of the lasers of a module with the receiver beside it.
type Lane struct {
	Channel           int      `json:"channel"` // from 1
	BiasMilliamps     *float64 `json:"bias_milliamps,omitzero"`
	TxPowerMilliwatts *float64 `json:"tx_power_milliwatts,omitzero"`
	RxPowerMilliwatts *float64 `json:"rx_power_milliwatts,omitzero"`
}

// An Alarm is a mark that the module itself sets.
type Alarm struct {
	Name    string `json:"name"`             // in ethtool's words: "Laser rx power low alarm", "Rx loss of signal"
	Channel int    `json:"channel,omitzero"` // 0 for the whole module, and in an SFP
}

// Limits are what the maker considers too much or too little.
type Limits struct {
	HighAlarm   *float64 `json:"high_alarm,omitzero"`
	LowAlarm    *float64 `json:"low_alarm,omitzero"`
	HighWarning *float64 `json:"high_warning,omitzero"`
	LowWarning  *float64 `json:"low_warning,omitzero"`
}

// ParseModule parses the output of "ethtool -m". A dump of bytes ("hex on", and
// modules that ethtool does not know) is not decoded: it is an [ErrFormat].
//
// The value is never nil and does not share memory with data. The error, nil
// or an [Errors], names what could not be read; an interface without a module
// is an [ErrTool].
func ParseModule(data []byte) (*Module, error) { return whole(data, parseModule) }

func parseModule(text string) (*Module, error) {
	m := new(Module)
	p := parser{take: m.take, first: "Identifier"}
	err := p.parse(text)
	m.Listing = p.Listing
	return m, err
}

// moduleWidth is how far ethtool fills up a key (MODULE_PRINT_STRING, sff-common.h).
const moduleWidth = 41

// Format returns the text as ethtool prints it: the inverse of [ParseModule].
func (m *Module) Format() []byte { return m.format("\t", moduleWidth, " : ") }
