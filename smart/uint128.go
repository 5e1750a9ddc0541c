// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"encoding/json"
	"math/bits"
	"reflect"

	"github.com/mchus/bee/internal/jsondoc"
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
func (u Uint128) String() string { return jsondoc.FormatUint128(u.Hi, u.Lo) }

// MarshalJSON writes u as a number.
func (u Uint128) MarshalJSON() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalJSON reads what MarshalJSON writes.
func (u *Uint128) UnmarshalJSON(data []byte) error {
	hi, lo, err := jsondoc.ParseUint128(string(data))
	if err != nil {
		return &json.UnmarshalTypeError{Value: "number " + string(data), Type: reflect.TypeFor[Uint128]()}
	}
	*u = Uint128{hi, lo}
	return nil
}
