// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart"
)

func TestCompareNames(t *testing.T) {
	names := []string{"", "sdaa", "nvme10n1", "sr0", "sdb", "nvme2n1", "nvme2n10", "sda", "vda", "nvme2n2"}
	slices.SortFunc(names, compareNames)
	want := []string{"nvme2n1", "nvme2n10", "nvme2n2", "nvme10n1", "sda", "sdb", "sdaa", "sr0", "vda", ""}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestIsPCIAddress(t *testing.T) {
	for s, want := range map[string]bool{
		"0000:3b:00.0": true, "10000:e1:00.0": true, "3b:00.0": false, "0000:3b:00": false,
		"0000:3g:00.0": false, "pci0000:00": false, "": false, "0000:3b:00x0": false,
	} {
		if got := isPCIAddress(s); got != want {
			t.Errorf("isPCIAddress(%q) = %v", s, got)
		}
	}
}

// A text of which a tool prints a question mark for each byte that is not ASCII
// is the one that the kernel has whole; another text is another.
func TestMergeMasked(t *testing.T) {
	for _, c := range []struct{ tool, kernel, want string }{
		{"Gr????e-79", "Größe-79", "Größe-79"},
		{"Gr????e-79", "Größe-78", "Gr????e-79"},
		{"Gr?e-79", "Größe-79", "Gr?e-79"},
		{"A?C", "ABC", "A?C"}, // a letter is no byte that is hidden
		{"A?C", "A?C", "A?C"},
		{"", "Größe", "Größe"},
		{"Gr????e", "", "Gr????e"},
	} {
		d := report.Drive{Serial: c.tool}
		merge(&d, &evidence{drive: report.Drive{Serial: c.kernel}})
		if d.Serial != c.want {
			t.Errorf("%q and %q: %q, want %q", c.tool, c.kernel, d.Serial, c.want)
		}
	}
}

// What udev makes of a drive's model, for want of a serial number, is none.
func TestModelName(t *testing.T) {
	for _, c := range []struct {
		vendor, model, transport, serial string
		want                             bool
	}{
		{"ATA     ", "LAB_TWIN", "sata", "LAB_TWIN", true},
		{"ATA     ", "LAB TWIN", "sata", "LAB_TWIN", true},
		{"LABCO   ", "SCSI TWIN", "", "0LABCO_SCSI_TWIN", true},
		{"Generic ", "Flash Disk", "usb", "Generic_Flash_Disk-0:0", true},
		{"Generic ", "Flash Disk", "sata", "Generic_Flash_Disk-0:0", false},
		{"ATA     ", "LAB TWIN", "sata", "LAB_TWIN_2", false},
		{"LABCO   ", "SCSI TWIN", "", "SCSI_TWIN_01", false},
		{"", "", "", "", false},
	} {
		dev := &smart.BlockDevice{Vendor: c.vendor, Model: c.model, Transport: c.transport}
		if got := isModelName(dev, c.serial); got != c.want {
			t.Errorf("%+v: %t", c, got)
		}
	}
}
