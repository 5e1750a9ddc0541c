// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"log/slog"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/google/go-cmp/cmp"
)

var (
	size    = flag.Int("fleet.n", 180, "machines of the fleet that TestTruth makes")
	damaged = flag.Int("fleet.damaged", 16, "its damaged files")
)

func TestMain(m *testing.M) {
	flag.Parse()
	beam.Init()
	slog.SetLogLoggerLevel(slog.LevelWarn)
	os.Exit(m.Run())
}

// runFleet runs the pipeline and returns what it printed.
func runFleet(t *testing.T, o options) string {
	t.Helper()
	o.shards = max(1, o.shards)
	var b strings.Builder
	if err := run(t.Context(), o, &b); err != nil {
		t.Fatalf("%v\n%s", err, &b)
	}
	return b.String()
}

// readTable reads the CSV files of a table as rows by column.
func readTable(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, name+"*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no table %s (%v)", name, err)
	}
	var rows []map[string]string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, record := range records[1:] {
			row := make(map[string]string)
			for i, name := range records[0] {
				row[name] = record[i]
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// count adds rows up by the cells of some columns: parts or files where the
// table counts them, else the rows.
func count(rows []map[string]string, keys []string) map[string]int {
	sums := make(map[string]int)
	for _, row := range rows {
		key := make([]string, len(keys))
		for i, k := range keys {
			key[i] = row[k]
		}
		n := 1
		for _, column := range []string{"parts", "files"} {
			if cell, ok := row[column]; ok {
				n, _ = strconv.Atoi(cell)
			}
		}
		sums[strings.Join(key, "|")] += n
	}
	return sums
}

type truth struct {
	Keys map[string][]string
	Runs []map[string]map[string]int
}

func generate(t *testing.T) (dir string, want truth) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "fleet")
	cmd := exec.Command("go", "run", "-C", "../../testdata", "./fleet", "-n", strconv.Itoa(*size), "-damaged", strconv.Itoa(*damaged), "-out", dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	return dir, want
}

// compare lays tables beside the truth.
func compare(t *testing.T, dir string, keys map[string][]string, want map[string]map[string]int) {
	t.Helper()
	for _, table := range tables {
		columns, ok := keys[table.name]
		if !ok {
			t.Errorf("the truth does not speak of %s", table.name)
		}
		if diff := cmp.Diff(want[table.name], count(readTable(t, dir, table.name), columns)); diff != "" {
			t.Errorf("%s (-truth +table):\n%s", table.name, diff)
		}
	}
}

// TestTruth: the tables of a generated fleet are what the generator says, run
// after run.
func TestTruth(t *testing.T) {
	dir, want := generate(t)
	first, second := filepath.Join(dir, "tables1"), filepath.Join(dir, "tables2")
	t.Log(runFleet(t, options{in: []string{dir + "/1/*"}, out: first}))
	compare(t, first, want.Keys, want.Runs[0])
	t.Log(runFleet(t, options{in: []string{dir + "/2/*"}, out: second, previous: first, shards: 3}))
	compare(t, second, want.Keys, want.Runs[1])

	t.Run("again", func(t *testing.T) { // the same input gives the same bytes
		again := filepath.Join(dir, "again")
		runFleet(t, options{in: []string{dir + "/1/*", dir + "/1/d*"}, out: again})
		for _, name := range []string{"machines.csv", "components.jsonl", "wear.csv", "dead_letters.jsonl", "files.csv", "duplicates.csv"} {
			a, _ := os.ReadFile(filepath.Join(first, name))
			b, err := os.ReadFile(filepath.Join(again, name))
			if err != nil || !bytes.Equal(a, b) {
				t.Errorf("%s differs (%v)", name, err)
			}
		}
	})
	t.Run("shards", func(t *testing.T) {
		err := run(context.Background(), options{in: []string{dir + "/1/*"}, out: second, shards: 1}, new(strings.Builder))
		if err == nil || !strings.Contains(err.Error(), "another number of files") {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("without change", func(t *testing.T) {
		out := filepath.Join(dir, "same")
		runFleet(t, options{in: []string{dir + "/2/*"}, out: out, previous: second})
		if rows := readTable(t, out, "changes"); len(rows) > 0 {
			t.Errorf("%d changes, the first %v", len(rows), rows[0])
		}
	})
	t.Run("dead letters", func(t *testing.T) {
		for _, row := range readTable(t, first, "dead_letters") {
			if row["error"] == "" || !strings.Contains(row["file"], "damaged-") {
				t.Errorf("%v", row)
			}
		}
	})
}

// TestJSONL: the JSON lines say what the CSV says.
func TestJSONL(t *testing.T) {
	out := t.TempDir()
	runFleet(t, options{in: []string{"../../testdata/hosts/*/host.json"}, out: out})
	for _, table := range tables {
		rows := readTable(t, out, table.name)
		data, err := os.ReadFile(filepath.Join(out, table.name+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for line := range strings.Lines(string(data)) {
			dec := json.NewDecoder(strings.NewReader(line))
			dec.UseNumber()
			object := make(map[string]any)
			if err := dec.Decode(&object); err != nil {
				t.Fatalf("%s: %v: %s", table.name, err, line)
			}
			for _, c := range table.columns() {
				if !same(object[c.name], rows[i][c.name], c.kind) {
					t.Errorf("%s, row %d, %s: %v in JSON, %q in CSV", table.name, i, c.name, object[c.name], rows[i][c.name])
				}
			}
			i++
		}
		if i != len(rows) {
			t.Errorf("%s: %d lines, %d rows", table.name, i, len(rows))
		}
	}
}

func same(value any, cell, kind string) bool {
	switch v := value.(type) {
	case nil:
		return cell == ""
	case string:
		return v == cell && kind == "text"
	case json.Number:
		return v.String() == cell && kind == "number"
	case bool:
		return strconv.FormatBool(v) == cell && kind == "bool"
	}
	return false
}

// TestOutputs: what a tool printed, alone.
func TestOutputs(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	for name, from := range map[string]string{"dmi.txt": "dmidecode.stdout", "sda.json": "smartctl-x-j-d-sat-dev-sda.stdout", "eth0.txt": "ethtool-i-eth0.stdout", "ps.txt": "ipmitool-v-fru-print-1.stdout"} {
		data, err := os.ReadFile("../../testdata/hosts/qemu-trixie/" + from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(in, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	runFleet(t, options{in: []string{in + "/*"}, out: out})
	machines := readTable(t, out, "machines")
	if len(machines) != 1 || machines[0]["serial"] != "SRV-2023-0042" || machines[0]["health"] == "ok" {
		t.Errorf("machines %v", machines)
	}
	uses := count(readTable(t, out, "files"), []string{"use"})
	if want := map[string]int{"used": 1, "outputs": 3}; !maps.Equal(uses, want) {
		t.Errorf("uses %v, want %v", uses, want)
	}
	drive := slices.IndexFunc(readTable(t, out, "components"), func(row map[string]string) bool {
		return row["kind"] == "drive" && row["serial"] == "BTYF0001480G" && row["firmware"] == "XCV10132" && row["machine"] == ""
	})
	if drive < 0 {
		t.Errorf("no drive of smartctl's: %v", readTable(t, out, "components"))
	}
}

// TestReadme: README.md describes the tables as they are.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), describe()) {
		t.Error("README.md is not what -columns prints")
	}
}
