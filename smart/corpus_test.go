// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/internal/corpus"
	"github.com/mchus/bee/internal/jsondoc"
	"github.com/mchus/bee/internal/placeholder"
)

// isScan tells the captures of a scan from those of a drive.
func isScan(data []byte) bool {
	return bytes.Contains(data, []byte(`"devices":`)) && !bytes.Contains(data, []byte(`"device":`))
}

// pattern replaces the indices in a path.
func pattern(path string) string {
	parts := strings.Split(path, ".")
	for i, part := range parts {
		if strings.Trim(part, "0123456789") == "" {
			parts[i] = "#"
		}
	}
	return strings.Join(parts, ".")
}

// tallyExtra counts the leaves of a document that landed in a field, and those
// that did not.
func tallyExtra(tally *corpus.Tally, data []byte, extra map[string]json.RawMessage) {
	known := jsondoc.Leaves(data)
	for path, raw := range extra {
		for range jsondoc.Leaves([]byte("[" + string(raw) + "]")) {
			tally.Miss(pattern(path))
			known--
		}
	}
	tally.Hit(known)
}

func TestCorpusSmartctl(t *testing.T) {
	known := corpus.ReadKnown(t, "testdata/known.txt")
	tally := corpus.Tally{Tool: "smartctl"}
	for _, file := range corpus.Files(t, "smartctl-json") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			if isScan(file.Data) {
				scan, err := ParseScan(file.Data)
				tally.Explain(t, known, file.Name, err)
				tallyExtra(&tally, file.Data, scan.Extra)
				checkScan(t, file.Name, file.Data, scan)
				return
			}
			dev, err := Parse(file.Data)
			tally.Explain(t, known, file.Name, err)
			tallyExtra(&tally, file.Data, dev.Extra)
			if err == nil {
				checkDevice(t, file.Name, file.Data, dev)
			}
		})
	}
	tally.Check(t, 99.9)
}

// A document decodes any JSON, as the oracle of what a capture says.
type document map[string]any

func decode(t *testing.T, data []byte) document {
	t.Helper()
	start := bytes.IndexByte(data, '{')
	dec := json.NewDecoder(bytes.NewReader(data[start:]))
	dec.UseNumber()
	var doc document
	if err := dec.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// get returns the value at a path as text, "" if there is none.
func (d document) get(path string) string {
	var v any = map[string]any(d)
	for key := range strings.SplitSeq(path, ".") {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return map[bool]string{true: "true", false: "false"}[v]
	}
	return ""
}

// first returns the first of several values that there is.
func (d document) first(paths ...string) string {
	for _, path := range paths {
		if v := d.get(path); v != "" {
			return v
		}
	}
	return ""
}

// text returns a field as text, "" for nil and for 0 where 0 means nothing.
func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	s := strings.Trim(string(b), `"`)
	if s == "null" {
		return ""
	}
	return s
}

// checkDevice compares the fields with what encoding/json reads.
func checkDevice(t *testing.T, name string, data []byte, dev *Device) {
	t.Helper()
	doc := decode(t, data)
	scsiModel := strings.TrimSpace(doc.get("vendor") + " " + doc.get("product"))
	want := map[string]string{
		"model":       doc.first("scsi_model_name", "model_name"),
		"serial":      doc.get("serial_number"),
		"firmware":    doc.first("firmware_version", "scsi_revision", "revision"),
		"capacity":    doc.first("user_capacity.bytes", "nvme_total_capacity"),
		"temperature": doc.first("temperature.current", "scsi_temperature.current"),
		"hours":       doc.get("power_on_time.hours"),
		"cycles":      doc.get("power_cycle_count"),
		"passed":      doc.get("smart_status.passed"),
		"exit status": doc.get("smartctl.exit_status"),
		"type":        doc.get("device.type"),
		"rotation":    doc.get("rotation_rate"),
	}
	if doc.get("device.protocol") == "SCSI" && want["rotation"] == "0" {
		want["rotation"] = "" // or not reported
	}
	if trip := doc.first("temperature.drive_trip", "scsi_temperature.drive_trip"); doc.get("device.protocol") == "SCSI" && want["temperature"] == "0" && (trip == "" || trip == "0") {
		want["temperature"] = "" // no page
		if celsius := doc.get("scsi_environmental_reports.temperature_1.current"); celsius != "" {
			want["temperature"] = celsius
		}
	}
	if want["capacity"] == "0" {
		want["capacity"] = ""
	}
	if want["model"] == "" {
		want["model"] = scsiModel
	}
	if placeholder.Is(want["model"]) {
		want["model"] = ""
	}
	if placeholder.IsSerial(want["serial"]) {
		want["serial"] = ""
	}
	capacity := text(t, dev.CapacityBytes)
	if capacity == "0" {
		capacity = ""
	}
	got := map[string]string{
		"model":       dev.ModelName,
		"serial":      dev.SerialNumber,
		"firmware":    dev.FirmwareVersion,
		"capacity":    capacity,
		"temperature": text(t, dev.Temperature.CurrentCelsius),
		"hours":       text(t, dev.PowerOnHours),
		"cycles":      text(t, dev.PowerCycles),
		"passed":      text(t, dev.Passed),
		"exit status": text(t, dev.Tool.ExitStatus),
		"type":        dev.Type,
		"rotation":    text(t, dev.RotationRPM),
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("%s mismatch (-want +got):\n%s", name, diff)
	}
	checkFlags(t, name, doc, dev)
	if _, err := json.Marshal(dev); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// checkFlags sees to it that what spells out a set of bits says the same as the
// bits, for only these are kept.
func checkFlags(t *testing.T, name string, doc document, dev *Device) {
	t.Helper()
	attributes, _ := doc["ata_smart_attributes"].(map[string]any)
	table, _ := attributes["table"].([]any)
	for i, row := range table {
		fields, _ := row.(map[string]any)["flags"].(map[string]any)
		if fields == nil {
			continue
		}
		spelled := document(fields)
		var flags AttributeFlags
		for bit, key := range []string{"prefailure", "updated_online", "performance", "error_rate", "event_count", "auto_keep"} {
			if spelled.get(key) == "true" {
				flags |= 1 << bit
			}
		}
		if got := dev.ATA.Attributes[i].Flags & 0x3f; got != flags {
			t.Errorf("%s: attribute %d has flags %#x, spelled out as %#x", name, i, got, flags)
		}
	}
}

func checkScan(t *testing.T, name string, data []byte, scan *Scan) {
	t.Helper()
	var want struct {
		Devices []struct{ Name, Type, Protocol string } `json:"devices"`
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	if len(want.Devices) != len(scan.Devices) {
		t.Fatalf("%s: %d devices, want %d", name, len(scan.Devices), len(want.Devices))
	}
	for i, dev := range want.Devices {
		if got := scan.Devices[i]; got.Path != dev.Name || got.Type != dev.Type || got.Protocol != dev.Protocol {
			t.Errorf("%s: device %d is %+v, want %+v", name, i, got, dev)
		}
	}
}

// TestCorpusHealth compares the verdicts that are not ok with the list of them
// in testdata/verdicts.txt, which says why each is right.
func TestCorpusHealth(t *testing.T) {
	files := corpus.Files(t, "smartctl-json")
	list, err := os.ReadFile("testdata/verdicts.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]string)
	for line := range strings.Lines(string(list)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(fields) < 2 {
			continue
		}
		if len(fields) != 4 {
			t.Fatalf("want file, verdict, codes and why in %q", line)
		}
		want[fields[0]] = fields[1] + " " + fields[2]
	}
	ok := 0
	for _, file := range files {
		if isScan(file.Data) {
			continue
		}
		dev, _ := Parse(file.Data) // TestCorpusSmartctl reports the error
		h := dev.Health()
		name := path.Base(file.Name)
		got := ""
		if h.Verdict != OK {
			var codes []string
			for _, r := range h.Reasons {
				if r.Severity != OK {
					codes = append(codes, r.Code)
				}
			}
			got = string(h.Verdict) + " " + strings.Join(codes, ",")
		} else {
			ok++
		}
		if got != want[name] {
			t.Errorf("%s: verdict %q, want %q", name, got, want[name])
			for _, r := range h.Reasons {
				t.Logf("\t%s %s: %s", r.Severity, r.Code, r.Text)
			}
		}
		delete(want, name)
	}
	for name := range want {
		t.Errorf("%s is in verdicts.txt but not in the corpus", name)
	}
	t.Logf("%d drives are ok", ok)
}

func TestCorpusLsblk(t *testing.T) {
	known := corpus.ReadKnown(t, "testdata/known.txt")
	tally := corpus.Tally{Tool: "lsblk"}
	for _, file := range corpus.Files(t, "lsblk") {
		tally.Files++
		tally.Safely(t, file.Name, func() {
			list, err := ParseLsblk(file.Data)
			tally.Explain(t, known, file.Name, err)
			tallyExtra(&tally, file.Data, list.Extra)
			if err == nil {
				checkLsblk(t, file.Name, file.Data, list)
			}
		})
	}
	tally.Check(t, 99.5)
}

// A row is a device of lsblk as encoding/json reads it.
type row struct {
	Name       string          `json:"name"`
	KName      string          `json:"kname"`
	PKName     string          `json:"pkname"`
	MajorMinor string          `json:"maj:min"`
	Size       json.RawMessage `json:"size"`
	Serial     string          `json:"serial"`
	Type       string          `json:"type"`
	Children   []row           `json:"children"`
}

// checkLsblk walks the tree of a capture beside ours.
func checkLsblk(t *testing.T, name string, data []byte, list *BlockDevices) {
	t.Helper()
	var doc struct {
		Rows []row `json:"blockdevices"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	byName := make(map[string][]*BlockDevice)
	for _, dev := range list.All {
		id := cmp.Or(dev.KernelName, dev.Name)
		byName[id] = append(byName[id], dev)
	}
	var walk func(parent string, rows []row)
	walk = func(parent string, rows []row) {
		for _, r := range rows {
			own := cmp.Or(r.KName, strings.TrimSpace(r.Name))
			i := slices.IndexFunc(byName[own], r.matches)
			if i < 0 {
				t.Errorf("%s: no %+v", name, r)
				continue
			}
			dev := byName[own][i]
			if parent := byName[cmp.Or(r.PKName, parent)]; own != "" && parent != nil && !slices.Contains(dev.Parents, parent[0]) {
				t.Errorf("%s: %s does not stand on %s", name, own, parent[0].Name)
			}
			walk(own, r.Children)
		}
	}
	walk("", doc.Rows)
	if _, err := json.Marshal(list); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// matches reports whether dev is the device of the row.
func (r row) matches(dev *BlockDevice) bool {
	size := strings.Trim(string(r.Size), `"`)
	if size == "null" {
		size = ""
	}
	own := dev.SizeText
	if own == "" && dev.SizeBytes != nil {
		own = strconv.FormatUint(*dev.SizeBytes, 10)
	}
	return size == own && dev.MajorMinor == strings.TrimSpace(r.MajorMinor) && dev.Type == r.Type && dev.Serial == strings.TrimSpace(r.Serial)
}

// saysBad reports whether a drive says itself that it is bad: by its check, by a
// pre-fail attribute at its threshold, or by a failed self-test in a log.
func saysBad(dev *Device) bool {
	if dev.Passed != nil && !*dev.Passed {
		return true
	}
	if a := dev.ATA; a != nil {
		if slices.ContainsFunc(a.Attributes, func(a Attribute) bool { return a.WhenFailed == "now" && a.Flags.Prefail() }) {
			return true
		}
		for _, log := range []*SelfTestLog{a.SelfTestLog, a.ExtendedSelfTestLog} {
			if log != nil && slices.ContainsFunc(log.Tests, func(t SelfTest) bool { return t.Status.failed() }) {
				return true
			}
		}
	}
	return dev.SCSI != nil && slices.ContainsFunc(dev.SCSI.SelfTests, func(t SCSISelfTest) bool {
		return t.Result != nil && t.Result.Value >= 3 && t.Result.Value <= 7
	})
}

// TestCorpusFailing: a drive that says it is bad is critical; of those in
// notFailing FORMAT.md says why they are not.
func TestCorpusFailing(t *testing.T) {
	notFailing := map[string]string{"SSD__Micron__MTFDDAK128__MTFDDAK128MAR-1J1AA_90Y8649__A5B803A8B7F4.txt": "ok (smart.temperature)"}
	bad := 0
	for _, file := range corpus.Files(t, "smartctl-text") {
		text, _ := ParseText(file.Data)
		if dev := text.Device; saysBad(dev) {
			bad++
			h := dev.Health()
			if why := notFailing[path.Base(file.Name)]; h.Verdict != Critical && describe(t, h) != why {
				t.Errorf("%s: %s", file.Name, describe(t, h))
			}
		}
	}
	t.Logf("%d drives say that they are bad", bad)
}
