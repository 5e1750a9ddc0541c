// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/ipmi"
	"github.com/mchus/bee/nvidia"
	"github.com/mchus/bee/nvme"
	"github.com/mchus/bee/pci"
	"github.com/mchus/bee/pci/ethtool"
	"github.com/mchus/bee/smart"
	"github.com/mchus/bee/smart/arcconf"
	"github.com/mchus/bee/smart/dmsetup"
	"github.com/mchus/bee/smart/mdadm"
	"github.com/mchus/bee/smart/megacli"
	"github.com/mchus/bee/smart/sasircu"
	"github.com/mchus/bee/smart/ssacli"
	"github.com/mchus/bee/smart/storcli"
)

// A tool says how to read the end of one program: what its exit status means,
// and which of its words mean that its answer is not whole. [tools] has a row
// for each program that the audit runs.
type tool struct {
	name string
	// failed tells the exit statuses with which the tool failed from those
	// that are findings. nil: all but 0.
	failed func(exit int) bool
	// silent: no output at all can be an answer.
	silent bool
	// whole tells whether the output ends as it should; nil: it has no end
	// that could be known.
	whole func(stdout []byte) bool
	// once is what every answer begins with: twice, it is two answers.
	once string
	// incomplete are sentences, on either stream, with which the tool says
	// that it could not tell everything.
	incomplete []string
	// words finds in its output what the tool says of its failure; nil: the
	// last line of its standard error says it.
	words func(out host.Output) string
	// lies tells that it may end with 0 although its words say that it failed.
	lies bool
	// pieces are sentences with which it fails over one piece of an answer
	// whose other pieces stand for themselves.
	pieces []string
	// marks are texts of which one is in all that it prints; nil: its parser
	// tells what is not its output.
	marks []string
	// harmless are sentences with which a tool ends that had nothing to
	// tell: the status is not a failure then.
	harmless []string
	// nothing is the one of these with which it says that the machine has none of
	// what it tells of.
	nothing string
}

// noSMBIOS is what dmidecode says of such a machine.
const noSMBIOS = "No SMBIOS nor DMI entry point found"

// tools are all programs that the audit runs, in alphabetical order.
var tools = []tool{
	{name: "MegaCli", whole: endsExitCode, words: megacliWords},
	{name: "MegaCli64", whole: endsExitCode, words: megacliWords},
	{name: "arcconf", whole: endsCommand},
	{
		name:     "dmidecode",
		whole:    endsDMI,
		once:     "# dmidecode ",
		marks:    []string{"Handle 0x", "SMBIOS", "dmidecode"},
		harmless: []string{noSMBIOS},
		nothing:  noSMBIOS,
		incomplete: []string{
			"DMI table is broken", "Wrong DMI structures count", "Wrong DMI structures length",
			"Table is unreachable", "<TRUNCATED>",
		},
	},
	{name: "dmsetup", whole: endsLine, words: firstWords, pieces: []string{"Device does not exist"}}, // one went away
	{
		name:     "ethtool", // exit 75, 95: the driver has no such answer
		failed:   func(exit int) bool { return exit != 0 && exit != 75 && exit != 95 },
		marks:    []string{"driver:", "Permanent address", "Identifier"},
		harmless: []string{"Operation not supported", "No data available", "not supported"},
	},
	{name: "hpssacli", words: ssacliWords, lies: true},
	{
		name:       "ipmitool", // it fails over one bad FRU of many
		incomplete: []string{"Get SDR ", "SDR record id ", "SDR reservation", "Get SEL Entry"},
		whole:      endsLine,
		harmless:   []string{"SEL has no entries"},
		pieces: []string{
			"Device not present", "Unknown FRU header version", "Bad header checksum", "Invalid FRU size",
			"FRU Read failed", "Get Device ID command failed", "Invalid channel",
		},
	},
	{name: "lsblk", failed: func(exit int) bool { return exit != 0 && exit != 32 && exit != 64 }}, // none or some of the devices found
	{name: "lspci", whole: func(stdout []byte) bool { return bytes.HasSuffix(stdout, []byte("\n\n")) }},
	{name: "mdadm"},
	{name: "megacli", whole: endsExitCode, words: megacliWords},
	{
		name:   "nvidia-smi", // 6: there are no devices; 14: the InfoROM is corrupt
		failed: func(exit int) bool { return exit != 0 && exit != 14 },
		whole:  endsXML,
		incomplete: []string{
			"Unable to determine the device handle", "GPU is lost", "No devices were found",
			"Failed to initialize NVML", "couldn't communicate with the NVIDIA driver",
		},
	},
	{name: "nvme"},
	{name: "perccli", whole: endsJSON, words: storcliWords, lies: true, harmless: storcliHarmless},
	{name: "perccli2", whole: endsJSON, words: storcliWords, lies: true, harmless: storcliHarmless},
	{name: "perccli64", whole: endsJSON, words: storcliWords, lies: true, harmless: storcliHarmless},
	{name: "sas2ircu", whole: endsCommand, harmless: ircuHarmless},
	{name: "sas3ircu", whole: endsCommand, harmless: ircuHarmless},
	{
		name:     "smartctl",
		failed:   func(exit int) bool { return exit&3 != 0 }, // the other bits are about the drive
		words:    smartctlWords,
		harmless: []string{" mode, exit("}, // a drive that it left asleep
	},
	{name: "ssacli", words: ssacliWords, lies: true},
	{name: "storcli", whole: endsJSON, words: storcliWords, lies: true, harmless: storcliHarmless},
	{name: "storcli2", whole: endsJSON, words: storcliWords, lies: true, harmless: storcliHarmless},
	{name: "storcli64", whole: endsJSON, words: storcliWords, lies: true, harmless: storcliHarmless},
}

// endsLine: each line of an answer has its end.
func endsLine(stdout []byte) bool { return bytes.HasSuffix(stdout, []byte("\n")) }

// firstWords: dmsetup says first why it failed, and last that it did.
func firstWords(out host.Output) string {
	line, _, _ := bytes.Cut(bytes.TrimSpace(out.Stderr), []byte("\n"))
	return clipLine(line)
}

// endsXML: an answer in XML ends with its root element; text is whole as it is.
func endsXML(stdout []byte) bool {
	return !bytes.Contains(stdout, []byte("<nvidia_smi_log")) || bytes.Contains(stdout, []byte("</nvidia_smi_log>"))
}

// endsDMI: a table ends with the structure that says so (DSP0134, type 127).
// Some firmware leaves it out, and people cut it off; then as many structures
// must have come as the head of the output announces, or a processor and as many
// memory devices as the memory arrays have. Since SMBIOS 3 no number is announced
// (DSP0134, 5.2.2): then another kind of structure must show that the table went on
// behind its memory, of which one more array could have followed.
func endsDMI(stdout []byte) bool {
	if bytes.Contains(stdout, []byte("\nEnd Of Table")) || bytes.Contains(stdout, []byte("\tEnd-of-Table")) { // now, and before 2.8
		return true
	}
	structures, devices, last := 0, 0, ""
	for line := range strings.Lines(string(stdout)) {
		switch head, tail, _ := strings.Cut(strings.TrimSpace(line), " "); {
		case head == "Handle":
			_, kind, _ := strings.Cut(tail, ", DMI type ")
			last, _, _ = strings.Cut(kind, ",")
		case strings.HasPrefix(tail, "structures occupying"):
			structures, _ = strconv.Atoi(head)
		case strings.HasPrefix(tail, "Of Devices: "):
			n, _ := strconv.Atoi(tail[len("Of Devices: "):])
			devices += n
		}
	}
	count := func(text string) int { return bytes.Count(stdout, []byte(text)) }
	all := structures > 0 && structures == count("\nHandle 0x")
	parts := devices > 0 && devices == count(", DMI type 17,") && count(", DMI type 4,") > 0
	wentOn := structures > 0 || !slices.Contains(memoryTypes, last)
	return bytes.HasSuffix(stdout, []byte("\n\n")) && (all || parts && wentOn)
}

// memoryTypes are the structures that describe memory: arrays, devices, errors, mapped
// addresses and channels.
var memoryTypes = []string{"16", "17", "18", "19", "20", "33", "37"}

// lookTool returns the row of a tool; a program without one fails by any
// status but 0.
func lookTool(name string) *tool {
	for i := range tools {
		if tools[i].name == name {
			return &tools[i]
		}
	}
	return &tool{name: name}
}

// judge returns what is wrong with the end of a tool that ran to it, nil if
// nothing is.
func (t *tool) judge(out host.Output) error {
	if out.Signal != "" {
		return &toolError{code: "tool.failed", text: "died by a signal: " + out.Signal}
	}
	for _, s := range t.harmless {
		if bytes.Contains(out.Stdout, []byte(s)) || bytes.Contains(out.Stderr, []byte(s)) {
			return nil
		}
	}
	for _, s := range t.incomplete {
		if line := lineWith(out.Stdout, s); line != "" {
			return &toolError{code: "tool.incomplete", text: line}
		}
		if line := lineWith(out.Stderr, s); line != "" {
			return &toolError{code: "tool.incomplete", text: line}
		}
	}
	failed := out.Exit != 0
	if t.failed != nil {
		failed = t.failed(out.Exit)
	}
	switch {
	case failed, t.lies && t.words(out) != "":
		if t.words != nil {
			if words := t.words(out); words != "" {
				return &toolError{"tool.failed", words}
			}
		}
		return exitError(out)
	case len(bytes.TrimSpace(out.Stdout)) == 0 && !t.silent:
		text := "was asked and answered nothing"
		if line := lastLine(out.Stderr); line != "" {
			text = line
		}
		return &toolError{code: "tool.empty", text: text}
	case !t.recognises(out.Stdout):
		return &toolError{"tool.failed", "printed something else than this tool does"}
	case t.once != "" && bytes.Count(out.Stdout, []byte(t.once)) > 1:
		return &toolError{code: "tool.failed", text: "printed more than one answer"}
	case t.whole != nil && !t.whole(bytes.ReplaceAll(out.Stdout, []byte("\r\n"), []byte("\n"))): // a capture may have been edited
		return &toolError{code: "tool.incomplete", text: "its output ends in the middle"}
	}
	return nil
}

// recognises tells whether a tool's output is its own, where that can be told.
func (t *tool) recognises(stdout []byte) bool {
	for _, mark := range t.marks {
		if bytes.Contains(stdout, []byte(mark)) {
			return true
		}
	}
	return t.marks == nil
}

// onePiece tells that a tool failed over one piece of its answer only, and gave
// the others.
func (t *tool) onePiece(out host.Output) bool {
	if len(bytes.TrimSpace(out.Stdout)) == 0 {
		return false
	}
	for _, s := range t.pieces {
		if out.Signal == "" && (bytes.Contains(out.Stdout, []byte(s)) || bytes.Contains(out.Stderr, []byte(s))) {
			return true
		}
	}
	return false
}

// foreign are the errors with which parsers refuse what is not their tool's
// output.
var foreign = []error{
	ipmi.ErrFormat, pci.ErrFormat, nvme.ErrFormat, nvidia.ErrFormat, smart.ErrFormat, ethtool.ErrFormat,
	arcconf.ErrFormat, dmsetup.ErrFormat, mdadm.ErrFormat, megacli.ErrFormat, sasircu.ErrFormat, ssacli.ErrFormat, storcli.ErrFormat,
}

// isForeign tells that a parser refused the output as a whole.
func isForeign(err error) bool {
	return slices.ContainsFunc(foreign, func(f error) bool { return errors.Is(err, f) })
}

// lineWith returns the line of text that holds a sentence, "" if none does.
func lineWith(text []byte, sentence string) string {
	i := bytes.Index(text, []byte(sentence))
	if i < 0 {
		return ""
	}
	start := bytes.LastIndexByte(text[:i], '\n') + 1
	end := len(text)
	if n := bytes.IndexByte(text[i:], '\n'); n >= 0 {
		end = i + n
	}
	return clipLine(text[start:end])
}

// smartctlWords joins the errors in smartctl's document, or in its text.
func smartctlWords(out host.Output) string {
	var texts, others []string
	add := func(severity, text string) {
		if severity == "error" {
			texts = append(texts, text)
		} else {
			others = append(others, text)
		}
	}
	for _, m := range gjson.GetBytes(out.Stdout, "smartctl.messages").Array() {
		add(m.Get("severity").Str, m.Get("string").Str)
	}
	if text, err := smart.ParseText(out.Stdout); err == nil {
		for _, m := range text.Device.Tool.Messages {
			add(m.Severity, m.Text)
		}
	}
	switch text := strings.Join(texts, "; "); {
	case strings.Contains(text, "ermission denied"):
		return ""
	case text != "":
		return clipLine([]byte(text))
	case out.Exit&2 != 0 && len(others) > 0:
		return clipLine([]byte(strings.Join(others, "; ")))
	case out.Exit&2 != 0:
		return "could not open the drive"
	}
	return ""
}
