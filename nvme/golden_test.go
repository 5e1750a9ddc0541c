// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/golden"
	"github.com/mchus/bee/nvme"
)

// TestGolden reads each capture under testdata and compares the result with
// its want.json. Nothing of a capture may be left in Extra.
func TestGolden(t *testing.T) {
	golden.Dir(t, "testdata", func(t *testing.T, input []byte) any {
		got, extra, err := parse(commandOf(t.Name()), input)
		if err != nil {
			t.Error(err)
		}
		if extra != nil {
			t.Errorf("not understood: %s", extra)
		}
		return got
	})
}

// commandOf returns the command in the name of a case: "id-ctrl" of
// "2.13-id-ctrl.json".
func commandOf(name string) string {
	name = filepath.Base(name)
	_, name, _ = strings.Cut(name, "-")
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// parse calls the function for a command.
func parse(command string, data []byte) (got any, extra map[string]json.RawMessage, err error) {
	switch {
	case strings.HasPrefix(command, "list"):
		l, err := nvme.ParseList(data)
		return l, l.Extra, err
	case strings.HasPrefix(command, "id-ctrl"):
		c, err := nvme.ParseIDCtrl(data)
		return c, c.Extra, err
	case strings.HasPrefix(command, "id-ns"):
		ns, err := nvme.ParseIDNS(data)
		return ns, ns.Extra, err
	case strings.HasPrefix(command, "smart-log"):
		s, err := nvme.ParseSmartLog(data)
		return s, s.Extra, err
	case strings.HasPrefix(command, "error-log"):
		log, err := nvme.ParseErrorLog(data)
		return log, log.Extra, err
	case strings.HasPrefix(command, "fw-log"):
		log, err := nvme.ParseFWLog(data)
		return log, log.Extra, err
	}
	panic("no parser for " + command)
}

// TestPassports sees to it that each capture says where it comes from.
func TestPassports(t *testing.T) {
	for _, path := range glob(t, "testdata/*/input") {
		dir := filepath.Dir(path)
		var p struct{ Tool, Version, Argv, Hardware, Origin, Licence string }
		data, err := os.ReadFile(filepath.Join(dir, "source.json"))
		if err != nil {
			t.Error(err)
			continue
		}
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&p); err != nil {
			t.Errorf("%s: %v", dir, err)
		}
		if p.Tool == "" || p.Version == "" || p.Argv == "" || p.Hardware == "" || p.Origin == "" || p.Licence == "" {
			t.Errorf("%s: the passport is incomplete: %+v", dir, p)
		}
	}
}

func glob(tb testing.TB, pattern string) []string {
	tb.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		tb.Fatalf("no %s (%v)", pattern, err)
	}
	return paths
}
