// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// onlyController parses a fixture that is about one controller, all of which
// has a field.
func onlyController(t *testing.T, name string) *Controller {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name + "/input")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Parse(data)
	if err != nil || len(r.Extra) > 0 || len(r.Controllers) != 1 {
		t.Fatalf("%v, %d controllers, extra %q", err, len(r.Controllers), r.Extra)
	}
	return r.Controllers[0]
}

func differ[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Controller{}, Drive{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s mismatch (-want +got):\n%s", what, diff)
	}
}

// TestFieldsOfController: each key that storcli prints of a controller lands in
// its own field.
func TestFieldsOfController(t *testing.T) {
	c := onlyController(t, "controller-all")
	differ(t, "policy", &ControllerPolicy{
		SBR: "256.1.0-0", BootBlock: "257.0.0.0-0", HII: "258.1.0.0", CBB: "259.2.0.0", HIIA: "260.1.0.0", DriveFirmwareDownload: new(true),
		CanDownloadDriveFirmware: new(true), KeyAssigned: new(false), KeyFailed: new(true), KeyNotBackedUp: new(false),
		BIOSNotDetected: new(true), RollingBack: new(true), FeatureKey: new(true), SSDCacheWriteBack: new(false),
		CertificateProvision: new(true), BatteryFRU: "BEE-261", FrontendPorts: new(int64(262)), BackendPorts: new(int64(263)),
		Alarm: "Missing 264", SerialDebugger: new(false), NVRAMSize: "265KB", FlashSize: "266MB", CacheVaultFlash: "BEE-267",
		TPM: new(true), UpgradeKey: new(true), Expander: new(true), ROCSensor: new(false), BoardSensor: new(true),
		UpgradableCPLD: new(false), UpgradablePSOC: new(true), CacheCadeGigabytes: new(int64(268)), FirmwareCacheMebibytes: new(int64(269)),
		FlushTime: "270s", Coercion: "271MB", AutoRebuild: new(true), BatteryWarning: new(true), ECCBucketErrors: new(int64(272)),
		ECCLeakRate: "273", RestoreSpare: new(false), ExposeEnclosures: new(true), KeepFailHistory: new(false), ReorderRequests: new(true),
		DetectBackplane: "SGPIO/i274c SEP", LoadBalance: "Auto 275", NoOnlineReset: new(true), ActivityLocates: new(true),
		CheckEvery: "314 hrs", NextCheck: "BEE-315", PatrolEvery: "316 hrs", NextPatrol: "317/1/2, 0:0:0", LearnEvery: "BEE-318",
		NextLearn: "BEE-319",
	}, c.Policy)
	differ(t, "limits", &ControllerLimits{
		Interfaces: "SAS, SATA 295", Levels: "RAID296, RAID1, RAID1(2 or more drives per span)", SystemDrives: new(true),
		MixInEnclosure: "Allowed 297", MixHDD: "Not Allowed 298", MixSSD: "Not Allowed 299", MixMedia: "Not Allowed 300",
		SASDisable: new(true), ArmsPerVolume: new(int64(301)), SpansPerVolume: new(int64(302)), Arrays: new(int64(303)),
		VolumesPerArray: new(int64(304)), Volumes: new(int64(305)), Commands: new(int64(306)), ScatterEntries: new(int64(307)),
		TransferSize: "308 sectors", StripsPerIO: new(int64(309)), CacheCadeGigabytes: new(int64(310)),
		TransportableGroups: new(int64(311)), Snapdump: new(false), Unmap: new(true), MixEncrypting: new(false), MinStripSize: "312 KB",
		MaxStripSize: "313 KB", JBOD: new(true), ParityReadBypass: new(true),
	}, c.Limits)
	differ(t, "boot", &ControllerBoot{
		EnumerateVolumes: new(int64(276)), StopOnError: new(false), POSTDelay: new(int64(277)), SpinDown: "None 278", CtrlR: new(true),
		WebBIOS: new(false), PrebootCLI: new(true), BIOS: new(true), SpinUpDrives: new(int64(279)), SpinUpPerMinute: new(int64(280)),
		SpinUpDelaySeconds: new(int64(281)), WithPreservedCache: new(true), Secure: new(true), SoftSecure: new(false),
		HardSecure: new(true), KeyUpdatePending: new(false), KeySlotsLeft: new(int64(320)),
	}, c.Boot)
	differ(t, "defaults", &ControllerDefaults{
		PHYPolarity: new(int64(282)), PHYPolaritySplit: new(int64(283)), StripSize: "284 KB", WritePolicy: "WT 285",
		ReadPolicy: "No Read Ahead 286", CacheWithoutBattery: new(false), CachedIO: new(true), PowerSave: "Controller Defined 287",
		SpinDownMinutes: new(int64(288)), Coercion: "289 MB", ZCR: "Unknown 290", ChainedEnclosures: new(int64(291)),
		DirectMapping: new(false), RestoreSpare: new(true), ExposeEnclosures: new(true), KeepFailHistory: new(true),
		ZeroBasedEnclosures: new(false), NoPuncturing: new(true), BadBlockTable: new(false), NoHII: new(true),
		UncertifiedDrives: "Allow 292", SmartMode: "Mode 293", LEDHeader: new(true), ActivityLED: new(true), DirtyLED: new(false),
		CrashDump: new(true), NoOnlineReset: new(false), SingleSpanAsRAID10: new(true), PowerSaving: new(true), LogInFlash: new(true),
		EnhancedImport: new(false), BreakMirror: new(true), NoJoinMirror: new(false), ShieldState: new(true), DetectCME: "294 sec",
	}, c.Defaults)
	c.Policy, c.Limits, c.Boot, c.Defaults = nil, nil, nil, nil
	differ(t, "controller", &Controller{
		Number: new(int64(3)), Model: "BeeRAID 9560-16i", Serial: "BEE9560001", ControllerTime: "02/03/2026, 04:05:06", SystemTime: "02/03/2026, 04:05:09",
		SASAddress: "500bee0000000100", PCIAddress: "0001:af:1f.7", Manufactured: "11/12/25", Revision: "B07", PCISlot: new(int64(5)),
		FirmwarePackage: "52.99.0-0001", Firmware: "5.990.00-0002", BIOS: "7.99.00.0_0x07990003", NVDATA: "5.9900.00-0004",
		Driver: "megaraid_sas", DriverVersion: "07.727.03.00-rc9", VendorID: 4096, DeviceID: 4322, SubsystemVendorID: 5520, SubsystemDeviceID: 812,
		HostInterface: "PCI-E", DeviceInterface: "SAS-12G",
		Status: "Needs Attention", MemoryCorrectableErrors: new(int64(11)), MemoryUncorrectableErrors: new(int64(12)), ECCBucketCount: new(int64(13)),
		PreservedCache: new(true), BatteryStatus: "32", BatteryState: BatteryOK, RebootRequired: new(true), SafeMode: new(false), ShutdownRequired: new(true),
		Mode: "RAID-Mode", ChipRevision: "B1", BatteryPresent: new(true), MemoryBytes: 8 << 30, ROCTemperatureCelsius: new(int64(61)), BoardTemperatureCelsius: new(int64(47)),
		OEM: "BeeCo", DriveCount: new(int64(2)), DriveGroupCount: new(int64(1)), EnclosureCount: new(int64(1)), VolumeCount: new(int64(1)), ForeignGroupCount: new(int64(4)),
		Capabilities: []Capability{
			{Group: "Supported Adapter Operations", Name: "Rebuild Rate", Supported: new(true)},
			{Group: "Supported Adapter Operations", Name: "Support Shield State", Supported: new(false)},
			{Group: "Supported PD Operations", Name: "Force Online", Supported: new(true), Remark: "and it hurts"},
		},
		FreeSpace: []FreeSpace{{ID: new(int64(1)), Group: new(int64(0)), AfterVolume: new(int64(2)), SizeText: "100.5 GB"}},
		Enclosures: []Enclosure{{
			ID: new(int64(252)), State: "OK", Slots: new(int64(16)), Drives: new(int64(2)), PowerSupplies: new(int64(3)), Fans: new(int64(4)), Sensors: new(int64(5)),
			Alarms: new(int64(6)), Modules: new(int64(7)), Port: "2I", Product: "BEESGPIO", VendorSpecific: "exp-9",
		}},
		Batteries: []Battery{{Kind: "cachevault", Model: "CVPM05", StateText: "Learning", State: BatteryLearning, TemperatureCelsius: new(int64(33)), Manufactured: "2026/01/03"}},
		Settings: []Setting{
			{Group: "Pending Images in Flash", Name: "Image name", Value: "No pending images"},
			{Group: "Policies Table", Name: "Rebuild Rate", Value: "31 %", Default: "30%"},
			{Group: "Policies Table", Name: "Check Consistency Rate", Value: "29 %"},
			{Group: "High Availability", Name: "Topology Type", Value: "None"},
			{Group: "High Availability", Name: "Cluster Permitted", Value: "No"},
			{Group: "High Availability", Name: "Cluster Active", Value: "No"},
			{Group: "Enterprise Key management", Name: "Capability", Value: "Supported"},
			{Group: "Enterprise Key management", Name: "Boot Agent", Value: "Not Available"},
			{Group: "Enterprise Key management", Name: "Configured", Value: "No"},
			{Group: "Security Protocol properties", Name: "Security Protocol", Value: "None"},
			{Group: "Advanced Software Option", Name: "MegaRAID FastPath", Value: "Unlimited"},
			{Group: "ASO", Name: "Ctl", Value: "3"}, {Group: "ASO", Name: "Cl", Value: "X"}, {Group: "ASO", Name: "SAS", Value: "U"},
			{Group: "Controller Properties", Name: "CC Operation Mode", Value: "Concurrent"},
		},
	}, c)
}

// TestFieldsOfStorcli2: the same of storcli2, which has other words.
func TestFieldsOfStorcli2(t *testing.T) {
	c := onlyController(t, "storcli2-controller")
	differ(t, "policy", &ControllerPolicy{
		FirmwareSecurityVersion: "321.0.0.0", FMC: "322.1.1.0-0-0", FMCSecurityVersion: "323.0.0.0", BSP: "324.1.1.0-0-0",
		BSPSecurityVersion: "325.0.0.0", BIOSSecurityVersion: "326.0.0.0", HII: "327.1.0.0", HIISecurityVersion: "328.0.0.0",
		HIIA: "329.1.0.0", HIIASecurityVersion: "330.0.0.0", PSOCHardware: "331.6", PSOCFirmware: "332.0", PSOCPart: "333-2-aaa",
		SL8Library: "334.0.0", DriveCount: new(int64(335)), KeyAssigned: new(true), SecurityType: "None 336", KeyFailed: new(true),
		BIOSNotDetected: new(true), BootKeyProvider: "OOB,In-band 337", KeyProvider: "OOB,In-band 338", TrialFeatures: new(false),
		PersonalityPending: new(true), RekeyPending: new(false),
		ReconfigureTypes: "Change the format option only for existing name-spaces 339", NVRAM: new(true), NVRAMSize: "340",
		Flash: new(true), FlashSize: "341", CacheVaultFlash: "342", OnChipMemory: new(true), OnChipMemoryMebibytes: new(int64(343)),
		FirmwareCacheMebibytes: new(int64(344)), MemoryWidth: "345-bit", UpgradeKey: new(false), UpgradeKeySlot: new(true),
		Expander: new(false), ROCSensor: new(true), BoardSensor: new(true), UpgradableBoardLogic: new(true), PCISwitch: new(false),
		SerialDebugger: new(true), Fan: new(false), PatrolRatePercent: new(int64(371)), InitializationRatePercent: new(int64(372)),
		CheckRatePercent: new(int64(373)), ExpansionRatePercent: new(int64(374)), Coercion: "375 (None)", AutoRebuild: new(true),
		BatteryWarning: new(true), DataLossWarning: new(true), ECCBucketErrors: new(int64(376)), ECCLeakRate: "377",
		ExposeEnclosures: new(false), KeepFailHistory: new(true), KeepFailHistoryJBOD: new(false), OnlineReset: new(true),
		AutoOnlineReset: new(true), AbortCheckOnError: new(true), ReplaceDrive: new(false), WatchHDD: new(true), WatchSSD: new(false),
		PatrolUnconfigured: new(true), PatrolSSD: new(true), SpinDownUnconfigured: new(true), BootWithPreservedCache: new(false),
		SpinDownSpare: new(true), EmergencyHotSpare: new(false), EmergencyUnconfigured: new(true), EmergencyOnWarning: new(true),
		FailOnWarning: new(true), LEDsJBOD: new(false), SESAssociation: "TargetPort 378",
		EnclosureLevel: "Enclosure level enumeration start with Zero 379", PollExternalSeconds: new(int64(380)),
		PollInternalSeconds: new(int64(381)), SpinDownMinutes: new(int64(382)), SpinUpDrives: new(int64(383)),
		SpinUpDelaySeconds: new(int64(384)), SpinUpEnclosureDrives: new(int64(385)), SpinUpEnclosureDelaySeconds: new(int64(386)),
		DetectionType: "Disabled 387", CorrectiveAction: "Only Log Events 388", ErrorThreshold: "Every 389 Hours", BootMode: "COE 390",
		Name: "BEE-391", PollRAID: new(true), PollJBOD: new(false), PollTemperature: new(true), SecurityJBOD: new(true),
		HostManagedSecurityJBOD: new(true), PatrolEvery: "400", NextPatrol: "401/0/0 1:0:0",
	}, c.Policy)
	differ(t, "limits", &ControllerLimits{
		Volumes: new(int64(346)), Drives: new(int64(347)), SASDrives: new(int64(348)), NVMeDrives: new(int64(349)), Arrays: new(int64(350)),
		DrivesPerArray: new(int64(351)), SpansPerVolume: new(int64(352)), DedicatedSpares: new(int64(353)), GlobalSpares: new(int64(354)),
		VolumesPerArray: new(int64(355)), PHYs: new(int64(356)), JBODs: new(int64(357)), RAIDDrives: new(int64(358)),
		ComplexVolumes: new(int64(359)), TransferBytes: new(int64(360)), Commands: new(int64(361)), UnitsPerJBOD: new(int64(362)),
		UnitsPerDrive: new(int64(363)), UnitsPerSASDrive: new(int64(364)), Namespaces: new(int64(365)), PersistentIDs: new(int64(366)),
		VolumesPerArrayConfigured: new(int64(367)), KeyIDLength: new(int64(368)), SecurityKeyLength: new(int64(369)),
		SecretKeyLength: new(int64(370)), Interfaces: "SAS, SATA, NVMe 392", Levels: "RAID393, RAID1, RAID5, RAID6, RAID1, RAID5, RAID6",
		MixHDD: "Allowed 394", MixSSD: "Allowed 395", MixMedia: "Not Allowed 396", MixSED: "Not Allowed 397",
		MixUnitCount: "Not Allowed 398", MixNVMe: "Allowed 399",
	}, c.Limits)
	differ(t, "boot", &ControllerBoot{
		SecureState: "Enabled 402", SecureMode: "Hard Secure 403", KeySlots: new(int64(404)), KeySlotsUsed: new(int64(405)),
		KeySlotsLeft: new(int64(406)), KeyAlgorithm: "RSA407", KeyHashSize: "SHA408", KeyHashVersion: "SHA409",
		SecurityVersion: "410.0.0.0",
	}, c.Boot)
	c.Policy, c.Limits, c.Boot = nil, nil, nil
	differ(t, "controller", &Controller{
		Number: new(int64(4)), Model: "BeeRAID 9670W-16i", BoardName: "BR 9670W-16i", Assembly: "03-00000-00001", Tracer: "BEETRACE01", Revision: "00009",
		ChipName: "SAS4116W", ChipRevision: "C0", Manufactured: "2026/01/02", Reworked: "2026/02/03", CustomSerial: "CUSTOM01", SASAddress: "500bee0000000200",
		Serial: "BEE9670001", ControllerTime: "2026/03/04 05:06:07", SystemTime: "2026/03/04 05:06:08", OEM: "BeeCo", SubOEM: "3", PCISlot: new(int64(6)),
		FirmwarePackage: "8.99.1.0-00000-00001", Firmware: "8.99.1.0-00000-00002", BIOS: "0x08630400", NVDATA: "0C.0B.00.99", Driver: "mpi3mr", DriverVersion: "8.9.1.0.51",
		PCIeMaxSpeed: "0x08 (16GT/s)", PCIeMaxWidth: new(int64(16)), PCIAddress: "0002:16:00.1", PCIeWidth: "X4 Lane(s)",
		DeviceInterface: "SAS/SATA-6G, SAS-12G, SAS-22.5G", VendorID: 0x1000, DeviceID: 0xa5, SubsystemVendorID: 0x1001, SubsystemDeviceID: 0x4621,
		Status: "Optimal", VolumeCount: new(int64(14)), VolumesDegraded: new(int64(15)), VolumesOffline: new(int64(16)), DriveCount: new(int64(17)),
		DrivesPredictedToFail: new(int64(18)), DrivesFailed: new(int64(19)), MemoryCorrectableErrors: new(int64(20)), MemoryUncorrectableErrors: new(int64(21)),
		ECCBucketCount: new(int64(22)), PreservedCache: new(false), RebootRequired: new(true), ShutdownRequired: new(false), ResetRequired: new(true),
		SafeMode: new(true), Mode: "RAID", MemoryBytes: 8 << 30, BatteryPresent: new(true), ROCTemperatureCelsius: new(int64(63)), BoardTemperatureCelsius: new(int64(48)),
		Volumes: []*Volume{{
			Group: new(int64(0)), Number: new(int64(1)), LevelText: "RAID1", Level: "1", StateText: "Dgrd", State: VolumeDegraded, Access: "RO",
			CacheText: "R,WT", ReadAhead: new(true), WritePolicy: WriteThrough, DefaultCacheText: "NR,AWB", DefaultWritePolicy: AlwaysWriteBack,
			SizeText: "1.000 TiB", ApproxSizeBytes: 1 << 40, Name: "beevd",
		}},
		Enclosures: []Enclosure{{
			ID: new(int64(322)), State: "OK", Kind: "Logical Enclosure", Slots: new(int64(10)), Drives: new(int64(1)), Partner: "323", Multipath: "No",
			PowerSupplies: new(int64(0)), Fans: new(int64(0)), Sensors: new(int64(0)), Alarms: new(int64(0)), Modules: new(int64(0)), Product: "VirtualSES",
		}},
		Units:     []Unit{{PID: new(int64(312)), Address: "0/1", Index: new(int64(255)), Status: "Online", SizeText: "893.137 GiB"}},
		Batteries: []Battery{{Kind: "energy_pack", Model: "FBU999", VoltageMillivolts: new(int64(8901)), TemperatureCelsius: new(int64(24)), StateText: "Charging", State: BatteryCharging}},
		Settings: []Setting{
			{Group: "DeviceInterface", Name: "PCIe", Value: "PCIE-16GT"},
			{Group: "External Key Management", Name: "Capability", Value: "Supported"},
			{Group: "External Key Management", Name: "Boot Agent Status", Value: "Not Available"},
			{Group: "External Key Management", Name: "Configured", Value: "No"},
			{Group: "NVCache Information", Name: "NVCache Flash Capacity(MiB)", Value: "22170"},
			{Group: "NVCache Information", Name: "Bad Block Capacity(MiB)", Value: "135"},
			{Group: "NVCache Information", Name: "Allowable bad blocks consumed(%)", Value: "19"},
			{Group: "Security Protocol Details", Name: "Security Protocol", Value: "SPDM-1.2.0"},
			{Group: "Advanced Software options", Name: "RAID Personality", Value: "Unlimited; Factory Installed"},
			{Group: "Auto-config Information", Name: "Primary Auto-configure behavior", Value: "UGood"},
		},
	}, c)
}
