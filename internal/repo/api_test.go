// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"encoding/json"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/golden"
)

// apiFile lists what the last release exports, a symbol a line, below the number of
// the release. -update makes it anew, which is part of a release.
const apiFile = "api.txt"

// TestAPI: what the last release exported is still there, and of the same type,
// unless the changelog names it.
func TestAPI(t *testing.T) {
	track(t)
	changelog := readText(t, filepath.Join(root, "CHANGELOG.md"))
	now := apiOf(t, root)
	if golden.Updating() {
		golden.Bytes(t, apiFile, []byte("# "+releaseOf(changelog)+"\n"+strings.Join(now, "\n")+"\n"))
	}
	release, list, _ := strings.Cut(readText(t, apiFile), "\n")
	release = strings.TrimPrefix(release, "# ")
	missing := lost(strings.Split(strings.TrimSpace(list), "\n"), now)
	for _, line := range undeclared(missing, changelog, release) {
		t.Errorf("bee %s has, and is no more: %s; name it under Changed or Removed in the CHANGELOG", release, line)
	}
	t.Logf("%d symbols beside those of %s, %d changed", len(now), release, len(missing))
}

// TestAPIDiff has apidiff compare with the last tag, which knows more of what breaks
// a program than a list does.
func TestAPIDiff(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds apidiff")
	}
	track(t)
	out, err := exec.Command("git", "-C", root, "describe", "--tags", "--match", "v*", "--abbrev=0").Output()
	if err != nil {
		t.Skip("no tag to compare with; TestAPI compares with ", apiFile)
	}
	tag := strings.TrimSpace(string(out))
	changes := apidiff(t, root, tag)
	for _, line := range undeclared(changes, readText(t, filepath.Join(root, "CHANGELOG.md")), strings.TrimPrefix(tag, "v")) {
		t.Errorf("not compatible with %s: %s; name it under Changed or Removed in the CHANGELOG", tag, line)
	}
	t.Logf("apidiff: %d changes since %s that are not compatible", len(changes), tag)
}

// TestAPIDiffTells: apidiff and the list notice what was taken away, and a
// changelog that names it is enough.
func TestAPIDiffTells(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds apidiff")
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	put := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git := func(args ...string) {
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main", "-C", dir}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	put("go.mod", "module github.com/mchus/bee\n\ngo 1.26\n")
	put("dmi/dmi.go", "package dmi\n\ntype BIOS struct { Vendor, Version string }\n\nfunc (*BIOS) Date() string { return \"\" }\n\nfunc Parse() {}\n\nfunc Format() {}\n")
	git("init", "-q")
	git("add", ".")
	git("commit", "-q", "-m", "first")
	git("tag", "v0.1.0")
	before := apiOf(t, dir)
	put("dmi/dmi.go", "package dmi\n\ntype BIOS struct { Vendor string; Version int }\n\nfunc Format() {}\n\nfunc New() {}\n")

	const first = "# Changelog\n\n## Unreleased\n\n### Changed\n\n%s\n\n## 0.1.0\n\n### Removed\n\n- `dmi.Parse`\n"
	for kind, changes := range map[string][]string{"list": lost(before, apiOf(t, dir)), "apidiff": apidiff(t, dir, "v0.1.0")} {
		silent := undeclared(changes, fmt.Sprintf(first, "- nothing"), "0.1.0")
		told := undeclared(changes, fmt.Sprintf(first, "- `dmi.Parse` and `dmi.BIOS.Date` are gone"), "0.1.0")
		if len(silent) != 3 || len(told) != 1 || !strings.Contains(told[0], "Version") {
			t.Errorf("%s: with an empty changelog %q, with two named %q", kind, silent, told)
		}
	}
}

// apidiff returns what apidiff calls incompatible between a tag and the tree.
func apidiff(t *testing.T, dir, tag string) []string {
	t.Helper()
	tools, err := filepath.Abs(filepath.Join(root, "internal/tools/go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	run := func(dir, name string, args ...string) string {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false")
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, &stderr)
		}
		return string(out)
	}
	temp := t.TempDir()
	tool := strings.TrimSpace(run(root, "go", "tool", "-n", "-modfile="+tools, "apidiff"))
	run(dir, "sh", "-c", "git archive "+tag+" | tar -x -C "+temp)
	export := filepath.Join(t.TempDir(), "old.export")
	run(temp, tool, "-m", "-w", export, modulePath)
	var list []string
	for line := range strings.Lines(run(dir, tool, "-m", "-incompatible", export, modulePath)) {
		if change, ok := strings.CutPrefix(strings.TrimSpace(line), "- "); ok && !strings.Contains(change, "/internal/") {
			list = append(list, change)
		}
	}
	return list
}

const modulePath = "github.com/mchus/bee"

// lost returns the lines of the old list that the new one lacks. Of a type that is
// gone the first line stands for all.
func lost(old, now []string) []string {
	have := make(map[string]bool)
	for _, line := range now {
		have[line] = true
	}
	var list []string
	gone := make(map[string]bool)
	for _, line := range old {
		name, rest, _ := strings.Cut(line, ": ")
		typ, _, _ := strings.Cut(rest, " ")
		parent := name[:strings.LastIndexByte(name, '.')]
		if have[line] || gone[parent] {
			continue
		}
		gone[name] = typ == "type"
		list = append(list, line)
	}
	return list
}

// undeclared returns the changes that the changelog does not name where it tells
// of what came after a release. A change begins with the symbol's name: that of
// the list, or of apidiff ("./dmi.(*BIOS).Date: removed").
func undeclared(changes []string, changelog, release string) []string {
	newer, _, _ := strings.Cut(changelog, "\n## "+release)
	told := ""
	for _, section := range strings.Split(newer, "\n### ")[1:] {
		switch title, text, _ := strings.Cut(section, "\n"); title {
		case "Changed", "Removed", "Moved":
			told += text
		}
	}
	return slices.DeleteFunc(slices.Clone(changes), func(change string) bool {
		name, _, _ := strings.Cut(strings.TrimPrefix(change, "./"), ": ")
		name = strings.NewReplacer("(*", "", ")", "").Replace(name)
		return strings.Contains(told, "`"+path.Base(name)+"`")
	})
}

// releaseOf is the number of the newest release in the changelog.
func releaseOf(changelog string) string {
	return regexp.MustCompile(`(?m)^## (\d\S*)`).FindStringSubmatch(changelog)[1]
}

// apiOf lists what the packages of a module export to others.
func apiOf(t *testing.T, dir string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export", "./...")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	exports := make(map[string]string)
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p struct{ ImportPath, Export string }
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
	}
	imp := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	var list []string
	for _, importPath := range slices.Sorted(maps.Keys(exports)) {
		name, ours := strings.CutPrefix(importPath, modulePath+"/")
		if first, _, _ := strings.Cut(name, "/"); !ours || first == "internal" || first == "cmd" {
			continue
		}
		pkg, err := imp.Import(importPath)
		if err != nil {
			t.Fatal(err)
		}
		for _, symbol := range pkg.Scope().Names() {
			if token.IsExported(symbol) {
				list = append(list, describe(name, pkg.Scope().Lookup(symbol))...)
			}
		}
	}
	return list
}

// describe words an exported object, a type with what is in it.
func describe(dir string, object types.Object) []string {
	word := func(t types.Type) string {
		return types.TypeString(t, func(p *types.Package) string {
			if p == object.Pkg() {
				return ""
			}
			return p.Name()
		})
	}
	name := dir + "." + object.Name()
	typ, isType := object.(*types.TypeName)
	if !isType {
		kind, _, _ := strings.Cut(object.String(), " ") // func, const, var
		return []string{name + ": " + kind + " " + word(object.Type())}
	}
	if typ.IsAlias() {
		return []string{name + ": type = " + word(types.Unalias(typ.Type()))}
	}
	named := typ.Type().(*types.Named)
	var list []string
	switch under := named.Underlying().(type) {
	case *types.Struct:
		list = append(list, name+": type struct")
		for i := range under.NumFields() {
			if f := under.Field(i); f.Exported() {
				key, _, _ := strings.Cut(reflect.StructTag(under.Tag(i)).Get("json"), ",")
				list = append(list, strings.TrimSpace(name+"."+f.Name()+": "+word(f.Type())+" "+key))
			}
		}
	default:
		list = append(list, name+": type "+word(under))
	}
	for i := range named.NumMethods() {
		if m := named.Method(i); m.Exported() {
			list = append(list, name+"."+m.Name()+": func "+word(m.Signature().Recv().Type())+" "+word(m.Type()))
		}
	}
	return list
}

func readText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
