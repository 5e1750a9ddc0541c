// SPDX-License-Identifier: Apache-2.0

package ssacli

// A Controller is a Smart Array, or an HBA of its family. Settings are kept
// in the tool's own words.
type Controller struct {
	Model                       string       `json:"model,omitzero"` // "HPE Smart Array P408i-a SR Gen10"
	Slot                        string       `json:"slot,omitzero"`  // as its heading says; not always a number
	Embedded                    bool         `json:"embedded,omitzero"`
	Serial                      string       `json:"serial,omitzero"`
	Firmware                    string       `json:"firmware,omitzero"`
	PCIAddress                  string       `json:"pci_address,omitzero"`    // "0000:5c:00.0"
	StatusText                  string       `json:"status_text,omitzero"`    // "OK"
	CacheStatus                 string       `json:"cache_status,omitzero"`   // "OK", "Not Configured", "Temporarily Disabled"
	CacheDisabled               bool         `json:"cache_disabled,omitzero"` // for now or for good
	BatteryStatus               string       `json:"battery_status,omitzero"` // "Failed (Replace Batteries)"
	Battery                     BatteryState `json:"battery,omitzero"`
	BatteryCount                *int         `json:"battery_count,omitzero"`
	TemperatureCelsius          *int         `json:"temperature_celsius,omitzero"`
	CacheTemperatureCelsius     *int         `json:"cache_temperature_celsius,omitzero"`
	CapacitorTemperatureCelsius *int         `json:"capacitor_temperature_celsius,omitzero"`
	Mode                        string       `json:"mode,omitzero"` // "RAID", "HBA", "Mixed"
	Arrays                      []Array      `json:"arrays,omitzero"`
	Volumes                     []Volume     `json:"volumes,omitzero"`
	Drives                      []Drive      `json:"drives,omitzero"`
	Enclosures                  []Enclosure  `json:"enclosures,omitzero"`
	Expanders                   []Enclosure  `json:"expanders,omitzero"` // expanders and enclosure processors
	PortList                    []Port       `json:"port_list,omitzero"`
	Sensors                     []Sensor     `json:"sensors,omitzero"`
	EncryptionSettings          []Line       `json:"encryption_settings,omitzero"` // lines that begin with Encryption
	SPDM                        []Line       `json:"spdm,omitzero"`                // lines that begin with SPDM
	CacheStatusDetails          string       `json:"cache_status_details,omitzero"`
	PendingMode                 string       `json:"pending_mode,omitzero"`
	ModeReboot                  string       `json:"mode_reboot,omitzero"`
	Bus                         string       `json:"bus,omitzero"`
	HardwareRevision            string       `json:"hardware_revision,omitzero"`
	CacheSerial                 string       `json:"cache_serial,omitzero"`
	HostSerial                  string       `json:"host_serial,omitzero"`
	RAID6                       string       `json:"raid6,omitzero"`
	FirmwareActivation          string       `json:"firmware_activation,omitzero"`
	DriverActivation            string       `json:"driver_activation,omitzero"`
	RebuildPriority             string       `json:"rebuild_priority,omitzero"`
	ExpandPriority              string       `json:"expand_priority,omitzero"`
	ScanDelay                   string       `json:"scan_delay,omitzero"`
	ScanMode                    string       `json:"scan_mode,omitzero"`
	ParallelScan                string       `json:"parallel_scan,omitzero"`
	ParallelScans               string       `json:"parallel_scans,omitzero"`
	MaxParallelScans            string       `json:"max_parallel_scans,omitzero"`
	QueueDepth                  string       `json:"queue_depth,omitzero"`
	MonitorDelay                string       `json:"monitor_delay,omitzero"`
	ElevatorSort                string       `json:"elevator_sort,omitzero"`
	DegradedOptimization        string       `json:"degraded_optimization,omitzero"`
	InconsistencyRepair         string       `json:"inconsistency_repair,omitzero"`
	BypassThreshold             string       `json:"bypass_threshold,omitzero"`
	WaitForCacheRoom            string       `json:"wait_for_cache_room,omitzero"`
	InconsistencyNotification   string       `json:"inconsistency_notification,omitzero"`
	PostPromptTimeout           string       `json:"post_prompt_timeout,omitzero"`
	CacheBoard                  string       `json:"cache_board,omitzero"`
	CacheRatio                  string       `json:"cache_ratio,omitzero"`
	DriveWriteCache             string       `json:"drive_write_cache,omitzero"`
	ConfiguredWriteCache        string       `json:"configured_write_cache,omitzero"`
	UnconfiguredWriteCache      string       `json:"unconfigured_write_cache,omitzero"`
	HBAWriteCache               string       `json:"hba_write_cache,omitzero"`
	CacheSize                   string       `json:"cache_size,omitzero"`
	CacheAvailable              string       `json:"cache_available,omitzero"`
	BatteryBackedCache          string       `json:"battery_backed_cache,omitzero"`
	ReadCacheSize               string       `json:"read_cache_size,omitzero"`
	WriteCacheSize              string       `json:"write_cache_size,omitzero"`
	NoBatteryWriteCache         string       `json:"no_battery_write_cache,omitzero"`
	SSDCachingWriteBack         string       `json:"ssd_caching_write_back,omitzero"`
	SSDCachingVersion           string       `json:"ssd_caching_version,omitzero"`
	BackupPower                 string       `json:"backup_power,omitzero"`
	NCQ                         string       `json:"ncq,omitzero"`
	SpareActivation             string       `json:"spare_activation,omitzero"`
	HBAMode                     string       `json:"hba_mode,omitzero"`
	Ports                       string       `json:"ports,omitzero"`
	Encryption                  string       `json:"encryption,omitzero"`
	ExpressEncryption           string       `json:"express_encryption,omitzero"`
	SEDEncryption               string       `json:"sed_encryption,omitzero"`
	Driver                      string       `json:"driver,omitzero"`
	DriverVersion               string       `json:"driver_version,omitzero"`
	SmartPath                   string       `json:"smart_path,omitzero"`
	I2CAddress                  string       `json:"i2c_address,omitzero"`
	PCIeRate                    string       `json:"pc_ie_rate,omitzero"`
	PhyRateLimit                string       `json:"phy_rate_limit,omitzero"`
	LatencyScheduler            string       `json:"latency_scheduler,omitzero"`
	PowerMode                   string       `json:"power_mode,omitzero"`
	SurvivalMode                string       `json:"survival_mode,omitzero"`
	SanitizeErase               string       `json:"sanitize_erase,omitzero"`
	SanitizeLock                string       `json:"sanitize_lock,omitzero"`
	BootVolume                  string       `json:"boot_volume,omitzero"`
	SecondBootVolume            string       `json:"second_boot_volume,omitzero"`
	WWNPort                     string       `json:"wwn_port,omitzero"`
	ScanCompletion              string       `json:"scan_completion,omitzero"`
	EventLogPolicy              string       `json:"event_log_policy,omitzero"`
	StackVersion                string       `json:"stack_version,omitzero"`
	HBAFirmware                 string       `json:"hba_firmware,omitzero"`
	HBAOptionROM                string       `json:"hba_option_rom,omitzero"`
	OptionROM                   string       `json:"option_rom,omitzero"`
	Line                        int          `json:"line"`
}

// text returns the field that takes the value of a key as it is printed.
func (x *Controller) text(key string) *string {
	switch key {
	case "Serial Number":
		return &x.Serial
	case "Firmware Version":
		return &x.Firmware
	case "Controller Status":
		return &x.StatusText
	case "Cache Status":
		return &x.CacheStatus
	case "Cache Status Details":
		return &x.CacheStatusDetails
	case "Battery/Capacitor Status":
		return &x.BatteryStatus
	case "Controller Mode":
		return &x.Mode
	case "Pending Controller Mode":
		return &x.PendingMode
	case "Controller Mode Reboot":
		return &x.ModeReboot
	case "Bus Interface":
		return &x.Bus
	case "Hardware Revision":
		return &x.HardwareRevision
	case "Cache Serial Number":
		return &x.CacheSerial
	case "Host Serial Number":
		return &x.HostSerial
	case "RAID 6 (ADG) Status", "RAID 6 Status":
		return &x.RAID6
	case "Firmware Supports Online Firmware Activation":
		return &x.FirmwareActivation
	case "Driver Supports Online Firmware Activation":
		return &x.DriverActivation
	case "Rebuild Priority":
		return &x.RebuildPriority
	case "Expand Priority":
		return &x.ExpandPriority
	case "Surface Scan Delay":
		return &x.ScanDelay
	case "Surface Scan Mode":
		return &x.ScanMode
	case "Parallel Surface Scan Supported":
		return &x.ParallelScan
	case "Current Parallel Surface Scan Count":
		return &x.ParallelScans
	case "Max Parallel Surface Scan Count":
		return &x.MaxParallelScans
	case "Queue Depth":
		return &x.QueueDepth
	case "Monitor and Performance Delay":
		return &x.MonitorDelay
	case "Elevator Sort":
		return &x.ElevatorSort
	case "Degraded Performance Optimization":
		return &x.DegradedOptimization
	case "Inconsistency Repair Policy":
		return &x.InconsistencyRepair
	case "Write Cache Bypass Threshold Size":
		return &x.BypassThreshold
	case "Wait for Cache Room":
		return &x.WaitForCacheRoom
	case "Surface Analysis Inconsistency Notification":
		return &x.InconsistencyNotification
	case "Post Prompt Timeout":
		return &x.PostPromptTimeout
	case "Cache Board Present":
		return &x.CacheBoard
	case "Cache Ratio":
		return &x.CacheRatio
	case "Drive Write Cache":
		return &x.DriveWriteCache
	case "Configured Drive Write Cache Policy":
		return &x.ConfiguredWriteCache
	case "Unconfigured Drive Write Cache Policy":
		return &x.UnconfiguredWriteCache
	case "HBA Drive Write Cache Policy":
		return &x.HBAWriteCache
	case "Total Cache Size":
		return &x.CacheSize
	case "Total Cache Memory Available":
		return &x.CacheAvailable
	case "Battery Backed Cache Size":
		return &x.BatteryBackedCache
	case "Read Cache Size":
		return &x.ReadCacheSize
	case "Write Cache Size":
		return &x.WriteCacheSize
	case "No-Battery Write Cache":
		return &x.NoBatteryWriteCache
	case "SSD Caching RAID5 WriteBack Enabled":
		return &x.SSDCachingWriteBack
	case "SSD Caching Version":
		return &x.SSDCachingVersion
	case "Cache Backup Power Source":
		return &x.BackupPower
	case "SATA NCQ Supported":
		return &x.NCQ
	case "Spare Activation Mode":
		return &x.SpareActivation
	case "HBA Mode Enabled":
		return &x.HBAMode
	case "Number of Ports":
		return &x.Ports
	case "Encryption":
		return &x.Encryption
	case "Express Local Encryption":
		return &x.ExpressEncryption
	case "SED Encryption":
		return &x.SEDEncryption
	case "Driver Name":
		return &x.Driver
	case "Driver Version":
		return &x.DriverVersion
	case "Driver Supports HP SSD Smart Path", "Driver Supports HPE SSD Smart Path", "Driver Supports SSD Smart Path":
		return &x.SmartPath
	case "I2C Address":
		return &x.I2CAddress
	case "Negotiated PCIe Data Rate":
		return &x.PCIeRate
	case "Port Max Phy Rate Limiting Supported":
		return &x.PhyRateLimit
	case "Latency Scheduler Setting":
		return &x.LatencyScheduler
	case "Current Power Mode":
		return &x.PowerMode
	case "Survival Mode":
		return &x.SurvivalMode
	case "Sanitize Erase Supported":
		return &x.SanitizeErase
	case "Sanitize Lock":
		return &x.SanitizeLock
	case "Primary Boot Volume":
		return &x.BootVolume
	case "Secondary Boot Volume":
		return &x.SecondBootVolume
	case "WWN Port":
		return &x.WWNPort
	case "Surface Scan Completion Supported":
		return &x.ScanCompletion
	case "Persistent Event Log Policy Change Supported":
		return &x.EventLogPolicy
	case "RAID Stack Version":
		return &x.StackVersion
	case "HBA Firmware Version":
		return &x.HBAFirmware
	case "HBA Mode Option ROM Version":
		return &x.HBAOptionROM
	case "Option ROM Version":
		return &x.OptionROM
	}
	return nil
}
