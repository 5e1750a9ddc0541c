// SPDX-License-Identifier: Apache-2.0

package nvme

import "encoding/json"

// A List says which NVMe devices a machine has: what "nvme list", "nvme list
// -v" and "nvme list-subsys" print.
//
// The three tables are flat, as "nvme list -v" prints them in plain text, and
// refer to each other by kernel name. Which of them are filled depends on the
// command: "nvme list" gives Namespaces alone, "nvme list -v" all three,
// "nvme list-subsys" Subsystems and Controllers. Each subsystem, controller
// and namespace stands once, in the order of the output.
type List struct {
	Subsystems  []Subsystem  `json:"subsystems,omitzero"`
	Controllers []Controller `json:"controllers,omitzero"`
	Namespaces  []Namespace  `json:"namespaces,omitzero"`

	// Extra holds what no field above takes, by its path in the JSON.
	Extra map[string]json.RawMessage `json:"extra,omitzero"`
}

// A Subsystem is an NVM subsystem: one or more controllers and the namespaces
// behind them.
type Subsystem struct {
	Name        string   `json:"name,omitzero"` // "nvme-subsys0"
	NQN         string   `json:"nqn,omitzero"`
	HostNQN     string   `json:"host_nqn,omitzero"`
	HostID      string   `json:"host_id,omitzero"`     // UUID; since nvme-cli 2.5
	Model       string   `json:"model,omitzero"`       // list-subsys -v only, as the next four
	Serial      string   `json:"serial,omitzero"`      //
	Firmware    string   `json:"firmware,omitzero"`    //
	IOPolicy    string   `json:"io_policy,omitzero"`   // "numa", "round-robin", "queue-depth"
	Type        string   `json:"type,omitzero"`        // "nvm", "discovery"
	Controllers []string `json:"controllers,omitzero"` // names
}

// A Controller is one NVMe controller: on PCIe, a drive or a port of one.
type Controller struct {
	Name      string  `json:"name,omitzero"`      // "nvme0"
	Subsystem string  `json:"subsystem,omitzero"` // name
	ID        *uint16 `json:"id,omitzero"`        // CNTLID; nil where not printed
	Serial    string  `json:"serial,omitzero"`
	Model     string  `json:"model,omitzero"`
	Firmware  string  `json:"firmware,omitzero"`
	Transport string  `json:"transport,omitzero"` // "pcie", "tcp", "rdma", "fc", "loop"
	Address   string  `json:"address,omitzero"`   // PCI address, or "traddr=…,trsvcid=…"
	Slot      string  `json:"slot,omitzero"`      // physical PCIe slot
	State     string  `json:"state,omitzero"`     // "live", "connecting", …

	// ANAState says how the controller reaches the namespace that list-subsys
	// was asked about: "optimized", "non-optimized", "inaccessible", ….
	ANAState string `json:"ana_state,omitzero"`

	// These are the parts of Address, since nvme-cli 3.0.
	TransportAddress     string `json:"transport_address,omitzero"`      // traddr
	TransportService     string `json:"transport_service,omitzero"`      // trsvcid
	HostTransportAddress string `json:"host_transport_address,omitzero"` // host_traddr
	HostInterface        string `json:"host_interface,omitzero"`         // host_iface

	Namespaces []string `json:"namespaces,omitzero"` // names
	Paths      []Path   `json:"paths,omitzero"`      // with native multipath only
}

// A Path is the way through one controller to a namespace that several
// controllers may share.
type Path struct {
	Name     string `json:"name,omitzero"`      // "nvme1c1n1"
	ANAState string `json:"ana_state,omitzero"` // "optimized", …
}

// A Namespace is one block device of an NVMe drive.
type Namespace struct {
	Name        string `json:"name,omitzero"`         // "nvme0n1"
	DevicePath  string `json:"device_path,omitzero"`  // "/dev/nvme0n1"; made of the name where not printed
	GenericPath string `json:"generic_path,omitzero"` // "/dev/ng0n1"; "" where not printed
	NSID        uint32 `json:"nsid,omitzero"`         // 0 where not printed: before nvme-cli 1.9

	// Serial, Model and Firmware are the controller's, whichever way the list
	// is printed. One drive with several namespaces repeats them.
	Serial   string `json:"serial,omitzero"`
	Model    string `json:"model,omitzero"`
	Firmware string `json:"firmware,omitzero"`

	ProductName string `json:"product_name,omitzero"` // from pci.ids; nvme-cli 1.x
	Index       *int   `json:"index,omitzero"`        // the controller's number; nvme-cli 1.x

	Subsystem   string   `json:"subsystem,omitzero"`   // name
	Controllers []string `json:"controllers,omitzero"` // names

	SizeBytes     *uint64 `json:"size_bytes,omitzero"`
	UsedBytes     *uint64 `json:"used_bytes,omitzero"`
	Blocks        *uint64 `json:"blocks,omitzero"`         // JSON only; printed as MaximumLBA
	BlockBytes    uint64  `json:"block_bytes,omitzero"`    // without metadata
	MetadataBytes *uint64 `json:"metadata_bytes,omitzero"` // for each block; plain text only

	// Rounded says that SizeBytes and UsedBytes come from plain text, which
	// prints two decimals of a kB, MB, GB, TB, ….
	Rounded bool `json:"rounded,omitzero"`
}

// Namespace returns the namespace with a kernel name ("nvme0n1"), or nil.
func (l *List) Namespace(name string) *Namespace {
	for i := range l.Namespaces {
		if l.Namespaces[i].Name == name {
			return &l.Namespaces[i]
		}
	}
	return nil
}

// Controller returns the controller with a kernel name ("nvme0"), or nil.
func (l *List) Controller(name string) *Controller {
	for i := range l.Controllers {
		if l.Controllers[i].Name == name {
			return &l.Controllers[i]
		}
	}
	return nil
}
