// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mchus/bee/inventory/report"
)

// An evidence is what one source says of one drive: data, which merge joins
// with what the others say. Pieces that share a key are about the same drive,
// unless a veto parts them.
type evidence struct {
	source string
	rank   int    // of the source: the lower one's word stands
	name   string // of the block device, "" if it has none
	keys   driveKeys
	drive  report.Drive // what the source says; what is zero it does not say
	health bool         // it knows the drive's health
	// alone is the kernel's name of a disk to which there is but one way, as on
	// SATA or USB: no other block device is the same drive.
	alone     string
	subsystem string // the kernel's name of an NVMe drive's subsystem
	unit      seat   // where a SCSI disk hangs
	// cutModel: its source holds 16 characters of a model, and these are all used.
	cutModel bool
}

// driveKeys are names that a drive has, the surest first. Each is "" where the
// source does not know it.
type driveKeys struct {
	device     string // the kernel's name for the drive: "sda", "nvme0"
	wwn        string // 16 hexadecimal digits, or an EUI-64 or NGUID
	serial     string
	shared     string // a name that several devices of one drive share, such as its NVMe subsystem's
	controller string // of an NVMe drive: "nvme0"
	multipath  string // the device-mapper's name for a map of which it is a path
	behind     string // the address of a RAID controller, and the drive's number there
	nqn        string // of an NVMe drive's subsystem
}

// The sources by how far their word is to be trusted.
const (
	rankSmartctl = iota
	rankNVMe
	rankSysfs
	rankLsblk
	rankRAID
)

// An evidenceList is all that was said of the drives, in the order found.
type evidenceList struct {
	pieces []*evidence
	odd    []error // what sources tell of one drive and cannot both be so
}

func (list *evidenceList) add(e evidence) {
	if s := e.drive.Serial; s != "" && s == e.drive.Model { // as clouds have it
		e.drive.Serial = ""
		if e.keys.serial == s {
			e.keys.serial = ""
		}
	}
	list.pieces = append(list.pieces, &e)
}

// drives joins the pieces and returns the drives they are about, in the order
// of their names.
func (list *evidenceList) drives() []report.Drive {
	groups := list.groups()
	if len(groups) == 0 {
		return nil
	}
	drives := make([]report.Drive, 0, len(groups))
	for _, group := range groups {
		slices.SortStableFunc(group, func(a, b *evidence) int { return a.rank - b.rank })
		var d report.Drive
		lost := lostPathsOf(group)
		for _, e := range group {
			if lost.has(e) {
				e.drive.Unread, e.drive.Fault, e.drive.LostPaths = "", "", []string{cmp.Or(e.name, e.keys.controller)}
			}
			merge(&d, e)
		}
		settle(&d)
		settleLink(&d, group)
		tellUnreadUnits(&d, group)
		list.odd = append(list.odd, contradictions(group)...)
		drives = append(drives, d)
	}
	drives = inOrder(drives)
	assignIDs("drive", drives,
		func(d *report.Drive) []string { return []string{d.WWN, namespaceID(d), d.Serial, d.Name} },
		func(d *report.Drive, id string) { d.ID = id })
	return drives
}

// A lostPaths has the ways to a drive that work, if the kernel has given up others, by
// logical unit, two of each at most.
type lostPaths map[int][]string

func lostPathsOf(group []*evidence) lostPaths {
	if !slices.ContainsFunc(group, func(e *evidence) bool { return e.drive.Fault == report.FaultGivenUp }) {
		return nil
	}
	works := make(lostPaths)
	for _, e := range group {
		lun, way := e.way()
		if way == "" || e.drive.Fault == report.FaultGivenUp {
			continue
		}
		if known := works[lun]; len(known) < 2 && !slices.Contains(known, way) {
			works[lun] = append(known, way)
		}
	}
	return works
}

// has tells that the kernel has given up one way to a drive and has another to the
// same logical unit.
func (works lostPaths) has(e *evidence) bool {
	lun, own := e.way()
	return e.drive.Fault == report.FaultGivenUp && own != "" &&
		slices.ContainsFunc(works[lun], func(way string) bool { return way != own })
}

// way is by what the kernel reaches a drive: the SCSI target of a logical unit, or the
// controller of an NVMe drive with two ports; "" if the piece tells of none.
func (e *evidence) way() (lun int, way string) {
	switch {
	case e.unit.hctl != "":
		return e.unit.lun(), e.unit.target()
	case e.rank == rankSysfs && e.keys.device == "" && len(e.drive.Paths) > 0:
		return 0, e.keys.controller
	}
	return 0, ""
}

// inOrder sorts drives by their names and paths. It moves each once: they are
// large.
func inOrder(drives []report.Drive) []report.Drive {
	order := make([]int, len(drives))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		if c := compareNames(drives[i].Name, drives[j].Name); c != 0 {
			return c
		}
		return slices.Compare(drives[i].Paths, drives[j].Paths)
	})
	sorted := make([]report.Drive, 0, len(drives))
	for _, i := range order {
		sorted = append(sorted, drives[i])
	}
	return sorted
}

// merge adds what a source says to what better sources said before.
func merge(d *report.Drive, e *evidence) {
	said := &e.drive
	d.Name = firstName(d.Name, e.name)
	d.Paths = append(d.Paths, said.Paths...)
	for _, field := range []struct{ to, from *string }{
		{&d.Model, &said.Model}, {&d.Vendor, &said.Vendor}, {&d.Serial, &said.Serial}, {&d.WWN, &said.WWN},
		{&d.Firmware, &said.Firmware}, {&d.Protocol, &said.Protocol}, {&d.Media, &said.Media},
		{&d.FormFactor, &said.FormFactor}, {&d.PCIAddress, &said.PCIAddress}, {&d.Interface, &said.Interface},
		{&d.Virtual, &said.Virtual}, {&d.Enclosure, &said.Enclosure}, {&d.Slot, &said.Slot},
		{&d.State, &said.State}, {&d.StateText, &said.StateText}, {&d.Controller, &said.Controller}, {&d.Fault, &said.Fault},
	} {
		*field.to = cmp.Or(*field.to, *field.from)
		if isMasked(*field.to, *field.from) {
			*field.to = *field.from
		}
	}
	d.CapacityBytes = cmp.Or(d.CapacityBytes, said.CapacityBytes)
	d.LogicalBlockBytes = cmp.Or(d.LogicalBlockBytes, said.LogicalBlockBytes)
	d.PhysicalBlockBytes = cmp.Or(d.PhysicalBlockBytes, said.PhysicalBlockBytes)
	d.RotationRPM = cmp.Or(d.RotationRPM, said.RotationRPM)
	d.Removable = d.Removable || said.Removable
	d.NUMANode = cmp.Or(d.NUMANode, said.NUMANode)
	d.Link = cmp.Or(d.Link, said.Link)
	d.Smart = worseSmart(d.Smart, said.Smart)
	d.Wear = cmp.Or(d.Wear, said.Wear)
	if at := said.PCIAddress; at != "" && at != d.PCIAddress && !slices.Contains(d.AlsoAt, at) {
		d.AlsoAt = append(d.AlsoAt, at)
	}
	d.LostPaths = append(d.LostPaths, said.LostPaths...)
	if said.Fault != "" && d.Unread != "" && d.Unread != said.Unread {
		d.Unread = said.Unread + "; " + d.Unread
	}
	d.Unread = cmp.Or(d.Unread, said.Unread)
	if d.Errors == nil {
		d.Errors = said.Errors
	}
	d.Apart = append(d.Apart, said.Apart...)
	d.Namespaces = append(d.Namespaces, said.Namespaces...)
	if !e.cutModel && e.rank > rankSysfs && len(said.Model) > len(d.Model) && d.Model != "" && strings.Contains(strings.ReplaceAll(said.Model, "_", " "), d.Model) {
		d.Model = strings.ReplaceAll(said.Model, "_", " ") // the whole of what SCSI INQUIRY cuts
	}
	if said.Protocol == "usb" && d.Protocol != "usb" { // the enclosure's, whatever the drive in it has
		d.Interface, d.Protocol = d.Protocol, "usb"
	}
	for _, unit := range said.Units {
		addUnit(d, unit)
	}
	d.Partitions = append(d.Partitions, said.Partitions...)
	if !slices.Contains(d.Sources, e.source) {
		d.Sources = append(d.Sources, e.source)
	}
}

// worseSmart returns the worse of two answers about one drive: those of its logical
// units, or by two paths. What the other found besides stands with it.
func worseSmart(a, b *report.Smart) *report.Smart {
	switch {
	case a == nil || b == nil:
		return cmp.Or(a, b)
	case healthRank(b.Verdict.Health) > healthRank(a.Verdict.Health):
		a, b = b, a
	}
	worse := *a
	worse.Verdict.Reasons = slices.Clone(a.Verdict.Reasons)
	for _, r := range b.Verdict.Reasons {
		i := slices.IndexFunc(worse.Verdict.Reasons, func(known report.Reason) bool {
			return known.Code == r.Code && known.Attribute == r.Attribute
		})
		switch {
		case i < 0:
			worse.Verdict.Reasons = append(worse.Verdict.Reasons, r)
		case healthRank(r.Severity) >= healthRank(worse.Verdict.Reasons[i].Severity) && r.Value > worse.Verdict.Reasons[i].Value:
			worse.Verdict.Reasons[i] = r
		}
	}
	slices.SortStableFunc(worse.Verdict.Reasons, func(x, y report.Reason) int {
		return healthRank(y.Severity) - healthRank(x.Severity)
	})
	return &worse
}

// healthRank orders what was said of one drive, the worst last. By one path it
// may not answer that answers by another.
func healthRank(health string) int {
	return slices.Index([]string{report.Unknown, report.OK, report.Warning, report.Critical}, health)
}

// tellUnreadUnits: a drive of which one logical unit was not read is not well
// because another is.
func tellUnreadUnits(d *report.Drive, group []*evidence) {
	if len(d.Units) < 2 || d.Smart == nil || d.Smart.Verdict.Health != report.OK {
		return
	}
	devices, units := make(map[string]bool), make(map[string]bool) // of which smartctl told the health
	for _, e := range group {                                      // smartctl's pieces are the first
		if e.rank == rankSmartctl {
			known := e.drive.Smart != nil && e.drive.Smart.Verdict.Health != report.Unknown
			devices[e.keys.device] = devices[e.keys.device] || known
			continue
		}
		for _, u := range e.drive.Units {
			if devices[e.keys.device] {
				units[u.WWN], units[fmt.Sprint(u.LUN)] = true, true
			}
		}
	}
	for _, u := range d.Units {
		if !(u.WWN != "" && units[u.WWN]) && !(u.WWN == "" && units[fmt.Sprint(u.LUN)]) {
			d.Smart.Verdict.Health = report.Unknown
			d.Unread = cmp.Or(d.Unread, "smartctl did not name all of its logical units")
		}
	}
}

// contradictions are what the kernel and a drive itself tell differently of one block
// device: its size, which a bridge or a protected area cuts, and its serial
// number, where another drive has taken its place. That of a USB disk may be its
// bridge's.
func contradictions(group []*evidence) []error {
	var list []error
	var owns map[string]*evidence // smartctl's, by the kernel's name
	for _, e := range group {     // which are the first
		own := owns[e.keys.device]
		switch {
		case e.keys.device == "" || strings.HasPrefix(e.keys.device, "nvme"):
			continue
		case e.rank == rankSmartctl:
			if owns == nil {
				owns = make(map[string]*evidence)
			}
			owns[e.keys.device] = e
			continue
		case e.rank != rankSysfs || own == nil:
			continue
		}
		if a, b := own.drive.CapacityBytes, e.drive.CapacityBytes; a != 0 && b != 0 && a != b {
			list = append(list, oddity(e.name, "%d bytes by smartctl, %d by the kernel", a, b))
		}
		if a, b := own.keys.serial, e.keys.serial; a != "" && b != "" && !sameSerial(a, b) && e.drive.Protocol != "usb" {
			list = append(list, oddity(e.name, "serial number %q by smartctl, %q by the kernel", a, b))
		}
	}
	return list
}

func oddity(name, format string, args ...any) error {
	return from("/dev/"+name, &toolError{"storage.contradiction", fmt.Sprintf(format, args...)})
}

// isMasked tells that a text is another with a question mark for each byte that is
// not ASCII, as smartctl prints those of NVMe drives.
func isMasked(text, whole string) bool {
	if len(text) != len(whole) || text == whole || !strings.Contains(text, "?") {
		return false
	}
	for i := range len(text) {
		if text[i] != whole[i] && (text[i] != '?' || whole[i] < utf8.RuneSelf) {
			return false
		}
	}
	return true
}

// addUnit adds a logical unit, unless it is known by another path.
func addUnit(d *report.Drive, unit report.Unit) {
	for _, known := range d.Units {
		if known.WWN != "" && known.WWN == unit.WWN || known.LUN == unit.LUN && (known.WWN == "" || unit.WWN == "") {
			return
		}
	}
	d.Units = append(d.Units, unit)
}

// namespaceID is the identifier of a drive's only namespace that has one.
func namespaceID(d *report.Drive) string {
	if len(d.Namespaces) != 1 {
		return ""
	}
	return cmp.Or(d.Namespaces[0].EUI64, d.Namespaces[0].NGUID)
}

// settle derives what follows from the rest once all sources have spoken.
func settle(d *report.Drive) {
	slices.Sort(d.Paths)
	d.Paths = slices.Compact(d.Paths)
	d.Namespaces, d.Partitions = eachOnce(d.Namespaces), firstOfName(d.Partitions)
	slices.SortFunc(d.Namespaces, func(a, b report.Namespace) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), compareNames(a.Name, b.Name))
	})
	if len(d.Units) < 2 {
		d.Units = nil // every drive has one
	} else {
		d.CapacityBytes = 0
		for _, unit := range d.Units {
			d.CapacityBytes += unit.CapacityBytes
		}
	}
	if sameName(d.Serial, d.WWN) {
		d.Serial = ""
	}
	if len(d.Namespaces) > 1 {
		d.CapacityBytes = 0
		for _, ns := range d.Namespaces {
			d.CapacityBytes += ns.CapacityBytes
		}
	}
}

// firstOfName drops the partitions that are known by another path.
func firstOfName(list []report.Partition) []report.Partition {
	if len(list) < 2 {
		return list
	}
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(p report.Partition) bool {
		again := seen[p.Name]
		seen[p.Name] = true
		return again
	})
}

// compareNames orders kernel names as people count: sdb before sdaa, nvme2
// before nvme10, and drives without a name last.
func compareNames(a, b string) int {
	if a == "" || b == "" {
		return cmp.Compare(b, a)
	}
	split := func(s string) (string, int) {
		i := strings.IndexAny(s, "0123456789")
		if i < 0 {
			return s, -1
		}
		n := 0
		for _, r := range s[i:] {
			if r < '0' || r > '9' {
				break
			}
			n = n*10 + int(r-'0')
		}
		return s[:i], n
	}
	aWord, aNumber := split(a)
	bWord, bNumber := split(b)
	if aWord != bWord && aWord[:min(2, len(aWord))] == bWord[:min(2, len(bWord))] {
		return cmp.Or(cmp.Compare(len(aWord), len(bWord)), strings.Compare(aWord, bWord))
	}
	return cmp.Or(strings.Compare(aWord, bWord), cmp.Compare(aNumber, bNumber), strings.Compare(a, b))
}

// groups joins the pieces that are about the same drive: by the kernel's name
// first, then by what its devices share, by the world-wide name, and last by
// the serial number. The first two are the kernel's own ties and stand; the
// names that drives tell of themselves are refused where a veto says so.
func (list *evidenceList) groups() [][]*evidence {
	u := newUnion(list.pieces)
	apart := make(map[int][]string) // why a piece was kept from others
	for _, key := range []struct {
		of    func(driveKeys) string
		sure  bool
		place bool // it can hold one drive
	}{
		{func(k driveKeys) string { return k.device }, true, false},
		{func(k driveKeys) string { return k.controller }, true, false},
		{func(k driveKeys) string { return k.shared }, true, false},
		{func(k driveKeys) string { return k.behind }, false, true},
		{func(k driveKeys) string { return k.multipath }, false, false},
		{func(k driveKeys) string { return k.wwn }, false, false},
		{func(k driveKeys) string { return k.serial }, false, false},
	} {
		names, pieces := named(list.pieces, key.of)
		for _, name := range names {
			sets := u.sets(pieces[name])
			if key.sure {
				u.joinAll(sets)
				continue
			}
			whys := u.joinAgreeing(sets)
			for i, why := range whys {
				if why != "" {
					apart[sets[i]] = append(apart[sets[i]], why+" under the name "+name)
				}
			}
			if key.place && slices.Contains(whys, twoSerials) {
				list.odd = append(list.odd, u.twoInPlace(name, sets))
			}
		}
	}
	index := make(map[int]int)
	var groups [][]*evidence
	for i, e := range list.pieces {
		e.drive.Apart = apart[i]
		root := u.find(i)
		g, ok := index[root]
		if !ok {
			g = len(groups)
			index[root] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], e)
	}
	return groups
}

// A claim is what the pieces of one set say of the drive's identity.
type claim struct {
	serial, wwn, nqn string
	ownSerial        string // as smartctl reads it from the drive itself
	ownModel         string // likewise
	bytes            uint64
	subsystem        string // the kernel's name of the NVMe drive's subsystem
	nvmeAt           string // the PCI function that shows the NVMe drive's namespaces
	namespace        string // the EUI-64 or NGUID of its first namespace
	alone            string // the kernel's name, of what has but one path
	unit             seat   // where a SCSI disk hangs
	units            bool   // it has several world-wide names: those of its logical units
	tray             string // the controller and the enclosure in which a RAID tool saw it
	slot             string // and the slot in it
	toolsWord        bool   // a RAID tool's, which may cut a serial number and name the port
}

// minSerial is how much of a serial number tells drives apart.
const minSerial = 8

// sameSerial tells that two serial numbers are one, of which a tool may have
// cut the end.
func sameSerial(a, b string) bool {
	return a == b || len(a) >= minSerial && strings.HasPrefix(b, a) || len(b) >= minSerial && strings.HasPrefix(a, b)
}

// sameTarget tells that two names are of one SAS drive: those of its unit, its
// target and its ports differ in the last two bits.
func sameTarget(a, b string) bool {
	return len(a) == len(b) && len(a) == 16 && a[:15] == b[:15]
}

// A veto says why two sets cannot be one drive, "" if they can.
type veto func(a, b *claim) string

// vetoes are what refuses a join by a name that drives tell of themselves. What
// joins wrongly is worse than what stays apart: apart, a person can see it.
var vetoes = []veto{
	func(a, b *claim) string {
		x, y := cmp.Or(a.ownSerial, a.serial), cmp.Or(b.ownSerial, b.serial)
		if x != "" && y != "" && x != y && !((a.toolsWord || b.toolsWord) && sameSerial(x, y)) {
			return twoSerials
		}
		return ""
	},
	func(a, b *claim) string {
		tool := a.toolsWord || b.toolsWord // which may name the port, the drive's or its own
		if a.wwn != "" && b.wwn != "" && a.wwn != b.wwn && !(tool && (sameTarget(a.wwn, b.wwn) || a.serial != "" && sameSerial(a.serial, b.serial))) {
			return "two world-wide names"
		}
		return ""
	},
	func(a, b *claim) string {
		if a.ownModel != "" && b.ownModel != "" && a.ownModel != b.ownModel {
			return "two models"
		}
		return ""
	},
	func(a, b *claim) string {
		if a.bytes != 0 && b.bytes != 0 && a.bytes != b.bytes {
			return "two sizes"
		}
		return ""
	},
	func(a, b *claim) string {
		if a.nqn != "" && b.nqn != "" && a.nqn != b.nqn || a.subsystem != "" && b.subsystem != "" && a.subsystem != b.subsystem {
			return "two NVMe subsystems"
		}
		return ""
	},
	func(a, b *claim) string { // a drive with two ports has one subsystem, and shows its namespaces on both
		if a.nvmeAt != "" && b.nvmeAt != "" && a.nvmeAt != b.nvmeAt && (a.nqn == "" || a.nqn != b.nqn) && (a.namespace == "" || a.namespace != b.namespace) {
			return "two PCI functions"
		}
		return ""
	},
	func(a, b *claim) string {
		if twoUnits(a.unit, b.unit) {
			return "two logical units"
		}
		return ""
	},
	func(a, b *claim) string { // one that is seen by two expanders is in two enclosures
		if a.tray != "" && a.tray == b.tray && a.slot != b.slot {
			return "two slots"
		}
		return ""
	},
	func(a, b *claim) string {
		if a.alone != "" && b.alone != "" && a.alone != b.alone {
			return "two ports"
		}
		return ""
	},
}

// twoSerials is why two pieces are not of one drive that tell a serial number each.
const twoSerials = "two serial numbers"

// twoInPlace says that a controller's tool and smartctl tell of two drives where there is
// room for one: it was changed while a tool kept what it knew, or the two count otherwise.
func (u *union) twoInPlace(name string, sets []int) error {
	var serials []string
	for _, s := range sets {
		serials = append(serials, strconv.Quote(cmp.Or(u.claims[s].ownSerial, u.claims[s].serial)))
	}
	controller, number, _ := strings.Cut(name, " ")
	return from("drive "+number+" behind "+controller, &toolError{"storage.contradiction", "its serial number is told as " + strings.Join(serials, " and as ")})
}

// twoUnits tells two logical units of one SCSI target. Those of one drive share
// more than the names that drives tell of themselves.
func twoUnits(a, b seat) bool {
	return a.hctl != "" && b.hctl != "" && a.host == b.host && a.pci == b.pci && a.target() == b.target() && a.lun() != b.lun()
}

// A union is a set of disjoint sets, each with what it claims.
type union struct {
	parent []int
	claims []claim
}

func newUnion(pieces []*evidence) *union {
	u := &union{parent: make([]int, len(pieces)), claims: make([]claim, len(pieces))}
	for i, e := range pieces {
		u.parent[i] = i
		u.claims[i] = claim{serial: e.keys.serial, wwn: e.keys.wwn, nqn: e.keys.nqn, alone: e.alone, unit: e.unit, subsystem: e.subsystem, bytes: e.drive.CapacityBytes}
		if e.rank == rankSmartctl {
			u.claims[i].ownSerial, u.claims[i].ownModel = e.keys.serial, e.drive.Model
		}
		if e.drive.Controller != "" && e.drive.Slot != "" {
			u.claims[i].tray, u.claims[i].slot = e.drive.Controller+" "+e.drive.Enclosure, e.drive.Slot
		}
		if e.rank == rankRAID { // sizes are rounded, or those of a part
			u.claims[i].toolsWord, u.claims[i].bytes = true, 0
		}
		if e.keys.controller != "" || e.keys.shared != "" && e.drive.Protocol != "sas" || strings.HasPrefix(e.keys.device, "nvme") {
			u.claims[i].bytes = 0 // a namespace's size is not the drive's; the units of a SAS drive are of one size
		}
		if len(e.drive.Namespaces) > 0 {
			u.claims[i].nvmeAt, u.claims[i].namespace = e.drive.PCIAddress, namespaceID(&e.drive)
		}
	}
	return u
}

func (u *union) find(i int) int {
	for u.parent[i] != i {
		u.parent[i] = u.parent[u.parent[i]]
		i = u.parent[i]
	}
	return i
}

// named returns the names of one kind in the order of the pieces, and the pieces
// that have each.
func named(pieces []*evidence, of func(driveKeys) string) (names []string, with map[string][]int) {
	with = make(map[string][]int)
	for i, e := range pieces {
		name := of(e.keys)
		if name == "" {
			continue
		}
		if with[name] == nil {
			names = append(names, name)
		}
		with[name] = append(with[name], i)
	}
	return names, with
}

// sets returns the sets of some pieces, each once.
func (u *union) sets(pieces []int) []int {
	for i := range pieces {
		pieces[i] = u.find(pieces[i])
	}
	pieces = slices.Compact(pieces) // the sources of one drive stand together, mostly
	if len(pieces) < 3 {
		return pieces
	}
	seen := make(map[int]bool, len(pieces))
	return slices.DeleteFunc(pieces, func(i int) bool {
		again := seen[i]
		seen[i] = true
		return again
	})
}

// joinAll makes one set of all.
func (u *union) joinAll(sets []int) {
	for _, s := range sets[1:] {
		if a, b := u.find(sets[0]), u.find(s); a != b {
			u.join(a, b)
		}
	}
}

// maxParted bounds how many sets with one name are compared with each other: a
// fleet of fakes costs linear time. It is how many bits a word has.
const maxParted = 64

// joinAgreeing makes one set of all that have a name in common, if no veto parts
// any of them. If one does, the name is not a drive's own: only those are joined
// that all agree with each other. What could be either of two drives stays for
// itself. Of each set it says why it was parted from another, "" if it was not.
func (u *union) joinAgreeing(sets []int) []string {
	if u.agree(sets) {
		u.joinAll(sets)
		return nil
	}
	why := make([]string, len(sets))
	compared := min(len(sets), maxParted)
	var agrees [maxParted]uint64 // with which sets each one does
	for i := range compared {
		agrees[i] |= 1 << i
		for j := range i {
			if w := u.vetoed(sets[i], sets[j]); w != "" {
				why[i], why[j] = cmp.Or(why[i], w), cmp.Or(why[j], w)
				continue
			}
			agrees[i] |= 1 << j
			agrees[j] |= 1 << i
		}
	}
	var one [maxParted]bool
	for i := range compared {
		one[i] = isOne(agrees[:compared], i)
		for j := range i {
			switch {
			case agrees[i]&(1<<j) == 0:
			case one[i] && one[j]:
				u.joinAll([]int{sets[j], sets[i]})
			default:
				why[i], why[j] = cmp.Or(why[i], eitherOf), cmp.Or(why[j], eitherOf)
			}
		}
	}
	for i := compared; i < len(sets); i++ {
		why[i] = "many drives"
	}
	return why
}

// isOne tells that the sets with which one agrees agree with each other: it is
// one drive with all of them, and no other's.
func isOne(agrees []uint64, i int) bool {
	for j, other := range agrees {
		if agrees[i]&(1<<j) != 0 && agrees[i]&^other != 0 {
			return false
		}
	}
	return true
}

// eitherOf is why a piece stays for itself that nothing but a shared name ties to
// its drive.
const eitherOf = "it could be either of two drives"

// agree tells that no veto parts any of the sets.
func (u *union) agree(sets []int) bool {
	all := u.claims[sets[0]]
	for _, s := range sets[1:] {
		if vetoedClaims(&all, &u.claims[s]) != "" {
			return false
		}
		all.add(u.claims[s])
	}
	return true
}

func (u *union) vetoed(a, b int) string { return vetoedClaims(&u.claims[a], &u.claims[b]) }

func vetoedClaims(a, b *claim) string {
	for _, v := range vetoes {
		if why := v(a, b); why != "" {
			return why
		}
	}
	return ""
}

func (u *union) join(a, b int) {
	if b < a {
		a, b = b, a
	}
	u.parent[b] = a
	u.claims[a].add(u.claims[b])
}

// add takes over what another set claims beyond this one's.
func (c *claim) add(d claim) {
	if c.units = c.units || d.units || c.wwn != "" && d.wwn != "" && !sameTarget(c.wwn, d.wwn); c.units {
		c.wwn, d.wwn = "", ""
	}
	c.serial, c.wwn, c.bytes = cmp.Or(c.serial, d.serial), cmp.Or(c.wwn, d.wwn), cmp.Or(c.bytes, d.bytes)
	c.nvmeAt, c.namespace = cmp.Or(c.nvmeAt, d.nvmeAt), cmp.Or(c.namespace, d.namespace)
	c.alone, c.subsystem = cmp.Or(c.alone, d.alone), cmp.Or(c.subsystem, d.subsystem)
	c.toolsWord = c.toolsWord || d.toolsWord
	if c.tray == "" {
		c.tray, c.slot = d.tray, d.slot
	}
	if c.unit.hctl == "" {
		c.unit = d.unit
	}
	c.nqn, c.ownSerial, c.ownModel = cmp.Or(c.nqn, d.nqn), cmp.Or(c.ownSerial, d.ownSerial), cmp.Or(c.ownModel, d.ownModel)
}
