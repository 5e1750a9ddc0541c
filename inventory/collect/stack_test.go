// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart"
)

// A volume stands in the report once, with what it stands on, though lsblk's
// tree repeats it under each path.
func TestStack(t *testing.T) {
	const above = `"children":[{"name":"crypt0","kname":"dm-1","type":"crypt","size":900,"children":[
		{"name":"vg-lv","kname":"dm-2","type":"lvm","size":800,"children":[
		{"name":"md0","kname":"md0","type":"raid1","size":700,"fstype":"ext4","mountpoint":"/"}]}]}]`
	const mpath = `"children":[{"name":"mpatha","kname":"dm-0","type":"mpath","size":1000,` + above + `}]`
	tree := `{"blockdevices":[
		{"name":"sda","kname":"sda","type":"disk","size":1000,"serial":"S1","wwn":"0x5000c50000000001",` + mpath + `},
		{"name":"sdb","kname":"sdb","type":"disk","size":1000,"serial":"S1","wwn":"0x5000c50000000001",` + mpath + `},
		{"name":"sdc","kname":"sdc","type":"disk","size":1000,"serial":"S2","children":[
			{"name":"sdc1","kname":"sdc1","type":"part","size":900,"children":[
				{"name":"md0","kname":"md0","type":"raid1","size":700,"fstype":"ext4","mountpoint":"/"}]}]}]}`
	list, err := smart.ParseLsblk([]byte(tree))
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{
		"sys/block/md0/md/array_state": {Data: []byte("clean\n")},
		"sys/block/md0/md/degraded":    {Data: []byte("1\n")},
		"sys/block/md0/md/level":       {Data: []byte("raid1\n")},
	}
	b := &blocks{bridged: make(map[string]bool)}
	b.readLayer(fsys, "md0")
	b.addLsblk(list)
	b.addLayersFromLsblk(list)
	s := &report.Storage{Drives: b.evidenceList.drives(), Volumes: b.volumes}
	b.stack(s, nil)
	want := []string{
		"drive:0x5000c50000000001: /dev/sda + /dev/sdb, / \"\", S1, 1000 bytes, unread",
		"drive:S2: /dev/sdc, / \"\", S2, 1000 bytes, unread",
		"volume:md0: md 1, 700 bytes, of [drive:S2 volume:vg-lv]",
		"volume:mpatha: multipath , 1000 bytes, of [drive:0x5000c50000000001]",
		"volume:crypt0: luks , 900 bytes, of [volume:mpatha]",
		"volume:vg-lv: lvm , 800 bytes, of [volume:crypt0]",
	}
	if diff := cmp.Diff(want, storageLines(s)); diff != "" {
		t.Errorf("storage (-want +got):\n%s", diff)
	}
	if md := s.Volumes[0]; md.State != "degraded" || md.Missing != 1 {
		t.Errorf("md0 = %+v", md)
	}
}

// What the kernel says of slaves suffices where there is no lsblk.
func TestLayersOfSysfs(t *testing.T) {
	fsys := fstest.MapFS{
		"sys/block/dm-0/dm/name":      {Data: []byte("mpatha\n")},
		"sys/block/dm-0/dm/uuid":      {Data: []byte("mpath-3600\n")},
		"sys/block/dm-0/slaves/sda":   {},
		"sys/block/dm-0/slaves/sdb":   {},
		"sys/block/sda/device/state":  {Data: []byte("running\n")},
		"sys/block/sdb/device/state":  {Data: []byte("offline\n")},
		"sys/block/dm-1/dm/name":      {Data: []byte("vg-lv\n")},
		"sys/block/dm-1/dm/uuid":      {Data: []byte("LVM-abc\n")},
		"sys/block/dm-1/slaves/dm-0":  {},
		"sys/block/dm-1/slaves/sdc12": {},
	}
	b := &blocks{bridged: make(map[string]bool)}
	b.readLayer(fsys, "dm-0")
	b.readLayer(fsys, "dm-1")
	s := &report.Storage{Drives: []report.Drive{
		{ID: "drive:A", Paths: []string{"/dev/sda", "/dev/sdb"}}, {ID: "drive:C", Paths: []string{"/dev/sdc"}},
	}}
	b.stack(s, nil)
	var got []string
	for _, v := range s.Volumes {
		got = append(got, v.ID+" "+v.Kind+" "+v.State)
		got = append(got, v.Members...)
	}
	want := []string{"volume:mpatha multipath partially_degraded", "drive:A", "volume:vg-lv lvm ", "drive:C", "volume:mpatha"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("volumes (-want +got):\n%s", diff)
	}
	for name, want := range map[string]string{"sda1": "sda", "nvme0n1p12": "nvme0n1", "md0p1": "md0", "sdp1": "sdp", "mmcblk0p2": "mmcblk0"} {
		if got := wholeDisk(name); got != want {
			t.Errorf("wholeDisk(%s) = %s", name, got)
		}
	}
}
