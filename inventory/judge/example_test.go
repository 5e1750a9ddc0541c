// SPDX-License-Identifier: Apache-2.0

package judge_test

import (
	"fmt"

	"github.com/mchus/bee/inventory/judge"
	"github.com/mchus/bee/inventory/report"
)

// Is the machine of a report well, and if not, why?
func ExampleJudge() {
	r := &report.Report{
		PowerSupplies: []report.PowerSupply{{ID: "psu:1", Slot: "PS1", Present: new(true), Status: "input_lost"}},
	}
	judge.Judge(r)
	fmt.Println("health:", r.Summary.Health)
	for _, f := range r.Findings {
		fmt.Println(f.Severity, f.Code, f.Text)
	}
	for _, u := range *r.Summary.Unjudged { // Judge sets it, if only to an empty list
		fmt.Println("not judged:", u.Component)
	}
	// Output:
	// health: warning
	// warning psu.input_lost Power supply PS1 has no input power.
	// not judged: processors
	// not judged: memory
	// not judged: storage
	// not judged: pci
	// not judged: power
	// not judged: bmc
}

// What does a code mean, and where does the rule come from?
func ExampleRules() {
	for _, rule := range judge.Rules() {
		if rule.Code == report.CodeCPUDisabled {
			fmt.Println(rule.Severity, rule.Sentence, rule.Source)
		}
	}
	// Output:
	// warning A processor is present and disabled. DSP0134 7.5, Status
}
