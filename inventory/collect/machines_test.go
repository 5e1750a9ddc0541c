// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

const machines = "testdata/machines"

// A machineTruth is what a machine is, written down beside its capture: a line
// for each drive by serial number, for each volume by name and for each
// controller by address, what must be found and which RAID tools are run.
type machineTruth struct {
	Drives, Volumes, Controllers map[string]string
	Findings, Commands           []string
}

// A watched host notes the RAID tools that are run on it, and can answer in
// their place.
type watched struct {
	host.Host
	override func(argv []string) (host.Output, error, bool)
	mu       sync.Mutex
	ran      []string
}

var raidTools = []string{
	"storcli64", "storcli", "storcli2", "perccli64", "perccli", "perccli2", "sas3ircu", "sas2ircu", "ssacli", "hpssacli", "arcconf", "mdadm",
	"MegaCli64", "MegaCli", "megacli", "dmsetup",
}

func (w *watched) Run(ctx context.Context, name string, args ...string) (host.Output, error) {
	argv := append([]string{name}, args...)
	if slices.Contains(raidTools, name) {
		w.mu.Lock()
		w.ran = append(w.ran, host.CommandLine(argv))
		w.mu.Unlock()
	}
	if w.override != nil {
		if out, err, ok := w.override(argv); ok {
			return out, err
		}
	}
	return w.Host.Run(ctx, name, args...)
}

func machineNames(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(machines + "/*/truth.json")
	if err != nil || len(files) < 6 {
		t.Fatalf("machines: %v, %v", files, err)
	}
	for i := range files {
		files[i] = filepath.Base(filepath.Dir(files[i]))
	}
	return files
}

func openMachine(t *testing.T, name string) (*watched, machineTruth) {
	t.Helper()
	dir := filepath.Join(machines, name)
	h, err := host.Replay(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	var truth machineTruth
	data, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err == nil {
		err = json.Unmarshal(data, &truth)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &watched{Host: h}, truth
}

// Each machine, from its capture to its findings, is what its truth says.
func TestMachines(t *testing.T) {
	for _, name := range machineNames(t) {
		t.Run(name, func(t *testing.T) {
			h, want := openMachine(t, name)
			r := inventory.Audit(t.Context(), h, inventory.Options{})
			slices.Sort(h.ran)
			got := machineTruth{
				Drives: driveLines(r), Volumes: volumeLines(r), Controllers: controllerLines(r), Findings: findingLines(r),
				Commands: slices.DeleteFunc(h.ran, func(line string) bool { return wasAbsent(r, line) }),
			}
			slices.Sort(want.Findings)
			slices.Sort(want.Commands)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the machine (-want +got):\n%s", diff)
			}
			for _, d := range r.Diagnostics {
				if isRAIDSource(d.Source) && !(name == "two-megaraid" && strings.Contains(d.Source, "eALL") && d.Code == "tool.failed") {
					t.Errorf("%+v", d)
				}
			}
		})
	}
}

func isRAIDSource(source string) bool {
	tool, _, _ := strings.Cut(source, " ")
	return slices.Contains(raidTools, tool) || source == "/proc/mdstat"
}

// wasAbsent: other names of a tool, which nobody has here.
func wasAbsent(r *report.Report, line string) bool {
	for _, c := range r.Collectors {
		for _, cmd := range c.Commands {
			if cmd.Command == line {
				return false
			}
		}
	}
	return true
}

func driveLines(r *report.Report) map[string]string {
	lines := make(map[string]string)
	for _, d := range r.Storage.Drives {
		line := d.Enclosure + "/" + d.Slot + " " + d.State
		if d.Smart != nil {
			line += " smart"
		}
		if _, twice := lines[d.Serial]; twice {
			line += " twice"
		}
		lines[d.Serial] = line
	}
	return lines
}

func volumeLines(r *report.Report) map[string]string {
	serial := make(map[string]string)
	for _, d := range r.Storage.Drives {
		serial[d.ID] = d.Serial
	}
	lines := make(map[string]string)
	for _, v := range r.Storage.Volumes {
		var members []string
		for _, id := range v.Members {
			members = append(members, serial[id])
		}
		line := fmt.Sprintf("%s %s %s %s", v.Kind, v.Level, v.State, v.Health)
		if v.ProgressPct != nil {
			line += fmt.Sprintf(" %.3g %%", *v.ProgressPct)
		}
		line += ": " + strings.Join(members, " ")
		if v.Missing > 0 {
			line += fmt.Sprintf(", %d gone: %s", v.Missing, strings.Join(v.MissingIDs, " "))
		}
		if v.Unread != "" {
			line += ", unread: " + v.Unread
		}
		lines[v.Name] = line
	}
	return lines
}

func controllerLines(r *report.Report) map[string]string {
	lines := make(map[string]string)
	for _, c := range r.Storage.Controllers {
		temperature := ""
		if c.TemperatureC != nil {
			temperature = fmt.Sprint(*c.TemperatureC)
		}
		line := strings.TrimRight(strings.Join([]string{c.Model, c.Serial, c.Firmware, temperature, c.Status}, " "), " ")
		if b := c.Battery; b != nil {
			line += fmt.Sprintf(", %s %s", b.Kind, b.State)
		}
		lines[c.PCIAddress] = line
	}
	return lines
}

// findingLines names what the findings about the storage are of as a person
// does.
func findingLines(r *report.Report) []string {
	names := make(map[string]string)
	for _, d := range r.Storage.Drives {
		names[d.ID] = d.Serial
	}
	for _, v := range r.Storage.Volumes {
		names[v.ID] = v.Name
	}
	for _, c := range r.Storage.Controllers {
		names[c.ID] = c.PCIAddress
	}
	var lines []string
	for _, f := range r.Findings {
		if name, ok := names[f.Component]; ok {
			lines = append(lines, f.Severity+" "+f.Code+" "+name)
		}
	}
	slices.Sort(lines)
	return lines
}

// A tool that is dead or lies costs its own part: what the kernel and smartctl
// say stands, and the report says what is not known and why.
func TestDeadRAIDTools(t *testing.T) {
	answers := map[string]func([]string) (host.Output, error){
		"a hanging tool": func(argv []string) (host.Output, error) {
			return host.Output{Exit: -1}, &host.RunError{Argv: argv, Err: context.DeadlineExceeded}
		},
		"a tool that dies": func([]string) (host.Output, error) {
			return host.Output{Exit: -1, Signal: "segmentation fault"}, nil
		},
		"a tool that says nothing": func([]string) (host.Output, error) { return host.Output{}, nil },
		"noise":                    func([]string) (host.Output, error) { return host.Output{Stdout: []byte("\x00\xff}{ \n")}, nil },
		"another machine's answer": func([]string) (host.Output, error) {
			return host.Output{Stdout: []byte(`{"Controllers":[{"Command Status":{"Controller":0,"Status":"Success"},"Response Data":{"Basics":{"Controller":0,"PCI Address":"00:99:00:00","Serial Number":"LIAR"},"PD LIST":[{"EID:Slt":"1:1","DID":0,"State":"Failed","DG":0}]}}]}`)}, nil
		},
	}
	for _, name := range machineNames(t) {
		for what, answer := range answers {
			t.Run(name+"/"+what, func(t *testing.T) {
				h, want := openMachine(t, name)
				h.override = func(argv []string) (host.Output, error, bool) {
					if !slices.Contains(raidTools, argv[0]) {
						return host.Output{}, nil, false
					}
					out, err := answer(argv)
					return out, err, true
				}
				r := inventory.Audit(t.Context(), h, inventory.Options{})
				for serial, line := range want.Drives {
					if strings.HasSuffix(line, " smart") && !slices.ContainsFunc(r.Storage.Drives, func(d report.Drive) bool { return d.Serial == serial && d.Smart != nil }) {
						t.Errorf("drive %s is gone", serial)
					}
				}
				for _, v := range r.Storage.Volumes {
					if v.Kind == "raid" && (v.State != "" || v.Health != report.Unknown || !strings.Contains(v.Unread, ": ") && !strings.Contains(v.Unread, "does not")) {
						t.Errorf("volume %s: %q, %s, unread %q", v.Name, v.State, v.Health, v.Unread)
					}
				}
				if slices.ContainsFunc(r.Storage.Controllers, func(c report.StorageController) bool { return c.Serial == "LIAR" }) {
					t.Error("a controller that the kernel does not show")
				}
				if !slices.ContainsFunc(r.Diagnostics, func(d report.Diagnostic) bool { return isRAIDSource(d.Source) }) {
					t.Error("nobody says that the tool did not answer")
				}
			})
		}
	}
}

// A tool that hangs is not asked again under another name.
func TestHangingToolIsAskedOnce(t *testing.T) {
	h, _ := openMachine(t, "dell-perc")
	h.override = func(argv []string) (host.Output, error, bool) {
		hangs := slices.Contains(raidTools, argv[0])
		return host.Output{Exit: -1}, &host.RunError{Argv: argv, Err: context.DeadlineExceeded}, hangs
	}
	inventory.Audit(t.Context(), h, inventory.Options{})
	if want := []string{"storcli64 /cALL show all J nolog"}; !slices.Equal(h.ran, want) {
		t.Errorf("ran %q", h.ran)
	}
}

// A machine without RAID hardware runs none of the tools, whatever is
// installed: a disk on AHCI, an NVMe drive, a kernel without arrays.
func TestNoRAIDNoTools(t *testing.T) {
	h, _ := openMachine(t, "md-degraded")
	h.override = func(argv []string) (host.Output, error, bool) {
		return host.Output{Stdout: []byte("installed")}, nil, slices.Contains(raidTools, argv[0])
	}
	plain := &watched{Host: withoutMdstat{h.Host}, override: h.override}
	r := inventory.Audit(t.Context(), plain, inventory.Options{})
	if len(plain.ran) > 0 {
		t.Errorf("ran %q", plain.ran)
	}
	if len(r.Storage.Drives) != 6 {
		t.Errorf("%d drives", len(r.Storage.Drives))
	}
}

// An adapter that its own tools are too old to know is asked for by storcli.
func TestITModeByStorcli(t *testing.T) {
	h, _ := openMachine(t, "ircu-missing")
	h.override = func(argv []string) (host.Output, error, bool) {
		switch argv[0] {
		case "sas3ircu", "sas2ircu":
			return host.Output{Exit: 1, Stdout: []byte("Avago Technologies SAS3 IR Configuration Utility.\nVersion 17.00.00.00 (2018.04.02)\n\nSAS3IRCU: MPTLib2 Error 1\n")}, nil, true
		case "storcli64":
			return host.Output{Stdout: []byte(`{"Controllers":[{"Command Status":{"Controller":0,"Status":"Success","Description":"None"},"Response Data":{
				"Basics":{"Controller":0,"Model":"HBA 9500-16i","Serial Number":"BEEH1","PCI Address":"00:17:00:00"},
				"Physical Drives":1,"PD LIST":[{"EID:Slt":" :3","DID":2,"State":"UGood","DG":"-","Size":"893.750 GB","Intf":"SATA","Med":"SSD","SED":"N","PI":"N","SeSz":"512B","Model":"MADE UP SSD 960","Sp":"U","Type":"-"}]}}]}`)}, nil, argv[1] == "/cALL"
		}
		return host.Output{}, nil, false
	}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if want := map[string]string{"0000:17:00.0": "HBA 9500-16i BEEH1"}; !cmp.Equal(controllerLines(r), want) {
		t.Errorf("controllers = %q", controllerLines(r))
	}
	if h.ran[len(h.ran)-1] != "storcli64 /cALL/sALL show all J nolog" {
		t.Errorf("ran %q", h.ran)
	}
	for _, d := range r.Diagnostics {
		if isRAIDSource(d.Source) && d.Severity != report.Info {
			t.Errorf("%+v", d)
		}
	}
}

// withoutMdstat is a host whose kernel has no RAID loaded.
type withoutMdstat struct{ host.Host }

func (h withoutMdstat) FS() fs.FS { return noMdstat{h.Host.FS()} }

type noMdstat struct{ fs.FS }

func (f noMdstat) Open(name string) (fs.File, error) {
	if name == "proc/mdstat" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return f.FS.Open(name)
}

func (f noMdstat) ReadLink(name string) (string, error)   { return fs.ReadLink(f.FS, name) }
func (f noMdstat) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(f.FS, name) }
