// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"
	"errors"
	"io/fs"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/host"

	"github.com/mchus/bee/inventory/report"
)

// Board reads the system, its boards, chassis and firmware from dmidecode,
// and what dmidecode did not say from /sys/class/dmi/id.
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
	if board.System == nil && board.Boards == nil && board.Chassis == nil && board.Firmware == nil {
		return nil, err
	}
	assignIDs("board", board.Boards,
		func(p *report.Baseboard) []string { return []string{p.Serial, p.Slot, p.Product} },
		func(p *report.Baseboard, id string) { p.ID = id })
	return &board, err
}

// readDMI asks dmidecode. The table is nil if it is absent or has no records.
func readDMI(ctx context.Context, a *asker) (*dmi.Table, error) {
	table, err := ask(ctx, a, dmi.Parse, "dmidecode")
	if table == nil || len(table.Records) == 0 {
		return nil, err
	}
	return table, err
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
