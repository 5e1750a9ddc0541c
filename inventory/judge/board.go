// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"
	"slices"

	"github.com/mchus/bee/inventory/report"
)

// judgeBoard: what the firmware found wrong when the machine started. What the BMC
// says of supplies and temperatures is of now, and comes first.
func judgeBoard(r *report.Report) []report.Finding {
	var list []report.Finding
	if s := r.System; s != nil && s.BootError != "" && !isGuest(r) {
		list = append(list, find(report.CodeBoardBootError, "system", fmt.Sprintf("The firmware says of the last boot: %s.", s.BootError),
			map[string]any{"status": s.BootError}))
	}
	told := slices.ContainsFunc(r.PowerSupplies, func(p report.PowerSupply) bool { return p.FieldSources["status"] == "ipmi.sdr" })
	for _, c := range r.Chassis {
		if c.PowerSupplyState != "" && !told {
			list = append(list, find(report.CodePSUNotOK, "power", fmt.Sprintf(
				"The firmware found the power supplies in a state that it calls %s when the machine started.", c.PowerSupplyState),
				map[string]any{"status": c.PowerSupplyState}))
		}
		if c.ThermalState != "" && len(r.Sensors) == 0 {
			list = append(list, find(report.CodeSensorTemperature, "system", fmt.Sprintf(
				"The firmware found the temperatures in a state that it calls %s when the machine started.", c.ThermalState),
				map[string]any{"state": c.ThermalState}))
		}
	}
	return list
}
