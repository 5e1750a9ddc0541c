// SPDX-License-Identifier: Apache-2.0

package ssacli

import "strings"

// row takes a line that says all of a drive or a volume in brackets:
//
//	physicaldrive 1I:1:1 (port 1I:box 1:bay 1, SAS, 600 GB, OK, spare)
//	logicaldrive 1 (838.3 GB, RAID 1, Recovering, 12% complete)
func (p *parser) row(l *Line) bool {
	if l.Key != "" {
		return false
	}
	name, notes, ok := strings.Cut(l.Value, " (")
	if !ok {
		return false
	}
	if p.ctrl == nil {
		p.addController()
	}
	if drive, ok := strings.CutPrefix(name, "physicaldrive "); ok {
		if p.group != "" && l.Indent >= p.indent && p.set != nil {
			v := &p.ctrl.Volumes[len(p.ctrl.Volumes)-1]
			v.Members = append(v.Members, Member{Group: p.group, Drive: drive, Line: l.Number})
			return true
		}
		return p.driveRow(drive, cellsOf(notes))
	}
	if number, ok := strings.CutPrefix(name, "logicaldrive "); ok {
		return p.volumeRow(number, cellsOf(notes))
	}
	return false
}

// cellsOf parts "port 1I:box 1:bay 1, SAS, 600 GB, OK, spare)".
func cellsOf(notes string) []string {
	return strings.Split(strings.TrimSuffix(notes, ")"), ", ")
}

// driveRow takes a drive's cells: place, interface, size, status, and "spare"
// or "active spare for …". What the drive's own block says goes before.
func (p *parser) driveRow(name string, cells []string) bool {
	if len(cells) < 4 {
		p.fail(p.line.Value, ErrSyntax)
		return true
	}
	d := p.drive(name)
	if d.InterfaceText == "" {
		d.InterfaceText = cells[1]
	}
	if d.SizeBytes == 0 {
		d.SizeBytes = p.size(cells[2], 1000)
	}
	if d.StatusText == "" {
		d.StatusText = cells[3]
	}
	if d.Array == "" {
		d.Array = p.array
	}
	if last := cells[len(cells)-1]; d.TypeText == "" && strings.Contains(last, "spare") {
		d.TypeText = last
	}
	return true
}

// volumeRow takes a volume's cells: size, level, status.
func (p *parser) volumeRow(number string, cells []string) bool {
	if len(cells) < 3 {
		p.fail(p.line.Value, ErrSyntax)
		return true
	}
	p.records++
	status := strings.Join(cells[2:], ", ")
	p.ctrl.Volumes = append(p.ctrl.Volumes, Volume{
		Number: p.number(number), Array: p.array,
		SizeBytes: p.size(cells[0], 1024), Level: cells[1],
		StatusText: status, State: volumeState(status), ProgressPercent: p.progress(status),
		Line: p.line.Number,
	})
	return true
}
