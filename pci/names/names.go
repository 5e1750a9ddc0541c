// SPDX-License-Identifier: Apache-2.0

// Package names gives PCI numbers their names, from a machine's pci.ids.
//
// lspci has looked them up already: this package is for what sysfs or lspci -n
// said, and [DB.Fill] leaves alone what has names. A [DB] loads its file once,
// at the first question that needs it, and answers from memory.
//
// The file is read by github.com/jaypipes/pcidb. That package panics on files
// with lines that are too short, which becomes [ErrBadDB] here, and can fetch
// the file from the Internet, which it is never allowed to: neither by an option
// nor by the environment, whose PCIDB_ variables have no say here.
package names

import (
	"errors"
	"fmt"
	"sync"

	"github.com/jaypipes/pcidb"
	"github.com/jaypipes/pcidb/types"

	"github.com/mchus/bee/pci"
)

// These are the causes for which a [DB] has no names.
var (
	ErrNoDB  = errors.New("names: no pci.ids")
	ErrBadDB = errors.New("names: broken pci.ids")
)

// A DB answers from the first of its files that can be read. The zero value
// looks where Linux distributions put pci.ids. It is safe for concurrent use.
type DB struct {
	// Paths are the files to try, plain or compressed (".gz"). nil means
	// /usr/share/hwdata and /usr/share/misc.
	Paths []string

	once sync.Once
	ids  *pcidb.DB
	err  error
}

// Load reads the file, unless that was done before. Its error wraps [ErrNoDB]
// where there is no file, and [ErrBadDB] where none of them makes sense.
func (db *DB) Load() error {
	db.once.Do(func() {
		paths := db.Paths
		if paths == nil {
			paths = []string{
				"/usr/share/hwdata/pci.ids", "/usr/share/misc/pci.ids",
				"/usr/share/hwdata/pci.ids.gz", "/usr/share/misc/pci.ids.gz",
			}
		}
		db.ids, db.err = new(pcidb.DB), ErrNoDB
		for _, path := range paths {
			ids, err := load(path)
			if err == nil {
				db.ids, db.err = ids, nil
				return
			}
			if !errors.Is(err, ErrNoDB) && errors.Is(db.err, ErrNoDB) {
				db.err = err
			}
		}
	})
	return db.err
}

// load reads one file, behind the fence.
func load(path string) (ids *pcidb.DB, err error) {
	defer func() {
		if r := recover(); r != nil {
			ids, err = nil, fmt.Errorf("%w: %s: %v", ErrBadDB, path, r)
		}
	}()
	// Each option that is set keeps the environment's from counting.
	no, root := false, "/"
	ids, err = pcidb.New(&pcidb.WithOption{Path: &path, Chroot: &root, CacheOnly: &no, EnableNetworkFetch: &no})
	switch {
	case errors.Is(err, types.ErrNoDB):
		return nil, ErrNoDB
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrBadDB, err)
	case len(ids.Vendors) == 0:
		return nil, fmt.Errorf("%w: %s: no vendors", ErrBadDB, path)
	}
	return ids, nil
}

// Vendor returns the name of a vendor, given as "8086". "" means that it is not
// known, here and below.
func (db *DB) Vendor(id string) string {
	_ = db.Load() // without a file there is no name
	if v := db.ids.Vendors[id]; v != nil {
		return v.Name
	}
	return ""
}

// Device returns the name of a vendor's device.
func (db *DB) Device(vendor, device string) string {
	_ = db.Load()
	if p := db.ids.Products[vendor+device]; p != nil {
		return p.Name
	}
	return ""
}

// Subsystem returns the name of the card that a device sits on. A subsystem
// with the device's own numbers has the device's name, as in lspci.
func (db *DB) Subsystem(vendor, device, subVendor, subDevice string) string {
	_ = db.Load()
	if p := db.ids.Products[vendor+device]; p != nil {
		for _, s := range p.Subsystems {
			if s.VendorID == subVendor && s.ID == subDevice {
				return s.Name
			}
		}
	}
	if vendor == subVendor && device == subDevice {
		return db.Device(vendor, device)
	}
	return ""
}

// Class returns the name of a class, given as base class and subclass ("0200"),
// or that of the base class where the subclass has none.
func (db *DB) Class(id string) string {
	_ = db.Load()
	if len(id) != 4 {
		return ""
	}
	c := db.ids.Classes[id[:2]]
	if c == nil {
		return ""
	}
	for _, s := range c.Subclasses {
		if s.ID == id[2:] {
			return s.Name
		}
	}
	return c.Name
}

// Fill names the devices of list that have no names at all. It loads the file
// only if there is such a device, and returns the error of that: nil means that
// what is still without a name is not in pci.ids.
func (db *DB) Fill(list *pci.List) error {
	for i := range list.Devices {
		d := &list.Devices[i]
		if isNamed(d) {
			continue
		}
		if err := db.Load(); err != nil {
			return err
		}
		d.Class.Name = db.Class(d.Class.ID)
		d.Vendor.Name = db.Vendor(d.Vendor.ID)
		d.Device.Name = db.Device(d.Vendor.ID, d.Device.ID)
		d.SubsystemVendor.Name = db.Vendor(d.SubsystemVendor.ID)
		d.SubsystemDevice.Name = db.Subsystem(d.Vendor.ID, d.Device.ID, d.SubsystemVendor.ID, d.SubsystemDevice.ID)
	}
	return nil
}

// isNamed reports whether someone has looked up the device's names before: the
// class has one in every pci.ids. A device without numbers has none to look up.
func isNamed(d *pci.Device) bool {
	return d.Class.Name != "" || d.Vendor.Name != "" || d.Device.Name != "" ||
		d.Class.ID == "" && d.Vendor.ID == ""
}
