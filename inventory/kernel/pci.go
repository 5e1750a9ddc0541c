// SPDX-License-Identifier: Apache-2.0

package kernel

import (
	"cmp"
	"io/fs"
	"math/bits"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/pci"
)

const (
	sysfsDevices = "sys/bus/pci/devices"
	sysfsSlots   = "sys/bus/pci/slots"

	maxDevices = 1 << 20 // functions; more is a mistake
	atOnce     = 32      // functions that are read again if one of them blocks
)

// PCI reads what Linux says of the PCI functions (Documentation/ABI/
// testing/sysfs-bus-pci), from a file system rooted at "/".
//
// For each entry of sys/bus/pci/devices it reads the files vendor, device,
// subsystem_vendor, subsystem_device, class, revision, numa_node,
// current_link_speed, current_link_width, max_link_speed, max_link_width,
// sriov_totalvfs and sriov_numvfs, and follows the links driver, driver/module,
// iommu_group, of_node, physfn and the entry itself, whose target names the
// bridges above. The slots' names are in sys/bus/pci/slots/NAME/address. Where fsys has
// no links (see [fs.ReadLinkFS]) the driver comes from the file uevent and the
// parent from the bridges' secondary_bus_number; what the other links tell stays
// unknown. It never reads vpd or config.
//
// A file that is not there is no error: it is absent, as on an older kernel.
// One that cannot be read, that blocks for seconds ([ErrTimeout]; the read is
// left behind), or whose text makes no sense, costs its own value and gives one
// error. A machine without PCI is an empty list.
// The list is never nil; its error is nil or [Errors].
func PCI(fsys fs.FS) (*pci.List, error) {
	w := watch{fsys: fsys, patience: maxPatience}
	names := try(&w, func(r *reader) []string { return r.names(sysfsDevices) })
	found := make([]entry, 0, min(len(names), maxDevices))
	for _, name := range names {
		if len(found) == maxDevices {
			w.errs.add(&ParseError{Path: path.Join(sysfsDevices, name), Text: name, Err: ErrLimit})
			break
		}
		a, ok := parseAddress(name)
		if !ok {
			w.errs.add(&ParseError{Path: path.Join(sysfsDevices, name), Text: name, Err: ErrSyntax})
			continue
		}
		found = append(found, entry{name, a})
	}
	slices.SortFunc(found, func(a, b entry) int { return a.at.compare(b.at) })
	list := &pci.List{Devices: make([]pci.Device, 0, len(found))}
	for some := range slices.Chunk(found, atOnce) {
		list.Devices = append(list.Devices, try(&w, func(r *reader) []pci.Device { return r.devices(some) })...)
	}
	nameSlots(list, try(&w, (*reader).slots))
	findParents(list, &w)
	return list, w.errs.err()
}

// An entry is one of sysfsDevices.
type entry struct {
	name string
	at   address
}

func (r *reader) devices(entries []entry) []pci.Device {
	list := make([]pci.Device, len(entries))
	for i, e := range entries {
		list[i] = r.device(e.name, e.at)
	}
	return list
}

func (r *reader) device(name string, a address) pci.Device {
	dir := path.Join(sysfsDevices, name)
	d := pci.Device{
		Address:         a.String(),
		Vendor:          pci.Name{ID: r.hexFile(dir, "vendor", 4)},
		Device:          pci.Name{ID: r.hexFile(dir, "device", 4)},
		SubsystemVendor: pci.Name{ID: r.hexFile(dir, "subsystem_vendor", 4)},
		SubsystemDevice: pci.Name{ID: r.hexFile(dir, "subsystem_device", 4)},
		Revision:        r.hexFile(dir, "revision", 2),
		Link:            pci.Link{SpeedMTs: r.speed(dir, "current_link_speed")},
		MaxLink:         pci.Link{SpeedMTs: r.speed(dir, "max_link_speed")},
		SRIOV:           r.sriov(dir),
	}
	d.Link.Width, d.Gone = r.width(dir, "current_link_width")
	d.MaxLink.Width, _ = r.width(dir, "max_link_width")
	if class := r.hexFile(dir, "class", 6); class != "" {
		d.Class.ID, d.ProgIf = class[:4], class[4:]
	}
	if v := d.SubsystemVendor.ID; v == "0000" || v == "ffff" { // as lspci does
		d.SubsystemVendor, d.SubsystemDevice = pci.Name{}, pci.Name{}
	}
	if n := r.number(dir, "numa_node", -1); n != nil && *n >= 0 {
		d.NUMANode = n
	}
	r.followLinks(dir, &d)
	return d
}

// followLinks reads what sysfs says with symbolic links.
func (r *reader) followLinks(dir string, d *pci.Device) {
	d.Driver = path.Base(r.link(dir, "driver"))
	if d.Driver == "." {
		d.Driver = r.driverFromUevent(dir)
	} else if module := r.link(dir, "driver/module"); module != "" {
		d.Modules = []string{path.Base(module)}
	}
	if group := r.link(dir, "iommu_group"); group != "" {
		d.IOMMUGroup = path.Base(group)
	}
	if _, node, ok := strings.Cut(r.link(dir, "of_node"), "firmware/devicetree/"); ok {
		d.DeviceTreeNode = "/sys/firmware/devicetree/" + node // as lspci prints it
	}
	if a, ok := parseAddress(path.Base(r.link(dir, "physfn"))); ok {
		d.PhysicalFunction = a.String()
	}
	// …/devices/pci0000:3a/0000:3a:00.0/0000:3b:00.0: the last address
	// before the device's own is what it hangs on.
	above := path.Dir(r.link(path.Dir(dir), path.Base(dir)))
	for ; above != "." && above != "/" && d.Parent == ""; above = path.Dir(above) {
		if a, ok := parseAddress(path.Base(above)); ok {
			d.Parent = a.String()
		}
	}
}

func (r *reader) driverFromUevent(dir string) string {
	text, _ := r.file(dir, "uevent")
	for line := range strings.Lines(text) {
		if driver, ok := strings.CutPrefix(line, "DRIVER="); ok {
			return strings.TrimSpace(driver)
		}
	}
	return ""
}

// A bus is one bus of a domain.
type bus struct {
	domain uint32
	number uint8
}

// findParents gives each device the bridge that leads to its bus, where the
// file system has no links to say so.
func findParents(list *pci.List, w *watch) {
	if slices.ContainsFunc(list.Devices, func(d pci.Device) bool { return d.Parent != "" }) {
		return
	}
	addresses := make([]string, len(list.Devices))
	for i, d := range list.Devices {
		addresses[i] = d.Address
	}
	bridges := try(w, func(r *reader) map[bus]string { return r.bridges(addresses) })
	for i := range list.Devices {
		a, _ := parseAddress(addresses[i])
		list.Devices[i].Parent = bridges[bus{a.domain, a.bus}]
	}
}

// bridges returns the bridges among the functions, by the bus below them.
func (r *reader) bridges(addresses []string) map[bus]string {
	bridges := make(map[bus]string)
	for _, address := range addresses {
		n := r.number(path.Join(sysfsDevices, address), "secondary_bus_number", 0)
		if n != nil && *n > 0 && *n < 256 {
			a, _ := parseAddress(address)
			bridges[bus{a.domain, uint8(*n)}] = address
		}
	}
	return bridges
}

// A slot is a physical slot: its name, and the address that cards in it have,
// which has no function, and no device either where the slot is a whole bus.
type slot struct{ name, address string }

func (r *reader) slots() (list []slot) {
	for _, name := range r.names(sysfsSlots) {
		dir := path.Join(sysfsSlots, name)
		at, ok := r.file(dir, "address")
		if !ok {
			continue
		}
		if _, ok := parseAddress(at + ".0"); !ok {
			if _, ok := parseAddress(at + ":00.0"); !ok {
				r.fail(path.Join(dir, "address"), at, ErrSyntax)
				continue
			}
		}
		list = append(list, slot{name, at})
	}
	return list
}

// nameSlots gives each device the name of its slot, the first that fits.
func nameSlots(list *pci.List, slots []slot) {
	names := make(map[string]string, len(slots))
	for _, s := range slots {
		if _, known := names[s.address]; !known {
			names[s.address] = s.name
		}
	}
	for i := range list.Devices {
		d := &list.Devices[i]
		device, _, _ := strings.Cut(d.Address, ".")
		bus := device[:strings.LastIndexByte(device, ':')]
		d.PhysicalSlot = cmp.Or(names[device], names[bus])
	}
}

// sriov reads what a physical function can do, nil where it is none.
func (r *reader) sriov(dir string) *pci.SRIOV {
	total := r.number(dir, "sriov_totalvfs", 0)
	if total == nil {
		return nil
	}
	return &pci.SRIOV{TotalVFs: *total, NumVFs: r.number(dir, "sriov_numvfs", 0)}
}

// speed reads a file like "16.0 GT/s PCIe". Kernels before 5.9 leave out the
// fraction of whole numbers and the "PCIe".
func (r *reader) speed(dir, name string) int {
	text, ok := r.file(dir, name)
	if !ok || strings.HasPrefix(text, "Unknown") {
		return 0
	}
	number, unit, _ := strings.Cut(text, " ")
	if unit != "GT/s" && unit != "GT/s PCIe" {
		r.fail(path.Join(dir, name), text, ErrUnit)
		return 0
	}
	whole, fraction, _ := strings.Cut(number, ".")
	mts, err := strconv.ParseUint(whole+(fraction + "000")[:3], 10, 31)
	if err != nil || len(fraction) > 3 {
		r.fail(path.Join(dir, name), text, ErrSyntax)
		return 0
	}
	return int(mts)
}

// width reads a number of lanes. 0 and 255 say that there is no link; 63 is what
// a register reads as that is all ones, as those of a device are that is gone.
func (r *reader) width(dir, name string) (lanes int, ones bool) {
	text, ok := r.file(dir, name)
	if !ok || text == "Unknown" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	switch {
	case err != nil:
		r.fail(path.Join(dir, name), text, ErrSyntax)
	case n == 0, n == 63, n == 255:
		return 0, n == 63
	case n > 32, bits.OnesCount(uint(n)) > 1 && n != 12:
		r.fail(path.Join(dir, name), text, ErrRange)
	default:
		return n, false
	}
	return 0, false
}

// number reads a decimal number, nil where there is none.
func (r *reader) number(dir, name string, low int) *int {
	text, ok := r.file(dir, name)
	if !ok {
		return nil
	}
	n, err := strconv.Atoi(text)
	switch {
	case err != nil:
		r.fail(path.Join(dir, name), text, ErrSyntax)
		return nil
	case n < low:
		r.fail(path.Join(dir, name), text, ErrRange)
		return nil
	}
	return &n
}

// hexFile reads a file like "0x8086" and returns its digits.
func (r *reader) hexFile(dir, name string, digits int) string {
	text, ok := r.file(dir, name)
	if !ok {
		return ""
	}
	s := strings.ToLower(strings.TrimPrefix(text, "0x"))
	if !isHex(s, digits) {
		r.fail(path.Join(dir, name), text, ErrSyntax)
		return ""
	}
	return s
}
