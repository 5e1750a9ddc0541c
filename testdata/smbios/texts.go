// SPDX-License-Identifier: Apache-2.0

package smbios

import "github.com/mchus/bee/dmi"

// OEMStrings is structure type 11 (DSP0134 7.12), Options is type 12: a count,
// and the strings in the set behind the structure.
type (
	OEMStrings struct {
		Count uint8
		Texts set
	}
	Options OEMStrings
)

// A set is texts that a structure has in its string set but does not refer to.
type set []string

// strings returns free texts of the kind that types 11 and 12 hold.
func (g *generator) strings(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = g.text("Dell System", "5[0000]", "PSF: 1234", "JP1: 1-2 Clear CMOS", "www.example.com", "Intel Haswell/Wellsburg/Grantley", "SN: 77")
		if list[i] == "" {
			list[i] = "-"
		}
	}
	return list
}

func (g *generator) oemStrings() uint16 {
	texts := g.strings(g.between(1, 12))
	return g.add(11, &OEMStrings{uint8(len(texts)), texts})
}

func (l *OEMStrings) add(t *Truth, in printed) {
	t.OEMStrings = append(t.OEMStrings, list(l.Texts, in))
}

func (l *Options) add(t *Truth, in printed) {
	t.ConfigurationOptions = append(t.ConfigurationOptions, list(l.Texts, in))
}

func list(texts []string, in printed) dmi.StringList {
	v := dmi.StringList{View: in.view()}
	if in.has(0x05) {
		for _, s := range texts {
			v.Strings = append(v.Strings, text(s))
		}
	}
	return v
}

func (g *generator) options() uint16 {
	texts := g.strings(g.between(1, 6))
	return g.add(12, &Options{uint8(len(texts)), texts})
}

// Languages is structure type 13, of the firmware's languages (DSP0134 7.14).
type Languages struct {
	Count    uint8
	Flags    uint8 // bit 0: abbreviated
	Reserved [15]uint8
	Current  uint8 // number of a text
	Texts    set
}

func (g *generator) languages() uint16 {
	all := []string{"en|US|iso8859-1", "fr|FR|iso8859-1", "zh|TW|unicode", "ja|JP|unicode", "enUS"}
	n := g.between(1, len(all))
	return g.add(13, &Languages{
		Count:   uint8(n),
		Flags:   uint8(g.IntN(2)),
		Current: uint8(g.between(0, n)),
		Texts:   all[:n],
	})
}

func (l *Languages) add(t *Truth, in printed) {
	v := dmi.BIOSLanguage{View: in.view()}
	if in.has(0x16) {
		v.Format = pickOne(l.Flags&1 != 0, "Abbreviated", "Long")
		v.Installable = l.Texts
		if l.Current > 0 {
			v.Current = l.Texts[l.Current-1]
		}
	}
	if t.BIOSLanguage == nil {
		t.BIOSLanguage = &v
	}
}

func pickOne(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}
