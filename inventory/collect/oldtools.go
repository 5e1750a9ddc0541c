// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"bytes"
	"context"
	"strings"

	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart"
)

// refuses tells that a tool is too old for an option: it does not know it.
func (got *answer) refuses() bool {
	said := append(bytes.ToLower(got.out.Stdout[:min(len(got.out.Stdout), 4096)]), bytes.ToLower(got.out.Stderr)...)
	return got.out.Exit != 0 && (bytes.Contains(said, []byte("unrecognized option")) || bytes.Contains(said, []byte("invalid option")))
}

// askLsblk asks lsblk for JSON or, before util-linux 2.27, for pairs.
func askLsblk(ctx context.Context, a *asker) (*smart.BlockDevices, error) {
	got := a.run(ctx, func(data []byte) (any, error) { return smart.ParseLsblk(data) }, "lsblk", "-J", "-b", "-o", lsblkColumns)
	if got.refuses() {
		return ask(ctx, a, smart.ParseLsblk, "lsblk", "-P", "-b", "-o", lsblkColumns)
	}
	devices, _ := got.value.(*smart.BlockDevices)
	if got.state == report.StatusAbsent {
		return nil, nil
	}
	return devices, got.err
}

// scanText reads the lines of a scan: "/dev/sda -d sat # /dev/sda [SAT], ATA
// device".
func scanText(text string) []smart.ScanDevice {
	var list []smart.ScanDevice
	for line := range strings.Lines(text) {
		command, _, _ := strings.Cut(line, "#")
		words := strings.Fields(command)
		if len(words) == 3 && words[1] == "-d" && strings.HasPrefix(words[0], "/dev/") {
			list = append(list, smart.ScanDevice{Path: words[0], Type: words[2]})
		}
	}
	return list
}

// parseText takes output as it is.
func parseText(data []byte) (string, error) { return string(data), nil }
