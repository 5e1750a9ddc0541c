// SPDX-License-Identifier: Apache-2.0

package dmsetup

// cache reads what the target cache says:
//
//	8 27/2048 128 0/128 0 30 0 0 0 0 0 2 metadata2 writethrough 2 migration_threshold 2048 smq 0 rw -
//
// that is blocks of metadata and of data, counts, features, settings, the policy
// and its settings; then the mode of the metadata since 3.19 and whether it has to be
// checked since 4.3.
func (c *cursor) cache() *Cache {
	if c.need() == "Fail" || c.word == "Error" {
		return &Cache{Failure: c.word, State: VolumeFailed}
	}
	c.at = c.from
	u := &CacheUse{MetadataBlockSectors: c.uint()}
	u.MetadataUsedBlocks, u.MetadataTotalBlocks = c.ratio()
	u.BlockSectors = c.uint()
	u.UsedBlocks, u.TotalBlocks = c.ratio()
	for _, n := range []*uint64{&u.ReadHits, &u.ReadMisses, &u.WriteHits, &u.WriteMisses, &u.Demotions, &u.Promotions, &u.DirtyBlocks} {
		*n = c.uint()
	}
	k := &Cache{Use: u, Features: c.words(), CoreArgs: c.words(), Policy: c.need(), PolicyArgs: c.words()}
	if c.more() {
		k.MetadataMode = c.need()
	}
	if c.more() {
		k.NeedsCheck = c.need() == "needs_check"
	}
	switch {
	case k.MetadataMode == "ro" || k.NeedsCheck: // writes fail until somebody repairs it
		k.State = VolumeFailed
	case k.MetadataMode == "rw":
		k.State = VolumeOptimal
	}
	return k
}
