// SPDX-License-Identifier: Apache-2.0

package parse

import (
	"errors"
	"reflect"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/ipmi"
	"github.com/mchus/bee/nvidia"
	"github.com/mchus/bee/nvme"
	"github.com/mchus/bee/pci"
	"github.com/mchus/bee/pci/devlink"
	"github.com/mchus/bee/pci/ethtool"
	"github.com/mchus/bee/pci/mstflint"
	"github.com/mchus/bee/smart"
	"github.com/mchus/bee/smart/arcconf"
	"github.com/mchus/bee/smart/dmsetup"
	"github.com/mchus/bee/smart/mdadm"
	"github.com/mchus/bee/smart/megacli"
	"github.com/mchus/bee/smart/sasircu"
	"github.com/mchus/bee/smart/ssacli"
	"github.com/mchus/bee/smart/storcli"
)

// readers has a row for each kind of output; the names are those of package
// sniff.
var readers = []Reader{
	{"arcconf", "", "text", "arcconf GETCONFIG 1", "arcconf 1-4", read(arcconf.Parse)},
	{"devlink", "dev info", "json", "devlink -j dev info", "iproute2 since 5.9", read(devlink.Parse)},
	{"dmidecode", "", "text", "dmidecode", "2.0-3.7", readDMI},
	{"dmsetup", "status", "text", "dmsetup status", "lvm2 2.02-2.03", read(dmsetup.Parse)},
	{"ethtool", "-P", "text", "ethtool -P DEVICE", "since 3.x", read(ethtool.ParsePermanentAddress)},
	{"ethtool", "-i", "text", "ethtool -i DEVICE", "since 3.x", read(ethtool.ParseDriverInfo)},
	{"ethtool", "-m", "text", "ethtool -m DEVICE", "since 3.x", read(ethtool.ParseModule)},
	{"ipmitool", "fru", "text", "ipmitool fru print", "1.8.18-1.8.19", readFRU},
	{"ipmitool", "lan", "text", "ipmitool lan print", "1.8.18-1.8.19", readLAN},
	{"ipmitool", "lan6", "text", "ipmitool lan6 print", "since 1.8.19", readLAN6},
	{"ipmitool", "mc", "text", "ipmitool mc info", "1.8.18-1.8.19", readMC},
	{"ipmitool", "sdr", "text", "ipmitool sdr elist all", "1.8.18-1.8.19", readSDR},
	{"ipmitool", "sel", "text", "ipmitool sel elist", "1.8.18-1.8.19", readSEL},
	{"lsblk", "", "json", "lsblk -J", "util-linux 2.27-2.42", read(smart.ParseLsblk)},
	{"lsblk", "pairs", "text", "lsblk -P", "util-linux 2.23-2.42", read(smart.ParseLsblk)},
	{"lspci", "", "text", "lspci -vmmnnkD", "pciutils 3.7-3.15", read(pci.Parse)},
	{"mdadm", "", "text", "mdadm --detail DEVICE", "3.x-4.x", readMdadm},
	{"megacli", "", "text", "MegaCli64 -PDList -aALL", "MegaCli, CmdTool2 1-8", read(megacli.Parse)},
	{"mdstat", "", "text", "cat /proc/mdstat", "Linux 2.6-6.x", read(mdadm.ParseMdstat)},
	{"mstflint", "", "text", "mstflint -d DEVICE query", "since 2", read(mstflint.Parse)},
	{"nvidia-smi", "list", "text", "nvidia-smi -L", "drivers 352-610", read(nvidia.ParseList)},
	{"nvidia-smi", "nvlink", "text", "nvidia-smi nvlink -s", "drivers 352-610", read(nvidia.ParseNVLink)},
	{"nvidia-smi", "query", "xml, text, csv", "nvidia-smi -q -x", "drivers 352-610", readNVIDIA},
	{"nvidia-smi", "topo", "text", "nvidia-smi topo -m", "drivers 352-610", read(nvidia.ParseTopo)},
	{"nvme", "error-log", "json, text", "nvme error-log -o json DEVICE", "nvme-cli 1.12-2.16", read(nvme.ParseErrorLog)},
	{"nvme", "fw-log", "json, text", "nvme fw-log -o json DEVICE", "nvme-cli 1.12-2.16", read(nvme.ParseFWLog)},
	{"nvme", "id-ctrl", "json, text", "nvme id-ctrl -o json DEVICE", "nvme-cli 1.12-2.16", read(nvme.ParseIDCtrl)},
	{"nvme", "id-ns", "json, text", "nvme id-ns -o json DEVICE", "nvme-cli 1.12-2.16", read(nvme.ParseIDNS)},
	{"nvme", "list", "json, text", "nvme list -o json", "nvme-cli 1.12-2.16", read(nvme.ParseList)},
	{"nvme", "list-subsys", "json, text", "nvme list-subsys -o json", "nvme-cli 1.12-2.16", read(nvme.ParseListSubsys)},
	{"nvme", "smart-log", "json, text", "nvme smart-log -o json DEVICE", "nvme-cli 1.12-2.16", read(nvme.ParseSmartLog)},
	{"sasircu", "", "text", "sas3ircu 0 DISPLAY", "sas2ircu, sas3ircu 9-20", read(sasircu.Parse)},
	{"smartctl", "device", "json, text", "smartctl -x -j DEVICE", "7.0-7.5, text of 5.38-7.5", readSmart},
	{"smartctl", "scan", "json", "smartctl --scan-open -j", "7.0-7.5", read(smart.ParseScan)},
	{"ssacli", "", "text", "ssacli controller all show config detail", "ssacli, hpssacli, hpacucli", read(ssacli.Parse)},
	{"storcli", "", "json, text", "storcli64 /call show all J nolog", "storcli, perccli 1.x-008", read(storcli.Parse)},
}

// readSmart reads a drive from JSON or, where that is text, from the text.
func readSmart(data []byte) (any, error) {
	if formatOf(data, "smartctl") != "text" {
		return smart.Parse(data)
	}
	text, err := smart.ParseText(data)
	return text.Device, err
}

// readMdadm reads what mdadm tells of an array, or of a member.
func readMdadm(data []byte) (any, error) {
	detail, err := mdadm.ParseDetail(data)
	if len(detail.Arrays) > 0 {
		return detail, err
	}
	if examined, examineErr := mdadm.ParseExamine(data); len(examined.Devices) > 0 {
		return examined, examineErr
	}
	return detail, err
}

// read makes a parse function forget its type.
func read[T any](f func([]byte) (T, error)) func([]byte) (any, error) {
	return func(data []byte) (any, error) { return f(data) }
}

// put leaves out what is empty: an absent key is an absent value.
func put[T any](object map[string]any, name string, value T) {
	if !reflect.ValueOf(&value).Elem().IsZero() {
		object[name] = value
	}
}

// readDMI gives the records as printed, and all typed views of them.
func readDMI(data []byte) (any, error) {
	t, err := dmi.Parse(data)
	o := make(map[string]any)
	put(o, "version", t.Version)
	put(o, "smbios", t.SMBIOS)
	put(o, "records", t.Records)
	put(o, "notes", t.Notes)
	for _, v := range t.Views() {
		if v.Count > 0 {
			o[v.Name] = v.Value
		}
		err = errors.Join(err, v.Err)
	}
	return o, err
}

func readFRU(data []byte) (any, error) {
	f, err := ipmi.ParseFRU(data)
	o := make(map[string]any)
	put(o, "devices", f.Devices())
	put(o, "preamble", f.Preamble)
	return o, err
}

func readSDR(data []byte) (any, error) {
	s, err := ipmi.ParseSDR(data)
	o := make(map[string]any)
	put(o, "sensors", s.Sensors())
	put(o, "locators", s.Locators())
	put(o, "preamble", s.Preamble)
	return o, err
}

func readSEL(data []byte) (any, error) {
	s, err := ipmi.ParseSEL(data)
	o := make(map[string]any)
	put(o, "events", s.Events())
	put(o, "info", s.Info())
	return o, err
}

func readMC(data []byte) (any, error) {
	m, err := ipmi.ParseMC(data)
	return m.Info(), err
}

func readLAN(data []byte) (any, error) {
	l, err := ipmi.ParseLAN(data)
	return l.Config(), err
}

func readLAN6(data []byte) (any, error) {
	l, err := ipmi.ParseLAN6(data)
	o := make(map[string]any)
	put(o, "addresses", l.Addresses())
	return o, err
}

// readNVIDIA reads the query in any of its three formats.
func readNVIDIA(data []byte) (any, error) {
	switch formatOf(data, "nvidia-smi") {
	case "csv":
		table, err := nvidia.ParseCSV(data)
		log, viewErr := table.Log()
		return log, errors.Join(err, viewErr)
	case "text":
		return nvidia.ParseText(data)
	}
	return nvidia.Parse(data)
}
