// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// An Event is the typed view of a [SELRecord].
type Event struct {
	ID   int    `json:"id"`            // record ID, which is printed in hexadecimal
	Time string `json:"time,omitzero"` // ISO 8601: "2014-05-27T21:20:43", with "Z" only where UTC was printed; "" before the clock was set
	Zone string `json:"zone,omitzero"` // the zone's name as printed: "CET"
	// UptimeSeconds is the time since the controller started, where the entry
	// was written before its clock was set ("Pre-Init").
	UptimeSeconds *int64     `json:"uptime_seconds,omitzero"`
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
	UsedPercent    *int     `json:"used_percent,omitzero"`
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

// Events returns the typed view of every entry, in printed order.
func (s *SEL) Events() []Event {
	events := make([]Event, len(s.Records))
	for i := range s.Records {
		events[i] = s.Records[i].Event()
	}
	return events
}

// Event returns the typed view of the record.
func (r *SELRecord) Event() Event {
	e := Event{Record: r}
	id, err := parseHex(r.Cells[0])
	e.ID = id
	cells := r.Cells[1:]
	if r.CSV && len(cells) > 2 && cells[0] == "" && cells[1] == "" {
		cells = cells[2:] // a record without a time, which -c leaves empty
	}
	timed := len(cells) > 2 && e.readTime(cells[0], cells[1])
	switch {
	case timed:
		cells = cells[2:]
	case len(cells) > 1 && cells[0] == preInitOld:
		timed, cells = true, cells[1:]
		if r.CSV && cells[0] == "" {
			cells = cells[1:]
		}
	}
	e.Unknown = err != nil || !e.readOEM(cells) && (!timed || !e.readEvent(cells))
	if !timed && len(cells) >= 4 && isTimeLike(cells[0]) && isTimeLike(cells[1]) {
		e.readEvent(cells[2:]) // a date in another country's form is not read, what happened is
	}
	return e
}

// preInitOld is what ipmitool up to 1.8.11 prints in place of date and time.
const preInitOld = "Pre-Init Time-stamp"

// isTimeLike reports whether a cell may be a date or a time of day.
func isTimeLike(cell string) bool {
	return cell != "" && '0' <= cell[0] && cell[0] <= '9' && strings.ContainsAny(cell, "/.-:")
}

// readTime takes in the date and the time of day, false where that is not what
// they are.
func (e *Event) readTime(date, clock string) bool {
	if date == "Pre-Init" {
		seconds, err := strconv.ParseInt(clock, 10, 64)
		if err == nil {
			e.UptimeSeconds = &seconds
		}
		return err == nil
	}
	if date == "Unspecified" {
		return true
	}
	var ok bool
	e.Time, e.Zone, ok = stamp(date, clock)
	return ok
}

// readOEM takes in what an OEM or a kernel's panic left, with or without a time,
// false for anything else.
func (e *Event) readOEM(cells []string) bool {
	if len(cells) == 0 || !strings.HasPrefix(cells[0], "OEM record ") && !strings.HasPrefix(cells[0], "Linux kernel panic: ") {
		return false
	}
	e.OEM = strings.Join(cells, " ")
	return true
}

// readEvent takes in what follows the time: sensor, text, direction and perhaps
// a detail. Commas in the text were taken for ends of cells.
func (e *Event) readEvent(cells []string) bool {
	at := slices.IndexFunc(cells, func(cell string) bool { return cell == "Asserted" || cell == "Deasserted" })
	switch {
	case at < 0 && len(cells) >= 2: // up to 1.8.12 only events of a sensor's own type have a direction
		at = len(cells)
		if strings.HasPrefix(cells[at-1], "Reading ") && at > 2 {
			at--
			e.Detail = text(cells[at])
		}
		e.Sensor, e.Text = text(cells[0]), text(strings.Join(cells[1:at], ", "))
		return true
	case at < 2:
		return false
	}
	asserted := cells[at] == "Asserted"
	e.Sensor, e.Text, e.Asserted = text(cells[0]), text(strings.Join(cells[1:at], ", ")), &asserted
	e.Detail = text(strings.Join(cells[at+1:], ", "))
	return true
}

// stamp parses a date, "05/27/2014" (1.8.18) or "05/27/14" (1.8.19), and a time
// of day with or without a zone, "21:20:43 UTC".
func stamp(date, clock string) (iso, zone string, ok bool) {
	clock, zone, _ = strings.Cut(clock, " ")
	clock, zone = halfDay(clock, zone)
	layout := "01/02/2006 15:04:05"
	if len(date) == len("01/02/06") {
		layout = "01/02/06 15:04:05"
	}
	if len(clock) > len("15:04:05") {
		layout = strings.Replace(layout, "15:04:05", "03:04:05 PM", 1)
	}
	t, err := time.Parse(layout, date+" "+clock)
	if err != nil {
		return "", "", false
	}
	return iso8601(t, zone), zone, true
}

// Info returns the typed view of what "sel info" printed.
func (s *SEL) Info() SELInfo {
	var info SELInfo
	for _, f := range s.Fields {
		if !info.read(f.Key, f.Value) {
			info.Unknown = append(info.Unknown, f)
		}
	}
	return info
}

func (i *SELInfo) read(key, value string) bool {
	switch key {
	case "Version":
		i.Version, _, _ = strings.Cut(text(value), " ")
	case "Entries":
		return readReading(&i.Entries, value, "", -1)
	case "Free Space":
		return readReading(&i.FreeBytes, strings.TrimSuffix(strings.TrimSpace(value), " or more"), " bytes", -1)
	case "Percent Used":
		return text(value) == "" || readReading(&i.UsedPercent, value, "%", -1)
	case "Last Add Time":
		return readStamp(&i.LastAdd, value)
	case "Last Del Time":
		return readStamp(&i.LastDelete, value)
	case "Overflow":
		return readYesNo(&i.Overflow, value)
	case "Supported Cmds":
		i.Commands = quoted(value)
	case "# of Alloc Units":
		return readReading(&i.AllocUnits, value, "", -1)
	case "Alloc Unit Size":
		return readReading(&i.AllocUnitBytes, value, "", -1)
	case "# Free Units":
		return readReading(&i.FreeUnits, value, "", -1)
	case "Largest Free Blk":
		return readReading(&i.LargestFree, value, "", -1)
	case "Max Record Size":
		return readReading(&i.MaxRecordUnits, value, "", -1)
	default:
		return false
	}
	return true
}

// readStamp parses a date and time of "sel info" into *p, which stays as it is
// for "Not Available".
func readStamp(p *string, value string) bool {
	date, clock, _ := strings.Cut(strings.TrimSpace(value), " ")
	iso, _, ok := stamp(date, clock)
	if ok {
		*p = iso
	}
	return ok || text(value) == ""
}
