// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mchus/bee/internal/manual"
	"github.com/mchus/bee/internal/safefile"
	"github.com/mchus/bee/inventory/parse"
	"github.com/mchus/bee/inventory/redact"
	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
)

// Exit statuses of the commands beside the audit.
const (
	exitDifferent = 1 // diff: the documents differ
	exitTrouble   = 2 // diff, redact: could not be done; parse: no tool recognised
	exitPartial   = 3 // parse: some of the output made no sense
)

// commands are what may stand where the first flag would.
var commands = map[string]func(args []string, stdin io.Reader, stdout, stderr io.Writer) int{
	"diff":   diffCommand,
	"parse":  parseCommand,
	"redact": redactCommand,
}

// newFlags makes the flags of a command, "" for the audit. What they mean stands
// in the manual.
func newFlags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // parseArgs says what is wrong
	return flags
}

// parseArgs parses flags among and before arguments, and returns these. The
// status is -1 if all is well.
func parseArgs(flags *flag.FlagSet, args []string, least, most int, stdout, stderr io.Writer) (rest []string, status int) {
	about := manual.Find(flags.Name())
	err := flags.Parse(args)
	for err == nil && flags.NArg() > 0 {
		rest = append(rest, flags.Arg(0))
		err = flags.Parse(flags.Args()[1:])
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, about.Help())
		return nil, 0
	case err != nil:
	case len(rest) > 0 && most == 0:
		err = fmt.Errorf("unexpected argument %q: the commands are diff, parse and redact", rest[0])
	case len(rest) > most:
		err = fmt.Errorf("unexpected argument %q", rest[most])
	case len(rest) < least:
		err = fmt.Errorf("wants %s", about.Args)
	default:
		return rest, -1
	}
	return nil, wrongUse(stderr, flags.Name(), err)
}

// wrongUse tells that flags or arguments make no sense.
func wrongUse(stderr io.Writer, name string, err error) int {
	name = strings.TrimSpace("audit " + name)
	fmt.Fprintf(stderr, "%s: %s\nRun %s -h for help.\n", name, render.Clean(err.Error()), name)
	return exitUsage
}

func diffCommand(args []string, _ io.Reader, stdout, stderr io.Writer) int {
	flags := newFlags("diff")
	format := flags.String("format", "text", "")
	readings := flags.Bool("readings", false, "")
	rest, status := parseArgs(flags, args, 2, 2, stdout, stderr)
	if status >= 0 {
		return status
	}
	if *format != "text" && *format != "json" {
		return wrongUse(stderr, "diff", fmt.Errorf("unknown format %q: text or json", *format))
	}
	var sides [2]*report.Report
	for i, path := range rest {
		r, err := report.ReadFile(path)
		var newer report.UnknownKeys
		switch {
		case errors.As(err, &newer):
			fmt.Fprintf(stderr, "audit diff: %s: not compared: %v\n", path, newer)
		case err != nil:
			fmt.Fprintf(stderr, "audit diff: %s: %v\n", path, safefile.Cause(err))
			return exitTrouble
		}
		sides[i] = r
	}
	d := report.Diff(sides[0], sides[1], report.DiffOptions{Readings: *readings})
	text, err := render.AppendDiff(nil, d), error(nil)
	if *format == "json" {
		text, err = d.JSON()
	}
	status = 0
	if len(d.Changes) > 0 {
		status = exitDifferent
	}
	return finish(stdout, stderr, text, err, status)
}

func parseCommand(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := newFlags("parse")
	file := flags.String("f", "-", "")
	list := flags.Bool("list", false, "")
	rest, status := parseArgs(flags, args, 0, 3, stdout, stderr)
	if status >= 0 {
		return status
	}
	if *list {
		for _, r := range parse.Readers() {
			fmt.Fprintf(stdout, "%-18s %-14s %-32s %s\n", r.Name(), r.Formats, r.Command, r.Versions)
		}
		return 0
	}
	if *file != "-" {
		f, err := os.Open(*file)
		if err != nil {
			return finish(stdout, stderr, nil, err, 0)
		}
		defer f.Close()
		stdin = f
	}
	name := strings.Join(rest, " ")
	data, err := io.ReadAll(io.LimitReader(stdin, 256<<20))
	if err != nil {
		return finish(stdout, stderr, nil, err, 0)
	}
	reader, confidence, err := parse.Find(name, data)
	if err != nil {
		fmt.Fprintf(stderr, "audit parse: %v; audit parse -list names them\n", err)
		return exitTrouble
	}
	if name != reader.Name() {
		fmt.Fprintf(stderr, "audit parse: read as %s (%s)\n", reader.Name(), confidence)
	}
	text, err := reader.JSON(data)
	status = 0
	for _, e := range parse.Errors(err) {
		fmt.Fprintf(stderr, "%s: %s\n", *file, render.Clean(e.Error()))
		status = exitPartial
	}
	return finish(stdout, stderr, text, nil, status)
}

func redactCommand(args []string, _ io.Reader, stdout, stderr io.Writer) int {
	flags := newFlags("redact")
	key := flags.String("key", "", "")
	rest, status := parseArgs(flags, args, 2, 2, stdout, stderr)
	if status >= 0 {
		return status
	}
	c, err := redact.Read(rest[0])
	if err == nil {
		err = checkCapture(rest[1], "")
	}
	if err == nil {
		err = saveCapture(rest[1], redact.Capture(c, []byte(*key)))
	}
	return finish(io.Discard, stderr, nil, err, 0)
}

// finish prints a result and returns the exit status.
func finish(stdout, stderr io.Writer, text []byte, err error, status int) int {
	if err == nil {
		err = printDocument(stdout, text, "json")
	}
	if err != nil {
		fmt.Fprintln(stderr, "audit:", render.Clean(err.Error()))
		return exitTrouble
	}
	return status
}
