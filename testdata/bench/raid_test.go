// SPDX-License-Identifier: Apache-2.0

//go:build unix

package bench

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/pci/devlink"
	"github.com/mchus/bee/pci/ethtool"
	"github.com/mchus/bee/pci/mstflint"
	"github.com/mchus/bee/smart"
	"github.com/mchus/bee/smart/arcconf"
	"github.com/mchus/bee/smart/mdadm"
	"github.com/mchus/bee/smart/sasircu"
	"github.com/mchus/bee/smart/ssacli"
	"github.com/mchus/bee/smart/storcli"
)

// A tool is a parser and the fixtures that it reads.
type tool struct {
	name  string
	files []string // patterns below the repository's root
	parse func(in []byte) (records int, err error)
}

const hostTrixie = "testdata/hosts/qemu-trixie/"

// tools are the measures, smart for JSON and dmi with all its views for text,
// and below them the parsers that are to be as fast.
var tools = []tool{
	{"json/smart", []string{hostTrixie + "smartctl-x-*.stdout"}, func(in []byte) (int, error) {
		_, err := smart.Parse(in)
		return 1, err
	}},
	{"json/storcli", []string{"smart/storcli/testdata/controller-degraded/input", "smart/storcli/testdata/drives-*/input", "smart/storcli/testdata/storcli2-[dv]*/input"}, parseStorcli},
	{"json/devlink", []string{"pci/devlink/testdata/[bim]*/input"}, func(in []byte) (int, error) {
		l, err := devlink.Parse(in)
		return len(l.Devices), err
	}},
	{"text/dmi", []string{hostTrixie + "dmidecode.stdout"}, func(in []byte) (int, error) {
		t, err := dmi.Parse(in)
		return len(t.Records), err
	}},
	{"text/dmi-all-views", []string{hostTrixie + "dmidecode.stdout"}, allViews},
	{"text/storcli", []string{"smart/storcli/testdata/*-text/input"}, parseStorcli},
	{"text/sasircu", []string{"smart/sasircu/testdata/display-*/input"}, func(in []byte) (int, error) {
		d, err := sasircu.Parse(in)
		return len(d.Drives), err
	}},
	{"text/ssacli", []string{"smart/ssacli/testdata/detail-*/input"}, func(in []byte) (int, error) {
		d, err := ssacli.Parse(in)
		return len(d.Controllers), err
	}},
	{"text/arcconf", []string{"smart/arcconf/testdata/[as]*-*/input"}, func(in []byte) (int, error) {
		d, err := arcconf.Parse(in)
		return len(d.Drives), err
	}},
	{"text/mdadm-detail", []string{"smart/mdadm/testdata/detail/[dir]*/input"}, func(in []byte) (int, error) {
		d, err := mdadm.ParseDetail(in)
		return len(d.Arrays), err
	}},
	{"text/mdadm-examine", []string{"smart/mdadm/testdata/examine/[din]*[cme]/input"}, func(in []byte) (int, error) {
		d, err := mdadm.ParseExamine(in)
		return len(d.Devices), err
	}},
	{"text/mdstat", []string{"smart/mdadm/testdata/mdstat/[im]*/input"}, func(in []byte) (int, error) {
		d, err := mdadm.ParseMdstat(in)
		return len(d.Arrays), err
	}},
	{"text/mstflint", []string{"pci/mstflint/testdata/fs*/input"}, func(in []byte) (int, error) {
		_, err := mstflint.Parse(in)
		return 1, err
	}},
	{"text/ethtool-m", []string{"pci/ethtool/testdata/module-[qs]*/input"}, func(in []byte) (int, error) {
		_, err := ethtool.ParseModule(in)
		return 1, err
	}},
}

func parseStorcli(in []byte) (int, error) {
	r, err := storcli.Parse(in)
	return len(r.Controllers), err
}

// read returns a tool's inputs; what its tests call broken is none of them.
func (t *tool) read(tb testing.TB) (inputs [][]byte, size int64) {
	for _, pattern := range t.files {
		files, _ := filepath.Glob(filepath.Join("../..", pattern))
		for _, file := range files {
			in, err := os.ReadFile(file)
			if err != nil {
				tb.Fatal(err)
			}
			if _, err := t.parse(in); err == nil {
				inputs, size = append(inputs, in), size+int64(len(in))
			}
		}
	}
	return inputs, size
}

// BenchmarkRAID measures each tool over all its inputs, a file at a time, as
// an audit reads them.
func BenchmarkRAID(b *testing.B) {
	for _, t := range tools {
		b.Run(t.name, func(b *testing.B) {
			inputs, size := t.read(b)
			b.SetBytes(size)
			b.ReportAllocs()
			start := cpuTime()
			for b.Loop() {
				for _, in := range inputs {
					if _, err := t.parse(in); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(size)*float64(b.N)/1e6/(cpuTime()-start).Seconds(), "MB/cpu-s")
		})
	}
}

// TestRAIDInputs checks that each tool has something to read.
func TestRAIDInputs(t *testing.T) {
	for i := range tools {
		inputs, size := tools[i].read(t)
		if len(inputs) == 0 || size < 500 {
			t.Errorf("%s: %d inputs of %d bytes", tools[i].name, len(inputs), size)
		}
		t.Logf("%s: %d inputs, %d bytes", strings.ReplaceAll(tools[i].name, "/", ", "), len(inputs), size)
	}
}
