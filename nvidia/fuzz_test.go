// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// seed adds the fixtures of one kind.
func seed(f *testing.F, kind string, more ...string) {
	f.Helper()
	for _, data := range fixtures(f, kind) {
		f.Add(data)
	}
	for _, text := range more {
		f.Add([]byte(text))
	}
}

// checkErrors holds errors to the contract: at most so many, each with a cause
// and a place inside the input that holds its text.
func checkErrors(t *testing.T, data []byte, err error) {
	t.Helper()
	if err == nil {
		return
	}
	list, ok := err.(Errors)
	if !ok || len(list) == 0 || len(list) > maxErrors+1 {
		t.Fatalf("%T of %d errors", err, len(list))
	}
	lines := strings.Split(string(data), "\n")
	for _, e := range list {
		if e.Err == nil || len(e.Text) > maxText+len("…") {
			t.Errorf("error without a cause or with too long a text: %v", e)
		}
		if e.Line < 1 || e.Line > len(lines) || e.Column < 1 || e.Column > len(lines[e.Line-1])+1 {
			t.Errorf("error outside the input: %v", e)
		}
	}
}

// checkLog holds a log to the contract.
func checkLog(t *testing.T, data []byte, log *Log, err error) {
	t.Helper()
	if log == nil {
		t.Fatal("no log")
	}
	checkErrors(t, data, err)
	if len(log.GPUs) > maxGPUs || len(log.Notes) > maxNotes {
		t.Errorf("%d GPUs, %d notes", len(log.GPUs), len(log.Notes))
	}
	if _, err := json.Marshal(log); err != nil {
		t.Error(err)
	}
	for _, note := range log.Notes {
		if note.Line < 1 || note.Line > bytes.Count(data, []byte("\n"))+1 || !bytes.Contains(data, []byte(note.Text)) {
			t.Errorf("note that is not in the input: %+v", note)
		}
	}
}

// FuzzReader compares our XML reader with encoding/xml.
func FuzzReader(f *testing.F) {
	for _, doc := range xmlDocuments {
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, data string) { compareReaders(t, data) })
}

func FuzzParse(f *testing.F) {
	seed(f, "xml", xmlDocuments...)
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := Parse(data)
		checkLog(t, data, log, err)
		for i := range log.GPUs {
			if log.GPUs[i].Element == nil || log.GPUs[i].Element.Name != "gpu" {
				t.Error("GPU without its element")
			}
		}
		for _, n := range log.Unknown {
			if n.Path() == "" || n.Line < 1 {
				t.Errorf("unknown element without a place: %+v", n)
			}
		}
	})
}

func FuzzParseText(f *testing.F) {
	seed(f, "text")
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := ParseText(data)
		checkLog(t, data, log, err)
	})
}

func FuzzParseCSV(f *testing.F) {
	seed(f, "csv", "name\n", "a, b [x]\n1, 2\n", "process_name, pid\na, b, c, 1\n")
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := ParseCSV(data)
		checkErrors(t, data, err)
		log, err := table.Log()
		checkLog(t, data, log, err)
		printed := table.Format()
		again, _ := ParseCSV(printed)
		if got := again.Format(); !bytes.Equal(printed, got) {
			t.Errorf("Format is not a fixed point:\n%q\n%q", printed, got)
		}
		if len(again.Rows) != len(table.Rows) {
			t.Errorf("%d rows become %d", len(table.Rows), len(again.Rows))
		}
	})
}

func FuzzParseList(f *testing.F) {
	seed(f, "list")
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := ParseList(data)
		checkLog(t, data, log, err)
	})
}

func FuzzParseNVLink(f *testing.F) {
	seed(f, "nvlink")
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := ParseNVLink(data)
		checkLog(t, data, log, err)
	})
}

func FuzzParseTopo(f *testing.F) {
	seed(f, "topo")
	f.Fuzz(func(t *testing.T, data []byte) {
		topo, err := ParseTopo(data)
		if topo == nil {
			t.Fatal("no topology")
		}
		checkErrors(t, data, err)
		for i := range topo.Devices {
			if len(topo.Devices[i].Links) == 0 || len(topo.Devices) > maxDevices {
				t.Errorf("%d devices, %d links", len(topo.Devices), len(topo.Devices[i].Links))
			}
		}
	})
}
