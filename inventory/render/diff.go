// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// AppendDiff appends what changed between two audits, a line or more for each
// component; nothing if nothing changed.
//
//	changed  drive ST8000NM000A ZA1ABCDE in 4: firmware SN01 -> SN02
func AppendDiff(dst []byte, d *report.Difference) []byte {
	b := bytes.NewBuffer(dst)
	for _, c := range d.Changes {
		fmt.Fprintf(b, "%-8s %s\n", clean(c.Kind), changeWords(&c))
	}
	return b.Bytes()
}

func changeWords(c *report.Change) string {
	if c.Kind == report.Unread {
		return fmt.Sprintf("%s: the %s audit could not read this part", clean(c.Component), clean(c.Side))
	}
	name := join(" ", c.Component, c.Model, c.Serial)
	if c.Model == "" && c.Serial == "" {
		name = join(" ", c.Component, strings.TrimPrefix(c.ID, c.Component+":"))
	}
	var parts []string
	switch {
	case c.Kind == report.Moved:
		parts = append(parts, fmt.Sprintf("%s -> %s", clean(c.OldPlace), clean(c.Place)))
	case c.Place != "" && !strings.HasSuffix(name, " "+clean(c.Place)):
		name += " in " + clean(c.Place)
	}
	if c.SizeBytes > 0 {
		parts = append(parts, changeSize(c))
	}
	for _, f := range c.Fields {
		parts = append(parts, fieldWords(f))
	}
	if len(parts) == 0 {
		return name
	}
	return name + ": " + strings.Join(parts, ", ")
}

func changeSize(c *report.Change) string {
	if c.Component == "drive" || c.Component == "volume" {
		return diskSize(c.SizeBytes)
	}
	return size(c.SizeBytes)
}

// fieldWords names a field as people do: "link current width x16 -> x8".
func fieldWords(f report.FieldChange) string {
	name := strings.NewReplacer("_", " ", ".", " ").Replace(f.Field)
	if strings.HasPrefix(f.Field, "ports[") { // a port's address keeps its marks
		port, field, _ := strings.Cut(strings.TrimPrefix(f.Field, "ports["), "].")
		name = "port " + port + " " + strings.NewReplacer("_", " ", ".", " ").Replace(field)
	}
	name = strings.TrimPrefix(name, "smart ")
	return fmt.Sprintf("%s %s -> %s", clean(name), valueWords(f.Field, f.Old), valueWords(f.Field, f.New))
}

func valueWords(field string, value any) string {
	switch v := value.(type) {
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case string:
		if v == "" {
			return "none"
		}
		return clean(v)
	case json.Number:
		if strings.HasSuffix(field, "_width") {
			return "x" + v.String()
		}
		return v.String()
	}
	if list, ok := value.([]any); ok {
		names := make([]string, len(list))
		for i, v := range list {
			names[i] = fmt.Sprint(v)
		}
		return cmp.Or(joined(names...), "none")
	}
	data, err := json.Marshal(value)
	if err != nil {
		return "?"
	}
	return clean(string(data))
}
