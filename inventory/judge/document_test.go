// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mchus/bee/internal/golden"
)

// FINDINGS.md is made of the registry; -update writes it anew.
func TestFindingsDocument(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(`# Findings

Every finding that an audit can give, made of the registry in registry.go by
"go test ./inventory/judge -update". The severity is the usual one: what a drive
says of itself may weigh more. Evidence are the keys of the finding's evidence.

| code | severity | means | evidence | from |
|---|---|---|---|---|
`)
	list := slices.Clone(Rules())
	slices.SortFunc(list, func(a, b Rule) int { return cmp.Compare(a.Code, b.Code) })
	for i, r := range list {
		if i > 0 && list[i-1].Code == r.Code {
			t.Errorf("%s stands twice in the registry", r.Code)
		}
		if r.Sentence == "" || r.Source == "" || r.Severity == "" || !strings.Contains(r.Code, ".") {
			t.Errorf("%+v is not whole", r)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.Code, r.Severity, r.Sentence, strings.Join(r.Evidence, ", "), r.Source)
	}
	b.WriteString(corpusTable(t))
	b.WriteString(platformNotes)
	golden.Bytes(t, "FINDINGS.md", b.Bytes())
}

// Every code that smart's rules can give has its row.
func TestSmartCodesAreInTheRegistry(t *testing.T) {
	files, err := filepath.Glob("../../smart/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	code := regexp.MustCompile(`"((?:ata|nvme|scsi|smart)\.[a-z_]+)"`)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllSubmatch(text, -1) {
			if !slices.ContainsFunc(Rules(), func(r Rule) bool { return r.Code == string(m[1]) }) {
				t.Errorf("%s: %s is not in the registry", filepath.Base(name), m[1])
			}
		}
	}
}

// Every code of package report has its row, and every row its code, so that
// find knows whatever a rule asks it for.
func TestEveryCodeHasARow(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../report/codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := make(map[string]bool)
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			code, _ := strconv.Unquote(lit.Value)
			codes[code] = true
		}
		return true
	})
	for _, r := range Rules() {
		if !codes[r.Code] {
			t.Errorf("%s is in the registry and not in report/codes.go", r.Code)
		}
		delete(codes, r.Code)
	}
	for code := range codes {
		t.Errorf("%s is in report/codes.go and not in the registry", code)
	}
}
