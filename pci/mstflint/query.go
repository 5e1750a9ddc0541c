// SPDX-License-Identifier: Apache-2.0

package mstflint

import (
	"errors"
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/lines"
)

// A Query is what mstflint says of a card's firmware (QuerySubCommand in
// flint/subcommands.cpp of mstflint).
type Query struct {
	Preamble []string `json:"preamble,omitzero"` // lines before the first key that mstflint prints
	Fields   []Field  `json:"-"`                 // all lines from there on: the record layer
	Unknown  []Field  `json:"unknown,omitzero"`  // those of them that no typed field takes
	Warnings []string `json:"warnings,omitzero"` // "-W- …" and "-I- …"

	ImageType       string `json:"image_type,omitzero"`       // "FS2" (ConnectX-3 and before), "FS3", "FS4", "FS5"
	Firmware        string `json:"firmware,omitzero"`         // in flash: what runs after the next reset
	FirmwareRunning string `json:"firmware_running,omitzero"` // what runs now, where it is not the one in flash
	ReleaseDate     string `json:"release_date,omitzero"`     // of Firmware: "2022-10-28"
	ProductVersion  string `json:"product_version,omitzero"`
	MICVersion      string `json:"mic_version,omitzero"` // of the tool that made the image
	PRSName         string `json:"prs_name,omitzero"`    // file that the image was made from
	ConfigSectors   *int   `json:"config_sectors,omitzero"`
	ROMs            []ROM  `json:"roms,omitzero"`
	PartNumber      string `json:"part_number,omitzero"` // "query full" only
	Description     string `json:"description,omitzero"` // "query full" only
	DeviceID        *int   `json:"device_id,omitzero"`   // PCI device of an FS2 card: 4099
	UIDs            []UID  `json:"uids,omitzero"`
	ImageVSD        string `json:"image_vsd,omitzero"` // vendor's own data
	DeviceVSD       string `json:"device_vsd,omitzero"`
	PSID            string `json:"psid,omitzero"`          // identity of board and configuration: "MT_0000000228", "DEL0000000027"
	OriginalPSID    string `json:"original_psid,omitzero"` // where the board was given another one

	SecurityAttributes    []string `json:"security_attributes,omitzero"` // "secure-fw", "dev"
	SecurityVersion       *int     `json:"security_version,omitzero"`
	ImageSecurityVersion  *int     `json:"image_security_version,omitzero"`
	DeviceSecurityVersion *int     `json:"device_security_version,omitzero"`
	EFUSESecurityVersion  *int     `json:"efuse_security_version,omitzero"`
	LifeCycle             string   `json:"life_cycle,omitzero"`  // "GA SECURED"
	SecureBoot            string   `json:"secure_boot,omitzero"` // "Enabled", "Disabled"
	UpdateMethod          string   `json:"update_method,omitzero"`
}

// A ROM is one of the option ROMs in an image.
type ROM struct {
	Type    string   `json:"type,omitzero"` // "PXE", "UEFI", "CLP"
	Version string   `json:"version,omitzero"`
	CPUs    []string `json:"cpus,omitzero"`  // "AMD64", "AARCH64"
	Other   []string `json:"other,omitzero"` // "devid=4099", "proto=VPI"
}

// A UID is a GUID or a MAC of the card, and how many follow it.
type UID struct {
	Name  string `json:"name"`           // "base", "orig_base"; of an FS2 card "node", "port1", "port2", "sys_image"
	Kind  string `json:"kind"`           // "guid" or "mac"
	Value string `json:"value,omitzero"` // hexadecimal digits, a MAC's with colons; "" if there is none
	Count *int   `json:"count,omitzero"`
	Step  *int   `json:"step,omitzero"`
}

// BaseGUID returns the first GUID of the card, "" where it has none.
func (q *Query) BaseGUID() string { return q.firstUID("guid") }

// BaseMAC returns the first MAC of the card, "" where it has none.
func (q *Query) BaseMAC() string { return q.firstUID("mac") }

func (q *Query) firstUID(kind string) string {
	for _, uid := range q.UIDs {
		if uid.Kind == kind && uid.Value != "" && !strings.HasPrefix(uid.Name, "orig_") {
			return uid.Value
		}
	}
	return ""
}

// NeedsReset reports whether the card runs another firmware than the one in its
// flash, which takes over at the next reset.
func (q *Query) NeedsReset() bool {
	return q.FirmwareRunning != "" && q.Firmware != "" && q.FirmwareRunning != q.Firmware
}

// errUnknown says that a key has no typed field. It is never reported.
var errUnknown = errors.New("unknown key")

// take gives a value to the typed field for its key. Before the first of
// mstflint's own keys, the ones that other programs print too are unknown.
func (p *parser) take(key, value string) error {
	q := p.query
	switch key {
	case "Image type":
		q.ImageType = text(value)
	case "FW Version":
		q.Firmware = text(value)
	case "FW Version(Running)":
		q.FirmwareRunning = text(value)
	case "FW Release Date":
		return takeDate(&q.ReleaseDate, value)
	case "Product Version":
		q.ProductVersion = text(value)
	case "MIC Version":
		q.MICVersion = text(value)
	case "PRS Name":
		q.PRSName = text(value)
	case "Config Sectors":
		return p.takeInt(&q.ConfigSectors, value)
	case "Rom Info", "":
		if text(value) != "" {
			if q.ROMs == nil {
				q.ROMs = make([]ROM, 0, 3)
			}
			q.ROMs = append(q.ROMs, p.readROM(value))
		}
	case "Base GUID", "Base MAC", "Orig Base GUID", "Orig Base MAC",
		"Base GUID1", "Base GUID2", "Base MAC1", "Base MAC2",
		"Orig Base GUID1", "Orig Base GUID2", "Orig Base MAC1", "Orig Base MAC2":
		return p.takeUID(key, value)
	case "GUIDs", "MACs":
		return p.takeRow(key, value)
	case "Image VSD", "VSD":
		q.ImageVSD = text(value)
	case "Device VSD":
		q.DeviceVSD = text(value)
	case "PSID":
		q.PSID = text(value)
	case "Orig PSID":
		q.OriginalPSID = text(value)
	default:
		if !p.found {
			return errUnknown
		}
		return p.takeOther(key, value)
	}
	return nil
}

func (p *parser) takeOther(key, value string) error {
	q := p.query
	switch key {
	case "Description":
		if !isTableHead(value) {
			q.Description = text(value)
		}
	case "Part Number":
		q.PartNumber = text(value)
	case "Device ID":
		return p.takeInt(&q.DeviceID, value)
	case "Security Attributes":
		for word := range strings.SplitSeq(text(value), ",") {
			if word = trimLeft(trimRight(word)); word != "" {
				q.SecurityAttributes = append(q.SecurityAttributes, word)
			}
		}
	case "Security Ver":
		return p.takeInt(&q.SecurityVersion, value)
	case "Image Security Ver":
		return p.takeInt(&q.ImageSecurityVersion, value)
	case "Device Security Ver":
		return p.takeInt(&q.DeviceSecurityVersion, value)
	case "EFUSE Security Ver":
		return p.takeInt(&q.EFUSESecurityVersion, value)
	case "Life cycle":
		q.LifeCycle = text(value)
	case "Secure Boot":
		q.SecureBoot = text(value)
	case "Default Update Method":
		q.UpdateMethod = text(value)
	default:
		return errUnknown
	}
	return nil
}

// isTableHead recognises the Description that heads the table of GUIDs: "UID
// GuidsNumber", "Node Port1 Port2 Sys image".
func isTableHead(value string) bool {
	name, rest, _ := strings.Cut(value, " ")
	rest = trimLeft(rest)
	return name == "UID" && strings.HasPrefix(rest, "GuidsNumber") || name == "Node" && strings.HasPrefix(rest, "Port1")
}

// readROM reads "type=UEFI version=14.28.15 cpu=AMD64,AARCH64".
func (p *parser) readROM(value string) (rom ROM) {
	for word, rest := cutWord(value); word != ""; word, rest = cutWord(rest) {
		key, v, _ := cutByte(word, '=')
		switch key {
		case "type":
			rom.Type = v
		case "version":
			rom.Version = v
		case "cpu":
			rom.CPUs = p.list(1 + strings.Count(v, ","))
			for cpu := range strings.SplitSeq(v, ",") {
				rom.CPUs = append(rom.CPUs, cpu)
			}
		default:
			if rom.Other == nil {
				rom.Other = p.list(2)
			}
			rom.Other = append(rom.Other, word)
		}
	}
	return rom
}

// list returns an empty list with room for n words, in one piece of memory with
// others.
func (p *parser) list(n int) []string {
	if len(p.words) < n {
		p.words = make([]string, max(n, 4))
	}
	list := p.words[:0:n]
	p.words = p.words[n:]
	return list
}

// takeUID reads "043f720300f04c46        8" with a third column in old
// versions, and "N/A                     4".
func (p *parser) takeUID(key, value string) error {
	uid := UID{Name: "base", Kind: "guid"}
	if strings.HasPrefix(key, "Orig ") {
		uid.Name = "orig_base"
	}
	if strings.Contains(key, "MAC") {
		uid.Kind = "mac"
	}
	if n := key[len(key)-1]; n == '1' || n == '2' {
		uid.Name += "_" + string(n)
	}
	if value == "" {
		return nil
	}
	digits, rest := cutWord(value)
	count, rest := cutWord(rest)
	step, _ := cutWord(rest)
	if err := uid.setValue(digits); err != nil {
		return err
	}
	if count != "" {
		if err := p.takeInt(&uid.Count, count); err != nil {
			return err
		}
	}
	if step != "" {
		if err := p.takeInt(&uid.Step, step); err != nil {
			return err
		}
	}
	p.addUID(uid, 4)
	return nil
}

// addUID appends a UID of a card that has some.
func (p *parser) addUID(uid UID, some int) {
	q := p.query
	if q.UIDs == nil {
		q.UIDs = make([]UID, 0, some)
	}
	q.UIDs = append(q.UIDs, uid)
}

// uidNames are the columns of an FS2 card's table.
var uidNames = [...]string{"node", "port1", "port2", "sys_image"}

// takeRow reads a row of an FS2 card's table: four GUIDs, or the MACs of two
// ports.
func (p *parser) takeRow(key, value string) error {
	names, kind := uidNames[:], "guid"
	if key == "MACs" {
		names, kind = names[1:3], "mac"
	}
	columns := make([]string, 0, len(uidNames))
	for column, rest := cutWord(value); column != ""; column, rest = cutWord(rest) {
		if len(columns) == len(names) {
			return ErrSyntax
		}
		columns = append(columns, column)
	}
	for i, column := range columns {
		uid := UID{Name: names[i], Kind: kind}
		if err := uid.setValue(column); err != nil {
			return err
		}
		p.addUID(uid, 6) // four GUIDs and two MACs
	}
	return nil
}

// setValue takes the 16 digits of a GUID or the 12 of a MAC. All f or all zeros
// are what an empty flash holds.
func (u *UID) setValue(digits string) error {
	if digits == "N/A" {
		return nil
	}
	digits = strings.TrimPrefix(digits, "0x")
	zeros, ones := 0, 0
	for i := range len(digits) {
		switch c := digits[i]; {
		case c == '0':
			zeros++
		case c == 'f' || c == 'F':
			ones++
		case '1' <= c && c <= '9' || 'a' <= c && c <= 'e' || 'A' <= c && c <= 'E':
		case strings.EqualFold(digits, "n/a"):
			return nil
		default:
			return ErrSyntax
		}
	}
	n := len(digits)
	switch {
	case n > 0 && zeros == n, ones == n && 0 < n && n <= 16:
	case u.Kind == "guid" && n == 16:
		u.Value = strings.ToLower(digits)
	case u.Kind == "mac" && n == 12:
		var b [len("00:02:c9:00:5e:10")]byte
		for i := range b {
			if b[i] = ':'; i%3 < 2 {
				b[i] = digits[i-i/3]
			}
		}
		u.Value = strings.ToLower(string(b[:]))
	default:
		return ErrSyntax
	}
	return nil
}

// takeDate reads "28.10.2022": day, month, year.
func takeDate(field *string, value string) error {
	if text(value) == "" {
		return nil
	}
	day, rest, _ := cutByte(value, '.')
	month, year, _ := cutByte(rest, '.')
	d, ok := lines.Uint(day, 8)
	m, ok2 := lines.Uint(month, 8)
	y, ok3 := lines.Uint(year, 16)
	if !ok || !ok2 || !ok3 || len(day) > 2 || len(month) > 2 || len(year) != 4 || !isDate(d, m, y) {
		return ErrSyntax
	}
	date := [...]byte{'0', '0', '0', '0', '-', '0', '0', '-', '0', '0'}
	copy(date[:4], year)
	copy(date[7-len(month):7], month)
	copy(date[10-len(day):], day)
	*field = string(date[:])
	return nil
}

// isDate reports whether the calendar has a day.
func isDate(day, month, year uint64) bool {
	days := uint64(31)
	switch month {
	case 4, 6, 9, 11:
		days = 30
	case 2:
		days = 28
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			days = 29
		}
	}
	return 1 <= day && day <= days && 1 <= month && month <= 12
}

func (p *parser) takeInt(field **int, value string) error {
	if text(value) == "" {
		return nil
	}
	n, end := lines.Digits(value)
	if end < len(value) || end > 1 && value[0] == '0' || n>>31 != 0 { // not as most are
		var err error
		if n, err = strconv.ParseUint(value, 0, 31); err != nil {
			return ErrSyntax
		}
	}
	if len(p.ints) == 0 {
		p.ints = make([]int, 6)
	}
	*field, p.ints = &p.ints[0], p.ints[1:]
	**field = int(n)
	return nil
}

// text returns a value, "" for the words that say there is none.
func text(value string) string {
	switch value {
	case "N/A", "n/a", "Unknown":
		return ""
	}
	return value
}
