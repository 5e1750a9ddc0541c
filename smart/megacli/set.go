// SPDX-License-Identifier: Apache-2.0

package megacli

import "strings"

// setAdapter takes a line of an adapter, of -AdpAllInfo and -AdpGetPciInfo.
func (p *parser) setAdapter(a *Adapter, l *Line) bool {
	switch v := word(l.Value); l.Key {
	case "Product Name", "ProductName":
		a.Model = v
	case "Serial No":
		a.Serial = v
	case "FW Package Build", "FW Package Version":
		a.FirmwarePackage = v
	case "FW Version":
		a.Firmware = v
	case "Memory Size":
		a.MemoryText = v
	case "BBU":
		if v == "Yes" || v == "No" {
			return false // among what the adapter can do
		}
		a.BatteryPresent = v
	case "Bus Number":
		a.Bus = p.hex(v)
	case "Device Number":
		a.Device = p.hex(v)
	case "Function Number":
		a.Function = p.hex(v)
	default:
		return false
	}
	return true
}

// setVolume takes a line of a volume.
func (p *parser) setVolume(a *Adapter, l *Line) bool {
	vol := &a.Volumes[len(a.Volumes)-1]
	switch v := l.Value; l.Key {
	case "Name":
		vol.Name = v
	case "RAID Level":
		vol.LevelText = v
	case "State":
		vol.StateText, vol.State = v, volumeState(v)
	case "Size":
		vol.SizeBytes = p.size(v)
	case "Strip Size", "Stripe Size":
		vol.StripText = v
	case "Number Of Drives", "Number Of Drives per span":
		digits, _, _ := strings.Cut(v, " ")
		vol.DriveCount = p.count(digits)
	case "Span Depth":
		vol.SpanDepth = p.count(v)
	case "Current Cache Policy":
		vol.CachePolicy = v
	case "Default Cache Policy":
		vol.DefaultCachePolicy = v
	case "Current Access Policy", "Access Policy":
		vol.AccessPolicy = v
	case "Disk Cache Policy":
		vol.DiskCachePolicy = v
	case "Encryption Type":
		vol.Encryption = word(v)
	case "Bad Blocks Exist":
		vol.BadBlocks = flag(v)
	case "Is VD Cached":
		vol.Cached = flag(v)
	case "Ongoing Progresses": // a heading
		return v == ""
	case "Background Initialization", "Check Consistency", "Initialization", "Reconstruction":
		return vol.operation(l.Key, v)
	default:
		return put(vol.text(l.Key), v)
	}
	return true
}

// volumeState knows the states of volumes.
func volumeState(text string) VolumeState {
	switch text {
	case "Optimal":
		return VolumeOptimal
	case "Degraded":
		return VolumeDegraded
	case "Partially Degraded":
		return VolumePartiallyDegraded
	case "Offline":
		return VolumeOffline
	case "Failed":
		return VolumeFailed
	}
	return ""
}

// levelOf writes a level as people do: "Primary-1, Secondary-3, RAID Level
// Qualifier-0" is 10, and so is Primary-1 with several spans.
func levelOf(v *Volume) string {
	if !strings.HasPrefix(v.LevelText, "Primary-") {
		return ""
	}
	primary, rest, _ := strings.Cut(v.LevelText[len("Primary-"):], ", ")
	secondary, _, _ := strings.Cut(strings.TrimPrefix(rest, "Secondary-"), ",")
	if primary == "0" {
		return primary
	}
	if secondary == "3" || v.SpanDepth != nil && *v.SpanDepth > 1 {
		return primary + "0"
	}
	return primary
}

// setDrive takes a line of a drive.
func (p *parser) setDrive(a *Adapter, l *Line) bool {
	d := &a.Drives[len(a.Drives)-1]
	switch v := l.Value; l.Key {
	case "Slot Number":
		d.Slot = p.count(v)
	case "Device Id":
		d.DID = p.count(v)
	case "Drive's position", "Drive's postion":
		d.Position = v
	case "Firmware state":
		d.StateText = v
	case "Foreign State":
		d.ForeignText = v
	case "WWN":
		d.WWN = wwn(v)
	case "PD Type":
		d.Interface = v
	case "Media Type":
		d.Media = v
	case inquiryData:
		d.Inquiry, d.inquiry = trimLeft(v), v
	case "Device Firmware Level":
		d.Firmware = word(v)
	case "Raw Size":
		d.SizeBytes, d.sectors = p.sectors(v)
	case "Sector Size", "Logical Sector Size":
		d.LogicalBlockBytes = p.number(v)
	case "Physical Sector Size":
		d.PhysicalBlockBytes = p.number(v)
	case "Media Error Count":
		d.MediaErrors = p.count(v)
	case "Other Error Count":
		d.OtherErrors = p.count(v)
	case "Predictive Failure Count":
		d.PredictiveFailures = p.count(v)
	case "Drive has flagged a S.M.A.R.T alert":
		d.SmartAlert = flag(v)
	case "Drive Temperature":
		d.TemperatureCelsius = p.celsius(v)
	case "Device Speed":
		d.DeviceSpeed = word(v)
	case "Link Speed":
		d.LinkSpeed = word(v)
	case "Port status", "Port's Linkspeed":
		d.setPort(l.Key, v)
	default:
		return d.setPath(l.Key, v) || put(d.text(l.Key), v)
	}
	return true
}

// setPath takes "SAS Address(0)", and "Port-0", which begins a port.
func (d *Drive) setPath(key, v string) bool {
	switch {
	case strings.HasPrefix(key, "SAS Address("):
		d.SASAddresses = append(d.SASAddresses, v)
	case strings.HasPrefix(key, "Port-") && v == "":
		d.Ports = append(d.Ports, Port{})
	default:
		return false
	}
	return true
}

func (d *Drive) setPort(key, v string) {
	if len(d.Ports) == 0 {
		d.Ports = append(d.Ports, Port{})
	}
	port := &d.Ports[len(d.Ports)-1]
	if key == "Port status" {
		port.Status = v
	} else {
		port.LinkSpeed = word(v)
	}
}

// put writes a value into the field that takes it, if there is one.
func put(field *string, value string) bool {
	if field == nil {
		return false
	}
	*field = word(value)
	return true
}

// finish draws from a drive's lines what none of them says alone.
func (d *Drive) finish() {
	d.readInquiry(d.inquiry)
	d.State = driveState(d.StateText)
	if d.ForeignText == "Foreign" && d.State == Unconfigured {
		d.State = Foreign
	}
	if d.sectors > 0 && d.sectors < 1<<50 {
		block := uint64(512)
		if d.LogicalBlockBytes == 4096 && d.sectors*4096 < 2*d.SizeBytes { // the sectors are logical ones
			block = 4096
		}
		d.SizeBytes = d.sectors * block
	}
}

// driveState knows the states of drives by what stands before the comma.
func driveState(text string) State {
	first, _, _ := strings.Cut(text, ",")
	switch strings.TrimSpace(first) {
	case "Online":
		return Online
	case "Hotspare":
		return HotSpare
	case "Unconfigured(good)":
		return Unconfigured
	case "Unconfigured(bad)", "Failed":
		return Failed
	case "Rebuild", "Copyback":
		return Rebuilding
	case "Offline":
		return Offline
	case "JBOD", "System", "Non-RAID":
		return JBOD
	case "Missing":
		return Missing
	}
	return ""
}

// setEnclosure takes a line of an enclosure.
func (p *parser) setEnclosure(a *Adapter, l *Line) bool {
	e := &a.Enclosures[len(a.Enclosures)-1]
	switch v := l.Value; l.Key {
	case "Device ID":
		e.ID = p.count(v)
	case "Number of Slots":
		e.Slots = p.count(v)
	case "Number of Physical Drives":
		e.Drives = p.count(v)
	case "Status":
		e.StatusText = v
	case "Enclosure type":
		e.Kind = word(v)
	case "Product Identification":
		e.Model = word(v)
	default:
		return false
	}
	return true
}

// setBattery takes a line of a battery.
func (p *parser) setBattery(a *Adapter, l *Line) bool {
	b := a.Battery
	switch v := l.Value; l.Key {
	case "Battery State":
		b.StateText = v
	case "Voltage":
		if v != "OK" {
			b.VoltageMillivolts = p.leading(v, "mV")
		}
	case "Temperature":
		if v != "OK" {
			b.TemperatureCelsius = p.leading(v, "C")
		}
	case "Relative State of Charge":
		b.ChargePercent = p.leading(v, "%")
	case "Battery Pack Missing":
		b.Missing = flag(v)
	case "Battery Replacement required", "Pack is about to fail & should be replaced":
		if is := flag(v); b.Replace == nil || is != nil && *is {
			b.Replace = is
		}
	case "Learn Cycle Active":
		b.Learning = flag(v)
	default:
		return false
	}
	return true
}

// finish finds the word for a battery.
func (b *Battery) finish() {
	is := func(flag *bool) bool { return flag != nil && *flag }
	switch b.StateText {
	case "Optimal", "Operational":
		b.State = BatteryOK
	case "Failed":
		b.State = BatteryFailed
	case "Missing":
		b.State = BatteryMissing
	case "Learning":
		b.State = BatteryLearning
	case "Charging":
		b.State = BatteryCharging
	}
	if strings.HasPrefix(b.StateText, "Degraded") || strings.HasPrefix(b.StateText, "Non Operational") {
		b.State = BatteryDegraded
	}
	switch {
	case is(b.Missing):
		b.State = BatteryMissing
	case is(b.Replace) && (b.State == BatteryOK || b.State == ""):
		b.State = BatteryDegraded
	case is(b.Learning) && b.State == BatteryOK:
		b.State = BatteryLearning
	}
}
