// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// A Tool is the smartctl that printed a document, and how it went.
type Tool struct {
	FormatVersion string      `json:"format_version,omitzero"` // "1.0"
	Version       string      `json:"version,omitzero"`        // "7.4"
	PreRelease    bool        `json:"pre_release,omitzero"`
	Revision      string      `json:"revision,omitzero"`      // of its source
	RevisionTime  string      `json:"revision_time,omitzero"` // since 8.0: "2026-08-19 17:29:23"
	Platform      string      `json:"platform,omitzero"`      // "x86_64-linux-6.1.0"
	Build         string      `json:"build,omitzero"`
	Argv          []string    `json:"argv,omitzero"`
	DriveDatabase string      `json:"drive_database,omitzero"` // "7.3/5528"
	Messages      []Message   `json:"messages,omitzero"`
	Output        []string    `json:"output,omitzero"`         // the plain text, with -j=o
	ExitStatus    *ExitStatus `json:"exit_status,omitzero"`    // nil: the document ends before it
	PrecisionBits int64       `json:"precision_bits,omitzero"` // of 128-bit counters; 0 is all
	UnixTime      *int64      `json:"unix_time,omitzero"`      // when it ran
	LocalTime     string      `json:"local_time,omitzero"`     // the same as text
}

// A Message is something that smartctl would say on the terminal.
type Message struct {
	Severity string `json:"severity,omitzero"` // "error", "warning", "information"
	Text     string `json:"text,omitzero"`     // in English, but the operating system's part may be translated
}

// before reports whether the smartctl is known to be older than a version.
func (t *Tool) before(major, minor int) bool {
	first, rest, _ := strings.Cut(t.Version, ".")
	second, _, _ := strings.Cut(rest, ".")
	a, err := strconv.Atoi(first)
	if err != nil {
		return false
	}
	b, err := strconv.Atoi(second)
	return err == nil && (a < major || a == major && b < minor)
}

// readTraffic reads how much hosts have read or written, since smartctl 8.0.
func readTraffic(d *jsondoc.Doc) *Traffic {
	t := new(Traffic)
	for key := range d.Object() {
		switch key {
		case "units":
			t.Units = readUint128(d)
		case "bytes_per_unit":
			t.UnitBytes = d.Uint()
		case "commands":
			t.Commands = readUint128(d)
		case "string":
			t.Text = d.Text()
		default:
			skipBig(d, key)
		}
	}
	return t
}

// read reads a member that is about smartctl itself.
func (t *Tool) read(d *jsondoc.Doc, key string) {
	switch key {
	case "smartctl":
		for key := range d.Object() {
			t.readOwn(d, key)
		}
	case "json_format_version":
		t.FormatVersion = readVersion(d)
	case "local_time":
		for key := range d.Object() {
			switch key {
			case "time_t":
				t.UnixTime = d.IntPtr()
			case "asctime":
				t.LocalTime = d.Text()
			}
		}
	}
}

func (t *Tool) readOwn(d *jsondoc.Doc, key string) {
	switch key {
	case "version":
		t.Version = readVersion(d)
	case "pre_release":
		t.PreRelease = d.Bool()
	case "svn_revision":
		t.Revision = d.Text()
	case "git_revision":
		t.readGitRevision(d)
	case "version_info":
		d.Skip() // version and pre_release
	case "platform_info":
		t.Platform = d.Text()
	case "build_info":
		t.Build = d.Text()
	case "argv":
		t.Argv = readTexts(d, make([]string, 0, 8))
	case "drive_database_version":
		t.DriveDatabase = readMember(d, "string", (*jsondoc.Doc).Text)
	case "messages":
		for range d.Array() {
			t.Messages = append(t.Messages, readMessage(d))
		}
	case "output":
		t.Output = readTexts(d, nil)
	case "exit_status":
		t.ExitStatus = new(ExitStatus)
		*t.ExitStatus = ExitStatus(d.IntIn(0, 255))
	case "uint128_precision_bits":
		t.PrecisionBits = d.Int()
	}
}

// readGitRevision reads a revision: an object, or what was a text in between.
func (t *Tool) readGitRevision(d *jsondoc.Doc) {
	if d.Kind() == jsondoc.String {
		t.Revision = d.Text()
		return
	}
	var date, clock string
	for key := range d.Object() {
		switch key {
		case "commit":
			t.Revision = d.Text()
		case "date":
			date = d.Text()
		case "time":
			clock = d.Text()
		}
	}
	t.RevisionTime = strings.TrimSpace(date + " " + clock)
}

func readMessage(d *jsondoc.Doc) (m Message) {
	for key := range d.Object() {
		switch key {
		case "string":
			m.Text = d.Text()
		case "severity":
			m.Severity = d.Text()
		}
	}
	return m
}

// readTexts appends the elements of an array to list.
func readTexts(d *jsondoc.Doc, list []string) []string {
	for range d.Array() {
		list = append(list, d.Text())
	}
	return list
}

// readVersion reads an array of numbers: [7, 4] is "7.4".
func readVersion(d *jsondoc.Doc) string {
	b := make([]byte, 0, 16)
	for i := range d.Array() {
		if i > 0 {
			b = append(b, '.')
		}
		b = strconv.AppendInt(b, d.Int(), 10)
	}
	if d.Broken() {
		return "" // half of it is another one
	}
	return string(b)
}
