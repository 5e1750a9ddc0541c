// SPDX-License-Identifier: Apache-2.0

package sniff

import (
	"cmp"
	"slices"
	"strings"
)

// A Confidence says how sure a guess is.
type Confidence string

// The degrees of confidence.
const (
	Certain Confidence = "certain"
	Likely  Confidence = "likely"
	Unknown Confidence = "unknown"
)

// A Match is a guess at what a text is.
type Match struct {
	Tool       string     `json:"tool,omitzero"`     // "smartctl", "nvme", "mdstat"
	Document   string     `json:"document,omitzero"` // which of the tool's outputs: "id-ctrl", "fru"
	Format     string     `json:"format,omitzero"`   // "text", "json", "xml", "csv"
	Confidence Confidence `json:"confidence"`
}

// Points that a text needs to be a likely and a certain match.
const (
	likely  = 4
	certain = 10
)

// Guess returns what data may be, the best guess first. It returns nothing for
// a text without marks, and for the outputs of tools that no parser reads.
func Guess(data []byte) []Match {
	s := scanner{text: string(data)}
	s.scan()
	return s.matches()
}

// Best returns the best guess. Its Confidence is [Unknown] and all else "" if
// there is none.
func Best(data []byte) Match {
	if list := Guess(data); len(list) > 0 {
		return list[0]
	}
	return Match{Confidence: Unknown}
}

// Documents lists what Guess can name. Their Confidence is the best that
// there can be.
func Documents() []Match {
	list := make([]Match, 0, foreign)
	for d := range foreign {
		list = append(list, Match{documents[d].tool, documents[d].name, documents[d].format, Certain})
	}
	return list
}

// matches ranks the documents by their points.
func (s *scanner) matches() []Match {
	var order []document
	for d := range s.points {
		if s.points[d] >= likely {
			order = append(order, document(d))
		}
	}
	slices.SortStableFunc(order, func(a, b document) int { return cmp.Compare(s.points[b], s.points[a]) })
	if len(order) == 0 || order[0] >= foreign {
		return nil
	}
	var list []Match
	for i, d := range order {
		if d >= foreign {
			continue
		}
		info := documents[d]
		m := Match{Tool: info.tool, Document: info.name, Format: info.format, Confidence: Likely}
		if r := s.rival(d); i == 0 && s.points[d] >= certain && r < certain && 2*r <= s.points[d] {
			m.Confidence = Certain
		}
		list = append(list, m)
	}
	return list
}

// rival returns the points of the best document of another tool than d's.
func (s *scanner) rival(d document) int {
	best := 0
	for other := range s.points {
		if documents[other].tool != documents[d].tool {
			best = max(best, s.points[other])
		}
	}
	return best
}

// A scanner counts the marks in a text, each of them once.
type scanner struct {
	text   string
	points [len(documents)]int
	lines  [len(lineMarks)]bool
	keys   [len(keyMarks)]bool
	rows   [rowKinds]int
	inside bool // a key of JSON was read
}

func (s *scanner) scan() {
	for line := range strings.Lines(s.text) {
		line = strings.Trim(line, " \t\r\n*|\ufeff")
		if line == "" {
			continue
		}
		s.scanLine(line)
		s.scanKeys(line)
		s.scanRow(line)
	}
	s.countRows()
}

// scanLine looks for the marks that line begins with.
func (s *scanner) scanLine(line string) {
	i, _ := slices.BinarySearchFunc(lineMarks[:], line[0], func(m mark, b byte) int { return cmp.Compare(m.text[0], b) })
	for ; i < len(lineMarks) && lineMarks[i].text[0] == line[0]; i++ {
		if m := lineMarks[i]; !s.lines[i] && strings.HasPrefix(line, m.text) {
			s.lines[i] = true
			s.points[m.doc] += m.points
		}
	}
}

// scanKeys looks for keys of JSON: a text in quotes with a colon behind it.
func (s *scanner) scanKeys(line string) {
	for {
		_, rest, ok := strings.Cut(line, `"`)
		if !ok {
			return
		}
		key, rest, ok := strings.Cut(rest, `"`)
		if !ok {
			return
		}
		if after := strings.TrimLeft(rest, " \t"); strings.HasPrefix(after, ":") {
			s.scanKey(key)
			line = after
			continue
		}
		if strings.HasPrefix(key, "--scan") { // smartctl's argument, all that tells a scan that found nothing
			s.points[smartctlScan] += 3
		}
		line = rest
	}
}

func (s *scanner) scanKey(key string) {
	if !s.inside && key == "Devices" { // other programs have such a key, but not as the first
		s.points[nvmeListJSON] += 3
	}
	s.inside = true
	i, found := slices.BinarySearchFunc(keyMarks[:], key, func(m mark, key string) int { return cmp.Compare(m.text, key) })
	for ; found && i < len(keyMarks) && keyMarks[i].text == key; i++ {
		if !s.keys[i] {
			s.keys[i] = true
			s.points[keyMarks[i].doc] += keyMarks[i].points
		}
	}
	if strings.HasPrefix(key, "pci/0000:") {
		s.rows[rowDevlink]++
	}
}
