// SPDX-License-Identifier: Apache-2.0

package storcli

// An index finds the elements of a list by their keys, where they are too many
// to look at each of them.
type index[K comparable, T any] struct {
	byKey map[K]*T
	known int // how many of the list it has
}

// few is how many are looked at. A map of them would take longer to make.
const few = 16

// update brings the index up to date.
func (x *index[K, T]) update(list []*T, keyOf func(*T) K) {
	if len(list) <= few {
		return
	}
	if x.byKey == nil {
		x.byKey = make(map[K]*T, 2*len(list))
	}
	for _, e := range list[min(x.known, len(list)):] {
		if k := keyOf(e); x.byKey[k] == nil {
			x.byKey[k] = e
		}
	}
	x.known = len(list)
}

// find returns the first element of a list with a key, nil if there is none.
func (x *index[K, T]) find(list []*T, key K, keyOf func(*T) K) *T {
	if x.known == len(list) && x.byKey != nil {
		return x.byKey[key]
	}
	for _, e := range list {
		if keyOf(e) == key {
			return e
		}
	}
	return nil
}

// lookup is update and find.
func (x *index[K, T]) lookup(list []*T, key K, keyOf func(*T) K) *T {
	x.update(list, keyOf)
	return x.find(list, key, keyOf)
}

func (c *Controller) key() int64 { return numberOf(c.Number) }
func (v *Volume) key() int64     { return numberOf(v.Number) }
func (d *Drive) key() place      { return placeOf(d.Enclosure, d.Slot) }

// numberOf returns a number, -1 for none.
func numberOf(n *int64) int64 {
	if n == nil {
		return -1
	}
	return *n
}

// place is where a drive is plugged in; -1 stands for nothing.
type place struct{ enclosure, slot int64 }

func placeOf(enclosure, slot *int64) place { return place{numberOf(enclosure), numberOf(slot)} }
