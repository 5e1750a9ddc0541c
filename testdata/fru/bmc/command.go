// SPDX-License-Identifier: Apache-2.0

package bmc

import "encoding/binary"

// Completion codes (table 5-2).
const (
	ok             = 0x00
	invalidCommand = 0xC1
	outOfRange     = 0xC9
	notPresent     = 0xCB
)

// Network functions (table 5-1).
const (
	sensorEvent = 0x04
	app         = 0x06
	storage     = 0x0A
	transport   = 0x0C
)

const session = "\x01\x02\x03\x04"

// run runs a command and returns its completion code and data.
func (b *BMC) run(netFn, cmd byte, data []byte) []byte {
	switch netFn {
	case app:
		return b.runApp(cmd)
	case storage:
		return b.runStorage(cmd, data)
	case sensorEvent:
		return b.runSensor(cmd, data)
	case transport:
		if cmd == 0x02 { // Get LAN Configuration Parameters
			return found(b.LAN, data[1], 0x80, 0x11)
		}
	}
	return []byte{invalidCommand}
}

// found returns the value of a key after prefix, or the completion code.
func found(values map[byte][]byte, key, code byte, prefix ...byte) []byte {
	value, has := values[key]
	if !has {
		return []byte{code}
	}
	return append(append([]byte{ok}, prefix...), value...)
}

// runApp runs what opens a session (section 22), and Get Device ID.
func (b *BMC) runApp(cmd byte) []byte {
	switch cmd {
	case 0x01: // Get Device ID
		return append([]byte{ok}, b.DeviceID...)
	case 0x38: // Get Channel Authentication Capabilities: none needed
		return []byte{ok, 1, 0x01, 0x00, 0, 0, 0, 0, 0}
	case 0x39: // Get Session Challenge
		return append([]byte{ok}, session+"challenge-16byte"...)
	case 0x3A: // Activate Session
		return append([]byte{ok, 0}, session+"\x01\x00\x00\x00\x04"...)
	case 0x3B: // Set Session Privilege Level
		return []byte{ok, 4}
	case 0x3C: // Close Session
		return []byte{ok}
	case 0x42: // Get Channel Info: channel 1 is 802.3 LAN
		return []byte{ok, 1, 4, 1, 0x80, 0xF2, 0x1B, 0, 0, 0}
	}
	return []byte{invalidCommand}
}

// runStorage runs FRU commands (section 34), SDR repository commands (section
// 33) and SEL commands (section 31).
func (b *BMC) runStorage(cmd byte, data []byte) []byte {
	switch cmd {
	case 0x10: // Get FRU Inventory Area Info
		return b.fruInfo(data[0])
	case 0x11: // Read FRU Data
		return b.readFRU(data[0], int(binary.LittleEndian.Uint16(data[1:])), int(data[3]))
	case 0x20: // Get SDR Repository Info
		return append([]byte{ok, 0x51, byte(len(b.SDRs)), byte(len(b.SDRs) >> 8), 0, 0}, "\x01\x00\x00\x20\x01\x00\x00\x20\x02"...)
	case 0x22, 0x42: // Reserve SDR Repository, Reserve SEL
		return []byte{ok, 1, 0}
	case 0x23: // Get SDR
		return readRecord(b.SDRs, binary.LittleEndian.Uint16(data[2:]), data[4], data[5])
	case 0x40: // Get SEL Info
		return append([]byte{ok, 0x51, byte(len(b.SEL)), byte(len(b.SEL) >> 8), 0x00, 0x20}, "\x5f\x00\x05\x5f\x00\x00\x00\x00\x03"...)
	case 0x41: // Get SEL Allocation Info
		return []byte{ok, 0x8D, 0x03, 0x12, 0, 0x6C, 0x01, 0x6C, 0x01, 1}
	case 0x43: // Get SEL Entry
		return readRecord(b.SEL, binary.LittleEndian.Uint16(data[2:]), data[4], data[5])
	}
	return []byte{invalidCommand}
}

func (b *BMC) fruInfo(id byte) []byte {
	f, has := b.FRUs[id]
	if !has {
		return []byte{notPresent}
	}
	size := f.Size
	if size == 0 {
		size = len(f.Data)
	}
	return []byte{f.Code, byte(size), byte(size >> 8), 0}
}

// readFRU reads at most 64 bytes of a device, none beyond its data.
func (b *BMC) readFRU(id byte, offset, count int) []byte {
	data := b.FRUs[id].Data
	if offset >= len(data) {
		return []byte{outOfRange}
	}
	data = data[offset:min(len(data), offset+min(count, 64))]
	return append([]byte{ok, byte(len(data))}, data...)
}

// readRecord reads part of a record of the SDR repository or of the SEL, whose
// IDs count from 1; 0 is the first, too, and FFFFh the last.
func readRecord(records [][]byte, id uint16, offset, count byte) []byte {
	i := max(int(id), 1) - 1
	if id == 0xFFFF {
		i = len(records) - 1
	}
	if i < 0 || i >= len(records) {
		return []byte{notPresent}
	}
	record := binary.LittleEndian.AppendUint16(nil, uint16(i+1))
	record = append(record, records[i]...)
	next := uint16(i + 2)
	if i+1 == len(records) {
		next = 0xFFFF
	}
	end := min(len(record), int(offset)+int(count))
	if int(offset) > end {
		return []byte{outOfRange}
	}
	return append(binary.LittleEndian.AppendUint16([]byte{ok}, next), record[offset:end]...)
}

// runSensor runs sensor commands (section 35).
func (b *BMC) runSensor(cmd byte, data []byte) []byte {
	switch cmd {
	case 0x27: // Get Sensor Thresholds
		return found(b.Limits, data[0], invalidCommand)
	case 0x2D: // Get Sensor Reading
		return found(b.Sensors, data[0], notPresent)
	}
	return []byte{invalidCommand}
}
