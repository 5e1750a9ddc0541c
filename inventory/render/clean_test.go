// SPDX-License-Identifier: Apache-2.0

package render

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"github.com/mchus/bee/inventory/report"
)

// Text is as wide as terminals draw it, so that columns stand below each other
// and no line wraps.
func TestWidth(t *testing.T) {
	for text, want := range map[string]int{
		"":                     0,
		"abc":                  3,
		"e\u0301":              1, // a combining accent
		"长城":                   4,
		"ＡＢ":                   4, // fullwidth forms
		"ｱｲ":                   2, // halfwidth forms
		"한글":                   4,
		"\u1112\u1161\u11ab":   2, // the same letters in pieces
		"±°µ®™":                5, // ambiguous: narrow outside East Asia
		"█▀▄│":                 4,
		"🙂":                    2,
		"👍🏽":                   2, // with a skin tone
		"🇩🇪":                   2, // two letters, one flag
		"⌚":                    2,
		"\u2764\ufe0f":         2, // a heart, as an emoji
		"\u2764":               1, // as text
		"a\ufffdb":             3,
		"\u0e01\u0e33":         2, // a vowel with a column of its own
		"\u0e33":               1,
		"\U00020000\U0003fffd": 4,
	} {
		if got := width(text); got != want {
			t.Errorf("width(%+q) = %d, want %d", text, got, want)
		}
	}
}

// fit never passes the width, never cuts a character in two and keeps a text
// that fits.
func FuzzFit(f *testing.F) {
	for _, text := range []string{"abc", "长城TN140A2", "e\u0301e\u0301", "👍🏽👍🏽", "🇩🇪🇩🇪", "\xff\u202e", strings.Repeat("\u0301", 50)} {
		f.Add(text, 3)
	}
	f.Fuzz(func(t *testing.T, text string, columns int) {
		columns = min(max(columns, 0), 300)
		text = clean(text)
		got := fit(text, columns)
		if w := width(got); w > columns || !utf8.ValidString(got) {
			t.Errorf("fit(%+q, %d) = %+q: %d columns", text, columns, got, w)
		}
		if rest, cut := strings.CutSuffix(got, "~"); got != text && (columns > 0 && !cut || !strings.HasPrefix(text, rest)) {
			t.Errorf("fit(%+q, %d) = %+q", text, columns, got)
		}
		for _, line := range wrap(text, columns) {
			if width(line) > columns || displaywidth.String(line) > columns {
				t.Errorf("wrap(%+q, %d): %+q", text, columns, line)
			}
		}
	})
}

// A word of a million letters is broken in linear time.
func TestWrapIsLinear(t *testing.T) {
	start := time.Now()
	if lines := wrap(strings.Repeat("x", 1<<20), 3); len(lines) != (1<<20+2)/3 {
		t.Errorf("%d lines", len(lines))
	}
	if took := time.Since(start); took > 30*time.Second { // quadratic takes hours
		t.Errorf("took %v", took)
	}
}

// No line of the summary passes the width, whatever script the texts are in.
func TestTextKeepsItsWidth(t *testing.T) {
	for _, text := range []string{"长城电源", "🙂👍🏽🇩🇪", "e\u0301\u0301\u0301", "ＡＢＣ", "\u1112\u1161\u11ab", "\u0e01\u0e33", "±°µ"} {
		for _, columns := range []int{60, 80, 133} {
			out := string(AppendText(nil, fullReport(strings.Repeat(text, 30)), TextOptions{Width: columns}))
			for line := range strings.SplitSeq(out, "\n") {
				if w := width(line); w > columns {
					t.Errorf("%s: %d columns of %d: %q", text, w, columns, line)
				}
			}
		}
	}
}

// On a terminal the document is free of what moves the cursor, and means the
// same.
func TestEscapeJSON(t *testing.T) {
	for _, text := range []string{
		"plain", "长城 🙂", "\x7f", "\u0080\u009b31m", "\u202e\u2066\u200f", "\u2028\u2029", "\U000e0001\U0010fffd", "\ufffd", `\"`,
	} {
		document, err := json.MarshalIndent(map[string]string{"k" + text: text}, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		escaped := EscapeJSON(document)
		for _, r := range string(escaped) {
			if r != '\n' && (unicode.Is(unicode.C, r) || r == '\u2028' || r == '\u2029') {
				t.Errorf("%+q: %U in %q", text, r, escaped)
			}
		}
		var got map[string]string
		if err := json.Unmarshal(escaped, &got); err != nil || got["k"+text] != text {
			t.Errorf("%+q became %+q, %v", text, got, err)
		}
	}
	if got := EscapeJSON([]byte("\"\x9b\"")); !utf8.Valid(got) || !json.Valid(got) {
		t.Errorf("a byte that is not UTF-8: %q", got)
	}
}

// The first line of the payload keeps the limit too: what passes it could not
// be drawn at all.
func TestQRPayloadKeepsItsLimit(t *testing.T) {
	const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
	for _, serial := range []string{strings.Repeat("S", 64<<10), strings.Repeat("长", 1000), strings.Repeat("\x1b", 1000), strings.Repeat(" x", 1000)} {
		r := &report.Report{Summary: report.Summary{Health: report.Critical}, System: &report.System{Serial: serial}}
		for _, limit := range []int{53, 54, 55, 106, 520} {
			payload := QRPayload(r, hash, limit)
			if len(payload) > limit || !utf8.ValidString(payload) {
				t.Errorf("limit %d: %d bytes: %q", limit, len(payload), payload)
			}
			if !strings.HasPrefix(payload, "BEE1 ") || !strings.Contains(payload, "~ critical "+hash[:16]) {
				t.Errorf("limit %d: %q", limit, payload)
			}
		}
		r.Summary.Health = serial
		if payload := QRPayload(r, hash, 53); len(payload) > 53 || !strings.HasSuffix(payload, " "+hash[:16]) {
			t.Errorf("%d bytes: %q", len(payload), payload)
		}
	}
}
