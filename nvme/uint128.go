// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"encoding/json"
	"math/big"
	"math/bits"
	"strconv"
)

// A Uint128 is a 128-bit counter or capacity of the NVMe specification, whole.
// In JSON it is a number with all its digits.
type Uint128 struct {
	Hi, Lo uint64
}

// Uint64 returns u, and whether it fits into 64 bits.
func (u Uint128) Uint64() (n uint64, ok bool) { return u.Lo, u.Hi == 0 }

// Mul returns u × n, and whether that fits into 128 bits.
func (u Uint128) Mul(n uint64) (product Uint128, ok bool) {
	hi, lo := bits.Mul64(u.Lo, n)
	over, mid := bits.Mul64(u.Hi, n)
	hi, carry := bits.Add64(hi, mid, 0)
	return Uint128{hi, lo}, over == 0 && carry == 0
}

// String returns u in decimal digits.
func (u Uint128) String() string {
	if u.Hi == 0 {
		return strconv.FormatUint(u.Lo, 10)
	}
	n := new(big.Int).SetUint64(u.Hi)
	return n.Lsh(n, 64).Or(n, new(big.Int).SetUint64(u.Lo)).String()
}

// MarshalJSON writes u as a number.
func (u Uint128) MarshalJSON() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalJSON reads what MarshalJSON writes.
func (u *Uint128) UnmarshalJSON(data []byte) error {
	n, err := parseUint128(string(data))
	if err != nil {
		return &json.UnmarshalTypeError{Value: "number " + string(data)}
	}
	*u = n
	return nil
}

// parseUint128 reads decimal digits.
func parseUint128(s string) (Uint128, error) {
	if len(s) < 20 { // 19 digits always fit into 64 bits
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			return Uint128{}, ErrSyntax
		}
		return Uint128{Lo: n}, nil
	}
	var u Uint128
	for i := range len(s) {
		digit := uint64(s[i]) - '0'
		if digit > 9 {
			return Uint128{}, ErrSyntax
		}
		product, ok := u.Mul(10)
		lo, carry := bits.Add64(product.Lo, digit, 0)
		hi, over := bits.Add64(product.Hi, 0, carry)
		if !ok || over != 0 {
			return Uint128{}, ErrRange
		}
		u = Uint128{hi, lo}
	}
	return u, nil
}
