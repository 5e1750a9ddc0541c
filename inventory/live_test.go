// SPDX-License-Identifier: Apache-2.0

//go:build linux

package inventory_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
)

// hostileTools misbehave in every way that a tool can. Each writes its process
// id into a file, so that the test can see whether it is gone.
var hostileTools = map[string]string{
	"dmidecode":  "cat <<'END'\n" + dmiTable + "END\n",                             // the good one
	"lsblk":      "exec sleep 300",                                                 // hangs
	"smartctl":   "trap '' TERM INT HUP; while :; do sleep 1; done",                // hangs, and will not listen
	"lspci":      "exec cat /dev/zero",                                             // floods
	"ipmitool":   "sleep 300 & echo $! >>PIDS; echo 'Device ID : 32'",              // leaves a child that holds the pipe
	"nvidia-smi": "echo '<?xml version=\"1.0\"?><nvidia_smi_log><driver_version>'", // prints half a document
	"ethtool":    "kill -SEGV $$",                                                  // dies
}

// TestHostileTools audits a machine whose tools misbehave, in a process of its
// own, to see what that costs.
func TestHostileTools(t *testing.T) {
	if os.Getenv("BEE_HOSTILE_DIR") != "" {
		auditHostileTools(t, os.Getenv("BEE_HOSTILE_DIR"))
		return
	}
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	dir := t.TempDir()
	pids := filepath.Join(dir, "pids")
	for name, script := range hostileTools {
		script = "#!/bin/sh\necho $$ >>PIDS\n" + script
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.ReplaceAll(script, "PIDS", pids)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeFiles(t, dir, map[string]string{
		"root/proc/driver/nvidia/version": "", "root/dev/ipmi0": "",
		"root/sys/devices/pci0000:00/0000:00:03.0/net/eth0/address": "52:54:00:aa:00:01\n",
	})
	if err := os.MkdirAll(dir+"/root/sys/class/net", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../../devices/pci0000:00/0000:00:03.0/net/eth0", dir+"/root/sys/class/net/eth0"); err != nil {
		t.Fatal(err)
	}

	cmd := exec.Command(os.Args[0], "-test.run=^TestHostileTools$", "-test.v")
	cmd.Env = append(os.Environ(), "BEE_HOSTILE_DIR="+dir)
	start := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v for a budget of 6 s", took)
	}
	list, err := os.ReadFile(pids)
	if err != nil || len(strings.Fields(string(list))) < len(hostileTools) {
		t.Errorf("not all tools ran: %v, %q", err, list)
	}
	for _, pid := range strings.Fields(string(list)) {
		if !goneSoon(pid) {
			t.Errorf("process %s was left behind", pid)
		}
	}
}

// goneSoon waits for a process that was killed to be gone.
func goneSoon(pid string) bool {
	for range 100 {
		stat, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil || strings.Contains(string(stat), ") Z ") {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// peakKB is the most memory that this process had, in KB. What wait4 says of a
// child begins with what its parent had.
func peakKB(t *testing.T) (peak int) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			peak, _ = strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
		}
	}
	return peak
}

func auditHostileTools(t *testing.T, dir string) {
	debug.SetMemoryLimit(64 << 20) // as the command audit does
	defer func() {
		if peak := peakKB(t); peak == 0 || peak > 100<<10 {
			t.Errorf("used %d KB of memory", peak)
		}
	}()
	h := host.Live(host.WithPath(dir, "/usr/bin", "/bin"), host.WithRoot(dir+"/root"), host.WithTimeout(2*time.Second))
	r := inventory.Audit(t.Context(), h, inventory.Options{Timeout: 6 * time.Second})
	if r.System == nil || r.System.Serial != "SRV-1" {
		t.Errorf("the good tool's word is lost: %+v", r.System)
	}
	if len(r.Network) != 1 || r.Network[0].Ports[0].MAC != "52:54:00:aa:00:01" {
		t.Errorf("the kernel's word is lost: %+v", r.Network)
	}
	for source, code := range map[string]string{
		lsblkCommand:              "tool.timeout",
		"smartctl --scan-open -j": "tool.timeout",
		"lspci -vmmnnkD":          "tool.output_limit",
		"nvidia-smi -q -x":        "parse",
		"ethtool -i eth0":         "tool.failed",
	} {
		if !slices.ContainsFunc(r.Diagnostics, func(d report.Diagnostic) bool { return d.Source == source && d.Code == code }) {
			t.Errorf("no diagnostic %s of %s", code, source)
		}
	}
	for _, d := range r.Diagnostics {
		t.Logf("%s: %s: %s: %s", d.Collector, d.Source, d.Code, d.Message)
	}
}
