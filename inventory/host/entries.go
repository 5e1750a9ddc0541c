// SPDX-License-Identifier: Apache-2.0

package host

import (
	"encoding/json"
	"strconv"
	"strings"
)

// decodeCommand reads a line of commands.jsonl, decodeFile one of files.jsonl.
// A capture has hundreds of them, most just as [Capture.WriteDir] writes them,
// which a scanner takes apart. encoding/json reads the others, and says what is
// wrong.
func decodeCommand(line string, e *commandEntry) error {
	if e.read(line) {
		return nil
	}
	*e = commandEntry{}
	return json.Unmarshal([]byte(line), e)
}

func decodeFile(line string, e *fileEntry) error {
	if e.read(line) {
		return nil
	}
	*e = fileEntry{}
	return json.Unmarshal([]byte(line), e)
}

// read fills the entry; not ok if there is more to it than a scanner can read.
func (e *commandEntry) read(line string) (ok bool) {
	s := scanner{rest: line}
	for s.next() {
		switch s.key {
		case "argv":
			e.Argv = s.list()
		case "exit":
			e.Exit = s.number()
		case "signal":
			e.Signal = s.text()
		case "error":
			e.Error = s.text()
		case "duration":
			e.Duration = s.text()
		case "stdout":
			e.Stdout = s.text()
		case "stderr":
			e.Stderr = s.text()
		default:
			return false
		}
	}
	return s.ended()
}

// read is as that of a command.
func (e *fileEntry) read(line string) (ok bool) {
	s := scanner{rest: line}
	for s.next() {
		switch s.key {
		case "path":
			e.Path = s.text()
		case "text":
			text := s.text()
			e.Text = &text
		case "link":
			link := s.text()
			e.Link = &link
		case "dir":
			names := s.list()
			e.Dir = &names
		case "type":
			e.Type = s.text()
		case "error":
			e.Error = s.text()
		default:
			return false
		}
	}
	return s.ended()
}

// A scanner reads a JSON object without blanks whose values are text, lists of
// text and numbers. Where it meets something else it stops.
type scanner struct {
	key     string // of the member whose value is to be read
	rest    string
	begun   bool
	stopped bool
}

// next goes to the next member.
func (s *scanner) next() bool {
	switch {
	case !s.begun:
		s.begun, s.stopped = true, !s.skip("{")
	case s.stopped || !s.skip(","):
		return false
	}
	s.key = s.text()
	s.stopped = s.stopped || !s.skip(":")
	return !s.stopped
}

// ended tells whether the object was read to its end, and the line with it.
func (s *scanner) ended() bool { return !s.stopped && s.rest == "}" }

func (s *scanner) skip(prefix string) (found bool) {
	s.rest, found = strings.CutPrefix(s.rest, prefix)
	return found
}

func (s *scanner) number() int {
	end := 0
	for end < len(s.rest) && (s.rest[end] == '-' && end == 0 || '0' <= s.rest[end] && s.rest[end] <= '9') {
		end++
	}
	n, err := strconv.Atoi(s.rest[:end])
	s.stopped = s.stopped || err != nil || strconv.Itoa(n) != s.rest[:end]
	s.rest = s.rest[end:]
	return n
}

func (s *scanner) list() []string {
	list := []string{}
	s.stopped = s.stopped || !s.skip("[")
	for !s.stopped && !s.skip("]") {
		if len(list) > 0 && !s.skip(",") {
			s.stopped = true
		}
		list = append(list, s.text())
	}
	return list
}

// text reads ASCII without escapes by number.
func (s *scanner) text() string {
	if s.stopped || !strings.HasPrefix(s.rest, `"`) {
		s.stopped = true
		return ""
	}
	for i, escapes := 1, false; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case c == '"':
			quoted := s.rest[:i+1]
			s.rest = s.rest[i+1:]
			if !escapes {
				return quoted[1:i]
			}
			text, err := strconv.Unquote(quoted)
			s.stopped = err != nil
			return text
		case c == '\\':
			escapes = true
			if i++; i == len(s.rest) || strings.IndexByte(`"\bfnrt`, s.rest[i]) < 0 {
				s.stopped = true
				return ""
			}
		case c < ' ' || c > '~':
			s.stopped = true
			return ""
		}
	}
	s.stopped = true
	return ""
}
