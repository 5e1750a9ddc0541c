// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"path"
	"strings"
)

// A seat is where a block device hangs, read off its path below /sys/devices.
// It tells what the device is; its name does not.
type seat struct {
	pci      string // the address of its PCI function
	hctl     string // its SCSI host, channel, target and LUN: "1:0:0:0"
	host     string // "host1"
	parent   string // the directory above it: "nvme0", "nvme-subsys0", "block"
	virtual  bool   // the kernel makes it up
	usb      string // the path of its USB device
	ata, sas bool
	port     string // the number of its ATA port
	// sasDevice is the directory of its end of a SAS link.
	sasDevice string
	network   string // "iscsi", "fc", "nvme-of", "rbd", "pmem": it is elsewhere
}

// seatOf reads the target of the link /sys/block/NAME.
func seatOf(target string) seat {
	s := seat{pci: pciAddressIn(target), parent: path.Base(path.Dir(target)), virtual: strings.Contains(target, "/virtual/")}
	end := -1 // of the part
	for part := range strings.SplitSeq(target, "/") {
		end += 1 + len(part)
		switch {
		case isHCTL(part):
			s.hctl = part
		case strings.HasPrefix(part, "host") && s.host == "":
			s.host = part
		case strings.HasPrefix(part, "ata"):
			s.ata, s.port = true, leadingDigits(part[len("ata"):])
		case strings.HasPrefix(part, "end_device-"):
			s.sas, s.sasDevice = true, target[:end]
		case strings.HasPrefix(part, "session"):
			s.network = "iscsi"
		case strings.HasPrefix(part, "rport-"):
			s.network = "fc"
		case strings.HasPrefix(part, "pseudo_"), strings.HasPrefix(part, "tcm_loop_"): // a SCSI host without hardware
			s.virtual = true
		case strings.HasPrefix(part, "ndbus"): // persistent memory: it is in the list of modules
			s.network = "pmem"
		case part == "nvme-fabrics":
			s.network, s.virtual = "nvme-of", false
		case part == "rbd":
			s.network = "rbd"
		case isUSBPort(part):
			s.usb = target[:end]
		}
	}
	return s
}

// onePath tells that there is but one way to what hangs there.
func (s seat) onePath() bool { return s.ata || s.usb != "" }

// target is the SCSI target without its LUN, "" if there is none.
func (s seat) target() string {
	if i := strings.LastIndexByte(s.hctl, ':'); i >= 0 {
		return s.hctl[:i]
	}
	return ""
}

// lun is the number behind the last colon of the SCSI address.
func (s seat) lun() int { return atoi(s.hctl[strings.LastIndexByte(s.hctl, ':')+1:]) }

// channel is the second number of the SCSI address, 0 without one.
func (s seat) channel() int {
	_, rest, _ := strings.Cut(s.hctl, ":")
	number, _, _ := strings.Cut(rest, ":")
	return atoi(number)
}

// maxTargets is how many targets MegaRAID's driver has on a channel (megaraid_sas.h,
// MEGASAS_MAX_DEV_PER_CHANNEL).
const maxTargets = 128

// number counts the targets of all channels.
func (s seat) number() int64 {
	target := s.target()
	return int64(s.channel()*maxTargets + atoi(target[strings.LastIndexByte(target, ':')+1:]))
}

// isHCTL recognises "1:0:0:0".
func isHCTL(part string) bool {
	return strings.Count(part, ":") == 3 && strings.Trim(part, "0123456789:") == ""
}

// isUSBPort recognises a USB device: "2-1", "1-14.2". An interface of one,
// "2-1:1.0", is a part of it.
func isUSBPort(part string) bool {
	bus, port, ok := strings.Cut(part, "-")
	return ok && bus != "" && port != "" && strings.Trim(bus, "0123456789") == "" && strings.Trim(port, "0123456789.") == ""
}
