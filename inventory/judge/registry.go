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
	panic(fmt.Sprintf("judge: no rule %q", code)) // a test runs every rule
}

var driveEvidence = []string{"value", "attribute", "threshold"}

var (
	volumeKeys = []string{"state", "state_text", "progress_pct", "missing", "missing_ids"}
	memberKeys = []string{"state", "state_text"}
)

var rules = []Rule{
	{report.CodeIdentityNoSerial, report.Info, "The firmware holds no serial number for this machine.", nil, "DSP0134 7.2"},
	{report.CodeTableShort, report.Warning, "The firmware's tables announce more structures than could be read.", []string{"source", "announced", "read"}, "dmidecode.c, dmi_table"},
	{report.CodeMemorySlots, report.Info, "The firmware announces more memory slots than it describes.", []string{"announced", "described"}, "DSP0134 7.17"},
	{report.CodeCPUDisabled, report.Warning, "A processor is present and disabled.", nil, "DSP0134 7.5, Status"},
	{report.CodeMemorySpeed, report.Info, "Memory modules run slower than they could.", []string{"configured_mts", "speed_mts", "modules"}, "DSP0134 7.18"},
	{report.CodeMemoryMixedSpeed, report.Warning, "The memory modules are made for different speeds; all run at the lowest.", []string{"speeds_mts"}, "DSP0134 7.18"},
	{report.CodeMemoryMixedSize, report.Info, "The memory modules have different sizes.", []string{"sizes_bytes"}, "DSP0134 7.18"},
	{report.CodeMemoryUnbalanced, report.Info, "The processors have different amounts of memory.", []string{"bytes_by_socket"}, "DSP0134 7.18"},
	{report.CodePCILinkDegraded, report.Warning, "A PCI Express link runs below what both its ends can do.", []string{"current_gts", "current_width", "max_gts", "max_width"}, "PCI Express Base Specification, Link Status"},
	{report.CodePCILinkLimited, report.Info, "A card could run faster than the port above it allows.", []string{"current_gts", "current_width", "max_gts", "max_width", "limited_by"}, "PCI Express Base Specification, Link Capabilities"},
	{report.CodeGPUFault, report.Critical, "The driver says that a GPU is faulty.", nil, "nvidia-smi -q"},
	{report.CodeGPURecoveryAction, report.Warning, "The driver asks for an action to recover a GPU.", []string{"recovery_action"}, "nvidia-smi -q, GPU Recovery Action"},
	{report.CodeGPURowRemapFailure, report.Critical, "A GPU could not replace a row of its memory.", nil, "NVIDIA GPU Memory Error Management"},
	{report.CodeGPURowRemapPending, report.Warning, "A GPU will replace a row of its memory at the next reset.", nil, "NVIDIA GPU Memory Error Management"},
	{report.CodeGPURetirementPending, report.Warning, "A GPU will retire pages of its memory at the next reset.", nil, "NVIDIA Dynamic Page Retirement"},
	{report.CodePSUFailed, report.Critical, "A power supply has failed.", []string{"status"}, "IPMI 2.0, table 42-3, sensor type 08h"},
	{report.CodePSUInputLost, report.Warning, "A power supply has no input power.", []string{"status"}, "IPMI 2.0, table 42-3, sensor type 08h"},
	{report.CodePSUPredicted, report.Warning, "A power supply is about to fail.", []string{"status"}, "IPMI 2.0, table 42-3, sensor type 08h"},
	{report.CodePSUConfig, report.Warning, "A power supply does not match the others.", []string{"status"}, "IPMI 2.0, table 42-3, sensor type 08h"},
	{report.CodePSUAbsent, report.Info, "A bay for a power supply is empty beside filled ones.", nil, "IPMI 2.0, table 42-3, sensor type 08h"},
	{report.CodeGPUSRAMThreshold, report.Critical, "A GPU has had too many uncorrectable errors.", nil, "nvidia-smi -q, SRAM Threshold Exceeded"},
	{report.CodeGPUECCUncorrected, report.Critical, "A GPU has, or had, uncorrected memory errors.", []string{"volatile_uncorrected", "aggregate_uncorrected"}, "nvidia-smi -q, ECC Errors"},
	{report.CodeVolumeDegraded, report.Critical, "A volume has lost its redundancy.", volumeKeys, "smart/storcli/FORMAT.md"},
	{report.CodeVolumePartlyDegraded, report.Warning, "A volume has lost some of its redundancy.", volumeKeys, "smart/storcli/FORMAT.md"},
	{report.CodeVolumeRebuilding, report.Warning, "A volume's redundancy is being restored.", volumeKeys, "smart/mdadm/FORMAT.md"},
	{report.CodeVolumeOffline, report.Critical, "A volume has failed, is offline or is missing.", volumeKeys, "smart/storcli/FORMAT.md"},
	{report.CodeVolumeWriteThrough, report.Warning, "A volume writes without its cache because nothing keeps that.", []string{"write_cache", "battery"}, "smart/ssacli/FORMAT.md"},
	{report.CodeDriveFailed, report.Critical, "A drive has failed, by its controller or array.", memberKeys, "smart/storcli/FORMAT.md"},
	{report.CodeDriveOffline, report.Critical, "A drive is a member of a volume and not in use.", memberKeys, "smart/storcli/FORMAT.md"},
	{report.CodeDriveMissing, report.Critical, "A controller misses a drive that it knew.", memberKeys, "smart/sasircu/FORMAT.md"},
	{report.CodeDriveForeign, report.Warning, "A drive was configured by another controller.", memberKeys, "smart/storcli/FORMAT.md"},
	{report.CodeDriveRebuilding, report.Info, "A drive's data is being restored.", memberKeys, "smart/storcli/FORMAT.md"},
	{report.CodeDriveUnconfiguredBad, report.Warning, "A drive in no volume is called bad by its controller.", memberKeys, "smart/storcli/FORMAT.md"},
	{report.CodeDrivePredictive, report.Warning, "A controller says that a drive is about to fail.", []string{"count"}, "smart/storcli/FORMAT.md"},
	{report.CodeDriveMediaErrors, report.Warning, "A controller counted media errors of a drive.", []string{"count"}, "smart/storcli/FORMAT.md"},
	{report.CodeDriveOtherErrors, report.Info, "A controller counted errors of a drive other than of its medium.", []string{"count"}, "smart/storcli/FORMAT.md"},
	{report.CodeControllerStatus, report.Warning, "A storage controller says that it is not well.", []string{"status"}, "smart/storcli/FORMAT.md"},
	{report.CodeControllerMemory, report.Critical, "A storage controller could not correct errors of its memory.", []string{"count"}, "smart/storcli/FORMAT.md"},
	{report.CodeControllerMemoryFixed, report.Info, "A storage controller has corrected errors of its memory.", []string{"count"}, "smart/storcli/FORMAT.md"},
	{report.CodeControllerBatteryFailed, report.Warning, "What keeps a controller's cache has failed.", []string{"state"}, "smart/ssacli/FORMAT.md"},
	{report.CodeControllerBatteryMissing, report.Warning, "What keeps a controller's cache is missing.", []string{"state"}, "smart/ssacli/FORMAT.md"},
	{report.CodeControllerBatteryCharging, report.Info, "What keeps a controller's cache is being charged.", []string{"state"}, "smart/ssacli/FORMAT.md"},
	{report.CodeControllerBatteryState, report.Warning, "What keeps a controller's cache is in a state that bee does not know.", []string{"state"}, "smart/ssacli/FORMAT.md"},
	{report.CodeATAErrorLog, report.Warning, "An ATA drive's error log holds recent uncorrectable errors.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATAPending, report.Warning, "An ATA drive has sectors that it could not read.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATAReallocated, report.Warning, "An ATA drive has replaced sectors by spare ones.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATASelfTest, report.Critical, "An ATA drive's self-test failed.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATAUncorrectable, report.Warning, "An ATA drive had errors that it could not correct.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeATAWasBelow, report.Warning, "An attribute of an ATA drive was once below its threshold.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeCriticalWarning, report.Critical, "An NVMe drive warns of itself.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeMediaErrors, report.Warning, "An NVMe drive had media errors.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeSelfTest, report.Critical, "An NVMe drive's self-test failed.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeNVMeSpare, report.Critical, "An NVMe drive has fewer spare blocks than its threshold.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSCSIGrownDefects, report.Warning, "A SCSI drive has grown defects.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSCSIPending, report.Warning, "A SCSI drive has sectors that it could not read.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSCSISelfTest, report.Critical, "A SCSI drive's self-test failed.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSCSIUncorrected, report.Warning, "A SCSI drive had errors that it could not correct.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartFailing, report.Critical, "A drive says that it is failing.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartTemperature, report.Warning, "A drive is, or was, too hot.", driveEvidence, "smart/FORMAT.md"},
	{report.CodeSmartWorn, report.Warning, "A drive is at the end of its rated life.", driveEvidence, "smart/FORMAT.md"},
}
