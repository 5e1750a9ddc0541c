// SPDX-License-Identifier: Apache-2.0

// Package report is the audit document: what an audit learned about one
// machine, as Go types and as JSON.
//
// [Read] reads a document, [Report.JSON] writes one, [Report.Components] goes
// through everything that has an id, and [JSONSchema] describes the document
// to others. The package holds no logic of collecting or judging and needs the
// standard library alone, so that a program that only reads documents links
// nothing else.
//
//	r, err := report.Read(file)
//	for c := range r.Components() {
//		fmt.Println(c.Kind, c.ID)
//	}
//
// Absent means unknown: no field holds a placeholder. Enumerated words are
// open; a program must accept one that it does not know.
package report
