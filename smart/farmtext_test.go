// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"fmt"
	"testing"

	"github.com/mchus/bee/internal/corpus"
)

// TestFARMText: the log's text comes out under the keys of JSON, each value in
// its unit.
func TestFARMText(t *testing.T) {
	const in = "smartctl 7.5 2025-04-30 r5714 [x86_64-linux-6.1.0] (local build)\n\n" +
		"Seagate Field Access Reliability Metrics log (FARM) (GP Log 0xa6)\n" +
		"\tFARM Log Page 0: Log Header\n\t\tFARM Log Version: 4.17\n" +
		"\tFARM Log Page 1: Drive Information\n\t\tDevice Interface: SATA\n\t\tRotation Rate: 7200 rpm\n\t\tAssembly Date (YYWW): 2517\n\t\tSpin-up Time: 12 ms\n\t\tDepopulation Head Mask: ff\n" +
		"\tFARM Log Page 3: Error Statistics\n\t\tFlash LED Event 1:\n\t\t\tEvent Information: 0x0000000000000010\n\t\t\tTimestamp of Event 1 (hours): 7\n\t\t\tPower Cycle Event 1: a\n\t\tUncorrectable errors: 3\n" +
		"\t\tCum Lifetime Unrecoverable by head 2:\n\t\t\tCumulative Lifetime Unrecoverable Read Unique: 5\n" +
		"\tFARM Log Page 4: Environment Statistics\n\t\tCurrent 12 volts: 12.023\n" +
		"\tFARM Log Page 5: Reliability Statistics\n\t\tDVGA Skip Write Detect by Head 10: 18446744073709551615\n\t\tNumber of Reallocated Sectors by Head 0: 8\n"
	text, err := ParseText([]byte(in))
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, v := range text.Device.FARM {
		got += fmt.Sprint(v.Page, " ", v.Name, "=", v.Text)
		if v.Number != nil {
			got += fmt.Sprint(*v.Number)
		}
		got += "\n"
	}
	const want = "0 farm_log_version.0=4\n0 farm_log_version.1=17\n1 device_interface=SATA\n1 rotation_rate=7200\n1 date_of_assembly=2517\n1 spin_up_time=12\n1 depopulation_head_mask=255\n" +
		"3 flash_led_event_1.event_information=16\n3 flash_led_event_1.timestamp_of_event=7\n3 flash_led_event_1.power_cycle_event=10\n3 uncorrectables=3\n" +
		"3 cum_lifetime_unrecoverable_by_head_2.cum_lifetime_unrecoverable_read_unique=5\n4 current_12v_in_mv=12023\n5 dvga_skip_write_detect_by_head_10=-1\n5 number_of_reallocated_sectors_by_head_0=8\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestCorpusFARM: the names of the log in JSON are those of its text.
func TestCorpusFARM(t *testing.T) {
	names := make(map[string]bool)
	for _, file := range corpus.Files(t, "smartctl-json") {
		dev, _ := Parse(file.Data)
		for _, v := range dev.FARM {
			names[v.Name] = true
		}
	}
	logs, values := 0, 0
	for _, file := range corpus.Files(t, "smartctl-text") {
		text, _ := ParseText(file.Data)
		if len(text.Device.FARM) == 0 {
			continue
		}
		logs++
		for _, v := range text.Device.FARM {
			if names[v.Name] {
				values++
			}
		}
	}
	t.Logf("%d logs in texts, %d values under a name that JSON has", logs, values)
	if logs < 2 || values < 200 {
		t.Error("too few")
	}
}
