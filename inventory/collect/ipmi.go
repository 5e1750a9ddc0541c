// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/ipmi"

	"github.com/mchus/bee/inventory/report"
)

const sourceIPMI = "ipmitool"

// ipmiDevices are where Linux drivers show a BMC. Without one, ipmitool would
// only waste time.
var ipmiDevices = []string{"dev/ipmi0", "dev/ipmi/0", "dev/ipmidev/0"}

// hasBMC tells whether the kernel shows a BMC. Where it does not, the reason is
// noted: SMBIOS may name one that no driver found, or nobody could tell.
func hasBMC(ctx context.Context, a *asker) bool {
	for _, name := range ipmiDevices {
		if exists(a.FS(), name) {
			return true
		}
	}
	got := a.run(ctx, parseDMI, sourceDMI)
	table, _ := got.value.(*dmi.Table)
	named := false
	if table != nil {
		for range table.OfType(dmi.TypeIPMIDevice) {
			named = true
		}
	}
	switch {
	case named:
		a.note(sourceIPMI, report.StatusAbsent, "SMBIOS names a BMC, and the kernel shows none: no driver found it")
	case got.state != report.StatusOK && got.state != report.StatusPartial:
		a.note(sourceIPMI, report.StatusNotRun, "neither SMBIOS nor the kernel says whether there is a BMC")
	default:
		a.note(sourceIPMI, report.StatusIdle, "there is no BMC")
	}
	return false
}

func parseDMI(data []byte) (any, error) { return dmi.Parse(data) }

// BMC reads what the BMC says of itself and of its network channel.
func BMC(ctx context.Context, h host.Host) (*report.BMC, error) {
	a := askerOf(h)
	if !hasBMC(ctx, a) {
		return nil, nil
	}
	mc, err := ask(ctx, a, ipmi.ParseMC, sourceIPMI, "mc", "info")
	lan, lanErr := ask(ctx, a, ipmi.ParseLAN, sourceIPMI, "lan", "print")
	err = errors.Join(err, lanErr)
	var bmc report.BMC
	if mc != nil {
		info := mc.Info()
		bmc.Manufacturer, bmc.Product = genuine(info.ManufacturerName), genuine(info.ProductName)
		bmc.Firmware, bmc.IPMIVersion = info.FirmwareRevision, info.IPMIVersion
		bmc.Updating = info.Available != nil && !*info.Available
	}
	if lan != nil {
		config := lan.Config()
		bmc.IP, bmc.MAC = config.IPAddress, realMAC(config.MACAddress)
	}
	askChannels(ctx, a, &bmc)
	if isZero(bmc) {
		return nil, err
	}
	bmc.Sources = []string{sourceIPMI}
	return &bmc, err
}

// maxChannel is the highest number that a network channel of a BMC can have
// (IPMI 2.0, table 6-1).
const maxChannel = 11

// askChannels asks for each network channel: "lan print" alone prints the first
// one, which need not be the one that is in use. The one with an address is the
// BMC's.
func askChannels(ctx context.Context, a *asker, bmc *report.BMC) {
	for n := 1; n <= maxChannel; n++ {
		lan := askMore(ctx, a, ipmi.ParseLAN, sourceIPMI, "lan", "print", strconv.Itoa(n))
		if lan == nil {
			continue
		}
		config := lan.Config()
		c := report.LANChannel{Number: n, IP: config.IPAddress, MAC: realMAC(config.MACAddress)}
		if c.IP == "" && c.MAC == "" {
			continue
		}
		if lan6 := askMore(ctx, a, ipmi.ParseLAN6, sourceIPMI, "lan6", "print", strconv.Itoa(n)); lan6 != nil {
			c.IPv6 = bestIPv6(lan6.Addresses())
		}
		bmc.Channels = append(bmc.Channels, c)
	}
	useChannel(bmc)
}

// useChannel gives the BMC the first address that is of use beyond the cable, an
// older one before IPv6: another is the way over USB to the machine itself, and
// better than none.
func useChannel(bmc *report.BMC) {
	list := append([]report.LANChannel{{IP: bmc.IP, MAC: bmc.MAC}}, bmc.Channels...)
	for _, c := range bmc.Channels {
		list = append(list, report.LANChannel{IP: c.IPv6, MAC: c.MAC})
	}
	use := func(far bool) bool {
		for _, c := range list {
			if c.IP != "" && isLinkLocal(c.IP) != far {
				bmc.IP, bmc.MAC = c.IP, cmp.Or(c.MAC, bmc.MAC)
				return true
			}
		}
		return false
	}
	if !use(true) {
		use(false)
	}
}

// bestIPv6 is the active address that reaches furthest, one that somebody wrote
// down before others.
func bestIPv6(list []ipmi.IPv6Address) string {
	best, rank := "", 0
	for i := range list {
		a, now := &list[i], 3
		switch {
		case !a.Active():
			continue
		case isLinkLocal(a.Address):
			now = 1
		case !a.Static:
			now = 2
		}
		if now > rank {
			best, rank = a.Address, now
		}
	}
	return best
}

// isLinkLocal tells an address that is of no use beyond the cable: 169.254.0.0/16
// (RFC 3927) and fe80::/10 (RFC 4291, section 2.5.6). net/netip would be a hundredth
// of the program for this question alone.
func isLinkLocal(address string) bool {
	group, _, six := strings.Cut(strings.ToLower(address), ":")
	return strings.HasPrefix(address, "169.254.") || six && len(group) == 4 && group >= "fe80" && group <= "febf"
}

// FRU reads the inventory of field-replaceable units from the BMC.
func FRU(ctx context.Context, h host.Host) ([]report.FRU, error) {
	a := askerOf(h)
	if !hasBMC(ctx, a) {
		return nil, nil
	}
	parsed, err := ask(ctx, a, ipmi.ParseFRU, sourceIPMI, "fru", "print")
	if parsed == nil {
		return nil, err
	}
	var list []report.FRU
	for _, d := range parsed.Devices() {
		list = append(list, report.FRU{
			ID: d.ID, Name: d.Name, State: string(d.State), Chassis: (*report.FRUChassis)(d.Chassis), Board: (*report.FRUBoard)(d.Board),
			Product: (*report.FRUProduct)(d.Product), MultiRecord: multiRecords(d.MultiRecords),
		})
	}
	return list, err
}

// multiRecords restates ipmi's records as the document's.
func multiRecords(records []ipmi.MultiRecord) []report.MultiRecord {
	var list []report.MultiRecord
	for _, m := range records {
		out := report.MultiRecord{Title: m.Title, OEM: m.OEM, DCOutput: (*report.DCOutputRecord)(m.DCOutput), DCLoad: (*report.DCLoadRecord)(m.DCLoad)}
		if p := m.PowerSupply; p != nil {
			out.PowerSupply = &report.PowerSupplyRecord{
				CapacityWatts: p.CapacityWatts, PeakVoltAmperes: p.PeakVoltAmperes,
				InrushAmperes: p.InrushAmperes, InrushMilliseconds: p.InrushMilliseconds,
				InputRange1Volts: (*report.Range)(p.InputRange1Volts), InputRange2Volts: (*report.Range)(p.InputRange2Volts),
				InputFrequencyHertz: (*report.Range)(p.InputFrequencyHertz), DropoutMilliseconds: p.DropoutMilliseconds, Flags: p.Flags,
				PeakCapacityWatts: p.PeakCapacityWatts, PeakHoldupSeconds: p.PeakHoldupSeconds,
				CombinedCapacityWatts: p.CombinedCapacityWatts, CombinedVoltages: p.CombinedVoltages,
				FanThresholdRevsPerSecond: p.FanThresholdRevsPerSecond,
			}
		}
		list = append(list, out)
	}
	return list
}
