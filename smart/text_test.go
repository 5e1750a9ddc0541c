// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/corpus"
)

func TestCorpusText(t *testing.T) {
	known := corpus.ReadKnown(t, "testdata/known.txt")
	tally := corpus.Tally{Tool: "smartctl-text"}
	for _, file := range corpus.Files(t, "smartctl-text") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			text, err := ParseText(file.Data)
			tally.Explain(t, known, file.Name, err)
			for _, line := range text.Lines {
				if line.Read {
					tally.Hit(1)
				} else {
					tally.Miss(masked(line.Text))
				}
			}
			again, _ := ParseText(text.Format())
			if string(again.Format()) != string(text.Format()) {
				t.Errorf("%s: Format is no fixed point", file.Name)
			}
		})
	}
	tally.Check(t, 99)
}

// masked replaces the digits of a line.
func masked(line string) string {
	b := []byte(line[:min(60, len(line))])
	for i, c := range b {
		if c >= '0' && c <= '9' {
			b[i] = '#'
		}
	}
	return string(b)
}

// leaves lists the values of a document by path. What has a name in a list is
// found by it, for JSON has more of some lists, and in another order.
func leaves(path string, v any, to map[string]any) {
	switch v := v.(type) {
	case map[string]any:
		for key, v := range v {
			leaves(path+"."+key, v, to)
		}
	case []any:
		for i, v := range v {
			key := fmt.Sprint(i)
			if m, ok := v.(map[string]any); ok && strings.HasPrefix(path, ".scsi.") && m["name"] != nil {
				key = fmt.Sprint(m["group"], "/", m["name"])
			}
			leaves(path+"."+key, v, to)
		}
	default:
		to[path] = v
	}
}

func deviceLeaves(t *testing.T, dev *Device) map[string]any {
	t.Helper()
	b, err := json.Marshal(dev)
	if err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	list := make(map[string]any)
	leaves("", doc, list)
	return list
}

// jsonOnly are the fields that smartctl prints in JSON only: how it was called,
// codes whose name the text has, and what it leaves out as 0 or as usual.
var jsonOnly = []string{
	".tool.", ".path", ".info_name", ".type", ".preamble",
	".ata.minor_code", ".ata.version.value", ".ata.sata_version.value", ".link_current.code", ".link_max.code", ".form_factor_code",
	".ata.pending_defects.capacity", ".ata.phy_events_reset", ".ata.security.state", ".ata.security.master_password_code", ".farm_supported",
	".trim.supported", ".scsi.kind_code", ".scsi.provisioning_on", ".scsi.reads_zeros", ".nvme.health.nsid",
	".nvme.admin_commands", ".nvme.nvm_commands", ".nvme.log_pages", ".host_reads.", ".host_writes.",
	".nvme.namespaces.#.features", ".ata.attributes.#.raw", ".scsi.environment.#.parameter_code", ".scsi.self_tests.#.vendor_specific",
	".ata.extended_self_test_log.tests.#.status.passed", ".ata.self_test_log.tests.#.status.passed", // of reserved codes
	".ata.error_log.errors.#.state.value", ".ata.extended_error_log.errors.#.state.value",
	".ata.selective_self_test_log.spans.#.status.value", ".ata.selective_self_test_log.read_scan.status.value",
	".scsi.self_test_running",            // false, since 8.0
	".scsi.statistics.time_interval/",    // the unit of the intervals
	".smart_available", ".smart_enabled", // of NVMe, always
	".endurance_percent_used", ".spare_percent", ".spare_threshold_percent", // PercentUsed and PercentSpare tell
}

// isJSONOnly reports whether a text need not have a value, or may have it in
// another way.
func isJSONOnly(path string) bool {
	p := strings.TrimPrefix(pattern(path), "#")
	return slices.ContainsFunc(jsonOnly, func(known string) bool {
		return p == known || strings.HasSuffix(known, ".") && strings.HasPrefix(p, known) || strings.HasSuffix(known, "/") && strings.HasPrefix(p, known) ||
			strings.HasPrefix(known, ".scsi.environment") && strings.HasSuffix(p, "parameter_code")
	})
}

// TestTextAgrees: the text of a drive and its JSON say the same in every value
// that both print, and the text leaves nothing out that it prints. lab/ are
// emulated drives seen by five generations of smartctl; made/ are what smartctl
// 7.2 to 7.5 print of drives whose answers were made up, with all logs.
func TestTextAgrees(t *testing.T) {
	values, pairs := 0, 0
	files := glob(t, "testdata/made/*.txt")
	for _, suite := range labSuites {
		files = append(files, glob(t, "testdata/lab/"+suite+"/smartctl-*.txt")...)
	}
	for _, file := range files {
		if strings.Contains(file, "scan") {
			continue
		}
		pairs++
		dev, err := Parse(read(t, strings.TrimSuffix(file, "txt")+"json"))
		if err != nil || len(dev.Extra) > 0 {
			t.Errorf("%s: error %v, extra %v", file, err, dev.Extra)
		}
		text, err := ParseText(read(t, file))
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		for _, line := range text.Lines {
			if !line.Read {
				t.Errorf("%s:%d: %q is not known", file, line.Number, line.Text)
			}
		}
		got := deviceLeaves(t, text.Device)
		for path, want := range deviceLeaves(t, dev) {
			v, ok := got[path]
			switch {
			case ok && v == want:
				values++
			case !isJSONOnly(path):
				t.Errorf("%s: %s is %v in the text, %v in JSON", file, path, v, want)
			}
		}
	}
	t.Logf("%d pairs, %d values agree", pairs, values)
	if values < 8000 {
		t.Errorf("only %d values compared", values)
	}
}

// TestTextJudgedAlike: a drive is judged by its text as by its JSON, but for what
// only the exit status says.
func TestTextJudgedAlike(t *testing.T) {
	for _, file := range glob(t, "testdata/made/*.json") {
		if strings.HasSuffix(file, "tape-7.2.json") {
			continue // its alerts are in the text only
		}
		dev, _ := Parse(read(t, file))
		text, _ := ParseText(read(t, strings.TrimSuffix(file, "json")+"txt"))
		want := strings.ReplaceAll(describe(t, dev.Health()), " (smart.command_failed)", "")
		got := describe(t, text.Device.Health())
		if got != want {
			t.Errorf("%s: the text is %s, JSON %s", file, got, want)
		}
	}
}

// TestTwoDrives: where the outputs of two drives are one text, it is the first
// drive's, and the second is told.
func TestTwoDrives(t *testing.T) {
	const (
		banner = "smartctl 7.4 2023-08-01 r5530 [x86_64-linux-6.1.0] (local build)\n\n"
		info   = "=== START OF INFORMATION SECTION ===\nDevice Model:     %s\nSerial Number:    %s\n\n"
		health = "=== START OF READ SMART DATA SECTION ===\nSMART overall-health self-assessment test result: %s\n\n"
	)
	first := fmt.Sprintf(info+health, "BEE 1", "SN0001", "FAILED!")
	second := fmt.Sprintf(info+health, "BEE 2", "SN0002", "PASSED") + "194 Temperature_Celsius     0x0022   064   052   000    Old_age   Always       -       36\n"
	for name, tt := range map[string]struct {
		text string
		line int
	}{
		"with banners":    {banner + first + banner + second, 10},
		"without banners": {first + second, 8},
		"health alone":    {banner + fmt.Sprintf(health, "FAILED!") + banner + fmt.Sprintf(health, "PASSED"), 6},
	} {
		text, err := ParseText([]byte(tt.text))
		list, _ := err.(Errors)
		if len(list) != 1 || !errors.Is(err, ErrSyntax) || list[0].Line != tt.line {
			t.Errorf("%s: %v, want line %d", name, err, tt.line)
		}
		d := text.Device
		if d.SerialNumber == "SN0002" || d.ModelName == "BEE 2" || d.Passed == nil || *d.Passed || d.ATA != nil && len(d.ATA.Attributes) > 0 {
			t.Errorf("%s: %+v", name, d)
		}
		if again, _ := ParseText(text.Format()); len(again.Lines) != len(text.Lines) {
			t.Errorf("%s: %d lines, want %d", name, len(again.Lines), len(text.Lines))
		}
	}
}
