// SPDX-License-Identifier: Apache-2.0

package judge

import (
	"fmt"
	"slices"
	"time"

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
	list = append(list, judgeClock(r)...)
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

// judgeClock: a machine whose clock stands before the day on which its firmware was made
// has lost the time, mostly with the battery that keeps it.
func judgeClock(r *report.Report) []report.Finding {
	if r.CollectedAt.IsZero() || isGuest(r) {
		return nil
	}
	for _, f := range r.Firmware {
		made, err := time.Parse("01/02/2006", f.Date)
		if f.Component != "bios" || err != nil || !r.CollectedAt.AddDate(0, 0, 2).Before(made) { // zones, and a clock a little slow
			continue
		}
		now, day := r.CollectedAt.Format(time.DateOnly), made.Format(time.DateOnly)
		return []report.Finding{find(report.CodeBoardClock, "system", fmt.Sprintf(
			"The clock of the machine says %s, and its firmware is of %s: the battery of the clock may be empty, and which events of the BMC's log are of late is not known.", now, day),
			map[string]any{"clock": now, "firmware_date": day})}
	}
	return nil
}
