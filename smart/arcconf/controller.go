// SPDX-License-Identifier: Apache-2.0

package arcconf

// A Controller is the adapter that GETCONFIG was asked for. Settings are kept in
// the tool's own words.
type Controller struct {
	Model                                string   `json:"model,omitzero"` // "Adaptec ASR8885Q"
	Serial                               string   `json:"serial,omitzero"`
	WWN                                  string   `json:"wwn,omitzero"`
	Firmware                             string   `json:"firmware,omitzero"`    // "7.13-0 (33263)"
	PCIAddress                           string   `json:"pci_address,omitzero"` // "0000:41:00.0"; not printed by aacraid
	StatusText                           string   `json:"status_text,omitzero"` // "Optimal"
	Mode                                 string   `json:"mode,omitzero"`        // "RAID (Hide RAW)", "HBA", "Mixed"
	TemperatureCelsius                   *int     `json:"temperature_celsius,omitzero"`
	MemoryBytes                          uint64   `json:"memory_bytes,omitzero"`
	DefunctDrives                        *int     `json:"defunct_drives,omitzero"`
	VolumeCount                          *int     `json:"volume_count,omitzero"`
	FailedVolumes                        *int     `json:"failed_volumes,omitzero"`
	DegradedVolumes                      *int     `json:"degraded_volumes,omitzero"`
	Backup                               *Backup  `json:"backup,omitzero"` // battery, ZMM or supercap
	Sensors                              []Sensor `json:"sensors,omitzero"`
	BIOS                                 string   `json:"bios,omitzero"`
	Driver                               string   `json:"driver,omitzero"`
	BootFlash                            string   `json:"boot_flash,omitzero"`
	TemperatureText                      string   `json:"temperature_text,omitzero"`
	Channel                              string   `json:"channel,omitzero"`
	Alarm                                string   `json:"alarm,omitzero"`
	Slot                                 string   `json:"slot,omitzero"`
	Memory                               string   `json:"memory,omitzero"`
	CacheStatus                          string   `json:"cache_status,omitzero"`
	DriverName                           string   `json:"driver_name,omitzero"`
	HostBusLinkWidth                     string   `json:"host_bus_link_width,omitzero"`
	HardwareRevision                     string   `json:"hardware_revision,omitzero"`
	PCIDevice                            string   `json:"pci_device,omitzero"`
	VendorID                             string   `json:"vendor_id,omitzero"`
	DeviceID                             string   `json:"device_id,omitzero"`
	SubsystemVendorID                    string   `json:"subsystem_vendor_id,omitzero"`
	SubsystemDeviceID                    string   `json:"subsystem_device_id,omitzero"`
	NCQ                                  string   `json:"ncq,omitzero"`
	SSDIOBypass                          string   `json:"ssd_io_bypass,omitzero"`
	NVMe                                 string   `json:"nvme,omitzero"`
	NVMeConfiguration                    string   `json:"nvme_configuration,omitzero"`
	NVRAMChecksum                        string   `json:"nvram_checksum,omitzero"`
	BIOSSetting                          string   `json:"bios_setting,omitzero"`
	ArrayBBS                             string   `json:"array_bbs,omitzero"`
	CPLD                                 string   `json:"cpld,omitzero"`
	SEEPROM                              string   `json:"seeprom,omitzero"`
	FCT                                  string   `json:"fct,omitzero"`
	MaxCacheBalance                      string   `json:"max_cache_balance,omitzero"`
	MaxCacheRate                         string   `json:"max_cache_rate,omitzero"`
	MaxCachePool                         string   `json:"max_cache_pool,omitzero"`
	MaxCacheSSDs                         string   `json:"max_cache_ssds,omitzero"`
	MaxCacheMaxSSDs                      string   `json:"max_cache_max_ssds,omitzero"`
	MaxCacheDirtyThreshold               string   `json:"max_cache_dirty_threshold,omitzero"`
	MaxCacheVersion                      string   `json:"max_cache_version,omitzero"`
	MaxCacheWriteBack                    string   `json:"max_cache_write_back,omitzero"`
	FRU                                  string   `json:"fru,omitzero"`
	EC                                   string   `json:"ec,omitzero"`
	VPD                                  string   `json:"vpd,omitzero"`
	HostBusType                          string   `json:"host_bus_type,omitzero"`
	HostBusSpeed                         string   `json:"host_bus_speed,omitzero"`
	GlobalTaskPriority                   string   `json:"global_task_priority,omitzero"`
	PerformanceMode                      string   `json:"performance_mode,omitzero"`
	StayawakePeriod                      string   `json:"stayawake_period,omitzero"`
	SpinupLimitInternalDrives            string   `json:"spinup_limit_internal_drives,omitzero"`
	SpinupLimitExternalDrives            string   `json:"spinup_limit_external_drives,omitzero"`
	StatisticsDataCollectionMode         string   `json:"statistics_data_collection_mode,omitzero"`
	MonitorLogSeverityLevel              string   `json:"monitor_log_severity_level,omitzero"`
	GlobalMaxSASPhyLinkRate              string   `json:"global_max_sas_phy_link_rate,omitzero"`
	VerifyWriteSetting                   string   `json:"verify_write_setting,omitzero"`
	SaveCustomDefaultsSetting            string   `json:"save_custom_defaults_setting,omitzero"`
	SmartPoll                            string   `json:"smart_poll,omitzero"`
	ErrorTunableProfile                  string   `json:"error_tunable_profile,omitzero"`
	ControllerCachePreservation          string   `json:"controller_cache_preservation,omitzero"`
	GlobalPhysicalDeviceWriteCachePolicy string   `json:"global_physical_device_write_cache_policy,omitzero"`
	Copyback                             string   `json:"copyback,omitzero"`
	AutomaticFailover                    string   `json:"automatic_failover,omitzero"`
	BackgroundConsistencyCheck           string   `json:"background_consistency_check,omitzero"`
	BackgroundConsistencyCheckPeriod     string   `json:"background_consistency_check_period,omitzero"`
	PhysicalDrivesDisplayedDuringPOST    string   `json:"physical_drives_displayed_during_post,omitzero"`
	BackplaneMode                        string   `json:"backplane_mode,omitzero"`
	BIOSHaltOnMissingDriveCount          string   `json:"bios_halt_on_missing_drive_count,omitzero"`
	NumberOfPorts                        string   `json:"number_of_ports,omitzero"`
	InternalPortCount                    string   `json:"internal_port_count,omitzero"`
	ExternalPortCount                    string   `json:"external_port_count,omitzero"`
	QueueDepth                           string   `json:"queue_depth,omitzero"`
	MonitorAndPerformanceDelay           string   `json:"monitor_and_performance_delay,omitzero"`
	ElevatorSort                         string   `json:"elevator_sort,omitzero"`
	DegradedModePerformanceOptimization  string   `json:"degraded_mode_performance_optimization,omitzero"`
	Latency                              string   `json:"latency,omitzero"`
	PostPromptTimeout                    string   `json:"post_prompt_timeout,omitzero"`
	BootController                       string   `json:"boot_controller,omitzero"`
	PrimaryBootVolume                    string   `json:"primary_boot_volume,omitzero"`
	SecondaryBootVolume                  string   `json:"secondary_boot_volume,omitzero"`
	ManufacturingPartNumber              string   `json:"manufacturing_part_number,omitzero"`
	ManufacturingSparePartNumber         string   `json:"manufacturing_spare_part_number,omitzero"`
	ManufacturingWellnessLog             string   `json:"manufacturing_wellness_log,omitzero"`
	ManufacturingSKUNumber               string   `json:"manufacturing_sku_number,omitzero"`
	ManufacturingModel                   string   `json:"manufacturing_model,omitzero"`
	SanitizeLockSetting                  string   `json:"sanitize_lock_setting,omitzero"`
	ExpanderMinimumScanDuration          string   `json:"expander_minimum_scan_duration,omitzero"`
	ExpanderScanTimeOut                  string   `json:"expander_scan_time_out,omitzero"`
	RebootRequiredReasons                string   `json:"reboot_required_reasons,omitzero"`
	PowerConsumption                     string   `json:"power_consumption,omitzero"`
	CurrentPowerMode                     string   `json:"current_power_mode,omitzero"`
	PendingPowerMode                     string   `json:"pending_power_mode,omitzero"`
	SurvivalMode                         string   `json:"survival_mode,omitzero"`
	CacheSerialNumber                    string   `json:"cache_serial_number,omitzero"`
	ReadCachePercentage                  string   `json:"read_cache_percentage,omitzero"`
	WriteCachePercentage                 string   `json:"write_cache_percentage,omitzero"`
	NoBatteryWriteCache                  string   `json:"no_battery_write_cache,omitzero"`
	WaitForCacheRoom                     string   `json:"wait_for_cache_room,omitzero"`
	WriteCacheBypassThresholdSize        string   `json:"write_cache_bypass_threshold_size,omitzero"`
	ConfiguredDrives                     string   `json:"configured_drives,omitzero"`
	UnconfiguredDrives                   string   `json:"unconfigured_drives,omitzero"`
	HBADrives                            string   `json:"hba_drives,omitzero"`
	SpareActivationMode                  string   `json:"spare_activation_mode,omitzero"`
	ConsistencyCheckDelay                string   `json:"consistency_check_delay,omitzero"`
	ParallelConsistencyCheckSupported    string   `json:"parallel_consistency_check_supported,omitzero"`
	ParallelConsistencyCheckCount        string   `json:"parallel_consistency_check_count,omitzero"`
	InconsistencyRepairPolicy            string   `json:"inconsistency_repair_policy,omitzero"`
	ConsistencyCheckInconsistencyNotify  string   `json:"consistency_check_inconsistency_notify,omitzero"`
	RebuildPriority                      string   `json:"rebuild_priority,omitzero"`
	ExpandPriority                       string   `json:"expand_priority,omitzero"`
	DataScrubbing                        string   `json:"data_scrubbing,omitzero"`
	OOBInterface                         string   `json:"oob_interface,omitzero"`
	PendingOOBInterface                  string   `json:"pending_oob_interface,omitzero"`
	I2CAddress                           string   `json:"i2c_address,omitzero"`
	PendingI2CAddress                    string   `json:"pending_i2c_address,omitzero"`
	I2CClockSpeed                        string   `json:"i2c_clock_speed,omitzero"`
	I2CClockStretching                   string   `json:"i2c_clock_stretching,omitzero"`
	PendingI2CClockSpeed                 string   `json:"pending_i2c_clock_speed,omitzero"`
	PendingI2CClockStretching            string   `json:"pending_i2c_clock_stretching,omitzero"`
	SMBusDeviceType                      string   `json:"sm_bus_device_type,omitzero"`
	SMBusChannel                         string   `json:"sm_bus_channel,omitzero"`
	PendingSMBusDeviceType               string   `json:"pending_sm_bus_device_type,omitzero"`
	PendingSMBusChannel                  string   `json:"pending_sm_bus_channel,omitzero"`
	StaticEIDsUseOnInitialization        string   `json:"static_eids_use_on_initialization,omitzero"`
	PendingStaticEIDsUseOnInitialization string   `json:"pending_static_eids_use_on_initialization,omitzero"`
	VDMNotification                      string   `json:"vdm_notification,omitzero"`
	PendingVDMNotification               string   `json:"pending_vdm_notification,omitzero"`
	Line                                 int      `json:"line"`
}

// text returns the field that takes the value of a key, which is in small
// letters, as it is printed.
func (x *Controller) text(key []byte) *string {
	switch string(key) {
	case "controller status":
		return &x.StatusText
	case "controller model":
		return &x.Model
	case "controller serial number":
		return &x.Serial
	case "controller world wide name":
		return &x.WWN
	case "controller mode":
		return &x.Mode
	case "firmware":
		return &x.Firmware
	case "bios":
		return &x.BIOS
	case "driver":
		return &x.Driver
	case "boot flash":
		return &x.BootFlash
	case "temperature":
		return &x.TemperatureText
	case "channel description":
		return &x.Channel
	case "controller alarm":
		return &x.Alarm
	case "physical slot":
		return &x.Slot
	case "installed memory", "cache memory":
		return &x.Memory
	case "cache status":
		return &x.CacheStatus
	case "driver name":
		return &x.DriverName
	case "host bus link width", "hot bus link width":
		return &x.HostBusLinkWidth
	case "hardware revision":
		return &x.HardwareRevision
	case "pci device id":
		return &x.PCIDevice
	case "vendor id":
		return &x.VendorID
	case "device id":
		return &x.DeviceID
	case "subsystem vendor id":
		return &x.SubsystemVendorID
	case "subsystem device id":
		return &x.SubsystemDeviceID
	case "ncq status":
		return &x.NCQ
	case "driver supports ssd i/o bypass":
		return &x.SSDIOBypass
	case "nvme supported":
		return &x.NVMe
	case "nvme configuration supported":
		return &x.NVMeConfiguration
	case "nvram checksum status":
		return &x.NVRAMChecksum
	case "runtime bios":
		return &x.BIOSSetting
	case "array bbs support":
		return &x.ArrayBBS
	case "cpld (load version/ flash version)":
		return &x.CPLD
	case "seeprom (load version/ flash version)":
		return &x.SEEPROM
	case "fct custom init string version":
		return &x.FCT
	case "maxcache read, write balance factor":
		return &x.MaxCacheBalance
	case "maxcache flush and fetch rate":
		return &x.MaxCacheRate
	case "maxcache read cache pool size":
		return &x.MaxCachePool
	case "ssds assigned to maxcache pool":
		return &x.MaxCacheSSDs
	case "maximum ssds allowed in maxcache pool":
		return &x.MaxCacheMaxSSDs
	case "maxcache dirty page threshold":
		return &x.MaxCacheDirtyThreshold
	case "maxcache version":
		return &x.MaxCacheVersion
	case "maxcache raid5 writeback enabled":
		return &x.MaxCacheWriteBack
	case "controller fru#":
		return &x.FRU
	case "ec version#":
		return &x.EC
	case "vpd assigned#":
		return &x.VPD
	case "host bus type":
		return &x.HostBusType
	case "host bus speed":
		return &x.HostBusSpeed
	case "global task priority":
		return &x.GlobalTaskPriority
	case "performance mode":
		return &x.PerformanceMode
	case "stayawake period":
		return &x.StayawakePeriod
	case "spinup limit internal drives":
		return &x.SpinupLimitInternalDrives
	case "spinup limit external drives":
		return &x.SpinupLimitExternalDrives
	case "statistics data collection mode":
		return &x.StatisticsDataCollectionMode
	case "monitor log severity level":
		return &x.MonitorLogSeverityLevel
	case "global max sas phy link rate":
		return &x.GlobalMaxSASPhyLinkRate
	case "verify write setting":
		return &x.VerifyWriteSetting
	case "save custom defaults setting":
		return &x.SaveCustomDefaultsSetting
	case "smart poll":
		return &x.SmartPoll
	case "error tunable profile":
		return &x.ErrorTunableProfile
	case "controller cache preservation":
		return &x.ControllerCachePreservation
	case "global physical device write cache policy":
		return &x.GlobalPhysicalDeviceWriteCachePolicy
	case "copyback":
		return &x.Copyback
	case "automatic failover":
		return &x.AutomaticFailover
	case "background consistency check":
		return &x.BackgroundConsistencyCheck
	case "background consistency check period":
		return &x.BackgroundConsistencyCheckPeriod
	case "physical drives displayed during post":
		return &x.PhysicalDrivesDisplayedDuringPOST
	case "backplane mode":
		return &x.BackplaneMode
	case "bios halt on missing drive count":
		return &x.BIOSHaltOnMissingDriveCount
	case "number of ports":
		return &x.NumberOfPorts
	case "internal port count":
		return &x.InternalPortCount
	case "external port count":
		return &x.ExternalPortCount
	case "queue depth":
		return &x.QueueDepth
	case "monitor and performance delay":
		return &x.MonitorAndPerformanceDelay
	case "elevator sort":
		return &x.ElevatorSort
	case "degraded mode performance optimization":
		return &x.DegradedModePerformanceOptimization
	case "latency":
		return &x.Latency
	case "post prompt timeout":
		return &x.PostPromptTimeout
	case "boot controller":
		return &x.BootController
	case "primary boot volume":
		return &x.PrimaryBootVolume
	case "secondary boot volume":
		return &x.SecondaryBootVolume
	case "manufacturing part number":
		return &x.ManufacturingPartNumber
	case "manufacturing spare part number":
		return &x.ManufacturingSparePartNumber
	case "manufacturing wellness log":
		return &x.ManufacturingWellnessLog
	case "manufacturing sku number":
		return &x.ManufacturingSKUNumber
	case "manufacturing model":
		return &x.ManufacturingModel
	case "sanitize lock setting":
		return &x.SanitizeLockSetting
	case "expander minimum scan duration":
		return &x.ExpanderMinimumScanDuration
	case "expander scan time-out":
		return &x.ExpanderScanTimeOut
	case "reboot required reasons":
		return &x.RebootRequiredReasons
	case "power consumption":
		return &x.PowerConsumption
	case "current power mode":
		return &x.CurrentPowerMode
	case "pending power mode":
		return &x.PendingPowerMode
	case "survival mode":
		return &x.SurvivalMode
	case "cache serial number":
		return &x.CacheSerialNumber
	case "read cache percentage":
		return &x.ReadCachePercentage
	case "write cache percentage":
		return &x.WriteCachePercentage
	case "no-battery write cache":
		return &x.NoBatteryWriteCache
	case "wait for cache room":
		return &x.WaitForCacheRoom
	case "write cache bypass threshold size":
		return &x.WriteCacheBypassThresholdSize
	case "configured drives":
		return &x.ConfiguredDrives
	case "unconfigured drives":
		return &x.UnconfiguredDrives
	case "hba drives":
		return &x.HBADrives
	case "spare activation mode":
		return &x.SpareActivationMode
	case "consistency check delay":
		return &x.ConsistencyCheckDelay
	case "parallel consistency check supported":
		return &x.ParallelConsistencyCheckSupported
	case "parallel consistency check count":
		return &x.ParallelConsistencyCheckCount
	case "inconsistency repair policy":
		return &x.InconsistencyRepairPolicy
	case "consistency check inconsistency notify":
		return &x.ConsistencyCheckInconsistencyNotify
	case "rebuild priority":
		return &x.RebuildPriority
	case "expand priority":
		return &x.ExpandPriority
	case "data scrubbing":
		return &x.DataScrubbing
	case "oob interface":
		return &x.OOBInterface
	case "pending oob interface":
		return &x.PendingOOBInterface
	case "i2c address":
		return &x.I2CAddress
	case "pending i2c address":
		return &x.PendingI2CAddress
	case "i2c clock speed":
		return &x.I2CClockSpeed
	case "i2c clock stretching":
		return &x.I2CClockStretching
	case "pending i2c clock speed":
		return &x.PendingI2CClockSpeed
	case "pending i2c clock stretching":
		return &x.PendingI2CClockStretching
	case "smbus device type":
		return &x.SMBusDeviceType
	case "smbus channel":
		return &x.SMBusChannel
	case "pending smbus device type":
		return &x.PendingSMBusDeviceType
	case "pending smbus channel":
		return &x.PendingSMBusChannel
	case "static eids use on initialization":
		return &x.StaticEIDsUseOnInitialization
	case "pending static eids use on initialization":
		return &x.PendingStaticEIDsUseOnInitialization
	case "vdm notification":
		return &x.VDMNotification
	case "pending vdm notification":
		return &x.PendingVDMNotification
	}
	return nil
}

// A Backup is what keeps the cache's content without power: a battery, a
// zero-maintenance module or a supercap.
type Backup struct {
	StatusText         string       `json:"status_text,omitzero"` // "ZMM Optimal", "Ready", "Not Installed"
	State              BatteryState `json:"state,omitzero"`
	TemperatureCelsius *int         `json:"temperature_celsius,omitzero"`
	HealthPercent      *int         `json:"health_percent,omitzero"`
	ChargePercent      *int         `json:"charge_percent,omitzero"`
	Type               string       `json:"type,omitzero"`
	NonVolatile        string       `json:"non_volatile,omitzero"`
	Supercap           string       `json:"supercap,omitzero"`
	TemperatureText    string       `json:"temperature_text,omitzero"`
	Threshold          string       `json:"threshold,omitzero"`
	TemperatureRange   string       `json:"temperature_range,omitzero"`
	Voltage            string       `json:"voltage,omitzero"`
	MaxVoltage         string       `json:"max_voltage,omitzero"`
	Current            string       `json:"current,omitzero"`
	Health             string       `json:"health,omitzero"`
	Charge             string       `json:"charge,omitzero"`
	LifeTime           string       `json:"life_time,omitzero"`
	TimeRemaining      string       `json:"time_remaining,omitzero"`
	OverTemperature    string       `json:"over_temperature,omitzero"`
	Serial             string       `json:"serial,omitzero"`
	Learn              string       `json:"learn,omitzero"`
	NextLearn          string       `json:"next_learn,omitzero"`
	Capacitance        string       `json:"capacitance,omitzero"`
	Packs              string       `json:"packs,omitzero"`
	HardwareError      string       `json:"hardware_error,omitzero"`
	Line               int          `json:"line"`
}

// text returns the field that takes the value of a key, which is in small
// letters, as it is printed.
func (x *Backup) text(key []byte) *string {
	switch string(key) {
	case "status", "overall backup unit status", "backup power status":
		return &x.StatusText
	case "backup unit type":
		return &x.Type
	case "non-volatile storage status":
		return &x.NonVolatile
	case "supercap status":
		return &x.Supercap
	case "current temperature", "temperature":
		return &x.TemperatureText
	case "threshold temperature":
		return &x.Threshold
	case "(min/max)":
		return &x.TemperatureRange
	case "voltage(present/max)":
		return &x.Voltage
	case "life-time max voltage recorded":
		return &x.MaxVoltage
	case "current drawn(present/max)":
		return &x.Current
	case "health":
		return &x.Health
	case "charge level", "capacity remaining":
		return &x.Charge
	case "estimated life-time":
		return &x.LifeTime
	case "time remaining (at current draw)":
		return &x.TimeRemaining
	case "over temperature":
		return &x.OverTemperature
	case "serial number":
		return &x.Serial
	case "learn status":
		return &x.Learn
	case "next scheduled learn cycle":
		return &x.NextLearn
	case "present capacitance":
		return &x.Capacitance
	case "battery/capacitor pack count":
		return &x.Packs
	case "hardware error":
		return &x.HardwareError
	}
	return nil
}

// A Sensor is a thermometer of the controller.
type Sensor struct {
	ID                    string `json:"id"`
	Location              string `json:"location,omitzero"`
	TemperatureCelsius    *int   `json:"temperature_celsius,omitzero"`
	MaxTemperatureCelsius *int   `json:"max_temperature_celsius,omitzero"` // since power on
	Line                  int    `json:"line"`
}
