// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/internal/corpus"
)

// An element is what both XML readers are compared by.
type element struct {
	Name     string
	Attrs    []Attr
	Text     string
	Line     int
	Children []*element
}

// oracle reads a document with encoding/xml. The error is that of a document
// which encoding/xml does not accept.
func oracle(data string) (*element, error) {
	check := xml.NewDecoder(strings.NewReader(data))
	for {
		if _, err := check.Token(); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
	}
	d := xml.NewDecoder(strings.NewReader(data))
	stack := []*element{{}}
	for {
		line, _ := d.InputPos()
		token, err := d.RawToken()
		if err == io.EOF {
			return stack[0], nil
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{Name: qualified(token.Name), Line: line}
			for _, a := range token.Attr {
				e.Attrs = append(e.Attrs, Attr{qualified(a.Name), a.Value})
			}
			top.Children = append(top.Children, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.Text += string(token)
		}
	}
}

func qualified(name xml.Name) string {
	if name.Space != "" {
		return name.Space + ":" + name.Local
	}
	return name.Local
}

// trimTexts cuts the white space that a Node leaves out.
func trimTexts(e *element) {
	e.Text = strings.Trim(e.Text, " \t\r\n")
	for _, c := range e.Children {
		trimTexts(c)
	}
}

func toElement(n *Node) *element {
	e := &element{Name: n.Name, Attrs: n.Attrs, Text: n.Text, Line: n.Line}
	for c := range n.Children() {
		e.Children = append(e.Children, toElement(c))
	}
	return e
}

// compareReaders fails the test if encoding/xml accepts a document and our
// reader gives another tree or an error. It says whether it was accepted.
func compareReaders(t *testing.T, data string) bool {
	t.Helper()
	want, err := oracle(data)
	if err != nil || strings.Contains(data, "<process_name") && !plainNames(data) {
		return false // nvidia-smi does not escape names, and we do not read them as XML
	}
	in := &input{src: data}
	got := toElement(readXML(in, 0))
	in.errs = withoutNotes(in.errs)
	if errors.Is(in.errs, ErrLimit) {
		return false
	}
	if len(in.errs) > 0 {
		t.Errorf("encoding/xml accepts what gives %v\n%q", in.errs, data)
	}
	trimTexts(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tree mismatch (-encoding/xml +ours):\n%s\n%q", diff, clip(data))
	}
	return true
}

// plainNames says that no name of a process has markup in it, or shares its line
// with another.
func plainNames(data string) bool {
	for line := range strings.Lines(data) {
		if _, name, ok := strings.Cut(line, "<process_name>"); ok {
			if name, ok = strings.CutSuffix(strings.TrimSpace(name), "</process_name>"); !ok || strings.Contains(name, "<") {
				return false
			}
		}
	}
	return true
}

// withoutNotes leaves out what is no defect of the XML.
func withoutNotes(list Errors) Errors {
	var rest Errors
	for _, e := range list {
		if !errors.Is(e, ErrTool) && !errors.Is(e, ErrFormat) {
			rest = append(rest, e)
		}
	}
	return rest
}

// xmlDocuments are corners of the grammar, for the table and as fuzz seeds. All
// are accepted by encoding/xml.
var xmlDocuments = []string{
	"",
	"text only",
	"<a/>",
	"<a></a >",
	"<a><b/>x<c></c>y</a>",
	"<a>\n\t1 < 2 is not XML</a>",
	"<a>&lt;&gt;&amp;&apos;&quot;</a>",
	"<a>&#65;&#x42;&#x1F600;&#0000000000000000000000000000000000067;</a>",
	"<a>&#xD800;</a>",
	"<a>&#32;x&#10;</a>",
	"<a>one\r\ntwo\rthree\r\r\nfour\r&#10;</a>",
	"<a b=\"1\"c='2' d = \"a\r\nb\"/>",
	"<a b='x > y' c=\"'\" d='\"'/>",
	"<a b='&lt;&#x41;'></a>",
	"<a x:y='1'><x:b/><:c/></a>",
	"<a>x<!-- a > b --><!----><!---->y</a>",
	"<a><![CDATA[ <b>&amp;]]]]><![CDATA[> ]]></a>",
	"<a>]] ></a>",
	"<?xml version=\"1.0\" ?><a/>",
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<a/>",
	"<a><?p <b> ?></a>",
	"<!DOCTYPE a SYSTEM \"nvsmi_device_v12.dtd\"><a/>",
	"<!DOCTYPE a [<!ELEMENT a (#PCDATA)> <!-- > ]] --> <!ENTITY b '>'> ]><a/>",
	"<!x<!-- -- > --><!y>><a/>",
	"<!><a/>><a/>",
	"<!\"><a/>\"",
	"<a>é\u00a0\ufeff</a>",
	"<é/><a.b-c_1:d/>",
	"<a/><b/>tail",
	"<a><a><a/></a></a>",
	"Failed to initialize NVML: x<a>\nNVIDIA-SMI has failed</a>",
}

func TestReaderAgainstEncodingXML(t *testing.T) {
	accepted := 0
	for _, doc := range xmlDocuments {
		if compareReaders(t, doc) {
			accepted++
		}
	}
	// "1 < 2" and the lone surrogate are not XML; they are here as seeds.
	if want := len(xmlDocuments) - 1; accepted != want {
		t.Errorf("encoding/xml accepts %d documents, want %d", accepted, want)
	}
	golden, err := filepath.Glob("testdata/*/input")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range golden {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		compareReaders(t, string(data))
	}
}

func TestCorpusAgainstEncodingXML(t *testing.T) {
	files, accepted := corpus.Files(t, "nvidia-smi-xml"), 0
	for _, f := range files {
		if compareReaders(t, string(f.Data)) {
			accepted++
		}
	}
	t.Logf("encoding/xml accepts %d of %d files and gives the same tree", accepted, len(files))
	if accepted == 0 {
		t.Error("encoding/xml accepts no file")
	}
}
