// SPDX-License-Identifier: Apache-2.0

package hosts

import (
	"encoding/base64"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/redact"
	"github.com/mchus/bee/inventory/report"
)

// capture reads the files of a captured host.
func captured(t *testing.T, name string) host.Capture {
	t.Helper()
	c := make(host.Capture)
	entries, err := os.ReadDir(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch e.Name() {
		case "report.json", "differences.txt", "summary.txt", "source.json":
			continue
		}
		if c[e.Name()], err = os.ReadFile(filepath.Join(name, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// identifiers are those that QEMU was given.
var identifiers = []string{
	"4c4c4544-0042-4c10-8030-b9c04f534c32", "52:54:00:aa:00:01", "52:54:00:aa:00:02", "55cd2e4150aa0001", "5000c500aabbccdd", "5000c50099aa0001", "5000cca0aa000002",
}

// TestRedact: no identifier is left in a redacted capture, and its report is
// the original's but for these.
func TestRedact(t *testing.T) {
	for _, name := range names(t) {
		original := captured(t, name)
		redacted := redact.Capture(original, []byte("key"))
		all := slices.Clone(identifiers)
		for _, p := range truth {
			if len(p.Serial) >= 6 {
				all = append(all, p.Serial)
			}
		}
		for file, data := range redacted {
			text := file + " " + string(data)
			for line := range strings.Lines(string(data)) {
				_, coded, _ := strings.Cut(line, `"bytes":"`)
				coded, _, _ = strings.Cut(coded, `"`)
				raw, _ := base64.StdEncoding.DecodeString(coded)
				text += string(raw) + "\n"
			}
			text = strings.ToLower(text)
			for _, id := range all {
				id = strings.ToLower(id)
				for _, form := range []string{id, strings.ReplaceAll(id, ":", ""), strings.ReplaceAll(id, "-", "")} {
					if strings.Contains(text, form) {
						t.Errorf("%s: %s still has %s", name, file, form)
					}
				}
			}
		}
		compareShape(t, name, replay(t, original), replay(t, redacted))
		if again := redact.Capture(original, []byte("key")); !maps.EqualFunc(redacted, again, func(a, b []byte) bool { return string(a) == string(b) }) {
			t.Errorf("%s: the same key gives other pseudonyms", name)
		}
	}
}

func replay(t *testing.T, c host.Capture) *report.Report {
	t.Helper()
	h, err := host.Replay(c.FS())
	if err != nil {
		t.Fatal(err)
	}
	return inventory.Audit(t.Context(), h, inventory.Options{Tool: report.Tool{Name: "audit"}})
}

// compareShape checks that two reports have the same values but for those that
// identify.
func compareShape(t *testing.T, name string, a, b *report.Report) {
	t.Helper()
	old, new := comparable(a), comparable(b)
	for _, path := range slices.Sorted(maps.Keys(merged(old, new))) {
		x, inOld := old[path]
		y, inNew := new[path]
		key := path[strings.LastIndexByte(path, '.')+1:]
		switch {
		case inOld != inNew:
			t.Errorf("%s: %s is %q, redacted %q", name, path, x, y)
		case x == y, len(x) == len(y) && identifying[key], strings.Contains(path, ".host.also"):
		default:
			t.Errorf("%s: %s is %q, redacted %q", name, path, x, y)
		}
	}
}

var identifying = map[string]bool{
	"id": true, "serial": true, "uuid": true, "wwn": true, "mac": true, "permanent_mac": true, "ip": true, "hostname": true, "asset_tag": true,
	"value": true, "boot_id": true, "target": true, "component": true, "eui64": true, "nguid": true,
}
