// SPDX-License-Identifier: Apache-2.0

package report

import "iter"

// A Component is anything in a report that has an id.
type Component struct {
	ID   string
	Kind string // "board", "cpu", "dimm", "controller", "drive", "volume", "pci", "nic", "gpu", "psu", "sensor"
	// Value points to the component in the report: a *Drive, a *GPU, ….
	Value any
}

// Components goes through everything in the report that has an id, in the
// order of the document.
func (r *Report) Components() iter.Seq[Component] {
	return func(yield func(Component) bool) {
		_ = each("board", r.Boards, func(c *Baseboard) string { return c.ID }, yield) &&
			each("cpu", r.Processors, func(c *Processor) string { return c.ID }, yield) &&
			(r.Memory == nil || each("dimm", r.Memory.Modules, func(c *MemoryModule) string { return c.ID }, yield)) &&
			(r.Storage == nil || r.Storage.components(yield)) &&
			each("pci", r.PCI, func(c *PCIFunction) string { return c.ID }, yield) &&
			each("nic", r.Network, func(c *NetworkCard) string { return c.ID }, yield) &&
			each("gpu", r.GPUs, func(c *GPU) string { return c.ID }, yield) &&
			each("psu", r.PowerSupplies, func(c *PowerSupply) string { return c.ID }, yield) &&
			each("sensor", r.Sensors, func(c *Sensor) string { return c.ID }, yield)
	}
}

func (s *Storage) components(yield func(Component) bool) bool {
	return each("controller", s.Controllers, func(c *StorageController) string { return c.ID }, yield) &&
		each("drive", s.Drives, func(c *Drive) string { return c.ID }, yield) &&
		each("volume", s.Volumes, func(c *Volume) string { return c.ID }, yield)
}

func each[T any](kind string, list []T, id func(*T) string, yield func(Component) bool) bool {
	for i := range list {
		if !yield(Component{id(&list[i]), kind, &list[i]}) {
			return false
		}
	}
	return true
}

// Find returns the component with an id; ok is false if there is none.
func (r *Report) Find(id string) (c Component, ok bool) {
	for c := range r.Components() {
		if c.ID == id {
			return c, true
		}
	}
	return Component{}, false
}
