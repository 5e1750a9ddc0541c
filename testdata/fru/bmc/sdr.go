// SPDX-License-Identifier: Apache-2.0

package bmc

import "encoding/binary"

// record puts the header of a record (section 43) before its body, without the
// record ID, which the repository gives it.
func record(kind byte, body []byte, name string) []byte {
	body = append(body, 0xC0|byte(len(name))) // 8-bit ASCII
	body = append(body, name...)
	return append([]byte{0x51, kind, byte(len(body))}, body...)
}

// FRULocator returns the record that says which FRU device belongs to an entity
// (section 43.8). Modifier is 0 for a FRU image, 1 for a memory module's SPD.
func FRULocator(fruID, modifier, entity, instance byte, name string) []byte {
	return record(0x11, []byte{0x20, fruID, 0x80, 0, 0, 0x10, modifier, entity, instance, 0}, name)
}

// ControllerLocator returns a controller's record (section 43.9).
func ControllerLocator(address, entity, instance byte, name string) []byte {
	return record(0x12, []byte{address, 0, 0, 0x07, 0, 0, 0, entity, instance, 0}, name)
}

// Threshold says of what kind a sensor with thresholds is.
type Threshold struct {
	Number, Entity, Instance byte
	Type, Unit               byte // tables 42-3 and 43-15
	M                        int  // the reading is M × raw × 10^Exponent
	Exponent                 int
	Name                     string
}

// Record returns the full sensor record (section 43.1).
func (t Threshold) Record() []byte {
	b := []byte{0x20, 0, t.Number, t.Entity, t.Instance, 0x7F, 0x68, t.Type, 0x01}
	b = binary.LittleEndian.AppendUint16(b, 0x7A95)
	b = binary.LittleEndian.AppendUint16(b, 0x7A95)
	b = binary.LittleEndian.AppendUint16(b, 0x3F3F)
	b = append(b, 0, t.Unit, 0, 0, byte(t.M), byte(t.M>>8&3)<<6, 0, 0, 0, byte(t.Exponent&0xF)<<4)
	b = append(b, 7, 100, 200, 10, 255, 0) // nominal, normal maximum and minimum, range
	b = append(b, 240, 230, 220, 5, 10, 20, 2, 2, 0, 0, 0)
	return record(0x01, b, t.Name)
}

// Discrete returns the compact record (section 43.2) of a discrete sensor whose
// states are those of its type.
func Discrete(number, entity, instance, kind byte, name string) []byte {
	b := []byte{0x20, 0, number, entity, instance, 0x7F, 0x40, kind, 0x6F}
	b = append(b, 0xFF, 0x7F, 0xFF, 0x7F, 0xFF, 0x7F)
	b = append(b, 0xC0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)
	return record(0x02, b, name)
}
