// SPDX-License-Identifier: Apache-2.0

package nvme

import "encoding/json"

// An ErrorLog is the Error Information log page: what "nvme error-log" prints
// (NVM Express Base Specification 2.1, section 5.1.12.1.2).
type ErrorLog struct {
	Device  string       `json:"device,omitzero"` // plain text only
	Entries []ErrorEntry `json:"entries,omitzero"`

	// Extra holds what no field takes, by its path in the JSON; in plain text
	// by "errors.N." and its key.
	Extra map[string]json.RawMessage `json:"extra,omitzero"`
}

// An ErrorEntry is one entry of the error log. Nothing in it has a meaning
// where Count is 0: the drive has not filled the entry.
type ErrorEntry struct {
	Count  uint64 `json:"count"` // number of this error over the drive's life; 0 in an empty entry
	SQID   uint16 `json:"sqid"`  // submission queue; 0 is the admin queue
	CMDID  uint16 `json:"cmdid"`
	Status uint16 `json:"status"` // status code and type, without the phase tag
	Phase  *uint8 `json:"phase,omitzero"`
	Text   string `json:"text,omitzero"` // nvme-cli's words for Status; plain text only
	Param  uint16 `json:"param"`         // parameter error location
	LBA    uint64 `json:"lba"`
	NSID   uint32 `json:"nsid"`
	VS     uint8  `json:"vs"` // vendor specific log page, 0 if none
	TrType *uint8 `json:"trtype,omitzero"`
	CSI    *uint8 `json:"csi,omitzero"`    // command set
	Opcode *uint8 `json:"opcode,omitzero"` // of the command that failed
	CS     uint64 `json:"cs"`              // command specific information
	TrSpec uint16 `json:"trspec"`          // transport type specific information
	Page   *uint8 `json:"page,omitzero"`   // log page version
}

// A FirmwareLog is the Firmware Slot Information log page: what "nvme fw-log"
// prints (NVM Express Base Specification 2.1, section 5.1.12.1.4).
type FirmwareLog struct {
	Device string `json:"device,omitzero"` // "nvme0"

	ActiveSlot uint8          `json:"active_slot,omitzero"` // 1 to 7; 0 where not printed
	NextSlot   uint8          `json:"next_slot,omitzero"`   // activated by the next reset; 0 if that keeps the active one
	Slots      []FirmwareSlot `json:"slots,omitzero"`       // those that hold a firmware

	// Extra holds what no field above takes, by its path in the JSON or its
	// key in plain text.
	Extra map[string]json.RawMessage `json:"extra,omitzero"`
}

// A FirmwareSlot is a place for a firmware image in a drive.
type FirmwareSlot struct {
	Slot     int    `json:"slot"` // from 1
	Revision string `json:"revision"`
}

// Active returns the revision in the active slot, or "".
func (f *FirmwareLog) Active() string {
	for _, s := range f.Slots {
		if s.Slot == int(f.ActiveSlot) {
			return s.Revision
		}
	}
	return ""
}
