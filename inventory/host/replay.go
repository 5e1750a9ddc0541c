// SPDX-License-Identifier: Apache-2.0

package host

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// Replay returns the host that a capture was made of. It reads the capture as
// a whole; an error names the file and the line that could not be read. Of the
// file system it reads regular files only, and not more than a machine can
// fill.
func Replay(fsys fs.FS) (Host, error) {
	in := newReader(fsys)
	r := &replay{commands: make(map[string]answer), nearest: make(map[string][]string), fsys: newReplayFS()}
	if err := r.readHost(in); err != nil {
		return nil, err
	}
	err := eachLine(in, "commands.jsonl", decodeCommand, func(e *commandEntry) error { return r.addCommand(in, e) })
	if err != nil {
		return nil, err
	}
	if err := eachLine(in, "files.jsonl", decodeFile, r.fsys.add); err != nil {
		return nil, err
	}
	return r, nil
}

type replay struct {
	commands map[string]answer   // by argv, joined with NUL
	nearest  map[string][]string // argv of the first command that asks a question
	fsys     *replayFS

	mu    sync.Mutex
	times []time.Time
}

// An answer is what Run returned.
type answer struct {
	out Output
	err error
}

// same tells whether a command said the same twice.
func (a answer) same(b answer) bool {
	return a.out.Exit == b.out.Exit && a.out.Signal == b.out.Signal && bytes.Equal(a.out.Stdout, b.out.Stdout) &&
		bytes.Equal(a.out.Stderr, b.out.Stderr) && errorWord(a.err) == errorWord(b.err)
}

func (r *replay) readHost(in *reader) error {
	data, err := in.file("host.json")
	if err != nil {
		return fmt.Errorf("not a capture: %w", err)
	}
	var e hostEntry
	if err := json.Unmarshal(bytes.TrimPrefix(data, byteOrderMark), &e); err != nil {
		return fmt.Errorf("host.json: %w", err)
	}
	if e.Schema != captureSchema {
		return fmt.Errorf("host.json: schema %.100q, can read %q", e.Schema, captureSchema)
	}
	r.times = e.Times
	return nil
}

func (r *replay) addCommand(in *reader, e *commandEntry) error {
	if len(e.Argv) == 0 {
		return fmt.Errorf("commands.jsonl: a command without argv")
	}
	a := answer{out: Output{Exit: e.Exit, Signal: e.Signal}}
	if err := wordError(e.Error); err != nil {
		a.err = &RunError{e.Argv, err}
	}
	var err error
	if e.Duration != "" {
		if a.out.Duration, err = time.ParseDuration(e.Duration); err != nil {
			return fmt.Errorf("commands.jsonl: %.200q: %w", CommandLine(e.Argv), err)
		}
	}
	if a.out.Stdout, err = readOutput(in, e.Stdout); err != nil {
		return err
	}
	if a.out.Stderr, err = readOutput(in, e.Stderr); err != nil {
		return err
	}
	key := strings.Join(e.Argv, "\x00")
	if first, again := r.commands[key]; again {
		if !first.same(a) && first.err == nil {
			first.err = &RunError{e.Argv, ErrTwoAnswers}
			r.commands[key] = first
		}
		return nil
	}
	r.commands[key] = a
	if q := question(e.Argv); q != "" && r.nearest[q] == nil && a.err == nil {
		r.nearest[q] = e.Argv
	}
	return nil
}

func readOutput(in *reader, name string) ([]byte, error) {
	if name == "" {
		return nil, nil
	}
	return in.file(name)
}

// Run implements [Host]: a command that was not captured is an absent tool.
func (r *replay) Run(ctx context.Context, name string, args ...string) (Output, error) {
	argv := append([]string{name}, args...)
	if ctx.Err() != nil {
		return Output{Exit: -1}, &RunError{argv, ErrNotRun}
	}
	a, ok := r.commands[strings.Join(argv, "\x00")]
	if q := question(argv); !ok && q != "" && r.nearest[q] != nil {
		a, ok = r.commands[strings.Join(r.nearest[q], "\x00")]
		a.out.Recorded = r.nearest[q]
	}
	if !ok {
		return Output{Exit: -1}, &RunError{argv, exec.ErrNotFound}
	}
	return a.out, a.err
}

// FS implements [Host].
func (r *replay) FS() fs.FS { return r.fsys }

// Now implements [Clock]: it gives the recorded times in turn, and the last
// one from then on.
func (r *replay) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.times) == 0 {
		return time.Time{}
	}
	now := r.times[0]
	if len(r.times) > 1 {
		r.times = r.times[1:]
	}
	return now
}
