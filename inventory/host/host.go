// SPDX-License-Identifier: Apache-2.0

// Package host asks a machine what it is: it runs the machine's tools and
// reads the kernel's files.
//
// There are three hosts. [Live] is the machine that the program runs on.
// [Record] passes everything through to another host and keeps what it saw.
// [Replay] answers from such a capture, on any operating system, and gives the
// same answers each time. A [Capture] is a folder of text that a person can read
// and edit.
package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// A Host is the machine being audited. Its methods may be called concurrently.
type Host interface {
	// Run runs a tool by its bare name, without a shell, and waits for it.
	//
	// The error is nil if the tool ran to its end, whatever its exit status:
	// many inventory tools report findings there. Otherwise the error wraps
	// [exec.ErrNotFound] if there is no such tool, [context.DeadlineExceeded]
	// if it was killed for its time, [ErrOutputLimit] if it was killed for
	// its output, [ErrNotRun] if ctx was done before it started, or says why
	// it could not be started. What the tool had
	// written until then is in the Output, of too much output the beginning.
	//
	// [exec.ErrNotFound]: https://pkg.go.dev/os/exec#ErrNotFound
	Run(ctx context.Context, name string, args ...string) (Output, error)

	// FS is the machine's file system, rooted at "/". It serves the kernel's
	// files (proc, sys); it follows symbolic links where the machine does and
	// has ReadLink where the links themselves matter.
	FS() fs.FS
}

// A Clock is a [Host] that knows the time of the audit. A host without it
// lives in the present.
type Clock interface {
	Now() time.Time
}

// Now returns the time on h.
func Now(h Host) time.Time {
	if c, ok := h.(Clock); ok {
		return c.Now()
	}
	return time.Now()
}

// An Output is what a tool left behind.
type Output struct {
	Stdout   []byte
	Stderr   []byte
	Exit     int           // exit status; -1 if the tool did not exit by itself
	Signal   string        // the signal that ended it, such as "segmentation fault"; "" for none
	Duration time.Duration // from its start to its end

	// Recorded is the command that a replay answered with, where the capture
	// does not hold the one asked and another asks the same; nil otherwise.
	Recorded []string
}

// ErrOutputLimit is the error of a tool that was stopped because it wrote more
// than any inventory tool should.
var ErrOutputLimit = errors.New("output limit exceeded")

// ErrStuck is the error of a tool that did not end even when it was killed,
// because it sleeps uninterruptibly in the kernel (often on a dying drive). It
// was left behind.
var ErrStuck = errors.New("stuck in the kernel, left behind")

// ErrNotRun is the error of a tool that was never started, because the caller
// had no time left or was stopped.
var ErrNotRun = errors.New("not started")

// ErrTwoAnswers is the error of a command to which a capture has two answers
// that differ. The output is that of the first.
var ErrTwoAnswers = errors.New("the capture has another answer to it, too")

// ErrOutOfTime is the error of a tool that was killed because the time of its
// caller was over, not its own. It is a [context.DeadlineExceeded].
var ErrOutOfTime error = outOfTime{}

type outOfTime struct{}

func (outOfTime) Error() string { return "killed: the time of the whole audit was over" }
func (outOfTime) Unwrap() error { return context.DeadlineExceeded }

// A RunError says which command failed, and how.
type RunError struct {
	Argv []string
	Err  error
}

func (e *RunError) Error() string { return fmt.Sprintf("%s: %v", CommandLine(e.Argv), e.Err) }
func (e *RunError) Unwrap() error { return e.Err }

// CommandLine joins a command's words for people to read and to paste: words
// that a shell would take apart are quoted.
func CommandLine(argv []string) string {
	words := make([]string, len(argv))
	for i, word := range argv {
		words[i] = word
		if word == "" || strings.ContainsFunc(word, needsQuote) {
			words[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	return strings.Join(words, " ")
}

func needsQuote(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return false
	}
	return !strings.ContainsRune("-_./,:=+@%", r)
}
