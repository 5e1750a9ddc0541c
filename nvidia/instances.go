// SPDX-License-Identifier: Apache-2.0

package nvidia

// A MIGDevice is one compute instance of a GPU in MIG mode.
type MIGDevice struct {
	Index           *int64 `json:"index,omitzero"`
	GPUInstance     *int64 `json:"gpu_instance,omitzero"`     // gpu_instance_id
	ComputeInstance *int64 `json:"compute_instance,omitzero"` // compute_instance_id

	// UUID and Profile ("3g.40gb", "1c.3g.40gb") come from nvidia-smi -L and
	// from NVML; XML prints them with few drivers or none.
	UUID    string `json:"uuid,omitzero"`
	Profile string `json:"profile,omitzero"`

	// The shares of the GPU's units, which compute instances of one GPU
	// instance have in common (device_attributes/shared).
	Multiprocessors *int64 `json:"multiprocessors,omitzero"`
	CopyEngines     *int64 `json:"copy_engines,omitzero"`
	Encoders        *int64 `json:"encoders,omitzero"`
	Decoders        *int64 `json:"decoders,omitzero"`
	OFAs            *int64 `json:"ofas,omitzero"`
	JPEGs           *int64 `json:"jpegs,omitzero"`

	SRAMUncorrectable *int64      `json:"volatile_sram_uncorrectable,omitzero"` // ecc_error_count/volatile_count
	Memory            MemoryUsage `json:"memory,omitzero"`                      // fb_memory_usage
	BAR1              MemoryUsage `json:"bar1,omitzero"`
}

// A Process is one that uses the GPU.
type Process struct {
	PID             int64  `json:"pid"`
	Type            string `json:"type,omitzero"` // "C" compute, "G" graphics, "C+G", "M+C" MPS
	Name            string `json:"name,omitzero"` // the bytes that the kernel holds; need not be UTF-8
	UsedBytes       *int64 `json:"used_bytes,omitzero"`
	GPUInstance     *int64 `json:"gpu_instance,omitzero"`
	ComputeInstance *int64 `json:"compute_instance,omitzero"`
}

// An AccountedProcess is one that the driver kept account of (accounting mode).
type AccountedProcess struct {
	PID              int64  `json:"pid"`
	GPUPercent       *int64 `json:"gpu_percent,omitzero"`
	MemoryPercent    *int64 `json:"memory_percent,omitzero"`
	MaxMemoryBytes   *int64 `json:"max_memory_bytes,omitzero"`
	TimeMilliseconds *int64 `json:"time_milliseconds,omitzero"`
	Running          *bool  `json:"running,omitzero"`
}

// Fabric is the GPU's membership in an NVLink fabric.
type Fabric struct {
	State       string       `json:"state,omitzero"`  // "Completed", "In Progress", "Not Started"
	Status      string       `json:"status,omitzero"` // "Success" or what went wrong
	Clique      *int64       `json:"clique,omitzero"` // cliqueId
	ClusterUUID string       `json:"cluster_uuid,omitzero"`
	Health      FabricHealth `json:"health,omitzero"`
}

// FabricHealth is how the fabric sees the GPU.
type FabricHealth struct {
	Summary                string `json:"summary,omitzero"`   // "Healthy", "Unhealthy", "Limited Capacity"
	Bandwidth              string `json:"bandwidth,omitzero"` // "Full", "Degraded"
	RouteRecovery          *bool  `json:"route_recovery_in_progress,omitzero"`
	RouteUnhealthy         *bool  `json:"route_unhealthy,omitzero"`
	AccessTimeoutRecovery  *bool  `json:"access_timeout_recovery,omitzero"`
	IncorrectConfiguration string `json:"incorrect_configuration,omitzero"` // "None" or what is wrong
	PartitionAssigned      string `json:"partition_assigned,omitzero"`
}

// An NVLink is one link of a GPU.
type NVLink struct {
	Link   int   `json:"link"`
	Active *bool `json:"active,omitzero"`

	// SpeedMBs is the speed in each direction, in units of 10⁶ bytes a second;
	// nil if the link is inactive.
	SpeedMBs *int64 `json:"speed_megabytes_per_second,omitzero"`

	Version       *int64 `json:"version,omitzero"`        // NVML
	RemoteAddress string `json:"remote_address,omitzero"` // NVML: PCI address of the other end

	// Errors since the last reset, from NVML.
	Replays   *int64 `json:"replays,omitzero"`
	Recovered *int64 `json:"recovered,omitzero"`
	CRCErrors *int64 `json:"crc_errors,omitzero"`
}
