// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/testdata/firmware"
	"github.com/mchus/bee/testdata/fru/bmc"
	"github.com/mchus/bee/testdata/smbios"
	"github.com/mchus/bee/testdata/tools"
)

// TestSMBIOS: dmidecode reads what the tables of this package say.
func TestSMBIOS(t *testing.T) {
	table := smbios.Table{Version: smbios.Version{Major: 3, Minor: 2}, Structures: structures()}
	file := filepath.Join(t.TempDir(), "dump")
	if err := os.WriteFile(file, table.Dump(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := tools.Suite(t, "bookworm", "dmidecode").Command("dmidecode", "--from-dump", file).Output()
	if err != nil || strings.Contains(string(out), "<BAD INDEX>") {
		t.Errorf("dmidecode: %v\n%s", err, out)
	}
	parsed, err := dmi.Parse(out)
	if err != nil {
		t.Error(err)
	}
	var want, got []string
	line := func(list *[]string, values ...any) { *list = append(*list, fmt.Sprintln(values...)) }
	for _, m := range memorySlots {
		line(&want, m.Locator, m.GiB > 0, m.GiB > 0, uint64(m.GiB)<<30)
	}
	for _, s := range slots {
		line(&want, s.Designation, s.ID, s.Usage == firmware.InUse)
	}
	for _, p := range powerSupplies {
		line(&want, p.Location, p.Name, p.Present, p.Watts%firmware.WattsUnknown)
	}
	devices, errDevices := parsed.MemoryDevices()
	for _, d := range devices {
		line(&got, d.Locator, d.Present, d.Type == "DDR5", d.SizeBytes)
	}
	bays, errBays := parsed.Slots()
	for _, s := range bays {
		line(&got, s.Designation, s.ID, s.Usage == "In Use")
	}
	supplies, errSupplies := parsed.PowerSupplies()
	for _, p := range supplies {
		line(&got, p.Location, p.Name, p.Present, p.MaxPowerWatts)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
	if err := errors.Join(errDevices, errBays, errSupplies); err != nil {
		t.Log(err) // "<OUT OF SPEC>" is meant
	}
}

// TestSDRs: ipmitool lists every controller, FRU device and sensor, with the
// reading that the sensor is given.
func TestSDRs(t *testing.T) {
	config := bmc.Config{Sensors: make(map[byte][]byte), Limits: make(map[byte][]byte), DeviceID: make([]byte, 15)}
	for b := firmware.SDRs(locators, sensors); len(b) > 0; {
		size := 5 + int(b[4])
		config.SDRs = append(config.SDRs, b[2:size])
		b = b[size:]
	}
	want := map[string]string{"LabBMC": "Dynamic MC @ 20h"}
	for _, l := range locators {
		want[l.Name] = fmt.Sprintf("Logical FRU @%02Xh", l.FRU)
	}
	for _, s := range sensors {
		config.Sensors[s.Number] = []byte{s.Raw, 0xC0, 0}
		config.Limits[s.Number] = make([]byte, 7)
	}
	want["CPU1 Temp"], want["Inlet Temp"] = "45 degrees C", "22 degrees C"
	want["FAN1"], want["FAN2"] = "5400 RPM", "0 RPM"
	want["PS1 Input Power"], want["P12V"] = "208 Watts", "12.06 Volts"
	got := make(map[string]string)
	for line := range strings.Lines(ipmitool(t, config, "sdr", "elist", "all")) {
		if cell := strings.Split(line, "|"); len(cell) == 5 && strings.TrimSpace(cell[4]) != "" {
			got[strings.TrimSpace(cell[0])] = strings.TrimSpace(cell[4])
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
}

// TestFRUs: ipmitool reads the images, and nothing where nothing is.
func TestFRUs(t *testing.T) {
	config := bmc.Config{FRUs: make(map[byte]bmc.FRU), DeviceID: make([]byte, 15)}
	areas := fruAreas()
	for i := range frus {
		config.FRUs[byte(i)] = bmc.FRU{Data: areas[i*firmware.AreaSize : (i+1)*firmware.AreaSize]}
	}
	for i, want := range []string{
		"Product Serial        : SRV-2023-0042", "Product Serial        : DPSN0000123456", "",
		"Board Serial          :   BPSN77", "Board Product         : Header sum wrong", "",
	} {
		out := ipmitool(t, config, "fru", "print", strconv.Itoa(i))
		if !strings.Contains(out, want) || want == "" && strings.Contains(out, ":") {
			t.Errorf("FRU %d: want %q, got\n%s", i, want, out)
		}
	}
}

func ipmitool(t *testing.T, config bmc.Config, args ...string) string {
	t.Helper()
	controller, err := bmc.Listen(config)
	if err != nil {
		t.Fatal(err)
	}
	defer controller.Close()
	cmd := tools.Suite(t, "bookworm", "ipmitool").Command("ipmitool", controller.Args(args...)...)
	out, _ := cmd.Output() // it fails for a broken FRU, too
	return string(out)
}
