// SPDX-License-Identifier: Apache-2.0

// Package stop ends a program's work when a signal asks for it.
package stop

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// OnSignal returns a context that ends with SIGINT or SIGTERM, and a
// function that tells the exit status that the signal asks for, 0 without one.
// Once that was asked a signal ends the program: a kill while a document is
// written leaves the old one or the new one.
func OnSignal() (context.Context, func() int) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	var got atomic.Int32
	go func() {
		s := <-signals
		signal.Stop(signals) // the next one ends the program
		if number, ok := s.(syscall.Signal); ok {
			got.Store(128 + int32(number))
		}
		cancel()
	}()
	return ctx, func() int {
		signal.Stop(signals)
		return int(got.Load())
	}
}
