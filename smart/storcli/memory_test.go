// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/mutate"
)

// TestMemory: many members or rows of one kind take memory in proportion,
// whether or not they are known.
func TestMemory(t *testing.T) {
	const n = 1 << 12
	many := func(format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	docs := map[string]string{
		"drives":     many(`"Drive /c0/s%d":{},`),
		"volumes":    many(`"PDs for VD %d":[{}],`),
		"topologies": many(`"TOPOLOGY":[{"DG":%d}],`),
		"details":    many(`"Drive /c0/e1/s2 - Detailed Information":{"Certified":%d},`),
		"properties": many(`"VD0 Properties":{"Secured":%d},`),
		"a setting":  `"Key Information":[{` + many(`"Prop":"%d",`) + `"":0}],`,
		"an address": many(`"PCI Address":"00:3c:00:00",`),
		"operations": `"VD0 Properties":{` + many(`"Active Operations":"BGI (%d%%)",`) + `"":0},`,
	}
	for _, name := range []string{
		"Version", "Status", "HwCfg", "Policies", "Properties", "Scheduled Tasks", "Capabilities", "Max. Supported Config",
		"Boot", "Secure Boot", "Defaults", "Supported PD Operations", "Drive /c0/e1/s2", "VD0 Properties", "Detailed Status", "New",
	} {
		docs["members of "+name] = `"` + name + `":{` + many(`"%d":0,`) + `"":0},`
	}
	for name, doc := range docs {
		doc = `{"Controllers":[{"Command Status":{"Controller":0,"Status":"Success"},"Response Data":{` + doc + `"":0}}]}`
		mutate.CheckMemory(t, name, len(doc), func() any {
			r, err := Parse([]byte(doc))
			if len(r.Controllers) == 0 {
				t.Errorf("%s: nothing was read", name)
			}
			return []any{r, err}
		})
	}
}
