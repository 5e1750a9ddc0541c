// SPDX-License-Identifier: Apache-2.0

package mdadm

import (
	"slices"
	"strings"

	"github.com/mchus/bee/internal/lines"
)

// An Mdstat is what /proc/mdstat says.
type Mdstat struct {
	Personalities []string  `json:"personalities,omitzero"` // kinds of RAID that the kernel has loaded
	ReadAhead     string    `json:"read_ahead,omitzero"`    // of old kernels
	Arrays        []MDArray `json:"arrays,omitzero"`        //
	Unused        []string  `json:"unused,omitzero"`        // devices in no array
	Preamble      []string  `json:"preamble,omitzero"`      // lines before the first
	Extra         []Line    `json:"extra,omitzero"`         // lines that no value has room for

	text  string // all lines
	taken int    // lines that a value took
}

// An MDArray is a RAID, or a container of some, as the kernel sees it.
type MDArray struct {
	Name            string       `json:"name"`                      // "md0"
	StateText       string       `json:"state_text,omitzero"`       // "active", "inactive", "broken"
	ReadOnly        string       `json:"read_only,omitzero"`        // "auto-read-only", "read-only"
	State           VolumeState  `json:"state,omitzero"`            // "" of a container
	Degraded        bool         `json:"degraded,omitzero"`         // a place is empty or being filled
	Level           string       `json:"level,omitzero"`            // "raid1"
	SizeBytes       uint64       `json:"size_bytes,omitzero"`       //
	Metadata        string       `json:"metadata,omitzero"`         // "1.2", "external:imsm"; "" is 0.90
	Container       string       `json:"container,omitzero"`        // of an array of IMSM or DDF: "md127"
	ContainerMember string       `json:"container_member,omitzero"` // its number in there
	ChunkBytes      uint64       `json:"chunk_bytes,omitzero"`      //
	Algorithm       *int         `json:"algorithm,omitzero"`        // of RAID 5 and 6
	Copies          string       `json:"copies,omitzero"`           // of RAID 10: "2 near-copies"
	RAIDDevices     *int         `json:"raid_devices,omitzero"`     // members that there should be
	Working         *int         `json:"working,omitzero"`          // members that are whole
	Slots           string       `json:"slots,omitzero"`            // a letter for each place: "U_U"
	Missing         int          `json:"missing,omitzero"`          // places that are not U
	Failed          int          `json:"failed,omitzero"`           // members marked (F)
	Spare           int          `json:"spare,omitzero"`            // members marked (S), of a container all
	Members         []MDMember   `json:"members,omitzero"`          //
	Bitmap          string       `json:"bitmap,omitzero"`           // "2/15 pages [8KB], 65536KB chunk"
	Operation       *MDOperation `json:"operation,omitzero"`        // nil where nothing runs
	Line            int          `json:"line"`
}

// An MDOperation is what runs on an array, or waits to run.
type MDOperation struct {
	Name          string   `json:"name"`                          // "recovery", "resync", "check", "reshape", "repair"
	Status        string   `json:"status,omitzero"`               // "DELAYED", "PENDING": waits for another
	Percent       *float64 `json:"percent,omitzero"`              //
	DoneBytes     uint64   `json:"done_bytes,omitzero"`           //
	TotalBytes    uint64   `json:"total_bytes,omitzero"`          //
	FinishMinutes *float64 `json:"finish_minutes,omitzero"`       // the kernel's guess
	SpeedKiBs     *uint64  `json:"speed_kib_per_second,omitzero"` //
}

// An MDMember is a device of an array, named in the array's first line.
type MDMember struct {
	Name   string `json:"name"`           // "sda1"
	Number int    `json:"number"`         // in the metadata, which is not its place
	Marks  string `json:"marks,omitzero"` // "F" faulty, "S" spare, "W" write-mostly, "R" replacement, "J" journal
	State  State  `json:"state,omitzero"` // "" in a container, or where the kernel does not tell who is being rebuilt
}

// ParseMdstat parses /proc/mdstat, as [ParseDetail] does the output of
// mdadm --detail. A machine without arrays, or whose kernel has no RAID loaded,
// is not an error.
func ParseMdstat(data []byte) (*Mdstat, error) { return whole(data, parseMdstat) }

func parseMdstat(text string) (*Mdstat, error) {
	room := new(struct {
		Mdstat
		ints [12]int // as many as four arrays have
	})
	s := &room.Mdstat
	p := mdstatParser{stat: s}
	p.start(text)
	p.ints = room.ints[:]
	p.members = make([]MDMember, 0, min(strings.Count(text, "[")/2, len(text)/32)) // half of the brackets, and no more than there may be
	for p.next() {
		p.parseLine()
		if p.tooMany(len(s.Arrays)) {
			break
		}
	}
	s.text = p.passed()
	for i := range s.Arrays {
		s.Arrays[i].finish()
	}
	if s.taken == 0 {
		p.foreign(s.Lines())
	}
	return s, p.errs.err()
}

// Lines returns all lines that are not blank, in order: the record layer.
func (s *Mdstat) Lines() []Line { return linesOf(s.text, statLine) }

// Format returns the lines as they were printed, without blank ones. It is
// the inverse of [ParseMdstat].
func (s *Mdstat) Format() []byte { return appendLines(nil, s.Lines()) }

type mdstatParser struct {
	parser
	stat    *Mdstat
	array   *MDArray   // open array
	members []MDMember // those of all arrays, one behind the other
}

func (p *mdstatParser) parseLine() {
	s := p.stat
	if isBlank(p.raw[0]) {
		body := trimLeft(p.raw)
		if body[0] <= '[' && p.array != nil && p.detail(body) { // most, which begin with a number or the bar
			s.taken++
			return
		}
	} else if p.open() {
		s.taken++
		return
	}
	l := statLine(p.at, p.raw)
	switch {
	case l.Key == "Personalities":
		s.Personalities = slices.Grow(s.Personalities, min(strings.Count(l.Value, "["), 8))
		for w, rest := word(l.Value); w != ""; w, rest = word(rest) {
			s.Personalities = append(s.Personalities, inBrackets(w))
		}
	case l.Key == "" && strings.HasPrefix(l.Value, "unused devices:"):
		p.array = nil
		for w, rest := field(l.Value[len("unused devices:"):]); w != ""; w, rest = word(rest) {
			if w != "<none>" {
				name, _, _ := strings.Cut(w, "[")
				s.Unused = append(s.Unused, name)
			}
		}
	case l.Key == "" && strings.HasPrefix(l.Value, "read_ahead "):
		s.ReadAhead = l.Value[len("read_ahead "):]
	case p.array != nil && p.detail(l.text()):
	case s.taken == 0 && l.Key == "":
		s.Preamble = append(s.Preamble, l.Value)
		return
	default:
		s.Extra = append(s.Extra, l)
		return
	}
	s.taken++
}

// statLine is lineOf for /proc/mdstat. What is indented are words below an array,
// whatever colons are among them.
func statLine(number int, text string) Line {
	if !isBlank(text[0]) {
		return lineOf(number, text)
	}
	body := trimLeft(text)
	return Line{Number: number, Indent: len(text) - len(body), Value: body}
}

// inBrackets takes the brackets off "[raid1]".
func inBrackets(text string) string {
	if n := len(text); n > 2 && text[0] == '[' && text[n-1] == ']' && text[1] != '[' && text[n-2] != ']' {
		return text[1 : n-1]
	}
	return strings.Trim(text, "[]")
}

// open takes the line with which an array begins:
//
//	md0 : active (auto-read-only) raid5 sdc1[3](F) sdb1[0] sdd1[2]
//	md127 : inactive sda[1](S) sdb[0](S)
//
// The name is as the kernel makes one (md_alloc): where there is anything else,
// something stands before each line.
func (p *mdstatParser) open() bool {
	name, rest := word(p.raw)
	colon := len(p.raw) - len(rest)
	if !strings.HasPrefix(name, "md") || strings.IndexByte(name, '[') >= 0 || !strings.HasPrefix(p.raw[colon-1:], " :") {
		return false
	}
	state, rest := field(rest[1:])
	if state != "active" && state != "inactive" && state != "broken" {
		return false
	}
	s := p.stat
	if s.Arrays == nil {
		s.Arrays = make([]MDArray, 0, min(strings.Count(p.rest, "\n")/3, p.most)) // each has three lines or more
	}
	s.Arrays = extend(s.Arrays)
	a := &s.Arrays[len(s.Arrays)-1]
	a.Name, a.StateText, a.Line = name, state, p.at
	p.array = a
	first := len(p.members)
	for rest != "" {
		if rest[0] == '(' {
			a.ReadOnly, rest = word(rest)
			a.ReadOnly = strings.Trim(a.ReadOnly, "()")
			continue
		}
		end := 0
		for end < len(rest) && rest[end] != '[' && !isBlank(rest[end]) {
			end++
		}
		if end < len(rest) && rest[end] == '[' {
			rest = p.member(rest, end)
			continue
		}
		w := rest[:end]
		rest = trimLeft(rest[end:])
		if a.Level == "" {
			a.Level = w
		} else {
			p.fail(w, ErrSyntax)
		}
	}
	if len(p.members) > first {
		a.Members = slices.Clip(p.members[first:])
	}
	return true
}

// member reads "sdc1[3](F)", whose bracket is at a place, from the beginning of
// a text and returns what follows it.
func (p *mdstatParser) member(text string, bracket int) (rest string) {
	n, end := lines.Digits(text[bracket+1:])
	end += bracket + 1
	if end == bracket+1 || n>>31 != 0 || end == len(text) || text[end] != ']' {
		bad, rest := word(text)
		p.fail(bad, ErrSyntax)
		return rest
	}
	p.members = extend(p.members)
	m := &p.members[len(p.members)-1]
	m.Name, m.Number = text[:bracket], int(n)
	rest = text[end+1:]
	if rest == "" || isBlank(rest[0]) { // as behind most
		return trimLeft(rest)
	}
	marks, rest := word(rest)
	if len(marks) == 3 && marks[0] == '(' && 'A' <= marks[1] && marks[1] <= 'Z' && marks[2] == ')' {
		m.Marks = marks[1:2]
	} else {
		m.Marks = strings.ReplaceAll(strings.Trim(marks, "()"), ")(", "")
	}
	return rest
}

// detail takes a line below the first of an array.
func (p *mdstatParser) detail(text string) bool {
	first, rest := word(text)
	switch {
	case strings.HasPrefix(rest, "blocks") && (len(rest) == 6 || isBlank(rest[6])):
		p.blocks(first, trimLeft(rest[6:]))
	case first == "bitmap:":
		p.array.Bitmap = rest
	case first[0] == '[': // the bar
		return p.progress(rest)
	default:
		return p.progress(text)
	}
	return true
}

// blocks takes the line that says how an array is made:
//
//	5860543744 blocks super 1.2 level 6, 4k chunk, algorithm 2 [6/4] [UUUU__]
//	976759808 blocks super external:/md0/0 [2/2] [UU]
func (p *mdstatParser) blocks(first, rest string) {
	a := p.array
	if n, ok := p.uint(first); ok && n <= 1<<53 {
		a.SizeBytes = n * kib
	}
	for w, before := "", "blocks"; rest != ""; before = w {
		w, rest = word(rest)
		switch {
		case before == "super" && w[0] != ':':
			p.metadata(a, w)
		case before == "algorithm":
			a.Algorithm = p.int(w)
		case w[0] == '[':
			if places, working, ok := strings.Cut(inBrackets(w), "/"); ok {
				a.RAIDDevices, a.Working = p.int(places), p.int(working)
			} else {
				a.Slots = places
			}
		case strings.HasPrefix(w, "chunk"):
			a.ChunkBytes = p.chunk(before)
		case strings.HasSuffix(w, "-copies"):
			a.Copies = before + " " + w
		}
	}
}

// metadata reads "1.2", "external:imsm" or "external:/md127/0". A minus in
// place of the slash says that the container may not be changed now.
func (p *mdstatParser) metadata(a *MDArray, text string) {
	a.Metadata = text
	path, ok := strings.CutPrefix(text, "external:")
	if ok && len(path) > 0 && (path[0] == '/' || path[0] == '-') {
		a.Container, a.ContainerMember, _ = strings.Cut(path[1:], "/")
	}
}

// progress takes "recovery = 19.6% (288381540/1465135936) finish=1420.1min
// speed=13810K/sec", or "resync=DELAYED".
func (p *mdstatParser) progress(text string) bool {
	name, rest, ok := strings.Cut(text, "=")
	switch name = trimRight(name); name {
	case "recovery", "resync", "check", "repair", "reshape", "recover":
	default:
		return false
	}
	if !ok {
		return false
	}
	o := new(operation)
	o.Name = name
	p.array.Operation = &o.MDOperation
	percent, rest := field(rest)
	if strings.IndexByte(percent, '%') < 0 {
		o.Status = percent
		return true
	}
	if o.percent, ok = p.readPercent(percent); ok {
		o.Percent = &o.percent
	}
	for rest != "" {
		var w string
		w, rest = word(rest)
		p.measure(o, w)
	}
	return true
}

// An operation is one with what it points at, in one piece of memory.
type operation struct {
	MDOperation
	percent, minutes float64
	speed            uint64
}

// measure reads one of "(288381540/1465135936)", "finish=1420.1min" and
// "speed=13810K/sec".
func (p *mdstatParser) measure(o *operation, w string) {
	ok := true
	switch {
	case w[0] == '(':
		done, total, _ := strings.Cut(strings.Trim(w, "()"), "/")
		d, ok1 := lines.Uint(done, 53)
		n, ok2 := lines.Uint(total, 53)
		if ok = ok1 && ok2; ok {
			o.DoneBytes, o.TotalBytes = d*kib, n*kib
		}
	case strings.HasPrefix(w, "finish="):
		var n float64
		n, ok = lines.Float(strings.TrimSuffix(w[len("finish="):], "min"))
		if ok = ok && n >= 0 && n < 1e12; ok {
			o.minutes, o.FinishMinutes = n, &o.minutes
		}
	case strings.HasPrefix(w, "speed="):
		var n uint64
		if n, ok = lines.Uint(strings.TrimSuffix(w[len("speed="):], "K/sec"), 53); ok {
			o.speed, o.SpeedKiBs = n, &o.speed
		}
	}
	if !ok {
		p.fail(w, ErrSyntax)
	}
}

// finish draws from an array's lines what none of them says alone.
func (a *MDArray) finish() {
	a.Missing = strings.Count(a.Slots, "_")
	a.Degraded = a.Missing > 0 || a.Working != nil && a.RAIDDevices != nil && *a.Working < *a.RAIDDevices
	late := 0 // members that came after the first ones
	idle := a.isContainer() || a.StateText == "inactive"
	for i := range a.Members {
		m := &a.Members[i]
		m.State = memberStateOf(m.Marks, idle)
		switch {
		case m.State == Online:
			if a.RAIDDevices != nil && m.Number >= *a.RAIDDevices {
				late++
			}
		case m.State == Failed:
			a.Failed++
		case strings.IndexByte(m.Marks, 'S') >= 0:
			a.Spare++
		}
	}
	a.State = a.state(late)
	if a.State == VolumeRebuilding && a.Degraded {
		a.markRebuilding(late)
	}
}

// markRebuilding says which members are being rebuilt, if their numbers tell,
// and that this is not known of the late ones otherwise.
func (a *MDArray) markRebuilding(late int) {
	state := State("")
	if late == a.Missing || late == 1 {
		state = Rebuilding
	}
	for i := range a.Members {
		m := &a.Members[i]
		if m.State == Online && a.RAIDDevices != nil && m.Number >= *a.RAIDDevices {
			m.State = state
		}
	}
}

// memberStateOf says what the marks of a member mean. In an array that does not
// run, and in a container, they say no more than that it failed.
func memberStateOf(marks string, idle bool) State {
	switch {
	case marks == "" && !idle: // as of most
	case strings.IndexByte(marks, 'F') >= 0:
		return Failed
	case idle:
		return ""
	case strings.IndexByte(marks, 'S') >= 0:
		return HotSpare
	case strings.IndexByte(marks, 'R') >= 0:
		return Rebuilding
	}
	return Online
}

// isContainer reports whether an array holds others.
func (a *MDArray) isContainer() bool {
	return strings.HasPrefix(a.Metadata, "external:") && a.Container == ""
}

// state finds the word for an array, some of whose members came late: they took
// the place of others, or are about to.
func (a *MDArray) state(late int) VolumeState {
	switch {
	case a.isContainer():
		return ""
	case a.StateText == "broken":
		return VolumeFailed
	case a.StateText == "inactive":
		return VolumeOffline
	case (a.Level == "raid0" || a.Level == "linear") && a.Failed > 0: // no places are printed of these
		return VolumeFailed
	}
	running := a.Operation
	if running == nil {
		return a.redundancy()
	}
	switch running.Name {
	case "recovery", "recover":
		switch {
		case a.Slots != "" && !a.Degraded: // of a member that is to take the place of one that works
			return VolumeResyncing
		case !a.onlyReplaces():
			return VolumeRebuilding
		}
	case "resync": // also what the kernel calls a recovery that waits
		if !a.Degraded {
			return VolumeResyncing
		}
		if running.Status != "" && late > 0 {
			return VolumeRebuilding
		}
	case "reshape":
		if !a.Degraded {
			return VolumeReshaping
		}
	case "check", "repair":
		if !a.Degraded {
			return VolumeChecking
		}
	}
	return a.redundancy()
}

// redundancy says how much is left of what the members are there for.
func (a *MDArray) redundancy() VolumeState {
	if !a.Degraded {
		return VolumeOptimal
	}
	if a.RAIDDevices == nil || a.Missing == 0 {
		return VolumeDegraded
	}
	spare := 0 // members that it can do without
	switch a.Level {
	case "raid1":
		spare = *a.RAIDDevices - 1
	case "raid4", "raid5":
		spare = 1
	case "raid6":
		spare = 2
	case "raid10":
		copies, near := strings.CutSuffix(a.Copies, " near-copies")
		n, ok := lines.Uint(copies, 8)
		if !near || !ok || n == 0 || len(a.Slots)%int(n) != 0 {
			return VolumeDegraded
		}
		return redundancyOf(a.mostLost(int(n)), int(n)-1)
	default:
		return VolumeDegraded
	}
	return redundancyOf(a.Missing, spare)
}

// redundancyOf says how much is left where so many members are gone, of those that it
// can do without.
func redundancyOf(gone, spare int) VolumeState {
	switch {
	case gone > spare:
		return VolumeFailed
	case gone < spare:
		return VolumePartiallyDegraded
	}
	return VolumeDegraded
}

// mostLost returns how many are gone of those neighbours that hold the same data, at
// the worst place.
func (a *MDArray) mostLost(copies int) (most int) {
	for i := 0; i < len(a.Slots); i += copies {
		most = max(most, strings.Count(a.Slots[i:i+copies], "_"))
	}
	return most
}

// onlyReplaces tells that what is being filled are replacements beside members that
// work: no member is there that is not whole.
func (a *MDArray) onlyReplaces() bool {
	replaces, members := false, 0
	for i := range a.Members {
		replaces = replaces || strings.IndexByte(a.Members[i].Marks, 'R') >= 0
		if !strings.ContainsAny(a.Members[i].Marks, "FSJR") {
			members++
		}
	}
	return replaces && a.Working != nil && members <= *a.Working
}
