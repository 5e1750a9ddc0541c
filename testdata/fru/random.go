// SPDX-License-Identifier: Apache-2.0

package fru

import (
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"time"
)

// A Generator makes images. The same seed makes the same images.
type Generator struct {
	*rand.Rand

	// WholeGroups keeps to 6-bit text of whole groups of four characters:
	// ipmitool 1.8.18 reads past the others.
	WholeGroups bool
}

// NewGenerator returns a generator for a seed.
func NewGenerator(seed uint64) *Generator {
	return &Generator{Rand: rand.New(rand.NewPCG(seed, 0xF7))}
}

// one reports true once in n times.
func (g *Generator) one(n int) bool { return g.IntN(n) == 0 }

// Image returns the next image.
func (g *Generator) Image() *Image {
	m := &Image{Version: 1, BadChecksum: g.one(8)}
	if g.one(40) {
		m.Version = byte(2 + g.IntN(254))
	}
	if g.one(5) {
		m.Internal = append([]byte{1}, g.bytes(g.IntN(100))...)
	}
	if !g.one(3) {
		m.Chassis = g.chassis()
	}
	if !g.one(3) {
		m.Board = g.board()
	}
	if !g.one(3) {
		m.Product = g.product()
	}
	if g.one(2) {
		for range 1 + g.IntN(5) {
			m.Records = append(m.Records, g.record())
		}
	}
	return m
}

func (g *Generator) chassis() *Chassis {
	const english = 25
	return &Chassis{
		Type:       byte(g.IntN(40)),
		PartNumber: g.text(english), Serial: g.text(english), Extra: g.texts(english),
	}
}

func (g *Generator) board() *Board {
	l := g.language()
	return &Board{
		Language: l, Made: g.date(),
		Manufacturer: g.text(l), Product: g.text(l), Serial: g.text(l), PartNumber: g.text(l), FileID: g.text(l),
		Extra: g.texts(l),
	}
}

func (g *Generator) product() *Product {
	l := g.language()
	return &Product{
		Language:     l,
		Manufacturer: g.text(l), Name: g.text(l), PartNumber: g.text(l), ProductVersion: g.text(l),
		Serial: g.text(l), AssetTag: g.text(l), FileID: g.text(l), Extra: g.texts(l),
	}
}

// language returns a language code (section 15): English, mostly.
func (g *Generator) language() byte {
	switch g.IntN(6) {
	case 0:
		return byte(1 + g.IntN(24)) // Afar to Danish
	case 1:
		return 0
	}
	return 25
}

// date returns a manufacturing date, sometimes none. The first and last days
// that can be stored are left out: they stand for no date.
func (g *Generator) date() time.Time {
	if g.one(8) {
		return time.Time{}
	}
	const day = 24 * 60
	return Epoch.Add(time.Duration(2*day+g.IntN(1<<24-4*day)) * time.Minute)
}

// texts returns the maker's own fields, none of them empty.
func (g *Generator) texts(language byte) []Text {
	var list []Text
	for range max(0, g.IntN(7)-3) {
		list = append(list, g.text(language))
	}
	return list
}

// text returns a field for an area in a language, one in eight empty.
func (g *Generator) text(language byte) Text {
	if g.one(8) {
		return Text{Encoding: Latin1}
	}
	switch g.IntN(8) {
	case 0:
		b := g.bytes(1 + g.IntN(20))
		b[0] |= 1 // zeros are a filler where a serial number belongs
		return Text{Encoding: Binary, Value: hex.EncodeToString(b)}
	case 1:
		return Text{Encoding: BCD, Value: g.string(bcdPlus, 2*(1+g.IntN(15)))}
	case 2:
		n := 1 + g.IntN(30)
		if g.WholeGroups {
			n = (n + 3) / 4 * 4
		}
		return Text{Encoding: SixBit, Value: g.string(sixBit, n)}
	}
	if language != 0 && language != 25 {
		return Text{Encoding: Wide, Value: g.string(latin, 1+g.IntN(15))}
	}
	if g.one(12) {
		return Text{Encoding: Latin1, Value: Fillers[g.IntN(len(Fillers))], Filler: true}
	}
	return Text{Encoding: Latin1, Value: g.string(latin, 2+g.IntN(40))}
}

// Alphabets: letters and digits come often, the rest now and then.
const (
	plain  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	sixBit = plain + plain + " !\"#$%&'()*+,-./:;<=>?@[\\]^_"
	latin  = plain + "abcdefghijklmnopqrstuvwxyz" + plain + "abcdefghijklmnopqrstuvwxyz" +
		" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ÄÖÜäöüßéèçñø"
)

// string returns n characters. The first makes sure that it is no filler, nor
// every second of BCD plus, the last that it does not end in a blank.
func (g *Generator) string(alphabet string, n int) string {
	letters := []rune(alphabet)
	var b strings.Builder
	for range min(n, 2) {
		b.WriteByte("123456789"[g.IntN(9)])
	}
	for i := 2; i < n; i++ {
		c := letters[g.IntN(len(letters))]
		if c == ' ' && i == n-1 {
			c = '7'
		}
		b.WriteRune(c)
	}
	return b.String()
}

func (g *Generator) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(g.IntN(256))
	}
	return b
}

func (g *Generator) record() Record {
	word := func() uint16 { return uint16(g.IntN(1 << 16)) }
	short := func() int16 { return int16(g.IntN(1<<16) - 1<<15) }
	switch g.IntN(5) {
	case 0:
		return g.powerSupply()
	case 1:
		return DCOutput{byte(g.IntN(16)), g.one(2), short(), short(), short(), word(), word(), word()}
	case 2:
		return DCLoad{byte(g.IntN(16)), short(), short(), short(), word(), word(), word()}
	case 3:
		return Management{byte(1 + g.IntN(7)), g.string(plain, 3+g.IntN(30))}
	}
	numbers := []uint32{2, 11, 343, 674, 10876}
	return OEM{numbers[g.IntN(len(numbers))], g.bytes(g.IntN(40))}
}

func (g *Generator) powerSupply() PowerSupply {
	flag := func() bool { return g.one(2) }
	small := func() byte { return byte(g.IntN(256)) }
	volts := func() uint16 { return uint16(g.IntN(600)) }
	return PowerSupply{
		Watts: uint16(g.IntN(4096)), PeakVA: uint16(g.IntN(1 << 16)), InrushAmps: small(), InrushMs: small(),
		Low1: volts(), High1: volts(), Low2: volts(), High2: volts(), LowHz: small(), HighHz: small(), DropoutMs: small(),
		Predictive: flag(), PFC: flag(), Auto: flag(), Swap: flag(), Polarity: flag(),
		PeakWatts: uint16(g.IntN(4096)), HoldupSeconds: byte(g.IntN(16)),
		Voltage1: byte(g.IntN(4)), Voltage2: byte(g.IntN(4)), CombinedWatts: uint16(g.IntN(3) * g.IntN(4000)), FanRPS: small(),
	}
}
