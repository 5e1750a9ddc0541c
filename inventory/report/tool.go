// SPDX-License-Identifier: Apache-2.0

package report

import (
	"runtime"
	"runtime/debug"
)

// ThisTool describes the running program. A version and commit that are "" are
// those that the Go command built in.
func ThisTool(name, version, commit string) Tool {
	t := Tool{Name: name, Version: version, Commit: commit, Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return t
	}
	if t.Version == "" && info.Main.Version != "(devel)" {
		t.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && t.Commit == "" {
			t.Commit = s.Value
		}
	}
	return t
}
