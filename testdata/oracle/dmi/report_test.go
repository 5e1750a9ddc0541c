// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A report counts mismatches by field, with an example of each.
type report struct {
	mu     sync.Mutex
	total  int
	fields map[string]*example
}

// An example is the mismatch of a field in the machine with the lowest seed.
type example struct {
	count int
	seed  uint64
	diff  string
}

// add counts the mismatches of one machine. It may be called concurrently.
func (r *report) add(seed uint64, diffs []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, diff := range diffs {
		name, _, _ := strings.Cut(diff, ": ")
		field := strings.Map(dropDigit, name)
		if r.fields == nil {
			r.fields = make(map[string]*example)
		}
		e := r.fields[field]
		if e == nil || seed < e.seed {
			r.fields[field] = &example{seed: seed, diff: diff}
			if e != nil {
				r.fields[field].count = e.count
			}
		}
		r.fields[field].count++
		r.total++
	}
}

// dropDigit makes "MemoryDevices[12].size_bytes" the same for all devices.
func dropDigit(r rune) rune {
	if r >= '0' && r <= '9' {
		return -1
	}
	return r
}

// String lists the fields with the most mismatches first.
func (r *report) String() string {
	var b strings.Builder
	fields := make([]*example, 0, len(r.fields))
	for _, e := range r.fields {
		fields = append(fields, e)
	}
	slices.SortFunc(fields, func(a, b *example) int {
		return cmp.Or(b.count-a.count, strings.Compare(a.diff, b.diff))
	})
	for _, e := range fields {
		fmt.Fprintf(&b, "%7d ×  seed %d: %s\n", e.count, e.seed, e.diff)
	}
	return b.String()
}
