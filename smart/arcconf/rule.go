// SPDX-License-Identifier: Apache-2.0

package arcconf

import "strings"

// isRule reports whether the line is one drawn with hyphens, asterisks or
// equals signs.
func (l *Line) isRule() bool {
	if l.Key != "" || l.Value != "" && l.Value[0] > '=' {
		return false
	}
	return strings.Trim(l.Value, "-*= ") == ""
}
