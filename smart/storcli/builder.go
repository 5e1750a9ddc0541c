// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"errors"
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/lines"
)

// maxRows caps the rows of all lists together. The largest controller has 240
// drives.
const maxRows = 1 << 14

// A builder fills a report from a document in either format. It knows which
// section it is in, and so whose the values are.
type builder struct {
	input
	r    *Report
	rows int

	list int // where the list starts in a JSON document, how many rows it has in a text

	answer int         // index of the answer in the report, -1 before the first
	ctl    *Controller // of the answer, nil until something is said of it
	sec    section
	drive  *Drive  // the one that the section is about
	volume *Volume // likewise

	batteryKind string // of the battery that the answer was about last
	seen        bool   // something of this tool was there
}

// A section is a part of an answer with a heading or a key of its own.
type section struct {
	owner owner
	name  string
}

// An owner is whose the properties in a section are.
type owner byte

const (
	ofController owner = iota
	ofDrive
	ofVolume
	ofMember // a list of a volume's drives
)

// controller returns the controller that the answer is about.
func (b *builder) controller() *Controller {
	if b.ctl != nil {
		return b.ctl
	}
	var n *int64
	if b.answer >= 0 {
		n = b.r.Answers[b.answer].Controller
	}
	b.ctl = b.r.controller(n)
	return b.ctl
}

// controller returns the controller with a number, a new one if need be.
func (r *Report) controller(n *int64) *Controller {
	if c := r.byNumber.lookup(r.Controllers, numberOf(n), (*Controller).key); c != nil {
		return c
	}
	c := &Controller{Number: n}
	r.Controllers = append(r.Controllers, c)
	return c
}

// driveAt returns the controller's drive in a place, a new one if need be, and
// where the place has no slot.
func (b *builder) driveAt(at place) *Drive {
	if b.drive != nil && at.slot >= 0 && b.drive.key() == at {
		return b.drive
	}
	c := b.controller()
	if at.slot >= 0 {
		if d := c.byPlace.lookup(c.Drives, at, (*Drive).key); d != nil {
			return d
		}
	}
	d := &Drive{Enclosure: b.known(at.enclosure), Slot: b.known(at.slot)}
	if c.Drives == nil {
		c.Drives = make([]*Drive, 0, max(b.expected(), 8))
	}
	c.Drives = append(c.Drives, d)
	return d
}

// volumeWith returns the volume with a number, a new one if need be.
func (b *builder) volumeWith(number int64) *Volume {
	c := b.controller()
	v := c.byNumber.lookup(c.Volumes, number, (*Volume).key)
	if v == nil {
		v = &Volume{Number: b.keep(number)}
		c.Volumes = append(c.Volumes, v)
	}
	return v
}

// battery returns the battery of a kind, a new one if need be.
func (c *Controller) battery(kind string) *Battery {
	for i := range c.Batteries {
		if c.Batteries[i].Kind == kind {
			return &c.Batteries[i]
		}
	}
	c.Batteries = append(c.Batteries, Battery{Kind: kind})
	return &c.Batteries[len(c.Batteries)-1]
}

// room reports whether another row may be read. Beyond the cap rows are
// unknown.
func (b *builder) room() bool {
	b.rows++
	return b.rows <= maxRows
}

// expected tells about how many rows the list has.
func (b *builder) expected() int {
	if b.isJSON {
		return b.doc.GuessObjects(b.list)
	}
	return b.list
}

// openAnswer begins the answer for the next controller.
func (b *builder) openAnswer() {
	b.closeAnswer()
	b.answer, b.ctl, b.drive, b.volume, b.batteryKind = -1, nil, nil, nil, ""
	b.sec = section{}
	if len(b.r.Answers) < maxRows {
		b.r.Answers = append(b.r.Answers, Answer{})
		b.answer = len(b.r.Answers) - 1
	}
}

// closeAnswer works out what follows from several values.
func (b *builder) closeAnswer() {
	if b.ctl == nil {
		return
	}
	b.touch(nil)
	b.ctl.byPlace.update(b.ctl.Drives, (*Drive).key) // for DriveOf
	b.ctl = nil
}

// touch makes a drive the one that what follows is about. Of the one before
// everything is told.
func (b *builder) touch(d *Drive) {
	if b.drive != nil && b.drive != d {
		b.drive.settleSize(&b.sizes)
		b.drive.settle()
	}
	b.drive = d
}

// open enters a section.
func (b *builder) open(name string) {
	b.sec = section{ofController, name}
	switch name {
	case "TOPOLOGY":
		b.controller().Topology = nil
	case "Enclosure LIST", "Enclosure List":
		b.controller().Enclosures = nil
	case "FOREIGN CONFIGURATION":
		b.controller().Foreign = nil
	case "FREE SPACE DETAILS":
		b.controller().FreeSpace = nil
	case "LU/NS LIST":
		b.controller().Units = nil
	case "Drive Detailed Information":
		b.openDetail()
	case "LU/NS Properties", "Path Information", "Connector Information", "Port Information",
		"LU/NS Information":
		if b.drive != nil {
			b.sec.owner = ofDrive
		}
	case "VD Properties":
		b.openProperties()
	case "PDs":
		b.sec.owner = ofMember
		b.clearMembers()
	default:
		b.openPath(name)
	}
}

// openPath enters a section whose name says which drive or volume it is about:
// "Drive /c0/e252/s1 State", "/c0/v0", "PDs for VD 0", "VD0 Properties".
func (b *builder) openPath(name string) {
	if path, ok := strings.CutPrefix(name, "Drive /c"); ok {
		if at, ok := drivePath(path); ok && b.room() {
			b.touch(b.driveAt(at))
			b.sec.owner = ofDrive
			if strings.HasSuffix(name, " - Detailed Information") {
				b.openDetail()
			}
		}
		return
	}
	if digits, ok := strings.CutPrefix(name, "PDs for VD "); ok {
		if b.openVolume(digits) {
			b.sec.owner = ofMember
			b.clearMembers()
		}
		return
	}
	if digits, ok := strings.CutPrefix(name, "VD"); ok {
		if digits, ok := strings.CutSuffix(digits, " Properties"); ok && b.openVolume(strings.TrimSpace(digits)) {
			b.openProperties()
		}
	}
}

func (b *builder) openVolume(digits string) bool {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || !b.room() {
		return false
	}
	b.volume = b.volumeWith(n)
	return true
}

// openDetail enters what is told of a drive. Its lists are told anew.
func (b *builder) openDetail() {
	if b.drive != nil {
		b.sec.owner = ofDrive
		b.drive.Policy = nil
		if b.drive.Link != nil {
			b.drive.Link.Paths = nil
		}
	}
}

// openProperties enters the properties of a volume. Its list is told anew.
func (b *builder) openProperties() {
	b.sec.owner = ofVolume
	if b.volume != nil {
		b.volume.Policy, b.volume.Settings = nil, nil
	}
}

func (b *builder) clearMembers() {
	if b.volume != nil {
		b.volume.Members = nil
	}
}

// drivePath reads "0/e252/s1 State" and "0/s1": what follows "Drive /c".
func drivePath(path string) (at place, ok bool) {
	path, _, _ = strings.Cut(path, " ")
	_, path, ok = strings.Cut(path, "/")
	at.enclosure = -1
	if rest, found := strings.CutPrefix(path, "e"); ok && found {
		var digits string
		digits, path, ok = strings.Cut(rest, "/")
		n, isNumber := lines.Uint(digits, 63)
		if !isNumber {
			return place{}, false
		}
		at.enclosure = int64(n)
	}
	digits, found := strings.CutPrefix(path, "s")
	n, isNumber := lines.Uint(digits, 63)
	at.slot = int64(n)
	return at, ok && found && isNumber
}

// property reads a property in the open section.
func (b *builder) property(key string) bool {
	if isPadded(key) {
		key = trim(key)
	}
	in := &b.input
	switch b.sec.owner {
	case ofDrive:
		if b.drive != nil && b.drive.set(key, in) {
			return true
		}
	case ofVolume:
		if b.volume != nil && b.volume.setProperty(key, in) {
			return true
		}
	}
	if b.isJSON && b.sec.owner != ofController {
		return false // JSON says where a section ends, a text does not
	}
	if b.sec.name == "" && b.general(key) {
		return true
	}
	return b.controller().set(b.sec.name, key, in)
}

// general reads a property of the machine or the tool.
func (b *builder) general(key string) bool {
	switch key {
	case "Number of Controllers":
		b.r.ControllerCount = b.num()
	case "Host Name":
		b.r.HostName = b.str()
	case "Operating System":
		b.r.OperatingSystem = b.str()
	case "StoreLib IT Version", "SL8 Library Version":
		b.r.LibraryVersion = b.str()
	case "StoreLib IR3 Version":
		b.skip()
	default:
		return false
	}
	return true
}

// status reads a property of how it went.
func (b *builder) status(key string) bool {
	if b.answer < 0 {
		return false
	}
	a := &b.r.Answers[b.answer]
	switch key {
	case "CLI Version":
		b.r.CLIVersion = b.str()
	case "Operating system":
		b.r.OperatingSystem = b.str()
	case "Controller":
		a.Controller = b.num()
	case "Status Code":
		a.StatusCode = b.num()
	case "Status":
		a.Status = b.str()
	case "Description":
		a.Description = b.str()
		if a.Description == "None" {
			a.Description = ""
		}
	default:
		return false
	}
	b.seen = true
	return true
}

// failure returns the error of an answer that says that the tool failed.
func (a *Answer) failure() error {
	switch {
	case a.Status != "Failure" && a.Status != "Failed":
		return nil
	case strings.HasPrefix(a.Description, "No Controller found"),
		strings.HasPrefix(a.Description, "Controller ") && strings.HasSuffix(a.Description, "not found"):
		return ErrNoController
	}
	return ErrTool
}

// fromTool reports whether err is the tool's own word of its failure.
func fromTool(err error) bool { return errors.Is(err, ErrTool) }
