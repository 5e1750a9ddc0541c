// SPDX-License-Identifier: Apache-2.0

package megacli

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// adapters parses a fixture that all lands in adapters.
func adapters(t *testing.T, name string, extra int) []Adapter {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name + "/input")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Parse(data)
	if err != nil || len(doc.Extra) != extra || doc.ExitCode == nil || *doc.ExitCode != 0 {
		t.Fatalf("%s: %v, exit code %v, extra %+v", name, err, doc.ExitCode, doc.Extra)
	}
	return doc.Adapters
}

// TestFields: each key lands in its own field. Where the records stand is not
// asked.
func TestFields(t *testing.T) {
	for _, tt := range []struct {
		name  string
		extra int // lines that are told elsewhere, or titles
		want  []Adapter
	}{
		{"adpallinfo", 4, []Adapter{{
			Number: 2, Model: "BeeRAID 9361-8i", Serial: "SVBEE00001", FirmwarePackage: "24.21.0-0999", Firmware: "4.680.00-9999",
			BatteryPresent: "Present", MemoryText: "1024MB",
		}}},
		{"encinfo", 0, []Adapter{{Number: 1, Enclosures: []Enclosure{
			{ID: new(8), Slots: new(24), Drives: new(11), StatusText: "Normal", Kind: "SES", Model: "BEEXP24"},
			{ID: new(252), Slots: new(8), Drives: new(0), StatusText: "Critical"},
		}}}},
		{"ldpdinfo-span", 3, []Adapter{{
			Volumes: []Volume{{
				Number: new(3), Target: new(3), Name: "two words", LevelText: "Primary-5, Secondary-3, RAID Level Qualifier-3", Level: "50", SizeBytes: 4798268743614,
				SectorText: "512", ParityText: "2.182 TB", MirrorText: "1.0 TB", StateText: "Partially Degraded", State: VolumePartiallyDegraded,
				StripText: "64 KB", DriveCount: new(3), SpanDepth: new(2),
				DefaultCachePolicy: "WriteBack, ReadAdaptive, Direct, No Write Cache if Bad BBU",
				CachePolicy:        "WriteThrough, ReadAheadNone, Cached, No Write Cache if Bad BBU",
				ReadPolicy:         "Reads ahead", WritePolicy: "Writes through", DefaultAccessPolicy: "Read/Write", AccessPolicy: "Read Only",
				DiskCachePolicy: "Enabled", Emulated: "Yes", DefaultPowerSavings: "Controller Defined", PowerSavings: "Max",
				SpinUp: "Spins", T10Power: "T10", MaxPowerSavings: "IO", BadBlocks: new(true), Cached: new(false),
			}},
			Drives: []Drive{{
				Volume: new(3), Enclosure: new(8), Slot: new(4), Position: "DiskGroup: 0, Span: 0, Arm: 0", EnclosurePosition: "2", DID: new(21),
				WWN: "5000bee000000c01", Sequence: "7", MediaErrors: new(1), OtherErrors: new(2), PredictiveFailures: new(3), LastPredictiveEvent: "4",
				Interface: "SATA", SizeBytes: 0xe8e088b0 * 512, NonCoercedText: "1.818 TB [0xe8d088b0 Sectors]", CoercedText: "1.817 TB [0xe8c00000 Sectors]",
				LogicalBlockBytes: 4096, PhysicalBlockBytes: 4096, StateText: "Rebuild", State: Rebuilding,
				CommissionedSpare: "Commissioned", EmergencySpare: "Emergency", Firmware: "BEE9", ShieldCounter: "5", Diagnosed: "2026-01-02",
				SASAddresses: []string{"0x5000bee000000c02", "0x5000bee000000c03"}, ConnectedPort: "1(path0)",
				Inquiry: "BEE-DISK-9      BEE 2000 NX        BEE9", FRU: "99Y0001", FDECapable: "Capable", FDEEnable: "Enable", Secured: "Secured", Locked: "Unlocked",
				NeedsEKM: "Attends", ForeignText: "None", DeviceSpeed: "6.0Gb/s", LinkSpeed: "3.0Gb/s", Media: "Hard Disk Device", Certified: "Not Certified",
				TemperatureCelsius: new(41), PIEligibility: "Eligible", PIFormatted: "Formatted", PI: "PI with type 2", WriteCache: "Caches", NCQ: "Queues",
				UserBytes: "4 KB", Ports: []Port{{"Active", "6.0Gb/s"}, {"Broken", ""}}, SmartAlert: new(false),
			}, {
				Volume: new(3), Enclosure: new(8), Slot: new(5), DID: new(22), SizeBytes: 2000011650925, StateText: "JBOD", State: JBOD, Ports: []Port{{Status: "Active"}},
			}},
		}}},
	} {
		noLines := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Line" }, cmp.Ignore())
		if diff := cmp.Diff(tt.want, adapters(t, tt.name, tt.extra), noLines, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(Drive{})); diff != "" {
			t.Errorf("%s mismatch (-want +got):\n%s", tt.name, diff)
		}
	}
}
