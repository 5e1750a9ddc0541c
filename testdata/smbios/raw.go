// SPDX-License-Identifier: Apache-2.0

package smbios

// Raw is a structure that no version decodes, or that has no typed view: OEM
// types, inactive ones and those that the specification does not define yet.
type Raw struct {
	Data  []uint8
	Texts set
}

func (g *generator) raw() uint16 {
	r := &Raw{Data: make([]uint8, g.IntN(40))}
	for i := range r.Data {
		r.Data[i] = uint8(g.Uint32())
	}
	if g.oneIn(2) {
		r.Texts = g.strings(g.between(1, 3))
	}
	return g.add(pick[uint8](g, 126, 44, 46, 125, 128, 221, 255, uint8(g.between(129, 254))), r)
}

func (*Raw) add(*Truth, printed) {}
