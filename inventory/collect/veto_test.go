// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
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
	{"function", func(e *evidence, v int) {
		e.drive.PCIAddress, e.drive.Namespaces = fmt.Sprintf("0000:0%d:00.0", v), []report.Namespace{{ID: 1}}
	}, "two PCI functions"},
	{"unit", func(e *evidence, v int) { e.unit = seat{hctl: fmt.Sprint("0:0:0:", v)} }, "two logical units"},
	{"slot", func(e *evidence, v int) { e.drive.Controller, e.drive.Slot = "controller:1", fmt.Sprint(v) }, "two slots"},
	{"port", func(e *evidence, v int) { e.alone = fmt.Sprint("sd", v) }, "two ports"},
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
					if x.name == "nqn" && sx == agree && y.name == "function" { // two ports of one subsystem
						want = tied
					}
					list := evidenceList{pieces: []*evidence{&a, &b}}
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

// A physical drive of a generated machine, as it is. behind is its number at its
// controller, "" for one without such.
type physical struct {
	serial, wwn, model, nqn, behind string
	bytes                           uint64
	onePath                         bool   // as on SATA or USB
	at                              string // the PCI function that an NVMe drive is
	unit                            seat   // of a SCSI disk
	slot                            string // at its controller
}

// collisions are the ways in which two drives are alike, or in which little is
// known of them.
var collisions = []string{
	"none", "same wwn", "same serial, other wwn", "same serial, other size", "same wwn, other model", "same serial, other nqn",
	"same names on two ports", "same serial on two functions", "same serial at two units",
	"same serial in two slots", "same number behind the controller", "words of the controller's tool", "two paths", "missing sources",
}

// A machineTruth is the pieces of evidence of a machine, and of which drive
// each is.
type machineTruth struct {
	pieces    []*evidence
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
		a := physical{fmt.Sprint("SERIAL", pair, "A"), fmt.Sprintf("5000c5000000%02da0", pair), "M1", "", "", 1e12, false, "", seat{}, ""}
		b := physical{fmt.Sprint("SERIAL", pair, "B"), fmt.Sprintf("5000c5000000%02db0", pair), "M1", "", "", 1e12, false, "", seat{}, ""}
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
		case "same names on two ports":
			b.serial, b.wwn, a.onePath, b.onePath = a.serial, a.wwn, true, true
		case "same serial on two functions":
			a.wwn, b.wwn, b.serial, a.at, b.at = "", "", a.serial, "0000:01:00.0", "0000:02:00.0"
		case "same serial at two units":
			a.wwn, b.wwn, b.serial = "", "", a.serial
			a.unit, b.unit = seat{hctl: fmt.Sprintf("0:0:%d:0", pair)}, seat{hctl: fmt.Sprintf("0:0:%d:1", pair)}
		case "same serial in two slots":
			a.wwn, b.wwn, b.serial, a.slot, b.slot = "", "", a.serial, "0", "1"
		case "same number behind the controller": // one was changed for the other between two questions
			a.behind, b.behind = fmt.Sprint("0000:18:00.0 ", pair), fmt.Sprint("0000:18:00.0 ", pair)
		case "words of the controller's tool":
			a.behind, b.behind = fmt.Sprint("0000:18:00.0 ", 2*pair), fmt.Sprint("0000:18:00.0 ", 2*pair+1)
		}
		for i, p := range []physical{a, b} {
			m.see(r, 2*pair+i, p, collisions[kind])
		}
	}
	r.Shuffle(len(m.pieces), func(i, j int) {
		m.pieces[i], m.pieces[j] = m.pieces[j], m.pieces[i]
		m.of[i], m.of[j] = m.of[j], m.of[i]
	})
	return m
}

// see adds what the sources say of a drive: smartctl all of it, and then some of
// the others more or less. A source that does not know the kernel's name for a
// drive, as of one behind a controller, may know little else.
func (m *machineTruth) see(r *rand.Rand, id int, p physical, kind string) {
	device := fmt.Sprint("sd", id)
	if p.behind != "" {
		device = ""
	}
	whole := evidence{
		source: "smartctl", rank: rankSmartctl, drive: report.Drive{Model: p.model, CapacityBytes: p.bytes},
		keys: driveKeys{device: device, serial: p.serial, wwn: p.wwn, nqn: p.nqn, behind: p.behind},
	}
	if p.at != "" {
		device = fmt.Sprint("nvme", id)
		whole.keys.device, whole.drive.PCIAddress, whole.drive.Namespaces = device, p.at, []report.Namespace{{ID: 1}}
	}
	if p.onePath {
		whole.alone = device
	}
	whole.unit = p.unit
	if p.slot != "" {
		whole.drive.Controller, whole.drive.Slot = "controller:0000:18:00.0", p.slot
	}
	m.add(id, whole)
	if kind == "two paths" {
		whole.keys.device = fmt.Sprint("sd", id, "b")
		m.add(id, whole)
	}
	if kind == "words of the controller's tool" {
		said := whole
		said.source, said.rank, said.drive.CapacityBytes = "storcli64", rankRAID, p.bytes-1e9
		said.keys.serial = p.serial[:minSerial]
		said.keys.wwn = p.wwn[:15] + "1" // the port's
		m.add(id, said)
	}
	for _, source := range []struct {
		name string
		rank int
	}{{"sysfs", rankSysfs}, {"lsblk", rankLsblk}, {"smartctl", rankSmartctl}} {
		if r.IntN(2) == 0 {
			continue
		}
		e := whole
		e.source, e.rank, e.keys.device = source.name, source.rank, device
		for gap := r.IntN(4); gap > 0 && (kind == "missing sources" || r.IntN(3) == 0); gap-- {
			switch r.IntN(6) {
			case 0:
				e.keys.serial = ""
			case 1:
				e.keys.wwn = ""
			case 2:
				e.keys.device, e.alone = "", ""
			case 3:
				e.keys.nqn = ""
			case 4:
				e.drive.Model = ""
			default:
				e.drive.CapacityBytes = 0
			}
		}
		m.add(id, e)
	}
}

func (m *machineTruth) add(id int, e evidence) {
	m.pieces, m.of = append(m.pieces, &e), append(m.of, id)
}

// check counts entries that hold two drives, and drives in two entries though
// something ties their pieces and the document does not say why they are apart.
// told is the drives of which it does.
func (m *machineTruth) check() (joined, split, told int) {
	for i := range m.pieces {
		m.pieces[i].name = strconv.Itoa(i) // told apart by what no rule looks at
	}
	list := evidenceList{pieces: m.pieces}
	groups := list.groups()
	in := make([]int, len(m.pieces))
	for g, group := range groups {
		first, _ := strconv.Atoi(group[0].name)
		mixed := false
		for _, e := range group {
			i, _ := strconv.Atoi(e.name)
			in[i] = g
			mixed = mixed || m.of[i] != m.of[first]
		}
		if mixed {
			joined++
		}
	}
	for i := range m.pieces {
		for j := range i {
			if m.of[i] != m.of[j] || in[i] == in[j] {
				continue
			}
			switch name, sure := tie(m.pieces[i].keys, m.pieces[j].keys); {
			case sure:
				split++
			case name == "":
			case namedApart(groups[in[i]], name) && namedApart(groups[in[j]], name):
				told++
			default:
				split++
			}
		}
	}
	return joined, split, told
}

// tie is the name by which two pieces are tied, "" if they are not; sure is one
// of the kernel's.
func tie(a, b driveKeys) (name string, sure bool) {
	switch {
	case a.device != "" && a.device == b.device:
		return a.device, true
	case a.behind != "" && a.behind == b.behind:
		return a.behind, false
	case a.wwn != "" && a.wwn == b.wwn:
		return a.wwn, false
	case a.serial != "" && a.serial == b.serial:
		return a.serial, false
	}
	return "", false
}

// namedApart tells that an entry of the document names what it shares with
// another, and the veto that parts the two.
func namedApart(group []*evidence, name string) bool {
	var d report.Drive
	for _, e := range group {
		merge(&d, e)
	}
	return slices.ContainsFunc(d.Apart, func(line string) bool {
		why, ok := strings.CutSuffix(line, " under the name "+name)
		return ok && slices.Contains(reasons, why)
	})
}

// reasons are the words of the vetoes, and of what could be either drive.
var reasons = []string{"two serial numbers", "two world-wide names", "two models", "two sizes", "two NVMe subsystems", "two logical units", "two ports", "two slots", "two PCI functions", eitherOf}

// No two drives are ever one entry; one is two only where the document says
// why; and each veto is needed for that.
func TestGeneratedMachines(t *testing.T) {
	machines := 400
	if n, err := strconv.Atoi(os.Getenv("BEE_ORACLE")); err == nil {
		machines = n
	}
	run := func(machines int) (joined, split, told int, shares []int) {
		r := rand.New(rand.NewPCG(1, 2))
		shares = make([]int, len(collisions))
		for range machines {
			m := generate(r)
			j, s, n := m.check()
			joined, split, told = joined+j, split+s, told+n
			for i, n := range m.collision {
				shares[i] += n
			}
		}
		return joined, split, told, shares
	}
	joined, split, told, shares := run(machines)
	if joined != 0 || split != 0 {
		t.Errorf("%d entries hold two drives, %d pairs of pieces are apart without a word", joined, split)
	}
	total := 0
	for _, n := range shares {
		total += n
	}
	t.Logf("%d machines, %d pairs of drives: no entry holds two; %d pairs of pieces with one name are apart, and the document says why", machines, total, told)
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
		if joined, _, _, _ := run(400); joined == 0 {
			t.Errorf("without veto %d nothing is joined wrongly", i)
		} else {
			t.Logf("without veto %d, %d entries of 400 machines hold two drives", i, joined)
		}
	}
}
