// SPDX-License-Identifier: Apache-2.0

// Package storcli parses what storcli, perccli, storcli2 and perccli2 say about
// MegaRAID, PERC and IT-mode controllers, as JSON (J) or as text.
//
//	storcli64 show J                        Overview
//	storcli64 /cALL show all J              Controllers, Topology, Enclosures, Batteries
//	storcli64 /cALL/eALL/sALL show all J    Drives
//	storcli64 /cALL/sALL show all J         Drives without an enclosure
//	storcli64 /cALL/vALL show all J         Volumes and their members
//	storcli64 /cALL/cv show all J           Batteries (bbu for a battery)
//
// One function reads them all: [Parse]. [Report.Add] joins the answers to
// several questions.
//
// # Absent values
//
// A nil pointer or an empty text means that the tool printed no value, or a
// placeholder such as "-" or "N/A". Sizes in bytes are exact, from sectors or
// blocks; the tool's "TB" is rounded and binary, and kept apart.
//
// # States
//
// Each state is there twice: the tool's own word, and the one of nine that the
// RAID packages share, "" for a word that is not known.
//
// # Errors
//
// Parse returns what it could read together with an [Errors], which says for
// each error its line, column and path. That the tool failed is an [ErrTool].
// What no field takes lands in [Report.Extra]; the lines of a text are all in
// [Report.Lines].
//
// # Versions
//
// storcli and perccli 1.x and 007, storcli2 and perccli2 008. FORMAT.md has
// what differs between them.
package storcli
