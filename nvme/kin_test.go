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

// TestOldText reads what the nvme-cli of 2016 to 2019 prints in other ways.
func TestOldText(t *testing.T) {
	for in, want := range map[string]string{
		"Firmware Log for device:nvme0\nafi  : 0x1\nfrs1 : A       \nfrs2 : 20150101\n":                            "A", // 1.15, 1.16
		`{"nvme0":{"Active Firmware Slot (afi)":2,"Firmware Rev Slot 1":"A       ","Firmware Rev Slot 2":"1.10"}}`: "1.10",
	} {
		log, err := nvme.ParseFWLog([]byte(in))
		if err != nil || len(log.Slots) != 2 || log.Active() != want {
			t.Errorf("%s: %+v, %v", in, log, err)
		}
	}
	smart, err := nvme.ParseSmartLog([]byte("Smart Log for NVME device:nvme0 namespace-id:ffffffff\ntemperature                         : 31 C\nTemperature Sensor 1                : 33 C\nTemperature Sensor 2                : 0 C\n"))
	if err != nil || len(smart.Sensors) != 1 || smart.Sensors[0].TemperatureCelsius != 33 { // to 1.1
		t.Errorf("%+v, %v", smart.Sensors, err)
	}
	ctrl, err := nvme.ParseIDCtrl([]byte("NVME Identify Controller:\nvid     : 0x8086\nsgls    : 10\nctrattr : ac\n")) // to 1.8
	if err != nil || ctrl.SGLS != 0x10 || ctrl.Other.FCATT != 0xac {
		t.Errorf("%+v, %v", ctrl, err)
	}
	ns, err := nvme.ParseIDNS([]byte("NVME Identify Namespace 1:\nnsze    : 0x10\nnlbaf   : 0\nflbas   : 0\nlbaf  0 : ms:8   ds:12 rp:0 (in use)\n")) // to 0.8
	if err != nil || ns.Format() == nil || ns.Format().DataBytes != 4096 || ns.Format().MetadataBytes != 8 {
		t.Errorf("%+v, %v", ns, err)
	}
}
