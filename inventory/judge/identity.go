// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"slices"

	"github.com/mchus/bee/inventory/report"
)

// judgeIdentity: a machine whose firmware holds a placeholder for its serial
// number cannot be told from its sisters. What only root may read is not
// missing, and a guest has its UUID.
func judgeIdentity(r *report.Report) []report.Finding {
	s := r.System
	if s == nil || s.Serial != "" || isGuest(r) && s.UUID != "" || !slices.Contains(s.Sources, "dmidecode") {
		return nil
	}
	return []report.Finding{{
		Code: report.CodeIdentityNoSerial, Severity: report.Info, Component: "system",
		Text: "The firmware holds no serial number for this machine.",
	}}
}
