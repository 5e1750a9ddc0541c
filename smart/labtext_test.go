// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestLabText: the plain text of a drive says the same as its JSON. Each label
// of the text is either compared or known to be of no account.
func TestLabText(t *testing.T) {
	labels, values := make(map[string]bool), 0
	for _, suite := range labSuites {
		for _, file := range glob(t, "testdata/lab/"+suite+"/smartctl-*.txt") {
			if strings.Contains(file, "scan") {
				continue
			}
			dev, _ := Parse(read(t, strings.TrimSuffix(file, "txt")+"json"))
			values += checkSupport(t, file, dev)
			for line := range strings.Lines(string(read(t, file))) {
				line = strings.TrimRight(line, "\n")
				if n := compareAttribute(t, file, dev, line); n > 0 {
					values += n
					continue
				}
				label, value, ok := strings.Cut(line, ":")
				if !ok || strings.HasPrefix(label, " ") || strings.HasPrefix(label, "\t") {
					continue
				}
				label, _, _ = strings.Cut(label, " (")
				if n := compareCode(t, file, dev, label, line); n > 0 {
					values += n
					continue
				}
				compared, known := compareLabel(t, file, dev, label, strings.TrimSpace(value))
				if !known {
					t.Errorf("%s: unknown label in %q", file, line)
				}
				if compared {
					labels[label] = true
					values++
				}
			}
		}
	}
	t.Logf("%d values under %d labels agree", values, len(labels))
	if values < 800 {
		t.Errorf("only %d values compared", values)
	}
}

// checkSupport compares whether the drive has SMART, and whether it is on.
func checkSupport(t *testing.T, file string, dev *Device) (values int) {
	t.Helper()
	text := string(read(t, file))
	for word, v := range map[string]*bool{"Available": dev.SmartAvailable, "Enabled": dev.SmartEnabled} {
		if v == nil || dev.NVMe != nil {
			continue // not in the JSON, or not in the text
		}
		values++
		if got := strings.Contains(text, "SMART support is: "+word) || strings.Contains(text, "SMART support is:     "+word); got != *v {
			t.Errorf("%s: SMART %s is %v, want %v", file, word, *v, got)
		}
	}
	return values
}

// compareAttribute compares a row of the attribute table.
func compareAttribute(t *testing.T, file string, dev *Device, line string) int {
	f := strings.Fields(line)
	if len(f) < 8 || dev.ATA == nil || len(f[2]) != 6 || strings.Trim(f[2], "POSRCK-") != "" {
		return 0
	}
	id, err := strconv.Atoi(f[0])
	if err != nil {
		return 0
	}
	for _, a := range dev.ATA.Attributes {
		if int(a.ID) != id {
			continue
		}
		failed := map[string]string{"-": "", "NOW": "now", "Past": "past"}[f[6]]
		got := fmt.Sprintf("%s %03d %03d %03d %q %s", a.Name, *a.Value, *a.Worst, *a.Threshold, a.WhenFailed, a.RawText)
		want := fmt.Sprintf("%s %s %s %s %q %s", f[1], f[3], f[4], f[5], failed, strings.Join(f[7:], " "))
		if got != want {
			t.Errorf("%s: attribute %d is %s, want %s", file, id, got, want)
		}
		var flags strings.Builder
		for i, c := range "POSRCK" {
			if a.Flags>>i&1 == 0 {
				c = '-'
			}
			flags.WriteString(string(c))
		}
		if flags.String() != f[2] {
			t.Errorf("%s: attribute %d has flags %s, want %s", file, id, flags.String(), f[2])
		}
		return 7
	}
	t.Errorf("%s: no attribute %d", file, id)
	return 0
}

// compareCode compares a line with a number in parentheses: "Firmware Updates
// (0x03): 1 Slot", "data collection: ( 288) seconds.".
func compareCode(t *testing.T, file string, dev *Device, label, line string) int {
	t.Helper()
	_, rest, _ := strings.Cut(line, "(")
	code, _, ok := strings.Cut(rest, ")")
	number, err := strconv.ParseInt(strings.TrimSpace(code), 0, 64)
	if !ok || err != nil {
		return 0
	}
	var got []*int64
	if a := dev.ATA; a != nil {
		switch label {
		case "Offline data collection status":
			got = []*int64{&a.OfflineStatus.Value}
		case "Self-test execution status":
			got = []*int64{&a.SelfTestStatus.Value}
		case "data collection":
			got = []*int64{a.OfflineSeconds}
		case "recommended polling time":
			got = []*int64{a.ShortTestMinutes, a.ExtendedTestMinutes, a.ConveyanceTestMinutes}
		case "capabilities":
			got = []*int64{&a.OfflineCapability}
		case "SMART capabilities":
			got = []*int64{&a.SmartCapability}
		}
	}
	if n := dev.NVMe; n != nil {
		switch label {
		case "Firmware Updates":
			got = []*int64{n.FirmwareUpdates}
		case "Optional Admin Commands":
			got = []*int64{n.AdminCommands}
		case "Optional NVM Commands":
			got = []*int64{n.NVMCommands}
		case "Log Page Attributes":
			got = []*int64{n.LogPages}
		default:
			if strings.HasPrefix(label, "Namespace ") && strings.HasSuffix(label, " Features") {
				got = []*int64{n.Namespaces[0].Features}
			}
		}
	}
	known := 0
	for _, v := range got {
		if v == nil {
			continue
		}
		known++
		if *v == number {
			return 1
		}
	}
	if known > 0 {
		t.Errorf("%s: %s has %d, which no field has", file, label, number)
	}
	return 0
}

// compareLabel compares a line "label: value". It reports whether there was
// something to compare, and whether the label is known.
func compareLabel(t *testing.T, file string, dev *Device, label, value string) (compared, known bool) {
	want, known := "", true
	digits := strings.ReplaceAll(strings.Fields(value + " -")[0], ",", "")
	switch {
	case dev.NVMe != nil:
		want, known = nvmeLabel(dev, label)
	default:
		want, known = driveLabel(dev, label)
	}
	if !known || want == "" {
		return false, known
	}
	if want != value && want != digits {
		t.Errorf("%s: %s is %q, want %q", file, label, want, value)
	}
	return true, true
}

// driveLabel returns the value of a label as smartctl prints it, "" if JSON
// does not have it.
func driveLabel(dev *Device, label string) (value string, known bool) {
	switch label {
	case "Model Family":
		return dev.ModelFamily, true
	case "Device Model":
		return dev.ModelName, true
	case "Vendor":
		return dev.Vendor, true
	case "Product":
		return dev.Product, true
	case "Serial Number", "Serial number":
		return dev.SerialNumber, true
	case "Firmware Version", "Revision":
		return dev.FirmwareVersion, true
	case "Compliance":
		return dev.SCSI.Version, true
	case "Logical Unit id":
		if dev.WWN == "" {
			return "", true
		}
		return "0x" + dev.WWN, true
	case "LU WWN Device Id":
		return dev.WWN[:1] + " " + dev.WWN[1:7] + " " + dev.WWN[7:], true
	case "User Capacity":
		return fmt.Sprint(dev.CapacityBytes), true
	case "Sector Size":
		return fmt.Sprintf("%d bytes logical/physical", dev.LogicalBlockBytes), dev.LogicalBlockBytes == dev.PhysicalBlockBytes
	case "Logical block size":
		return fmt.Sprintf("%d bytes", dev.LogicalBlockBytes), true
	case "Rotation Rate":
		if *dev.RotationRPM == 0 {
			return "Solid State Device", true
		}
		return fmt.Sprintf("%d rpm", *dev.RotationRPM), true
	case "Device type":
		return dev.Kind, true
	case "ATA Version is":
		return dev.ATA.Version.Text, true
	case "Local Time is":
		return "", true // the two were not made in the same second
	case "SMART overall-health self-assessment test result", "SMART Health Status":
		return map[bool]string{true: "PASSED", false: "FAILED!"}[*dev.Passed], true
	case "Current Drive Temperature":
		return orZero(dev.Temperature.CurrentCelsius, "%d C"), true
	case "Drive Trip Temperature":
		return orZero(dev.Temperature.TripCelsius, "%d C"), true
	case "Write cache is":
		return map[bool]string{true: "Enabled", false: "Disabled"}[*dev.ATA.WriteCacheEnabled], true
	case "SMART Attributes Data Structure revision number":
		return fmt.Sprint(dev.ATA.AttributesRevision), true
	case "SMART Error Log Version":
		return fmt.Sprint(dev.ATA.ErrorLog.Revision), true
	case "Device is":
		if dev.InDatabase == nil {
			return "", true
		}
		return "", true // compared in the JSON's own words
	case "TRIM Command":
		if !dev.Trim.Supported {
			return "", true
		}
		return map[bool]string{true: "Available, deterministic", false: "Available"}[dev.Trim.Deterministic], true
	case "SMART support is":
		return "", true // two lines: see checkSupport
	case "Rd look-ahead is", "AAM feature is", "APM feature is", "DSN feature is", "ATA Security is",
		"Read Cache is", "Writeback Cache is", "Wt Cache Reorder", "Offline data collection status", "Self-test execution status",
		"data collection", "capabilities", "SMART capabilities", "Error logging capability", "recommended polling time",
		"General SMART Values", "Vendor Specific SMART Attributes with Thresholds", "Read SMART Log Directory failed",
		"A mandatory SMART command failed", "No self-tests have been logged.  [To run self-tests, use", "/dev/sdg", "/dev/vda",
		"Please specify device type with the -d option.", "LU is thin provisioned, LBPRZ=0":
		return "", true
	}
	return "", false
}

// nvmeLabel is driveLabel for NVMe drives.
func nvmeLabel(dev *Device, label string) (value string, known bool) {
	n := dev.NVMe
	namespace := Namespace{}
	if len(n.Namespaces) > 0 {
		namespace = n.Namespaces[0]
	}
	if rest, ok := strings.CutPrefix(label, fmt.Sprintf("Namespace %d ", namespace.ID)); ok {
		label = rest
	}
	switch label {
	case "Model Number":
		return dev.ModelName, true
	case "Serial Number":
		return dev.SerialNumber, true
	case "Firmware Version":
		return dev.FirmwareVersion, true
	case "PCI Vendor ID":
		return fmt.Sprintf("%#04x", n.PCIVendorID), true
	case "PCI Vendor Subsystem ID":
		return fmt.Sprintf("%#04x", n.PCISubsystemVendorID), true
	case "IEEE OUI Identifier":
		return fmt.Sprintf("0x%06x", *n.OUI), true
	case "Controller ID":
		return fmt.Sprint(*n.ControllerID), true
	case "NVMe Version":
		if n.Version == nil {
			return "", true
		}
		return n.Version.Text, true
	case "Number of Namespaces":
		return fmt.Sprint(*n.NamespaceLimit), true
	case "Size/Capacity":
		return namespace.CapacityBytes.String(), true
	case "Formatted LBA Size":
		return fmt.Sprint(namespace.BlockBytes), true
	case "IEEE EUI-64":
		return namespace.EUI64[:6] + " " + namespace.EUI64[6:], true
	case "Maximum Data Transfer Size":
		if n.MaxTransferPages == 0 {
			return "", true
		}
		return fmt.Sprintf("%d Pages", n.MaxTransferPages), true
	case "Warning  Comp. Temp. Threshold":
		return optional(n.WarningCelsius, "%d Celsius"), true
	case "Critical Comp. Temp. Threshold":
		return optional(n.CriticalCelsius, "%d Celsius"), true
	case "SMART overall-health self-assessment test result":
		return map[bool]string{true: "PASSED", false: "FAILED!"}[*dev.Passed], true
	case "Local Time is", "Firmware Updates", "Optional Admin Commands", "Optional NVM Commands", "Log Page Attributes", "Features",
		"SMART/Health Information", "Error Information":
		return "", true
	}
	return healthLabel(n.Health, label)
}

// healthLabel is driveLabel for the health log. The reads that smartctl itself
// causes lie between the text and the JSON, which is why those are left out.
func healthLabel(h *NVMeHealth, label string) (value string, known bool) {
	switch label {
	case "Critical Warning":
		return fmt.Sprintf("0x%02x", uint8(h.CriticalWarning)), true
	case "Temperature":
		return fmt.Sprintf("%d Celsius", *h.Celsius), true
	case "Available Spare":
		return fmt.Sprintf("%d%%", *h.SparePercent), true
	case "Available Spare Threshold":
		return fmt.Sprintf("%d%%", *h.SpareThresholdPercent), true
	case "Percentage Used":
		return fmt.Sprintf("%d%%", *h.UsedPercent), true
	case "Data Units Read":
		return h.DataUnitsRead.String(), true
	case "Data Units Written":
		return h.DataUnitsWritten.String(), true
	case "Host Read Commands":
		return h.HostReads.String(), true
	case "Host Write Commands":
		return h.HostWrites.String(), true
	case "Controller Busy Time":
		return h.BusyMinutes.String(), true
	case "Power Cycles":
		return h.PowerCycles.String(), true
	case "Power On Hours":
		return h.PowerOnHours.String(), true
	case "Unsafe Shutdowns":
		return h.UnsafeShutdowns.String(), true
	case "Media and Data Integrity Errors":
		return h.MediaErrors.String(), true
	case "Error Information Log Entries":
		return h.ErrorLogEntries.String(), true
	case "Warning  Comp. Temperature Time":
		return optional(h.WarningMinutes, "%d"), true
	case "Critical Comp. Temperature Time":
		return optional(h.CriticalMinutes, "%d"), true
	}
	return "", false
}

func optional(v *int64, format string) string {
	if v == nil {
		return ""
	}
	return fmt.Sprintf(format, *v)
}

// orZero formats a reading; smartctl prints 0 of a SCSI drive that gives none.
func orZero(v *int64, format string) string {
	if v == nil {
		v = new(int64)
	}
	return fmt.Sprintf(format, *v)
}

// TestLabTextMessages: what smartctl has to say of itself is among its messages in
// a text too, with the same severity.
func TestLabTextMessages(t *testing.T) {
	met := 0
	for _, suite := range labSuites {
		for _, file := range glob(t, "testdata/lab/"+suite+"/smartctl-*.txt") {
			if strings.Contains(file, "scan") {
				continue
			}
			dev, _ := Parse(read(t, strings.TrimSuffix(file, "txt")+"json"))
			text, _ := ParseText(read(t, file))
			if !slices.Equal(text.Device.Tool.Messages, dev.Tool.Messages) {
				t.Errorf("%s: messages %v, in JSON %v", file, text.Device.Tool.Messages, dev.Tool.Messages)
			}
			met += len(dev.Tool.Messages)
		}
	}
	if met < 10 {
		t.Errorf("only %d messages met", met)
	}
}

// TestTextMessages: the reason why smartctl could not read a drive is in the
// device, and ends the sentence of its health.
func TestTextMessages(t *testing.T) {
	const banner = "smartctl 7.3 2022-02-28 r5338 [x86_64-linux-6.1.0] (local build)\n\n"
	for line, want := range map[string]string{
		"Smartctl open device: /dev/sda failed: No such device":                       "error",
		"/dev/sda: Unable to detect device type":                                      "error",
		"=======> INVALID ARGUMENT TO -d: nonsense":                                   "error",
		"ERROR: smartctl takes ONE device name as the final command-line argument.":   "error",
		"Read NVMe SMART/Health Information failed: NVME_IOCTL_ADMIN_CMD: I/O error":  "error",
		"Read 16 entries from Error Information Log failed: GetLogPage failed":        "error",
		"Warning: This result is based on an Attribute check.":                        "warning",
		"Device is in STANDBY mode, exit(2)":                                          "information",
		"/dev/sda [SAT]: Device of type 'sat' [ATA] opened":                           "",
		"/dev/sda [SAT]: Device open changed type from 'scsi' to 'sat'":               "",
		"Use smartctl -h to get a usage summary":                                      "",
		"Please specify device type with the -d option.":                              "",
		"Copyright (C) 2002-22, Bruce Allen, Christian Franke, www.smartmontools.org": "",
	} {
		text, err := ParseText([]byte(banner + line + "\n"))
		if err != nil || !text.Lines[1].Read {
			t.Errorf("%q: read %v, %v", line, text.Lines[1].Read, err)
		}
		var got string
		if m := text.Device.Tool.Messages; len(m) == 1 && m[0].Text == line {
			got = m[0].Severity
		}
		if got != want {
			t.Errorf("%q: severity %q, want %q", line, got, want)
		}
		reason := text.Device.Health().Reasons[0].Text
		if strings.HasSuffix(reason, " smartctl: "+line) != (want == "error") {
			t.Errorf("%q: health says %q", line, reason)
		}
	}
}
