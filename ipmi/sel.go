// SPDX-License-Identifier: Apache-2.0

package ipmi

// A SEL is the text of "ipmitool sel": the system event log's entries, what is
// said about the log, or both.
type SEL struct {
	Preamble []string    `json:"preamble,omitzero"` // lines before the first entry or field
	Fields   []Field     `json:"fields,omitzero"`   // of "sel info"
	Records  []SELRecord `json:"records,omitzero"`  // of "sel list" or "sel elist"
}

// A SELRecord is one row of the list.
type SELRecord struct {
	Cells []string `json:"cells"`         // the columns, blanks around them cut off
	CSV   bool     `json:"csv,omitzero"`  // printed with -c
	Line  int      `json:"line,omitzero"` // from 1
}

// An Event is the typed view of a [SELRecord].
type Event struct {
	ID   int    `json:"id"`            // record ID, which is printed in hexadecimal
	Time string `json:"time,omitzero"` // ISO 8601: "2014-05-27T21:20:43", with "Z" only where UTC was printed; "" before the clock was set
	Zone string `json:"zone,omitzero"` // the zone's name as printed: "CET"
	// UptimeSeconds is the time since the controller started, where the entry
	// was written before its clock was set ("Pre-Init").
	UptimeSeconds *int64     `json:"uptime_s,omitzero"`
	Sensor        string     `json:"sensor,omitzero"`   // sensor type, then its name or number: "Power Supply #0x51"
	Text          string     `json:"text,omitzero"`     // "Power Supply AC lost"
	Asserted      *bool      `json:"asserted,omitzero"` // false: the condition went away
	Detail        string     `json:"detail,omitzero"`   // "Reading 95 > Threshold 90 degrees C"
	OEM           string     `json:"oem,omitzero"`      // an OEM record's bytes, or a kernel's panic text
	Unknown       bool       `json:"unknown,omitzero"`  // a part of the row was not understood
	Record        *SELRecord `json:"-"`
}

// A SELInfo is the typed view of "sel info".
type SELInfo struct {
	Version        string   `json:"version,omitzero"` // "1.5"
	Entries        *int     `json:"entries,omitzero"`
	FreeBytes      *int     `json:"free_bytes,omitzero"` // 65535 stands for that or more
	UsedPercent    *int     `json:"used_pct,omitzero"`
	LastAdd        string   `json:"last_add,omitzero"`    // as [Event].Time
	LastDelete     string   `json:"last_delete,omitzero"` // as [Event].Time
	Overflow       *bool    `json:"overflow,omitzero"`    // entries were dropped for want of room
	Commands       []string `json:"commands,omitzero"`    // "Delete", "Partial Add", "Reserve", "Get Alloc Info"
	AllocUnits     *int     `json:"alloc_units,omitzero"`
	AllocUnitBytes *int     `json:"alloc_unit_bytes,omitzero"`
	FreeUnits      *int     `json:"free_units,omitzero"`
	LargestFree    *int     `json:"largest_free,omitzero"`     // in allocation units
	MaxRecordUnits *int     `json:"max_record_units,omitzero"` // largest record, in allocation units
	Unknown        []Field  `json:"unknown,omitzero"`          // what this view does not understand
}

// ParseSEL parses the output of "ipmitool sel [info|list|elist]", with or
// without -c.
func ParseSEL(data []byte) (*SEL, error) { return new(SEL), nil }

// Events returns the typed view of every entry, in printed order.
func (s *SEL) Events() []Event { return nil }

// Info returns the typed view of what "sel info" printed.
func (s *SEL) Info() SELInfo { return SELInfo{} }
