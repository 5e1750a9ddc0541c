// SPDX-License-Identifier: Apache-2.0

package sniff

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fixtures say by a part of the path what a fixture of this repository is. The
// first that fits counts; a tool "" is what no parser reads, "-" no output of a
// tool at all.
var fixtures = []struct{ part, tool, document string }{
	{"/source.json", "-", ""}, {"/want.json", "-", ""}, {"/host.json", "-", ""}, {"/report.json", "-", ""},
	{".jsonl", "-", ""}, {"/summary.txt", "-", ""}, {"/known.txt", "-", ""}, {".go", "-", ""}, {"/fuzz/", "-", ""},
	{"machine.bin", "-", ""}, {"/buses.txt", "-", ""}, {"shim.c", "-", ""}, {"/verdicts.txt", "-", ""}, {"/schema/", "-", ""},

	{"/dmi/testdata/", "dmidecode", ""},
	{"/smbios/testdata/", "dmidecode", ""},
	{"/ipmi/testdata/fru/", "ipmitool", "fru"},
	{"/ipmi/testdata/sdr/", "ipmitool", "sdr"},
	{"/ipmi/testdata/mc/", "ipmitool", "mc"},
	{"/ipmi/testdata/lan/", "ipmitool", "lan"},
	{"/ipmi/testdata/lan6/", "ipmitool", "lan6"},
	{"/ipmi/testdata/sel/", "ipmitool", "sel"},
	{"-id-ctrl.", "nvme", "id-ctrl"},
	{"-id-ns.", "nvme", "id-ns"},
	{"-smart-log.", "nvme", "smart-log"},
	{"-error-log.", "nvme", "error-log"},
	{"-fw-log.", "nvme", "fw-log"},
	{"-list-subsys", "nvme", "list-subsys"},
	{"/nvme/testdata/", "nvme", "list"},
	{"/nvidia/testdata/list-", "nvidia-smi", "list"},
	{"/nvidia/testdata/topo-", "nvidia-smi", "topo"},
	{"/nvidia/testdata/nvlink-", "nvidia-smi", "nvlink"},
	{"/nvidia/testdata/", "nvidia-smi", "query"},
	{"/pci/testdata/lspci/", "lspci", ""},
	{"/oracle/pci/testdata/lab/", "lspci", ""},
	{"/pci/mstflint/", "mstflint", ""},
	{"/pci/devlink/", "devlink", ""},
	{"/pci/ethtool/testdata/driver-", "ethtool", "-i"},
	{"/pci/ethtool/testdata/module-", "ethtool", "-m"},
	{"/pci/ethtool/testdata/address-", "ethtool", "-P"},
	{"/smart/storcli/", "storcli", ""},
	{"/smart/sasircu/", "sasircu", ""},
	{"/smart/ssacli/", "ssacli", ""},
	{"/smart/arcconf/", "arcconf", ""},
	{"/smart/megacli/", "megacli", ""},
	{"/smart/dmsetup/", "dmsetup", "status"},
	{"/mdadm/testdata/mdstat", "mdstat", ""},
	{"/smart/mdadm/", "mdadm", ""},
	{"/smart/testdata/lsblk-", "lsblk", ""},
	{"/smart/testdata/scan-", "smartctl", "scan"},
	{"/lsblk.", "lsblk", ""},
	{"/smartctl-scan.txt", "", ""}, // the text of a scan is read by no parser
	{"/smartctl-scan", "smartctl", "scan"},
	{"/smartctl-", "smartctl", "device"},
	{"/smart/testdata/", "smartctl", "device"},

	{"/lsblk-", "lsblk", ""},
	{"/lspci-version", "", ""},
	{"/lspci-", "lspci", ""},
	{"/ipmitool-v.", "", ""},
	{"/ipmitool-sdr-", "ipmitool", "sdr"},
	{"/ipmitool-mc-", "ipmitool", "mc"},
	{"/ipmitool-fru-", "ipmitool", "fru"},
	{"/ipmitool-v-fru-", "ipmitool", "fru"},
	{"/ethtool-i-", "ethtool", "-i"},
	{"/ethtool-p-", "ethtool", "-P"},
	{"/dmidecode.", "dmidecode", ""},
}

// what says what a fixture is; ok is false for a file that is no output.
func what(path string) (tool, document string, ok bool) {
	if strings.HasSuffix(path, ".stderr") {
		return "", "", false
	}
	for _, f := range fixtures {
		if strings.Contains(path, f.part) {
			return f.tool, f.document, f.tool != "-"
		}
	}
	return "", "", false
}

// TestFixtures names every fixture of the repository.
func TestFixtures(t *testing.T) {
	var s score
	for path, data := range readFixtures(t) {
		tool, document, _ := what(path)
		s.add(t, path, data, tool, document)
	}
	s.check(t, "fixtures")
}

// readFixtures reads the fixtures of the whole repository that are the outputs
// of tools, by path.
func readFixtures(tb testing.TB) map[string][]byte {
	tb.Helper()
	files := make(map[string][]byte)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		slash := "/" + filepath.ToSlash(path)
		if d.IsDir() || !strings.Contains(slash, "/testdata/") {
			return nil
		}
		if _, _, ok := what(slash); !ok {
			return nil
		}
		data, err := os.ReadFile(path)
		if err == nil && len(data) > 0 {
			files[slash] = data
		}
		return err
	})
	if err != nil || len(files) < 100 {
		tb.Fatalf("%d fixtures (%v)", len(files), err)
	}
	return files
}
