// SPDX-License-Identifier: Apache-2.0

package report

// A Processor is a CPU socket and what is in it (SMBIOS type 4).
type Processor struct {
	ID           string   `json:"id"`
	Socket       string   `json:"socket,omitzero"`
	Present      bool     `json:"present"`          // false: the socket is empty
	Enabled      *bool    `json:"enabled,omitzero"` // by firmware or user; nil if nothing said so
	Manufacturer string   `json:"manufacturer,omitzero"`
	Model        string   `json:"model,omitzero"`
	Family       string   `json:"family,omitzero"`
	Cores        int      `json:"cores,omitzero"`
	CoresEnabled int      `json:"cores_enabled,omitzero"`
	Threads      int      `json:"threads,omitzero"`
	MaxMHz       int      `json:"max_mhz,omitzero"`     // the highest that the socket's firmware supports
	CurrentMHz   int      `json:"current_mhz,omitzero"` // the processor's rated speed
	Microcode    string   `json:"microcode,omitzero"`   // the running revision, as the kernel prints it
	Serial       string   `json:"serial,omitzero"`
	PartNumber   string   `json:"part_number,omitzero"`
	AssetTag     string   `json:"asset_tag,omitzero"`
	NUMANodes    []int    `json:"numa_nodes,omitzero"`
	Sources      []string `json:"sources,omitzero"`
}
