// SPDX-License-Identifier: Apache-2.0

package dmi

// View is what every typed view begins with: the record it was read from.
type View struct {
	Handle uint16  `json:"handle"` // 0 when none was printed
	Record *Record `json:"-"`      // shared with the table
}

func (v *View) from(rec *Record) { v.Handle, v.Record = rec.Handle, rec }

// A view is a pointer to a typed view T while it is being filled.
type view[T any] interface {
	*T
	from(*Record)
	// set takes one field in and reports whether it knows the key.
	set(r *reader, f *Field) bool
}

// all returns a typed view of each decoded record of a type.
func all[T any, V view[T]](t *Table, typ Type) ([]T, error) {
	n := 0
	for i := range t.Records {
		if t.Records[i].Type == typ {
			n++
		}
	}
	if n == 0 {
		return nil, nil
	}
	r := newReader(t)
	views := make([]T, 0, n)
	for rec := range t.OfType(typ) {
		if rec.isDecoded() {
			views = views[:len(views)+1]
			read(r, V(&views[len(views)-1]), rec)
		}
	}
	if len(views) == 0 {
		return nil, nil
	}
	return views, r.errs.err()
}

// one returns a typed view of the first decoded record of a type, nil without
// one.
func one[T any, V view[T]](t *Table, typ Type) (*T, error) {
	for rec := range t.OfType(typ) {
		if !rec.isDecoded() {
			continue
		}
		r := newReader(t)
		v := new(T)
		read(r, V(v), rec)
		return v, r.errs.err()
	}
	return nil, nil
}

// isDecoded reports whether the record has more than the structure's bytes:
// those are all that dmidecode -u prints, and all that it knows of a type that
// is newer than itself. A structure that the table cuts off has nothing.
func (r *Record) isDecoded() bool {
	return len(r.Fields) == 0 || r.Fields[0].Key != "Header and Data" && r.Fields[0].Value != "<TRUNCATED>"
}

func read[T any, V view[T]](r *reader, v V, rec *Record) {
	v.from(rec)
	for i := range rec.Fields {
		f := &rec.Fields[i]
		if r.olderThan(301) {
			f = r.unmarked(rec.Type, f)
		}
		v.set(r, f)
	}
}

// both returns the typed views of two types, in this order.
func both[T any, V view[T]](t *Table, first, second Type) ([]T, error) {
	list, err := all[T, V](t, first)
	more, err2 := all[T, V](t, second)
	return append(list, more...), join(err, err2)
}

// join makes one list of what two calls of all returned.
func join(err, err2 error) error {
	list, _ := err.(Errors)
	more, _ := err2.(Errors)
	for _, e := range more {
		list.add(e)
	}
	return list.err()
}
