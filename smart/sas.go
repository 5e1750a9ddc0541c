// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// A NamedCount is a counter under the name that smartctl gives it.
type NamedCount struct {
	Group string `json:"group,omitzero"` // "general_access", "idle_time"
	Name  string `json:"name"`           // "number_of_read_commands"
	Count uint64 `json:"count"`
	Text  string `json:"text,omitzero"` // of what is not a number
}

// A SASPort is a port of a SAS drive.
type SASPort struct {
	Number       int64    `json:"number"`
	TargetPortID int64    `json:"target_port_id"` // relative target port identifier
	Generation   int64    `json:"generation"`
	PhyCount     int64    `json:"phy_count"`
	Phys         []SASPhy `json:"phys,omitzero"`
}

// A SASPhy is a phy of a port: the serial link itself.
type SASPhy struct {
	ID                int64        `json:"id"`
	AttachedType      string       `json:"attached_type,omitzero"` // "expander device"
	AttachedReason    string       `json:"attached_reason,omitzero"`
	Reason            string       `json:"reason,omitzero"`
	LinkRate          string       `json:"link_rate,omitzero"`          // "phy enabled; 12 Gbps"
	AttachedInitiator string       `json:"attached_initiator,omitzero"` // SSP, STP and SMP, a digit each
	AttachedTarget    string       `json:"attached_target,omitzero"`    // SSP, STP and SMP, a digit each
	Address           string       `json:"address,omitzero"`            // "0x5000c50000000001"
	AttachedAddress   string       `json:"attached_address,omitzero"`
	AttachedPhy       int64        `json:"attached_phy"`
	InvalidDwords     *int64       `json:"invalid_dwords,omitzero"`
	DisparityErrors   *int64       `json:"disparity_errors,omitzero"`
	SyncLosses        *int64       `json:"sync_losses,omitzero"`
	ResetProblems     *int64       `json:"reset_problems,omitzero"`
	Events            []NamedCount `json:"events,omitzero"` // phy events, by smartctl's names
}

// LinkBitsPerSecond returns the negotiated speed of the phy, 0 if it has none.
func (p *SASPhy) LinkBitsPerSecond() uint64 {
	rate, ok := strings.CutPrefix(p.LinkRate, "phy enabled; ")
	rate, isRate := strings.CutSuffix(rate, " Gbps")
	gigabits, err := strconv.ParseFloat(rate, 64)
	if !ok || !isRate || err != nil {
		return 0
	}
	return uint64(gigabits * 1e9)
}

// readGroups reads groups of counters.
func (s *SCSI) readGroups(d *jsondoc.Doc) {
	for group := range d.Object() {
		for name := range d.Object() {
			s.Statistics = append(s.Statistics, NamedCount{Group: group, Name: name, Count: d.Uint()})
		}
	}
}

func readSASPort(d *jsondoc.Doc, number int64) SASPort {
	p := SASPort{Number: number}
	for key := range d.Object() {
		switch key {
		case "relative_target_port_id":
			p.TargetPortID = d.Int()
		case "generation_code":
			p.Generation = d.Int()
		case "number_of_phys":
			p.PhyCount = d.Int()
		default:
			if _, ok := numbered(key, "phy_"); ok {
				p.Phys = append(p.Phys, readSASPhy(d))
			}
		}
	}
	return p
}

func readSASPhy(d *jsondoc.Doc) (p SASPhy) {
	for key := range d.Object() {
		switch key {
		case "identifier":
			p.ID = d.Int()
		case "attached_device_type":
			p.AttachedType = d.Text()
		case "attached_reason":
			p.AttachedReason = d.Text()
		case "reason":
			p.Reason = d.Text()
		case "negotiated_logical_link_rate":
			p.LinkRate = d.Text()
		case "attached_initiator_port":
			p.AttachedInitiator = readMember(d, "ssp_stp_smp", (*jsondoc.Doc).Text)
		case "attached_target_port":
			p.AttachedTarget = readMember(d, "ssp_stp_smp", (*jsondoc.Doc).Text)
		case "sas_address":
			p.Address = d.Text()
		case "attached_sas_address":
			p.AttachedAddress = d.Text()
		case "attached_phy_identifier":
			p.AttachedPhy = d.Int()
		case "invalid_dword_count":
			p.InvalidDwords = d.IntPtr()
		case "running_disparity_error_count":
			p.DisparityErrors = d.IntPtr()
		case "loss_of_dword_synchronization_count":
			p.SyncLosses = d.IntPtr()
		case "phy_reset_problem_count":
			p.ResetProblems = d.IntPtr()
		case "phy_event_descriptors":
			p.readEvents(d, "")
		default:
			p.readEvent(d, key)
		}
	}
	return p
}

func (p *SASPhy) readEvents(d *jsondoc.Doc, group string) {
	for key := range d.Object() {
		if d.Kind() == jsondoc.Number {
			p.Events = append(p.Events, NamedCount{Group: group, Name: key, Count: d.Uint()})
		}
	}
}

// readEvent reads a phy event: a count, or an object of counts.
func (p *SASPhy) readEvent(d *jsondoc.Doc, key string) {
	switch d.Kind() {
	case jsondoc.Number:
		p.Events = append(p.Events, NamedCount{Name: key, Count: d.Uint()})
	case jsondoc.Object:
		p.readEvents(d, key)
	}
}
