// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"encoding"
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// encode writes value as encoding/json does, indented and not escaped for HTML.
//
// That package studies every type that a document may hold before it writes the
// first byte, and writes all of it twice to indent it: a sixth of a whole
// audit's processor time. The encoder writes what reports are made of, and
// leaves each value of another kind (a map, text with something to escape, a
// type with a method of its own) to encoding/json.
func encode(value any) ([]byte, error) {
	e := encoder{out: make([]byte, 0, 64<<10)} // room for that of a server
	e.value(reflect.ValueOf(value), 0)
	if e.err != nil {
		return nil, e.err
	}
	return append(e.out, '\n'), nil
}

type encoder struct {
	out   []byte
	err   error // the last
	alien bytes.Buffer
	json  *json.Encoder // into alien
}

const indent = "  "

// value writes v, whose line begins at that depth.
func (e *encoder) value(v reflect.Value, depth int) {
	switch kind := v.Kind(); {
	case kind == reflect.Invalid, kind == reflect.Pointer && v.IsNil():
		e.out = append(e.out, "null"...)
	case kind == reflect.Struct:
		if fields, ok := membersOf(v.Type()); ok {
			e.object(v, fields, depth)
		} else {
			e.other(v, depth)
		}
	case v.Type().PkgPath() != "" && speaks(v.Type()):
		e.other(v, depth)
	case kind == reflect.Pointer:
		e.value(v.Elem(), depth)
	case kind == reflect.Slice && !v.IsNil() && v.Type().Elem().Kind() != reflect.Uint8:
		e.array(v, depth)
	case kind == reflect.String && plain(v.String()):
		e.out = append(append(append(e.out, '"'), v.String()...), '"')
	case kind == reflect.Bool:
		e.out = strconv.AppendBool(e.out, v.Bool())
	case v.CanInt():
		e.out = strconv.AppendInt(e.out, v.Int(), 10)
	case v.CanUint():
		e.out = strconv.AppendUint(e.out, v.Uint(), 10)
	case v.CanFloat() && isShort(v.Float()):
		e.out = strconv.AppendFloat(e.out, v.Float(), 'f', -1, v.Type().Bits())
	default:
		e.other(v, depth)
	}
}

func (e *encoder) object(v reflect.Value, fields []field, depth int) {
	e.out = append(e.out, '{')
	empty := true
	for i := range fields {
		f := &fields[i]
		value := v.Field(f.index)
		if f.omitZero && f.isZero(value) || f.omitEmpty && value.Len() == 0 {
			continue
		}
		e.member(&empty, depth+1)
		e.out = append(e.out, f.key...)
		e.value(value, depth+1)
	}
	e.end('}', empty, depth)
}

func (e *encoder) array(v reflect.Value, depth int) {
	e.out = append(e.out, '[')
	empty := true
	for i := range v.Len() {
		e.member(&empty, depth+1)
		e.value(v.Index(i), depth+1)
	}
	e.end(']', empty, depth)
}

// member begins the line of a member.
func (e *encoder) member(first *bool, depth int) {
	if !*first {
		e.out = append(e.out, ',')
	}
	*first = false
	e.line(depth)
}

func (e *encoder) end(bracket byte, empty bool, depth int) {
	if !empty {
		e.line(depth)
	}
	e.out = append(e.out, bracket)
}

func (e *encoder) line(depth int) {
	e.out = append(e.out, '\n')
	for range depth {
		e.out = append(e.out, indent...)
	}
}

// other has encoding/json write v.
func (e *encoder) other(v reflect.Value, depth int) {
	if e.json == nil {
		e.json = json.NewEncoder(&e.alien)
		e.json.SetEscapeHTML(false)
	}
	e.json.SetIndent(strings.Repeat(indent, depth), indent)
	e.alien.Reset()
	if err := e.json.Encode(v.Interface()); err != nil {
		e.err = err
	}
	e.out = append(e.out, bytes.TrimSuffix(e.alien.Bytes(), []byte("\n"))...)
}

// plain tells whether text stands in JSON as it is.
func plain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// isShort tells whether a number is written without an exponent.
func isShort(f float64) bool { return f == 0 || math.Abs(f) >= 1e-6 && math.Abs(f) < 1e21 }

// A field is how a struct's field is written.
type field struct {
	key       string // as it stands before the value: `"serial": `
	index     int
	omitZero  bool
	omitEmpty bool // a slice or a map
	method    bool // the type says itself what its zero is
}

type zeroer interface{ IsZero() bool }

func (f *field) isZero(v reflect.Value) bool {
	if f.method {
		return v.Interface().(zeroer).IsZero()
	}
	return v.IsZero()
}

// structs holds what membersOf found, by type.
var structs sync.Map

// membersOf returns the fields of a struct; not ok if its type, or the tag of
// one of them, asks for more than the encoder can do.
func membersOf(t reflect.Type) (fields []field, ok bool) {
	if known, found := structs.Load(t); found {
		fields := known.([]field)
		return fields, fields != nil
	}
	if ok = !speaks(t); ok {
		fields, ok = readMembers(t)
	}
	structs.Store(t, fields)
	return fields, ok
}

func readMembers(t reflect.Type) (fields []field, ok bool) {
	fields = make([]field, 0, t.NumField())
	for i := range t.NumField() {
		f := t.Field(i)
		name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		list := f.Type.Kind() == reflect.Slice || f.Type.Kind() == reflect.Map
		switch {
		case f.Anonymous, name == "", option != "" && option != "omitzero" && (option != "omitempty" || !list):
			return nil, false
		case name == "-" || !f.IsExported():
			continue
		}
		fields = append(fields, field{
			key:       strconv.Quote(name) + ": ",
			index:     i,
			omitZero:  option == "omitzero",
			omitEmpty: option == "omitempty",
			method:    f.Type.Implements(reflect.TypeFor[zeroer]()),
		})
	}
	return fields, true
}

// speaks tells whether a type has a method that writes it.
func speaks(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[json.Marshaler]()) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}
