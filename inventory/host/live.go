// SPDX-License-Identifier: Apache-2.0

package host

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// These bound what one command or one file may cost.
const (
	defaultTimeout = 60 * time.Second
	maxStdout      = 4 << 20
	maxStderr      = 256 << 10
	maxFlood       = 64 << 10    // what is kept of a longer stdout
	ownRoom        = 256 << 10   // for the output of a command, whatever others write
	sharedRoom     = 8 << 20     // for what running commands write beyond that
	killGrace      = time.Second // how long a killed tool may take to die
)

// searchPath is where tools are looked for. The caller's PATH is not trusted:
// an audit runs as root.
var searchPath = []string{
	"/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
	"/opt/MegaRAID/storcli", "/opt/MegaRAID/perccli", "/opt/MegaRAID/storcli2", "/opt/MegaRAID/perccli2", "/opt/MegaRAID/MegaCli",
	"/usr/Arcconf",
}

// An Option changes how [Live] asks the machine.
type Option func(*live)

// WithPath sets the directories in which tools are looked for.
func WithPath(dirs ...string) Option { return func(l *live) { l.path = dirs } }

// WithTimeout sets how long a single command may take; one minute by default.
func WithTimeout(d time.Duration) Option { return func(l *live) { l.timeout = d } }

// WithRoot sets the directory under which the machine's proc and sys are
// found, for an audit from within a container; "/" by default.
func WithRoot(dir string) Option { return func(l *live) { l.root = dir } }

// Live returns the machine that the program runs on.
func Live(opts ...Option) Host { return newLive(opts) }

func newLive(opts []Option) *live {
	l := &live{path: searchPath, timeout: defaultTimeout, root: "/"}
	l.room.Store(sharedRoom)
	for _, opt := range opts {
		opt(l)
	}
	l.fsys = newLiveFS(l.root)
	return l
}

type live struct {
	path    []string
	timeout time.Duration
	root    string
	fsys    fs.FS
	room    atomic.Int64 // for what running commands write, in bytes
}

func (l *live) FS() fs.FS { return l.fsys }

// Run implements [Host]. The tool gets no input, a clean environment and a
// process group of its own, which is killed as a whole at the end.
func (l *live) Run(ctx context.Context, name string, args ...string) (Output, error) {
	return l.run(ctx, nil, name, args)
}

// Pipe runs a tool of this machine as [Live] does, with input on its standard
// input: where to find it, its environment and its bounds are the same.
func Pipe(ctx context.Context, input []byte, name string, args []string, opts ...Option) (Output, error) {
	return newLive(opts).run(ctx, bytes.NewReader(input), name, args)
}

func (l *live) run(ctx context.Context, input io.Reader, name string, args []string) (Output, error) {
	argv := append([]string{name}, args...)
	file, err := l.lookPath(name)
	if err != nil {
		return Output{Exit: -1}, &RunError{argv, err}
	}
	if ctx.Err() != nil {
		return Output{Exit: -1}, &RunError{argv, ErrNotRun}
	}
	own, cancel := context.WithTimeout(ctx, patience(ctx, l.timeout))
	defer cancel()
	out, err := l.runGroup(own, cancel, input, file, args)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil {
		err = ErrOutOfTime
	}
	if err != nil {
		err = &RunError{argv, err}
	}
	return out, err
}

type patienceKey struct{}

// Within says how long the commands that are run with the context may take each,
// in place of the host's own limit.
func Within(ctx context.Context, d time.Duration) context.Context {
	return context.WithValue(ctx, patienceKey{}, d)
}

// patience is how long a command may take: a limit shorter than the default was
// asked for by a person, and stands.
func patience(ctx context.Context, limit time.Duration) time.Duration {
	if d, ok := ctx.Value(patienceKey{}).(time.Duration); ok && (limit >= defaultTimeout || d < limit) {
		return d
	}
	return limit
}

// lookPath finds a tool in the search path.
func (l *live) lookPath(name string) (string, error) {
	if name == "" || strings.ContainsRune(name, filepath.Separator) {
		return "", fmt.Errorf("%q is not the bare name of a tool", name)
	}
	for _, dir := range l.path {
		file := filepath.Join(dir, name)
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return file, nil
		}
	}
	return "", exec.ErrNotFound
}

// environ is all that a tool sees of the caller's environment: nothing.
// Messages are in English and times in UTC, so that they can be parsed.
func environ(path []string) []string {
	return []string{
		"PATH=" + strings.Join(path, string(os.PathListSeparator)),
		"LC_ALL=C", "TZ=UTC", "TERM=dumb", "HOME=/",
	}
}

// runGroup runs a program as the leader of a process group of its own. It
// returns when the program ended, and otherwise soon after ctx is done.
func (l *live) runGroup(ctx context.Context, cancel context.CancelFunc, input io.Reader, file string, args []string) (Output, error) {
	stdout := &capped{max: maxStdout, room: &l.room, full: cancel}
	stderr := &capped{max: maxStderr, room: &l.room, full: cancel}
	cmd := exec.CommandContext(ctx, file, args...)
	cmd.Env, cmd.Dir = environ(l.path), "/"
	cmd.WaitDelay = killGrace // a tool may leave its input unread
	setGroup(cmd)
	pipes, err := drains(stdout, stderr)
	if err != nil {
		return Output{Exit: -1}, err
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = input, pipes[0].w, pipes[1].w

	start := time.Now()
	err = cmd.Start()
	for _, p := range pipes {
		p.w.Close()
		go p.run()
	}
	if err != nil {
		return Output{Exit: -1}, err
	}
	ended := make(chan error, 1)
	go func() {
		err := cmd.Wait()
		killGroup(cmd) // whatever it left running
		for _, p := range pipes {
			p.finish()
		}
		for _, p := range pipes {
			<-p.done
		}
		ended <- err
	}()

	out := Output{Exit: -1}
	select {
	case err = <-ended:
		out.Exit, out.Signal = exitStatus(cmd.ProcessState)
	case <-ctx.Done():
		select {
		case err = <-ended:
			out.Exit, out.Signal = exitStatus(cmd.ProcessState)
		case <-time.After(2 * killGrace):
			err = ErrStuck
		}
	}
	out.Duration = time.Since(start)
	var flood, errFlood bool
	out.Stdout, flood = stdout.take()
	out.Stderr, errFlood = stderr.take()
	return out, explain(ctx, err, flood || errFlood)
}

// explain turns what Wait says into what [Host.Run] promises.
func explain(ctx context.Context, err error, full bool) error {
	var exit *exec.ExitError
	switch {
	case errors.Is(err, ErrStuck):
		return err
	case full:
		return ErrOutputLimit
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &exit), errors.Is(err, exec.ErrWaitDelay):
		return nil // its own exit status says it; its output is whole
	}
	return err
}

// A capped buffer keeps the first max bytes written to it, but more than
// ownRoom only as long as there is shared room, and then calls full.
type capped struct {
	mu   sync.Mutex
	buf  []byte
	max  int
	room *atomic.Int64 // what is left of the shared room
	held int64         // of it
	over bool
	full func()
}

func (c *capped) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over || len(c.buf)+len(p) > c.max || !c.hold(int64(len(c.buf)+len(p)-ownRoom)) {
		c.over = true
		c.full()
		return 0, ErrOutputLimit
	}
	c.buf = append(c.buf, p...)
	return len(p), nil
}

// hold takes n bytes of the room in all, and reports whether they were there.
func (c *capped) hold(n int64) bool {
	more := n - c.held
	if more <= 0 {
		return true
	}
	if c.room.Add(-more) < 0 {
		c.room.Add(more)
		return false
	}
	c.held += more
	return true
}

// take ends the writing, which a tool left behind may go on with, and returns
// what was written, or the beginning of a flood.
func (c *capped) take() (text []byte, flood bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	text, flood = c.buf, c.over
	c.room.Add(c.held)
	if flood {
		text = bytes.Clone(text[:min(len(text), maxFlood)])
	}
	c.buf, c.held, c.over = nil, 0, true
	return text[:len(text):len(text)], flood
}
