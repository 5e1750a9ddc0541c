// SPDX-License-Identifier: Apache-2.0

package firmware

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/mchus/bee/testdata/fru"
	"github.com/mchus/bee/testdata/fru/bmc"
)

// Sections and tables are those of the IPMI 2.0 specification, revision 1.1.

// AreaSize is the size of every FRU device: QEMU knows one for all.
const AreaSize = 1024

// English is the language of texts in 8-bit ASCII.
const English = 25

// Text is a field of a FRU, in 8-bit ASCII.
func Text(s string) fru.Text { return fru.Text{Encoding: fru.Latin1, Value: s} }

// Area returns what a FRU device holds; one without an image was never written.
func Area(image *fru.Image) []byte {
	if image == nil {
		return bytes.Repeat([]byte{0xFF}, AreaSize)
	}
	b := image.Bytes()
	if len(b) > AreaSize {
		panic(fmt.Sprintf("a FRU image of %d bytes", len(b)))
	}
	return append(b, make([]byte, AreaSize-len(b))...)
}

// Entity IDs (table 43-13).
const (
	SystemBoard     = 0x07
	PowerSupplyUnit = 0x0A
	Backplane       = 0x0F
	FanUnit         = 0x1D
	controller      = 0x2E
)

// Sensor types (table 42-3) and units (table 43-15).
const (
	Temperature = 0x01
	Voltage     = 0x02
	Fan         = 0x04
	OtherUnits  = 0x0B

	Celsius = 1
	Volts   = 4
	Watts   = 6
	RPM     = 18
)

// A Locator says which FRU device belongs to an entity. ipmitool does not look
// for a device beyond the first without it.
type Locator struct {
	FRU, Entity byte
	Name        string
}

// A Sensor has thresholds. QEMU knows numbers below 20.
type Sensor struct {
	Number, Type, Unit, Entity byte
	Instance                   byte // of the entity, 1 if not said
	Name                       string
	M, Exponent                int
	Nominal, Upper, Lower      byte // raw
	Raw                        byte // the reading
}

// SDRs returns a repository of sensor data records.
func SDRs(locators []Locator, sensors []Sensor) []byte {
	b := sdr(0x12, []byte{0x20, 0, 0, 0xBF, 0, 0, 0, controller, 1, 0}, "LabBMC") // section 43.9
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
func (s Sensor) full() []byte {
	b := []byte{0x20, 0, s.Number, s.Entity, max(s.Instance, 1), 0x7F, 0x68, s.Type, 0x01}
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
func (s Sensor) compact() []byte {
	b := []byte{0x20, 0, s.Number, SystemBoard, 1, 0x7F, 0x68, Temperature, 0x6F, 0, 0, 0, 0, 0xFF, 0}
	b = append(b, make([]byte, 11)...)
	return sdr(0x02, b, fmt.Sprintf("s%03d", s.Number))
}

// Readings returns a line for each sensor, its number and its raw reading: QEMU
// starts without any, and "ipmitool raw 4 0x30" sets them.
func Readings(sensors []Sensor) []byte {
	var b []byte
	for _, s := range sensors {
		b = fmt.Appendf(b, "%d %d\n", s.Number, s.Raw)
	}
	return b
}
