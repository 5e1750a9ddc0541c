// SPDX-License-Identifier: Apache-2.0

// Fleet makes captures of many machines whose truth is known, to test and to
// measure cmd/fleet: the captured hosts, each with serial numbers of its own,
// firmware that drifted, and defects. A second run has parts moved and replaced.
//
//	go run -C testdata ./fleet -n 1000 -damaged 10 -out DIR
//
// It writes DIR/1 and DIR/2, the runs, and DIR/truth.json: what the tables of
// each run must say. The same flags give the same bytes.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/redact"
	"github.com/mchus/bee/inventory/report"
)

var (
	n       = flag.Int("n", 100, "machines in each run, at least 60")
	damaged = flag.Int("damaged", 10, "files in each run that cannot be read")
	seed    = flag.Uint64("seed", 1, "of the damage")
	hosts   = flag.String("hosts", "hosts", "folder of the captured hosts")
	out     = flag.String("out", "", "folder to write into; it must not be there")
	runs    = flag.Int("runs", 2, "1 or 2")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	if *out == "" || *n < 60 || *n > 1_000_000 || *runs < 1 || *runs > 2 {
		flag.Usage()
		os.Exit(2)
	}
	if err := os.Mkdir(*out, 0o755); err != nil {
		log.Fatal(err)
	}
	f, err := open(*hosts)
	if err != nil {
		log.Fatal(err)
	}
	machines, shared := f.machines()
	first, err := f.write(filepath.Join(*out, "1"), machines, shared)
	if err != nil {
		log.Fatal(err)
	}
	truths := []truth{first}
	if *runs == 2 {
		changes := newTruth()
		second, err := f.write(filepath.Join(*out, "2"), story(machines, f, changes), shared)
		if err != nil {
			log.Fatal(err)
		}
		second["changes"] = changes["changes"]
		truths = append(truths, second)
	}
	data, _ := json.MarshalIndent(map[string]any{"keys": keys, "runs": truths}, "", "\t")
	if err := os.WriteFile(filepath.Join(*out, "truth.json"), data, 0o644); err != nil {
		log.Fatal(err)
	}
}

// A fleet is made of these hosts.
type fleet struct {
	captures []host.Capture
	reports  []*report.Report
}

func open(dir string) (*fleet, error) {
	f := new(fleet)
	names, err := filepath.Glob(filepath.Join(dir, "qemu-*"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no hosts in %s (%v)", dir, err)
	}
	for _, name := range names {
		c, err := redact.Read(name)
		if err != nil {
			return nil, err
		}
		r, err := audit(c)
		if err != nil {
			return nil, err
		}
		f.captures, f.reports = append(f.captures, c), append(f.reports, r)
	}
	return f, nil
}

func audit(c host.Capture) (*report.Report, error) {
	h, err := host.Replay(c.FS())
	if err != nil {
		return nil, err
	}
	return inventory.Audit(context.Background(), h, inventory.Options{Tool: report.Tool{Name: "audit"}}), nil
}

// machines makes the fleet of the first run. Each hundredth machine and the one
// after it have a drive with one serial number.
func (f *fleet) machines() (list []*machine, shared truth) {
	shared = newTruth()
	for i := range *n {
		list = append(list, newMachine(i, len(f.captures)))
	}
	for i := 50; i+1 < *n; i += 100 {
		list[i+1].serials[hdd] = list[i].serials[hdd]
		shared.add("duplicates", 1, "drive", list[i].serials[hdd], 2)
	}
	return list, shared
}

// story makes the second run: what happened to which machine goes by its number
// modulo sixty, so that nothing happens twice to one.
func story(before []*machine, f *fleet, t truth) []*machine {
	now := make([]*machine, len(before))
	for i, m := range before {
		clone := *m
		clone.serials = append([]string(nil), m.serials...)
		now[i] = &clone
	}
	swap := func(a, sa, b, sb int) {
		t.moved(before[a], sa, before[b], sb)
		t.moved(before[b], sb, before[a], sa)
		now[a].serials[sa], now[b].serials[sb] = before[b].serials[sb], before[a].serials[sa]
	}
	renew := func(i, s int) {
		now[i].serials[s] = serial(s, *n+i)
		t.changed(now[i], s, before[i].serials[s])
	}
	for i := 0; i+59 < *n; i += 60 {
		swap(i, dimm, i+1, dimm)     // memory between two machines
		swap(i+2, nvme0, i+2, nvme1) // drives within one
		swap(i+4, ssd, i+5, ssd)     // drives without a place between two
		renew(i+6, psu)
		renew(i+7, nvme0)
		renew(i+8, dimm)
		renew(i+9, ssd)
	}
	gone := now[len(now)-1]
	t.came(gone, "unseen")
	added := newMachine(2**n, len(f.captures))
	t.came(added, "seen")
	return append(now[:len(now)-1], added)
}

// write writes a run and returns its truth.
func (f *fleet) write(dir string, machines []*machine, shared truth) (truth, error) {
	t := newTruth()
	for table, rows := range shared {
		for key, count := range rows {
			t[table][key] = count
		}
	}
	for _, m := range machines {
		t.machine(m, f.reports[m.base])
		kind := pick(m.isDocument(), "document", "capture")
		t.add("files", 1, kind, "used")
		t.add("counts", 1, "used")
		if m.isTwice() {
			t.add("files", 1, "capture", "older")
			t.add("counts", 1, "older")
		}
	}
	t.add("dead_letters", *damaged, "")
	t.add("counts", *damaged, "dead_letters")
	t.add("counts", *damaged+t["counts"]["used"]+t["counts"]["older"], "found")
	t.clean()
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	if err := inParallel(machines, func(m *machine) error { return f.writeMachine(dir, m) }); err != nil {
		return nil, err
	}
	return t, f.writeDamaged(dir)
}

// clean takes out what there is none of.
func (t truth) clean() {
	for _, rows := range t {
		for key, count := range rows {
			if count == 0 {
				delete(rows, key)
			}
		}
	}
}

// isDocument tells that only the audit document of a machine is kept, isTwice
// that there is an older capture beside the newest.
func (m *machine) isDocument() bool { return m.number%20 == 19 }
func (m *machine) isTwice() bool    { return m.number%50 == 7 }

func (f *fleet) writeMachine(dir string, m *machine) error {
	c := m.capture(f.captures[m.base])
	name := filepath.Join(dir, fmt.Sprintf("machine-%07d", m.number))
	if m.isDocument() {
		r, err := audit(c)
		if err != nil {
			return err
		}
		data, err := r.JSON()
		if err != nil {
			return err
		}
		return os.WriteFile(name+".json", data, 0o644)
	}
	if m.isTwice() {
		old := make(host.Capture)
		for name, data := range c {
			old[name] = data
		}
		old["host.json"] = []byte(`{"schema":"bee.capture/1","times":["2026-01-15T12:00:00Z"]}`)
		if err := writeTGZ(name+"-old.tgz", old); err != nil {
			return err
		}
	}
	return writeTGZ(name+".tgz", c)
}

func writeTGZ(name string, c host.Capture) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := c.WriteTGZ(f); err != nil {
		return err
	}
	return f.Close()
}

func inParallel(machines []*machine, fn func(*machine) error) error {
	work := make(chan *machine)
	var wg sync.WaitGroup
	var once sync.Once
	var failed error
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for m := range work {
				if err := fn(m); err != nil {
					once.Do(func() { failed = err })
				}
			}
		})
	}
	for _, m := range machines {
		work <- m
	}
	close(work)
	wg.Wait()
	return failed
}
