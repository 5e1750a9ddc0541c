// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

const (
	modulePath = "github.com/mchus/bee"
	version    = "v0.0.1-test"
)

// A package that others import, and what that costs them: the modules beside
// bee that it needs, and the size of a program, stripped, that links it.
var packages = []struct {
	name    string
	modules []string
	maxSize int64
}{
	{"dmi", nil, 3 << 20},
	{"ipmi", nil, 3 << 20},
	{"pci", nil, 3 << 20},
	{"nvidia", nil, 3 << 20},
	{"inventory/report", nil, 3 << 20},
	{"smart", []string{gjson, match, pretty}, 3 << 20},
	{"nvme", []string{gjson, match, pretty}, 3 << 20},
	{"inventory", []string{gjson, match, pretty}, 6 << 20},
}

const (
	gjson  = "github.com/tidwall/gjson"
	match  = "github.com/tidwall/match"
	pretty = "github.com/tidwall/pretty"
)

// TestGoGet serves the module from a folder, as a proxy would, and imports each
// package alone from a module that knows nothing of this one.
func TestGoGet(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds every package anew")
	}
	proxy := serveModule(t)
	dir, cache := t.TempDir(), t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/user\n\ngo 1.26\n")
	for _, p := range packages {
		write(t, filepath.Join(dir, path.Base(p.name), "main.go"), fmt.Sprintf("package main\n\nimport _ %q\n\nfunc main() {}\n", modulePath+"/"+p.name))
	}
	run := func(args ...string) string {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOPROXY="+proxy, "GONOSUMDB=*", "GOMODCACHE="+cache, "GOFLAGS=-modcacherw -mod=mod", "GOWORK=off", "CGO_ENABLED=0")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	run("get", modulePath+"@"+version)
	bin := filepath.Join(dir, "bin") + string(filepath.Separator)
	run("build", "-ldflags=-s -w", "-o", bin, "./...")
	for _, p := range packages {
		deps := strings.Fields(run("list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "./"+path.Base(p.name)))
		slices.Sort(deps)
		deps = slices.DeleteFunc(slices.Compact(deps), func(m string) bool { return m == modulePath })
		if !slices.Equal(deps, p.modules) {
			t.Errorf("%s needs %v, want %v", p.name, deps, p.modules)
		}
		info, err := os.Stat(bin + path.Base(p.name))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%-17s %4d KB, modules %v", p.name, info.Size()>>10, deps)
		if info.Size() > p.maxSize {
			t.Errorf("a program that links %s is %d bytes, want at most %d", p.name, info.Size(), p.maxSize)
		}
	}
}

// serveModule lays the module out as a proxy serves it, with what is in the
// module cache behind it, and returns the value of GOPROXY.
func serveModule(t *testing.T) string {
	folder := t.TempDir()
	at := filepath.Join(folder, filepath.FromSlash(modulePath), "@v")
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(at, "list"), version+"\n")
	write(t, filepath.Join(at, version+".info"), `{"Version":"`+version+`"}`)
	write(t, filepath.Join(at, version+".mod"), string(mod))
	f, err := os.Create(filepath.Join(at, version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	if err := zip.CreateFromDir(f, module.Version{Path: modulePath, Version: version}, "../.."); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	downloads := filepath.Join(strings.TrimSpace(string(cache)), "cache", "download")
	return "file://" + filepath.ToSlash(folder) + ",file://" + filepath.ToSlash(downloads)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
