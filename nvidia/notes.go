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
			if isNoDriver(line) {
				in.fail(at, "", line, ErrNoDriver)
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

// parseNote finds out which GPU a line is about.
func parseNote(line string) Note {
	note := Note{
		Text:           line,
		Unreadable:     strings.HasPrefix(line, "Unable to determine the device handle"),
		CorruptInfoROM: strings.Contains(line, "infoROM is corrupted"),
		PCIAddress:     findAddress(line),
	}
	if _, after, ok := strings.Cut(line, "GPU"); ok {
		digits, _, found := strings.Cut(after, ":")
		if n, err := strconv.ParseUint(digits, 10, 16); found && err == nil && len(digits) < 4 {
			index := int64(n)
			note.Index = &index
		}
	}
	return note
}

// isNoDriver knows what nvidia-smi prints when it finds no driver, no library
// or a driver of another version.
func isNoDriver(line string) bool {
	return strings.Contains(line, "NVIDIA-SMI has failed") ||
		strings.Contains(line, "NVIDIA-SMI couldn't find libnvidia-ml") ||
		strings.Contains(line, "Failed to initialize NVML")
}

// isNoDevices knows what nvidia-smi prints where there is no GPU.
func isNoDevices(line string) bool {
	return strings.HasPrefix(line, "No devices were found") || strings.HasPrefix(line, "No devices found")
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
