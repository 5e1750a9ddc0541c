// SPDX-License-Identifier: Apache-2.0

package arcconf

import "strings"

// setDrive takes a line of a drive.
func (p *parser) setDrive(l *Line, key []byte) bool {
	if len(p.doc.Drives) == 0 {
		return false
	}
	d := &p.doc.Drives[len(p.doc.Drives)-1]
	switch v := l.Value; string(key) {
	case "size", "total size":
		d.SizeBytes = p.size(v)
	case "used size":
		d.UsedBytes = p.size(v)
	case "block size":
		d.BlockBytes = p.blockSize(v)
	case "physical block size":
		d.PhysicalBlockBytes = p.blockSize(v)
	case "s.m.a.r.t. warnings":
		d.SMARTWarnings = p.count64(v)
	case "ssd":
		d.Media = media(v)
	case "temperature", "current temperature":
		d.TemperatureCelsius = p.celsius(v)
	case "maximum temperature":
		d.MaxTemperatureCelsius = p.celsius(v)
	case "threshold temperature":
		d.ThresholdCelsius = p.celsius(v)
	case "rotational speed":
		d.RotationRPM = p.leading(v)
	case "usage remaining":
		d.RemainingPercent = p.percentage(v)
	default:
		return put(d.text(key), v)
	}
	return true
}

// media reads what stands behind "SSD".
func media(text string) string {
	switch text {
	case "Yes":
		return "SSD"
	case "No":
		return "HDD"
	}
	return ""
}

// setCounter takes a line of a drive's error counters.
func (p *parser) setCounter(l *Line, key []byte) bool {
	if len(p.doc.Drives) == 0 {
		return false
	}
	d := &p.doc.Drives[len(p.doc.Drives)-1]
	if d.Counters == nil {
		d.Counters = new(Counters)
	}
	field := d.Counters.field(key)
	if field == nil {
		return false
	}
	*field = p.count64(l.Value)
	return true
}

// finish draws from a drive's lines what none of them says alone.
func (p *parser) finishDrive(d *Drive) {
	d.State = driveState(d.StatusText, d.Configuration)
	d.PredictiveFailure = d.SMART == "Yes" || d.SMARTWarnings != nil && *d.SMARTWarnings > 0 ||
		strings.HasPrefix(strings.ToLower(d.StatusText), "predictive failure")
	d.WWN = wwn(d.WWNText)
	p.readLocation(d)
	channel, rest, _ := strings.Cut(d.Channel, ",")
	device, _, _ := strings.Cut(rest, "(")
	d.ChannelID, d.DeviceID = p.small(channel), p.small(device)
	switch bus, _, _ := strings.Cut(d.TransferSpeed, " "); bus {
	case "SATA", "SAS", "NVMe", "SCSI", "PCIe":
		d.Interface = bus
	}
}

// readLocation reads "Enclosure 0, Slot 3( Connector Unknown )", "Connector 1,
// Device 0" or "Enclosure Direct Attached, Slot 0(Connector 0:CN0)".
func (p *parser) readLocation(d *Drive) {
	place, notes, _ := strings.Cut(d.Location, "(")
	for place != "" {
		var part string
		part, place, _ = strings.Cut(place, ",")
		name, number, _ := strings.Cut(strings.TrimSpace(part), " ")
		switch name {
		case "Enclosure":
			d.Enclosure = p.small(number)
		case "Slot":
			d.Slot = p.small(strings.TrimSpace(number))
		case "Connector":
			d.Connector = p.small(number)
		}
	}
	if number, ok := strings.CutPrefix(strings.TrimSpace(notes), "Connector "); ok {
		number, _, _ = strings.Cut(number, ":")
		d.Connector = p.small(strings.TrimRight(number, " )"))
	}
}

// driveState knows the states of drives. "Online" says nothing of what
// smartpqi's drives are for, their configuration type does.
func driveState(text, configuration string) State {
	lower := strings.ToLower(text)
	switch {
	case strings.HasPrefix(lower, "failed"), strings.HasPrefix(lower, "defunct"):
		return Failed
	case strings.HasPrefix(lower, "missing"):
		return Missing
	case strings.HasPrefix(lower, "rebuilding"):
		return Rebuilding
	case strings.Contains(lower, "hot-spare"), strings.Contains(lower, "hot spare"), strings.Contains(lower, "hotspare"):
		return HotSpare
	case strings.Contains(lower, "jbod"), strings.HasPrefix(lower, "raw"):
		return JBOD
	case strings.HasPrefix(lower, "foreign"):
		return Foreign
	case strings.HasPrefix(lower, "ready"):
		return Unconfigured
	case strings.HasPrefix(lower, "offline"):
		return Offline
	case lower != "online" && lower != "optimal" && lower != "ok":
		return ""
	}
	switch kind := strings.ToLower(configuration); {
	case strings.Contains(kind, "spare"):
		return HotSpare
	case strings.HasPrefix(kind, "hba"), strings.HasPrefix(kind, "raw"):
		return JBOD
	case strings.HasPrefix(kind, "unassigned"), strings.HasPrefix(kind, "unconfigured"):
		return Unconfigured
	}
	return Online
}
