// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"fmt"
	"strings"
	"testing"
)

// TestSiblings: kin of the drives that came out wrong once, judged as somebody
// would who replaces drives. Each is a document; TestTextSiblings has texts.
func TestSiblings(t *testing.T) {
	head := `{"json_format_version":[1,0],"smartctl":{"version":[7,4],"exit_status":0},"smart_status":{"passed":true},`
	hdd := head + `"device":{"type":"sat","protocol":"ATA"},"rotation_rate":7200,`
	ssd := head + `"device":{"type":"sat","protocol":"ATA"},"rotation_rate":0,`
	nv := head + `"device":{"type":"nvme","protocol":"NVMe"},`
	sas := `{"json_format_version":[1,0],"smartctl":{"version":[7,4],"exit_status":0},"device":{"type":"scsi","protocol":"SCSI"},"rotation_rate":10000,`
	attr := func(id int, name string, value, thresh int, failed string, flags int, raw uint64, text string) string {
		return fmt.Sprintf(`"ata_smart_attributes":{"table":[{"id":%d,"name":"%s","value":%d,"worst":%d,"thresh":%d,"when_failed":"%s","flags":{"value":%d},"raw":{"value":%d,"string":"%s"}}]}}`, id, name, value, value, thresh, failed, flags, raw, text)
	}
	log := func(s string) string { return nv + `"nvme_smart_health_information_log":{` + s + `}}` }
	for _, c := range []struct{ name, want, in string }{
		{"seagate raw 1 packed", "ok", hdd + attr(1, "Raw_Read_Error_Rate", 83, 44, "", 15, 216345678, "216345678")},
		{"seagate 7 packed", "ok", hdd + attr(7, "Seek_Error_Rate", 90, 45, "", 15, 948763456, "948763456")},
		{"seagate 188 packed", "ok", hdd + attr(188, "Command_Timeout", 100, 0, "", 50, 4295032833, "4295032833")},
		{"188 as text 1 1 1", "ok", hdd + attr(188, "Command_Timeout", 100, 0, "", 50, 4295032833, "1 1 1")},
		{"195 hardware ecc recovered huge", "ok", hdd + attr(195, "Hardware_ECC_Recovered", 83, 0, "", 26, 216345678, "216345678")},
		{"187 saturated 65535", "warning ata.uncorrectable", hdd + attr(187, "Reported_Uncorrect", 1, 0, "", 50, 65535, "65535")},
		{"197 pending 1", "warning ata.pending", hdd + attr(197, "Current_Pending_Sector", 100, 0, "", 18, 1, "1")},
		{"197 pending saturated 32 bits", "warning ata.pending", hdd + attr(197, "Current_Pending_Sector", 1, 0, "", 18, 4294967295, "4294967295")},
		{"197 -1 in 48 bits", "ok", hdd + attr(197, "Current_Pending_Sector", 100, 0, "", 18, 281474976710655, "281474976710655")},
		{"5 HGST packed (0 3)", "warning ata.reallocated", hdd + attr(5, "Reallocated_Sector_Ct", 100, 5, "", 51, 12, "12 (0 3)")},
		{"5 at threshold now", "critical ata.prefail", hdd + attr(5, "Reallocated_Sector_Ct", 1, 5, "now", 51, 2000, "2000")},
		{"5 past only", "warning ata.was_below", hdd + attr(5, "Reallocated_Sector_Ct", 100, 5, "past", 51, 0, "0")},
		{"199 CRC", "ok (ata.link_errors)", hdd + attr(199, "UDMA_CRC_Error_Count", 200, 0, "", 62, 123, "123")},
		{"10 spin retry raw 3", "ok", hdd + attr(10, "Spin_Retry_Count", 100, 97, "", 19, 3, "3")},
		{"184 end to end raw 2", "warning ata.old", hdd + attr(184, "End-to-End_Error", 98, 99, "now", 50, 2, "2")},
		{"184 raw 2 above threshold", "ok", hdd + attr(184, "End-to-End_Error", 100, 99, "", 50, 2, "2")},
		{"22 helium now", "critical ata.prefail", hdd + attr(22, "Helium_Level", 20, 25, "now", 35, 20, "20")},
		{"196 reallocated events only", "ok", hdd + attr(196, "Reallocated_Event_Count", 100, 0, "", 50, 5, "5")},
		{"198 offline unc on hdd", "warning ata.offline_uncorrectable", hdd + attr(198, "Offline_Uncorrectable", 100, 0, "", 16, 4, "4")},
		{"9 hours packed", "ok", hdd + attr(9, "Power_On_Hours", 1, 0, "", 50, 233276785690, "54489 (54 80 0)")},
		{"190 at threshold, Min/Max", "warning smart.temperature", hdd + attr(190, "Airflow_Temperature_Cel", 40, 45, "now", 34, 60, "60 (Min/Max 20/60)")},
		{"194 celsius x10", "ok", hdd + attr(194, "Temperature_Celsius_x10", 65, 0, "", 34, 350, "350")},
		{"194 now on samsung old (value 64 raw)", "warning smart.temperature", hdd + attr(194, "Temperature_Celsius", 30, 35, "now", 34, 62, "62")},
		{"ssd wear 1", "warning smart.worn", ssd + attr(177, "Wear_Leveling_Count", 1, 0, "", 19, 3000, "3000")},
		{"ssd 202 used exactly 99", "ok", ssd + attr(202, "Percent_Lifetime_Remain", 1, 1, "", 48, 99, "99")},
		{"ssd 202 used 120, wrapped", "warning smart.worn", ssd + attr(202, "Percent_Lifetime_Used", 236, 1, "", 48, 120, "120")},
		{"ssd 231 under the default name at its threshold", "critical ata.prefail", ssd + attr(231, "Temperature_Celsius", 5, 10, "now", 19, 5, "5")},
		{"ssd wearout of Intel under Dell's name", "warning smart.worn", strings.Replace(ssd, `"rotation_rate"`, `"model_family":"Dell Certified Intel S3520 Series SSDs","rotation_rate"`, 1) + attr(233, "Media_Wearout_Indicator", 1, 0, "", 50, 0, "0")},
		{"ssd wearout of an Intel that is not in the database", "warning smart.worn", strings.Replace(ssd, `"rotation_rate"`, `"model_name":"INTEL SSDSC2KB960G8","rotation_rate"`, 1) + attr(233, "Media_Wearout_Indicator", 1, 0, "", 50, 0, "0")},
		{"ssd statistic of errors, the whole log has only aborted commands", "ok (ata.uncorrectable) (ata.error_log)", ssd + `"ata_smart_error_log":{"extended":{"count":1,"table":[{"completion_registers":{"error":4,"status":81}}]}},"ata_device_statistics":{"pages":[{"number":4,"table":[{"offset":8,"value":489,"flags":{"value":192}}]}]}}`},
		{"ssd statistic of errors, the log may have had them", "warning ata.uncorrectable (ata.error_log)", ssd + `"ata_smart_error_log":{"extended":{"count":9,"table":[{"completion_registers":{"error":4,"status":81}}]}},"ata_device_statistics":{"pages":[{"number":4,"table":[{"offset":8,"value":489,"flags":{"value":192}}]}]}}`},
		{"ssd 202 used 100", "warning smart.worn ata.old", ssd + attr(202, "Percent_Lifetime_Remain", 0, 1, "now", 48, 100, "100")},
		{"ssd reallocated 20", "ok (ata.reallocated)", ssd + attr(5, "Reallocated_Sector_Ct", 100, 10, "", 51, 20, "20")},
		{"mx500 197 bug 1", "ok (ata.pending)", ssd + attr(197, "Current_Pending_ECC_Cnt", 100, 0, "", 50, 1, "1")},
		{"ssd 232 spare at threshold", "critical ata.prefail", ssd + attr(232, "Available_Reservd_Space", 5, 10, "now", 51, 0, "0")},
		{"ssd 233 wearout at 1, not intel", "ok", ssd + attr(233, "Media_Wearout_Indicator", 1, 0, "", 50, 0, "0")},
		{"ssd 170 past", "ok (ata.was_below)", ssd + attr(170, "Available_Reservd_Space", 100, 10, "past", 51, 0, "0")},
		{"nvme 0x01", "critical nvme.spare", log(`"critical_warning":1,"available_spare":5,"available_spare_threshold":10`)},
		{"nvme 0x02", "warning nvme.temperature", log(`"critical_warning":2,"temperature":85`)},
		{"nvme 0x04", "critical nvme.reliability nvme.media_errors", log(`"critical_warning":4,"media_errors":9`)},
		{"nvme 0x08", "critical nvme.read_only", log(`"critical_warning":8`)},
		{"nvme 0x10", "critical nvme.backup", log(`"critical_warning":16`)},
		{"nvme 0x20", "warning nvme.persistent_memory", log(`"critical_warning":32`)},
		{"nvme 0x40", "critical nvme.critical_warning", log(`"critical_warning":64`)},
		{"nvme 0x80", "critical nvme.critical_warning", log(`"critical_warning":128`)},
		{"nvme 255", "unknown smart.no_data", log(`"critical_warning":255,"temperature":-18,"available_spare":255,"available_spare_threshold":255,"percentage_used":255`)},
		{"nvme used 255 alone", "warning smart.worn", log(`"critical_warning":0,"percentage_used":255`)},
		{"nvme used 255 with everything ff", "warning smart.worn", log(`"critical_warning":0,"available_spare":100,"available_spare_threshold":10,"percentage_used":255,"power_on_hours":12,"data_units_written":100`)},
		{"nvme spare 0 thr 0", "ok", log(`"critical_warning":0,"available_spare":0,"available_spare_threshold":0`)},
		{"nvme spare 0 thr 10 used 0", "critical nvme.spare", log(`"critical_warning":0,"available_spare":0,"available_spare_threshold":10,"percentage_used":0`)},
		{"nvme spare 100 thr 100", "ok", log(`"critical_warning":0,"available_spare":100,"available_spare_threshold":100`)},
		{"nvme spare thr 255", "ok", log(`"critical_warning":0,"available_spare":100,"available_spare_threshold":255`)},
		{"nvme sensors 0, 255, -273", "ok", log(`"critical_warning":0,"temperature":35,"temperature_sensors":[0,255,-273,-18]`)},
		{"nvme temperature 255", "ok", nv + `"nvme_composite_temperature_threshold":{"warning":75},"temperature":{"current":255},"nvme_smart_health_information_log":{"critical_warning":0,"temperature":255}}`},
		{"nvme temp over", "warning smart.temperature", nv + `"nvme_composite_temperature_threshold":{"warning":75},"temperature":{"current":80},"nvme_smart_health_information_log":{"critical_warning":0,"temperature":80}}`},
		{"nvme threshold 0K", "ok", nv + `"nvme_composite_temperature_threshold":{"warning":-273},"temperature":{"current":40},"nvme_smart_health_information_log":{"critical_warning":0,"temperature":40}}`},
		{"nvme media 2^64-1", "ok (nvme.media_errors)", log(`"critical_warning":0,"media_errors":18446744073709551615`)},
		{"nvme media 2^128-1", "ok (nvme.media_errors)", log(`"critical_warning":0,"media_errors":340282366920938463463374607431768211455`)},
		{"nvme selftest fail code 7", "critical nvme.self_test", nv + `"nvme_self_test_log":{"table":[{"self_test_code":{"value":2},"self_test_result":{"value":7,"string":"Completed: failed segments"},"power_on_hours":5}]}}`},
		{"nvme selftest aborted", "ok", nv + `"nvme_self_test_log":{"table":[{"self_test_code":{"value":2},"self_test_result":{"value":1},"power_on_hours":5}]}}`},
		{"sas ok", "ok", sas + `"smart_status":{"passed":true},"scsi_grown_defect_list":0}`},
		{"sas grown 3", "warning scsi.grown_defects", sas + `"smart_status":{"passed":true},"scsi_grown_defect_list":3}`},
		{"sas 5d 10", "critical smart.failing", sas + `"smart_status":{"passed":false,"scsi":{"asc":93,"ascq":16,"ie_string":"HARDWARE IMPENDING FAILURE GENERAL HARD DRIVE FAILURE"}}}`},
		{"sas 0b 01", "warning scsi.warning", sas + `"smart_status":{"passed":false,"scsi":{"asc":11,"ascq":1,"ie_string":"WARNING - SPECIFIED TEMPERATURE EXCEEDED"}}}`},
		{"sas 5d ff test", "warning scsi.test", sas + `"smart_status":{"passed":false,"scsi":{"asc":93,"ascq":255,"ie_string":"FAILURE PREDICTION THRESHOLD EXCEEDED (FALSE)"}}}`},
		{"sas uncorrected", "warning scsi.uncorrected", sas + `"smart_status":{"passed":true},"scsi_error_counter_log":{"read":{"total_uncorrected_errors":5}}}`},
		{"sas uncorrected 2^32-1", "ok (scsi.uncorrected)", sas + `"smart_status":{"passed":true},"scsi_error_counter_log":{"verify":{"total_uncorrected_errors":4294967295}}}`},
		{"sas uncorrected 2^64-1", "ok (scsi.uncorrected)", sas + `"smart_status":{"passed":true},"scsi_error_counter_log":{"verify":{"total_uncorrected_errors":18446744073709551615}}}`},
		{"sas corrected huge", "ok", sas + `"smart_status":{"passed":true},"scsi_error_counter_log":{"read":{"errors_corrected_by_eccfast":4294967295,"total_errors_corrected":4294967295,"total_uncorrected_errors":0}}}`},
		{"sas ssd 100 used", "warning smart.worn", strings.Replace(sas, "10000", "0", 1) + `"smart_status":{"passed":true},"scsi_percentage_used_endurance_indicator":100}`},
		{"sas ssd 255 used", "warning smart.worn", strings.Replace(sas, "10000", "0", 1) + `"smart_status":{"passed":true},"scsi_percentage_used_endurance_indicator":255}`},
		{"sas temp at trip", "warning smart.temperature", sas + `"smart_status":{"passed":true},"temperature":{"current":68,"drive_trip":65}}`},
		{"sas temp 255", "ok", sas + `"smart_status":{"passed":true},"temperature":{"current":255,"drive_trip":65}}`},
		{"sas trip 255", "ok", sas + `"smart_status":{"passed":true},"temperature":{"current":40,"drive_trip":255}}`},
		{"sas pending", "warning scsi.pending", sas + `"smart_status":{"passed":true},"scsi_pending_defects":{"count":2}}`},
		{"sas bg scan halted fatal", "warning scsi.warning", sas + `"smart_status":{"passed":true},"scsi_background_scan":{"status":{"value":3,"string":"halted due to fatal error"}}}`},
		{"sas bg scan unreassigned medium errors", "warning scsi.pending", sas + `"smart_status":{"passed":true},"scsi_background_scan":{"status":{"value":0},"result_1":{"lba":5,"sense_key":{"value":3},"asc":17,"ascq":0,"reassign_status":{"value":1,"string":"Require Write or Reassign Blocks command"}}}}`},
		{"sas bg scan reassign failed", "warning scsi.pending", sas + `"smart_status":{"passed":true},"scsi_background_scan":{"status":{"value":0},"result_1":{"lba":5,"sense_key":{"value":3},"asc":17,"ascq":0,"reassign_status":{"value":4,"string":"Reassignment by disk failed"}}}}`},
		{"sas bg scan recovered", "ok", sas + `"smart_status":{"passed":true},"scsi_background_scan":{"status":{"value":0},"result_1":{"lba":5,"sense_key":{"value":1},"asc":24,"ascq":7,"reassign_status":{"value":5,"string":"Recovered via rewrite in-place"}}}}`},
		{"ata selftest status read failure without log", "critical ata.self_test", hdd + `"ata_smart_data":{"self_test":{"status":{"value":121,"string":"completed with error (read test element)","passed":false}}}}`},
		{"ata fatal selftest", "critical ata.self_test", hdd + `"ata_smart_self_test_log":{"standard":{"count":1,"table":[{"type":{"value":1},"status":{"value":48,"string":"Fatal or unknown error"},"lifetime_hours":3}]}}}`},
		{"ata selftest failed then short passed", "critical ata.self_test", hdd + `"ata_smart_self_test_log":{"standard":{"count":2,"table":[{"type":{"value":1},"status":{"value":0,"passed":true},"lifetime_hours":4},{"type":{"value":2},"status":{"value":112,"passed":false,"string":"Completed: read failure"},"lifetime_hours":3}]}}}`},
		{"ata selftest failed then extended passed", "ok", hdd + `"ata_smart_self_test_log":{"standard":{"count":2,"table":[{"type":{"value":2},"status":{"value":0,"passed":true},"lifetime_hours":4},{"type":{"value":2},"status":{"value":112,"passed":false,"string":"Completed: read failure"},"lifetime_hours":3}]}}}`},
		{"passed but exit 8", "critical smart.failing", strings.Replace(hdd, `"exit_status":0`, `"exit_status":8`, 1) + `"power_cycle_count":1}`},
		{"exit 64 only", "ok (smart.error_log)", strings.Replace(hdd, `"exit_status":0`, `"exit_status":64`, 1) + `"power_cycle_count":1}`},
		{"stat 7/8 255 alone", "ok", ssd + `"ata_device_statistics":{"pages":[{"number":7,"table":[{"offset":8,"value":255,"flags":{"value":192}}]}]}}`},
		{"farm unrecoverable", "ok", hdd + `"seagate_farm_log":{"supported":true,"page_3_error_statistics":{"number_of_unrecoverable_read_errors":12,"number_of_reallocated_sectors":40,"number_of_reallocated_candidate_sectors":8}}}`},
		{"farm helium trip", "ok", hdd + `"seagate_farm_log":{"page_5_reliability_statistics":{"helium_presure_trip":1}}}`},
		{"pending defects log", "warning ata.pending", hdd + `"ata_pending_defects_log":{"size":31,"count":3}}`},
		{"power mode sleep no status", "unknown smart.no_data", `{"json_format_version":[1,0],"smartctl":{"version":[7,4],"exit_status":2,"messages":[{"string":"Device is in STANDBY mode","severity":"information"}]}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dev, err := Parse([]byte(c.in))
			if err != nil {
				t.Error(err)
			}
			if got := describe(t, dev.Health()); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestTextSiblings(t *testing.T) {
	v := "smartctl 7.1 2019-12-30 r5022 [x86_64-linux-5.4.0] (local build)\n\n=== START OF INFORMATION SECTION ===\n"
	ata := v + "Device Model:     X\nSerial Number:    1\nRotation Rate:    7200 rpm\nSMART support is: Available - device has SMART capability.\nSMART support is: Enabled\n\n=== START OF READ SMART DATA SECTION ===\n"
	sas := v + "Vendor:               SEAGATE\nProduct:              ST600MM0006\nRevision:             LS0A\nRotation Rate:        10000 rpm\nSerial number:        1\nDevice type:          disk\n\n=== START OF READ SMART DATA SECTION ===\n"
	nv := v + "Model Number:                       X\nSerial Number:                      1\n\n=== START OF SMART DATA SECTION ===\n"
	pass := "SMART overall-health self-assessment test result: PASSED\n"
	tab := "ID# ATTRIBUTE_NAME          FLAG     VALUE WORST THRESH TYPE      UPDATED  WHEN_FAILED RAW_VALUE\n"
	for _, c := range []struct{ name, want, in string }{
		{"passed", "ok", ata + pass},
		{"failed", "critical smart.failing", ata + "SMART overall-health self-assessment test result: FAILED!\nDrive failure expected in less than 24 hours. SAVE ALL DATA.\n"},
		{"unknown!", "unknown smart.no_status", ata + "SMART overall-health self-assessment test result: UNKNOWN!\nSMART Status, Attributes and Thresholds cannot be read.\n"},
		{"cut in PASSED", "unknown smart.no_status", ata + "SMART overall-health self-assessment test result: PAS"},
		{"cut after colon", "unknown smart.no_status", ata + "SMART overall-health self-assessment test result:"},
		{"old table prefail now", "critical ata.prefail", ata + pass + tab + "  5 Reallocated_Sector_Ct   0x0033   001   001   036    Pre-fail  Always   FAILING_NOW 4095\n"},
		{"old table in the past", "warning ata.was_below", ata + pass + tab + "  5 Reallocated_Sector_Ct   0x0033   100   001   036    Pre-fail  Always   In_the_past 0\n"},
		{"row cut before raw", "ok", ata + pass + tab + "197 Current_Pending_Sector  0x0012   100   100   000    Old_age   Always       -       "},
		{"h+m+s raw", "ok", ata + pass + tab + "  9 Power_On_Hours          0x0032   099   099   000    Old_age   Always       -       1234h+56m+07.890s\n"},
		{"sas ok", "ok", sas + "SMART Health Status: OK\nElements in grown defect list: 0\n"},
		{"sas grown", "warning scsi.grown_defects", sas + "SMART Health Status: OK\nElements in grown defect list: 24\n"},
		{"sas grown not available", "ok", sas + "SMART Health Status: OK\nElements in grown defect list: <not available>\n"},
		{"sas ok cut", "unknown smart.no_status", sas + "SMART Health Status: O"},
		{"sas empty", "unknown smart.no_status", sas + "SMART Health Status:\n"},
		{"sas asc", "critical smart.failing", sas + "SMART Health Status: HARDWARE IMPENDING FAILURE GENERAL HARD DRIVE FAILURE [asc=5d, ascq=10]\n"},
		{"sas asc 5d 00", "critical smart.failing", sas + "SMART Health Status: FAILURE PREDICTION THRESHOLD EXCEEDED [asc=5d, ascq=0]\n"},
		{"sas asc cut", "unknown smart.no_status", sas + "SMART Health Status: FAILURE PREDICTION THRESHOLD EXCEEDED [asc=5d, as"},
		{"sas asc no codes", "critical smart.failing", sas + "SMART Health Status: FAILURE PREDICTION THRESHOLD EXCEEDED\n"},
		{"sas warning", "warning scsi.warning", sas + "SMART Health Status: WARNING - SPECIFIED TEMPERATURE EXCEEDED [asc=b, ascq=1]\n"},
		{"sas warning bg", "warning scsi.warning", sas + "SMART Health Status: WARNING - BACKGROUND SELF-TEST FAILED [asc=b, ascq=3]\n"},
		{"sas test", "warning scsi.test", sas + "SMART Health Status: FAILURE PREDICTION THRESHOLD EXCEEDED (FALSE) [asc=5d, ascq=ff]\n"},
		{"sas uncorrected", "warning scsi.uncorrected", sas + "SMART Health Status: OK\n\nError counter log:\n           Errors Corrected by           Total   Correction     Gigabytes    Total\nread:   1234 0 0 1234 1234      123,456    3\n"},
		{"sas gig comma", "ok", sas + "SMART Health Status: OK\n\nError counter log:\nread:   1234 0 0 1234 1234      123,456    0\n"},
		{"sas temp", "warning smart.temperature", sas + "SMART Health Status: OK\nCurrent Drive Temperature:     70 C\nDrive Trip Temperature:        65 C\n"},
		{"sas temp 0 0", "ok", sas + "SMART Health Status: OK\nCurrent Drive Temperature:     0 C\nDrive Trip Temperature:        0 C\n"},
		{"sas temp n/a", "ok", sas + "SMART Health Status: OK\nCurrent Drive Temperature:     <not available>\n"},
		{"sas selftest failed", "critical scsi.self_test", sas + "SMART Health Status: OK\nSMART Self-test log\nNum  Test              Status                 segment  LifeTime  LBA_first_err [SK ASC ASQ]\n# 1  Background long   Failed in segment -->       3   20000          12345678 [0x3 0x11 0x0]\n"},
		{"sas selftest aborted", "ok", sas + "SMART Health Status: OK\nSMART Self-test log\n# 1  Background long   Aborted (by user command)   -   20000                 - [-   -    -]\n"},
		{"sas bg scan", "warning scsi.warning", sas + "SMART Health Status: OK\nBackground scan results log\n  Status: halted due to fatal error\n"},
		{"tape alert", "warning scsi.warning smart.no_status", strings.Replace(sas, "disk", "tape", 1) + "TapeAlert Errors (C=Critical, W=Warning, I=Informational):\n[0x04] C: Your data is at risk:\n  1. Copy any data you require from this tape.\n[0x14] I: The tape drive may need cleaning\n"},
		{"tape ok", "ok", strings.Replace(sas, "disk", "tape", 1) + "TapeAlert: OK\n"},
		{"megaraid text", "ok", strings.Replace(ata, "=== START OF INF", "/dev/bus/0 [megaraid_disk_08] [SAT]: Device open changed type from 'megaraid,8' to 'sat+megaraid,8'\n=== START OF INF", 1) + pass},
		{"nvme passed", "warning smart.worn", nv + pass + "SMART/Health Information (NVMe Log 0x02)\nCritical Warning:                   0x00\nTemperature:                        35 Celsius\nPercentage Used:                    255%\n"},
		{"nvme 04", "critical nvme.reliability smart.worn", nv + "SMART overall-health self-assessment test result: FAILED!\n- NVM subsystem reliability has been degraded\n\nSMART/Health Information (NVMe Log 0x02)\nCritical Warning:                   0x04\nPercentage Used:                    100%\nMedia and Data Integrity Errors:    0\n"},
		{"nvme dots", "warning nvme.media_errors", nv + pass + "SMART/Health Information (NVMe Log 0x02)\nCritical Warning:                   0x00\nMedia and Data Integrity Errors:    1.234\nData Units Read: 12.345.678 [6,32 TB]\n"},
		{"nvme no bits but failed (cut)", "critical smart.failing", nv + "SMART overall-health self-assessment test result: FAILED!\n- media has been placed in read only mode\n"},
		{"nvme temp -", "ok", nv + pass + "SMART/Health Information (NVMe Log 0x02)\nCritical Warning:                   0x00\nTemperature:                        -\nTemperature Sensor 1:               -1 Celsius\n"},
		{"old health bad format 2", "ok (ata.error_log)", ata + pass + "\nSMART Error Log Version: 1\nATA Error Count: 12\n\tCR = Command Register [HEX]\n"},
		{"selftest text", "critical ata.self_test", ata + pass + "SMART Self-test log structure revision number 1\nNum  Test_Description    Status                  Remaining  LifeTime(hours)  LBA_of_first_error\n# 1  Extended offline    Completed: read failure       90%     12345         987654\n"},
		{"selftest then passed", "ok", ata + pass + "SMART Self-test log structure revision number 1\n# 1  Extended offline    Completed without error       00%     12399         -\n# 2  Extended offline    Completed: read failure       90%     12345         987654\n"},
		{"captive", "ok", ata + pass + "SMART Self-test log structure revision number 1\n# 1  Extended captive    Completed without error       00%     12399         -\n# 2  Short captive       Completed: servo/seek failure 90%     12345         -\n"},
		{"exec status 121 without log", "critical ata.self_test", ata + pass + "General SMART Values:\nSelf-test execution status:      ( 121)\tThe previous self-test completed having\n\t\t\t\t\tthe read element of the test failed.\n"},
		{"standby", "unknown smart.no_status", "smartctl 7.1 2019-12-30 r5022 [x86_64-linux-5.4.0] (local build)\nCopyright (C) 2002-19\n\nDevice is in STANDBY mode, exit(2)\n"},
		{"no smart", "unknown smart.unsupported", v + "Device Model:     X\nSMART support is: Unavailable - device lacks SMART capability.\n"},
		{"disabled", "unknown smart.disabled", v + "Device Model:     X\nSMART support is: Available - device has SMART capability.\nSMART support is: Disabled\n\nSMART Disabled. Use option -s with argument 'on' to enable it.\n"},
		{"CRLF", "critical ata.prefail", strings.ReplaceAll(ata+pass+tab+"  5 Reallocated_Sector_Ct   0x0033   001   001   036    Pre-fail  Always   FAILING_NOW 4095\n", "\n", "\r\n")},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := ParseText([]byte(c.in))
			if cut := !strings.HasSuffix(c.in, "\n"); cut != (err != nil) {
				t.Errorf("error %v", err)
			}
			if got := describe(t, text.Device.Health()); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Readings that no sensor gives are none.
func TestTemperatureOfNoSensor(t *testing.T) {
	for text, want := range map[string]bool{"-273": false, "255": false, "-40": true, "0": true, "71": true} {
		d, err := Parse([]byte(`{"device":{"type":"nvme","protocol":"NVMe"},"temperature":{"current":` + text + `}}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Temperature.CurrentCelsius != nil; got != want {
			t.Errorf("%s °C is a reading: %v", text, got)
		}
	}
}
