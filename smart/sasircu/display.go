// SPDX-License-Identifier: Apache-2.0

package sasircu

import (
	"strconv"
	"strings"
)

// setNothing takes no line: it stands where only headings may.
func (p *parser) setNothing(*Line) bool { return false }

// setController takes a line of "Controller information".
func (p *parser) setController(l *Line) bool {
	var c Controller
	if p.doc.Controller != nil {
		c = *p.doc.Controller
	} else {
		c.Line = l.Number
	}
	switch v := l.Value; l.Key {
	case "Controller type":
		c.Model = word(v)
	case "BIOS version":
		c.BIOS = word(v)
	case "Firmware version":
		c.Firmware = word(v)
	case "Channel description":
		c.Channel = word(v)
	case "Initiator ID":
		c.InitiatorID = p.int(v)
	case "Maximum physical devices":
		c.MaxDevices = p.number(v)
	case "Concurrent commands supported":
		c.ConcurrentCommands = p.number(v)
	case "Slot":
		c.Slot = p.int(v)
	case "Segment":
		p.setPCI(&c, 0, v)
	case "Bus":
		p.setPCI(&c, 1, v)
	case "Device":
		p.setPCI(&c, 2, v)
	case "Function":
		p.setPCI(&c, 3, v)
	case "RAID Support":
		c.RAIDSupport = yes(v)
	case "PI Supported":
		c.PISupported = yes(v)
	case "PI Mixing":
		c.PIMixing = word(v)
	default:
		return false
	}
	p.doc.Controller = &c
	return true
}

// setPCI takes one of the four parts of the address, which are decimal.
func (p *parser) setPCI(c *Controller, part int, text string) {
	if n := p.int(text); n != nil {
		c.pci[part] = *n
		c.known |= 1 << part
	}
}

// setVolume takes a line of a volume.
func (p *parser) setVolume(l *Line) bool {
	vol := &p.doc.Volumes[len(p.doc.Volumes)-1]
	switch v := l.Value; l.Key {
	case "Volume ID":
		vol.ID = p.number(v)
	case "PI Supported":
		vol.PISupported = yes(v)
	case "PI Enabled":
		vol.PIEnabled = yes(v)
	case "Status of volume":
		vol.StateText = word(v)
		vol.Inactive = strings.HasPrefix(v, "Inactive")
		vol.State = volumeState(v)
	case "Volume wwid":
		vol.WWID, vol.NAA = word(v), naa(v)
	case "RAID level":
		vol.Level = word(v)
	case "Size (in MB)":
		vol.SizeBytes = p.mebibytes(v)
	case "Boot":
		vol.Boot = word(v)
	case "Physical hard disks": // stands above the members
	default:
		return p.addMember(vol, l)
	}
	return true
}

// addMember takes "PHY[0] Enclosure#/Slot# : 1:0".
func (p *parser) addMember(vol *Volume, l *Line) bool {
	text, ok := strings.CutPrefix(l.Key, "PHY[")
	if !ok {
		return false
	}
	phy, rest, ok := strings.Cut(text, "]")
	if !ok || strings.TrimSpace(rest) != "Enclosure#/Slot#" {
		return false
	}
	enclosure, slot, _ := strings.Cut(l.Value, ":")
	m := Member{Line: l.Number}
	var errs [3]error
	m.PHY, errs[0] = small(phy)
	m.Enclosure, errs[1] = small(enclosure)
	m.Slot, errs[2] = small(slot)
	for _, err := range errs {
		if err != nil {
			p.fail(l.Value, ErrSyntax)
			return true
		}
	}
	vol.Members = append(vol.Members, m)
	return true
}

// small reads a number that any int can hold.
func small(text string) (int, error) {
	n, err := strconv.ParseUint(text, 10, 31)
	return int(n), err
}

func (p *parser) setDrive(l *Line) bool {
	return p.setDevice(&p.doc.Drives[len(p.doc.Drives)-1], l)
}

func (p *parser) setOther(l *Line) bool {
	return p.setDevice(&p.doc.Others[len(p.doc.Others)-1], l)
}

// setDevice takes a line of a device.
func (p *parser) setDevice(d *Drive, l *Line) bool {
	switch v := l.Value; l.Key {
	case "Enclosure #":
		d.Enclosure = p.int(v)
	case "Slot #":
		d.Slot = p.int(v)
	case "SAS Address":
		d.SASAddress = digits(v)
	case "State":
		d.StateText, d.State = word(v), driveState(v)
	case "Size (in MB)/(in sectors)":
		d.SizeBytes = p.driveSize(v)
	case "Manufacturer":
		d.Vendor = word(v)
	case "Model Number":
		d.Model = word(v)
	case "Firmware Revision":
		d.Firmware = word(v)
	case "Serial No":
		d.InquirySerial = word(v)
	case "Unit Serial No(VPD)":
		d.Serial = word(v)
	case "GUID":
		d.WWN = digits(word(v))
	case "Protocol":
		d.Protocol = word(v)
	case "Drive Type", "Device Type":
		d.Type = word(v)
	case "PI Supported":
		d.PISupported = yes(v)
	default:
		return false
	}
	return true
}

// finish draws from a device's lines what none of them says alone.
func (d *Drive) finish() {
	if d.Serial == "" {
		d.Serial = d.InquirySerial
	}
	if bus, media, ok := strings.Cut(d.Type, "_"); ok {
		d.Interface, d.Media = bus, media
	} else {
		d.Interface = d.Protocol
	}
	if d.State == Missing {
		d.Enclosure, d.Slot = nil, nil
	}
}

// driveSize reads "476940/976773167": the size in MiB, and the address of the
// last sector.
func (p *parser) driveSize(text string) uint64 {
	if isNothing(text) {
		return 0
	}
	mb, last, ok := strings.Cut(text, "/")
	mebibytes, err1 := strconv.ParseUint(mb, 10, 40)
	sector, err2 := strconv.ParseUint(last, 10, 50)
	if !ok || err1 != nil || err2 != nil {
		p.fail(text, ErrSyntax)
		return 0
	}
	if sector == 0 {
		return mebibytes << 20
	}
	block := uint64(512)
	if (sector+1)*block < mebibytes<<20/4 { // the tool counts in sectors of the drive
		block = 4096
	}
	return (sector + 1) * block
}

// setEnclosure takes a line of "Enclosure information", where "Enclosure#"
// begins the next one.
func (p *parser) setEnclosure(l *Line) bool {
	if l.Key == "Enclosure#" {
		p.doc.Enclosures = append(p.doc.Enclosures, Enclosure{Number: p.number(l.Value), Line: l.Number})
		return true
	}
	if len(p.doc.Enclosures) == 0 {
		return false
	}
	e := &p.doc.Enclosures[len(p.doc.Enclosures)-1]
	switch v := l.Value; l.Key {
	case "Logical ID":
		e.LogicalID = word(v)
	case "Numslots":
		e.Slots = p.number(v)
	case "StartSlot":
		e.StartSlot = p.int(v)
	default:
		return false
	}
	return true
}

// code returns the abbreviation in "Inactive, Okay (OKY)".
func code(text string) string {
	i := strings.LastIndexByte(text, '(')
	if i < 0 {
		return ""
	}
	return strings.TrimRight(text[i+1:], ")")
}

// driveState knows the states of the SAS-3 Integrated RAID Solution User
// Guide, appendix A, DISPLAY. "Degraded (DGD)" and "Standby (SBY)", which is
// said of devices that are not disks, are none of ours.
func driveState(text string) State {
	switch code(text) {
	case "ONL", "OPT":
		return Online
	case "HSP":
		return HotSpare
	case "RDY", "AVL":
		return Unconfigured
	case "FLD":
		return Failed
	case "MIS":
		return Missing
	case "RBLD", "OSY":
		return Rebuilding
	}
	return ""
}

// volumeState knows the states of volumes in DISPLAY, by their abbreviations.
func volumeState(text string) VolumeState {
	switch code(text) {
	case "OKY", "ONL", "OPT":
		return VolumeOptimal
	case "DGD":
		return VolumeDegraded
	case "RBLD":
		return VolumeRebuilding
	case "FLD":
		return VolumeFailed
	case "MIS":
		return VolumeMissing
	case "INIT":
		return VolumeInitializing
	}
	return ""
}
