// SPDX-License-Identifier: Apache-2.0

// Package schema makes the JSON Schema of the audit document out of the Go
// types that it is marshalled from, and their comments.
package schema

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/mchus/bee/inventory/report"
)

// A node is a part of a JSON Schema (2020-12).
type node struct {
	Schema      string           `json:"$schema,omitempty"`
	ID          string           `json:"$id,omitempty"`
	Title       string           `json:"title,omitempty"`
	Ref         string           `json:"$ref,omitempty"`
	Description string           `json:"description,omitempty"`
	Type        string           `json:"type,omitempty"`
	Format      string           `json:"format,omitempty"`
	Const       string           `json:"const,omitempty"`
	Items       *node            `json:"items,omitempty"`
	Properties  map[string]*node `json:"properties,omitempty"`
	Required    []string         `json:"required,omitempty"`
	Defs        map[string]*node `json:"$defs,omitempty"`
}

// Generate returns the schema. Comments are read from the folder src.
func Generate(src string) ([]byte, error) {
	comments, err := readComments(src)
	if err != nil {
		return nil, err
	}
	g := &generator{defs: make(map[string]*node), comments: comments}
	root := g.object(reflect.TypeFor[report.Report]())
	root.Schema = "https://json-schema.org/draft/2020-12/schema"
	root.ID = "urn:" + strings.ReplaceAll(report.Schema, "/", ":")
	root.Title = "The audit document of bee, " + report.Schema
	root.Properties["schema"].Const = report.Schema
	root.Defs = g.defs
	out, err := json.MarshalIndent(root, "", "  ")
	return append(out, '\n'), err
}

type generator struct {
	defs     map[string]*node
	comments map[string]string // of "Type" and "Type.Field"
}

// of returns the schema of a type; structs become definitions.
func (g *generator) of(t reflect.Type) *node {
	switch t.Kind() {
	case reflect.Pointer:
		return g.of(t.Elem())
	case reflect.Bool:
		return &node{Type: "boolean"}
	case reflect.String:
		return &node{Type: "string"}
	case reflect.Float32, reflect.Float64:
		return &node{Type: "number"}
	case reflect.Slice, reflect.Array:
		return &node{Type: "array", Items: g.of(t.Elem())}
	case reflect.Map:
		return &node{Type: "object"}
	case reflect.Struct:
		if t == reflect.TypeFor[time.Time]() {
			return &node{Type: "string", Format: "date-time"}
		}
		name := t.Name()
		if pkg := t.PkgPath(); !strings.HasSuffix(pkg, "/inventory/report") {
			name = pkg[strings.LastIndexByte(pkg, '/')+1:] + "." + name
		}
		if g.defs[name] == nil {
			g.defs[name] = new(node) // before its fields: a type may hold itself
			*g.defs[name] = *g.object(t)
		}
		return &node{Ref: "#/$defs/" + name}
	case reflect.Interface:
		return new(node)
	}
	return &node{Type: "integer"}
}

func (g *generator) object(t reflect.Type) *node {
	n := &node{Type: "object", Description: g.comments[t.Name()], Properties: make(map[string]*node)}
	for field := range t.Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "-" || name == "" {
			continue
		}
		property := g.of(field.Type)
		property.Description = g.comments[t.Name()+"."+field.Name]
		n.Properties[name] = property
		if options == "" {
			n.Required = append(n.Required, name)
		}
	}
	return n
}

// readComments reads what the package's source says of its types and fields.
func readComments(src string) (map[string]string, error) {
	comments := make(map[string]string)
	files, err := filepath.Glob(filepath.Join(src, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, d := range file.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE {
				continue
			}
			for _, spec := range decl.Specs {
				addComments(comments, decl, spec.(*ast.TypeSpec))
			}
		}
	}
	return comments, nil
}

func addComments(comments map[string]string, decl *ast.GenDecl, spec *ast.TypeSpec) {
	comments[spec.Name.Name] = oneLine(decl.Doc.Text())
	fields, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, field := range fields.Fields.List {
		for _, name := range field.Names {
			comments[spec.Name.Name+"."+name.Name] = oneLine(field.Doc.Text() + field.Comment.Text())
		}
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
