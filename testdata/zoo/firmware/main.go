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

	"github.com/mchus/bee/testdata/firmware"
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
	files := map[string][]byte{"fru.bin": fruAreas(), "sdr.bin": firmware.SDRs(locators, sensors), "readings": firmware.Readings(sensors)}
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

// structures returns the structures that replace QEMU's own of their types, in
// the order of the table.
func structures() []smbios.Structure {
	var list []smbios.Structure
	for i, m := range memorySlots {
		list = append(list, m.Structure(i))
	}
	for _, s := range slots {
		list = append(list, s.Structure())
	}
	for i, p := range powerSupplies {
		list = append(list, p.Structure(i))
	}
	return list
}

// fruAreas returns the FRU devices one behind the other.
func fruAreas() []byte {
	var b []byte
	for _, image := range frus {
		b = append(b, firmware.Area(image)...)
	}
	return b
}
