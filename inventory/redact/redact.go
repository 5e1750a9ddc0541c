// SPDX-License-Identifier: Apache-2.0

// Package redact takes a machine's identity out of a capture: serial numbers,
// UUIDs, MAC and IP addresses, WWNs, asset tags and host names become
// pseudonyms of the same length and alphabet.
//
// A pseudonym depends on a key, and each of its characters on those before it.
// So what was equal stays equal, what was the beginning of something stays its
// beginning, and what differed in the last digit still does. The vendor's part
// of MAC addresses and WWNs stays, as do placeholders.
//
// Identifiers are recognised by the key that they stand under in the tools' own
// outputs, and by their form. One that a tool prints under no such key is not
// seen: look at the result before you give it away.
package redact

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/netip"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/host"
)

// Capture returns a capture without identity. The same key gives the same
// pseudonyms; an empty one stands for a new one.
func Capture(c host.Capture, key []byte) host.Capture {
	if len(key) == 0 {
		key = make([]byte, 32)
		_, _ = rand.Read(key) // never fails
	}
	r := &redactor{key: key, words: make(map[string]string)}
	for name, data := range c {
		if name != "host.json" {
			r.collect(name, string(data))
		}
	}
	r.index()
	out := make(host.Capture, len(c))
	for name, data := range c {
		if name == "host.json" {
			out[name] = data
			continue
		}
		text := mapDumps(r.replace(string(data)), r.replaceRaw)
		if name == "files.jsonl" {
			text = mapBytes(text, r.replaceRaw)
		}
		out[r.replace(name)] = []byte(text)
	}
	return out
}

// A redactor knows the identifiers of a capture.
type redactor struct {
	key   []byte
	words map[string]string // the pseudonym of each identifier, in lower case
	loose map[string]bool   // those that may be written with marks between their digits
	first map[string][]string
}

// least is the length from which identifiers are replaced wherever they stand;
// shorter ones only under their key.
const least = 6

// add notes an identifier, and the forms in which it may appear elsewhere.
func (r *redactor) add(text string) {
	word := strings.ToLower(text)
	if strings.Contains(word, "::") && isIPv6(word) {
		r.words[word] = r.pseudonym(word, len("fe80")) // what kind of address it is stays
		return
	}
	if digits, ok := hexDigits(word); ok {
		r.words[digits] = r.pseudonym(digits, vendorPart(digits))
		return
	}
	if _, err := netip.ParseAddr(word); err == nil && strings.Count(word, ".") == 3 {
		r.words[word] = r.address(word)
		return
	}
	pseudonym := r.pseudonym(word, 0)
	r.words[word] = pseudonym
	if even := len(word) &^ 1; even >= least { // as ATA's identify data has it
		r.words[swapPairs(word[:even])] = swapPairs(pseudonym[:even])
	}
}

// isIPv6 tells an address with a part that is a machine's own.
func isIPv6(word string) bool {
	addr, err := netip.ParseAddr(word)
	groups := strings.FieldsFunc(word, func(c rune) bool { return c == ':' })
	return err == nil && addr.Is6() && len(groups) > 2
}

// pseudonym replaces the digits and letters of a word from the kept ones on.
func (r *redactor) pseudonym(word string, kept int) string {
	out := []byte(word)
	for i := kept; i < len(word); i++ {
		switch c := word[i]; {
		case '0' <= c && c <= '9':
			out[i] = r.shift(word[:i], c, '0', 10)
		case 'a' <= c && c <= 'f': // a hexadecimal digit stays one
			out[i] = r.shift(word[:i], c, 'a', 6)
		case 'g' <= c && c <= 'z':
			out[i] = r.shift(word[:i], c, 'g', 20)
		}
	}
	return string(out)
}

// address replaces an IPv4 address by another: each number keeps its length,
// and those of three digits become 100 to 199.
func (r *redactor) address(word string) string {
	out := []byte(r.pseudonym(word, 0))
	length := 0
	for i := len(out); i >= 0; i-- {
		if i > 0 && out[i-1] != '.' {
			length++
			continue
		}
		if length == 3 || length == 2 && out[i] == '0' {
			out[i] = '1'
		}
		length = 0
	}
	return string(out)
}

// shift moves a character around in its alphabet, by a step that what stands
// before it and the key make. The step is never zero.
func (r *redactor) shift(before string, c, base byte, size int) byte {
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(before))
	step := 1 + int(mac.Sum(nil)[int(base)%sha256.Size])%(size-1)
	return base + byte((int(c-base)+step)%size)
}

// hexDigits returns the digits of a MAC address, a WWN, a UUID or the like.
func hexDigits(word string) (digits string, ok bool) {
	for _, prefix := range []string{"0x", "naa.", "eui.", "uuid.", "gpu-", "mig-"} {
		word = strings.TrimPrefix(word, prefix)
	}
	digits = strings.NewReplacer(":", "", "-", "", " ", "", ".", "").Replace(word)
	return digits, len(digits) >= 12 && len(digits)%2 == 0 && strings.Trim(digits, "0123456789abcdef") == ""
}

// vendorPart is how many digits of an address name its maker.
func vendorPart(digits string) int {
	switch {
	case len(digits) == 12: // a MAC address: the OUI
		return 6
	case len(digits) == 16 && digits[0] == '5', len(digits) == 32 && digits[0] == '6': // NAA and OUI
		return 7
	}
	return 0
}

func swapPairs(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

// index sorts the identifiers by how they begin, the longest first.
func (r *redactor) index() {
	r.first = make(map[string][]string)
	r.loose = make(map[string]bool)
	for word := range r.words {
		if len(word) >= least {
			r.first[word[:3]] = append(r.first[word[:3]], word)
		}
		_, r.loose[word] = hexDigits(word)
	}
	for _, list := range r.first {
		slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) })
	}
}

// replace puts pseudonyms where identifiers stand, in any case.
func (r *redactor) replace(text string) string {
	text = r.replaceShort(text)
	out := []byte(text)
	lower := lowerASCII(text)
	for i := 0; i < len(lower); {
		i += max(1, r.replaceAt(out, lower, i))
	}
	return string(out)
}

// replaceAt replaces the identifier that begins at i, and returns its length.
func (r *redactor) replaceAt(out []byte, lower string, i int) int {
	var head [3]byte
	for n, j := 0, i; n < len(head); j++ {
		if j >= len(lower) || j-i > 5 {
			return 0
		}
		if n == 0 || !isMark(lower[j]) {
			head[n] = lower[j]
			n++
		}
	}
	near := r.first[string(head[:])]
	if i+3 <= len(lower) && lower[i:i+3] != string(head[:]) {
		near = append(slices.Clone(r.first[lower[i:i+3]]), near...)
	}
	for _, word := range near {
		if places := r.matchAt(lower, i, word); places != nil {
			for n, at := range places {
				out[at] = likeCase(r.words[word][n], out[at])
			}
			return places[len(places)-1] + 1 - i
		}
	}
	return 0
}

// matchAt returns the places of a word's characters in a text at i, nil if it
// does not stand there.
func (r *redactor) matchAt(lower string, i int, word string) []int {
	if !r.loose[word] {
		if !strings.HasPrefix(lower[i:], word) {
			return nil
		}
		places := make([]int, len(word))
		for n := range places {
			places[n] = i + n
		}
		return places
	}
	places := make([]int, 0, len(word))
	for j := i; len(places) < len(word); j++ {
		switch {
		case j >= len(lower):
			return nil
		case lower[j] == word[len(places)]:
			places = append(places, j)
		case len(places) == 0 || !isMark(lower[j]) || isMark(lower[j-1]):
			return nil
		}
	}
	return places
}

func isMark(c byte) bool { return c == ':' || c == '-' || c == ' ' || c == '.' }

// likeCase gives a letter the case of the one that it stands for.
func likeCase(c, original byte) byte {
	if 'A' <= original && original <= 'Z' && 'a' <= c && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

// lowerASCII keeps every byte in its place.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// replaceShort replaces short identifiers where they stand under their key.
func (r *redactor) replaceShort(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if start, end := identifierIn(line); end > start && end-start < least {
			if p, ok := r.words[lowerASCII(line[start:end])]; ok {
				fixed := []byte(p)
				for i := range fixed {
					fixed[i] = likeCase(fixed[i], line[start+i])
				}
				line = line[:start] + string(fixed) + line[end:]
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// replaceRaw replaces identifiers in bytes: as text, and as the bytes that
// hexadecimal digits stand for.
func (r *redactor) replaceRaw(data []byte) []byte {
	text := r.replace(string(data))
	for word, pseudonym := range r.words {
		if r.loose[word] {
			from, _ := hex.DecodeString(word)
			to, _ := hex.DecodeString(pseudonym)
			text = strings.ReplaceAll(text, string(from), string(to))
		}
	}
	return []byte(text)
}

// mapBytes passes the files that are kept in base64 through f.
func mapBytes(text string, f func([]byte) []byte) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		before, rest, ok := strings.Cut(line, `"bytes":"`)
		coded, after, closed := strings.Cut(rest, `"`)
		data, err := base64.StdEncoding.DecodeString(coded)
		if ok && closed && err == nil {
			line = before + `"bytes":"` + base64.StdEncoding.EncodeToString(f(data)) + `"` + after
		}
		b.WriteString(line)
	}
	return b.String()
}

// dumpKey is the key of storcli's under which the bytes stand that a drive
// answered with: its serial number is among them.
const dumpKey = "Inquiry Data"

// mapDumps passes the bytes that are written as pairs of digits through f, which
// keeps their number.
func mapDumps(text string, f func([]byte) []byte) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, dumpKey)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		b.WriteString(dumpKey)
		start := len(rest) - len(strings.TrimLeft(rest, "\" :=\t"))
		end := start + len(rest[start:]) - len(strings.TrimLeft(rest[start:], "0123456789abcdefABCDEF \t\r\n"))
		b.WriteString(rest[:start])
		b.WriteString(mapPairs(rest[start:end], f))
		text = rest[end:]
	}
}

// mapPairs is mapDumps for one dump: "00 00 07 12". Anything else stays.
func mapPairs(dump string, f func([]byte) []byte) string {
	pairs := strings.Fields(dump)
	data, err := hex.DecodeString(strings.Join(pairs, ""))
	if err != nil || slices.ContainsFunc(pairs, func(pair string) bool { return len(pair) != 2 }) {
		return dump
	}
	out, done := []byte(dump), f(data)
	if len(done) != len(data) || bytes.Equal(done, data) {
		return dump
	}
	at := 0
	for i := range done {
		for out[at] == ' ' || out[at] == '\t' || out[at] == '\r' || out[at] == '\n' {
			at++
		}
		hex.Encode(out[at:at+2], done[i:i+1])
		at += 2
	}
	return string(out)
}
