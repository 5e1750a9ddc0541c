// SPDX-License-Identifier: Apache-2.0

package tools_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/mchus/bee/testdata/tools"
)

// programs are what the oracles run, with the version that each suite has. A
// suite in development has no fixed version.
var programs = []struct{ suite, pkg, program, flag, version string }{
	{"bullseye", "dmidecode", "dmidecode", "--version", "3.3"},
	{"bullseye", "pciutils", "lspci", "--version", "lspci version 3.7.0"},
	{"bullseye", "ipmitool", "ipmitool", "-V", "ipmitool version 1.8.18"},
	{"bookworm", "dmidecode", "dmidecode", "--version", "3.4"},
	{"bookworm", "pciutils", "lspci", "--version", "lspci version 3.9.0"},
	{"bookworm", "ipmitool", "ipmitool", "-V", "ipmitool version 1.8.19"},
	{"bookworm-backports", "smartmontools", "smartctl", "--version", "smartctl 7.4"},
	{"bookworm-backports", "dmidecode", "dmidecode", "--version", "3.4"},
	{"trixie", "dmidecode", "dmidecode", "--version", "3.6"},
	{"trixie", "pciutils", "lspci", "--version", "lspci version 3.13.0"},
	{"trixie", "ipmitool", "ipmitool", "-V", "ipmitool version 1.8.19"},
	{"sid", "dmidecode", "dmidecode", "--version", "3."},
	{"sid", "pciutils", "lspci", "--version", "lspci version 3."},
	{"sid", "ipmitool", "ipmitool", "-V", "ipmitool version 1."},
}

func TestSuite(t *testing.T) {
	for _, p := range programs {
		t.Run(p.suite+"/"+p.program, func(t *testing.T) {
			tree := tools.Suite(t, p.suite, p.pkg)
			checkVersion(t, tree.Command(p.program, p.flag), p.version)
			checkVersion(t, exec.Command("sh", "run.sh", tree.Root, p.program, p.flag), p.version)
		})
	}
}

func checkVersion(t *testing.T, cmd *exec.Cmd, want string) {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), want) {
		t.Errorf("%v: %v, %q; want version %q", cmd.Args, err, out, want)
	}
}
