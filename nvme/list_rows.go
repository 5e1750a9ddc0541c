// SPDX-License-Identifier: Apache-2.0

package nvme

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// takeRow reads a row of a table of list.
func (r *listReader) takeRow(t *table, row string) bool {
	switch {
	case t.names[0] == "Node":
		return r.takeNode(t, row)
	case t.names[0] == "Subsystem":
		return r.takeSubsystemRow(t, row)
	case t.has("NSID"):
		return r.takeNamespaceRow(t, row)
	}
	return r.takeControllerRow(t, row)
}

// takeNode reads a row of a plain list:
//
//	/dev/nvme1n2     PHLN0001400G         QEMU NVMe Ctrl                           3         100.00  GB / 100.00  GB    512   B +  0 B   7.2.22
//
// The NSID is decimal up to nvme-cli 2.3; later ones print a 0x.
func (r *listReader) takeNode(t *table, row string) bool {
	var ns Namespace
	head, firmware, ok := ns.takeUsage(row)
	if !ok {
		return false
	}
	head, nsid := lastWord(head)
	list, ok := t.cells(head, 2)
	if !ok {
		list = t.words(head, 2)
	}
	if !strings.HasPrefix(list[0], "/dev/") {
		return false
	}
	f := &field{text: nsid}
	ns.NSID = integer[uint32](f)
	ns.setPath(clean(list[0]))
	if t.has("Generic") {
		ns.setGeneric(clean(list[1]))
	}
	ns.Serial, ns.Model = serial(clean(list[len(list)-2])), name(clean(list[len(list)-1]))
	ns.Firmware = name(clean(firmware))
	r.addNamespace(&ns)
	return f.err == nil
}

// takeSubsystemRow reads a row of the first table of a verbose list:
//
//	nvme-subsys1     nqn.2019-08.org.qemu:lab1      nvme1
func (r *listReader) takeSubsystemRow(t *table, row string) bool {
	list, ok := cells(row, t.starts)
	if !ok || len(list) != 3 {
		name, rest := nextWord(row)
		nqn, ctrl := lastWord(rest)
		for strings.HasSuffix(nqn, ",") {
			var more string
			nqn, more = lastWord(nqn)
			ctrl = more + " " + ctrl
		}
		list = []string{name, nqn, ctrl}
	}
	sub := Subsystem{Name: clean(list[0]), NQN: clean(list[1]), Controllers: names(list[2])}
	if !isSubsystem(sub.Name) {
		return false
	}
	r.list.Subsystems = append(r.list.Subsystems, sub)
	return true
}

// takeControllerRow reads a row of the second table of a verbose list:
//
//	nvme1    0      PHLN0001400G         QEMU NVMe Ctrl     7.2.22   pcie   0000:02:00.0   0-2    nvme-subsys1 nvme1n1, nvme1n2
//
// The columns behind the firmware are words, so they are read from there on.
func (r *listReader) takeControllerRow(t *table, row string) bool {
	at := strings.LastIndex(row, " nvme-subsys")
	if at < 0 {
		return false
	}
	head, port := cutTransport(row[:at])
	c := Controller{Transport: port, Address: clean(row[len(head)+len(port) : at])}
	if address, slot, ok := strings.Cut(c.Address, " "); ok && t.has("Slot") {
		c.Address, c.Slot = address, clean(slot)
	}
	var spaces string
	c.Subsystem, spaces = nextWord(row[at:])
	c.Namespaces = names(spaces)
	list, ok := t.cells(head, 3)
	if !ok {
		list = t.words(head, 3)
	}
	if len(list) < 4 { // a table of another kind
		return false
	}
	c.Name = clean(list[0])
	f := &field{text: list[1]}
	if t.has("Cntlid") {
		c.ID = pointer[uint16](f)
	}
	n := len(list)
	c.Serial, c.Model, c.Firmware = serial(clean(list[n-3])), name(clean(list[n-2])), name(clean(list[n-1]))
	r.addController(c)
	return f.err == nil && port != ""
}

// cutTransport cuts a row before the word for the transport.
func cutTransport(row string) (head, transport string) {
	for _, word := range []string{"pcie", "tcp", "rdma", "fc", "loop", "apple-nvme"} {
		if at := strings.LastIndex(row, " "+word+" "); at >= 0 {
			return row[:at+1], word
		}
	}
	return row, ""
}

// takeNamespaceRow reads a row of the third table of a verbose list:
//
//	/dev/nvme1n1      /dev/ng1n1        0x1        400.09  GB / 400.09  GB     4 KiB +  0 B   nvme1
//
// The NSID is hexadecimal in all versions.
func (r *listReader) takeNamespaceRow(t *table, row string) bool {
	var ns Namespace
	head, ctrls, ok := ns.takeUsage(row)
	if !ok {
		return false
	}
	head, nsid := lastWord(head)
	device, generic := nextWord(head)
	if !strings.HasPrefix(device, "/") && !strings.HasPrefix(device, "nvme") {
		return false
	}
	f := &field{text: nsid, hex: true}
	ns.NSID = integer[uint32](f)
	if strings.HasPrefix(device, "/") {
		ns.setPath(device)
	} else {
		ns.setName(device)
	}
	ns.setGeneric(clean(generic))
	ns.Controllers = names(ctrls)
	r.addNamespace(&ns)
	return f.err == nil
}

// takeUsage reads the usage and the format out of a row, and returns what is
// before and behind them:
//
//	… 960.20  GB / 960.20  GB    512   B +  0 B …
//	…  43.48  GB / 256.06  GB (  40.49 GiB /  238.47 GiB)   4 KiB +  0 B …
func (ns *Namespace) takeUsage(row string) (head, tail string, ok bool) {
	ns.Rounded = true
	for at := strings.LastIndex(row, " / "); at >= 0; at = strings.LastIndex(row[:at], " / ") {
		rest, unit := lastWord(row[:at])
		rest, number := lastWord(rest)
		used, ok := parseSize(number, unit)
		if !ok {
			continue
		}
		number, tail := nextWord(row[at+3:])
		unit, tail = nextWord(tail)
		size, ok := parseSize(number, unit)
		if !ok {
			continue
		}
		if binary := strings.IndexByte(tail, ')'); binary >= 0 && strings.HasPrefix(strings.TrimSpace(tail), "(") {
			tail = tail[binary+1:]
		}
		ns.UsedBytes, ns.SizeBytes = &used, &size
		tail, ok = ns.takeFormat(tail)
		return rest, tail, ok
	}
	return "", "", false
}

// takeFormat reads "512   B +  0 B" or "4 KiB +  0 B" and returns the rest.
func (ns *Namespace) takeFormat(s string) (rest string, ok bool) {
	var words [5]string
	for i := range words {
		words[i], s = nextWord(s)
	}
	block, ok1 := parseSize(words[0], words[1])
	metadata, ok2 := parseSize(words[3], words[4])
	if !ok1 || !ok2 || words[2] != "+" {
		return "", false
	}
	ns.BlockBytes, ns.MetadataBytes = block, &metadata
	return s, true
}

// parseSize reads a size such as "960.20 GB" or "4 KiB".
func parseSize(number, unit string) (bytes uint64, ok bool) {
	i := slices.Index([]string{"B", "kB", "MB", "GB", "TB", "PB", "EB"}, unit)
	scale := math.Pow(1000, float64(i))
	if i < 0 {
		i = slices.Index([]string{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"}, unit)
		scale = math.Pow(1024, float64(i+1))
	}
	n, err := strconv.ParseFloat(strings.Replace(number, ",", ".", 1), 64)
	if i < 0 || err != nil || n < 0 || n*scale >= 1<<64 {
		return 0, false
	}
	return uint64(math.Round(n * scale)), true
}

// names reads a list of kernel names: "nvme0, nvme1".
func names(s string) []string {
	if s = clean(s); s == "" {
		return nil
	}
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

// nextWord returns the first word of s and what follows it.
func nextWord(s string) (word, rest string) {
	s = strings.TrimLeft(s, " ")
	word, rest, _ = strings.Cut(s, " ")
	return word, rest
}

// lastWord returns the last word of s and what is before it.
func lastWord(s string) (rest, word string) {
	s = strings.TrimRight(s, " ")
	at := strings.LastIndexByte(s, ' ')
	return s[:at+1], s[at+1:]
}

// takeBranch reads a line of the tree of list-subsys:
//
//	nvme-subsys1 - NQN=nqn.2019-08.org.qemu:lab1
//	               hostnqn=nqn.2014-08.org.nvmexpress:uuid:4c4c4544-…
//	               iopolicy=numa
//	\
//	 +- nvme1 pcie 0000:02:00.0 live optimized
//
// It reports false for the first line of a subsystem with something before it.
func (r *listReader) takeBranch(line string) bool {
	if name, nqn, ok := strings.Cut(line, " - NQN="); ok {
		if !isSubsystem(clean(name)) {
			return false
		}
		r.list.Subsystems = append(r.list.Subsystems, Subsystem{Name: clean(name), NQN: clean(nqn)})
		r.known++
		return true
	}
	if len(r.list.Subsystems) == 0 {
		return true
	}
	sub := &r.list.Subsystems[len(r.list.Subsystems)-1]
	if branch, ok := strings.CutPrefix(line, " +- nvme"); ok {
		c := readBranch("nvme" + branch)
		c.Subsystem = sub.Name
		sub.Controllers = append(sub.Controllers, c.Name)
		r.addController(c)
		return true
	}
	key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
	sub.takeText(key, clean(value))
	return true
}

// isSubsystem knows the kernel's name of a subsystem (nvme_init_subsystem in
// drivers/nvme/host/core.c).
func isSubsystem(name string) bool { return strings.HasPrefix(name, "nvme-subsys") }

// takeText reads a line under the first of a subsystem.
func (s *Subsystem) takeText(key, value string) {
	switch key {
	case "hostnqn":
		s.HostNQN = value
	case "iopolicy":
		s.IOPolicy = value
	case "model":
		s.Model = name(value)
	case "serial":
		s.Serial = serial(value)
	case "firmware":
		s.Firmware = name(value)
	case "type":
		s.Type = value
	}
}

// readBranch reads a controller: name, transport, address, state, and the
// state of the path if one namespace was asked about. An address of NVMe over
// fabrics may have blanks.
func readBranch(branch string) Controller {
	words := append(strings.Fields(branch), "", "")
	c := Controller{Name: clean(words[0]), Transport: clean(words[1])}
	words = words[min(2, len(words)-2) : len(words)-2]
	if n := len(words); n > 0 && isANAState(words[n-1]) {
		c.ANAState, words = words[n-1], words[:n-1]
	}
	if n := len(words); n > 0 && !strings.ContainsAny(words[n-1], "=:.") {
		c.State, words = clean(words[n-1]), words[:n-1]
	}
	c.Address = clean(strings.Join(words, " "))
	return c
}

func isANAState(word string) bool {
	switch word {
	case "optimized", "non-optimized", "inaccessible", "persistent-loss", "change":
		return true
	}
	return false
}
