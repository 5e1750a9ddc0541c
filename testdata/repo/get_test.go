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

// Packages that others import, and what each costs them: the modules beside bee that
// it needs, and the size of a program, stripped, that reads its standard input with
// it and writes JSON. One that does that with encoding/json alone has 1,932 KB.
var packages = []struct {
	name, use string
	modules   []string
	maxSize   int64 // in kilobytes
}{
	{"dmi", "dmi.Parse(data)", nil, 2100},
	{"ipmi", "ipmi.ParseFRU(data)", nil, 2100},
	{"pci", "pci.Parse(data)", nil, 2100},
	{"nvidia", "nvidia.Parse(data)", nil, 2300},
	{"inventory/report", "report.Read(bytes.NewReader(data))", nil, 2400},
	{"smart", "smart.Parse(data)", []string{gjson, match, pretty}, 2700},
	{"nvme", "nvme.ParseList(data)", []string{gjson, match, pretty}, 2600},
	{"inventory/collect", "collect.Memory(context.Background(), host.Live())", []string{gjson, match, pretty}, 3700},
	{"inventory", "inventory.Audit(context.Background(), host.Live(), inventory.Options{}), 0", []string{gjson, match, pretty}, 7400}, // all parsers but those that no audit asks for
}

const (
	program = `package main

import (
	"encoding/json"
	"io"
	"os"
%s)

func main() {
	data, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(len(data))
	}
	value, _ := %s
	_ = json.NewEncoder(os.Stdout).Encode(value)
}
`

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
		write(t, filepath.Join(dir, path.Base(p.name), "main.go"), fmt.Sprintf(program, importsOf(p.name, p.use), p.use))
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
		size := info.Size() >> 10
		t.Logf("%-17s %4d KB, modules %v", p.name, size, deps)
		if size > p.maxSize {
			t.Errorf("a program that uses %s is %d KB, want at most %d", p.name, size, p.maxSize)
		}
	}
}

// importsOf are the lines that import a package and what else its use needs.
func importsOf(name, use string) string {
	lines := fmt.Sprintf("\t%q\n", modulePath+"/"+name)
	for _, other := range []string{"bytes", "context", modulePath + "/inventory/host"} {
		if strings.Contains(use, path.Base(other)+".") {
			lines += fmt.Sprintf("\t%q\n", other)
		}
	}
	return lines
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
