// SPDX-License-Identifier: Apache-2.0

// Firmware writes what the firmware and the management controller of the
// emulated server hold, for QEMU.
//
//	firmware DIR
//
// It writes into DIR
//
//	smbios-NN.bin  SMBIOS structures, one each, in their order (-smbios file=)
//	fru.bin        FRU devices of 1024 bytes (ipmi-bmc-sim: frudatafile=, fruareasize=)
//	sdr.bin        the repository of sensor data records (sdrfile=)
//	readings       a line for each sensor: number and raw reading
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/mchus/bee/testdata/smbios"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: firmware DIR")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "firmware:", err)
		os.Exit(1)
	}
}

func write(dir string) error {
	files := map[string][]byte{"fru.bin": fruAreas(), "sdr.bin": sdrs(), "readings": readings()}
	for i, s := range structures() {
		table := smbios.Table{Structures: []smbios.Structure{s}}
		files[fmt.Sprintf("smbios-%02d.bin", i)] = table.Bytes()
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
