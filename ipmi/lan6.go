// SPDX-License-Identifier: Apache-2.0

package ipmi

import "strings"

// A LAN6 is the text of "ipmitool lan6 print": how IPv6 is set up on one of the
// controller's network channels.
type LAN6 struct {
	Preamble []string `json:"preamble,omitzero"` // lines before the first field
	Fields   []Field  `json:"fields,omitzero"`   // those with an indent are of the heading above
}

// An IPv6Address is an address of a channel (IPMI 2.0, table 23-4, parameters 56
// and 59).
type IPv6Address struct {
	Address string `json:"address,omitzero"` // without the length of its prefix; "" where it is all zero
	Static  bool   `json:"static,omitzero"`  // somebody wrote it down
	Enabled *bool  `json:"enabled,omitzero"` // of a static one
	Source  string `json:"source,omitzero"`  // of a dynamic one: "SLAAC", "DHCPv6"
	Status  string `json:"status,omitzero"`  // "active", "disabled", "pending", "failed", "deprecated", "invalid"
}

// Active reports whether the channel answers to the address.
func (a *IPv6Address) Active() bool {
	return a.Address != "" && a.Status == "active" && (a.Enabled == nil || *a.Enabled)
}

// lan6Key is what the key of every parameter begins with (lib/ipmi_lanp6.c).
const lan6Key = "IPv6"

// ParseLAN6 parses the output of "ipmitool lan6 print [CHANNEL]", which is there
// from 1.8.19 on. Value and error are as of [ParseLAN].
func ParseLAN6(data []byte) (*LAN6, error) { return whole(data, parseLAN6) }

func parseLAN6(text string) (*LAN6, error) {
	l := listing{begin: lan6Key}
	l.read(text)
	if len(l.fields) == 0 {
		l.errs.foreign(text)
	}
	return &LAN6{Preamble: l.preamble, Fields: l.fields}, l.errs.err()
}

// Format returns the text as ipmitool prints it: the inverse of [ParseLAN6].
func (l *LAN6) Format() []byte {
	b := appendLines(nil, l.Preamble)
	for i := range l.Fields {
		if f := &l.Fields[i]; f.Key != "" && f.Value == "" {
			b = append(append(appendBlanks(b, f.Indent), f.Key...), ":\n"...)
		} else {
			b = f.appendLine(b, 0)
		}
	}
	return b
}

// Addresses returns the addresses in printed order, also those that are not in
// use.
func (l *LAN6) Addresses() []IPv6Address {
	var list []IPv6Address
	var open *IPv6Address // what fields with an indent belong to
	for i := range l.Fields {
		f := &l.Fields[i]
		value := text(f.Value)
		switch {
		case f.Indent == 0:
			static := strings.HasPrefix(f.Key, "IPv6 Static Address ")
			if open = nil; static || strings.HasPrefix(f.Key, "IPv6 Dynamic Address ") {
				list = append(list, IPv6Address{Static: static})
				open = &list[len(list)-1]
			}
		case open == nil:
		case f.Key == "Address":
			address, _, _ := strings.Cut(value, "/")
			if strings.Trim(address, ":0") != "" {
				open.Address = address
			}
		case f.Key == "Enabled" && (value == "yes" || value == "no"):
			open.Enabled = new(value == "yes")
		case f.Key == "Source/Type":
			open.Source = value
		case f.Key == "Status":
			open.Status = value
		}
	}
	return list
}
