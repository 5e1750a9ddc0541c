// SPDX-License-Identifier: Apache-2.0

package storcli

import "strings"

// A Drive is a physical drive behind a controller.
type Drive struct {
	Enclosure *int64 `json:"enclosure,omitzero"` // nil for a drive without one
	Slot      *int64 `json:"slot,omitzero"`

	// DID is the number that smartctl takes: -d megaraid,DID. It is not the
	// slot. storcli2 prints a persistent ID instead, which smartctl does not
	// take.
	DID   *int64 `json:"did,omitzero"`
	PID   *int64 `json:"pid,omitzero"`
	Group *int64 `json:"group,omitzero"`

	StateText  string `json:"state_text,omitzero"`  // the tool's word: "Onln"
	StatusText string `json:"status_text,omitzero"` // storcli2's second word: "Conf" and "Online"
	State      State  `json:"state,omitzero"`

	Model            string `json:"model,omitzero"`
	Serial           string `json:"serial,omitzero"`
	Vendor           string `json:"vendor,omitzero"` // "ATA" for a SATA drive
	Firmware         string `json:"firmware,omitzero"`
	FirmwareRelease  string `json:"firmware_release,omitzero"`
	WWN              string `json:"wwn,omitzero"` // lower-case hexadecimal
	Interface        string `json:"interface,omitzero"`
	Media            string `json:"media,omitzero"` // "HDD", "SSD"
	RotationRPM      *int64 `json:"rotation_rpm,omitzero"`
	LogicalBytes     uint64 `json:"logical_sector_bytes,omitzero"`
	PhysicalBytes    uint64 `json:"physical_sector_bytes,omitzero"`
	Position         string `json:"position,omitzero"`
	Spun             string `json:"spun,omitzero"` // "U" up, "D" down, "T" in transition
	Kind             string `json:"kind,omitzero"`
	UnitCount        *int64 `json:"unit_count,omitzero"`
	SelfEncrypting   string `json:"self_encrypting,omitzero"`
	ProtectionInfo   *bool  `json:"protection_info,omitzero"`
	Inquiry          string `json:"inquiry,omitzero"`
	NANDVendor       string `json:"nand_vendor,omitzero"`
	SequenceNumber   *int64 `json:"sequence_number,omitzero"`
	LastPredictiveID *int64 `json:"last_predictive_failure_event,omitzero"`

	// SizeBytes is exact: the raw size in sectors times the size of a sector.
	// Where these are not printed it is 0, and ApproxSizeBytes tells what the
	// rounded text means, which is the part of the drive that is used.
	SizeBytes       uint64 `json:"size_bytes,omitzero"`
	CoercedBytes    uint64 `json:"coerced_bytes,omitzero"`
	NonCoercedBytes uint64 `json:"non_coerced_bytes,omitzero"`
	ApproxSizeBytes uint64 `json:"approx_size_bytes,omitzero"`
	SizeText        string `json:"size_text,omitzero"`
	foreign         bool

	TemperatureCelsius *int64 `json:"temperature_celsius,omitzero"`
	MediaErrors        *int64 `json:"media_errors,omitzero"`
	OtherErrors        *int64 `json:"other_errors,omitzero"`
	PredictiveFailures *int64 `json:"predictive_failures,omitzero"`
	SmartAlert         *bool  `json:"smart_alert,omitzero"` // flagged by the drive
	ShieldCounter      *int64 `json:"shield_counter,omitzero"`

	Link       *DriveLink   `json:"link,omitzero"`   // nil where the tool does not mention it
	Policy     *DrivePolicy `json:"policy,omitzero"` // likewise
	Operations []Operation  `json:"operations,omitzero"`
}

// A DriveLink is how a drive is attached to its controller.
type DriveLink struct {
	MaxSpeedMTs    int64  `json:"max_speed_mts,omitzero"` // of the drive
	SpeedMTs       int64  `json:"speed_mts,omitzero"`     // negotiated
	MaxWidth       string `json:"max_width,omitzero"`     // of the drive: "x4"
	Width          string `json:"width,omitzero"`         // negotiated
	Connector      string `json:"connector,omitzero"`
	Port           string `json:"port,omitzero"`
	EnclosurePlace *int64 `json:"enclosure_position,omitzero"`
	AltEnclosure   *int64 `json:"alternate_enclosure,omitzero"` // on the second way
	Paths          []Path `json:"paths,omitzero"`
}

// link returns what is told of how the drive is attached, to add to it.
func (d *Drive) link() *DriveLink {
	if d.Link == nil {
		d.Link = new(DriveLink)
	}
	return d.Link
}

// policy is link for what the drive is set to.
func (d *Drive) policy() *DrivePolicy {
	if d.Policy == nil {
		d.Policy = new(DrivePolicy)
	}
	return d.Policy
}

// A Path is a way from the controller to the drive, or a connector on it.
type Path struct {
	Port       *int64 `json:"port,omitzero"`
	Name       string `json:"name,omitzero"`
	Status     string `json:"status,omitzero"`
	SASAddress string `json:"sas_address,omitzero"`
	SpeedMTs   int64  `json:"speed_mts,omitzero"`
	Lanes      *int64 `json:"lanes,omitzero"`
	Connector  *int64 `json:"connector,omitzero"`
	Location   string `json:"location,omitzero"`
	Type       string `json:"type,omitzero"`
	PID        *int64 `json:"pid,omitzero"`
}

// driveGroup is the group of the settings of drives.
const driveGroup = "Policies/Settings"

// PredictsFailure reports whether the controller or the drive itself says that
// the drive will fail.
func (d *Drive) PredictsFailure() bool {
	return d.SmartAlert != nil && *d.SmartAlert || d.PredictiveFailures != nil && *d.PredictiveFailures > 0
}

// setRow reads a column of a list of drives.
func (d *Drive) setRow(key string, in *input) bool {
	switch key {
	case "DID":
		d.DID = in.num()
	case "PID":
		d.PID = in.num()
	case "State":
		d.StateText = in.str()
	case "Status":
		d.StatusText = in.str()
	case "DG":
		d.setGroup(in)
	case "Size":
		d.SizeText, d.ApproxSizeBytes = in.approx()
	case "Intf":
		d.Interface = in.str()
	case "Med":
		d.Media = in.str()
	case "SED", "SED_Type":
		d.SelfEncrypting = in.str()
	case "PI":
		d.ProtectionInfo = in.flag()
	case "SeSz":
		d.LogicalBytes = in.bytes()
	case "Model":
		if model := in.str(); !strings.HasPrefix(d.Model, model) { // a row cuts it
			d.Model = model
		}
	case "Sp":
		d.Spun = in.str()
	case "Type":
		d.Kind = in.str()
	case "LU/NS Count":
		d.UnitCount = in.num()
	case "Alt-EID":
		if n := in.num(); n != nil {
			d.link().AltEnclosure = n
		}
	default:
		return false
	}
	return true
}

// foreignGroup is what DG says for a drive with another controller's
// configuration on it. Its state is UGood all the same.
const foreignGroup = "F"

func (d *Drive) setGroup(in *input) {
	text := in.str()
	if text == foreignGroup {
		d.foreign, d.Group = true, nil
		return
	}
	d.Group = in.parseNum(text)
}

// set reads a property of a drive.
func (d *Drive) set(key string, in *input) bool {
	switch key {
	case "Shield Counter":
		d.ShieldCounter = in.num()
	case "Media Error Count":
		d.MediaErrors = in.num()
	case "Other Error Count":
		d.OtherErrors = in.num()
	case "Drive Temperature", "Temperature(C)":
		d.TemperatureCelsius = in.celsius()
	case "Predictive Failure Count":
		d.PredictiveFailures = in.num()
	case "S.M.A.R.T alert flagged by drive":
		d.SmartAlert = in.flag()
	case "SN", "Serial Number":
		d.Serial = in.str()
	case "Manufacturer Id", "Manufacturer Identification", "Vendor":
		d.Vendor = in.str()
	case "Model Number", "Model":
		d.Model = in.str()
	case "NAND Vendor":
		d.NANDVendor = in.str()
	case "WWN":
		d.WWN = in.address()
	case "Firmware Revision", "Firmware Revision Level":
		d.Firmware = in.str()
	case "Firmware Release Number":
		d.FirmwareRelease = in.str()
	case "Raw size":
		in.sizes.raw = in.sectors()
	case "Coerced size":
		in.sizes.coerced = in.sectors()
	case "Non Coerced size":
		in.sizes.nonCoerced = in.sectors()
	case "Logical Sector Size":
		d.LogicalBytes = in.bytes()
	case "Physical Sector Size":
		d.PhysicalBytes = in.bytes()
	case "Number of bytes of user data in LBA":
		d.policy().UserBytes = in.bytes()
	case "Device Speed", "Capable Speed":
		d.link().MaxSpeedMTs = in.speed()
	case "Link Speed", "Negotiated Speed":
		d.link().SpeedMTs = in.speed()
	case "Capable Link Width":
		d.link().MaxWidth = in.str()
	case "Negotiated Link Width":
		d.link().Width = in.str()
	case "Hard Disk Drive RPM":
		d.RotationRPM = in.num()
	case "Connector Name":
		d.link().Connector = in.str()
	case "Drive position":
		d.Position = in.str()
	case "Enclosure position":
		d.link().EnclosurePlace = in.num()
	case "Connected Port Number":
		d.link().Port = in.str()
	case "Sequence Number":
		d.SequenceNumber = in.num()
	case "Last Predictive Failure Event Sequence Number":
		d.LastPredictiveID = in.num()
	case "Inquiry Data":
		d.Inquiry = in.str()
	default:
		if noDrivePolicy.field(key) == nil {
			return false
		}
		return in.policy(d.policy().field(key), &d.Policy.Settings, driveGroup, key)
	}
	return true
}

// A capacity is what a drive holds, as printed: of the whole drive, rounded down
// so that drives of one kind are equal, and before that.
type capacity struct{ raw, coerced, nonCoerced sectors }

// settleSize works out the sizes, once that of a sector is known.
func (d *Drive) settleSize(c *capacity) {
	for _, size := range [...]struct {
		to   *uint64
		from sectors
	}{{&d.SizeBytes, c.raw}, {&d.CoercedBytes, c.coerced}, {&d.NonCoercedBytes, c.nonCoerced}} {
		if size.from != (sectors{}) {
			*size.to = size.from.bytes(d.LogicalBytes)
		}
	}
	*c = capacity{}
}

// settle works out what follows from several values.
func (d *Drive) settle() {
	d.State = stateOf(d.StateText, d.StatusText)
	if d.foreign && d.State == Unconfigured {
		d.State = Foreign
	}
}

// A size in sectors, and what its rounded text means in bytes.
type sectors struct{ n, approx uint64 }

// bytes returns the exact size. The sectors are logical ones; where the rounded
// size says that they can only be of 512 bytes, it is believed.
func (s sectors) bytes(sector uint64) uint64 {
	switch {
	case s.n >= 1<<50 || sector > 1<<13:
		return 0
	case sector != 512 && s.approx != 0 && !isClose(s.n*sector, s.approx) && isClose(s.n*512, s.approx):
		return s.n * 512
	}
	return s.n * sector
}

// set reads a column or a member of a path.
func (p *Path) set(key string, in *input) bool {
	switch key {
	case "Port":
		p.Port = in.num()
	case "Status":
		p.Status = in.str()
	case "Linkspeed", "Negotiated Speed":
		p.SpeedMTs = in.speed()
	case "SAS address", "SASAddress":
		p.SASAddress = in.address()
		if strings.Trim(p.SASAddress, "0") == "" {
			p.SASAddress = ""
		}
	case "DevicePID":
		p.PID = in.num()
	case "Path", "Name":
		p.Name = in.str()
	case "ConnectorIndex", "ConnId":
		p.Connector = in.num()
	case "Num Phys/Lanes used":
		p.Lanes = in.num()
	case "Location":
		p.Location = in.str()
	case "Type":
		p.Type = in.str()
	default:
		return false
	}
	return true
}
