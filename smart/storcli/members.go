// SPDX-License-Identifier: Apache-2.0

package storcli

// MembersOf returns the drives of a volume: those listed with it, or else those
// of its group in the topology, and in either case what the topology says is
// missing. A missing member has no slot, and nobody says which drive it was.
func (c *Controller) MembersOf(v *Volume) []Member {
	members := v.Members[:len(v.Members):len(v.Members)]
	if v.Group == nil {
		return members
	}
	for i := range c.Topology {
		t := &c.Topology[i]
		if !t.IsMember() || t.Group == nil || *t.Group != *v.Group {
			continue
		}
		if state := t.State(); state == Missing || len(v.Members) == 0 {
			members = append(members, Member{t.Enclosure, t.Slot, t.DID, t.PID, t.StateText, state, t.SizeText})
		}
	}
	return members
}

// DriveOf returns the drive that is a member, nil for one that is missing.
func (c *Controller) DriveOf(m Member) *Drive {
	if m.Slot == nil {
		return nil
	}
	return c.byPlace.find(c.Drives, placeOf(m.Enclosure, m.Slot), (*Drive).key)
}

// ByDID returns the drive with the number that smartctl takes, nil if there is
// none.
func (c *Controller) ByDID(did int64) *Drive {
	for _, d := range c.Drives {
		if d.DID != nil && *d.DID == did {
			return d
		}
	}
	return nil
}
