// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

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

// newFlags makes the flags of a command; usage says what goes with them.
func newFlags(name, usage string, stderr io.Writer) *flag.FlagSet {
	flags := flag.NewFlagSet("audit "+name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintf(stderr, "usage: audit %s %s\n", name, usage)
		flags.PrintDefaults()
	}
	return flags
}

// parseArgs parses flags among and before arguments, and returns these. The
// status is -1 if all is well.
func parseArgs(flags *flag.FlagSet, args []string, least, most int) (rest []string, status int) {
	for {
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, 0
		} else if err != nil {
			return nil, exitTrouble
		}
		if flags.NArg() == 0 {
			break
		}
		rest = append(rest, flags.Arg(0))
		args = flags.Args()[1:]
	}
	if len(rest) < least || len(rest) > most {
		flags.Usage()
		return nil, exitTrouble
	}
	return rest, -1
}

func diffCommand(args []string, _ io.Reader, stdout, stderr io.Writer) int {
	flags := newFlags("diff", "[flags] OLD.json NEW.json\nSays what changed from one audit document to the other.\nExit status: 0 the same, 1 different, 2 trouble.", stderr)
	format := flags.String("format", "text", "text or json")
	readings := flags.Bool("readings", false, "compare also temperatures, hours, watts and the like")
	rest, status := parseArgs(flags, args, 2, 2)
	if status >= 0 {
		return status
	}
	if *format != "text" && *format != "json" {
		fmt.Fprintf(stderr, "audit diff: unknown format %q: text or json\n", *format)
		return exitTrouble
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
	flags := newFlags("parse", "[-f FILE] [TOOL [OUTPUT]]\nPrints a tool's output as JSON: audit parse nvme id-ctrl < FILE. Without TOOL it is\ntold by its marks. Exit status: 0, 3 if some of it made no sense, 2 if all of it.", stderr)
	file := flags.String("f", "-", "read `FILE`, not standard input")
	list := flags.Bool("list", false, "list the tools whose outputs can be read")
	rest, status := parseArgs(flags, args, 0, 3)
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
		fmt.Fprintf(stderr, "%s: %v\n", *file, e)
		status = exitPartial
	}
	return finish(stdout, stderr, text, nil, status)
}

func redactCommand(args []string, _ io.Reader, _, stderr io.Writer) int {
	flags := newFlags("redact", "[-key TEXT] CAPTURE OUT\nCopies a capture; serial numbers, addresses and names become pseudonyms.", stderr)
	key := flags.String("key", "", "the same `TEXT` gives the same pseudonyms (default a new one each time)")
	rest, status := parseArgs(flags, args, 2, 2)
	if status >= 0 {
		return status
	}
	c, err := redact.Read(rest[0])
	if err == nil {
		err = saveCapture(rest[1], redact.Capture(c, []byte(*key)))
	}
	return finish(io.Discard, stderr, nil, err, 0)
}

// finish prints a result and returns the exit status.
func finish(stdout, stderr io.Writer, text []byte, err error, status int) int {
	if err == nil {
		_, err = stdout.Write(text)
	}
	if err != nil {
		fmt.Fprintln(stderr, "audit:", err)
		return exitTrouble
	}
	return status
}
