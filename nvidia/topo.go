// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"fmt"
	"strconv"
	"strings"
)

// maxDevices caps the rows of a topology.
const maxDevices = 256

// A Topology says how GPUs and network adapters are connected.
type Topology struct {
	Devices []TopologyDevice `json:"devices,omitzero"`
	Notes   []Note           `json:"notes,omitzero"`
}

// A TopologyDevice is one row of the matrix.
type TopologyDevice struct {
	Name      string `json:"name"`                // "GPU0", "NIC0", "mlx5_0"
	Interface string `json:"interface,omitzero"`  // of a NIC, from its legend: "mlx5_0"
	Links     []Link `json:"links"`               // to each device, in the order of Topology.Devices
	CPUs      string `json:"cpus,omitzero"`       // CPU affinity, "0-55,112-167"
	NUMANodes string `json:"numa_nodes,omitzero"` // NUMA affinity, "0", "0-1"
	GPUNUMAID *int64 `json:"gpu_numa_id,omitzero"`
}

// A Link is the way between two devices:
//
//	X     the device itself
//	NV#   # NVLinks
//	PIX   at most one PCIe bridge
//	PXB   several PCIe bridges, not the host bridge
//	PHB   a PCIe host bridge
//	NODE  the host bridges of one NUMA node
//	SYS   the interconnect between NUMA nodes
type Link string

// NVLinks returns the number of NVLinks, 0 for other ways.
func (l Link) NVLinks() int {
	digits, ok := strings.CutPrefix(string(l), "NV")
	n, err := strconv.ParseUint(digits, 10, 8)
	if !ok || err != nil {
		return 0
	}
	return int(n)
}

// Between returns the way from one device to another, "" if the matrix does not
// have it.
func (t *Topology) Between(from, to string) Link {
	for i := range t.Devices {
		if t.Devices[i].Name != from {
			continue
		}
		for j := range t.Devices {
			if t.Devices[j].Name == to && j < len(t.Devices[i].Links) {
				return t.Devices[i].Links[j]
			}
		}
	}
	return ""
}

// ParseTopo parses the output of nvidia-smi topo -m. The topology is never nil;
// the error is as of [Parse].
func ParseTopo(data []byte) (*Topology, error) { return whole(data, parseTopo) }

func parseTopo(text string) (*Topology, error) {
	p := topoParser{input: &input{src: text}, topo: new(Topology)}
	for line := range strings.Lines(p.src) {
		p.parseLine(line)
		p.offset += len(line)
	}
	if p.names == nil {
		p.explainNothing("no matrix of devices")
	} else if !p.full && len(p.topo.Devices) < len(p.names) {
		p.fail(len(p.src), "", p.names[len(p.topo.Devices)], fmt.Errorf("%w: row missing", ErrSyntax))
	}
	return p.topo, p.finish(&p.topo.Notes)
}

// A topoParser holds the position in the matrix and its legends.
type topoParser struct {
	*input
	topo     *Topology
	names    []string // of the columns that are devices
	hasGPUID bool     // the last column is "GPU NUMA ID"
	legend   bool
	offset   int // of the line
	full     bool
}

func (p *topoParser) parseLine(line string) {
	cells := strings.Split(strings.Trim(plain(line), " \r\n"), "\t")
	first := trimSpace(cells[0])
	switch {
	case len(cells) == 1 && first == "":
	case first == "Legend:" || first == "NIC Legend:":
		p.legend = true
	case p.legend:
		p.parseLegend(first)
	case p.names == nil && first == "" && len(cells) > 1 && isDevice(cells[1]):
		p.parseHeader(cells[1:])
	case p.names != nil && len(cells) > len(p.names):
		p.parseRow(first, cells[1:])
	default:
		p.note(line, p.offset)
	}
}

// isDevice tells the names of devices from the other columns.
func isDevice(name string) bool {
	name = trimSpace(name)
	return name != "" && !strings.Contains(name, " ")
}

func (p *topoParser) parseHeader(cells []string) {
	p.names = []string{}
	for _, cell := range cells {
		if isDevice(cell) {
			p.names = append(p.names, trimSpace(cell))
		}
		p.hasGPUID = p.hasGPUID || trimSpace(cell) == "GPU NUMA ID"
	}
	if len(p.names) > maxDevices {
		p.fail(p.offset, "", p.names[maxDevices], fmt.Errorf("%w: more than %d devices", ErrLimit, maxDevices))
		p.names, p.full = p.names[:maxDevices], true
	}
}

// parseRow reads "GPU0	 X 	NV18	0-55,112-167	0		N/A". The last column is two tabs
// away from the one before it.
func (p *topoParser) parseRow(name string, cells []string) {
	if p.full && len(p.topo.Devices) == len(p.names) {
		return
	}
	if len(p.topo.Devices) == len(p.names) || p.names[len(p.topo.Devices)] != name {
		p.fail(p.offset, "", name, fmt.Errorf("%w: row that is not in the header", ErrSyntax))
		return
	}
	dev := TopologyDevice{Name: name, Links: make([]Link, len(p.names))}
	for i := range p.names {
		dev.Links[i] = Link(trimSpace(cells[i]))
	}
	rest := cells[len(p.names):]
	if n := len(rest); p.hasGPUID && n > 2 {
		d := decoder{input: p.input}
		dev.GPUNUMAID = d.num(&Node{Name: "GPU NUMA ID", Text: trimSpace(rest[n-1]), offset: p.offset}, count)
		rest = rest[:n-1]
	}
	if len(rest) > 0 {
		dev.CPUs = affinity(rest[0])
	}
	if len(rest) > 1 {
		dev.NUMANodes = affinity(rest[1])
	}
	p.topo.Devices = append(p.topo.Devices, dev)
}

func affinity(cell string) string {
	if cell = trimSpace(cell); meaningOf(cell) != value {
		return ""
	}
	return cell
}

// parseLegend reads "NIC0: mlx5_0". What the ways mean is known.
func (p *topoParser) parseLegend(line string) {
	name, device, ok := strings.Cut(line, ": ")
	for i := range p.topo.Devices {
		if ok && p.topo.Devices[i].Name == name {
			p.topo.Devices[i].Interface = trimSpace(device)
		}
	}
}

// plain removes the escape sequences that underline the header.
func plain(line string) string {
	if strings.IndexByte(line, '\x1b') < 0 {
		return line
	}
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(line, "\x1b[")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, line, _ = strings.Cut(after, "m")
	}
}
