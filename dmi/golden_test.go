// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"reflect"
	"testing"

	"github.com/mchus/bee/internal/golden"
)

// TestGolden reads each fixture: what it is, what its typed views say, and
// what went wrong.
func TestGolden(t *testing.T) {
	golden.Dir(t, "testdata", func(t *testing.T, input []byte) any {
		table, err := Parse(input)
		got := map[string]any{"records": len(table.Records)}
		put := func(key string, value any) {
			if !reflect.ValueOf(value).IsZero() {
				got[key] = value
			}
		}
		put("version", table.Version)
		put("smbios", table.SMBIOS)
		put("notes", table.Notes)
		views := make(map[string]any)
		for _, v := range table.Views() {
			err = join(err, v.Err)
			if !reflect.ValueOf(v.Value).IsZero() {
				views[v.Name] = v.Value
			}
		}
		if len(views) > 0 {
			got["views"] = views
		}
		if list, ok := err.(Errors); ok {
			texts := make([]string, len(list))
			for i, e := range list {
				texts[i] = e.Error()
			}
			got["errors"] = texts
		}
		return got
	})
}
