// SPDX-License-Identifier: Apache-2.0

package mdadm

import "strings"

// separator stands between key and value.
const separator = " : "

// cut takes a line apart at the first colon that has a blank before it, so
// that "unused devices: <none>" and "/dev/md0:" have no key.
func cut(body string) (key, value string, ok bool) {
	for start := 0; ; { // colons are rarer than blanks
		i := strings.IndexByte(body[start:], ':') + start
		switch {
		case i < start:
			return "", body, false
		case i > 0 && body[i-1] == ' ':
			return body[:i-1], body[i+1:], true
		}
		start = i + 1
	}
}
