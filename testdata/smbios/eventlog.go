// SPDX-License-Identifier: Apache-2.0

package smbios

import (
	"fmt"

	"github.com/mchus/bee/dmi"
)

// EventLog is structure type 15 (DSP0134 7.16).
type EventLog struct {
	AreaLength, HeaderStart, DataStart uint16
	Method, Status                     uint8
	ChangeToken, Address               uint32
	HeaderFormat, Count, Length        uint8
	Descriptors                        []EventDescriptor
}

// An EventDescriptor says how events of a type are logged.
type EventDescriptor struct{ Type, Format uint8 }

func (g *generator) eventLog() uint16 {
	l := &EventLog{
		AreaLength: uint16(g.Uint32()), HeaderStart: uint16(g.IntN(3)), DataStart: uint16(g.between(3, 0x40)),
		Method: uint8(pick(g, logMethods...).code), Status: uint8(g.IntN(4)),
		ChangeToken: g.Uint32(), Address: g.Uint32(),
		HeaderFormat: uint8(g.IntN(2)), Length: 2,
	}
	for range g.IntN(5) {
		l.Descriptors = append(l.Descriptors, EventDescriptor{uint8(pick(g, logTypes...).code), uint8(pick(g, logFormats...).code)})
	}
	l.Count = uint8(len(l.Descriptors))
	return g.add(15, l, 0x14, 0x17)
}

func (l *EventLog) add(t *Truth, in printed) {
	v := dmi.EventLog{View: in.view()}
	if in.has(0x14) {
		v.AreaBytes, v.HeaderStart, v.DataStart = int(l.AreaLength), l.HeaderStart, l.DataStart
		v.HeaderBytes = int(l.DataStart - l.HeaderStart)
		v.AccessMethod = logMethods.text(uint16(l.Method), in.tool)
		v.AccessAddress = l.address()
		v.Valid, v.Full = new(l.Status&1 != 0), new(l.Status&2 != 0)
		v.ChangeToken = &l.ChangeToken
	}
	if in.has(0x17) {
		v.HeaderFormat = pickOne(l.HeaderFormat == 1, "Type 1", "No Header")
	}
	if in.has(0x17 + 2*len(l.Descriptors)) {
		for _, d := range l.Descriptors {
			v.Descriptors = append(v.Descriptors, dmi.EventDescriptor{
				Type:       logTypes.text(uint16(d.Type), in.tool),
				DataFormat: logFormats.text(uint16(d.Format), in.tool),
			})
		}
	}
	t.EventLogs = append(t.EventLogs, v)
}

// address returns the address of the log, whose form depends on the method.
func (l *EventLog) address() string {
	switch {
	case l.Method <= 2:
		return fmt.Sprintf("Index 0x%04X, Data 0x%04X", l.Address&0xFFFF, l.Address>>16)
	case l.Method == 3:
		return fmt.Sprintf("0x%08X", l.Address)
	}
	return fmt.Sprintf("0x%04X", l.Address&0xFFFF)
}

var (
	logMethods = terms(0, "Indexed I/O, one 8-bit index port, one 8-bit data port|"+
		"Indexed I/O, two 8-bit index ports, one 8-bit data port|"+
		"Indexed I/O, one 16-bit index port, one 8-bit data port|"+
		"Memory-mapped physical 32-bit address|General-purpose non-volatile data functions")
	logTypes = terms(1, "Single-bit ECC memory error|Multi-bit ECC memory error|Parity memory error|Bus timeout|"+
		"I/O channel block|Software NMI|POST memory resize|POST error|PCI parity error|PCI system error|"+
		"CPU failure|EISA failsafe timer timeout|Correctable memory log disabled|Logging disabled|"+
		"10=System limit exceeded|Asynchronous hardware timer expired|System configuration information|"+
		"Hard disk information|System reconfigured|Uncorrectable CPU-complex error|Log area reset/cleared|System boot|"+
		"FF=End of log")
	logFormats = terms(0, "None|Handle|Multiple-event|Multiple-event handle|POST results bitmap|System management|"+
		"Multiple-event system management|80=OEM-specific")
)
