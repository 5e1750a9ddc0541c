// SPDX-License-Identifier: Apache-2.0

package kernel_test

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/inventory/kernel"
	"github.com/mchus/bee/pci"
)

// one is a sysfs of a single device with the given files.
func one(tb testing.TB, lines ...string) fstest.MapFS {
	listing := "sys/bus/pci/devices/0000:3b:00.0/vendor: 0x8086\n"
	for _, line := range lines {
		listing += "sys/bus/pci/devices/0000:3b:00.0/" + line + "\n"
	}
	return sysfs(tb, listing)
}

func TestPCIValues(t *testing.T) {
	base := func(change func(d *pci.Device)) pci.Device {
		d := pci.Device{Address: "0000:3b:00.0", Vendor: id("8086", "")}
		change(&d)
		return d
	}
	tests := []struct {
		name string
		file string
		want func(d *pci.Device)
		err  error
	}{
		{"class", "class: 0x010802", func(d *pci.Device) { d.Class, d.ProgIf = id("0108", ""), "02" }, nil},
		{"upper case", "device: 0x15AB", func(d *pci.Device) { d.Device = id("15ab", "") }, nil},
		{"too many digits", "device: 0x15abc", nil, kernel.ErrSyntax},
		{"no number", "revision: none", nil, kernel.ErrSyntax},
		{"empty", "revision: ", nil, kernel.ErrSyntax},
		{"a bridge's subsystem", "subsystem_vendor: 0x0000", nil, nil},
		{"a dead device's subsystem", "subsystem_vendor: 0xffff", nil, nil},
		{"node 0", "numa_node: 0", func(d *pci.Device) { d.NUMANode = node(0) }, nil},
		{"no node", "numa_node: -1", nil, nil},
		{"impossible node", "numa_node: -2", nil, kernel.ErrRange},
		{"no number of a node", "numa_node: x", nil, kernel.ErrSyntax},
		{"speed", "current_link_speed: 16.0 GT/s PCIe", func(d *pci.Device) { d.Link.SpeedMTs = 16000 }, nil},
		{"speed with a fraction", "current_link_speed: 2.5 GT/s PCIe", func(d *pci.Device) { d.Link.SpeedMTs = 2500 }, nil},
		{"speed of an old kernel", "max_link_speed: 8 GT/s", func(d *pci.Device) { d.MaxLink.SpeedMTs = 8000 }, nil},
		{"PCIe 6", "max_link_speed: 64.0 GT/s PCIe", func(d *pci.Device) { d.MaxLink.SpeedMTs = 64000 }, nil},
		{"unknown speed", "current_link_speed: Unknown", nil, nil},
		{"unknown speed of an old kernel", "current_link_speed: Unknown speed", nil, nil},
		{"speed in another unit", "current_link_speed: 16.0 Gb/s", nil, kernel.ErrUnit},
		{"speed without a number", "current_link_speed: fast GT/s", nil, kernel.ErrSyntax},
		{"speed with too many digits", "current_link_speed: 2.5001 GT/s", nil, kernel.ErrSyntax},
		{"width", "current_link_width: 16", func(d *pci.Device) { d.Link.Width = 16 }, nil},
		{"width 12", "max_link_width: 12", func(d *pci.Device) { d.MaxLink.Width = 12 }, nil},
		{"no link", "current_link_width: 0", nil, nil},
		{"unknown width", "max_link_width: 255", nil, nil},
		{"a dead device's width", "current_link_width: 63", func(d *pci.Device) { d.Gone = true }, nil},
		{"unknown width in words", "current_link_width: Unknown", nil, nil},
		{"impossible width", "current_link_width: 3", nil, kernel.ErrRange},
		{"negative width", "current_link_width: -1", nil, kernel.ErrRange},
		{"width that is no number", "current_link_width: x16", nil, kernel.ErrSyntax},
		{"SR-IOV", "sriov_totalvfs: 8", func(d *pci.Device) { d.SRIOV = &pci.SRIOV{TotalVFs: 8} }, nil},
		{"driver without links", "uevent: DRIVER=igb", func(d *pci.Device) { d.Driver = "igb" }, nil},
		{"no driver", "uevent: PCI_CLASS=20000", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.want == nil {
				tt.want = func(*pci.Device) {}
			}
			list, err := kernel.PCI(one(t, tt.file))
			if diff := cmp.Diff([]pci.Device{base(tt.want)}, list.Devices); diff != "" {
				t.Errorf("PCI mismatch (-want +got):\n%s", diff)
			}
			if !errors.Is(err, tt.err) {
				t.Fatalf("error = %v, want %v", err, tt.err)
			}
			file, text, _ := strings.Cut(tt.file, ": ")
			want := "sys/bus/pci/devices/0000:3b:00.0/" + file
			if perr, ok := errors.AsType[*kernel.ParseError](err); ok && (perr.Path != want || perr.Text != text) {
				t.Errorf("error at %q of %q, want %q of %q", perr.Text, perr.Path, text, want)
			}
		})
	}
}

func TestPCIOrder(t *testing.T) {
	var listing string
	for _, a := range []string{"10000:00:00.0", "0000:0a:00.0", "0000:02:1f.7", "ffff:00:00.0", "0000:02:03.0"} {
		listing += "sys/bus/pci/devices/" + a + "/vendor: 0x8086\n"
	}
	list, err := kernel.PCI(sysfs(t, listing+"sys/bus/pci/devices/other/vendor: 0x1\n"))
	if !errors.Is(err, kernel.ErrSyntax) || len(messages(err)) != 1 {
		t.Errorf("error = %v, want one ErrSyntax", err)
	}
	var got []string
	for _, d := range list.Devices {
		got = append(got, d.Address)
	}
	want := []string{"0000:02:03.0", "0000:02:1f.7", "0000:0a:00.0", "ffff:00:00.0", "10000:00:00.0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

// Intel's VMD puts drives into a domain of their own, below an endpoint.
func TestPCIDomainBehindAnEndpoint(t *testing.T) {
	list, err := kernel.PCI(sysfs(t, `sys/bus/pci/devices/0000:5d:05.5 -> ../../../devices/pci0000:5d/0000:5d:05.5
sys/bus/pci/devices/10000:00:02.0 -> ../../../devices/pci0000:5d/0000:5d:05.5/pci10000:00/10000:00:02.0
sys/bus/pci/devices/10000:01:00.0 -> ../../../devices/pci0000:5d/0000:5d:05.5/pci10000:00/10000:00:02.0/10000:01:00.0
sys/bus/pci/devices/0000:5d:05.5/vendor: 0x8086
sys/bus/pci/devices/10000:00:02.0/vendor: 0x8086
sys/bus/pci/devices/10000:01:00.0/vendor: 0x144d
`))
	if err != nil {
		t.Error(err)
	}
	var got []string
	for _, up := range list.Ancestors(list.Lookup("10000:01:00.0")) {
		got = append(got, up.Address)
	}
	if diff := cmp.Diff([]string{"10000:00:02.0", "0000:5d:05.5"}, got); diff != "" {
		t.Errorf("above the drive (-want +got):\n%s", diff)
	}
}

func TestPCISlots(t *testing.T) {
	list, err := kernel.PCI(sysfs(t, `sys/bus/pci/devices/0000:3b:00.0/vendor: 0x8086
sys/bus/pci/devices/0000:3b:00.1/vendor: 0x8086
sys/bus/pci/devices/0000:3b:01.0/vendor: 0x8086
sys/bus/pci/devices/0000:5e:00.0/vendor: 0x8086
sys/bus/pci/slots/2/address: 0000:3b:00
sys/bus/pci/slots/3/address: 0000:3b:00
sys/bus/pci/slots/whole/address: 0000:5e
sys/bus/pci/slots/empty/address: 0000:99:00
sys/bus/pci/slots/odd/address: somewhere
`))
	var got []string
	for _, d := range list.Devices {
		got = append(got, d.PhysicalSlot)
	}
	if diff := cmp.Diff([]string{"2", "2", "", "whole"}, got); diff != "" {
		t.Errorf("slots (-want +got):\n%s", diff)
	}
	want := []string{`kernel: sys/bus/pci/slots/odd/address: invalid syntax: "somewhere"`}
	if diff := cmp.Diff(want, messages(err)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

func TestPCIDeviceTree(t *testing.T) {
	list, err := kernel.PCI(sysfs(t, `sys/bus/pci/devices/0000:00:00.0 -> ../../../devices/platform/soc/1c00000.pcie/pci0000:00/0000:00:00.0
sys/bus/pci/devices/0000:00:00.0/of_node -> ../../../../../../firmware/devicetree/base/soc/pcie@1c00000/pcie@0
sys/bus/pci/devices/0000:00:00.0/vendor: 0x17cb
`))
	want := pci.Device{Address: "0000:00:00.0", Vendor: id("17cb", ""), DeviceTreeNode: "/sys/firmware/devicetree/base/soc/pcie@1c00000/pcie@0"}
	if err != nil || len(list.Devices) != 1 || !cmp.Equal(want, list.Devices[0]) {
		t.Errorf("PCI = %+v, %v", list.Devices, err)
	}
}

// The same machine without links, as an archive may hold it, has the same
// parents and drivers.
func TestPCIWithoutLinks(t *testing.T) {
	listing := string(read(t, "pci/qemu/input"))
	with, err := kernel.PCI(sysfs(t, listing))
	if err != nil {
		t.Fatal(err)
	}
	var plain strings.Builder
	for line := range strings.Lines(listing) {
		if !strings.Contains(line, " -> ") {
			plain.WriteString(line)
		}
	}
	fsys := sysfs(t, plain.String())
	for name, fsys := range map[string]fs.FS{"no link": fsys, "no ReadLinkFS": struct{ fs.FS }{fsys}} {
		without, err := kernel.PCI(fsys)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for i := range with.Devices { // these only links tell
			without.Devices[i].Modules = with.Devices[i].Modules
			without.Devices[i].IOMMUGroup = with.Devices[i].IOMMUGroup
			without.Devices[i].PhysicalFunction = with.Devices[i].PhysicalFunction
		}
		if diff := cmp.Diff(with, without); diff != "" {
			t.Errorf("%s (-with +without):\n%s", name, diff)
		}
	}
}

func TestPCINothing(t *testing.T) {
	list, err := kernel.PCI(fstest.MapFS{"etc/hostname": {}})
	if err != nil || list == nil || len(list.Devices) != 0 {
		t.Errorf("PCI = %v, %v of a machine without PCI", list, err)
	}
}

var errIO = errors.New("input/output error")

// A faultyFS has files that cannot be read, never answer, or never end.
type faultyFS struct {
	fstest.MapFS
	broken, blocked, endless string
}

func (f faultyFS) Open(name string) (fs.File, error) {
	switch path.Base(name) {
	case f.broken:
		return nil, &fs.PathError{Op: "open", Path: name, Err: errIO}
	case f.blocked:
		select {}
	case f.endless:
		file, err := f.MapFS.Open(name)
		return endless{file}, err
	}
	return f.MapFS.Open(name)
}

func (f faultyFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if path.Base(name) == f.blocked {
		select {}
	}
	return f.MapFS.ReadDir(name)
}

func (f faultyFS) ReadLink(name string) (string, error) {
	switch path.Base(name) {
	case f.broken:
		return "", &fs.PathError{Op: "readlink", Path: name, Err: errIO}
	case f.blocked:
		select {}
	}
	return f.MapFS.ReadLink(name)
}

type endless struct{ fs.File }

func (endless) Read(b []byte) (int, error) { return len(b), nil }

// A file that fails costs its value and gives one error, each time.
func TestPCIFaults(t *testing.T) {
	whole := sysfs(t, string(read(t, "pci/qemu/input")))
	want, err := kernel.PCI(whole)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want.Devices {
		want.Devices[i].Revision = ""
	}
	for _, tt := range []struct {
		name string
		fsys faultyFS
		err  error
	}{
		{"broken", faultyFS{MapFS: whole, broken: "revision"}, errIO},
		{"blocked", faultyFS{MapFS: whole, blocked: "revision"}, kernel.ErrTimeout},
		{"endless", faultyFS{MapFS: whole, endless: "revision"}, kernel.ErrSyntax},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			got, err := kernel.PCI(tt.fsys)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("PCI mismatch (-want +got):\n%s", diff)
			}
			if n := len(messages(err)); n != len(want.Devices) || !errors.Is(err, tt.err) {
				t.Errorf("%d errors %v, want %d of %v", n, err, len(want.Devices), tt.err)
			}
			if d := time.Since(start); d > 10*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// Folders and links can block as well.
func TestPCIBlockedOthers(t *testing.T) {
	t.Parallel()
	fsys := one(t, "uevent: DRIVER=igb")
	for _, name := range []string{"sys/bus/pci/slots", "sys/bus/pci/devices/0000:3b:00.0/iommu_group"} {
		list, err := kernel.PCI(faultyFS{MapFS: fsys, blocked: path.Base(name)})
		if len(list.Devices) != 1 || list.Devices[0].Driver != "igb" {
			t.Errorf("%s: %+v", name, list.Devices)
		}
		if diff := cmp.Diff([]string{"kernel: " + name + ": read took too long"}, messages(err)); diff != "" {
			t.Errorf("errors (-want +got):\n%s", diff)
		}
	}
}

// A link that cannot be read is reported, a folder in its place is not.
func TestPCIBrokenLink(t *testing.T) {
	listing := "sys/bus/pci/devices/0000:3b:00.0/vendor: 0x8086\nsys/bus/pci/devices/0000:3b:00.0/iommu_group/type: DMA\n"
	if _, err := kernel.PCI(faultyFS{MapFS: sysfs(t, listing)}); err != nil {
		t.Errorf("error %v for a folder", err)
	}
	listing = "sys/bus/pci/devices/0000:3b:00.0/vendor: 0x8086\nsys/bus/pci/devices/0000:3b:00.0/iommu_group -> ../7\n"
	_, err := kernel.PCI(faultyFS{MapFS: sysfs(t, listing), broken: "iommu_group"})
	want := []string{"kernel: sys/bus/pci/devices/0000:3b:00.0/iommu_group: readlink sys/bus/pci/devices/0000:3b:00.0/iommu_group: input/output error"}
	if diff := cmp.Diff(want, messages(err)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

// lspci and the kernel say the same of the same machine, whatever the version.
func TestLspciAgreesWithSysfs(t *testing.T) {
	kernel, err := kernel.PCI(sysfs(t, string(read(t, "pci/qemu/input"))))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"qemu-3.7.0-vmmnnkd", "qemu-3.9.0-vmmnkd", "qemu-3.15.0-vmmnnkd"} {
		tool, err := pci.Parse(read(t, "../../../pci/testdata/lspci/"+name+"/input"))
		if err != nil {
			t.Fatal(err)
		}
		if len(tool.Devices) != len(kernel.Devices) {
			t.Fatalf("%s: %d devices, sysfs has %d", name, len(tool.Devices), len(kernel.Devices))
		}
		old := strings.Contains(name, "3.7")
		for i := range kernel.Devices {
			want, got := identity(kernel.Devices[i]), identity(tool.Devices[i])
			bridge := strings.HasPrefix(kernel.Devices[i].Class.ID, "0604")
			if old && bridge { // 3.7 knows no bridge's subsystem
				want = strings.Replace(want, kernel.Devices[i].SubsystemVendor.ID+":"+kernel.Devices[i].SubsystemDevice.ID, ":", 1)
			}
			if old && kernel.Devices[i].ProgIf == "00" {
				want = strings.Replace(want, "if=00", "if=", 1)
			}
			if want != got {
				t.Errorf("%s:\nsysfs %s\nlspci %s", name, want, got)
			}
		}
	}
}

// identity is what both tell of a device.
func identity(d pci.Device) string {
	nodeText := "none"
	if d.NUMANode != nil {
		nodeText = fmt.Sprint(*d.NUMANode)
	}
	if d.Revision == "00" { // lspci leaves it out
		d.Revision = ""
	}
	return fmt.Sprintf("%s class=%s %s:%s sub=%s:%s rev=%s if=%s slot=%s driver=%s node=%s group=%s", d.Address, d.Class.ID,
		d.Vendor.ID, d.Device.ID, d.SubsystemVendor.ID, d.SubsystemDevice.ID, d.Revision, d.ProgIf,
		d.PhysicalSlot, d.Driver, nodeText, d.IOMMUGroup)
}
