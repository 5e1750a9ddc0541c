// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"
	"errors"
	"io/fs"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/ipmi"
)

// A BMC is the machine's management controller.
type BMC struct {
	Manufacturer string   `json:"manufacturer,omitzero"`
	Product      string   `json:"product,omitzero"`
	Firmware     string   `json:"firmware,omitzero"`
	IPMIVersion  string   `json:"ipmi_version,omitzero"`
	IP           string   `json:"ip,omitzero"`
	MAC          string   `json:"mac,omitzero"`
	Sources      []string `json:"sources,omitzero"`
}

const sourceIPMI = "ipmitool"

// ipmiDevices are where Linux drivers show a BMC. Without one, ipmitool would
// only waste time.
var ipmiDevices = []string{"dev/ipmi0", "dev/ipmi/0", "dev/ipmidev/0"}

func hasBMC(fsys fs.FS) bool {
	for _, name := range ipmiDevices {
		if exists(fsys, name) {
			return true
		}
	}
	return false
}

// askBMC runs ipmitool and parses what it said. The value is the zero one
// where the machine has no BMC or no ipmitool.
func askBMC[T any](ctx context.Context, h host.Host, parse func([]byte) (T, error), args ...string) (value T, err error) {
	if !hasBMC(h.FS()) {
		return value, nil
	}
	return runParse(ctx, h, parse, sourceIPMI, args...)
}

// CollectBMC reads what the BMC says of itself and of its network channel.
func CollectBMC(ctx context.Context, h host.Host) (*BMC, error) {
	mc, err := askBMC(ctx, h, ipmi.ParseMC, "mc", "info")
	lan, lanErr := askBMC(ctx, h, ipmi.ParseLAN, "lan", "print")
	err = errors.Join(err, lanErr)
	var bmc BMC
	if mc != nil {
		info := mc.Info()
		bmc.Manufacturer, bmc.Product = genuine(info.ManufacturerName), genuine(info.ProductName)
		bmc.Firmware, bmc.IPMIVersion = info.FirmwareRevision, info.IPMIVersion
	}
	if lan != nil {
		config := lan.Config()
		bmc.IP, bmc.MAC = config.IPAddress, realMAC(config.MACAddress)
	}
	if isZero(bmc) {
		return nil, err
	}
	bmc.Sources = []string{sourceIPMI}
	return &bmc, err
}

// A FRU is a field-replaceable unit that the BMC knows, as it describes it.
type FRU struct {
	ID          *int               `json:"id,omitzero"`
	Name        string             `json:"name,omitzero"`
	State       string             `json:"state"` // "present", "empty", "absent", "bad"
	Chassis     *ipmi.FRUChassis   `json:"chassis,omitzero"`
	Board       *ipmi.FRUBoard     `json:"board,omitzero"`
	Product     *ipmi.FRUProduct   `json:"product,omitzero"`
	MultiRecord []ipmi.MultiRecord `json:"multirecord,omitzero"`
}

// FRUs are the field-replaceable units of a machine.
type FRUs []FRU

// CollectFRU reads the inventory of field-replaceable units from the BMC.
func CollectFRU(ctx context.Context, h host.Host) (*FRUs, error) {
	parsed, err := askBMC(ctx, h, ipmi.ParseFRU, "fru", "print")
	if parsed == nil {
		return nil, err
	}
	var list FRUs
	for _, d := range parsed.Devices() {
		list = append(list, FRU{
			ID: d.ID, Name: d.Name, State: string(d.State),
			Chassis: d.Chassis, Board: d.Board, Product: d.Product, MultiRecord: d.MultiRecords,
		})
	}
	if list == nil {
		return nil, err
	}
	return &list, err
}
