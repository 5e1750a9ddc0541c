// SPDX-License-Identifier: Apache-2.0

package ssacli

// A Drive is what the tool calls a physical drive.
type Drive struct {
	Name                   string   `json:"name,omitzero"`  // "1I:1:1": port, box and bay
	Array                  string   `json:"array,omitzero"` // the array's name, "" if it is in none
	Port                   string   `json:"port,omitzero"`
	Box                    string   `json:"box,omitzero"`         // the enclosure's number at the port
	Bay                    string   `json:"bay,omitzero"`         // the slot
	StatusText             string   `json:"status_text,omitzero"` // "OK", "Failed", "Predictive Failure"
	State                  State    `json:"state,omitzero"`
	PredictiveFailure      bool     `json:"predictive_failure,omitzero"` // expected to fail, whatever State says
	TypeText               string   `json:"type_text,omitzero"`          // "Data Drive", "Unassigned Drive", "Spare Drive"
	SizeBytes              uint64   `json:"size_bytes,omitzero"`         // rounded, counted in powers of 1000
	Vendor                 string   `json:"vendor,omitzero"`             // "HP", "ATA"
	Model                  string   `json:"model,omitzero"`
	Serial                 string   `json:"serial,omitzero"`
	Firmware               string   `json:"firmware,omitzero"`
	WWN                    string   `json:"wwn,omitzero"`            // 16 digits
	WWID                   string   `json:"wwid,omitzero"`           // as printed
	InterfaceText          string   `json:"interface_text,omitzero"` // "Solid State SATA"
	Interface              string   `json:"interface,omitzero"`      // "SATA", "SAS", "NVMe"
	Media                  string   `json:"media,omitzero"`          // "HDD", "SSD"
	TemperatureCelsius     *int     `json:"temperature_celsius,omitzero"`
	MaxTemperatureCelsius  *int     `json:"max_temperature_celsius,omitzero"` // ever
	RotationRPM            int      `json:"rotation_rpm,omitzero"`
	LogicalBlockBytes      int      `json:"logical_block_bytes,omitzero"`
	PhysicalBlockBytes     int      `json:"physical_block_bytes,omitzero"`
	RemainingPercent       *float64 `json:"remaining_percent,omitzero"` // of an SSD's life
	PowerOnHours           *uint64  `json:"power_on_hours,omitzero"`
	RemainingDays          *uint64  `json:"remaining_days,omitzero"` // of an SSD's life, by the tool's guess
	EraseProgressPercent   *float64 `json:"erase_progress_percent,omitzero"`
	RebuildProgressPercent *float64 `json:"rebuild_progress_percent,omitzero"`
	UniqueID               string   `json:"unique_id,omitzero"`
	Exposed                string   `json:"exposed,omitzero"`
	DiskName               string   `json:"disk_name,omitzero"`
	MountPoints            string   `json:"mount_points,omitzero"`
	LastFailureReason      string   `json:"last_failure_reason,omitzero"`
	NCQCapable             string   `json:"ncq_capable,omitzero"`
	NCQEnabled             string   `json:"ncq_enabled,omitzero"`
	Wearout                string   `json:"wearout,omitzero"`
	PHYCount               string   `json:"phy_count,omitzero"`
	TransferRate           string   `json:"transfer_rate,omitzero"`
	PhysicalLinkRate       string   `json:"physical_link_rate,omitzero"`
	MaximumLinkRate        string   `json:"maximum_link_rate,omitzero"`
	Authentication         string   `json:"authentication,omitzero"`
	CarrierApplication     string   `json:"carrier_application,omitzero"`
	CarrierBootloader      string   `json:"carrier_bootloader,omitzero"`
	SanitizeErase          string   `json:"sanitize_erase,omitzero"`
	SanitizeTime           string   `json:"sanitize_time,omitzero"`
	SanitizeFreeze         string   `json:"sanitize_freeze,omitzero"`
	SanitizeAntiFreeze     string   `json:"sanitize_anti_freeze,omitzero"`
	SanitizeLock           string   `json:"sanitize_lock,omitzero"`
	SanitizeUnrestricted   string   `json:"sanitize_unrestricted,omitzero"`
	ShingledSupport        string   `json:"shingled_support,omitzero"`
	ErasePattern           string   `json:"erase_pattern,omitzero"`
	Line                   int      `json:"line"`
}

// text returns the field that takes the value of a key as it is printed.
func (x *Drive) text(key string) *string {
	switch key {
	case "Port":
		return &x.Port
	case "Box":
		return &x.Box
	case "Bay":
		return &x.Bay
	case "Status":
		return &x.StatusText
	case "Drive Type":
		return &x.TypeText
	case "Interface Type":
		return &x.InterfaceText
	case "Firmware Revision":
		return &x.Firmware
	case "Serial Number":
		return &x.Serial
	case "WWID":
		return &x.WWID
	case "Drive Unique ID":
		return &x.UniqueID
	case "Drive exposed to OS":
		return &x.Exposed
	case "Disk Name":
		return &x.DiskName
	case "Mount Points":
		return &x.MountPoints
	case "Last Failure Reason":
		return &x.LastFailureReason
	case "SATA NCQ Capable":
		return &x.NCQCapable
	case "SATA NCQ Enabled":
		return &x.NCQEnabled
	case "SSD Smart Trip Wearout":
		return &x.Wearout
	case "PHY Count":
		return &x.PHYCount
	case "PHY Transfer Rate":
		return &x.TransferRate
	case "PHY Physical Link Rate":
		return &x.PhysicalLinkRate
	case "PHY Maximum Link Rate":
		return &x.MaximumLinkRate
	case "Drive Authentication Status":
		return &x.Authentication
	case "Carrier Application Version":
		return &x.CarrierApplication
	case "Carrier Bootloader Version":
		return &x.CarrierBootloader
	case "Sanitize Erase Supported":
		return &x.SanitizeErase
	case "Sanitize Estimated Max Erase Time":
		return &x.SanitizeTime
	case "Sanitize Freeze Lock Supported":
		return &x.SanitizeFreeze
	case "Sanitize Anti-Freeze Lock Supported":
		return &x.SanitizeAntiFreeze
	case "Sanitize Lock":
		return &x.SanitizeLock
	case "Unrestricted Sanitize Supported":
		return &x.SanitizeUnrestricted
	case "Shingled Magnetic Recording Support":
		return &x.ShingledSupport
	case "Erase Pattern":
		return &x.ErasePattern
	}
	return nil
}
