// SPDX-License-Identifier: Apache-2.0

package dmi

// A StringList is a structure that holds strings only.
type StringList struct {
	View
	Strings []string `json:"strings,omitzero"` // in order; "" for a placeholder
}

// OEMStrings returns the strings that the maker of the system put there (type
// 11, DSP0134 3.7 section 7.12).
func (t *Table) OEMStrings() ([]StringList, error) { return all[StringList](t, TypeOEMStrings) }

// ConfigurationOptions returns what firmware says of jumpers and switches
// (type 12, DSP0134 3.7 section 7.13).
func (t *Table) ConfigurationOptions() ([]StringList, error) {
	return all[StringList](t, TypeConfigurationOptions)
}

// set takes in "String 1: Dell System", "Option 1: …" and the lines without a
// key that dmidecode 2.2 prints.
func (l *StringList) set(r *reader, f *Field) bool {
	if !isNumbered(f.Key, "String ", "") && !isNumbered(f.Key, "Option ", "") && f.Key != "" {
		f = &Field{Value: f.Key + ": " + f.Value}
	}
	l.Strings = append(l.Strings, r.text(f))
	return true
}
