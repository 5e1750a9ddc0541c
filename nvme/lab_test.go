// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mchus/bee/nvme"
)

// TestLab compares the lists of every generation with what QEMU was given: two
// drives with one namespace and a drive with two.
func TestLab(t *testing.T) {
	given := map[string]string{
		"nvme0n1": "NSID 1 of S64GNE0R100001, 960197124096 bytes in blocks of 512",
		"nvme1n1": "NSID 1 of PHLN0001400G, 400088457216 bytes in blocks of 4096",
		"nvme1n2": "NSID 3 of PHLN0001400G, 100000595968 bytes in blocks of 512",
		"nvme2n1": "NSID 1 of SPACED 77, 3840755982336 bytes in blocks of 512", // given with blanks around it
	}
	addresses := map[string]string{"nvme0": "0000:01:00.0", "nvme1": "0000:02:00.0", "nvme2": "0000:06:00.0"}
	for _, version := range []string{"1.12", "2.3", "2.13", "2.16"} {
		for _, doc := range []string{"list.json", "list-v.json", "list.txt"} {
			t.Run(version+"-"+doc, func(t *testing.T) {
				data, err := os.ReadFile(filepath.Join("testdata", version+"-"+doc, "input"))
				if err != nil {
					t.Fatal(err)
				}
				list, err := nvme.ParseList(data)
				if err != nil || len(list.Namespaces) != len(given) {
					t.Fatalf("%d namespaces, %v", len(list.Namespaces), err)
				}
				for _, ns := range list.Namespaces {
					got := fmt.Sprintf("NSID %d of %s, %d bytes in blocks of %d", ns.NSID, ns.Serial, *ns.SizeBytes, ns.BlockBytes)
					if want := given[ns.Name]; got != want && !ns.Rounded {
						t.Errorf("%s is %s, want %s", ns.Name, got, want)
					}
					if ns.Model != "QEMU NVMe Ctrl" || ns.Firmware != "7.2.22" {
						t.Errorf("%s is a %q with firmware %q", ns.Name, ns.Model, ns.Firmware)
					}
				}
				if strings.HasPrefix(doc, "list-v") && len(list.Controllers) != len(addresses) {
					t.Errorf("%d controllers", len(list.Controllers))
				}
				for _, c := range list.Controllers {
					if c.Address != addresses[c.Name] {
						t.Errorf("%s is at %s, want %s", c.Name, c.Address, addresses[c.Name])
					}
				}
			})
		}
	}
}
