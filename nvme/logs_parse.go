// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mchus/bee/internal/jsondoc"
)

// ParseErrorLog parses the output of "nvme error-log", JSON or plain text. The
// result is never nil; the error is nil or an [Errors]: what could be read is
// there beside it.
func ParseErrorLog(data []byte) (*ErrorLog, error) {
	log := new(ErrorLog)
	d := open(data, errorLogTitle)
	if d.doc != nil {
		for key := range d.doc.Object() {
			if key == "errors" {
				log.readEntries(d)
			}
		}
	} else {
		p := errorLogText{d: d, log: log}
		d.lines(errorLogTitle, p.take)
		p.end()
	}
	var err error
	log.Extra, err = d.finish()
	return log, err
}

// errorLogTitle is in the first line of plain text:
//
//	Error Log Entries for device:nvme0 entries:1
const errorLogTitle = "Error Log Entries for device:"

func (log *ErrorLog) readEntries(d *document) {
	d.known++ // an empty array is an answer too
	for range d.objects() {
		var e ErrorEntry
		d.members(e.take)
		e.splitStatus()
		log.Entries = append(log.Entries, e)
	}
}

// splitStatus takes the phase tag, the lowest bit, out of the status field of
// nvme-cli 1.x. Versions that print the tag by itself have done so.
func (e *ErrorEntry) splitStatus() {
	if e.Phase == nil {
		phase := uint8(e.Status & 1)
		e.Phase, e.Status = &phase, e.Status>>1
	}
}

// take reads the value of a key, if it knows it: the capital keys are those of
// nvme-cli 2.7.0, parm_err_loc is that of plain text.
func (e *ErrorEntry) take(key string, f *field) bool {
	switch key {
	case "error_count":
		e.Count = integer[uint64](f)
	case "sqid":
		e.SQID = integer[uint16](f)
	case "cmdid":
		e.CMDID = integer[uint16](f)
	case "status_field":
		e.Status = integer[uint16](f)
		e.Text = f.explanation()
	case "phase_tag":
		e.Phase = pointer[uint8](f)
	case "parm_error_location", "parm_err_loc":
		e.Param = integer[uint16](f)
	case "lba":
		e.LBA = f.address()
	case "nsid", "NSID":
		e.NSID = integer[uint32](f)
	case "vs":
		e.VS = integer[uint8](f)
	case "trtype":
		e.TrType = readTrType(f)
	case "csi":
		e.CSI = pointer[uint8](f)
	case "opcode":
		e.Opcode = pointer[uint8](f)
	case "cs":
		e.CS = f.address()
	case "trtype_spec_info":
		e.TrSpec = integer[uint16](f)
	case "log_page_version":
		e.Page = pointer[uint8](f)
	default:
		return false
	}
	return true
}

// readTrType reads the transport type. Plain text up to nvme-cli 2.3 has only words for
// it.
func readTrType(f *field) *uint8 {
	if f.doc == nil && strings.Trim(firstWord(f.text), "0123456789abcdefx") != "" {
		return nil
	}
	return pointer[uint8](f)
}

// explanation returns what stands in parentheses behind a number.
func (f *field) explanation() string {
	_, text, ok := strings.Cut(f.text, "(")
	if !ok {
		return ""
	}
	return clean(strings.TrimSuffix(strings.TrimSpace(text), ")"))
}

// errorLogText reads the plain text of error-log, line by line.
type errorLogText struct {
	d   *document
	log *ErrorLog
}

func (p *errorLogText) take(line Line, key string, f *field) bool {
	if _, rest, ok := strings.Cut(line.Text, errorLogTitle); ok {
		device, _, _ := strings.Cut(rest, " entries:")
		p.log.Device = clean(device)
		return true
	}
	if strings.HasPrefix(strings.TrimSpace(line.Text), "Entry[") {
		p.end()
		p.log.Entries = append(p.log.Entries, ErrorEntry{})
		return true
	}
	if key == "" || len(p.log.Entries) == 0 {
		return false
	}
	last := len(p.log.Entries) - 1
	known := p.log.Entries[last].take(key, f)
	if !known {
		p.d.setExtra("errors."+strconv.Itoa(last)+"."+key, f.text)
	}
	return known || key != ""
}

// end completes the last entry.
func (p *errorLogText) end() {
	if n := len(p.log.Entries); n > 0 {
		p.log.Entries[n-1].splitStatus()
	}
}

// ParseFWLog parses the output of "nvme fw-log", JSON or plain text. The result
// is never nil; the error is nil or an [Errors]: what could be read is there
// beside it.
func ParseFWLog(data []byte) (*FirmwareLog, error) {
	log := new(FirmwareLog)
	d := open(data, fwLogTitle)
	if d.doc != nil {
		for key := range d.doc.Object() {
			if d.doc.Kind() == jsondoc.Object && log.Device == "" {
				log.Device = clean(key)
				d.members(log.take)
				log.countFromOne()
			}
		}
	} else {
		d.lines(fwLogTitle, log.takeLine)
	}
	var err error
	log.Extra, err = d.finish()
	return log, err
}

// fwLogTitle is in the first line of plain text:
//
//	Firmware Log for device:nvme0
const fwLogTitle = "Firmware Log for device:"

func (log *FirmwareLog) takeLine(line Line, key string, f *field) bool {
	if _, device, ok := strings.Cut(line.Text, fwLogTitle); ok {
		log.Device = clean(device)
		return true
	}
	return log.take(key, f)
}

// countFromOne numbers the slots as drives do. nvme-cli 1.3 counts them
// from 0 in JSON, and so has a slot that no drive has.
func (log *FirmwareLog) countFromOne() {
	if !slices.ContainsFunc(log.Slots, func(s FirmwareSlot) bool { return s.Slot == 0 }) {
		return
	}
	for i := range log.Slots {
		log.Slots[i].Slot++
	}
	// It prints the empty ones too, as a number that is 0.
	log.Slots = slices.DeleteFunc(log.Slots, func(s FirmwareSlot) bool { return s.Revision == "" })
}

// take reads the value of a key, if it knows it. The first of two keys is that
// of JSON, the second that of plain text.
func (log *FirmwareLog) take(key string, f *field) bool {
	if key == "Active Firmware Slot (afi)" || key == "afi" {
		afi := integer[uint8](f)
		log.ActiveSlot, log.NextSlot = afi&7, afi>>4&7
		return true
	}
	number, ok := strings.CutPrefix(key, "Firmware Rev Slot ")
	if !ok {
		number, ok = strings.CutPrefix(key, "frs")
	}
	slot, err := strconv.ParseUint(number, 10, 8)
	if !ok || err != nil {
		return false
	}
	log.Slots = append(log.Slots, FirmwareSlot{int(slot), f.revision()})
	return true
}

// revision reads a firmware revision such as "0x2020202020302e31 (1.0.....)":
// the eight bytes as a little-endian number, and with dots for blanks. 1.15 and
// 1.16 print the text alone.
func (f *field) revision() string {
	text, _ := f.scalar()
	digits, shown, both := strings.Cut(strings.TrimSuffix(text, ")"), " (")
	if !both {
		return name(clean(text))
	}
	number := &field{text: digits}
	n, ok := maybe[uint64](number)
	if !ok {
		f.reject(number.err)
		return ""
	}
	revision := clean(string(binary.LittleEndian.AppendUint64(nil, n)))
	if strings.ContainsFunc(revision, isNoText) { // nvme-cli prints dots for such bytes
		revision = clean(shown)
	}
	return name(revision)
}

// isNoText reports whether a rune is none that a revision can have: a control
// character, or what stands for bytes that are no UTF-8.
func isNoText(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }
