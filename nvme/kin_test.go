// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"testing"

	"github.com/mchus/bee/nvme"
)

// TestRevisionOfOtherBytes: what is not text is shown as nvme-cli shows it, and
// erased memory is no revision.
func TestRevisionOfOtherBytes(t *testing.T) {
	for in, want := range map[string]string{
		`{"nvme0":{"Active Firmware Slot (afi)":1,"Firmware Rev Slot 1":"18446744073709551615 (........)"}}`: "",
		`{"nvme0":{"Active Firmware Slot (afi)":1,"Firmware Rev Slot 1":"18446743194050835028 (T2A03...)"}}`: "T2A03...",
		"Firmware Log for device:nvme0\nafi  : 0x1\nfrs1 : 0xffffffffffffffff (........)\n":                  "",
		"Firmware Log for device:nvme0\nafi  : 0x1\nfrs1 : 0x2020203330413254 (T2A03...)\n":                  "T2A03",
	} {
		log, err := nvme.ParseFWLog([]byte(in))
		if err != nil || log.Active() != want {
			t.Errorf("%s: %q, want %q (%v)", in, log.Active(), want, err)
		}
	}
}
