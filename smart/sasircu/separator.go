// SPDX-License-Identifier: Apache-2.0

package sasircu

import "strings"

// separator stands between key and value.
const separator = " : "

// cut takes a line apart at the first colon that has a blank before it, so
// that "SAS2IRCU: …" is not a key.
func cut(body string) (key, value string, ok bool) {
	i := strings.Index(body, " :")
	if i < 0 {
		return "", body, false
	}
	return body[:i], body[i+2:], true
}
