// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"strings"

	"github.com/mchus/bee/internal/placeholder"
)

// IsPlaceholderUUID reports whether s is a UUID that identifies no machine:
// one byte repeated, bytes that count up, or a value that many boards share.
// The case of its letters does not matter.
//
// The shared values are defaults of firmware that are known for it. Each is
// there in both byte orders: firmware before SMBIOS 2.6 gave the first three
// groups the other way round.
func IsPlaceholderUUID(s string) bool { return placeholder.IsUUID(s) }

// uuid returns a UUID in lower case, as dmidecode prints it since 3.2.
func (r *reader) uuid(f *Field) string {
	s := strings.TrimSpace(f.Value)
	if IsPlaceholder(s) || IsPlaceholderUUID(s) {
		return ""
	}
	return strings.ToLower(s)
}
