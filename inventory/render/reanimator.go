// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/mchus/bee/inventory/report"
)

// ErrNoBoardSerial says that the Reanimator would refuse the document: it wants
// the board's serial number, and the machine tells none.
var ErrNoBoardSerial = errors.New("the machine has no serial number, without which the Reanimator takes no document")

// reanimator is version 2.4 of the form in which the Reanimator, an asset
// system, takes a machine. It refuses keys that it does not know, so that only
// those stand here that are known for sure: what they are called for memory,
// drives, PCI devices and power supplies is not, and those are left out.
type reanimator struct {
	SourceType  string    `json:"source_type"`
	TargetHost  string    `json:"target_host,omitzero"`
	CollectedAt time.Time `json:"collected_at"`
	Hardware    struct {
		Board    reanimatorBoard      `json:"board"`
		Firmware []reanimatorFirmware `json:"firmware,omitzero"`
		CPUs     []reanimatorCPU      `json:"cpus,omitzero"`
	} `json:"hardware"`
}

type reanimatorBoard struct {
	SerialNumber string `json:"serial_number"`
	Manufacturer string `json:"manufacturer,omitzero"`
	ProductName  string `json:"product_name,omitzero"`
	PartNumber   string `json:"part_number,omitzero"`
	UUID         string `json:"uuid,omitzero"`
}

type reanimatorFirmware struct {
	DeviceName string `json:"device_name"`
	Version    string `json:"version"`
}

type reanimatorCPU struct {
	Socket       int    `json:"socket"`
	Model        string `json:"model,omitzero"`
	Manufacturer string `json:"manufacturer,omitzero"`
	Cores        int    `json:"cores,omitzero"`
	Threads      int    `json:"threads,omitzero"`
	FrequencyMHz int    `json:"frequency_mhz,omitzero"`
	MaxMHz       int    `json:"max_frequency_mhz,omitzero"`
	SerialNumber string `json:"serial_number,omitzero"`
	Firmware     string `json:"firmware,omitzero"`
	Present      bool   `json:"present"`
}

// AppendReanimator appends a report as the Reanimator takes it. It fails with
// [ErrNoBoardSerial]; no serial number is made up.
func AppendReanimator(dst []byte, r *report.Report) ([]byte, error) {
	doc := reanimator{SourceType: "logfile", TargetHost: r.Host.Hostname, CollectedAt: r.CollectedAt}
	board := &doc.Hardware.Board
	if s := r.System; s != nil {
		*board = reanimatorBoard{s.Serial, s.Manufacturer, s.Product, s.SKU, s.UUID}
	}
	if board.SerialNumber == "" && len(r.Boards) > 0 {
		board.SerialNumber = r.Boards[0].Serial
	}
	if board.SerialNumber == "" {
		return dst, ErrNoBoardSerial
	}
	for _, f := range r.Firmware {
		if f.Target == "" { // only what is the machine's own
			doc.Hardware.Firmware = append(doc.Hardware.Firmware, reanimatorFirmware{f.Component, f.Version})
		}
	}
	for i, p := range r.Processors {
		doc.Hardware.CPUs = append(doc.Hardware.CPUs, reanimatorCPU{i, p.Model, p.Manufacturer, p.Cores, p.Threads, p.CurrentMHz, p.MaxMHz, p.Serial, p.Microcode, p.Present})
	}
	b := bytes.NewBuffer(dst)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return dst, err
	}
	return b.Bytes(), nil
}
