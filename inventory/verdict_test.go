// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"context"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// without is a machine less one of its tools.
func without(machine *fake, tool string) *fake {
	h := &fake{tools: maps.Clone(machine.tools), files: maps.Clone(machine.files)}
	maps.DeleteFunc(h.tools, func(line, _ string) bool {
		name, _, _ := strings.Cut(line, " ")
		return name == tool
	})
	h.files["dev/ipmi0"] = "!"
	return h
}

// A server of which all was read is "ok". With each tool taken away, that stays
// if, and only if, something else says the same.
func TestEachToolTakenAway(t *testing.T) {
	for tool, want := range map[string][]string{
		"":           nil,
		"dmidecode":  {"processors", "memory"},
		"lsblk":      nil, // the kernel's own list
		"smartctl":   {"drive:SN1"},
		"nvme":       {"drive:NV1"},
		"lspci":      nil, // the kernel's own list
		"ethtool":    nil, // no health of its own
		"ipmitool":   {"power", "bmc"},
		"nvidia-smi": {"gpu:0000:3b:00.0"},
	} {
		r := inventory.Audit(t.Context(), without(aServer, tool), inventory.Options{})
		var got []string
		for _, u := range *r.Summary.Unjudged {
			got = append(got, u.Component)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("without %q, unjudged (-want +got):\n%s", tool, diff)
		}
		health := report.OK
		if want != nil {
			health = report.Unknown
		}
		if r.Summary.Health != health {
			t.Errorf("without %q: %s, want %s: %+v", tool, r.Summary.Health, health, r.Findings)
		}
	}
}

// A virtual machine of which all was read is "ok": its disks have no health of
// their own, and it has no BMC.
func TestVirtualMachine(t *testing.T) {
	h := &fake{
		tools: map[string]string{
			"dmidecode":               "# dmidecode 3.6\n\nHandle 0x0100, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: QEMU\n\tProduct Name: Standard PC (Q35 + ICH9, 2009)\n\nHandle 0x1100, DMI type 17, 40 bytes\nMemory Device\n\tSize: 4 GB\n\tLocator: DIMM 0\n\n",
			lsblkCommand:              lsblkJSON(`{"name":"vda","kname":"vda","type":"disk","size":21474836480,"tran":"virtio"}`),
			"smartctl --scan-open -j": `{"smartctl":{"exit_status":0},"devices":[]}`,
			"lspci -vmmnnkD":          "Slot:\t0000:00:02.0\nClass:\tVGA compatible controller [0300]\nVendor:\tRed Hat, Inc. [1af4]\nDevice:\tVirtio 1.0 GPU [1050]\n\n",
		},
		files: map[string]string{
			"sys/devices/pci0000:00/0000:00:04.0/virtio1/block/vda/size": "41943040\n",
			"sys/block/vda": "->../devices/pci0000:00/0000:00:04.0/virtio1/block/vda",
		},
	}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if r.Summary.Health != report.OK || len(*r.Summary.Unjudged) != 0 || len(r.Storage.Drives) != 1 || r.Storage.Drives[0].Virtual != "hypervisor" {
		t.Errorf("%s, unjudged %+v, findings %+v, storage %+v", r.Summary.Health, *r.Summary.Unjudged, r.Findings, r.Storage)
	}
}

// A cutTool is a machine one of whose tools stops in the middle of an answer and
// says that all is well.
type cutTool struct {
	*fake
	line, text string
}

func (c *cutTool) Run(ctx context.Context, name string, args ...string) (host.Output, error) {
	out, err := c.fake.Run(ctx, name, args...)
	if host.CommandLine(append([]string{name}, args...)) == c.line {
		out.Stdout = []byte(c.text)
	}
	return out, err
}

// judgedParts names what has a health in a report.
func judgedParts(r *report.Report) (ids []string) {
	for _, p := range r.Processors {
		ids = append(ids, p.ID)
	}
	if r.Memory != nil {
		for _, m := range r.Memory.Modules {
			ids = append(ids, m.ID)
		}
	}
	if r.Storage != nil {
		for _, d := range r.Storage.Drives {
			ids = append(ids, d.ID)
		}
	}
	for _, g := range r.GPUs {
		ids = append(ids, g.ID)
	}
	return ids
}

// Whatever answer is cut, and wherever: the verdict is "ok" only of a machine of
// which every part is in the report.
func TestCutAnswers(t *testing.T) {
	want := judgedParts(inventory.Audit(t.Context(), aServer, inventory.Options{}))
	cuts, told := 0, 0
	for line, text := range aServer.tools {
		name, _, _ := strings.Cut(line, " ")
		text = whole(name, text)
		step := max(1, len(text)/40)
		for end := 0; end < len(text); end += step {
			cuts++
			r := inventory.Audit(t.Context(), &cutTool{aServer, line, text[:end]}, inventory.Options{})
			if r.Summary.Health != report.OK {
				told++
			} else if diff := cmp.Diff(want, judgedParts(r)); diff != "" {
				t.Errorf("%s, cut after %q: ok, and yet (-want +got):\n%s", line, text[max(0, end-40):end], diff)
			}
		}
	}
	t.Logf("%d cuts, %d change the verdict", cuts, told)
}

// A capture that went through a person's editor says what it said before.
func TestEditedAnswers(t *testing.T) {
	want := judgedParts(inventory.Audit(t.Context(), aServer, inventory.Options{}))
	for name, edit := range map[string]func(string) string{
		"CR LF":             func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"a byte order mark": func(s string) string { return "\ufeff" + s },
		"a line more":       func(s string) string { return s + "\n" },
	} {
		for line, text := range aServer.tools {
			tool, _, _ := strings.Cut(line, " ")
			r := inventory.Audit(t.Context(), &cutTool{aServer, line, edit(whole(tool, text))}, inventory.Options{})
			if diff := cmp.Diff(want, judgedParts(r)); diff != "" || r.Summary.Health != report.OK || len(r.Diagnostics) > 0 {
				t.Errorf("%s: %s: %s, %+v (-want +got):\n%s", line, name, r.Summary.Health, r.Diagnostics, diff)
			}
		}
	}
}

// mayFail are the commands without which the rest still says all that there is
// to say of the machine's health.
var mayFail = map[string]bool{
	lsblkCommand: true, "lspci -vmmnnkD": true, // the kernel has the same
	"ethtool -i eth0": true, "ethtool -P eth0": true, "nvme id-ctrl /dev/nvme0 -o json": true,
	"ipmitool mc info": true, "ipmitool lan print": true, "ipmitool -v fru print 1": true,
}

// One command fails, the others of the same tool do not: it is told, and the
// verdict stays "ok" only where nothing of it hung on that command.
func TestOneCommandFails(t *testing.T) {
	faults := map[string]func(h *fake, line string){
		"status 1":           func(h *fake, line string) { h.tools[line], h.exits[line], h.stderr[line] = "", 1, "went wrong\n" },
		"half, and status 1": func(h *fake, line string) { h.tools[line], h.exits[line] = h.tools[line][:len(h.tools[line])/2], 1 },
		"nothing":            func(h *fake, line string) { h.tools[line] = "" },
	}
	for line := range aServer.tools {
		for name, fault := range faults {
			h := &fake{tools: maps.Clone(aServer.tools), files: maps.Clone(aServer.files), exits: map[string]int{}, stderr: map[string]string{}}
			fault(h, line)
			r := inventory.Audit(t.Context(), h, inventory.Options{})
			if ok := r.Summary.Health == report.OK; ok != mayFail[line] {
				t.Errorf("%s: %s: %s; unjudged %+v", line, name, r.Summary.Health, *r.Summary.Unjudged)
			}
			if len(r.Diagnostics) == 0 {
				t.Errorf("%s: %s: nobody is told", line, name)
			}
		}
	}
}

// ipmitool leaves its list of sensors at the first that it cannot read, with
// status 0.
func TestSensorsLeftOut(t *testing.T) {
	h := &fake{tools: aServer.tools, files: aServer.files, stderr: map[string]string{"ipmitool sdr elist all": "Get SDR 001b command failed\n"}}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if r.Summary.Health != report.Unknown || len(*r.Summary.Unjudged) != 1 || (*r.Summary.Unjudged)[0].Component != "bmc" {
		t.Errorf("%s, unjudged %+v", r.Summary.Health, *r.Summary.Unjudged)
	}
}

// Two answers in one output, as of a file that was written twice, are no machine
// with twice as much in it.
func TestTwoAnswers(t *testing.T) {
	text := whole("dmidecode", aServer.tools["dmidecode"])
	r := inventory.Audit(t.Context(), &cutTool{aServer, "dmidecode", text + text}, inventory.Options{})
	if r.Summary.Health == report.OK || len(r.Diagnostics) == 0 {
		t.Errorf("%s, diagnostics %+v", r.Summary.Health, r.Diagnostics)
	}
}

// An event log without events is an answer, which ipmitool gives on standard
// error.
func TestEmptyEventLog(t *testing.T) {
	const line = "ipmitool sel elist"
	h := &fake{tools: maps.Clone(aServer.tools), files: aServer.files, stderr: map[string]string{line: "SEL has no entries\n"}}
	h.tools[line] = ""
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if r.Summary.Health != report.OK || len(r.Diagnostics) != 0 {
		t.Errorf("%s, diagnostics %+v", r.Summary.Health, r.Diagnostics)
	}
}

// A bus whose folder could not be read is none that is not there.
func TestUnreadBus(t *testing.T) {
	c := host.Capture{
		"host.json":   []byte(`{"schema":"bee.capture/1"}`),
		"files.jsonl": []byte(`{"path":"sys/bus/pci/devices","error":"file-timeout"}` + "\n" + `{"path":"sys/block","error":"permission"}` + "\n"),
	}
	h, err := host.Replay(c.FS())
	if err != nil {
		t.Fatal(err)
	}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	failed := 0
	for _, c := range r.Collectors {
		for _, s := range c.Sources {
			if s.Name == "sysfs" && s.Status == report.StatusFailed && s.Why != "" {
				failed++
			}
		}
	}
	if failed != 2 {
		t.Errorf("%d of 2 sources failed: %+v", failed, r.Collectors)
	}
}
