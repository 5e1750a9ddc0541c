// SPDX-License-Identifier: Apache-2.0

package ipmi

// A FRU is the text of "ipmitool fru print": the inventory of the machine's
// field-replaceable units, as the management controller knows it.
type FRU struct {
	Preamble []string    `json:"preamble,omitzero"` // lines before the first device
	Records  []FRURecord `json:"records,omitzero"`  // one for each device, in printed order
}

// A FRURecord holds the lines of one FRU device.
type FRURecord struct {
	Name     string  `json:"name,omitzero"`     // "PS1 FRU", blanks kept
	ID       int     `json:"id"`                // FRU device ID, 0 to 255; -1 where none was printed
	Headless bool    `json:"headless,omitzero"` // "fru print ID" prints no heading: neither name nor ID
	Fields   []Field `json:"fields,omitzero"`
	Line     int     `json:"line,omitzero"` // of the heading, from 1
}

// A FRUState says whether a FRU device could be read.
type FRUState string

// These are the states of a FRU device.
const (
	FRUPresent FRUState = "present" // it answered with data
	FRUEmpty   FRUState = "empty"   // it answered, and not one field was set
	FRUAbsent  FRUState = "absent"  // "Device not present"
	FRUBad     FRUState = "bad"     // it answered with something that is no FRU image
)

// A FRUDevice is the typed view of a [FRURecord].
//
// Its areas are those of the IPMI Platform Management FRU Information Storage
// Definition v1.0, revision 1.3. An area is nil where none of its fields was
// printed.
type FRUDevice struct {
	ID           *int          `json:"id,omitzero"` // FRU device ID; nil where none was printed
	Name         string        `json:"name,omitzero"`
	State        FRUState      `json:"state"`
	Reason       string        `json:"reason,omitzero"` // why State is absent or bad: "Timeout"
	Chassis      *FRUChassis   `json:"chassis,omitzero"`
	Board        *FRUBoard     `json:"board,omitzero"`
	Product      *FRUProduct   `json:"product,omitzero"`
	SPD          *SPD          `json:"spd,omitzero"`
	MultiRecords []MultiRecord `json:"multirecord,omitzero"`
	Unknown      []Field       `json:"unknown,omitzero"` // what this view does not understand
	Record       *FRURecord    `json:"-"`                // where all of this was read
}

// A FRUChassis is the chassis information area (FRU definition, section 10).
type FRUChassis struct {
	Type       string   `json:"type,omitzero"` // "Rack Mount Chassis"
	PartNumber string   `json:"part_number,omitzero"`
	Serial     string   `json:"serial,omitzero"`
	Extra      []string `json:"extra,omitzero"` // the maker's own fields, in order
}

// A FRUBoard is the board information area (FRU definition, section 11).
type FRUBoard struct {
	// ManufactureDate is ISO 8601: "2023-05-17T08:30:00Z". It ends in an offset
	// only where the tool printed UTC or a number; 1.8.18 prints local time and
	// no zone. It is "" where the date is unspecified, which 1.8.18 prints as 1
	// January 1996.
	ManufactureDate string   `json:"manufacture_date,omitzero"`
	ManufactureZone string   `json:"manufacture_zone,omitzero"` // the zone's name as printed: "CET"
	Manufacturer    string   `json:"manufacturer,omitzero"`
	Product         string   `json:"product,omitzero"`
	Serial          string   `json:"serial,omitzero"`
	PartNumber      string   `json:"part_number,omitzero"`
	FileID          string   `json:"fru_file_id,omitzero"` // printed with -v only
	Extra           []string `json:"extra,omitzero"`       // the maker's own fields, in order
}

// A FRUProduct is the product information area (FRU definition, section 12).
type FRUProduct struct {
	Manufacturer string   `json:"manufacturer,omitzero"`
	Name         string   `json:"name,omitzero"`
	PartNumber   string   `json:"part_number,omitzero"` // the definition's "part/model number"
	Version      string   `json:"version,omitzero"`
	Serial       string   `json:"serial,omitzero"`
	AssetTag     string   `json:"asset_tag,omitzero"`
	FileID       string   `json:"fru_file_id,omitzero"` // printed with -v only
	Extra        []string `json:"extra,omitzero"`       // the maker's own fields, in order
}

// ParseFRU parses the output of "ipmitool fru print", with or without -v.
func ParseFRU(data []byte) (*FRU, error) { return new(FRU), nil }

// Devices returns the typed view of every device, in printed order.
func (f *FRU) Devices() []FRUDevice { return nil }

// Device returns the typed view of the record.
func (r *FRURecord) Device() FRUDevice { return FRUDevice{} }
