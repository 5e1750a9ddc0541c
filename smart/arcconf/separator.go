// SPDX-License-Identifier: Apache-2.0

package arcconf

import "strings"

// separator stands between key and value.
const separator = " : "

// cut takes a line apart at the first colon that has a blank before it, or
// else at the first that has a blank behind it, as long keys do. "Channel #2:"
// has no value and is a heading.
func cut(body string) (key, value string, ok bool) {
	long := -1 // the first that has a blank behind it only
	for start := 0; ; {
		i := strings.IndexByte(body[start:], ':') + start
		switch {
		case i < start && long > 0:
			return body[:long], body[long+2:], true
		case i < start:
			return "", body, false
		case i > 0 && body[i-1] == ' ':
			return body[:i-1], body[i+1:], true
		case i+1 < len(body) && body[i+1] == ' ' && long < 0:
			long = i
		}
		start = i + 1
	}
}
