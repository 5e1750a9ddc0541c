// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"
	"errors"
	"io/fs"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/inventory/host"
)

// A System is the machine as its maker sells it (SMBIOS type 1).
type System struct {
	Manufacturer string   `json:"manufacturer,omitzero"`
	Product      string   `json:"product,omitzero"`
	Version      string   `json:"version,omitzero"`
	Serial       string   `json:"serial,omitzero"`
	UUID         string   `json:"uuid,omitzero"` // lower case
	SKU          string   `json:"sku,omitzero"`
	Family       string   `json:"family,omitzero"`
	AssetTag     string   `json:"asset_tag,omitzero"` // of the chassis, where people put it
	Sources      []string `json:"sources,omitzero"`
}

// A Baseboard is a mainboard, a riser or a blade (SMBIOS type 2).
type Baseboard struct {
	ID           string   `json:"id"`
	Manufacturer string   `json:"manufacturer,omitzero"`
	Product      string   `json:"product,omitzero"`
	Serial       string   `json:"serial,omitzero"`
	Version      string   `json:"version,omitzero"`
	AssetTag     string   `json:"asset_tag,omitzero"`
	Slot         string   `json:"slot,omitzero"` // its place in the chassis
	Type         string   `json:"type,omitzero"` // "Motherboard", "Server Blade", …
	Sources      []string `json:"sources,omitzero"`
}

// A Chassis is what the machine is built into (SMBIOS type 3).
type Chassis struct {
	Manufacturer string   `json:"manufacturer,omitzero"`
	Type         string   `json:"type,omitzero"` // "Rack Mount Chassis", …
	Version      string   `json:"version,omitzero"`
	Serial       string   `json:"serial,omitzero"`
	AssetTag     string   `json:"asset_tag,omitzero"`
	SKU          string   `json:"sku,omitzero"`
	HeightU      int      `json:"height_u,omitzero"` // in rack units of 44.45 mm
	Sources      []string `json:"sources,omitzero"`
}

// A Firmware is a program that a component runs.
type Firmware struct {
	Component string `json:"component"` // "bios", "bmc", "nic", "gpu", "drive", …
	Target    string `json:"target,omitzero"`
	Name      string `json:"name,omitzero"` // its maker
	Version   string `json:"version"`
	Date      string `json:"date,omitzero"` // as the firmware tells it
	Source    string `json:"source,omitzero"`
}

// A Board is what SMBIOS says of the machine as a whole.
type Board struct {
	System   *System
	Boards   []Baseboard
	Chassis  []Chassis
	Firmware []Firmware
}

// CollectBoard reads the system, its boards, chassis and firmware from
// dmidecode, and what dmidecode did not say from /sys/class/dmi/id.
func CollectBoard(ctx context.Context, h host.Host) (*Board, error) {
	table, err := readDMI(ctx, h)
	var board Board
	if table != nil {
		board.fromDMI(table, &err)
	}
	board.fromSysfs(h.FS())
	if board.System == nil && board.Boards == nil && board.Chassis == nil && board.Firmware == nil {
		return nil, err
	}
	board.identify()
	return &board, err
}

// readDMI runs dmidecode. The table is nil if it is absent or said nothing;
// both are no error. Errors of parsing come with the table.
func readDMI(ctx context.Context, h host.Host) (*dmi.Table, error) {
	out, err := runTool(ctx, h, "dmidecode")
	table, parseErr := dmi.Parse(out.Stdout)
	err = errors.Join(err, from("dmidecode", parseErr))
	if len(table.Records) == 0 {
		if out.Exit != 0 && err == nil { // it prints its version before it fails
			err = from("dmidecode", exitError(out))
		}
		return nil, err
	}
	return table, err
}

// view notes the error of a typed view, and gives its value.
func view[T any](err *error) func(T, error) T {
	return func(value T, e error) T {
		*err = errors.Join(*err, from("dmidecode", e))
		return value
	}
}

const sysfsDMI = "sys/class/dmi/id"

// fromSysfs fills what is still absent from the kernel's copy of SMBIOS. The
// kernel shows it to everyone but for serial numbers, which take root.
func (b *Board) fromSysfs(fsys fs.FS) {
	read := func(name string) string { return genuine(readText(fsys, sysfsDMI+"/"+name)) }
	if b.System == nil {
		s := System{
			Manufacturer: read("sys_vendor"), Product: read("product_name"), Version: read("product_version"),
			Serial: read("product_serial"), UUID: realUUID(readText(fsys, sysfsDMI+"/product_uuid")), SKU: read("product_sku"), Family: read("product_family"),
		}
		if !isZero(s) {
			s.AssetTag = read("chassis_asset_tag")
			s.Sources = []string{sourceSysfs}
			b.System = &s
		}
	}
	if b.Boards == nil {
		board := Baseboard{
			Manufacturer: read("board_vendor"), Product: read("board_name"), Version: read("board_version"),
			Serial: read("board_serial"), AssetTag: read("board_asset_tag"),
		}
		if !isZero(board) {
			board.Sources = []string{sourceSysfs}
			b.Boards = []Baseboard{board}
		}
	}
	if b.Chassis == nil {
		c := Chassis{
			Manufacturer: read("chassis_vendor"), Type: chassisType(read("chassis_type")), Version: read("chassis_version"),
			Serial: read("chassis_serial"), AssetTag: read("chassis_asset_tag"),
		}
		if !isZero(c) {
			c.Sources = []string{sourceSysfs}
			b.Chassis = []Chassis{c}
		}
	}
	if b.Firmware == nil {
		if version := read("bios_version"); version != "" {
			b.Firmware = []Firmware{{Component: "bios", Name: read("bios_vendor"), Version: version, Date: read("bios_date"), Source: sourceSysfs}}
		}
	}
}

// identify gives each board an id that stays from boot to boot.
func (b *Board) identify() {
	assignIDs("board", b.Boards,
		func(p *Baseboard) []string { return []string{p.Serial, p.Slot, p.Product} },
		func(p *Baseboard, id string) { p.ID = id })
}
