// SPDX-License-Identifier: Apache-2.0

package hosts

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// holds fails a test unless an audit of a capture keeps the contract: it ends
// in time, its document is valid, a summary can be made of it, and its verdict
// is "ok" only of what was read.
func holds(t *testing.T, schema *jsonschema.Schema, capture host.Capture) {
	t.Helper()
	h, err := host.Replay(capture.FS())
	if err != nil {
		return // a person is told, and nothing is audited
	}
	start := time.Now()
	r := inventory.Audit(t.Context(), h, inventory.Options{Tool: report.Tool{Name: "audit"}, Timeout: 10 * time.Second})
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
	document, err := r.JSON()
	if err != nil || !utf8.Valid(document) {
		t.Fatalf("no document: %v", err)
	}
	if _, err := report.Read(bytes.NewReader(document)); err != nil {
		t.Errorf("the document cannot be read: %v", err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Errorf("the document is not valid: %v", err)
	}
	if text := render.AppendText(nil, r, render.TextOptions{}); bytes.ContainsAny(text, "\x1b\x07\x7f") || !utf8.Valid(text) {
		t.Errorf("the summary moves the cursor: %q", text)
	}
	if payload := render.QRPayload(r, strings.Repeat("0", 64), 106); len(payload) > 106 {
		t.Errorf("QR payload of %d bytes: %q", len(payload), payload)
	}
	if r.Summary.Health == report.OK {
		mayBeOK(t, r)
	}
}

// mayBeOK fails a test if something is unread or wrong.
func mayBeOK(t *testing.T, r *report.Report) {
	t.Helper()
	if r.Summary.Complete == nil || !*r.Summary.Complete || r.Summary.Unjudged == nil || len(*r.Summary.Unjudged) > 0 {
		t.Errorf("ok, and complete %v, unjudged %v", r.Summary.Complete, r.Summary.Unjudged)
	}
	for _, f := range r.Findings {
		if f.Severity != report.Info {
			t.Errorf("ok with the finding %+v", f)
		}
	}
	for _, c := range r.Collectors {
		if c.Status == report.StatusFailed || c.Status == report.StatusTimeout {
			t.Errorf("ok, and collector %s is %s", c.Name, c.Status)
		}
	}
}

// unpack makes a capture of text: "-- NAME --" on a line begins a file.
func unpack(text []byte) host.Capture {
	c := host.Capture{"host.json": []byte(`{"schema":"bee.capture/1","times":["2026-01-15T12:00:00Z"]}`)}
	name := ""
	for line := range bytes.Lines(text) {
		if rest, ok := bytes.CutPrefix(line, []byte("-- ")); ok {
			if base, ok := bytes.CutSuffix(bytes.TrimSpace(rest), []byte(" --")); ok {
				name = string(base)
				c[name] = nil
				continue
			}
		}
		if name != "" {
			c[name] = append(c[name], line...)
		}
	}
	return c
}

// load reads the files of a captured host.
func load(tb testing.TB, name string) host.Capture {
	tb.Helper()
	c := make(host.Capture)
	entries, err := os.ReadDir(name)
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext == ".stdout" || ext == ".stderr" || ext == ".jsonl" || e.Name() == "host.json" {
			if c[e.Name()], err = os.ReadFile(filepath.Join(name, e.Name())); err != nil {
				tb.Fatal(err)
			}
		}
	}
	return c
}

// FuzzCapture: any bytes as a capture, commands and files as one input.
func FuzzCapture(f *testing.F) {
	schema := compileSchema(f)
	f.Add([]byte("-- commands.jsonl --\n{\"argv\":[\"dmidecode\"],\"stdout\":\"d\"}\n-- d --\n# dmidecode 3.6\n\nHandle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tSerial Number: A\n\nHandle 0x7F00, DMI type 127, 4 bytes\nEnd Of Table\n"))
	f.Add([]byte("-- commands.jsonl --\n{\"argv\":[\"lsblk\",\"-J\"],\"stdout\":\"l\"}\n{\"argv\":[\"nvidia-smi\",\"-q\",\"-x\"],\"exit\":9,\"stderr\":\"l\"}\n-- l --\n{\"blockdevices\":[{\"name\":\"sda\",\"type\":\"disk\",\"size\":1000}]}\n"))
	f.Add([]byte("-- files.jsonl --\n{\"path\":\"sys/class/net/eth0\",\"link\":\"../../devices/eth0\"}\n{\"path\":\"sys/block\",\"dir\":[\"sda@\"]}\n{\"path\":\"sys/devices/eth0/address\",\"text\":\"52:54:00:aa:00:01\\n\"}\n{\"path\":\"proc/cpuinfo\",\"error\":\"timeout\"}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		holds(t, schema, unpack(text))
	})
}

// FuzzDamagedHost: captured hosts whose outputs are cut, emptied, exchanged and
// otherwise damaged, by a number from which all the damage follows.
func FuzzDamagedHost(f *testing.F) {
	schema := compileSchema(f)
	var captures []host.Capture
	for _, name := range names(f) {
		captures = append(captures, load(f, name))
	}
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 0))
		c := maps.Clone(captures[random.IntN(len(captures))])
		for range 1 + random.IntN(5) {
			damage(random, c)
		}
		holds(t, schema, c)
	})
}

// damage does one thing to a file of a capture.
func damage(random *rand.Rand, c host.Capture) {
	files := slices.Sorted(maps.Keys(c))
	name := files[random.IntN(len(files))]
	lines := bytes.SplitAfter(slices.Clone(c[name]), []byte("\n"))
	at := random.IntN(len(lines))
	switch random.IntN(8) {
	case 0: // cut
		c[name] = c[name][:random.IntN(len(c[name])+1)]
		return
	case 1:
		if name != "host.json" {
			c[name] = nil
		}
		return
	case 2: // another tool's words
		c[name] = c[files[random.IntN(len(files))]]
		return
	case 3:
		lines = slices.Delete(lines, at, at+1)
	case 4:
		lines = slices.Insert(lines, at, lines[random.IntN(len(lines))])
	case 5:
		other := random.IntN(len(lines))
		lines[at], lines[other] = lines[other], lines[at]
	case 6: // a byte
		if line := slices.Clone(lines[at]); len(line) > 0 {
			line[random.IntN(len(line))] = byte(random.IntN(256))
			lines[at] = line
		}
	case 7: // a tool that fails
		lines[at] = fail(random, lines[at])
	}
	c[name] = bytes.Join(lines, nil)
}

// fail has a line of commands.jsonl say that the tool failed.
func fail(random *rand.Rand, line []byte) []byte {
	var command map[string]any
	if json.Unmarshal(line, &command) != nil || command["argv"] == nil {
		return line
	}
	switch random.IntN(4) {
	case 0:
		command["exit"] = 1 + random.IntN(255)
	case 1:
		command["error"] = []string{"absent", "timeout", "not-run", "out-of-time", "stuck", "output-limit", "odd"}[random.IntN(7)]
	case 2:
		command["signal"] = "segmentation fault"
	case 3:
		delete(command, "stdout")
	}
	out, _ := json.Marshal(command)
	return append(out, '\n')
}
