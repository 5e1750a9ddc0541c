// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// readNamespaces reads an array of namespaces and returns their names.
func (r *listReader) readNamespaces() []string {
	var names []string
	for range r.objects() {
		var ns Namespace
		r.members(func(key string, f *field) bool { return r.takeNamespace(&ns, key, f) })
		r.addNamespace(&ns)
		names = append(names, ns.Name)
	}
	return names
}

// takeNamespace reads a member of a namespace. NameSpace is the NSID in a plain
// list and the name in a verbose one.
func (r *listReader) takeNamespace(ns *Namespace, key string, f *field) bool {
	switch key {
	case "NameSpace":
		if r.doc.Kind() == jsondoc.Number {
			ns.NSID = integer[uint32](f)
		} else {
			ns.setName(f.words())
		}
	case "NSID":
		ns.NSID = integer[uint32](f)
	case "DevicePath":
		ns.setPath(f.words())
	case "GenericPath", "Generic":
		ns.setGeneric(f.words())
	case "SerialNumber":
		ns.Serial = f.serial()
	case "ModelNumber":
		ns.Model = f.name()
	case "Firmware":
		ns.Firmware = f.name()
	case "ProductName":
		if ns.ProductName = f.words(); ns.ProductName == "NULL" {
			ns.ProductName = ""
		}
	case "Index":
		if v, ok := maybe[uint32](f); ok {
			index := int(v)
			ns.Index = &index
		}
	case "UsedBytes":
		ns.UsedBytes = f.size()
	case "PhysicalSize":
		ns.SizeBytes = f.size()
	case "MaximumLBA", "MaximiumLBA": // early versions of nvme-cli 1.x
		ns.Blocks = f.size()
	case "SectorSize":
		ns.BlockBytes = integer[uint64](f)
	case "Paths":
		r.readPaths()
	default:
		return false
	}
	return true
}

// readPaths reads the ways to a namespace, which name the controllers: what
// nvme-cli prints for a subsystem with multipath in version 2 of its JSON.
func (r *listReader) readPaths() {
	for range r.objects() {
		var c Controller
		var p Path
		r.members(func(key string, f *field) bool { return p.take(key, f) || r.takeController(&c, key, f) })
		if p != (Path{}) {
			c.Paths = append(c.Paths, p)
		}
		r.addController(c)
	}
}

func (ns *Namespace) setName(name string) {
	ns.Name = name
	if ns.DevicePath == "" && name != "" {
		ns.DevicePath = "/dev/" + name
	}
}

func (ns *Namespace) setPath(path string) {
	ns.DevicePath = path
	ns.Name = path[strings.LastIndexByte(path, '/')+1:]
}

// setGeneric takes the name or the path of the character device.
func (ns *Namespace) setGeneric(path string) {
	if path != "" && !strings.HasPrefix(path, "/") {
		path = "/dev/" + path
	}
	ns.GenericPath = path
}

// addNamespace adds a namespace, unless the list has it: a plain list of some
// versions names one twice.
func (r *listReader) addNamespace(ns *Namespace) {
	if _, ok := r.spaces[ns.Name]; ok && ns.Name != "" {
		return
	}
	r.spaces[ns.Name] = len(r.list.Namespaces)
	if r.list.Namespaces == nil {
		r.list.Namespaces = make([]Namespace, 0, devicesIn(r.data))
	}
	r.list.Namespaces = append(r.list.Namespaces, *ns)
}

// addController adds a controller, or to the one of its name what is new.
func (r *listReader) addController(c Controller) {
	i, ok := r.ctrls[c.Name]
	if !ok || c.Name == "" {
		r.ctrls[c.Name] = len(r.list.Controllers)
		r.list.Controllers = append(r.list.Controllers, c)
		return
	}
	have := &r.list.Controllers[i]
	have.Paths = append(have.Paths, c.Paths...)
	have.Namespaces = append(have.Namespaces, c.Namespaces...)
}

// A subsystem is a Subsystem, and how many controllers and namespaces the list
// had before it.
type subsystem struct {
	Subsystem
	firstCtrl, firstSpace int
}

func (r *listReader) newSubsystem() *subsystem {
	return &subsystem{firstCtrl: len(r.list.Controllers), firstSpace: len(r.list.Namespaces)}
}

// addSubsystem adds a subsystem, and tells its controllers and namespaces of
// each other. Without paths a namespace is shared by all controllers.
func (r *listReader) addSubsystem(sub *subsystem) {
	ctrls, spaces := r.list.Controllers[sub.firstCtrl:], r.list.Namespaces[sub.firstSpace:]
	for i := range ctrls {
		c := &ctrls[i]
		c.Subsystem = sub.Name
		sub.Controllers = append(sub.Controllers, c.Name)
		for _, path := range c.Paths {
			name := pathNamespace(path.Name)
			if n, ok := r.spaces[name]; ok && n >= sub.firstSpace {
				c.Namespaces = append(c.Namespaces, name)
				r.list.Namespaces[n].Controllers = append(r.list.Namespaces[n].Controllers, c.Name)
			}
		}
	}
	var shared []string
	for i := range spaces {
		spaces[i].Subsystem = sub.Name
		if spaces[i].Controllers == nil {
			spaces[i].Controllers = slices.Clip(sub.Controllers)
			shared = append(shared, spaces[i].Name)
		}
	}
	for i := range ctrls {
		if ctrls[i].Namespaces == nil {
			ctrls[i].Namespaces = slices.Clip(shared)
		}
	}
	r.list.Subsystems = append(r.list.Subsystems, sub.Subsystem)
}

// pathNamespace returns the name of the namespace that a path leads to:
// "nvme1n2" for "nvme1c0n2".
func pathNamespace(path string) string {
	c, n := strings.LastIndexByte(path, 'c'), strings.LastIndexByte(path, 'n')
	if c < 0 || n < c {
		return path
	}
	return path[:c] + path[n:]
}

// resolve gives each namespace the serial number, model, firmware and
// subsystem of its controller, where the output has them there.
func (r *listReader) resolve() {
	for i := range r.list.Namespaces {
		ns := &r.list.Namespaces[i]
		if len(ns.Controllers) == 0 {
			continue
		}
		n, ok := r.ctrls[ns.Controllers[0]]
		if !ok {
			continue
		}
		c := &r.list.Controllers[n]
		ns.Serial = cmp.Or(ns.Serial, c.Serial)
		ns.Model = cmp.Or(ns.Model, c.Model)
		ns.Firmware = cmp.Or(ns.Firmware, c.Firmware)
		ns.Subsystem = cmp.Or(ns.Subsystem, c.Subsystem)
	}
}
