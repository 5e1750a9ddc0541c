// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// reference is what encode must write.
func reference(t *testing.T, value any) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(value); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func checkEncode(t *testing.T, value any) {
	t.Helper()
	got, err := encode(value)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(reference(t, value), string(got)); diff != "" {
		t.Errorf("%T (-encoding/json +encode):\n%s", value, diff)
	}
}

// TestEncodeDocuments writes every report that is at hand, and the values of
// each type that are zero.
func TestEncodeDocuments(t *testing.T) {
	checkEncode(t, &Report{})
	checkEncode(t, &Difference{})
	checkEncode(t, (*Report)(nil))
	checkEncode(t, nil)
	documents, err := filepath.Glob("../../testdata/hosts/*/report.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range documents {
		data, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		var tree any
		if err := json.Unmarshal(data, &tree); err != nil {
			t.Fatal(err)
		}
		checkEncode(t, tree)
		r, err := Read(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		checkEncode(t, r)
	}
}

type text string

type loud int

func (l loud) MarshalText() ([]byte, error) {
	if l < 0 {
		return nil, errors.New("not loud")
	}
	return []byte("<loud>"), nil
}

type moment struct{ time.Time }

type options struct {
	Plain    string          `json:"plain"`
	Omitted  string          `json:"omitted,omitzero"`
	Text     text            `json:"text"`
	Hidden   string          `json:"-"`
	Bool     *bool           `json:"bool,omitzero"`
	Int8     int8            `json:"int8"`
	Uint64   uint64          `json:"uint64"`
	Float    float64         `json:"float"`
	Loud     loud            `json:"loud"`
	LoudPtr  *loud           `json:"loud_ptr"`
	Bytes    []byte          `json:"bytes"`
	Array    [2]int          `json:"array"`
	Nil      []int           `json:"nil"`
	Empty    []int           `json:"empty"`
	Lists    [][]int         `json:"lists"`
	Map      map[string]int  `json:"map"`
	Any      any             `json:"any"`
	Raw      json.RawMessage `json:"raw"`
	Time     time.Time       `json:"time,omitzero"`
	Struct   struct{}        `json:"struct"`
	Pointers []*options      `json:"pointers,omitzero"`
	None     []int           `json:"none,omitempty"`
	NoMap    map[string]int  `json:"no_map,omitempty"`
}

// TestEncodeKinds writes what no report holds today.
func TestEncodeKinds(t *testing.T) {
	yes, noise := true, loud(1)
	for _, value := range []any{
		true, -1, uint8(255), 1.5, 1e30, 1e-7, float32(0.1), 0.1, math.Copysign(0, -1), 1e20, 123456789.125, "", "a", `"\`, "\x00\x1f\x7f", "<&>\u2028é\xff", loud(3), &noise, text("t"),
		[]string{}, []string{"a", "b\n"}, []text{"a"}, []byte("abc"), [3]bool{true}, map[string]any{"b": []any{1, nil}, "a": map[string]any{}},
		struct{}{}, moment{time.Unix(1, 0)}, []moment{{}}, &moment{},
		struct {
			A int `json:"a,omitempty"`
			B int
		}{},
		struct {
			options
			C string `json:"c"`
		}{C: "embedded"},
		struct {
			A options `json:"a"`
			B []options
		}{B: []options{{}, {}}},
	} {
		checkEncode(t, value)
	}
	o := options{Bool: &yes, Int8: math.MinInt8, Uint64: math.MaxUint64, Bytes: []byte{1}, Empty: []int{}, Lists: [][]int{nil, {}, {1, 2}}, Any: []options{{}}, Raw: json.RawMessage(`{"x":[1,{}]}`), Time: time.Unix(1, 5).UTC(), LoudPtr: &noise, None: []int{}, NoMap: map[string]int{"b": 1, "a": 2}}
	o.Pointers = []*options{nil, {Plain: "inner", Time: time.Unix(0, 0)}}
	checkEncode(t, o)
	checkEncode(t, []any{o, &o})

	for _, bad := range []any{math.NaN(), loud(-1), make(chan int), map[string]any{"a": math.Inf(1)}} {
		if data, err := encode([]any{bad, 1}); err == nil || data != nil {
			t.Errorf("%v: %q, %v", bad, data, err)
		}
	}
}
