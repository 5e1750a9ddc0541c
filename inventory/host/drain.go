// SPDX-License-Identifier: Apache-2.0

package host

import (
	"errors"
	"io"
	"os"
	"time"
)

// A drain reads the pipe that a tool writes to. What the tool wrote is in the pipe
// when it ends, and on a machine with much to do may not have been read by then.
type drain struct {
	r, w *os.File
	to   io.Writer
	done chan struct{}
}

// drains returns a drain into each of two writers.
func drains(out, errs io.Writer) ([]*drain, error) {
	first, err := newDrain(out)
	if err != nil {
		return nil, err
	}
	second, err := newDrain(errs)
	if err != nil {
		first.r.Close()
		first.w.Close()
		return nil, err
	}
	return []*drain{first, second}, nil
}

func newDrain(to io.Writer) (*drain, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	return &drain{r, w, to, make(chan struct{})}, nil
}

// run reads to the end of the pipe, which comes when nobody has it open. After
// finish it waits killGrace for it, and again if something came in that time: a
// process that the tool left behind may hold it open.
func (d *drain) run() {
	defer close(d.done)
	defer d.r.Close()
	buf := make([]byte, 32<<10)
	came, waits := true, 0
	for {
		n, err := d.r.Read(buf)
		if n > 0 {
			came = true
			if _, err := d.to.Write(buf[:n]); err != nil {
				return
			}
		}
		switch {
		case err == nil:
		case errors.Is(err, os.ErrDeadlineExceeded) && came && waits < 2:
			came = false
			waits++
			d.r.SetReadDeadline(time.Now().Add(killGrace))
		default:
			return
		}
	}
}

// finish says that the tool has ended; done is closed when all was read that it
// wrote.
func (d *drain) finish() {
	if d.r.SetReadDeadline(time.Now()) != nil { // a system on which pipes have none
		time.AfterFunc(killGrace, func() { d.r.Close() })
	}
}
