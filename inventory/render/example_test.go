// SPDX-License-Identifier: Apache-2.0

package render_test

import (
	"fmt"
	"os"

	"github.com/mchus/bee/inventory/render"
	"github.com/mchus/bee/inventory/report"
)

// What does a person want to see of a report?
func ExampleText() {
	r := &report.Report{
		System:   &report.System{Manufacturer: "Lab Systems Inc", Product: "LX2 Server", Serial: "SRV-2023-0042"},
		Summary:  report.Summary{Health: report.Warning},
		Findings: []report.Finding{{Code: report.CodePSUInputLost, Severity: report.Warning, Component: "psu:1", Text: "PS1 has no input."}},
	}
	if err := render.Text(os.Stdout, r, render.TextOptions{Width: 80}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Verdict   WARNING: someone should look at this machine
	// Machine   Lab Systems Inc LX2 Server
	//           serial SRV-2023-0042
	// Findings  ! PS1 has no input.
}
