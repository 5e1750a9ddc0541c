// SPDX-License-Identifier: Apache-2.0

package sniff_test

import (
	"fmt"

	"github.com/mchus/bee/inventory/sniff"
)

// Which tool printed this?
func ExampleBest() {
	fmt.Println(sniff.Best([]byte("root@host:~# cat out\r\nPersonalities : [raid1]\r\nmd0 : active raid1 sda1[0] sdb1[1]\r\n")))
	fmt.Println(sniff.Best([]byte(`{"nsze":1,"ncap":1,"nuse":1}`)))
	fmt.Println(sniff.Best([]byte("hello\n")))
	// Output:
	// {mdstat  text certain}
	// {nvme id-ns json certain}
	// {   unknown}
}
