// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"strconv"
	"strings"
)

// A MemoryController is the memory controller of a system older than SMBIOS
// 2.1 (type 5, DSP0134 3.7 section 7.6); newer ones print a [MemoryArray].
type MemoryController struct {
	View
	ErrorDetection         string   `json:"error_detection,omitzero"`  // "64-bit ECC"
	ErrorCorrection        []string `json:"error_correction,omitzero"` // that it can do
	SupportedInterleave    string   `json:"supported_interleave,omitzero"`
	CurrentInterleave      string   `json:"current_interleave,omitzero"`
	MaxModuleBytes         uint64   `json:"max_module_bytes,omitzero"`
	MaxTotalBytes          uint64   `json:"max_total_bytes,omitzero"`
	SupportedSpeeds        []string `json:"supported_speeds,omitzero"`       // "70 ns"
	SupportedMemoryTypes   []string `json:"supported_memory_types,omitzero"` // "EDO"
	VoltagesMillivolts     []int    `json:"voltages_millivolts,omitzero"`    // of the modules it supports
	ModuleHandles          []uint16 `json:"module_handles,omitzero"`
	EnabledErrorCorrection []string `json:"enabled_error_correction,omitzero"`
}

// MemoryControllers returns the memory controllers of an old system.
func (t *Table) MemoryControllers() ([]MemoryController, error) {
	return all[MemoryController](t, TypeMemoryController)
}

func (c *MemoryController) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Error Detecting Method":
		c.ErrorDetection = r.word(f)
	case "Error Correcting Capabilities":
		c.ErrorCorrection = r.words(f)
	case "Supported Interleave":
		c.SupportedInterleave = r.word(f)
	case "Current Interleave":
		c.CurrentInterleave = r.word(f)
	case "Maximum Memory Module Size":
		c.MaxModuleBytes = r.bytes(f)
	case "Maximum Total Memory Size":
		c.MaxTotalBytes = r.bytes(f)
	case "Supported Speeds":
		c.SupportedSpeeds = r.words(f)
	case "Supported Memory Types":
		c.SupportedMemoryTypes = r.words(f)
	case "Memory Module Voltage":
		c.VoltagesMillivolts = r.voltages(f)
	case "Associated Memory Slots":
		c.ModuleHandles = r.handles(f)
	case "Enabled Error Correcting Capabilities":
		c.EnabledErrorCorrection = r.words(f)
	default:
		return false
	}
	return true
}

// A MemoryModule is a memory socket of a system older than SMBIOS 2.1 (type 6,
// DSP0134 3.7 section 7.7); newer ones print a [MemoryDevice]. Many systems
// print both.
type MemoryModule struct {
	View
	Socket          string   `json:"socket,omitzero"`
	BankConnections []int    `json:"bank_connections,omitzero"`
	SpeedNanosecs   int      `json:"speed_nanosecs,omitzero"`
	Types           []string `json:"types,omitzero"` // "DIMM", "SDRAM"
	Present         bool     `json:"present"`        // whether a module is installed
	InstalledBytes  uint64   `json:"installed_bytes,omitzero"`
	EnabledBytes    uint64   `json:"enabled_bytes,omitzero"`
	ErrorStatus     string   `json:"error_status,omitzero"` // "OK"
}

// MemoryModules returns the memory sockets of an old system, empty ones too.
func (t *Table) MemoryModules() ([]MemoryModule, error) {
	return all[MemoryModule](t, TypeMemoryModule)
}

func (m *MemoryModule) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Socket Designation", "Socket": // Socket until 2.2
		m.Socket = r.text(f)
	case "Bank Connections":
		m.BankConnections = m.banks(r, f)
	case "Current Speed", "Speed":
		m.SpeedNanosecs = r.measure(f, "ns", "nS")
	case "Type":
		m.Types = r.terms(f, "Burst EDO")
	case "Installed Size":
		m.Present = !strings.HasPrefix(strings.TrimSpace(f.Value), "Not Installed")
		m.InstalledBytes = r.moduleSize(f)
	case "Enabled Size":
		m.EnabledBytes = r.moduleSize(f)
	case "Error Status":
		m.ErrorStatus = r.word(f)
	default:
		return false
	}
	return true
}

// banks reads "None", "1" and "0 1".
func (m *MemoryModule) banks(r *reader, f *Field) []int {
	var list []int
	for part := range strings.FieldsSeq(f.Value) {
		n, err := strconv.ParseUint(part, 10, 8)
		if err != nil {
			if !noNumber(part) {
				r.fail(f, part, causeOf(err))
			}
			return nil
		}
		list = append(list, int(n))
	}
	return list
}

// moduleSize reads "1024 MB (Single-bank Connection)", "Not Installed",
// "Disabled (Single-bank Connection)" and "Not Determinable (…)".
func (r *reader) moduleSize(f *Field) uint64 {
	s, _, _ := strings.Cut(strings.TrimSpace(f.Value), " (")
	switch s {
	case "Not Installed", "Disabled", "Not Determinable":
		return 0
	}
	n, _ := r.parseSize(f, s)
	return n
}
