// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// TestJSONReadsBack: what encoding/json writes of a device, sets of bits and
// numbers of 128 bits among it, it reads again.
func TestJSONReadsBack(t *testing.T) {
	files := append(glob(t, "testdata/made/*.json"), glob(t, "testdata/*/input")...)
	for _, file := range files {
		data := read(t, file)
		dev, _ := Parse(data)
		if strings.Contains(file, "text-") {
			text, _ := ParseText(data)
			dev = text.Device
		}
		b, err := json.Marshal(dev)
		if err != nil {
			t.Fatal(err)
		}
		back := new(Device)
		if err := json.Unmarshal(b, back); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		again, err := json.Marshal(back)
		if diff := cmp.Diff(string(b), string(again)); err != nil || diff != "" {
			t.Errorf("%s: error %v, mismatch (-want +got):\n%s", file, err, diff)
		}
	}
}

// TestUint128Refuses: what is no such number is an error that can be printed.
func TestUint128Refuses(t *testing.T) {
	for text, want := range map[string]error{`"12"`: ErrType, `-1`: ErrRange, `1e60`: ErrRange, `{}`: ErrType} {
		var u Uint128
		err := json.Unmarshal([]byte(text), &u)
		if !errors.Is(err, want) || !strings.Contains(err.Error(), "smart") {
			t.Errorf("%s: error %v, want %v", text, err, want)
		}
	}
}

// TestErrorsAreInert: an error quotes a clipped line without control
// characters, cut on a rune.
func TestErrorsAreInert(t *testing.T) {
	_, err := Parse([]byte(`{"model_name": 1, "` + strings.Repeat("ä", 300) + "\x1b[2J" + `": nope`))
	var list Errors
	if !errors.As(err, &list) {
		t.Fatalf("error %v", err)
	}
	list.add(&ParseError{Path: strings.Repeat("ä", 300), Text: "a\x1b[2J\n" + strings.Repeat("ü", 100), Err: ErrSyntax})
	for _, e := range list {
		if len(e.Text) > maxText+len("…") || len(e.Path) > maxPath+len("…") || strings.ContainsAny(e.Path+e.Text, "\x1b\n") || !utf8.ValidString(e.Path+e.Text) {
			t.Errorf("path %q, text %q", e.Path, e.Text)
		}
	}
}
