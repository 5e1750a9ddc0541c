// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"os"
	"strings"
	"testing"
)

// attribute is an ATA drive of rpm with one attribute.
func attribute(rpm, attr string) string {
	return `{"smartctl":{"exit_status":0},"smart_status":{"passed":true},"rotation_rate":` + rpm + `,"ata_smart_attributes":{"table":[` + attr + `]}}`
}

// passed is a drive that passes, with more members.
func passed(members string) string {
	return `{"smartctl":{"exit_status":0},"smart_status":{"passed":true},` + members + `}`
}

// TestHealth has at least one case for each rule of FORMAT.md, and one at the
// other side of its boundary.
func TestHealth(t *testing.T) {
	selfTest := func(tests string) string {
		return passed(`"ata_smart_self_test_log":{"standard":{"count":2,"table":[` + tests + `]}}`)
	}
	errorLog := func(errorRegister, status string) string {
		return passed(`"ata_smart_error_log":{"summary":{"count":3,"table":[{"lifetime_hours":7,"completion_registers":{"error":` + errorRegister + `,"status":` + status + `}}]}}`)
	}
	const readFailure = `{"type":{"value":1},"status":{"value":121,"remaining_percent":90,"passed":false}}`
	const extendedOK = `{"type":{"value":2},"status":{"value":0,"passed":true}}`
	const shortOK = `{"type":{"value":1},"status":{"value":0,"passed":true}}`
	tests := []struct{ name, in, want string }{
		{"passed", passed(`"rotation_rate":7200`), "ok"},
		{"no document", ``, "unknown smart.incomplete"},
		{"no exit status", `{"smart_status":{"passed":true}}`, "unknown smart.incomplete"},
		{"no status", `{"smartctl":{"exit_status":0}}`, "unknown smart.no_status"},
		{"no SMART", `{"smartctl":{"exit_status":4},"smart_support":{"available":false}}`, "unknown smart.unsupported (smart.command_failed)"},
		{"SMART off", `{"smartctl":{"exit_status":0},"smart_support":{"available":true,"enabled":false}}`, "unknown smart.disabled"},
		{"exit bit 0", `{"smartctl":{"exit_status":1}}`, "unknown smart.usage"},
		{"exit bit 1", `{"smartctl":{"exit_status":2}}`, "unknown smart.no_data"},
		{"exit bit 2", `{"smartctl":{"exit_status":4},"smart_status":{"passed":true}}`, "ok (smart.command_failed)"},
		{"exit bit 3 alone", `{"smartctl":{"exit_status":8}}`, "critical smart.failing smart.no_status"},
		{"exit bit 3", `{"smartctl":{"exit_status":8},"smart_status":{"passed":false}}`, "critical smart.failing"},
		{"exit bit 4 alone", `{"smartctl":{"exit_status":16},"smart_status":{"passed":true}}`, "critical ata.prefail"},
		{"exit bit 5 alone", `{"smartctl":{"exit_status":32},"smart_status":{"passed":true}}`, "warning ata.was_below"},
		{"exit bit 6 alone", `{"smartctl":{"exit_status":64},"smart_status":{"passed":true}}`, "ok (smart.error_log)"},
		{"exit bit 7 alone", `{"smartctl":{"exit_status":128},"smart_status":{"passed":true}}`, "critical smart.self_test"},
		{"not failing, but a finding", `{"smartctl":{"exit_status":0},"ata_pending_defects_log":{"count":1}}`, "warning ata.pending smart.no_status"},

		{"prefail attribute now", attribute("7200", `{"id":1,"when_failed":"now","flags":{"value":1}}`), "critical ata.prefail"},
		{"locked", `{"smartctl":{"exit_status":0},"device":{"protocol":"ATA"},"smart_status":{"passed":true},"ata_smart_attributes":{"table":[]},"ata_security":{"state":7,"string":"ENABLED, PW level HIGH, **LOCKED** [SEC4]","enabled":true,"locked":true}}`, "warning ata.locked"},
		{"frozen", `{"smartctl":{"exit_status":0},"device":{"protocol":"ATA"},"smart_status":{"passed":true},"ata_smart_attributes":{"table":[]},"ata_security":{"state":41,"string":"Disabled, frozen [SEC2]","enabled":false,"frozen":true}}`, "ok"},
		{"unreadable sectors of a Fujitsu", attribute("5400", `{"id":198,"name":"Offline_Scan_UNC_SectCt","raw":{"value":4,"string":"4"}}`), "warning ata.offline_uncorrectable"},
		{"old-age attribute now", attribute("7200", `{"id":9,"when_failed":"now","flags":{"value":50}}`), "warning ata.old"},
		{"prefail attribute in the past", attribute("7200", `{"id":1,"when_failed":"past","flags":{"value":1}}`), "warning ata.was_below"},
		{"hot in the past", attribute("7200", `{"id":190,"when_failed":"past","flags":{"value":34}}`), "ok (ata.was_hot)"},
		{"reallocated on a disk", attribute("7200", `{"id":5,"name":"Reallocated_Sector_Ct","raw":{"value":1,"string":"1"}}`), "warning ata.reallocated"},
		{"reallocated on flash", attribute("0", `{"id":5,"name":"Reallocated_Sector_Ct","raw":{"value":1,"string":"1"}}`), "ok (ata.reallocated)"},
		{"none reallocated", attribute("7200", `{"id":5,"name":"Reallocated_Sector_Ct","raw":{"value":0,"string":"0"}}`), "ok"},
		{"reallocated, packed", attribute("7200", `{"id":5,"name":"Reallocated_Sector_Ct","raw":{"value":327680,"string":"0 (0 5)"}}`), "ok"},
		{"5 under another name", attribute("7200", `{"id":5,"name":"Retired_Block_Count","raw":{"value":1,"string":"1"}}`), "ok"},
		{"reported uncorrect", attribute("7200", `{"id":187,"name":"Reported_Uncorrect","raw":{"value":2,"string":"2"}}`), "warning ata.uncorrectable"},
		{"reported uncorrect, packed", attribute("7200", `{"id":187,"name":"Reported_Uncorrect","raw":{"value":8590065668,"string":"8590065668"}}`), "ok"},
		{"pending", attribute("7200", `{"id":197,"name":"Current_Pending_Sector","raw":{"value":8,"string":"8"}}`), "warning ata.pending"},
		{"pending, 2^32-1", attribute("7200", `{"id":197,"name":"Current_Pending_Sector","raw":{"value":4294967295,"string":"4294967295"}}`), "warning ata.pending"},
		{"pending, 2^32", attribute("7200", `{"id":197,"name":"Current_Pending_Sector","raw":{"value":4294967296,"string":"4294967296"}}`), "ok"},
		{"offline uncorrectable", attribute("7200", `{"id":198,"name":"Offline_Uncorrectable","raw":{"value":8,"string":"8"}}`), "warning ata.offline_uncorrectable"},
		{"CRC errors", attribute("7200", `{"id":199,"name":"UDMA_CRC_Error_Count","raw":{"value":8,"string":"8"}}`), "ok (ata.link_errors)"},
		{"Seagate 1", attribute("7200", `{"id":1,"name":"Raw_Read_Error_Rate","raw":{"value":137438953591,"string":"137438953591"}}`), "ok"},
		{"Seagate 7", attribute("7200", `{"id":7,"name":"Seek_Error_Rate","raw":{"value":8590444831,"string":"8590444831"}}`), "ok"},
		{"Seagate 188", attribute("7200", `{"id":188,"name":"Command_Timeout","raw":{"value":4295032833,"string":"1 1 1"}}`), "ok"},
		{"Seagate 240", attribute("7200", `{"id":240,"name":"Head_Flying_Hours","raw":{"value":13997186748561226,"string":"18762h+18m+49.729s"}}`), "ok"},
		{"pending defects log", passed(`"ata_pending_defects_log":{"count":1}`), "warning ata.pending"},
		{"statistics: uncorrectable", passed(`"ata_device_statistics":{"pages":[{"number":4,"table":[{"offset":8,"value":1,"flags":{"value":192}}]}]}`), "warning ata.uncorrectable"},
		{"statistics: not valid", passed(`"ata_device_statistics":{"pages":[{"number":4,"table":[{"offset":8,"value":1,"flags":{"value":128}}]}]}`), "ok"},
		{"statistics: reallocated", passed(`"rotation_rate":7200,"ata_device_statistics":{"pages":[{"number":3,"table":[{"offset":32,"value":1,"flags":{"value":192}}]}]}`), "warning ata.reallocated"},
		{"statistics: worn", passed(`"ata_device_statistics":{"pages":[{"number":7,"table":[{"offset":8,"value":100,"flags":{"value":224}}]}]}`), "warning smart.worn"},
		{"error log: media", errorLog("64", "81"), "warning ata.error_log"},
		{"error log: device fault", errorLog("4", "113"), "warning ata.error_log"},
		{"error log: link", errorLog("132", "81"), "ok (ata.error_log)"},
		{"error log: aborted", errorLog("4", "81"), "ok (ata.error_log)"},
		{"error log: no such address", errorLog("16", "81"), "ok (ata.error_log)"},
		{"self-test failed", selfTest(readFailure), "critical ata.self_test"},
		{"self-test failed, a short one passed since", selfTest(shortOK + "," + readFailure), "critical ata.self_test"},
		{"self-test failed, an extended one passed since", selfTest(extendedOK + "," + readFailure), "ok"},
		{"self-test aborted", selfTest(`{"type":{"value":1},"status":{"value":25,"remaining_percent":90}}`), "ok"},
		{"self-test in progress", selfTest(`{"type":{"value":2},"status":{"value":249,"remaining_percent":90,"passed":true}},` + readFailure), "critical ata.self_test"},
		{"hot", passed(`"temperature":{"current":65,"limit_max":65}`), "warning smart.temperature"},
		{"a limit below any drive's", passed(`"nvme_controller_id":1,"temperature":{"current":35,"op_limit_max":21}`), "ok"},
		{"not hot", passed(`"temperature":{"current":64,"limit_max":65}`), "ok"},
		{"no limit", passed(`"temperature":{"current":99,"drive_trip":0}`), "ok"},

		{"SCSI passed", passed(`"temperature":{"current":59,"drive_trip":60},"scsi_grown_defect_list":0`), "ok"},
		{"SCSI at its trip temperature", passed(`"temperature":{"current":60,"drive_trip":60}`), "warning smart.temperature"},
		{"SCSI failing", `{"smartctl":{"exit_status":8},"smart_status":{"passed":false,"scsi":{"asc":93,"ascq":16}}}`, "critical smart.failing"},
		{"SCSI warning", `{"smartctl":{"exit_status":8},"smart_status":{"passed":false,"scsi":{"asc":11,"ascq":1}}}`, "warning scsi.warning"},
		{"SCSI test of the warning", `{"smartctl":{"exit_status":8},"smart_status":{"passed":false,"scsi":{"asc":93,"ascq":255}}}`, "warning scsi.test"},
		{"grown defects on a disk", passed(`"rotation_rate":10000,"scsi_grown_defect_list":1`), "warning scsi.grown_defects"},
		{"grown defects on flash", passed(`"rotation_rate":0,"scsi_percentage_used_endurance_indicator":1,"scsi_grown_defect_list":1`), "ok (scsi.grown_defects)"},
		{"grown defects, no rotation rate", passed(`"rotation_rate":0,"scsi_grown_defect_list":63`), "warning scsi.grown_defects"},
		{"grown defects in bytes", `{"smartctl":{"version":[7,1],"exit_status":0},"smart_status":{"passed":true},"scsi_grown_defect_list":56}`, "warning scsi.grown_defects"},
		{"hot now by an attribute", attribute("7200", `{"id":194,"name":"Temperature_Celsius","value":40,"when_failed":"now","flags":{"value":35},"raw":{"value":60,"string":"60"}}`), "warning smart.temperature"},
		{"a temperature for a value", attribute("0", `{"id":194,"name":"Temperature_Celsius","value":30,"when_failed":"now","flags":{"value":35},"raw":{"value":30,"string":"30"}}`), "ok (smart.temperature)"},
		{"uncorrectable under another name", attribute("0", `{"id":160,"name":"Uncorrectable_Error_Cnt","raw":{"value":2,"string":"2"}}`), "warning ata.uncorrectable"},
		{"statistics: uncorrectable, attribute says none", passed(`"ata_smart_attributes":{"table":[{"id":187,"name":"Uncorrectable_Error_Cnt","raw":{"value":0,"string":"0"}}]},"ata_device_statistics":{"pages":[{"number":4,"table":[{"offset":8,"value":1,"flags":{"value":192}}]}]}`), "ok (ata.uncorrectable)"},
		{"statistics: uncorrectable, empty log", passed(`"ata_smart_error_log":{"extended":{"count":0}},"ata_device_statistics":{"pages":[{"number":4,"table":[{"offset":8,"value":489,"flags":{"value":192}}]}]}`), "ok (ata.uncorrectable)"},
		{"statistics: 255 % alone", passed(`"ata_device_statistics":{"pages":[{"number":7,"table":[{"offset":8,"value":255,"flags":{"value":224}}]}]}`), "ok"},
		{"statistics: 255 %, the attribute agrees", passed(`"ata_smart_attributes":{"table":[{"id":231,"name":"SSD_Life_Left","value":1}]},"ata_device_statistics":{"pages":[{"number":7,"table":[{"offset":8,"value":255,"flags":{"value":224}}]}]}`), "warning smart.worn"},
		{"value of wear at its lowest", passed(`"ata_smart_attributes":{"table":[{"id":177,"name":"Wear_Leveling_Count","value":1}]}`), "warning smart.worn"},
		{"value of wear above its lowest", passed(`"ata_smart_attributes":{"table":[{"id":177,"name":"Wear_Leveling_Count","value":2}]}`), "ok"},
		{"99 % by the statistics", passed(`"ata_smart_attributes":{"table":[{"id":177,"name":"Wear_Leveling_Count","value":1}]},"ata_device_statistics":{"pages":[{"number":7,"table":[{"offset":8,"value":99,"flags":{"value":224}}]}]}`), "ok"},
		{"address on the disk not found", passed(`"user_capacity":{"blocks":1000},"ata_smart_error_log":{"extended":{"count":1,"table":[{"completion_registers":{"error":16,"status":81,"lba":999}}]}}`), "warning ata.error_log"},
		{"address beyond the disk not found", passed(`"user_capacity":{"blocks":1000},"ata_smart_error_log":{"extended":{"count":1,"table":[{"completion_registers":{"error":16,"status":81,"lba":1000}}]}}`), "ok (ata.error_log)"},
		{"reallocated, no rotation rate, spins up", passed(`"ata_smart_attributes":{"table":[{"id":3,"name":"Spin_Up_Time"},{"id":5,"name":"Reallocated_Sector_Ct","raw":{"value":1,"string":"1"}}]}`), "warning ata.reallocated"},
		{"SCSI pending", passed(`"scsi_pending_defects":{"count":1}`), "warning scsi.pending"},
		{"SCSI uncorrected", passed(`"scsi_error_counter_log":{"verify":{"total_uncorrected_errors":1}}`), "warning scsi.uncorrected"},
		{"SCSI worn", passed(`"scsi_percentage_used_endurance_indicator":100`), "warning smart.worn"},
		{"SCSI self-test failed", passed(`"scsi_self_test_0":{"code":{"value":1},"result":{"value":7}}`), "critical scsi.self_test"},
		{"SCSI self-test failed long ago", passed(`"scsi_self_test_0":{"code":{"value":2},"result":{"value":0}},"scsi_self_test_1":{"code":{"value":1},"result":{"value":7}}`), "ok"},

		{"NVMe passed", passed(`"nvme_smart_health_information_log":{"critical_warning":0,"available_spare":10,"available_spare_threshold":10,"percentage_used":99,"media_errors":0,"num_err_log_entries":99}`), "ok"},
		{"NVMe spare", passed(`"nvme_smart_health_information_log":{"available_spare":9,"available_spare_threshold":10}`), "critical nvme.spare"},
		{"NVMe worn", passed(`"nvme_smart_health_information_log":{"percentage_used":100}`), "warning smart.worn"},
		{"NVMe media errors", passed(`"nvme_smart_health_information_log":{"media_errors":1}`), "warning nvme.media_errors"},
		{"NVMe hot", passed(`"nvme_controller_id":1,"temperature":{"current":70,"op_limit_max":70}`), "warning smart.temperature"},
		{"NVMe warnings", `{"smartctl":{"exit_status":8},"smart_status":{"passed":false,"nvme":{"value":255}}}`, "critical nvme.spare nvme.reliability nvme.read_only nvme.backup nvme.critical_warning nvme.temperature nvme.persistent_memory"},
		{"NVMe only hot", `{"smartctl":{"exit_status":8},"smart_status":{"passed":false,"nvme":{"value":2}}}`, "warning nvme.temperature"},
		{"NVMe failing without bits", `{"smartctl":{"exit_status":8},"smart_status":{"passed":false,"nvme":{"value":0}}}`, "critical smart.failing"},
		{"NVMe self-test failed", passed(`"nvme_self_test_log":{"table":[{"self_test_code":{"value":1},"self_test_result":{"value":7}}]}`), "critical nvme.self_test"},
		{"NVMe self-test of a reserved code", passed(`"nvme_self_test_log":{"table":[{"self_test_code":{"value":3},"self_test_result":{"value":7}}]}`), "ok"},
		{"NVMe self-test to come", passed(`"nvme_smart_health_information_log":{"power_on_hours":10},"nvme_self_test_log":{"table":[{"self_test_code":{"value":1},"self_test_result":{"value":7},"power_on_hours":12}]}`), "ok"},
		{"NVMe self-test failed long ago", passed(`"nvme_self_test_log":{"table":[null,{"self_test_code":{"value":2},"self_test_result":{"value":0}},{"self_test_code":{"value":1},"self_test_result":{"value":5}}]}`), "ok"},
		{"NVMe self-test aborted", passed(`"nvme_self_test_log":{"table":[{"self_test_code":{"value":1},"self_test_result":{"value":1}}]}`), "ok"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dev, err := Parse([]byte(tt.in))
			if err != nil && tt.in != "" {
				t.Fatal(err)
			}
			got := describe(t, dev.Health())
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// describe writes a verdict and its reasons, in parentheses those that do not
// count.
func describe(t *testing.T, h Health) string {
	t.Helper()
	words := []string{string(h.Verdict)}
	for _, r := range h.Reasons {
		if r.Severity == OK {
			r.Code = "(" + r.Code + ")"
		}
		words = append(words, r.Code)
		if r.Text == "" || !strings.HasSuffix(r.Text, ".") && !strings.Contains(r.Text, "smartctl: ") || r.Attribute == "" {
			t.Errorf("odd reason %+v", r)
		}
	}
	return strings.Join(words, " ")
}

func TestUsage(t *testing.T) {
	tests := []struct{ name, in, read, written, used string }{
		{"nothing", `{}`, "", "", ""},
		{"NVMe", `{"nvme_smart_health_information_log":{"percentage_used":7,"data_units_read":2,"data_units_written":36893488147419103232}}`, "1024000", "18889465931478580854784000", "7"},
		{"NVMe beyond 128 bits", `{"nvme_smart_health_information_log":{"data_units_read":340282366920938463463374607431768211455}}`, "", "", ""},
		{"8.0", `{"host_reads":{"units":3,"bytes_per_unit":1000},"host_writes":{"units":4,"bytes_per_unit":1000}}`, "3000", "4000", ""},
		{"SAS", `{"scsi_percentage_used_endurance_indicator":2,"scsi_error_counter_log":{"read":{"gigabytes_processed":"1.500"},"write":{"gigabytes_processed":"0.001"}}}`, "1500000000", "1000000", "2"},
		{"ATA", `{"logical_block_size":512,"endurance_used":{"current_percent":9},"ata_device_statistics":{"pages":[{"number":1,"table":[{"offset":24,"value":10,"flags":{"value":192}},{"offset":40,"value":20,"flags":{"value":192}}]},{"number":7,"table":[{"offset":8,"value":3,"flags":{"value":192}}]}]}}`, "10240", "5120", "3"},
		{"ATA before 7.5", `{"ata_smart_attributes":{"table":[{"id":177,"name":"Wear_Leveling_Count","value":93}]}}`, "", "", "7"},
		{"ATA, not worn", `{"ata_smart_attributes":{"table":[{"id":177,"name":"Wear_Leveling_Count","value":200}]}}`, "", "", "0"},
		{"Micron", `{"ata_smart_attributes":{"table":[{"id":202,"name":"Percent_Lifetime_Remain","value":88}]}}`, "", "", "12"},
		{"Intel", `{"model_family":"Intel/Solidigm S46x0/S45x0 Series SSDs","ata_smart_attributes":{"table":[{"id":233,"name":"Media_Wearout_Indicator","value":15}]}}`, "", "", "85"},
		{"smartctl's name of an attribute it does not know", `{"ata_smart_attributes":{"table":[{"id":233,"name":"Media_Wearout_Indicator","value":0}]}}`, "", "", ""},
		{"ATA of 7.5", `{"endurance_used":{"current_percent":9}}`, "", "", "9"},
	}
	for _, tt := range tests {
		dev, err := Parse([]byte(tt.in))
		if err != nil {
			t.Fatal(err)
		}
		read, written, used := "", "", ""
		if v, ok := dev.BytesRead(); ok {
			read = v.String()
		}
		if v, ok := dev.BytesWritten(); ok {
			written = v.String()
		}
		if v := dev.PercentUsed(); v != nil {
			used = optional(v, "%d")
		}
		if read != tt.read || written != tt.written || used != tt.used {
			t.Errorf("%s: read %s, written %s, used %s; want %s, %s, %s", tt.name, read, written, used, tt.read, tt.written, tt.used)
		}
	}
}

func TestPercentSpare(t *testing.T) {
	for in, want := range map[string]string{
		`{}`: "",
		`{"nvme_smart_health_information_log":{"available_spare":97}}`:                                           "97",
		`{"nvme_smart_health_information_log":{"available_spare":0},"spare_available":{"current_percent":0}}`:    "0",
		`{"nvme_version":{"value":1},"spare_available":{"current_percent":98}}`:                                  "98",
		`{"ata_smart_attributes":{"table":[]},"spare_available":{"current_percent":100,"threshold_percent":10}}`: "",
	} {
		dev, err := Parse([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if v := dev.PercentSpare(); v != nil {
			got = optional(v, "%d")
		}
		if got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestRawCount(t *testing.T) {
	for text, want := range map[string]uint64{"12": 12, "12 (0 5)": 12, "4294967295": 4294967295, "0": 0} {
		if got, ok := (&Attribute{RawText: text}).RawCount(); got != want || !ok {
			t.Errorf("%q: %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "1 1 1", "4294967296", "18762h+18m+49.729s", "-1", "31/0/0"} {
		if got, ok := (&Attribute{RawText: text}).RawCount(); ok {
			t.Errorf("%q: %d", text, got)
		}
	}
}

// TestCases: what people reported of drives whose verdict was wrong. The used
// part of the rated life is in percent.
func TestCases(t *testing.T) {
	tests := []struct{ name, health, used, text string }{
		{"190-now", "warning smart.temperature", "", "too hot now"},
		{"cool-is-about-to-fail", "ok (smart.temperature)", "", ""},
		{"850evo-worn", "warning smart.worn", "99", "at least 99 %"},
		{"intel-wear001", "warning smart.worn", "99", "at least 99 %"},
		{"worn-255", "ok", "12", ""},
		{"worn-by-attribute-wraps", "warning smart.worn", "111", "111 %"},
		{"870evo-x187", "warning ata.uncorrectable (ata.reallocated)", "", "313"},
		{"uncorrectable-by-statistic", "ok (ata.uncorrectable)", "", "counts none"},
		{"raptor-no-rpm", "warning ata.reallocated", "", "532"},
		{"sas-decimal-comma", "ok", "", ""},
		{"sas-grown240-118", "warning scsi.grown_defects", "", "30 to 60"},
		{"scsi-grown-defects-7.1", "warning scsi.grown_defects", "", "7 to 14"},
		{"nvme-jms583-648", "ok", "0", ""},
		{"nvme-worn-0x04-537", "critical nvme.reliability smart.worn", "100", "no media errors"},
		{"temperature-zero", "unknown smart.unsupported (smart.command_failed)", "", ""},
	}
	for _, tt := range tests {
		name := tt.name
		if _, err := os.Stat("testdata/case-" + name); err != nil {
			name = "ata-" + name
		}
		dev, err := Parse(read(t, "testdata/case-"+name+"/input"))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		h := dev.Health()
		if got := describe(t, h); got != tt.health {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.health)
		}
		if used := dev.PercentUsed(); tt.used != "" && (used == nil || optional(used, "%d") != tt.used) {
			t.Errorf("%s: used %v, want %s", tt.name, used, tt.used)
		}
		if tt.text != "" && !strings.Contains(h.Reasons[0].Text, tt.text) {
			t.Errorf("%s: %q does not say %q", tt.name, h.Reasons[0].Text, tt.text)
		}
	}
}

func TestJudgeNVMe(t *testing.T) {
	number := func(n int64) *int64 { return &n }
	tests := []struct {
		log  *NVMeHealth
		want string
	}{
		{nil, "unknown smart.no_status"},
		{&NVMeHealth{SparePercent: number(100), SpareThresholdPercent: number(10), UsedPercent: number(99), MediaErrors: new(Uint128)}, "ok"},
		{&NVMeHealth{MediaErrors: &Uint128{Lo: 7}}, "warning nvme.media_errors"},
		{&NVMeHealth{UsedPercent: number(120)}, "warning smart.worn"},
		{&NVMeHealth{SparePercent: number(5), SpareThresholdPercent: number(10)}, "critical nvme.spare"},
		{&NVMeHealth{CriticalWarning: WarningReadOnly | WarningTemperature}, "critical nvme.read_only nvme.temperature"},
	}
	for _, tt := range tests {
		if got := describe(t, JudgeNVMe(tt.log)); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.log, got, tt.want)
		}
	}
}

func TestFlagNames(t *testing.T) {
	for got, want := range map[string]string{
		(FlagPrefail | FlagEventCount | 1<<9).String(): "prefail, event count, bit 9",
		(StatisticMonitored | StatisticValid).String(): "monitored, valid",
		(WarningReadOnly | 1<<7).String():              "read only, bit 7",
		AttributeFlags(0).String():                     "",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
