// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/doc"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// examplesOf returns the file of a package's Examples and what it holds.
func examplesOf(t *testing.T, dir string) (*token.FileSet, *ast.File, []*doc.Example) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, filepath.Join(root, dir, "example_test.go"), nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return fset, file, doc.Examples(file)
}

// published are the packages that others can import.
func published(t *testing.T) []string {
	t.Helper()
	var list []string
	for _, p := range listPackages(t, "./...") {
		dir := strings.TrimPrefix(p.ImportPath, "github.com/mchus/bee/")
		if first, _, _ := strings.Cut(dir, "/"); first != "internal" && first != "cmd" {
			list = append(list, dir)
		}
	}
	return list
}

// TestExamplesAreWhole: the Examples are the manual. Each package that others can
// import has some; each asks something, and is shown on pkg.go.dev as a program
// that a reader can run, with its input.
func TestExamplesAreWhole(t *testing.T) {
	track(t)
	for _, dir := range published(t) {
		fset, file, examples := examplesOf(t, dir)
		if len(examples) == 0 {
			t.Errorf("%s has no Example", dir)
		}
		for _, e := range examples {
			name := dir + ", Example" + e.Name
			if e.Doc == "" {
				t.Errorf("%s does not say what it answers", name)
			}
			if e.Play == nil {
				t.Errorf("%s is no whole program: it needs what is not in its file", name)
				continue
			}
			var text bytes.Buffer
			if err := format.Node(&text, fset, e.Play); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(text.String(), "testdata/") {
				t.Errorf("%s reads a file that its readers do not have", name)
			}
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && !strings.HasPrefix(f.Name.Name, "Example") {
				t.Errorf("%s: func %s in the file of the Examples: they are copied without it", dir, f.Name.Name)
			}
		}
	}
}

// TestExamplesSurviveAnEmptyMachine runs each Example with its inputs empty, as
// where a tool printed nothing: an Example is copied, and must not take for
// granted what may be nil.
func TestExamplesSurviveAnEmptyMachine(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a program")
	}
	track(t)
	temp := t.TempDir()
	replace := make(map[string]string) // the program's files by where the go command shall see them
	add := func(at string, text []byte) {
		name := filepath.Join(temp, strings.ReplaceAll(at, "/", "-"))
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
		path, err := filepath.Abs(filepath.Join(root, "internal/repo/empty", at))
		if err != nil {
			t.Fatal(err)
		}
		replace[path] = name
	}
	var imports, calls strings.Builder
	count := 0
	for _, dir := range published(t) {
		fset, file, examples := examplesOf(t, dir)
		name := strings.ReplaceAll(dir, "/", "")
		emptyInputs(file)
		file.Name.Name = name
		var text bytes.Buffer
		if err := format.Node(&text, fset, file); err != nil {
			t.Fatal(err)
		}
		add(name+"/examples.go", text.Bytes())
		fmt.Fprintf(&imports, "import %q\n", "github.com/mchus/bee/internal/repo/empty/"+name)
		for _, e := range examples {
			fmt.Fprintf(&calls, "\trun(%q, %s.Example%s)\n", name+".Example"+e.Name, name, e.Name)
			count++
		}
	}
	add("main.go", []byte("package main\n\nimport (\"fmt\"; \"os\")\n"+imports.String()+`
func run(name string, example func()) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", name, p)
		}
	}()
	example()
}

func main() {
`+calls.String()+"}\n"))
	overlay := filepath.Join(temp, "overlay.json")
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(overlay, data, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", "-overlay", overlay, "./internal/repo/empty")
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	for line := range strings.Lines(stderr.String()) {
		t.Errorf("with nothing to read: %s", line)
	}
	t.Logf("%d Examples", count)
}

// emptyInputs empties the texts of a file that are an input: those in back quotes,
// and those that are made bytes of.
func emptyInputs(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.Field: // tags
			return false
		case *ast.BasicLit:
			if strings.HasPrefix(n.Value, "`") {
				n.Value = "``"
			}
		case *ast.CallExpr:
			if _, bytes := n.Fun.(*ast.ArrayType); bytes {
				ast.Inspect(n, func(n ast.Node) bool {
					if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
						text.Value = "``"
					}
					return true
				})
			}
		}
		return true
	})
}
