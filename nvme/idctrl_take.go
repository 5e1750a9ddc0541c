// SPDX-License-Identifier: Apache-2.0

package nvme

import "fmt"

// take reads the value of a key of "nvme id-ctrl", if it knows the key: both
// forms have the same keys. Multipliers are the specification's units.
func (c *IDCtrl) take(key string, f *field) bool {
	switch key {
	case "vid":
		c.PCIVendorID = integer[uint16](f)
	case "ssvid":
		c.PCISubsystemVendorID = integer[uint16](f)
	case "sn":
		c.Serial = f.serial()
	case "mn":
		c.Model = f.name()
	case "fr":
		c.Firmware = f.name()
	case "product_name":
		c.ProductName = f.words()
	case "ieee":
		c.OUI = f.oui()
	case "cntlid":
		c.ControllerID = pointer[uint16](f)
	case "ver":
		c.Version = integer[Version](f)
	case "subnqn":
		c.SubsystemNQN = f.words()
	case "fguid":
		c.FRUGUID = f.nonZero()
	case "cntrltype":
		c.ControllerType = integer[ControllerType](f)
	case "nn":
		c.NamespaceCount = integer[uint32](f)
	case "tnvmcap":
		c.TotalCapacityBytes, _ = f.uint128()
	case "unvmcap":
		c.UnallocatedCapacityBytes = f.counter()
	case "megcap":
		c.MaxEnduranceGroupCapacityBytes, _ = f.uint128()
	case "wctemp":
		c.WarningTemperatureCelsius = f.celsius()
	case "cctemp":
		c.CriticalTemperatureCelsius = f.celsius()
	case "mntmt":
		c.MinThrottleTemperatureCelsius = f.celsius()
	case "mxtmt":
		c.MaxThrottleTemperatureCelsius = f.celsius()
	case "cmic":
		c.CMIC = integer[CMIC](f)
	case "oaes":
		c.OAES = integer[OAES](f)
	case "ctratt":
		c.CTRATT = integer[CTRATT](f)
	case "oacs":
		c.OACS = integer[OACS](f)
	case "frmw":
		c.FRMW = integer[FRMW](f)
	case "lpa":
		c.LPA = integer[LPA](f)
	case "sanicap":
		c.SANICAP = integer[SANICAP](f)
	case "anacap":
		c.ANACAP = integer[ANACAP](f)
	case "oncs":
		c.ONCS = integer[ONCS](f)
	case "fuses":
		c.FUSES = integer[FUSES](f)
	case "fna":
		c.FNA = integer[FNA](f)
	case "vwc":
		c.VWC = integer[VWC](f)
	case "sgls":
		c.SGLS = integer[SGLS](f)
	case "mdts":
		c.MDTS = pointer[uint8](f)
	case "acl":
		c.AbortCommandLimit = fromOne[uint8](f)
	case "aerl":
		c.AsyncEventRequestLimit = fromOne[uint8](f)
	case "elpe":
		c.ErrorLogEntries = fromOne[uint8](f)
	case "sqes":
		c.SubmissionEntrySizes = integer[uint8](f)
	case "cqes":
		c.CompletionEntrySizes = integer[uint8](f)
	case "maxcmd":
		c.MaxOutstandingCommands = integer[uint16](f)
	case "awun":
		c.AtomicWriteBlocks = fromOne[uint16](f)
	case "awupf":
		c.AtomicWritePowerBlocks = fromOne[uint16](f)
	case "acwu":
		c.AtomicCompareWriteBlocks = fromOne[uint16](f)
	case "mnan":
		c.MaxAllowedNamespaces = integer[uint32](f)
	case "nsetidmax":
		c.MaxNVMSetID = integer[uint16](f)
	case "endgidmax":
		c.MaxEnduranceGroupID = integer[uint16](f)
	case "anagrpmax":
		c.MaxANAGroupID = integer[uint32](f)
	case "nanagrpid":
		c.ANAGroupCount = integer[uint32](f)
	case "domainid":
		c.DomainID = integer[uint16](f)
	case "pels":
		c.PersistentEventLogBytes = uint64(integer[uint32](f)) * 64 << 10
	case "rtd3r":
		c.ResumeMicroseconds = integer[uint32](f)
	case "rtd3e":
		c.EntryMicroseconds = integer[uint32](f)
	case "nssl":
		c.ShutdownMicroseconds = integer[uint32](f)
	case "crdt1":
		c.RetryDelay1Milliseconds = 100 * int(integer[uint16](f))
	case "crdt2":
		c.RetryDelay2Milliseconds = 100 * int(integer[uint16](f))
	case "crdt3":
		c.RetryDelay3Milliseconds = 100 * int(integer[uint16](f))
	case "mtfa":
		c.FirmwareActivationMilliseconds = 100 * int(integer[uint16](f))
	case "mptfawr":
		c.ActivationWithoutResetMilliseconds = 100 * int(integer[uint16](f))
	case "kas":
		c.KeepAliveStepMilliseconds = 100 * int(integer[uint16](f))
	case "edstt":
		c.SelfTestMinutes = int(integer[uint16](f))
	case "anatt":
		c.ANATransitionSeconds = int(integer[uint8](f))
	case "cqt":
		c.CommandQuiesceMilliseconds = int(integer[uint16](f))
	case "hmpre":
		c.HostMemoryPreferredBytes = uint64(integer[uint32](f)) * 4 << 10
	case "hmmin":
		c.HostMemoryMinimumBytes = uint64(integer[uint32](f)) * 4 << 10
	case "hmminds":
		c.HostMemoryMinimumEntryBytes = uint64(integer[uint32](f)) * 4 << 10
	case "hmmaxd":
		c.HostMemoryMaximumDescriptors = integer[uint16](f)
	case "npss":
		c.PowerStateCount = fromOne[uint8](f)
	default:
		return c.Other.take(key, f)
	}
	return true
}

// take reads the value of a key that few need.
func (o *IDCtrlOther) take(key string, f *field) bool {
	switch key {
	case "rab":
		o.RAB = integer[uint8](f)
	case "rrls":
		o.RRLS = integer[uint16](f)
	case "bpcap":
		o.BPCAP = integer[uint8](f)
	case "plsi":
		o.PLSI = integer[uint8](f)
	case "crcap":
		o.CRCAP = integer[uint8](f)
	case "ciu":
		o.CIU = integer[uint8](f)
	case "cirn":
		o.CIRN = integer[uint64](f)
	case "nvmsr":
		o.NVMSR = integer[uint8](f)
	case "vwci":
		o.VWCI = integer[uint8](f)
	case "mec":
		o.MEC = integer[uint8](f)
	case "avscc":
		o.AVSCC = integer[uint8](f)
	case "apsta":
		o.APSTA = integer[uint8](f)
	case "rpmbs":
		o.RPMBS = integer[uint32](f)
	case "dsto":
		o.DSTO = integer[uint8](f)
	case "fwug":
		o.FWUG = integer[uint8](f)
	case "hctma":
		o.HCTMA = integer[uint16](f)
	case "kpioc":
		o.KPIOC = integer[uint8](f)
	case "tmpthha":
		o.TMPTHHA = integer[uint8](f)
	case "mupa":
		o.MUPA = integer[uint8](f)
	case "cdpa":
		o.CDPA = integer[uint16](f)
	case "mup":
		o.MUP = integer[uint16](f)
	case "ipmsr":
		o.IPMSR = integer[uint16](f)
	case "msmt":
		o.MSMT = integer[uint16](f)
	case "mnens":
		o.MNENS = integer[uint16](f)
	case "mnecpens":
		o.MNECPENS = integer[uint16](f)
	case "mensnn":
		o.MENSNN = integer[uint32](f)
	case "ensa":
		o.ENSA = integer[uint16](f)
	case "endsfs":
		o.ENDSFS = integer[uint16](f)
	case "vsen1":
		o.VSEN1 = integer[uint32](f)
	case "vsen2":
		o.VSEN2 = integer[uint32](f)
	case "vsen3":
		o.VSEN3 = integer[uint32](f)
	case "vsen4":
		o.VSEN4 = integer[uint32](f)
	case "msvmt":
		o.MSVMT = integer[uint16](f)
	case "icsvscc", "nvscc":
		o.ICSVSCC = integer[uint8](f)
	case "nwpc":
		o.NWPC = integer[uint8](f)
	case "ocfs":
		o.OCFS = integer[uint16](f)
	case "maxdna":
		o.MAXDNA, _ = f.uint128()
	case "maxcna":
		o.MAXCNA = integer[uint32](f)
	case "oaqd":
		o.OAQD = integer[uint32](f)
	case "rhiri":
		o.RHIRI = integer[uint8](f)
	case "hirt":
		o.HIRT = integer[uint8](f)
	case "cmmrtd":
		o.CMMRTD = integer[uint16](f)
	case "nmmrtd":
		o.NMMRTD = integer[uint16](f)
	case "minmrtg":
		o.MINMRTG = integer[uint8](f)
	case "maxmrtg":
		o.MAXMRTG = integer[uint8](f)
	case "trattr":
		o.TRATTR = integer[uint8](f)
	case "mcudmq":
		o.MCUDMQ = integer[uint16](f)
	case "mnsudmq":
		o.MNSUDMQ = integer[uint16](f)
	case "mcmr":
		o.MCMR = integer[uint16](f)
	case "nmcmr":
		o.NMCMR = integer[uint16](f)
	case "mcdqpc":
		o.MCDQPC = integer[uint16](f)
	case "ioccsz":
		o.IOCCSZ = integer[uint32](f)
	case "iorcsz":
		o.IORCSZ = integer[uint32](f)
	case "icdoff":
		o.ICDOFF = integer[uint16](f)
	case "fcatt", "ctrattr":
		o.FCATT = integer[uint8](f)
	case "msdbd":
		o.MSDBD = integer[uint8](f)
	case "ofcs":
		o.OFCS = integer[uint16](f)
	case "dctype":
		o.DCTYPE = integer[uint8](f)
	case "ccrl":
		o.CCRL = integer[uint8](f)
	default:
		return false
	}
	return true
}

// oui reads the IEEE OUI: hex digits in plain text, a number in JSON.
func (f *field) oui() string {
	f.hex = true
	n, ok := maybe[uint32](f)
	if !ok || n == 0 {
		return ""
	}
	if n > 0xffffff {
		f.reject(ErrRange)
		return ""
	}
	return fmt.Sprintf("%06x", n)
}

// counter reads a number of which 0 is a reading, nil for null.
func (f *field) counter() *Uint128 {
	u, ok := f.uint128()
	if !ok {
		return nil
	}
	return &u
}
