// SPDX-License-Identifier: Apache-2.0

package ssacli

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestFields: each key of a controller, and of all that hangs on it, lands in
// its own field. Where the records stand is not asked.
func TestFields(t *testing.T) {
	data, err := os.ReadFile("testdata/shelf-mixed/input")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Parse(data)
	if err != nil || len(doc.Extra) > 0 || len(doc.Messages) != 2 || len(doc.Controllers) != 1 {
		t.Fatalf("%v, messages %q, extra %+v", err, doc.Messages, doc.Extra)
	}
	want := Controller{
		Model: "HPE Smart Array P816i-a SR Gen10", Slot: "3", Bus: "PCI", Serial: "BEECTL0000001", CacheSerial: "BEECACHE00002", HostSerial: "BEEHOST00003",
		RAID6: "Allowed", StatusText: "OK", HardwareRevision: "C", Firmware: "5.32-0", FirmwareActivation: "True", DriverActivation: "False",
		RebuildPriority: "Rapid", ExpandPriority: "Medium", ScanDelay: "3 secs", ScanMode: "Idle", ParallelScan: "Parallel", ParallelScans: "1", MaxParallelScans: "16",
		QueueDepth: "Automatic", MonitorDelay: "60  min", ElevatorSort: "Sorts", DegradedOptimization: "Optimizes", InconsistencyRepair: "Repairs",
		BypassThreshold: "1040 KiB", WaitForCacheRoom: "Waits", InconsistencyNotification: "Notifies", PostPromptTimeout: "15 secs",
		CacheBoard: "True", CacheStatus: "Temporarily Disabled", CacheDisabled: true, CacheStatusDetails: "The cache is off for a while.", CacheRatio: "25% Read / 75% Write",
		ConfiguredWriteCache: "Keeps", UnconfiguredWriteCache: "Default", HBAWriteCache: "Off", CacheSize: "4.0", CacheAvailable: "3.8",
		BatteryBackedCache: "3.7", ReadCacheSize: "64 MB", WriteCacheSize: "192 MB", NoBatteryWriteCache: "Forbidden",
		SSDCachingWriteBack: "Writes back", SSDCachingVersion: "2", BackupPower: "Batteries", BatteryCount: new(1), BatteryStatus: "OK", Battery: BatteryOK,
		NCQ: "Queues", SpareActivation: "Activate on physical drive failure (default)",
		TemperatureCelsius: new(66), CacheTemperatureCelsius: new(40), CapacitorTemperatureCelsius: new(31), Ports: "4 Internal only",
		Encryption: "Not Set", ExpressEncryption: "Express", SEDEncryption: "SED off", Driver: "smartpqi", DriverVersion: "Linux 2.1.26-030", SmartPath: "Smart",
		PCIAddress: "0000:af:00.0", PCIeRate: "PCIe 3.0 x8 (7880 MB/s)", Mode: "Mixed", PendingMode: "RAID", ModeReboot: "Required",
		PhyRateLimit: "Limits", LatencyScheduler: "Schedules", PowerMode: "MaxPerformance", SurvivalMode: "Survives",
		ScanCompletion: "Completes", EventLogPolicy: "Persists", StackVersion: "1.2.3", HBAFirmware: "4.5.6", HBAOptionROM: "7.8.9", OptionROM: "4.10-0",
		HBAMode: "No HBA", WWNPort: "51402EC0BEE00001", I2CAddress: "0xDE", SanitizeErase: "Sanitizes", SanitizeLock: "Unlocked",
		BootVolume: "logicaldrive 1 (600508B1001C0BEE0000000000000001)",

		Sensors: []Sensor{{ID: "1", Location: "ASIC", TemperatureCelsius: new(66), MaxTemperatureCelsius: new(69)}},
		PortList: []Port{{
			Name: "2E", ID: "1", Mode: "RAID mode", Connection: "7", SASAddress: "51402EC0BEE00002", Location: "External", PhyCount: "4",
			Cable: "True", CableLength: "2", CableSerial: "BEECABLE01", CablePart: "691970-999",
		}},
		Enclosures: []Enclosure{{
			Name: "D3700", Port: "2E", Box: "1", StatusText: "OK", PowerSupply: "Redundant", Fan: "Turning", Temperature: "Cool", Vendor: "BEECO",
			Serial: "BEESHELF0001", Firmware: "4.02", DriveBays: "25", Location: "External", Model: "D3700", WWID: "51402EC0BEE00010",
			IOModuleBoardSerial: "IOB-1", IOModuleSerial: "IOS-2", IOModulePart: "IOP-3", IOModuleSparePart: "IOSP-4",
			BackplaneBoardSerial: "BPB-5", BackplaneSerial: "BPS-6", BackplanePart: "BPP-7", BackplaneSparePart: "BPSP-8", BackplaneSKU: "BPSKU-9",
		}, {
			Name: "MSA60", Port: "2E", Box: "2", StatusText: "OK", SEP: "(1) 2.17", SEPZoning: "off", Display: "02",
			HealthMonitor: "(1) 1.11", FanControl: "(1) 1.12", BackplaneModule: "(1) 2.07",
		}},
		Expanders: []Enclosure{
			{Name: "Expander 378", DeviceNumber: "378", Firmware: "3.31", WWID: "51402EC0BEE00011", Port: "2E", Box: "1", Vendor: "BEECO"},
			{Name: "Enclosure SEP (Vendor ID BEECO, Model D3700) 377", DeviceNumber: "377", Firmware: "4.02", WWID: "51402EC0BEE00012"},
		},
		Arrays: []Array{{
			Name: "B", Interface: "SAS", UnusedBytes: new(uint64(2593386 << 20)), UsedBytes: 1209462790554, StatusText: "OK", MultiDomain: "Multi",
			Type: "Data", SmartPath: "bypasses", SpareType: "dedicated",
		}},
		Volumes: []Volume{{
			Number: 1, Array: "B", SizeBytes: 1198467674276, Level: "50", Heads: "255", SectorsPerTrack: "32", Cylinders: "65000",
			StripSize: "256 KB", FullStripeSize: "512 KB", ParityGroups: "2", StatusText: "OK", State: VolumeOptimal, MediaErrors: "Some", MultiDomain: "Single",
			Caching: "Enabled", ParityInitialization: "Initialization Completed",
			LastScanCompleted: "True", LastScanTime: "2026-01-02 03:04:05", LastScanDuration: "1 hr 2 mins 3 secs",
			UniqueID: "600508B1001C0BEE0000000000000001", DiskName: "/dev/sdb", MountPoints: "/srv 1.0 TB Partition Number 1", OSStatus: "LOCKED",
			BootVolume: "primary", Label: "BEELABEL01", Members: []Member{{Group: "Parity Group 1", Drive: "2E:1:1"}}, DriveType: "Data", Acceleration: "Controller Cache",
		}},
		Drives: []Drive{{
			Name: "2E:1:1", Array: "B", Port: "2E", Box: "1", Bay: "1", StatusText: "OK", State: Online, LastFailureReason: "Too many hours", TypeText: "Data Drive",
			InterfaceText: "SAS", Interface: "SAS", Media: "HDD", SizeBytes: 1_200_000_000_000, Exposed: "False", LogicalBlockBytes: 4096, RotationRPM: 10000,
			Firmware: "BEE1", Serial: "BEEDRIVE01", WWID: "5000C500BEE00001", WWN: "5000c500bee00001", Vendor: "HP", Model: "EG1200BEE",
			TemperatureCelsius: new(35), MaxTemperatureCelsius: new(45), NCQCapable: "Queues", NCQEnabled: "Queued", Wearout: "Not worn",
			PHYCount: "2", TransferRate: "6.0Gbps, Unknown", PhysicalLinkRate: "12.0Gbps", MaximumLinkRate: "22.5Gbps", Authentication: "Genuine",
			CarrierApplication: "11", CarrierBootloader: "6", SanitizeErase: "Erases", SanitizeTime: "2 hour(s), 24 minute(s)", SanitizeFreeze: "Freezes",
			SanitizeAntiFreeze: "Thaws", SanitizeLock: "Locked", SanitizeUnrestricted: "Unrestricted", ShingledSupport: "Shingled",
			UniqueID: "5000C500BEE00002", DiskName: "/dev/sg4", MountPoints: "None of them", EraseProgressPercent: new(66.0), ErasePattern: "zero",
			RebuildProgressPercent: new(7.0), PowerOnHours: new(uint64(4711)), RemainingPercent: new(88.5), RemainingDays: new(uint64(1200)),
		}, {
			Name: "2E:1:2", Port: "2E", Box: "1", Bay: "2", StatusText: "Missing", State: Missing, InterfaceText: "SAS HDD", Interface: "SAS", Media: "HDD",
			SizeBytes: 1_200_000_000_000,
		}},
	}
	noLines := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Line" }, cmp.Ignore())
	if diff := cmp.Diff(want, doc.Controllers[0], noLines, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
}
