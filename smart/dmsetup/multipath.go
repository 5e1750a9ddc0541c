// SPDX-License-Identifier: Apache-2.0

package dmsetup

// multipath reads what the target multipath says:
//
//	2 1 0 0 2 1 E 0 1 0 8:128 A 0 E 0 1 2 8:144 F 1 0 1
//
// that is features, the handler, how many groups there are, which is next, and of
// each group: its state, what the selector says of it, how many paths it has, how
// many words the selector says of each, and the paths.
func (c *cursor) multipath() *Multipath {
	m := &Multipath{Features: c.words(), Handler: c.words()}
	groups := c.count()
	m.Next = int(min(c.uint(), maxRecords))
	paths, failed := 0, 0
	for range groups {
		g := PathGroup{State: c.need(), Selector: c.words()}
		n, args := c.count(), c.uint()
		for range n {
			p := Path{Device: c.need(), Failed: c.need() == "F"}
			if c.err == nil && c.word != "A" && c.word != "F" {
				c.bad(ErrSyntax)
			}
			p.FailCount = c.uint()
			for range args {
				if p.Selector = append(p.Selector, c.need()); c.err != nil {
					break
				}
			}
			if c.err != nil {
				return m
			}
			paths++
			if p.Failed {
				failed++
			}
			g.Paths = append(g.Paths, p)
		}
		m.Groups = append(m.Groups, g)
	}
	switch {
	case paths == 0:
	case failed == paths:
		m.State = VolumeOffline
	case failed > 0:
		m.State = VolumePartiallyDegraded
	default:
		m.State = VolumeOptimal
	}
	return m
}
