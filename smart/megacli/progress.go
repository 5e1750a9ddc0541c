// SPDX-License-Identifier: Apache-2.0

package megacli

import (
	"strconv"
	"strings"
)

// operation takes a line below "Ongoing Progresses" of a volume:
//
//	Check Consistency        : Completed 4%, Taken 616 min.
func (v *Volume) operation(name, text string) bool {
	percent, minutes, ok := progress(text, "Completed ", "%, Taken ", " min.")
	if ok {
		v.Operations = append(v.Operations, Operation{Name: name, Percent: percent, Minutes: minutes})
	}
	return ok
}

// rebuild takes a line of -PDRbld -ShowProg, which names no adapter:
//
//	Rebuild Progress on Device at Enclosure 8, Slot 3 Completed 7% in 0 Minutes.
//	Device(Encl-N/A Slot-2) is not in rebuild process
func (p *parser) rebuild(text string) bool {
	if strings.HasPrefix(text, "Device(Encl-") && strings.HasSuffix(text, ") is not in rebuild process") {
		return true
	}
	place, ok := strings.CutPrefix(text, "Rebuild Progress on Device at Enclosure ")
	place, done, found := strings.Cut(place, " Completed ")
	enclosure, slot, parted := strings.Cut(place, ", Slot ")
	percent, minutes, read := progress(done, "", "% in ", " Minutes.")
	if !ok || !found || !parted || !read {
		return false
	}
	p.records++
	p.doc.Rebuilds = append(p.doc.Rebuilds, Rebuild{
		Enclosure: p.count(enclosure), Slot: p.count(slot), Percent: percent, Minutes: minutes, Line: p.line.Number,
	})
	return true
}

// progress reads two numbers between three texts.
func progress(text, head, middle, tail string) (percent, minutes int, ok bool) {
	text, begins := strings.CutPrefix(text, head)
	first, rest, parted := strings.Cut(text, middle)
	second, ends := strings.CutSuffix(rest, tail)
	n, err1 := strconv.ParseUint(first, 10, 7)
	m, err2 := strconv.ParseUint(second, 10, 31)
	return int(n), int(m), begins && parted && ends && err1 == nil && err2 == nil && n <= 100
}
