// SPDX-License-Identifier: Apache-2.0

// Package repo tests what holds the repository together: who imports whom,
// how fixtures are named, and the modules beside the main one.
package repo

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// parsers are the packages that turn bytes into values and do nothing else.
var parsers = map[string][]string{ // what each may import beside the standard library
	"dmi":    {"github.com/mchus/bee/internal/placeholder", "github.com/mchus/bee/internal/lines"},
	"ipmi":   {"github.com/mchus/bee/internal/placeholder", "github.com/mchus/bee/internal/lines"},
	"pci":    {"github.com/mchus/bee/internal/placeholder", "github.com/mchus/bee/internal/lines"},
	"nvidia": {"github.com/mchus/bee/internal/placeholder", "github.com/mchus/bee/internal/lines"},
	"smart":  {"github.com/mchus/bee/internal/lines", "github.com/tidwall/gjson", "github.com/mchus/bee/internal/jsondoc", "github.com/mchus/bee/internal/placeholder"},
	"nvme":   {"github.com/tidwall/gjson", "github.com/mchus/bee/internal/jsondoc", "github.com/mchus/bee/internal/placeholder", "github.com/mchus/bee/internal/lines"},

	"smart/storcli": {"github.com/tidwall/gjson", "github.com/mchus/bee/internal/jsondoc", "github.com/mchus/bee/internal/lines"},
	"smart/sasircu": {"github.com/mchus/bee/internal/lines"},
	"smart/ssacli":  {"github.com/mchus/bee/internal/lines"},
	"smart/arcconf": {"github.com/mchus/bee/internal/lines"},
	"smart/mdadm":   {"github.com/mchus/bee/internal/lines"},
	"smart/megacli": {"github.com/mchus/bee/internal/lines"},
	"smart/dmsetup": {"github.com/mchus/bee/internal/lines"},

	"pci/ethtool":  {"github.com/mchus/bee/internal/lines"},
	"pci/mstflint": {"github.com/mchus/bee/internal/lines"},
	"pci/devlink":  {"github.com/tidwall/gjson", "github.com/mchus/bee/internal/jsondoc"},
}

// impure are the packages by which a parser could reach the machine.
var impure = []string{"os", "net", "os/exec", "syscall", "log", "log/slog", "unsafe", "plugin"}

type goPackage struct {
	ImportPath string
	Imports    []string
	Standard   bool
}

func listPackages(t *testing.T, args ...string) []goPackage {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,Standard"}, args...)...)
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		switch err := dec.Decode(&p); {
		case err == io.EOF:
			return list
		case err != nil:
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

func TestParsersAreIndependent(t *testing.T) {
	track(t)
	for _, p := range listPackages(t, "./...") {
		name := strings.TrimPrefix(p.ImportPath, "github.com/mchus/bee/")
		first, _, _ := strings.Cut(name, "/")
		if slices.Contains([]string{"cmd", "internal", "inventory"}, first) || name == "pci/names" || name == "nvidia/nvml" {
			continue
		}
		if _, listed := parsers[name]; !listed {
			t.Errorf("%s is not in the list of parsers", name)
		}
	}
	for name, allowed := range parsers {
		for _, p := range listPackages(t, "./"+name) {
			for _, path := range p.Imports {
				switch {
				case slices.Contains(impure, path):
					t.Errorf("%s imports %s: a parser reaches nothing but its input", name, path)
				case strings.Contains(path, ".") && !slices.Contains(allowed, path):
					t.Errorf("%s imports %s, may import %v", name, path, allowed)
				}
			}
		}
	}
}

// TestImportsPointOneWay checks the order of the house: parsers on the ground,
// host and kernel beside them, collect on these, the report above, which judge
// and render look at, and the commands on top.
func TestImportsPointOneWay(t *testing.T) {
	track(t)
	const module = "github.com/mchus/bee/"
	level := func(path string) int {
		switch first, _, _ := strings.Cut(path, "/"); {
		case first == "internal":
			return 0
		case path == "inventory/report", path == "inventory/host":
			return 1
		case path == "pci/names", path == "nvidia/nvml", path == "inventory/kernel", path == "inventory/judge", path == "inventory/render",
			path == "inventory/parse", path == "inventory/redact":
			return 2
		case path == "inventory/collect":
			return 3
		case path == "inventory":
			return 4
		case first == "cmd":
			return 5
		}
		return 1
	}
	only := map[string][]string{ // what these may import of the module
		"inventory/report": nil,
		"inventory/judge":  {"inventory/report"},
		"inventory/render": {"inventory/report"},
		"inventory/host":   nil,
	}
	for _, p := range listPackages(t, "./...") {
		from := strings.TrimPrefix(p.ImportPath, module)
		allowed, limited := only[from]
		for _, path := range p.Imports {
			to, ours := strings.CutPrefix(path, module)
			if ours && level(to) >= level(from) {
				t.Errorf("%s imports %s, which is not below it", from, to)
			}
			if ours && limited && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s, may import %v", from, to, allowed)
			}
		}
	}
}

// TestLinks: who imports the document alone gets the standard library, and who
// audits gets neither a network stack nor what only names or live GPUs need; the
// command has no way to speak to a network either.
func TestLinks(t *testing.T) {
	track(t)
	for _, p := range listPackages(t, "-deps", "./inventory/report") {
		if !p.Standard && p.ImportPath != "github.com/mchus/bee/inventory/report" {
			t.Errorf("inventory/report links %s", p.ImportPath)
		}
	}
	for _, p := range listPackages(t, "-deps", "./inventory") {
		switch p.ImportPath {
		case "net/http", "github.com/mchus/bee/pci/names", "github.com/NVIDIA/go-nvml/pkg/nvml":
			t.Errorf("inventory links %s", p.ImportPath)
		}
	}
	for _, p := range listPackages(t, "-deps", "./cmd/audit") {
		if p.ImportPath == "net/http" || p.ImportPath == "crypto/tls" {
			t.Errorf("cmd/audit links %s", p.ImportPath)
		}
	}
}

// TestFixtureNames keeps every name such that any system can hold it: one bad
// name breaks "go get" for everyone.
func TestFixtureNames(t *testing.T) {
	legal := regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*$`)
	folders, err := filepath.Glob(root + "/*/testdata")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no */testdata (%v)", err)
	}
	deeper, _ := filepath.Glob(root + "/*/*/testdata")
	for _, folder := range append(append(folders, deeper...), root+"/testdata/hosts", root+"/testdata/lab/hosts") {
		walk(t, folder, func(path string, d fs.DirEntry) error {
			if d.IsDir() && d.Name() == "fuzz" {
				return filepath.SkipDir // named by the go command
			}
			if path != folder && filepath.Ext(path) != ".go" && !legal.MatchString(d.Name()) {
				t.Errorf("%s: names hold a-z, 0-9, dots and dashes", path)
			}
			return nil
		})
	}
}

// apart are the modules that "go test ./..." leaves out, each with the step of
// .ci/run that tests it.
var apart = map[string]string{
	"cmd/fleet": "fleet", // Apache Beam takes minutes to build
}

// TestApart: a module that is left out is there, and tested by its own step.
func TestApart(t *testing.T) {
	script, err := os.ReadFile(root + "/.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	for dir, step := range apart {
		if _, err := os.Stat(filepath.Join(root, dir, "go.mod")); err != nil {
			t.Error(err)
		}
		_, rest, _ := strings.Cut(string(script), "\n"+step+"() {")
		commands, _, _ := strings.Cut(rest, "\n}")
		for _, verb := range []string{"vet", "test"} {
			if !strings.Contains(commands, "go "+verb+" -C "+dir+" ./...") {
				t.Errorf(".ci/run has no step %q with go %s -C %s ./...", step, verb, dir)
			}
		}
	}
}

// TestOtherModules tests the modules beside the main one, so that "go test
// ./..." covers the whole repository but for what is apart.
func TestOtherModules(t *testing.T) {
	if testing.Short() {
		t.Skip("other modules are not tested with -short")
	}
	track(t)
	for _, dir := range moduleDirs(t) {
		t.Run(strings.TrimPrefix(filepath.ToSlash(dir), root+"/"), func(t *testing.T) {
			if out, _ := goIn(dir, "list", "./..."); strings.Contains(out, "matched no packages") {
				return // a list of tools
			}
			for _, args := range [][]string{{"vet", "./..."}, {"test", "./..."}} {
				out, err := goIn(dir, args...)
				if err != nil {
					t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
				} else {
					t.Logf("go %s\n%s", strings.Join(args, " "), out)
				}
			}
		})
	}
}

// TestDownloads: after the README's downloads no test needs a network.
func TestDownloads(t *testing.T) {
	readme := readText(t, filepath.Join(root, "README.md"))
	_, rest, _ := strings.Cut(readme, "\nfor m in ")
	listed, _, _ := strings.Cut(rest, "; do go -C $m mod download; done")
	have := make(map[string]bool)
	for dir := range strings.FieldsSeq(listed) {
		for line := range strings.Lines(readText(t, filepath.Join(root, dir, "go.sum"))) {
			have[line] = true
		}
	}
	for _, dir := range moduleDirs(t) {
		for line := range strings.Lines(readText(t, filepath.Join(dir, "go.sum"))) {
			if name, _, _ := strings.Cut(line, " h1:"); !have[line] && !strings.HasSuffix(name, "/go.mod") {
				t.Errorf("%s needs %s, which the README's command does not fetch", dir, name)
			}
		}
	}
}

// moduleDirs returns the folders of the other modules that are not apart.
func moduleDirs(t *testing.T) []string {
	var dirs []string
	walk(t, root, func(path string, d fs.DirEntry) error {
		dir := filepath.Dir(path)
		if d.Name() == "go.mod" && dir != filepath.Clean(root) && apart[strings.TrimPrefix(filepath.ToSlash(dir), root+"/")] == "" {
			dirs = append(dirs, dir)
		}
		return nil
	})
	if len(dirs) == 0 {
		t.Fatal("found no other modules")
	}
	return dirs
}

func goIn(dir string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// track looks at every file of the repository, so that the go command does not
// answer from its cache once one has changed.
func track(t *testing.T) {
	t.Helper()
	walk(t, root, func(path string, d fs.DirEntry) error {
		if strings.HasSuffix(path, ".go") || d.Name() == "go.mod" {
			_, err := os.Stat(path)
			return err
		}
		return nil
	})
}

func walk(t *testing.T, dir string, fn func(path string, d fs.DirEntry) error) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // gone since its folder was read
			return nil
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".git":
			return filepath.SkipDir
		}
		return fn(path, d)
	})
	if err != nil {
		t.Fatal(err)
	}
}
