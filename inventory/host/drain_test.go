// SPDX-License-Identifier: Apache-2.0

package host

import (
	"bytes"
	"testing"
	"time"
)

// TestDrain: what a tool wrote before it ended is read, however late its reader
// comes, and nobody waits long for a process that it left behind.
func TestDrain(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits")
	}
	for _, c := range []struct {
		name  string
		later func(d *drain) // what the process left behind does
		most  time.Duration
	}{
		{"it ends", func(d *drain) { d.w.Close() }, killGrace},
		{"it is silent", func(d *drain) {}, 2 * killGrace},
		{"it goes on writing", func(d *drain) {
			for range 100 {
				time.Sleep(killGrace / 10)
				if _, err := d.w.Write([]byte("?")); err != nil {
					return
				}
			}
		}, 4 * killGrace},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got bytes.Buffer
			d, err := newDrain(&got)
			if err != nil {
				t.Fatal(err)
			}
			defer d.w.Close()
			text := bytes.Repeat([]byte("a line of it\n"), 5000) // less than a pipe holds
			if _, err := d.w.Write(text); err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			go c.later(d)
			time.AfterFunc(killGrace/10, d.run) // after the tool has ended
			d.finish()
			<-d.done
			if !bytes.HasPrefix(got.Bytes(), text) {
				t.Errorf("read %d of %d bytes", got.Len(), len(text))
			}
			if took := time.Since(start); took > c.most+killGrace {
				t.Errorf("took %v", took)
			}
		})
	}
}
