// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/parse"
	"github.com/mchus/bee/inventory/report"
)

// maxFile bounds a file; what a capture unpacks to has its own bound.
const maxFile = 256 << 20

// The kinds of a file, and what became of it.
const (
	kindDocument = "document"
	kindCapture  = "capture"
	kindOutput   = "output"

	useUsed    = "used"
	useOlder   = "older"
	useOutputs = "outputs"
)

// readFile reads a file of any kind. An error means that it gave nothing.
func readFile(ctx context.Context, fsys filesystem.Interface, name string) (w facts, err error) {
	defer func() {
		if e := recover(); e != nil { // a defect of ours must not stop the other machines
			err = fmt.Errorf("panic: %v", e)
		}
	}()
	data, err := readAll(ctx, fsys, name)
	if err != nil {
		return facts{}, err
	}
	f := file{File: name}
	switch {
	case path.Base(name) == "host.json":
		return readFolder(ctx, fsys, f)
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		return readArchive(ctx, f, data)
	}
	return readText(ctx, f, data)
}

func readText(ctx context.Context, f file, data []byte) (facts, error) {
	if isDocument(data) {
		return readDocument(f, data)
	}
	return readOutput(ctx, f, data)
}

func readAll(ctx context.Context, fsys filesystem.Interface, name string) ([]byte, error) {
	r, err := fsys.OpenRead(ctx, name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > maxFile:
		return nil, fmt.Errorf("more than %d bytes", maxFile)
	case len(data) == 0:
		return nil, errors.New("empty")
	}
	return data, nil
}

// isDocument tells an audit document, of any version, from what else is JSON.
func isDocument(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) && bytes.Contains(data, []byte(`"bee.audit/`))
}

func readDocument(f file, data []byte) (facts, error) {
	f.Kind = kindDocument
	r, err := report.Read(bytes.NewReader(data))
	if r == nil {
		return facts{}, err
	}
	if keys, ok := errors.AsType[report.UnknownKeys](err); ok { // of a newer version
		f.Errors, f.Error = len(keys), keys.Error()
	}
	return factsOf(r, f), nil
}

// readArchive replays a capture that is one file. Documents are packed too.
func readArchive(ctx context.Context, f file, data []byte) (facts, error) {
	in := bytes.NewReader(data)
	capture, err := host.ReadTGZ(in)
	if err != nil {
		if text := unpackText(data); text != nil {
			return readText(ctx, f, text)
		}
		return facts{}, &placeError{fmt.Sprintf("byte %d of %d", len(data)-in.Len(), len(data)), err}
	}
	return replay(ctx, f, capture)
}

// unpackText unpacks what is not an archive, nil if it is one, or damaged.
func unpackText(data []byte) []byte {
	zr, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(zr, maxFile+1))
	if err != nil || len(text) > maxFile || bytes.IndexByte(text, 0) >= 0 {
		return nil
	}
	return text
}

// readFolder replays the capture in the folder of a host.json.
func readFolder(ctx context.Context, fsys filesystem.Interface, f file) (facts, error) {
	names, err := fsys.List(ctx, strings.TrimSuffix(f.File, "host.json")+"*")
	if err != nil {
		return facts{}, err
	}
	capture, left := make(host.Capture), maxFile
	for _, name := range names {
		switch path.Ext(name) {
		case ".json", ".jsonl", ".stdout", ".stderr":
			data, err := readAll(ctx, fsys, name)
			if left -= len(data); left < 0 {
				return facts{}, host.ErrCaptureLimit
			}
			if err != nil && len(data) > 0 {
				return facts{}, err
			}
			capture[path.Base(name)] = data
		}
	}
	return replay(ctx, f, capture)
}

func replay(ctx context.Context, f file, capture host.Capture) (facts, error) {
	h, err := host.Replay(capture.FS())
	if err != nil {
		return facts{}, err
	}
	f.Kind = cmp.Or(f.Kind, kindCapture)
	r := inventory.Audit(ctx, h, inventory.Options{Tool: report.Tool{Name: "fleet"}})
	if err := ctx.Err(); err != nil { // the runner stopped us, and half a machine is none
		return facts{}, err
	}
	if f.Kind == kindCapture {
		for _, d := range r.Diagnostics {
			if d.Severity != report.Info {
				f.Errors++
				f.Error = cmp.Or(f.Error, words(d.Source, d.Message))
			}
		}
	}
	return factsOf(r, f), nil
}

// readOutput reads what one tool printed, as a capture of a machine that has
// this tool alone.
func readOutput(ctx context.Context, f file, data []byte) (facts, error) {
	reader, _, err := parse.Find("", data)
	if err != nil {
		return facts{}, err
	}
	f.Kind, f.Tool = kindOutput, reader.Name()
	_, err = reader.Parse(data)
	if list := parse.Errors(err); len(list) > 0 {
		f.Errors, f.Error = len(list), list[0].Error()
	}
	w, err := replay(ctx, f, captureOf(reader, data))
	if err != nil {
		return facts{}, err
	}
	if !isNamed(w) {
		w.onlyWhatIsTold()
	}
	return w, nil
}

// onlyWhatIsTold takes out of a lone output's facts what they say of the tools
// that nobody asked, and what is but a name of the kernel's.
func (w *facts) onlyWhatIsTold() {
	w.Unjudged = nil
	w.Components = slices.DeleteFunc(w.Components, func(c component) bool { return c.Serial == "" && c.Model == "" })
	w.Tallies = slices.DeleteFunc(w.Tallies, func(t tally) bool { return t.Table == "wear" && t.Key[0] == "" })
}

// isNamed tells whether facts are a machine's: an output alone may name none.
func isNamed(w facts) bool { return len(w.Names) > 0 || w.File.Kind != kindOutput }

// captureOf makes a capture of one output. What smartctl prints says which
// drive it asked, so its list of drives has this one.
func captureOf(reader *parse.Reader, data []byte) host.Capture {
	commands := []map[string]any{{"argv": strings.Fields(reader.Command), "stdout": "output.stdout"}}
	capture := host.Capture{"host.json": []byte(`{"schema":"bee.capture/1"}`), "output.stdout": data}
	if device := smartctlDevice(reader, data); device != nil {
		scan, _ := json.Marshal(map[string]any{"devices": []any{device}})
		capture["scan.stdout"] = scan
		commands[0]["argv"] = []string{"smartctl", "-x", "-j", "-d", device.Type, device.Name}
		commands = append(commands, map[string]any{"argv": []string{"smartctl", "--scan-open", "-j"}, "stdout": "scan.stdout"})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, c := range commands {
		_ = enc.Encode(c) // plain values
	}
	capture["commands.jsonl"] = b.Bytes()
	return capture
}

type smartDevice struct {
	Name     string `json:"name"`
	InfoName string `json:"info_name"`
	Type     string `json:"type"`
	Protocol string `json:"protocol"`
}

func smartctlDevice(reader *parse.Reader, data []byte) *smartDevice {
	if reader.Tool != "smartctl" {
		return nil
	}
	var output struct{ Device *smartDevice }
	if json.Unmarshal(data, &output) != nil || output.Device == nil || output.Device.Name == "" {
		return nil
	}
	return output.Device
}

// A placeError is an error and where it is.
type placeError struct {
	place string
	err   error
}

func (e *placeError) Error() string { return e.err.Error() }
func (e *placeError) Unwrap() error { return e.err }

// placeInText finds the place in the errors of our packages: a file of a
// capture, a line, or both.
var placeInText = regexp.MustCompile(`^(?:not a capture: )?"([^"]+)": |([a-z]+\.jsonl?: )?line \d+(, column \d+)?`)

// deadLetterOf says why a file gave nothing, and where in it.
func deadLetterOf(name string, err error) deadLetter {
	d := deadLetter{File: name, Error: err.Error()}
	if at, ok := errors.AsType[*placeError](err); ok {
		d.Place = at.place
	} else if _, ok := errors.AsType[*fs.PathError](err); !ok {
		d.Place = strings.Trim(strings.TrimPrefix(placeInText.FindString(d.Error), "not a capture: "), `": `)
	}
	return d
}
