// SPDX-License-Identifier: Apache-2.0

package dmi

// BIOSLanguage tells which languages the firmware can speak (type 13, DSP0134
// 3.7 section 7.14).
type BIOSLanguage struct {
	View
	Format      string   `json:"format,omitzero"` // of the names: "Long" ("en|US|iso8859-1") or "Abbreviated" ("enUS")
	Installable []string `json:"installable,omitzero"`
	Current     string   `json:"current,omitzero"`
}

// BIOSLanguage returns the languages of the firmware, nil if there is no
// record of them.
func (t *Table) BIOSLanguage() (*BIOSLanguage, error) {
	return one[BIOSLanguage](t, TypeBIOSLanguage)
}

func (l *BIOSLanguage) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Language Description Format":
		l.Format = r.word(f)
	case "Installable Languages":
		l.Installable = r.words(f)
	case "Currently Installed Language":
		l.Current = r.text(f)
	default:
		return false
	}
	return true
}
