// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ErrNotADocument is the error of [Read] for what is not an audit document.
var ErrNotADocument = errors.New("not an audit document of bee")

// maxDocument bounds what [Read] takes: ten thousand drives are 40 MB.
const maxDocument = 256 << 20

// UnknownKeys are the paths of keys that this version of bee does not know:
// the document is of a newer one. A program that passes documents on should
// keep the bytes that it read, for these values are not in the Report.
type UnknownKeys []string

func (u UnknownKeys) Error() string {
	return "keys of a newer version: " + strings.Join(u, ", ")
}

// Read reads an audit document. The report is nil if it is none
// ([ErrNotADocument]) or is not JSON. Otherwise the error is nil or
// [UnknownKeys], and the report holds all that this version knows.
func Read(r io.Reader) (*Report, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxDocument+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxDocument {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrNotADocument, maxDocument)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // as some editors write it
	var tree map[string]any
	if err := json.Unmarshal(data, &tree); err != nil {
		return nil, fmt.Errorf("%w: %s", ErrNotADocument, place(data, err))
	}
	if schema, _ := tree["schema"].(string); schema != Schema {
		return nil, fmt.Errorf("%w: its schema is %.100q, not %q", ErrNotADocument, schema, Schema)
	}
	report := new(Report)
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber() // evidence is written back as it was read
	if err := dec.Decode(report); err != nil {
		return nil, fmt.Errorf("%w: %s", ErrNotADocument, place(data, err))
	}
	search := keySearch{fields: make(map[reflect.Type]map[string]reflect.Type)}
	search.find(tree, reflect.TypeFor[Report](), "")
	if len(search.unknown) == 0 {
		return report, nil
	}
	slices.Sort(search.unknown)
	return report, slices.Compact(search.unknown)
}

// ReadFile reads a document from a file, as [Read] does.
func ReadFile(path string) (*Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(f)
}

// place words an error of encoding/json with the line it is at.
func place(data []byte, err error) string {
	offset := int64(-1)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = max(syntax.Offset-1, 0) // it has read what offends
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	if offset < 0 || offset > int64(len(data)) {
		return err.Error()
	}
	before := data[:offset]
	return fmt.Sprintf("line %d, column %d: %v", 1+bytes.Count(before, []byte("\n")), len(before)-bytes.LastIndexByte(before, '\n'), err)
}

// A keySearch looks for keys that this version does not know.
type keySearch struct {
	unknown UnknownKeys
	fields  map[reflect.Type]map[string]reflect.Type // of the structs met, by their JSON keys
}

// find lists the keys of a value that its Go type has no field for. An index
// of an array is written as a star: one unknown key of all drives is one.
func (s *keySearch) find(value any, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == reflect.TypeFor[time.Time]() {
		return
	}
	switch value := value.(type) {
	case []any:
		if t.Kind() != reflect.Slice {
			return
		}
		path += ".*"
		for _, v := range value {
			s.find(v, t.Elem(), path)
		}
	case map[string]any:
		if t.Kind() != reflect.Struct {
			return
		}
		fields := s.fields[t]
		if fields == nil {
			fields = fieldsOf(t)
			s.fields[t] = fields
		}
		for key, v := range value {
			inner, known := fields[key]
			switch v.(type) {
			case []any, map[string]any:
				if known {
					s.find(v, inner, path+"."+key)
				}
			}
			if !known && len(s.unknown) < maxUnknown {
				s.unknown = append(s.unknown, strings.TrimPrefix(path+"."+quoteKey(key), "."))
			}
		}
	}
}

// maxUnknown bounds the list of unknown keys.
const maxUnknown = 1000

// quoteKey keeps a key of somebody else's on one line.
func quoteKey(key string) string {
	if strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r == '.' || r > '~' }) {
		return strconv.QuoteToASCII(key)
	}
	return key
}

// fieldsOf returns the types of a struct's fields by their JSON keys.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := make(map[string]reflect.Type, t.NumField())
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields[name] = f.Type
	}
	return fields
}
