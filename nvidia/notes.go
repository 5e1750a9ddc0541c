// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"strconv"
	"strings"
)

// maxNotes caps the lines of plain text that a log keeps.
const maxNotes = 256

// An input is the text that is read, and what is found beside the data.
type input struct {
	src   string
	errs  Errors
	notes []Note
}

// fail reports a defect at an offset.
func (in *input) fail(offset int, path, text string, err error) {
	in.errs.addAt(in.src, offset, path, text, err)
}

// note keeps the lines of text, which stands at offset.
func (in *input) note(text string, offset int) {
	for line := range strings.Lines(text) {
		at := offset
		offset += len(line)
		line = strings.Trim(line, " \t\r\n\ufeff")
		switch {
		case line == "" || len(in.notes) > maxNotes:
		case len(in.notes) == maxNotes:
			in.fail(at, "", line, fmt.Errorf("%w: more than %d lines of text", ErrLimit, maxNotes))
			in.notes = append(in.notes, Note{}) // finish takes it off
		default:
			note := parseNote(line)
			note.Line = 1 + strings.Count(in.src[:at], "\n")
			in.notes = append(in.notes, note)
			if err := failureOf(line); err != nil {
				in.fail(at, "", line, err)
			}
		}
	}
}

// finish hands the notes over and returns the errors in input order.
func (in *input) finish(notes *[]Note) error {
	*notes = in.notes[:min(len(in.notes), maxNotes)]
	in.errs.sort()
	return in.errs.err()
}

// ParseMessages parses what nvidia-smi prints beside its data, such as its
// standard error: which GPUs it could not open, and why it failed. What GPUs it
// lists is not asked here. No text is no message, and not an error.
//
// The log is never nil; the error is as of [Parse].
func ParseMessages(data []byte) (*Log, error) {
	in := &input{src: string(data)}
	in.note(in.src, 0)
	log := new(Log)
	err := in.finish(&log.Notes)
	log.Unreadable = unreadable(log.Notes)
	return log, err
}

// unreadable gathers the GPUs that notes say cannot be opened.
func unreadable(notes []Note) []UnreadableGPU {
	var list []UnreadableGPU
	for _, n := range notes {
		if n.Unreadable {
			list = append(list, UnreadableGPU{n.PCIAddress, n.Index, reason(n.Text)})
		}
	}
	return list
}

// reason is what a line ends with: "GPU is lost" in "… handle for GPU3:
// 0000:BA:00.0: GPU is lost.  Reboot the system to recover this GPU".
func reason(line string) string {
	i := strings.LastIndex(line, ": ")
	if i < 0 {
		return ""
	}
	text, _, _ := strings.Cut(line[i+2:], ". ")
	return strings.TrimSuffix(trimSpace(text), ".")
}

// parseNote finds out which GPU a line is about.
func parseNote(line string) Note {
	note := Note{
		Text:           line,
		Unreadable:     strings.Contains(line, deviceHandle),
		CorruptInfoROM: strings.Contains(line, "infoROM is corrupted"),
		PCIAddress:     findAddress(line),
	}
	note.Index = findIndex(line)
	return note
}

const deviceHandle = "Unable to determine the device handle"

// findIndex returns the number of the GPU that a line names, "GPU3:" or "GPU 3:",
// nil where it names none.
func findIndex(line string) *int64 {
	i := strings.Index(line, "GPU")
	if i < 0 {
		i = strings.Index(line, "gpu")
	}
	if i < 0 {
		return nil
	}
	digits, _, found := strings.Cut(line[i+len("GPU"):], ":")
	digits = strings.TrimLeft(digits, " #")
	n, err := strconv.ParseUint(digits, 10, 16)
	if !found || err != nil || len(digits) > 3 {
		return nil // four digits are the domain of an address
	}
	index := int64(n)
	return &index
}

// failureOf knows what nvidia-smi prints in the place of data, and why; nil for
// other lines.
func failureOf(line string) error {
	switch {
	case strings.HasPrefix(line, "No devices were found"), strings.HasPrefix(line, "No devices found"):
		return ErrNoDevices
	case strings.Contains(line, "NVIDIA-SMI has failed"), strings.Contains(line, "NVIDIA-SMI couldn't find libnvidia-ml"):
		return ErrNoDriver
	}
	_, cause, ok := strings.Cut(line, "Failed to initialize NVML")
	switch {
	case !ok:
		return nil
	case strings.Contains(cause, "ersion mismatch"):
		return ErrMismatch
	case strings.Contains(cause, "ermission"):
		return ErrPermission
	case strings.Contains(cause, "Driver Not Loaded"), strings.Contains(cause, "Driver is not loaded"),
		strings.Contains(cause, "N/A"), strings.Contains(cause, "ibrary"), strings.Contains(cause, "Not Found"):
		return ErrNoDriver
	}
	return ErrNVML
}

// findAddress returns the first PCI address in a line.
func findAddress(line string) string {
	for i := range len(line) {
		if line[i] != ':' {
			continue
		}
		start := i
		for start > 0 && i-start < 8 && isHex(line[start-1]) {
			start--
		}
		if a := pciAddress(line[start:min(len(line), i+len(":00:00.0"))]); a != "" {
			return a
		}
	}
	return ""
}

// pciAddress writes an address as lspci does, "0000:3b:00.0" for
// "00000000:3B:00.0"; "" if s is none.
func pciAddress(s string) string {
	const rest = ":00:00.0"
	domain := len(s) - len(rest)
	if domain < 4 || domain > 8 {
		return ""
	}
	for i := range len(s) {
		switch want := byte('0'); {
		case i >= domain && rest[i-domain] != want:
			if s[i] != rest[i-domain] {
				return ""
			}
		case !isHex(s[i]):
			return ""
		}
	}
	for len(s) > len("0000")+len(rest) && s[0] == '0' {
		s = s[1:]
	}
	return strings.ToLower(s)
}
