// SPDX-License-Identifier: Apache-2.0

//go:build unix

package host

import (
	"os"
	"os/exec"
	"syscall"
)

// setGroup makes the command the leader of a new process group, killed as a
// whole when its context ends.
func setGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return killGroup(cmd) }
}

// killGroup kills every process of the command's group.
func killGroup(cmd *exec.Cmd) error {
	return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}

// exitStatus returns the exit status of a process, -1 if a signal ended it,
// and the name of that signal.
func exitStatus(state *os.ProcessState) (exit int, signal string) {
	if state == nil {
		return -1, ""
	}
	if ws, ok := state.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		return -1, ws.Signal().String()
	}
	return state.ExitCode(), ""
}
