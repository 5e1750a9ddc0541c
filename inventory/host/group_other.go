// SPDX-License-Identifier: Apache-2.0

//go:build !unix

package host

import (
	"os"
	"os/exec"
)

// setGroup does nothing: live collection is for Linux.
func setGroup(*exec.Cmd) {}

func killGroup(cmd *exec.Cmd) error { return cmd.Process.Kill() }

func exitStatus(state *os.ProcessState) (exit int, signal string) {
	if state == nil {
		return -1, ""
	}
	return state.ExitCode(), ""
}
