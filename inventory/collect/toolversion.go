// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"bytes"
	"context"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
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
func toolVersion(ctx context.Context, a *asker, tool string) string {
	got := a.first(tool)
	if got == nil || got.state == report.StatusAbsent || got.state == report.StatusNotRun || len(got.out.Stdout) == 0 {
		return ""
	}
	args, ask := versionArgs[tool]
	if !ask {
		return printedVersion(tool, got.out.Stdout)
	}
	out, err := a.all.version(ctx, tool, args...)
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

// first returns the first answer of a tool.
func (a *asker) first(tool string) *answer {
	for _, got := range a.answers() {
		if got.argv[0] == tool {
			return got
		}
	}
	return nil
}

// version asks a tool for its version, once. That is not part of any account.
func (all *answers) version(ctx context.Context, tool string, args ...string) (host.Output, error) {
	all.mu.Lock()
	got, asked := all.versions[tool]
	if !asked {
		got = &answer{done: make(chan struct{})}
		all.versions[tool] = got
	}
	all.mu.Unlock()
	if !asked {
		got.out, got.err = all.Host.Run(ctx, tool, args...)
		close(got.done)
	}
	<-got.done
	return got.out, got.err
}

// printedVersion finds a tool's version in its own output.
func printedVersion(tool string, stdout []byte) string {
	switch tool {
	case "dmidecode":
		for line := range bytes.Lines(stdout) {
			if version, ok := bytes.CutPrefix(line, []byte("# dmidecode ")); ok {
				return string(bytes.TrimSpace(version))
			}
			if !bytes.HasPrefix(line, []byte("#")) {
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
