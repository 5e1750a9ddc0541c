// SPDX-License-Identifier: Apache-2.0

package mdadm

import "strings"

// A Detail is what mdadm --detail printed, for one array or for several.
type Detail struct {
	Arrays   []Array  `json:"arrays,omitzero"`
	Preamble []string `json:"preamble,omitzero"` // lines before the first array
	Extra    []Line   `json:"extra,omitzero"`    // lines that no value has room for

	text  string // all lines
	taken int    // lines with a key, and rows, that a value took
}

// An Array is a RAID, or a container of some.
type Array struct {
	Device          string      `json:"device,omitzero"`            // "/dev/md0"
	Metadata        string      `json:"metadata,omitzero"`          // "1.2", "0.90", "imsm", "ddf"
	Level           string      `json:"level,omitzero"`             // "raid1", "container"
	SizeBytes       uint64      `json:"size_bytes,omitzero"`        //
	MemberSizeBytes uint64      `json:"member_size_bytes,omitzero"` // what is used of each member
	StateText       string      `json:"state_text,omitzero"`        // "clean, degraded, recovering"
	StateWords      []string    `json:"state_words,omitzero"`       // the same, word by word
	State           VolumeState `json:"state,omitzero"`             //
	Degraded        bool        `json:"degraded,omitzero"`          // fewer members work than should, whatever State says
	Operation       string      `json:"operation,omitzero"`         // "Rebuild", "Resync", "Check", "Reshape"
	ProgressText    string      `json:"progress_text,omitzero"`     // "DELAYED", "PENDING": waits for another
	ProgressPercent *float64    `json:"progress_percent,omitzero"`  //
	RAIDDevices     *int        `json:"raid_devices,omitzero"`      // members that there should be
	TotalDevices    *int        `json:"total_devices,omitzero"`     // members that there are
	Active          *int        `json:"active,omitzero"`            //
	Working         *int        `json:"working,omitzero"`           //
	Failed          *int        `json:"failed,omitzero"`            //
	Spare           *int        `json:"spare,omitzero"`             // one that is being rebuilt counts
	Removed         int         `json:"removed,omitzero"`           // empty places among Members
	Members         []Member    `json:"members,omitzero"`           //
	Container       string      `json:"container,omitzero"`         // of an array of IMSM or DDF: "/dev/md/imsm0"
	ContainerMember *int        `json:"container_member,omitzero"`  // its number in there
	MemberArrays    []string    `json:"member_arrays,omitzero"`     // of a container
	Name            string      `json:"name,omitzero"`              // "host:0"
	UUID            string      `json:"uuid,omitzero"`              // as mdadm prints it, in four groups
	Events          string      `json:"events,omitzero"`            // "52", of metadata 0.90 "0.18"
	CreationTime    string      `json:"creation_time,omitzero"`     // local, as printed
	UpdateTime      string      `json:"update_time,omitzero"`       //
	Persistence     string      `json:"persistence,omitzero"`       //
	Bitmap          string      `json:"bitmap,omitzero"`            // "Internal"
	Policy          string      `json:"policy,omitzero"`            // how it is kept consistent: "bitmap", "resync", "ppl"
	Layout          string      `json:"layout,omitzero"`            // "left-symmetric", "near=2"
	ChunkBytes      uint64      `json:"chunk_bytes,omitzero"`       //
	PreferredMinor  *int        `json:"preferred_minor,omitzero"`   // of metadata 0.90
	Journal         string      `json:"journal,omitzero"`           //
	Flags           string      `json:"flags,omitzero"`             //
	DeltaDevices    string      `json:"delta_devices,omitzero"`     // of a reshape: "1, (3->4)"
	NewLevel        string      `json:"new_level,omitzero"`         // of a reshape
	NewLayout       string      `json:"new_layout,omitzero"`        // of a reshape
	NewChunkBytes   uint64      `json:"new_chunk_bytes,omitzero"`   // of a reshape
	ClusterName     string      `json:"cluster_name,omitzero"`      //
	ContainerGUID   string      `json:"container_guid,omitzero"`    // of DDF
	Sequence        string      `json:"sequence,omitzero"`          // of DDF
	VirtualDisks    *int        `json:"virtual_disks,omitzero"`     // of DDF
	Line            int         `json:"line"`
}

// A Member is a row of an array's table.
type Member struct {
	Number     *int     `json:"number,omitzero"`      //
	Major      *int     `json:"major,omitzero"`       //
	Minor      *int     `json:"minor,omitzero"`       //
	RAIDDevice *int     `json:"raid_device,omitzero"` // its place, nil for a spare
	StateText  string   `json:"state_text,omitzero"`  // "active sync", "spare rebuilding"; a container's rows have none
	State      State    `json:"state,omitzero"`       //
	Flags      []string `json:"flags,omitzero"`       // "writemostly", "failfast", …
	Device     string   `json:"device,omitzero"`      // "/dev/sda1", "" where it was removed
	Line       int      `json:"line"`
}

// ParseDetail parses the output of mdadm --detail.
//
// It reads to the end whatever it meets. If some lines make no sense, it
// returns the rest together with an [Errors] that names them. The value is
// never nil and does not share memory with data.
func ParseDetail(data []byte) (*Detail, error) { return whole(data, parseDetail) }

func parseDetail(text string) (*Detail, error) {
	d := new(Detail)
	p := detailParser{detail: d}
	p.start(text)
	for p.next() {
		p.line = lineOf(p.at, p.raw)
		p.parseLine(&p.line)
		if p.tooMany(len(d.Arrays)) {
			break
		}
	}
	d.text = p.passed()
	for i := range d.Arrays {
		d.Arrays[i].finish()
	}
	if d.taken == 0 && len(d.Extra) > 0 { // others begin what they say of a device like that, too
		d.Arrays = nil
	}
	if len(d.Arrays) == 0 {
		p.foreign(d.Lines())
	}
	return d, p.errs.err()
}

// Lines returns all lines that are not blank, in order: the record layer.
func (d *Detail) Lines() []Line { return linesOf(d.text, lineOf) }

// Format returns the lines as they were printed, without blank ones. It is
// the inverse of [ParseDetail].
func (d *Detail) Format() []byte { return appendLines(nil, d.Lines()) }

type detailParser struct {
	parser
	detail *Detail
	array  *Array // open array
	table  bool   // in its table
}

func (p *detailParser) parseLine(l *Line) {
	d := p.detail
	if p.array != nil && l.Key != "" && p.set(p.array, l.Key, l.Value) { // most lines
		d.taken++
		return
	}
	name, ok := device(l)
	switch {
	case ok:
		if d.Arrays == nil {
			d.Arrays = make([]Array, 0, p.headings('/'))
		}
		d.Arrays = extend(d.Arrays)
		p.array, p.table = &d.Arrays[len(d.Arrays)-1], false
		p.array.Device, p.array.Line = name, l.Number
	case p.complaint(l):
	case p.array == nil && l.Key == "":
		d.Preamble = append(d.Preamble, l.Value)
	case p.array != nil && l.Key == "" && strings.HasPrefix(l.Value, "Number "):
		p.table = true
	case p.table && l.Key == "" && p.row(l.Value):
		d.taken++
	case p.array != nil && strings.HasPrefix(l.Value, "(Linux-MD") && p.array.ContainerGUID != "":
		// says again what the GUID above says
	default:
		d.Extra = append(d.Extra, *l)
	}
}

// set takes a line with a key.
func (p *detailParser) set(a *Array, key, v string) bool {
	switch key {
	case "Version":
		a.Metadata = v
	case "Creation Time":
		a.CreationTime = v
	case "Raid Level":
		a.Level = v
	case "Array Size":
		a.SizeBytes = p.size(v, kib)
	case "Used Dev Size":
		if v != "unknown" {
			a.MemberSizeBytes = p.size(v, kib)
		}
	case "Raid Devices":
		a.RAIDDevices = p.int(v)
	case "Total Devices":
		a.TotalDevices = p.int(v)
	case "Active Devices":
		a.Active = p.int(v)
	case "Working Devices":
		a.Working = p.int(v)
	case "Failed Devices":
		a.Failed = p.int(v)
	case "Spare Devices":
		a.Spare = p.int(v)
	case "State":
		a.StateText = v
		a.StateWords = words(v)
	case "Rebuild Status", "Resync Status", "Check Status", "Reshape Status", "Repair Status":
		a.Operation = strings.TrimSuffix(key, " Status")
		if strings.Contains(v, "%") {
			a.ProgressPercent = p.percent(v)
		} else {
			a.ProgressText = v
		}
	case "Container":
		p.container(a, v)
	default:
		return p.setRest(a, key, v)
	}
	return true
}

// setRest takes the lines that say less of how an array is doing.
func (p *detailParser) setRest(a *Array, key, v string) bool {
	switch key {
	case "Preferred Minor":
		a.PreferredMinor = p.int(v)
	case "Persistence":
		a.Persistence = v
	case "Update Time":
		a.UpdateTime = v
	case "Intent Bitmap":
		a.Bitmap = v
	case "Consistency Policy":
		a.Policy = v
	case "Layout":
		a.Layout = v
	case "Chunk Size", "Rounding":
		a.ChunkBytes = p.chunk(v)
	case "Name":
		a.Name, _ = local(v)
	case "UUID":
		a.UUID, _ = local(v)
	case "Events":
		a.Events = v
	case "Member Arrays":
		a.MemberArrays = strings.Fields(v)
	case "Container GUID":
		a.ContainerGUID = v
	case "Seq":
		a.Sequence = v
	case "Virtual Disks":
		a.VirtualDisks = p.int(v)
	case "Delta Devices":
		a.DeltaDevices = v
	case "New Level":
		a.NewLevel = v
	case "New Layout":
		a.NewLayout = v
	case "New Chunksize":
		a.NewChunkBytes = p.chunk(v)
	case "Cluster Name":
		a.ClusterName = v
	case "Journal Device":
		a.Journal = v
	case "Flags":
		a.Flags = v
	default:
		return false
	}
	return true
}

// container reads "/dev/md0, member 1".
func (p *detailParser) container(a *Array, v string) {
	name, member, ok := strings.Cut(v, ", member ")
	a.Container = name
	if ok {
		a.ContainerMember = p.int(member)
	}
}

// row takes a line of the table, under this head:
//
//	Number   Major   Minor   RaidDevice State
//	   0     254        1        0      active sync   /dev/vda1
func (p *detailParser) row(text string) bool {
	numbers, rest, ok := p.readRow(text)
	if !ok {
		p.fail(text, ErrSyntax)
		return true
	}
	a := p.array
	if a.Members == nil {
		a.Members = make([]Member, 0, max(room(a.RAIDDevices), room(a.TotalDevices)))
	}
	a.Members = extend(a.Members)
	a.Members[len(a.Members)-1].set(&numbers, rest, p.at)
	return true
}

// finish draws from an array's lines what none of them says alone.
func (a *Array) finish() {
	for _, m := range a.Members {
		if m.State == Missing {
			a.Removed++
		}
	}
	if a.Active != nil && a.RAIDDevices != nil && *a.Active < *a.RAIDDevices {
		a.Degraded = true
	}
	for _, w := range a.StateWords {
		a.Degraded = a.Degraded || w == "degraded" || w == "FAILED"
	}
	a.State = arrayState(a.StateWords, a.Degraded)
}

// words takes "clean, degraded, recovering (DELAYED)" apart.
func words(text string) []string {
	var list []string
	for text != "" {
		var w string
		w, text, _ = strings.Cut(text, ",")
		if w = strings.TrimSpace(w); w == "" {
			continue
		}
		if list == nil {
			list = make([]string, 0, 1+strings.Count(text, ","))
		}
		list = append(list, w)
	}
	return list
}

// arrayState finds the word that matters most. What mdadm prints is in its
// Detail.c.
func arrayState(words []string, degraded bool) VolumeState {
	var state VolumeState
	for _, w := range words {
		w, _, _ = strings.Cut(w, " (") // "resyncing (DELAYED)"
		switch w {
		case "FAILED", "broken":
			return VolumeFailed
		case "Not Started", "inactive":
			return VolumeOffline
		case "recovering":
			state = VolumeRebuilding
			if !degraded { // of a member that is to take the place of one that works
				state = VolumeResyncing
			}
		case "resyncing":
			state = VolumeResyncing
		case "reshaping":
			state = VolumeReshaping
		case "checking":
			state = VolumeChecking
		}
	}
	switch {
	case state == "" || state == VolumeChecking && degraded:
	default:
		return state
	}
	switch {
	case degraded:
		return VolumeDegraded
	case len(words) == 0:
		return ""
	}
	switch words[0] {
	case "clean", "active", "clear", "readonly", "read-auto", "write-pending", "active-idle":
		return VolumeOptimal
	}
	return ""
}
