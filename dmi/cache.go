// SPDX-License-Identifier: Apache-2.0

package dmi

import "strings"

// A Cache is a cache of a processor (type 7, DSP0134 3.7 section 7.8).
// [Processor.Caches] finds those of one.
type Cache struct {
	View
	Designation     string   `json:"designation,omitzero"` // "L1 Cache"
	Level           int      `json:"level,omitzero"`       // from 1
	Enabled         *bool    `json:"enabled,omitzero"`
	Socketed        *bool    `json:"socketed,omitzero"`
	OperationalMode string   `json:"operational_mode,omitzero"` // "Write Back"
	Location        string   `json:"location,omitzero"`         // "Internal", "External"
	InstalledBytes  uint64   `json:"installed_bytes,omitzero"`  // 0 also when none is installed
	MaximumBytes    uint64   `json:"maximum_bytes,omitzero"`
	SupportedSRAM   []string `json:"supported_sram,omitzero"` // "Synchronous"
	InstalledSRAM   []string `json:"installed_sram,omitzero"`
	SpeedNanosecs   int      `json:"speed_nanosecs,omitzero"`
	ErrorCorrection string   `json:"error_correction,omitzero"` // "Single-bit ECC"
	SystemType      string   `json:"system_type,omitzero"`      // "Instruction", "Data", "Unified"
	Associativity   string   `json:"associativity,omitzero"`    // "8-way Set-associative"
}

// Caches returns the caches of all processors.
func (t *Table) Caches() ([]Cache, error) { return all[Cache](t, TypeCache) }

// Caches returns those of the caches that belong to the processor, by level.
func (p *Processor) Caches(caches []Cache) []*Cache {
	var list []*Cache
	for _, handle := range []*uint16{p.L1CacheHandle, p.L2CacheHandle, p.L3CacheHandle} {
		for i := range caches {
			if handle != nil && caches[i].Handle == *handle {
				list = append(list, &caches[i])
				break
			}
		}
	}
	return list
}

func (c *Cache) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Socket Designation", "Socket": // Socket until 2.2
		c.Designation = r.text(f)
	case "Configuration":
		c.setConfiguration(r, f)
	case "Operational Mode":
		c.OperationalMode = r.word(f)
	case "Location":
		c.Location = r.word(f)
	case "Installed Size", "Size": // Size until 2.2
		c.InstalledBytes = r.bytes(f)
	case "Maximum Size", "Maximum":
		c.MaximumBytes = r.bytes(f)
	case "Supported SRAM Types":
		c.SupportedSRAM = r.words(f)
	case "Installed SRAM Type":
		c.InstalledSRAM = r.terms(f, "Pipeline Burst")
	case "Speed":
		c.SpeedNanosecs = r.measure(f, "ns")
	case "Error Correction Type":
		c.ErrorCorrection = r.word(f)
	case "System Type":
		c.SystemType = r.word(f)
	case "Associativity":
		c.Associativity = r.word(f)
	default:
		return c.setOld(r, f)
	}
	return true
}

// setOld takes in what dmidecode 1.8 printed, with the level in each key:
// "L2 Cache Size: 512K".
func (c *Cache) setOld(r *reader, f *Field) bool {
	level, key, ok := strings.Cut(f.Key, " ")
	if !ok || len(level) != 2 || level[0] != 'L' || level[1] < '1' || level[1] > '9' {
		return false
	}
	switch key {
	case "Cache Size":
		c.InstalledBytes = r.bytes(f)
	case "Cache Maximum":
		c.MaximumBytes = r.bytes(f)
	case "Cache Type":
		c.InstalledSRAM = r.terms(f, "Pipeline burst")
	default:
		return false
	}
	c.Level = int(level[1] - '0')
	return true
}

// setConfiguration reads "Enabled, Not Socketed, Level 2".
func (c *Cache) setConfiguration(r *reader, f *Field) {
	for part := range strings.SplitSeq(strings.TrimSpace(f.Value), ", ") {
		switch part {
		case "Enabled", "Disabled":
			c.Enabled = new(part == "Enabled")
		case "Socketed", "Not Socketed":
			c.Socketed = new(part == "Socketed")
		default:
			level, ok := strings.CutPrefix(part, "Level ")
			if !ok || len(level) != 1 || level[0] < '1' || level[0] > '8' {
				r.fail(f, part, ErrSyntax)
				return
			}
			c.Level = int(level[0] - '0')
		}
	}
}
