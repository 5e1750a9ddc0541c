// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"cmp"

	"github.com/mchus/bee/internal/jsondoc"
)

// ParseList parses the output of "nvme list", with or without --verbose, JSON
// or plain text. The result is never nil; the error is nil or an [Errors]: what
// could be read is there beside it. A machine without NVMe devices has an empty
// list.
func ParseList(data []byte) (*List, error) {
	r := listReader{
		document: open(data, "Node ", "Subsystem-NQN", " - NQN="),
		list:     new(List),
		ctrls:    make(map[string]int),
		spaces:   make(map[string]int, devicesIn(data)),
	}
	if r.doc != nil {
		r.readJSON()
	} else {
		r.readText()
	}
	r.resolve()
	var err error
	r.list.Extra, err = r.finish()
	return r.list, err
}

// ParseListSubsys parses the output of "nvme list-subsys", with or without
// --verbose, JSON or plain text. The result and the error are as of
// [ParseList]; only subsystems and controllers are filled.
func ParseListSubsys(data []byte) (*List, error) { return ParseList(data) }

// devicesIn guesses how many namespaces a list may have: one takes some 350
// bytes of JSON.
func devicesIn(data []byte) int { return 1 + min(len(data)/350, 256) }

// A listReader fills a List. The maps find by name what the list has.
type listReader struct {
	*document
	list   *List
	ctrls  map[string]int
	spaces map[string]int
}

// readJSON reads the document: an object with the member Devices, or what
// list-subsys prints, which is an array of hosts since nvme-cli 2.0 and an
// object before.
func (r *listReader) readJSON() {
	if r.doc.Kind() == jsondoc.Array {
		r.known++ // an empty array is an answer too
		for range r.objects() {
			r.readDevice()
		}
		return
	}
	empty := true
	for key := range r.doc.Object() {
		empty = false
		switch key {
		case "Devices":
			r.known++
			r.readDevices()
		case "Subsystems":
			r.known++
			r.readSubsystems()
		}
	}
	if empty {
		r.known++
	}
}

// readDevices reads an array of devices; nvme-cli 1.0 prints a single one bare.
func (r *listReader) readDevices() {
	if r.doc.Kind() == jsondoc.Object {
		r.readDevice()
		return
	}
	for range r.objects() {
		r.readDevice()
	}
}

// readDevice reads what Devices holds: a namespace; with --verbose a subsystem
// (nvme-cli 1.x) or a host with its subsystems (2.x), which 2.11 and 2.12 print
// without --verbose too.
func (r *listReader) readDevice() {
	var ns Namespace
	isNamespace := false
	sub := r.newSubsystem()
	first := len(r.list.Subsystems)
	r.members(func(key string, f *field) bool {
		switch key {
		case "HostNQN":
			sub.HostNQN = f.words()
		case "HostID", "Host ID": // nvme-cli 2.7.0 has the blank
			sub.HostID = f.words()
		case "Subsystems":
			r.readSubsystems()
		case "Subsystem", "SubsystemNQN", "Controllers", "Namespaces", "NQN":
			return r.takeSubsystem(sub, key, f)
		default:
			known := r.takeNamespace(&ns, key, f)
			isNamespace = isNamespace || known
			return known
		}
		return true
	})
	for i := range r.list.Subsystems[first:] { // of this host
		s := &r.list.Subsystems[first+i]
		s.HostNQN, s.HostID = cmp.Or(sub.HostNQN, s.HostNQN), cmp.Or(sub.HostID, s.HostID)
	}
	if sub.Name != "" || sub.NQN != "" {
		r.addSubsystem(sub)
	}
	if isNamespace {
		r.addNamespace(&ns)
	}
}

func (r *listReader) readSubsystems() {
	first := len(r.list.Subsystems)
	for range r.objects() {
		sub := r.newSubsystem()
		r.members(func(key string, f *field) bool { return r.takeSubsystem(sub, key, f) })
		if n := len(r.list.Subsystems) - 1; n >= first && sub.isSecondHalfOf(&r.list.Subsystems[n]) {
			sub.Subsystem = r.list.Subsystems[n]
			r.list.Subsystems = r.list.Subsystems[:n]
		}
		r.addSubsystem(sub)
	}
}

// isSecondHalfOf reports whether sub goes on with the subsystem before it:
// nvme-cli before 1.9 prints name and NQN in one object, and in the next one
// nothing but the paths.
func (sub *subsystem) isSecondHalfOf(before *Subsystem) bool {
	return sub.Name == "" && sub.NQN == "" && before.Controllers == nil && (before.Name != "" || before.NQN != "")
}

// takeSubsystem reads a member of a subsystem: the long names are those of
// list, the short ones those of list-subsys.
func (r *listReader) takeSubsystem(sub *subsystem, key string, f *field) bool {
	switch key {
	case "Subsystem", "Name":
		sub.Name = f.words()
	case "SubsystemNQN", "NQN":
		sub.NQN = f.words()
	case "Model":
		sub.Model = f.name()
	case "Serial":
		sub.Serial = f.serial()
	case "Firmware":
		sub.Firmware = f.name()
	case "IOPolicy":
		sub.IOPolicy = f.words()
	case "Type":
		sub.Type = f.words()
	case "Namespaces":
		r.readNamespaces()
	case "Controllers", "Paths":
		for range r.objects() {
			r.readController(sub)
		}
	default:
		return false
	}
	return true
}

// readController reads a controller of list or a path of list-subsys. The host
// is the controller's in nvme-cli 1.x.
func (r *listReader) readController(sub *subsystem) {
	var c Controller
	first := len(r.list.Namespaces)
	r.members(func(key string, f *field) bool {
		switch key {
		case "HostNQN":
			sub.HostNQN = f.words()
		case "HostID":
			sub.HostID = f.words()
		default:
			return r.takeController(&c, key, f)
		}
		return true
	})
	for i := first; i < len(r.list.Namespaces); i++ {
		r.list.Namespaces[i].Controllers = []string{c.Name}
	}
	r.addController(c)
}

// takeController reads a member of a controller.
func (r *listReader) takeController(c *Controller, key string, f *field) bool {
	switch key {
	case "Controller", "Name":
		c.Name = f.words()
	case "Cntlid":
		c.ID = pointer[uint16](f)
	case "SerialNumber":
		c.Serial = f.serial()
	case "ModelNumber":
		c.Model = f.name()
	case "Firmware":
		c.Firmware = f.name()
	case "Transport":
		c.Transport = f.words()
	case "Address":
		c.Address = f.words()
	case "AddressDetails":
		r.members(func(key string, f *field) bool { return c.takeAddress(key, f) })
	case "Slot":
		c.Slot = f.words()
	case "State":
		c.State = f.words()
	case "ANAState":
		c.ANAState = f.words()
	case "Namespaces":
		c.Namespaces = append(c.Namespaces, r.readNamespaces()...)
	case "Paths":
		for range r.objects() {
			var p Path
			r.members(p.take)
			c.Paths = append(c.Paths, p)
		}
	default:
		return false
	}
	return true
}

func (c *Controller) takeAddress(key string, f *field) bool {
	switch key {
	case "traddr":
		c.TransportAddress = f.words()
	case "trsvcid":
		c.TransportService = f.words()
	case "host_traddr":
		c.HostTransportAddress = f.words()
	case "host_iface":
		c.HostInterface = f.words()
	default:
		return false
	}
	return true
}

func (p *Path) take(key string, f *field) bool {
	switch key {
	case "Path":
		p.Name = f.words()
	case "ANAState":
		p.ANAState = f.words()
	default:
		return false
	}
	return true
}
