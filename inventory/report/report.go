// SPDX-License-Identifier: Apache-2.0

package report

import "time"

// Schema names the version of the document that [Report] marshals to.
const Schema = "bee.audit/1"

// A Report is all that an audit learned about one machine. Its JSON is the
// audit document, which schema.json describes.
//
// What is absent from it is unknown: no field holds a placeholder. Enumerated
// words are open: a reader must accept a word that it does not know.
type Report struct {
	Schema        string         `json:"schema"`
	AuditID       string         `json:"audit_id"`             // a UUID
	CollectedAt   time.Time      `json:"collected_at"`         // when the audit began
	DurationMS    int64          `json:"duration_ms,omitzero"` // how long it took
	Tool          Tool           `json:"tool"`
	Host          HostInfo       `json:"host"`
	Summary       Summary        `json:"summary"`
	System        *System        `json:"system,omitzero"`
	Boards        []Baseboard    `json:"boards,omitzero"`
	Chassis       []Chassis      `json:"chassis,omitzero"`
	Firmware      []Firmware     `json:"firmware,omitzero"`
	Processors    []Processor    `json:"processors,omitzero"`
	Memory        *Memory        `json:"memory,omitzero"`
	Storage       *Storage       `json:"storage,omitzero"`
	PCI           []PCIFunction  `json:"pci,omitzero"`
	Network       []NetworkCard  `json:"network,omitzero"`
	GPUs          []GPU          `json:"gpus,omitzero"`
	PowerSupplies []PowerSupply  `json:"power_supplies,omitzero"`
	BMC           *BMC           `json:"bmc,omitzero"`
	Sensors       []Sensor       `json:"sensors,omitzero"` // those of the BMC that read something, or that are not well
	SEL           *SEL           `json:"sel,omitzero"`
	FRU           []FRU          `json:"fru,omitzero"`
	Tables        []Table        `json:"tables,omitzero"` // sources that say how much they hold
	Findings      []Finding      `json:"findings"`
	Diagnostics   []Diagnostic   `json:"diagnostics"`
	Collectors    []Collector    `json:"collectors"`
	Extra         map[string]any `json:"extra,omitzero"` // nothing yet; a place for what a site adds
}

// A Tool is the program that wrote the report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version,omitzero"`
	Commit  string `json:"commit,omitzero"`
	Go      string `json:"go,omitzero"` // the Go release it was built with
}

// HostInfo says which machine this is and what ran on it.
type HostInfo struct {
	MachineID *MachineID `json:"machine_id,omitzero"`
	Also      []Identity `json:"also,omitzero"` // other names that the machine has for itself
	Hostname  string     `json:"hostname,omitzero"`
	Kernel    string     `json:"kernel,omitzero"`    // the kernel's release
	BootMode  string     `json:"boot_mode,omitzero"` // "uefi" or "bios"
	BootID    string     `json:"boot_id,omitzero"`   // a UUID that the kernel made at boot
	Root      *bool      `json:"root,omitzero"`      // whether the audit had the rights of root; nil if nothing told
}

// A MachineID is the best name that the machine has for itself.
type MachineID struct {
	Value      string `json:"value"`
	Source     string `json:"source"`       // where it stands: "smbios.system.serial", "devicetree.serial", "uuid", "board", …
	Confidence string `json:"confidence"`   // "high" if machines of a kind have different ones, "low" if they may share it
	Why        string `json:"why,omitzero"` // why it is low
}

// An Identity is a name that the machine has for itself, and where it stands.
type Identity struct {
	Value  string `json:"value"`
	Source string `json:"source"` // as in [MachineID]
}

// A Summary is the verdict.
type Summary struct {
	// Health is the worst of the findings, "warning" or "critical"; without
	// those "unknown" if something was not judged, else "ok".
	Health string `json:"health"`
	// Unjudged lists what could not be judged, and why. It is empty, and
	// there, when all was judged; nil only in documents of bee before v0.1.
	Unjudged *[]Unjudged `json:"unjudged,omitzero"`
	// Complete is false when the audit was stopped or its time ran out; nil
	// only in documents of bee before v0.1.
	Complete *bool   `json:"complete,omitzero"`
	Counts   Counts  `json:"counts"`
	Findings int     `json:"findings"`
	Kernel   *Kernel `json:"kernel,omitzero"`
}

// An Unjudged is a component or a part of the machine of which nobody can say
// that it is well.
type Unjudged struct {
	// Component is the id of a component, or a part whose sources gave
	// nothing: "storage", "memory", "processors", "pci", "gpus", "power" or
	// "bmc".
	Component string `json:"component"`
	Why       string `json:"why"`
}

// A Kernel is what the running kernel has of the machine, to be laid beside
// what firmware says.
type Kernel struct {
	CPUs          int      `json:"cpus,omitzero"`           // sockets that the kernel runs on
	Cores         int      `json:"cores,omitzero"`          // in all of them
	Threads       int      `json:"threads,omitzero"`        // in all of them
	Microcode     []string `json:"microcode,omitzero"`      // the revisions that run, one for each that differs
	MemoryBytes   uint64   `json:"memory_bytes,omitzero"`   // that it can use: MemTotal of /proc/meminfo
	ApartBytes    uint64   `json:"apart_bytes,omitzero"`    // of these, on nodes without a processor: of a GPU, of a CXL card
	PoisonedBytes uint64   `json:"poisoned_bytes,omitzero"` // that it has taken out of use for errors: HardwareCorrupted
	Guest         bool     `json:"guest,omitzero"`          // a hypervisor runs it, says the processor
}

// A Table is a source that announces how many records it holds.
type Table struct {
	Source    string `json:"source"` // "dmidecode"
	Announced int    `json:"announced"`
	Read      int    `json:"read"`
}

// Counts says how many components of a kind are present. nil means that
// nothing could tell, 0 that there are none.
type Counts struct {
	CPU   *int `json:"cpu,omitzero"`
	DIMM  *int `json:"dimm,omitzero"`
	Drive *int `json:"drive,omitzero"`
	GPU   *int `json:"gpu,omitzero"`
	NIC   *int `json:"nic,omitzero"`
	PSU   *int `json:"psu,omitzero"`
}

// A Finding is something that a person should know about a component.
type Finding struct {
	Code      string         `json:"code"`               // such as "pci.link_degraded"; package judge lists them all
	Severity  string         `json:"severity"`           // "info", "warning" or "critical"
	Component string         `json:"component"`          // its id
	Text      string         `json:"text"`               // one sentence
	Evidence  map[string]any `json:"evidence,omitempty"` // what the rule saw
}

// The severities of a [Finding] and a [Diagnostic], and the words of
// [Summary.Health].
const (
	OK       = "ok"
	Info     = "info"
	Warning  = "warning"
	Critical = "critical"
	Unknown  = "unknown"
)

// A Diagnostic says what could not be read, and where.
type Diagnostic struct {
	Collector string `json:"collector"`
	Source    string `json:"source"` // the command line or file
	Code      string `json:"code"`   // such as "tool.absent", "parse"
	Severity  string `json:"severity"`
	Path      string `json:"path,omitzero"` // in a JSON or XML document
	Line      int    `json:"line,omitzero"`
	Column    int    `json:"column,omitzero"`
	Message   string `json:"message"`
	Excerpt   string `json:"excerpt,omitzero"`
}

// A Collector says how one part of the audit went.
type Collector struct {
	Name        string    `json:"name"`
	Status      string    `json:"status"` // "ok", "absent", "partial", "failed" or "timeout"
	Tool        string    `json:"tool"`   // its main tool
	ToolVersion string    `json:"tool_version,omitzero"`
	Exit        *int      `json:"exit,omitzero"`        // the main tool's exit status
	DurationMS  int64     `json:"duration_ms,omitzero"` // the time that its tools took, added up
	SHA256      string    `json:"sha256,omitzero"`      // of what the main tool printed
	Commands    []Command `json:"commands,omitempty"`   // all that it ran or tried to, by name
	Sources     []Source  `json:"sources,omitempty"`    // what it asked, and whether it was answered
}

// A Source is one tool or part of the kernel that a collector asks.
type Source struct {
	Name   string `json:"name"`         // "dmidecode", "sysfs"
	Status string `json:"status"`       // as of a collector, or "idle" and "empty"
	Why    string `json:"why,omitzero"` // what went wrong, in a few words
}

// The states of a [Collector] and a [Command].
const (
	StatusOK      = "ok"
	StatusAbsent  = "absent"  // no such tool, and nothing else to say instead
	StatusPartial = "partial" // some of it could not be read
	StatusFailed  = "failed"  // none of it could be read
	StatusTimeout = "timeout" // the tool or the audit ran out of time
	StatusNotRun  = "not_run" // never started: no time was left, or the audit was stopped
	StatusEmpty   = "empty"   // a source that answered that there is nothing
	StatusIdle    = "idle"    // a source with nothing to do here
)

// A Command is one run of a tool.
type Command struct {
	Command    string `json:"command"` // as one would type it
	Status     string `json:"status"`
	Exit       *int   `json:"exit,omitzero"`
	Signal     string `json:"signal,omitzero"`
	DurationMS int64  `json:"duration_ms,omitzero"`
	SHA256     string `json:"sha256,omitzero"` // of its standard output
}
