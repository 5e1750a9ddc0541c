// SPDX-License-Identifier: Apache-2.0

// Package names gives PCI numbers their names, from a machine's pci.ids.
//
// lspci has looked them up already: this package is for what sysfs or lspci -n
// said, and [DB.Fill] leaves alone what has names. A [DB] loads its file once,
// at the first question that needs it, and answers from memory. It never asks
// the network.
package names

import (
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"

	"github.com/mchus/bee/pci"
)

// These are the causes for which a [DB] has no names, or not all.
var (
	ErrNoDB  = errors.New("names: no pci.ids")
	ErrBadDB = errors.New("names: broken pci.ids")
)

// A DB answers from the first of its files that makes sense, or, where none does
// as a whole, from the lines of the first that do. The zero value looks where
// Linux distributions put pci.ids. It is safe for concurrent use.
type DB struct {
	// Paths are the files to try, plain or compressed (".gz"). nil means
	// /usr/share/hwdata and /usr/share/misc.
	Paths []string

	once sync.Once
	ids  ids
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
		db.err = ErrNoDB
		for _, path := range paths {
			found, err := load(path)
			if err == nil {
				db.ids, db.err = found, nil
				return
			}
			if !errors.Is(err, ErrNoDB) && errors.Is(db.err, ErrNoDB) {
				db.ids, db.err = found, err
			}
		}
	})
	return db.err
}

const maxFile = 64 << 20 // bytes; that of 2026 has 1.5 million

func load(path string) (ids, error) {
	text, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return ids{}, ErrNoDB
	}
	found, lineErr := parse(text)
	if err == nil {
		err = lineErr
	}
	if err == nil && len(found.vendors) == 0 {
		err = errors.New("no vendors")
	}
	if err != nil {
		err = fmt.Errorf("%w: %s: %w", ErrBadDB, path, err)
	}
	return found, err
}

// read returns what could be read before the error, if there is one.
func read(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var text strings.Builder
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return "", err
		}
	} else if info, err := f.Stat(); err == nil {
		text.Grow(int(min(info.Size(), maxFile)))
	}
	n, err := io.Copy(&text, io.LimitReader(r, maxFile))
	if n == maxFile {
		err = fmt.Errorf("more than %d bytes", maxFile-1)
	}
	return text.String(), err
}

// Vendor returns the name of a vendor, given as "8086". "" means that it is not
// known, here and below.
func (db *DB) Vendor(id string) string {
	_ = db.Load() // without a file there is no name
	return db.ids.vendors[id].title()
}

// Device returns the name of a vendor's device.
func (db *DB) Device(vendor, device string) string {
	_ = db.Load()
	return db.ids.vendors[vendor].entry(device).title()
}

// Subsystem returns the name of the card that a device sits on. A subsystem
// with the device's own numbers has the device's name, as in lspci.
func (db *DB) Subsystem(vendor, device, subVendor, subDevice string) string {
	_ = db.Load()
	d := db.ids.vendors[vendor].entry(device)
	if card := d.entry(subVendor + " " + subDevice); card != nil {
		return card.name
	}
	if vendor == subVendor && device == subDevice {
		return d.title()
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
	base := db.ids.classes[id[:2]]
	return cmp.Or(base.entry(id[2:]), base).title()
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
		d.Class.Name = db.Class(d.Class.ID)
		d.Vendor.Name = db.Vendor(d.Vendor.ID)
		d.Device.Name = db.Device(d.Vendor.ID, d.Device.ID)
		d.SubsystemVendor.Name = db.Vendor(d.SubsystemVendor.ID)
		d.SubsystemDevice.Name = db.Subsystem(d.Vendor.ID, d.Device.ID, d.SubsystemVendor.ID, d.SubsystemDevice.ID)
	}
	return db.err
}

// isNamed reports whether someone has looked up the device's names before: the
// class has one in every pci.ids. A device without numbers has none to look up.
func isNamed(d *pci.Device) bool {
	return d.Class.Name != "" || d.Vendor.Name != "" || d.Device.Name != "" ||
		d.Class.ID == "" && d.Vendor.ID == ""
}
