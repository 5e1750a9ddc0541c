// SPDX-License-Identifier: Apache-2.0

package storcli

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A second is another reading of a capture, by encoding/json and regular
// expressions: what the parser is checked against.
type second struct {
	fails bool
	facts map[string]map[string]string // "drive 0 252:1" → "serial" → value
}

func (s *second) put(id, key, value string) {
	if s.facts[id] == nil {
		s.facts[id] = make(map[string]string)
	}
	if value = strings.TrimSpace(value); value != "" && value != "-" && value != "NA" && value != "N/A" {
		s.facts[id][key] = value
	}
}

var (
	reDrivePath = regexp.MustCompile(`^Drive /c\d+(?:/e(\d+))?/s(\d+)`)
	reVolume    = regexp.MustCompile(`^VD(\d+) Properties$`)
	rePDs       = regexp.MustCompile(`^PDs for VD (\d+)$`)
	reSectors   = regexp.MustCompile(`\[0x([0-9a-fA-F]+) Sectors\]`)
	reCelsius   = regexp.MustCompile(`^\s*(\d+)\s*C`)
	rePlace     = regexp.MustCompile(`^ *\d*:\d+$`)
)

func readAgain(data []byte) *second {
	s := &second{facts: make(map[string]map[string]string)}
	text := string(data)
	if i := strings.Index(text, "{"); i >= 0 && strings.Contains(text, `"Controllers"`) {
		var doc struct{ Controllers []map[string]any }
		dec := json.NewDecoder(strings.NewReader(text[i:]))
		dec.UseNumber()
		if dec.Decode(&doc) == nil {
			for _, answer := range doc.Controllers {
				status, _ := answer["Command Status"].(map[string]any)
				if status["Status"] == "Failure" {
					s.fails = true
				}
				s.walk(word(status["Controller"]), "", answer["Response Data"])
			}
		}
		return s
	}
	s.text(text)
	return s
}

func word(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// walk looks at each object of the tree for the keys it knows.
func (s *second) walk(ctl, name string, v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			s.walk(ctl, name, e)
		}
	case map[string]any:
		s.object(ctl, name, v)
		if info, ok := v["VD Info"].(map[string]any); ok { // storcli2
			number := strings.Split(word(info["DG/VD"]), "/")[1]
			s.properties("volume "+ctl+" "+number, v["VD Properties"].(map[string]any))
			s.members(ctl, number, v["PDs"])
		}
		if info, ok := v["Drive Information"].(map[string]any); ok { // storcli2
			s.detail("drive "+ctl+" "+word(info["EID:Slt"]), v["Drive Detailed Information"].(map[string]any))
		}
		for key, e := range v {
			if m := reDrivePath.FindStringSubmatch(key); m != nil {
				if e, ok := e.(map[string]any); ok {
					id := "drive " + ctl + " " + m[1] + ":" + m[2]
					for _, part := range e {
						if part, ok := part.(map[string]any); ok {
							s.detail(id, part)
						}
					}
				}
			}
			if m := reVolume.FindStringSubmatch(key); m != nil {
				s.properties("volume "+ctl+" "+m[1], e.(map[string]any))
			}
			if m := rePDs.FindStringSubmatch(key); m != nil {
				s.members(ctl, m[1], e)
			}
			s.walk(ctl, key, e)
		}
	}
}

func (s *second) object(ctl, name string, v map[string]any) {
	if place := word(v["EID:Slt"]); rePlace.MatchString(place) && v["Size"] != nil {
		s.row("drive "+ctl+" "+strings.TrimSpace(place), func(key string) string { return word(v[key]) })
	}
	if group, number, ok := strings.Cut(word(v["DG/VD"]), "/"); ok {
		id := "volume " + ctl + " " + number
		s.put(id, "group", group)
		s.put(id, "level", strings.TrimPrefix(word(v["TYPE"]), "RAID"))
		s.put(id, "state", word(v["State"]))
		s.put(id, "size", word(v["Size"]))
		s.put(id, "name", word(v["Name"]))
	}
	if address := word(v["PCI Address"]); address != "" && name != "IT System Overview" {
		s.put("controller "+ctl, "pci", linuxAddress(address))
	}
	if name == "Basics" || v["Product Name"] != nil && v["Serial Number"] != nil {
		s.put("controller "+ctl, "model", word(v["Product Name"])+word(v["Model"]))
		s.put("controller "+ctl, "serial", word(v["Serial Number"]))
	}
	s.put("controller "+ctl, "driver", word(v["Driver Name"]))
}

func linuxAddress(address string) string {
	p := strings.Split(address, ":")
	return fmt.Sprintf("00%s:%s:%s.%s", p[0], p[1], p[2], strings.TrimLeft(p[3][:len(p[3])-1], "0")+p[3][len(p[3])-1:])
}

func (s *second) row(id string, get func(string) string) {
	s.put(id, "state", get("State"))
	s.put(id, "status", get("Status"))
	s.put(id, "did", get("DID"))
	s.put(id, "size", get("Size"))
	s.put(id, "interface", get("Intf"))
	s.put(id, "media", get("Med"))
}

func (s *second) detail(id string, v map[string]any) {
	for _, key := range []string{"SN", "Serial Number"} {
		s.put(id, "serial", word(v[key]))
	}
	for _, key := range []string{"Model Number", "Model"} {
		s.put(id, "model", word(v[key]))
	}
	s.put(id, "wwn", strings.ToLower(word(v["WWN"])))
	if m := reSectors.FindStringSubmatch(word(v["Raw size"])); m != nil {
		n, _ := strconv.ParseUint(m[1], 16, 64)
		size := uint64(512)
		if strings.HasPrefix(word(v["Logical Sector Size"]), "4") {
			size = 4096
		}
		s.put(id, "bytes", strconv.FormatUint(n*size, 10))
	}
	if m := reCelsius.FindStringSubmatch(word(v["Drive Temperature"])); m != nil {
		s.put(id, "celsius", m[1])
	}
	s.put(id, "celsius", word(v["Temperature(C)"]))
	s.put(id, "media errors", word(v["Media Error Count"]))
	s.put(id, "other errors", word(v["Other Error Count"]))
	s.put(id, "predictive", word(v["Predictive Failure Count"]))
	if units, ok := v["LU/NS Properties"].(map[string]any); ok {
		s.detail(id, units)
	}
}

func (s *second) properties(id string, v map[string]any) {
	s.put(id, "naa", word(v["SCSI NAA Id"]))
	s.put(id, "blocks", word(v["Number of Blocks"]))
	s.put(id, "os", word(v["OS Drive Name"]))
}

func (s *second) members(ctl, number string, v any) {
	var list []string
	for _, e := range v.([]any) {
		list = append(list, word(e.(map[string]any)["EID:Slt"]))
	}
	s.put("volume "+ctl+" "+number, "members", strings.Join(list, " "))
}

// These are the lines of a text that are facts.
var (
	reTextDrive  = regexp.MustCompile(`(?m)^(\d+:\d+) +(\d+) (\w+) +\S+ +([\d.]+ [KMGT]i?B) (\w+) +(\w+) `)
	reTextVolume = regexp.MustCompile(`(?m)^(\d+)/(\d+) +RAID(\d+) (\w+) .* ([\d.]+ [KMGT]i?B) ?(.*)$`)
	reTextKey    = regexp.MustCompile(`(?m)^([^=\n|]+?) = (.*)$`)
	reTextCtl    = regexp.MustCompile(`(?m)^Controller = (\d+)`)
)

func (s *second) text(text string) {
	ctl := ""
	if m := reTextCtl.FindStringSubmatch(text); m != nil {
		ctl = m[1]
	}
	s.fails = strings.Contains(text, "Status = Failure")
	for _, m := range reTextDrive.FindAllStringSubmatch(text, -1) {
		id := "drive " + ctl + " " + m[1]
		s.put(id, "did", m[2])
		s.put(id, "state", m[3])
		s.put(id, "size", m[4])
		s.put(id, "interface", m[5])
		s.put(id, "media", m[6])
	}
	for _, m := range reTextVolume.FindAllStringSubmatch(text, -1) {
		id := "volume " + ctl + " " + m[2]
		s.put(id, "group", m[1])
		s.put(id, "level", m[3])
		s.put(id, "state", m[4])
		s.put(id, "size", m[5])
		s.put(id, "name", m[6])
	}
	volume := -1 // properties and members come in the order of the volumes
	for block := range strings.SplitSeq(text, "\n/c0/v") {
		if volume++; volume == 0 {
			continue
		}
		number, _, _ := strings.Cut(block, " ")
		id := "volume " + ctl + " " + number
		var list []string
		for _, m := range reTextDrive.FindAllStringSubmatch(block, -1) {
			list = append(list, m[1])
		}
		s.put(id, "members", strings.Join(list, " "))
		for _, m := range reTextKey.FindAllStringSubmatch(block, -1) {
			switch m[1] {
			case "SCSI NAA Id":
				s.put(id, "naa", m[2])
			case "Number of Blocks":
				s.put(id, "blocks", m[2])
			case "OS Drive Name":
				s.put(id, "os", m[2])
			}
		}
	}
	for _, m := range reTextKey.FindAllStringSubmatch(text, -1) {
		id := "controller " + ctl
		switch m[1] {
		case "Product Name":
			s.put(id, "model", m[2])
		case "Serial Number":
			s.put(id, "serial", m[2])
		case "PCI Address":
			s.put(id, "pci", linuxAddress(m[2]))
		case "Driver Name":
			s.put(id, "driver", m[2])
		}
	}
}

// list returns the facts in order.
func (s *second) list() []string {
	var list []string
	for id, values := range s.facts {
		for key, value := range values {
			list = append(list, id+": "+key+" = "+value)
		}
	}
	slices.Sort(list)
	return list
}

// factsOf lists what the parser says of the same things.
func factsOf(r *Report) []string {
	s := &second{facts: make(map[string]map[string]string)}
	for _, c := range r.Controllers {
		ctl := number(c.Number)
		id := "controller " + ctl
		s.put(id, "model", c.Model)
		s.put(id, "serial", c.Serial)
		s.put(id, "pci", c.PCIAddress)
		s.put(id, "driver", c.Driver)
		for _, d := range c.Drives {
			id := "drive " + ctl + " " + number(d.Enclosure) + ":" + number(d.Slot)
			s.put(id, "state", d.StateText)
			s.put(id, "status", d.StatusText)
			s.put(id, "did", number(d.DID))
			s.put(id, "size", d.SizeText)
			s.put(id, "interface", d.Interface)
			s.put(id, "media", d.Media)
			if d.Serial != "" { // the rows cut the model
				s.put(id, "model", d.Model)
			}
			s.put(id, "serial", d.Serial)
			s.put(id, "wwn", d.WWN)
			if d.SizeBytes != 0 {
				s.put(id, "bytes", strconv.FormatUint(d.SizeBytes, 10))
			}
			s.put(id, "celsius", number(d.TemperatureCelsius))
			s.put(id, "media errors", number(d.MediaErrors))
			s.put(id, "other errors", number(d.OtherErrors))
			s.put(id, "predictive", number(d.PredictiveFailures))
		}
		for _, v := range c.Volumes {
			id := "volume " + ctl + " " + number(v.Number)
			s.put(id, "group", number(v.Group))
			s.put(id, "level", v.Level)
			s.put(id, "state", v.StateText)
			s.put(id, "size", v.SizeText)
			s.put(id, "name", v.Name)
			s.put(id, "naa", v.NAA)
			if v.Blocks != 0 {
				s.put(id, "blocks", strconv.FormatUint(v.Blocks, 10))
			}
			s.put(id, "os", v.OSDriveName)
			var list []string
			for _, m := range v.Members {
				list = append(list, number(m.Enclosure)+":"+number(m.Slot))
			}
			s.put(id, "members", strings.Join(list, " "))
		}
	}
	return s.list()
}

func number(v *int64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatInt(*v, 10)
}
