// SPDX-License-Identifier: Apache-2.0

// Fleet reads the audits of many machines and writes tables about all of them.
// It is a pipeline of Apache Beam: it runs in this process, and on a cluster.
//
//	fleet -in GLOB[,GLOB…] -out DIR [-previous DIR] [-shards N]
//
// README.md describes the tables. The exit status is 0 if every file is in
// them, be it as a dead letter; 1 if not, or if the run failed; 2 for bad flags.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/metrics"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
)

var (
	in       = flag.String("in", "", "globs of the files to read, with commas between them: audit documents, captures (.tgz, or the host.json of a folder), outputs of tools")
	out      = flag.String("out", "", "folder to write the tables into")
	before   = flag.String("previous", "", "folder of an earlier run's tables, to tell what changed since (reads its jsonl files)")
	shards   = flag.Int("shards", 1, "files for each table")
	columnsF = flag.Bool("columns", false, "describe the tables as Markdown, and end")
)

func main() {
	flag.Parse()
	beam.Init() // a worker does not come back from here
	slog.SetLogLoggerLevel(slog.LevelWarn)
	if *columnsF {
		fmt.Print(describe())
		return
	}
	o, err := parseOptions()
	if err != nil {
		fmt.Fprintln(os.Stderr, "fleet:", err)
		os.Exit(2)
	}
	if err := run(context.Background(), o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "fleet:", err)
		os.Exit(1)
	}
}

func parseOptions() (options, error) {
	o := options{in: strings.Split(*in, ","), out: *out, previous: *before, shards: *shards}
	switch {
	case *in == "" || *out == "" || flag.NArg() > 0:
		return o, fmt.Errorf("-in and -out are needed, and nothing else; see -help")
	case o.shards < 1 || o.shards > 99999:
		return o, fmt.Errorf("-shards %d is not between 1 and 99999", o.shards)
	case strings.TrimSuffix(o.previous, "/") == strings.TrimSuffix(o.out, "/"):
		return o, fmt.Errorf("-previous and -out are one folder")
	}
	return o, nil
}

// run runs the pipeline and checks that no file was lost.
func run(ctx context.Context, o options, w io.Writer) error {
	if err := otherShards(ctx, o); err != nil {
		return err
	}
	if o.previous != "" {
		glob := join(o.previous, "machines*.jsonl")
		if names, err := list(ctx, glob); err != nil || len(names) == 0 {
			return cmp.Or(err, fmt.Errorf("no tables of an earlier run: %s", glob))
		}
	}
	p, s := beam.NewPipelineWithRoot()
	build(s, o)
	result, err := beamx.RunWithMetrics(ctx, p)
	if err != nil {
		return err
	}
	if *jobopts.Async {
		fmt.Fprintln(w, "The job runs; when it has ended, see", join(o.out, "counts*"))
		return nil
	}
	printMetrics(w, result.Metrics())
	return balance(ctx, o, w)
}

// otherShards refuses a folder with tables of another number of files: who
// reads all files of a table would read both.
func otherShards(ctx context.Context, o options) error {
	names, err := list(ctx, join(o.out, "counts*"))
	for _, name := range names {
		base := name[strings.LastIndexByte(name, '/')+1:]
		base, _, _ = strings.Cut(base, ".")
		ours := func(i int) bool { return base == shardName("counts", i, o.shards) }
		if !slices.ContainsFunc(numbers(o.shards), ours) {
			return fmt.Errorf("%s holds tables of another number of files: %s", o.out, name)
		}
	}
	return err
}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func list(ctx context.Context, glob string) ([]string, error) {
	fsys, err := filesystem.New(ctx, glob)
	if err != nil {
		return nil, err
	}
	defer fsys.Close()
	return fsys.List(ctx, glob)
}

func printMetrics(w io.Writer, m metrics.Results) {
	for _, c := range m.AllMetrics().Counters() {
		fmt.Fprintf(w, "%-14s %d\n", c.Name(), c.Result())
	}
}

// balance checks what the run wrote: each file that was found is in one place.
func balance(ctx context.Context, o options, w io.Writer) error {

	names, err := list(ctx, join(o.out, "counts*.jsonl"))
	if err != nil {
		return err
	}
	n := make(map[string]int)
	for _, name := range names {
		if err := readCounts(ctx, name, n); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "%d files: %d used, %d older, %d outputs, %d dead letters\n", n["found"], n[useUsed], n[useOlder], n[useOutputs], n["dead_letters"])
	if n["found"] == 0 || n["found"] != n[useUsed]+n[useOlder]+n[useOutputs]+n["dead_letters"] {
		return fmt.Errorf("files were lost: %v", n)
	}
	return nil
}

func readCounts(ctx context.Context, name string, into map[string]int) error {
	fsys, err := filesystem.New(ctx, name)
	if err != nil {
		return err
	}
	defer fsys.Close()
	data, err := filesystem.Read(ctx, fsys, name)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(data)) {
		var row countRow
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		into[row.Name] += row.Files
	}
	return nil
}
