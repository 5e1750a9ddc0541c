// SPDX-License-Identifier: Apache-2.0

package dmsetup

// thinPool reads what the target thin-pool says:
//
//	1 112/1024 0/256 - rw discard_passdown queue_if_no_space - 256
//
// that is the transaction, blocks of metadata and of data, the block of metadata that
// is held for a reader; then the mode and what is done with discards since 3.6, what
// is done where there is no space since 3.15, whether the metadata has to be checked
// since 4.3, and below how many free blocks of it somebody is told, since 4.20.
func (c *cursor) thinPool() *ThinPool {
	if c.need() == "Fail" || c.word == "Error" {
		return &ThinPool{Failure: c.word, State: VolumeFailed}
	}
	c.at = c.from
	u := &ThinPoolUse{TransactionID: c.uint()}
	u.MetadataUsedBlocks, u.MetadataTotalBlocks = c.ratio()
	u.UsedBlocks, u.TotalBlocks = c.ratio()
	p := &ThinPool{Use: u, HeldRoot: dash(c.need())}
	for _, word := range []*string{&p.Mode, &p.Discards, &p.NoSpace} {
		if c.more() {
			*word = c.need()
		}
	}
	if c.more() {
		p.NeedsCheck = c.need() == "needs_check"
	}
	switch {
	case p.NeedsCheck: // it takes no write until somebody repairs it
		p.State = VolumeFailed
	case p.Mode == "rw":
		p.State = VolumeOptimal
	}
	return p
}

// dash is "" for the dash that stands where there is nothing.
func dash(word string) string {
	if word == "-" {
		return ""
	}
	return word
}
