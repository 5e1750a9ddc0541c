// SPDX-License-Identifier: Apache-2.0

package arcconf

import "strings"

// separator stands between key and value.
const separator = " : "

// cut takes a line apart at the first colon that has a blank before it, or
// else at the first that has a blank behind it, as long keys do. "Channel #2:"
// has no value and is a heading.
func cut(body string) (key, value string, ok bool) {
	if i := strings.Index(body, " :"); i >= 0 {
		return body[:i], body[i+2:], true
	}
	if i := strings.Index(body, ": "); i > 0 {
		return body[:i], body[i+2:], true
	}
	return "", body, false
}
