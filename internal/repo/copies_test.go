// SPDX-License-Identifier: Apache-2.0

package repo

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path"
	"strings"
	"testing"
)

// copied is what packages copy from each other, since parsers import no sister:
// a declaration of a file, and the packages in which it is the same.
var copied = []struct {
	file     string
	names    []string // nil is the whole file
	packages []string
}{
	{"line.go", nil, []string{"smart/sasircu", "smart/ssacli", "smart/arcconf", "smart/mdadm", "smart/megacli", "smart/dmsetup"}},
	{"rule.go", nil, []string{"smart/sasircu", "smart/arcconf", "smart/megacli"}},
	{"fuzz_test.go", []string{"addFixtures", "checkErrors", "squeeze", "checkLines", "withoutLines", "dropLines"}, []string{"smart/sasircu", "smart/ssacli", "smart/arcconf", "smart/megacli", "smart/dmsetup"}},
	{"state.go", []string{"State", "VolumeState", "Online", "VolumeOptimal"}, []string{"smart/sasircu", "smart/ssacli", "smart/arcconf", "smart/mdadm", "smart/megacli", "smart/storcli", "smart/dmsetup"}},
	{"battery.go", nil, []string{"smart/ssacli", "smart/arcconf", "smart/storcli", "smart/megacli"}},
	{"errors.go", []string{"ParseError.Error", "ParseError.Place", "Errors.add"}, []string{"smart/sasircu", "smart/ssacli", "smart/arcconf", "smart/mdadm", "smart/megacli", "smart/dmsetup", "pci/ethtool", "pci/mstflint"}},
	{"errors.go", []string{"ParseError.Error", "ParseError.Place", "Errors.add"}, []string{"smart/storcli", "pci/devlink"}},
}

// TestRAIDCopiesAreEqual keeps copies from drifting apart. The name of a package
// stands for that of each.
func TestRAIDCopiesAreEqual(t *testing.T) {
	track(t)
	for _, c := range copied {
		first := declarations(t, c.packages[0], c.file)
		names := c.names
		if names == nil {
			names = []string{""}
		}
		for _, name := range names {
			if first[name] == "" {
				t.Errorf("%s/%s has no %s", c.packages[0], c.file, name)
			}
			for _, p := range c.packages[1:] {
				if got := declarations(t, p, c.file)[name]; got != first[name] {
					t.Errorf("%s/%s: %s is not that of %s:\n%s\nand\n%s", p, c.file, name, c.packages[0], got, first[name])
				}
			}
		}
	}
}

// declarations returns the declarations of a file as they are printed, by name:
// a method by its type and name, a group by its first name, the whole file by "".
func declarations(t *testing.T, pkg, file string) map[string]string {
	t.Helper()
	src, err := os.ReadFile(path.Join(root, pkg, file))
	if err != nil {
		t.Fatal(err)
	}
	src = bytes.ReplaceAll(src, []byte(path.Base(pkg)), []byte("thispackage"))
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{"": string(src)}
	for _, d := range f.Decls {
		var b strings.Builder
		if err := printer.Fprint(&b, fset, &printer.CommentedNode{Node: d, Comments: f.Comments}); err != nil {
			t.Fatal(err)
		}
		out[declName(d)] = b.String()
	}
	return out
}

func declName(d ast.Decl) string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return d.Name.Name
		}
		receiver := d.Recv.List[0].Type
		if star, ok := receiver.(*ast.StarExpr); ok {
			receiver = star.X
		}
		return receiver.(*ast.Ident).Name + "." + d.Name.Name
	case *ast.GenDecl:
		if len(d.Specs) == 0 {
			return ""
		}
		switch s := d.Specs[0].(type) {
		case *ast.TypeSpec:
			return s.Name.Name
		case *ast.ValueSpec:
			return s.Names[0].Name
		}
	}
	return ""
}
