// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// judgeIdentity: a machine whose firmware holds a placeholder for its serial
// number cannot be told from its sisters. What only root may read is not
// missing, and a guest has its UUID.
func judgeIdentity(r *report.Report) []report.Finding {
	s := r.System
	if fru := fruSerial(r); s != nil && s.Serial != "" && fru != "" && !isPartOf(s.Serial, fru) && !isPartOf(fru, s.Serial) {
		return []report.Finding{find(report.CodeIdentitySerialMismatch, "system",
			fmt.Sprintf("The firmware holds the serial number %s, and the BMC's inventory %s.", s.Serial, fru),
			map[string]any{"smbios": s.Serial, "fru": fru})}
	}
	if s == nil || s.Serial != "" || isGuest(r) && s.UUID != "" || !slices.Contains(s.Sources, "dmidecode") {
		return nil
	}
	return []report.Finding{{
		Code: report.CodeIdentityNoSerial, Severity: report.Info, Component: "system",
		Text: "The firmware holds no serial number for this machine.",
	}}
}

// fruSerial is the serial number in the product area of the BMC's own inventory, as
// far as the collector took it for one: then it is among the names of the machine.
func fruSerial(r *report.Report) string {
	for _, name := range r.Host.Also {
		if name.Source == "fru.product.serial" {
			return name.Value
		}
	}
	return ""
}

func isPartOf(part, whole string) bool {
	return strings.Contains(strings.ToLower(whole), strings.ToLower(part))
}
