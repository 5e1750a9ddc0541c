// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"fmt"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/redact"
)

// How is a capture given away without its serial numbers?
func ExampleCapture() {
	c := host.Capture{
		"commands.jsonl": []byte(`{"argv":["dmidecode"],"stdout":"dmidecode.stdout"}`),
		"dmidecode.stdout": []byte("Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n" +
			"\tProduct Name: LX2 Server\n\tSerial Number: SRV-2023-0042\n"),
	}
	redacted := redact.Capture(c, []byte("the same key, the same pseudonyms"))
	fmt.Printf("%s", redacted["dmidecode.stdout"])
	// Output:
	// Handle 0x0001, DMI type 1, 27 bytes
	// System Information
	// 	Product Name: LX2 Server
	// 	Serial Number: GYT-4341-3631
}
