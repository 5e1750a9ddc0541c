// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// readLink reads what the kernel says of the link to a disk: how fast it runs, and
// what the other end of it can do.
func readLink(fsys fs.FS, s seat, model string) *report.DriveLink {
	switch {
	case s.port != "":
		return readATALink(fsys, s, model)
	case s.sas:
		return readSASLink(fsys, s)
	}
	return nil
}

// slowByRule are disks that libata runs at 1.5 Gb/s however well they are
// (ATA_HORKAGE_1_5_GBPS).
var slowByRule = []string{"WD My Book", "Seagate FreeAgent GoFlex"}

// readATALink reads the link of a port, or the one behind its port multiplier, of
// which nobody knows what that can do (libata-transport.c).
func readATALink(fsys fs.FS, s seat, model string) *report.DriveLink {
	const links = "sys/class/ata_link/link"
	if target := s.target(); !strings.HasSuffix(target, ":0") {
		return nil // a slave, which has a link of its own that the kernel does not show
	}
	speed := func(file string) float64 { return gbps(readText(fsys, file)) }
	dir := links + s.port + "." + strconv.Itoa(s.channel())
	host := 0.0
	if speed(dir+"/sata_spd") == 0 {
		dir = links + s.port
		host = ahciGbps(readText(fsys, path.Join("sys/class/scsi_host", s.host, "ahci_host_caps")))
	}
	link := report.DriveLink{CurrentGbps: speed(dir + "/sata_spd"), HostGbps: host}
	hardware, limit := speed(dir+"/hw_sata_spd_limit"), speed(dir+"/sata_spd_limit") // 0 for none
	if hardware > 0 {
		link.HostGbps = least(hardware, host)
	}
	if limit > 0 && (hardware == 0 || limit < hardware) && !slices.Contains(slowByRule, model) {
		link.LoweredGbps = limit
	}
	return orNil(link)
}

// readSASLink reads the phy above an end device: of a host adapter, or of an
// expander. Of several the slowest tells (scsi_transport_sas.c).
func readSASLink(fsys fs.FS, s seat) *report.DriveLink {
	var link report.DriveLink
	port := path.Join(sysfsBlock, path.Dir(s.sasDevice))
	entries, _ := fs.ReadDir(fsys, port)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "phy-") {
			continue
		}
		speed := func(file string) float64 {
			return gbps(readText(fsys, path.Join(port, e.Name(), "sas_phy", e.Name(), file)))
		}
		if now := speed("negotiated_linkrate"); now > 0 && (link.CurrentGbps == 0 || now < link.CurrentGbps) {
			link = report.DriveLink{CurrentGbps: now, HostGbps: least(speed("maximum_linkrate_hw"), speed("maximum_linkrate"))}
		}
	}
	return orNil(link)
}

// least is the smaller of two speeds, of which 0 is unknown.
func least(a, b float64) float64 {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// gbps reads "6.0 Gbps" and "12.0 Gbit", 0 for what is no speed: "<unknown>", "Phy
// disabled".
func gbps(text string) float64 {
	number, unit, _ := strings.Cut(text, " ")
	if unit != "Gbps" && unit != "Gbit" {
		return 0
	}
	n, _ := strconv.ParseFloat(number, 64)
	return n
}

// ahciGbps is the speed of the fastest port of a controller, by its capabilities
// (AHCI 1.3.1, section 3.1.1, Interface Speed Support).
func ahciGbps(capabilities string) float64 {
	bits, _ := strconv.ParseUint(capabilities, 16, 32)
	return map[uint64]float64{1: 1.5, 2: 3, 3: 6}[bits>>20&0xf]
}

// settleLink says whether a drive's link runs as well as both its ends can. Of
// several ways to it the first tells that does not, else the first.
func settleLink(d *report.Drive, group []*evidence) {
	if d.Link == nil {
		return
	}
	can, own := 0.0, *d.Link // what any way shows that the drive can; its own word, if smartctl read that
	for _, e := range group {
		if l := e.drive.Link; l != nil {
			can = max(can, l.CurrentGbps, l.MaxGbps)
		}
	}
	settled := false
	for _, e := range group {
		l := e.drive.Link
		if l == nil || e.rank != rankSysfs {
			continue
		}
		way := *l
		way.MaxGbps, way.CurrentGbps = own.MaxGbps, cmp.Or(l.CurrentGbps, own.CurrentGbps)
		if isSATA := e.unit.ata || d.Protocol == "sata"; isSATA && own.CurrentGbps > 0 && own.CurrentGbps != way.CurrentGbps {
			continue // it has one link: where drive and kernel contradict each other nothing is judged
		}
		if way.Degraded = runsLow(&way, can, e.unit.ata); way.Degraded && !d.Link.Degraded || !settled {
			d.Link, settled = &way, true
		}
	}
}

// runsLow tells a link that runs below what both its ends can do, or that the kernel
// has lowered. Behind AHCI the controller's word is of its fastest port: chips are
// sold with others that are a generation slower, and none with more than one.
func runsLow(l *report.DriveLink, can float64, ahci bool) bool {
	host := l.HostGbps
	if ahci {
		host /= 2
	}
	lowered := l.LoweredGbps > 0 && l.CurrentGbps <= l.LoweredGbps && (l.MaxGbps == 0 || l.CurrentGbps < l.MaxGbps)
	return l.CurrentGbps > 0 && (lowered || l.CurrentGbps < min(can, host))
}
