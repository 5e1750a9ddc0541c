// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strconv"
	"strings"
)

// Flags are numbers in JSON, and String names the bits, as in package nvme.

// The names of flags, from bit 0 on.
var (
	attributeNames = []string{"prefail", "online", "speed", "error_rate", "event_count", "auto_keep"}
	statisticNames = []string{"", "", "", "monitored", "notifies", "normalized", "valid", "supported"}
	warningNames   = []string{"spare", "temperature", "reliability", "read_only", "backup", "pmr"}
)

// String names the flags that are set; one without a name is "bit N".
func (f AttributeFlags) String() string { return bitNames(uint(f), attributeNames) }

// String names the flags that are set; one without a name is "bit N".
func (f StatisticFlags) String() string { return bitNames(uint(f), statisticNames) }

// String names the warnings that are set; one without a name is "bit N".
func (w CriticalWarning) String() string { return bitNames(uint(w), warningNames) }

func bitNames(v uint, names []string) string {
	var list []string
	for i := 0; v>>i != 0; i++ {
		switch {
		case v>>i&1 == 0:
		case i < len(names) && names[i] != "":
			list = append(list, names[i])
		default:
			list = append(list, "bit "+strconv.Itoa(i))
		}
	}
	return strings.Join(list, ", ")
}
