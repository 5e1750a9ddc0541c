// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"context"
	"fmt"

	"github.com/mchus/bee/inventory/collect"
	"github.com/mchus/bee/inventory/host"
)

// Which drives are in the machine? Nothing else is asked.
func ExampleStorage() {
	machine, err := host.Replay(host.Capture{ // host.Live() for this one
		"host.json": []byte(`{"schema":"bee.capture/1"}`),
		"commands.jsonl": []byte(`{"argv":["smartctl","--scan-open","-j"],"stdout":"scan"}` + "\n" +
			`{"argv":["smartctl","-x","-j","-d","sat","/dev/sda"],"stdout":"sda"}`),
		"scan": []byte(`{"smartctl":{"version":[7,4]},"devices":[{"name":"/dev/sda","type":"sat"}]}`),
		"sda": []byte(`{"smartctl":{"version":[7,4]},"device":{"name":"/dev/sda","type":"sat","protocol":"ATA"},` +
			`"model_name":"ST8000NM000A-2KE101","serial_number":"ZA1ABCDE","smart_status":{"passed":true},"temperature":{"current":31}}`),
	}.FS())
	if err != nil {
		fmt.Println(err)
		return
	}
	storage, err := collect.Storage(context.Background(), machine)
	if err != nil {
		fmt.Println(err) // and go on: what could be read is there
	}
	if storage == nil {
		return // no tool and nothing in the kernel
	}
	for _, d := range storage.Drives {
		fmt.Print(d.Model, " ", d.Serial)
		if d.Smart != nil && d.Smart.TemperatureC != nil {
			fmt.Print(" ", *d.Smart.TemperatureC, " °C")
		}
		fmt.Println()
	}
	// Output:
	// ST8000NM000A-2KE101 ZA1ABCDE 31 °C
}
