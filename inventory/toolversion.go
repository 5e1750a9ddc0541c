// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"
	"strings"

	"github.com/tidwall/gjson"
)

// versionArgs asks those tools for their version that do not print it with
// their data.
var versionArgs = map[string][]string{
	"ipmitool": {"-V"},
	"lsblk":    {"--version"},
	"lspci":    {"--version"},
	"nvme":     {"version"},
}

// toolVersion returns the version of a collector's main tool, once that has
// answered; "" if there is no telling.
func (t *trace) toolVersion(ctx context.Context, tool string) string {
	run := t.first(tool)
	if run == nil || run.err != nil {
		return ""
	}
	args, ask := versionArgs[tool]
	if !ask {
		return printedVersion(tool, run.out.Stdout)
	}
	out, err := t.Host.Run(ctx, tool, args...)
	if err != nil {
		return ""
	}
	for word := range strings.FieldsSeq(string(out.Stdout)) {
		if '0' <= word[0] && word[0] <= '9' {
			return word
		}
	}
	return ""
}

// first returns the first run of a tool.
func (t *trace) first(tool string) *tracedRun {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range t.runs {
		if t.runs[i].argv[0] == tool {
			return &t.runs[i]
		}
	}
	return nil
}

// printedVersion finds a tool's version in its own output.
func printedVersion(tool string, stdout []byte) string {
	switch tool {
	case "dmidecode":
		for line := range strings.Lines(string(stdout)) {
			if version, ok := strings.CutPrefix(line, "# dmidecode "); ok {
				return strings.TrimSpace(version)
			}
			if !strings.HasPrefix(line, "#") {
				return ""
			}
		}
	case "smartctl":
		version := gjson.GetBytes(stdout, "smartctl.version").Array()
		if len(version) == 2 {
			return version[0].Raw + "." + version[1].Raw
		}
	}
	return ""
}
