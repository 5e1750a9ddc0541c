// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func readCase(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name + "/input")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestFieldsOfDetail: what a container of DDF and an array that is reshaped have
// and others do not.
func TestFieldsOfDetail(t *testing.T) {
	d, err := ParseDetail(readCase(t, "detail/container-ddf"))
	if err != nil || len(d.Extra) > 0 {
		t.Fatalf("%v, extra %+v", err, d.Extra)
	}
	container := func(minor int, device string, line int) Member {
		return Member{Major: new(8), Minor: new(minor), Device: device, Line: line}
	}
	if diff := cmp.Diff([]Array{{
		Device: "/dev/md127", Metadata: "ddf", Level: "container", TotalDevices: new(3), Working: new(3),
		ContainerGUID: "4C696E75:782D4D44:DEADBEEF:00000000:BEE00000:00000001", Sequence: "0000001f", VirtualDisks: new(2),
		MemberArrays: []string{"/dev/md/vol0", "/dev/md/vol1"},
		Members:      []Member{container(0, "/dev/sda", 18), container(16, "/dev/sdb", 19), container(32, "/dev/sdc", 20)}, Line: 1,
	}, {
		Device: "/dev/md7", Metadata: "1.2", Level: "raid5", RAIDDevices: new(4), TotalDevices: new(4),
		StateText: "clean, reshaping", StateWords: []string{"clean", "reshaping"}, State: VolumeReshaping,
		Active: new(4), Working: new(4), Failed: new(0), Spare: new(0), Layout: "left-symmetric", ChunkBytes: 512 << 10,
		Operation: "Reshape", ProgressPercent: new(7.5), DeltaDevices: "1, (3->4)", NewLevel: "raid6", NewLayout: "left-symmetric-6", NewChunkBytes: 1 << 20,
		ClusterName: "beecluster", Journal: "/dev/nvme0n1p1", Flags: "failfast", Line: 21,
	}}, d.Arrays); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
}

// TestFieldsOfExamine: what is written on a replacement and on a journal.
func TestFieldsOfExamine(t *testing.T) {
	e, err := ParseExamine(readCase(t, "examine/reshaping"))
	if err != nil || len(e.Extra) != 1 || e.Extra[0].Key != "New Offset" {
		t.Fatalf("%v, extra %+v", err, e.Extra)
	}
	if diff := cmp.Diff([]Superblock{{
		Device: "/dev/sdd1", Magic: "a92b4efc", Metadata: "1.2", FeatureMap: "0x45", ArrayUUID: "01234567:89abcdef:01234567:00000007", Name: "madeup:7",
		CreationTime: "Tue Mar  3 10:00:00 2026", Level: "raid5", RAIDDevices: new(4), AvailableBytes: 7813772976 * 512, SizeBytes: 11720658432 * 1024,
		DataOffsetBytes: 264192 * 512, SuperOffsetBytes: new(uint64(4096)), StateText: "clean", DeviceUUID: "01234567:89abcdef:01234567:0000000d",
		Bitmap: "8 sectors from superblock", Flags: "write-mostly", ReshapePosition: "1536000 (1500.00 MiB 1572.86 MB)", DeltaDevices: "1 (3->4)",
		NewLevel: "raid6", NewLayout: "left-symmetric-6", NewChunkBytes: 64 << 10, UpdateTime: "Wed Mar  4 11:00:00 2026", Checksum: "1a2b3c5d", Events: "4711",
		Layout: "left-symmetric", ChunkBytes: 2 << 30, RoleText: "Replacement device 2", Role: Rebuilding, RAIDDevice: new(2), Slots: "AARA", Line: 1,
	}, {
		Device: "/dev/nvme0n1p1", Magic: "a92b4efc", Metadata: "1.2", RoleText: "Journal", Role: Online, Slots: "AARA", Line: 36,
	}}, e.Devices); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
}

// TestPlaces: a role without a number has no place.
func TestPlaces(t *testing.T) {
	for text, want := range map[string]*int{"3": new(3), "": nil, "x": nil, "99999999999": nil} {
		if diff := cmp.Diff(want, place(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}
