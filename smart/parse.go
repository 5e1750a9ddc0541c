// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// Parse parses what "smartctl -j" printed of one drive, with any of the options
// that select what to print (-x, -a, -i, -H, …).
//
// Parse reads to the end whatever it meets. If some of it makes no sense, it
// returns the rest together with an [Errors] that says where; a document that
// breaks off is read up to there. The Device is never nil and does not share
// memory with data. Text before the document is not an error.
//
// That smartctl could not do all it was asked is not an error of Parse either:
// see [Tool].
func Parse(data []byte) (*Device, error) {
	d := jsondoc.Open(data)
	dev := &Device{Preamble: d.Preamble}
	members := 0
	for key := range d.Object() {
		members++
		dev.read(d, key)
	}
	dev.settle()
	if s := dev.SCSI; s != nil && s.GrownDefects != nil && dev.Tool.before(7, 2) { // in text they are a count in every version
		s.GrownDefects, s.GrownDefectBytes = nil, s.GrownDefects
	}
	var err error
	dev.Extra, err = finish(d, members)
	return dev, err
}

// read reads a member of the document.
func (dev *Device) read(d *jsondoc.Doc, key string) {
	switch {
	case isATA(key):
		dev.ata().read(d, key)
	case strings.HasPrefix(key, "nvme_"):
		dev.nvme().read(d, key)
	case strings.HasPrefix(key, "scsi_"):
		dev.readSCSI(d, key)
	case dev.readIdentity(d, key), dev.readState(d, key):
	default:
		dev.Tool.read(d, key)
	}
}

func (dev *Device) ata() *ATA {
	if dev.ATA == nil {
		dev.ATA = new(ATA)
	}
	return dev.ATA
}

func (dev *Device) scsi() *SCSI {
	if dev.SCSI == nil {
		dev.SCSI = new(SCSI)
	}
	return dev.SCSI
}

func (dev *Device) nvme() *NVMe {
	if dev.NVMe == nil {
		dev.NVMe = new(NVMe)
	}
	return dev.NVMe
}

// readIdentity reads a member that tells which drive it is.
func (dev *Device) readIdentity(d *jsondoc.Doc, key string) bool {
	switch key {
	case "device":
		dev.readDevice(d)
	case "device_type":
		dev.readKind(d)
	case "model_family":
		dev.ModelFamily = d.Text()
	case "model_name":
		dev.ModelName = d.Text()
	case "vendor": // SCSI before 7.3
		dev.Vendor = d.Text()
	case "product": // SCSI before 7.3
		dev.Product = d.Text()
	case "revision": // SCSI before 7.3
		dev.FirmwareVersion = d.Text()
	case "serial_number":
		dev.SerialNumber = d.Text()
	case "firmware_version":
		dev.FirmwareVersion = d.Text()
	case "ata_additional_product_id":
		dev.AdditionalProductID = d.Text()
	case "in_smartctl_database":
		dev.InDatabase = d.BoolPtr()
	case "wwn":
		dev.WWN = readWWN(d)
	case "logical_unit_id":
		dev.scsi().LogicalUnitID = d.Text()
	case "format_status": // SCSI before 7.3
		dev.scsi().FormatStatus = readFormatStatus(d)
	case "tapealert": // SCSI, whether there are any
		dev.scsi().tapeAlerts().read(d)
	case "user_capacity":
		dev.readCapacity(d)
	case "logical_block_size":
		dev.LogicalBlockBytes = d.Int()
	case "physical_block_size":
		dev.PhysicalBlockBytes = d.Int()
	case "rotation_rate":
		dev.RotationRPM = d.IntPtr()
	case "form_factor":
		dev.readFormFactor(d)
	case "interface_speed":
		dev.readInterfaceSpeed(d)
	case "trim":
		dev.Trim = readTrim(d)
	default:
		return false
	}
	return true
}

// readState reads a member that tells how the drive is.
func (dev *Device) readState(d *jsondoc.Doc, key string) bool {
	switch key {
	case "smart_support":
		for key := range d.Object() {
			switch key {
			case "available":
				dev.SmartAvailable = d.BoolPtr()
			case "enabled":
				dev.SmartEnabled = d.BoolPtr()
			}
		}
	case "smart_status":
		dev.readSmartStatus(d)
	case "power_mode":
		dev.PowerMode = readCoded(d)
	case "temperature":
		for key := range d.Object() {
			dev.Temperature.read(d, key)
		}
	case "temperature_warning":
		dev.Temperature.WarningEnabled = readMember(d, "enabled", (*jsondoc.Doc).BoolPtr)
	case "power_on_time":
		dev.readPowerOnTime(d)
	case "power_cycle_count":
		dev.PowerCycles = d.IntPtr()
	case "endurance_used":
		dev.EndurancePercentUsed = readMember(d, "current_percent", (*jsondoc.Doc).IntPtr)
	case "spare_available":
		for key := range d.Object() {
			switch key {
			case "current_percent":
				dev.SparePercent = d.IntPtr()
			case "threshold_percent":
				dev.SpareThresholdPercent = d.IntPtr()
			}
		}
	case "host_reads":
		dev.HostReads = readTraffic(d)
	case "host_writes":
		dev.HostWrites = readTraffic(d)
	case "seagate_farm_log":
		dev.readFARM(d)
	default:
		return false
	}
	return true
}

// settle fills in what smartctl prints in another place for some drives.
func (dev *Device) settle() {
	dev.dropPlaceholders()
	if c := dev.Temperature.CurrentCelsius; c != nil && (*c <= -273 || *c > maxReading) {
		dev.Temperature.CurrentCelsius = nil // 0 K or all ones: there is no sensor
	}
	if dev.ModelName == "" && dev.Product != "" {
		dev.ModelName = strings.TrimSpace(dev.Vendor + " " + dev.Product)
	}
	if s := dev.SCSI; s != nil {
		if dev.WWN == "" {
			dev.WWN = hexID(s.LogicalUnitID)
		}
		dev.settleSCSI(s)
	}
	if rpm := dev.RotationRPM; rpm != nil && *rpm == 0 && (dev.SCSI != nil || dev.Protocol == "SCSI") {
		dev.RotationRPM = nil // 0 is what the drive said, or that it said nothing
	}
	if n := dev.NVMe; n != nil && dev.CapacityBytes == 0 && n.TotalCapacityBytes != nil && n.TotalCapacityBytes.Hi == 0 {
		dev.CapacityBytes = n.TotalCapacityBytes.Lo
	}
}

// settleSCSI drops what smartctl prints of a SCSI drive that did not say: a
// temperature and a trip temperature of 0 where there is no page of either.
func (dev *Device) settleSCSI(s *SCSI) {
	t := &dev.Temperature
	noTrip := t.TripCelsius == nil || *t.TripCelsius == 0
	if t.CurrentCelsius == nil || *t.CurrentCelsius == 0 {
		if celsius := s.temperature(); celsius != nil {
			t.CurrentCelsius = celsius
		} else if noTrip {
			t.CurrentCelsius = nil
		}
	}
	if noTrip || *t.TripCelsius > maxReading {
		t.TripCelsius = nil
	}
}

// temperature returns the first temperature of the environmental report.
func (s *SCSI) temperature() *int64 {
	for _, r := range s.Environment {
		if strings.HasPrefix(r.Name, "temperature_") && r.Current != nil {
			return r.Current
		}
	}
	return nil
}

// readSCSI reads a member whose key starts with "scsi_". Some of them have
// other names in other versions, or belong to every drive.
func (dev *Device) readSCSI(d *jsondoc.Doc, key string) {
	switch key {
	case "scsi_vendor":
		dev.Vendor = d.Text()
	case "scsi_product":
		dev.Product = d.Text()
	case "scsi_revision":
		dev.FirmwareVersion = d.Text()
	case "scsi_model_name":
		dev.ModelName = d.Text()
	case "scsi_temperature": // 7.3 instead of temperature
		for key := range d.Object() {
			dev.Temperature.read(d, key)
		}
	default:
		dev.scsi().read(d, key)
	}
}

func (dev *Device) readDevice(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "name":
			dev.Path = d.Text()
		case "info_name":
			dev.InfoName = d.Text()
		case "type":
			dev.Type = d.Text()
		case "protocol":
			dev.Protocol = d.Text()
		}
	}
}

func (dev *Device) readKind(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "name":
			dev.Kind = d.Text()
		case "scsi_value":
			dev.scsi().KindCode = d.IntPtr()
		case "scsi_terminology":
			d.Skip() // always the same
		}
	}
}

// readWWN reads a world wide name in its three parts: 4, 24 and 36 bits.
func readWWN(d *jsondoc.Doc) string {
	var naa, oui, id *uint64
	for key := range d.Object() {
		switch key {
		case "naa":
			naa = d.UintPtr()
		case "oui":
			oui = d.UintPtr()
		case "id":
			id = d.UintPtr()
		}
	}
	if naa == nil || oui == nil || id == nil {
		return "" // a part of a name is another one
	}
	return hex16(*naa<<60 | *oui<<36 | *id)
}

// hex16 returns v as 16 hexadecimal digits, "" for 0.
func hex16(v uint64) string {
	if v == 0 {
		return ""
	}
	var b [16]byte
	for i := range b {
		b[i] = "0123456789abcdef"[v>>(60-4*i)&15]
	}
	return string(b[:])
}

// hexID returns the digits of a logical unit ID, "" if it is not hexadecimal.
func hexID(id string) string {
	digits, ok := strings.CutPrefix(id, "0x")
	if _, err := strconv.ParseUint(digits[:min(16, len(digits))], 16, 64); !ok || err != nil {
		return ""
	}
	return strings.ToLower(digits)
}

func (dev *Device) readCapacity(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "blocks":
			dev.CapacityBlocks = d.Uint()
		case "bytes":
			dev.CapacityBytes = d.Uint()
		default:
			skipBig(d, key)
		}
	}
}

func (dev *Device) readFormFactor(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "name":
			dev.FormFactor = d.Text()
		case "ata_value", "scsi_value":
			dev.FormFactorCode = d.IntPtr()
		}
	}
}

func (dev *Device) readInterfaceSpeed(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "current":
			dev.LinkCurrent = readLinkSpeed(d)
		case "max":
			dev.LinkMax = readLinkSpeed(d)
		}
	}
}

func readLinkSpeed(d *jsondoc.Doc) *LinkSpeed {
	s := new(LinkSpeed)
	var units, bits uint64
	for key := range d.Object() {
		switch key {
		case "string":
			s.Text = d.Text()
		case "sata_value":
			s.Code = d.Int()
		case "units_per_second":
			units = d.Uint()
		case "bits_per_unit":
			bits = d.Uint()
		}
	}
	s.BitsPerSecond = units * bits
	return s
}

func readTrim(d *jsondoc.Doc) *Trim {
	t := new(Trim)
	for key := range d.Object() {
		switch key {
		case "supported":
			t.Supported = d.Bool()
		case "deterministic":
			t.Deterministic = d.Bool()
		case "zeroed":
			t.Zeroed = d.Bool()
		}
	}
	return t
}

func (dev *Device) readSmartStatus(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "passed":
			dev.Passed = d.BoolPtr()
		case "nvme":
			dev.nvme().CriticalWarning = readCriticalWarning(d)
		case "scsi":
			s := dev.scsi()
			for key := range d.Object() {
				switch key {
				case "asc":
					s.SenseCode = d.IntPtr()
				case "ascq":
					s.SenseQualifier = d.IntPtr()
				case "ie_string":
					s.SenseText = d.Text()
				}
			}
		}
	}
}

// read reads a member of a temperature object.
func (t *Temperature) read(d *jsondoc.Doc, key string) {
	switch key {
	case "current":
		t.CurrentCelsius = d.IntPtr()
	case "power_cycle_min":
		t.PowerCycleMinCelsius = d.IntPtr()
	case "power_cycle_max":
		t.PowerCycleMaxCelsius = d.IntPtr()
	case "lifetime_min":
		t.LifetimeMinCelsius = d.IntPtr()
	case "lifetime_max":
		t.LifetimeMaxCelsius = d.IntPtr()
	case "op_limit_min":
		t.OperatingMinCelsius = d.IntPtr()
	case "op_limit_max":
		t.OperatingMaxCelsius = d.IntPtr()
	case "limit_min":
		t.LimitMinCelsius = d.IntPtr()
	case "limit_max":
		t.LimitMaxCelsius = d.IntPtr()
	case "critical_limit_max":
		t.CriticalCelsius = d.IntPtr()
	case "drive_trip":
		t.TripCelsius = d.IntPtr()
	case "lifetime_over_limit_minutes":
		t.LifetimeOverLimitMinutes = d.IntPtr()
	case "lifetime_under_limit_minutes":
		t.LifetimeUnderLimitMinutes = d.IntPtr()
	}
}

func (dev *Device) readPowerOnTime(d *jsondoc.Doc) {
	for key := range d.Object() {
		switch key {
		case "hours":
			dev.PowerOnHours = d.IntPtr()
		case "minutes":
			dev.PowerOnMinutes = d.IntPtr()
		}
	}
}

// readCoded reads an object of a number and a name for it.
func readCoded(d *jsondoc.Doc) *Coded {
	c := readCodedValue(d)
	return &c
}

func readCodedValue(d *jsondoc.Doc) (c Coded) {
	for key := range d.Object() {
		c.read(d, key)
	}
	return c
}

func (c *Coded) read(d *jsondoc.Doc, key string) {
	switch key {
	case "value", "ata_value":
		c.Value = d.Int()
	case "string", "name":
		c.Text = d.Text()
	}
}

// readMember reads the one member of an object that means something.
func readMember[T any](d *jsondoc.Doc, name string, read func(*jsondoc.Doc) T) (v T) {
	for key := range d.Object() {
		if key == name {
			v = read(d)
		}
	}
	return v
}
