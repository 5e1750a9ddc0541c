// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// These tests keep the convention of the parsers, whose table is in
// ARCHITECTURE.md.

// TestEveryEntryIsListed checks the list of entries against the source.
func TestEveryEntryIsListed(t *testing.T) {
	listed := make(map[string]bool)
	for _, e := range entries {
		listed[e.name] = true
	}
	for pkg := range parsers {
		for _, file := range sources(t, pkg) {
			for _, decl := range file.Decls {
				f, ok := decl.(*ast.FuncDecl)
				if !ok || f.Recv != nil || !strings.HasPrefix(f.Name.Name, "Parse") || f.Type.Results.NumFields() != 2 || !takesBytes(f) {
					continue
				}
				name := pkg + "." + f.Name.Name
				if !listed[name] {
					t.Errorf("%s is not in the list of entries", name)
				}
				delete(listed, name)
			}
		}
	}
	for name := range listed {
		t.Errorf("there is no %s", name)
	}
}

func takesBytes(f *ast.FuncDecl) bool {
	a, ok := f.Type.Params.List[0].Type.(*ast.ArrayType)
	return ok && a.Len == nil
}

// sources returns the files of a package, without its tests.
func sources(t *testing.T, pkg string) map[string]*ast.File {
	t.Helper()
	files := make(map[string]*ast.File)
	paths, err := filepath.Glob(filepath.Join(root, pkg, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatal(pkg, err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fileSet, path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = file
	}
	return files
}

var fileSet = token.NewFileSet()

// TestForeign: what is no output of the tool, and nothing at all, is one
// ErrFormat; the value is there and empty.
func TestForeign(t *testing.T) {
	for _, e := range entries {
		if e.anything {
			continue
		}
		for _, in := range []string{
			"", "\n", " \r\n\r\n", "Lorem ipsum dolor sit amet\n", "Lorem ipsum dolor sit amet", "foo: bar\n", "<html>\n<body>x</body>\n</html>\n",
			"bash: tool: command not found\n", "\x00\x01\x02", strings.Repeat("x", 1<<12) + "\n", `{"foo":{"bar":1}}`,
		} {
			values, err := e.parse([]byte(in))
			if len(values) == 0 {
				t.Errorf("%s(%.40q) is nil", e.name, in)
			}
			if list := errorsIn(err); len(list) != 1 || !errors.Is(err, e.format) {
				t.Errorf("%s(%.40q): %v, want one %v", e.name, in, list, e.format)
			}
			checkPlaces(t, []byte(in), err)
		}
	}
}

// TestOthersOutputsAreForeign: no parser takes the fixtures of another package.
func TestOthersOutputsAreForeign(t *testing.T) {
	for _, e := range entries {
		if e.anything {
			continue
		}
		for _, other := range entries {
			if other.dir() == e.dir() {
				continue
			}
			for _, doc := range other.fixtures(t) {
				if _, err := other.parse(doc.data); other.tool != nil && errors.Is(err, other.tool) {
					continue // tools say alike why they failed
				}
				// A piece of ssacli's output has no heading that is its alone, and
				// MegaCli names a temperature as nvme's log does.
				if _, err := e.parse(doc.data); err == nil && e.name != "smart/ssacli.Parse" && other.name != "smart/megacli.Parse" {
					t.Errorf("%s takes %s", e.name, doc.name)
				}
			}
		}
	}
}

// TestToolFailed: where the tool says that it failed, the error says so.
func TestToolFailed(t *testing.T) {
	for _, e := range entries {
		if e.failure == "" {
			continue
		}
		for _, in := range []string{e.failure, strings.TrimSuffix(e.failure, "\n")} {
			if _, err := e.parse([]byte(in)); e.tool == nil || !errors.Is(err, e.tool) || errors.Is(err, e.format) {
				t.Errorf("%s(%q): %v, want %v", e.name, in, err, e.tool)
			}
			if strings.Count(e.failure, "\n") > 1 {
				break // what comes before the sentence is known
			}
		}
	}
}

// checkPlaces sees to it that each error points into the input, and is small
// and inert.
func checkPlaces(t *testing.T, data []byte, err error) {
	t.Helper()
	if err == nil {
		return
	}
	lines := bytes.Split(data, []byte("\n"))
	for _, e := range errorsIn(err) {
		p, ok := e.(place)
		if !ok {
			t.Fatalf("%T has no place: %v", e, e)
		}
		path, line, column, text := p.Place()
		if line < 1 || line > len(lines) || column < 1 || len(lines) == line && column > len(lines[line-1])+2 {
			t.Fatalf("%v is outside of the input", e)
		}
		if len(path) > 600 || len(text) > 90 || !inert(path) || !inert(text) {
			t.Fatalf("not small and inert: %q %q", path, text)
		}
	}
}

func inert(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r >= 0x7F && r < 0xA0 }) && strings.ToValidUTF8(s, "") == s
}

// TestCopiesAreEqual: what the packages copy from each other is the same: the
// list of errors, and how a line that was cut off is found.
func TestCopiesAreEqual(t *testing.T) {
	same := map[string]map[string][]string{} // name of a declaration → text → packages
	for pkg := range parsers {
		for _, file := range sources(t, pkg) {
			for _, decl := range file.Decls {
				f, ok := decl.(*ast.FuncDecl)
				if !ok || !isCopy(f) {
					continue
				}
				f.Doc = nil
				var b bytes.Buffer
				if err := format.Node(&b, fileSet, f); err != nil {
					t.Fatal(err)
				}
				name := nameOf(f)
				if same[name] == nil {
					same[name] = make(map[string][]string)
				}
				text := regexp.MustCompile(`(?m)//.*$|\s+`).ReplaceAllString(b.String(), " ")
				same[name][text] = append(same[name][text], pkg)
			}
		}
	}
	for name, variants := range same {
		allowed := 1
		if name == "Errors.add" {
			allowed = 3 // with a path, and with what jsondoc makes inert
		}
		if len(variants) > allowed {
			t.Errorf("%s differs: %v", name, slices.Collect(maps.Values(variants)))
		}
	}
	for _, name := range []string{"Errors.Error", "Errors.Unwrap", "Errors.err", "ParseError.Unwrap"} {
		n := 0
		for _, pkgs := range same[name] {
			n += len(pkgs)
		}
		if n != len(parsers) {
			t.Errorf("%d packages have %s, want all %d", n, name, len(parsers))
		}
	}
}

func nameOf(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	typ := f.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	id, ok := typ.(*ast.Ident)
	if !ok {
		return f.Name.Name
	}
	return id.Name + "." + f.Name.Name
}

func isCopy(f *ast.FuncDecl) bool {
	switch nameOf(f) {
	case "Errors.Error", "Errors.Unwrap", "Errors.err", "Errors.add", "ParseError.Unwrap", "whole",
		"Uint128.Uint64", "Uint128.Mul", "Uint128.String", "Uint128.MarshalJSON", "Uint128.UnmarshalJSON":
		return true
	}
	return false
}

// TestJSONReadsBack: what a typed value writes as JSON, its type reads, and
// writes again.
func TestJSONReadsBack(t *testing.T) {
	for _, e := range entries {
		for _, doc := range e.fixtures(t) {
			values, _ := e.parse(doc.data)
			for _, v := range values {
				first, err := json.Marshal(v)
				if err != nil {
					t.Errorf("%s, %s: %v", e.name, doc.name, err)
					continue
				}
				again := reflect.New(reflect.TypeOf(v))
				if err := json.Unmarshal(first, again.Interface()); err != nil {
					t.Errorf("%s, %s: %T does not read what it writes: %v", e.name, doc.name, v, err)
					continue
				}
				if second, err := json.Marshal(again.Interface()); err != nil || !bytes.Equal(escape(first), second) {
					t.Errorf("%s, %s: %T reads another value than it writes (%v):\n%.600s\n%.600s", e.name, doc.name, v, err, diffAt(escape(first), second), diffAt(second, escape(first)))
				}
			}
		}
	}
}

// escape writes what stands for a byte that is not UTF-8 as a value read back has
// it.
func escape(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`\ufffd`), []byte("\ufffd")) }

// diffAt returns the part of a that differs from b.
func diffAt(a, b []byte) []byte {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return a[max(0, i-60):min(len(a), i+60)]
}

// TestNames: the names of typed fields. A key is the field's name in snake
// case; who makes, names or numbers a part is called the same everywhere; what
// has a physical unit says which.
func TestNames(t *testing.T) {
	for pkg := range parsers {
		for _, file := range sources(t, pkg) {
			ast.Inspect(file, func(n ast.Node) bool {
				s, ok := n.(*ast.StructType)
				if !ok {
					return true
				}
				for _, f := range s.Fields.List {
					if f.Tag == nil || len(f.Names) != 1 || !f.Names[0].IsExported() {
						continue
					}
					tag := reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json")
					key, _, _ := strings.Cut(tag, ",")
					if key != "" && key != "-" {
						checkName(t, fileSet.Position(f.Pos()).String(), pkg, f.Names[0].Name, key, typeName(f.Type))
					}
				}
				return true
			})
		}
	}
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// units are how names of fields end whose values have a unit.
var units = []string{
	"bytes", "bits", "blocks", "celsius", "kelvin", "watts", "milliwatts", "volts", "millivolts", "amperes", "milliamperes", "hertz", "mhz", "khz", "mts", "rpm",
	"percent", "seconds", "milliseconds", "microseconds", "nanoseconds", "minutes", "hours", "days", "meters", "nanometers",
}

// short are what they are not called.
var short = regexp.MustCompile(`_(s|ms|us|ns|secs|mins|hrs|w|mw|v|mv|a|ma|c|pct|kb|mb|gb|kib|mib|gib|hz|ghz)$`)

// physical are words of what has a unit.
var physical = regexp.MustCompile(`(^|_)(temperature|power|voltage|size|capacity|speed|frequency|clock|duration|timeout|interval)$`)

// counted are fields that count things, whatever their name says.
var counted = []string{
	"dmi.Size",                    // of a record, as its first line has it
	"nvidia.AccountingBufferSize", // processes
	"smart.Capacity",              // entries of a log
	"smart.RequestQueueSize",      // requests
	"smart.Size",                  // entries of a log, bytes of a statistic
}

func checkName(t *testing.T, at, pkg, name, key, typ string) {
	t.Helper()
	for _, unit := range units {
		if lower := strings.ToLower(name); strings.HasSuffix(lower, unit) && lower != unit && !strings.HasSuffix(key, unit) {
			t.Errorf("%s: %s is %q in JSON, without its unit", at, name, key)
		}
	}
	if short.MatchString(key) && key != "read_ahead_kib" { // the kernel's read_ahead_kb
		t.Errorf("%s: %s has a short form of a unit in JSON: %q", at, name, key)
	}
	switch typ {
	case "int", "int64", "int32", "uint64", "uint32", "uint16", "uint8", "float64", "Uint128":
		if physical.MatchString(key) && !slices.Contains(counted, pkg+"."+name) {
			t.Errorf("%s: %s has no unit in its name", at, name)
		}
	}
	switch key {
	case "serial_number", "firmware_version": // the words of SMBIOS and of smartctl
		if pkg != "dmi" && pkg != "smart" {
			t.Errorf("%s: %s is called %q in the other parsers", at, name, strings.TrimSuffix(strings.TrimSuffix(key, "_number"), "_version"))
		}
	case "sn", "fw", "fw_version", "firmware_rev", "product_serial", "mfr", "mfg", "mn", "life_left", "life_used", "wear_level":
		t.Errorf("%s: %s has a name of its own", at, name)
	}
}

// TestPlaceholders: no typed layer of the six lets one through.
func TestPlaceholders(t *testing.T) {
	find := func(name string) *entry {
		for i := range entries {
			if entries[i].name == name {
				return &entries[i]
			}
		}
		t.Fatal(name)
		return nil
	}
	for _, filler := range []string{"To Be Filled By O.E.M.", "XXXXXXXX", "0123456789", "OEM Define 2", "Not Specified", "System manufacturer"} {
		for _, tt := range []struct {
			entry, in string
			records   int // values that are the record layer
		}{
			{"dmi.Parse", "Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: %\n\tProduct Name: %\n\tSerial Number: %\n\n", 1},
			{"ipmi.ParseFRU", "FRU Device Description : Builtin FRU Device (ID 0)\n Board Mfg             : %\n Board Product         : %\n Board Serial          : %\n Board Part Number     : %\n Product Manufacturer  : %\n Product Serial        : %\n\n", 1},
			{"nvidia.Parse", "<?xml version=\"1.0\" ?>\n<nvidia_smi_log>\n<gpu id=\"00000000:01:00.0\">\n<product_name>%</product_name><serial>%</serial><board_part_number>%</board_part_number>\n</gpu>\n</nvidia_smi_log>\n", 0},
			{"nvme.ParseIDCtrl", `{"vid":1,"sn":"%","mn":"%","fr":"%"}`, 0},
			{"nvme.ParseIDCtrl", "NVME Identify Controller:\nvid : 0x1\nsn : %\nmn : %\nfr : %\n", 0},
			{"nvme.ParseList", `{"Devices":[{"NameSpace":1,"DevicePath":"/dev/nvme0n1","Firmware":"%","ModelNumber":"%","SerialNumber":"%"}]}`, 0},
			{"pci.Parse", "Slot:\t00:00.0\nVendor:\t%\nDevice:\t%\nSVendor:\t%\nSDevice:\t%\n\n", 0},
			{"smart.Parse", `{"smartctl":{},"model_name":"%","serial_number":"%","firmware_version":"%"}`, 0},
		} {
			values, err := find(tt.entry).parse([]byte(strings.ReplaceAll(tt.in, "%", filler)))
			if err != nil {
				t.Errorf("%s: %v", tt.entry, err)
			}
			for _, v := range values[tt.records:] {
				b, err := json.Marshal(v)
				if err != nil || bytes.Contains(bytes.ReplaceAll(b, []byte(`"fields"`), nil), []byte(`"`+filler+`"`)) && !onlyRecords(b, filler) {
					t.Errorf("%s keeps %q: %s", tt.entry, filler, b)
				}
			}
		}
	}
}

// onlyRecords reports whether a filler stands in fields of the record layer
// alone.
func onlyRecords(b []byte, filler string) bool {
	var v any
	if json.Unmarshal(b, &v) != nil {
		return false
	}
	found := false
	var look func(v any, key string)
	look = func(v any, key string) {
		switch v := v.(type) {
		case map[string]any:
			for k, v := range v {
				if k != "fields" && k != "stray" {
					look(v, k)
				}
			}
		case []any:
			for _, v := range v {
				look(v, key)
			}
		case string:
			found = found || v == filler
		}
	}
	look(v, "")
	return !found
}
