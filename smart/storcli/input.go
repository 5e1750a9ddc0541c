// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"math"
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
	"github.com/mchus/bee/internal/lines"
)

// An input is the value about to be read: the cursor's in a JSON document, or a
// cell or property of a text. Its methods read it once. A value that is not
// read is unknown.
type input struct {
	isJSON bool
	doc    jsondoc.Doc // if it is

	cell string // the value in a text, and where it starts
	line int
	col  int

	sizes capacity // of the drive that it is about

	errs     Errors
	decimal  bool // GB and TB are decimal, for the tool knows GiB
	settings int  // how many values were read into lists of settings

	chunk   int     // for how many numbers to make room at a time
	ints    []int64 // values that are pointed at
	flags   []bool
	lowered strings.Builder // the texts of lower, one behind the other
}

// raw returns the value as text, "" for null.
func (in *input) raw() string {
	if !in.isJSON {
		return in.cell
	}
	text, _ := in.doc.Scalar()
	return text
}

// reject reports that the value read last makes no sense.
func (in *input) reject(err error) {
	if in.isJSON {
		in.doc.Reject(err)
		return
	}
	in.errs.add(&ParseError{Line: in.line, Column: in.col, Text: in.cell, Err: err})
}

// skip reads a value that says the same as another one.
func (in *input) skip() {
	if in.isJSON {
		in.doc.Skip()
	}
}

// str reads a text, "" for a placeholder.
func (in *input) str() string {
	if in.isJSON {
		if text, ok := in.doc.Plain(); ok {
			return clean(text)
		}
	}
	return clean(in.raw())
}

// clean takes the padding off a text, and drops what stands for no value.
func clean(text string) string {
	if isPadded(text) {
		text = strings.TrimSpace(text)
	}
	if len(text) > len("N/A") { // most
		return text
	}
	switch text {
	case "-", "N/A", "NA", "n/a":
		return ""
	}
	return text
}

// trim is strings.TrimSpace: most texts have none.
func trim(text string) string {
	if isPadded(text) {
		return strings.TrimSpace(text)
	}
	return text
}

// isPadded reports whether a text may begin or end with white space.
func isPadded(text string) bool {
	return text == "" || !isVisible(text[0]) || !isVisible(text[len(text)-1])
}

// isVisible reports whether c is a character of ASCII that is no white space.
func isVisible(c byte) bool { return c-'!' <= '~'-'!' }

// address reads a WWN or SAS address, in lower case and without "0x".
func (in *input) address() string { return strings.TrimPrefix(in.lower(in.str()), "0x") }

// lower is strings.ToLower without an allocation for each text.
func (in *input) lower(text string) string {
	first := 0
	for first < len(text) && !isUpper(text[first]) && text[first] < 0x80 {
		first++
	}
	if first == len(text) {
		return text
	}
	if in.lowered.Cap() == 0 {
		in.lowered.Grow(128)
	}
	start := in.lowered.Len()
	in.lowered.WriteString(text[:first])
	for _, c := range []byte(text[first:]) {
		if c >= 0x80 {
			return strings.ToLower(text)
		}
		if isUpper(c) {
			c += 'a' - 'A'
		}
		in.lowered.WriteByte(c)
	}
	return in.lowered.String()[start:]
}

func isUpper(c byte) bool { return c-'A' <= 'Z'-'A' }

// num reads an integer, nil for a placeholder.
func (in *input) num() *int64 {
	if in.isJSON {
		if n, ok := in.doc.Whole(); ok {
			return in.keep(int64(n))
		}
	}
	return in.parseNum(in.str())
}

func (in *input) parseNum(text string) *int64 {
	if text == "" {
		return nil
	}
	v, err := intOf(text)
	if err != nil {
		in.reject(causeOf(err, ErrType))
		return nil
	}
	return in.keep(v)
}

// intOf reads an integer as strconv.ParseInt does: most have a few digits.
func intOf(text string) (int64, error) {
	if n, end := lines.Digits(text); 0 < end && end <= 18 && end == len(text) {
		return int64(n), nil
	}
	return strconv.ParseInt(text, 10, 64)
}

// keep returns a pointer to v, and keepFlag one to a yes or no, without an
// allocation for each.
func (in *input) keep(v int64) *int64 { return keep(&in.ints, v, in.chunk) }

// known returns a pointer to a number that is one.
func (in *input) known(n int64) *int64 {
	if n < 0 {
		return nil
	}
	return in.keep(n)
}

func (in *input) keepFlag(v bool) *bool { return keep(&in.flags, v, 32) }

func keep[T any](list *[]T, v T, room int) *T {
	if len(*list) == cap(*list) {
		*list = make([]T, 0, room)
	}
	*list = append(*list, v)
	return &(*list)[len(*list)-1]
}

// chunkOf is the room for the numbers of an output, of which a hundred bytes bring
// one.
func chunkOf(data []byte) int { return min(max(len(data)/128, 32), 512) }

// causeOf tells a number out of range from what is not a number.
func causeOf(err, other error) error {
	if e, ok := err.(*strconv.NumError); ok && e.Err == strconv.ErrRange {
		return ErrRange
	}
	return other
}

// uint reads an integer that is not negative, 0 for a placeholder.
func (in *input) uint() uint64 {
	text := in.str()
	if text == "" {
		return 0
	}
	v, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		in.reject(causeOf(err, ErrType))
	}
	return v
}

// id reads a PCI ID: decimal in the JSON of 007 and before, else hexadecimal.
func (in *input) id() uint16 {
	text := in.str()
	if text == "" {
		return 0
	}
	base := 10
	if digits, ok := strings.CutPrefix(strings.ToLower(text), "0x"); ok {
		text, base = digits, 16
	}
	v, err := strconv.ParseUint(text, base, 16)
	if err != nil {
		in.reject(causeOf(err, ErrType))
		return 0
	}
	return uint16(v)
}

// flag reads a yes or no, nil for a placeholder. storcli2 adds a remark:
// "Yes, Supports only Spin-Up".
func (in *input) flag() *bool {
	text := in.str()
	v, ok := in.flagOf(text)
	if !ok {
		word, _, _ := strings.Cut(text, ",")
		v, ok = in.flagOf(word)
	}
	if !ok {
		in.reject(ErrType)
	}
	return v
}

// flagOf returns what a word says, nil for none.
func (in *input) flagOf(word string) (v *bool, ok bool) {
	switch word {
	case "":
		return nil, true
	case "Yes", "Y", "On", "Present", "true", "Enabled":
		return in.keepFlag(true), true
	case "No", "N", "Off", "Absent", "false", "Disabled":
		return in.keepFlag(false), true
	}
	return nil, false
}

// pair reads two numbers, "252:1" or "0/239", -1 for none. Where there is none a
// placeholder stands: "-", " :0", "-/5".
func (in *input) pair(sep byte) (first, second int64) {
	text := in.raw()
	i := strings.IndexByte(text, sep)
	if i < 0 {
		if clean(text) != "" {
			in.reject(ErrSyntax)
		}
		return -1, -1
	}
	first, ok := part(text[:i])
	if ok {
		second, ok = part(text[i+1:])
	}
	if !ok {
		in.reject(ErrSyntax)
		return -1, -1
	}
	return first, second
}

// part reads a number of a pair.
func part(text string) (n int64, ok bool) {
	if text = clean(text); text == "" {
		return -1, true
	}
	n, err := intOf(text)
	return n, err == nil && n >= 0
}

// celsius reads "32C", " 32C (89.60 F)", "27 C" and 32.
func (in *input) celsius() *int64 {
	text := in.str()
	if text == "" {
		return nil
	}
	digits, rest, _ := cutWord(text)
	if d, ok := strings.CutSuffix(digits, "C"); ok {
		digits, rest = d, "C"
	}
	v, err := intOf(digits)
	switch {
	case err != nil:
		in.reject(causeOf(err, ErrType))
		return nil
	case rest != "" && rest[0] != 'C' && !strings.HasPrefix(rest, "Deg"):
		in.reject(ErrUnit)
		return nil
	}
	return in.keep(v)
}

// milli reads "9184", "4036 mV" and "12 mA".
func (in *input) milli() *int64 {
	text := in.str()
	if text == "" {
		return nil
	}
	digits, unit, _ := cutWord(text)
	if unit != "" && unit != "mV" && unit != "mA" {
		in.reject(ErrUnit)
		return nil
	}
	return in.parseNum(digits)
}

// percent reads "33 %", "33%" and 33.
func (in *input) percent() *int64 {
	text := in.str()
	if text == "" {
		return nil
	}
	p := percentOf(text)
	if p == nil {
		in.reject(ErrType)
	}
	return p
}

func percentOf(text string) *int64 {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	text, _, _ = strings.Cut(text, ".")
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil || v < 0 || v > 100 {
		return nil
	}
	return new(v)
}

// cutWord cuts text at its first blank.
func cutWord(text string) (word, rest string, found bool) {
	word, rest, found = strings.Cut(text, " ")
	return word, strings.TrimSpace(rest), found
}

// bytes reads a size that is exact: "512B", "4 KB", "256 KiB", 4096.
func (in *input) bytes() uint64 {
	text := in.str()
	if text == "" {
		return 0
	}
	size, err := sizeOf(text, false)
	if err != nil {
		in.reject(err)
	}
	return size
}

// approx reads a size that is rounded, as text and in bytes.
func (in *input) approx() (text string, bytes uint64) {
	text = in.str()
	if text == "" {
		return "", 0
	}
	bytes, err := sizeOf(text, in.decimal)
	if err != nil {
		in.reject(err)
	}
	return text, bytes
}

// sizeOf reads "9.094 TiB". GB and TB are binary all the same, unless the tool
// knows GiB: then decimal says so.
func sizeOf(text string, decimal bool) (uint64, error) {
	v, unit, err := cutFloat(text)
	if err != nil {
		return 0, causeOf(err, ErrType)
	}
	if unit = trim(strings.TrimPrefix(unit, " ")); unit != "" {
		power := strings.IndexByte("BKMGTPE", unit[0])
		switch rest := unit[1:]; {
		case power < 0, power == 0 && rest != "", power > 0 && rest != "B" && rest != "iB":
			return 0, ErrUnit
		case decimal && rest == "B":
			for range power {
				v *= 1000
			}
		default:
			v *= float64(uint64(1) << (10 * power))
		}
	}
	if v >= 1<<63 {
		return 0, ErrRange
	}
	return uint64(v), nil
}

// cutFloat reads the digits and points that a text starts with.
func cutFloat(text string) (v float64, rest string, err error) {
	v, end := lines.Decimal(text)
	if end == 0 || end < len(text) && text[end] == '.' {
		for end < len(text) && (text[end] == '.' || '0' <= text[end] && text[end] <= '9') {
			end++
		}
		v, err = strconv.ParseFloat(text[:end], 64)
	}
	return v, text[end:], err
}

// sectors reads "9.095 TiB [0x48c400000 Sectors]".
func (in *input) sectors() (size sectors) {
	text := in.str()
	rounded, rest, found := strings.Cut(text, "[0x")
	if !found {
		if text != "" && text != "0 KB" {
			in.reject(ErrSyntax)
		}
		return sectors{}
	}
	n, err := hexOf(rest)
	if err != nil {
		in.reject(causeOf(err, ErrSyntax))
		return sectors{}
	}
	approx, err := sizeOf(trim(rounded), in.decimal)
	if err != nil {
		in.reject(err)
	}
	return sectors{n, approx}
}

// hexOf reads the hexadecimal number that stands before a blank, as
// strconv.ParseUint does.
func hexOf(text string) (uint64, error) {
	v, end := uint64(0), 0
	for end < len(text) {
		c := text[end]
		if '0' <= c && c <= '9' {
			c -= '0'
		} else if 'a' <= c && c <= 'f' {
			c -= 'a' - 10
		} else {
			break
		}
		v = v<<4 | uint64(c)
		end++
	}
	if 0 < end && end <= 16 && end < len(text) && text[end] == ' ' {
		return v, nil
	}
	word, _, _ := strings.Cut(text, " ")
	return strconv.ParseUint(word, 16, 64)
}

// speed reads "12.0Gb/s", "8.0GT/s" and "Unknown": mega-transfers a second,
// which are megabits on each lane of SAS and SATA.
func (in *input) speed() int64 {
	text := in.str()
	if text == "" || text == "Unknown" {
		return 0
	}
	digits, ok := strings.CutSuffix(text, "Gb/s")
	if !ok {
		digits, ok = strings.CutSuffix(text, "GT/s")
	}
	v, isNumber := lines.Float(strings.TrimSpace(digits))
	switch {
	case !ok:
		in.reject(ErrUnit)
	case !isNumber || v < 0 || v > 1e6:
		in.reject(ErrType)
	default:
		return int64(math.Round(v * 1000))
	}
	return 0
}

// pci reads "00:3c:00:00", domain, bus, device and function in hexadecimal, and
// writes it as Linux does.
func (in *input) pci() string {
	text := in.str()
	if text == "" {
		return ""
	}
	var part [4]uint64
	rest, found := text, true
	for i, bits := range [4]int{16, 8, 5, 3} {
		var digits string
		if !found {
			in.reject(ErrSyntax)
			return ""
		}
		digits, rest, found = strings.Cut(rest, ":")
		v, err := strconv.ParseUint(digits, 16, bits)
		if err != nil {
			in.reject(causeOf(err, ErrSyntax))
			return ""
		}
		part[i] = v
	}
	if found {
		in.reject(ErrSyntax)
		return ""
	}
	return hex(part[0], 4) + ":" + hex(part[1], 2) + ":" + hex(part[2], 2) + "." + hex(part[3], 1)
}

// hex writes v with at least so many hexadecimal digits.
func hex(v uint64, digits int) string {
	s := strconv.FormatUint(v, 16)
	return "0000"[:max(digits-len(s), 0)] + s
}

// maxSettings caps each list of settings.
const maxSettings = 1 << 12

// setting reads a value into a list of settings.
func (in *input) setting(list []Setting, group, name string) []Setting {
	value := strings.TrimSpace(in.raw())
	in.settings++
	if len(list) >= maxSettings {
		in.reject(ErrLimit)
		return list
	}
	return append(list, Setting{Group: group, Name: strings.TrimSpace(name), Value: value})
}
