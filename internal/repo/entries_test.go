// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/ipmi"
	"github.com/mchus/bee/nvidia"
	"github.com/mchus/bee/nvme"
	"github.com/mchus/bee/pci"
	"github.com/mchus/bee/pci/devlink"
	"github.com/mchus/bee/pci/ethtool"
	"github.com/mchus/bee/pci/mstflint"
	"github.com/mchus/bee/smart"
	"github.com/mchus/bee/smart/arcconf"
	"github.com/mchus/bee/smart/dmsetup"
	"github.com/mchus/bee/smart/mdadm"
	"github.com/mchus/bee/smart/megacli"
	"github.com/mchus/bee/smart/sasircu"
	"github.com/mchus/bee/smart/ssacli"
	"github.com/mchus/bee/smart/storcli"
)

// An entry is one exported function that parses what a tool printed.
type entry struct {
	name    string // "ipmi.ParseFRU"
	corpus  string // its folder in the corpus, "" for none
	fixture string // part of the paths of its fixtures, "" where the parser can tell
	format  error  // the package's ErrFormat
	tool    error  // the package's ErrTool, nil where no output says that it failed

	// failure is an output in which the tool says that it failed; "" where
	// its values say so (smartctl's messages) or it prints nothing.
	failure string
	// anything: no text is foreign to it.
	anything bool

	// parse returns the value and all typed views of it.
	parse func(data []byte) (values []any, err error)
}

// entries are all of them; TestEveryEntryIsListed says so.
var entries = []entry{
	{name: "dmi.Parse", corpus: "dmidecode", format: dmi.ErrFormat, tool: dmi.ErrTool, failure: "/dev/mem: Permission denied\n",
		parse: func(data []byte) ([]any, error) {
			t, err := dmi.Parse(data)
			values := []any{t}
			for _, v := range t.Views() {
				values = append(values, v.Value)
				err = errors.Join(err, v.Err)
			}
			return values, err
		}},
	{name: "ipmi.ParseFRU", fixture: "/fru/", corpus: "ipmitool-fru", format: ipmi.ErrFormat, tool: ipmi.ErrTool, failure: noBMC, parse: with(ipmi.ParseFRU, func(f *ipmi.FRU) []any { return []any{f, f.Devices()} })},
	{name: "ipmi.ParseSDR", fixture: "/sdr/", corpus: "ipmitool-sdr", format: ipmi.ErrFormat, tool: ipmi.ErrTool, failure: noBMC, parse: with(ipmi.ParseSDR, func(s *ipmi.SDR) []any { return []any{s, s.Sensors(), s.Locators()} })},
	{name: "ipmi.ParseSEL", fixture: "/sel/", corpus: "ipmitool-sel", format: ipmi.ErrFormat, tool: ipmi.ErrTool, failure: noBMC, parse: with(ipmi.ParseSEL, func(s *ipmi.SEL) []any { return []any{s, s.Events(), s.Info()} })},
	{name: "ipmi.ParseMC", fixture: "/mc/", corpus: "ipmitool-mc", format: ipmi.ErrFormat, tool: ipmi.ErrTool, failure: noBMC, parse: with(ipmi.ParseMC, func(m *ipmi.MC) []any { return []any{m, m.Info()} })},
	{name: "ipmi.ParseLAN", fixture: "/lan/", corpus: "ipmitool-lan", format: ipmi.ErrFormat, tool: ipmi.ErrTool, failure: "Invalid channel: 1\n", parse: with(ipmi.ParseLAN, func(l *ipmi.LAN) []any { return []any{l, l.Config()} })},
	{name: "ipmi.ParseLAN6", fixture: "/lan6/", format: ipmi.ErrFormat, tool: ipmi.ErrTool, failure: "Invalid channel: 1\n", parse: with(ipmi.ParseLAN6, func(l *ipmi.LAN6) []any { return []any{l, l.Addresses()} })},

	{name: "nvidia.Parse", fixture: "/xml-", corpus: "nvidia-smi-xml", format: nvidia.ErrFormat, tool: nvidia.ErrTool, failure: noDriver, parse: plain(nvidia.Parse)},
	{name: "nvidia.ParseText", fixture: "/text-", corpus: "nvidia-smi-text", format: nvidia.ErrFormat, tool: nvidia.ErrTool, failure: noDriver, parse: plain(nvidia.ParseText)},
	{name: "nvidia.ParseCSV", fixture: "/csv-", corpus: "nvidia-smi-csv", format: nvidia.ErrFormat, tool: nvidia.ErrTool, failure: noDriver,
		parse: func(data []byte) ([]any, error) {
			t, err := nvidia.ParseCSV(data)
			log, err2 := t.Log()
			return []any{t, log}, errors.Join(err, err2)
		}},
	{name: "nvidia.ParseList", fixture: "/list-", format: nvidia.ErrFormat, tool: nvidia.ErrTool, failure: noDriver, parse: plain(nvidia.ParseList)},
	{name: "nvidia.ParseNVLink", fixture: "/nvlink-", corpus: "nvidia-smi-nvlink", format: nvidia.ErrFormat, tool: nvidia.ErrTool, failure: noDriver, parse: plain(nvidia.ParseNVLink)},
	{name: "nvidia.ParseTopo", fixture: "/topo-", format: nvidia.ErrFormat, tool: nvidia.ErrTool, failure: noDriver, parse: plain(nvidia.ParseTopo)},
	{name: "nvidia.ParseMessages", format: nvidia.ErrFormat, tool: nvidia.ErrTool, failure: noDriver, anything: true, parse: plain(nvidia.ParseMessages)},

	{name: "nvme.ParseList", corpus: "nvme", format: nvme.ErrFormat, tool: nvme.ErrTool, failure: noDevice, parse: plain(nvme.ParseList)},
	{name: "nvme.ParseListSubsys", format: nvme.ErrFormat, tool: nvme.ErrTool, failure: noDevice, parse: plain(nvme.ParseListSubsys)},
	{name: "nvme.ParseIDCtrl", format: nvme.ErrFormat, tool: nvme.ErrTool, failure: noDevice, parse: plain(nvme.ParseIDCtrl)},
	{name: "nvme.ParseIDNS", format: nvme.ErrFormat, tool: nvme.ErrTool, failure: noDevice, parse: plain(nvme.ParseIDNS)},
	{name: "nvme.ParseSmartLog", format: nvme.ErrFormat, tool: nvme.ErrTool, failure: noDevice, parse: plain(nvme.ParseSmartLog)},
	{name: "nvme.ParseErrorLog", format: nvme.ErrFormat, tool: nvme.ErrTool, failure: noDevice, parse: plain(nvme.ParseErrorLog)},
	{name: "nvme.ParseFWLog", format: nvme.ErrFormat, tool: nvme.ErrTool, failure: noDevice, parse: plain(nvme.ParseFWLog)},
	{name: "nvme.ParseText", format: nvme.ErrFormat, anything: true, parse: plain(nvme.ParseText)},

	{name: "pci.Parse", corpus: "lspci-vmm", format: pci.ErrFormat, tool: pci.ErrTool, failure: "lspci: Cannot open /sys/bus/pci/devices\n", parse: plain(pci.Parse)},
	{name: "pci/devlink.Parse", format: devlink.ErrFormat, tool: devlink.ErrTool, failure: "Failed to connect to devlink Netlink\n", parse: plain(devlink.Parse)},
	{name: "pci/ethtool.ParseDriverInfo", corpus: "ethtool", format: ethtool.ErrFormat, tool: ethtool.ErrTool, failure: "Cannot get driver information: No such device\n", parse: plain(ethtool.ParseDriverInfo)},
	{name: "pci/ethtool.ParseModule", corpus: "ethtool", format: ethtool.ErrFormat, tool: ethtool.ErrTool, failure: "netlink error: Operation not supported\n", parse: plain(ethtool.ParseModule)},
	{name: "pci/ethtool.ParsePermanentAddress", corpus: "ethtool", format: ethtool.ErrFormat, tool: ethtool.ErrTool, failure: "Cannot read permanent address: No such device\n", parse: plain(ethtool.ParsePermanentAddress)},
	{name: "pci/mstflint.Parse", corpus: "mstflint", format: mstflint.ErrFormat, tool: mstflint.ErrTool, failure: "-E- Cannot open Device: 03:00.0. No such file or directory\n", parse: plain(mstflint.Parse)},

	{name: "smart.Parse", corpus: "smartctl-json", format: smart.ErrFormat, parse: with(smart.Parse, func(d *smart.Device) []any { return []any{d, d.Health()} })},
	{name: "smart.ParseText", corpus: "smartctl-text", format: smart.ErrFormat, parse: with(smart.ParseText, func(t *smart.Text) []any { return []any{t} })},
	{name: "smart.ParseScan", format: smart.ErrFormat, parse: plain(smart.ParseScan)},
	{name: "smart.ParseLsblk", corpus: "lsblk", format: smart.ErrFormat, parse: plain(smart.ParseLsblk)},
	{name: "smart/arcconf.Parse", corpus: "arcconf", format: arcconf.ErrFormat, tool: arcconf.ErrTool, failure: "Controllers found: 1\nInvalid controller number.\n", parse: plain(arcconf.Parse)},
	{name: "smart/dmsetup.Parse", format: dmsetup.ErrFormat, tool: dmsetup.ErrTool, failure: "Device does not exist.\nCommand failed.\n", parse: plain(dmsetup.Parse)},
	{name: "smart/mdadm.ParseDetail", fixture: "/detail/", corpus: "mdadm", format: mdadm.ErrFormat, tool: mdadm.ErrTool, failure: "mdadm: cannot open /dev/md9: No such file or directory\n", parse: plain(mdadm.ParseDetail)},
	{name: "smart/mdadm.ParseExamine", fixture: "/examine/", corpus: "mdadm", format: mdadm.ErrFormat, tool: mdadm.ErrTool, failure: "mdadm: No md superblock detected on /dev/sda1.\n", parse: plain(mdadm.ParseExamine)},
	{name: "smart/mdadm.ParseMdstat", fixture: "/mdstat/", corpus: "mdstat", format: mdadm.ErrFormat, parse: plain(mdadm.ParseMdstat)},
	{name: "smart/megacli.Parse", corpus: "megacli", format: megacli.ErrFormat, tool: megacli.ErrTool, failure: "User specified controller is not present.\n", parse: plain(megacli.Parse)},
	{name: "smart/sasircu.Parse", corpus: "sasircu", format: sasircu.ErrFormat, tool: sasircu.ErrTool, failure: "SAS3IRCU: MPTLib2 Error 1\n", parse: plain(sasircu.Parse)},
	{name: "smart/ssacli.Parse", corpus: "ssacli", format: ssacli.ErrFormat, tool: ssacli.ErrTool, failure: "\nError: No controllers detected.\n", parse: plain(ssacli.Parse)},
	{name: "smart/storcli.Parse", corpus: "storcli", format: storcli.ErrFormat, tool: storcli.ErrTool, failure: "CLI Version = 007.1 Jan 1\nController = 0\nStatus = Failure\nDescription = Controller 0 not found\n", parse: plain(storcli.Parse)},
}

const (
	noBMC    = "Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: No such file or directory\n"
	noDriver = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n"
	noDevice = "/dev/nvme9: No such file or directory\n"
)

func plain[T any](parse func([]byte) (*T, error)) func([]byte) ([]any, error) {
	return with(parse, func(v *T) []any { return []any{v} })
}

func with[T any](parse func([]byte) (*T, error), views func(*T) []any) func([]byte) ([]any, error) {
	return func(data []byte) ([]any, error) {
		v, err := parse(data)
		if v == nil {
			return nil, err
		}
		return views(v), err
	}
}

// dir is the package's folder.
func (e *entry) dir() string {
	pkg, _, _ := strings.Cut(e.name, ".")
	return filepath.Join(root, filepath.FromSlash(pkg))
}

// list returns the errors in err, each parser's own and those of views.
func errorsIn(err error) []error {
	many, ok := err.(interface{ Unwrap() []error })
	if !ok {
		if err == nil {
			return nil
		}
		return []error{err}
	}
	var list []error
	for _, e := range many.Unwrap() {
		list = append(list, errorsIn(e)...)
	}
	return list
}

// A place is what each parser's error has.
type place interface {
	error
	Place() (path string, line, column int, text string)
}

// A document is an output that an entry reads.
type document struct {
	name string
	data []byte
}

var documents struct {
	sync.Mutex
	of map[string][]document
}

// fixtures returns the outputs of at most 64 KB.
func (e *entry) fixtures(t *testing.T) []document {
	t.Helper()
	list := e.outputs(t)
	for len(list) > 1 && len(list[len(list)-1].data) > 1<<16 {
		list = list[:len(list)-1]
	}
	return list
}

// outputs returns the fixtures of the package that are outputs of the entry's
// command, and in a long run (BEE_MUTANTS) those of the corpus: the small ones
// first.
func (e *entry) outputs(t *testing.T) []document {
	t.Helper()
	documents.Lock()
	defer documents.Unlock()
	if list, ok := documents.of[e.name]; ok {
		return list
	}
	folders := []string{filepath.Join(e.dir(), "testdata")}
	if corpus := os.Getenv("BEE_CORPUS"); corpus != "" && e.corpus != "" && os.Getenv("BEE_MUTANTS") != "" {
		folders = append(folders, filepath.Join(corpus, e.corpus))
	}
	var list []document
	for i, folder := range folders {
		walk(t, folder, func(path string, d fs.DirEntry) error {
			if !d.Type().IsRegular() || i == 0 && d.Name() != "input" && !strings.Contains(path, "/lab/") {
				return nil
			}
			if i == 0 && e.fixture != "" && !strings.Contains(filepath.ToSlash(path), e.fixture) {
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil || len(data) == 0 {
				return err
			}
			if _, err := e.parse(data); !errors.Is(err, e.format) {
				list = append(list, document{path, data})
			}
			return nil
		})
	}
	if len(list) == 0 {
		t.Fatalf("%s has no fixtures", e.name)
	}
	slices.SortFunc(list, func(a, b document) int { return len(a.data) - len(b.data) })
	list = slices.CompactFunc(list, func(a, b document) bool { return bytes.Equal(a.data, b.data) })
	if documents.of == nil {
		documents.of = make(map[string][]document)
	}
	documents.of[e.name] = list
	return list
}
