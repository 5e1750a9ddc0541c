// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

// options says what a run reads and writes.
type options struct {
	in       []string // globs
	out      string   // folder
	previous string   // folder of an earlier run; "" for none
	shards   int      // files of a table
}

// A row of a table goes through the pipeline as text: its cells, joined with
// NUL. Its key is the file that it belongs in.
func encodeRow(cells []string) string {
	for i, c := range cells {
		if strings.ContainsRune(c, 0) {
			cells[i] = strings.ReplaceAll(c, "\x00", "")
		}
	}
	return strings.Join(cells, "\x00")
}

func decodeRow(row string) []string { return strings.Split(row, "\x00") }

// A router knows the file of a row.
type router struct{ Shards int }

func (r router) emit(emit func(string, string), table string, row any) {
	r.emitCells(emit, table, cells(row))
}

func (r router) emitCells(emit func(string, string), table string, cells []string) {
	row := encodeRow(cells)
	sum := fnv.New32a()
	sum.Write([]byte(row))
	emit(shardName(table, int(sum.Sum32()%uint32(r.Shards)), r.Shards), row)
}

func shardName(table string, shard, shards int) string {
	if shards == 1 {
		return table
	}
	return fmt.Sprintf("%s-%05d-of-%05d", table, shard, shards)
}

func init() {
	// Without type parameters: those of register.DoFn6x0 alone take the
	// compiler a minute, and calls are few beside what they do.
	for _, fn := range []any{&listFn{}, &readFn{}, &machinesFn{}, &talliesFn{}, &followFn{}, &changesFn{}, &previousComponentsFn{}, &previousMachinesFn{}, &seedFn{}, &writeFn{}} {
		beam.RegisterDoFn(fn)
	}
	beam.RegisterType(reflect.TypeFor[sumFn]())
	beam.RegisterFunction(countFound)
	beam.RegisterFunction(countFile)

	register.Emitter2[string, int]()
	register.Emitter2[string, string]()
	register.Emitter2[string, facts]()
	register.Emitter2[string, counts]()
	register.Emitter2[string, component]()
	register.Iter1[int]()
	register.Iter1[string]()
	register.Iter1[facts]()
	register.Iter1[component]()
	beam.RegisterType(reflect.TypeFor[facts]())
	beam.RegisterType(reflect.TypeFor[component]())
	beam.RegisterType(reflect.TypeFor[counts]())
}

// build makes the pipeline.
func build(s beam.Scope, o options) {
	to := router{o.shards}
	found := beam.ParDo(s.Scope("List"), &listFn{}, beam.CreateList(s, o.in))
	files := beam.GroupByKey(s, found) // each once, and spread over the workers

	read, dead := beam.ParDo2(s.Scope("Read"), &readFn{router: to}, files)
	rows, tallies, parts, present := beam.ParDo4(s.Scope("Machines"), &machinesFn{router: to}, beam.GroupByKey(s, read))
	tallies = beam.Flatten(s, tallies, beam.ParDo(s, countFound, files), beam.ParDo(s, countFile, dead))
	sums := beam.ParDo(s.Scope("Count"), &talliesFn{to}, beam.CombinePerKey(s, &sumFn{}, tallies))

	partsBefore, presentBefore := previous(s.Scope("Previous"), o.previous)
	duplicates, came, gone := beam.ParDo3(s.Scope("Follow"), &followFn{to}, beam.CoGroupByKey(s, parts, partsBefore))
	changes := beam.ParDo(s.Scope("Changes"), &changesFn{to, o.previous != ""}, beam.CoGroupByKey(s, came, gone, present, presentBefore))

	all := beam.Flatten(s, rows, dead, sums, duplicates, changes, beam.ParDo(s, &seedFn{o.shards}, beam.Impulse(s)))
	beam.ParDo0(s.Scope("Write"), &writeFn{o.out}, beam.GroupByKey(s, all))
}

// listFn lists the files of a glob, and fails if there are none.
type listFn struct{}

func (*listFn) ProcessElement(ctx context.Context, glob string, emit func(string, int)) error {
	fsys, err := filesystem.New(ctx, glob)
	if err != nil {
		return err
	}
	defer fsys.Close()
	names, err := fsys.List(ctx, glob)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("no file is named %s", glob)
	}
	for _, name := range names {
		emit(name, 1)
	}
	return nil
}

var (
	filesRead   = map[string]beam.Counter{}
	deadLetters = beam.NewCounter("fleet", "dead_letters")
)

func init() {
	for _, kind := range []string{kindDocument, kindCapture, kindOutput} {
		filesRead[kind] = beam.NewCounter("fleet", kind+"s")
	}
}

// readFn reads files. A runner may give all of them to one bundle, which is one
// goroutine, so a few are read at once here.
type readFn struct {
	router
	names []string
}

const batch = 64

// StartBundle shows the counters: prism loses those that it first hears of when
// two bundles end at once.
func (f *readFn) StartBundle(ctx context.Context, _ func(string, facts), _ func(string, string)) {
	f.names = f.names[:0]
	deadLetters.Inc(ctx, 0)
	for _, c := range filesRead {
		c.Inc(ctx, 0)
	}
}

func (f *readFn) ProcessElement(ctx context.Context, name string, _ func(*int) bool, emit func(string, facts), dead func(string, string)) {
	if f.names = append(f.names, name); len(f.names) == batch {
		f.flush(ctx, emit, dead)
	}
}

func (f *readFn) FinishBundle(ctx context.Context, emit func(string, facts), dead func(string, string)) {
	f.flush(ctx, emit, dead)
}

func (f *readFn) flush(ctx context.Context, emit func(string, facts), dead func(string, string)) {
	for i, r := range readFiles(ctx, f.names) {
		if r.err != nil {
			deadLetters.Inc(ctx, 1)
			f.emit(dead, "dead_letters", deadLetterOf(f.names[i], r.err))
			continue
		}
		filesRead[r.facts.File.Kind].Inc(ctx, 1)
		emit(nameOf(r.facts), r.facts)
	}
	f.names = f.names[:0]
}

type result struct {
	facts facts
	err   error
}

// readFiles reads files side by side, and returns what they gave in their order.
func readFiles(ctx context.Context, names []string) []result {
	results := make([]result, len(names))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(len(names), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names); i = int(next.Add(1)) - 1 {
				r := &results[i]
				fsys, err := filesystem.New(ctx, names[i])
				if err != nil {
					r.err = err
					continue
				}
				r.facts, r.err = readFile(ctx, fsys, names[i])
				fsys.Close()
			}
		})
	}
	wg.Wait()
	return results
}

// machinesFn turns all audits under one name into rows.
type machinesFn struct{ router }

func (f *machinesFn) ProcessElement(_ string, audits func(*facts) bool, row func(string, string), tally func(string, counts), parts func(string, component), present func(string, string)) {
	machines, older := newest(collect(audits))
	files := older
	for _, w := range machines {
		files = append(files, w.File)
		name := w.Machine.Machine
		if isNamed(w) {
			f.emit(row, "machines", w.Machine)
			present(name, w.Machine.Unread)
		}
		for _, c := range w.Components {
			f.emit(row, "components", c)
			if c.Serial != "" && isNamed(w) {
				parts(partKey(c), c)
			}
		}
		for _, u := range w.Unjudged {
			f.emit(row, "unjudged", u)
		}
		for _, t := range w.Tallies {
			n := counts{Parts: t.Parts, Example: w.File.File}
			if isNamed(w) {
				n.Machines, n.Example = 1, name
			}
			tally(tallyKey(t.Table, t.Key...), n)
		}
	}
	for _, file := range files {
		f.emit(row, "files", file)
		tally(tallyKey("counts", file.Use), counts{Parts: 1})
	}
}

func collect[T any](next func(*T) bool) []T {
	var list []T
	var v T
	for next(&v) {
		list = append(list, v)
		v = *new(T)
	}
	return list
}

func tallyKey(table string, key ...string) string { return table + "\x00" + encodeRow(key) }

func countFound(string, func(*int) bool) (string, counts) {
	return tallyKey("counts", "found"), counts{Parts: 1}
}

func countFile(string, string) (string, counts) {
	return tallyKey("counts", "dead_letters"), counts{Parts: 1}
}

// sumFn adds counts up.
type sumFn struct{}

func (*sumFn) MergeAccumulators(a, b counts) counts {
	if a.Example == "" || b.Example != "" && b.Example < a.Example {
		a.Example = b.Example
	}
	return counts{a.Parts + b.Parts, a.Machines + b.Machines, a.Example}
}

// talliesFn turns sums into rows.
type talliesFn struct{ router }

func (f *talliesFn) ProcessElement(key string, n counts, row func(string, string)) {
	list := decodeRow(key)
	table, list := list[0], list[1:]
	ends := cells(n)
	if table == "counts" {
		ends = ends[:1]
	}
	f.emitCells(row, table, append(list, ends...))
}

// followFn looks where the parts with one serial number are, and were.
type followFn struct{ router }

func (f *followFn) ProcessElement(_ string, now, before func(*component) bool, row func(string, string), came, gone func(string, component)) {
	for _, p := range partsOf(collect(now), collect(before)) {
		if d, ok := duplicateOf(p); ok {
			f.emit(row, "duplicates", d)
		}
		moved, in, out := movesOf(p)
		for _, m := range moved {
			f.emit(row, "changes", m)
		}
		for _, c := range in {
			came(c.Machine, c)
		}
		for _, c := range out {
			gone(c.Machine, c)
		}
	}
}

// changesFn says what else happened to a machine.
type changesFn struct {
	router
	Compare bool
}

func (f *changesFn) ProcessElement(machine string, came, gone func(*component) bool, now, before func(*string) bool, row func(string, string)) {
	if !f.Compare {
		return
	}
	for _, c := range changesOf(machine, presenceOf(now), presenceOf(before), collect(came), collect(gone)) {
		f.emit(row, "changes", c)
	}
}

func presenceOf(next func(*string) bool) *presence {
	var unread string
	if !next(&unread) {
		return nil
	}
	return &presence{strings.Fields(unread)}
}

// previous reads what an earlier run wrote, nothing if there was none.
func previous(s beam.Scope, dir string) (parts, present beam.PCollection) {
	components, machines := beam.CreateList(s, []string{}), beam.CreateList(s, []string{})
	if dir != "" {
		components, machines = textio.Read(s, join(dir, "components*.jsonl")), textio.Read(s, join(dir, "machines*.jsonl"))
	}
	return beam.ParDo(s, &previousComponentsFn{}, components), beam.ParDo(s, &previousMachinesFn{}, machines)
}

type previousComponentsFn struct{}

func (*previousComponentsFn) ProcessElement(line string, emit func(string, component)) error {
	var c component
	if err := json.Unmarshal([]byte(line), &c); err != nil {
		return fmt.Errorf("components of the previous run: %w", err)
	}
	if c.Serial != "" && c.Machine != "" {
		emit(partKey(c), c)
	}
	return nil
}

type previousMachinesFn struct{}

func (*previousMachinesFn) ProcessElement(line string, emit func(string, string)) error {
	var m machine
	if err := json.Unmarshal([]byte(line), &m); err != nil {
		return fmt.Errorf("machines of the previous run: %w", err)
	}
	emit(m.Machine, m.Unread)
	return nil
}

// seedFn gives every file of every table a mark, so that one without rows is
// written too.
type seedFn struct{ Shards int }

func (f *seedFn) ProcessElement(_ []byte, emit func(string, string)) {
	for _, t := range tables {
		for i := range f.Shards {
			emit(shardName(t.name, i, f.Shards), "")
		}
	}
}
