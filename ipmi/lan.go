// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"strconv"
	"strings"
)

// A LAN is the text of "ipmitool lan print": how one of the controller's
// network channels is set up.
type LAN struct {
	Preamble []string `json:"preamble,omitzero"` // lines before the first field
	Fields   []Field  `json:"fields,omitzero"`   // a line that goes on under the field above has no key
}

// A LANConfig is the typed view of a [LAN] (IPMI 2.0, table 23-4). An address
// is "" where it is all zero.
type LANConfig struct {
	SetInProgress string `json:"set_in_progress,omitzero"` // "Set Complete"

	IPAddress         string `json:"ip_address,omitzero"`
	IPAddressSource   string `json:"ip_address_source,omitzero"` // "Static Address", "DHCP Address"
	SubnetMask        string `json:"subnet_mask,omitzero"`
	MACAddress        string `json:"mac_address,omitzero"`
	DefaultGateway    string `json:"default_gateway,omitzero"`
	DefaultGatewayMAC string `json:"default_gateway_mac,omitzero"`
	BackupGateway     string `json:"backup_gateway,omitzero"`
	BackupGatewayMAC  string `json:"backup_gateway_mac,omitzero"`
	VLANID            *int   `json:"vlan_id,omitzero"` // nil where VLANs are off
	VLANPriority      *int   `json:"vlan_priority,omitzero"`

	CommunityString string    `json:"community_string,omitzero"` // of SNMP
	IPHeader        *IPHeader `json:"ip_header,omitzero"`
	ARPResponses    *bool     `json:"arp_responses,omitzero"`
	GratuitousARP   *bool     `json:"gratuitous_arp,omitzero"`
	// GratuitousARPMilliseconds is the time between two gratuitous ARPs.
	GratuitousARPMilliseconds *int `json:"gratuitous_arp_milliseconds,omitzero"`

	AuthTypes        []string      `json:"auth_types,omitzero"` // those supported: "MD5"
	AuthTypesEnabled []EnabledAuth `json:"auth_types_enabled,omitzero"`
	CipherSuites     []int         `json:"cipher_suites,omitzero"` // of RMCP+ (IPMI 2.0, table 22-20)
	// CipherSuitePrivileges has one letter for each cipher suite's highest
	// privilege: X unused, c callback, u user, o operator, a administrator, O
	// OEM.
	CipherSuitePrivileges string `json:"cipher_suite_privileges,omitzero"`

	BadPasswordThreshold *int  `json:"bad_password_threshold,omitzero"` // 0: no limit
	BadPasswordDisables  *bool `json:"bad_password_disables,omitzero"`  // past the threshold the user is disabled
	AttemptResetSeconds  *int  `json:"attempt_reset_seconds,omitzero"`  // 0: the count is not reset
	LockoutSeconds       *int  `json:"lockout_seconds,omitzero"`        // 0: until an administrator unlocks

	Unknown []Field `json:"unknown,omitzero"` // what this view does not understand
}

// An EnabledAuth lists the authentication types enabled for a privilege level.
type EnabledAuth struct {
	Level string   `json:"level"` // "Callback", "User", "Operator", "Admin", "OEM"
	Types []string `json:"types,omitzero"`
}

// An IPHeader holds what the controller puts in the IP headers it sends.
type IPHeader struct {
	TTL        int `json:"ttl"`
	Flags      int `json:"flags"`
	Precedence int `json:"precedence"`
	TOS        int `json:"tos"`
}

// lanWidth is the column of the colon in "lan print" (ipmi_lan_print in
// lib/ipmi_lanp.c).
const lanWidth = 24

const lanFirst = "Set in Progress"

// ParseLAN parses the output of "ipmitool lan print [CHANNEL]".
//
// The error, nil or an [Errors], says that the command failed, as it does on a
// controller without a network channel. The value is never nil and does not
// share memory with data.
func ParseLAN(data []byte) (*LAN, error) { return whole(data, parseLAN) }

func parseLAN(text string) (*LAN, error) {
	l := listing{width: lanWidth, first: lanFirst, keys: []string{"Set in Progress", "Auth Type Support", "IP Address Source", "IP Address", "MAC Address", "RMCP+ Cipher Suites"}}
	l.read(text)
	l.expect(text)
	return &LAN{Preamble: l.preamble, Fields: l.fields}, l.errs.err()
}

// Format returns the text as ipmitool prints it: the inverse of [ParseLAN].
func (l *LAN) Format() []byte { return formatListing(l.Preamble, l.Fields, lanWidth) }

// Config returns the typed view.
func (l *LAN) Config() LANConfig {
	var c LANConfig
	var list string // key of the list that lines without a key go on with
	end := another(l.Fields, lanFirst)
	for _, f := range l.Fields[:end] {
		ok := false
		if f.Key != "" {
			list = f.Key
			ok = c.read(f.Key, f.Value) || c.readAddress(f.Key, f.Value)
		} else if rest, cut := strings.CutPrefix(f.Value, ":"); cut {
			ok = c.readMore(list, rest)
		}
		if !ok {
			c.Unknown = append(c.Unknown, f)
		}
	}
	c.Unknown = append(c.Unknown, l.Fields[end:]...)
	return c
}

func (c *LANConfig) read(key, value string) bool {
	switch key {
	case "Set in Progress":
		c.SetInProgress = text(value)
	case "Auth Type Support":
		c.AuthTypes = words(value)
	case "Auth Type Enable":
		return c.readMore(key, value)
	case "SNMP Community String":
		c.CommunityString = text(value)
	case "IP Header":
		return c.readHeader(value)
	case "BMC ARP Control":
		return c.readARP(value)
	case "Gratituous ARP Intrvl", "Gratuitous ARP Intrvl":
		return readThousandths(&c.GratuitousARPMilliseconds, value, " seconds")
	case "802.1q VLAN ID":
		return strings.TrimSpace(value) == "Disabled" || readReading(&c.VLANID, value, "", -1)
	case "802.1q VLAN Priority":
		return readReading(&c.VLANPriority, value, "", -1)
	case "RMCP+ Cipher Suites":
		return c.readCiphers(value)
	case "Cipher Suite Priv Max":
		if value = strings.TrimSpace(value); value != "Not Available" {
			c.CipherSuitePrivileges = value // XXX is not a filler here
		}
	case "Bad Password Threshold":
		return text(value) == "" || readReading(&c.BadPasswordThreshold, value, "", -1)
	case "Invalid password disable":
		return readYesNo(&c.BadPasswordDisables, value)
	case "Attempt Count Reset Int.":
		return readReading(&c.AttemptResetSeconds, value, "", -1)
	case "User Lockout Interval":
		return readReading(&c.LockoutSeconds, value, "", -1)
	default:
		return false
	}
	return true
}

// readAddress takes in the fields that hold an address.
func (c *LANConfig) readAddress(key, value string) bool {
	switch key {
	case "IP Address Source":
		c.IPAddressSource = text(value)
	case "IP Address":
		if c.IPAddress = address(value); c.IPAddress == "255.255.255.255" { // all, which is none
			c.IPAddress = ""
		}
	case "Subnet Mask":
		c.SubnetMask = address(value)
	case "MAC Address":
		c.MACAddress = address(value)
	case "Default Gateway IP":
		c.DefaultGateway = address(value)
	case "Default Gateway MAC":
		c.DefaultGatewayMAC = address(value)
	case "Backup Gateway IP":
		c.BackupGateway = address(value)
	case "Backup Gateway MAC":
		c.BackupGatewayMAC = address(value)
	default:
		return false
	}
	return true
}

// address is text for an IP or MAC address, where zeros are not an address.
func address(value string) string {
	value = text(value)
	if strings.Trim(value, "0.:") == "" {
		return ""
	}
	return value
}

// readMore takes in what follows a colon on a line of its own: "User     : MD2
// MD5 PASSWORD", or a letter of the legend of cipher suite privileges.
func (c *LANConfig) readMore(list, value string) bool {
	switch list {
	case "Auth Type Enable":
		level, types, ok := strings.Cut(value, ":")
		c.AuthTypesEnabled = append(c.AuthTypesEnabled, EnabledAuth{strings.TrimSpace(level), words(types)})
		return ok
	case "Cipher Suite Priv Max":
		return strings.IndexByte(value, '=') > 0
	}
	return false
}

// readHeader parses "TTL=0x40 Flags=0x40 Precedence=0x00 TOS=0x10".
func (c *LANConfig) readHeader(value string) bool {
	var h IPHeader
	for word := range strings.FieldsSeq(value) {
		name, digits, _ := strings.Cut(word, "=0x")
		n, err := strconv.ParseUint(digits, 16, 8)
		if err != nil {
			return false
		}
		switch name {
		case "TTL":
			h.TTL = int(n)
		case "Flags":
			h.Flags = int(n)
		case "Precedence":
			h.Precedence = int(n)
		case "TOS":
			h.TOS = int(n)
		default:
			return false
		}
	}
	c.IPHeader = &h
	return true
}

// readARP parses "ARP Responses Enabled, Gratuitous ARP Disabled".
func (c *LANConfig) readARP(value string) bool {
	responses, gratuitous, ok := strings.Cut(strings.TrimSpace(value), ", ")
	return ok && readEnabled(&c.ARPResponses, responses, "ARP Responses ") &&
		readEnabled(&c.GratuitousARP, gratuitous, "Gratuitous ARP ")
}

// readEnabled parses "Enabled" or "Disabled" after prefix.
func readEnabled(p **bool, value, prefix string) bool {
	word, ok := strings.CutPrefix(value, prefix)
	enabled := word == "Enabled"
	if ok = ok && (enabled || word == "Disabled"); ok {
		*p = &enabled
	}
	return ok
}

// readCiphers parses "1,2,3,6,7,8,11,12"; there is one for each of at most
// sixteen suites.
func (c *LANConfig) readCiphers(value string) bool {
	value = text(value)
	if value == "" {
		return true
	}
	for word := range strings.SplitSeq(value, ",") {
		n, ok := number(word, "", 255)
		if !ok {
			return false
		}
		c.CipherSuites = append(c.CipherSuites, n)
	}
	return true
}
