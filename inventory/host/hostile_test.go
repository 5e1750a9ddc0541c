// SPDX-License-Identifier: Apache-2.0

//go:build linux

package host_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"github.com/mchus/bee/inventory/host"
)

const goodHost = `{"schema":"bee.capture/1"}`

// folder makes the folder of a capture.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A capture is somebody else's: a link in it must not show a file of this
// machine, and a pipe or a device must not hold up or fill the audit.
func TestOpenReadsRegularFilesOnly(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "shadow")
	if err := os.WriteFile(secret, []byte("root:secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	plant := map[string]func(path string) error{
		"link to a file":   func(path string) error { return os.Symlink(secret, path) },
		"link to a device": func(path string) error { return os.Symlink("/dev/zero", path) },
		"link within":      func(path string) error { return os.Symlink("other", path) },
		"pipe":             func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"folder":           func(path string) error { return os.Mkdir(path, 0o700) },
	}
	for kind, make := range plant {
		for _, name := range []string{"host.json", "commands.jsonl", "files.jsonl", "d.stdout"} {
			t.Run(kind+" as "+name, func(t *testing.T) {
				dir := folder(t, map[string]string{
					"host.json": goodHost, "commands.jsonl": `{"argv":["dmidecode"],"stdout":"d.stdout"}`, "d.stdout": "x", "other": "x",
				})
				path := filepath.Join(dir, name)
				_ = os.Remove(path)
				if err := make(path); err != nil {
					t.Fatal(err)
				}
				_, err := host.Open(dir)
				if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "not a regular file") {
					t.Errorf("error = %v, want one that says that %s is not a regular file", err, name)
				}
			})
		}
	}
	dir := folder(t, map[string]string{"host.json": goodHost, "commands.jsonl": fmt.Sprintf(`{"argv":["a"],"stdout":%q}`, "../"+filepath.Base(filepath.Dir(secret))+"/shadow")})
	if _, err := host.Open(dir); err == nil {
		t.Error("a name led out of the folder")
	}
}

// A pipe may take a file's place between a look at it and the opening.
func TestOpenIsNotHeldUpByAPipe(t *testing.T) {
	dir := folder(t, map[string]string{"host.json": goodHost, "file": goodHost})
	path := func(name string) string { return filepath.Join(dir, name) }
	if err := syscall.Mkfifo(path("pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for range 20000 {
			_, _ = host.Open(dir)
		}
	}()
	timeout := time.After(time.Minute)
	for {
		for _, name := range []string{"pipe", "file"} {
			if err := errors.Join(os.Link(path(name), path("next")), os.Rename(path("next"), path("host.json"))); err != nil {
				t.Fatal(err)
			}
		}
		select {
		case <-ended:
			return
		case <-timeout:
			t.Fatal("waits for somebody to open the pipe")
		default:
		}
	}
}

// tgz packs entries, each with its header as given.
func tgz(t *testing.T, headers []*tar.Header, body func(i int) []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	tw := tar.NewWriter(zw)
	for i, h := range headers {
		if err := tw.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write(body(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(tw.Close(), zw.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sparse packs a file that is one hole, as GNU tar packs it: a few kilobytes,
// whatever its size. Package archive/tar reads such files but writes none, so
// the names of the PAX records are put in place afterwards.
func sparse(t *testing.T, size int64) []byte {
	t.Helper()
	body := make([]byte, 512)
	copy(body, "0\n")
	var raw bytes.Buffer
	tw := tar.NewWriter(&raw)
	header := &tar.Header{Name: "GNUSparseFile.0/d.stdout", Mode: 0o600, Size: 512, Typeflag: tar.TypeReg, Format: tar.FormatPAX, PAXRecords: map[string]string{
		"XNU.sparse.major": "1", "XNU.sparse.minor": "0", "XNU.sparse.name": "d.stdout", "XNU.sparse.realsize": fmt.Sprint(size),
	}}
	if err := tw.WriteHeader(header); err != nil {
		t.Fatal(err)
	}
	if _, err := tw.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	_, _ = zw.Write(bytes.ReplaceAll(raw.Bytes(), []byte("XNU.sparse"), []byte("GNU.sparse")))
	_ = zw.Close()
	return b.Bytes()
}

// However small the file, unpacking it stays within bounds, and the error says
// that it is too large and not that it ends early.
func TestReadTGZIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("it unpacks as much as a capture may hold")
	}
	zeros := make([]byte, 40<<20)
	many := make([]*tar.Header, 8)
	for i := range many {
		many[i] = &tar.Header{Name: fmt.Sprintf("%d.stdout", i), Mode: 0o600, Size: int64(len(zeros))}
	}
	skipped := make([]*tar.Header, 16)
	for i := range skipped {
		skipped[i] = &tar.Header{Name: "x", Typeflag: 'Z', Size: int64(len(zeros))}
	}
	one := make([]byte, 70<<20)
	tests := map[string]struct {
		data []byte
		want string
	}{
		"3 GiB hole":    {sparse(t, 3<<30), "67108864 bytes in one file"},
		"1 TiB hole":    {sparse(t, 1<<40), "67108864 bytes in one file"},
		"one large":     {tgz(t, []*tar.Header{{Name: "a", Mode: 0o600, Size: int64(len(one))}}, func(int) []byte { return one }), "67108864 bytes in one file"},
		"many":          {tgz(t, many, func(int) []byte { return zeros }), "268435456 bytes when unpacked"},
		"other entries": {tgz(t, skipped, func(int) []byte { return zeros }), "268435456 bytes when unpacked"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if len(tt.data) > 1<<20 {
				t.Fatalf("the bomb itself has %d bytes", len(tt.data))
			}
			_, err := host.ReadTGZ(bytes.NewReader(tt.data))
			if !errors.Is(err, host.ErrCaptureLimit) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want ErrCaptureLimit with %q", err, tt.want)
			}
		})
	}
}

// A bit that fell over changes nothing in silence: the checksum stands behind
// the archive's end, and is read. Some bits have no meaning.
func TestReadTGZSeesDamage(t *testing.T) {
	whole := host.Capture{"host.json": []byte(goodHost), "a.stdout": []byte("Serial Number: ZA1ABCDE\n")}
	var b bytes.Buffer
	if err := whole.WriteTGZ(&b); err != nil {
		t.Fatal(err)
	}
	for i := 10; i < b.Len(); i++ { // behind the header, of which no sum is kept
		damaged := bytes.Clone(b.Bytes())
		damaged[i] ^= 4
		if got, err := host.ReadTGZ(bytes.NewReader(damaged)); err == nil && !maps.EqualFunc(got, whole, bytes.Equal) {
			t.Errorf("byte %d of %d: read as %q", i, b.Len(), got)
		}
		if got, err := host.ReadTGZ(bytes.NewReader(b.Bytes()[:i])); err == nil {
			t.Errorf("cut to %d of %d bytes: read as %q", i, b.Len(), got)
		}
	}
	b.Write(make([]byte, 512))
	if _, err := host.ReadTGZ(strings.NewReader("PK\x03\x04 and the rest of a zip file")); err == nil || !strings.Contains(err.Error(), "not a gzipped tar file") {
		t.Errorf("another archive: %v", err)
	}
	if got, err := host.ReadTGZ(&b); err != nil || string(got["a.stdout"]) != string(whole["a.stdout"]) {
		t.Errorf("with padding: %q, %v", got, err)
	}
}

// A folder is bounded like a file: a sparse file in it costs no disk.
func TestOpenFolderIsBounded(t *testing.T) {
	dir := folder(t, map[string]string{"host.json": goodHost, "commands.jsonl": `{"argv":["a"],"stdout":"a"}`, "a": ""})
	if err := os.Truncate(filepath.Join(dir, "a"), 1<<40); err != nil {
		t.Fatal(err)
	}
	if _, err := host.Open(dir); !errors.Is(err, host.ErrCaptureLimit) {
		t.Errorf("one huge file: error = %v", err)
	}
	var commands strings.Builder
	for i := range 6 {
		name := fmt.Sprint(i, ".stdout")
		fmt.Fprintf(&commands, `{"argv":[%q],"stdout":%q}`+"\n", name, name)
		if err := errors.Join(os.WriteFile(filepath.Join(dir, name), nil, 0o600), os.Truncate(filepath.Join(dir, name), 60<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "commands.jsonl"), []byte(commands.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := host.Open(dir); !errors.Is(err, host.ErrCaptureLimit) {
		t.Errorf("many large files: error = %v", err)
	}
}

// A file that many commands name is read and held once.
func TestReplaySharesOutput(t *testing.T) {
	var commands strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&commands, `{"argv":["a","%d"],"stdout":"a.stdout"}`+"\n", i)
	}
	c := host.Capture{"host.json": []byte(goodHost), "commands.jsonl": []byte(commands.String()), "a.stdout": make([]byte, 8<<20)}
	h, err := host.Replay(c.FS())
	if err != nil {
		t.Fatal(err)
	}
	if out, err := h.Run(t.Context(), "a", "999"); err != nil || len(out.Stdout) != 8<<20 {
		t.Errorf("%d bytes, %v", len(out.Stdout), err)
	}
}

// Names that cost little in a file and much in memory are counted.
func TestReplayCountsPathsAndNames(t *testing.T) {
	paths := strings.Repeat("a/", 300000) + "a"
	names := strings.TrimSuffix(strings.Repeat(`"x",`, 300000), ",")
	for _, line := range []string{`{"path":"` + paths + `","text":""}`, `{"path":"sys","dir":[` + names + `]}`} {
		c := host.Capture{"host.json": []byte(goodHost), "files.jsonl": []byte(line)}
		if _, err := host.Replay(c.FS()); !errors.Is(err, host.ErrCaptureLimit) {
			t.Errorf("%.20s…: error = %v", line, err)
		}
	}
}

// A path of many components costs time and memory by its length. When each
// prefix was looked up as a whole, this took minutes.
func TestReplayDeepPath(t *testing.T) {
	deep := strings.Repeat("a/", 100000) + "vendor"
	link := "zz/" + strings.Repeat("x", 100<<10) + "/zz"
	c := host.Capture{"host.json": []byte(goodHost), "files.jsonl": []byte(
		`{"path":"` + deep + `","text":"deep"}` + "\n" + `{"path":"sys/block/zz","link":"` + link + `"}`)}
	start := time.Now()
	h, err := host.Replay(c.FS())
	if err != nil {
		t.Fatal(err)
	}
	if data, err := fs.ReadFile(h.FS(), deep); string(data) != "deep" || err != nil {
		t.Errorf("deep file: %q, %v", data, err)
	}
	if _, err := fs.ReadFile(h.FS(), "sys/block/zz/size"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("through the link: %v", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

// What an error quotes of a capture cannot move a cursor or begin a line.
func TestReplayErrorsAreInert(t *testing.T) {
	const evil = "\\u001b[2J\\u001b]0;pwned\\u0007\\u009b\\u202e\\naudit: all is well"
	captures := map[string]host.Capture{
		"schema":   {"host.json": []byte(`{"schema":"` + evil + `"}`)},
		"raw":      {"host.json": []byte("{\x1b[2J")},
		"duration": {"host.json": []byte(goodHost), "commands.jsonl": []byte(`{"argv":["` + evil + `"],"duration":"` + evil + `"}`)},
		"stdout":   {"host.json": []byte(goodHost), "commands.jsonl": []byte(`{"argv":["a"],"stdout":"` + evil + `"}`)},
		"type":     {"host.json": []byte(goodHost), "files.jsonl": []byte(`{"path":{"` + evil + `":1}}`)},
		"time":     {"host.json": []byte(`{"schema":"bee.capture/1","times":["` + evil + `"]}`)},
	}
	for name, c := range captures {
		_, err := host.Replay(c.FS())
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		if strings.ContainsFunc(err.Error(), func(r rune) bool { return unicode.Is(unicode.C, r) }) {
			t.Errorf("%s: %q", name, err)
		}
	}
}

// A capture is written into a folder of its own, over nothing.
func TestWriteDirNeverFollowsOrOverwrites(t *testing.T) {
	c := host.Capture{"host.json": []byte(goodHost)}
	dir := filepath.Join(t.TempDir(), "new")
	if err := c.WriteDir(dir); err != nil {
		t.Fatal(err)
	}
	if err := c.WriteDir(dir); !errors.Is(err, fs.ErrExist) {
		t.Errorf("twice: error = %v", err)
	}
	victim := filepath.Join(t.TempDir(), "shadow")
	planted := t.TempDir()
	if err := errors.Join(os.WriteFile(victim, []byte("old"), 0o600), os.Symlink(victim, filepath.Join(planted, "host.json"))); err != nil {
		t.Fatal(err)
	}
	if err := c.WriteDir(planted); err == nil {
		t.Error("wrote through a link")
	}
	if data, _ := os.ReadFile(victim); string(data) != "old" {
		t.Errorf("the link's target = %q", data)
	}
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// A tool that is given input is found, run and bounded as any other.
func TestPipe(t *testing.T) {
	dir := t.TempDir()
	for name, script := range map[string]string{"tool": "cat; echo $SECRET.", "hangs": "exec sleep 60"} {
		if err := writeProgram(filepath.Join(dir, name), "#!/bin/sh\n"+script); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("SECRET", "x")
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	opts := []host.Option{host.WithPath(dir, "/usr/bin", "/bin"), host.WithTimeout(time.Second)}
	if out, err := host.Pipe(t.Context(), []byte("in "), "tool", nil, opts...); string(out.Stdout) != "in .\n" || err != nil {
		t.Errorf("%q, %v", out.Stdout, err)
	}
	start := time.Now()
	if _, err := host.Pipe(t.Context(), make([]byte, 1<<20), "hangs", nil, opts...); err == nil || time.Since(start) > 30*time.Second {
		t.Errorf("error %v after %v", err, time.Since(start))
	}
	if _, err := host.Pipe(t.Context(), nil, "tool", nil); err == nil {
		t.Error("found in the caller's PATH")
	}
}

// A link into itself costs no more than the longest path that Linux has, for each
// file that is looked for through it.
func TestReplayGrowingLink(t *testing.T) {
	c := host.Capture{"host.json": []byte(goodHost), "files.jsonl": []byte(`{"path":"sys/block/s","link":"s/` + strings.Repeat("a/", 200) + `"}`)}
	h, err := host.Replay(c.FS())
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const reads = 100
	for range reads {
		if _, err := fs.ReadFile(h.FS(), "sys/block/s/size"); !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	if use := (after.TotalAlloc - before.TotalAlloc) / reads; use > 256<<10 {
		t.Errorf("%d bytes allocated for each", use)
	}
}
