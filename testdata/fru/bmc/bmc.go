// SPDX-License-Identifier: Apache-2.0

// Package bmc is a management controller made of software, for the tests: it
// answers IPMI 1.5 over UDP on the loopback interface, without authentication,
// just as far as ipmitool goes to list FRUs, sensors, the event log and the
// network's set-up. What ipmitool prints is then the printing of a real tool,
// of data that the test chose.
//
//	controller, err := bmc.Listen(bmc.Config{FRUs: …, SDRs: …})
//	exec.Command("ipmitool", controller.Args("fru", "print")…)
//
// Sections and tables are those of the IPMI 2.0 specification, revision 1.1.
package bmc

import (
	"net"
	"slices"
	"strconv"
	"sync"
)

// A Config is what a controller holds. It may be changed while no command runs.
type Config struct {
	DeviceID []byte          // the answer to Get Device ID (section 20.1), 11 or 15 bytes
	FRUs     map[byte]FRU    // by FRU device ID
	SDRs     [][]byte        // records of the repository, without their record IDs
	Sensors  map[byte][]byte // by number, the answer to Get Sensor Reading (section 35.14)
	Limits   map[byte][]byte // by number, the answer to Get Sensor Thresholds (section 35.9)
	SEL      [][]byte        // 16-byte records of the event log, without their record IDs
	LAN      map[byte][]byte // by number, the LAN parameters of channel 1 (table 23-4)
}

// A FRU is a FRU inventory device.
type FRU struct {
	Data []byte
	Size int  // what it says its size is; 0 for that of Data
	Code byte // completion code of Get FRU Inventory Area Info: 0xC3 for a timeout, 0xCB for absent
}

// A BMC is a controller that listens.
type BMC struct {
	Config
	conn *net.UDPConn
	done sync.WaitGroup
}

// Listen starts a controller on a free port of the loopback interface.
func Listen(config Config) (*BMC, error) {
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return nil, err
	}
	b := &BMC{Config: config, conn: conn}
	b.done.Go(b.serve)
	return b, nil
}

// Close stops the controller.
func (b *BMC) Close() error {
	err := b.conn.Close()
	b.done.Wait()
	return err
}

// Args returns the arguments of ipmitool that run a command on the controller.
func (b *BMC) Args(command ...string) []string {
	port := b.conn.LocalAddr().(*net.UDPAddr).Port
	args := []string{"-I", "lan", "-H", "127.0.0.1", "-p", strconv.Itoa(port), "-A", "NONE", "-U", "", "-P", ""}
	return append(args, command...)
}

// serve answers packets until the connection is closed.
func (b *BMC) serve() {
	packet := make([]byte, 1024)
	for {
		n, from, err := b.conn.ReadFromUDP(packet)
		if err != nil {
			return
		}
		if answer := b.answer(packet[:n]); answer != nil {
			// An answer that is lost shows in the tool, which repeats itself.
			_, _ = b.conn.WriteToUDP(answer, from)
		}
	}
}

// answer returns the answer to a packet, nil for a packet that is no request
// (section 13.6, IPMI session header without authentication).
func (b *BMC) answer(packet []byte) []byte {
	const header = 4 + 10 // RMCP; authentication type, sequence, session ID, length
	if len(packet) >= 12 && packet[3] == 6 && packet[8] == 0x80 {
		return pong(packet)
	}
	if len(packet) < header+7 || packet[3] != 7 || packet[4] != 0 {
		return nil
	}
	message := packet[header:]
	netFn, lun, seq, cmd := message[1]>>2, message[4]&3, message[4], message[5]
	request := append(slices.Clone(message[6:len(message)-1]), make([]byte, 8)...) // none is too short
	data := b.run(netFn, cmd, request)

	body := []byte{message[3], (netFn+1)<<2 | lun, 0, 0x20, seq, cmd}
	body[2] = checksum(body[:2])
	body = append(body, data...)
	body = append(body, checksum(body[3:]))
	answer := slices.Clone(packet[:header])
	answer[header-1] = byte(len(body))
	return append(answer, body...)
}

// pong returns the answer to an ASF presence ping (section 13.13): IPMI is
// supported.
func pong(ping []byte) []byte {
	answer := slices.Clone(ping[:12])
	answer[8], answer[11] = 0x40, 16
	answer = append(answer, 0, 0, 0x11, 0xBE, 0, 0, 0, 0, 0x81)
	return append(answer, make([]byte, 7)...)
}

// checksum returns the byte that makes the sum of data zero (section 13.8).
func checksum(data []byte) byte {
	var sum byte
	for _, c := range data {
		sum += c
	}
	return -sum
}
