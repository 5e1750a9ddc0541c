// SPDX-License-Identifier: Apache-2.0

package sasircu

import (
	"strconv"
	"strings"
)

// adapter takes a row of LIST:
//
//	0     SAS3008     1000h    97h   00h:83h:00h:00h      15d9h   0808h
//
// All its numbers but the first are hexadecimal.
func (p *parser) adapter(l *Line) bool {
	cells := strings.Fields(l.Value)
	if len(cells) != 7 {
		return false
	}
	index, err := small(cells[0])
	if err != nil {
		return false
	}
	a := Adapter{Index: index, Model: cells[1], Line: l.Number}
	ids := [...]*uint16{2: &a.VendorID, 3: &a.DeviceID, 5: &a.SubsystemVendorID, 6: &a.SubsystemDeviceID}
	for i, id := range ids {
		if id == nil {
			continue
		}
		n, err := hexadecimal(cells[i])
		if err != nil {
			p.fail(l.Value, ErrSyntax)
			break
		}
		*id = n
	}
	a.PCIAddress = p.adapterAddress(cells[4])
	p.doc.Adapters = append(p.doc.Adapters, a)
	return true
}

// hexadecimal reads "15d9h".
func hexadecimal(text string) (uint16, error) {
	n, err := strconv.ParseUint(strings.TrimSuffix(text, "h"), 16, 16)
	return uint16(n), err
}

// adapterAddress reads "00h:83h:00h:00h", segment, bus, device and function.
func (p *parser) adapterAddress(text string) string {
	parts := strings.Split(text, ":")
	var a [4]int
	if len(parts) != len(a) {
		p.fail(p.line.Value, ErrSyntax)
		return ""
	}
	for i, part := range parts {
		n, err := hexadecimal(part)
		if err != nil {
			p.fail(p.line.Value, ErrSyntax)
			return ""
		}
		a[i] = int(n)
	}
	return pciAddress(a)
}

// setOperation takes a line of a volume in STATUS.
func (p *parser) setOperation(l *Line) bool {
	op := &p.doc.Operations[len(p.doc.Operations)-1]
	switch v := l.Value; l.Key {
	case "Volume ID":
		op.VolumeID = p.number(v)
	case "Current operation":
		op.Operation = word(v)
	case "Volume status":
		op.StatusText = word(v)
	case "Volume state":
		op.StateText, op.State = word(v), operationState(v)
	case "Volume wwid":
		op.WWID = word(v)
	case "Physical disk I/Os":
		op.DiskIO = word(v)
	case "Volume size (in sectors)":
		op.SizeSectors, _ = p.uint(v)
	case "Number of remaining sectors":
		if n, ok := p.uint(v); ok {
			op.RemainingSectors = &n
		}
	case "Percentage complete":
		op.ProgressPercent = p.percent(v)
	default:
		return false
	}
	return true
}

// percent reads "4.19%".
func (p *parser) percent(text string) *float64 {
	n, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	if err != nil || !(n >= 0 && n <= 100) {
		p.fail(text, ErrSyntax)
		return nil
	}
	return &n
}

// operationState knows the states of volumes in STATUS: "Optimal",
// "Degraded" or "Failed", with or without "Inactive" before it.
func operationState(text string) VolumeState {
	text = strings.TrimLeft(strings.TrimPrefix(text, "Inactive"), ", ")
	switch text {
	case "Optimal":
		return VolumeOptimal
	case "Degraded":
		return VolumeDegraded
	case "Failed":
		return VolumeFailed
	case "Missing":
		return VolumeMissing
	case "Rebuilding":
		return VolumeRebuilding
	}
	return ""
}
