// SPDX-License-Identifier: Apache-2.0

package ethtool

import "strings"

// A PermanentAddress is what "ethtool -P" says: the hardware address that an
// interface was made with, whatever it uses now.
type PermanentAddress struct {
	Listing

	// Address is in lower case, with colons; "" for an interface that has none.
	// It has 6 bytes on Ethernet and 20 on InfiniBand.
	Address string `json:"address,omitzero"`
}

// ParsePermanentAddress parses the output of "ethtool -P".
//
// The value is never nil and does not share memory with data. The error is nil
// or an [Errors].
func ParsePermanentAddress(data []byte) (*PermanentAddress, error) {
	return whole(data, parsePermanentAddress)
}

func parsePermanentAddress(text string) (*PermanentAddress, error) {
	a := new(PermanentAddress)
	p := parser{take: a.take, first: "Permanent address"}
	err := p.parse(text)
	a.Listing = p.Listing
	return a, err
}

// Format returns the text as ethtool prints it: the inverse of
// [ParsePermanentAddress].
func (a *PermanentAddress) Format() []byte { return a.format("", 0, ": ") }

func (a *PermanentAddress) take(key, value string) error {
	if key != "Permanent address" {
		return errUnknown
	}
	address := strings.ToLower(text(value))
	if address == "" || strings.Trim(address, "0:") == "" {
		return nil // "not set", or all zeros: an interface that is not hardware
	}
	for part := range strings.SplitSeq(address, ":") {
		if len(part) != 2 || !isHex(part) {
			return ErrSyntax
		}
	}
	a.Address = address
	return nil
}
