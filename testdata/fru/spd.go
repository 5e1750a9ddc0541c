// SPDX-License-Identifier: Apache-2.0

package fru

// A DIMM is a memory module, as its serial presence detect data describes it
// (JEDEC Standard 21-C, annexes K for DDR3 and L for DDR4).
type DIMM struct {
	DDR4        bool
	DieMegabits int // 256 << 0 to 256 << 7
	BusBits     int // 8, 16, 32 or 64
	DeviceBits  int // 4, 8, 16 or 32
	Ranks       int // 1 to 4
	ECC         bool
	Maker       Maker
	Year, Week  int // 2000 to 2099
	Serial      [4]byte
	PartNumber  string // at most 18 characters
}

// A Maker is a line of JEP-106: a manufacturer's code in a bank, parity bit
// included.
type Maker struct {
	Bank, Code byte
	Name       string
}

// Makers are those whose names ipmitool has not changed.
var Makers = []Maker{
	{0, 0xCE, "Samsung"}, {0, 0x2C, "Micron Technology"}, {3, 0x0B, "Nanya Technology"}, {1, 0x98, "Kingston"},
}

// DIMM returns the next memory module.
func (g *Generator) DIMM() DIMM {
	d := DIMM{
		DDR4:        g.one(2),
		DieMegabits: 256 << g.IntN(8), BusBits: 64, DeviceBits: 4 << g.IntN(3), Ranks: 1 << g.IntN(3), ECC: g.one(2),
		Maker: Makers[g.IntN(len(Makers))], Year: 2005 + g.IntN(25), Week: 1 + g.IntN(53),
		PartNumber: g.string(plain, 1+g.IntN(18)),
	}
	copy(d.Serial[:], g.bytes(4))
	d.Serial[0] |= 1
	return d
}

// Bytes returns the SPD data.
func (d DIMM) Bytes() []byte {
	if d.DDR4 {
		return d.ddr4()
	}
	return d.ddr3()
}

func (d DIMM) ddr3() []byte {
	b := make([]byte, 256)
	b[2] = 0x0B
	b[4] = log2(d.DieMegabits / 256)
	b[7] = log2(d.Ranks)<<3 | log2(d.DeviceBits/4)
	b[8] = log2(d.BusBits / 8)
	if d.ECC {
		b[8] |= 1 << 3
	}
	copy(b[117:], []byte{d.Maker.Bank, d.Maker.Code, 0, bcd(d.Year), bcd(d.Week)})
	copy(b[122:], d.Serial[:])
	copy(b[128:146], d.PartNumber+"                  ")
	return b
}

func (d DIMM) ddr4() []byte {
	b := make([]byte, 512)
	b[2] = 0x0C
	b[4] = log2(d.DieMegabits / 256)
	b[11] = 3
	b[12] = byte(d.Ranks-1)<<3 | log2(d.DeviceBits/4)
	b[13] = log2(d.BusBits / 8)
	if d.ECC {
		b[13] |= 1 << 3
	}
	copy(b[320:], []byte{d.Maker.Bank, d.Maker.Code, 0, bcd(d.Year), bcd(d.Week)})
	copy(b[325:], d.Serial[:])
	copy(b[329:349], d.PartNumber+"                    ")
	return b
}

func log2(n int) byte {
	var b byte
	for ; n > 1; n /= 2 {
		b++
	}
	return b
}

// bcd returns the last two digits of a number as binary coded decimal.
func bcd(n int) byte { return byte(n/10%10<<4 | n%10) }
