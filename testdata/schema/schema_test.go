// SPDX-License-Identifier: Apache-2.0

package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/golden"
	"github.com/mchus/bee/inventory/report"
)

const published = "../../inventory/report/schema.json"

// TestPublished fails when the types of the document and the schema in the
// package differ; -update writes the schema anew.
func TestPublished(t *testing.T) {
	schema, err := Generate("../../inventory/report")
	if err != nil {
		t.Fatal(err)
	}
	golden.Bytes(t, published, schema)
}

// TestNothingIsTakenBack fails when a key of the document is gone or has
// another type while the document's version is the same: who reads the
// document relies on them. New keys are added by -update.
func TestNothingIsTakenBack(t *testing.T) {
	data, err := os.ReadFile(published)
	if err != nil {
		t.Fatal(err)
	}
	var root node
	if err := json.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	keys := make(map[string]string)
	collect(keys, "", &root, root.Defs, nil)

	frozen := "testdata/" + strings.ReplaceAll(report.Schema, "/", "-") + ".txt"
	old, err := os.ReadFile(frozen)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(old)) {
		key, kind, _ := strings.Cut(strings.TrimSpace(line), " ")
		if keys[key] != kind {
			t.Fatalf("%s was %s and is %q: that takes a new version of the document", key, kind, keys[key])
		}
	}
	var b bytes.Buffer
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		fmt.Fprintln(&b, key, keys[key])
	}
	golden.Bytes(t, frozen, b.Bytes())
}

// collect lists the paths of all keys with their types.
func collect(keys map[string]string, path string, n *node, defs map[string]*node, above []string) {
	if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok {
		if slices.Contains(above, name) {
			return
		}
		n, above = defs[name], append(slices.Clone(above), name)
	}
	if path != "" {
		keys[path] = n.Type
	}
	if n.Items != nil {
		collect(keys, path+"[]", n.Items, defs, above)
	}
	for name, property := range n.Properties {
		collect(keys, strings.TrimPrefix(path+"."+name, "."), property, defs, above)
	}
}
