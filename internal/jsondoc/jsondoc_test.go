// SPDX-License-Identifier: Apache-2.0

package jsondoc

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"
)

// dump walks the document and writes down what it finds.
func dump(d *Doc) any {
	switch d.Kind() {
	case Object:
		m := map[string]any{}
		for key := range d.Object() {
			m[key] = dump(d)
		}
		return m
	case Array:
		list := []any{}
		for range d.Array() {
			list = append(list, dump(d))
		}
		return list
	}
	text, kind := d.Scalar()
	if kind == Null {
		return nil
	}
	return text
}

// The sign ‸ in an input marks where the error is; the tests remove it.
func TestOpen(t *testing.T) {
	tests := []struct {
		name, in, want string
		path, text     string
		err            error
	}{
		{name: "empty object", in: `{}`, want: `{}`},
		{name: "scalars", in: "\t{\"a\" : [1, -2.5e3, true, false, null, \"x\"]}\r\n", want: `{"a":["1","-2.5e3","true","false",null,"x"]}`},
		{name: "storcli's layout", in: "{\n\"a\":[\n{\n\t\"b\" : {\n\t\t\"c\" : \"d\",\n\t\t\"e\"  : []\n\t}\n}\n]\n}\n\n", want: `{"a":[{"b":{"c":"d","e":[]}}]}`},
		{name: "escapes", in: `{"a\u002eb":"\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00"}`, want: `{"a.b":"\"\\/\b\f\n\r\tä😀"}`},
		{name: "byte order mark", in: "\ufeff{}", want: `{}`},
		{name: "noise before", in: "  Pending defect count: 0\n[proxychains] DLL init {x}\n{\"a\":1}", want: `{"a":"1"}`},
		{name: "bare size of util-linux 2.38.0", in: `{"a": 0B,"b":[1.5K]}`, want: `{"a":"0B","b":["1.5K"]}`},
		{name: "invalid UTF-8", in: "{\"a\":\"x\xff\xfey\"}", want: `{"a":"x��y"}`},
		{name: "invalid UTF-8 in a key", in: "{\"x\xba\":1}", want: `{"x�":"1"}`},
		{name: "control character in a string", in: "{\"a\":\"x\ty\"}", want: `{"a":"x\ty"}`},

		{name: "nothing", in: "‸", want: `null`, err: ErrNoJSON},
		{name: "only text", in: " \n ‸smartctl: command not found\n", want: `null`, text: "smartctl: command not found", err: ErrNoJSON},
		{name: "ends in a string", in: `{"a":1,"b":"xy‸`, want: `{"a":"1"}`, path: "b", err: ErrSyntax},
		{name: "ends in a key", in: `{"a":{"b":1,"xy‸`, want: `{"a":{"b":"1"}}`, path: "a", err: ErrSyntax},
		{name: "ends in a number", in: `{"a":[1,23‸`, want: `{"a":["1"]}`, path: "a.1", err: ErrSyntax},
		{name: "ends behind a bracket", in: `{"a":[{‸`, want: `{"a":[{}]}`, path: "a.0", err: ErrSyntax},
		{name: "ends behind a comma", in: `[{"a":1},‸`, want: `[{"a":"1"}]`, path: "1", err: ErrSyntax},
		{name: "ends behind a colon", in: `{"a":‸`, want: `{}`, path: "a", err: ErrSyntax},
		{name: "text in the middle", in: "{\"a\":1,\n\"b\":[2,3 ‸oops: 1]}", want: `{"a":"1","b":["2","3"]}`, path: "b.1", text: "oops: 1]}", err: ErrSyntax},
		{name: "wrong bracket", in: `{"a":[1‸}}`, want: `{"a":["1"]}`, path: "a.0", text: "}}", err: ErrSyntax},
		{name: "text behind", in: "{\"a\":1}\n‸smartctl: done\n", want: `{"a":"1"}`, text: "smartctl: done", err: ErrSyntax},
		{name: "a second document", in: "{\"a\":1}‸{\"a\":2}", want: `{"a":"1"}`, text: `{"a":2}`, err: ErrSyntax},
		{name: "string over two lines", in: `{"a":{"b":‸"x` + "\n" + `y"},"c":1}`, want: `{"a":{"b":null},"c":"1"}`, path: "a.b", text: `"x`, err: ErrSyntax},
		{name: "unknown escape", in: `{"a":{"b":‸"x\x20y"},"c":1}`, want: `{"a":{"b":"x\\x20y"},"c":"1"}`, path: "a.b", text: `"x\x20y"`, err: ErrSyntax},
		{name: "unknown word", in: `{"a":‸nan,"c":1}`, want: `{"a":null,"c":"1"}`, path: "a", text: "nan", err: ErrSyntax},
		{name: "leading zero", in: `{"a":‸007,"c":1}`, want: `{"a":null,"c":"1"}`, path: "a", text: "007", err: ErrSyntax},
		{name: "comma behind the last element", in: `{"a":[1‸, ],"c":1}`, want: `{"a":["1"],"c":"1"}`, path: "a.0", text: `, ],"c":1}`, err: ErrSyntax},
		{name: "comma alone", in: `{"a":[‸,],"c":1}`, want: `{"a":[]}`, path: "a.0", text: `,],"c":1}`, err: ErrSyntax},
		{name: "dot in a key", in: `{"a.b":{"c\\":‸x}}`, want: `{"a.b":{"c\\":null}}`, path: `a\.b.c\\`, text: "x", err: ErrSyntax},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			d := Open([]byte(before + after))
			got, err := json.Marshal(dump(d))
			if err != nil {
				t.Fatal(err)
			}
			var gotAny, wantAny any
			if err := errors.Join(json.Unmarshal(got, &gotAny), json.Unmarshal([]byte(tt.want), &wantAny)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(wantAny, gotAny); diff != "" {
				t.Errorf("mismatch (-want +got):\n%s", diff)
			}
			faults := d.Faults()
			if tt.err == nil {
				if len(faults) > 0 {
					t.Fatalf("faults %v, want none", faults)
				}
				return
			}
			if len(faults) != 1 || !errors.Is(faults[0].Err, tt.err) {
				t.Fatalf("faults %v, want one, %v", faults, tt.err)
			}
			want := Fault{
				Offset: len(before),
				Line:   1 + strings.Count(before, "\n"),
				Column: len(before) - strings.LastIndex(before, "\n"),
				Path:   tt.path,
				Text:   tt.text,
				Err:    faults[0].Err,
			}
			if faults[0] != want {
				t.Errorf("fault %+v\nwant  %+v", faults[0], want)
			}
		})
	}
}

func TestPreamble(t *testing.T) {
	d := Open([]byte("\ufeff  Pending defect count: 0\n{\n"))
	if want := "Pending defect count: 0"; d.Preamble != want {
		t.Errorf("Preamble %q, want %q", d.Preamble, want)
	}
}

func TestExtra(t *testing.T) {
	d := Open([]byte(`{"known":1,"new":{"x":[1,2]},"list":[{"id":1,"a.b":"\u00e4"},{"id":"x"}],"bare":0B,"early":[1,2,3],"null":null}`))
	var known, id int64
	for key := range d.Object() {
		switch key {
		case "known":
			known = d.Int()
		case "list":
			for range d.Array() {
				for key := range d.Object() {
					if key == "id" {
						id += d.Int()
					}
				}
			}
		case "early":
			for i := range d.Array() {
				if i == 1 {
					break
				}
				d.Skip()
			}
		case "null":
			for range d.Object() {
				t.Error("null has no members")
			}
		}
	}
	if known != 1 || id != 1 {
		t.Errorf("known = %d, id = %d, want 1 and 1", known, id)
	}
	want := map[string]json.RawMessage{
		"new":         json.RawMessage(`{"x":[1,2]}`),
		`list.0.a\.b`: json.RawMessage(`"\u00e4"`),
		"list.1.id":   json.RawMessage(`"x"`),
		"bare":        json.RawMessage(`"0B"`),
		"early.1":     json.RawMessage(`2`),
		"early.2":     json.RawMessage(`3`),
	}
	extra := d.Extra()
	if diff := cmp.Diff(want, extra); diff != "" {
		t.Errorf("Extra mismatch (-want +got):\n%s", diff)
	}
	if _, err := json.Marshal(extra); err != nil {
		t.Error(err)
	}
	faults := d.Faults()
	if len(faults) != 1 || faults[0].Path != "list.1.id" || !errors.Is(faults[0].Err, ErrType) {
		t.Errorf("faults %+v, want one ErrType at list.1.id", faults)
	}
}

// What breaks off in a member that nobody knows is kept as far as it is whole.
func TestExtraCut(t *testing.T) {
	for in, want := range map[string]string{
		`{"new":{"x":[1,{"y":2,"z":`: `{"x":[1,{"y":2}]}`,
		`{"new":[[1,2],[3`:           `[[1,2],[]]`,
		`{"new":{`:                   `{}`,
		`{"new":[1,2 3],"b":1}`:      `[1,2]`,
	} {
		d := Open([]byte(in))
		for range d.Object() {
		}
		extra := d.Extra()
		if got := string(extra["new"]); got != want || len(extra) != 1 || len(d.Faults()) != 1 {
			t.Errorf("%s: extra %s, want %s", in, extra, want)
		}
	}
}

// However long the keys are and however many members have them in their path,
// what is kept stays small, and no two members share a path.
func TestLongKeys(t *testing.T) {
	key := strings.Repeat("k", 1<<16)
	var in strings.Builder
	in.WriteString(`{"` + key + `":{"a":1`)
	for i := range 4000 {
		fmt.Fprintf(&in, `,"u%d":%d`, i, i)
	}
	in.WriteString(`,"` + key + `1":1,"` + key + `2":2,"bad":x,"worse":y}}`)
	d := Open([]byte(in.String()))
	for range d.Object() {
		for key := range d.Object() {
			if key == "bad" || key == "worse" {
				d.Int()
			}
		}
	}
	extra, faults := d.Extra(), d.Faults()
	if len(extra) != 4005 || len(faults) != 2 {
		t.Errorf("%d members and %d faults, want 4005 and 2", len(extra), len(faults))
	}
	size := 0
	for path, raw := range extra {
		size += len(path) + len(raw)
	}
	if size > 8*in.Len() {
		t.Errorf("%d bytes kept of %d", size, in.Len())
	}
	for _, f := range faults {
		if len(f.Path) > maxPath+3 {
			t.Errorf("a path of %d bytes", len(f.Path))
		}
	}

	deep := strings.Repeat(`{"`+strings.Repeat("k", 100)+`":`, 60) + "{" + strings.Repeat(`"a":1,`, 1<<14) + `"a":1}` + strings.Repeat("}", 60)
	d = Open([]byte(deep))
	walk(d)
	faults = d.Faults()
	if len(d.paths) > maxPaths+9*len(deep) || len(faults) != 1 || !errors.Is(faults[0].Err, ErrLimit) {
		t.Errorf("%d bytes of paths, faults %+v; want one ErrLimit", len(d.paths), faults)
	}
}

// walk enters all objects and reads nothing else.
func walk(d *Doc) {
	for range d.Object() {
		if d.Kind() == Object {
			walk(d)
		}
	}
}

func TestInert(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"plain", "plain"},
		{"exactly 10", "exactly 10"},
		{"one more: x", "one more: …"},
		{"äöü", "äöü"},
		{"123456789äb", "1234567…"},
		{"\x1bJ\nb", "�J�b"},
		{"\u202eabc\u2028", "�abc�"},
		{"\xff\xfe", "��"},
		{"\x00\x00\x00\x00\x00\x00", "��…"},
	} {
		if got := Inert(tt.in, 10); got != tt.want {
			t.Errorf("Inert(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestInertFaults(t *testing.T) {
	d := Open([]byte(`{"scsi_self_test_0\u001b[2J\nFAKE LINE":xx, "b":"\u009b` + "\t" + `"}`))
	for range d.Object() {
		d.Int()
	}
	d.Extra()
	faults := d.Faults()
	if len(faults) != 2 {
		t.Fatalf("faults %+v", faults)
	}
	for _, f := range faults {
		if strings.ContainsFunc(f.Path+f.Text, unicode.IsControl) {
			t.Errorf("fault %q %q", f.Path, f.Text)
		}
	}
	if want := "scsi_self_test_0�[2J�FAKE LINE"; faults[0].Path != want {
		t.Errorf("path %q, want %q", faults[0].Path, want)
	}
}

// TestLooks: what only looks at a value or takes the simple ones leaves the
// others where they are.
func TestLooks(t *testing.T) {
	for _, tt := range []struct {
		in      string
		nested  bool
		plain   bool
		objects int
	}{
		{in: `"a b"`, plain: true, objects: 1},
		{in: `""`, plain: true, objects: 1},
		{in: `"a\tb"`, objects: 1},
		{in: `"ä"`, objects: 1},
		{in: `12`, objects: 1},
		{in: `-1`, objects: 1},
		{in: `null`, objects: 1},
		{in: `{"a":1}`, nested: true, objects: 1},
		{in: `[]`, nested: true, objects: 1},
		{in: `[{"a":"a text of some length, and more"},{"b":"another of some length, and more"}]`, nested: true, objects: 2},
		{in: `[{"a":"a [text] of some length, and more"},{"b":"another of some length, and more"}]`, nested: true, objects: 1},
		{in: "[" + strings.Repeat("{},", 64) + "{}]", nested: true, objects: 6}, // less than is true, by the length
	} {
		d := Open([]byte(`{"key":` + tt.in + `}`))
		for range d.Object() {
			if d.Nested() != tt.nested || d.GuessObjects(d.Here()) != tt.objects {
				t.Errorf("%s: nested is %t, %d objects", tt.in, d.Nested(), d.GuessObjects(d.Here()))
			}
			if text, ok := d.Plain(); ok != tt.plain || ok && `"`+text+`"` != tt.in {
				t.Errorf("%s: plain is %q, %t", tt.in, text, ok)
			}
		}
		if got := string(d.Extra()["key"]); (got == tt.in) == tt.plain {
			t.Errorf("%s: extra is %s", tt.in, got)
		}
	}
}

// TestOwnDoc reads with a Doc of the caller's own, from which pointers are had
// all the same.
func TestOwnDoc(t *testing.T) {
	var d Doc
	d.Open([]byte(`noise {"a":[1,2,3],"b":true}`))
	var sum int64
	for key := range d.Object() {
		switch key {
		case "a":
			for range d.Array() {
				sum += *d.IntPtr()
			}
		case "b":
			if !*d.BoolPtr() {
				t.Error("b is false")
			}
		}
	}
	if sum != 6 || d.Preamble != "noise" || d.Faults() != nil {
		t.Errorf("sum %d, preamble %q, faults %v", sum, d.Preamble, d.Faults())
	}
	var none Doc
	none.Open(nil)
	if text, ok := none.Plain(); ok {
		t.Errorf("nothing says %q", text)
	}
	allocated := testing.AllocsPerRun(100, func() {
		var d Doc
		d.Open([]byte(`{"a":"b"}`))
		for range d.Object() {
			_ = d.Text()
		}
	})
	if allocated > 1 { // the copy of the text
		t.Errorf("%v allocations", allocated)
	}
}

func TestScalars(t *testing.T) {
	tests := []struct {
		in     string
		quoted bool
		read   func(*Doc) any
		want   any
		err    error
	}{
		{`12`, false, func(d *Doc) any { return d.Int() }, int64(12), nil},
		{`-9223372036854775808`, false, func(d *Doc) any { return d.Int() }, int64(-1 << 63), nil},
		{`-9223372036854775808.0`, false, func(d *Doc) any { return d.Int() }, int64(-1 << 63), nil},
		{`9223372036854775808`, false, func(d *Doc) any { return d.Int() }, int64(0), ErrRange},
		{`1.5`, false, func(d *Doc) any { return d.Int() }, int64(0), ErrType},
		{`15e1`, false, func(d *Doc) any { return d.Int() }, int64(150), nil},
		{`1e400`, false, func(d *Doc) any { return d.Int() }, int64(0), ErrRange},
		{`1e99999999999999999999`, false, func(d *Doc) any { return d.Int() }, int64(0), ErrRange},
		{`"12"`, false, func(d *Doc) any { return d.Int() }, int64(0), ErrType},
		{`"2,752,848"`, true, func(d *Doc) any { return d.Int() }, int64(2752848), nil},
		{`"9898518.0"`, true, func(d *Doc) any { return d.Int() }, int64(9898518), nil},
		{`"1.5K"`, true, func(d *Doc) any { return d.Int() }, int64(0), ErrType},
		{`""`, true, func(d *Doc) any { return d.Int() }, int64(0), ErrType},
		{`null`, false, func(d *Doc) any { return d.IntPtr() == nil }, true, nil},
		{`0`, false, func(d *Doc) any { return *d.IntPtr() }, int64(0), nil},
		{`{}`, false, func(d *Doc) any { return d.IntPtr() == nil }, true, ErrType},
		{`18446744073709551615`, false, func(d *Doc) any { return *d.UintPtr() }, uint64(1<<64 - 1), nil},
		{`18446744073709551616`, false, func(d *Doc) any { return d.Uint() }, uint64(0), ErrRange},
		{`-1`, false, func(d *Doc) any { return d.Uint() }, uint64(0), ErrRange},
		{`-0.0`, false, func(d *Doc) any { return d.Uint() }, uint64(0), nil},
		{`300`, false, func(d *Doc) any { return d.IntIn(0, 255) }, int64(0), ErrRange},
		{`true`, false, func(d *Doc) any { return d.Bool() }, true, nil},
		{`"1"`, true, func(d *Doc) any { return d.Bool() }, true, nil},
		{`0`, true, func(d *Doc) any { return *d.BoolPtr() }, false, nil},
		{`0`, false, func(d *Doc) any { return d.Bool() }, false, ErrType},
		{`"maybe"`, true, func(d *Doc) any { return d.BoolPtr() == nil }, true, ErrType},
		{`1.25`, false, func(d *Doc) any { return d.Float() }, 1.25, nil},
		{`1e999`, false, func(d *Doc) any { return d.Float() }, 0.0, ErrRange},
		{`"x"`, false, func(d *Doc) any { return d.Text() }, "x", nil},
		{`0B`, false, func(d *Doc) any { return d.Text() }, "0B", nil},
		{`1`, false, func(d *Doc) any { return d.Text() }, "", ErrType},
		{`true`, false, func(d *Doc) any { return d.Text() }, "", ErrType},
		{`null`, false, func(d *Doc) any { return d.Text() }, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			d := Open([]byte(`{"a":` + tt.in + `,"b":1}`))
			d.Quoted = tt.quoted
			var got any
			var b int64
			for key := range d.Object() {
				switch key {
				case "a":
					got = tt.read(d)
				case "b":
					b = d.Int()
				}
			}
			if got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if b != 1 {
				t.Error("the next member was not read")
			}
			extra, faults := d.Extra(), d.Faults()
			if tt.err == nil {
				if len(faults) > 0 || len(extra) > 0 {
					t.Errorf("faults %v, extra %v, want none", faults, extra)
				}
				return
			}
			if len(faults) != 1 || !errors.Is(faults[0].Err, tt.err) || faults[0].Path != "a" || faults[0].Text != tt.in {
				t.Errorf("faults %+v, want one, %v", faults, tt.err)
			}
			if string(extra["a"]) != tt.in {
				t.Errorf("extra %s, want a", extra)
			}
		})
	}
}

func TestUint128(t *testing.T) {
	for _, text := range []string{
		"0", "1", "18446744073709551615", "18446744073709551616", "99999999999999999999", "10000000000000000000000000000000000000",
		"100000000000000000000000000000000000000", "340282366920938463463374607431768211455", "340282366920938463463374607431768211456",
		"999999999999999999999999999999999999999", "1000000000000000000000000000000000000000",
	} {
		want, _ := new(big.Int).SetString(text, 10)
		hi, lo, err := ParseUint128(text)
		if fits := want.BitLen() <= 128; fits != (err == nil) {
			t.Errorf("ParseUint128(%s): error %v", text, err)
		} else if fits && FormatUint128(hi, lo) != text {
			t.Errorf("FormatUint128(%d, %d) = %s, want %s", hi, lo, FormatUint128(hi, lo), text)
		}
	}
	if hi, lo, err := ParseUint128("1.5e20"); FormatUint128(hi, lo) != "150000000000000000000" || err != nil {
		t.Errorf("ParseUint128(1.5e20) = %d, %d, %v", hi, lo, err)
	}
}

func TestLimits(t *testing.T) {
	const n = 1 << 20
	tests := []struct {
		name, in string
		err      error
	}{
		{"open brackets", strings.Repeat("[", 10*n), ErrLimit},
		{"nested objects", strings.Repeat(`{"a":`, n), ErrLimit},
		{"nested and closed", strings.Repeat("[", n) + strings.Repeat("]", n), ErrLimit},
		{"empty objects", "[" + strings.Repeat("{},", n) + "{}]", ErrLimit},
		{"long string", `{"a":"` + strings.Repeat("x", 10*n) + `"}`, nil},
		{"long string without end", `{"a":"` + strings.Repeat("x", 10*n), ErrSyntax},
		{"unknown members", `{` + strings.Repeat(`"a":1,`, n) + `"a":1}`, ErrLimit},
		{"bad words", `[{},` + strings.Repeat(`x,`, n) + `1]`, ErrLimit},
		{"quotes", strings.Repeat(`"`, n), ErrNoJSON},
		{"text that could be JSON", strings.Repeat(`{ x`, n), ErrNoJSON},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Open([]byte(tt.in))
			if d.Kind() == Array {
				for range d.Array() {
					d.Scalar()
				}
			} else {
				for range d.Object() {
				}
			}
			extra, faults := d.Extra(), d.Faults()
			if len(extra) > maxExtra || len(faults) > maxFaults+2 {
				t.Errorf("%d extra, %d faults", len(extra), len(faults))
			}
			found := tt.err == nil
			for _, f := range faults {
				found = found || errors.Is(f.Err, tt.err)
				if len(f.Path) > maxPath+3 || len(f.Text) > maxText+3 {
					t.Errorf("fault of %d bytes: %.100v", len(f.Text), f)
				}
			}
			if !found {
				t.Errorf("no %v", tt.err)
			}
		})
	}
}

// TestSkipSpace looks at blanks of every kind beside each other, one byte at a time.
func TestSkipSpace(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		text := make([]byte, rng.IntN(40))
		kinds := []string{" \t", " ", "\t", "\n\r \t", " \t\v\x00\x7f\x80x\""}[rng.IntN(5)]
		for i := range text {
			text[i] = kinds[rng.IntN(len(kinds))]
		}
		pos := rng.IntN(len(text) + 1)
		want := pos
		for want < len(text) && strings.IndexByte(" \t\n\r", text[want]) >= 0 {
			want++
		}
		if got := skipSpace(string(text), pos); got != want {
			t.Fatalf("skipSpace(%q, %d) = %d, want %d", text, pos, got, want)
		}
	}
}

// The oracles are gjson and encoding/json: what both take, Open takes without
// a fault and reads the same; what Open takes without a fault is JSON but for
// the liberties that it names.
func FuzzOpen(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, `{"a":[1,-2.5e3,true,false,null,"x"]}`, `{"a\u002eb":"\"\ud83d\ude00"}`, `{"a": 0B}`,
		`{"a":1,"b":"xy`, "noise\n{\"a\":1}", `{"a":"x\x20y"}`, `{"a":[1,],"b":007}`, `[[[{"a":{}}]]]`, "{\"a\":\"\xff\t\"}",
		"{\n\"a\":[\n{\n\t\"b\" : {\n\t\t\"c\" : \"d\"\n\t}\n}\n]\n}\n\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := Open(data)
		got := dump(d)
		extra := d.Extra()
		faults := d.Faults()
		if len(extra) > 0 && len(faults) == 0 {
			t.Errorf("extra %s without a fault", extra)
		}
		last := 0
		for _, fault := range faults {
			if fault.Offset < last || fault.Offset > len(data) || fault.Line < 1 || fault.Column < 1 || fault.Err == nil ||
				len(fault.Path) > maxPath+3 || len(fault.Text) > maxText+3 || !quotes(string(data[fault.Offset:]), fault.Text) {
				t.Errorf("odd fault %+v", fault)
			}
			last = fault.Offset
		}
		if !gjson.Valid(d.src[d.start:]) && len(faults) == 0 && !strings.ContainsAny(d.src, "BKMGTPE") && printable(d.src) == d.src {
			t.Errorf("no faults in %q", d.src[d.start:])
		}
		text := strings.TrimSpace(string(data))
		if text == "" || text[0] != '{' && text[0] != '[' || !json.Valid(data) || d.start != strings.Index(string(data), text[:1]) {
			return
		}
		var want any
		dec := json.NewDecoder(strings.NewReader(text))
		dec.UseNumber()
		if err := dec.Decode(&want); err != nil {
			return
		}
		for _, fault := range faults {
			if !errors.Is(fault.Err, ErrLimit) {
				t.Errorf("fault in valid JSON: %+v", fault)
			}
		}
		if len(faults) == 0 && !strings.Contains(text, "\\u") {
			if diff := cmp.Diff(plain(want), got); diff != "" {
				t.Errorf("mismatch (-want +got):\n%s", diff)
			}
		}
	})
}

// quotes reports whether quoted is inert and says what text starts with.
func quotes(text, quoted string) bool {
	quoted, _ = strings.CutSuffix(quoted, "…")
	for _, r := range quoted {
		c, n := utf8.DecodeRuneInString(text)
		if text == "" || !unicode.IsPrint(r) && r != utf8.RuneError || r != c && r != utf8.RuneError {
			return false
		}
		text = text[n:]
	}
	return true
}

// plain turns what encoding/json decodes into what dump writes.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := map[string]any{}
		for key, value := range v {
			m[key] = plain(value)
		}
		return m
	case []any:
		list := []any{}
		for _, value := range v {
			list = append(list, plain(value))
		}
		return list
	case json.Number:
		return v.String()
	case bool:
		return fmt.Sprint(v)
	case string:
		return v
	}
	return nil
}
