// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"cmp"
	"strings"
)

// A FRUState says whether a FRU device could be read.
type FRUState string

// These are the states of a FRU device.
const (
	FRUPresent FRUState = "present" // it answered with data
	FRUEmpty   FRUState = "empty"   // it answered, and not one field was set
	FRUAbsent  FRUState = "absent"  // "Device not present"
	FRUBad     FRUState = "bad"     // it answered with something that is not an FRU image
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
	Extra      []string `json:"extra,omitzero"`       // the maker's own fields, in order
	ChecksumOK *bool    `json:"checksum_ok,omitzero"` // nil where not printed, as up to 1.8.19
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
	ChecksumOK      *bool    `json:"checksum_ok,omitzero"` // nil where not printed, as up to 1.8.19
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
	ChecksumOK   *bool    `json:"checksum_ok,omitzero"` // nil where not printed, as up to 1.8.19
}

// Devices returns the typed view of every device, in printed order.
func (f *FRU) Devices() []FRUDevice {
	devices := make([]FRUDevice, len(f.Records))
	for i := range f.Records {
		devices[i] = f.Records[i].Device()
	}
	return devices
}

// Device returns the typed view of the record.
func (r *FRURecord) Device() FRUDevice {
	d := FRUDevice{Name: text(r.Name), State: FRUEmpty, Record: r}
	if r.ID >= 0 {
		d.ID = &r.ID
	}
	for i := 0; i < len(r.Fields); {
		i += d.read(r.Fields[i:])
	}
	return d
}

// Identity returns what the device says of itself: its product area, where that
// is silent its board area (power supplies of some makers have no other), and
// for a memory module its SPD.
func (d *FRUDevice) Identity() (manufacturer, model, partNumber, serial string) {
	if p := d.Product; p != nil {
		manufacturer, model, partNumber, serial = p.Manufacturer, p.Name, p.PartNumber, p.Serial
	}
	if b := d.Board; b != nil {
		manufacturer = cmp.Or(manufacturer, b.Manufacturer)
		model = cmp.Or(model, b.Product)
		partNumber = cmp.Or(partNumber, b.PartNumber)
		serial = cmp.Or(serial, b.Serial)
	}
	if m := d.SPD; m != nil {
		manufacturer = cmp.Or(manufacturer, m.Manufacturer)
		partNumber = cmp.Or(partNumber, m.PartNumber)
		serial = cmp.Or(serial, m.Serial)
	}
	return manufacturer, model, partNumber, serial
}

// read takes in the first of fields, or the multi-record that begins there, and
// returns how many fields that were.
func (d *FRUDevice) read(fields []Field) int {
	f := &fields[0]
	if f.Key == "" || f.Indent == 0 && f.Key == "FRU Read failed" {
		return d.readText(fields)
	}
	area, key, _ := strings.Cut(f.Key, " ")
	var ok bool
	switch area {
	case "Chassis":
		ok = alloc(&d.Chassis).read(key, f.Value)
	case "Board":
		ok = alloc(&d.Board).read(key, f.Value)
	case "Product":
		ok = alloc(&d.Product).read(key, f.Value)
	default:
		spd := d.SPD
		if ok = alloc(&spd).read(f.Key, f.Value); ok {
			d.SPD = spd
		}
	}
	if ok {
		d.State, d.Reason = FRUPresent, ""
	} else {
		d.Unknown = appendField(d.Unknown, f)
	}
	return 1
}

// readText takes in a line without a key: the heading of a multi-record with
// the lines under it, or a message.
func (d *FRUDevice) readText(fields []Field) int {
	f := &fields[0]
	message := strings.TrimSpace(f.Value)
	if f.opensMultiRecord() {
		n := 1
		for n < len(fields) && fields[n].Indent > 1 && !fields[n].opensMultiRecord() {
			n++
		}
		m, unknown := newMultiRecord(message, fields[1:n])
		d.MultiRecords = append(d.MultiRecords, m)
		d.Unknown = append(d.Unknown, unknown...)
		d.State, d.Reason = FRUPresent, ""
		return n
	}
	switch state, reason := deviceState(f); {
	case state == "":
		d.Unknown = appendField(d.Unknown, f)
	case d.State == FRUEmpty: // beside data, a message may well be of another device
		d.State, d.Reason = state, reason
	}
	return 1
}

// opensMultiRecord reports whether the line is the heading of a multi-record:
// " DC Load Record", "  OEM (Intel Corporation) Record".
func (f *Field) opensMultiRecord() bool {
	return f.Key == "" && f.Indent > 0 && strings.HasSuffix(strings.TrimRight(f.Value, " \t"), " Record")
}

// isOEMHeading knows "OEM (IBM (https://w3.example/ )) Record": the name of a
// maker, which ipmitool takes from the registry of enterprise numbers, may hold
// colons.
func isOEMHeading(text string) bool {
	return strings.HasPrefix(text, "OEM (") && strings.HasSuffix(strings.TrimRight(text, " \t"), ") Record")
}

// deviceState returns the state that a message tells of, "" for a message that
// tells of none (__ipmi_fru_print in lib/ipmi_fru.c).
func deviceState(f *Field) (state FRUState, reason string) {
	if f.Key == "FRU Read failed" {
		return FRUBad, text(f.Value)
	}
	message := strings.TrimSpace(f.Value)
	if reason, ok := strings.CutPrefix(message, "Device not present"); ok {
		return FRUAbsent, strings.Trim(reason, " ()")
	}
	switch {
	case strings.HasPrefix(message, "Unknown FRU header version "),
		strings.HasPrefix(message, "Bad header checksum"),
		strings.HasPrefix(message, "Invalid FRU size "),
		strings.HasPrefix(message, "Not enough buffer size"),
		strings.HasPrefix(message, "Unsupported device"):
		return FRUBad, message
	}
	return "", ""
}

// alloc makes sure that *p points to something, and returns it.
func alloc[T any](p **T) *T {
	if *p == nil {
		*p = new(T)
	}
	return *p
}

// read takes in a field of the chassis area, its key without "Chassis ".
func (c *FRUChassis) read(key, value string) bool {
	switch key {
	case "Type":
		c.Type = text(value)
	case "Part Number":
		c.PartNumber = name(value)
	case "Serial":
		c.Serial = serial(value)
	case "Extra":
		c.Extra = appendText(c.Extra, value)
	case "Area Checksum":
		return readChecksum(&c.ChecksumOK, value)
	default:
		return false
	}
	return true
}

// read takes in a field of the board area, its key without "Board ".
func (b *FRUBoard) read(key, value string) bool {
	switch key {
	case "Mfg Date":
		return b.readDate(value)
	case "Mfg":
		b.Manufacturer = name(value)
	case "Product":
		b.Product = name(value)
	case "Serial":
		b.Serial = serial(value)
	case "Part Number":
		b.PartNumber = name(value)
	case "FRU ID":
		b.FileID = text(value)
	case "Extra":
		b.Extra = appendText(b.Extra, value)
	case "Area Checksum":
		return readChecksum(&b.ChecksumOK, value)
	default:
		return false
	}
	return true
}

func (b *FRUBoard) readDate(value string) bool {
	t, zone, ok := civil(value)
	if !ok {
		return text(value) == ""
	}
	if !unsetDate(t) {
		b.ManufactureDate, b.ManufactureZone = iso8601(t, zone), zone
	}
	return true
}

// read takes in a field of the product area, its key without "Product ".
func (p *FRUProduct) read(key, value string) bool {
	switch key {
	case "Manufacturer":
		p.Manufacturer = name(value)
	case "Name":
		p.Name = name(value)
	case "Part Number":
		p.PartNumber = name(value)
	case "Version":
		p.Version = name(value)
	case "Serial":
		p.Serial = serial(value)
	case "Asset Tag":
		p.AssetTag = serial(value)
	case "FRU ID":
		p.FileID = text(value)
	case "Extra":
		p.Extra = appendText(p.Extra, value)
	case "Area Checksum":
		return readChecksum(&p.ChecksumOK, value)
	default:
		return false
	}
	return true
}

// appendText appends what a value says, if anything.
func appendText(list []string, value string) []string {
	if value = text(value); value == "" {
		return list
	}
	return append(list, value)
}

func readChecksum(p **bool, value string) bool {
	ok := strings.TrimSpace(value) == "OK"
	*p = &ok
	return ok || strings.TrimSpace(value) == "INVALID"
}
