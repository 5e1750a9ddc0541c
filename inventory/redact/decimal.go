// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Smartctl's JSON has world-wide names in pieces, as decimal numbers, in any
// order: "wwn": {"naa": 5, "oui": 3152, "id": 2864434397}.
var (
	pieces = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`"(?:wwn|eui64)":\s*\{[^{}]{20,200}\}`)
	})
	piece = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"(naa|oui|id|ext_id)":\s*([0-9]+)`) })
)

// digitsOf is how many hexadecimal digits a piece has, and where they stand.
var digitsOf = map[bool]map[string][2]int{
	true:  {"oui": {0, 6}, "ext_id": {6, 16}},            // an EUI-64
	false: {"naa": {0, 1}, "oui": {1, 7}, "id": {7, 16}}, // NAA 5
}

// collectDecimals notes the names that stand in pieces.
func (r *Redactor) collectDecimals(text string) {
	for _, object := range pieces().FindAllString(text, -1) {
		if word := joinPieces(object); word != "" {
			r.consider(word)
		}
	}
}

// replaceDecimals replaces the names that stand in pieces.
func (r *Redactor) replaceDecimals(text string) string {
	return pieces().ReplaceAllStringFunc(text, func(object string) string {
		pseudonym := r.words[joinPieces(object)]
		if pseudonym == "" {
			return object
		}
		places := digitsOf[strings.Contains(object, `"ext_id"`)]
		return piece().ReplaceAllStringFunc(object, func(found string) string {
			m := piece().FindStringSubmatch(found)
			place := places[m[1]]
			n, _ := strconv.ParseUint(pseudonym[place[0]:place[1]], 16, 64)
			return strings.TrimSuffix(found, m[2]) + strconv.FormatUint(n, 10)
		})
	})
}

// joinPieces returns a name's 16 digits, "" if it is none.
func joinPieces(object string) string {
	places := digitsOf[strings.Contains(object, `"ext_id"`)]
	word := []byte("                ")
	for _, m := range piece().FindAllStringSubmatch(object, -1) {
		place, ok := places[m[1]]
		n, err := strconv.ParseUint(m[2], 10, 64)
		digits := fmt.Sprintf("%0*x", place[1]-place[0], n)
		if !ok || err != nil || len(digits) != place[1]-place[0] {
			return ""
		}
		copy(word[place[0]:], digits)
	}
	if bytes.Contains(word, []byte(" ")) {
		return ""
	}
	return string(word)
}
