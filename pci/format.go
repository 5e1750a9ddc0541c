// SPDX-License-Identifier: Apache-2.0

package pci

// Format writes the fields of the list as lspci -vmm does: the tag, a tab, the
// value; a blank line after each device. It is the inverse of [Parse] on the
// fields, line numbers and blank lines aside. Devices without fields are left
// out.
func (l *List) Format() []byte {
	var b []byte
	stray := l.Stray
	for i := range l.Devices {
		d := &l.Devices[i]
		if len(d.Fields) == 0 {
			continue
		}
		for len(stray) > 0 && stray[0].Line < d.Line {
			b = stray[0].append(b)
			stray = stray[1:]
		}
		for j := range d.Fields {
			b = d.Fields[j].append(b)
		}
		b = append(b, '\n')
	}
	for i := range stray {
		b = stray[i].append(b)
	}
	return b
}

func (f *Field) append(b []byte) []byte {
	if f.Key != "" {
		b = append(append(b, f.Key...), ":\t"...)
	}
	return append(append(b, f.Value...), '\n')
}
