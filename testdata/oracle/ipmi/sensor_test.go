// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os/exec"
	"slices"
	"testing"

	"github.com/mchus/bee/ipmi"
	"github.com/mchus/bee/testdata/fru/bmc"
	"github.com/mchus/bee/testdata/tools"
)

// A sensor is a generated sensor and what it says.
type sensor struct {
	name    string
	reading float64
	silent  bool // it has no reading
	status  ipmi.SensorStatus
	states  []string // of a discrete sensor
}

// statuses are what the bits of a threshold comparison mean (IPMI 2.0, table
// 35-15), from the lowest bit on.
var statuses = []ipmi.SensorStatus{
	ipmi.SensorLowerNonCritical, ipmi.SensorLowerCritical, ipmi.SensorLowerNonRecoverable,
	ipmi.SensorUpperNonCritical, ipmi.SensorUpperCritical, ipmi.SensorUpperNonRecoverable,
}

// supplyStates are the states of a power supply (IPMI 2.0, table 42-3) in
// ipmitool's words, from the lowest bit on.
var supplyStates = []string{
	"Presence detected", "Failure detected", "Predictive failure", "Power Supply AC lost",
	"AC lost or out-of-range", "AC out-of-range, but present", "Config Error", "Power Supply Inactive",
}

// newSensors returns the sensors of a seed, and a controller's configuration
// that has them.
func newSensors(seed uint64) ([]sensor, bmc.Config) {
	r := rand.New(rand.NewPCG(seed, 0x5D))
	c := server()
	c.SDRs, c.Sensors, c.Limits = nil, make(map[byte][]byte), nil
	var list []sensor
	for number := byte(1); number <= 200; number++ {
		s := sensor{name: fmt.Sprintf("Sensor %d", number), status: ipmi.SensorOK, silent: r.IntN(10) == 0}
		raw, flags, data := byte(r.IntN(256)), byte(0xC0), byte(0)
		if number%2 == 0 {
			data = byte(r.IntN(256))
			for bit, state := range supplyStates {
				if data>>bit&1 == 1 {
					s.states = append(s.states, state)
				}
			}
			raw = 0
			c.SDRs = append(c.SDRs, bmc.Discrete(number, 10, number, 8, s.name))
		} else {
			m, exponent := 1+r.IntN(200), -r.IntN(3)
			s.reading = float64(m*int(raw)) * math.Pow10(exponent)
			if bit := r.IntN(12); bit < len(statuses) {
				s.status, data = statuses[bit], 1<<bit
			}
			c.SDRs = append(c.SDRs, bmc.Threshold{Number: number, Entity: 7, Instance: 1, Type: 2, Unit: 4, M: m, Exponent: exponent, Name: s.name}.Record())
		}
		if s.silent {
			flags = 0xE0
		}
		c.Sensors[number] = []byte{raw, flags, data, 0x80}
		list = append(list, s)
	}
	return list, c
}

// TestSensors prints generated sensors in every layout and compares what the
// parser says of each with what was generated.
func TestSensors(t *testing.T) {
	layouts := [][]string{{"sdr", "elist"}, {"sdr", "list"}, {"-v", "sdr"}, {"-c", "sdr", "elist"}, {"sensor"}}
	for _, suite := range suites {
		t.Run(suite, func(t *testing.T) {
			t.Parallel()
			tree := tools.Suite(t, suite, "ipmitool")
			compared, mismatches := 0, 0
			for seed := range uint64(3) {
				want, config := newSensors(seed)
				if suite == "bullseye" {
					confuseStates(want)
				}
				controller, err := bmc.Listen(config)
				if err != nil {
					t.Fatal(err)
				}
				for _, layout := range layouts {
					out, err := tree.Command("ipmitool", controller.Args(layout...)...).Output()
					if _, exited := err.(*exec.ExitError); err != nil && !exited {
						t.Fatal(err)
					}
					sdr, err := ipmi.ParseSDR(out)
					if err != nil {
						t.Error(err)
					}
					compared += len(want)
					mismatches += compareSensors(t, fmt.Sprintf("seed %d: %v", seed, layout), sdr.Sensors(), want)
				}
				controller.Close()
			}
			t.Logf("oracle: ipmitool-sdr suite=%s rows=%d mismatches=%d", suite, compared, mismatches)
		})
	}
}

// confuseStates makes of the states what 1.8.18 prints, whose table has the last
// of them at the place of the one before.
func confuseStates(list []sensor) {
	for i := range list {
		states := slices.DeleteFunc(list[i].states, func(s string) bool { return s == "Power Supply Inactive" })
		if slices.Contains(states, "Config Error") {
			states = append(states, "Power Supply Inactive")
		}
		list[i].states = states
	}
}

// compareSensors reports each sensor that is read otherwise than it was made,
// and returns how many those are.
func compareSensors(t *testing.T, where string, got []ipmi.Sensor, want []sensor) (mismatches int) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d sensors, want %d", where, len(got), len(want))
		return len(want)
	}
	for i, w := range want {
		if g := got[i]; g.Name != w.name || !sameReading(g, w) || !sameStatus(g, w) || !sameStates(g, w) || g.Unknown != nil {
			t.Errorf("%s: got %s, want %+v", where, marshal(g), w)
			mismatches++
		}
	}
	return mismatches
}

// sameReading allows for the decimals that are not printed: three of them, or
// two where the reading is no whole number.
func sameReading(g ipmi.Sensor, w sensor) bool {
	if w.silent || w.states != nil || g.Discrete {
		return g.Reading == nil
	}
	return g.Reading != nil && math.Abs(*g.Reading-w.reading) <= 0.0051
}

// sameStatus allows for layouts that do not print the side.
func sameStatus(g ipmi.Sensor, w sensor) bool {
	if w.silent {
		return g.Status == ipmi.SensorNoReading
	}
	coarse := map[ipmi.SensorStatus]ipmi.SensorStatus{
		ipmi.SensorLowerNonCritical: ipmi.SensorNonCritical, ipmi.SensorUpperNonCritical: ipmi.SensorNonCritical,
		ipmi.SensorLowerCritical: ipmi.SensorCritical, ipmi.SensorUpperCritical: ipmi.SensorCritical,
		ipmi.SensorLowerNonRecoverable: ipmi.SensorNonRecoverable, ipmi.SensorUpperNonRecoverable: ipmi.SensorNonRecoverable,
	}
	return g.Status == w.status || g.Status == coarse[w.status]
}

// sameStates allows for layouts that print bits in their place.
func sameStates(g ipmi.Sensor, w sensor) bool {
	if w.silent || g.Raw != "" && g.States == nil {
		return g.States == nil
	}
	return slices.Equal(g.States, w.states)
}
