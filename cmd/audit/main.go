// SPDX-License-Identifier: Apache-2.0

// Audit says what is in a machine and whether it is well.
//
// It runs the tools that are installed (dmidecode, smartctl, nvme, lspci,
// ipmitool, nvidia-smi, …), reads what the kernel tells, writes one JSON
// document and prints a summary.
//
//	audit [flags]
//	audit diff OLD.json NEW.json
//	audit parse [TOOL [OUTPUT]] [-f FILE]
//	audit redact CAPTURE OUT
//
// Without flags the document goes to /var/log/bee-audit.json; that of a replay
// is written only where -o says. With -o - the document itself goes to standard
// output, and nothing else does; so does one in another format than JSON that
// no -o gives a place.
//
// An audit that SIGINT or SIGTERM stops writes what it knows beside the place
// of the document, with the ending .interrupted. A replay writes nothing then: it
// has taken no time, and the capture is still there.
//
// The exit status is 0 whatever was found or could not be read; 1 if the
// document could not be written, or a capture could not be read; 2 if the
// flags make no sense; 130 or 143 after SIGINT or SIGTERM.
package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/mchus/bee/internal/safefile"
	"github.com/mchus/bee/internal/stop"
	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/pci/names"
)

// Set by the linker: -X main.version=1.2.3 -X main.commit=0123abc.
var (
	version string
	commit  string
)

const defaultOutput = "/var/log/bee-audit.json"

const (
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	// An audit waits for tools; to hand its own ten milliseconds of work from one
	// processor to another costs more than it gains.
	runtime.GOMAXPROCS(1)
	// An audit is short: most end before a collection pays. One that grows,
	// as when tools flood it, collects as it comes near the limit.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(64 << 20)
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// config is what the flags say.
type config struct {
	output  string
	format  string
	replay  string
	record  string
	qr      bool
	timeout time.Duration
	verbose bool
	version bool
}

func run(args []string, stdout, stderr *os.File) int {
	if len(args) > 0 && commands[args[0]] != nil {
		return commands[args[0]](args[1:], os.Stdin, stdout, stderr)
	}
	cfg, status := parseFlags(args, stdout, stderr)
	if status >= 0 {
		return status
	}
	if cfg.version {
		t := tool()
		fmt.Fprintf(stdout, "%s %s, commit %s, %s\n", t.Name, cmp.Or(t.Version, "-"), cmp.Or(t.Commit, "-"), t.Go)
		return 0
	}
	safefile.SecureProcess()
	var err error
	status, err = audit(cfg, stdout, stderr)
	if err != nil {
		printError(stderr, err)
		return exitFailed
	}
	return status
}

// parseFlags returns what the flags say; the status is -1 if that makes sense.
func parseFlags(args []string, stdout, stderr io.Writer) (cfg *config, status int) {
	cfg = &config{timeout: 2 * time.Minute}
	flags := newFlags("")
	flags.Func("o", "", named(&cfg.output))
	flags.StringVar(&cfg.format, "format", "json", "")
	flags.Func("replay", "", named(&cfg.replay))
	flags.Func("record", "", named(&cfg.record))
	flags.BoolVar(&cfg.qr, "qr", false, "")
	flags.Func("timeout", "", cfg.setTimeout)
	flags.BoolVar(&cfg.verbose, "v", false, "")
	flags.BoolVar(&cfg.version, "version", false, "")
	if _, status := parseArgs(flags, args, 0, 0, stdout, stderr); status >= 0 {
		return nil, status
	}
	err := render.CheckFormat(cfg.format)
	if err == nil && cfg.record != "" && cfg.output != "" && filepath.Clean(cfg.record) == filepath.Clean(cfg.output) {
		err = errors.New("-o and -record name the same place")
	}
	if err != nil {
		return nil, wrongUse(stderr, "", err)
	}
	return cfg, -1
}

// named sets a flag that names a place. An empty name is a script's variable that
// was never set; to audit this machine in place of a capture is not meant.
func named(place *string) func(string) error {
	return func(text string) error {
		if text == "" {
			return errors.New("names no place")
		}
		*place = text
		return nil
	}
}

func (cfg *config) setTimeout(text string) (err error) {
	cfg.timeout, err = time.ParseDuration(text)
	n, numErr := strconv.ParseFloat(text, 64)
	switch {
	case numErr == nil && n > 0:
		return fmt.Errorf("a time has a unit: did you mean %ss?", text)
	case err != nil:
		return errors.New("no time such as 30s or 2m")
	case cfg.timeout <= 0:
		return errors.New("must be more than 0")
	}
	return nil
}

// audit does the work: collect, write the document, print the summary. It
// returns the exit status that a signal asks for, 0 without one.
func audit(cfg *config, stdout, stderr *os.File) (status int, err error) {
	h, err := openHost(cfg.replay) // a signal ends this at once
	if err != nil {
		return 0, err
	}
	ctx, stopped := context.Background(), func() int { return 0 }
	if cfg.replay == "" { // what took its time must not be lost
		ctx, stopped = stop.OnSignal()
	}
	var recorder *host.Recorder
	if cfg.record != "" {
		if err := checkCapture(cfg.record, " with -record"); err != nil { // before the audit takes its time
			return 0, err
		}
		recorder = host.Record(h)
		h = recorder
	}
	var logger *slog.Logger
	if cfg.verbose {
		logger = slog.New(slog.NewTextHandler(stderr, nil))
	}
	progress := newProgress(stderr, cfg.verbose) // the log tells more, on the same screen
	r := inventory.Audit(ctx, h, inventory.Options{
		Tool:     tool(),
		Timeout:  cfg.timeout,
		Logger:   logger,
		Progress: progress.done,
		Names:    new(names.DB),
	})
	progress.clear()
	status = stopped()
	err = deliver(cfg, r, status != 0, stdout)
	if recorder != nil {
		if saveErr := saveCapture(cfg.record, recorder.Capture()); saveErr != nil {
			err = errors.Join(err, fmt.Errorf("could not save the capture: %w", saveErr))
		}
	}
	return status, err
}

// deliver writes the document to its place and the summary to the screen. The
// document of an audit that was stopped never replaces that of a whole one.
func deliver(cfg *config, r *report.Report, interrupted bool, stdout *os.File) error {
	document, err := render.Append(nil, r, cfg.format)
	if err != nil {
		return err
	}
	if cfg.output == "-" || cfg.output == "" && cfg.format != "json" {
		return printDocument(stdout, document, cfg.format)
	}
	screen := screenOf(stdout)
	summary := render.AppendText(nil, r, screen.text())
	_, unseen := stdout.Write(summary) // nobody may read it, and the document comes all the same
	if unseen != nil && cfg.replay != "" && cfg.output == "" {
		return unseen // there is no document
	}
	notes, err := place(cfg, interrupted, document)
	fmt.Fprint(stdout, notes)
	if cfg.qr {
		drawQR(stdout, r, document, screen)
	}
	if cfg.qr || bytes.Count(summary, []byte("\n"))+strings.Count(notes, "\n")+1 > screen.rows { // the first line leaves the screen
		_, _ = stdout.Write(render.AppendVerdict(nil, r, screen.text()))
	}
	return err
}

// place writes the document to its place, and says where that is.
func place(cfg *config, interrupted bool, document []byte) (notes string, err error) {
	if cfg.replay != "" && cfg.output == "" { // the default is the place for this machine's own
		return "Document  not written: this is a replay; name a place with -o FILE\n", nil
	}
	path, err := writeDocument(cfg.output, interrupted, document)
	if path == "" {
		return "", err
	}
	if err != nil {
		notes = "Note      " + render.Clean(err.Error()) + "\n"
	}
	if interrupted {
		notes += "Note      the audit was stopped; the document holds what was known by then\n"
	}
	return notes + "Document  " + render.Clean(path) + "\n", nil
}

func tool() report.Tool { return report.ThisTool("audit", version, commit) }
