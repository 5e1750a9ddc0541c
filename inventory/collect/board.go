// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"strings"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/host"

	"github.com/mchus/bee/inventory/report"
)

// Board reads the system, its boards, chassis and firmware from dmidecode,
// and what dmidecode did not say from /sys/class/dmi/id. A machine without SMBIOS is
// what its device tree calls it.
func Board(ctx context.Context, h host.Host) (*report.Board, error) {
	a := askerOf(h)
	table, err := readDMI(ctx, a)
	var board report.Board
	if table != nil {
		err = errors.Join(err, boardFromDMI(&board, table))
	}
	fromSysfs, sysfsErr := look(a, "sysfs", readBoard)
	if fillBoard(&board, fromSysfs) { // the rest is of no interest where dmidecode said it
		err = errors.Join(err, sysfsErr)
	}
	if s := board.System; s == nil || s.Manufacturer+s.Product+s.Serial == "" { // a boot loader may write SMBIOS with nothing in it
		tree, treeErr := look(a, "/"+deviceTree, readDeviceTree)
		err = errors.Join(err, treeErr)
		if tree != nil {
			if s != nil {
				tree.UUID = s.UUID
			}
			board.System = tree
		}
	}
	if board.System == nil && board.Boards == nil && board.Chassis == nil && board.Firmware == nil {
		return nil, err
	}
	assignIDs("board", board.Boards,
		func(p *report.Baseboard) []string { return []string{p.Serial, p.Slot, p.Product} },
		func(p *report.Baseboard, id string) { p.ID = id })
	return &board, err
}

// readDMI asks dmidecode. The table is nil if it is absent or has no records. That
// there is none is no answer where the kernel has read one: in a container dmidecode may
// look for it where only old firmware has it.
func readDMI(ctx context.Context, a *asker) (*dmi.Table, error) {
	table, err := ask(ctx, a, dmi.Parse, "dmidecode")
	switch {
	case table == nil:
		return nil, err
	case len(table.Records) > 0:
		return table, err
	case err == nil && exists(a.FS(), sysfsDMI):
		const why = "it finds no SMBIOS, which the kernel has read"
		a.note(sourceDMI, report.StatusFailed, why)
		return nil, from(sourceDMI, &toolError{"tool.contradiction", why})
	}
	return nil, err
}

// fillBoard takes from the kernel what firmware's own table did not say, and
// tells whether anything was missing.
func fillBoard(b, kernel *report.Board) bool {
	missing := false
	if b.System == nil {
		b.System, missing = kernel.System, true
	}
	if b.Boards == nil {
		b.Boards, missing = kernel.Boards, true
	}
	if b.Chassis == nil {
		b.Chassis, missing = kernel.Chassis, true
	}
	if b.Firmware == nil {
		b.Firmware, missing = kernel.Firmware, true
	}
	return missing
}

const sysfsDMI = "sys/class/dmi/id"

// readBoard reads the kernel's copy of SMBIOS. The kernel shows it to everyone
// but for serial numbers, which take root.
func readBoard(fsys fs.FS) *report.Board {
	read := func(name string) string { return genuine(readText(fsys, sysfsDMI+"/"+name)) }
	b := new(report.Board)
	s := report.System{
		Manufacturer: read("sys_vendor"), Product: read("product_name"), Version: read("product_version"),
		Serial: read("product_serial"), UUID: realUUID(readText(fsys, sysfsDMI+"/product_uuid")), SKU: read("product_sku"), Family: read("product_family"),
	}
	if !isZero(s) {
		s.AssetTag = read("chassis_asset_tag")
		s.Sources = []string{sourceSysfs}
		b.System = &s
	}
	board := report.Baseboard{
		Manufacturer: read("board_vendor"), Product: read("board_name"), Version: read("board_version"),
		Serial: read("board_serial"), AssetTag: read("board_asset_tag"),
	}
	if !isZero(board) {
		board.Sources = []string{sourceSysfs}
		b.Boards = []report.Baseboard{board}
	}
	c := report.Chassis{
		Manufacturer: read("chassis_vendor"), Type: chassisType(read("chassis_type")), Version: read("chassis_version"),
		Serial: read("chassis_serial"), AssetTag: read("chassis_asset_tag"),
	}
	if !isZero(c) {
		c.Sources = []string{sourceSysfs}
		b.Chassis = []report.Chassis{c}
	}
	if version := read("bios_version"); version != "" {
		b.Firmware = []report.Firmware{{Component: "bios", Name: read("bios_vendor"), Version: version, Date: read("bios_date"), Source: sourceSysfs}}
	}
	return b
}

const (
	deviceTree       = "sys/firmware/devicetree/base"
	sourceDeviceTree = "devicetree"
)

// readDeviceTree reads what a machine without SMBIOS calls itself (Devicetree
// Specification, 2.3.2; LoPAPR, B.6.2.1; OPAL), nil if there is no device tree.
func readDeviceTree(fsys fs.FS) *report.System {
	read := func(name string) string {
		text, _, _ := strings.Cut(readText(fsys, deviceTree+"/"+name), "\x00")
		return genuine(text)
	}
	s := report.System{Manufacturer: read("vendor"), Product: read("model"), Serial: cmp.Or(read("serial-number"), read("system-id"))}
	if maker, model, ok := strings.Cut(s.Product, ","); ok && !strings.Contains(maker, " ") { // "IBM,9009-42A"
		s.Manufacturer, s.Product = cmp.Or(s.Manufacturer, maker), model
	}
	if rest, ok := strings.CutPrefix(s.Serial, "IBM,"); ok && len(rest) > 2 { // and two digits for the plant
		s.Serial = rest[2:]
	}
	if isZero(s) {
		return nil
	}
	s.Sources = []string{sourceDeviceTree}
	return &s
}
