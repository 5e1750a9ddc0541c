// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// A Processor is a socket and the processor in it, if any (type 4, DSP0134
// 3.7 section 7.5).
type Processor struct {
	View
	Socket             string   `json:"socket,omitzero"` // "CPU1"
	Type               string   `json:"type,omitzero"`   // "Central Processor"
	Family             string   `json:"family,omitzero"` // "Xeon"
	Manufacturer       string   `json:"manufacturer,omitzero"`
	ID                 string   `json:"id,omitzero"`                  // the eight bytes of CPUID, "54 06 05 00 FF FB EB BF"
	Signature          string   `json:"signature,omitzero"`           // of ID, "Type 0, Family 6, Model 85, Stepping 4"
	Flags              []string `json:"flags,omitzero"`               // of ID, "FPU (Floating-point unit on-chip)"
	Version            string   `json:"version,omitzero"`             // the model's name
	VoltagesMillivolts []int    `json:"voltages_millivolts,omitzero"` // the present one, or those that the socket supports
	ExternalClockMHz   int      `json:"external_clock_mhz,omitzero"`
	MaxSpeedMHz        int      `json:"max_speed_mhz,omitzero"`     // that the socket supports, not the processor
	CurrentSpeedMHz    int      `json:"current_speed_mhz,omitzero"` // at boot
	Present            bool     `json:"present"`                    // whether the socket is populated
	Status             string   `json:"status,omitzero"`            // of a present one: "Enabled", "Disabled by user", "Disabled by firmware", "Idle"
	Upgrade            string   `json:"upgrade,omitzero"`           // the kind of socket, "Socket LGA4677"
	L1CacheHandle      *uint16  `json:"l1_cache_handle,omitzero"`
	L2CacheHandle      *uint16  `json:"l2_cache_handle,omitzero"`
	L3CacheHandle      *uint16  `json:"l3_cache_handle,omitzero"`
	SerialNumber       string   `json:"serial_number,omitzero"`
	AssetTag           string   `json:"asset_tag,omitzero"`
	PartNumber         string   `json:"part_number,omitzero"`
	Cores              int      `json:"cores,omitzero"`
	CoresEnabled       int      `json:"cores_enabled,omitzero"`
	Threads            int      `json:"threads,omitzero"`
	ThreadsEnabled     int      `json:"threads_enabled,omitzero"`
	Characteristics    []string `json:"characteristics,omitzero"` // "64-bit capable"
}

// Processors returns the processor sockets of the system, empty ones too.
func (t *Table) Processors() ([]Processor, error) { return all[Processor](t, TypeProcessor) }

func (p *Processor) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Socket Designation":
		p.Socket = r.text(f)
	case "Type", "Processor Type":
		p.Type = r.word(f)
	case "Family", "Processor Family":
		p.Family = r.word(f)
	case "Manufacturer", "Processor Manufacturer":
		p.Manufacturer = r.text(f)
	case "ID":
		p.ID = r.word(f)
	case "Signature":
		p.Signature = r.word(f)
	case "Flags":
		p.Flags = r.words(f)
	case "Version", "Processor Version":
		p.Version = r.text(f)
	case "Voltage", "Processor Voltage":
		p.VoltagesMillivolts = r.voltages(f)
	case "External Clock":
		p.ExternalClockMHz = r.measure(f, "MHz")
	case "Max Speed":
		p.MaxSpeedMHz = r.measure(f, "MHz")
	case "Current Speed":
		p.CurrentSpeedMHz = r.measure(f, "MHz")
	case "Status":
		p.Present, p.Status = cutStatus(f, "Populated")
	case "Upgrade":
		p.Upgrade = r.word(f)
	case "L1 Cache Handle":
		p.L1CacheHandle = r.handle(f)
	case "L2 Cache Handle":
		p.L2CacheHandle = r.handle(f)
	case "L3 Cache Handle":
		p.L3CacheHandle = r.handle(f)
	default:
		return p.setMore(r, f)
	}
	return true
}

// setMore takes in what SMBIOS 2.3 and later added.
func (p *Processor) setMore(r *reader, f *Field) bool {
	switch f.Key {
	case "Serial Number":
		p.SerialNumber = r.serial(f)
	case "Asset Tag":
		p.AssetTag = r.text(f)
	case "Part Number":
		p.PartNumber = r.text(f)
	case "Core Count":
		p.Cores = r.count(f)
	case "Core Enabled":
		p.CoresEnabled = r.count(f)
	case "Thread Count":
		p.Threads = r.count(f)
	case "Thread Enabled":
		p.ThreadsEnabled = r.count(f)
	case "Characteristics":
		p.Characteristics = r.words(f)
	default:
		return false
	}
	return true
}

// cutStatus splits "Populated, Enabled" into whether it is populated and the
// status.
func cutStatus(f *Field, present string) (bool, string) {
	first, status, _ := strings.Cut(strings.TrimSpace(f.Value), ", ")
	if first != present {
		return false, ""
	}
	if noWord(status) {
		return true, ""
	}
	return true, respell(status)
}

// voltages reads "1.8 V" and the older "5.0 V 3.3 V".
func (r *reader) voltages(f *Field) []int {
	s := strings.TrimSpace(f.Value)
	if noNumber(s) {
		return nil
	}
	var list []int
	for part := range strings.SplitSeq(strings.TrimSuffix(s, " V"), " V ") {
		n, err := parseFixed(part, 3)
		if err != nil {
			r.fail(f, s, err)
			return nil
		}
		if n != 0 {
			list = append(list, n)
		}
	}
	return list
}
