// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"strconv"
	"strings"
)

// A DrivePolicy is what a drive can do, and what it is set to. Texts are as
// printed, "" for a placeholder.
type DrivePolicy struct {
	SEDCapable              *bool `json:"sed_capable,omitzero"`
	SEDEnabled              *bool `json:"sed_enabled,omitzero"`
	Secured                 *bool `json:"secured,omitzero"`
	Locked                  *bool `json:"locked,omitzero"`
	NeedsKeyManager         *bool `json:"needs_key_manager,omitzero"`
	SecuredByKeyManager     *bool `json:"secured_by_key_manager,omitzero"`
	InstantErase            *bool `json:"instant_secure_erase,omitzero"`
	CryptographicErase      *bool `json:"cryptographic_erase,omitzero"`
	FirmwareManagedSecurity *bool `json:"firmware_managed_security,omitzero"`
	ProtectionEligible      *bool `json:"protection_eligible,omitzero"`
	ProtectionFormatted     *bool `json:"protection_formatted,omitzero"`
	Certified               *bool `json:"certified,omitzero"`
	CommissionedSpare       *bool `json:"commissioned_spare,omitzero"`
	EmergencySpare          *bool `json:"emergency_spare,omitzero"`
	WriteCacheChangeable    *bool `json:"write_cache_changeable,omitzero"`
	WidePort                *bool `json:"wide_port,omitzero"`
	Multipath               *bool `json:"multipath,omitzero"`
	T10Power                *bool `json:"t10_power_mode,omitzero"`

	PortCount         *int64 `json:"port_count,omitzero"`
	ProtectionType    *int64 `json:"protection_type,omitzero"`
	DefaultWriteCache string `json:"default_write_cache,omitzero"`
	DataFormats       string `json:"data_formats,omitzero"`
	SecurityType      string `json:"security_type,omitzero"`
	FDEType           string `json:"fde_type,omitzero"`
	Sanitize          string `json:"sanitize,omitzero"`
	PowerSave         string `json:"power_save_mode,omitzero"`
	WriteCache        string `json:"write_cache,omitzero"`
	NCQ               string `json:"ncq,omitzero"`
	UserBytes         uint64 `json:"user_sector_bytes,omitzero"` // of a sector, without protection information
	Diagnosed         string `json:"diagnosed,omitzero"`
	ShieldDiagnosed   string `json:"shield_diagnosed,omitzero"`

	Unmap          UnmapSupport `json:"unmap,omitzero"`
	WriteSameUnmap UnmapSupport `json:"write_same_unmap,omitzero"`

	Settings []Setting `json:"settings,omitzero"` // words where a yes or no is wanted
}

// field returns the field that takes the value of a key, nil if there is none.
func (x *DrivePolicy) field(key string) any {
	switch key {
	case "SED Capable":
		return &x.SEDCapable
	case "SED Enabled":
		return &x.SEDEnabled
	case "Secured":
		return &x.Secured
	case "Locked":
		return &x.Locked
	case "Needs EKM Attention":
		return &x.NeedsKeyManager
	case "Secured By EKM":
		return &x.SecuredByKeyManager
	case "ISE Capable":
		return &x.InstantErase
	case "Cryptographic Erase Capable":
		return &x.CryptographicErase
	case "FW managed drive security":
		return &x.FirmwareManagedSecurity
	case "PI Eligible":
		return &x.ProtectionEligible
	case "PI Formatted", "Drive is formatted for PI":
		return &x.ProtectionFormatted
	case "Certified":
		return &x.Certified
	case "Commissioned Spare":
		return &x.CommissionedSpare
	case "Emergency Spare":
		return &x.EmergencySpare
	case "Write Cache Changeable":
		return &x.WriteCacheChangeable
	case "Wide Port Capable":
		return &x.WidePort
	case "Multipath":
		return &x.Multipath
	case "T10 Power Mode":
		return &x.T10Power
	case "Device port count":
		return &x.PortCount
	case "PI type":
		return &x.ProtectionType
	case "Write cache", "Write Cache", "Current Write Cache":
		return &x.WriteCache
	case "Default Write Cache":
		return &x.DefaultWriteCache
	case "NCQ setting":
		return &x.NCQ
	case "Supported Data Format":
		return &x.DataFormats
	case "Security Type":
		return &x.SecurityType
	case "FDE Type":
		return &x.FDEType
	case "Sanitize Support":
		return &x.Sanitize
	case "Power Save Mode":
		return &x.PowerSave
	case "Successful diagnostics completion on":
		return &x.Diagnosed
	case "Successful Shield Diagnostics completed on(Localtime yyyy/mm/dd hh:mm:sec)":
		return &x.ShieldDiagnosed
	}
	return x.unmap(key)
}

// An UnmapSupport says in which volumes a drive can forget blocks that nothing
// uses any more.
type UnmapSupport struct {
	Capable     *bool `json:"capable,omitzero"`
	RAID0       *bool `json:"raid0,omitzero"`
	RAID1       *bool `json:"raid1,omitzero"`
	RAID5       *bool `json:"raid5,omitzero"` // and 6
	SingleDrive *bool `json:"single_drive,omitzero"`
}

// unmap finds the field of "Unmap Capable for RAID 5/6 VDs" and the like.
func (x *DrivePolicy) unmap(key string) any {
	support := &x.Unmap
	if rest, ok := strings.CutPrefix(key, "Writesame "); ok {
		support, key = &x.WriteSameUnmap, rest
	}
	switch key {
	case "Unmap Capable", "Unmap capable":
		return &support.Capable
	case "Unmap Capable for RAID 0 VDs":
		return &support.RAID0
	case "Unmap Capable for RAID 1 VDs":
		return &support.RAID1
	case "Unmap Capable for RAID 5/6 VDs":
		return &support.RAID5
	case "Unmap Capable for Single Drive RAID 0 VDs":
		return &support.SingleDrive
	}
	return nil
}

// A VolumePolicy is what a volume is set to beyond its caches.
type VolumePolicy struct {
	Unmap              *bool `json:"unmap,omitzero"`
	UnmapNow           *bool `json:"unmap_now,omitzero"`
	WriteSameUnmapNow  *bool `json:"write_same_unmap_now,omitzero"`
	Secured            *bool `json:"secured,omitzero"`
	AutoInitialization *bool `json:"auto_background_initialization,omitzero"`
	BadBlocksMarked    *bool `json:"bad_blocks_marked,omitzero"`

	Emulation          string `json:"emulation,omitzero"`
	CacheBypassSize    string `json:"cache_bypass_size,omitzero"`
	CacheBypass        string `json:"cache_bypass,omitzero"`
	DefaultCacheBypass string `json:"default_cache_bypass,omitzero"`
	DefaultPowerSave   string `json:"default_power_save,omitzero"`
	PowerSave          string `json:"power_save,omitzero"`
	AccessStatus       string `json:"access_status,omitzero"`
	EraseTypes         string `json:"erase_types,omitzero"`
	UnitsPerDrive      *int64 `json:"units_per_drive,omitzero"`
	DataFormat         string `json:"data_format,omitzero"`
	InitializeStatus   string `json:"initialize_status,omitzero"`
	TotalSize          string `json:"total_size,omitzero"`
}

// field returns the field that takes the value of a key, nil if there is none.
func (x *VolumePolicy) field(key string) any {
	switch key {
	case "Unmap Enabled":
		return &x.Unmap
	case "Current Unmap Status":
		return &x.UnmapNow
	case "Current WriteSame Unmap Status":
		return &x.WriteSameUnmapNow
	case "Secured":
		return &x.Secured
	case "Auto BGI":
		return &x.AutoInitialization
	case "Bad Blocks":
		return &x.BadBlocksMarked
	case "Emulation type":
		return &x.Emulation
	case "Cachebypass size":
		return &x.CacheBypassSize
	case "Cachebypass Mode", "Current Cachebypass Mode":
		return &x.CacheBypass
	case "Default Cachebypass Mode":
		return &x.DefaultCacheBypass
	case "Default Power Save Policy":
		return &x.DefaultPowerSave
	case "Current Power Save Policy":
		return &x.PowerSave
	case "Access Policy Status":
		return &x.AccessStatus
	case "Supported Erase Types":
		return &x.EraseTypes
	case "LU/NS Count used per PD":
		return &x.UnitsPerDrive
	case "Data Format for I/O":
		return &x.DataFormat
	case "Initialize Status":
		return &x.InitializeStatus
	case "Total VD Size":
		return &x.TotalSize
	}
	return nil
}

// A ControllerPolicy is what a controller is set to, and what its board and
// firmware are made of. Texts are as printed, with the unit where the tool
// prints one.
type ControllerPolicy struct {
	BIOSNotDetected          *bool `json:"bios_not_detected,omitzero"`
	RollingBack              *bool `json:"rolling_back,omitzero"`
	FeatureKey               *bool `json:"feature_key,omitzero"`
	KeyFailed                *bool `json:"key_failed,omitzero"`
	KeyAssigned              *bool `json:"key_assigned,omitzero"`
	KeyNotBackedUp           *bool `json:"key_not_backed_up,omitzero"`
	RekeyPending             *bool `json:"rekey_pending,omitzero"`
	DriveFirmwareDownload    *bool `json:"drive_firmware_download,omitzero"`
	CanDownloadDriveFirmware *bool `json:"can_download_drive_firmware,omitzero"`
	SSDCacheWriteBack        *bool `json:"ssd_cache_write_back,omitzero"`
	CertificateProvision     *bool `json:"certificate_provision,omitzero"`
	TrialFeatures            *bool `json:"trial_features,omitzero"`
	PersonalityPending       *bool `json:"personality_change_pending,omitzero"`
	Expander                 *bool `json:"expander,omitzero"`
	SerialDebugger           *bool `json:"serial_debugger,omitzero"`
	UpgradeKey               *bool `json:"upgrade_key,omitzero"`
	UpgradeKeySlot           *bool `json:"upgrade_key_slot,omitzero"`
	TPM                      *bool `json:"tpm,omitzero"`
	UpgradableCPLD           *bool `json:"upgradable_cpld,omitzero"`
	UpgradablePSOC           *bool `json:"upgradable_psoc,omitzero"`
	UpgradableBoardLogic     *bool `json:"upgradable_board_logic,omitzero"`
	BoardSensor              *bool `json:"board_sensor,omitzero"`
	ROCSensor                *bool `json:"roc_sensor,omitzero"`
	Fan                      *bool `json:"fan,omitzero"`
	Flash                    *bool `json:"flash,omitzero"`
	NVRAM                    *bool `json:"nvram,omitzero"`
	OnChipMemory             *bool `json:"on_chip_memory,omitzero"`
	PCISwitch                *bool `json:"pci_switch,omitzero"`
	AutoRebuild              *bool `json:"auto_rebuild,omitzero"`
	BatteryWarning           *bool `json:"battery_warning,omitzero"`
	NoOnlineReset            *bool `json:"no_online_reset,omitzero"`
	ExposeEnclosures         *bool `json:"expose_enclosures,omitzero"`
	ReorderRequests          *bool `json:"reorder_requests,omitzero"`
	ActivityLocates          *bool `json:"activity_locates,omitzero"`
	KeepFailHistory          *bool `json:"keep_fail_history,omitzero"`
	KeepFailHistoryJBOD      *bool `json:"keep_fail_history_jbod,omitzero"`
	RestoreSpare             *bool `json:"restore_spare,omitzero"`
	AbortCheckOnError        *bool `json:"abort_check_on_error,omitzero"`
	OnlineReset              *bool `json:"online_reset,omitzero"`
	AutoOnlineReset          *bool `json:"auto_online_reset,omitzero"`
	BootWithPreservedCache   *bool `json:"boot_with_preserved_cache,omitzero"`
	DataLossWarning          *bool `json:"data_loss_warning,omitzero"`
	EmergencyHotSpare        *bool `json:"emergency_hot_spare,omitzero"`
	EmergencyOnWarning       *bool `json:"emergency_on_warning,omitzero"`
	EmergencyUnconfigured    *bool `json:"emergency_unconfigured,omitzero"`
	FailOnWarning            *bool `json:"fail_on_warning,omitzero"`
	WatchHDD                 *bool `json:"watch_hdd,omitzero"`
	WatchSSD                 *bool `json:"watch_ssd,omitzero"`
	HostManagedSecurityJBOD  *bool `json:"host_managed_security_jbod,omitzero"`
	LEDsJBOD                 *bool `json:"leds_jbod,omitzero"`
	PollTemperature          *bool `json:"poll_temperature,omitzero"`
	PatrolUnconfigured       *bool `json:"patrol_unconfigured,omitzero"`
	ReplaceDrive             *bool `json:"replace_drive,omitzero"`
	SecurityJBOD             *bool `json:"security_jbod,omitzero"`
	PollJBOD                 *bool `json:"poll_jbod,omitzero"`
	PollRAID                 *bool `json:"poll_raid,omitzero"`
	SpinDownSpare            *bool `json:"spin_down_hot_spare,omitzero"`
	SpinDownUnconfigured     *bool `json:"spin_down_unconfigured,omitzero"`
	PatrolSSD                *bool `json:"patrol_ssd,omitzero"`

	BootKeyProvider             string `json:"boot_key_provider,omitzero"`
	KeyProvider                 string `json:"key_provider,omitzero"`
	ReconfigureTypes            string `json:"reconfigure_types,omitzero"`
	SecurityType                string `json:"security_type,omitzero"`
	DriveCount                  *int64 `json:"drive_count,omitzero"`
	Alarm                       string `json:"alarm,omitzero"`
	BackendPorts                *int64 `json:"backend_ports,omitzero"`
	FrontendPorts               *int64 `json:"frontend_ports,omitzero"`
	BatteryFRU                  string `json:"battery_fru,omitzero"`
	CacheVaultFlash             string `json:"cachevault_flash,omitzero"`
	CacheCadeGigabytes          *int64 `json:"cachecade_gigabytes,omitzero"`
	FirmwareCacheMebibytes      *int64 `json:"firmware_cache_mebibytes,omitzero"`
	FlashSize                   string `json:"flash_size,omitzero"`
	NVRAMSize                   string `json:"nvram_size,omitzero"`
	OnChipMemoryMebibytes       *int64 `json:"on_chip_memory_mebibytes,omitzero"`
	MemoryWidth                 string `json:"memory_width,omitzero"`
	HIIA                        string `json:"hiia,omitzero"`
	HII                         string `json:"hii,omitzero"`
	CBB                         string `json:"cbb,omitzero"`
	BSP                         string `json:"bsp,omitzero"`
	FMC                         string `json:"fmc,omitzero"`
	PSOCFirmware                string `json:"psoc_firmware,omitzero"`
	PSOCHardware                string `json:"psoc_hardware,omitzero"`
	PSOCPart                    string `json:"psoc_part,omitzero"`
	BootBlock                   string `json:"boot_block,omitzero"`
	SBR                         string `json:"sbr,omitzero"`
	SL8Library                  string `json:"sl8_library,omitzero"`
	BIOSSecurityVersion         string `json:"bios_security_version,omitzero"`
	BSPSecurityVersion          string `json:"bsp_security_version,omitzero"`
	FMCSecurityVersion          string `json:"fmc_security_version,omitzero"`
	FirmwareSecurityVersion     string `json:"firmware_security_version,omitzero"`
	HIIASecurityVersion         string `json:"hiia_security_version,omitzero"`
	HIISecurityVersion          string `json:"hii_security_version,omitzero"`
	LearnEvery                  string `json:"learn_every,omitzero"`
	NextLearn                   string `json:"next_learn,omitzero"`
	CheckEvery                  string `json:"check_every,omitzero"`
	NextCheck                   string `json:"next_check,omitzero"`
	PatrolEvery                 string `json:"patrol_read_every,omitzero"`
	NextPatrol                  string `json:"next_patrol_read,omitzero"`
	DetectBackplane             string `json:"detect_backplane,omitzero"`
	Coercion                    string `json:"coercion,omitzero"`
	ECCLeakRate                 string `json:"ecc_leak_rate,omitzero"`
	ECCBucketErrors             *int64 `json:"ecc_bucket_errors,omitzero"`
	FlushTime                   string `json:"flush_time,omitzero"`
	LoadBalance                 string `json:"load_balance,omitzero"`
	InitializationRatePercent   *int64 `json:"initialization_rate_percent,omitzero"`
	CheckRatePercent            *int64 `json:"check_rate_percent,omitzero"`
	ExpansionRatePercent        *int64 `json:"expansion_rate_percent,omitzero"`
	PatrolRatePercent           *int64 `json:"patrol_read_rate_percent,omitzero"`
	EnclosureLevel              string `json:"enclosure_level,omitzero"`
	BootMode                    string `json:"boot_mode,omitzero"`
	CorrectiveAction            string `json:"corrective_action,omitzero"`
	DetectionType               string `json:"detection_type,omitzero"`
	ErrorThreshold              string `json:"error_threshold,omitzero"`
	Name                        string `json:"name,omitzero"`
	SESAssociation              string `json:"ses_association,omitzero"`
	PollExternalSeconds         *int64 `json:"poll_external_seconds,omitzero"`
	PollInternalSeconds         *int64 `json:"poll_internal_seconds,omitzero"`
	SpinDownMinutes             *int64 `json:"spin_down_minutes,omitzero"`
	SpinUpDelaySeconds          *int64 `json:"spin_up_delay_seconds,omitzero"`
	SpinUpDrives                *int64 `json:"spin_up_drives,omitzero"`
	SpinUpEnclosureDrives       *int64 `json:"spin_up_enclosure_drives,omitzero"`
	SpinUpEnclosureDelaySeconds *int64 `json:"spin_up_enclosure_delay_seconds,omitzero"`
}

// field returns the field that takes the value of a key, nil if there is none.
func (x *ControllerPolicy) field(key string) any {
	switch key {
	case "Bios was not detected during boot":
		return &x.BIOSNotDetected
	case "A rollback operation is in progress":
		return &x.RollingBack
	case "At least one PFK exists in NVRAM":
		return &x.FeatureKey
	case "Failed to get lock key on bootup", "Failed to get Security key on bootup":
		return &x.KeyFailed
	case "Lock Key Assigned", "Security Key Assigned":
		return &x.KeyAssigned
	case "Lock key has not been backed up":
		return &x.KeyNotBackedUp
	case "Security Key Rekey Pending":
		return &x.RekeyPending
	case "PD Firmware Download in progress", "Drive Firmware Download in progress":
		return &x.DriveFirmwareDownload
	case "Support PD Firmware Download", "Support Drive Firmware Download":
		return &x.CanDownloadDriveFirmware
	case "SSC Policy is WB":
		return &x.SSDCacheWriteBack
	case "Controller has booted into certificate provision mode":
		return &x.CertificateProvision
	case "Controller has trial features enabled":
		return &x.TrialFeatures
	case "Personality Change Pending":
		return &x.PersonalityPending
	case "On Board Expander":
		return &x.Expander
	case "Serial Debugger":
		return &x.SerialDebugger
	case "Upgrade Key":
		return &x.UpgradeKey
	case "Upgrade Key Slot":
		return &x.UpgradeKeySlot
	case "TPM":
		return &x.TPM
	case "Upgradable CPLD":
		return &x.UpgradableCPLD
	case "Upgradable PSOC":
		return &x.UpgradablePSOC
	case "Upgradable Board Logic":
		return &x.UpgradableBoardLogic
	case "Temperature Sensor for Controller", "Temperature Sensor for Board":
		return &x.BoardSensor
	case "Temperature Sensor for ROC", "Temperature Sensor for Chip":
		return &x.ROCSensor
	case "Controller Fan":
		return &x.Fan
	case "Flash":
		return &x.Flash
	case "NVRAM":
		return &x.NVRAM
	case "OCM Memory":
		return &x.OnChipMemory
	case "PCI Switch":
		return &x.PCISwitch
	case "Auto Rebuild":
		return &x.AutoRebuild
	case "Battery Warning", "Energy Pack Warning":
		return &x.BatteryWarning
	case "Disable Online Controller Reset":
		return &x.NoOnlineReset
	case "Expose Enclosure Devices":
		return &x.ExposeEnclosures
	case "Reorder Host Requests":
		return &x.ReorderRequests
	case "Use drive activity for locate":
		return &x.ActivityLocates
	case "Maintain PD Fail History", "Maintain Drive Fail History":
		return &x.KeepFailHistory
	case "Maintain Drive Fail History - JBOD":
		return &x.KeepFailHistoryJBOD
	case "Restore Hot Spare on Insertion", "Restore Spare on Insertion":
		return &x.RestoreSpare
	case "Abort CC on Error":
		return &x.AbortCheckOnError
	case "All Online Controller Reset":
		return &x.OnlineReset
	case "Auto Online Controller Reset":
		return &x.AutoOnlineReset
	case "Boot With Preserved Cache":
		return &x.BootWithPreservedCache
	case "Data Loss Warning":
		return &x.DataLossWarning
	case "Emergency GHS":
		return &x.EmergencyHotSpare
	case "Emergency SMARTer":
		return &x.EmergencyOnWarning
	case "Emergency UG":
		return &x.EmergencyUnconfigured
	case "Fail On SMARTer":
		return &x.FailOnWarning
	case "HDD SMARTer Enabled":
		return &x.WatchHDD
	case "SSD SMARTer Enabled":
		return &x.WatchSSD
	case "Host Managed Security on JBOD":
		return &x.HostManagedSecurityJBOD
	case "LED management for JBOD":
		return &x.LEDsJBOD
	case "PD Temperature Poll":
		return &x.PollTemperature
	case "PR Correct UnConfigured Areas":
		return &x.PatrolUnconfigured
	case "Replace Drive":
		return &x.ReplaceDrive
	case "Security on JBOD":
		return &x.SecurityJBOD
	case "SmartPoll - JBOD PDs":
		return &x.PollJBOD
	case "SmartPoll - RAID PDs":
		return &x.PollRAID
	case "SpinDown HotSpare":
		return &x.SpinDownSpare
	case "SpinDown Unconfigured Drive":
		return &x.SpinDownUnconfigured
	case "Support SSD Patrol Read":
		return &x.PatrolSSD
	case "Boot Time Secret Key Provider":
		return &x.BootKeyProvider
	case "EKM Key Provider":
		return &x.KeyProvider
	case "Reconfigure types":
		return &x.ReconfigureTypes
	case "Security Type":
		return &x.SecurityType
	case "PD Count":
		return &x.DriveCount
	case "Alarm":
		return &x.Alarm
	case "Backend Port Count":
		return &x.BackendPorts
	case "Front End Port Count":
		return &x.FrontendPorts
	case "BatteryFRU":
		return &x.BatteryFRU
	case "CacheVault Flash Size", "CacheVault Flash Size(MiB)":
		return &x.CacheVaultFlash
	case "Current Size of CacheCade (GB)":
		return &x.CacheCadeGigabytes
	case "Current Size of FW Cache (MB)", "Current Size of FW Cache(MiB)":
		return &x.FirmwareCacheMebibytes
	case "Flash Size", "NOR Flash Size(MiB)":
		return &x.FlashSize
	case "NVRAM Size", "NVRAM Size(KiB)":
		return &x.NVRAMSize
	case "OCM Memory Size(MiB)":
		return &x.OnChipMemoryMebibytes
	case "DDR Width":
		return &x.MemoryWidth
	case "HIIA Version":
		return &x.HIIA
	case "HII Version", "HIIM Version":
		return &x.HII
	case "CBB Version":
		return &x.CBB
	case "BSP Version":
		return &x.BSP
	case "FMC Version":
		return &x.FMC
	case "PSOC Firmware Version":
		return &x.PSOCFirmware
	case "PSOC Hardware Version":
		return &x.PSOCHardware
	case "PSOC Part Number":
		return &x.PSOCPart
	case "Boot Block Version":
		return &x.BootBlock
	case "SBR Version":
		return &x.SBR
	case "SL8 Library Version":
		return &x.SL8Library
	case "BIOS Security Version Number":
		return &x.BIOSSecurityVersion
	case "BSP Security Version Number":
		return &x.BSPSecurityVersion
	case "FMC Security Version Number":
		return &x.FMCSecurityVersion
	case "Firmware Security Version Number":
		return &x.FirmwareSecurityVersion
	case "HIIA Security Version Number":
		return &x.HIIASecurityVersion
	case "HIIM Security Version Number":
		return &x.HIISecurityVersion
	case "Battery learn Reoccurrence":
		return &x.LearnEvery
	case "Next Battery Learn":
		return &x.NextLearn
	case "Consistency Check Reoccurrence":
		return &x.CheckEvery
	case "Next Consistency check launch":
		return &x.NextCheck
	case "Patrol Read Reoccurrence", "Patrol Read Execution Frequency(hours)":
		return &x.PatrolEvery
	case "Next Patrol Read launch", "Next Patrol Read Start time(LocalTime yyyy/mm/dd hh:mm:sec)":
		return &x.NextPatrol
	case "Auto detect BackPlane":
		return &x.DetectBackplane
	case "Drive Coercion Mode":
		return &x.Coercion
	case "ECC Bucket Leak Rate (hrs)", "ECC Bucket Leak Rate(minute(s))":
		return &x.ECCLeakRate
	case "ECC Bucket Size", "Ecc Bucket Size(Entries)":
		return &x.ECCBucketErrors
	case "Flush Time(Default)":
		return &x.FlushTime
	case "Load Balance Mode":
		return &x.LoadBalance
	case "BGI Rate(%)":
		return &x.InitializationRatePercent
	case "Consistency Check Rate(%)":
		return &x.CheckRatePercent
	case "OCE Rate(%)":
		return &x.ExpansionRatePercent
	case "Patrol Read Rate(%)":
		return &x.PatrolRatePercent
	case "Base Enclosure Level":
		return &x.EnclosureLevel
	case "Boot Mode":
		return &x.BootMode
	case "Drive Corrective Action":
		return &x.CorrectiveAction
	case "Drive Detection Type":
		return &x.DetectionType
	case "Drive Error Threshold":
		return &x.ErrorThreshold
	case "Name":
		return &x.Name
	case "SES VPD Association":
		return &x.SESAssociation
	case "SMART/Temperature PollInterval-For External PDs only(second(s))":
		return &x.PollExternalSeconds
	case "SMART/Temperature PollInterval-For Internal PDs only(second(s))":
		return &x.PollInternalSeconds
	case "SpinDown Time(minute(s))":
		return &x.SpinDownMinutes
	case "Spinup Delay(second(s))":
		return &x.SpinUpDelaySeconds
	case "Spinup Drive Count":
		return &x.SpinUpDrives
	case "Spinup Encl Drive Count":
		return &x.SpinUpEnclosureDrives
	case "Spinup Enclosure Delay(second(s))":
		return &x.SpinUpEnclosureDelaySeconds
	}
	return nil
}

// A ControllerLimits is how much of everything a controller can have, and what it
// can have together.
type ControllerLimits struct {
	ArmsPerVolume             *int64 `json:"arms_per_volume,omitzero"`
	Arrays                    *int64 `json:"arrays,omitzero"`
	CacheCadeGigabytes        *int64 `json:"cachecade_gigabytes,omitzero"`
	Volumes                   *int64 `json:"volumes,omitzero"`
	Commands                  *int64 `json:"commands,omitzero"`
	ScatterEntries            *int64 `json:"scatter_entries,omitzero"`
	SpansPerVolume            *int64 `json:"spans_per_volume,omitzero"`
	StripsPerIO               *int64 `json:"strips_per_io,omitzero"`
	TransportableGroups       *int64 `json:"transportable_groups,omitzero"`
	VolumesPerArray           *int64 `json:"volumes_per_array,omitzero"`
	VolumesPerArrayConfigured *int64 `json:"volumes_per_array_configured,omitzero"`
	ComplexVolumes            *int64 `json:"complex_volumes,omitzero"`
	TransferBytes             *int64 `json:"transfer_bytes,omitzero"`
	DedicatedSpares           *int64 `json:"dedicated_spares,omitzero"`
	GlobalSpares              *int64 `json:"global_spares,omitzero"`
	JBODs                     *int64 `json:"jbods,omitzero"`
	KeyIDLength               *int64 `json:"key_id_length,omitzero"`
	UnitsPerJBOD              *int64 `json:"units_per_jbod,omitzero"`
	UnitsPerDrive             *int64 `json:"units_per_drive,omitzero"`
	NVMeDrives                *int64 `json:"nvme_drives,omitzero"`
	Namespaces                *int64 `json:"namespaces,omitzero"`
	Drives                    *int64 `json:"drives,omitzero"`
	DrivesPerArray            *int64 `json:"drives_per_array,omitzero"`
	PersistentIDs             *int64 `json:"persistent_ids,omitzero"`
	PHYs                      *int64 `json:"phys,omitzero"`
	RAIDDrives                *int64 `json:"raid_drives,omitzero"`
	SASDrives                 *int64 `json:"sas_drives,omitzero"`
	SecretKeyLength           *int64 `json:"secret_key_length,omitzero"`
	SecurityKeyLength         *int64 `json:"security_key_length,omitzero"`
	UnitsPerSASDrive          *int64 `json:"units_per_sas_drive,omitzero"`

	Unmap            *bool `json:"unmap,omitzero"`
	Snapdump         *bool `json:"snapdump,omitzero"`
	MixEncrypting    *bool `json:"mix_encrypting,omitzero"`
	SASDisable       *bool `json:"sas_disable,omitzero"`
	JBOD             *bool `json:"jbod,omitzero"`
	SystemDrives     *bool `json:"system_drives,omitzero"`
	ParityReadBypass *bool `json:"parity_read_bypass,omitzero"`

	TransferSize   string `json:"transfer_size,omitzero"`
	MaxStripSize   string `json:"max_strip_size,omitzero"`
	MinStripSize   string `json:"min_strip_size,omitzero"`
	Levels         string `json:"levels,omitzero"`
	Interfaces     string `json:"interfaces,omitzero"`
	MixMedia       string `json:"mix_media,omitzero"`
	MixInEnclosure string `json:"mix_in_enclosure,omitzero"`
	MixHDD         string `json:"mix_hdd,omitzero"`
	MixSSD         string `json:"mix_ssd,omitzero"`
	MixNVMe        string `json:"mix_nvme,omitzero"`
	MixSED         string `json:"mix_sed,omitzero"`
	MixUnitCount   string `json:"mix_unit_count,omitzero"`
}

// field returns the field that takes the value of a key, nil if there is none.
func (x *ControllerLimits) field(key string) any {
	switch key {
	case "Max Arms Per VD":
		return &x.ArmsPerVolume
	case "Max Arrays":
		return &x.Arrays
	case "Max Configurable CacheCade Size(GB)":
		return &x.CacheCadeGigabytes
	case "Max Number of VDs":
		return &x.Volumes
	case "Max Parallel Commands":
		return &x.Commands
	case "Max SGE Count":
		return &x.ScatterEntries
	case "Max Spans Per VD":
		return &x.SpansPerVolume
	case "Max Strips PerIO":
		return &x.StripsPerIO
	case "Max Transportable DGs":
		return &x.TransportableGroups
	case "Max VD per array", "Max VDs Per Array":
		return &x.VolumesPerArray
	case "Max VD's per Array in configuration":
		return &x.VolumesPerArrayConfigured
	case "Max Complex RAID VDs":
		return &x.ComplexVolumes
	case "Max Data Transfer Size(Bytes)":
		return &x.TransferBytes
	case "Max Dedicated HSPs":
		return &x.DedicatedSpares
	case "Max Global HSPs":
		return &x.GlobalSpares
	case "Max JBODs":
		return &x.JBODs
	case "Max Key Id length":
		return &x.KeyIDLength
	case "Max NS/LU per JBOD":
		return &x.UnitsPerJBOD
	case "Max NS/LU per RAID PDs":
		return &x.UnitsPerDrive
	case "Max NVMe Drives":
		return &x.NVMeDrives
	case "Max Namespaces":
		return &x.Namespaces
	case "Max Number of Physical Drives":
		return &x.Drives
	case "Max PD Per Array":
		return &x.DrivesPerArray
	case "Max Persistent Id":
		return &x.PersistentIDs
	case "Max Phys":
		return &x.PHYs
	case "Max RAID Configurable PDs":
		return &x.RAIDDrives
	case "Max SAS/SATA Drives":
		return &x.SASDrives
	case "Max Secret Key length":
		return &x.SecretKeyLength
	case "Max Security Key length":
		return &x.SecurityKeyLength
	case "Max Supported LUNs for SAS PDs":
		return &x.UnitsPerSASDrive
	case "Enable SCSI Unmap":
		return &x.Unmap
	case "Enable Snapdump":
		return &x.Snapdump
	case "FDE Drive Mix Support":
		return &x.MixEncrypting
	case "SAS Disable":
		return &x.SASDisable
	case "Enable JBOD":
		return &x.JBOD
	case "Enable SystemPD":
		return &x.SystemDrives
	case "Read cache bypass enabled for Parity RAID LDs":
		return &x.ParityReadBypass
	case "Max Data Transfer Size":
		return &x.TransferSize
	case "Max Strip Size":
		return &x.MaxStripSize
	case "Min Strip Size":
		return &x.MinStripSize
	case "RAID Level Supported", "Supported RAID Levels":
		return &x.Levels
	case "Supported Drives", "Supported Drive Interfaces":
		return &x.Interfaces
	case "Mix of SSD/HDD in VD":
		return &x.MixMedia
	case "Mix in Enclosure":
		return &x.MixInEnclosure
	case "Mix of SAS/SATA of HDD type in VD", "Mix of SAS-HDD/SATA-HDD in VD":
		return &x.MixHDD
	case "Mix of SAS/SATA of SSD type in VD", "Mix of SAS-SSD/SATA-SSD in VD":
		return &x.MixSSD
	case "Mix of NVMe SGL and PRP in a VD":
		return &x.MixNVMe
	case "Mix of SED type(Enterprise,OPAL,and RUBY) for Security Enabled Arrays":
		return &x.MixSED
	case "Mix of different NS/LU count in a VD":
		return &x.MixUnitCount
	}
	return nil
}

// A ControllerBoot is what a controller does when the machine starts, and how it
// checks its own firmware then.
type ControllerBoot struct {
	WithPreservedCache *bool `json:"with_preserved_cache,omitzero"`
	BIOS               *bool `json:"bios,omitzero"`
	CtrlR              *bool `json:"ctrl_r,omitzero"`
	PrebootCLI         *bool `json:"preboot_cli,omitzero"`
	WebBIOS            *bool `json:"web_bios,omitzero"`
	StopOnError        *bool `json:"stop_on_error,omitzero"`
	Secure             *bool `json:"secure,omitzero"`
	HardSecure         *bool `json:"hard_secure,omitzero"`
	SoftSecure         *bool `json:"soft_secure,omitzero"`
	KeyUpdatePending   *bool `json:"key_update_pending,omitzero"`

	EnumerateVolumes   *int64 `json:"enumerate_volumes,omitzero"`
	SpinUpDelaySeconds *int64 `json:"spin_up_delay_seconds,omitzero"`
	POSTDelay          *int64 `json:"post_delay,omitzero"`
	SpinUpDrives       *int64 `json:"spin_up_drives,omitzero"`
	SpinUpPerMinute    *int64 `json:"spin_up_per_minute,omitzero"`
	KeySlotsLeft       *int64 `json:"key_slots_left,omitzero"`
	KeySlotsUsed       *int64 `json:"key_slots_used,omitzero"`
	KeySlots           *int64 `json:"key_slots,omitzero"`

	SpinDown        string `json:"spin_down,omitzero"`
	SecureState     string `json:"secure_state,omitzero"`
	SecureMode      string `json:"secure_mode,omitzero"`
	KeyAlgorithm    string `json:"key_algorithm,omitzero"`
	KeyHashSize     string `json:"key_hash_size,omitzero"`
	KeyHashVersion  string `json:"key_hash_version,omitzero"`
	SecurityVersion string `json:"security_version,omitzero"`
}

// field returns the field that takes the value of a key, nil if there is none.
func (x *ControllerBoot) field(key string) any {
	switch key {
	case "Allow Boot with Preserved Cache":
		return &x.WithPreservedCache
	case "Enable BIOS":
		return &x.BIOS
	case "Enable Ctrl-R":
		return &x.CtrlR
	case "Enable PreBoot CLI":
		return &x.PrebootCLI
	case "Enable Web BIOS":
		return &x.WebBIOS
	case "Stop BIOS on Error":
		return &x.StopOnError
	case "Secure Boot Enabled":
		return &x.Secure
	case "Controller in Hard Secure Mode":
		return &x.HardSecure
	case "Controller in Soft Secure Mode":
		return &x.SoftSecure
	case "Key Update Pending":
		return &x.KeyUpdatePending
	case "BIOS Enumerate VDs":
		return &x.EnumerateVolumes
	case "Delay Among Spinup Groups (sec)":
		return &x.SpinUpDelaySeconds
	case "Delay during POST":
		return &x.POSTDelay
	case "Max Drives to Spinup at One Time":
		return &x.SpinUpDrives
	case "Maximum number of direct attached drives to spin up in 1 min":
		return &x.SpinUpPerMinute
	case "Remaining Secure Boot Key Slots", "Remaining Key Slots":
		return &x.KeySlotsLeft
	case "Number Of Key Slots Used":
		return &x.KeySlotsUsed
	case "Total Number Of Key Slots":
		return &x.KeySlots
	case "Spin Down Mode":
		return &x.SpinDown
	case "Secure Boot State":
		return &x.SecureState
	case "Secure Boot Mode":
		return &x.SecureMode
	case "Current Key Encryption Algorithm":
		return &x.KeyAlgorithm
	case "Key Hash Size":
		return &x.KeyHashSize
	case "Key Hash Version":
		return &x.KeyHashVersion
	case "Security Version Number":
		return &x.SecurityVersion
	}
	return nil
}

// A ControllerDefaults is what a controller is delivered with, whatever it is set
// to now.
type ControllerDefaults struct {
	EnhancedImport      *bool `json:"enhanced_import,omitzero"`
	BreakMirror         *bool `json:"break_mirror,omitzero"`
	CacheWithoutBattery *bool `json:"cache_without_battery,omitzero"`
	CachedIO            *bool `json:"cached_io,omitzero"`
	DirtyLED            *bool `json:"dirty_led,omitzero"`
	NoJoinMirror        *bool `json:"no_join_mirror,omitzero"`
	NoOnlineReset       *bool `json:"no_online_reset,omitzero"`
	NoPuncturing        *bool `json:"no_puncturing,omitzero"`
	NoHII               *bool `json:"no_hii,omitzero"`
	LEDHeader           *bool `json:"led_header,omitzero"`
	ShieldState         *bool `json:"shield_state,omitzero"`
	CrashDump           *bool `json:"crash_dump,omitzero"`
	BadBlockTable       *bool `json:"bad_block_table,omitzero"`
	ExposeEnclosures    *bool `json:"expose_enclosures,omitzero"`
	ActivityLED         *bool `json:"activity_led,omitzero"`
	PowerSaving         *bool `json:"power_saving,omitzero"`
	SingleSpanAsRAID10  *bool `json:"single_span_as_raid10,omitzero"`
	ZeroBasedEnclosures *bool `json:"zero_based_enclosures,omitzero"`
	DirectMapping       *bool `json:"direct_mapping,omitzero"`
	KeepFailHistory     *bool `json:"keep_fail_history,omitzero"`
	RestoreSpare        *bool `json:"restore_spare,omitzero"`
	LogInFlash          *bool `json:"log_in_flash,omitzero"`

	SpinDownMinutes   *int64 `json:"spin_down_minutes,omitzero"`
	ChainedEnclosures *int64 `json:"chained_enclosures,omitzero"`
	PHYPolarity       *int64 `json:"phy_polarity,omitzero"`
	PHYPolaritySplit  *int64 `json:"phy_polarity_split,omitzero"`

	Coercion          string `json:"coercion,omitzero"`
	ReadPolicy        string `json:"read_policy,omitzero"`
	SmartMode         string `json:"smart_mode,omitzero"`
	StripSize         string `json:"strip_size,omitzero"`
	DetectCME         string `json:"detect_cme,omitzero"`
	UncertifiedDrives string `json:"uncertified_drives,omitzero"`
	PowerSave         string `json:"power_save,omitzero"`
	WritePolicy       string `json:"write_policy,omitzero"`
	ZCR               string `json:"zcr,omitzero"`
}

// field returns the field that takes the value of a key, nil if there is none.
func (x *ControllerDefaults) field(key string) any {
	switch key {
	case "Auto Enhanced Import":
		return &x.EnhancedImport
	case "BreakMirror RAID Support":
		return &x.BreakMirror
	case "Cache When BBU Bad":
		return &x.CacheWithoutBattery
	case "Cached IO":
		return &x.CachedIO
	case "Dirty LED Shows Drive Activity":
		return &x.DirtyLED
	case "Disable Join Mirror":
		return &x.NoJoinMirror
	case "Disable Online Controller Reset":
		return &x.NoOnlineReset
	case "Disable Puncturing":
		return &x.NoPuncturing
	case "DisableHII":
		return &x.NoHII
	case "Enable LED Header":
		return &x.LEDHeader
	case "Enable Shield State":
		return &x.ShieldState
	case "EnableCrashDump":
		return &x.CrashDump
	case "EnableLDBBM":
		return &x.BadBlockTable
	case "Expose Enclosure Devices":
		return &x.ExposeEnclosures
	case "LED Show Drive Activity":
		return &x.ActivityLED
	case "Power Saving option":
		return &x.PowerSaving
	case "Treat Single span R1E as R10":
		return &x.SingleSpanAsRAID10
	case "Zero Based Enclosure Enumeration":
		return &x.ZeroBasedEnclosures
	case "Direct PD Mapping", "Direct Drive Mapping":
		return &x.DirectMapping
	case "Maintain PD Fail History", "Maintain Drive Fail History":
		return &x.KeepFailHistory
	case "Restore Hot Spare on Insertion", "Restore Spare on Insertion":
		return &x.RestoreSpare
	case "TTY Log In Flash", "Serial Log In Flash":
		return &x.LogInFlash
	case "Default spin down time (mins)":
		return &x.SpinDownMinutes
	case "Max Chained Enclosures":
		return &x.ChainedEnclosures
	case "Phy Polarity":
		return &x.PHYPolarity
	case "Phy PolaritySplit":
		return &x.PHYPolaritySplit
	case "Coercion Mode":
		return &x.Coercion
	case "Read Policy":
		return &x.ReadPolicy
	case "SMART Mode":
		return &x.SmartMode
	case "Strip Size":
		return &x.StripSize
	case "Time taken to detect CME":
		return &x.DetectCME
	case "Un-Certified Hard Disk Drives":
		return &x.UncertifiedDrives
	case "VD PowerSave Policy":
		return &x.PowerSave
	case "Write Policy":
		return &x.WritePolicy
	case "ZCR Config":
		return &x.ZCR
	}
	return nil
}

// A Capability is something that the firmware can do or not.
type Capability struct {
	Group     string `json:"group"`              // "Supported PD Operations"
	Name      string `json:"name"`               // "Force Online"
	Supported *bool  `json:"supported,omitzero"` // nil where the tool says neither
	Remark    string `json:"remark,omitzero"`    // "Supports only Spin-Up"
}

// capability reads "Yes", "No", "NA", or "Yes, Supports only Spin-Up".
func (in *input) capability(list []Capability, group, name string) []Capability {
	text := in.str()
	if len(list) >= maxSettings {
		in.reject(ErrLimit)
		return list
	}
	c := Capability{Group: group, Name: name}
	word, remark, _ := strings.Cut(text, ",")
	ok := false
	if c.Supported, ok = in.flagOf(word); ok {
		c.Remark = strings.TrimSpace(remark)
	} else {
		c.Remark = text
	}
	return append(list, c)
}

// These have no value. They tell whether a part knows a key before it is made,
// since a group can have many keys that nobody knows.
var (
	noDrivePolicy  DrivePolicy
	noVolumePolicy VolumePolicy
	noPolicy       ControllerPolicy
	noLimits       ControllerLimits
	noBoot         ControllerBoot
	noDefaults     ControllerDefaults
)

// setPart reads a value into a field of a part, which is made for the first.
func setPart[T any](part **T, none *T, field func(*T, string) any, list *[]Setting, group, key string, in *input) bool {
	if *part == nil {
		if field(none, key) == nil {
			return false
		}
		*part = new(T)
	}
	return in.policy(field(*part, key), list, group, key)
}

// policy reads a value into a field, which is a text, a yes or no, or a number.
// A word where one of the latter is wanted stays in the list of settings.
func (in *input) policy(field any, list *[]Setting, group, key string) bool {
	if field == nil {
		return false
	}
	text, ok := in.str(), true
	switch f := field.(type) {
	case *string:
		*f = text
	case **bool:
		*f, ok = in.flagOf(text)
	case **int64:
		*f, ok = in.numOf(text)
	}
	if !ok && len(*list) < maxSettings {
		in.settings++
		*list = append(*list, Setting{Group: group, Name: strings.TrimSpace(key), Value: text})
	}
	return true
}

// numOf returns the number that a text is, nil for none.
func (in *input) numOf(text string) (n *int64, ok bool) {
	if text == "" {
		return nil, true
	}
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, false
	}
	return in.keep(v), true
}
