// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// damages are the ways in which a capture, or a document, comes to be such that
// it cannot be read.
var damages = []struct {
	name string
	do   func(r *rand.Rand, tgz, document []byte) []byte
}{
	{"cut.tgz", func(r *rand.Rand, tgz, _ []byte) []byte { return tgz[:within(r, tgz)] }},
	{"flipped.tgz", func(r *rand.Rand, tgz, _ []byte) []byte {
		data := bytes.Clone(tgz)
		data[within(r, data)] ^= 1 << r.IntN(8)
		return data
	}},
	{"zeroed.tgz", func(r *rand.Rand, tgz, _ []byte) []byte { // a block that was never written
		data := bytes.Clone(tgz)
		at := within(r, data)
		clear(data[at:min(at+512, len(data))])
		return data
	}},
	{"empty.tgz", func(*rand.Rand, []byte, []byte) []byte { return nil }},
	{"cut.json", func(r *rand.Rand, _, document []byte) []byte { return document[:within(r, document)] }},
	{"version.json", func(_ *rand.Rand, _, document []byte) []byte {
		return bytes.Replace(document, []byte("bee.audit/1"), []byte("bee.audit/9"), 1)
	}},
	{"noise.txt", func(r *rand.Rand, _, _ []byte) []byte {
		data := make([]byte, 1000+r.IntN(1000))
		for i := range data {
			data[i] = "the quick brown fox \n"[r.IntN(21)]
		}
		return data
	}},
	{"page.html", func(*rand.Rand, []byte, []byte) []byte {
		return []byte("<html><body><h1>502 Bad Gateway</h1></body></html>\n")
	}},
}

// within is a place away from both ends.
func within(r *rand.Rand, data []byte) int { return len(data)/10 + r.IntN(len(data)*8/10) }

// writeDamaged writes the files that cannot be read, of machines that are not
// in the fleet.
func (f *fleet) writeDamaged(dir string) error {
	for i := range *damaged {
		m := newMachine(*n*3+i, len(f.captures))
		tgz, document, err := f.forms(m)
		if err != nil {
			return err
		}
		d := damages[i%len(damages)]
		data := d.do(rand.New(rand.NewPCG(*seed, uint64(i))), tgz, document)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("damaged-%05d-%s", i, d.name)), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (f *fleet) forms(m *machine) (tgz, document []byte, err error) {
	c := m.capture(f.captures[m.base])
	var b bytes.Buffer
	if err := c.WriteTGZ(&b); err != nil {
		return nil, nil, err
	}
	r, err := audit(c)
	if err != nil {
		return nil, nil, err
	}
	document, err = r.JSON()
	return b.Bytes(), document, err
}
