// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// controllerVendors are the vendors that SCSI INQUIRY gives for the volumes of
// RAID controllers, with a word that the product must begin with; "" is any.
var controllerVendors = []struct{ vendor, product string }{
	{"DELL", "PERC"}, {"DELL", "Virtual Disk"}, {"LSI", ""}, {"LSILOGIC", "Logical Volume"}, {"AVAGO", ""}, {"BROADCOM", ""}, {"MegaRAID", ""},
	{"HP", "LOGICAL VOLUME"}, {"HPE", "LOGICAL VOLUME"}, {"COMPAQ", "LOGICAL VOLUME"}, {"Adaptec", ""}, {"ASR", ""},
	{"IBM", "ServeRAID"}, {"ServeRA", ""}, {"Lenovo", "RAID"}, {"INTEL", "RS"}, {"INTEL", "RMS"}, {"Areca", ""}, {"3ware", ""}, {"AMCC", ""},
	{"FTS", "PRAID"}, {"SMC", "SMC"}, {"Cisco", "UCSC"}, {"HPT", "DISK"},
}

// controllerModels are what models of volumes begin with, whatever the vendor: of
// Smart Arrays and of PERCs, of chips in enclosures and on boards that show one
// disk for two, and of the cards that servers start from.
var controllerModels = []string{
	"LOGICAL VOLUME", "PERC ", "MARVELL Raid VD", "H/W RAID", "JMicron H/W RAID",
	"DELLBOSS VD", "Dell BOSS", "ThinkSystem M.2", "M.2 NVMe 2-Bay", "HPE NS204i",
}

func isRAIDName(vendor, model string) bool {
	model = spaced(model)
	for _, c := range controllerVendors {
		if strings.EqualFold(vendor, c.vendor) && hasPrefixFold(model, c.product) {
			return true
		}
	}
	return slices.ContainsFunc(controllerModels, func(prefix string) bool { return hasPrefixFold(model, prefix) })
}

// spaced is a model with the blanks for which udev writes underscores.
func spaced(model string) string { return strings.ReplaceAll(model, "_", " ") }

func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// raidChannels are the SCSI channels on which drivers show volumes; drives are on
// the others. MegaRAID has two of each, and a Smart Array those of arrays that
// are attached to it; mpt3sas shows NVMe drives behind its volumes.
var raidChannels = map[string][]int{
	"megaraid_sas": {2, 3},
	"hpsa":         {1, 2}, "smartpqi": {1, 3},
	"mpt3sas": {1}, "mpt2sas": {1}, "mptsas": {1},
}

// raidClass has the volumes of which the kernel knows the state, by SCSI address.
const raidClass = "sys/class/raid_devices"

// raidVolume tells a controller's volume from a drive, without any tool of the
// controller's maker: by what it calls itself, by what its driver calls it, or
// by the SCSI channel on which that shows volumes.
func (b *blocks) raidVolume(fsys fs.FS, name string, s seat) bool {
	read := func(file string) string { return readText(fsys, path.Join(sysfsBlock, name, "device", file)) }
	vendor := read("vendor")
	if isRAIDName(vendor, read("model")) || isArrayName(name) {
		return true
	}
	if s.hctl != "" && exists(fsys, path.Join(raidClass, s.hctl)) || isVolumeLevel(read("raid_level")) {
		return true
	}
	driver := b.drivers[s.host]
	switch {
	case driver == "aacraid" && isVolumeLevel(read("level")):
		return true
	case driver == "" && s.channel() >= 2 && vendor != "NVMe":
		return strings.HasPrefix(wwnDigits(read("wwid")), "6")
	}
	return slices.Contains(raidChannels[driver], s.channel())
}

// isVolumeLevel tells the RAID level of a volume from what drivers write for a
// drive: hpsa and smartpqi "N/A", aacraid "Hidden" or "JBOD", Mylex's "Physical
// Drive".
func isVolumeLevel(level string) bool {
	switch level {
	case "", "N/A", "Hidden", "JBOD", "None", "Physical Drive":
		return false
	}
	return true
}

// kernelLevel returns the RAID level in a driver's words, "" where they leave it
// open: "RAID-1(1+0)" is a mirror or a stripe of mirrors.
func kernelLevel(text string) string {
	word := strings.TrimLeft(strings.TrimPrefix(strings.ToLower(text), "raid"), "- ")
	switch word = strings.ReplaceAll(word, "+", ""); {
	case word == "adg":
		return "6"
	case word == "mirror":
		return "1"
	case word == "stripe":
		return "0"
	case strings.Trim(word, "0123456789e") == "":
		return word
	}
	return ""
}

// isArrayName recognises the names that drivers older than SCSI's gave to the
// volumes of Smart Arrays and of Mylex: "cciss!c0d0", for /dev/cciss/c0d0.
func isArrayName(name string) bool {
	return strings.HasPrefix(name, "cciss!") || strings.HasPrefix(name, "ida!") || strings.HasPrefix(name, "rd!")
}

// addVolume adds the volume of a RAID controller. Its serial number is the
// controller's invention and stands on no label.
func (b *blocks) addVolume(fsys fs.FS, name string, s seat, size uint64) {
	read := func(file string) string { return readText(fsys, path.Join(sysfsBlock, name, file)) }
	v := report.Volume{
		Name: name, Kind: "raid", SizeBytes: size, Paths: []string{"/dev/" + strings.ReplaceAll(name, "!", "/")}, PCIAddress: s.pci,
		Vendor: genuine(read("device/vendor")), Model: genuine(read("device/model")), WWN: hexName(wwnDigits(read("device/wwid"))),
		Unread:  "its controller's tool was not asked for its state",
		Sources: []string{sourceSysfs},
	}
	for _, level := range []string{readText(fsys, path.Join(raidClass, s.hctl, "level")), read("device/raid_level"), read("device/level")} {
		if v.Level == "" && isVolumeLevel(level) {
			v.Level = kernelLevel(level)
		}
	}
	state := readText(fsys, path.Join(raidClass, s.hctl, "state"))
	if isGivenUp(read("device/state")) {
		state = "offline"
	}
	if s.hctl != "" && kernelStates[state] != "" {
		if b.raidStates == nil {
			b.raidStates = make(map[string]string)
		}
		b.raidStates[name] = state
	}
	switch driver := b.drivers[s.host]; {
	case driver == driverMegaRAID && s.channel() >= megaraidVolumes:
		b.setTarget(name, s.number()-megaraidVolumes*maxTargets)
	case driver == "aacraid" && s.channel() == 0:
		b.setTarget(name, s.number())
	}
	b.addVolumeEntry(v)
}

const (
	driverMegaRAID  = "megaraid_sas"
	megaraidVolumes = 2 // the first of the channels on which it shows volumes
)

func (b *blocks) setTarget(name string, number int64) {
	if b.targets == nil {
		b.targets = make(map[string]int64)
	}
	b.targets[name] = number
}

// kernelStates are the states of a volume in the kernel's words (raid_class.c).
var kernelStates = map[string]string{"active": "optimal", "degraded": "degraded", "resyncing": "rebuilding", "offline": "offline"}

// addRAIDStates adds what the kernel knows of the state of volumes to what their
// tools said. Where the two differ the worse stands, with both words.
func (b *blocks) addRAIDStates(s *report.Storage) {
	for i := range s.Volumes {
		v := &s.Volumes[i]
		word := b.raidStates[v.Name]
		switch {
		case word == "":
			continue
		case v.State == "":
			v.State, v.StateText, v.Unread = kernelStates[word], word, ""
		case v.State == "optimal" && word != "active", v.State != "failed" && word == "offline":
			v.State, v.StateText = kernelStates[word], joinWords(v.StateText, "(the kernel: "+word+")")
		}
	}
}

// addCard adds an NVMe controller that is a card with drives of its own, and shows
// a volume of theirs.
func (b *blocks) addCard(name, address string, about report.StorageController) {
	if b.cards == nil {
		b.cards = make(map[string]string)
	}
	b.cards[name] = address
	b.addAdapter(address, "nvme", about.Firmware)
	c := &b.adapters[b.adapterAt[address]]
	c.Model, c.Serial = about.Model, about.Serial
}

// addCardVolume adds the volume that such a card shows.
func (b *blocks) addCardVolume(name, card string, size uint64) {
	address := b.cards[card]
	b.addVolumeEntry(report.Volume{
		Name: name, Kind: "raid", SizeBytes: size, Paths: []string{"/dev/" + name}, PCIAddress: address,
		Controller: "controller:" + address, Model: b.adapters[b.adapterAt[address]].Model,
		Unread: "its controller's tool was not asked for its state", Sources: []string{sourceSysfs},
	})
}
