// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// A FARMValue is a value of Seagate's field accessible reliability metrics, by
// the name that smartctl gives it: its firmware adds some with every version.
type FARMValue struct {
	Page   int64  `json:"page"` // 1 drive information, 2 workload, 3 errors, 4 environment, 5 reliability
	Name   string `json:"name"` // "number_of_reallocated_sectors", "flash_led_event_0.event_information"
	Number *int64 `json:"number,omitzero"`
	Text   string `json:"text,omitzero"` // what is not a number
}

// FARMNumber returns a number of the FARM log, nil if the drive has none.
func (dev *Device) FARMNumber(page int64, name string) *int64 {
	for i := range dev.FARM {
		if v := &dev.FARM[i]; v.Page == page && v.Name == name {
			return v.Number
		}
	}
	return nil
}

// readFARM reads the log. Pages whose name has no number are left.
func (dev *Device) readFARM(d *jsondoc.Doc) {
	for key := range d.Object() {
		if key == "supported" {
			dev.FARMSupported = d.BoolPtr()
			continue
		}
		rest, ok := strings.CutPrefix(key, "page_")
		digitsOf, _, named := strings.Cut(rest, "_")
		page, err := strconv.ParseInt(digitsOf, 10, 8)
		if !ok || !named || err != nil {
			continue
		}
		dev.readFARMValues(d, page, "")
	}
}

// readFARMValues reads an object of values, some of which are objects or lists
// themselves.
func (dev *Device) readFARMValues(d *jsondoc.Doc, page int64, prefix string) {
	for key := range d.Object() {
		dev.readFARMValue(d, page, prefix+key)
	}
}

func (dev *Device) readFARMValue(d *jsondoc.Doc, page int64, name string) {
	switch d.Kind() {
	case jsondoc.Number:
		dev.FARM = append(dev.FARM, FARMValue{Page: page, Name: name, Number: d.IntPtr()})
	case jsondoc.String:
		dev.FARM = append(dev.FARM, FARMValue{Page: page, Name: name, Text: strings.TrimSpace(d.Text())})
	case jsondoc.Object:
		dev.readFARMValues(d, page, name+".")
	case jsondoc.Array:
		for i := range d.Array() {
			dev.readFARMValue(d, page, name+"."+strconv.Itoa(i))
		}
	}
}
