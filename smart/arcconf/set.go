// SPDX-License-Identifier: Apache-2.0

package arcconf

import (
	"strings"
)

// put writes a value into the field that takes it, if there is one.
func put(field *string, value string) bool {
	if field == nil {
		return false
	}
	*field = word(value)
	return true
}

// setOutside takes what stands in no record: the first lines of GETSTATUS.
func (p *parser) setOutside(l *Line, key []byte) bool {
	if string(key) != "current operation" {
		return false
	}
	if word(l.Value) != "" {
		p.doc.Tasks = append(p.doc.Tasks, Task{Operation: l.Value, Line: l.Number})
	}
	return true
}

// setController takes a line of the controller, or of LIST, which has the
// same heading.
func (p *parser) setController(l *Line, key []byte) bool {
	if strings.HasSuffix(l.Key, ":") || string(key) == "controller id" {
		return p.listEntry(l)
	}
	if p.doc.Controller == nil {
		p.doc.Controller = &Controller{Line: l.Number}
	}
	c := p.doc.Controller
	switch v := l.Value; string(key) {
	case "installed memory", "cache memory":
		c.MemoryBytes = p.size(v)
	case "defunct disk drive count":
		c.DefunctDrives = p.count(v)
	case "logical devices/failed/degraded", "logical drives/offline/critical":
		p.counts(c, v)
	case "pci address (domain:bus:device:function)":
		c.PCIAddress = p.address(v)
	case "temperature":
		c.TemperatureText, c.TemperatureCelsius = word(v), p.celsius(v)
	default:
		return put(c.text(key), v)
	}
	put(c.text(key), l.Value)
	return true
}

// listEntry takes "Controller 1: : Optimal, Slot 16, Mixed, Name, Serial, WWN".
func (p *parser) listEntry(l *Line) bool {
	name, number := numbered(l.Key)
	if name != "Controller" {
		return string(p.fold(l.Key)) == "controller id" // the head of the list
	}
	cells := strings.Split(l.Value, ", ")
	for len(cells) < 6 {
		cells = append(cells, "")
	}
	p.doc.List = append(p.doc.List, ListEntry{
		Number: number, StatusText: cells[0], Slot: strings.TrimPrefix(cells[1], "Slot "), Mode: cells[2],
		Model: cells[3], Serial: cells[4], WWN: wwn(cells[5]), Line: l.Number,
	})
	return true
}

// counts reads "2/0/0".
func (p *parser) counts(c *Controller, text string) {
	parts := strings.Split(text, "/")
	if len(parts) != 3 {
		p.fail(text, ErrSyntax)
		return
	}
	c.VolumeCount, c.FailedVolumes, c.DegradedVolumes = p.count(parts[0]), p.count(parts[1]), p.count(parts[2])
}

// setBackup takes a line of the battery, the ZMM or the supercap.
func (p *parser) setBackup(l *Line, key []byte) bool {
	if p.doc.Controller == nil {
		p.doc.Controller = &Controller{Line: l.Number}
	}
	c := p.doc.Controller
	if c.Backup == nil {
		c.Backup = &Backup{Line: l.Number}
	}
	b := c.Backup
	if !put(b.text(key), l.Value) {
		return p.setController(l, p.fold(l.Key))
	}
	switch v := l.Value; string(key) {
	case "status", "overall backup unit status", "backup power status":
		b.StatusText, b.State = v, batteryState(v)
	case "current temperature", "temperature":
		b.TemperatureCelsius = p.celsius(v)
	case "health":
		b.HealthPercent = p.percentage(v)
	case "charge level", "capacity remaining":
		b.ChargePercent = p.percentage(v)
	}
	return true
}

func batteryState(text string) BatteryState {
	text = strings.TrimPrefix(text, "ZMM ")
	switch strings.ToLower(text) {
	case "optimal", "ok", "ready", "fully charged":
		return BatteryOK
	case "charging", "recharging", "not fully charged", "not ready": // yet
		return BatteryCharging
	case "learning":
		return BatteryLearning
	case "not installed", "not present", "missing", "absent":
		return BatteryMissing
	}
	if strings.HasPrefix(text, "Failed") || strings.HasPrefix(text, "Defunct") {
		return BatteryFailed
	}
	return ""
}

// setSensor takes a line of a thermometer, which begins with its number.
func (p *parser) setSensor(l *Line, key []byte) bool {
	c := p.doc.Controller
	if c == nil {
		return false
	}
	if string(key) == "sensor id" {
		c.Sensors = append(c.Sensors, Sensor{ID: l.Value, Line: l.Number})
		return true
	}
	if len(c.Sensors) == 0 {
		return false
	}
	s := &c.Sensors[len(c.Sensors)-1]
	switch v := l.Value; string(key) {
	case "current value":
		s.TemperatureCelsius = p.celsius(v)
	case "max value since powered on":
		s.MaxTemperatureCelsius = p.celsius(v)
	case "location":
		s.Location = v
	default:
		return false
	}
	return true
}

// setVolume takes a line of a volume.
func (p *parser) setVolume(l *Line, key []byte) bool {
	vol := &p.doc.Volumes[len(p.doc.Volumes)-1]
	switch v := l.Value; {
	case isMember(key):
		vol.Members = append(vol.Members, member(l))
	case string(key) == "size":
		vol.SizeBytes = p.size(v)
	case string(key) == "global hot-spare", string(key) == "dedicated hot-spare":
		vol.HotSpares = append(vol.HotSpares, v)
	case string(key) == "block size of member drives":
		vol.MemberBlockBytes = p.blockSize(v)
	default:
		if !put(vol.text(key), v) {
			return false
		}
		if strings.HasPrefix(string(key), "status of ") {
			vol.State, vol.ProgressPercent = volumeState(v), p.progress(v)
		}
	}
	return true
}

// isMember knows "segment 0", "group 0, segment 1", "device 0", "logical 0".
func isMember(key []byte) bool {
	name, digits, ok := strings.Cut(string(key), " ")
	if !ok || digits == "" || digits[0] < '0' || digits[0] > '9' {
		return false
	}
	return name == "segment" || name == "group" || name == "device" || name == "logical"
}

// member reads "Present (953869MB, SATA, HDD, Enclosure:1, Slot:0) SERIAL", or
// "Missing".
func member(l *Line) Member {
	m := Member{Place: l.Key, Line: l.Number}
	status, rest, _ := strings.Cut(l.Value, "(")
	m.StatusText = strings.TrimSpace(status)
	place, serial, _ := strings.Cut(rest, ")")
	m.Location, m.Serial = place, strings.TrimSpace(serial)
	switch m.StatusText {
	case "Present":
		m.State = Online
	case "Missing":
		m.State = Missing
	case "Rebuilding":
		m.State = Rebuilding
	case "Failed":
		m.State = Failed
	case "Offline", "Inconsistent": // its data is of yesterday
		m.State = Offline
	}
	return m
}

// volumeState knows the states of volumes: "Impacted ( Build/Verify with fix :
// 90 % )" is one whose redundancy is being made.
func volumeState(text string) VolumeState {
	lower := strings.ToLower(text)
	has := func(word string) bool { return strings.Contains(lower, word) }
	switch {
	case strings.HasPrefix(lower, "failed"):
		return VolumeFailed
	case has("rebuild") && !strings.HasPrefix(lower, "ready"), strings.HasPrefix(lower, "recovering"):
		return VolumeRebuilding
	case strings.HasPrefix(lower, "optimal"), lower == "ok", lower == "okay":
		return VolumeOptimal
	case strings.HasPrefix(lower, "suboptimal"), strings.HasPrefix(lower, "partially degraded"):
		return VolumePartiallyDegraded
	case strings.HasPrefix(lower, "degraded"), strings.HasPrefix(lower, "interim recovery"), strings.HasPrefix(lower, "ready for re"), strings.HasPrefix(lower, "critical"):
		return VolumeDegraded
	case strings.HasPrefix(lower, "impacted"), has("build"), has("initializ"), has("clear"):
		return VolumeInitializing
	case has("reconfigur"), has("transform"), has("expan"), has("migrat"):
		return VolumeReshaping
	case has("offline"), lower == "disabled":
		return VolumeOffline
	case has("verif"):
		return VolumeChecking
	}
	return ""
}

// setArray takes a line of an array.
func (p *parser) setArray(l *Line, key []byte) bool {
	a := &p.doc.Arrays[len(p.doc.Arrays)-1]
	switch v := l.Value; {
	case isMember(key) && key[0] == 'l':
		status, rest, _ := strings.Cut(v, " (")
		a.Volumes = append(a.Volumes, ArrayVolume{Name: l.Key, StatusText: status, Text: rest, Line: l.Number})
	case isMember(key):
		a.Members = append(a.Members, member(l))
	case string(key) == "total size":
		a.SizeBytes = p.size(v)
	case string(key) == "unused size":
		n := p.size(v)
		a.UnusedBytes = &n
	case string(key) == "block size":
		a.BlockBytes = p.blockSize(v)
	default:
		return put(a.text(key), v)
	}
	return true
}

func (p *parser) setEnclosure(l *Line, key []byte) bool {
	e := &p.doc.Enclosures[len(p.doc.Enclosures)-1]
	part := Part{Name: l.Key, StatusText: l.Value, Line: l.Number}
	switch name := string(key); {
	case strings.HasPrefix(name, "fan "):
		e.Fans = append(e.Fans, part)
	case strings.HasPrefix(name, "power supply "):
		e.PowerSupplies = append(e.PowerSupplies, part)
	case strings.HasPrefix(name, "temperature sensor"):
		e.TemperatureSensors = append(e.TemperatureSensors, part)
	default:
		return put(e.text(key), l.Value)
	}
	return true
}

func (p *parser) setConnector(l *Line, key []byte) bool {
	return put(p.doc.Connectors[len(p.doc.Connectors)-1].text(key), l.Value)
}

func (p *parser) setPHY(l *Line, key []byte) bool {
	d := p.doc
	var list []PHY
	if p.isDevice {
		list = d.Drives[len(d.Drives)-1].PHYs
	} else {
		list = d.Connectors[len(d.Connectors)-1].PHYs
	}
	return put(list[len(list)-1].text(key), l.Value)
}

func (p *parser) setTask(l *Line, key []byte) bool {
	t := &p.doc.Tasks[len(p.doc.Tasks)-1]
	if string(key) == "percentage complete" {
		t.ProgressPercent = p.percent(l.Value)
		return true
	}
	return put(t.text(key), l.Value)
}
