// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"bytes"
	"encoding/hex"
	"strings"
)

// A MemoryDevice is a memory slot and the module in it, if any (type 17,
// DSP0134 3.7 section 7.18).
type MemoryDevice struct {
	View
	ArrayHandle     *uint16  `json:"array_handle,omitzero"`
	ErrorHandle     *uint16  `json:"error_handle,omitzero"` // of the last error's record; nil also for no error
	TotalWidthBits  int      `json:"total_width_bits,omitzero"`
	DataWidthBits   int      `json:"data_width_bits,omitzero"`
	Present         bool     `json:"present"` // whether a module is installed
	SizeBytes       uint64   `json:"size_bytes,omitzero"`
	FormFactor      string   `json:"form_factor,omitzero"` // "DIMM"
	Set             int      `json:"set,omitzero"`         // devices of one set must be populated together
	Locator         string   `json:"locator,omitzero"`     // "DIMM_A1"
	BankLocator     string   `json:"bank_locator,omitzero"`
	Type            string   `json:"type,omitzero"`             // "DDR5"
	TypeDetail      []string `json:"type_detail,omitzero"`      // "Synchronous", "Registered (Buffered)"
	SpeedMTs        int      `json:"speed_mts,omitzero"`        // that the module can run at
	Manufacturer    string   `json:"manufacturer,omitzero"`     // the name, also where firmware printed a JEP-106 code that is known
	ManufacturerRaw string   `json:"manufacturer_raw,omitzero"` // as printed
	JEDEC           *JEDECID `json:"jedec,omitzero"`            // of the manufacturer, where it was printed as a code
	SerialNumber    string   `json:"serial_number,omitzero"`
	AssetTag        string   `json:"asset_tag,omitzero"`
	PartNumber      string   `json:"part_number,omitzero"` // decoded where firmware printed it as 0x and digits
	Rank            int      `json:"rank,omitzero"`

	ConfiguredSpeedMTs   int `json:"configured_speed_mts,omitzero"` // that it runs at
	MinimumMillivolts    int `json:"minimum_millivolts,omitzero"`
	MaximumMillivolts    int `json:"maximum_millivolts,omitzero"`
	ConfiguredMillivolts int `json:"configured_millivolts,omitzero"`

	Technology             string      `json:"technology,omitzero"`      // "DRAM", "NVDIMM-N"
	OperatingModes         []string    `json:"operating_modes,omitzero"` // it can do: "Volatile memory"
	FirmwareVersion        string      `json:"firmware_version,omitzero"`
	ModuleManufacturer     *JEDECID    `json:"module_manufacturer,omitzero"`
	ModuleProduct          uint16      `json:"module_product,omitzero"` // the manufacturer's number for it
	ControllerManufacturer *JEDECID    `json:"controller_manufacturer,omitzero"`
	ControllerProduct      uint16      `json:"controller_product,omitzero"`
	NonVolatileBytes       *uint64     `json:"non_volatile_bytes,omitzero"` // nil when unknown, 0 for none
	VolatileBytes          *uint64     `json:"volatile_bytes,omitzero"`
	CacheBytes             *uint64     `json:"cache_bytes,omitzero"`
	LogicalBytes           *uint64     `json:"logical_bytes,omitzero"`
	PMIC0                  *MemoryChip `json:"pmic0,omitzero"` // the module's power management chip
	RCD                    *MemoryChip `json:"rcd,omitzero"`   // the module's registering clock driver
}

// A MemoryChip is a chip that serves a memory module (DSP0134 3.7 sections
// 7.18.15 to 7.18.18).
type MemoryChip struct {
	Manufacturer *JEDECID `json:"manufacturer,omitzero"`
	DeviceType   string   `json:"device_type,omitzero"` // "Not Installed", or a number of the JEDEC standard
	Revision     string   `json:"revision,omitzero"`    // "1.2", or 0x… where the kind of memory is not known
}

// MemoryDevices returns the memory slots of the system, empty ones too. Where
// firmware gives no manufacturer as text, Manufacturer is the name of
// ModuleManufacturer.
func (t *Table) MemoryDevices() ([]MemoryDevice, error) {
	devices, err := all[MemoryDevice](t, TypeMemoryDevice)
	for i := range devices {
		devices[i].complete()
	}
	return devices, err
}

// complete fills in what several fields of a record say together.
func (d *MemoryDevice) complete() {
	d.nameMaker()
	if isSpelled(d.SerialNumber, d.PartNumber) {
		d.SerialNumber = "" // soldered memory: the beginning of the part number instead
	}
}

// nameMaker finds the name of the maker where firmware printed a code. A code
// that is not known is not a name, nor is one that may be that of several makers.
func (d *MemoryDevice) nameMaker() {
	raw := d.ManufacturerRaw
	switch {
	case raw == "" && d.ModuleManufacturer != nil:
		d.Manufacturer = d.ModuleManufacturer.Name
	case isDecimal(raw) && len(raw) == 4, isOneByte(raw):
		d.Manufacturer = ""
	}
	if id, ok := ParseModuleMaker(raw, d.PartNumber); ok {
		d.Manufacturer, d.JEDEC = id.Name, &id
		return
	}
	if id := d.ModuleManufacturer; id != nil && isOneByte(raw) {
		if b, _ := hex.DecodeString(raw[len(raw)-2:]); withParity(b[0]&0x7F) == withParity(id.Code&0x7F) {
			d.Manufacturer, d.JEDEC = id.Name, id
		}
	}
}

// isOneByte reports whether s is the code of a maker without its bank: "0xCE".
func isOneByte(s string) bool {
	digits := strings.TrimPrefix(s, "0x")
	return len(digits) == 2 && isHex(digits[0]) && isHex(digits[1])
}

// isSpelled reports whether hexadecimal digits end, behind zeros, in what spells
// the beginning of a text, three of its letters at least: "000000004D543632" and
// "MT62F".
func isSpelled(digits, text string) bool {
	var buf [32]byte
	if len(digits) < 8 {
		return false
	}
	b, err := hex.AppendDecode(buf[:0], []byte(digits))
	if err != nil {
		return false
	}
	spelled := bytes.TrimLeft(b, "\x00")
	return len(spelled) >= 3 && strings.HasPrefix(text, string(spelled))
}

// Array returns the one of the arrays that the slot belongs to, nil if there is
// none.
func (d *MemoryDevice) Array(arrays []MemoryArray) *MemoryArray {
	for i := range arrays {
		if d.ArrayHandle != nil && arrays[i].Handle == *d.ArrayHandle {
			return &arrays[i]
		}
	}
	return nil
}

func (d *MemoryDevice) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Array Handle":
		d.ArrayHandle = r.handle(f)
	case "Error Information Handle":
		d.ErrorHandle = r.handle(f)
	case "Total Width":
		d.TotalWidthBits = r.measure(f, "bits")
	case "Data Width":
		d.DataWidthBits = r.measure(f, "bits")
	case "Size":
		d.setSize(r, f)
	case "Form Factor":
		d.FormFactor = r.word(f)
	case "Set":
		d.Set = r.count(f)
	case "Locator":
		d.Locator = r.text(f)
	case "Bank Locator":
		d.BankLocator = r.text(f)
	case "Type":
		d.Type = r.word(f)
	case "Type Detail":
		d.TypeDetail = r.terms(f, "Static Column", "Window DRAM", "Cache DRAM", "Registered (Buffered)", "Unbuffered (Unregistered)")
	case "Speed":
		d.SpeedMTs = r.memorySpeed(f)
	case "Manufacturer":
		d.ManufacturerRaw = r.text(f)
		d.Manufacturer = d.ManufacturerRaw // unless it is a code: see complete
	case "Serial Number":
		d.SerialNumber = r.serial(f)
	case "Asset Tag":
		d.AssetTag = r.text(f)
	case "Part Number":
		d.PartNumber = unhex(r.text(f))
	case "Rank":
		d.Rank = r.count(f)
	case "Configured Memory Speed", "Configured Clock Speed": // Clock until 3.1
		d.ConfiguredSpeedMTs = r.memorySpeed(f)
	case "Minimum Voltage", "Minimum voltage": // until 3.1
		d.MinimumMillivolts = r.millivolts(f)
	case "Maximum Voltage", "Maximum voltage":
		d.MaximumMillivolts = r.millivolts(f)
	case "Configured Voltage", "Configured voltage":
		d.ConfiguredMillivolts = r.millivolts(f)

	// What SMBIOS 3.2 added for modules that keep data.
	case "Memory Technology":
		d.Technology = r.word(f)
	case "Memory Operating Mode Capability":
		d.OperatingModes = r.terms(f, "Volatile memory", "Byte-accessible persistent memory", "Block-accessible persistent memory")
	case "Firmware Version":
		d.FirmwareVersion = r.text(f)
	case "Module Manufacturer ID":
		d.ModuleManufacturer = r.jedec(f)
	case "Module Product ID":
		d.ModuleProduct = r.word16(f)
	case "Memory Subsystem Controller Manufacturer ID":
		d.ControllerManufacturer = r.jedec(f)
	case "Memory Subsystem Controller Product ID":
		d.ControllerProduct = r.word16(f)
	case "Non-Volatile Size":
		d.NonVolatileBytes = r.part(f)
	case "Volatile Size":
		d.VolatileBytes = r.part(f)
	case "Cache Size":
		d.CacheBytes = r.part(f)
	case "Logical Size":
		d.LogicalBytes = r.part(f)
	default:
		return d.setChip(r, f)
	}
	return true
}

func (d *MemoryDevice) setSize(r *reader, f *Field) {
	switch strings.TrimSpace(f.Value) {
	case "No Module Installed", "Not Installed":
	default:
		d.Present = true
		d.SizeBytes = r.bytes(f)
	}
}

// setChip takes in what SMBIOS 3.7 added on the chips of DDR5 modules.
func (d *MemoryDevice) setChip(r *reader, f *Field) bool {
	if key, ok := strings.CutPrefix(f.Key, "PMIC0 "); ok {
		return d.PMIC0.set(r, f, key, &d.PMIC0)
	}
	if key, ok := strings.CutPrefix(f.Key, "RCD "); ok {
		return d.RCD.set(r, f, key, &d.RCD)
	}
	return false
}

// set takes a field in and puts the chip at its place once anything is known.
func (c *MemoryChip) set(r *reader, f *Field, key string, place **MemoryChip) bool {
	var chip MemoryChip
	if c != nil {
		chip = *c
	}
	switch key {
	case "Manufacturer ID":
		chip.Manufacturer = r.jedec(f)
	case "Device Type":
		chip.DeviceType = r.word(f)
	case "Device Revision", "Revision Number":
		chip.Revision = r.word(f)
	default:
		return false
	}
	if chip != (MemoryChip{}) {
		*place = &chip
	}
	return true
}

// memorySpeed returns a speed, which dmidecode prints in MHz until 3.0. From
// 3.3 back it knows no speeds above 65535 MT/s and prints their mark as one.
func (r *reader) memorySpeed(f *Field) int {
	n := r.measure(f, "MT/s", "MHz")
	if n == 0xFFFF {
		return 0
	}
	return n
}

// unhex returns what the digits of "0x484D5433…" spell, as Apple's firmware
// prints part numbers, or s itself. The text is padded with blanks or NUL, in
// front as well.
func unhex(s string) string {
	digits, ok := strings.CutPrefix(s, "0x")
	b, err := hex.DecodeString(digits)
	if !ok || err != nil || len(b) < 8 {
		return s
	}
	for len(b) > 0 && isUnwritten(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isUnwritten(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	text := string(b)
	if len(text) < 3 {
		return s
	}
	for _, c := range []byte(text) {
		if c < ' ' || c > '~' {
			return s
		}
	}
	if IsPlaceholder(text) {
		return ""
	}
	return text
}

// isUnwritten knows what stands where nobody wrote a letter: memory that nobody
// wrote at all is of ones or of zeros.
func isUnwritten(c byte) bool { return c == 0 || c == 0xFF || c == ' ' }
