// SPDX-License-Identifier: Apache-2.0

package smart

// A Verdict says how a drive is, from what smartctl printed.
type Verdict string

// The verdicts, best first but for the last.
const (
	OK       Verdict = "ok"       // the drive passed its own check and nothing else was found
	Warning  Verdict = "warning"  // there is a finding to look at
	Critical Verdict = "critical" // replace the drive
	Unknown  Verdict = "unknown"  // the drive was not asked, or did not answer
)

// A Health is a verdict with the evidence for it.
type Health struct {
	Verdict Verdict  `json:"verdict"`
	Reasons []Reason `json:"reasons,omitzero"` // worst first; none if the verdict is ok
}

// A Reason is a piece of evidence.
type Reason struct {
	Code     string  `json:"code"`     // "smart.failing", "ata.pending", "nvme.media_errors"; see FORMAT.md
	Severity Verdict `json:"severity"` // Warning, Critical or Unknown

	// Attribute is what was looked at: "attribute 5 Reallocated_Sector_Ct",
	// "nvme_smart_health_information_log.media_errors".
	Attribute string `json:"attribute,omitzero"`
	Value     int64  `json:"value"`              // of it
	Threshold *int64 `json:"threshold,omitzero"` // that Value is held against; nil where any value but 0 counts
	Text      string `json:"text"`               // a sentence
}
