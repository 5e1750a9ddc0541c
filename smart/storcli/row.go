// SPDX-License-Identifier: Apache-2.0

package storcli

import "strings"

// A rowKind is what the rows of a list are about. The first column tells, in
// some lists together with the name of the section.
type rowKind byte

const (
	noRow rowKind = iota
	driveRow
	volumeRow
	topologyRow
	foreignRow
	enclosureRow
	batteryRow
	batteryProperty // a name and a value
	overviewRow
	settingRow  // a name, a value, and what else there is
	licenceRow  // each column is a setting
	freeRow     // a hole in a drive group
	unitRow     // a logical unit or namespace
	progressRow // what runs on a drive or volume
	pathRow
	detailRow // of a status
	createdRow
)

func kindOf(section, first string) rowKind {
	if section == "Detailed Status" {
		return detailRow
	}
	switch first {
	case "EID:Slt":
		return driveRow
	case "DG/VD":
		return volumeRow
	case "DG":
		if strings.HasPrefix(section, "FOREIGN") {
			return foreignRow
		}
		return topologyRow
	case "EID":
		return enclosureRow
	case "Ctl", "Ctrl":
		if section == "ASO" {
			return licenceRow
		}
		return overviewRow
	case "Ctrl_Prop", "Policy", "Adv S/W Opt", "Software option", "Prop", "Auto-config property":
		return settingRow
	case "PID":
		return unitRow
	case "ID":
		return freeRow
	case "Drive-ID", "VD":
		return progressRow
	case "VDID":
		return createdRow
	case "Port", "ConnId", "SASAddress":
		return pathRow
	case "Property":
		return batteryProperty // or a setting, see start
	case "Model", "Type":
		if batteryKind(section) != "" {
			return batteryRow
		}
	}
	return noRow
}

// batteryKind tells what kind of battery a section is about.
func batteryKind(section string) string {
	switch {
	case strings.HasPrefix(section, "BBU"), section == "GasGaugeStatus":
		return "bbu"
	case strings.HasPrefix(section, "Cachevault"), strings.HasPrefix(section, "CacheVault"):
		return "cachevault"
	case strings.HasPrefix(section, "Energy Pack"), strings.HasPrefix(section, "EnergyPack"):
		return "energy_pack"
	}
	return ""
}

// A row is one being read.
type row struct {
	kind    rowKind
	started bool
	section section

	// One of these is what the row fills in: an element of its list.
	drive     *Drive
	volume    *Volume
	topology  *TopologyRow
	enclosure *Enclosure
	battery   *Battery
	overview  *Overview
	free      *FreeSpace
	unit      *Unit
	path      *Path
	detail    *Detail

	setting Setting
	values  []byte // of the setting, where they are several
	op      Operation
}

// set reads a column and reports whether it is known.
func (r *row) set(b *builder, key string) bool {
	if r.started && r.setColumn(key, &b.input) { // most
		return true
	}
	if isPadded(key) {
		key = trim(key)
	}
	if !r.started {
		r.started = true
		r.section = b.sec
		switch {
		case b.room():
			r.start(b, key)
		case b.rows == maxRows+1: // say so once
			b.raw()
			b.reject(ErrLimit)
			return true
		}
	}
	switch r.kind {
	case batteryProperty:
		return r.setProperty(b, key)
	case settingRow:
		return r.setSetting(b, key)
	case licenceRow, createdRow:
		c := b.controller()
		c.Settings = b.setting(c.Settings, r.section.name, key)
		return true
	case progressRow:
		return r.setProgress(b, key)
	case driveRow:
		if key == "EID:Slt" {
			r.openDrive(b)
			return true
		}
	case volumeRow:
		if key == "DG/VD" {
			r.openVolume(b)
			return true
		}
	}
	return r.setColumn(key, &b.input)
}

// setColumn reads a column of a row that is an element of a list.
func (r *row) setColumn(key string, in *input) bool {
	switch r.kind {
	case driveRow:
		return r.drive.setRow(key, in)
	case volumeRow:
		return r.volume.set(key, in)
	case topologyRow, foreignRow:
		return r.topology.set(key, in)
	case enclosureRow:
		return r.enclosure.set(key, in)
	case batteryRow:
		return r.battery.set(key, in)
	case overviewRow:
		return r.overview.set(key, in)
	case freeRow:
		return r.free.set(key, in)
	case unitRow:
		return r.unit.set(key, in)
	case pathRow:
		return r.path.set(key, in)
	case detailRow:
		return r.detail.set(key, in)
	}
	return false
}

// start finds out what the row is about, and makes room for it in its list.
func (r *row) start(b *builder, key string) {
	r.kind = kindOf(r.section.name, key)
	b.seen = b.seen || r.kind != noRow
	switch r.kind {
	case topologyRow:
		r.topology = grow(b, &b.controller().Topology, 1)
	case foreignRow:
		r.topology = grow(b, &b.controller().Foreign, 1)
	case enclosureRow:
		r.enclosure = grow(b, &b.controller().Enclosures, 1)
	case freeRow:
		r.free = grow(b, &b.controller().FreeSpace, 1)
	case unitRow:
		r.unit = grow(b, &b.controller().Units, 4) // each drive has a list
	case overviewRow:
		r.overview = grow(b, &b.r.Overview, 1)
	case batteryRow, batteryProperty:
		r.startBattery(b)
	case pathRow:
		if b.drive == nil {
			r.kind = noRow
			return
		}
		r.path = grow(b, &b.drive.link().Paths, 1)
	case detailRow:
		if b.answer < 0 {
			r.kind = noRow
			return
		}
		r.detail = grow(b, &b.r.Answers[b.answer].Details, 1)
	}
}

// grow appends an element to a list and returns it. A new list has room for as
// many as are expected, and for least.
func grow[T any](b *builder, list *[]T, least int) *T {
	var zero T
	if *list == nil {
		*list = make([]T, 0, max(b.expected(), least))
	}
	*list = append(*list, zero)
	return &(*list)[len(*list)-1]
}

// startBattery finds out which battery the row is about. In the answer of cv
// and bbu, only the first section says so: "Cachevault_Info", and then
// "Firmware_Status" and others.
func (r *row) startBattery(b *builder) {
	if kind := batteryKind(r.section.name); kind != "" {
		b.batteryKind = kind
	}
	if b.batteryKind == "" {
		r.kind = settingRow
		return
	}
	r.battery = b.controller().battery(b.batteryKind)
}

func (r *row) openDrive(b *builder) {
	enclosure, slot := b.pair(':')
	r.drive = b.driveAt(place{enclosure, slot})
	r.drive.foreign = false
	b.touch(r.drive)
}

func (r *row) openVolume(b *builder) {
	group, number := b.pair('/')
	if number < 0 {
		r.volume = &Volume{}
		b.controller().Volumes = append(b.controller().Volumes, r.volume)
	} else {
		r.volume = b.volumeWith(number)
	}
	r.volume.Group = b.known(group)
	b.volume = r.volume
}

// setProperty reads the name of a battery's property, and then its value.
func (r *row) setProperty(b *builder, key string) bool {
	switch key {
	case "Property":
		r.setting.Name = b.str()
	case "Value":
		if !r.battery.set(r.setting.Name, &b.input) {
			r.battery.Settings = b.setting(r.battery.Settings, r.section.name, r.setting.Name)
		}
	default:
		return false
	}
	return true
}

func (r *row) setSetting(b *builder, key string) bool {
	value := strings.TrimSpace(b.raw())
	b.settings++
	switch {
	case r.setting.Name == "":
		r.setting.Name = value
	case key == "Default":
		r.setting.Default = value
	case r.setting.Value == "":
		r.setting.Value = value
	case value != "" && value != "-":
		if len(r.values) == 0 {
			r.values = append(r.values, r.setting.Value...)
		}
		r.values = append(append(r.values, "; "...), value...)
	}
	return true
}

func (r *row) setProgress(b *builder, key string) bool {
	switch key {
	case "Drive-ID":
		path, ok := strings.CutPrefix(b.str(), "/c")
		at, found := drivePath(path)
		if !ok || !found {
			b.reject(ErrSyntax)
			r.kind = noRow
			return true
		}
		r.drive = b.driveAt(at)
	case "VD":
		n := b.num()
		if n == nil {
			r.kind = noRow
			return true
		}
		r.volume = b.volumeWith(*n)
	case "Operation":
		r.op.Name = b.str()
	case "Progress%":
		r.op.Percent = b.percent()
	case "Status":
		r.op.Status = b.str()
	case "Estimated Time Left":
		r.op.Remaining = b.str()
	default:
		return false
	}
	return true
}

// done takes a row that was read to its end.
func (r *row) done(b *builder) {
	switch r.kind {
	case driveRow:
		d, v := r.drive, b.volume
		if d != b.drive || r.section.owner == ofMember { // else touch does it
			d.settle()
		}
		if r.section.owner == ofMember && v != nil {
			v.Members = append(v.Members, Member{d.Enclosure, d.Slot, d.DID, d.PID, d.StateText, d.State, d.SizeText})
		}
	case settingRow:
		c := b.controller()
		r.setting.Group = r.section.name
		if len(r.values) > 0 {
			r.setting.Value = string(r.values)
		}
		c.Settings = append(c.Settings, r.setting)
	case progressRow:
		r.doneProgress(b)
	}
}

// doneProgress takes what runs. The tool names what it was asked for in the
// description alone: "Show Drive Rebuild Status Succeeded."
func (r *row) doneProgress(b *builder) {
	if r.op.Name == "" && b.answer >= 0 {
		name := strings.TrimPrefix(b.r.Answers[b.answer].Description, "Show Drive ")
		if name, _, ok := strings.Cut(name, " Status"); ok {
			r.op.Name = name
		}
	}
	if r.drive != nil {
		r.drive.Operations = append(r.drive.Operations, r.op)
	}
	if r.volume != nil {
		r.volume.Operations = append(r.volume.Operations, r.op)
	}
}

func (f *FreeSpace) set(key string, in *input) bool {
	switch key {
	case "ID":
		f.ID = in.num()
	case "DG":
		f.Group = in.num()
	case "AftrVD":
		f.AfterVolume = in.num()
	case "Size":
		f.SizeText = in.str()
	default:
		return false
	}
	return true
}

func (u *Unit) set(key string, in *input) bool {
	switch key {
	case "PID":
		u.PID = in.num()
	case "LUN/NSID":
		u.Address = in.str()
	case "Index":
		u.Index = in.num()
	case "Status":
		u.Status = in.str()
	case "Size":
		u.SizeText = in.str()
	default:
		return false
	}
	return true
}

func (d *Detail) set(key string, in *input) bool {
	switch key {
	case "VD", "PID", "EID:Slt", "Drive":
		text := in.str()
		if key == "VD" && text != "" {
			text = "VD " + text
		}
		if d.Object == "" {
			d.Object = text
		}
	case "Operation":
		d.Operation = in.str()
	case "Property":
		d.Property = in.str()
	case "Value":
		d.Value = in.str()
	case "Status":
		d.Status = in.str()
	case "ErrType":
		d.ErrorType = in.str()
	case "ErrCd":
		d.ErrorCode = in.num()
	case "ErrMsg", "Description":
		d.Message = in.str()
	case "Ctrl":
		in.skip()
	default:
		return false
	}
	return true
}
