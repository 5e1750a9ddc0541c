// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"
	"errors"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/nvidia"
)

// A GPU is a graphics processor or accelerator whose driver describes it.
type GPU struct {
	ID              string       `json:"id"`
	Index           *int         `json:"index,omitzero"` // as the driver counts
	PCIAddress      string       `json:"pci_address,omitzero"`
	Model           string       `json:"model,omitzero"`
	Vendor          string       `json:"vendor,omitzero"`
	UUID            string       `json:"uuid,omitzero"`
	Serial          string       `json:"serial,omitzero"`
	BoardPartNumber string       `json:"board_part_number,omitzero"`
	FRUPartNumber   string       `json:"fru_part_number,omitzero"`
	VBIOS           string       `json:"vbios,omitzero"`
	Driver          string       `json:"driver,omitzero"`
	CUDA            string       `json:"cuda,omitzero"`
	MemoryBytes     uint64       `json:"memory_bytes,omitzero"`
	ECC             *GPUECC      `json:"ecc,omitzero"`
	RetiredPages    *GPUPages    `json:"retired_pages,omitzero"`
	RowRemap        *GPURowRemap `json:"row_remap,omitzero"`
	RecoveryAction  string       `json:"recovery_action,omitzero"` // what the driver asks for, in lower case: "none", "reset", …
	Fault           string       `json:"fault,omitzero"`           // what the driver complains of: "GPU is lost"
	MIG             *GPUMIG      `json:"mig,omitzero"`
	Link            *PCILink     `json:"link,omitzero"`
	PowerLimitW     float64      `json:"power_limit_w,omitzero"`
	PowerW          float64      `json:"power_w,omitzero"`
	TemperatureC    *int         `json:"temperature_c,omitzero"`
	Sources         []string     `json:"sources,omitzero"`
}

// GPUECC counts memory errors.
type GPUECC struct {
	Enabled   *bool      `json:"enabled,omitzero"`
	Volatile  *ECCCounts `json:"volatile,omitzero"`  // since the driver was loaded
	Aggregate *ECCCounts `json:"aggregate,omitzero"` // over the card's life
	// SRAMThresholdExceeded says that the card should be replaced for its
	// uncorrectable errors.
	SRAMThresholdExceeded *bool `json:"sram_threshold_exceeded,omitzero"`
}

// ECCCounts are numbers of memory errors.
type ECCCounts struct {
	Corrected   *int64 `json:"corrected,omitzero"`
	Uncorrected *int64 `json:"uncorrected,omitzero"`
}

// GPUPages counts the memory pages taken out of use.
type GPUPages struct {
	SBE     *int64 `json:"sbe,omitzero"` // for many single-bit errors
	DBE     *int64 `json:"dbe,omitzero"` // for a double-bit error
	Pending *bool  `json:"pending,omitzero"`
}

// GPURowRemap counts the memory rows replaced by spare ones.
type GPURowRemap struct {
	Correctable   *int64 `json:"correctable,omitzero"`
	Uncorrectable *int64 `json:"uncorrectable,omitzero"`
	Pending       *bool  `json:"pending,omitzero"`
	Failure       *bool  `json:"failure,omitzero"`
}

// GPUMIG is how a GPU is divided.
type GPUMIG struct {
	Mode    string      `json:"mode,omitzero"` // "enabled" or "disabled"
	Devices []MIGDevice `json:"devices,omitzero"`
}

// A MIGDevice is a part of a GPU.
type MIGDevice struct {
	UUID        string `json:"uuid,omitzero"`
	Profile     string `json:"profile,omitzero"`
	MemoryBytes uint64 `json:"memory_bytes,omitzero"`
}

// GPUs are the GPUs of a machine.
type GPUs []GPU

// nvidiaLoaded are the signs that NVIDIA's driver is there to be asked.
var nvidiaLoaded = []string{"proc/driver/nvidia/version", "sys/module/nvidia", "dev/nvidiactl"}

// CollectGPUs reads the GPUs from nvidia-smi, which is asked only where its
// driver is loaded.
func CollectGPUs(ctx context.Context, h host.Host) (*GPUs, error) {
	loaded := false
	for _, name := range nvidiaLoaded {
		loaded = loaded || exists(h.FS(), name)
	}
	if !loaded {
		return nil, nil
	}
	out, err := runTool(ctx, h, "nvidia-smi", "-q", "-x")
	if len(out.Stdout) == 0 {
		return nil, err
	}
	log, parseErr := nvidia.Parse(out.Stdout)
	said, _ := nvidia.Parse(out.Stderr) // for the notes alone
	err = errors.Join(err, from("nvidia-smi -q -x", parseErr))
	list := gpusFromNVIDIA(log, append(log.Notes, said.Notes...))
	if len(list) == 0 {
		return nil, err
	}
	assignIDs("gpu", list,
		func(g *GPU) []string { return []string{g.UUID, g.Serial, g.PCIAddress} },
		func(g *GPU, id string) { g.ID = id })
	return &list, err
}
