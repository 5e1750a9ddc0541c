// SPDX-License-Identifier: Apache-2.0

package nvidia

import "strings"

// elementName returns the name that a label of nvidia-smi -q has in -q -x, below
// an element of that name. Most are the words of the label.
func elementName(parent, label string) string {
	words := wordsName(label)
	switch parent {
	case "gpu":
		return gpuName(words)
	case "mig_mode":
		return words + "_mig"
	case "ecc_mode":
		return words + "_ecc"
	case "dram_encryption_mode":
		return words + "_dram_encryption"
	case "driver_model":
		return words + "_dm"
	case "gpu_operation_mode":
		return words + "_gom"
	case "utilization":
		return words + "_util"
	case "clocks_event_reasons", "clocks_throttle_reasons":
		return "clocks_event_reason_" + reasonName(words)
	case "clocks_event_reasons_counters":
		return "clocks_event_reasons_counters_" + counterName(words)
	case "row_remapper_histogram":
		return "row_remapper_histogram_" + words
	case "power_profiles":
		return "power_profile_" + words
	case "clocks", "applications_clocks", "default_applications_clocks", "deferred_clocks", "max_clocks", "max_customer_boost_clocks":
		if words == "memory" {
			return "mem_clock"
		}
		return words + "_clock"
	case "pci", "pci_gpu_link_info", "pcie_gen", "link_widths", "pci_bridge_chip":
		return pciName(parent, words)
	case "remapped_rows":
		return remapName(words)
	case "temperature":
		return temperatureName(words)
	}
	return otherName(parent, words)
}

// wordsName makes a name of the words of a label.
func wordsName(label string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ':
			return '_'
		case c == '-' || c == '.':
			return -1
		case 'A' <= c && c <= 'Z':
			return c + 'a' - 'A'
		}
		return c
	}, label)
}

func gpuName(words string) string {
	switch words {
	case "serial_number":
		return "serial"
	case "gpu_uuid":
		return "uuid"
	case "gpu_pdi":
		return "pdi"
	case "fru_part_number":
		return "gpu_fru_part_number"
	case "module_id":
		return "gpu_module_id"
	case "platform_info":
		return "platformInfo"
	case "inforom_bbx_object_flush":
		return "inforom_bbx_flush"
	case "gpu_c2c_mode":
		return "c2c_mode"
	case "workload_power_profiles":
		return "power_profiles"
	}
	return words
}

func reasonName(words string) string {
	switch words {
	case "idle":
		return "gpu_idle"
	case "display_clock_setting":
		return "display_clocks_setting"
	}
	return words
}

func counterName(words string) string {
	switch words {
	case "sw_power_capping":
		return "sw_power_cap"
	case "sw_thermal_slowdown":
		return "sw_therm_slowdown"
	case "hw_thermal_slowdown":
		return "hw_therm_slowdown"
	case "hw_power_braking":
		return "hw_power_brake"
	}
	return words
}

func pciName(parent, words string) string {
	switch parent + " " + words {
	case "pci base_classcode":
		return "pci_base_class"
	case "pci sub_classcode":
		return "pci_sub_class"
	case "pci gpu_link_info":
		return "pci_gpu_link_info"
	case "pci replays_since_reset":
		return "replay_counter"
	case "pci replay_number_rollovers":
		return "replay_rollover_counter"
	case "pci tx_throughput":
		return "tx_util"
	case "pci rx_throughput":
		return "rx_util"
	case "pci atomic_caps_outbound", "pci atomic_caps_inbound":
		return words
	case "pci_gpu_link_info pcie_generation":
		return "pcie_gen"
	case "pci_gpu_link_info link_width":
		return "link_widths"
	case "pcie_gen max", "pcie_gen current", "pcie_gen device_current":
		return words + "_link_gen"
	case "pcie_gen device_max":
		return "max_device_link_gen"
	case "pcie_gen host_max":
		return "max_host_link_gen"
	case "link_widths max", "link_widths current":
		return words + "_link_width"
	case "pci_bridge_chip type":
		return "bridge_chip_type"
	case "pci_bridge_chip firmware":
		return "bridge_chip_fw"
	}
	return "pci_" + words
}

func remapName(words string) string {
	switch words {
	case "correctable_error":
		return "remapped_row_corr"
	case "uncorrectable_error":
		return "remapped_row_unc"
	case "inactive_correctable_error":
		return "remapped_row_corr_inactive"
	case "inactive_uncorrectable_error":
		return "remapped_row_unc_inactive"
	case "remapping_failure_occurred":
		return "remapped_row_failure"
	case "bank_remap_availability_histogram":
		return "row_remapper_histogram"
	}
	return "remapped_row_" + words
}

func temperatureName(words string) string {
	switch words {
	case "gpu_current_temp":
		return "gpu_temp"
	case "memory_current_temp":
		return "memory_temp"
	case "gpu_tlimit_temp", "gpu_current_tlimit_temp":
		return "gpu_temp_tlimit"
	case "gpu_shutdown_temp":
		return "gpu_temp_max_threshold"
	case "gpu_slowdown_temp":
		return "gpu_temp_slow_threshold"
	case "gpu_max_operating_temp":
		return "gpu_temp_max_gpu_threshold"
	case "memory_max_operating_temp":
		return "gpu_temp_max_mem_threshold"
	case "gpu_shutdown_tlimit_temp":
		return "gpu_temp_max_tlimit_threshold"
	case "gpu_slowdown_tlimit_temp":
		return "gpu_temp_slow_tlimit_threshold"
	case "gpu_max_operating_tlimit_temp":
		return "gpu_temp_max_gpu_tlimit_threshold"
	case "memory_max_operating_tlimit_temp":
		return "gpu_temp_max_mem_tlimit_threshold"
	}
	return words
}

// otherName names what is odd in one place only.
func otherName(parent, words string) string {
	switch parent + " " + words {
	case "inforom_version image_version":
		return "img_version"
	case "inforom_version power_management_object":
		return "pwr_object"
	case "encoder_stats active_sessions", "fbc_stats active_sessions":
		return "session_count"
	case "retired_pages single_bit_ecc":
		return "multiple_single_bit_retirement"
	case "retired_pages double_bit_ecc":
		return "double_bit_retirement"
	case "retired_pages pending_page_blacklist":
		return "pending_blacklist"
	case "voltage graphics":
		return "graphics_volt"
	case "fabric cliqueid":
		return "cliqueId"
	case "fabric clusteruuid":
		return "clusterUuid"
	case "mig_device shared_fb_memory_usage":
		return "fb_memory_usage"
	case "mig_device shared_bar1_memory", "mig_device shared_bar1_memory_usage":
		return "bar1_memory_usage"
	case "mig_device ecc_errors":
		return "ecc_error_count"
	case "ecc_error_count volatile":
		return "volatile_count"
	case "process_info process_id":
		return "pid"
	case "process_info name":
		return "process_name"
	case "process_info used_gpu_memory":
		return "used_memory"
	case "single_bit texture_shared", "double_bit texture_shared":
		return "texture_shm"
	}
	switch words {
	case "instantaneous_power_draw":
		return "instant_power_draw"
	}
	return words
}
