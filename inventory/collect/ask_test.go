// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"context"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/pci/ethtool"
	"github.com/mchus/bee/smart/mdadm"
)

// A counting host counts how often each command is run.
type counting struct {
	host.Host
	mu   sync.Mutex
	runs map[string]int
}

func (c *counting) Run(ctx context.Context, name string, args ...string) (host.Output, error) {
	c.mu.Lock()
	c.runs[host.CommandLine(append([]string{name}, args...))]++
	c.mu.Unlock()
	return c.Host.Run(ctx, name, args...)
}

func (c *counting) FS() fs.FS { return c.Host.FS() }

// Each command is run once an audit, whoever wants its answer, and its output
// parsed once.
func TestAskedOnceParsedOnce(t *testing.T) {
	h, err := host.Replay(os.DirFS("../../testdata/hosts/qemu-sid"))
	if err != nil {
		t.Fatal(err)
	}
	c := &counting{Host: h, runs: make(map[string]int)}
	Machine(t.Context(), c, Options{}, new(report.Report))
	if len(c.runs) < 10 {
		t.Fatalf("only %d commands were run", len(c.runs))
	}
	for _, line := range slices.Sorted(maps.Keys(c.runs)) {
		if c.runs[line] != 1 {
			t.Errorf("%s was run %d times", line, c.runs[line])
		}
	}

	var parsed atomic.Int64
	parse := func(data []byte) (any, error) { parsed.Add(1); return string(data), nil }
	all := newAnswers(c)
	parallel(20, 20, func(int) {
		a := &asker{all: all}
		if got := a.run(t.Context(), parse, "dmidecode"); !strings.Contains(got.value.(string), "SRV-2023-0042") {
			t.Error("another answer")
		}
	})
	if parsed.Load() != 1 {
		t.Errorf("parsed %d times", parsed.Load())
	}
}

// A printing host prints the same to whatever it is asked.
type printing struct{ host.Host }

func (p printing) Run(context.Context, string, ...string) (host.Output, error) {
	return host.Output{Stdout: []byte("Personalities : [raid1]\nit completed successfully: see driver: none\n")}, nil
}

// TestForeignOutputs: what prints another's text has not answered in part, it
// has failed. That a text ends as the tool's own do makes no difference.
func TestForeignOutputs(t *testing.T) {
	for _, tool := range []struct {
		name string
		ask  func(a *asker) *answer
	}{
		{"arcconf", func(a *asker) *answer { _, got, _ := askArcconf(t.Context(), a, "arcconf"); return got }},
		{"sas3ircu", func(a *asker) *answer { _, got, _ := askIRCU(t.Context(), a, "sas3ircu"); return got }},
		{"ssacli", func(a *asker) *answer { _, got, _ := askSsacli(t.Context(), a, "ssacli"); return got }},
		{"storcli64", func(a *asker) *answer { _, got, _ := askStorcli(t.Context(), a, "storcli64"); return got }},
		{"mdadm", func(a *asker) *answer {
			_, _ = ask(t.Context(), a, mdadm.ParseDetail, "mdadm", "--detail", "/dev/md0")
			return a.asked[0]
		}},
		{"ethtool", func(a *asker) *answer {
			_, _ = ask(t.Context(), a, ethtool.ParsePermanentAddress, "ethtool", "-P", "eth0")
			return a.asked[0]
		}},
	} {
		got := tool.ask(askerOf(printing{}))
		if got.state != report.StatusFailed || got.why() != "printed something else than this tool does" {
			t.Errorf("%s: %s, %q", tool.name, got.state, got.why())
		}
	}
}

// A tool that was never started is told as such, with the one that took its
// time; nobody blames it for being killed.
func TestNeverStarted(t *testing.T) {
	all := newAnswers(nil)
	for _, got := range []*answer{
		{argv: []string{"dmidecode"}, out: host.Output{Duration: 3e9}},
		{argv: []string{"lspci"}, out: host.Output{Duration: 1e6}},
	} {
		got.done = make(chan struct{})
		close(got.done)
		all.byID[got.argv[0]] = got
	}
	r := new(report.Report)
	err := from("ipmitool fru print", &host.RunError{Argv: []string{"ipmitool", "fru", "print"}, Err: host.ErrNotRun})
	add(r, collector{name: "psu", tool: "ipmitool"}, outcome{err: err, asker: &asker{all: all}}, all, make(map[place]bool), slog.New(slog.DiscardHandler))
	if len(r.Diagnostics) != 1 || r.Diagnostics[0].Code != "tool.not_run" || r.Diagnostics[0].Message != "not run: no time was left (dmidecode took it)" {
		t.Errorf("%+v", r.Diagnostics)
	}
}
