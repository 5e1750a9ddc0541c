// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// ParseList parses the output of nvidia-smi -L: the index, name and UUID of each
// GPU, and the profile, index and UUID of its MIG devices, which nvidia-smi -q -x
// does not print.
//
// The log is never nil; the error is as of [Parse].
func ParseList(data []byte) (*Log, error) {
	return whole(data, func(text string) (*Log, error) {
		return parseLines(text, "no list of GPUs", (*lister).parseMIG)
	})
}

// AddList adds to the GPUs what only nvidia-smi -L prints of them: the number of
// each, and UUID and profile of its MIG devices. GPUs are told by their UUID, MIG
// devices by their index; what is known already stays.
func (l *Log) AddList(list *Log) {
	byUUID := make(map[string]*GPU, len(list.GPUs))
	for i := range list.GPUs {
		byUUID[list.GPUs[i].UUID] = &list.GPUs[i]
	}
	for i := range l.GPUs {
		g := &l.GPUs[i]
		other := byUUID[g.UUID]
		if g.UUID == "" || other == nil {
			continue
		}
		g.Index = cmp.Or(g.Index, other.Index)
		devices := make(map[int64]*MIGDevice, len(other.MIGDevices))
		for j := range other.MIGDevices {
			if m := &other.MIGDevices[j]; m.Index != nil {
				devices[*m.Index] = m
			}
		}
		for j := range g.MIGDevices {
			m := &g.MIGDevices[j]
			if m.Index != nil && devices[*m.Index] != nil {
				m.UUID = cmp.Or(m.UUID, devices[*m.Index].UUID)
				m.Profile = cmp.Or(m.Profile, devices[*m.Index].Profile)
			}
		}
	}
}

// ParseNVLink parses the output of nvidia-smi nvlink --status: the speed of each
// link of each GPU. What it prints of a GPU without links ("Device does not have
// or support Nvlink") is a note with the index of that GPU.
//
// The log is never nil; the error is as of [Parse].
func ParseNVLink(data []byte) (*Log, error) {
	return whole(data, func(text string) (*Log, error) {
		return parseLines(text, "no status of links", (*lister).parseLink)
	})
}

// parseLines reads GPUs and the lines below each, which item reads; what else
// there is becomes a note.
func parseLines(text, nothing string, item func(l *lister, text string, indent int) bool) (*Log, error) {
	l := lister{input: &input{src: text}, log: new(Log)}
	if l.wide() {
		return l.log, l.errs.err()
	}
	for line := range strings.Lines(l.src) {
		words := trimSpace(line)
		if words != "" && !l.parseGPU(words) && !item(&l, words, strings.Index(line, words)) {
			l.note(line, l.offset)
			l.aboutLastGPU()
		}
		l.offset += len(line)
	}
	if len(l.log.GPUs) == 0 {
		l.explainNothing(nothing)
	}
	err := l.finish(&l.log.Notes)
	l.log.Unreadable = unreadable(l.log.Notes)
	return l.log, err
}

// A lister holds the position in a list of GPUs.
type lister struct {
	*input
	log    *Log
	offset int // of the line
}

// parseGPU reads "GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-…)".
func (l *lister) parseGPU(line string) bool {
	line, found := strings.CutPrefix(line, "GPU ")
	number, rest, _ := strings.Cut(line, ": ")
	index, err := strconv.ParseInt(number, 10, 16)
	name, uuid, ok := cutUUID(rest)
	if !found || err != nil || !ok || index < 0 {
		return false
	}
	if len(l.log.GPUs) == maxGPUs {
		l.fail(l.offset, "", line, fmt.Errorf("%w: more than %d GPUs", ErrLimit, maxGPUs))
		return true
	}
	l.log.GPUs = append(l.log.GPUs, GPU{Index: &index, Name: name, UUID: uuid})
	return true
}

// parseMIG reads "MIG 3g.40gb     Device  0: (UUID: MIG-…)".
func (l *lister) parseMIG(line string, _ int) bool {
	line, isMIG := strings.CutPrefix(line, "MIG ")
	profile, rest, found := strings.Cut(line, " Device")
	number, rest, _ := strings.Cut(rest, ":")
	index, err := strconv.ParseInt(trimSpace(number), 10, 16)
	_, uuid, ok := cutUUID(rest)
	if err != nil || !isMIG || !found || !ok || len(l.log.GPUs) == 0 {
		return false
	}
	g := &l.log.GPUs[len(l.log.GPUs)-1]
	if len(g.MIGDevices) == maxGPUs {
		l.fail(l.offset, "", line, fmt.Errorf("%w: more than %d MIG devices", ErrLimit, maxGPUs))
		return true
	}
	g.MIGDevices = append(g.MIGDevices, MIGDevice{Index: &index, Profile: trimSpace(profile), UUID: uuid})
	return true
}

// parseLink reads "Link 0: 26.562 GB/s" or "Link 0: <inactive>".
func (l *lister) parseLink(line string, indent int) bool {
	text, found := strings.CutPrefix(line, "Link ")
	number, value, ok := strings.Cut(text, ": ")
	link, err := strconv.ParseUint(number, 10, 8)
	if err != nil || !found || !ok || len(l.log.GPUs) == 0 {
		return false
	}
	g := &l.log.GPUs[len(l.log.GPUs)-1]
	v := NVLink{Link: int(link), Active: new(bool)}
	if !strings.Contains(strings.ToLower(value), "inactive") {
		d := decoder{input: l.input, gpu: g}
		at := l.offset + indent + strings.Index(line, value)
		v.SpeedMBs = d.num(&Node{Name: "Link " + number, Text: value, offset: at}, mbs)
		*v.Active = true
	}
	if len(g.NVLinks) == maxGPUs {
		l.fail(l.offset, "", line, fmt.Errorf("%w: more than %d links", ErrLimit, maxGPUs))
		return true
	}
	g.NVLinks = append(g.NVLinks, v)
	return true
}

// aboutLastGPU says of the note added last that it is about the GPU read last,
// if it is about links and names no GPU.
func (l *lister) aboutLastGPU() {
	if n := len(l.log.GPUs); n > 0 && len(l.notes) > 0 {
		note := &l.notes[len(l.notes)-1]
		if strings.Contains(strings.ToLower(note.Text), "nvlink") && note.Index == nil && note.PCIAddress == "" {
			note.Index = l.log.GPUs[n-1].Index
		}
	}
}

// cutUUID cuts "NAME (UUID: GPU-…)" in two.
func cutUUID(s string) (name, uuid string, ok bool) {
	i := strings.LastIndex(s, "(UUID: ")
	if i < 0 || !strings.HasSuffix(s, ")") {
		return "", "", false
	}
	uuid = s[i+len("(UUID: ") : len(s)-1]
	if meaningOf(uuid) != value {
		uuid = ""
	}
	return trimSpace(s[:i]), uuid, true
}
