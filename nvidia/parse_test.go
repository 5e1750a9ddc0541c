// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// checkPlace compares an error with its place in the input, which the sign ‸
// marks; before is what stands before it.
func checkPlace(t *testing.T, err error, want error, before string) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error = %v, want %v", err, want)
	}
	list, ok := err.(Errors)
	if !ok {
		return
	}
	if len(list) != 1 {
		t.Errorf("%d errors for one defect: %q", len(list), errorTexts(err))
	}
	line := 1 + strings.Count(before, "\n")
	column := len(before) - strings.LastIndex(before, "\n")
	if list[0].Line != line || list[0].Column != column {
		t.Errorf("error at %d:%d, want %d:%d: %v", list[0].Line, list[0].Column, line, column, list[0])
	}
}

// In each input, the sign ‸ marks where the error is; it is removed.
func TestParseErrors(t *testing.T) {
	const head, tail = "<nvidia_smi_log>\n\t<gpu id=\"00000000:3B:00.0\">\n", "\t</gpu>\n</nvidia_smi_log>\n"
	tests := []struct {
		name, in string
		err      error
		path     string
	}{
		{"unit", head + "<temperature><gpu_temp>‸31 F</gpu_temp></temperature>" + tail, ErrUnit, "nvidia_smi_log.gpu.temperature.gpu_temp"},
		{"no number", head + "<fan_speed> ‸fast </fan_speed>" + tail, ErrSyntax, "nvidia_smi_log.gpu.fan_speed"},
		{"too great", head + "<ecc_errors><volatile><sram_correctable>‸9223372036854775808</sram_correctable></volatile></ecc_errors>" + tail, ErrRange, ""},
		{"not whole", head + "<fan_speed>‸3.5 %</fan_speed>" + tail, ErrRange, ""},
		{"flag", head + "<persistence_mode>‸Maybe</persistence_mode>" + tail, ErrSyntax, ""},
		{"address", head + "<pci><pci_bus_id>‸3B.00</pci_bus_id></pci>" + tail, ErrSyntax, ""},
		{"identifier", head + "<pci><pci_device_id>‸2330</pci_device_id></pci>" + tail, ErrSyntax, ""},
		{"group", head + "<remapped_rows>‸soon</remapped_rows>" + tail, ErrSyntax, ""},
		{"second GPU", "<nvidia_smi_log><gpu/><gpu><minor_number>‸x</minor_number></gpu></nvidia_smi_log>", ErrSyntax, "nvidia_smi_log.gpu[1].minor_number"},
		{"wrong end", head + "<uuid>GPU-1‸</serial></uuid>" + tail, ErrSyntax, ""},
		{"end too early", head + "<supported_clocks><supported_mem_clock><value>405 MHz</value>‸</supported_clocks>" + tail, ErrSyntax, ""},
		{"entity", head + "<serial>a ‸&b;</serial>" + tail, ErrSyntax, ""},
		{"lone sign", head + "<serial>1 ‸< 2</serial>" + tail, ErrSyntax, ""},
		{"attribute", "<nvidia_smi_log><gpu ‸id=3B></gpu></nvidia_smi_log>", ErrSyntax, ""},
		{"open quote", "<nvidia_smi_log><gpu ‸id=\"3B></gpu></nvidia_smi_log>", ErrSyntax, ""},
		{"cut in text", head + "<uuid>GPU-1‸", ErrSyntax, "nvidia_smi_log.gpu.uuid"},
		{"cut in tag", head + "‸<uu", ErrSyntax, ""},
		{"cut in end tag", head + "<uuid>GPU-1‸</uu", ErrSyntax, ""},
		{"cut in attribute", "<nvidia_smi_log><gpu ‸id=\"0", ErrSyntax, ""},
		{"cut in comment", head + "‸<!-- x", ErrSyntax, ""},
		{"cut in subset", "‸<!DOCTYPE nvidia_smi_log [ <!ELEMENT", ErrSyntax, ""},
		{"other text", "‸bash: nvidia-smi: command not found\n", ErrFormat, ""},
		{"no driver", "\n‸NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that …\n", ErrNoDriver, ""},
		{"no library", "‸NVIDIA-SMI couldn't find libnvidia-ml.so library in your system. Please make sure that …\n", ErrNoDriver, ""},
		{"other library", "‸Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 535.161\n", ErrMismatch, ""},
		{"no permission", "‸Failed to initialize NVML: Insufficient Permissions\n", ErrPermission, ""},
		{"other failure", "‸Failed to initialize NVML: Unknown Error\n", ErrNVML, ""},
		{"not loaded", "‸Failed to initialize NVML: Driver Not Loaded\n", ErrNoDriver, ""},
		{"no devices", "‸No devices were found\n", ErrNoDevices, ""},
		{"old words", "‸No devices found.\n", ErrNoDevices, ""},
		{"nothing", "‸", ErrFormat, ""},
		{"blanks", "‸ \r\n", ErrFormat, ""},
		{"UTF-16", "‸\xff\xfe<\x00?\x00", ErrFormat, ""},
		{"UTF-16 without a mark", "‸<\x00?\x00x\x00", ErrFormat, ""},
		{"second serial", head + "<serial>1</serial><serial>‸2</serial>" + tail, ErrSyntax, ""},
		{"CDATA without end", head + "<a>‸<![CDATA[ x</a>" + tail, ErrSyntax, ""},
		{"deep", "<nvidia_smi_log>" + strings.Repeat("<a>", maxDepth-1) + "‸<a>" + strings.Repeat("<a>", 1000) + strings.Repeat("</a>", maxDepth+1000) + "</nvidia_smi_log>", ErrLimit, ""},
		{"long text", head + "<serial>‸" + strings.Repeat("1", maxValue+1) + "</serial>" + tail, ErrLimit, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			log, err := Parse([]byte(before + after))
			if log == nil {
				t.Fatal("no log")
			}
			checkPlace(t, err, tt.err, before)
			if list, ok := err.(Errors); ok && tt.path != "" && list[0].Path != tt.path {
				t.Errorf("path %q, want %q", list[0].Path, tt.path)
			}
		})
	}
}

// TestParseGoesOn reads what stands behind a defect.
func TestParseGoesOn(t *testing.T) {
	for _, defect := range []string{
		"<fan_speed>fast</fan_speed>", "</nothing>", "<a b=c>x</a>", "<processes><process_info></processes>", "1 < 2", "&x;",
	} {
		log, err := Parse([]byte("<nvidia_smi_log><gpu>" + defect + "<uuid>GPU-1</uuid></gpu><gpu><uuid>GPU-2</uuid></gpu></nvidia_smi_log>"))
		if err == nil || len(log.GPUs) != 2 || log.GPUs[0].UUID != "GPU-1" || log.GPUs[1].UUID != "GPU-2" {
			t.Errorf("%q: error %v, %d GPUs", defect, err, len(log.GPUs))
		}
	}
}

// TestParseNothing reads what says that there is nothing.
func TestParseNothing(t *testing.T) {
	for _, in := range []string{
		"Unable to determine the device handle for GPU 0000:02:00.0: Unknown Error\n",
		"<?xml version=\"1.0\"?><nvidia_smi_log></nvidia_smi_log>",
	} {
		if log, err := Parse([]byte(in)); err != nil || len(log.GPUs) != 0 {
			t.Errorf("Parse(%q) = %d GPUs, %v", in, len(log.GPUs), err)
		}
	}
}

// TestParseLimits reads documents that ask for too much.
func TestParseLimits(t *testing.T) {
	tests := []struct {
		name, in string
		sound    bool // no limit is met
	}{
		{"a million GPUs", "<nvidia_smi_log>" + strings.Repeat("<gpu/>", 1e6) + "</nvidia_smi_log>", false},
		{"a million texts", "<nvidia_smi_log>" + strings.Repeat("x<a/>", 1e6) + "</nvidia_smi_log>", false},
		{"a hundred thousand deep", strings.Repeat("<nvidia_smi_log>", 1e5), false},
		{"a million ends", "<nvidia_smi_log>" + strings.Repeat("</a>", 1e6), false},
		{"a million entities", "<nvidia_smi_log>" + strings.Repeat("&", 1e6) + "&#" + strings.Repeat("1", 1e6), false},
		{"a million signs", "<nvidia_smi_log>" + strings.Repeat("<", 1e6), false},
		{"a million attributes", "<nvidia_smi_log " + strings.Repeat("a='' ", 1e6) + "/>", true},
		{"a million lines", strings.Repeat("x\n", 1e6), false},
		{"pieces of text", "<nvidia_smi_log><gpu><serial>" + strings.Repeat("x<a/>", 2e5) + "</serial></gpu></nvidia_smi_log>", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			log, err := Parse([]byte(tt.in))
			runtime.ReadMemStats(&after)
			if err == nil && !tt.sound {
				t.Errorf("no error, %d GPUs", len(log.GPUs))
			}
			if len(log.GPUs) > maxGPUs || len(log.Notes) > maxNotes {
				t.Errorf("%d GPUs, %d notes", len(log.GPUs), len(log.Notes))
			}
			if list, ok := err.(Errors); ok && len(list) > maxErrors+1 {
				t.Errorf("%d errors", len(list))
			}
			if total := after.TotalAlloc - before.TotalAlloc; total > 200e6 {
				t.Errorf("%d bytes allocated for %d bytes of input", total, len(tt.in))
			}
		})
	}
}

// TestManyLabels reads text in which a process says a hundred thousand things.
func TestManyLabels(t *testing.T) {
	var b strings.Builder
	b.WriteString("Timestamp : x\nGPU 00000000:3B:00.0\n    Processes\n")
	for i := range 100_000 {
		fmt.Fprintf(&b, "        Label %d : x\n", i)
	}
	log, err := ParseText([]byte(b.String()))
	if err != nil || len(log.Unknown) != 100_000 {
		t.Errorf("error %v, %d unknown labels", err, len(log.Unknown))
	}
}

// In each input, the sign ‸ marks where the error is; it is removed.
func TestParseTextErrors(t *testing.T) {
	const head = "==============NVSMI LOG==============\n\nTimestamp   : x\nGPU 00000000:3B:00.0\n"
	deep := head
	for i := range maxDepth - 1 { // the log and the GPU are two of them
		deep += strings.Repeat(" ", i+1) + "Label\n"
	}
	tests := []struct {
		name, in string
		err      error
	}{
		{"unit", head + "    Fan Speed   : ‸3 rpm\n", ErrUnit},
		{"value like its label", head + "    No   : x\n    Persistence Mode : ‸Persistence Mode\n", ErrSyntax},
		{"no log", "‸nothing of the kind\n", ErrFormat},
		{"no driver", "‸NVIDIA-SMI has failed because …\n", ErrNoDriver},
		{"labels", head + strings.Repeat("    A : 1\n", maxNodes-2) + "‸    A : 1\n    A : 1\n", ErrLimit},
		{"GPUs", "Timestamp : x\n" + strings.Repeat("GPU 00000000:3B:00.0\n", maxGPUs) + "‸GPU 00000000:3B:00.0\n", ErrLimit},
		{"deep", deep + "‸" + strings.Repeat(" ", maxDepth) + "Label\n", ErrLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.in, "‸")
			log, err := ParseText([]byte(before + after))
			if log == nil {
				t.Fatal("no log")
			}
			checkPlace(t, err, tt.err, before)
		})
	}
}

// fixtures reads the inputs of the golden files of one kind.
func fixtures(tb testing.TB, kind string) map[string][]byte {
	tb.Helper()
	paths, err := filepath.Glob("testdata/" + kind + "-*/input")
	if err != nil || len(paths) == 0 {
		tb.Fatalf("no fixtures of %s: %v", kind, err)
	}
	inputs := make(map[string][]byte)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		inputs[filepath.Base(filepath.Dir(path))] = data
	}
	return inputs
}

// TestLineEnds reads each fixture with the other line ends.
func TestLineEnds(t *testing.T) {
	for _, kind := range []string{"xml", "text", "csv", "list", "nvlink", "topo"} {
		for name, data := range fixtures(t, kind) {
			unix := bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
			dos := bytes.ReplaceAll(unix, []byte("\n"), []byte("\r\n"))
			want, got := parseCase(name, unix), parseCase(name, dos)
			want.Errors, got.Errors = nil, nil // the columns of those behind a line end may differ
			if diff := cmp.Diff(typedResult(t, want), typedResult(t, got)); diff != "" {
				t.Errorf("%s: line ends matter (-LF +CRLF):\n%s", name, diff)
			}
		}
	}
}

func typedResult(t *testing.T, r result) string {
	t.Helper()
	if r.Log == nil {
		return r.Topology.Devices[0].CPUs
	}
	return typed(t, r.Log)
}

// TestTruncated cuts the fixtures everywhere: what was read before must not
// change, and one cut is at most one defect of the syntax and one value cut.
func TestTruncated(t *testing.T) {
	for _, kind := range []string{"xml", "text", "csv", "list", "nvlink", "topo"} {
		for name, data := range fixtures(t, kind) {
			whole := len(parseCase(name, data).Errors)
			step := max(1, len(data)/400)
			for i := 0; i < len(data); i += step {
				r := parseCase(name, data[:i])
				if len(r.Errors) > whole+2 {
					t.Fatalf("%s cut at %d gives %q", name, i, r.Errors)
				}
			}
		}
	}
}

// TestNoise puts lines of other programs around a document.
func TestNoise(t *testing.T) {
	data := fixtures(t, "xml")["xml-v12-525-ampere"]
	want, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	noise := "ERROR: ld.so: object 'libx.so' cannot be preloaded\n\xff\xfe <b> noise\n"
	got, err := Parse(append([]byte(noise), append(data, noise...)...))
	if err == nil || len(err.(Errors)) != 1 {
		t.Errorf("error %v, want that of the <b> behind the document", err)
	}
	if len(got.Notes) < 3 {
		t.Errorf("%d notes, want the lines of noise: %v", len(got.Notes), got.Notes)
	}
	got.Notes = nil
	if diff := cmp.Diff(typed(t, want), typed(t, got)); diff != "" {
		t.Errorf("noise changes the log:\n%s", diff)
	}
}

// TestNoiseInside puts messages between the elements.
func TestNoiseInside(t *testing.T) {
	log, err := Parse([]byte("<nvidia_smi_log>\n<gpu>one<uuid>GPU-1</uuid>\nWARNING: infoROM is corrupted at gpu 0000:3B:00.0\n</gpu>\n" +
		"Unable to determine the device handle for GPU2: Unknown Error\n<gpu><uuid>GPU-2</uuid></gpu></nvidia_smi_log>"))
	if err != nil || len(log.GPUs) != 2 {
		t.Fatalf("%d GPUs, error %v", len(log.GPUs), err)
	}
	two := int64(2)
	want := []Note{
		{Text: "one", Line: 2},
		{Text: "WARNING: infoROM is corrupted at gpu 0000:3B:00.0", PCIAddress: "0000:3b:00.0", CorruptInfoROM: true, Line: 3},
		{Text: "Unable to determine the device handle for GPU2: Unknown Error", Index: &two, Unreadable: true, Line: 5},
	}
	if diff := cmp.Diff(want, log.Notes); diff != "" {
		t.Errorf("notes mismatch (-want +got):\n%s", diff)
	}
}

func TestNotes(t *testing.T) {
	index := func(i int64) *int64 { return &i }
	tests := []struct {
		line    string
		address string
		index   *int64
	}{
		{"Unable to determine the device handle for GPU 0000:02:00.0: Unknown Error", "0000:02:00.0", nil},
		{"Unable to determine the device handle for GPU0000:25:00.0: Unknown Error", "0000:25:00.0", nil},
		{"Unable to determine the device handle for GPU3: 0000:5F:00.0: Unknown Error", "0000:5f:00.0", index(3)},
		{"Unable to determine the device handle for GPU2: Unknown Error", "", index(2)},
		{"Unable to determine the device handle for GPU 00000001:0A:00.0: GPU is lost.  Reboot the system to recover this GPU", "0001:0a:00.0", nil},
		{"Unable to determine the device handle for gpu 000A1:00:00.0: Not Found", "00a1:00:00.0", nil},
		{"Unable to determine the device handle at 12:00:00.0", "", nil},
	}
	for _, tt := range tests {
		note := parseNote(tt.line)
		if want := (Note{Text: tt.line, PCIAddress: tt.address, Index: tt.index, Unreadable: true}); !cmp.Equal(want, note) {
			t.Errorf("parseNote mismatch (-want +got):\n%s", cmp.Diff(want, note))
		}
	}
}
