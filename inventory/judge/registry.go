// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"

	"github.com/mchus/bee/inventory/report"
)

// A Rule is one kind of finding.
type Rule struct {
	Code     string
	Severity string   // the usual one; a drive's own evidence may weigh more
	Sentence string   // what it means
	Evidence []string // the keys of [report.Finding.Evidence] that it may have
	Source   string   // where the rule comes from
}

// Rules are all findings that [Judge] can give, by code.
func Rules() []Rule { return rules }

// find makes a finding of a rule.
func find(code, component, text string, evidence map[string]any) report.Finding {
	for i := range rules {
		if rules[i].Code == code {
			return report.Finding{Code: code, Severity: rules[i].Severity, Component: component, Text: text, Evidence: evidence}
		}
	}
	panic(fmt.Sprintf("judge: no rule %q", code)) // tests run every rule, and say which code has no row
}

var driveEvidence = []string{"value", "attribute", "threshold"}

var (
	volumeKeys = []string{"state", "state_text", "progress_pct", "missing", "missing_ids"}
	memberKeys = []string{"state", "state_text"}
)

var rules = []Rule{
	{report.CodeBoardBootError, report.Info, "The firmware, or the system before, noted a hardware failure at the last boot.", []string{"status"}, "DSP0134 7.33"},
	{report.CodeBoardClock, report.Warning, "The clock of the machine stands before the day on which its firmware was made: its battery may be empty.", []string{"clock", "firmware_date"}, "DSP0134 7.1, BIOS Release Date"},
	{report.CodeIdentityNoSerial, report.Info, "The firmware holds no serial number for this machine.", nil, "DSP0134 7.2"},
	{report.CodeIdentitySerialMismatch, report.Info, "SMBIOS and the BMC's inventory hold different serial numbers of the system: a board was swapped, or one of them is of the enclosure.", []string{"smbios", "fru"}, "DSP0134 7.2; FRU Information Storage Definition, section 12"},
	{report.CodeTableShort, report.Warning, "The firmware's tables announce more structures than could be read.", []string{"source", "announced", "read"}, "dmidecode.c, dmi_table"},
	{report.CodeMemorySlots, report.Info, "The firmware announces more memory slots than it describes.", []string{"announced", "described"}, "DSP0134 7.17"},
	{report.CodeMemoryNotDescribed, report.Info, "A machine has no SMBIOS, which describes the memory modules: what the kernel can use is all that is known of its memory.", nil, "DSP0134 7.18"},
	{report.CodeMemoryECCMismatch, report.Info, "What the firmware says of error correction and the widths of the modules contradict each other, or those of the modules do.", []string{"array", "with", "without"}, "DSP0134 7.17.3, 7.18"},
	{report.CodeMemorySameSerial, report.Info, "Some memory modules have one serial number, so that it tells none of them.", []string{"serial", "modules"}, "DSP0134 7.18"},
	{report.CodeMemoryFirmwareError, report.Warning, "The firmware noted an error of memory; one that was corrected is for information.", []string{"type"}, "DSP0134 7.19, 7.34"},
	{report.CodeCPUDisabled, report.Warning, "A processor is present and disabled.", nil, "DSP0134 7.5, Status"},
	{report.CodeCPUNotRunning, report.Warning, "The kernel runs on fewer processors than the firmware calls enabled.", []string{"smbios", "kernel"}, "DSP0134 7.5, Status; /proc/cpuinfo"},
	{report.CodeCPUCoresNotRunning, report.Info, "The kernel runs on fewer cores than the firmware calls enabled: they are switched off, or did not start.", []string{"smbios", "kernel"}, "DSP0134 7.5, Core Enabled; /proc/cpuinfo"},
	{report.CodeCPUFirmwareShort, report.Info, "The kernel runs on more processors than the firmware describes: the firmware's list is not whole.", []string{"smbios", "kernel"}, "DSP0134 7.5; /proc/cpuinfo"},
	{report.CodeCPUMixedModel, report.Warning, "The processors of a machine are of different models.", []string{"models"}, "DSP0134 7.5, Processor Version"},
	{report.CodeCPUMixedMicrocode, report.Info, "The processors run different microcode: other steppings, or an update that reached one of them.", []string{"microcode"}, "/proc/cpuinfo"},
	{report.CodeCPUCoresOff, report.Info, "Some cores of a processor are switched off, mostly in the firmware's setup.", []string{"sockets"}, "DSP0134 7.5, Core Enabled"},
	{report.CodeMemoryUnused, report.Info, "The kernel can use less memory than the modules hold by a whole module or an eighth: one is mapped out, memory is mirrored or kept as a spare, or it is set aside for a graphics processor or a crash kernel.", []string{"smbios_bytes", "kernel_bytes"}, "DSP0134 7.18; /proc/meminfo"},
	{report.CodeMemoryFirmwareShort, report.Info, "The kernel uses more memory than the firmware describes: the firmware's list is not whole.", []string{"smbios_bytes", "kernel_bytes"}, "DSP0134 7.18; /proc/meminfo"},
	{report.CodeMemoryCorrected, report.Info, "Memory had errors that were corrected, since the kernel started; few are the life of healthy memory.", []string{"corrected", "label"}, "sysfs-devices-edac"},
	{report.CodeMemoryPoisoned, report.Warning, "The kernel has taken pages of memory out of use for errors, since it started.", []string{"poisoned_bytes"}, "proc(5), /proc/meminfo, HardwareCorrupted"},
	{report.CodeMemoryPersistent, report.Warning, "A module of persistent memory did not save, restore or keep its content, or warned of itself, before the kernel started.", []string{"faults"}, "sysfs-bus-nfit, flags"},
	{report.CodeMemoryModuleOff, report.Warning, "A memory slot is empty to the firmware, and the BMC reads a temperature there: its module may have failed and be switched off.", []string{"sensor", "temperature_c"}, "DSP0134 7.18; IPMI 2.0, section 35.14"},
	{report.CodeMemoryUncorrected, report.Critical, "Memory had errors that could not be corrected, since the kernel started.", []string{"uncorrected", "label"}, "sysfs-devices-edac"},
	{report.CodeMemorySpeed, report.Info, "Memory modules run slower than they could.", []string{"configured_mts", "speed_mts", "modules"}, "DSP0134 7.18"},
	{report.CodeMemoryMixedSpeed, report.Warning, "Memory modules of one kind are made for different speeds and do not each run at its own.", []string{"speeds_mts"}, "DSP0134 7.18"},
	{report.CodeMemoryMixedSize, report.Info, "The memory modules have different sizes.", []string{"sizes_bytes"}, "DSP0134 7.18"},
	{report.CodeMemoryUnbalanced, report.Info, "The processors have different amounts of memory.", []string{"bytes_by_socket"}, "DSP0134 7.18"},
	{report.CodePCILinkDegraded, report.Warning, "A PCI Express link runs below what card, port and slot allow together; an idle GPU may be slow, never narrow.", []string{"current_gts", "current_width", "max_gts", "max_width", "limited_by", "slot_lanes"}, "PCI Express Base Specification, Link Status"},
	{report.CodePCILinkLimited, report.Info, "A card could run faster than the port above it or its slot allows.", []string{"current_gts", "current_width", "max_gts", "max_width", "limited_by", "slot_lanes"}, "PCI Express Base Specification, Link Capabilities"},
	{report.CodePCIFatal, report.Warning, "A PCI Express device or port reported errors by which its link was lost, since the kernel started; a card that was unplugged is for information.", []string{"messages", "kinds", "link"}, "PCI Express Base Specification, Advanced Error Reporting; sysfs-bus-pci-devices-aer_stats"},
	{report.CodePCINonfatal, report.Warning, "A PCI Express device or port reported errors by which transactions were lost, since the kernel started; what software can cause is for information.", []string{"messages", "kinds", "link"}, "PCI Express Base Specification, Advanced Error Reporting; sysfs-bus-pci-devices-aer_stats"},
	{report.CodePCICorrected, report.Info, "A PCI Express link had errors that were corrected, since the kernel started; few are the life of a healthy link.", []string{"messages", "kinds", "link"}, "PCI Express Base Specification, Advanced Error Reporting; sysfs-bus-pci-devices-aer_stats"},
	{report.CodePCIDead, report.Warning, "A PCI device reads as all ones: it is switched off or has failed.", []string{"revision"}, "PCI Express Base Specification, unsupported requests read as ones"},
	{report.CodeGPUFault, report.Critical, "The driver says that a GPU is faulty.", nil, "nvidia-smi -q"},
	{report.CodeGPURecoveryAction, report.Warning, "The driver asks for an action to recover a GPU.", []string{"recovery_action"}, "nvidia-smi -q, GPU Recovery Action"},
	{report.CodeGPURowRemapFailure, report.Critical, "A GPU could not replace a row of its memory.", nil, "NVIDIA GPU Memory Error Management"},
	{report.CodeGPURowRemapPending, report.Warning, "A GPU will replace a row of its memory at the next reset.", nil, "NVIDIA GPU Memory Error Management"},
	{report.CodeGPURetirementPending, report.Warning, "A GPU will retire pages of its memory at the next reset.", nil, "NVIDIA Dynamic Page Retirement"},
	{report.CodeGPUMissing, report.Critical, "A GPU is on the bus, or its driver counts it, and its driver cannot open it: of the machines that say so nearly all have a GPU that has failed or fallen off the bus.", nil, "nvidia-smi -q, Attached GPUs; sysfs"},
	{report.CodeGPUReset, report.Warning, "The driver says that a GPU needs a reset to work on.", nil, "nvidia-smi -q, Reset Required"},
	{report.CodeGPUFabricHealth, report.Critical, "The way of a GPU through the NVLink fabric is unhealthy, degraded or wrongly set up.", []string{"state", "status", "summary", "bandwidth", "route_unhealthy", "incorrect_configuration"}, "nvidia-smi -q, Fabric Health"},
	{report.CodeGPUFabricState, report.Warning, "A GPU has not joined the NVLink fabric, so that programs fail; on a machine just booted it may still come.", []string{"state", "status"}, "nvidia-smi -q, Fabric"},
	{report.CodeGPUThrottled, report.Warning, "A GPU is slowed down for heat, by its driver or by itself, or for a power brake; a power limit that is reached is not told.", []string{"reasons", "temperature_c"}, "nvidia-smi -q, Clocks Event Reasons"},
	{report.CodeGPUNVLink, report.Warning, "A GPU has NVLinks that are inactive beside active ones, its own or those of its sisters.", []string{"inactive", "links"}, "nvidia-smi nvlink -s"},
	{report.CodeGPUNoSpareRows, report.Warning, "A GPU has banks of memory without a spare row: the next faulty row there cannot be replaced.", []string{"banks"}, "NVIDIA GPU Memory Error Management"},
	{report.CodeGPURetiredPages, report.Warning, "A GPU has retired so many pages of its memory that NVIDIA replaces it.", []string{"pages"}, "NVIDIA Dynamic Page Retirement"},
	{report.CodeGPUMixedVBIOS, report.Info, "GPUs of one model and part number have different firmware.", []string{"vbios"}, "nvidia-smi -q, VBIOS Version"},
	{report.CodeGPUMixedInfoROM, report.Info, "GPUs of one model and part number have InfoROMs of different versions.", []string{"inforom"}, "nvidia-smi -q, Inforom Version"},
	{report.CodeGPUMixedECC, report.Info, "Some GPUs of one model and part number correct errors of their memory and some do not.", []string{"ecc"}, "nvidia-smi -q, ECC Mode"},
	{report.CodeGPUNotOnBus, report.Warning, "The driver describes a GPU that is not on the bus.", nil, "nvidia-smi -q; sysfs"},
	{report.CodeGPUUnrepairable, report.Critical, "A GPU has memory that is faulty and cannot be repaired.", nil, "nvidia-smi -q, Unrepairable Memory"},
	{report.CodeGPURepairPending, report.Warning, "A GPU will repair its memory at the next reset.", nil, "nvidia-smi -q, Channel and TPC Repair Pending"},
	{report.CodeGPUECCPending, report.Info, "A GPU has another ECC mode after the next reset.", []string{"enabled", "pending"}, "nvidia-smi -q, ECC Mode"},
	{report.CodePSUFailed, report.Critical, "A power supply has failed.", []string{"status"}, "IPMI 2.0, table 42-3, sensor type 08h"},
	{report.CodePSUInputLost, report.Warning, "A power supply has no input power.", []string{"status"}, "IPMI 2.0, table 42-3, sensor type 08h"},
	{report.CodePSUPredicted, report.Warning, "A power supply is about to fail.", []string{"status"}, "IPMI 2.0, table 42-3, sensor type 08h"},
	{report.CodePSUNotOK, report.Warning, "The firmware found a power supply not well when the machine started.", []string{"status"}, "DSP0134 3.7, section 7.40.1"},
	{report.CodePSUConfig, report.Warning, "A power supply does not match the others.", []string{"status"}, "IPMI 2.0, table 42-3, sensor type 08h"},
	{report.CodePSURedundancy, report.Warning, "The power supplies are no longer redundant: one of several gives nothing, or the BMC says so.", []string{"supplies", "dead", "sensor", "state"}, "IPMI 2.0, table 42-2, 0Bh"},
	{report.CodeFanFailed, report.Warning, "A fan has failed or is slower than its threshold.", []string{"value", "threshold", "state"}, "IPMI 2.0, section 35.14"},
	{report.CodeSensorTemperature, report.Warning, "A temperature is past a threshold; past a critical one the finding is critical.", []string{"value", "threshold", "state"}, "IPMI 2.0, section 35.14"},
	{report.CodeSensorVoltage, report.Warning, "A voltage is past a threshold; an empty battery of the clock is the most common.", []string{"value", "threshold", "state"}, "IPMI 2.0, section 35.14"},
	{report.CodeSensorIntrusion, report.Info, "The chassis was opened, or the BMC was not told that it is closed.", []string{"value", "threshold", "state"}, "IPMI 2.0, table 42-3, 05h"},
	{report.CodeSensorBad, report.Warning, "A sensor of the BMC asserts a state of trouble.", []string{"value", "threshold", "state"}, "IPMI 2.0, table 42-3"},
	{report.CodeSELEvents, report.Info, "The BMC's event log has trouble of power supplies, memory, drives, processors, fans, buses, voltages or temperatures in the last 30 days.", []string{"counts", "last"}, "IPMI 2.0, section 32"},
	{report.CodeSELFull, report.Info, "The BMC's event log is full or switched off: what happened since is not in it.", []string{"value", "threshold", "state"}, "IPMI 2.0, table 42-3, 10h"},
	{report.CodeSELUncorrected, report.Warning, "The BMC's event log has errors of memory, processors or buses in the last 30 days that nothing corrected.", []string{"events"}, "IPMI 2.0, table 42-3"},
	{report.CodeNICLinkDown, report.Info, "A network port is switched on and has no link: no cable, or a dead one.", []string{"port"}, "sysfs-class-net, carrier"},
	{report.CodeNICOneLane, report.Warning, "An InfiniBand port runs on one lane of several: a cable or a transceiver is bad.", []string{"port", "rate_gbps"}, "sysfs-class-infiniband, rate"},
	{report.CodeNICModuleAlarm, report.Warning, "The module in a network port raises an alarm of its temperature, voltage, laser or light.", []string{"port", "alarms"}, "SFF-8472, SFF-8636, CMIS"},
	{report.CodeNICNoInterface, report.Info, "A network card, or a port of one, has no interface: no driver has it, or its driver could not start it.", []string{"driver"}, "sysfs-class-net"},
	{report.CodeNICSlow, report.Info, "A network port runs at 100 Mb/s or less, as over a cable of which two pairs are broken.", []string{"port", "speed_mbps"}, "sysfs-class-net, speed"},
	{report.CodeNICNoManager, report.Info, "An InfiniBand port has its link, and no subnet manager has set it up.", []string{"port", "state"}, "sysfs-class-infiniband, state"},
	{report.CodePSUAbsent, report.Info, "A bay for a power supply is empty beside filled ones.", nil, "IPMI 2.0, table 42-3, sensor type 08h"},
	{report.CodePSUMixed, report.Info, "The power supplies are made for different powers: the weaker one may not carry the machine alone.", []string{"capacities_w"}, "FRU Information Storage Definition, section 18.1; DSP0134 7.40"},
	{report.CodePSUSerialMismatch, report.Info, "SMBIOS, which is written at boot, and the BMC hold different serial numbers for one bay: the supply was changed since.", []string{"smbios", "bmc"}, "DSP0134 7.40"},
	{report.CodeGPUSRAMThreshold, report.Critical, "A GPU has had too many uncorrectable errors.", nil, "nvidia-smi -q, SRAM Threshold Exceeded"},
	{report.CodeGPUECCUncorrected, report.Critical, "A GPU has, or had, uncorrected memory errors.", []string{"volatile_uncorrected", "aggregate_uncorrected"}, "nvidia-smi -q, ECC Errors"},
	{report.CodeATAErrorLog, report.Warning, "An ATA drive's error log holds errors of its medium, whenever they were.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATALinkErrors, report.Info, "The link of an ATA drive had many transfer errors: often a cable or a backplane.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATAOfflineUncorrectable, report.Warning, "An ATA drive's own test found sectors that it could not read.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATALocked, report.Warning, "An ATA drive is locked by a password: it can neither be read nor written.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATAOld, report.Warning, "An attribute of an ATA drive that tells its age is below its threshold.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeVolumeDegraded, report.Critical, "A volume has lost its redundancy.", volumeKeys, "smart/storcli/FORMAT.md"},
	{report.CodeVolumePartlyDegraded, report.Warning, "A volume has lost some of its redundancy.", volumeKeys, "smart/storcli/FORMAT.md"},
	{report.CodeVolumeRebuilding, report.Warning, "A volume's redundancy is being restored.", volumeKeys, "smart/mdadm/FORMAT.md"},
	{report.CodeVolumeOffline, report.Critical, "A volume has failed, is offline or is missing.", volumeKeys, "smart/storcli/FORMAT.md"},
	{report.CodeVolumeNoWrites, report.Warning, "A thin pool takes no writes: it is full, or read-only for want of space for its metadata or because it was set so.", volumeKeys, "smart/dmsetup/FORMAT.md"},
	{report.CodeVolumeWriteThrough, report.Warning, "A volume writes without its cache because nothing keeps that.", []string{"write_cache", "battery"}, "smart/ssacli/FORMAT.md"},
	{report.CodeVolumeBadBlocks, report.Warning, "A volume has blocks that its controller could not restore, as of two drives with errors in one place.", nil, "smart/storcli/FORMAT.md"},
	{report.CodeDriveFailed, report.Critical, "A drive has failed, by its controller or array.", memberKeys, "smart/storcli/FORMAT.md"},
	{report.CodeDriveOffline, report.Critical, "A drive is a member of a volume and not in use.", memberKeys, "smart/storcli/FORMAT.md"},
	{report.CodeDriveMissing, report.Critical, "A controller misses a drive that it knew.", memberKeys, "smart/sasircu/FORMAT.md"},
	{report.CodeDriveForeign, report.Warning, "A drive was configured by another controller.", memberKeys, "smart/storcli/FORMAT.md"},
	{report.CodeDriveRebuilding, report.Info, "A drive's data is being restored.", memberKeys, "smart/storcli/FORMAT.md"},
	{report.CodeDriveUnconfiguredBad, report.Warning, "A drive in no volume is called bad by its controller.", memberKeys, "smart/storcli/FORMAT.md"},
	{report.CodeDrivePredictive, report.Warning, "A controller says that a drive is about to fail.", []string{"count"}, "smart/storcli/FORMAT.md"},
	{report.CodeDriveMediaErrors, report.Warning, "A controller counted media errors of a drive.", []string{"count"}, "smart/storcli/FORMAT.md"},
	{report.CodeDriveOtherErrors, report.Info, "A controller counted errors of a drive other than of its medium.", []string{"count"}, "smart/storcli/FORMAT.md"},
	{report.CodeDriveFewSpares, report.Warning, "An eMMC or UFS drive has used most of its spare blocks.", []string{"spares"}, "JESD84-B51, PRE_EOL_INFO; JESD220, bPreEOLInfo"},
	{report.CodeDriveWorn, report.Warning, "An eMMC or UFS drive is past its rated life.", []string{"tenths"}, "JESD84-B51, DEVICE_LIFE_TIME_EST; JESD220, bDeviceLifeTimeEst"},
	{report.CodeDriveNoAnswer, report.Warning, "A drive that is there answers with an input/output error, or the kernel has given it up or can use nothing of it.", []string{"fault", "unread"}, "smart/FORMAT.md"},
	{report.CodeDrivePathLost, report.Warning, "One of several ways to a drive does not work any more: a cable, a port or an expander.", []string{"paths"}, "sysfs, the state of a SCSI device"},
	{report.CodeDriveLinkSlow, report.Info, "The SATA link of a drive runs slower than the drive can, and slower than others do or at the slowest speed there is: its cable or its place in the backplane may be bad.", []string{"current_gbps", "max_gbps"}, "smartctl, interface_speed"},
	{report.CodeDriveLink, report.Warning, "A SATA or SAS link runs below what the drive and the port above it can both do, or the kernel has lowered it, as it does after errors: often a cable or a backplane.", []string{"current_gbps", "max_gbps", "host_gbps", "lowered_gbps"}, "sysfs-ata; scsi_transport_sas.c; AHCI 1.3.1, section 3.1.1"},
	{report.CodeControllerStatus, report.Warning, "A storage controller says that it is not well.", []string{"status"}, "smart/storcli/FORMAT.md"},
	{report.CodeControllerPart, report.Warning, "A part of an enclosure, or one as a whole, is not well by the word of its controller's tool.", []string{"part", "status"}, "smart/arcconf/FORMAT.md"},
	{report.CodeControllerMemory, report.Critical, "A storage controller could not correct errors of its memory.", []string{"count"}, "smart/storcli/FORMAT.md"},
	{report.CodeControllerMemoryFixed, report.Info, "A storage controller has corrected errors of its memory.", []string{"count"}, "smart/storcli/FORMAT.md"},
	{report.CodeControllerCache, report.Warning, "A controller has switched its cache off, and what keeps that is not the reason.", []string{"cache_status"}, "smart/ssacli/FORMAT.md"},
	{report.CodeControllerBatteryFailed, report.Warning, "What keeps a controller's cache has failed.", []string{"state"}, "smart/ssacli/FORMAT.md"},
	{report.CodeControllerBatteryMissing, report.Warning, "What keeps a controller's cache is missing.", []string{"state"}, "smart/ssacli/FORMAT.md"},
	{report.CodeControllerBatteryCharging, report.Info, "What keeps a controller's cache is being charged.", []string{"state"}, "smart/ssacli/FORMAT.md"},
	{report.CodeControllerBatteryState, report.Warning, "What keeps a controller's cache is in a state that bee does not know.", []string{"state"}, "smart/ssacli/FORMAT.md"},
	{report.CodeATAPending, report.Warning, "An ATA drive has sectors that it could not read.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATAPrefail, report.Critical, "An attribute of an ATA drive that predicts failure is below its threshold.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATAReallocated, report.Warning, "An ATA drive has replaced sectors by spare ones.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATAUncorrectable, report.Warning, "An ATA drive had errors that it could not correct.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATAWasBelow, report.Warning, "An attribute of an ATA drive was once below its threshold.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATAWasHot, report.Info, "An ATA drive was once hotter than its limit.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeBackup, report.Critical, "The volatile memory backup of an NVMe drive has failed.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeCriticalWarning, report.Critical, "An NVMe drive warns of itself.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeMediaErrors, report.Warning, "An NVMe drive had media errors.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMePersistentMemory, report.Critical, "The persistent memory region of an NVMe drive has failed or is read-only.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeReadOnly, report.Critical, "An NVMe drive has become read-only.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeReliability, report.Critical, "An NVMe drive says that its reliability is degraded.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeSpare, report.Critical, "An NVMe drive has fewer spare blocks than its threshold.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeTemperature, report.Warning, "An NVMe drive is outside its temperatures.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSCSIGrownDefects, report.Warning, "A SCSI drive has grown defects.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSCSIPending, report.Warning, "A SCSI drive has sectors that it could not read.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSCSITest, report.Critical, "A SCSI drive's self-test failed.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSCSIUncorrected, report.Warning, "A SCSI drive had errors that it could not correct.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSCSIWarning, report.Warning, "A SCSI drive warns of itself by its additional sense code.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartErrorLog, report.Warning, "A drive's error log holds errors.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartFailing, report.Critical, "A drive says that it is failing.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATASelfTest, report.Critical, "An ATA drive's self-test failed.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeSelfTest, report.Critical, "An NVMe drive's self-test failed.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSCSISelfTest, report.Critical, "A SCSI drive's self-test failed.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartSelfTest, report.Critical, "smartctl says that a drive failed a self-test.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartTemperature, report.Warning, "A drive is, or was, too hot.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartWorn, report.Warning, "A drive is at the end of its rated life.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartCommandFailed, report.Info, "A command to the drive failed, or a checksum was wrong.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartDisabled, report.Warning, "SMART is switched off in the drive.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartIncomplete, report.Info, "smartctl could not read everything.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartNoData, report.Info, "smartctl read nothing of the drive.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartNoStatus, report.Info, "A drive gave no verdict of its own.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartUnsupported, report.Info, "A drive has no SMART.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartUsage, report.Info, "smartctl did not understand its command line.", driveEvidence, "smart/FORMAT.md"},
}
