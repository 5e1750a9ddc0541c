// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/mchus/bee/nvme"
	"github.com/mchus/bee/smart"

	"github.com/mchus/bee/inventory/report"
)

// addLsblk adds the disks that lsblk lists, with what stands on them. Where the
// kernel's own list could be read, lsblk adds to what is in it and nothing
// else: it calls everything "disk" that the kernel makes up.
func (b *blocks) addLsblk(list *smart.BlockDevices) {
	b.markBridged(list)
	for _, dev := range list.Roots {
		name := cmp.Or(dev.KernelName, dev.Name)
		if dev.Type != "disk" && dev.Type != "rom" || isBootArea(name) {
			continue
		}
		if b.seen && !b.drives[name] {
			b.addVolumeFromLsblk(dev, name)
			continue
		}
		if !b.seen && (isUnreal(name) || dev.Transport == "usb" && isVirtualMedium(genuine(dev.Vendor), genuine(dev.Model))) {
			continue
		}
		if !b.seen && (dev.Transport == "iscsi" || dev.Transport == "fc") {
			b.addVolumeFromLsblk(dev, name)
			continue
		}
		if isRAIDName(genuine(dev.Vendor), genuine(dev.Model)) { // of which the kernel's files did not tell
			b.turnIntoVolume(name)
			b.addVolumeFromLsblk(dev, name)
			continue
		}
		serial, wwn := genuineSerial(dev.Serial), driveName(wwnDigits(dev.WWN))
		if sameName(serial, dev.WWN) || b.bridged[name] || isModelName(dev, serial) {
			serial = ""
		}
		if wwn == "" && isSASName(dev, serial) { // udev knows no serial number, and gives the name for it
			serial, wwn = "", wwnDigits(serial)
		}
		d := driveFromLsblk(dev, name, serial, wwn)
		if !b.seen && dev.Transport == "sas" && isHCTL(dev.HCTL) {
			b.addUnit(&d, name, seat{hctl: dev.HCTL})
		}
		keys := driveKeys{device: name, serial: serial, wwn: wwn, shared: b.sharedUnit(name, serial)}
		if strings.HasPrefix(name, "nvme") { // its WWN is the namespace's
			keys.wwn, wwn = "", ""
		}
		e := evidence{source: "lsblk", rank: rankLsblk, name: name, keys: keys, drive: d}
		if dev.Transport == "sata" || dev.Transport == "usb" || !b.seen && dev.Transport == "" && wwn == "" { // bridges lend their serial number
			e.alone = name
		}
		b.add(e)
	}
}

// turnIntoVolume says that what was taken for a drive is a controller's volume.
func (b *blocks) turnIntoVolume(name string) {
	if _, known := b.volumeAt[name]; known {
		return
	}
	if b.turned == nil {
		b.turned = make(map[string]bool)
	}
	b.turned[name] = true
	delete(b.drives, name)
	b.addVolumeEntry(report.Volume{Name: name, Kind: "raid", Paths: []string{"/dev/" + name}, Unread: "its controller's tool was not asked for its state"})
}

// sayOfVolume adds what smartctl says of a volume that only it could name.
func (b *blocks) sayOfVolume(name string, s *smart.Device) {
	v := &b.volumes[b.volumeAt[name]]
	v.SizeBytes = cmp.Or(v.SizeBytes, s.CapacityBytes)
	v.Vendor, v.Model = cmp.Or(v.Vendor, genuine(s.Vendor)), cmp.Or(v.Model, genuine(s.Product))
	v.WWN = cmp.Or(v.WWN, hexName(driveName(wwnDigits(s.WWN))))
	if !slices.Contains(v.Sources, "smartctl") {
		v.Sources = append(v.Sources, "smartctl")
	}
}

// sayOfCard keeps what smartctl says of a card that shows a volume of its drives, if
// that is bad: it is the card's word, and not a drive's.
func (b *blocks) sayOfCard(address string, s *smart.Device) {
	c := &b.adapters[b.adapterAt[address]]
	if h := s.Health(); h.Verdict == smart.Warning || h.Verdict == smart.Critical {
		c.Status = strings.TrimSuffix(h.Reasons[0].Text, ".")
	}
	if !slices.Contains(c.Sources, "smartctl") {
		c.Sources = append(c.Sources, "smartctl")
	}
}

// turn gives the volumes that were taken for drives what was said of these.
func (b *blocks) turn() {
	if b.turned == nil {
		return
	}
	b.pieces = slices.DeleteFunc(b.pieces, func(e *evidence) bool {
		if !b.turned[e.keys.device] {
			return false
		}
		v := &b.volumes[b.volumeAt[e.keys.device]]
		v.SizeBytes, v.PCIAddress = cmp.Or(v.SizeBytes, e.drive.CapacityBytes), cmp.Or(v.PCIAddress, e.drive.PCIAddress)
		v.Vendor, v.Model = cmp.Or(v.Vendor, e.drive.Vendor), cmp.Or(v.Model, e.drive.Model)
		if !slices.Contains(v.Sources, e.source) {
			v.Sources = append(v.Sources, e.source)
		}
		return true
	})
}

// isModelName tells a serial number that udev has made of the model, since the
// drive has none: "ST1000DM003", with the maker of a SCSI disk "0LABCO_U320-73",
// with the unit of a USB disk "Generic_Flash_Disk-0:0".
func isModelName(dev *smart.BlockDevice, serial string) bool {
	words := func(s string) string {
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '_' || r == ' ' }), " ")
	}
	model, made := words(dev.Model), words(serial)
	whole := words(dev.Vendor) + " " + model
	if name, unit, ok := strings.Cut(made, "-"); ok && dev.Transport == "usb" && strings.Trim(unit, ":0123456789") == "" {
		made = name
	}
	return model != "" && (made == model || made == whole || strings.TrimLeft(made, "0123456789") == whole)
}

// isSASName tells a serial number of a SAS disk that has the form of a world-wide
// name.
func isSASName(dev *smart.BlockDevice, serial string) bool {
	return dev.Transport == "sas" && strings.HasPrefix(wwnDigits(serial), "5")
}

// markBridged marks the USB disks that share a serial number: no disk on USB has
// two paths, so that it is their bridge's.
func (b *blocks) markBridged(list *smart.BlockDevices) {
	first := make(map[string]string)
	for _, dev := range list.Roots {
		if dev.Type != "disk" || dev.Transport != "usb" || genuineSerial(dev.Serial) == "" {
			continue
		}
		name := cmp.Or(dev.KernelName, dev.Name)
		if other, again := first[dev.Serial]; again {
			b.bridged[name], b.bridged[other] = true, true
		}
		first[dev.Serial] = name
	}
}

// addVolumeFromLsblk adds what lsblk knows of a volume, and a volume that only
// lsblk knows.
func (b *blocks) addVolumeFromLsblk(dev *smart.BlockDevice, name string) {
	if i, known := b.volumeAt[name]; known {
		v := &b.volumes[i]
		v.SizeBytes = cmp.Or(v.SizeBytes, deref(dev.SizeBytes))
		v.Vendor, v.Model = cmp.Or(v.Vendor, genuine(dev.Vendor)), cmp.Or(v.Model, genuine(dev.Model))
		v.WWN = cmp.Or(v.WWN, hexName(driveName(wwnDigits(dev.WWN))))
		v.Partitions = appendPartitions(nil, dev)
		v.Sources = append(v.Sources, "lsblk")
		return
	}
	kind := ""
	switch vendor, model := genuine(dev.Vendor), genuine(dev.Model); {
	case b.seen:
		return // the kernel's own list has it as something else
	case dev.Transport == "iscsi", dev.Transport == "fc":
		kind = dev.Transport
	case isRAIDName(vendor, model):
		kind = "raid"
	}
	v := report.Volume{
		Name: name, Kind: kind, SizeBytes: deref(dev.SizeBytes), Paths: []string{"/dev/" + name}, WWN: hexName(driveName(wwnDigits(dev.WWN))),
		Vendor: genuine(dev.Vendor), Model: genuine(dev.Model), Partitions: appendPartitions(nil, dev), Sources: []string{"lsblk"},
	}
	if kind == "raid" {
		v.Unread = "its controller's tool was not asked for its state"
	}
	b.addVolumeEntry(v)
}

// isUnreal tells the names of block devices that the kernel makes up, where
// its own list cannot be read.
func isUnreal(name string) bool {
	if madeUp(name) != "" {
		return true
	}
	for _, prefix := range []string{"loop", "ram", "zram", "dm-", "fd", "mtdblock", "ublkb", "pmem", "nullb", "rnbd", "scini", "emcpower", "pxd", "etherd"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

func driveFromLsblk(b *smart.BlockDevice, name, serial, wwn string) report.Drive {
	d := report.Drive{
		Paths: []string{"/dev/" + name}, Model: genuine(b.Model), Firmware: genuine(b.Revision), Serial: serial, WWN: hexName(wwn),
		Protocol: b.Transport, Removable: b.Removable != nil && *b.Removable,
	}
	vendor := genuine(b.Vendor)
	if !isBusName(vendor) {
		d.Vendor = vendor
	}
	if d.Protocol == "" || d.Protocol == "sas" && vendor == "ATA" {
		d.Protocol = busOf(name, seat{}, vendor)
	}
	if b.Type == "rom" {
		d.Media = "optical"
	} else if b.Rotational != nil && !*b.Rotational {
		d.Media = "ssd"
	}
	d.Virtual = hypervisorOf(&d)
	if d.Media != "optical" {
		setBlock(&d, deref(b.SizeBytes), int(deref(b.LogicalBlockBytes)), int(deref(b.PhysicalBlockBytes)))
	}
	d.Partitions = appendPartitions(nil, b)
	return d
}

// appendPartitions lists what stands on a disk, at any depth: partitions, and
// the file systems of volumes on them.
func appendPartitions(list []report.Partition, b *smart.BlockDevice) []report.Partition {
	if b.FSType != "" || len(b.Mountpoints) > 0 {
		list = append(list, partitionOf(b))
	}
	for _, child := range b.Children {
		if child.Type == "part" && child.FSType == "" && len(child.Mountpoints) == 0 {
			list = append(list, partitionOf(child))
		}
		list = appendPartitions(list, child)
	}
	return list
}

func partitionOf(b *smart.BlockDevice) report.Partition {
	return report.Partition{Name: b.Name, SizeBytes: deref(b.SizeBytes), FSType: b.FSType, Mountpoints: b.Mountpoints}
}

// addSmart adds what smartctl says of a drive. What it says of a volume is the
// controller's word, and there is none.
func (b *blocks) addSmart(answer smartAnswer) {
	found, s := answer.found, answer.said
	if s == nil {
		s = new(smart.Device) // its name, and why there is no more
	}
	name := strings.TrimPrefix(found.Path, "/dev/")
	if address := b.cards[name]; address != "" {
		b.sayOfCard(address, s)
		return
	}
	member := behindController(found.Type)
	if !member && isRAIDName(genuine(s.Vendor), genuine(cmp.Or(s.Product, s.ModelName))) {
		b.turnIntoVolume(name)
		b.sayOfVolume(name, s)
	}
	if !member && b.isElsewhere(found.Path) {
		return
	}
	if rpm := s.RotationRPM; s.SCSI != nil && rpm != nil && *rpm == 0 && b.rotating[name] {
		disk := *s // smartctl prints 0 for flash and for a rate that is not reported
		disk.RotationRPM = nil
		s = &disk
	}
	e := evidence{source: "smartctl", rank: rankSmartctl, health: s.NVMe != nil && s.NVMe.Health != nil, drive: driveFromSmart(s)}
	e.keys = driveKeys{wwn: driveName(wwnDigits(s.WWN)), serial: genuineSerial(s.SerialNumber)}
	e.drive.WWN = hexName(e.keys.wwn)
	path := found.Path
	switch {
	case member:
		path += " " + found.Type
		host := strings.TrimPrefix(found.Path, "/dev/bus/")
		e.drive.PCIAddress = cmp.Or(answer.at, b.hosts["host"+host])
		if _, did, ok := strings.Cut(found.Type, "megaraid,"); ok && e.drive.PCIAddress != "" {
			e.keys.behind = e.drive.PCIAddress + " " + did
		}
	case isNamespace(name):
		e.keys.device, e.keys.wwn = name, ""
		e.keys.controller = b.controllers[name]
	case strings.HasPrefix(name, "nvme"):
		e.keys.controller, e.keys.wwn = name, ""
	default:
		e.keys.device, e.keys.shared = name, b.sharedUnit(name, e.keys.serial)
	}
	e.drive.Paths = []string{path}
	if own := e.drive.Smart; answer.cut && own != nil && own.Verdict.Health == report.OK { // nothing wrong in half an answer is not good news
		own.Verdict.Health, e.health = report.Unknown, false
		e.drive.Unread = "smartctl's answer is not one whole document"
	}
	e.drive.Unread = cmp.Or(answer.why, e.drive.Unread)
	e.bridge(found.Type)
	b.add(e)
}

// isNamespace tells an NVMe namespace, "nvme0n1", from its controller, "nvme0".
func isNamespace(name string) bool {
	rest, ok := strings.CutPrefix(name, "nvme")
	return ok && strings.Contains(rest, "n")
}

// bridge marks a drive in a USB enclosure: it hangs on USB, and its own
// interface is another.
func (e *evidence) bridge(deviceType string) {
	if strings.HasPrefix(deviceType, "usb") || strings.HasPrefix(deviceType, "snt") {
		e.drive.Interface, e.drive.Protocol = e.drive.Protocol, "usb"
	}
}

func driveFromSmart(s *smart.Device) report.Drive {
	d := report.Drive{
		Model: genuine(cmp.Or(s.Product, s.ModelName)), Vendor: genuine(s.Vendor), Serial: genuineSerial(s.SerialNumber),
		Firmware: genuine(s.FirmwareVersion), Protocol: protocolOf(s),
		FormFactor: s.FormFactor, Link: linkOfDrive(s), Smart: smartOf(s),
	}
	setBlock(&d, s.CapacityBytes, int(s.LogicalBlockBytes), int(s.PhysicalBlockBytes))
	if rpm := s.RotationRPM; rpm != nil && *rpm > 0 {
		d.RotationRPM, d.Media = int(*rpm), "hdd"
	} else if rpm != nil && s.SCSI == nil { // a SCSI drive that says 0 does not say
		d.Media = "ssd"
	}
	if s.NVMe != nil {
		for _, ns := range s.NVMe.Namespaces {
			if ns.ID == smart.AllNamespaces {
				continue
			}
			d.Namespaces = append(d.Namespaces, report.Namespace{ID: int(ns.ID), CapacityBytes: deref(small(ns.CapacityBytes)), BlockBytes: int(ns.BlockBytes), EUI64: nvmeID(ns.EUI64)})
		}
	}
	if d.Smart == nil || d.Smart.Verdict.Health == report.Unknown {
		d.Unread = noVerdict(s)
	}
	return d
}

// noVerdict words why smartctl's answer tells nothing of the drive's health.
func noVerdict(s *smart.Device) string {
	switch h := s.Health(); {
	case s.SmartAvailable != nil && !*s.SmartAvailable:
		return "it has no SMART"
	case isNoLog(h), len(h.Reasons) > 0 && (h.Reasons[0].Code == report.CodeSmartDisabled || h.Reasons[0].Code == report.CodeSmartIncomplete):
		return strings.TrimSuffix(h.Reasons[0].Text, ".")
	}
	return "smartctl says nothing of its health"
}

// protocolOf names the transport where smartctl can tell it.
func protocolOf(s *smart.Device) string {
	switch {
	case s.Protocol == "NVMe":
		return "nvme"
	case s.Protocol == "ATA" && !strings.HasPrefix(s.Type, "usb") && s.ATA != nil && s.ATA.SATAVersion != nil:
		return "sata"
	case s.SCSI != nil && s.SCSI.TransportProtocol != nil && strings.HasPrefix(s.SCSI.TransportProtocol.Text, "SAS"):
		return "sas"
	}
	return ""
}

// linkOfDrive is the speed of a SATA link, or of the fastest link of a SAS
// drive.
func linkOfDrive(s *smart.Device) *report.DriveLink {
	var link report.DriveLink
	if s.LinkCurrent != nil {
		link.CurrentGbps = float64(s.LinkCurrent.BitsPerSecond) / 1e9
	}
	if s.LinkMax != nil {
		link.MaxGbps = float64(s.LinkMax.BitsPerSecond) / 1e9
	}
	if s.SCSI != nil {
		for _, port := range s.SCSI.Ports {
			for _, phy := range port.Phys {
				link.CurrentGbps = max(link.CurrentGbps, float64(phy.LinkBitsPerSecond())/1e9)
			}
		}
	}
	return orNil(link)
}

// smartOf takes a drive's word on its health, nil if it gave none.
func smartOf(s *smart.Device) *report.Smart {
	h := s.Health()
	if h.Verdict == smart.Unknown && s.Temperature.CurrentCelsius == nil && s.PowerOnHours == nil {
		return nil
	}
	if isNoLog(h) {
		return &report.Smart{Verdict: verdictOf(h)}
	}
	out := &report.Smart{
		Verdict: verdictOf(h), Passed: s.Passed,
		TemperatureC: toInt(s.Temperature.CurrentCelsius), PowerOnHours: s.PowerOnHours, PowerCycles: s.PowerCycles,
		UsedPct: toInt(s.PercentUsed()), SparePct: toInt(s.PercentSpare()),
	}
	if s.Tool.ExitStatus != nil {
		out.ExitStatus = new(int(*s.Tool.ExitStatus))
	}
	if s.SCSI != nil {
		out.GrownDefects = s.SCSI.GrownDefects
	}
	if s.NVMe != nil && s.NVMe.Health != nil {
		n := s.NVMe.Health
		out.MediaErrors, out.UnsafeShutdowns = small(n.MediaErrors), small(n.UnsafeShutdowns)
	}
	out.BytesWritten, out.BytesRead = counted(s.BytesWritten()), counted(s.BytesRead())
	if s.ATA != nil {
		for _, a := range s.ATA.Attributes {
			out.Attributes = append(out.Attributes, report.Attribute{
				ID: int(a.ID), Name: a.Name, Value: a.Value, Worst: a.Worst, Threshold: a.Threshold,
				Raw: a.Raw, RawText: a.RawText, Failing: a.WhenFailed,
			})
		}
	}
	return out
}

// isNoLog tells a health log of which nothing was read from the drive.
func isNoLog(h smart.Health) bool {
	return slices.ContainsFunc(h.Reasons, func(r smart.Reason) bool {
		return r.Code == report.CodeSmartNoData && strings.HasPrefix(r.Attribute, "nvme_")
	})
}

// small returns a counter that fits into 64 bits, nil for none and for one
// that is too large to be true.
func small[T interface{ Uint64() (uint64, bool) }](n *T) *uint64 {
	if n == nil {
		return nil
	}
	if v, ok := (*n).Uint64(); ok {
		return &v
	}
	return nil
}

// counted is small for a counter that may not be known.
func counted[T interface{ Uint64() (uint64, bool) }](n T, ok bool) *uint64 {
	if !ok {
		return nil
	}
	return small(&n)
}

// silentControllers returns the NVMe controllers whose health nobody told.
func (list *evidenceList) silentControllers() []string {
	told := make(map[string]bool)
	for _, e := range list.pieces {
		if e.health {
			told[e.keys.controller] = true
		}
	}
	var names []string
	for _, e := range list.pieces {
		if c := e.keys.controller; c != "" && !told[c] && e.name == "" {
			told[c] = true
			names = append(names, c)
		}
	}
	return names
}

// addNVMe adds what nvme-cli says of a controller; either may be nil, and why says
// what is wrong with the log. Nothing wrong in a log of which only a part was read
// is not good news.
func (list *evidenceList) addNVMe(name string, id *nvme.IDCtrl, log *nvme.SmartLog, why string) {
	if id == nil && log == nil && why == "" {
		return
	}
	e := evidence{source: "nvme", rank: rankNVMe, keys: driveKeys{controller: name}}
	if id != nil {
		e.keys.serial = genuineSerial(id.Serial)
	}
	if id != nil {
		e.drive = report.Drive{Model: genuine(id.Model), Serial: genuineSerial(id.Serial), Firmware: genuine(id.Firmware)}
	}
	if log == nil {
		e.drive.Unread = why
		list.add(e)
		return
	}
	e.drive.Smart = smartOfLog(log)
	switch v := &e.drive.Smart.Verdict; {
	case why != "" && v.Health == report.OK:
		v.Health, e.drive.Unread = report.Unknown, "nvme did not tell its whole SMART log"
	case v.Health == report.Unknown && len(v.Reasons) > 0:
		e.drive.Unread = strings.TrimSuffix(v.Reasons[0].Text, ".")
	case v.Health == report.Unknown:
		e.drive.Unread = why
	}
	list.add(e)
}

// smartOfLog takes a drive's word on its health from nvme-cli, judged as
// smartctl's would be.
func smartOfLog(log *nvme.SmartLog) *report.Smart {
	h := smart.Health{Verdict: smart.Unknown}
	if log.CriticalWarning != nil { // a log without it was cut short
		h = smart.JudgeNVMe(healthLog(log))
	}
	if isNoLog(h) {
		return &report.Smart{Verdict: verdictOf(h)}
	}
	s := &report.Smart{
		Verdict: verdictOf(h), TemperatureC: log.TemperatureCelsius,
		UsedPct: log.UsedPercent, SparePct: log.SparePercent,
		MediaErrors: small(log.MediaErrors), UnsafeShutdowns: small(log.UnsafeShutdowns),
	}
	s.PowerOnHours, s.PowerCycles = signed(small(log.PowerOnHours)), signed(small(log.PowerCycles))
	s.BytesWritten, s.BytesRead = counted(log.BytesWritten()), counted(log.BytesRead())
	return s
}

// healthLog is nvme-cli's log as smartctl would give it: what smart's rules
// look at.
func healthLog(log *nvme.SmartLog) *smart.NVMeHealth {
	h := &smart.NVMeHealth{
		CriticalWarning: smart.CriticalWarning(deref(log.CriticalWarning)), Celsius: long(log.TemperatureCelsius),
		SparePercent: long(log.SparePercent), SpareThresholdPercent: long(log.SpareThresholdPercent), UsedPercent: long(log.UsedPercent),
		WarningMinutes: long(log.WarningMinutes), CriticalMinutes: long(log.CriticalMinutes),
	}
	if n := log.MediaErrors; n != nil {
		h.MediaErrors = &smart.Uint128{Hi: n.Hi, Lo: n.Lo}
	}
	return h
}

// long is a number in 64 bits, nil for none.
func long[T int | uint32](n *T) *int64 {
	if n == nil {
		return nil
	}
	return new(int64(*n))
}

// verdictOf words a verdict as the report does.
func verdictOf(h smart.Health) report.Verdict {
	v := report.Verdict{Health: string(h.Verdict)}
	for _, r := range h.Reasons {
		v.Reasons = append(v.Reasons, report.Reason{
			Code: r.Code, Severity: string(r.Severity), Attribute: r.Attribute, Value: r.Value, Threshold: r.Threshold, Text: r.Text,
		})
	}
	return v
}

// signed returns a counter, nil for one that is too large to be true.
func signed(n *uint64) *int64 {
	if n == nil || *n > math.MaxInt64 {
		return nil
	}
	return new(int64(*n))
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// behindController tells that a device type of smartctl names a drive behind a
// RAID controller: the path is the controller's then.
func behindController(deviceType string) bool {
	for _, kind := range []string{"megaraid,", "cciss,", "3ware,", "areca,", "aacraid,", "hpt,", "sssraid,"} {
		if strings.Contains(deviceType, kind) {
			return true
		}
	}
	return false
}
