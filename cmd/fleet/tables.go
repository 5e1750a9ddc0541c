// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// A table is one of the outputs. Its columns are the fields of row, in order:
// the tag json names one, the tag doc describes it. Pointers are nil, and texts
// empty, where nothing is known; a cell is empty then.
type table struct {
	name string
	doc  string
	row  any
}

// tables are all outputs.
var tables = []table{
	{"machines", "The newest audit of each machine.", machine{}},
	{"components", "What can be pulled out of the machines, with or without a serial number.", component{}},
	{"firmware", "Which versions of firmware run, by model.", firmwareRow{}},
	{"findings", "What is wrong, by code and model.", findingRow{}},
	{"wear", "How far drives are used, by model. A drive has a row for its rated endurance and one for its hours, if it tells them.", wearRow{}},
	{"duplicates", "Serial numbers that several machines have.", duplicate{}},
	{"changes", "What happened since the previous run. Empty without -previous.", change{}},
	{"unjudged", "What could not be judged in which machine, and why.", unjudged{}},
	{"files", "The files that were read.", file{}},
	{"dead_letters", "The files that could not be read.", deadLetter{}},
	{"counts", "Where the files went: found = used + older + outputs + dead_letters.", countRow{}},
}

type machine struct {
	Machine      string  `json:"machine" doc:"its name in all tables: the serial number, else the next best name; the file if it has none"`
	NameSource   string  `json:"name_source" doc:"where that name stands, as host.machine_id.source of the document"`
	Confidence   string  `json:"confidence" doc:"high, or low if machines may share such a name"`
	Manufacturer string  `json:"manufacturer" doc:""`
	Product      string  `json:"product" doc:""`
	Serial       string  `json:"serial" doc:""`
	UUID         string  `json:"uuid" doc:""`
	Hostname     string  `json:"hostname" doc:""`
	CollectedAt  string  `json:"collected_at" doc:"when the audit began (RFC 3339, UTC)"`
	Health       string  `json:"health" doc:"the verdict: ok, warning, critical, unknown"`
	Complete     *bool   `json:"complete" doc:"false if the audit was stopped or its time ran out"`
	Critical     int     `json:"critical" doc:"findings that are critical"`
	Warnings     int     `json:"warnings" doc:"findings that are warnings"`
	Unjudged     *int    `json:"unjudged" doc:"components and parts that could not be judged, which are in the table unjudged; empty if an old document does not say"`
	Unread       string  `json:"unread" doc:"parts of which nothing could be read: storage, memory, …; ? if an old document does not say"`
	CPUs         *int    `json:"cpus" doc:""`
	DIMMs        *int    `json:"dimms" doc:""`
	Drives       *int    `json:"drives" doc:""`
	GPUs         *int    `json:"gpus" doc:""`
	NICs         *int    `json:"nics" doc:""`
	PSUs         *int    `json:"psus" doc:""`
	MemoryBytes  *uint64 `json:"memory_bytes" doc:""`
	BIOS         string  `json:"bios" doc:"version"`
	BMC          string  `json:"bmc" doc:"version of its firmware"`
	Documents    int     `json:"documents" doc:"audits of this machine that were found"`
	AuditID      string  `json:"audit_id" doc:"of the newest"`
	File         string  `json:"file" doc:"of the newest"`
}

type component struct {
	Machine      string  `json:"machine" doc:"empty if a tool's output stands alone and names none"`
	Kind         string  `json:"kind" doc:"system, chassis, board, cpu, dimm, controller, battery, drive, nic, transceiver, gpu, psu"`
	Serial       string  `json:"serial" doc:""`
	Manufacturer string  `json:"manufacturer" doc:""`
	Model        string  `json:"model" doc:"of a memory module its part number"`
	PartNumber   string  `json:"part_number" doc:""`
	Firmware     string  `json:"firmware" doc:"version; of a processor its microcode"`
	Place        string  `json:"place" doc:"slot, socket, or PCI address"`
	SizeBytes    *uint64 `json:"size_bytes" doc:""`
	Health       string  `json:"health" doc:""`
	ID           string  `json:"id" doc:"in the document"`
	File         string  `json:"file" doc:""`
}

// counts is the end of each table that counts components of a kind.
type counts struct {
	Parts    int    `json:"parts" doc:"how many"`
	Machines int    `json:"machines" doc:"in how many machines"`
	Example  string `json:"example" doc:"the first of these machines, or of the files with outputs that name none"`
}

type firmwareRow struct {
	Kind    string `json:"kind" doc:"bios, bmc, nic, drive, gpu, …"`
	Model   string `json:"model" doc:"of what runs it; of bios and bmc the machine's product"`
	Version string `json:"version" doc:""`
	counts
}

type findingRow struct {
	Code     string `json:"code" doc:"FINDINGS.md explains it"`
	Severity string `json:"severity" doc:"info, warning, critical"`
	Kind     string `json:"kind" doc:"of the component, or the part of the machine"`
	Model    string `json:"model" doc:"of the component; of a part the machine's product"`
	counts
}

type wearRow struct {
	Model    string `json:"model" doc:""`
	Media    string `json:"media" doc:"hdd, ssd"`
	Protocol string `json:"protocol" doc:"sata, sas, nvme, …"`
	Measure  string `json:"measure" doc:"used_pct (of the rated endurance), power_on_years, or unknown"`
	From     *int   `json:"from" doc:"the least value in this step: 0, 10, … 100 and above; 0, 1, … years"`
	counts
}

type duplicate struct {
	Kind     string `json:"kind" doc:"as in components"`
	Serial   string `json:"serial" doc:""`
	Model    string `json:"model" doc:""`
	Machines int    `json:"machines" doc:"how many have it"`
	Names    string `json:"names" doc:"the first hundred of them"`
}

type change struct {
	Change     string `json:"change" doc:"moved: the same serial number in another place or machine; replaced: another serial number in a place, neither known elsewhere; added, removed; unread: its part could not be read in one of the runs; seen, unseen: a machine of this run alone, of the previous one alone"`
	Machine    string `json:"machine" doc:"where it is, or was if it is gone"`
	Kind       string `json:"kind" doc:"as in components; machine"`
	Place      string `json:"place" doc:""`
	Serial     string `json:"serial" doc:"empty if it is gone"`
	Model      string `json:"model" doc:""`
	OldMachine string `json:"old_machine" doc:"where it was"`
	OldPlace   string `json:"old_place" doc:""`
	OldSerial  string `json:"old_serial" doc:"of what was there"`
	OldModel   string `json:"old_model" doc:""`
}

type unjudged struct {
	Machine   string `json:"machine" doc:""`
	Component string `json:"component" doc:"its id in the document, or a part: storage, memory, …"`
	Kind      string `json:"kind" doc:"of the component"`
	Model     string `json:"model" doc:""`
	Why       string `json:"why" doc:""`
}

type file struct {
	File        string `json:"file" doc:""`
	Kind        string `json:"kind" doc:"document, capture, or output"`
	Tool        string `json:"tool" doc:"of an output the tool, and which of its outputs"`
	Machine     string `json:"machine" doc:""`
	AuditID     string `json:"audit_id" doc:""`
	CollectedAt string `json:"collected_at" doc:""`
	Use         string `json:"use" doc:"used; older, if another file has a newer audit of that machine; outputs, if it is a tool's and names no machine"`
	Errors      int    `json:"errors" doc:"what could not be read of it: diagnostics of a capture, errors of an output, keys of a newer version"`
	Error       string `json:"error" doc:"the first of them"`
}

type deadLetter struct {
	File  string `json:"file" doc:""`
	Place string `json:"place" doc:"in the file, if that is known"`
	Error string `json:"error" doc:""`
}

type countRow struct {
	Name  string `json:"name" doc:""`
	Files int    `json:"files" doc:""`
}

// A column is a field of a table's row.
type column struct {
	name string
	kind string // "text", "number" or "bool"
	doc  string
}

// columns lists the fields of a row, those of an embedded struct in its place.
func (t table) columns() []column { return columnsOf(reflect.TypeOf(t.row)) }

func columnsOf(row reflect.Type) []column {
	var list []column
	for f := range row.Fields() {
		if f.Anonymous {
			list = append(list, columnsOf(f.Type)...)
			continue
		}
		list = append(list, column{f.Tag.Get("json"), kindOf(f.Type), f.Tag.Get("doc")})
	}
	return list
}

func kindOf(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Bool:
		return "bool"
	case reflect.String:
		return "text"
	}
	return "number"
}

// cells writes a row's fields as text, "" for what is unknown.
func cells(row any) []string { return appendCells(nil, reflect.ValueOf(row)) }

func appendCells(list []string, row reflect.Value) []string {
	for i := range row.NumField() {
		v := row.Field(i)
		if row.Type().Field(i).Anonymous {
			list = appendCells(list, v)
			continue
		}
		list = append(list, cell(v))
	}
	return list
}

func cell(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10)
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	}
	panic("no cell can hold a " + v.Kind().String())
}

// describe writes the tables as Markdown, as README.md has them.
func describe() string {
	var b strings.Builder
	for _, t := range tables {
		fmt.Fprintf(&b, "\n**%s.** %s\n\n| column | | |\n|---|---|---|\n", t.name, t.doc)
		for _, c := range t.columns() {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", c.name, c.kind, c.doc)
		}
	}
	return b.String()
}
