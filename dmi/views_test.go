// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"reflect"
	"testing"
)

// A setter is a typed view that takes the fields of a record in.
type setter interface {
	set(r *reader, f *Field) bool
}

// viewsOf returns the views that a record of a type has.
func viewsOf(typ Type) []AnyView {
	var list []AnyView
	for _, v := range (&Table{Records: []Record{{Type: typ}}}).Views() {
		if v.Count > 0 {
			list = append(list, v)
		}
	}
	return list
}

// newView returns an empty typed view for a record, nil if there is none for
// its type.
func newView(typ Type) setter {
	for _, v := range viewsOf(typ) {
		return reflect.New(reflect.TypeOf(v.Value).Elem()).Interface().(setter)
	}
	return nil
}

// TestEveryTypeHasAView checks that the list of views lacks none of the types
// that dmidecode 3.7 decodes, and has each once.
func TestEveryTypeHasAView(t *testing.T) {
	for typ := range Type(128) {
		want := 0
		if typ <= 45 && typ != 44 {
			want = 1
		}
		if got := viewsOf(typ); len(got) != want {
			t.Errorf("type %d has %d views, want %d", typ, len(got), want)
		}
	}
}

// TestEveryAccessorIsListed checks the list of views against the methods of a
// table.
func TestEveryAccessorIsListed(t *testing.T) {
	accessors := 0
	for method := range reflect.TypeFor[*Table]().Methods() {
		if method.Type.NumIn() == 1 && method.Type.NumOut() == 2 {
			accessors++
		}
	}
	if n := len(new(Table).Views()); n != accessors {
		t.Errorf("%d views are listed, there are %d accessors", n, accessors)
	}
}
