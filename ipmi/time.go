// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"strings"
	"time"
)

// civil parses a date as ipmitool prints it in the C locale, without a zone
// (asctime, 1.8.18) or with one ("%c %Z", 1.8.19): "Wed May 17 08:30:00 2023
// UTC". It returns the time as the clock on the wall showed it.
func civil(value string) (t time.Time, zone string, ok bool) {
	value = strings.TrimSpace(value)
	// The last two are those of English locales, where "%c" has the zone too.
	for _, layout := range [...]string{"Mon Jan _2 15:04:05 2006", "Mon 02 Jan 2006 03:04:05 PM", "Mon 02 Jan 2006 15:04:05"} {
		if len(value) < len(layout) {
			continue
		}
		t, err := time.Parse(layout, value[:len(layout)])
		zone, other, _ := strings.Cut(strings.TrimSpace(value[len(layout):]), " ")
		if err == nil && (len(value) == len(layout) || value[len(layout)] == ' ') && !isHalfDay(zone) && (other == "" || other == zone) {
			return t, zone, true
		}
	}
	return t, "", false
}

// isHalfDay reports whether a word is AM or PM.
func isHalfDay(word string) bool { return word == "AM" || word == "PM" }

// halfDay moves AM or PM from the front of a zone to the end of a time of day.
func halfDay(clock, zone string) (string, string) {
	if word, rest, _ := strings.Cut(zone, " "); isHalfDay(word) {
		return clock + " " + word, rest
	}
	return clock, zone
}

// iso8601 writes a civil time. Only a zone that is UTC or a number gives an
// offset: other abbreviations stand for several zones each ("IST").
func iso8601(t time.Time, zone string) string {
	return t.Format(time.RFC3339)[:len("2006-01-02T15:04:05")] + offset(zone)
}

// offset returns the offset that a zone's name says by itself: "Z" for UTC,
// "+03:00" for "+03", "" for "CET".
func offset(zone string) string {
	switch {
	case zone == "UTC" || zone == "GMT" || zone == "Z":
		return "Z"
	case len(zone) != 3 && len(zone) != 5 || zone[0] != '+' && zone[0] != '-' || strings.Trim(zone[1:], "0123456789") != "":
		return ""
	case len(zone) == 3:
		return zone + ":00"
	}
	return zone[:3] + ":" + zone[3:]
}

// unsetDate reports whether a manufacturing date is one end of what its 24
// bits can hold: all zeros, which means unspecified (FRU definition, section
// 11), or all ones, which is erased memory. Local time moves both by at most 14
// hours.
func unsetDate(t time.Time) bool {
	first := time.Date(1996, 1, 1, 0, 0, 0, 0, time.UTC)
	last := first.Add((1<<24 - 1) * time.Minute)
	const shift = 14 * time.Hour
	return t.Sub(first).Abs() <= shift || t.Sub(last).Abs() <= shift
}
