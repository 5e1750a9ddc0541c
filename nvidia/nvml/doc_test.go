// SPDX-License-Identifier: Apache-2.0

package nvml_test

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// TestDocumentation: pkg.go.dev shows the package as it is without the tag. All that
// it has with the tag is told there too.
func TestDocumentation(t *testing.T) {
	fset := token.NewFileSet()
	functions := func(name string) map[string]*ast.FuncDecl {
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		list := make(map[string]*ast.FuncDecl)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.IsExported() {
				list[f.Name.Name] = f
			}
		}
		return list
	}
	file, err := parser.ParseFile(fset, "doc.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	without := functions("without.go")
	for name, with := range functions("nvml.go") {
		if shown := without[name]; shown != nil {
			if shown.Doc.Text() != with.Doc.Text() {
				t.Errorf("%s has another comment without the tag", name)
			}
			continue
		}
		var b strings.Builder
		if err := format.Node(&b, fset, &ast.FuncDecl{Name: with.Name, Type: with.Type}); err != nil {
			t.Fatal(err)
		}
		if signature := strings.ReplaceAll(b.String(), "gonvml.", "nvml."); !strings.Contains(file.Doc.Text(), signature) {
			t.Errorf("the package's comment does not have %s", signature)
		}
	}
}
