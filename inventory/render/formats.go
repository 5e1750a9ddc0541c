// SPDX-License-Identifier: Apache-2.0

package render

import (
	"fmt"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// formats are the forms in which a report can be written.
var formats = []struct {
	name   string
	append func([]byte, *report.Report) ([]byte, error)
}{
	{"json", func(dst []byte, r *report.Report) ([]byte, error) {
		document, err := r.JSON()
		if len(dst) == 0 {
			return document, err
		}
		return append(dst, document...), err
	}},
	{"text", func(dst []byte, r *report.Report) ([]byte, error) { return AppendText(dst, r, TextOptions{}), nil }},
	{"html", AppendHTML},
	{"prometheus", func(dst []byte, r *report.Report) ([]byte, error) { return AppendMetrics(dst, r), nil }},
	{"reanimator", AppendReanimator},
}

// Formats names what [Append] can write: "json, text, html, …".
func Formats() string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}

// CheckFormat tells whether there is such a format.
func CheckFormat(name string) error {
	for _, f := range formats {
		if f.name == name {
			return nil
		}
	}
	return fmt.Errorf("unknown format %q: one of %s", name, Formats())
}

// Append appends a report in a format.
func Append(dst []byte, r *report.Report, format string) ([]byte, error) {
	for _, f := range formats {
		if f.name == format {
			return f.append(dst, r)
		}
	}
	return dst, CheckFormat(format)
}
