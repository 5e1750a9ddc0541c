// SPDX-License-Identifier: Apache-2.0

// Package fru writes binary FRU inventory images whose content is known, for
// the tests: what a management controller stores of a board or a power supply.
//
// Sections are those of the IPMI Platform Management FRU Information Storage
// Definition v1.0, revision 1.3.
package fru

import (
	"bytes"
	"encoding/binary"
	"slices"
	"time"
)

// An Image is the content of a FRU device. An area that is nil is not there.
type Image struct {
	Version  byte   // of the common header; 1, anything else is broken
	Internal []byte // internal use area, which nobody decodes
	Chassis  *Chassis
	Board    *Board
	Product  *Product
	Records  []Record

	// BadChecksum spoils the checksum of the common header, of each area and
	// of each multi-record.
	BadChecksum bool
}

// A Chassis is a chassis information area (section 10).
type Chassis struct {
	Type               byte
	PartNumber, Serial Text
	Extra              []Text
}

// A Board is a board information area (section 11).
type Board struct {
	Language                                          byte
	Made                                              time.Time // to the minute; zero is unspecified
	Manufacturer, Product, Serial, PartNumber, FileID Text
	Extra                                             []Text
}

// A Product is a product information area (section 12).
type Product struct {
	Language                                                                 byte
	Manufacturer, Name, PartNumber, ProductVersion, Serial, AssetTag, FileID Text
	Extra                                                                    []Text
}

// Epoch is when the manufacturing date's minutes count from (section 11).
var Epoch = time.Date(1996, 1, 1, 0, 0, 0, 0, time.UTC)

// Bytes returns the image.
func (m *Image) Bytes() []byte {
	header := []byte{m.Version, 0, 0, 0, 0, 0, 0, 0} // section 8
	body := slices.Clone(header)
	add := func(at int, area []byte) {
		if len(area) > 0 {
			header[at] = byte(len(body) / 8)
			body = append(body, area...)
			body = append(body, make([]byte, -len(body)&7)...)
		}
	}
	add(1, m.Internal)
	if m.Chassis != nil {
		add(2, m.Chassis.bytes(m.BadChecksum))
	}
	if m.Board != nil {
		add(3, m.Board.bytes(m.BadChecksum))
	}
	if m.Product != nil {
		add(4, m.Product.bytes(m.BadChecksum))
	}
	add(5, recordBytes(m.Records, m.BadChecksum))
	header[7] = checksum(header[:7], m.BadChecksum)
	copy(body, header)
	return body
}

// checksum returns the byte that makes the sum of data zero, or another one.
func checksum(data []byte, bad bool) byte {
	var sum byte
	for _, c := range data {
		sum += c
	}
	if bad {
		return ^sum
	}
	return -sum
}

// area ends an area that begins with its version and a place for its length:
// the end of the fields, padding and a checksum.
func area(b []byte, bad bool) []byte {
	b = append(b, 0xC1)
	b = append(b, make([]byte, -(len(b)+1)&7)...)
	b[1] = byte((len(b) + 1) / 8)
	return append(b, checksum(b, bad))
}

func (c *Chassis) bytes(bad bool) []byte {
	b := []byte{1, 0, c.Type}
	return area(appendTexts(b, append([]Text{c.PartNumber, c.Serial}, c.Extra...)), bad)
}

func (d *Board) bytes(bad bool) []byte {
	minutes := uint32(0)
	if !d.Made.IsZero() {
		minutes = uint32(d.Made.Sub(Epoch) / time.Minute)
	}
	b := []byte{1, 0, d.Language, byte(minutes), byte(minutes >> 8), byte(minutes >> 16)}
	b = appendTexts(b, []Text{d.Manufacturer, d.Product, d.Serial, d.PartNumber, d.FileID})
	return area(appendTexts(b, d.Extra), bad)
}

func (p *Product) bytes(bad bool) []byte {
	b := []byte{1, 0, p.Language}
	b = appendTexts(b, []Text{p.Manufacturer, p.Name, p.PartNumber, p.ProductVersion, p.Serial, p.AssetTag, p.FileID})
	return area(appendTexts(b, p.Extra), bad)
}

// A Record is a record of the multi-record area.
type Record interface {
	kind() byte
	body() []byte
}

// recordBytes returns the multi-record area (section 16).
func recordBytes(records []Record, bad bool) []byte {
	var b bytes.Buffer
	for i, r := range records {
		body := r.body()
		header := []byte{r.kind(), 2, byte(len(body)), checksum(body, bad)}
		if i == len(records)-1 {
			header[1] |= 0x80
		}
		b.Write(append(header, checksum(header, bad)))
		b.Write(body)
	}
	return b.Bytes()
}

// A PowerSupply is power supply information (section 18.1).
type PowerSupply struct {
	Watts, PeakVA               uint16
	InrushAmps, InrushMs        byte
	Low1, High1, Low2, High2    uint16 // volts
	LowHz, HighHz, DropoutMs    byte
	Predictive, PFC, Auto, Swap bool
	Polarity                    bool   // one of two ways to tell of failures
	PeakWatts                   uint16 // 12 bits
	HoldupSeconds               byte   // 4 bits
	Voltage1, Voltage2          byte   // of the combined wattage: 12, -12, 5, 3.3 V
	CombinedWatts               uint16
	FanRPS                      byte
}

func (p PowerSupply) kind() byte { return 0x00 }

func (p PowerSupply) body() []byte {
	var flags byte
	for bit, set := range []bool{p.Predictive, p.PFC, p.Auto, p.Swap, p.Polarity} {
		if set {
			flags |= 1 << bit
		}
	}
	b := words(p.Watts, p.PeakVA)
	b = append(b, p.InrushAmps, p.InrushMs)
	b = append(b, words(p.Low1*100, p.High1*100, p.Low2*100, p.High2*100)...)
	b = append(b, p.LowHz, p.HighHz, p.DropoutMs, flags)
	b = append(b, words(p.PeakWatts|uint16(p.HoldupSeconds)<<12)...)
	b = append(b, p.Voltage1<<4|p.Voltage2)
	return append(append(b, words(p.CombinedWatts)...), p.FanRPS)
}

// A DCOutput describes an output of a power supply (section 18.2).
type DCOutput struct {
	Number                      byte // 4 bits
	Standby                     bool
	Nominal, Negative, Positive int16  // 10 mV
	Ripple, MinMA, MaxMA        uint16 // mV, mA
}

func (d DCOutput) kind() byte { return 0x01 }

func (d DCOutput) body() []byte {
	number := d.Number
	if d.Standby {
		number |= 0x80
	}
	b := words(uint16(d.Nominal), uint16(d.Negative), uint16(d.Positive), d.Ripple, d.MinMA, d.MaxMA)
	return append([]byte{number}, b...)
}

// A DCLoad describes what a unit draws (section 18.3).
type DCLoad struct {
	Number               byte  // 4 bits
	Nominal, Min, Max    int16 // 10 mV
	Ripple, MinMA, MaxMA uint16
}

func (d DCLoad) kind() byte { return 0x02 }

func (d DCLoad) body() []byte {
	b := words(uint16(d.Nominal), uint16(d.Min), uint16(d.Max), d.Ripple, d.MinMA, d.MaxMA)
	return append([]byte{d.Number}, b...)
}

// Management is a management access record (section 18.4), which ipmitool does
// not print.
type Management struct {
	SubType byte
	Value   string
}

func (m Management) kind() byte { return 0x03 }

func (m Management) body() []byte { return append([]byte{m.SubType}, m.Value...) }

// An OEM record begins with its maker's IANA enterprise number (section 18.7).
type OEM struct {
	Number uint32 // 24 bits
	Data   []byte
}

func (o OEM) kind() byte { return 0xC0 }

func (o OEM) body() []byte {
	return append([]byte{byte(o.Number), byte(o.Number >> 8), byte(o.Number >> 16)}, o.Data...)
}

// words returns numbers of 16 bits, the lower byte first.
func words(values ...uint16) []byte {
	var b []byte
	for _, v := range values {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	return b
}
