// SPDX-License-Identifier: Apache-2.0

package host

import "strings"

// question reduces a command line to what it asks for, so that a capture made
// by an older audit answers a newer one: the columns of lsblk, or how much of a
// drive's log smartctl shall print, change the answer's form and not its
// subject. "" is for tools whose every word asks for something else.
func question(argv []string) string {
	var kept []string
	switch words := argv[1:]; argv[0] {
	case "lsblk":
		kept = drop(words, []string{"-b", "--bytes", "-a", "--all"}, []string{"-o", "--output"})
	case "smartctl":
		kept = drop(words, []string{"-x", "--xall", "-a", "--all", "-i", "-H", "-A", "-c"}, []string{"-l", "-q", "-n"})
		for i, word := range kept {
			if word == "--scan" {
				kept[i] = "--scan-open"
			}
		}
	case "lspci":
		if len(words) == 0 || !strings.Contains(words[0], "mm") {
			return ""
		}
	case "dmsetup":
		kept = drop(words, []string{"--noflush"}, []string{"--manglename"})
	case "dmidecode":
		kept = drop(words, []string{"-q", "--quiet"}, nil)
	case "storcli64", "storcli", "storcli2", "perccli64", "perccli", "perccli2": // its text says what its JSON says
		kept = drop(lower(words), []string{"j", "nolog", "nologfile"}, nil)
	case "MegaCli64", "MegaCli", "megacli":
		kept = drop(lower(words), []string{"-nolog"}, nil)
	case "sas2ircu", "sas3ircu":
		kept = lower(words)
	case "arcconf":
		kept = drop(lower(words), []string{"nologs", "al"}, nil)
	case "ssacli", "hpssacli":
		kept = lower(words)
		if len(kept) > 0 && kept[0] == "controller" {
			kept[0] = "ctrl"
		}
	case "mdadm":
		kept = append(kept, words...)
		if len(kept) > 0 && kept[0] == "-D" {
			kept[0] = "--detail"
		}
		if len(kept) > 0 && kept[0] == "-E" {
			kept[0] = "--examine"
		}
	default:
		return ""
	}
	return argv[0] + "\x00" + strings.Join(kept, "\x00")
}

// lower writes a command line in lower case, for tools that do not care.
func lower(words []string) []string {
	kept := make([]string, len(words))
	for i, word := range words {
		kept[i] = strings.ToLower(word)
	}
	return kept
}

// drop removes flags from a command line, and others together with the word
// that follows them.
func drop(words, flags, pairs []string) []string {
	has := func(list []string, word string) bool {
		for _, w := range list {
			if w == word || strings.HasPrefix(word, w+"=") {
				return true
			}
		}
		return false
	}
	var kept []string
	for i := 0; i < len(words); i++ {
		switch {
		case has(flags, words[i]):
		case has(pairs, words[i]):
			if !strings.Contains(words[i], "=") {
				i++
			}
		default:
			kept = append(kept, words[i])
		}
	}
	return kept
}
