// SPDX-License-Identifier: Apache-2.0

package ipmi_test

import (
	"testing"

	"github.com/mchus/bee/internal/golden"
	"github.com/mchus/bee/ipmi"
)

// TestGolden compares the typed views of whole outputs with testdata.
func TestGolden(t *testing.T) {
	type want struct {
		Error    string   `json:"error,omitzero"`
		Preamble []string `json:"preamble,omitzero"`
		Typed    any      `json:"typed"`
		More     any      `json:"more,omitzero"`
	}
	message := func(err error) string {
		if err == nil {
			return ""
		}
		return err.Error()
	}
	documents := map[string]func(input []byte) want{
		"fru": func(input []byte) want {
			f, err := ipmi.ParseFRU(input)
			return want{message(err), f.Preamble, f.Devices(), nil}
		},
		"sdr": func(input []byte) want {
			s, err := ipmi.ParseSDR(input)
			return want{message(err), s.Preamble, s.Sensors(), s.Locators()}
		},
		"mc": func(input []byte) want {
			m, err := ipmi.ParseMC(input)
			return want{message(err), m.Preamble, m.Info(), nil}
		},
		"lan": func(input []byte) want {
			l, err := ipmi.ParseLAN(input)
			return want{message(err), l.Preamble, l.Config(), nil}
		},
		"lan6": func(input []byte) want {
			l, err := ipmi.ParseLAN6(input)
			return want{message(err), l.Preamble, l.Addresses(), nil}
		},
		"sel": func(input []byte) want {
			s, err := ipmi.ParseSEL(input)
			return want{message(err), s.Preamble, s.Events(), s.Info()}
		},
	}
	for name, document := range documents {
		t.Run(name, func(t *testing.T) {
			golden.Dir(t, "testdata/"+name, func(_ *testing.T, input []byte) any { return document(input) })
		})
	}
}
