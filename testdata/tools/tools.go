// SPDX-License-Identifier: Apache-2.0

// Package tools gives tests the real programs of several Debian generations,
// side by side.
//
// [Suite] fetches them with fetch.sh into the folder that BEE_TOOLS names (about
// 500 MB when all tests have run), in a few seconds the first time and in
// milliseconds afterwards. Fetching needs linux/amd64, apt and dpkg, and a Debian
// mirror in apt's configuration, but not root. Without BEE_TOOLS a test that
// needs the tools is skipped; with it, a test that cannot have them fails.
//
// Programs seen, by suite:
//
//	           dmidecode  lspci   ipmitool
//	bullseye   3.3        3.7.0   1.8.18
//	bookworm   3.4        3.9.0   1.8.19
//	trixie     3.6        3.13.0  1.8.19
//	sid        3.7        3.15.0  1.8.19
//
// bookworm-backports has smartctl 7.4 and is otherwise bookworm.
package tools

import (
	"bytes"
	_ "embed"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

//go:embed fetch.sh
var fetch string

const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"

// A Tree is a folder with the unpacked programs of one Debian suite.
type Tree struct {
	Root string // the folder: usr, lib, … as they are on a machine of that suite
}

// Suite returns the tree of a Debian suite ("bookworm"), with at least the
// named packages in it. It fails the test where there can be none, and skips it
// where none is asked for.
func Suite(tb testing.TB, suite string, packages ...string) *Tree {
	tb.Helper()
	if os.Getenv("BEE_TOOLS") == "" {
		tb.Skip("BEE_TOOLS names no folder for the tools of other Debian suites (about 500 MB)")
	}
	if why := unable(); why != "" {
		tb.Fatal("no tools of other Debian suites: " + why)
	}
	cmd := exec.Command("sh", append([]string{"-s", "--", suite}, packages...)...)
	cmd.Stdin = strings.NewReader(fetch)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		tb.Fatalf("fetching %v of Debian %s: %v\n%s", packages, suite, err, stderr.Bytes())
	}
	return &Tree{Root: strings.TrimSpace(string(out))}
}

// unable says why this machine cannot have the tools, "" when it can.
func unable() string {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return "this is " + runtime.GOOS + "/" + runtime.GOARCH
	}
	for _, program := range []string{"apt-get", "dpkg-deb", "flock"} {
		if _, err := exec.LookPath(program); err != nil {
			return "this machine has no " + program
		}
	}
	if _, err := os.Stat(keyring); err != nil {
		return "this machine has no debian-archive-keyring"
	}
	return ""
}

// Path returns the path of a file in the tree, given as an absolute path of the
// suite: Path("/usr/share/misc/pci.ids").
func (t *Tree) Path(name string) string { return filepath.Join(t.Root, name) }

// Command returns the command that runs a program of the tree with the tree's
// own libraries, as run.sh does. Other files that the program opens are this
// machine's: give it the path of its own where that matters. The environment
// is clean, and the locale is C.
func (t *Tree) Command(name string, args ...string) *exec.Cmd {
	program := t.Path("/usr/sbin/" + name)
	if _, err := os.Stat(program); err != nil {
		program = t.Path("/usr/bin/" + name)
	}
	libraries := t.Path("/usr/lib/x86_64-linux-gnu") + ":" + t.Path("/usr/lib")
	args = append([]string{"--library-path", libraries, program}, args...)
	cmd := exec.Command(t.Path("/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"), args...)
	cmd.Env = []string{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=" + os.Getenv("HOME")}
	return cmd
}
