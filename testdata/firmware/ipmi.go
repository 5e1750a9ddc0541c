// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/mchus/bee/testdata/fru"
	"github.com/mchus/bee/testdata/fru/bmc"
)

// Sections and tables are those of the IPMI 2.0 specification, revision 1.1.

// areaSize is the size of every FRU device: QEMU knows one for all.
const areaSize = 1024

const english = 25

// text is a field of a FRU, in 8-bit ASCII.
func text(s string) fru.Text { return fru.Text{Encoding: fru.Latin1, Value: s} }

func texts(s ...string) []fru.Text {
	var list []fru.Text
	for _, s := range s {
		list = append(list, text(s))
	}
	return list
}

// area returns what a FRU device holds; one without an image was never written.
func area(image *fru.Image) []byte {
	if image == nil {
		return bytes.Repeat([]byte{0xFF}, areaSize)
	}
	b := image.Bytes()
	if len(b) > areaSize {
		panic(fmt.Sprintf("a FRU image of %d bytes", len(b)))
	}
	return append(b, make([]byte, areaSize-len(b))...)
}

// fruAreas returns the FRU devices one behind the other.
func fruAreas() []byte {
	var b []byte
	for _, image := range frus {
		b = append(b, area(image)...)
	}
	return b
}

// Entity IDs (table 43-13).
const (
	entitySystemBoard = 0x07
	entityPowerSupply = 0x0A
	entityBackplane   = 0x0F
	entityFan         = 0x1D
	entityController  = 0x2E
)

// Sensor types (table 42-3) and units (table 43-15).
const (
	temperature = 0x01
	voltage     = 0x02
	fan         = 0x04
	otherUnits  = 0x0B

	celsius = 1
	volts   = 4
	watts   = 6
	rpm     = 18
)

// A locator says which FRU device belongs to an entity. ipmitool does not look
// for a device beyond the first without it.
type locator struct {
	FRU, Entity byte
	Name        string
}

// A sensor has thresholds. QEMU knows numbers below 20.
type sensor struct {
	Number, Type, Unit, Entity byte
	Name                       string
	M, Exponent                int
	Nominal, Upper, Lower      byte // raw
	Raw                        byte // the reading
}

// sdrs returns the repository of sensor data records.
func sdrs() []byte {
	b := sdr(0x12, []byte{0x20, 0, 0, 0xBF, 0, 0, 0, entityController, 1, 0}, "LabBMC") // section 43.9
	for _, l := range locators {
		b = append(b, withoutID...)
		b = append(b, bmc.FRULocator(l.FRU, 0, l.Entity, l.FRU, l.Name)...)
	}
	for _, s := range sensors {
		b = append(b, s.full()...)
	}
	for _, s := range sensors {
		b = append(b, s.compact()...)
	}
	return b
}

// withoutID is the place for a record's ID, which the controller gives it.
var withoutID = []byte{0, 0}

// sdr puts the header of a record before its body (section 43).
func sdr(kind byte, body []byte, name string) []byte {
	body = append(body, 0xC0|byte(len(name)))
	body = append(body, name...)
	return append(append(withoutID[:2:2], 0x51, kind, byte(len(body))), body...)
}

// full is the full record (section 43.1), which says what a reading means.
func (s sensor) full() []byte {
	b := []byte{0x20, 0, s.Number, s.Entity, 1, 0x7F, 0x68, s.Type, 0x01}
	for _, mask := range []uint16{0x7A95, 0x7A95, 0x3F3F} {
		b = binary.LittleEndian.AppendUint16(b, mask)
	}
	b = append(b, 0, s.Unit, 0, 0, byte(s.M), byte(s.M>>8&3)<<6, 0, 0, 0, byte(s.Exponent&0xF)<<4)
	b = append(b, 7, s.Nominal, s.Upper, s.Lower, 255, 0) // what is given; normal maximum and minimum; range
	b = append(b, s.Upper, s.Upper, s.Upper, s.Lower, s.Lower, s.Lower, 2, 2, 0, 0, 0)
	return sdr(0x01, b, s.Name)
}

// compact is a compact record (section 43.2) of the same number, without which
// QEMU's controller does not know the sensor.
func (s sensor) compact() []byte {
	b := []byte{0x20, 0, s.Number, entitySystemBoard, 1, 0x7F, 0x68, temperature, 0x6F, 0, 0, 0, 0, 0xFF, 0}
	b = append(b, make([]byte, 11)...)
	return sdr(0x02, b, fmt.Sprintf("s%03d", s.Number))
}

// readings returns a line for each sensor, its number and its raw reading: QEMU
// starts without any, and "ipmitool raw 4 0x30" sets them.
func readings() []byte {
	var b []byte
	for _, s := range sensors {
		b = fmt.Appendf(b, "%d %d\n", s.Number, s.Raw)
	}
	return b
}
