// SPDX-License-Identifier: Apache-2.0

package sniff

import (
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
)

// folders are the corpus's folders and what lies in them: the tool, and the
// document where all are of one. "" is what no parser reads.
var folders = []struct{ name, tool, document string }{
	{"arcconf", "arcconf", ""},
	{"areca", "", ""},
	{"cciss_vol_status", "", ""},
	{"dmidecode", "dmidecode", ""},
	{"dmraid", "", ""},
	{"edac", "", ""},
	{"ethtool", "ethtool", ""},
	{"freeipmi", "", ""},
	{"ibstat", "", ""},
	{"ipmitool-fru", "ipmitool", "fru"},
	{"ipmitool-lan", "ipmitool", "lan"},
	{"ipmitool-mc", "ipmitool", "mc"},
	{"ipmitool-other", "", ""},
	{"ipmitool-sdr", "ipmitool", "sdr"},
	{"ipmitool-sel", "ipmitool", "sel"},
	{"lsblk", "lsblk", ""},
	{"lsblk-text", "", ""},
	{"lspci-other", "", ""},
	{"lspci-vmm", "lspci", ""},
	{"lsscsi", "", ""},
	{"mdadm", "mdadm", ""},
	{"mdstat", "mdstat", ""},
	{"megacli", "megacli", ""},
	{"mpt-status", "", ""},
	{"mstflint", "mstflint", ""},
	{"mvcli", "", ""},
	{"nvidia-smi-csv", "nvidia-smi", "query"},
	{"nvidia-smi-nvlink", "nvidia-smi", "nvlink"},
	{"nvidia-smi-text", "nvidia-smi", "query"},
	{"nvidia-smi-xml", "nvidia-smi", "query"},
	{"nvme", "nvme", ""},
	{"other", "", ""},
	{"sasircu", "sasircu", ""},
	{"smartctl-json", "smartctl", ""},
	{"smartctl-text", "smartctl", "device"},
	{"smbios-bin", "", ""},
	{"ssacli", "ssacli", ""},
	{"storcli", "storcli", ""},
	{"tw_cli", "", ""},
	{"zpool", "", ""},
}

// exceptions are captures that are not what their folder says, by a part of
// the name.
var exceptions = []struct{ folder, part, tool, document, why string }{
	{"other", "nvidia-smi-L__", "nvidia-smi", "list", "a folder of several tools"},
	{"other", "windows-x86_64__nvidia-geforce-rtx-2080-super__591.86__capabilities-topo-m", "", "", "how to use it, instead of an output"},
	{"other", "topo-m", "nvidia-smi", "topo", "a folder of several tools"},
	{"other", "nvlink-s", "nvidia-smi", "nvlink", "a folder of several tools"},
	{"arcconf", "arcconf_test.go__L1025", "", "", "JSON of another program"},
	{"arcconf", "arcconf_test.go__L888", "", "", "JSON of another program"},
	{"arcconf", "arcconf_test.go__L889", "", "", "JSON of another program"},
	{"arcconf", "arcconf_test.go__L1081", "", "", "source code"},
	{"arcconf", "arcconf_test.go__L959", "", "", "source code"},
	{"storcli", "storcli2_test.go__L403", "", "", "source code"},
	{"cciss_vol_status", "smartctl.out", "smartctl", "device", "smartctl's output beside it"},
	{"ipmitool-other", "ipmitool__errors", "ipmitool", "", "its failures, which its parsers tell"},
	{"ethtool", "ethtool--default", "", "", "ethtool without an option, which no parser reads"},
	{"ethtool", "link-partner", "", "", "ethtool without an option, which no parser reads"},
	{"ethtool", "ethtool_k", "", "", "ethtool -k, which no parser reads"},
	{"nvidia-smi-text", "README.md__L449", "", "", "nvidia-smi's table, which no parser reads"},
	{"nvidia-smi-text", "README.md__L463", "", "", "nvidia-smi's table, which no parser reads"},
	{"nvidia-smi-text", "ceems-exporter.md__L92", "", "", "nvidia-smi's table, which no parser reads"},
	{"nvme", "nvme_ocp_command", "", "", "a plugin's command, which no parser reads"},
}

// truth says what a capture is.
func truth(folder, name string) (tool, document string) {
	for _, e := range exceptions {
		if e.folder == folder && strings.Contains(name, e.part) {
			return e.tool, e.document
		}
	}
	for _, f := range folders {
		if f.name == folder {
			tool, document = f.tool, f.document
		}
	}
	return tool, document
}

// A score counts how often the guess is right.
type score struct{ files, right, certain, certainWrong, known int }

func (s *score) add(t *testing.T, name string, data []byte, tool, document string) {
	t.Helper()
	m := Best(data)
	right := m.Tool == tool && (document == "" || m.Document == document)
	s.files++
	if tool != "" {
		s.known++
	}
	if right {
		s.right++
	} else {
		t.Logf("%s: want %s %s, is %v", name, tool, document, m)
	}
	if m.Confidence == Certain {
		s.certain++
		if !right {
			s.certainWrong++
		}
	}
}

// check logs the figures and fails the test if they are worse than promised.
func (s *score) check(t *testing.T, what string) {
	t.Helper()
	t.Logf("%s: files=%d right=%.2f%% certain=%.2f%% of the %d that a parser reads, certain and wrong=%d",
		what, s.files, percent(s.right, s.files), percent(s.certain, s.known), s.known, s.certainWrong)
	if percent(s.right, s.files) < 99.5 || percent(s.certain, s.known) < 90 || s.certainWrong > 0 {
		t.Error("want at least 99.5 % right, 90 % certain, and no certain one wrong")
	}
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

// TestCorpus names every capture of the corpus.
func TestCorpus(t *testing.T) {
	var all score
	for _, f := range folders {
		one := score{}
		for _, file := range corpus.Files(t, f.name) {
			tool, document := truth(f.name, file.Name)
			one.add(t, f.name+"/"+file.Name, file.Data, tool, document)
		}
		t.Logf("%s: files=%d right=%d certain=%d", f.name, one.files, one.right, one.certain)
		all.files += one.files
		all.right += one.right
		all.certain += one.certain
		all.certainWrong += one.certainWrong
		all.known += one.known
	}
	all.check(t, "corpus")
}

// TestCorpusPieces cuts every capture into four: whatever a piece is taken for,
// it must not be certain of a wrong tool.
func TestCorpusPieces(t *testing.T) {
	var pieces, right, wrong, unknown int
	for _, f := range folders {
		for _, file := range corpus.Files(t, f.name) {
			tool, _ := truth(f.name, file.Name)
			for i := range 4 {
				n := len(file.Data)
				m := Best(file.Data[i*n/4 : (i+1)*n/4])
				pieces++
				switch {
				case m.Tool == tool:
					right++
				case m.Confidence == Certain:
					t.Errorf("%s/%s: piece %d is certainly %v", f.name, file.Name, i, m)
				case m.Confidence == Unknown:
					unknown++
				default:
					wrong++
				}
			}
		}
	}
	t.Logf("pieces=%d right=%.2f%% unknown=%.2f%% likely and wrong=%.2f%%", pieces, percent(right, pieces), percent(unknown, pieces), percent(wrong, pieces))
}
