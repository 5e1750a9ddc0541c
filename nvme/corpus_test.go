// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
	"github.com/mchus/bee/internal/jsondoc"
	"github.com/mchus/bee/nvme"
)

// TestCorpus reads the real captures. It counts the leaves of JSON and the
// keyed lines of plain text (in tables: the rows), and those that no field
// takes.
func TestCorpus(t *testing.T) {
	tally := corpus.Tally{Tool: "nvme"}
	known := corpus.ReadKnown(t, "testdata/known.txt")
	for _, file := range corpus.Files(t, "nvme") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			_, extra, err := parse(commandByName(file.Name, file.Data), file.Data)
			tally.Explain(t, known, file.Name, err)
			if err != nil && known[file.Name] != "" {
				return // not the output of a command that this package reads
			}
			count(&tally, file.Data, extra)
		})
	}
	tally.Check(t, 98.5)
}

// commandByName tells the command from the name of a capture, or from what it
// has.
func commandByName(name string, data []byte) string {
	switch {
	case strings.Contains(name, "smart-log"), strings.Contains(name, "smartlog"), bytes.Contains(data, []byte(`"avail_spare"`)):
		return "smart-log"
	case strings.Contains(name, "id-ctrl"), strings.Contains(name, "id_ctrl"), bytes.Contains(data, []byte("NVME Identify Controller:")),
		bytes.Contains(data, []byte(`"ssvid"`)):
		return "id-ctrl"
	}
	return "list"
}

// count adds a capture to the tally.
func count(tally *corpus.Tally, data []byte, extra map[string]json.RawMessage) {
	missed := 0
	for path, raw := range extra {
		for range jsondoc.Leaves(raw) {
			tally.Miss(path)
			missed++
		}
	}
	if bytes.ContainsAny(data, "{[") && jsondoc.Open(data).Kind() != jsondoc.Null && !bytes.Contains(data, []byte("NVME")) {
		tally.Hit(jsondoc.Leaves(data) - missed)
		return
	}
	text, _ := nvme.ParseText(data)
	for _, line := range text.Lines {
		if _, _, ok := line.Cut(); ok || strings.HasPrefix(strings.TrimSpace(line.Text), "/dev/") {
			tally.Hit(1)
		}
	}
	tally.Hit(-missed)
}
