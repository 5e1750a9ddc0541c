// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/mchus/bee/testdata/smbios"
)

// TestWrongTruth makes sure that the oracle can fail: with any one field of the
// truth changed, the comparison must find a difference.
func TestWrongTruth(t *testing.T) {
	suite := suites[len(suites)-1]
	d := newDmidecode(t, suite.name, suite.tool)
	path := filepath.Join(t.TempDir(), "dump")
	done := make(map[string]bool)
	for seed := range uint64(60) {
		m := smbios.New(seed)
		output, err := d.print(path, m.Table.Dump())
		if err != nil {
			t.Fatal(err)
		}
		truth := m.Truth(d.tool)
		changeEach(reflect.ValueOf(truth).Elem(), "", done, func(field string) {
			if len(compare(truth, output)) == 0 {
				t.Errorf("seed %d: a wrong %s goes unnoticed", seed, field)
			}
		})
		if diffs := compare(truth, output); len(diffs) > 0 {
			t.Fatalf("seed %d: the truth was not put back:\n%q", seed, diffs)
		}
	}
	if len(done) < 400 {
		t.Errorf("changed %d fields only", len(done))
	}
}

// changeEach changes the fields below v that are not in done, one at a time, and
// calls check for each.
func changeEach(v reflect.Value, path string, done map[string]bool, check func(field string)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "Record" {
				changeEach(v.Field(i), path+"."+f.Name, done, check)
			}
		}
		return
	case reflect.Pointer:
		if !v.IsNil() {
			changeEach(v.Elem(), path, done, check)
		}
	case reflect.Slice:
		if v.Len() > 0 {
			changeEach(v.Index(v.Len()-1), path+"[]", done, check)
		}
	}
	if v.IsZero() {
		path += " (absent)"
	}
	if done[path] {
		return
	}
	done[path] = true
	before := reflect.New(v.Type()).Elem()
	before.Set(v)
	change(v)
	check(path)
	v.Set(before)
}

// change makes a value another one.
func change(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(v.Uint() ^ 1)
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		} else {
			v.SetZero()
		}
	case reflect.Slice:
		if v.Len() == 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		} else {
			v.Set(v.Slice(0, v.Len()-1))
		}
	default:
		panic("oracle: a field of type " + v.Type().String())
	}
}
