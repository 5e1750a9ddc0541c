// SPDX-License-Identifier: Apache-2.0

package storcli

import "encoding/json"

// A Report is what the tool says of the controllers of a machine.
type Report struct {
	Preamble        string `json:"preamble,omitzero"`    // text before a JSON document
	CLIVersion      string `json:"cli_version,omitzero"` // "007.1616.0000.0000 Dec 24, 2020"
	OperatingSystem string `json:"operating_system,omitzero"`
	HostName        string `json:"host_name,omitzero"`
	LibraryVersion  string `json:"library_version,omitzero"`

	// ControllerCount is how many controllers the tool found, nil where it was
	// not asked.
	ControllerCount *int64     `json:"controller_count,omitzero"`
	Overview        []Overview `json:"overview,omitzero"` // of "show"

	Controllers []*Controller `json:"controllers,omitzero"`
	Answers     []Answer      `json:"answers,omitzero"`

	// Lines are the lines of a text, in order: all of it, understood or not.
	Lines []Line `json:"-"`

	// Extra holds what no field takes. Of a JSON document it has the members by
	// path, "Controllers.0.Response Data.New.Key", a dot within a key escaped
	// by a backslash; of a text the values by section and key.
	Extra map[string]json.RawMessage `json:"extra,omitzero"`

	byNumber index[int64, Controller]
	taken    int // values of texts that landed in a field
	settings int // values in Settings
}

// An Answer is what the tool says of how it went, once for each controller.
type Answer struct {
	Controller  *int64   `json:"controller,omitzero"` // nil where the answer is of no controller
	Status      string   `json:"status,omitzero"`     // "Success", "Failure"
	StatusCode  *int64   `json:"status_code,omitzero"`
	Description string   `json:"description,omitzero"`
	Details     []Detail `json:"details,omitzero"`
}

// A Detail says how it went for one volume, drive or property.
type Detail struct {
	Object    string `json:"object,omitzero"` // "VD 999", "306:0"
	Operation string `json:"operation,omitzero"`
	Property  string `json:"property,omitzero"`
	Value     string `json:"value,omitzero"`
	Status    string `json:"status,omitzero"`
	ErrorType string `json:"error_type,omitzero"`
	ErrorCode *int64 `json:"error_code,omitzero"`
	Message   string `json:"message,omitzero"`
}

// An Overview is a controller's row in the answer to "show".
type Overview struct {
	Number               *int64       `json:"number,omitzero"`
	Model                string       `json:"model,omitzero"`
	AdapterType          string       `json:"adapter_type,omitzero"` // IT-mode adapters
	SASAddress           string       `json:"sas_address,omitzero"`
	PCIAddress           string       `json:"pci_address,omitzero"`
	VendorID             uint16       `json:"vendor_id,omitzero"`
	DeviceID             uint16       `json:"device_id,omitzero"`
	SubsystemVendorID    uint16       `json:"subsystem_vendor_id,omitzero"`
	SubsystemDeviceID    uint16       `json:"subsystem_device_id,omitzero"`
	Personality          string       `json:"personality,omitzero"`
	Health               string       `json:"health,omitzero"` // "Opt", "NdAtn"
	Ports                *int64       `json:"ports,omitzero"`
	Drives               *int64       `json:"drives,omitzero"`
	DriveGroups          *int64       `json:"drive_groups,omitzero"`
	DriveGroupsNotOK     *int64       `json:"drive_groups_not_optimal,omitzero"`
	Volumes              *int64       `json:"volumes,omitzero"`
	VolumesNotOK         *int64       `json:"volumes_not_optimal,omitzero"`
	BatteryText          string       `json:"battery_text,omitzero"` // "Opt", "Msng"
	BatteryState         BatteryState `json:"battery_state,omitzero"`
	ScheduledPatrolRead  string       `json:"scheduled_patrol_read,omitzero"`
	DimmerSwitch         string       `json:"dimmer_switch,omitzero"`
	EmergencySpare       string       `json:"emergency_spare,omitzero"`
	AdvancedOptionsCount *int64       `json:"advanced_options_count,omitzero"`
}

// A Setting is a property of a controller, a volume or a drive that is a list
// to begin with: what firmware supports, policies, limits, licences.
type Setting struct {
	Group   string `json:"group,omitzero"` // "Supported PD Operations"
	Name    string `json:"name,omitzero"`  // "Force Online"
	Value   string `json:"value,omitzero"`
	Default string `json:"default,omitzero"`
}

// A Controller is a RAID controller or host bus adapter.
type Controller struct {
	Number *int64 `json:"number,omitzero"` // nil where the answer does not say

	Model        string `json:"model,omitzero"`
	Serial       string `json:"serial,omitzero"`
	CustomSerial string `json:"custom_serial,omitzero"`
	BoardName    string `json:"board_name,omitzero"`
	Assembly     string `json:"assembly,omitzero"`
	Tracer       string `json:"tracer,omitzero"`
	Revision     string `json:"revision,omitzero"`
	ChipName     string `json:"chip_name,omitzero"`
	ChipRevision string `json:"chip_revision,omitzero"`
	OEM          string `json:"oem,omitzero"`
	SubOEM       string `json:"sub_oem,omitzero"`
	SASAddress   string `json:"sas_address,omitzero"`
	SafeID       string `json:"safe_id,omitzero"`
	Manufactured string `json:"manufactured,omitzero"` // as printed: "10/22/17", "2023/12/20"
	Reworked     string `json:"reworked,omitzero"`

	Firmware        string `json:"firmware,omitzero"`
	FirmwarePackage string `json:"firmware_package,omitzero"`
	BIOS            string `json:"bios,omitzero"`
	NVDATA          string `json:"nvdata,omitzero"`
	Driver          string `json:"driver,omitzero"`
	DriverVersion   string `json:"driver_version,omitzero"`
	Mode            string `json:"mode,omitzero"` // "RAID-Mode", "JBOD-Mode", "RAID"
	ControllerTime  string `json:"controller_time,omitzero"`
	SystemTime      string `json:"system_time,omitzero"`

	// PCIAddress has the form that Linux uses: "0000:3c:00.0".
	PCIAddress        string `json:"pci_address,omitzero"`
	VendorID          uint16 `json:"vendor_id,omitzero"`
	DeviceID          uint16 `json:"device_id,omitzero"`
	SubsystemVendorID uint16 `json:"subsystem_vendor_id,omitzero"`
	SubsystemDeviceID uint16 `json:"subsystem_device_id,omitzero"`
	PCISlot           *int64 `json:"pci_slot,omitzero"`
	HostInterface     string `json:"host_interface,omitzero"`
	DeviceInterface   string `json:"device_interface,omitzero"`
	PCIeMaxSpeed      string `json:"pcie_max_speed,omitzero"`
	PCIeSpeed         string `json:"pcie_speed,omitzero"`
	PCIeMaxWidth      *int64 `json:"pcie_max_width,omitzero"`
	PCIeWidth         string `json:"pcie_width,omitzero"`

	Status                    string `json:"status,omitzero"` // "Optimal", "Needs Attention"
	MemoryCorrectableErrors   *int64 `json:"memory_correctable_errors,omitzero"`
	MemoryUncorrectableErrors *int64 `json:"memory_uncorrectable_errors,omitzero"`
	ECCBucketCount            *int64 `json:"ecc_bucket_count,omitzero"`
	PreservedCache            *bool  `json:"preserved_cache,omitzero"` // data of an offline volume waits in the cache
	SafeMode                  *bool  `json:"safe_mode,omitzero"`
	RebootRequired            *bool  `json:"reboot_required,omitzero"`
	ShutdownRequired          *bool  `json:"shutdown_required,omitzero"`
	ResetRequired             *bool  `json:"reset_required,omitzero"`
	VolumesDegraded           *int64 `json:"volumes_degraded,omitzero"`
	VolumesOffline            *int64 `json:"volumes_offline,omitzero"`
	DrivesFailed              *int64 `json:"drives_failed,omitzero"`
	DrivesPredictedToFail     *int64 `json:"drives_predicted_to_fail,omitzero"`

	ROCTemperatureCelsius   *int64 `json:"roc_temperature_celsius,omitzero"` // the RAID processor
	BoardTemperatureCelsius *int64 `json:"board_temperature_celsius,omitzero"`
	MemoryBytes             uint64 `json:"memory_bytes,omitzero"`

	// BatteryStatus is the controller's word for what keeps its cache: a code
	// ("0" is well), "Optimal", "NA". BatteryPresent is what the board has.
	BatteryStatus  string       `json:"battery_status,omitzero"`
	BatteryState   BatteryState `json:"battery_state,omitzero"` // what that code or word means
	BatteryPresent *bool        `json:"battery_present,omitzero"`
	Batteries      []Battery    `json:"batteries,omitzero"`

	DriveGroupCount    *int64 `json:"drive_group_count,omitzero"`
	VolumeCount        *int64 `json:"volume_count,omitzero"`
	DriveCount         *int64 `json:"drive_count,omitzero"`
	EnclosureCount     *int64 `json:"enclosure_count,omitzero"`
	ForeignGroupCount  *int64 `json:"foreign_group_count,omitzero"`
	RequestedBootDrive string `json:"requested_boot_drive,omitzero"`

	Volumes    []*Volume     `json:"volumes,omitzero"`
	Drives     []*Drive      `json:"drives,omitzero"`
	Topology   []TopologyRow `json:"topology,omitzero"`
	Foreign    []TopologyRow `json:"foreign,omitzero"` // groups of another controller
	Enclosures []Enclosure   `json:"enclosures,omitzero"`
	Units      []Unit        `json:"units,omitzero"`
	FreeSpace  []FreeSpace   `json:"free_space,omitzero"`
	Settings   []Setting     `json:"settings,omitzero"`

	Policy       *ControllerPolicy   `json:"policy,omitzero"`
	Limits       *ControllerLimits   `json:"limits,omitzero"`
	Boot         *ControllerBoot     `json:"boot,omitzero"`
	Defaults     *ControllerDefaults `json:"defaults,omitzero"`
	Capabilities []Capability        `json:"capabilities,omitzero"`

	byPlace  index[place, Drive]
	byNumber index[int64, Volume]
}

// A TopologyRow is a group, an array in it, or a member of an array. A member
// that is missing has neither enclosure nor slot.
type TopologyRow struct {
	Group       *int64 `json:"group,omitzero"`
	Array       *int64 `json:"array,omitzero"` // storcli2's span
	Row         *int64 `json:"row,omitzero"`   // nil for a group or an array
	Enclosure   *int64 `json:"enclosure,omitzero"`
	Slot        *int64 `json:"slot,omitzero"`
	DID         *int64 `json:"did,omitzero"`
	PID         *int64 `json:"pid,omitzero"`  // storcli2
	Type        string `json:"type,omitzero"` // "DRIVE", "RAID1"
	StateText   string `json:"state_text,omitzero"`
	StatusText  string `json:"status_text,omitzero"` // storcli2
	SizeText    string `json:"size_text,omitzero"`
	Busy        *bool  `json:"busy,omitzero"` // a background task is running
	DriveCache  string `json:"drive_cache,omitzero"`
	Protection  string `json:"protection,omitzero"`
	Encrypting  string `json:"encrypting,omitzero"`
	PowerSaving string `json:"power_saving,omitzero"`
	FreeSpace   string `json:"free_space,omitzero"`
	Transport   string `json:"transport_ready,omitzero"`
	Volumes     *int64 `json:"volumes,omitzero"` // of a foreign group
}

// IsMember reports whether the row is of a drive, present or missing.
func (t *TopologyRow) IsMember() bool { return t.Type == "DRIVE" }

// State is the state of a member, "" for a group.
func (t *TopologyRow) State() State {
	if !t.IsMember() {
		return ""
	}
	return stateOf(t.StateText, t.StatusText)
}

// An Enclosure holds drives.
type Enclosure struct {
	ID             *int64 `json:"id,omitzero"`
	State          string `json:"state,omitzero"` // "OK"
	Kind           string `json:"kind,omitzero"`  // "Logical Enclosure"
	Slots          *int64 `json:"slots,omitzero"`
	Drives         *int64 `json:"drives,omitzero"`
	Partner        string `json:"partner,omitzero"`
	Multipath      string `json:"multipath,omitzero"`
	PowerSupplies  *int64 `json:"power_supplies,omitzero"`
	Fans           *int64 `json:"fans,omitzero"`
	Sensors        *int64 `json:"sensors,omitzero"`
	Alarms         *int64 `json:"alarms,omitzero"`
	Modules        *int64 `json:"modules,omitzero"`
	Port           string `json:"port,omitzero"`
	Product        string `json:"product,omitzero"`
	VendorSpecific string `json:"vendor_specific,omitzero"`
}

// A Unit is a logical unit or an NVMe namespace of a drive (storcli2).
type Unit struct {
	PID      *int64 `json:"pid,omitzero"`
	Address  string `json:"address,omitzero"` // "0/-"
	Index    *int64 `json:"index,omitzero"`
	Status   string `json:"status,omitzero"`
	SizeText string `json:"size_text,omitzero"`
}

// FreeSpace is a hole in a drive group.
type FreeSpace struct {
	ID          *int64 `json:"id,omitzero"`
	Group       *int64 `json:"group,omitzero"`
	AfterVolume *int64 `json:"after_volume,omitzero"`
	SizeText    string `json:"size_text,omitzero"`
}

// A Battery keeps the controller's cache: a battery (BBU), a CacheVault, an
// energy pack.
type Battery struct {
	Kind                string       `json:"kind,omitzero"` // "bbu", "cachevault", "energy_pack"
	Model               string       `json:"model,omitzero"`
	Serial              string       `json:"serial,omitzero"`
	StateText           string       `json:"state_text,omitzero"` // "Optimal", "Dgd (Needs Attention)"
	State               BatteryState `json:"state,omitzero"`
	TemperatureCelsius  *int64       `json:"temperature_celsius,omitzero"`
	VoltageMillivolts   *int64       `json:"voltage_millivolts,omitzero"`
	CurrentMilliamperes *int64       `json:"current_milliamperes,omitzero"`
	ChargePercent       *int64       `json:"charge_percent,omitzero"`
	Replace             *bool        `json:"replace,omitzero"` // replacement required
	RetentionTime       string       `json:"retention_time,omitzero"`
	Mode                string       `json:"mode,omitzero"`
	Manufactured        string       `json:"manufactured,omitzero"`
	NextLearn           string       `json:"next_learn,omitzero"`
	Settings            []Setting    `json:"settings,omitzero"`
}

// An Operation is what runs on a volume or a drive.
type Operation struct {
	Name      string `json:"name,omitzero"` // "Rebuild", "BGI"
	Status    string `json:"status,omitzero"`
	Percent   *int64 `json:"percent,omitzero"`
	Remaining string `json:"remaining,omitzero"` // as printed: "5 Minutes"
}
