// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// An EventLog describes where firmware keeps its log (type 15, DSP0134 3.7
// section 7.16).
type EventLog struct {
	View
	AreaBytes     int               `json:"area_bytes,omitzero"`
	HeaderStart   uint16            `json:"header_start"` // offset in the area
	HeaderBytes   int               `json:"header_bytes,omitzero"`
	DataStart     uint16            `json:"data_start"` // offset in the area
	AccessMethod  string            `json:"access_method,omitzero"`
	AccessAddress string            `json:"access_address,omitzero"` // by AccessMethod: "0xFF110000", "Index 0x046A, Data 0x046C"
	Valid         *bool             `json:"valid,omitzero"`
	Full          *bool             `json:"full,omitzero"`
	ChangeToken   *uint32           `json:"change_token,omitzero"`  // changes when an event is logged
	HeaderFormat  string            `json:"header_format,omitzero"` // "Type 1"
	Descriptors   []EventDescriptor `json:"descriptors,omitzero"`
}

// An EventDescriptor says how one kind of event is logged.
type EventDescriptor struct {
	Type       string `json:"type,omitzero"`        // "POST error"
	DataFormat string `json:"data_format,omitzero"` // "POST results bitmap"
}

// EventLogs returns the logs of the firmware.
func (t *Table) EventLogs() ([]EventLog, error) { return all[EventLog](t, TypeEventLog) }

func (l *EventLog) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Area Length":
		l.AreaBytes = r.measure(f, "bytes")
	case "Header Start Offset":
		l.HeaderStart = r.word16(f)
	case "Header Length":
		l.HeaderBytes = r.measure(f, "bytes", "byte")
	case "Data Start Offset":
		l.DataStart = r.word16(f)
	case "Access Method":
		l.AccessMethod = r.word(f)
	case "Access Address":
		l.AccessAddress = r.word(f)
	case "Status":
		valid, full, _ := strings.Cut(strings.TrimSpace(f.Value), ", ")
		l.Valid = r.choice(f, valid, "Valid", "Invalid")
		l.Full = r.choice(f, full, "Full", "Not Full")
	case "Change Token":
		l.ChangeToken = r.word32(f)
	case "Header Format":
		l.HeaderFormat = r.word(f)
	case "Supported Log Type Descriptors": // their number
	default:
		return l.setDescriptor(r, f)
	}
	return true
}

// setDescriptor reads "Descriptor 1: POST error" and, on the line after it,
// "Data Format 1: POST results bitmap".
func (l *EventLog) setDescriptor(r *reader, f *Field) bool {
	switch {
	case isNumbered(f.Key, "Descriptor ", ""):
		l.Descriptors = append(l.Descriptors, EventDescriptor{Type: r.word(f)})
	case isNumbered(f.Key, "Data Format ", "") && len(l.Descriptors) > 0:
		l.Descriptors[len(l.Descriptors)-1].DataFormat = r.word(f)
	default:
		return false
	}
	return true
}
