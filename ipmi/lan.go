// SPDX-License-Identifier: Apache-2.0

package ipmi

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
	GratuitousARPMilliseconds *int `json:"gratuitous_arp_ms,omitzero"`

	AuthTypes        []string      `json:"auth_types,omitzero"` // those supported: "MD5"
	AuthTypesEnabled []EnabledAuth `json:"auth_types_enabled,omitzero"`
	CipherSuites     []int         `json:"cipher_suites,omitzero"` // of RMCP+ (IPMI 2.0, table 22-20)
	// CipherSuitePrivileges has one letter for each cipher suite's highest
	// privilege: X unused, c callback, u user, o operator, a administrator, O
	// OEM.
	CipherSuitePrivileges string `json:"cipher_suite_privileges,omitzero"`

	BadPasswordThreshold *int  `json:"bad_password_threshold,omitzero"` // 0: no limit
	BadPasswordDisables  *bool `json:"bad_password_disables,omitzero"`  // past the threshold the user is disabled
	AttemptResetSeconds  *int  `json:"attempt_reset_s,omitzero"`        // 0: the count is not reset
	LockoutSeconds       *int  `json:"lockout_s,omitzero"`              // 0: until an administrator unlocks

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

// ParseLAN parses the output of "ipmitool lan print [CHANNEL]".
func ParseLAN(data []byte) (*LAN, error) { return new(LAN), nil }

// Config returns the typed view.
func (l *LAN) Config() LANConfig { return LANConfig{} }
