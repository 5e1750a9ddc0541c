// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"strconv"
	"strings"
)

// ParseIDNS parses the output of "nvme id-ns", JSON or plain text, with or
// without --human-readable. The result is never nil; the error is nil or an
// [Errors]: what could be read is there beside it.
func ParseIDNS(data []byte) (*IDNS, error) {
	ns := new(IDNS)
	d := open(data, idNSTitle)
	if d.doc != nil {
		d.members(func(key string, f *field) bool { return ns.takeJSON(d, key, f) })
	} else {
		p := idNSText{ns: ns}
		d.lines(idNSTitle, p.take)
	}
	ns.markInUse()
	var err error
	ns.Extra, err = d.finish()
	return ns, err
}

// idNSTitle is in the first line of plain text: "NVME Identify Namespace 1:",
// or "NVMe Identify Namespace for LBA format[1]:".
const idNSTitle = "Identify Namespace"

// markInUse marks the LBA format in use, for the versions whose JSON does not.
func (ns *IDNS) markInUse() {
	if ns.FLBAS == nil || ns.Format() != nil {
		return
	}
	index := ns.FLBAS.Index(ns.LBAFormatCount + int(ns.UniqueLBAFormat))
	for i := range ns.LBAFormats {
		ns.LBAFormats[i].InUse = ns.LBAFormats[i].Number == index
	}
}

func (ns *IDNS) takeJSON(d *document, key string, f *field) bool {
	switch key {
	case "lbafs":
		for i := range d.doc.Array() {
			format := LBAFormat{Number: i}
			d.members(format.take)
			if !d.doc.Broken() { // a format without all its members is another one
				ns.LBAFormats = append(ns.LBAFormats, format)
			}
		}
		return true
	case "vs":
		ns.VendorSpecific = append(ns.VendorSpecific, f.strings()...)
		return true
	}
	return ns.take(key, f)
}

// take reads a member of an LBA format in JSON. Those with long names are what
// --verbose prints.
func (l *LBAFormat) take(key string, f *field) bool {
	switch key {
	case "lbaf", "LBA Format":
		l.Number = int(integer[uint8](f))
	case "ms":
		l.MetadataBytes = integer[uint16](f)
	case "ds":
		l.setLBADS(integer[uint8](f))
	case "rp":
		l.RelativePerformance = integer[uint8](f)
	case "in_use":
		l.InUse = integer[uint8](f) != 0
	case "in use":
		l.InUse = f.words() == "yes"
	case "Metadata Size":
		l.MetadataBytes = quantity[uint16](f)
	case "Data Size":
		l.DataBytes = quantity[uint64](f)
	case "Relative Performance":
		l.RelativePerformance = quantity[uint8](f)
	default:
		return false
	}
	return true
}

// setLBADS sets the size of a block to 2^n. 0 is a format that the drive does
// not support; nothing real is beyond 2^63.
func (l *LBAFormat) setLBADS(n uint8) {
	if n > 0 && n < 64 {
		l.DataBytes = 1 << n
	}
}

// idNSText reads the plain text of id-ns, line by line.
type idNSText struct {
	ns *IDNS
	vs bool // in the dump of the vendor specific bytes
}

func (p *idNSText) take(line Line, key string, f *field) bool {
	switch {
	case p.vs || key == "vs[]":
		if p.vs && strings.TrimSpace(line.Text) != "" {
			p.ns.VendorSpecific = append(p.ns.VendorSpecific, clean(line.Text))
		}
		p.vs = true
	case strings.HasPrefix(key, "["): // a decoded bit: the field above has it
	case strings.Contains(key, idNSTitle):
		_, nsid, _ := strings.Cut(key, idNSTitle)
		p.ns.NSID = integer[uint32](&field{text: nsid}) // not a number for an LBA format
	case strings.HasPrefix(key, "lbaf "):
		p.ns.LBAFormats = append(p.ns.LBAFormats, readLBAF(key[len("lbaf "):], f))
	case strings.HasPrefix(key, "LBA Format "):
		p.ns.LBAFormats = append(p.ns.LBAFormats, readLBAFormat(key[len("LBA Format "):], f))
	default:
		return p.ns.take(key, f)
	}
	return true
}

// readLBAF reads a line such as
//
//	lbaf  4 : ms:0   lbads:12 rp:0 (in use)
func readLBAF(number string, f *field) LBAFormat {
	l := LBAFormat{Number: f.index(number), InUse: strings.HasSuffix(f.text, "(in use)")}
	for word := range strings.FieldsSeq(f.text) {
		key, value, _ := strings.Cut(word, ":")
		part := &field{text: value}
		switch key {
		case "ms":
			l.MetadataBytes = integer[uint16](part)
		case "lbads", "ds": // ds up to 0.9
			l.setLBADS(integer[uint8](part))
		case "rp":
			l.RelativePerformance = integer[uint8](part)
		}
		if part.err != nil {
			f.reject(part.err)
		}
	}
	return l
}

// readLBAFormat reads the line that --human-readable prints instead:
//
//	LBA Format  4 : Metadata Size: 0   bytes - Data Size: 4096 bytes - Relative Performance: 0 Best (in use)
func readLBAFormat(number string, f *field) LBAFormat {
	l := LBAFormat{Number: f.index(number), InUse: strings.HasSuffix(f.text, "(in use)")}
	for text := range strings.SplitSeq(f.text, " - ") {
		key, value, _ := strings.Cut(text, ":")
		part := &field{text: value}
		l.take(strings.TrimSpace(key), part)
		if part.err != nil {
			f.reject(part.err)
		}
	}
	return l
}

// index reads the number in a key, which plain text pads with blanks.
func (f *field) index(s string) int {
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 8)
	if err != nil {
		f.reject(ErrSyntax)
	}
	return int(n)
}

// quantity reads a number and drops the unit or explanation behind it, which
// some versions print into a string of JSON too.
func quantity[T ~uint8 | ~uint16 | ~uint32 | ~uint64](f *field) T {
	text, ok := f.scalar()
	if !ok {
		return 0
	}
	part := &field{text: text}
	v := integer[T](part)
	if part.err != nil {
		f.reject(part.err)
	}
	return v
}

// take reads the value of a key of "nvme id-ns", if it knows the key: both
// forms have the same keys.
func (ns *IDNS) take(key string, f *field) bool {
	switch key {
	case "nsze":
		ns.SizeBlocks = f.size()
	case "ncap":
		ns.CapacityBlocks = f.size()
	case "nuse":
		ns.UsedBlocks = f.size()
	case "nvmcap":
		ns.CapacityBytes, _ = f.uint128()
	case "eui64":
		ns.EUI64 = f.nonZero()
	case "nguid":
		ns.NGUID = f.nonZero()
	case "nlbaf":
		ns.LBAFormatCount = fromOne[uint8](f)
	case "nulbaf":
		ns.UniqueLBAFormat = integer[uint8](f)
	case "flbas":
		ns.FLBAS = pointer[FLBAS](f)
	case "nsfeat":
		ns.NSFEAT = integer[NSFEAT](f)
	case "mc":
		ns.MC = integer[MC](f)
	case "dpc":
		ns.DPC = integer[DPC](f)
	case "dps":
		ns.DPS = integer[DPS](f)
	case "nmic":
		ns.NMIC = integer[NMIC](f)
	case "rescap":
		ns.RESCAP = integer[RESCAP](f)
	case "fpi":
		ns.FPI = integer[uint8](f)
	case "dlfeat":
		ns.DLFEAT = integer[DLFEAT](f)
	case "nsattr":
		ns.NSATTR = integer[NSATTR](f)
	case "kpios":
		ns.KPIOS = integer[uint8](f)
	case "anagrpid":
		ns.ANAGroupID = integer[uint32](f)
	case "nvmsetid":
		ns.NVMSetID = integer[uint16](f)
	case "endgid":
		ns.EnduranceGroupID = integer[uint16](f)
	default:
		return ns.takeLimit(key, f)
	}
	return true
}

// takeLimit reads a key about atomicity and performance.
func (ns *IDNS) takeLimit(key string, f *field) bool {
	switch key {
	case "nawun":
		ns.NAWUN = integer[uint16](f)
	case "nawupf":
		ns.NAWUPF = integer[uint16](f)
	case "nacwu":
		ns.NACWU = integer[uint16](f)
	case "nabsn":
		ns.NABSN = integer[uint16](f)
	case "nabo":
		ns.NABO = integer[uint16](f)
	case "nabspf":
		ns.NABSPF = integer[uint16](f)
	case "noiob":
		ns.OptimalIOBoundary = integer[uint16](f)
	case "npwg":
		ns.PreferredWriteGranularity = fromOne[uint16](f)
	case "npwa":
		ns.PreferredWriteAlignment = fromOne[uint16](f)
	case "npdg":
		ns.PreferredDeallocateGranularity = fromOne[uint16](f)
	case "npda":
		ns.PreferredDeallocateAlignment = fromOne[uint16](f)
	case "nows":
		ns.OptimalWriteSize = fromOne[uint16](f)
	case "mssrl":
		ns.MaxSingleCopyBlocks = integer[uint16](f)
	case "mcl":
		ns.MaxCopyBlocks = integer[uint32](f)
	case "msrc":
		ns.MaxCopyRanges = fromOne[uint8](f)
	case "kpiodaag":
		ns.KeyAccessAlignment = integer[uint32](f)
	default:
		return false
	}
	return true
}
