// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// busErrors are the severities of errors, worst first.
var busErrors = []struct {
	code, words string
	of          func(*report.PCIErrors) *report.PCIErrorCount
}{
	{report.CodePCIFatal, "fatal errors", func(e *report.PCIErrors) *report.PCIErrorCount { return e.Fatal }},
	{report.CodePCINonfatal, "errors that were not corrected", func(e *report.PCIErrors) *report.PCIErrorCount { return e.Nonfatal }},
	{report.CodePCICorrected, "errors that were corrected", func(e *report.PCIErrors) *report.PCIErrorCount { return e.Corrected }},
}

// ofSoftware are errors that tell of no fault: a request that the device does not
// know or refuses, one that a switch was told to block, a card that was unplugged.
// Old kernels write the names out.
var ofSoftware = []string{
	"UnsupReq", "ACSViol", "CmpltAbrt", "BlockedTLP", "AtomicOpBlocked", "TLPBlockedErr", "TLPXlatBlocked", "SDES",
	"Unsupported Request", "ACS Violation", "Completer Abort", "MC Blocked TLP", "AtomicOp Egress Blocked", "TLP Prefix Blocked Error", "Surprise Down Error",
}

// notOfLink are corrected errors that are no link's: a request of which the device
// says that nobody need mind it, one inside of it, a log that is full.
var notOfLink = []string{
	"NonFatalErr", "CorrIntErr", "HeaderOF",
	"Advisory Non-Fatal", "Corrected Internal Error", "Header Log Overflow",
}

// judgeErrors: the errors that a device has counted. Of the functions of a card, each
// of which may have counted those of their link, the one that counted most tells.
func (b bus) judgeErrors(f *report.PCIFunction) []report.Finding {
	if f.Errors == nil {
		return nil
	}
	sisters := []*report.PCIFunction{f} // ports beside a port have links of their own
	if f.Class.ID != classBridge {
		sisters = b.device[deviceOf(f.Address)]
	}
	var list []report.Finding
	for _, severity := range busErrors {
		most := slices.MaxFunc(sisters, func(x, y *report.PCIFunction) int {
			return cmp.Compare(messages(x, severity.of), messages(y, severity.of))
		})
		if messages(most, severity.of) == 0 || most != f {
			continue
		}
		count := severity.of(f.Errors)
		kinds := slices.Sorted(maps.Keys(count.Kinds))
		if severity.code == report.CodePCICorrected && all(kinds, notOfLink) {
			continue
		}
		text := fmt.Sprintf("%s (%s) reported %s, %d in all: %s", f.Address, b.nameOf(f), severity.words, count.Messages, strings.Join(kinds, ", "))
		evidence := map[string]any{"messages": count.Messages, "kinds": kinds}
		if end := b.farEnd(f); end != "" {
			evidence["link"] = end
			text += "; its link goes to " + end
		}
		found := find(severity.code, f.ID, text+".", evidence)
		if all(kinds, ofSoftware) {
			found.Severity = report.Info
		}
		list = append(list, found)
	}
	return list
}

func messages(f *report.PCIFunction, of func(*report.PCIErrors) *report.PCIErrorCount) int64 {
	if f.Errors == nil || of(f.Errors) == nil {
		return 0
	}
	return of(f.Errors).Messages
}

// all tells that there are some kinds, and that each is among the known ones.
func all(kinds, known []string) bool {
	return len(kinds) > 0 && !slices.ContainsFunc(kinds, func(kind string) bool { return !slices.Contains(known, kind) })
}

// farEnd is the address of the other end of a function's link: the port above it,
// or of a port the device below.
func (b bus) farEnd(f *report.PCIFunction) string {
	below := b.below[f.Address]
	switch {
	case f.Class.ID == classBridge && len(below) > 0 && below[0].Class.ID != classBridge:
		return below[0].Address
	case f.Class.ID != classBridge && b.at[f.Parent] != nil:
		return f.Parent
	}
	return ""
}
