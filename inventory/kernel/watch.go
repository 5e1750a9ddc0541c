// SPDX-License-Identifier: Apache-2.0

package kernel

import (
	"io/fs"
	"maps"
	"sync/atomic"
	"time"
)

const (
	// maxPatience is how long the reads of one call that block may take
	// together, an eighth to a quarter of it for the first. Reading an
	// attribute of a device that is gone can take a while, or for ever.
	maxPatience = 8 * time.Second
	minPatience = 10 * time.Millisecond
)

// A watch sees to it that no file is waited for too long.
type watch struct {
	fsys     fs.FS
	patience time.Duration   // what is left for reads that block
	stuck    map[string]bool // files that block
	errs     Errors
}

// try calls read in a goroutine of its own. If it does not get on with a file,
// it is left behind, for nothing can stop it, and read is called once more,
// without that file.
func try[T any](w *watch, read func(*reader) T) T {
	type result struct {
		value T
		errs  Errors
	}
	for {
		r := &reader{fsys: w.fsys, stuck: maps.Clone(w.stuck)}
		done := make(chan result, 1)
		go func() { done <- result{read(r), r.errs} }()
		if got, ok := await(w, &r.at, done); ok {
			for _, e := range got.errs {
				w.errs.add(e)
			}
			return got.value
		}
	}
}

// await waits for a result; not ok if there is none because the file at blocks.
func await[T any](w *watch, at *atomic.Pointer[string], done <-chan T) (got T, ok bool) {
	limit := max(w.patience/8, minPatience/2)
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for last := at.Load(); ; {
		select {
		case got := <-done:
			return got, true
		case <-timer.C:
		}
		if now := at.Load(); now == nil || now != last {
			last = now
			timer.Reset(limit)
			continue
		}
		w.patience -= 2 * limit
		if w.stuck == nil {
			w.stuck = make(map[string]bool)
		}
		w.stuck[*last] = true
		return got, false
	}
}
