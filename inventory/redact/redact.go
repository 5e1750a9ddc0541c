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
func Capture(c host.Capture, key []byte) host.Capture { return New(c, key).Capture(c) }

// A Redactor knows the identifiers of a capture, and a pseudonym for each.
type Redactor struct {
	key   []byte
	seen  map[string]bool   // the identifiers as they stand
	words map[string]string // the pseudonym of each identifier, in lower case
	loose map[string]bool   // those that may be written with marks between their digits
	first map[string][]string
}

// New returns a redactor that knows the identifiers of a capture. The key is as
// for [Capture].
func New(c host.Capture, key []byte) *Redactor {
	if len(key) == 0 {
		key = make([]byte, 32)
		_, _ = rand.Read(key) // never fails
	}
	r := &Redactor{key: key, seen: make(map[string]bool), words: make(map[string]string)}
	for name, data := range c {
		if name != "host.json" {
			r.collect(name, string(data))
		}
	}
	r.index()
	return r
}

// Capture replaces the identifiers in a capture.
func (r *Redactor) Capture(c host.Capture) host.Capture {
	out := make(host.Capture, len(c))
	for name, data := range c {
		if name == "host.json" {
			out[name] = data
			continue
		}
		text := string(data)
		if name == "files.jsonl" {
			text = r.replaceFiles(text)
		}
		text = mapDumps(r.Text(text), r.replaceRaw)
		if name == "files.jsonl" {
			text = mapBytes(text, r.replaceRaw)
		}
		out[r.replace(name)] = []byte(text)
	}
	return out
}

// Text replaces the identifiers in any other text, such as a log or a report of
// the same machine.
func (r *Redactor) Text(text string) string { return r.replaceDecimals(r.replace(text)) }

// least is the length from which identifiers are replaced wherever they stand;
// shorter ones only under their key.
const least = 6

// add notes an identifier, and the forms in which it may appear elsewhere.
func (r *Redactor) add(text string) {
	if r.seen[text] {
		return
	}
	r.seen[text] = true
	word := lowerASCII(text)
	if digits, ok := hexDigits(word); ok {
		pseudonym := r.pseudonym(digits, vendorPart(digits))
		r.words[digits] = pseudonym
		if len(digits) == 32 { // a UUID, as SMBIOS holds it
			r.words[mixedEndian(digits)] = mixedEndian(pseudonym)
		}
		if strings.Trim(word, "0123456789abcdef") == "" { // a serial number of such digits
			r.addASCII(text, digits, pseudonym)
		}
		return
	}
	if _, err := netip.ParseAddr(word); err == nil && strings.Count(word, ".") == 3 {
		r.words[word] = r.address(word)
		return
	}
	pseudonym := r.pseudonym(word, 0)
	r.words[word] = pseudonym
	r.addASCII(text, word, pseudonym)
}

// addASCII notes a serial number as ATA's identify data has it, with the bytes
// of each pair swapped, and as a dump in hexadecimal has it either way.
func (r *Redactor) addASCII(text, word, pseudonym string) {
	even := len(word) &^ 1
	if even < least {
		return
	}
	r.words[swapPairs(word[:even])] = swapPairs(pseudonym[:even])
	for _, spelled := range []string{text, upperASCII(text)} {
		other := []byte(pseudonym)
		for i := range other {
			other[i] = likeCase(other[i], spelled[i])
		}
		r.words[hex.EncodeToString([]byte(spelled))] = hex.EncodeToString(other)
		r.words[hex.EncodeToString([]byte(swapPairs(spelled[:even])))] = hex.EncodeToString([]byte(swapPairs(string(other[:even]))))
	}
}

// mixedEndian reverses the bytes of a UUID's first three fields (SMBIOS 7.2.1).
func mixedEndian(digits string) string {
	out := ""
	for _, field := range []string{digits[:8], digits[8:12], digits[12:16]} {
		for i := len(field); i > 0; i -= 2 {
			out += field[i-2 : i]
		}
	}
	return out + digits[16:]
}

// addIPv6 notes an IPv6 address as it was written and in full. Its first group,
// which names its kind, and its zeros stay.
func (r *Redactor) addIPv6(text string, addr netip.Addr) {
	full := addr.StringExpanded()
	out := []byte(r.pseudonym(full, 5))
	for i := 5; i < len(full); i += 5 {
		for j := i; j < i+4 && full[j] == '0'; j++ {
			out[j] = '0'
		}
	}
	r.words[full] = string(out)
	short, group, groups := []byte(strings.ToLower(text)), 7, strings.Split(string(out), ":")
	for end := len(short); end > 0; group-- { // from the end, to the gap if there is one
		start := strings.LastIndexByte(string(short[:end]), ':') + 1
		if start == end {
			break
		}
		copy(short[start:end], groups[group][4-(end-start):])
		end = start - 1
	}
	group = 0
	for start := 0; start < len(short) && short[start] != ':'; group++ {
		end := start + strings.IndexByte(string(short[start:])+":", ':')
		copy(short[start:end], groups[group][4-(end-start):])
		start = end + 1
	}
	r.words[strings.ToLower(text)] = string(short)
}

// pseudonym replaces the digits and letters of a word from the kept ones on.
func (r *Redactor) pseudonym(word string, kept int) string {
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
func (r *Redactor) address(word string) string {
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
func (r *Redactor) shift(before string, c, base byte, size int) byte {
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
func (r *Redactor) index() {
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
func (r *Redactor) replace(text string) string {
	text = r.replaceShort(text)
	out := []byte(text)
	lower := lowerASCII(text)
	for i := 0; i < len(lower); {
		i += max(1, r.replaceAt(out, lower, i))
	}
	return string(out)
}

// replaceAt replaces the identifier that begins at i, and returns its length.
func (r *Redactor) replaceAt(out []byte, lower string, i int) int {
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
func (r *Redactor) matchAt(lower string, i int, word string) []int {
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
		case len(places) == 0 || !isMark(lower[j]) || j-places[len(places)-1] > 1 && !isBlank(lower[j]) || j-places[len(places)-1] > maxGap:
			return nil
		}
	}
	return places
}

func isMark(c byte) bool { return c == ':' || c == '-' || c == '.' || isBlank(c) }

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// maxGap is how many blanks may stand between two bytes of a dump: the end of a
// line, and the margin of the next.
const maxGap = 40

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

func upperASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		b[i] = likeCase(c, 'A')
	}
	return string(b)
}

// replaceShort replaces short identifiers where they stand under their key.
func (r *Redactor) replaceShort(text string) string {
	out := []byte(text)
	at := 0
	for line := range strings.Lines(text) {
		eachValue(line, func(start, end int) { r.replaceWhole(out[at+start : at+end]) })
		at += len(line)
	}
	return string(out)
}

// replaceWhole replaces a text that is a short identifier.
func (r *Redactor) replaceWhole(text []byte) {
	p, ok := r.words[lowerASCII(string(text))]
	if !ok || len(text) >= least {
		return
	}
	for i := range text {
		text[i] = likeCase(p[i], text[i])
	}
}

// replaceRaw replaces identifiers in bytes: as text, and as the bytes that
// hexadecimal digits stand for.
func (r *Redactor) replaceRaw(data []byte) []byte {
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

// replaceFiles replaces short identifiers that are all of a file's text.
func (r *Redactor) replaceFiles(text string) string {
	out := []byte(text)
	at := 0
	for line := range strings.Lines(text) {
		const mark = `"text":"`
		if start := strings.Index(line, mark) + len(mark); start >= len(mark) {
			if end := start + strings.IndexAny(line[start:], `"\`); end > start {
				r.replaceWhole(out[at+start : at+end])
			}
		}
		at += len(line)
	}
	return string(out)
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
