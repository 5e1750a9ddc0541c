// SPDX-License-Identifier: Apache-2.0

package devlink

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// An Info is the answer of "devlink dev info -j": what the drivers of network
// cards say of their devices (the kernel's Documentation/networking/devlink/
// devlink-info.rst).
type Info struct {
	Preamble string   `json:"preamble,omitzero"` // text before the document
	Devices  []Device `json:"devices,omitzero"`

	// Extra holds the members that no field takes, by path.
	Extra map[string]json.RawMessage `json:"extra,omitzero"`
}

// A Device is one device, in most cases a PCI function. The functions of a card
// say the same of its board.
type Device struct {
	Handle      string `json:"handle"`               // "pci/0000:af:00.0", "auxiliary/mlx5_core.sf.1"
	PCIAddress  string `json:"pci_address,omitzero"` // of a handle on the PCI bus, in lower case
	Driver      string `json:"driver,omitzero"`
	Serial      string `json:"serial,omitzero"`       // of the device; by some drivers its EUI-64
	BoardSerial string `json:"board_serial,omitzero"` // on the label
	FunctionUID string `json:"function_uid,omitzero"` // tells apart the functions of one board

	Fixed   []Version `json:"fixed,omitzero"`   // never change: "board.id", "asic.id", "asic.rev"
	Running []Version `json:"running,omitzero"` // in use now: "fw", "fw.psid", "fw.mgmt"
	Stored  []Version `json:"stored,omitzero"`  // in flash: in use after the next reset
}

// A Version is a component with its version, in the words of the driver. The
// names with a common meaning stand in devlink-info.rst.
type Version struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// PSID returns the identity of the board's firmware ("fw.psid"), "" where the
// driver names none.
func (d *Device) PSID() string {
	for _, list := range [...][]Version{d.Fixed, d.Running, d.Stored} {
		if psid := find(list, "fw.psid"); psid != "" && strings.Trim(psid, "0.") != "" {
			return psid
		}
	}
	return ""
}

// Firmware returns the version of the firmware as a whole that runs ("fw",
// "fw.version", or that of the management processor), "" where there is none.
func (d *Device) Firmware() string { return firmware(d.Running) }

// StoredFirmware returns the version of the firmware in flash, "" where the
// driver names none.
func (d *Device) StoredFirmware() string { return firmware(d.Stored) }

func firmware(list []Version) string {
	for _, name := range [...]string{"fw", "fw.version", "fw.mgmt", "fw.bundle_id"} {
		if value := find(list, name); value != "" {
			return value
		}
	}
	return ""
}

// find returns the version of a component, "" where it is not in the list.
func find(list []Version, name string) string {
	for _, v := range list {
		if v.Name == name {
			return v.Value
		}
	}
	return ""
}

// Parse parses the output of "devlink dev info -j", with -p too.
//
// It reads on after errors, and returns what it could read together with an
// [Errors]. The Info is never nil and does not share memory with data. The
// error wraps [ErrTool] where devlink says that it failed, and [ErrFormat]
// where data is something else.
func Parse(data []byte) (*Info, error) {
	var r reader
	r.d.Open(data)
	info := &Info{Preamble: r.d.Preamble}
	found := false
	for key := range r.d.Object() {
		if key == "info" && r.d.Kind() == jsondoc.Object {
			found = true
			for handle := range r.d.Object() {
				if info.Devices == nil {
					info.Devices = make([]Device, 0, 1+len(data)/512)
				}
				info.Devices = append(info.Devices, Device{Handle: handle, PCIAddress: pciAddress(handle)})
				r.readDevice(&info.Devices[len(info.Devices)-1])
			}
		}
	}
	info.Extra = r.d.Extra()
	faults := r.d.Faults()
	if found && len(faults) == 0 && info.Preamble == "" {
		return info, nil // there is nothing but the document
	}
	var list Errors
	e := failure(data)
	if e.Err == ErrTool || !found {
		list.add(e)
	}
	for _, f := range faults {
		if found {
			list.add(&ParseError{f.Line, f.Column, f.Path, f.Text, f.Err})
		}
	}
	slices.SortStableFunc(list, func(a, b *ParseError) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return info, list.err()
}

// failure finds the line in which devlink says that it failed; if there is
// none, the first line of what is something else.
func failure(data []byte) *ParseError {
	first := &ParseError{Line: 1, Column: 1, Err: ErrFormat}
	line := 0
	for whole := range bytes.Lines(data) {
		line++
		whole = bytes.TrimRight(whole, blanks)
		words := bytes.TrimLeft(whole, blanks)
		failed := isFailure(words)
		if !failed && (first.Text != "" || len(words) == 0) {
			continue
		}
		e := &ParseError{Line: line, Column: len(whole) - len(words) + 1, Text: string(words[:min(len(words), 2*maxText)]), Err: ErrFormat}
		if failed {
			e.Err = ErrTool
			return e
		}
		first = e
	}
	return first
}

const blanks = " \t\r\n"

// isFailure recognises the words of devlink and of libmnl beneath it.
func isFailure(words []byte) bool {
	for _, start := range [...]string{
		"devlink answers: ", "kernel answers: ", "Error: ", "Failed to connect to devlink Netlink", "Wrong identification string",
	} {
		if len(words) >= len(start) && string(words[:len(start)]) == start {
			return true
		}
	}
	return false
}

// A reader is a place in the document.
type reader struct {
	d        jsondoc.Doc
	versions []Version // those of all lists, one behind the other
}

func (r *reader) readDevice(dev *Device) {
	for key := range r.d.Object() {
		switch key {
		case "driver":
			dev.Driver = r.readText()
		case "serial_number":
			dev.Serial = r.readText()
		case "board.serial_number":
			dev.BoardSerial = r.readText()
		case "function.uid":
			dev.FunctionUID = r.readText()
		case "versions":
			r.readVersions(dev)
		}
	}
}

func (r *reader) readVersions(dev *Device) {
	for key := range r.d.Object() {
		switch key {
		case "fixed":
			dev.Fixed = r.readVersionList()
		case "running":
			dev.Running = r.readVersionList()
		case "stored":
			dev.Stored = r.readVersionList()
		}
	}
}

func (r *reader) readVersionList() []Version {
	start := len(r.versions)
	for name := range r.d.Object() {
		if value := r.readText(); value != "" {
			if r.versions == nil {
				r.versions = make([]Version, 0, 16) // as many as a device has
			}
			r.versions = append(r.versions, Version{name, value})
		}
	}
	if len(r.versions) == start {
		return nil
	}
	return slices.Clip(r.versions[start:])
}

// readText reads a string without the blanks around it; placeholders are "".
func (r *reader) readText() string {
	s := r.d.Text()
	if len(s) > len("Unknown") && !isBlank(s[0]) && !isBlank(s[len(s)-1]) {
		return s // as most are
	}
	for s != "" && isBlank(s[0]) {
		s = s[1:]
	}
	for s != "" && isBlank(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	switch s {
	case "N/A", "n/a", "Unknown", "unknown":
		return ""
	}
	return s
}

func isBlank(c byte) bool { return c <= ' ' && strings.IndexByte(blanks, c) >= 0 }

// pciAddress returns the address in "pci/0000:af:00.0", "" of other handles.
func pciAddress(handle string) string {
	address, ok := strings.CutPrefix(handle, "pci/")
	domain, rest, _ := strings.Cut(address, ":")
	if !ok || len(domain) < 4 || len(rest) != len("af:00.0") || rest[2] != ':' || rest[5] != '.' {
		return ""
	}
	for _, digits := range [...]string{domain, rest[:2], rest[3:5], rest[6:]} {
		if !isHex(digits) {
			return ""
		}
	}
	return strings.ToLower(address)
}

func isHex(digits string) bool {
	for i := range len(digits) {
		switch c := digits[i]; {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'f', 'A' <= c && c <= 'F':
		default:
			return false
		}
	}
	return true
}
