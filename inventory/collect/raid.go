// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart/arcconf"
	"github.com/mchus/bee/smart/mdadm"
	"github.com/mchus/bee/smart/megacli"
	"github.com/mchus/bee/smart/sasircu"
	"github.com/mchus/bee/smart/ssacli"
	"github.com/mchus/bee/smart/storcli"
)

// A raidController is what a maker's tool says of one controller and of what
// hangs on it, in the words of the report.
type raidController struct {
	source  string // the tool
	about   report.StorageController
	drives  []raidDrive
	volumes []raidSet
}

// A raidDrive is a drive as its controller knows it.
type raidDrive struct {
	drive report.Drive
	// behind is the number by which smartctl asks for the drive through its
	// controller, "" where the two count otherwise.
	behind string
}

// A raidSet is a volume as its controller knows it.
type raidSet struct {
	volume  report.Volume
	members []int  // indices of the controller's drives
	target  *int64 // by which MegaRAID's and aacraid's drivers show it, nil if unknown
}

// raidAnswers are all that the RAID tools said.
type raidAnswers struct {
	mu          sync.Mutex
	controllers []raidController
	why         map[string]string // by address: why no tool described a controller
	arrays      map[string]*mdadm.Array
	mdstat      *mdadm.Mdstat
	absent      map[string][]string // by array: members that the kernel does not show
	former      map[string][]string // by array: devices that were its members
	loose       []looseArray        // arrays that do not run
	unreadLoose []string            // members of such arrays that nobody could read
	whyLoose    string
}

// A raidFamily is the controllers of one kind of driver, and who asks their
// tool. A tool is run only where the kernel shows such a controller: it takes
// its time, and some write to the disk that they run from.
type raidFamily struct {
	drivers []string
	tools   []string // that can ask it, in the order in which they are tried
	ask     func(ctx context.Context, a *asker, tool string) ([]raidController, *answer, error)
	all     bool // each tool knows some of the controllers
}

var raidFamilies = []raidFamily{
	{drivers: []string{"megaraid_sas"}, tools: []string{"storcli64", "storcli", "perccli64", "perccli", "MegaCli64", "MegaCli", "megacli"}, ask: askMegaRAID},
	{drivers: []string{"mpi3mr"}, tools: []string{"storcli2", "perccli2"}, ask: askStorcli},
	{drivers: []string{"mpt3sas", "mpt2sas"}, tools: []string{"sas3ircu", "sas2ircu"}, ask: askIRCU, all: true},
	{drivers: []string{"hpsa", smartpqiHPE}, tools: []string{"ssacli", "hpssacli"}, ask: askSsacli},
	{drivers: []string{"aacraid", smartpqiOther}, tools: []string{"arcconf"}, ask: askArcconf},
	{drivers: []string{"smartpqi"}, tools: []string{"ssacli", "arcconf"}, ask: askSmartpqi, all: true},
}

func askMegaRAID(ctx context.Context, a *asker, tool string) ([]raidController, *answer, error) {
	if strings.HasPrefix(strings.ToLower(tool), "megacli") {
		return askMegacli(ctx, a, tool)
	}
	return askStorcli(ctx, a, tool)
}

// smartpqi drives the controllers of two makers with a tool each. One whose
// maker cannot be read keeps the driver's own name.
const (
	smartpqiHPE   = "smartpqi of HPE"
	smartpqiOther = "smartpqi of Microchip"
)

func askSmartpqi(ctx context.Context, a *asker, tool string) ([]raidController, *answer, error) {
	if tool == "arcconf" {
		return askArcconf(ctx, a, tool)
	}
	return askSsacli(ctx, a, tool)
}

// itModeTools are the tools that know adapters in IT mode of which the adapters'
// own tools are too old to know.
var itModeTools = []string{"storcli64", "storcli"}

// raidPatience is how long a RAID tool may take: some ask each drive in turn.
// One that takes longer is not asked again, so that the audit as a whole ends in
// time.
const raidPatience = 75 * time.Second

// askRAID asks the tools of the RAID controllers that the kernel shows, and of
// its own RAID.
func askRAID(ctx context.Context, a *asker, adapters []report.StorageController) (*raidAnswers, error) {
	r := &raidAnswers{why: make(map[string]string)}
	drivers, err := look(a, sourceSysfs, func(fsys fs.FS) map[string]string { return raidDrivers(fsys, adapters) })
	slow := host.Within(ctx, raidPatience)
	errs := make([]error, len(raidFamilies)+1)
	var all sync.WaitGroup
	for i := range raidFamilies {
		all.Go(func() {
			errs[i] = r.askFamily(slow, a, &raidFamilies[i], drivers)
		})
	}
	all.Go(func() { errs[len(raidFamilies)] = r.askMD(ctx, a) })
	all.Wait()
	errs = append(errs, r.askITMode(slow, a, drivers)) // last: it may need an answer that the others got
	slices.SortFunc(r.controllers, func(a, b raidController) int { return strings.Compare(a.about.PCIAddress, b.about.PCIAddress) })
	return r, errors.Join(append(errs, err)...)
}

// raidDrivers returns the drivers of the storage controllers by PCI address.
func raidDrivers(fsys fs.FS, adapters []report.StorageController) map[string]string {
	const devices = "sys/bus/pci/devices"
	drivers := make(map[string]string)
	for _, c := range adapters {
		drivers[c.PCIAddress] = c.Driver
	}
	entries, _ := fs.ReadDir(fsys, devices)
	for _, e := range entries {
		dir := path.Join(devices, e.Name())
		if target, err := fs.ReadLink(fsys, dir+"/driver"); err == nil {
			if driver := path.Base(target); isRAIDDriver(driver) {
				drivers[e.Name()] = driver
			}
		}
	}
	for address, driver := range drivers {
		if driver != "smartpqi" {
			continue
		}
		switch readText(fsys, path.Join(devices, address, "subsystem_vendor")) {
		case "0x103c", "0x1590":
			drivers[address] = smartpqiHPE
		case "":
		default:
			drivers[address] = smartpqiOther
		}
	}
	return drivers
}

func isRAIDDriver(driver string) bool {
	return slices.ContainsFunc(raidFamilies, func(f raidFamily) bool { return slices.Contains(f.drivers, driver) })
}

// askFamily asks the tools of a family, one after the other until one knows
// the controllers that are there.
func (r *raidAnswers) askFamily(ctx context.Context, a *asker, f *raidFamily, drivers map[string]string) error {
	open := r.open(f.drivers, drivers)
	if len(open) == 0 {
		return nil
	}
	var errs []error
	var absent []*answer
	why := ""
	for _, tool := range f.tools {
		found, got, err := f.ask(ctx, a, tool)
		if got.state == report.StatusAbsent {
			absent = append(absent, got)
			continue
		}
		errs = append(errs, err)
		if w := got.why(); w != "" {
			why = tool + ": " + w
		} else if why == "" {
			why = tool + " does not describe it"
		}
		errs = append(errs, r.take(found, open, drivers))
		if open = r.open(f.drivers, drivers); len(open) == 0 || !f.all && len(found) > 0 || got.state == report.StatusTimeout {
			break
		}
	}
	if len(absent) == len(f.tools) {
		why = f.names() + ": not installed"
		absent = absent[1:]
	}
	a.forget(absent...)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, address := range open {
		if before := r.why[address]; before != "" {
			r.why[address] = before + "; " + why
		} else {
			r.why[address] = why
		}
	}
	return errors.Join(errs...)
}

// names lists the family's tools, each by the first of its names.
func (f *raidFamily) names() string {
	var list []string
	known := make(map[string]bool)
	for _, tool := range f.tools {
		if plain := strings.ToLower(strings.TrimSuffix(tool, "64")); !known[plain] {
			known[plain] = true
			list = append(list, tool)
		}
	}
	return strings.Join(list, ", ")
}

// askITMode asks for the adapters in IT mode that none of their own tools
// knows.
func (r *raidAnswers) askITMode(ctx context.Context, a *asker, drivers map[string]string) error {
	return r.askFamily(ctx, a, &raidFamily{drivers: []string{"mpt3sas"}, tools: itModeTools, ask: askStorcli}, drivers)
}

// open returns the controllers of some drivers that no tool has described, in
// the order of their addresses.
func (r *raidAnswers) open(of []string, drivers map[string]string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	described := make(map[string]bool, len(r.controllers))
	for i := range r.controllers {
		described[r.controllers[i].about.PCIAddress] = true
	}
	var list []string
	for address, driver := range drivers {
		if slices.Contains(of, driver) && !described[address] {
			list = append(list, address)
		}
	}
	slices.Sort(list)
	return list
}

// take keeps the controllers that the kernel shows too. One without an address
// is the only one there is. open is sorted.
func (r *raidAnswers) take(found []raidController, open []string, drivers map[string]string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var errs []error
	for _, c := range found {
		if c.about.PCIAddress == "" && len(open) == 1 && len(found) == 1 {
			c.about.PCIAddress = open[0]
		}
		address := c.about.PCIAddress
		_, shown := drivers[address]
		_, wanted := slices.BinarySearch(open, address)
		switch {
		case !shown:
			errs = append(errs, from(c.source, &toolError{"tool.incomplete", fmt.Sprintf("describes a controller at %q, where the kernel shows none", address)}))
			continue
		case !wanted: // another tool described it
			continue
		}
		delete(r.why, address)
		c.about.ID = "controller:" + address
		c.about.Sources = []string{c.source}
		r.controllers = append(r.controllers, c)
	}
	return errors.Join(errs...)
}

// unlessAbsent is the error of an answer; an absent tool is none. What a tool
// says of its failure on both its exit status and in its document is told once.
func (got *answer) unlessAbsent() error {
	switch {
	case got.state == report.StatusAbsent:
		return nil
	case isToolError(got.fault) && onlyFailure(got.err):
		return got.fault
	}
	return got.err
}

// onlyFailure tells that all that a parser has to say is that the tool failed.
func onlyFailure(err error) bool {
	failed, other := false, false
	walkErrors(err, "", func(_ string, err error) {
		is := slices.ContainsFunc([]error{storcli.ErrTool, megacli.ErrTool, sasircu.ErrTool, ssacli.ErrTool, arcconf.ErrTool}, func(f error) bool { return errors.Is(err, f) })
		failed, other = failed || is, other || !is && !isToolError(err)
	})
	return failed && !other
}

// addRAID adds what the controllers say of their drives.
func (list *evidenceList) addRAID(r *raidAnswers) {
	for i := range r.controllers {
		c := &r.controllers[i]
		for j := range c.drives {
			rd := &c.drives[j]
			d := rd.drive
			d.Controller, d.PCIAddress = c.about.ID, c.about.PCIAddress
			d.Serial, d.WWN = genuineSerial(d.Serial), hexName(driveName(wwnDigits(d.WWN)))
			c.drives[j].drive = d
			keys := driveKeys{serial: d.Serial, wwn: wwnDigits(d.WWN)}
			if rd.behind != "" {
				keys.behind = c.about.PCIAddress + " " + rd.behind
			}
			list.add(evidence{source: c.source, rank: rankRAID, keys: keys, drive: d, cutModel: true})
		}
	}
}

// settle puts what the tools said of controllers and volumes into the report.
// The drives have their ids by then.
func (r *raidAnswers) settle(s *report.Storage, targets map[string]int64) {
	r.settleControllers(s, targets)
	for i := range s.Drives {
		if d := &s.Drives[i]; d.State == "unconfigured" && d.Name != "" { // in no volume, and handed to the system
			d.State = "jbod"
		}
	}
	r.nameUntold(s)
	x := indexNames(s)
	if r.mdstat != nil {
		for i := range r.mdstat.Arrays {
			if a := &r.mdstat.Arrays[i]; !isMDContainer(a) {
				x.mdVolume(a.Name)
			}
		}
	}
	for i := range r.loose {
		x.mdVolume(r.loose[i].title())
	}
	if len(r.unreadLoose) > 0 {
		x.mdVolume(looseName)
	}
}

// settleControllers adds the controllers, and their volumes with their members.
func (r *raidAnswers) settleControllers(s *report.Storage, targets map[string]int64) {
	drives, volumes := indexDrives(s), indexVolumes(s, targets)
	controllers := make(map[string]int, len(s.Controllers)) // by address
	for i := range s.Controllers {
		controllers[s.Controllers[i].PCIAddress] = i
	}
	for i := range r.controllers {
		c := &r.controllers[i]
		if at, known := controllers[c.about.PCIAddress]; known {
			s.Controllers[at] = withTool(s.Controllers[at], &c.about)
		} else {
			controllers[c.about.PCIAddress] = len(s.Controllers)
			s.Controllers = append(s.Controllers, c.about)
		}
		for j := range c.volumes {
			v := &c.volumes[j]
			v.volume.Controller, v.volume.PCIAddress, v.volume.Kind = c.about.ID, c.about.PCIAddress, "raid"
			v.volume.Sources = []string{c.source}
			for _, m := range v.members {
				if id := drives.idOf(&c.drives[m].drive); id != "" {
					v.volume.Members = append(v.volume.Members, id)
				}
			}
			settleState(&v.volume, c, v.members)
			volumes.set(v)
		}
	}
}

// nameUntold says why nobody described a controller, and why a volume has no state.
func (r *raidAnswers) nameUntold(s *report.Storage) {
	for i := range s.Controllers {
		s.Controllers[i].Unread = r.why[s.Controllers[i].PCIAddress]
	}
	described := make(map[string]string, len(r.controllers)) // by address: the tool
	for i := range r.controllers {
		described[r.controllers[i].about.PCIAddress] = r.controllers[i].source
	}
	for i := range s.Volumes {
		v := &s.Volumes[i]
		why, tool := r.why[v.PCIAddress], described[v.PCIAddress]
		switch {
		case v.Kind != "raid" || v.State != "":
		case why != "":
			v.Unread = why
		case tool != "" && !slices.Contains(v.Sources, tool):
			v.Unread = tool + " does not list it"
		}
	}
}

// withTool adds to a controller what its tool says of it: the tool knows its
// card better than the bus does.
func withTool(c report.StorageController, said *report.StorageController) report.StorageController {
	c.Model, c.Firmware = cmp.Or(said.Model, c.Model), cmp.Or(said.Firmware, c.Firmware)
	c.Driver, c.Vendor = cmp.Or(c.Driver, said.Driver), cmp.Or(c.Vendor, said.Vendor)
	c.Unread = cmp.Or(said.Unread, c.Unread)
	c.Serial, c.Status, c.Mode = cmp.Or(said.Serial, c.Serial), cmp.Or(said.Status, c.Status), cmp.Or(c.Mode, said.Mode)
	c.Cache = cmp.Or(said.Cache, c.Cache)
	c.TemperatureC, c.Battery = cmp.Or(said.TemperatureC, c.TemperatureC), cmp.Or(said.Battery, c.Battery)
	if c.Errors == nil {
		c.Errors = said.Errors
	}
	if c.Enclosures == nil {
		c.Enclosures = said.Enclosures
	}
	if c.Parts == nil {
		c.Parts = said.Parts
	}
	for _, source := range said.Sources {
		if !slices.Contains(c.Sources, source) {
			c.Sources = append(slices.Clip(c.Sources), source)
		}
	}
	return c
}

// addPart adds a tool's word for an enclosure, or a part of one.
func addPart(c *report.StorageController, enclosure, part, status string) {
	if status == "" {
		return
	}
	if c.Parts == nil {
		c.Parts = make(map[string]string)
	}
	name := strings.TrimSpace("enclosure " + enclosure)
	if part != "" {
		name += ", " + part
	}
	c.Parts[name] = status
}

// A volumeIndex finds the volumes of controllers that no tool has described.
type volumeIndex struct {
	s      *report.Storage
	byWWN  map[[2]string][]int // by the controller's address and the world-wide name
	byPath map[[2]string]int   // by the controller's address and the path

	targets  map[string]int64  // by the kernel's name
	byTarget map[[2]string]int // by the controller's address and the target's number
}

func indexVolumes(s *report.Storage, targets map[string]int64) *volumeIndex {
	x := &volumeIndex{s, make(map[[2]string][]int), make(map[[2]string]int), targets, make(map[[2]string]int)}
	for i := range s.Volumes {
		x.add(i)
	}
	return x
}

func (x *volumeIndex) add(i int) {
	v := &x.s.Volumes[i]
	if v.Kind != "raid" || v.State != "" {
		return
	}
	if v.WWN != "" {
		key := [2]string{v.PCIAddress, v.WWN}
		x.byWWN[key] = append(x.byWWN[key], i)
	}
	for _, path := range v.Paths {
		x.byPath[[2]string{v.PCIAddress, path}] = i
	}
	if target, known := x.targets[v.Name]; known {
		x.byTarget[[2]string{v.PCIAddress, number(&target)}] = i
	}
}

// set joins a controller's volume with the block device that it is: by its
// world-wide name, or, where one of the two has none, by the number of its target or
// by the kernel's name for it, which the tool knows from the time when the machine
// started.
func (x *volumeIndex) set(set *raidSet) {
	said := &set.volume
	i, known := x.find(said)
	if at, shown := x.byTarget[[2]string{said.PCIAddress, number(set.target)}]; !known && shown && x.mayBe(at, said) {
		i, known = at, true
	}
	if known {
		fillVolume(&x.s.Volumes[i], said)
	} else {
		said.Paths = nil // no such device
		said.Unread = unknownState(said.State, said.StateText)
		i = len(x.s.Volumes)
		x.s.Volumes = append(x.s.Volumes, *said)
		x.add(i)
	}
}

func (x *volumeIndex) find(said *report.Volume) (at int, known bool) {
	key := [2]string{said.PCIAddress, said.WWN}
	for list := x.byWWN[key]; len(list) > 0; list = list[1:] {
		if x.byWWN[key] = list; x.s.Volumes[list[0]].State == "" {
			return list[0], true
		}
	}
	delete(x.byWWN, key)
	if len(said.Paths) == 0 {
		return 0, false
	}
	at, known = x.byPath[[2]string{said.PCIAddress, said.Paths[0]}]
	return at, known && x.mayBe(at, said)
}

// mayBe tells that nobody has described a volume, and that its world-wide name is
// not another than that of one that a tool describes.
func (x *volumeIndex) mayBe(at int, said *report.Volume) bool {
	v := &x.s.Volumes[at]
	return v.State == "" && (v.WWN == "" || said.WWN == "")
}

// settleState lays a controller's word for a volume beside what it says of the
// volume's members: of RAID 6 or three copies that have lost one a redundancy is left,
// for which the tools of Smart Arrays have no word.
func settleState(v *report.Volume, c *raidController, members []int) {
	lost := v.Missing
	for _, m := range members {
		switch c.drives[m].drive.State {
		case "failed", "missing", "offline", "rebuilding":
			lost++
		}
	}
	twice := v.Level == "6" && len(members) > 0 || (v.Level == "1" || v.Level == "1adm") && len(members) > 2
	if twice && lost == 1 && strings.HasPrefix(v.StateText, "Interim Recovery") {
		v.State = "partially_degraded"
	}
}

func fillVolume(v, said *report.Volume) {
	v.Controller, v.Level = said.Controller, cmp.Or(said.Level, v.Level)
	v.State, v.StateText, v.ProgressPct = said.State, said.StateText, said.ProgressPct
	v.Members, v.Missing, v.MissingIDs = said.Members, said.Missing, said.MissingIDs
	v.WriteCache, v.WriteCacheSet, v.BadBlocks = said.WriteCache, said.WriteCacheSet, said.BadBlocks
	v.SizeBytes, v.WWN = cmp.Or(v.SizeBytes, said.SizeBytes), cmp.Or(v.WWN, said.WWN)
	v.Sources = append(v.Sources, said.Sources...)
	v.Unread = unknownState(v.State, v.StateText)
}

// unknownState says why a state is not known: nobody told it, or in a word that
// bee does not know.
func unknownState(state, text string) string {
	switch {
	case state != "":
		return ""
	case text != "":
		return fmt.Sprintf("its controller calls it %q, which bee does not know", text)
	}
	return "its controller's tool does not tell its state"
}

// A driveIndex finds the drives that tools described.
type driveIndex struct {
	byPlace  map[[3]string]*report.Drive
	bySerial map[string][]*report.Drive
}

func indexDrives(s *report.Storage) driveIndex {
	x := driveIndex{make(map[[3]string]*report.Drive), make(map[string][]*report.Drive)}
	for i := range s.Drives {
		d := &s.Drives[i]
		if d.Slot != "" {
			x.byPlace[[3]string{d.Controller, d.Enclosure, d.Slot}] = d
		}
		if d.Serial != "" && len(x.bySerial[d.Serial]) < maxParted {
			x.bySerial[d.Serial] = append(x.bySerial[d.Serial], d)
		}
	}
	return x
}

// idOf returns the id of a drive that a tool described: by its place at the
// controller, or by its serial number where it has lost its place.
func (x driveIndex) idOf(said *report.Drive) string {
	if d := x.byPlace[[3]string{said.Controller, said.Enclosure, said.Slot}]; said.Slot != "" && d != nil {
		return d.ID
	}
	for _, d := range x.bySerial[said.Serial] {
		if d.WWN == said.WWN || d.WWN == "" || said.WWN == "" {
			return d.ID
		}
	}
	return ""
}

// raidLevel writes a RAID level as the report does: "RAID1+0", "raid10",
// "6 Reed-Solomon".
func raidLevel(text string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	word = strings.TrimLeft(strings.TrimPrefix(strings.ToLower(word), "raid"), "-_")
	return strings.ReplaceAll(word, "+", "")
}

// number writes a number that may not be known.
func number[T int | int64](n *T) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

// counts keeps the counters that are known, nil if none is.
func counts(named map[string]*int64) map[string]int64 {
	var out map[string]int64
	for name, n := range named {
		if n == nil {
			continue
		}
		if out == nil {
			out = make(map[string]int64)
		}
		out[name] = *n
	}
	return out
}

// isTrue is a counter of what is either so or not.
func isTrue(is bool) *int64 {
	if is {
		return new(int64(1))
	}
	return new(int64(0))
}

// toldByController: a controller that watches a drive's SMART and calls the
// drive well has told its health.
func toldByController(d *report.Drive) bool {
	_, watched := d.Errors["predictive"]
	return watched && d.State != ""
}
