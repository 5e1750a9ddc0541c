// SPDX-License-Identifier: Apache-2.0

package megacli

import "strings"

// separator stands between key and value.
const separator = ": "

// cut takes a line apart at its first colon.
func cut(body string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(body, ":")
	if !ok || key == "" {
		return "", body, false
	}
	return key, value, true
}
