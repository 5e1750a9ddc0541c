// SPDX-License-Identifier: Apache-2.0

package report

// Storage is the machine's storage controllers, drives and volumes.
type Storage struct {
	Controllers []StorageController `json:"controllers,omitzero"`
	Drives      []Drive             `json:"drives,omitzero"`
	Volumes     []Volume            `json:"volumes,omitzero"`
}

// A StorageController is a PCI function that drives hang on.
type StorageController struct {
	ID         string `json:"id"`
	PCIAddress string `json:"pci_address,omitzero"`
	Model      string `json:"model,omitzero"`
	Vendor     string `json:"vendor,omitzero"`
	Serial     string `json:"serial,omitzero"`
	Firmware   string `json:"firmware,omitzero"`
	Driver     string `json:"driver,omitzero"`
	Mode       string `json:"mode,omitzero"`         // "ahci", "raid", "sas", "scsi", "ide" or "nvme", by the PCI class
	Status     string `json:"status,omitzero"`       // its tool's word for it
	Cache      string `json:"cache_status,omitzero"` // its tool's word for its cache, and why
	Unread     string `json:"unread,omitzero"`       // why its tool did not describe it
	// TemperatureC is nil if the controller has no sensor or nobody asked.
	TemperatureC *int             `json:"temperature_c,omitzero"`
	Battery      *Battery         `json:"battery,omitzero"`
	Errors       map[string]int64 `json:"errors,omitzero"` // counters by name, of its memory and its drives
	Enclosures   []Enclosure      `json:"enclosures,omitzero"`
	// Parts is its tool's word for each part of its enclosures of which it has
	// one: "enclosure 252", "enclosure 0, fan 3".
	Parts   map[string]string `json:"parts,omitzero"`
	Sources []string          `json:"sources,omitzero"`
}

// A Battery keeps a controller's write cache: a battery or capacitors.
type Battery struct {
	Kind      string `json:"kind,omitzero"`  // "battery", "capacitor"
	State     string `json:"state,omitzero"` // "ok", "charging", "learning", "degraded", "failed", "missing", "absent" where the card has none to begin with, or the tool's own word
	Model     string `json:"model,omitzero"`
	Serial    string `json:"serial,omitzero"`
	ChargePct *int   `json:"charge_pct,omitzero"`
	// TemperatureC is nil if unknown.
	TemperatureC *int `json:"temperature_c,omitzero"`
}

// An Enclosure is a shelf or backplane with slots for drives.
type Enclosure struct {
	ID      string `json:"id"`
	Vendor  string `json:"vendor,omitzero"`
	Model   string `json:"model,omitzero"`
	Slots   int    `json:"slots,omitzero"`
	Filled  int    `json:"filled,omitzero"`
	Address string `json:"address,omitzero"` // the kernel's or the controller's name for it
}

// A Volume is what a controller, the kernel or a network makes of drives that
// are elsewhere: it looks like a disk, and nobody can pull it out.
type Volume struct {
	ID         string `json:"id"`
	Name       string `json:"name,omitzero"`       // the kernel's, or the controller's if that shows none
	Controller string `json:"controller,omitzero"` // the id of its StorageController
	Kind       string `json:"kind"`                // "raid", "md", "lvm", "multipath", "bcache", "zvol", "iscsi", "fc", "nvme-of", "rbd", "drbd", "pmem", "zpool", "btrfs" on several devices, …
	Level      string `json:"level,omitzero"`      // of a RAID: "0", "1", "5", "6", "10", …
	SizeBytes  uint64 `json:"size_bytes,omitzero"`
	Health     string `json:"health,omitzero"`     // "" where none counts: plain LVM, file-system layers
	State      string `json:"state,omitzero"`      // "optimal", "degraded", "partially_degraded", "rebuilding", "offline", of a thin pool "full", "read_only", …
	StateText  string `json:"state_text,omitzero"` // the tool's own word
	Unread     string `json:"unread,omitzero"`     // why nobody knows its state
	// ProgressPct is of a rebuild, check or initialisation; nil while none runs.
	ProgressPct *float64 `json:"progress_pct,omitzero"`
	Members     []string `json:"members,omitzero"`     // ids of drives or volumes
	Missing     int      `json:"missing,omitzero"`     // members that are gone
	MissingIDs  []string `json:"missing_ids,omitzero"` // what is left of them: serial numbers
	BadBlocks   bool     `json:"bad_blocks,omitzero"`  // it has blocks that could not be restored, whatever its state is
	WriteCache  string   `json:"write_cache,omitzero"` // "write_back", "write_through"
	// WriteCacheSet is what it is set to; it is write_through while the
	// battery is away.
	WriteCacheSet string      `json:"write_cache_set,omitzero"`
	WWN           string      `json:"wwn,omitzero"`
	Model         string      `json:"model,omitzero"`
	Vendor        string      `json:"vendor,omitzero"`
	Paths         []string    `json:"paths,omitzero"`
	PCIAddress    string      `json:"pci_address,omitzero"`
	Partitions    []Partition `json:"partitions,omitzero"`
	Sources       []string    `json:"sources,omitzero"`
}

// These are the faults of a drive that is there.
const (
	FaultIOError = "io_error" // it answers with input/output errors
	FaultGivenUp = "given_up" // the kernel sends it no more commands
	FaultNoSize  = "no_size"  // the kernel can use nothing of it
)

// A Drive is what one can pull out: several namespaces or several paths are
// one drive.
type Drive struct {
	ID                 string           `json:"id"`
	Name               string           `json:"name,omitzero"`     // the kernel's: "sda", "nvme0n1"
	Paths              []string         `json:"paths,omitzero"`    // all the ways to it: "/dev/sda", "/dev/bus/0 megaraid,3"
	Protocol           string           `json:"protocol,omitzero"` // "sata", "ata" where it may be parallel, "sas", "nvme", "usb", "mmc", "ufs", …
	Media              string           `json:"media,omitzero"`    // "hdd", "ssd" or "optical"
	Model              string           `json:"model,omitzero"`
	Vendor             string           `json:"vendor,omitzero"`
	Serial             string           `json:"serial,omitzero"`
	WWN                string           `json:"wwn,omitzero"` // "0x5000c500aabbccdd"
	Firmware           string           `json:"firmware,omitzero"`
	CapacityBytes      uint64           `json:"capacity_bytes,omitzero"` // of all namespaces, if it has several
	LogicalBlockBytes  int              `json:"logical_block_bytes,omitzero"`
	PhysicalBlockBytes int              `json:"physical_block_bytes,omitzero"`
	RotationRPM        int              `json:"rotation_rpm,omitzero"`
	FormFactor         string           `json:"form_factor,omitzero"`
	Removable          bool             `json:"removable,omitzero"` // its medium can be taken out
	Health             string           `json:"health,omitzero"`    // "ok", "warning", "critical", "unknown"; "" for what has none to tell, as a hypervisor's disk
	Unread             string           `json:"unread,omitzero"`    // why its health is not known
	Fault              string           `json:"fault,omitzero"`     // what keeps it from being read: "io_error", "given_up", "no_size"; "" for most
	Virtual            string           `json:"virtual,omitzero"`   // who made it up: "hypervisor", "bmc"
	Interface          string           `json:"interface,omitzero"` // of the drive inside a USB enclosure: "sata", "nvme"
	Enclosure          string           `json:"enclosure,omitzero"`
	Slot               string           `json:"slot,omitzero"`
	State              string           `json:"state,omitzero"`      // a controller's word: "online", "hot_spare", "unconfigured", "failed", "missing", "rebuilding", "foreign", "jbod", "offline"
	StateText          string           `json:"state_text,omitzero"` // the tool's own word
	Errors             map[string]int64 `json:"errors,omitzero"`     // as the controller counts them: "media", "other", "predictive"
	Units              []Unit           `json:"units,omitzero"`      // several logical units of one drive, as of a dual actuator
	Apart              []string         `json:"apart,omitzero"`      // names that it shares with another drive, and why the two were kept apart
	Controller         string           `json:"controller,omitzero"` // the id of its StorageController
	PCIAddress         string           `json:"pci_address,omitzero"`
	AlsoAt             []string         `json:"also_at,omitzero"`    // the PCI addresses of other controllers with a way to it
	LostPaths          []string         `json:"lost_paths,omitzero"` // the kernel's names of ways to it that do not work, while another does
	Link               *DriveLink       `json:"link,omitzero"`
	NUMANode           *int             `json:"numa_node,omitzero"`
	Smart              *Smart           `json:"smart,omitzero"`
	Wear               *Wear            `json:"wear,omitzero"` // as eMMC and UFS tell it, which have no SMART
	Namespaces         []Namespace      `json:"namespaces,omitzero"`
	Partitions         []Partition      `json:"partitions,omitzero"`
	Sources            []string         `json:"sources,omitzero"`
}

// A Wear is what a device of flash memory tells of its life (JESD84-B51, EXT_CSD;
// JESD220, device health descriptor).
type Wear struct {
	Spares string `json:"spares,omitzero"` // "normal", "warning" from 80 percent of them used, "urgent" from 90
	Tenths []int  `json:"tenths,omitzero"` // of the rated life that have begun, for each kind of memory in it; 11 is past all of it
}

// A Unit is a logical unit of a drive that has several.
type Unit struct {
	LUN           int    `json:"lun"`
	Name          string `json:"name,omitzero"`
	WWN           string `json:"wwn,omitzero"`
	CapacityBytes uint64 `json:"capacity_bytes,omitzero"`
}

// A DriveLink is the speed of a SATA or SAS link. Of several ways to a drive it is
// one that is degraded, if one is.
type DriveLink struct {
	CurrentGbps float64 `json:"current_gbps,omitzero"`
	MaxGbps     float64 `json:"max_gbps,omitzero"`     // of the drive
	HostGbps    float64 `json:"host_gbps,omitzero"`    // of the SAS phy above it, or of the fastest port of its AHCI controller
	LoweredGbps float64 `json:"lowered_gbps,omitzero"` // to what the kernel has lowered a SATA link, as it does after errors
	Degraded    bool    `json:"degraded,omitzero"`     // runs below what both ends can do, or was lowered
}

// Smart is what a drive says of its own health.
type Smart struct {
	Verdict         Verdict     `json:"verdict"`
	Passed          *bool       `json:"passed,omitzero"`      // the drive's own word; nil if it gave none
	ExitStatus      *int        `json:"exit_status,omitzero"` // of smartctl, a set of bits
	TemperatureC    *int        `json:"temperature_c,omitzero"`
	PowerOnHours    *int64      `json:"power_on_hours,omitzero"`
	PowerCycles     *int64      `json:"power_cycles,omitzero"`
	UsedPct         *int        `json:"used_pct,omitzero"`  // of its rated endurance; may pass 100
	SparePct        *int        `json:"spare_pct,omitzero"` // of its spare blocks, still there (NVMe)
	BytesWritten    *uint64     `json:"bytes_written,omitzero"`
	BytesRead       *uint64     `json:"bytes_read,omitzero"`
	MediaErrors     *uint64     `json:"media_errors,omitzero"`
	UnsafeShutdowns *uint64     `json:"unsafe_shutdowns,omitzero"`
	GrownDefects    *int64      `json:"grown_defects,omitzero"`
	Attributes      []Attribute `json:"attributes,omitzero"`
}

// A Verdict is a judgement with its reasons.
type Verdict struct {
	Health  string   `json:"health"`
	Reasons []Reason `json:"reasons,omitzero"`
}

// A Reason is one piece of a verdict's evidence.
type Reason struct {
	Code      string `json:"code"`
	Severity  string `json:"severity"`
	Attribute string `json:"attribute,omitzero"` // what was looked at
	Value     int64  `json:"value"`
	Threshold *int64 `json:"threshold,omitzero"`
	Text      string `json:"text"`
}

// An Attribute is a row of an ATA drive's attribute table.
type Attribute struct {
	ID        int    `json:"id"`
	Name      string `json:"name,omitzero"`
	Value     *int64 `json:"value,omitzero"`
	Worst     *int64 `json:"worst,omitzero"`
	Threshold *int64 `json:"threshold,omitzero"`
	Raw       uint64 `json:"raw"`
	RawText   string `json:"raw_text,omitzero"`
	Failing   string `json:"failing,omitzero"` // "now" or "past"; "" for never
}

// A Namespace is one of the block devices of an NVMe drive.
type Namespace struct {
	ID            int    `json:"nsid,omitzero"`
	Name          string `json:"name,omitzero"`
	CapacityBytes uint64 `json:"capacity_bytes,omitzero"`
	BlockBytes    int    `json:"block_bytes,omitzero"`
	EUI64         string `json:"eui64,omitzero"`
	NGUID         string `json:"nguid,omitzero"`
	UUID          string `json:"uuid,omitzero"`
}

// A Partition is a part of a drive, or the file system on the drive as a whole.
type Partition struct {
	Name        string   `json:"name"`
	SizeBytes   uint64   `json:"size_bytes,omitzero"`
	FSType      string   `json:"fstype,omitzero"`
	Mountpoints []string `json:"mountpoints,omitzero"`
}
