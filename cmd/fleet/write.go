// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
)

// writeFn writes the rows of one file, sorted, so that the same rows give the
// same bytes however often and in whatever order they come.
type writeFn struct {
	Out string
}

// formats are the forms that a table can be written in, by the ends of their
// files' names.
var formats = map[string]func(columns []column, rows [][]string) ([]byte, error){
	"csv":   toCSV,
	"jsonl": toJSONL,
}

func (f *writeFn) ProcessElement(ctx context.Context, name string, next func(*string) bool) error {
	of, _, _ := strings.Cut(name, "-")
	i := slices.IndexFunc(tables, func(t table) bool { return t.name == of })
	if i < 0 {
		return fmt.Errorf("no table %q", of)
	}
	lines := slices.DeleteFunc(collect(next), func(line string) bool { return line == "" })
	slices.Sort(lines)
	rows := make([][]string, len(lines))
	for i, line := range lines {
		rows[i] = decodeRow(line)
	}
	fsys, err := filesystem.New(ctx, f.Out)
	if err != nil {
		return err
	}
	defer fsys.Close()
	for format, encode := range formats {
		data, err := encode(tables[i].columns(), rows)
		if err != nil {
			return err
		}
		if err := filesystem.Write(ctx, fsys, join(f.Out, name+"."+format), data); err != nil {
			return err
		}
	}
	return nil
}

// join makes the name of a file in a folder of any file system.
func join(dir, name string) string { return strings.TrimSuffix(dir, "/") + "/" + name }

func toCSV(columns []column, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.name
	}
	_ = w.Write(head) // Flush has the error
	for _, row := range rows {
		_ = w.Write(row)
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// toJSONL writes an object a line, without the keys that are unknown.
func toJSONL(columns []column, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, row := range rows {
		separator := "{"
		for i, c := range columns {
			if row[i] == "" {
				continue
			}
			fmt.Fprintf(&b, "%s%q:", separator, c.name)
			separator = ","
			if c.kind != "text" {
				b.WriteString(row[i])
				continue
			}
			if err := enc.Encode(row[i]); err != nil {
				return nil, err
			}
			b.Truncate(b.Len() - 1) // the line's end
		}
		b.WriteString("}\n")
	}
	return b.Bytes(), nil
}
