// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strconv"
	"strings"
)

// farm reads the lines of Seagate's FARM log: headings of pages are indented by
// one tab or two blanks, values by two of them, and by three what belongs to the
// value above.
func (p *textParser) farm(line string) bool {
	s := strings.TrimLeft(line, "\t ")
	depth := len(line) - len(s)
	if line[0] == ' ' {
		depth /= 2
	}
	label, value, ok := strings.Cut(s, ":")
	value = strings.TrimSpace(value)
	switch {
	case depth == 1:
		return p.farmPage(s)
	case depth < 2 || depth > 3 || !ok:
		return false
	case value == "" && depth == 2 && (strings.Contains(label, "Event ") || strings.Contains(label, " by head ")):
		p.member = key(label) + "." // of what follows
		return true
	case depth == 2:
		p.member = ""
	}
	p.farmValue(p.group+p.member+farmName(label), value)
	return true
}

// farmPage reads "FARM Log Page 1: Drive Information", of SAS drives "FARM Log
// Parameter 1: …" or "FARM Log By Head Information".
func (p *textParser) farmPage(heading string) bool {
	rest, ok := strings.CutPrefix(heading, "FARM Log ")
	kind, number, _ := strings.Cut(rest, " ")
	p.group, p.member = "", ""
	if n, isNumber := digits(number); isNumber && (kind == "Page" || kind == "Parameter") {
		p.farmNumber = n
	} else {
		p.group = key(rest) + "."
	}
	return ok
}

// farmValue keeps a value as JSON has it: a number, without its unit, or a text.
func (p *textParser) farmValue(name, value string) {
	v := FARMValue{Page: p.farmNumber, Name: name}
	number := strings.TrimSuffix(strings.TrimSuffix(value, " rpm"), " ms")
	base := 10
	switch {
	case strings.HasPrefix(number, "0x"):
		number, base = number[2:], 16
	case name == "depopulation_head_mask", strings.HasSuffix(name, ".power_cycle_event"):
		base = 16 // without a prefix
	case strings.HasPrefix(name, "farm_log_version"):
		p.farmVersion(value)
		return
	case strings.HasSuffix(name, "_in_mv"), strings.HasSuffix(name, "_power") && strings.Contains(value, "."):
		number = strings.Replace(number, ".", "", 1) // of thousandths
	}
	n, err := strconv.ParseUint(number, base, 64)
	switch {
	case err == nil && !farmText(name):
		i := int64(n) // JSON, too, has it with a sign
		v.Number = &i
	case value == "":
		return
	default:
		v.Text = value
	}
	p.dev.FARM = append(p.dev.FARM, v)
}

// farmVersion reads "1.9", of which JSON makes a list.
func (p *textParser) farmVersion(value string) {
	major, minor, _ := strings.Cut(value, ".")
	for i, part := range []string{major, minor} {
		if n, ok := digits(part); ok {
			p.dev.FARM = append(p.dev.FARM, FARMValue{Page: p.farmNumber, Name: "farm_log_version." + strconv.Itoa(i), Number: p.ptr(n)})
		}
	}
}

// farmText reports whether a value is a text though it may look like a number.
func farmText(name string) bool {
	switch name {
	case "serial_number", "world_wide_name", "firmware_rev", "date_of_assembly", "model_number", "product_id":
		return true
	}
	return false
}

// farmName returns the key of JSON that stands for a label (farmprint.cpp). Most
// are the label's own words; these are not.
func farmName(label string) string {
	for _, n := range farmNames {
		if label == n.label {
			return n.name
		}
	}
	// By head: "DVGA Skip Write Detect by Head 3".
	if head := strings.LastIndexByte(label, ' '); head > 0 {
		for _, n := range farmHeads {
			if label[:head] == n.label {
				return n.name + label[head+1:]
			}
		}
	}
	if rest, ok := strings.CutPrefix(label, "Timestamp of Event "); ok && strings.HasSuffix(rest, "(hours)") {
		return "timestamp_of_event"
	}
	if strings.HasPrefix(label, "Power Cycle Event ") {
		return "power_cycle_event"
	}
	return key(label)
}

type farmLabel struct{ label, name string }

var farmHeads = [...]farmLabel{
	{"DVGA Skip Write Detect by Head", "dvga_skip_write_detect_by_head_"},
	{"RVGA Skip Write Detect by Head", "rvga_skip_write_detect_by_head_"},
	{"FVGA Skip Write Detect by Head", "fvga_skip_write_detect_by_head_"},
	{"Skip Write Detect Threshold Exceeded by Head", "skip_write_detect_threshold_exceeded_by_head_"},
	{"Write Power On (hrs) by Head", "write_workload_power_on_time_by_head_"},
	{"Write Power On (sec) by Head", "write_workload_power_on_time_by_head_"},
	{"MR Head Resistance from Head", "mr_head_resistance_from_head_"},
	{"Second MR Head Resistance by Head", "second_mr_head_resistance_by_head_"},
	{"Number of Reallocated Sectors by Head", "number_of_reallocated_sectors_by_head_"},
	{"Number of Reallocation Candidate Sectors by Head", "number_of_reallocation_candidate_sectors_by_head_"},
}

var farmNames = [...]farmLabel{
	{"Device Form Factor", "form_factor"},
	{"Power on Hours", "poh"},
	{"Spindle Power on Hours", "spoh"},
	{"Hardware Reset Count", "reset_count"},
	{"Time to ready of the last power cycle", "time_to_ready"},
	{"Time drive is held in staggered spin", "time_held"},
	{"Max Number of Available Sectors for Reassignment", "max_number_for_reasign"},
	{"Assembly Date (YYWW)", "date_of_assembly"},
	{"Total Number of Read Commands", "total_read_commands"},
	{"Total Number of Write Commands", "total_write_commands"},
	{"Total Number of Random Read Commands", "total_random_reads"},
	{"Total Number of Random Write Commands", "total_random_writes"},
	{"Total Number Of Other Commands", "total_other_commands"},
	{"Number of dither events during current power cycle", "dither"},
	{"Number of times dither was held off during random workloads", "dither_random"},
	{"Number of times dither was held off during sequential workloads", "dither_sequential"},
	{"Number of Read commands from 0-3.125% of LBA space for last 3 SMART Summary Frames", "read_commands_by_radius_0_3"},
	{"Number of Read commands from 3.125-25% of LBA space for last 3 SMART Summary Frames", "read_commands_by_radius_3_25"},
	{"Number of Read commands from 25-75% of LBA space for last 3 SMART Summary Frames", "read_commands_by_radius_25_75"},
	{"Number of Read commands from 75-100% of LBA space for last 3 SMART Summary Frames", "read_commands_by_radius_75_100"},
	{"Number of Write commands from 0-3.125% of LBA space for last 3 SMART Summary Frames", "write_commands_by_radius_0_3"},
	{"Number of Write commands from 3.125-25% of LBA space for last 3 SMART Summary Frames", "write_commands_by_radius_3_25"},
	{"Number of Write commands from 25-75% of LBA space for last 3 SMART Summary Frames", "write_commands_by_radius_25_75"},
	{"Number of Write commands from 75-100% of LBA space for last 3 SMART Summary Frames", "write_commands_by_radius_75_100"},
	{"Unrecoverable Read Errors", "number_of_unrecoverable_read_errors"},
	{"Unrecoverable Write Errors", "number_of_unrecoverable_write_errors"},
	{"Number of ASR Events", "total_asr_events"},
	{"Number of Interface CRC Errors", "total_crc_errors"},
	{"Spin Retry Count", "attr_spin_retry_count"},
	{"Spin Retry Count Normalized", "normal_spin_retry_count"},
	{"Spin Retry Count Worst", "worst_spin_rretry_count"},
	{"Number of IOEDC Errors (Raw)", "number_of_ioedc_errors"},
	{"CTO Count Total", "command_time_out_count_total"},
	{"CTO Count Over 5s", "command_time_out_over_5_seconds_count"},
	{"CTO Count Over 7.5s", "command_time_out_over_7_seconds_count"},
	{"Total Flash LED (Assert) Events", "total_flash_led"},
	{"Index of the last Flash LED", "index_flash_led"},
	{"Uncorrectable errors", "uncorrectables"},
	{"Cumulative Lifetime Unrecoverable Read errors due to ERC", "cumulative_unrecoverable_read_erc"},
	{"Cumulative Lifetime Unrecoverable Read Repeating", "cum_lifetime_unrecoverable_read_repeating"},
	{"Cumulative Lifetime Unrecoverable Read Unique", "cum_lifetime_unrecoverable_read_unique"},
	{"Current Temperature (Celsius)", "curent_temp"},
	{"Highest Temperature", "highest_temp"},
	{"Lowest Temperature", "lowest_temp"},
	{"Average Short Term Temperature", "average_temp"},
	{"Average Long Term Temperature", "average_long_temp"},
	{"Highest Average Short Term Temperature", "highest_short_temp"},
	{"Lowest Average Short Term Temperature", "lowest_short_temp"},
	{"Highest Average Long Term Temperature", "highest_long_temp"},
	{"Lowest Average Long Term Temperature", "lowest_long_temp"},
	{"Time In Over Temperature (minutes)", "over_temp_time"},
	{"Time In Under Temperature (minutes)", "under_temp_time"},
	{"Specified Max Operating Temperature", "max_temp"},
	{"Specified Min Operating Temperature", "min_temp"},
	{"Current Relative Humidity", "humidity"},
	{"Current 12 volts", "current_12v_in_mv"},
	{"Minimum 12 volts", "minimum_12v_in_mv"},
	{"Maximum 12 volts", "maximum_12v_in_mv"},
	{"Current 5 volts", "current_5v_in_mv"},
	{"Minimum 5 volts", "minimum_5v_in_mv"},
	{"Maximum 5 volts", "maximum_5v_in_mv"},
	{"12V Power Average", "average_12v_power"},
	{"12V Power Minimum", "minimum_12v_power"},
	{"12V Power Maximum", "maximum_12v_power"},
	{"5V Power Average", "average_5v_power"},
	{"5V Power Minimum", "minimum_5v_power"},
	{"5V Power Maximum", "maximum_5v_power"},
	{"Error Rate (SMART Attribute 1 Raw)", "attr_error_rate_raw"},
	{"Error Rate (SMART Attribute 1 Normalized)", "error_rate_normalized"},
	{"Error Rate (SMART Attribute 1 Worst)", "error_rate_worst"},
	{"Seek Error Rate (SMART Attr 7 Raw)", "attr_seek_error_rate_raw"},
	{"Seek Error Rate (SMART Attr 7 Normalized)", "seek_error_rate_normalized"},
	{"Seek Error Rate (SMART Attr 7 Worst)", "seek_error_rate_worst"},
	{"Helium Pressure Threshold Tripped", "helium_presure_trip"},
	{"Number of Read commands from 0-3.125% of LBA space", "number_of_read_commands_from_0_to_3_percent_of_lba_space"},
	{"Number of Read commands from 3.125-25% of LBA space", "number_of_read_commands_from_3_to_25_percent_of_lba_space"},
	{"Number of Read commands from 25-50% of LBA space", "number_of_read_commands_from_25_to_50_percent_of_lba_space"},
	{"Number of Read commands from 50-100% of LBA space", "number_of_read_commands_from_50_to_100_percent_of_lba_space"},
	{"Number of Write commands from 0-3.125% of LBA space", "number_of_write_commands_from_0_to_3_percent_of_lba_space"},
	{"Number of Write commands from 3.125-25% of LBA space", "number_of_write_commands_from_3_to_25_percent_of_lba_space"},
	{"Number of Write commands from 25-50% of LBA space", "number_of_write_commands_from_25_to_50_percent_of_lba_space"},
	{"Number of Write commands from 50-100% of LBA space", "number_of_write_commands_from_50_to_100_percent_of_lba_space"},
}
