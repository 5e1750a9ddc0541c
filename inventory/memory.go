// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"
	"io/fs"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/host"
)

// Memory is the machine's RAM and the slots for it.
type Memory struct {
	TotalBytes uint64         `json:"total_bytes,omitzero"` // of all modules; what the kernel can use if no module is known
	SlotsTotal int            `json:"slots_total,omitzero"`
	SlotsUsed  int            `json:"slots_used,omitzero"`
	Arrays     []MemoryArray  `json:"arrays,omitzero"`
	Modules    []MemoryModule `json:"modules,omitzero"` // one for each slot, also the empty ones
	Sources    []string       `json:"sources,omitzero"`
}

// A MemoryArray is a set of slots behind one controller (SMBIOS type 16).
type MemoryArray struct {
	Handle   string `json:"handle"` // of its SMBIOS record, such as "0x1000"
	Location string `json:"location,omitzero"`
	Use      string `json:"use,omitzero"`
	ECC      string `json:"ecc,omitzero"` // "Multi-bit ECC", "None", …
	MaxBytes uint64 `json:"max_bytes,omitzero"`
}

// A MemoryModule is a memory slot and what is in it (SMBIOS type 17).
type MemoryModule struct {
	ID             string        `json:"id"`
	Slot           string        `json:"slot,omitzero"`
	Bank           string        `json:"bank,omitzero"`
	Array          string        `json:"array,omitzero"` // the handle of its MemoryArray
	Present        bool          `json:"present"`        // false: the slot is empty
	SizeBytes      uint64        `json:"size_bytes,omitzero"`
	Type           string        `json:"type,omitzero"`        // "DDR5"
	TypeDetail     string        `json:"type_detail,omitzero"` // "Synchronous Registered (Buffered)"
	FormFactor     string        `json:"form_factor,omitzero"` // "DIMM"
	SpeedMTs       int           `json:"speed_mts,omitzero"`   // the highest that the module can do
	ConfiguredMTs  int           `json:"configured_mts,omitzero"`
	Rank           int           `json:"rank,omitzero"`
	Voltage        float64       `json:"voltage_v,omitzero"` // as configured
	Manufacturer   *Manufacturer `json:"manufacturer,omitzero"`
	PartNumber     string        `json:"part_number,omitzero"`
	Serial         string        `json:"serial,omitzero"`
	AssetTag       string        `json:"asset_tag,omitzero"`
	Firmware       string        `json:"firmware,omitzero"`
	Technology     string        `json:"technology,omitzero"` // "DRAM", "Intel Optane persistent memory", …
	TotalWidthBits int           `json:"total_width_bits,omitzero"`
	DataWidthBits  int           `json:"data_width_bits,omitzero"`
	Sources        []string      `json:"sources,omitzero"`
}

// A Manufacturer is the maker of a memory module. Firmware prints a name or a
// JEDEC code; a code that is not in the list of JEP106 has no name.
type Manufacturer struct {
	Name  string `json:"name,omitzero"`
	Raw   string `json:"raw"`            // as the firmware has it
	JEDEC string `json:"jedec,omitzero"` // the code of JEP106, such as "0x80CE"
}

// CollectMemory reads the memory slots from dmidecode, and the total from
// /proc/meminfo where dmidecode is silent.
func CollectMemory(ctx context.Context, h host.Host) (*Memory, error) {
	table, err := readDMI(ctx, h)
	var m Memory
	if table != nil {
		m.fromDMI(table, &err)
	}
	if m.TotalBytes == 0 {
		if m.TotalBytes = readMemTotal(h.FS()); m.TotalBytes != 0 {
			m.Sources = append(m.Sources, sourceProcfs)
		}
	}
	if isZero(m) {
		return nil, err
	}
	assignIDs("dimm", m.Modules,
		func(d *MemoryModule) []string { return []string{d.Serial, d.Slot, d.Bank + " " + d.Slot} },
		func(d *MemoryModule, id string) { d.ID = id })
	return &m, err
}

// readMemTotal reads how much memory the kernel can use, which is less than
// what the modules hold.
func readMemTotal(fsys fs.FS) uint64 {
	text, err := fs.ReadFile(fsys, "proc/meminfo")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "MemTotal:"); ok {
			kib, _ := strconv.ParseUint(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 54)
			return kib << 10
		}
	}
	return 0
}
