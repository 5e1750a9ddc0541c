// SPDX-License-Identifier: Apache-2.0

package ipmi

// An SDR is the text of "ipmitool sdr" or "ipmitool sensor": the sensor data
// repository, which lists sensors and where devices are.
type SDR struct {
	Preamble []string    `json:"preamble,omitzero"` // lines before the first record
	Records  []SDRRecord `json:"records,omitzero"`  // in printed order
}

// An SDRLayout tells how a record was printed, and so what its cells mean.
type SDRLayout string

// These are the layouts of a record.
const (
	SDRList      SDRLayout = "list"       // sdr list: name, reading, status
	SDRElist     SDRLayout = "elist"      // sdr elist: name, number, status, entity, reading
	SDRSensor    SDRLayout = "sensor"     // sensor: name, value, unit, status, six thresholds
	SDRListCSV   SDRLayout = "list-csv"   // sdr -c: name, value, unit, status
	SDRElistCSV  SDRLayout = "elist-csv"  // sdr -c, a discrete sensor or a locator: name, number, status, entity, states
	SDRSensorCSV SDRLayout = "sensor-csv" // sensor -c
	SDRVerbose   SDRLayout = "verbose"    // -v: a block of fields
)

// An SDRRecord is one row of the list, or one block of the verbose output.
type SDRRecord struct {
	Layout SDRLayout `json:"layout"`
	Cells  []string  `json:"cells,omitzero"`  // a row's columns, blanks around them cut off
	Fields []Field   `json:"fields,omitzero"` // a block's lines
	Line   int       `json:"line,omitzero"`   // from 1
}

// ParseSDR parses the output of "ipmitool sdr [elist|list] [full|compact|all]"
// and "ipmitool sensor", each with or without -c or -v.
func ParseSDR(data []byte) (*SDR, error) { return new(SDR), nil }

// Sensors returns the typed view of every sensor, in printed order.
func (s *SDR) Sensors() []Sensor { return nil }

// Locators returns the typed view of every record that says where a FRU or a
// controller is, in printed order. The layouts of "sensor" have none.
func (s *SDR) Locators() []Locator { return nil }
