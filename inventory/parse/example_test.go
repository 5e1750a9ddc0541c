// SPDX-License-Identifier: Apache-2.0

package parse_test

import (
	"fmt"

	"github.com/mchus/bee/inventory/parse"
)

// What is this text, and what does it say?
func ExampleFind() {
	data := []byte("# dmidecode 3.6\n\nHandle 0x0001, DMI type 17, 92 bytes\nMemory Device\n\tLocator: DIMM_A1\n\tSize: 32 XB\n\n")
	reader, confidence, err := parse.Find("", data)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reader.Name(), confidence)
	_, err = reader.JSON(data) // what was read, also with an error
	for _, e := range parse.Errors(err) {
		fmt.Println(e)
	}
	// Output:
	// dmidecode certain
	// dmi: line 6, column 11: unknown unit: "XB"
}
