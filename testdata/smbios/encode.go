// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
)

// encode lays out a struct of this package as the specification says: integers
// little-endian and unpadded, a string as its number in the string set. The
// structure is cut to length bytes with the header, as in an older version of
// the specification, or filled up with zeros, as if there were a newer one; it
// keeps the length of its fields where length is below 4.
func encode(handle uint16, typ uint8, fields any, length int) Structure {
	s := Structure{Type: typ, Handle: handle}
	s.append(reflect.ValueOf(fields).Elem())
	if length < 4 {
		return s
	}
	size := length - 4
	if size > len(s.Data) {
		s.Data = append(s.Data, make([]byte, size-len(s.Data))...)
	}
	s.Data = s.Data[:size]
	return s
}

// append adds a value to the formatted area, or a set to the strings alone.
func (s *Structure) append(v reflect.Value) {
	if texts, ok := v.Interface().(set); ok {
		s.Strings = append(s.Strings, texts...)
		return
	}
	switch v.Kind() {
	case reflect.Uint8:
		s.Data = append(s.Data, uint8(v.Uint()))
	case reflect.Uint16:
		s.Data = binary.LittleEndian.AppendUint16(s.Data, uint16(v.Uint()))
	case reflect.Int16:
		s.Data = binary.LittleEndian.AppendUint16(s.Data, uint16(v.Int()))
	case reflect.Uint32:
		s.Data = binary.LittleEndian.AppendUint32(s.Data, uint32(v.Uint()))
	case reflect.Uint64:
		s.Data = binary.LittleEndian.AppendUint64(s.Data, v.Uint())
	case reflect.String:
		s.Data = append(s.Data, s.number(v.String()))
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			s.append(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				s.append(v.Field(i))
			}
		}
	default:
		panic(fmt.Sprintf("smbios: cannot encode %v", v.Type()))
	}
}

// number returns the number of a string in the set of strings, adding it if it is
// not there: 0 for an empty one, which the set cannot hold.
func (s *Structure) number(text string) uint8 {
	switch text {
	case "":
		return 0
	case badIndex:
		return 0xF0
	}
	i := slices.Index(s.Strings, text)
	if i < 0 {
		i = len(s.Strings)
		s.Strings = append(s.Strings, text)
	}
	return uint8(i + 1)
}
