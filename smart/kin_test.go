// SPDX-License-Identifier: Apache-2.0

package smart

import "testing"

// TestUnsignedText: what smartctl prints as if it had a sign is a number without
// one, and nothing is cut to 64 bits.
func TestUnsignedText(t *testing.T) {
	text, err := ParseText([]byte(`smartctl 7.3 2022-02-28 r5338 [x86_64-linux-6.1.0] (local build)

=== START OF INFORMATION SECTION ===
Model Number:                       X
Serial Number:                      1
Namespace 1 Size/Capacity:          261,435,165,020,418,743,828,480 [261 ZB]
Namespace 1 Formatted LBA Size:     4096

=== START OF SMART DATA SECTION ===
SMART/Health Information (NVMe Log 0x02)
Critical Warning:                   0x00
Warning  Comp. Temperature Time:    -1
Critical Comp. Temperature Time:    7
Thermal Temp. 1 Transition Count:   -2

Error Information (NVMe Log 0x01, 16 of 64 entries)
Num   ErrCount  SQId   CmdId  Status  PELoc          LBA  NSID    VS
  0 15730537464086190296     1  0x0001  0x4004  0x028            0     1     -
`))
	if err != nil {
		t.Fatal(err)
	}
	n := text.Device.NVMe
	if h := n.Health; *h.WarningMinutes != 1<<32-1 || *h.CriticalMinutes != 7 || *h.Thermal1Count != 1<<32-2 {
		t.Errorf("%d %d %d", *h.WarningMinutes, *h.CriticalMinutes, *h.Thermal1Count)
	}
	if e := n.ErrorLog.Errors[0]; e.Count != 15730537464086190296 {
		t.Errorf("%d errors", e.Count)
	}
	if ns := n.Namespaces[0]; text.Device.CapacityBytes != 0 || ns.CapacityBytes.Hi != 14172 {
		t.Errorf("%d bytes, %v", text.Device.CapacityBytes, ns.CapacityBytes)
	}
	dev, err := Parse([]byte(`{"device":{"type":"nvme","protocol":"NVMe"},"nvme_total_capacity":261435165020418743828480}`))
	if err != nil || dev.CapacityBytes != 0 || dev.NVMe.TotalCapacityBytes.Hi != 14172 {
		t.Errorf("%d bytes, %v", dev.CapacityBytes, err)
	}
}
