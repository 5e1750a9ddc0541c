// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// outline writes down a tree, a device as its name and in brackets its
// children.
func outline(list []*BlockDevice) string {
	var words []string
	for _, dev := range list {
		word := dev.Name + dev.KernelName
		if len(dev.Children) > 0 {
			word += "[" + outline(dev.Children) + "]"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func TestLsblkTree(t *testing.T) {
	list := func(rows string) string { return `{"blockdevices":[` + rows + `]}` }
	tests := []struct {
		name, in, want string
		all            int
	}{
		{"nothing", `{"blockdevices":[]}`, "", 0},
		{"two disks", list(`{"name":"a"},{"name":"b"}`), "a b", 2},
		{"shared child", list(`{"name":"a","children":[{"name":"md","children":[{"name":"x"}]}]},{"name":"b","children":[{"name":"md","children":[{"name":"x"}]}]}`), "a[md[x]] b[md[x]]", 4},
		{"same name, other number", list(`{"name":"a","maj:min":"8:0"},{"name":"a","maj:min":"8:1"}`), "a a", 2},
		{"same number, other name", list(`{"name":"a","maj:min":"8:0"},{"name":"b","maj:min":"8:0"}`), "a b", 2},
		{"MAJ and MIN", list(`{"name":"a","maj":"8","min":"0","children":[{"name":"c","maj":"9","min":"0"}]},{"name":"b","maj":"8","min":"16","children":[{"name":"c","maj":"9","min":"0"}]}`), "a[c] b[c]", 3},
		{"only MAJ", list(`{"name":"a","maj":"8"},{"name":"b","maj":"8"}`), "a b", 2},
		{"a root that stands on another", list(`{"name":"md"},{"name":"a","children":[{"name":"md"}]}`), "a[md]", 2},
		{"nothing to tell them apart", list(`{"type":"disk"},{"type":"disk"}`), " ", 2},
		{"child of itself", list(`{"name":"a","children":[{"name":"a"}]}`), "a[a]", 2},
		{"circle", list(`{"name":"a","children":[{"name":"b","children":[{"name":"a"}]}]},{"name":"b","children":[{"name":"a"}]}`), "a[b[a]] b[a]", 5}, // no such thing exists,
		{"list", list(`{"kname":"a"},{"kname":"b"},{"kname":"md","pkname":"a"},{"kname":"md","pkname":"b"},{"kname":"x","pkname":"md"}`), "a[md[x]] b[md[x]]", 4},
		{"list, circle", list(`{"kname":"a","pkname":"b"},{"kname":"b","pkname":"a"}`), "a[b]", 2},
		{"list, parent not in it", list(`{"kname":"b","pkname":"a"}`), "b", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseLsblk([]byte(tt.in))
			if err != nil || len(got.Extra) > 0 {
				t.Errorf("error %v, extra %v", err, got.Extra)
			}
			if s := outline(got.Roots); s != tt.want || len(got.All) != tt.all {
				t.Errorf("%q with %d devices, want %q with %d", s, len(got.All), tt.want, tt.all)
			}
			if _, err := json.Marshal(got); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLsblkColumns(t *testing.T) {
	tests := []struct{ column, value, want string }{
		{"size", `1000204886016`, "1000204886016 "},
		{"size", `"1000204886016"`, "1000204886016 "},
		{"size", `"931.5G"`, "1000190509056 931.5G"},
		{"size", `"1,8T"`, "1979120929997 1,8T"},
		{"size", `"512B"`, "512 512B"},
		{"size", `0B`, "0 0B"},
		{"size", `"16E"`, "range"},
		{"size", `"15.9E"`, "18331451923248867328 15.9E"},
		{"size", `"12X"`, "unit"},
		{"size", `"G"`, "unit"},
		{"size", `"-1G"`, "unit"},
		{"size", `"NaNG"`, "unit"},
		{"size", `{}`, "type"},
		{"size", `null`, "none"},
		{"size", `""`, "none"},
		{"rm", `"1"`, "true"},
		{"rm", `"0"`, "false"},
		{"rm", `1`, "true"},
		{"rm", `false`, "false"},
		{"rm", `null`, "none"},
		{"rm", `"maybe"`, "type"},
		{"mountpoint", `"/"`, "[/]"},
		{"mountpoint", `null`, "[]"},
		{"mountpoints", `[null]`, "[]"},
		{"mountpoints", `["/","/home",null,"[SWAP]"]`, "[/ /home [SWAP]]"},
		{"mountpoints", `"/"`, "[/]"},
		{"fsuse%", `"42%"`, "42"},
		{"fsuse%", `"x"`, "unit"},
		{"serial", `"  S1  "`, "S1"},
		{"model", `"KINGSTON\\x20SKC\\x20"`, "KINGSTON SKC"},
		{"model", `"odd\\x2"`, `odd\x2`},
		{"mq", `"  8"`, "8"},
	}
	for _, tt := range tests {
		t.Run(tt.column+" "+tt.value, func(t *testing.T) {
			list, err := ParseLsblk([]byte(`{"blockdevices":[{"` + tt.column + `":` + tt.value + `}]}`))
			if len(list.All) != 1 {
				t.Fatal("no device")
			}
			if got := column(list.All[0], tt.column, err); got != tt.want {
				t.Errorf("got %q, want %q (error %v)", got, tt.want, err)
			}
			if perr, ok := errors.AsType[*ParseError](err); ok && perr.Path != "blockdevices.0."+tt.column {
				t.Errorf("path %s", perr.Path)
			}
		})
	}
}

// column writes down a column, or what is wrong with it.
func column(dev *BlockDevice, name string, err error) string {
	switch {
	case errors.Is(err, ErrUnit):
		return "unit"
	case errors.Is(err, ErrRange):
		return "range"
	case errors.Is(err, ErrType):
		return "type"
	}
	switch name {
	case "size":
		if dev.SizeBytes == nil {
			return "none"
		}
		return fmt.Sprint(*dev.SizeBytes, " ", dev.SizeText)
	case "rm":
		if dev.Removable == nil {
			return "none"
		}
		return fmt.Sprint(*dev.Removable)
	case "mountpoint", "mountpoints":
		return fmt.Sprint(dev.Mountpoints)
	case "fsuse%":
		return fmt.Sprint(*dev.FSUsedPercent)
	case "serial":
		return dev.Serial
	case "model":
		return dev.Model
	case "mq":
		return fmt.Sprint(*dev.Queues)
	}
	return ""
}

func TestDisks(t *testing.T) {
	list, err := ParseLsblk(read(t, "testdata/lsblk-raid/input"))
	if err != nil {
		t.Fatal(err)
	}
	if got := outline(list.Mounted("/boot").Disks()); !strings.HasPrefix(got, "sda[") {
		t.Errorf("/boot is on %s", got)
	}
	var names []string
	for _, dev := range list.Mounted("/").Disks() {
		names = append(names, dev.Name)
	}
	if fmt.Sprint(names) != "[sda sdb]" {
		t.Errorf("/ is on %v, want sda and sdb", names)
	}
	if list.Mounted("/nowhere") != nil {
		t.Error("something is mounted at /nowhere")
	}
	for _, dev := range list.All {
		if dev.Name == "sdc" && dev.Disks()[0] != dev {
			t.Error("sdc does not stand on itself")
		}
	}
}

func TestLsblkPairs(t *testing.T) {
	list, err := ParseLsblk([]byte(`NAME="sda" KNAME="sda" PKNAME="" MAJ:MIN="8:0" SIZE="1000204886016" ROTA="1" RM="0" TYPE="disk" MODEL="ACME\x20 4000" SERIAL="A\"
NAME="sda1" KNAME="sda1" PKNAME="sda" MAJ:MIN="8:1" SIZE="1048576" ROTA="1" RM="0" TYPE="part" MODEL="" SERIAL=""
NAME="nvme0n1" KNAME="nvme0n1" MAJ:MIN="259:0" SIZE="512110190592" ROTA="0" TYPE="disk" MOD
`))
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Roots) != 2 || len(list.All) != 3 || len(list.Roots[0].Children) != 1 {
		t.Fatalf("%d roots of %d: %+v", len(list.Roots), len(list.All), list.Roots)
	}
	disk, part, nvme := list.Roots[0], list.Roots[0].Children[0], list.Roots[1]
	if disk.SizeBytes == nil || *disk.SizeBytes != 1000204886016 || disk.Rotational == nil || !*disk.Rotational || disk.Model != "ACME  4000" && disk.Model != "ACME 4000" {
		t.Errorf("disk %+v", disk)
	}
	if part.Model != "" || part.Serial != "" || part.MajorMinor != "8:1" {
		t.Errorf("partition %+v", part)
	}
	if nvme.Rotational == nil || *nvme.Rotational || nvme.Type != "disk" {
		t.Errorf("NVMe drive %+v", nvme)
	}
	if list, err := ParseLsblk([]byte("NAME=\"sda\"\nNAME=\"sdb\" RO=\"x\"\n")); len(list.All) != 2 || err == nil || err.(Errors)[0].Line != 2 {
		t.Errorf("%d devices, %v", len(list.All), err)
	}
}

// TestLsblkTangle: a list in which devices stand upon devices without end makes a
// tree that ends, and that it is not whole is an error.
func TestLsblkTangle(t *testing.T) {
	var tower, tangle strings.Builder
	fmt.Fprintln(&tower, `NAME="d0" TYPE="disk"`)
	fmt.Fprintln(&tangle, "NAME=\"a0\" TYPE=\"disk\"\nNAME=\"b0\" TYPE=\"disk\"")
	for i := range 1000 {
		fmt.Fprintf(&tower, "NAME=\"d%d\" PKNAME=\"d%d\" FSTYPE=\"ext4\"\n", i+1, i)
		for _, name := range "ab" {
			fmt.Fprintf(&tangle, "NAME=\"%[1]c%[2]d\" PKNAME=\"a%[3]d\"\nNAME=\"%[1]c%[2]d\" PKNAME=\"b%[3]d\"\n", name, i+1, i)
		}
	}
	for name, text := range map[string]string{"tower": tower.String(), "tangle": tangle.String()} {
		list, err := ParseLsblk([]byte(text))
		if !errors.Is(err, ErrLimit) || len(list.All) < 1001 {
			t.Errorf("%s: %d devices, %v", name, len(list.All), err)
		}
		document, err := json.Marshal(list)
		if err != nil || len(document) > 100<<20 {
			t.Errorf("%s: a document of %d bytes, %v", name, len(document), err)
		}
		t.Logf("%s: %d bytes of text, %d of JSON", name, len(text), len(document))
	}
	whole := strings.Join(strings.SplitAfter(tower.String(), "\n")[:maxStack+1], "")
	if list, err := ParseLsblk([]byte(whole)); err != nil || len(list.Roots) != 1 {
		t.Errorf("a tower of %d: %d roots, %v", maxStack, len(list.Roots), err)
	}
}
