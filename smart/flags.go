// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strconv"
	"strings"
)

// Flags are numbers in JSON, and String names the bits, as in package nvme.

// The names of flags, from bit 0 on.
var (
	attributeNames = []string{"prefail", "online", "speed", "error rate", "event count", "auto keep"}
	statisticNames = []string{"", "", "", "monitored", "notifies", "normalized", "valid", "supported"}
	warningNames   = []string{"available spare", "temperature", "reliability degraded", "read only", "volatile memory backup failed", "persistent memory region"}
	exitNames      = []string{"usage", "open failed", "command failed", "failing", "prefail", "was below", "error log", "self-test failed"}
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

// String names the bits that are set.
func (s ExitStatus) String() string { return bitNames(uint(s), exitNames) }
