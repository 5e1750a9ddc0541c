// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/placeholder"
)

// maxGPUs caps the GPUs of a log; machines have up to 16, a rack of one fabric
// 72. A GPU takes three kilobytes, and its line in a list 60 bytes.
const maxGPUs = 256

// A decoder turns the texts of the record layer into values.
type decoder struct {
	*input
	log  *Log
	gpu  *GPU   // the one being read, for its Fault
	unit string // of numbers that come without one; "" for the quantity's own

	another bool // a second log was met

	seen map[string]bool // elements of the GPU being read; of two, the first counts

	ints  []int64 // not yet used; readings point into it
	flags []bool
}

// text returns what n says, "" where that is not a value.
func (d *decoder) text(n *Node) string {
	if n.Text == "" || d.isValue(n) {
		return n.Text
	}
	return ""
}

// version returns the version in n, without the remark of driver 610: "610.62
// [Deprecated; will be removed in CUDA 14.0. Use KMD Version instead]".
func (d *decoder) version(n *Node) string {
	v, _, _ := strings.Cut(d.text(n), " [")
	return v
}

// nonzero returns what n says, "" where that is not a value or all zeros, which
// stands for none in serial numbers and identifiers.
func (d *decoder) nonzero(n *Node) string {
	text := d.text(n)
	if strings.Trim(text, "0x-") == "" || placeholder.IsSerial(text) {
		return ""
	}
	return text
}

// vbios returns the version in n, "" for that of a virtual GPU: "00.00.00.00.00".
func (d *decoder) vbios(n *Node) string {
	text := d.text(n)
	if strings.Trim(text, "0.") == "" {
		return ""
	}
	return text
}

// uuid returns what n says, "" where the end of a UUID is cut off, as at the edge of
// a terminal.
func (d *decoder) uuid(n *Node) string {
	const whole = "GPU-00000000-0000-0000-0000-000000000000"
	text := d.text(n)
	if i := strings.LastIndexByte(text, '-') + 1; len(text) < len(whole) && i == strings.LastIndexByte(whole, '-')+1 && strings.HasPrefix(text, "GPU-") {
		d.reject(n, fmt.Errorf("%w: a UUID without its end", ErrSyntax))
		return ""
	}
	return text
}

// name returns what the makers of a card wrote into it, "" where that is a
// placeholder.
func (d *decoder) name(n *Node) string {
	text := d.text(n)
	if placeholder.Is(text) {
		return ""
	}
	return text
}

// flag returns what n says, nil where that is neither yes nor no.
func (d *decoder) flag(n *Node) *bool {
	v, ok := parseFlag(n.Text)
	if !ok {
		if d.isValue(n) {
			d.reject(n, fmt.Errorf("%w: neither yes nor no", ErrSyntax))
		}
		return nil
	}
	if len(d.flags) == 0 {
		d.flags = make([]bool, 64)
	}
	p := &d.flags[0]
	d.flags = d.flags[1:]
	*p = v
	return p
}

// num returns the number in n, nil where there is none.
func (d *decoder) num(n *Node, q quantity) *int64 {
	v, err := parseQuantity(n.Text, q, d.unit)
	if err != nil {
		if d.isValue(n) {
			d.reject(n, err)
		}
		return nil
	}
	return d.keep(v)
}

// must returns the number in n, 0 where there is none.
func (d *decoder) must(n *Node, q quantity) int64 {
	v, err := parseQuantity(n.Text, q, d.unit)
	if err != nil && d.isValue(n) {
		d.reject(n, err)
	}
	return v
}

// address returns the PCI address in n.
func (d *decoder) address(n *Node) string {
	a := pciAddress(n.Text)
	if a == "" && d.isValue(n) {
		d.reject(n, fmt.Errorf("%w: not a PCI address", ErrSyntax))
	}
	return a
}

// ids splits "233010DE", with or without 0x, into device and vendor.
func (d *decoder) ids(n *Node) (device, vendor string) {
	digits := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(n.Text, "0x"), "0X"))
	if _, err := strconv.ParseUint(digits, 16, 32); err != nil || len(digits) != 8 {
		if d.isValue(n) {
			d.reject(n, fmt.Errorf("%w: not eight hexadecimal digits", ErrSyntax))
		}
		return "", ""
	}
	return digits[:4], digits[4:]
}

// hex returns the hexadecimal number in n, with or without 0x.
func (d *decoder) hex(n *Node) *int64 {
	digits := strings.TrimPrefix(strings.TrimPrefix(n.Text, "0x"), "0X")
	v, err := strconv.ParseInt(digits, 16, 64)
	if err != nil || v < 0 {
		if d.isValue(n) {
			d.reject(n, fmt.Errorf("%w: not hexadecimal", ErrSyntax))
		}
		return nil
	}
	return d.keep(v)
}

// keep returns a pointer to v. The readings of a GPU share a few allocations.
func (d *decoder) keep(v int64) *int64 {
	if len(d.ints) == 0 {
		d.ints = make([]int64, 128)
	}
	p := &d.ints[0]
	d.ints = d.ints[1:]
	*p = v
	return p
}

// isValue says whether n holds a value, and notes a fault where it should.
func (d *decoder) isValue(n *Node) bool {
	switch meaningOf(n.Text) {
	case value:
		return true
	case fault:
		d.faulty(n)
	}
	return false
}

// maxFaulty caps the readings of a GPU that are kept as faulty; a driver prints
// some hundreds.
const maxFaulty = 256

// faulty notes that a message stands where n should have a value.
func (d *decoder) faulty(n *Node) {
	g, text := d.gpu, strings.Trim(n.Text, "[]")
	switch {
	case g == nil:
		return
	case g.Fault == "" && (ofCard(text) || n.Name == "uuid"):
		g.Fault = text
	}
	if len(g.Faulty) < maxFaulty {
		g.Faulty = append(g.Faulty, FaultyReading{reading(n), text})
	}
}

// reading is the path of n below its GPU; in a table, its column.
func reading(n *Node) string {
	name := n.Name
	for depth := 0; n.parent != nil && n.parent.Name != "" && n.parent.Name != "gpu" && depth < maxDepth; depth++ {
		n = n.parent
		name = n.Name + "." + name
	}
	return name
}

// ofCard tells what befell the whole GPU from what befell one reading.
func ofCard(text string) bool {
	switch text {
	case "Unknown Error", "ERR!", "Error", "Timeout":
		return false
	}
	return true
}

func (d *decoder) reject(n *Node, err error) {
	if len(d.errs) > maxErrors {
		return // a path is not built in vain
	}
	if d.src == "" { // a cell of a table, which knows its place
		d.errs.add(&ParseError{Line: n.Line, Column: n.offset, Path: n.Name, Text: n.Text, Err: err})
		return
	}
	d.fail(n.offset, n.Path(), n.Text, err)
}

// inside returns the first element inside n. Where there is none, n may say
// that the GPU lacks the whole group.
func (d *decoder) inside(n *Node) *Node {
	if n.first == nil && n.Text != "None" && d.isValue(n) {
		d.reject(n, fmt.Errorf("%w: text in the place of elements", ErrSyntax))
	}
	return n.first
}

// finishLog completes the log and returns the errors in input order.
func (d *decoder) finishLog() error {
	d.log.Driver = cmp.Or(d.log.Driver, d.log.KMD)
	err := d.finish(&d.log.Notes)
	d.log.Unreadable = unreadable(d.log.Notes)
	return err
}

// unknown keeps an element that no field stands for.
func (d *decoder) unknown(n *Node) { d.log.Unknown = append(d.log.Unknown, n) }
