// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/mchus/bee/inventory/report"
)

// A trait is a kind of evidence that two pieces can agree on, contradict each
// other in, or be silent of.
type trait struct {
	name string
	set  func(e *evidence, value int)
	veto string // why a contradiction parts them
}

var traits = []trait{
	{"serial", func(e *evidence, v int) { e.keys.serial = fmt.Sprint("SN", v) }, "two serial numbers"},
	{"wwn", func(e *evidence, v int) { e.keys.wwn = fmt.Sprintf("5000c5000000000%d", v) }, "two world-wide names"},
	{"model", func(e *evidence, v int) { e.drive.Model = fmt.Sprint("M", v) }, "two models"},
	{"size", func(e *evidence, v int) { e.drive.CapacityBytes = uint64(v) * 1e12 }, "two sizes"},
	{"nqn", func(e *evidence, v int) { e.keys.nqn = fmt.Sprint("nqn.", v) }, "two NVMe subsystems"},
}

// Every pair of kinds of evidence: agreeing, silent, contradicting. Only a name
// joins, only a contradiction parts.
func TestVetoTable(t *testing.T) {
	const agree, silent, contradict = 0, 1, 2
	states := []string{"agrees", "is silent", "contradicts"}
	for i, x := range traits {
		for _, y := range traits[i+1:] {
			for sx := range states {
				for sy := range states {
					a := evidence{source: "smartctl", rank: rankSmartctl}
					b := a
					for _, side := range []struct {
						t     trait
						state int
					}{{x, sx}, {y, sy}} {
						side.t.set(&a, 1)
						switch side.state {
						case agree:
							side.t.set(&b, 1)
						case contradict:
							side.t.set(&b, 2)
						}
					}
					name := x.name == "serial" || x.name == "wwn"
					second := y.name == "wwn"
					tied := name && sx == agree || second && sy == agree
					want := tied && sx != contradict && sy != contradict
					list := evidenceList{pieces: []evidence{a, b}}
					groups := list.groups()
					if got := len(groups) == 1; got != want {
						t.Errorf("%s %s, %s %s: joined %v, want %v", x.name, states[sx], y.name, states[sy], got, want)
					}
					if tied && !want {
						why := x.veto
						if sx != contradict {
							why = y.veto
						}
						if apart := groups[1][0].drive.Apart; len(apart) != 1 || !contains(apart[0], why) {
							t.Errorf("%s %s, %s %s: apart for %q, want %q", x.name, states[sx], y.name, states[sy], apart, why)
						}
					}
				}
			}
		}
	}
}

func contains(text, part string) bool {
	return len(text) >= len(part) && text[:len(part)] == part
}

// A physical drive of a generated machine, as it is.
type physical struct {
	serial, wwn, model, nqn string
	bytes                   uint64
}

var collisions = []string{"none", "same wwn", "same serial, other wwn", "same serial, other size", "same wwn, other model", "same serial, other nqn", "missing sources"}

// A machineTruth is the pieces of evidence of a machine, and of which drive
// each is.
type machineTruth struct {
	pieces    []evidence
	of        []int
	collision []int // how often each kind occurs
}

// generate makes a machine of pairs of drives that collide in a name or not,
// each seen by a random subset of the sources.
func generate(r *rand.Rand) machineTruth {
	m := machineTruth{collision: make([]int, len(collisions))}
	for pair := range 1 + r.IntN(6) {
		kind := r.IntN(len(collisions))
		m.collision[kind]++
		a := physical{fmt.Sprint("SN", pair, "A"), fmt.Sprintf("5000c5000000%03da", pair), "M1", "", 1e12}
		b := physical{fmt.Sprint("SN", pair, "B"), fmt.Sprintf("5000c5000000%03db", pair), "M1", "", 1e12}
		switch collisions[kind] {
		case "same wwn":
			b.wwn = a.wwn
		case "same serial, other wwn":
			b.serial = a.serial
		case "same serial, other size":
			a.wwn, b.wwn, b.serial, b.bytes = "", "", a.serial, 2e12
		case "same wwn, other model":
			a.serial, b.serial, b.wwn, b.model = "", "", a.wwn, "M2"
		case "same serial, other nqn":
			a.wwn, b.wwn, b.serial, a.nqn, b.nqn = "", "", a.serial, "nqn.a", "nqn.b"
		}
		for i, p := range []physical{a, b} {
			m.see(r, 2*pair+i, p, collisions[kind] == "missing sources")
		}
	}
	r.Shuffle(len(m.pieces), func(i, j int) {
		m.pieces[i], m.pieces[j] = m.pieces[j], m.pieces[i]
		m.of[i], m.of[j] = m.of[j], m.of[i]
	})
	return m
}

// see adds what one to three sources say of a drive; the kernel's name ties
// them, unless one of them knows none, as behind a controller.
func (m *machineTruth) see(r *rand.Rand, id int, p physical, gaps bool) {
	sources := 1 + r.IntN(3)
	for s := range sources {
		e := evidence{source: []string{"smartctl", "sysfs", "lsblk"}[s], rank: []int{rankSmartctl, rankSysfs, rankLsblk}[s]}
		e.keys = driveKeys{device: fmt.Sprint("sd", id), serial: p.serial, wwn: p.wwn, nqn: p.nqn}
		e.drive = report.Drive{Model: p.model, CapacityBytes: p.bytes}
		if gaps {
			switch r.IntN(3) {
			case 0:
				e.keys.serial = ""
			case 1:
				e.keys.wwn = ""
			default:
				e.keys.device = ""
			}
		}
		m.pieces, m.of = append(m.pieces, e), append(m.of, id)
	}
}

// check counts entries that hold two drives, and drives in two entries though
// something ties their pieces.
func (m *machineTruth) check() (joined, split int) {
	for i := range m.pieces {
		m.pieces[i].name = strconv.Itoa(m.of[i]) // told apart by what no rule looks at
	}
	list := evidenceList{pieces: m.pieces}
	in := make(map[string][]int)
	for g, group := range list.groups() {
		for _, e := range group {
			if e.name != group[0].name {
				joined++
				break
			}
		}
		for _, e := range group {
			if !slices.Contains(in[e.name], g) {
				in[e.name] = append(in[e.name], g)
			}
		}
	}
	for i, e := range m.pieces {
		for j := range i {
			f := &m.pieces[j]
			if m.of[i] == m.of[j] && e.keys.device != "" && e.keys.device == f.keys.device && len(in[e.name]) > 1 && !gapped(m.pieces, m.of, m.of[i]) {
				split++
			}
		}
	}
	return joined, split
}

// gapped: a piece of the drive has no name of the kernel's to tie it.
func gapped(pieces []evidence, of []int, id int) bool {
	for i, e := range pieces {
		if of[i] == id && e.keys.device == "" {
			return true
		}
	}
	return false
}

// No two drives are ever one entry, and one is never two; and each veto is
// needed for that. BEE_ORACLE is how many machines are made.
func TestGeneratedMachines(t *testing.T) {
	machines := 400
	if n, err := strconv.Atoi(os.Getenv("BEE_ORACLE")); err == nil {
		machines = n
	}
	run := func() (joined, split int, shares []int) {
		r := rand.New(rand.NewPCG(1, 2))
		shares = make([]int, len(collisions))
		for range machines {
			m := generate(r)
			j, s := m.check()
			joined, split = joined+j, split+s
			for i, n := range m.collision {
				shares[i] += n
			}
		}
		return joined, split, shares
	}
	joined, split, shares := run()
	if joined != 0 || split != 0 {
		t.Errorf("%d entries hold two drives, %d drives are two entries", joined, split)
	}
	total := 0
	for _, n := range shares {
		total += n
	}
	for i, n := range shares {
		t.Logf("%s: %.1f %%", collisions[i], 100*float64(n)/float64(total))
		if 20*n < total {
			t.Errorf("%s occurs in less than 5 %% of the pairs", collisions[i])
		}
	}
	all := vetoes
	defer func() { vetoes = all }()
	for i := range all {
		vetoes = slices.Delete(slices.Clone(all), i, i+1)
		if joined, _, _ := run(); joined == 0 {
			t.Errorf("without veto %d nothing is joined wrongly", i)
		}
	}
}
