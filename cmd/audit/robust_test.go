// SPDX-License-Identifier: Apache-2.0

//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"
	"unsafe"

	"github.com/mchus/bee/inventory/host"
)

// The test program is the audit too, so that tests can kill it, or run it as
// another user.
func TestMain(m *testing.M) {
	if os.Getenv("BEE_AUDIT") != "" {
		os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

const nobody = 65534

// command is an audit as a process of its own.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "/proc/self/exe", args...)
	cmd.Env = []string{"BEE_AUDIT=1", "TERM=linux"}
	cmd.Dir = "/"
	return cmd
}

// asNobody has a process run without any rights.
func asNobody(cmd *exec.Cmd) *exec.Cmd {
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	return cmd
}

func rootOnly(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("plants files of another user: needs root")
	}
}

// shared makes a directory of a mode, which others can reach.
func shared(t *testing.T, mode fs.FileMode) string {
	t.Helper()
	dir := t.TempDir()
	check(t, os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o755))
	dir = filepath.Join(dir, "shared")
	check(t, os.Mkdir(dir, 0o700), os.Chmod(dir, mode))
	return dir
}

func check(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// everybodysCapture is one that nobody can read too.
func everybodysCapture(t *testing.T) string {
	t.Helper()
	dir := capture(t)
	check(t, os.Chmod(filepath.Dir(filepath.Dir(dir)), 0o755), os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o755))
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		check(t, os.Chmod(filepath.Join(dir, e.Name()), 0o644))
	}
	return dir
}

// exitStatus runs a process and returns how it ended and all that it printed.
func exitStatus(t *testing.T, cmd *exec.Cmd) (int, string) {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// In a directory that others can write to, a link at the place of the document
// is replaced and what it means is left alone.
func TestPlantedLinkIsNotFollowed(t *testing.T) {
	rootOnly(t)
	for _, mode := range []fs.FileMode{0o777 | fs.ModeSticky, 0o777, 0o775} {
		for _, user := range []string{"root", "nobody"} {
			for _, name := range []string{"report.json", "cap.tgz"} {
				t.Run(fmt.Sprint(mode, user, name), func(t *testing.T) {
					dir := shared(t, mode)
					if user == "nobody" {
						check(t, os.Chown(dir, 0, nobody))
					}
					victim := filepath.Join(filepath.Dir(dir), "passwd")
					path := filepath.Join(dir, name)
					check(t, os.WriteFile(victim, []byte("old"), 0o666), os.Chmod(victim, 0o666), os.Symlink(victim, path), os.Lchown(path, nobody, nobody))
					args := []string{"-replay", everybodysCapture(t), "-o", path}
					if name == "cap.tgz" {
						args = []string{"-replay", everybodysCapture(t), "-o", "-", "-record", path}
					}
					cmd := command(t, args...)
					if user == "nobody" {
						asNobody(cmd)
					}
					if status, out := exitStatus(t, cmd); status != 0 {
						t.Errorf("status %d: %s", status, out)
					}
					if data, _ := os.ReadFile(victim); string(data) != "old" {
						t.Errorf("the link's target = %.40q", data)
					}
					if info, err := os.Lstat(path); err != nil || info.Mode() != 0o600 {
						t.Errorf("document: %v, %v", info.Mode(), err)
					}
				})
			}
		}
	}
}

// Nor is a link of another user's to a folder followed where everybody could have
// made it: neither for a document nor for a capture.
func TestPlantedFolderIsNotFollowed(t *testing.T) {
	rootOnly(t)
	for _, args := range [][]string{{"-o", "FOLDER/report.json"}, {"-o", "FOLDER/sub/report.json"}, {"-o", "-", "-record", "FOLDER/cap"}, {"-o", "-", "-record", "FOLDER/cap.tgz"}} {
		dir := shared(t, 0o777|fs.ModeSticky)
		victim := filepath.Join(filepath.Dir(dir), "victim")
		link := filepath.Join(dir, "link")
		check(t, os.MkdirAll(filepath.Join(victim, "sub"), 0o700), os.Symlink(victim, link), os.Lchown(link, nobody, nobody))
		place := strings.Replace(args[len(args)-1], "FOLDER", link, 1)
		status, out := exitStatus(t, command(t, append([]string{"-replay", capture(t)}, append(args[:len(args)-1:len(args)-1], place)...)...))
		if got := listed(t, victim) + listed(t, filepath.Join(victim, "sub")); status != 1 || got != "sub" {
			t.Errorf("%q: status %d, written: %s: %.200s", args, status, got, out)
		}
		check(t, os.Lchown(link, 0, 0))
		if status, out := exitStatus(t, command(t, append([]string{"-replay", capture(t)}, append(args[:len(args)-1:len(args)-1], place)...)...)); status != 0 {
			t.Errorf("%q, a link of one's own: status %d: %.200s", args, status, out)
		}
	}
}

// Root with the home of another user does not write where that user could have
// made a link.
func TestHomeOfOthers(t *testing.T) {
	rootOnly(t)
	home := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", home)
	if _, err := userDir(); err != nil {
		t.Error(err)
	}
	dir := filepath.Join(home, "bee")
	check(t, os.Chown(dir, nobody, nobody))
	if _, err := userDir(); err == nil {
		t.Error("a folder of another user's is taken")
	}
	check(t, os.Remove(dir), os.Symlink(t.TempDir(), dir))
	if _, err := userDir(); err == nil {
		t.Error("a link is followed")
	}
}

// A link of the user's own, where nobody else could have made it, is followed.
func TestOwnLinkIsFollowed(t *testing.T) {
	dir := t.TempDir()
	check(t, os.Chmod(dir, 0o755), os.Mkdir(filepath.Join(dir, "real"), 0o700))
	target, path := filepath.Join(dir, "real", "audit.json"), filepath.Join(dir, "audit.json")
	check(t, os.WriteFile(target, []byte("old"), 0o600), os.Symlink("real/audit.json", path))
	if status, _, stderr := audited(t, "-replay", capture(t), "-o", path); status != 0 {
		t.Fatal(stderr)
	}
	if data, _ := os.ReadFile(target); !json.Valid(data) {
		t.Errorf("the link's target = %.40q", data)
	}
	if info, _ := os.Lstat(path); info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
}

// A pipe of another user is refused at once, whether or not it has a reader.
func TestPipeOfOthersIsRefused(t *testing.T) {
	rootOnly(t)
	for _, reader := range []bool{false, true} {
		dir := shared(t, 0o777|fs.ModeSticky)
		path := filepath.Join(dir, "report.json")
		check(t, syscall.Mkfifo(path, 0o666), os.Chown(path, nobody, nobody))
		if reader {
			f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
			check(t, err)
			defer f.Close()
		}
		start := time.Now()
		status, out := exitStatus(t, command(t, "-replay", capture(t), "-o", path))
		if status != 1 || !strings.Contains(out, "belongs to another user") || time.Since(start) > 5*time.Second {
			t.Errorf("reader %v: status %d after %v: %s", reader, status, time.Since(start), out)
		}
	}
}

// A pipe of the user's own takes the document, and without a reader the audit
// ends all the same; a signal ends it at once.
func TestOwnPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	check(t, syscall.Mkfifo(path, 0o600))
	cmd := command(t, "-replay", capture(t), "-o", path)
	check(t, cmd.Start())
	time.Sleep(100 * time.Millisecond) // the reader may come later
	data, err := os.ReadFile(path)
	if check(t, err, cmd.Wait()); !json.Valid(data) {
		t.Errorf("read %.40q", data)
	}

	cmd = command(t, "-replay", capture(t), "-o", path)
	stdout, err := cmd.StdoutPipe()
	check(t, err, cmd.Start())
	_, _ = stdout.Read(make([]byte, 1)) // the summary comes before the document
	endsBy(t, cmd, syscall.SIGTERM)
}

// endsBy sends a signal and wants the process to end by it, at once.
func endsBy(t *testing.T, cmd *exec.Cmd, s syscall.Signal) {
	t.Helper()
	time.Sleep(200 * time.Millisecond)
	start := time.Now()
	check(t, cmd.Process.Signal(s))
	_ = cmd.Wait()
	if ws := cmd.ProcessState.Sys().(syscall.WaitStatus); ws.Signal() != s || time.Since(start) > 2*time.Second {
		t.Errorf("ended with %v after %v", cmd.ProcessState, time.Since(start))
	}
}

// A capture that never comes does not keep the audit from ending.
func TestSignalWhileReadingACapture(t *testing.T) {
	path := filepath.Join(t.TempDir(), "capture.tgz")
	check(t, syscall.Mkfifo(path, 0o600))
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		cmd := command(t, "-replay", path)
		check(t, cmd.Start())
		endsBy(t, cmd, s)
	}
}

// /dev/stdout is the user's own stream, whatever it is.
func TestDevStdout(t *testing.T) {
	status, out := exitStatus(t, command(t, "-replay", capture(t), "-o", "/dev/stdout"))
	if status != 0 || !strings.Contains(out, `"schema": "bee.audit/1"`) {
		t.Errorf("a pipe: status %d: %s", status, out)
	}
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	check(t, err)
	cmd := command(t, "-replay", capture(t), "-o", "/dev/stdout")
	cmd.Stdout = f
	check(t, cmd.Run())
	if data, _ := os.ReadFile(f.Name()); !bytes.HasPrefix(data, []byte("Verdict")) || !bytes.Contains(data, []byte(`"schema": "bee.audit/1"`)) {
		t.Errorf("a file: %s", data)
	}
}

// A capture goes into a fresh folder that others cannot enter; what is there
// already is never written into.
func TestRecordIntoAFreshFolder(t *testing.T) {
	rootOnly(t)
	dir := shared(t, 0o777|fs.ModeSticky)
	victim := filepath.Join(filepath.Dir(dir), "shadow")
	planted := filepath.Join(dir, "cap")
	check(t, os.WriteFile(victim, []byte("old"), 0o600), os.Mkdir(planted, 0o777), os.Chown(planted, nobody, nobody), os.Symlink(victim, filepath.Join(planted, "host.json")))
	if status, out := exitStatus(t, command(t, "-replay", capture(t), "-o", "-", "-record", planted)); status != 1 || !strings.Contains(out, "not empty") {
		t.Errorf("a planted folder: status %d: %.200s", status, out)
	}
	link := filepath.Join(dir, "link")
	check(t, os.Mkdir(filepath.Join(filepath.Dir(dir), "empty"), 0o700), os.Symlink(filepath.Join(filepath.Dir(dir), "empty"), link))
	if status, out := exitStatus(t, command(t, "-replay", capture(t), "-o", "-", "-record", link)); status != 1 {
		t.Errorf("a planted link: status %d: %.200s", status, out)
	}
	if data, _ := os.ReadFile(victim); string(data) != "old" {
		t.Errorf("the link's target = %.40q", data)
	}

	empty := filepath.Join(dir, "empty")
	check(t, os.Mkdir(empty, 0o777), os.Chown(empty, nobody, nobody))
	for _, path := range []string{filepath.Join(dir, "new") + "/", empty} {
		if status, out := exitStatus(t, command(t, "-replay", capture(t), "-o", "-", "-record", path)); status != 0 {
			t.Fatalf("status %d: %.200s", status, out)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o700 || info.Sys().(*syscall.Stat_t).Uid != 0 {
			t.Errorf("%s: %v, %v", path, info, err)
		}
		if got := listed(t, path); got != "commands.jsonl dmidecode.stdout files.jsonl host.json" {
			t.Errorf("%s holds %s", path, got)
		}
	}
	if got := listed(t, dir); got != "cap empty link new" {
		t.Errorf("left behind: %s", got)
	}
}

func TestDiskFull(t *testing.T) {
	status, _, stderr := audited(t, "-replay", capture(t), "-o", "/dev/full")
	if status != 1 || !strings.Contains(stderr, "could not write /dev/full: no space left on device; name another place with -o") {
		t.Errorf("status %d, stderr %q", status, stderr)
	}
}

// The summary of a replay is all that it writes without -o.
func TestSummaryIsLost(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	check(t, err)
	cmd := command(t, "-replay", capture(t))
	cmd.Stdout = full
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("status %d, %v", cmd.ProcessState.ExitCode(), err)
	}
}

// A directory that is read-only, even to root.
func TestReadOnlyDirectory(t *testing.T) {
	status, _, stderr := audited(t, "-replay", capture(t), "-o", "/proc/audit.json")
	if status != 1 || !strings.Contains(stderr, "could not write /proc/audit.json") {
		t.Errorf("status %d, stderr %q", status, stderr)
	}
}

// Whatever umask and streams the audit is started with, the document is whole
// and the user's own.
func TestOddStart(t *testing.T) {
	for _, script := range []string{
		`umask 0777; exec "$0" "$@"`, `umask 0; exec "$0" "$@"`,
		`exec "$0" "$@" <&-`, `exec "$0" "$@" >&-`, `exec "$0" "$@" 2>&-`, `exec "$0" "$@" <&- >&- 2>&-`,
		`exec "$0" "$@" >/dev/full`,
	} {
		dir := t.TempDir()
		path, record := filepath.Join(dir, "audit.json"), filepath.Join(dir, "capture")
		exe, err := os.Executable()
		check(t, err)
		cmd := exec.Command("/bin/sh", "-c", script, exe, "-replay", capture(t), "-o", path, "-record", record, "-qr")
		cmd.Env = []string{"BEE_AUDIT=1"}
		if status, out := exitStatus(t, cmd); status != 0 {
			t.Errorf("%s: status %d: %s", script, status, out)
		}
		data, err := os.ReadFile(path)
		if err != nil || !json.Valid(data) {
			t.Errorf("%s: %v, %.40q", script, err, data)
		}
		if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: %v, %v", script, info, err)
		}
		if info, err := os.Stat(record); err != nil || info.Mode() != 0o700|fs.ModeDir {
			t.Errorf("%s: %v, %v", script, info, err)
		}
	}
}

// A reader of the summary that goes away, as head does, costs the summary.
func TestReaderGoesAway(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.json")
	r, w, err := os.Pipe()
	check(t, err, r.Close())
	cmd := command(t, "-replay", capture(t), "-o", path)
	cmd.Stdout = w
	check(t, cmd.Run())
	if data, err := os.ReadFile(path); err != nil || !json.Valid(data) {
		t.Errorf("%v, %.40q", err, data)
	}
}

// evil is text that a terminal must not get: ESC, BEL, DEL, C1, bidirectional
// controls, a line separator.
const evil = "\x1b[2J\x1b]0;pwned\a\x7f\u009b31m\u202e\u2066\u2028"

func jsonString(s string) string {
	data, _ := json.Marshal(s)
	return string(data)
}

// hostileCapture says evil wherever a tool or a person can say something.
func hostileCapture(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "capture")
	c := host.Capture{
		"host.json":        []byte(`{"schema":"bee.capture/1","times":["2026-01-15T12:00:00Z"]}`),
		"commands.jsonl":   []byte(`{"argv":["dmidecode"],"stdout":"dmidecode.stdout"}` + "\n" + `{"argv":["lspci","-vmmnnkD"],"error":` + jsonString(evil) + "}\n"),
		"dmidecode.stdout": []byte("# dmidecode 3.6\n\nHandle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: Lab " + evil + "\n\tProduct Name: LX2\n\tSerial Number: SRV-1 " + evil + "\n"),
	}
	check(t, c.WriteDir(dir))
	return dir
}

// terminal opens a pseudo terminal: what the audit prints to the one comes out
// of the other.
func terminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { master.Close() })
	var unlock, number uint32
	for request, arg := range map[uintptr]*uint32{syscall.TIOCSPTLCK: &unlock, syscall.TIOCGPTN: &number} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, master.Fd(), request, uintptr(unsafe.Pointer(arg))); errno != 0 {
			t.Skip(errno)
		}
	}
	slave, err = os.OpenFile(fmt.Sprint("/dev/pts/", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { slave.Close() })
	return master, slave
}

// onTerminal runs an audit on a terminal and returns all that it shows.
func onTerminal(t *testing.T, args ...string) string {
	t.Helper()
	master, slave := terminal(t)
	cmd := command(t, args...)
	cmd.Env = append(cmd.Env, "NO_COLOR=1")
	cmd.Stdout, cmd.Stderr = slave, slave
	check(t, cmd.Start(), slave.Close())
	out, _ := io.ReadAll(master) // ends with an error when the terminal has no writer
	_ = cmd.Wait()
	return strings.ReplaceAll(string(out), "\r\n", "\n")
}

// Nothing that a capture says reaches a terminal raw: not in the summary, the
// log, the document or a message. The document means the same all the same.
func TestTerminalGetsNoControlCharacters(t *testing.T) {
	broken := capture(t)
	check(t, os.WriteFile(filepath.Join(broken, "commands.jsonl"), []byte(`{"argv":[`+jsonString(evil)+`],"duration":"soon"}`), 0o600))
	missing := capture(t)
	check(t, os.WriteFile(filepath.Join(missing, "commands.jsonl"), []byte(`{"argv":["a"],"stdout":`+jsonString(evil)+`}`), 0o600))
	hostile := hostileCapture(t)
	for name, args := range map[string][]string{
		"summary": {"-replay", hostile, "-v"}, "document": {"-replay", hostile, "-o", "-"}, "text": {"-replay", hostile, "-format", "text"},
		"argv": {"-replay", broken}, "stdout": {"-replay", missing}, "path": {"-replay", "/no/" + evil},
		"parse": {"parse", "dmidecode", "-f", filepath.Join(hostile, "dmidecode.stdout")}, "html": {"-replay", hostile, "-format", "html"},
		"prometheus": {"-replay", hostile, "-format", "prometheus"}, "reanimator": {"-replay", hostile, "-format", "reanimator"},
		"output": {"-replay", hostile, "-o", "/no/" + evil}, "record": {"-replay", hostile, "-record", "/no/" + evil},
	} {
		out := onTerminal(t, args...)
		if len(out) < 20 {
			t.Errorf("%s: %q", name, out)
		}
		out = strings.ReplaceAll(out, "\r\x1b[K", "") // the line of progress, which is our own
		for _, r := range out {
			if r != '\n' && (unicode.Is(unicode.C, r) || r == '\u2028') {
				t.Errorf("%s: %U in %q", name, r, out)
				break
			}
		}
	}
	shown := onTerminal(t, "-replay", hostile, "-o", "-")
	_, document, _ := audited(t, "-replay", hostile, "-o", "-")
	var a, b any
	shown = shown[strings.Index(shown, "{"):]
	check(t, json.Unmarshal([]byte(shown), &a), json.Unmarshal([]byte(document), &b))
	if fmt.Sprint(a) != fmt.Sprint(b) || !strings.Contains(document, "\u202e") {
		t.Errorf("the document on a terminal says something else:\n%s\n%s", shown, document)
	}
}

// listed lists a folder.
func listed(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return strings.Join(list, " ")
}
