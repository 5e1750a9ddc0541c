// SPDX-License-Identifier: Apache-2.0

// Describe writes what QEMU is told of a machine of the lab.
//
//	describe            lists the machines: name, udevd (yes or no), UEFI (yes or no), what it is
//	describe NAME DIR   writes the files of one into DIR
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/mchus/bee/testdata/lab"
)

func main() {
	if len(os.Args) == 1 {
		for _, m := range lab.Machines {
			fmt.Println(m.Name, yes(m.Udev), yes(m.UEFI), m.About)
		}
		return
	}
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: describe [NAME DIR]")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "describe:", err)
		os.Exit(1)
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func write(name, dir string) error {
	for _, m := range lab.Machines {
		if m.Name != name {
			continue
		}
		for file, data := range m.Files() {
			if err := os.WriteFile(filepath.Join(dir, file), data, 0o644); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("no machine %q", name)
}
