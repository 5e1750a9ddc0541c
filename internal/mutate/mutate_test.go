// SPDX-License-Identifier: Apache-2.0

package mutate

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestScan(t *testing.T) {
	doc := []byte(`{"a" : "x\"y", "b":[-1,true], "c":{}}`)
	leaves, keys := scan(doc)
	text := func(spans []span) (list []string) {
		for _, s := range spans {
			list = append(list, string(doc[s.start:s.end]))
		}
		return list
	}
	if got := text(leaves); len(got) != 3 || got[0] != `"x\"y"` || got[1] != "-1" || got[2] != "true" {
		t.Errorf("leaves %q", got)
	}
	if got := text(keys); len(got) != 3 || got[0] != `"a"` || got[2] != `"c"` {
		t.Errorf("keys %q", got)
	}
}

// Every kind takes any document, even an empty one, and leaves it as it is.
func TestKinds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, kind := range append(slices.Clone(Kinds), Text...) {
		changed := false
		for _, in := range []string{"", "{", `"`, "{\"key\":\n[1,\"x\"]}\n"} {
			doc := []byte(in)
			for range 50 {
				changed = !bytes.Equal(kind.Do(r, doc), doc) || changed
				if string(doc) != in {
					t.Fatalf("%s changes its input", kind.Name)
				}
			}
		}
		if !changed {
			t.Errorf("%s changes nothing", kind.Name)
		}
	}
}
