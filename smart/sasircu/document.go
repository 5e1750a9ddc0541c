// SPDX-License-Identifier: Apache-2.0

package sasircu

// A Document is what one run of the tool printed. LIST fills Adapters;
// DISPLAY fills Controller, Volumes, Drives, Others and Enclosures; STATUS
// fills Operations.
type Document struct {
	Title      string      `json:"title,omitzero"`      // "Avago Technologies SAS3 IR Configuration Utility."
	Version    string      `json:"version,omitzero"`    // of the tool
	Date       string      `json:"date,omitzero"`       // of that version, as printed
	Copyright  string      `json:"copyright,omitzero"`  //
	Index      *int        `json:"index,omitzero"`      // which controller DISPLAY or STATUS was asked for
	Adapters   []Adapter   `json:"adapters,omitzero"`   //
	Controller *Controller `json:"controller,omitzero"` //
	Volumes    []Volume    `json:"volumes,omitzero"`    //
	Drives     []Drive     `json:"drives,omitzero"`     // disks, hard or solid
	Others     []Drive     `json:"others,omitzero"`     // devices that are not disks, such as backplanes
	Enclosures []Enclosure `json:"enclosures,omitzero"` //
	Operations []Operation `json:"operations,omitzero"` //
	NoVolumes  bool        `json:"no_volumes,omitzero"` // STATUS said that there are none
	Complete   bool        `json:"complete"`            // the tool said that it had completed
	Preamble   []string    `json:"preamble,omitzero"`   // lines before the tool's first
	Extra      []Line      `json:"extra,omitzero"`      // lines that no value has room for
	Lines      []Line      `json:"-"`                   // all lines

	taken int // lines that a value took
}

// An Adapter is a row of LIST.
type Adapter struct {
	Index             int    `json:"index"`
	Model             string `json:"model"` // "SAS3008"
	VendorID          uint16 `json:"vendor_id,omitzero"`
	DeviceID          uint16 `json:"device_id,omitzero"`
	PCIAddress        string `json:"pci_address,omitzero"` // "0000:03:00.0"
	SubsystemVendorID uint16 `json:"subsystem_vendor_id,omitzero"`
	SubsystemDeviceID uint16 `json:"subsystem_device_id,omitzero"`
	Line              int    `json:"line"`
}

// A Controller is the adapter that DISPLAY describes. The tool knows neither
// its serial number nor its temperature.
type Controller struct {
	Model              string `json:"model,omitzero"` // "SAS3008"
	BIOS               string `json:"bios,omitzero"`
	Firmware           string `json:"firmware,omitzero"`
	Channel            string `json:"channel,omitzero"`
	InitiatorID        *int   `json:"initiator_id,omitzero"`
	MaxDevices         int    `json:"max_devices,omitzero"`
	ConcurrentCommands int    `json:"concurrent_commands,omitzero"`
	Slot               *int   `json:"slot,omitzero"`
	PCIAddress         string `json:"pci_address,omitzero"` // "0000:03:00.0"
	RAIDSupport        *bool  `json:"raid_support,omitzero"`
	PISupported        *bool  `json:"pi_supported,omitzero"` // protection information
	PIMixing           string `json:"pi_mixing,omitzero"`
	Line               int    `json:"line"`

	pci   [4]int // segment, bus, device, function
	known uint8  // which of them were printed
}

// A Volume is an integrated RAID volume.
type Volume struct {
	Number      int         `json:"number"`                // counted by the tool, from 1
	ID          int         `json:"id,omitzero"`           // the target's
	StateText   string      `json:"state_text,omitzero"`   // "Inactive, Okay (OKY)"
	State       VolumeState `json:"state,omitzero"`        //
	Inactive    bool        `json:"inactive,omitzero"`     // not activated, most often because it came from another controller
	WWID        string      `json:"wwid,omitzero"`         // as the tool prints it, 16 digits
	NAA         string      `json:"naa,omitzero"`          // as the system sees it, 32 digits
	Level       string      `json:"level,omitzero"`        // "RAID1"
	SizeBytes   uint64      `json:"size_bytes,omitzero"`   // in steps of a MiB
	Boot        string      `json:"boot,omitzero"`         // "Primary"
	PISupported *bool       `json:"pi_supported,omitzero"` //
	PIEnabled   *bool       `json:"pi_enabled,omitzero"`   //
	Members     []Member    `json:"members,omitzero"`      //
	Line        int         `json:"line"`
}

// A Member is the place of a volume's drive. Missing members all have the
// place 0:0.
type Member struct {
	PHY       int `json:"phy"`
	Enclosure int `json:"enclosure"`
	Slot      int `json:"slot"`
	Line      int `json:"line"`
}

// A Drive is a device behind the controller.
type Drive struct {
	Kind          string `json:"kind"`                    // "Hard disk", "Enclosure services device"
	Enclosure     *int   `json:"enclosure,omitzero"`      // nil for a missing drive
	Slot          *int   `json:"slot,omitzero"`           // nil for a missing drive
	SASAddress    string `json:"sas_address,omitzero"`    // of its port, 16 digits
	StateText     string `json:"state_text,omitzero"`     // "Ready (RDY)"
	State         State  `json:"state,omitzero"`          //
	SizeBytes     uint64 `json:"size_bytes,omitzero"`     //
	Vendor        string `json:"vendor,omitzero"`         // "ATA" for each SATA drive
	Model         string `json:"model,omitzero"`          // cut by the tool after 16 bytes
	Firmware      string `json:"firmware,omitzero"`       //
	Serial        string `json:"serial,omitzero"`         // the label's: the one of VPD page 80h where it is printed
	InquirySerial string `json:"inquiry_serial,omitzero"` // "Serial No", which may be cut
	WWN           string `json:"wwn,omitzero"`            // 16 digits
	Protocol      string `json:"protocol,omitzero"`       // "SATA"
	Type          string `json:"type,omitzero"`           // "SATA_SSD"
	Interface     string `json:"interface,omitzero"`      // "SATA", "SAS"
	Media         string `json:"media,omitzero"`          // "HDD", "SSD"
	PISupported   *bool  `json:"pi_supported,omitzero"`   //
	Line          int    `json:"line"`
}

// An Enclosure is a group of slots, real or made up by the controller.
type Enclosure struct {
	Number    int    `json:"number"`
	LogicalID string `json:"logical_id,omitzero"` // "50016360:019fc730"
	Slots     int    `json:"slots,omitzero"`
	StartSlot *int   `json:"start_slot,omitzero"`
	Line      int    `json:"line"`
}

// An Operation is what STATUS says of one volume.
type Operation struct {
	Volume           int         `json:"volume"` // counted by the tool, from 1
	VolumeID         int         `json:"volume_id,omitzero"`
	Operation        string      `json:"operation,omitzero"`    // "Synchronize", "" for none
	StatusText       string      `json:"status_text,omitzero"`  // "Enabled"
	StateText        string      `json:"state_text,omitzero"`   // "Optimal"
	State            VolumeState `json:"state,omitzero"`        //
	WWID             string      `json:"wwid,omitzero"`         //
	DiskIO           string      `json:"disk_io,omitzero"`      // "Not quiesced"
	SizeSectors      uint64      `json:"size_sectors,omitzero"` //
	RemainingSectors *uint64     `json:"remaining_sectors,omitzero"`
	ProgressPercent  *float64    `json:"progress_percent,omitzero"`
	Line             int         `json:"line"`
}
