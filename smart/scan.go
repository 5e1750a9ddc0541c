// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"encoding/json"

	"github.com/mchus/bee/internal/jsondoc"
)

// A Scan is the list of drives that "smartctl --scan" or "--scan-open" finds.
type Scan struct {
	Preamble string       `json:"preamble,omitzero"` // text before the document
	Tool     Tool         `json:"tool,omitzero"`
	Devices  []ScanDevice `json:"devices,omitzero"`

	// Extra holds the members that no field takes, by path.
	Extra map[string]json.RawMessage `json:"extra,omitzero"`
}

// A ScanDevice is a drive that a scan has found. The same drive can be found
// twice: as /dev/sda, and as a member behind its RAID controller.
type ScanDevice struct {
	Path      string `json:"path,omitzero"`       // what smartctl takes: "/dev/sda", "/dev/bus/0"
	Type      string `json:"type,omitzero"`       // what its option -d needs: "sat", "nvme", "sat+megaraid,8"
	InfoName  string `json:"info_name,omitzero"`  // "/dev/bus/0 [megaraid_disk_08]"
	Protocol  string `json:"protocol,omitzero"`   // "ATA", "SCSI", "NVMe"
	OpenError string `json:"open_error,omitzero"` // why --scan-open could not open it
}

// ParseScan parses what "smartctl --scan -j" or "smartctl --scan-open -j"
// printed. It reads on after errors, and returns what it could read together
// with an [Errors]. The Scan is never nil.
func ParseScan(data []byte) (*Scan, error) {
	d := jsondoc.Open(data)
	scan := &Scan{Preamble: d.Preamble}
	members := 0
	for key := range d.Object() {
		members++
		if key == "devices" {
			for range d.Array() {
				scan.Devices = append(scan.Devices, readScanDevice(d))
			}
			continue
		}
		scan.Tool.read(d, key)
	}
	var err error
	scan.Extra, err = finish(d, members)
	return scan, err
}

func readScanDevice(d *jsondoc.Doc) (s ScanDevice) {
	for key := range d.Object() {
		switch key {
		case "name":
			s.Path = d.Text()
		case "type":
			s.Type = d.Text()
		case "info_name":
			s.InfoName = d.Text()
		case "protocol":
			s.Protocol = d.Text()
		case "open_error":
			s.OpenError = d.Text()
		}
	}
	return s
}
