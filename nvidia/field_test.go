// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// hostile is a log of two GPUs, the first with a process of that name.
func hostile(name string) string {
	return "<nvidia_smi_log>\n\t<attached_gpus>2</attached_gpus>\n\t<gpu id=\"00000000:1B:00.0\">\n" +
		"\t\t<serial>1650000000001</serial>\n\t\t<processes>\n\t\t\t<process_info>\n" +
		"\t\t\t\t<pid>7</pid>\n\t\t\t\t<process_name>" + name + "</process_name>\n" +
		"\t\t\t\t<used_memory>1 MiB</used_memory>\n\t\t\t</process_info>\n\t\t</processes>\n\t</gpu>\n" +
		"\t<gpu id=\"00000000:1C:00.0\">\n\t\t<serial>1650000000002</serial>\n\t</gpu>\n</nvidia_smi_log>\n"
}

// TestProcessNames reads names that look like the rest of the document. None
// replaces, adds or hides anything.
func TestProcessNames(t *testing.T) {
	for _, name := range []string{
		"/usr/bin/a", "<b>", "x</process_name>", "<![CDATA[ oops", "<!-- ", "<!DOCTYPE x [", "<?php", "<", "</gpu>", "Unknown Error", "GPU is lost",
		"</process_name></process_info></processes><serial>9</serial><gpu_recovery_action>Reset</gpu_recovery_action><processes><process_info><process_name>z",
		"</process_name></process_info></processes></gpu><gpu id=\"00000000:FF:00.0\"><serial>9</serial><processes><process_info><process_name>z",
	} {
		log, _ := Parse([]byte(hostile(name)))
		if len(log.GPUs) != 2 {
			t.Errorf("%q: %d GPUs", name, len(log.GPUs))
			continue
		}
		g := &log.GPUs[0]
		if g.Serial != "1650000000001" || log.GPUs[1].Serial != "1650000000002" || g.RecoveryAction != "" || g.Fault != "" || len(g.Faulty) > 0 {
			t.Errorf("%q: serials %q, %q, action %q, fault %q", name, g.Serial, log.GPUs[1].Serial, g.RecoveryAction, g.Fault)
		}
		if len(g.Processes) != 1 || meaningOf(name) == value && g.Processes[0].Name != strings.TrimSpace(name) || *g.Processes[0].UsedBytes != 1<<20 {
			t.Errorf("%q: processes %+v", name, g.Processes)
		}
	}
}

// TestSecondValue reads an element twice, as forged lines would have it: the
// first value stands.
func TestSecondValue(t *testing.T) {
	log, err := Parse([]byte(hostile("x</process_name>\n</process_info></processes><serial>9</serial><processes><process_info><process_name>y")))
	if len(log.GPUs) != 2 || log.GPUs[0].Serial != "1650000000001" || err == nil {
		t.Errorf("%+v, %v", log.GPUs, err)
	}
}

// TestNamesOfSeveralLines reads names that write whole lines of the document.
// What they add is not told from the driver's words where that can be known, and
// said to be wrong.
func TestNamesOfSeveralLines(t *testing.T) {
	const before, after = "x</process_name>\n\t\t\t</process_info>\n\t\t</processes>\n", "\t\t<processes>\n\t\t\t<process_info>\n\t\t\t\t<process_name>y"
	log, err := Parse([]byte(hostile(before + "\t\t<gpu_recovery_action>Reset</gpu_recovery_action>\n" + after)))
	if len(log.GPUs) != 2 || log.GPUs[0].RecoveryAction != "" || !errors.Is(err, ErrSyntax) {
		t.Errorf("a forged state: %+v, %v", log.GPUs[0], err)
	}
	log, err = Parse([]byte(hostile(before + "\t</gpu>\n\t<gpu id=\"00000000:FF:00.0\">\n\t\t<serial>9</serial>\n" + after)))
	if len(log.GPUs) != 3 || err == nil || !strings.Contains(err.Error(), "3 GPUs where the driver counts 2") {
		t.Errorf("a forged GPU: %d GPUs, %v", len(log.GPUs), err)
	}
	if log, err = Parse([]byte(hostile("a\nb"))); err != nil || log.GPUs[0].Processes[0].Name != "a\nb" {
		t.Errorf("a name of two lines: %+v, %v", log.GPUs[0].Processes, err)
	}
}

// TestEveryCut cuts a document at each byte. No value is one that the whole
// document does not have.
func TestEveryCut(t *testing.T) {
	whole := string(fixtures(t, "xml")["xml-v13-580-hopper"])
	full, _ := Parse([]byte(whole))
	values := strings.Builder{}
	values.WriteString("\x00")
	for i := range full.GPUs {
		values.WriteString(strings.Join(identity(&full.GPUs[i]), "\x00") + "\x00")
	}
	step := 1
	if testing.Short() {
		step = 37
	}
	for n := 0; n < min(len(whole), 12_000); n += step {
		log, err := Parse([]byte(whole[:n]))
		if err == nil {
			t.Fatalf("cut at %d is no error", n)
		}
		for i := range log.GPUs {
			for _, v := range identity(&log.GPUs[i]) {
				if v != "" && !strings.Contains(values.String(), "\x00"+v+"\x00") {
					t.Fatalf("cut at %d makes up %q", n, v)
				}
			}
		}
	}
}

func identity(g *GPU) []string {
	return []string{g.Name, g.Brand, g.Architecture, g.UUID, g.Serial, g.VBIOS, g.BoardID, g.BoardPartNumber, g.GPUPartNumber, g.PCI.Address, g.InfoROM.Image}
}

// TestFaultyReading tells a reading that cannot be had from a GPU that cannot.
func TestFaultyReading(t *testing.T) {
	log, err := Parse([]byte("<nvidia_smi_log><gpu><power_readings><default_power_limit>Unknown Error</default_power_limit></power_readings></gpu>" +
		"<gpu><uuid>Unknown Error</uuid></gpu><gpu><fan_speed>GPU is lost</fan_speed></gpu></nvidia_smi_log>"))
	if err != nil || len(log.GPUs) != 3 {
		t.Fatal(len(log.GPUs), err)
	}
	want := []FaultyReading{{"power_readings.default_power_limit", "Unknown Error"}}
	if g := &log.GPUs[0]; g.Fault != "" || !slices.Equal(g.Faulty, want) {
		t.Errorf("fault %q, faulty %v", g.Fault, g.Faulty)
	}
	if log.GPUs[1].Fault != "Unknown Error" || log.GPUs[2].Fault != "GPU is lost" {
		t.Errorf("faults %q, %q", log.GPUs[1].Fault, log.GPUs[2].Fault)
	}
}

func TestNeedsReset(t *testing.T) {
	for in, want := range map[string]string{
		"": "null",
		"<gpu_reset_status><reset_required>Yes</reset_required></gpu_reset_status>":                                                             "true",
		"<gpu_reset_status><reset_required>No</reset_required><drain_and_reset_recommended>No</drain_and_reset_recommended></gpu_reset_status>": "false",
		"<gpu_recovery_action>None</gpu_recovery_action>":                                                                                       "false",
		"<gpu_recovery_action>Reset</gpu_recovery_action>":                                                                                      "true",
		"<gpu_recovery_action>Reboot</gpu_recovery_action>":                                                                                     "true",
		"<gpu_recovery_action>Drain and Reset</gpu_recovery_action>":                                                                            "true",
		"<gpu_recovery_action>Drain P2P</gpu_recovery_action>":                                                                                  "false",
	} {
		log, err := Parse([]byte("<nvidia_smi_log><gpu>" + in + "</gpu></nvidia_smi_log>"))
		got, _ := json.Marshal(log.GPUs[0].NeedsReset())
		if err != nil || string(got) != want {
			t.Errorf("%s: %s, want %s, error %v", in, got, want, err)
		}
	}
}

// TestMessages reads which GPUs cannot be opened, in each form that drivers
// print, from standard error and from beside the elements.
func TestMessages(t *testing.T) {
	three := int64(3)
	for line, want := range map[string]UnreadableGPU{
		"Unable to determine the device handle for GPU 0000:BA:00.0: Unknown Error":                                       {"0000:ba:00.0", nil, "Unknown Error"},
		"Unable to determine the device handle for GPU 0000:BA:00.0: GPU is lost.  Reboot the system to recover this GPU": {"0000:ba:00.0", nil, "GPU is lost"},
		"Unable to determine the device handle for GPU3: 00000000:BA:00.0: Unknown Error":                                 {"0000:ba:00.0", &three, "Unknown Error"},
		"Unable to determine the device handle for GPU3: Unknown Error":                                                   {"", &three, "Unknown Error"},
		"Unable to determine the device handle for GPU 3: Unknown Error":                                                  {"", &three, "Unknown Error"},
		"Unable to determine the device handle for gpu 0000:BA:00.0: GPU is lost.":                                        {"0000:ba:00.0", nil, "GPU is lost"},
		"Unable to determine the device handle: Unknown Error":                                                            {"", nil, "Unknown Error"},
	} {
		gpu := "<gpu id=\"00000000:1B:00.0\"></gpu>"
		head, tail := "<nvidia_smi_log><attached_gpus>2</attached_gpus>\n", "</nvidia_smi_log>\n"
		for place, in := range map[string]string{
			"before":  line + "\n" + head + gpu + tail,
			"between": head + gpu + "\n" + line + "\n" + gpu + tail,
			"after":   head + gpu + tail + line + "\n",
		} {
			log, err := Parse([]byte(in))
			if err != nil || !reflect.DeepEqual(log.Unreadable, []UnreadableGPU{want}) || *log.AttachedGPUs != 2 {
				t.Errorf("%s: %q: %+v, %v", place, line, log.Unreadable, err)
			}
		}
		log, err := ParseMessages([]byte(line + "\n"))
		if err != nil || !reflect.DeepEqual(log.Unreadable, []UnreadableGPU{want}) {
			t.Errorf("messages: %q: %+v, %v", line, log.Unreadable, err)
		}
	}
	if _, err := ParseMessages([]byte("Failed to initialize NVML: Driver/library version mismatch\n")); !errors.Is(err, ErrMismatch) || !errors.Is(err, ErrTool) {
		t.Error(err)
	}
	if _, err := ParseMessages(nil); err != nil {
		t.Error(err)
	}
}

// TestReadsBack writes the typed view of each fixture as JSON and reads it.
// TestTwoLogs: of two logs in one text, as -l prints them, the first is read and the
// second is told and kept.
func TestTwoLogs(t *testing.T) {
	const log = "<nvidia_smi_log>\n<driver_version>%s</driver_version>\n<gpu id=\"00000000:01:00.0\">\n<uuid>%s</uuid>\n</gpu>\n</nvidia_smi_log>\n"
	got, err := Parse([]byte(fmt.Sprintf(log+log, "550.1", "GPU-1", "560.2", "GPU-2")))
	if list, _ := err.(Errors); len(list) != 1 || list[0].Line != 7 || !errors.Is(err, ErrSyntax) {
		t.Error(err)
	}
	if got.Driver != "550.1" || len(got.GPUs) != 1 || got.GPUs[0].UUID != "GPU-1" || len(got.Unknown) != 1 {
		t.Errorf("%+v", got)
	}
}

// TestBrokenLine: the rest of a line that a terminal broke is told, and ends nothing.
func TestBrokenLine(t *testing.T) {
	log, err := ParseText([]byte("Driver Version                            : 550.1\nAttached GPUs                             : 1\nGPU 00000000:01:00.0\n" +
		"    Product Name                          : NVIDIA GeForce RTX 2080\n SUPER\n    Serial Number                         : 1650024007770\n"))
	if list, _ := err.(Errors); len(list) != 1 || list[0].Line != 5 || list[0].Column != 2 {
		t.Error(err)
	}
	if len(log.GPUs) != 1 || log.GPUs[0].Serial != "1650024007770" {
		t.Errorf("%+v", log.GPUs)
	}
}

// TestRowsAlone: rows without their header are told, whatever message is among
// them.
func TestRowsAlone(t *testing.T) {
	const message = "Unable to determine the device handle for GPU0000:C3:00.0: Unknown Error\n"
	if _, err := ParseCSV([]byte(message + "0, NVIDIA L40S, GPU-8a8a8a8a-1111-4222-8333-000000000200, 34\n")); !errors.Is(err, ErrFormat) {
		t.Errorf("rows: %v", err)
	}
	if _, err := ParseCSV([]byte(message)); err != nil {
		t.Errorf("the message alone: %v", err)
	}
}

// TestCutEndTag: a name that holds what looks like a tag is whole at its end tag
// alone.
func TestCutEndTag(t *testing.T) {
	const doc = "<nvidia_smi_log>\n<gpu id=\"1\">\n<processes>\n<process_info>\n<pid>7</pid>\n<process_name>/opt/a <b> & c</process_name>"
	for n := len(doc) - len("</process_name>"); n <= len(doc); n++ {
		log, _ := Parse([]byte(doc[:n]))
		want := ""
		if n == len(doc) {
			want = "/opt/a <b> & c"
		}
		if name := log.GPUs[0].Processes[0].Name; name != want {
			t.Errorf("%q: %q", doc[:n], name)
		}
	}
}

// TestCutMessage: the reason why a GPU could not be opened is a whole one.
func TestCutMessage(t *testing.T) {
	const message = "Unable to determine the device handle for GPU1: 0000:C3:00.0: Unknown Error\n"
	for n := 1; n < len(message); n++ {
		log, err := Parse([]byte(message[:n]))
		if len(log.Unreadable) > 0 || err == nil {
			t.Fatalf("%q: %v, %+v", message[:n], err, log.Unreadable)
		}
		log, err = Parse([]byte(message + message[:n]))
		if len(log.Unreadable) != 1 || !errors.Is(err, ErrTruncated) {
			t.Fatalf("behind another, %q: %v, %+v", message[:n], err, log.Unreadable)
		}
	}
	if log, err := Parse([]byte(message)); err != nil || len(log.Unreadable) != 1 || log.Unreadable[0].Reason != "Unknown Error" {
		t.Errorf("%v, %+v", err, log.Unreadable)
	}
}

func TestReadsBack(t *testing.T) {
	for name, data := range fixtures(t, "xml") {
		log, _ := Parse(data)
		text, err := json.Marshal(log)
		if err != nil {
			t.Fatal(name, err)
		}
		var back Log
		if err := json.Unmarshal(text, &back); err != nil {
			t.Error(name, err)
		}
		again, _ := json.Marshal(&back)
		// A name that is not UTF-8 is written with the sign for that.
		if string(again) != strings.ReplaceAll(string(text), `\ufffd`, "\uFFFD") {
			t.Errorf("%s reads back as something else", name)
		}
	}
}

func TestErrorsAreInert(t *testing.T) {
	got := clip("a\x1b[31m\n" + strings.Repeat("é", maxText))
	if strings.ContainsAny(got, "\x1b\n") || strings.ContainsRune(got, '\uFFFD') || !strings.HasSuffix(got, "é…") || len(got) > maxText+len("…") {
		t.Errorf("%q", got)
	}
}

// TestAddList names the MIG devices of the XML by the list.
func TestAddList(t *testing.T) {
	log, err := Parse([]byte("<nvidia_smi_log><gpu><uuid>GPU-1</uuid><mig_devices><mig_device><index>1</index><gpu_instance_id>2</gpu_instance_id></mig_device></mig_devices></gpu><gpu/></nvidia_smi_log>"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := ParseList([]byte("GPU 4: NVIDIA X (UUID: GPU-1)\n  MIG 1g.10gb     Device  0: (UUID: MIG-a)\n  MIG 3g.40gb     Device  1: (UUID: MIG-b)\n"))
	if err != nil {
		t.Fatal(err)
	}
	log.AddList(list)
	if m := log.GPUs[0].MIGDevices[0]; m.UUID != "MIG-b" || m.Profile != "3g.40gb" || *m.GPUInstance != 2 || *log.GPUs[0].Index != 4 || log.GPUs[1].Index != nil {
		t.Errorf("%+v", log.GPUs)
	}
}

// TestMutants parses what is left of the fixtures after damage of each kind.
func TestMutants(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 3
	}
	r := rand.New(rand.NewPCG(1, 2))
	for name, data := range fixtures(t, "xml") {
		for kind := range 6 {
			for range rounds {
				mutant := mutate(r, kind, string(data))
				log, err := Parse([]byte(mutant))
				list, ok := err.(Errors)
				if log == nil || err != nil && !ok {
					t.Fatalf("mutant %d of %s: %v", kind, name, err)
				}
				if n := len(list); n > 0 && list[n-1].Line > strings.Count(mutant, "\n")+1 {
					t.Fatalf("mutant %d of %s: error outside the input: %v", kind, name, list[n-1])
				}
			}
		}
	}
}

// mutate damages a text in one way.
func mutate(r *rand.Rand, kind int, text string) string {
	at := r.IntN(len(text))
	lines := strings.SplitAfter(text, "\n")
	line, other := r.IntN(len(lines)), r.IntN(len(lines))
	switch kind {
	case 0:
		return text[:at]
	case 1:
		return text[:at] + string(rune(r.IntN(256))) + text[at+1:]
	case 2:
		lines = slices.Delete(lines, line, line+1)
	case 3:
		lines = slices.Insert(lines, line, lines[other])
	case 4:
		lines[line], lines[other] = lines[other], lines[line]
	case 5:
		return strings.ReplaceAll(text, "\n", "\r\n") + text[at:]
	}
	return strings.Join(lines, "")
}
