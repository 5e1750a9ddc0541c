// SPDX-License-Identifier: Apache-2.0

package ssacli

import "strings"

// setController takes a line of the controller itself.
func (p *parser) setController(l *Line) bool {
	c := p.ctrl
	switch v := l.Value; l.Key {
	case "Slot":
		c.Slot = v
	case "Battery/Capacitor Count":
		c.BatteryCount = p.count(v)
	case "Controller Temperature (C)":
		c.TemperatureCelsius = p.count(v)
	case "Cache Module Temperature (C)":
		c.CacheTemperatureCelsius = p.count(v)
	case "Capacitor Temperature  (C)", "Capacitor Temperature (C)":
		c.CapacitorTemperatureCelsius = p.count(v)
	case "PCI Address (Domain:Bus:Device.Function)":
		c.PCIAddress = strings.ToLower(v)
	default:
		return p.setSetting(c, l)
	}
	return true
}

// setSetting takes a line whose value is kept as it is printed.
func (p *parser) setSetting(c *Controller, l *Line) bool {
	switch {
	case put(c.text(l.Key), l.Value):
	case strings.HasPrefix(l.Key, "Encryption"):
		c.EncryptionSettings = append(c.EncryptionSettings, *l)
	case strings.HasPrefix(l.Key, "SPDM "):
		c.SPDM = append(c.SPDM, *l)
	default:
		return false
	}
	return true
}

// put writes a value into the field that takes it, if there is one.
func put(field *string, value string) bool {
	if field == nil {
		return false
	}
	*field = word(value)
	return true
}

// finish draws from a controller's lines what none of them says alone.
func (c *Controller) finish() {
	c.Mode = strings.TrimSuffix(c.Mode, " Mode")
	c.CacheDisabled = strings.Contains(c.CacheStatus, "Disabled")
	c.Battery = batteryState(c.BatteryStatus)
	if c.Battery == "" && c.BatteryStatus == "" && c.BatteryCount != nil && *c.BatteryCount == 0 && c.BackupPower != "" {
		c.Battery = BatteryMissing
	}
}

func batteryState(text string) BatteryState {
	switch {
	case text == "OK":
		return BatteryOK
	case strings.HasPrefix(text, "Recharging"), strings.HasPrefix(text, "Charging"):
		return BatteryCharging
	case strings.HasPrefix(text, "Failed"):
		return BatteryFailed
	case strings.HasPrefix(text, "Not Present"), strings.HasPrefix(text, "No "), strings.HasPrefix(text, "Missing"):
		return BatteryMissing
	}
	return ""
}

// setArray takes a line of an array. "Data       HPE SSD Smart Path: disable"
// is two of them.
func (p *parser) setArray(l *Line) bool {
	a := &p.ctrl.Arrays[len(p.ctrl.Arrays)-1]
	switch v := l.Value; l.Key {
	case "Unused Space":
		n := p.size(v, 1024)
		a.UnusedBytes = &n
	case "Used Space":
		a.UsedBytes = p.size(v, 1024)
	case "Array Type":
		kind, rest, ok := strings.Cut(v, "  ")
		a.Type = kind
		if _, path, ok2 := strings.Cut(rest, ": "); ok && ok2 {
			a.SmartPath = path
		}
	default:
		return put(a.text(l.Key), v)
	}
	return true
}

// setVolume takes a line of a volume.
func (p *parser) setVolume(l *Line) bool {
	vol := &p.ctrl.Volumes[len(p.ctrl.Volumes)-1]
	if l.Indent <= p.deep {
		p.group = ""
	}
	switch v := l.Value; {
	case l.Key == "Size":
		vol.SizeBytes = p.size(v, 1024)
	case l.Key == "Status":
		vol.StatusText, vol.State = v, volumeState(v)
		vol.ProgressPercent = p.progress(v)
	case l.Key == "Parity Initialization Progress":
		vol.ParityProgressPercent = p.percent(v)
	case strings.HasPrefix(l.Key, "Mirror Group ") || strings.HasPrefix(l.Key, "Parity Group "):
		p.group, p.deep = l.Key, l.Indent
	default:
		return put(vol.text(l.Key), v)
	}
	return true
}

// volumeState knows the states of volumes by their first words.
func volumeState(text string) VolumeState {
	word, _, _ := strings.Cut(text, ",")
	switch {
	case word == "OK":
		return VolumeOptimal
	case word == "Interim Recovery Mode", word == "Ready for Rebuild", strings.HasPrefix(word, "Waiting for Rebuild"), word == "Ready for Recovery Operation", strings.HasPrefix(word, "Queued for Rebuild"):
		return VolumeDegraded
	case strings.HasPrefix(word, "Recovering"), strings.HasPrefix(word, "Rebuilding"):
		return VolumeRebuilding
	case strings.HasPrefix(word, "Failed"), word == "Wrong Drive Replaced", word == "Wrong Physical Drive Replaced", strings.HasPrefix(word, "Drive Improperly Connected"):
		return VolumeFailed
	case strings.HasPrefix(word, "Transforming"), strings.HasPrefix(word, "Expanding"), strings.HasPrefix(word, "Queued for"):
		return VolumeReshaping
	case strings.HasPrefix(word, "Initializing"), strings.HasPrefix(word, "Background parity initialization"):
		return VolumeInitializing
	case strings.HasPrefix(word, "Disabled"), strings.HasPrefix(word, "Not Available"), strings.HasPrefix(word, "Offline"):
		return VolumeOffline
	}
	return ""
}

// setDrive takes a line of a drive.
func (p *parser) setDrive(l *Line) bool {
	d := &p.ctrl.Drives[p.last]
	switch v := l.Value; l.Key {
	case "Size":
		d.SizeBytes = p.size(v, 1000)
	case "Model":
		d.Vendor, d.Model = model(v)
	case "Current Temperature (C)":
		d.TemperatureCelsius = p.count(v)
	case "Maximum Temperature (C)":
		d.MaxTemperatureCelsius = p.count(v)
	case "Rotational Speed":
		d.RotationRPM = p.number(v)
	case "Native Block Size":
		d.LogicalBlockBytes = p.number(v)
	case "Logical/Physical Block Size":
		p.blockSizes(d, v)
	case "Usage remaining":
		d.RemainingPercent = p.percent(v)
	case "Power On Hours":
		d.PowerOnHours = p.count64(v)
	case "Estimated Life Remaining based on workload to date":
		d.RemainingDays = p.count64(strings.TrimSuffix(v, " days"))
	case "Erase Percent Complete":
		d.EraseProgressPercent = p.percent(v)
	case "Rebuild Percent Complete", "Rebuild Progress":
		d.RebuildProgressPercent = p.percent(v)
	default:
		return put(d.text(l.Key), v)
	}
	return true
}

// blockSizes reads "512/4096".
func (p *parser) blockSizes(d *Drive, text string) {
	logical, physical, ok := strings.Cut(text, "/")
	d.LogicalBlockBytes = p.number(logical)
	if ok {
		d.PhysicalBlockBytes = p.number(physical)
	}
}

// model takes "ATA     MK000480GWEZH" apart: the maker has eight places.
func model(text string) (vendor, name string) {
	if len(text) > 8 && text[7] == ' ' {
		return trimRight(text[:8]), trimLeft(text[8:])
	}
	return "", text
}

// finish draws from a drive's lines what none of them says alone.
func (d *Drive) finish() {
	if d.Port == "" && d.Box == "" && d.Bay == "" {
		if parts := strings.Split(d.Name, ":"); len(parts) == 3 {
			d.Port, d.Box, d.Bay = parts[0], parts[1], parts[2]
		}
	}
	d.Interface = strings.TrimPrefix(d.InterfaceText, "Solid State ")
	if d.Interface != d.InterfaceText {
		d.Media = "SSD"
	} else if base, media, ok := strings.Cut(d.InterfaceText, " "); ok {
		d.Interface, d.Media = base, media
	} else if d.RotationRPM > 0 {
		d.Media = "HDD"
	}
	d.WWN, _ = lowerHex(d.WWID)
	d.PredictiveFailure = strings.HasPrefix(d.StatusText, "Predictive Failure") || d.Wearout == "True"
	d.State = d.state()
}

// state tells how a drive is, and where it is well, what it is for.
func (d *Drive) state() State {
	status, _, _ := strings.Cut(d.StatusText, ",")
	switch {
	case strings.HasPrefix(status, "Failed"), strings.HasPrefix(status, "Erase Failed"):
		return Failed
	case strings.HasPrefix(status, "Erase "): // it stands in no array then
		return Unconfigured
	case strings.HasPrefix(status, "Rebuilding"), strings.HasPrefix(status, "Recovering"):
		return Rebuilding
	case strings.HasPrefix(status, "Missing"):
		return Missing
	case strings.HasPrefix(status, "Offline"):
		return Offline
	case status != "OK" && !d.PredictiveFailure:
		return ""
	}
	switch d.TypeText {
	case "Data Drive":
		return Online
	case "Unassigned Drive":
		return Unconfigured
	case "HBA Mode Drive":
		return JBOD
	}
	switch {
	case strings.Contains(strings.ToLower(d.TypeText), "spare"):
		return HotSpare
	case d.TypeText == "" && d.Array != "":
		return Online
	}
	return ""
}

func (p *parser) setEnclosure(l *Line) bool {
	return put(p.ctrl.Enclosures[len(p.ctrl.Enclosures)-1].text(l.Key), l.Value)
}

func (p *parser) setExpander(l *Line) bool {
	return put(p.ctrl.Expanders[len(p.ctrl.Expanders)-1].text(l.Key), l.Value)
}

func (p *parser) setPort(l *Line) bool {
	return put(p.ctrl.PortList[len(p.ctrl.PortList)-1].text(l.Key), l.Value)
}

func (p *parser) setSensor(l *Line) bool {
	s := &p.ctrl.Sensors[len(p.ctrl.Sensors)-1]
	switch v := l.Value; l.Key {
	case "Location":
		s.Location = v
	case "Current Value (C)":
		s.TemperatureCelsius = p.count(v)
	case "Max Value Since Power On", "Max Value Since Power On (C)":
		s.MaxTemperatureCelsius = p.count(v)
	default:
		return false
	}
	return true
}
