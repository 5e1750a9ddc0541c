// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"bytes"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/mchus/bee/inventory/host"
)

// The sentences with which a RAID tool ends that knows no controller of its
// kind, which another may know, or a controller on which nothing hangs.
var (
	storcliHarmless = append([]string{"No Controller found"}, storcliNothing...)
	ircuHarmless    = []string{"MPTLib2 Error 1", "no IR volumes"}
)

// storcliNothing are the failures of a question about the drives of a controller
// that has none.
var storcliNothing = []string{"No PD found", "No drive found", "No Drive found"}

// endsJSON: a document ends with its root's brace; text has no such end.
func endsJSON(stdout []byte) bool {
	return !bytes.Contains(stdout, []byte(`"Controllers"`)) || bytes.HasSuffix(bytes.TrimSpace(stdout), []byte("}"))
}

// endsCommand: sas3ircu and arcconf say at the end that they are through.
func endsCommand(stdout []byte) bool {
	return bytes.Contains(bytes.ToLower(stdout), []byte("completed successfully"))
}

// storcliWords finds the reason in a document of storcli's: the status of the
// whole, or of the first object that failed.
func storcliWords(out host.Output) string {
	for _, c := range gjson.GetBytes(out.Stdout, "Controllers").Array() {
		status := c.Get("Command Status")
		if status.Get("Status").Str != "Failure" {
			continue
		}
		for _, d := range status.Get("Detailed Status").Array() {
			if text := d.Get("ErrMsg").Str; text != "" && text != "-" {
				return clipLine([]byte(text))
			}
		}
		return clipLine([]byte(status.Get("Description").Str))
	}
	return ""
}

// ssacliWords finds the line with the tool's complaint, which it prints on its
// standard output.
func ssacliWords(out host.Output) string {
	for line := range bytes.Lines(out.Stdout) {
		if text := strings.TrimSpace(string(line)); strings.HasPrefix(text, "Error:") {
			return clipLine([]byte(text))
		}
	}
	return ""
}
