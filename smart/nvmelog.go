// SPDX-License-Identifier: Apache-2.0

package smart

import "github.com/mchus/bee/internal/jsondoc"

func readNVMeHealth(d *jsondoc.Doc) *NVMeHealth {
	h := new(NVMeHealth)
	for key := range d.Object() {
		switch key {
		case "nsid":
			h.NSID = d.IntPtr()
		case "critical_warning":
			h.CriticalWarning = CriticalWarning(d.IntIn(0, 255))
		case "temperature":
			h.Celsius = d.IntPtr()
		case "available_spare":
			h.SparePercent = d.IntPtr()
		case "available_spare_threshold":
			h.SpareThresholdPercent = d.IntPtr()
		case "percentage_used":
			h.UsedPercent = d.IntPtr()
		case "data_units_read":
			h.DataUnitsRead = readUint128(d)
		case "data_units_written":
			h.DataUnitsWritten = readUint128(d)
		case "host_reads":
			h.HostReads = readUint128(d)
		case "host_writes":
			h.HostWrites = readUint128(d)
		case "controller_busy_time":
			h.BusyMinutes = readUint128(d)
		case "power_cycles":
			h.PowerCycles = readUint128(d)
		case "power_on_hours":
			h.PowerOnHours = readUint128(d)
		case "unsafe_shutdowns":
			h.UnsafeShutdowns = readUint128(d)
		case "media_errors":
			h.MediaErrors = readUint128(d)
		case "num_err_log_entries":
			h.ErrorLogEntries = readUint128(d)
		case "warning_temp_time":
			h.WarningMinutes = d.IntPtr()
		case "critical_comp_time":
			h.CriticalMinutes = d.IntPtr()
		case "thermal_mgmt_temperature_1_transition_count": // since 8.0, as the next
			h.Thermal1Count = d.IntPtr()
		case "thermal_mgmt_temperature_2_transition_count":
			h.Thermal2Count = d.IntPtr()
		case "thermal_mgmt_temperature_1_total_time":
			h.Thermal1Seconds = d.IntPtr()
		case "thermal_mgmt_temperature_2_total_time":
			h.Thermal2Seconds = d.IntPtr()
		case "temperature_sensors":
			h.Sensors = readSensors(d)
		default:
			skipBig(d, key)
		}
	}
	return h
}

// readCriticalWarning reads the critical warning as the health check spells it
// out.
func readCriticalWarning(d *jsondoc.Doc) (w CriticalWarning) {
	for key := range d.Object() {
		switch key {
		case "value":
			w = CriticalWarning(d.IntIn(0, 255))
		case "spare_below_threshold", "temperature_above_or_below_threshold", "reliability_degraded", "media_read_only",
			"volatile_memory_backup_failed", "persistent_memory_region_unreliable", "other":
			d.Skip() // bits of value
		}
	}
	return w
}

// readSensors reads the temperatures of the sensors; a null stands for a
// sensor that the drive does not have.
func readSensors(d *jsondoc.Doc) []TemperatureSensor {
	list := make([]TemperatureSensor, 0, 8)
	for i := range d.Array() {
		if celsius := d.IntPtr(); celsius != nil {
			list = append(list, TemperatureSensor{int64(i) + 1, *celsius})
		}
	}
	return list
}

func readNVMeErrorLog(d *jsondoc.Doc) *NVMeErrorLog {
	l := new(NVMeErrorLog)
	for key := range d.Object() {
		switch key {
		case "size":
			l.Size = d.Int()
		case "read":
			l.Read = d.Int()
		case "unread":
			l.Unread = d.Int()
		case "table":
			l.Errors = readNVMeErrors(d, count(l.Read, 64))
		}
	}
	return l
}

// readNVMeErrors reads the entries of the error log, of which it expects size.
func readNVMeErrors(d *jsondoc.Doc, size int) []NVMeError {
	list := make([]NVMeError, 0, size)
	statuses := make([]NVMeStatus, 0, size) // one block for all of them
	for range d.Array() {
		if d.Kind() == jsondoc.Null { // an entry not in use
			d.Skip()
			continue
		}
		e, status, ok := readNVMeError(d)
		if ok {
			statuses = append(statuses, status)
			e.Status = &statuses[len(statuses)-1]
		}
		list = append(list, e)
	}
	return list
}

// readNVMeError reads an entry of the error log, and apart from it the status,
// if there is one.
func readNVMeError(d *jsondoc.Doc) (e NVMeError, status NVMeStatus, ok bool) {
	for key := range d.Object() {
		switch key {
		case "error_count":
			e.Count = d.Uint()
		case "submission_queue_id":
			e.QueueID = d.IntPtr()
		case "command_id":
			e.CommandID = d.IntPtr()
		case "status_field":
			status, ok = readNVMeStatus(d), true
		case "phase_tag":
			e.PhaseTag = d.BoolPtr()
		case "parm_error_location":
			e.ParameterLocation = d.IntPtr()
		case "lba":
			for key := range d.Object() {
				switch key {
				case "value":
					e.LBA = d.UintPtr()
				default:
					skipBig(d, key)
				}
			}
		case "nsid":
			e.NSID = d.IntPtr()
		case "vendor_specific":
			e.VendorSpecific = d.IntPtr()
		}
	}
	return e, status, ok
}

func readNVMeStatus(d *jsondoc.Doc) (s NVMeStatus) {
	for key := range d.Object() {
		switch key {
		case "value":
			s.Value = d.Int()
		case "do_not_retry":
			s.DoNotRetry = d.Bool()
		case "status_code_type":
			s.CodeType = d.Int()
		case "status_code":
			s.Code = d.Int()
		case "string":
			s.Text = d.Text()
		}
	}
	return s
}

func readNVMeSelfTestLog(d *jsondoc.Doc) *NVMeSelfTestLog {
	l := new(NVMeSelfTestLog)
	for key := range d.Object() {
		switch key {
		case "nsid":
			l.NSID = d.IntPtr()
		case "current_self_test_operation":
			l.Current = readCoded(d)
		case "current_self_test_completion_percent":
			l.CurrentPercent = d.IntPtr()
		case "table":
			for range d.Array() {
				if d.Kind() == jsondoc.Null { // an entry not in use
					d.Skip()
					continue
				}
				l.Tests = append(l.Tests, readNVMeSelfTest(d))
			}
		}
	}
	return l
}

func readNVMeSelfTest(d *jsondoc.Doc) (t NVMeSelfTest) {
	for key := range d.Object() {
		switch key {
		case "self_test_code":
			t.Code = readCodedValue(d)
		case "self_test_result":
			t.Result = readCodedValue(d)
		case "power_on_hours":
			t.PowerOnHours = d.Uint()
		case "segment":
			t.Segment = d.IntPtr()
		case "nsid":
			t.NSID = d.IntPtr()
		case "lba":
			t.LBA = d.UintPtr()
		case "status_code_type":
			t.StatusType = d.IntPtr()
		case "status_code":
			t.StatusCode = d.IntPtr()
		}
	}
	return t
}
