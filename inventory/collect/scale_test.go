// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/judge"
	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/nvidia"
	"github.com/mchus/bee/smart/mdadm"
)

// aLot is so large a number that what costs its square does not end.
const aLot = 100_000

func atAddress(i int) string { return fmt.Sprintf("%04x:%02x:00.0", i>>8, i&255) }

// manyDrives are a lot of drives, each on a controller of its own and told of by
// three sources.
func manyDrives() *evidenceList {
	list := new(evidenceList)
	for i := range aLot {
		keys := driveKeys{device: fmt.Sprint("sd", i), serial: fmt.Sprint("SN", i), wwn: fmt.Sprintf("5000c500%08x", i)}
		for rank, source := range []string{"smartctl", "nvme", "sysfs"} {
			list.add(evidence{source: source, rank: rank, name: keys.device, keys: keys, drive: report.Drive{
				Serial: keys.serial, WWN: "0x" + keys.wwn, CapacityBytes: 1e12, PCIAddress: atAddress(i),
			}})
		}
	}
	return list
}

// joinMany makes a report of them.
func joinMany(list *evidenceList) *report.Report {
	s := &report.Storage{Drives: list.drives()}
	for i := range s.Drives {
		address := s.Drives[i].PCIAddress
		s.Controllers = append(s.Controllers, report.StorageController{ID: "controller:" + address, PCIAddress: address})
	}
	r := &report.Report{Storage: s}
	joinStorage(r, nil)
	return r
}

// A hostile capture costs no more than its length.
func BenchmarkMerge(b *testing.B) {
	list := manyDrives()
	b.ReportAllocs()
	for b.Loop() {
		if n := len(joinMany(list).Storage.Drives); n != aLot {
			b.Fatalf("%d drives", n)
		}
	}
}

func BenchmarkJudgeMany(b *testing.B) {
	list := manyDrives()
	for b.Loop() {
		b.StopTimer()
		r := joinMany(list)
		b.StartTimer()
		judge.Judge(r)
	}
}

func BenchmarkRenderMany(b *testing.B) {
	r := joinMany(manyDrives())
	judge.Judge(r)
	for b.Loop() {
		render.AppendText(nil, r, render.TextOptions{Width: 80})
	}
}

// Each thing of which a machine can show many, shown as often as no machine
// does: a search of all that is known for each of them would not end.
func TestScale(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, test := range map[string]func(*testing.T){
		"drives":            scaleDrives,
		"one serial number": scaleOneSerial,
		"one drive":         scaleOneDrive,
		"controllers":       scaleControllers,
		"volumes":           scaleVolumes,
		"arrays":            scaleArrays,
		"layers":            scaleLayers,
		"ways to a drive":   scaleWays,
		"interfaces":        scaleInterfaces,
		"adapters":          scaleAdapters,
		"GPUs":              scaleGPUs,
		"modules":           scaleModules,
		"power supplies":    scaleSupplies,
		"processors":        scaleProcessors,
	} {
		t.Run(name, test)
	}
}

func scaleDrives(t *testing.T) {
	r := joinMany(manyDrives())
	for i := range aLot {
		r.PCI = append(r.PCI, report.PCIFunction{ID: "pci:" + atAddress(i), Address: atAddress(i), Class: report.IDName{ID: "0107"}})
	}
	join(r)
	judge.Judge(r)
	render.AppendText(nil, r, render.TextOptions{Width: 80})
	if n := len(r.Storage.Controllers); n != aLot || r.Storage.Drives[aLot-1].Controller == "" {
		t.Errorf("%d controllers", n)
	}
}

// A fleet of fakes has one serial number.
func scaleOneSerial(t *testing.T) {
	list := new(evidenceList)
	for i := range aLot {
		keys := driveKeys{device: fmt.Sprint("sd", i), serial: "0123456789", wwn: fmt.Sprintf("5000c500%08x", i)}
		list.add(evidence{source: sourceSysfs, name: keys.device, keys: keys, drive: report.Drive{Serial: keys.serial, WWN: keys.wwn}})
		list.add(evidence{source: "lsblk", rank: rankLsblk, name: keys.device, keys: driveKeys{device: keys.device, serial: keys.serial}})
	}
	if n := len(list.drives()); n != aLot {
		t.Errorf("%d drives", n)
	}
}

// A drive has namespaces, paths and partitions.
func scaleOneDrive(t *testing.T) {
	list := new(evidenceList)
	for i := range aLot {
		name := fmt.Sprint("nvme0n", i+1)
		for rank, n := range []string{"", name} {
			list.add(evidence{source: strconv.Itoa(rank), rank: rank, name: name, keys: driveKeys{device: name, controller: "nvme0"}, drive: report.Drive{
				Paths: []string{"/dev/" + name}, Partitions: []report.Partition{{Name: name + "p1"}},
				Namespaces: []report.Namespace{{Name: n, ID: i + 1, CapacityBytes: 1}},
			}})
		}
	}
	drives := list.drives()
	if d := &drives[0]; len(drives) != 1 || len(d.Namespaces) != aLot || len(d.Partitions) != aLot || d.CapacityBytes != aLot || d.Namespaces[9].Name != "nvme0n10" {
		t.Errorf("%d drives, %d namespaces, %d partitions", len(drives), len(d.Namespaces), len(d.Partitions))
	}
}

func scaleControllers(t *testing.T) {
	r, s := &raidAnswers{why: make(map[string]string)}, new(report.Storage)
	drivers, found := make(map[string]string), make([]raidController, aLot)
	for i := range found {
		address := atAddress(i)
		drivers[address] = "megaraid_sas"
		found[i] = raidController{source: "storcli64", about: report.StorageController{PCIAddress: address, Model: "M"}}
		s.Controllers = append(s.Controllers, report.StorageController{PCIAddress: address})
	}
	open := r.open([]string{"megaraid_sas"}, drivers)
	if err := r.take(found, open, drivers); err != nil {
		t.Error(err)
	}
	if left := r.open([]string{"megaraid_sas"}, drivers); len(open) != aLot || len(left) != 0 {
		t.Errorf("%d of %d are left", len(left), len(open))
	}
	r.settle(s, nil)
	if len(s.Controllers) != aLot || s.Controllers[aLot-1].Model != "M" {
		t.Errorf("%d controllers", len(s.Controllers))
	}
}

// Half of a controller's volumes are found by their world-wide names, which
// some share, and half by their paths.
func scaleVolumes(t *testing.T) {
	s, c := new(report.Storage), raidController{about: report.StorageController{PCIAddress: "0000:01:00.0"}}
	for i := range aLot {
		v := report.Volume{Name: fmt.Sprint("sd", i), Kind: "raid", PCIAddress: "0000:01:00.0", Paths: []string{fmt.Sprint("/dev/sd", i)}}
		if i%2 == 0 {
			v.WWN = fmt.Sprintf("0x6%031x", min(i, aLot/2))
		}
		s.Volumes = append(s.Volumes, v)
		v.State = "optimal"
		c.volumes = append(c.volumes, raidSet{volume: v})
	}
	(&raidAnswers{controllers: []raidController{c}}).settle(s, nil)
	if len(s.Volumes) != aLot {
		t.Errorf("%d volumes", len(s.Volumes))
	}
	for i := range s.Volumes {
		if s.Volumes[i].State != "optimal" {
			t.Fatalf("nobody told of %s", s.Volumes[i].Name)
		}
	}
}

// Many arrays, and one of many drives.
func scaleArrays(t *testing.T) {
	s, stat := new(report.Storage), &mdadm.Mdstat{Arrays: []mdadm.MDArray{{Name: "mdall", Level: "raid1"}}}
	for i := range aLot {
		member := mdadm.MDMember{Name: fmt.Sprintf("nvme%dn1p2", i), State: mdadm.Online}
		s.Drives = append(s.Drives, report.Drive{ID: fmt.Sprint("drive:", i), Name: fmt.Sprintf("nvme%dn1", i)})
		stat.Arrays = append(stat.Arrays, mdadm.MDArray{Name: fmt.Sprint("md", i), Level: "raid1", Members: []mdadm.MDMember{member}})
		stat.Arrays[0].Members = append(stat.Arrays[0].Members, member)
	}
	stat.Arrays[0].Level, stat.Arrays[0].State = "raid0", mdadm.VolumeOptimal
	r := &raidAnswers{mdstat: stat}
	if absent := r.absentMembers(fstest.MapFS{sysfsBlock + "/sda/size": {}}); len(absent["mdall"]) != aLot {
		t.Errorf("%d members are absent", len(absent["mdall"]))
	}
	r.settle(s, nil)
	r.settleMD(s)
	if v := s.Volumes; len(v) != aLot+1 || len(v[0].Members) != aLot || v[aLot].Members[0] != fmt.Sprint("drive:", aLot-1) {
		t.Errorf("%d volumes", len(v))
	}
}

// Many volumes on a drive each, and one on all of them.
func scaleLayers(t *testing.T) {
	s, b := new(report.Storage), new(blocks)
	for i := range aLot {
		disk := fmt.Sprint("vd", i) // which has no partition's name
		s.Drives = append(s.Drives, report.Drive{ID: "drive:" + disk, Paths: []string{"/dev/" + disk}})
		b.addLayer(layer{kernel: "dm-all", volume: report.Volume{Name: "all", Kind: "lvm"}, members: []string{disk}})
		b.addLayer(layer{kernel: fmt.Sprint("dm-", i), volume: report.Volume{Name: fmt.Sprint("lv", i), Kind: "lvm"}, members: []string{disk}})
	}
	b.stack(s, nil)
	if v := s.Volumes; len(v) != aLot+1 || len(v[0].Members) != aLot || len(v[aLot].Members) != 1 {
		t.Errorf("%d volumes", len(v))
	}
}

// The kernel has given up half of the ways to a drive.
func scaleWays(t *testing.T) {
	list := new(evidenceList)
	for i := range aLot {
		name := fmt.Sprint("sd", i)
		e := evidence{source: sourceSysfs, name: name, keys: driveKeys{device: name, multipath: "mpath"}, unit: seat{hctl: fmt.Sprintf("0:0:%d:1", i)}}
		if i%2 == 0 {
			e.drive.Fault = report.FaultGivenUp
		}
		list.add(e)
	}
	if drives := list.drives(); len(drives) != 1 || drives[0].Fault != "" {
		t.Errorf("%d drives, the first %q", len(drives), drives[0].Fault)
	}
}

// A hypervisor's interfaces, each before the function that carries its traffic.
func scaleInterfaces(t *testing.T) {
	var list []netPort
	for i := range aLot {
		mac := fmt.Sprintf("02:00:00:%02x:%02x:%02x", i>>16, i>>8&255, i&255)
		list = append(list,
			netPort{report.NetworkPort{PermanentMAC: mac}, fmt.Sprint("vmbus", i), "hv_netvsc"},
			netPort{report.NetworkPort{PermanentMAC: mac, PCIAddress: atAddress(i)}, fmt.Sprint("card", i), "mlx5_core"})
	}
	joinFastPaths(list)
	for i := 0; i < len(list); i += 2 {
		if list[i].device != list[i+1].device {
			t.Fatalf("%s has nothing behind it", list[i].device)
		}
	}
}

// Many adapters say that they are one function.
func scaleAdapters(t *testing.T) {
	adapters := make([]adapter, aLot)
	for i := range adapters {
		adapters[i] = adapter{name: fmt.Sprint("mlx5_", i), address: "0000:01:00.0", ports: []adapterPort{{state: "active"}}}
	}
	if cards := addAdapters(nil, make(map[string]int), adapters); len(cards) != 1 || len(cards[0].Ports) != aLot {
		t.Errorf("%d cards", len(cards))
	}
}

// Of each GPU there is a note, and of as many others that they cannot be opened.
func scaleGPUs(t *testing.T) {
	log := new(nvidia.Log)
	var notes []nvidia.Note
	var unreadable []nvidia.UnreadableGPU
	for i := range aLot {
		log.GPUs = append(log.GPUs, nvidia.GPU{PCI: nvidia.PCI{Address: atAddress(i)}})
		notes = append(notes, nvidia.Note{PCIAddress: atAddress(i), CorruptInfoROM: true, Text: "corrupt"})
		unreadable = append(unreadable, nvidia.UnreadableGPU{PCIAddress: atAddress(i + aLot)})
	}
	list := gpusFromNVIDIA(log, notes, append(unreadable, unreadable...))
	if len(list) != 2*aLot || list[aLot-1].Fault != "corrupt" || !list[2*aLot-1].Missing {
		t.Errorf("%d GPUs", len(list))
	}
}

func scaleModules(t *testing.T) {
	m := new(report.Memory)
	var counters []report.MemoryCounter
	for i := range aLot {
		m.Modules = append(m.Modules, report.MemoryModule{ID: fmt.Sprint("dimm:", i), Slot: fmt.Sprint("DIMM", i), Present: true})
		counters = append(counters, report.MemoryCounter{Label: fmt.Sprint("dimm", i), Corrected: 1})
	}
	addCounters(m, counters)
	if last := m.Modules[aLot-1]; last.ECC == nil || last.ECC.Corrected != 1 {
		t.Error("the last module has no counter")
	}
}

func scaleSupplies(t *testing.T) {
	list, records := make(supplies, aLot), make([]dmi.PowerSupply, aLot)
	for i := range aLot {
		list[i].Serial, records[i].SerialNumber = fmt.Sprint("BMC", i), fmt.Sprint("SMBIOS", i)
	}
	list.addSMBIOS(records)
	if len(list) != 2*aLot {
		t.Errorf("%d supplies", len(list))
	}
}

func scaleProcessors(t *testing.T) {
	var b strings.Builder
	for i := range aLot {
		fmt.Fprintf(&b, "processor: %d\nphysical id: %d\nmicrocode: 0x%x\n", i, i, i)
	}
	if n := len(readCPUInfo(fstest.MapFS{"proc/cpuinfo": {Data: []byte(b.String())}})); n != aLot {
		t.Errorf("%d processors", n)
	}
}
