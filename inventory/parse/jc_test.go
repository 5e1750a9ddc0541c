// SPDX-License-Identifier: Apache-2.0

package parse

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/internal/corpus"
)

// jc is the other program that makes JSON of tools' outputs. Each value that it
// gives is in ours, in the same record; the log says how often jc fails, and
// how long the processes take beside each other.
func TestAllThatJCGives(t *testing.T) {
	if _, err := exec.LookPath("jc"); err != nil {
		t.Skip(err)
	}
	audit := filepath.Join(t.TempDir(), "audit")
	if out, err := exec.Command("go", "build", "-o", audit, "../../cmd/audit").CombinedOutput(); err != nil {
		t.Skipf("%v: %s", err, out)
	}
	for _, tool := range []struct {
		name, fixtures, corpus string
		records                func(ours, theirs any) [][2]any
		wrong                  func(string) bool // what jc reads wrongly
	}{
		{"dmidecode", "../../dmi/testdata/*/input", "dmidecode", sameHandle, func(text string) bool {
			return text == "" || strings.HasPrefix(text, "2.0\tFirmware Revision: ") // a string that is not there, two fields on a line
		}},
		{"lspci", "../../pci/testdata/lspci/*/input", "lspci-vmm", sameSlot, nil},
	} {
		t.Run(tool.name, func(t *testing.T) {
			c := &comparison{audit: audit, tool: tool.name}
			for _, data := range inputs(t, tool.fixtures, tool.corpus) {
				ours, theirs := c.read(t, data)
				for _, pair := range tool.records(ours, theirs) {
					c.compare(t, pair[0], pair[1], tool.wrong)
				}
			}
			c.report(t)
		})
	}
	t.Run("lsblk", func(t *testing.T) { // each has its own form of this machine's answer
		c := &comparison{audit: audit, tool: "lsblk"}
		table, err := exec.Command("lsblk").Output()
		if err != nil {
			t.Skip(err)
		}
		document, err := exec.Command("lsblk", "-J").Output()
		if err != nil {
			t.Skip(err)
		}
		ours, theirs := c.ours(t, document), c.theirs(table)
		for _, pair := range sameName(ours, theirs) {
			c.compare(t, pair[0], pair[1], nil)
		}
		c.report(t)
	})
}

// inputs are a tool's fixtures and, of the corpus, one file of eight.
func inputs(t *testing.T, fixtures, folder string) [][]byte {
	var list [][]byte
	paths, err := filepath.Glob(fixtures)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no %s (%v)", fixtures, err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, data[:bytes.LastIndexByte(data, '\n')+1]) // jc takes a line that was cut off for a value
	}
	if os.Getenv("BEE_CORPUS") == "" {
		return list
	}
	for i, f := range corpus.Files(t, folder) {
		if i%8 == 0 {
			list = append(list, f.Data)
		}
	}
	return list
}

type comparison struct {
	audit, tool        string
	files, failed      int
	values, missing    int
	ourTime, theirTime time.Duration
}

func (c *comparison) read(t *testing.T, data []byte) (ours, theirs any) {
	theirs = c.theirs(data)
	return c.ours(t, data), theirs
}

func (c *comparison) ours(t *testing.T, data []byte) (value any) {
	cmd := exec.Command(c.audit, "parse", c.tool)
	cmd.Stdin = bytes.NewReader(data)
	start := time.Now()
	out, _ := cmd.Output() // 3 where something made no sense
	c.ourTime += time.Since(start)
	dec := json.NewDecoder(bytes.NewReader(out))
	dec.UseNumber()
	if err := dec.Decode(&value); err != nil && cmd.ProcessState.ExitCode() != 2 {
		t.Errorf("audit parse %s: %v", c.tool, err)
	}
	return value
}

// theirs is nil where jc fails.
func (c *comparison) theirs(data []byte) (value any) {
	cmd := exec.Command("jc", "-q", "-r", "--"+c.tool)
	cmd.Stdin = bytes.NewReader(data)
	start := time.Now()
	out, err := cmd.Output()
	c.theirTime += time.Since(start)
	c.files++
	if err != nil || json.Unmarshal(out, &value) != nil {
		c.failed++
		return nil
	}
	return value
}

func (c *comparison) compare(t *testing.T, ours, theirs any, wrong func(string) bool) {
	known := make(map[string]bool)
	leaves(ours, func(text string) { known[strings.ToLower(text)] = true })
	leaves(theirs, func(text string) {
		c.values++
		if !known[strings.ToLower(text)] && (wrong == nil || !wrong(text)) {
			c.missing++
			t.Errorf("jc has %q, of %.300v", text, theirs)
		}
	})
}

func (c *comparison) report(t *testing.T) {
	if c.values == 0 {
		t.Error("nothing was compared")
	}
	t.Logf("jc: %s files=%d failed=%d values=%d missing=%d time=%.1f:1", c.tool, c.files, c.failed, c.values, c.missing, float64(c.theirTime)/float64(c.ourTime))
}

func leaves(value any, fn func(string)) {
	switch v := value.(type) {
	case map[string]any:
		for _, inner := range v {
			leaves(inner, fn)
		}
	case []any:
		for _, inner := range v {
			leaves(inner, fn)
		}
	case nil:
	default:
		fn(strings.TrimSpace(fmt.Sprint(v)))
	}
}

// objects calls fn for each object in a document.
func objects(value any, fn func(map[string]any)) {
	switch v := value.(type) {
	case map[string]any:
		fn(v)
		for _, inner := range v {
			objects(inner, fn)
		}
	case []any:
		for _, inner := range v {
			objects(inner, fn)
		}
	}
}

// sameHandle pairs SMBIOS structures.
func sameHandle(ours, theirs any) (pairs [][2]any) {
	by := make(map[string][]any)
	objects(ours, func(o map[string]any) {
		if n, ok := o["handle"].(json.Number); ok {
			by[n.String()] = append(by[n.String()], o)
		}
	})
	list, _ := theirs.([]any)
	for _, record := range list {
		o, _ := record.(map[string]any)
		text, _ := o["handle"].(string)
		if handle, err := strconv.ParseUint(text, 0, 32); err == nil {
			pairs = append(pairs, [2]any{by[strconv.FormatUint(handle, 10)], o["values"]})
		}
	}
	return pairs
}

// sameSlot pairs PCI functions; the parts of an address are the address.
func sameSlot(ours, theirs any) (pairs [][2]any) {
	by := make(map[string]any)
	objects(ours, func(o map[string]any) {
		if text, ok := o["address"].(string); ok {
			by[text] = o
		}
	})
	list, _ := theirs.([]any)
	for _, record := range list {
		o, _ := record.(map[string]any)
		text, _ := o["slot"].(string)
		for _, key := range []string{"domain", "bus", "dev", "function", "slot"} {
			delete(o, key)
		}
		if us := by[text]; us != nil {
			pairs = append(pairs, [2]any{us, o})
		}
	}
	return pairs
}

// sameName pairs block devices.
func sameName(ours, theirs any) (pairs [][2]any) {
	by := make(map[string]any)
	objects(ours, func(o map[string]any) {
		if text, ok := o["name"].(string); ok {
			by[text] = o
		}
	})
	list, _ := theirs.([]any)
	for _, record := range list {
		o, _ := record.(map[string]any)
		text, _ := o["name"].(string)
		delete(o, "rm") // 0 and 1 are false and true with us
		delete(o, "ro")
		pairs = append(pairs, [2]any{by[text], o})
	}
	return pairs
}
