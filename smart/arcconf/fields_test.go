// SPDX-License-Identifier: Apache-2.0

package arcconf

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// readCase parses a fixture. Where its records stand is not what these tests ask.
func readCase(t *testing.T, name string) (*Document, error) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name + "/input")
	if err != nil {
		t.Fatal(err)
	}
	return Parse(data)
}

func differ[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	noLines := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Line" }, cmp.Ignore())
	if diff := cmp.Diff(want, got, noLines, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s mismatch (-want +got):\n%s", what, diff)
	}
}

// TestFieldsOfSmartpqi: each key of a SmartRAID lands in its own field.
func TestFieldsOfSmartpqi(t *testing.T) {
	doc, err := readCase(t, "controller-smartpqi")
	if err != nil || len(doc.Extra) > 0 || len(doc.Drives) != 1 || len(doc.Enclosures) != 1 || len(doc.Volumes) != 1 {
		t.Fatalf("%v, extra %+v", err, doc.Extra)
	}
	differ(t, "controller", &Controller{
		StatusText: "Optimal", Mode: "Mixed", Channel: "SCSI", Model: "SmartRAID 3254C-16i",
		VendorID: "0x9005", DeviceID: "0x028f", SubsystemVendorID: "0x9006", SubsystemDeviceID: "0x1471",
		Serial: "BEE3254C0001", WWN: "50000D1F0BEE0100", Slot: "7",
		TemperatureText: "61 C/ 141 F (Normal)", TemperatureCelsius: new(61),
		HostBusType: "PCIe 4.0", HostBusSpeed: "15753 MBps", HostBusLinkWidth: "8 bit(s)/link(s)", PCIAddress: "0001:c3:1f.7",
		NumberOfPorts: "4", InternalPortCount: "3", ExternalPortCount: "1", DefunctDrives: new(2), NCQ: "Enabled",
		QueueDepth: "Automatic", MonitorAndPerformanceDelay: "60 minutes", ElevatorSort: "Sorted",
		DegradedModePerformanceOptimization: "Off", Latency: "Low", StatisticsDataCollectionMode: "Collecting",
		PostPromptTimeout: "15 seconds", BootController: "True",
		PrimaryBootVolume: "Logical device 0(OS)", SecondaryBootVolume: "Logical device 1(DATA)",
		DriverName: "smartpqi", SSDIOBypass: "Yes", NVMe: "Yes, it is", NVMeConfiguration: "Partly",
		ManufacturingPartNumber: "MPN-1", ManufacturingSparePartNumber: "MSPN-2", ManufacturingWellnessLog: "MWL-3",
		ManufacturingSKUNumber: "MSKU-4", ManufacturingModel: "MM-5", NVRAMChecksum: "Passed", SanitizeLockSetting: "Freeze",
		ExpanderMinimumScanDuration: "3 seconds", ExpanderScanTimeOut: "350 seconds", RebootRequiredReasons: "Firmware update",

		PowerConsumption: "14320 milliWatts", CurrentPowerMode: "Maximum Performance", PendingPowerMode: "Minimum Power", SurvivalMode: "Survives",

		CacheStatus: "Ok", CacheSerialNumber: "CACHE-6", Memory: "7680 MB", MemoryBytes: 7680 << 20,
		ReadCachePercentage: "10 percent", WriteCachePercentage: "90 percent", NoBatteryWriteCache: "Forbidden",
		WaitForCacheRoom: "Waits", WriteCacheBypassThresholdSize: "1040 KB",
		Backup:           &Backup{StatusText: "Not Fully Charged", State: BatteryCharging, Packs: "1", HardwareError: "No Error"},
		ConfiguredDrives: "Drive default", UnconfiguredDrives: "Unchanged", HBADrives: "Off for HBA",
		MaxCacheVersion: "4", MaxCacheWriteBack: "Enabled",

		VolumeCount: new(2), FailedVolumes: new(0), DegradedVolumes: new(1), SpareActivationMode: "Predictive",
		BackgroundConsistencyCheck: "High", ConsistencyCheckDelay: "3 seconds",
		ParallelConsistencyCheckSupported: "Several", ParallelConsistencyCheckCount: "2",
		InconsistencyRepairPolicy: "Repairs", ConsistencyCheckInconsistencyNotify: "Notifies", RebuildPriority: "Rapid", ExpandPriority: "Medium",
		Firmware: "03.01.29.074", Driver: "Linux 2.1.26-030", HardwareRevision: "C",
		Sensors: []Sensor{
			{ID: "0", TemperatureCelsius: new(38), MaxTemperatureCelsius: new(44), Location: "Inlet Ambient"},
			{ID: "1", TemperatureCelsius: new(61), MaxTemperatureCelsius: new(70), Location: "ASIC"},
		},

		OOBInterface: "MCTP", PendingOOBInterface: "PBSI", I2CAddress: "0xDE", PendingI2CAddress: "0xDC",
		I2CClockSpeed: "100 KHZ", I2CClockStretching: "Stretches", PendingI2CClockSpeed: "400 KHZ", PendingI2CClockStretching: "Will not",
		SMBusDeviceType: "Fixed", SMBusChannel: "0", StaticEIDsUseOnInitialization: "9", VDMNotification: "Tells",
		PendingSMBusDeviceType: "Dynamic", PendingSMBusChannel: "1", PendingStaticEIDsUseOnInitialization: "10", PendingVDMNotification: "Is silent",
	}, doc.Controller)
	differ(t, "connectors", []Connector{{
		Name: "CN0", ConnectionNumber: "4", Mode: "Mixed", Location: "Internal", SASAddress: "50000D1F0BEE0101", Discovery: "UBM", PendingDiscovery: "SGPIO",
	}}, doc.Connectors)
	first := Member{Place: "Device 0", StatusText: "Present", State: Online, Location: "572352MB, SAS, SSD, Enclosure:2, Slot:5", Serial: "BEESN0000001"}
	second := Member{Place: "Device 1", StatusText: "Offline", State: Offline, Location: "572352MB, SAS, SSD, Enclosure:2, Slot:6", Serial: "BEESN0000002"}
	differ(t, "arrays", []Array{{
		Name: "A", StatusText: "Ok", Interface: "SAS", SizeBytes: 1144704 << 20, UnusedBytes: new(uint64(4 << 20)), BlockBytes: 512,
		Utilization: "99.99% Used, 0.01% Unused", Type: "Data", Transformation: "Transforms", SpareRebuild: "Dedicated", IOBypass: "Bypasses",
		Volumes: []ArrayVolume{{Name: "Logical 0", StatusText: "Optimal", Text: "1, Data, 572325 MB) OS"}},
		Members: []Member{first, second},
	}}, doc.Arrays)
	second.StatusText, second.State = "Failed", Failed
	differ(t, "volumes", []Volume{{
		Name: "OS", DiskName: "/dev/sdq (Disk0) (Bus: 1, Target: 0, Lun: 0)", MemberBlockBytes: 4096, Array: "0", Level: "1",
		StatusText: "Optimal", State: VolumeOptimal, ParityInitialization: "Completed", SizeBytes: 572325 << 20,
		StripeSize: "256 KB", FullStripeSize: "512 KB", Interface: "Serial Attached SCSI", DeviceType: "Data", BootType: "Primary",
		Heads: "255", SectorsPerTrack: "32", Cylinders: "57450", Caching: "Cached", MountPoints: "/boot 488 MB  Partition Number 1",
		Acceleration: "Controller Cache", UniqueID: "600508B1001CBEE0000000000000000A", Members: []Member{first, second},
	}}, doc.Volumes)
	differ(t, "drives", []Drive{{
		StatusText: "Online", State: Online, StaleRIS: "False", BlockBytes: 512, PhysicalBlockBytes: 4096, TransferSpeed: "SAS 12.0 Gb/s", Interface: "SAS",
		Channel: "0,5(5:0)", ChannelID: new(0), DeviceID: new(5),
		Location: "Enclosure 2, Slot 5(Connector 3:CN3)", Enclosure: new(2), Slot: new(5), Connector: new(3),
		Array: "0", Vendor: "BEECO", Model: "BEE SSD 600", Firmware: "B001", Serial: "BEESN0000001", WWNText: "5000BEE00000A001", WWN: "5000bee00000a001",
		ReservedText: "32768 KB", UsedBytes: 572325 << 20, UnusedText: "64 KB", SizeBytes: 572352 << 20, WriteCache: "Disabled (write-through)",
		SMART: "No", SMARTWarnings: new(uint64(0)), Media: "SSD", NCQSupported: "Supported", NCQ: "Enabled", BootType: "Secondary",
		TemperatureCelsius: new(33), MaxTemperatureCelsius: new(47), ThresholdCelsius: new(68), PHYCount: "2", Configuration: "Data", Exposed: "False",
		DiskName: "/dev/sg3", MountPoints: "Not Mounted", SanitizeErase: "Erases", SanitizeFreeze: "Freezes", SanitizeAntiFreeze: "Thaws", SanitizeLock: "Locked",
		RemainingPercent: new(97), LifeRemaining: "12000 days", Wearout: "Not worn", Warning56Days: "Never",
		UniqueID: "BEE00000000000000000000000000001", SKU: "DSKU-7", Part: "DPN-8", LastFailureReason: "No Failure",
		PHYs: []PHY{
			{PhysicalLinkRate: "12 Gbps", LogicalLinkRate: "11 Gbps", MaximumLinkRate: "13 Gbps"},
			{Number: 1, Identifier: "1", SASAddress: "5000BEE00000A002", AttachedIdentifier: "6", AttachedSASAddress: "50000D1F0BEE0101"},
		},
		Counters: &Counters{
			AbortedCommands: new(uint64(1)), BadTargetErrors: new(uint64(2)), EccRecoveredReadErrors: new(uint64(3)), FailedReadRecovers: new(uint64(4)),
			FailedWriteRecovers: new(uint64(5)), FormatErrors: new(uint64(6)), HardwareErrors: new(uint64(7)), HardReadErrors: new(uint64(8)),
			HardWriteErrors: new(uint64(9)), HotPlugs: new(uint64(10)), MediaFailures: new(uint64(11)), NotReadyErrors: new(uint64(12)),
			OtherTimeouts: new(uint64(13)), PredictiveFailures: new(uint64(14)), RetryRecoveredReadErrors: new(uint64(15)),
			RetryRecoveredWriteErrors: new(uint64(16)), BusFaults: new(uint64(17)), SectorsRead: new(uint64(1800000000000)),
			SectorsWritten: new(uint64(19)), ServiceHours: new(uint64(20)),
		},
	}}, doc.Drives)
	differ(t, "enclosures", []Enclosure{{
		Channel: "2,0(0:0)", ID: "2", LogicalID: "50000D1F0BEE0110", Type: "SES2", Vendor: "BEECO", Model: "BEE SHELF", Firmware: "S002", Serial: "SHELF-9",
		ExpanderID: "3", ExpanderSASAddress: "50000D1F0BEE0111", Connector: "CN3", TemperatureText: "Warm", Speaker: "Muted",
	}}, doc.Enclosures)
}

// TestFieldsOfAacraid: what its generation prints and SmartRAID does not.
func TestFieldsOfAacraid(t *testing.T) {
	doc, err := readCase(t, "maxcache-aacraid")
	if err != nil || len(doc.Extra) > 0 || len(doc.Drives) != 1 || len(doc.Enclosures) != 1 || len(doc.Volumes) != 2 {
		t.Fatalf("%v, extra %+v", err, doc.Extra)
	}
	differ(t, "controller", &Controller{
		StatusText: "Optimal", Channel: "SAS/SATA", Model: "Adaptec ASR81605ZQ", Serial: "BEE816050001", Slot: "2",
		TemperatureText: "49 C/ 120 F (Normal)", TemperatureCelsius: new(49), Memory: "1024 MB", MemoryBytes: 1 << 30, Copyback: "Copies",
		HostBusType: "PCIe", HostBusSpeed: "5000 MHz", HostBusLinkWidth: "8 bit(s)/link(s)",
		BackgroundConsistencyCheck: "Checks", BackgroundConsistencyCheckPeriod: "30", AutomaticFailover: "Fails over", GlobalTaskPriority: "High",
		PerformanceMode: "Dynamic", StayawakePeriod: "5 minutes", SpinupLimitInternalDrives: "4", SpinupLimitExternalDrives: "3",
		DefunctDrives: new(0), VolumeCount: new(1), FailedVolumes: new(0), DegradedVolumes: new(0),
		MaxCacheSSDs: "2", MaxCacheMaxSSDs: "8", MaxCachePool: "111.583 GB", MaxCacheRate: "100", MaxCacheBalance: "3,1", MaxCacheDirtyThreshold: "75",
		NCQ: "Enabled", StatisticsDataCollectionMode: "Collecting", MonitorLogSeverityLevel: "Informational", GlobalMaxSASPhyLinkRate: "12.0Gbps",
		VerifyWriteSetting: "Verifies", SaveCustomDefaultsSetting: "Saved", SmartPoll: "Polls", ErrorTunableProfile: "Normal",
		ControllerCachePreservation: "Preserved", GlobalPhysicalDeviceWriteCachePolicy: "Drive Specific", PhysicalDrivesDisplayedDuringPOST: "Shown",
		BackplaneMode: "IBPI", BIOSHaltOnMissingDriveCount: "255", DataScrubbing: "Scrubs", Alarm: "Sounds", BIOSSetting: "Runs", ArrayBBS: "Supports",
		BIOS: "7.11-0 (33173)", Firmware: "7.11-1 (33174)", Driver: "1.2-2 (50740)", BootFlash: "7.11-3 (33175)",
		CPLD: "8/ 10", SEEPROM: "1/ 2", FCT: "0x4",
		Backup: &Backup{
			StatusText: "Ready", State: BatteryOK, Type: "AFM-700/700LP", NonVolatile: "Stored", Supercap: "Ready",
			TemperatureText: "30 deg C", TemperatureCelsius: new(30), Threshold: "55 deg C", TemperatureRange: "19 deg C/ 46 deg C",
			Voltage: "4951 mV/ 5301 mV", MaxVoltage: "5415 mV", Current: "-12 mA/ 561 mA", Health: "98 percent", HealthPercent: new(98),
			Charge: "99 percent", ChargePercent: new(99), LifeTime: "5 Years, 1 Month", Serial: "SUPERCAP-1", Learn: "Idle",
			NextLearn: "120 hours", Capacitance: "297 farads",
		},
	}, doc.Controller)
	differ(t, "volumes", []Volume{{
		Name: "STORE", MemberBlockBytes: 512, Level: "6 Reed-Solomon", UniqueID: "BEE00D0A",
		StatusText: "Reconfiguring ( Expanding : 12.5 % )", State: VolumeReshaping, ProgressPercent: new(12.5),
		Details: "Initialized with Build/Clear", SizeBytes: 3811318 << 20, ParitySpace: "1905659 MB", Interface: "Serial ATA", DeviceType: "HDD",
		ReadCacheSetting: "Reads", ReadCacheStatus: "Reading", WriteCacheSetting: "Writes", WriteCacheStatus: "Writing",
		MaxCachePreferred: "Preferred", MaxCacheReadSetting: "Fast reads", MaxCacheReadStatus: "Reads fast",
		MaxCacheWriteSetting: "Fast writes", MaxCacheWriteStatus: "Writes fast", MaxCacheWritePolicy: "Write Back", MaxCacheStatus: "Dirty",
		Partitioned: "Parted", HotSpare: "Protected", HotSpares: []string{"0,9"}, Bootable: "Boots", FailedStripes: "None failed",
		PowerSettings: "Saves", CoherencyCheck: "Inactive",
		Members: []Member{
			{Place: "Group 0, Segment 0", StatusText: "Present", State: Online, Location: "953869MB, SATA, HDD, Connector:0, Device:0", Serial: "BEEHD0000001"},
			{Place: "Group 0, Segment 1", StatusText: "Offline", State: Offline, Location: "953869MB, SATA, HDD, Connector:0, Device:1", Serial: "BEEHD0000002"},
		},
	}, {
		Number: 100, MaxCache: true, Name: "MaxCache 0", MaxCacheDirty: "Clean", Level: "1", StatusText: "Optimal", State: VolumeOptimal, SizeBytes: 109568 << 20,
	}}, doc.Volumes)
	differ(t, "drives", []Drive{{
		StatusText: "Hot Spare", State: HotSpare, PredictiveFailure: true, Supported: "Supported",
		TransferSpeed: "SATA 3.0 Gb/s", Interface: "SATA", ProgrammedSpeed: "SATA 6.0 Gb/s", Channel: "0,0(0:0)", ChannelID: new(0), DeviceID: new(0),
		Location: "Connector 0, Device 0", Connector: new(0), ESD: "2,0(0:0)", Vendor: "ATA", Model: "BEE HDD 1000", Firmware: "H001", Serial: "BEEHD0000001",
		SizeBytes: 953869 << 20, WriteCache: "Enabled (write-back)", FRU: "FRU-2", PFA: "Foretells", SMART: "Yes", SMARTWarnings: new(uint64(2)),
		PowerState: "Full rpm", PowerStates: "Full rpm,Powered off,Reduced rpm", Media: "HDD", MaxCacheCapable: "Capable", MaxCacheAssigned: "Assigned",
		NCQ: "Enabled", HotSpare: "logical device 0", FailedSegments: "True",
		PHYs: []PHY{{Identifier: "0", SASAddress: "30000BEE00000010", AttachedIdentifier: "4", AttachedSASAddress: "50000D1B0BEE0020"}},
		Counters: &Counters{
			HardwareErrors: new(uint64(21)), MediumErrors: new(uint64(22)), ParityErrors: new(uint64(23)),
			LinkFailures: new(uint64(24)), AbortedCommands: new(uint64(25)), SMARTWarnings: new(uint64(26)),
		},
	}}, doc.Drives)
	differ(t, "enclosures", []Enclosure{{
		Number: 1, State: "Available", Supported: "Supported too", TransferSpeed: "SAS 6.0 Gb/s", Channel: "2,0(0:0)", Location: "Enclosure 0, Slot 3",
		ESD: "2,1(1:0)", WWN: "50000BEE00000030", FRU: "FRU-3", PFA: "Quiet", ID: "0", Type: "SES2", Vendor: "BEECO", Model: "BEE BACKPLANE", Firmware: "P003",
		Fans:               []Part{{Name: "Fan 1 status", StatusText: "5400 rpm (Normal)"}},
		PowerSupplies:      []Part{{Name: "Power supply 1 status", StatusText: "Ok"}},
		TemperatureSensors: []Part{{Name: "Temperature sensor 1 status", StatusText: "25 C/ 77 F (Normal)"}},
	}}, doc.Enclosures)
	differ(t, "lanes", []Connector{{
		Lane: true, ChannelID: "1", DeviceID: "6", PHYs: []PHY{{Identifier: "2", SASAddress: "50000D1B0BEE0021"}},
	}, {
		Lane: true, Number: 1, SASAddress: "50000D1B0BEE0022", PHYIdentifier: "3",
		AttachedPHYIdentifier: "5", AttachedSASAddress: "50000BEE00000031", LinkRate: "6.0 Gbps",
	}}, doc.Connectors)
}

// TestFieldsOfServeRAID: the words of the oldest versions, and a battery.
func TestFieldsOfServeRAID(t *testing.T) {
	doc, err := readCase(t, "old-serveraid")
	if list, ok := err.(Errors); !ok || len(list) != 1 || list[0].Text != "fast" || len(doc.Drives) != 1 {
		t.Fatalf("errors %v, want one of the drive's speed", messages(err))
	}
	c := doc.Controller
	if c.FRU != "25R0001" || c.EC != "J00001A" || c.VPD != "25R0002" || c.Alarm != "" || *c.VolumeCount != 2 || *c.FailedVolumes != 1 || *c.DegradedVolumes != 1 {
		t.Errorf("controller %+v", c)
	}
	differ(t, "battery", &Backup{
		StatusText: "Charging", State: BatteryCharging, OverTemperature: "No", Charge: "63 percent", ChargePercent: new(63), TimeRemaining: "2 days, 4 hours, 11 minutes",
	}, c.Backup)
	differ(t, "volumes", []Volume{{
		Number: 1, Name: "SYSTEM", Level: "1", StatusText: "Critical", State: VolumeDegraded, SizeBytes: 69889 << 20,
		ReadCacheStatus: "Enabled", WriteCacheStatus: "Disabled (write-through)", SegmentCount: "2", DefunctSegments: "Yes", DriveList: "0,0 0,1",
	}, {
		Number: 2, Name: "SCRATCH", StatusText: "Offline", State: VolumeOffline, SizeBytes: 69889 << 20,
	}}, doc.Volumes)
	differ(t, "drives", []Drive{{
		StatusText: "Online", State: Online, Supported: "Yes", TransferSpeed: "SCSI 320 MB/s", Interface: "SCSI",
		Channel: "0,0", ChannelID: new(0), DeviceID: new(0), ESD: "0,8", Vendor: "BEECO", Model: "BEE U320 73", Firmware: "U001", SizeBytes: 70007 << 20,
	}}, doc.Drives)
}
