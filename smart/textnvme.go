// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"math"
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// nvmeLabel reads what only NVMe drives print of themselves.
func (p *textParser) nvmeLabel(label, value string) bool {
	switch label {
	case "PCI Vendor/Subsystem ID":
		id, _ := hex(value)
		p.dev.nvme().PCIVendorID, p.dev.NVMe.PCISubsystemVendorID = int64(id), int64(id)
	case "PCI Vendor ID":
		id, _ := hex(value)
		p.dev.nvme().PCIVendorID = int64(id)
	case "PCI Vendor Subsystem ID":
		id, _ := hex(value)
		p.dev.nvme().PCISubsystemVendorID = int64(id)
	case "IEEE OUI Identifier":
		if id, ok := hex(value); ok {
			p.dev.nvme().OUI = p.ptr(int64(id))
		}
	case "Controller ID":
		p.count(value, &p.dev.nvme().ControllerID)
	case "NVMe Version":
		p.dev.nvme().Version = &Coded{Value: nvmeVersion(value), Text: value}
	case "Number of Namespaces":
		p.count(value, &p.dev.nvme().NamespaceLimit)
	case "Total NVM Capacity":
		p.dev.nvme().TotalCapacityBytes = bigNumber(value)
	case "Unallocated NVM Capacity":
		p.dev.nvme().UnallocatedBytes = bigNumber(value)
	case "Warning  Comp. Temp. Threshold":
		p.count(value, &p.dev.nvme().WarningCelsius)
	case "Critical Comp. Temp. Threshold":
		p.count(value, &p.dev.nvme().CriticalCelsius)
	case "Maximum Data Transfer Size":
		p.dev.nvme().MaxTransferPages, _ = digits(value)
	default:
		return p.namespaceLabel(label, value) || p.nvmeBits(label)
	}
	return true
}

// count reads a number that may be negative, and leaves *to alone where there
// is none.
func (p *textParser) count(value string, to **int64) {
	if n, ok := signed(value); ok {
		*to = p.ptr(n)
	}
}

// unsigned reads a number of 32 bits, which smartctl prints as if it had a sign.
func (p *textParser) unsigned(value string, to **int64) {
	if n, ok := signed(value); ok {
		*to = p.ptr(n & math.MaxUint32)
	}
}

// bigNumber reads a number of up to 128 bits, with separators of thousands; "~"
// before one of those that smartctl could not print whole is none. It returns
// nil if there is none.
func bigNumber(value string) *Uint128 {
	if n, ok := digits(value); ok {
		return &Uint128{Lo: uint64(n)}
	}
	word, _, _ := strings.Cut(value, " ")
	word = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		if r == ',' || r == '.' || r == '\'' || r >= 0x80 {
			return -1
		}
		return 'x'
	}, word)
	hi, lo, err := jsondoc.ParseUint128(word)
	if err != nil || word == "" {
		return nil
	}
	return &Uint128{hi, lo}
}

// nvmeVersion is the code of "1.4": a number of two bytes and two of one.
func nvmeVersion(text string) int64 {
	major, rest, _ := strings.Cut(text, ".")
	minor, third, _ := strings.Cut(rest, ".")
	a, _ := digits(major)
	b, _ := digits(minor)
	c, _ := digits(third)
	return (a&0xffff)<<16 | (b&0xff)<<8 | c&0xff
}

// namespaceLabel reads "Namespace 1 Size/Capacity" and its like.
func (p *textParser) namespaceLabel(label, value string) bool {
	rest, ok := strings.CutPrefix(label, "Namespace ")
	number, what, named := strings.Cut(rest, " ")
	id, isNumber := digits(number)
	if !ok || !named || !isNumber {
		return false
	}
	n := p.namespace(id)
	switch what {
	case "Size/Capacity":
		n.SizeBytes = bigNumber(value)
		n.CapacityBytes, n.UsedBytes = n.SizeBytes, n.SizeBytes // they are printed where they differ
	case "Size":
		n.SizeBytes = bigNumber(value)
	case "Capacity":
		n.CapacityBytes = bigNumber(value)
		n.UsedBytes = n.CapacityBytes
	case "Utilization":
		n.UsedBytes = bigNumber(value)
	case "Formatted LBA Size":
		n.BlockBytes, _ = digits(value)
	case "IEEE EUI-64":
		n.EUI64 = compact(value)
	default:
		bits, ok := strings.CutPrefix(what, "Features (")
		v, isHex := hex(strings.TrimSuffix(bits, ")"))
		if !ok {
			return false
		}
		if isHex {
			n.Features = p.ptr(int64(v))
		}
	}
	return true
}

// namespace returns the namespace with an identifier, a new one if need be: a
// text is of one of them.
func (p *textParser) namespace(id int64) *Namespace {
	n := p.dev.nvme()
	if len(n.Namespaces) == 0 || n.Namespaces[len(n.Namespaces)-1].ID != id {
		n.Namespaces = append(n.Namespaces, Namespace{ID: id})
	}
	return &n.Namespaces[len(n.Namespaces)-1]
}

// settleNVMe fills in the blocks of the namespaces, and what is the drive's own
// of the only one.
func (p *textParser) settleNVMe(n *NVMe) {
	p.dev.Temperature.OperatingMaxCelsius, p.dev.Temperature.CriticalCelsius = n.WarningCelsius, n.CriticalCelsius // as JSON has since 7.5
	for i := range n.Namespaces {
		ns := &n.Namespaces[i]
		ns.SizeBlocks, ns.CapacityBlocks, ns.UsedBlocks = ns.blocks(ns.SizeBytes), ns.blocks(ns.CapacityBytes), ns.blocks(ns.UsedBytes)
	}
	if len(n.Namespaces) != 1 {
		return
	}
	if ns := &n.Namespaces[0]; ns.CapacityBytes != nil && ns.CapacityBytes.Hi == 0 {
		p.dev.CapacityBytes = ns.CapacityBytes.Lo
		p.dev.CapacityBlocks = ns.CapacityBlocks
		p.dev.LogicalBlockBytes = ns.BlockBytes
	}
}

// blocks returns how many blocks of a namespace a size is.
func (n *Namespace) blocks(size *Uint128) uint64 {
	if size == nil || size.Hi != 0 || n.BlockBytes <= 0 {
		return 0
	}
	return size.Lo / uint64(n.BlockBytes)
}

// nvmeBits reads a set of bits that is spelled out behind its number: "Firmware
// Updates (0x03)".
func (p *textParser) nvmeBits(label string) bool {
	name, code, ok := strings.Cut(strings.TrimSuffix(label, ")"), " (0x")
	bits, isHex := hex(code)
	if !ok || !isHex {
		return false
	}
	var to **int64
	switch name {
	case "Firmware Updates":
		to = &p.dev.nvme().FirmwareUpdates
	case "Optional Admin Commands":
		to = &p.dev.nvme().AdminCommands
	case "Optional NVM Commands":
		to = &p.dev.nvme().NVMCommands
	case "Log Page Attributes":
		to = &p.dev.nvme().LogPages
	default:
		return false
	}
	*to = p.ptr(int64(bits))
	return true
}

// powerState reads " 0 +     9.00W       -        -    0  0  0  0        5       5".
func (p *textParser) powerState(line string) bool {
	rest := line
	if _, ok := digits(next(&rest)); !ok {
		return strings.HasPrefix(line, "St Op")
	}
	s := PowerState{NonOperational: next(&rest) == "-"}
	s.MaxPower, s.ActivePower, s.IdlePower = power(next(&rest)), power(next(&rest)), power(next(&rest))
	for _, to := range [...]*int64{&s.ReadLatency, &s.ReadThroughput, &s.WriteLatency, &s.WriteThroughput, &s.EntryMicroseconds, &s.ExitMicroseconds} {
		*to, _ = digits(next(&rest))
	}
	n := p.dev.nvme()
	n.PowerStates = append(n.PowerStates, s)
	return true
}

// power reads "9.00W" in hundredths, "0.0050W" in ten thousandths; "-" is nil.
func power(text string) *Power {
	watts, ok := strings.CutSuffix(text, "W")
	whole, fraction, point := strings.Cut(watts, ".")
	n, err := strconv.ParseUint(whole+fraction, 10, 32)
	if !ok || !point || err != nil {
		if text == "?" {
			return &Power{Scale: 3} // reserved
		}
		return nil
	}
	switch len(fraction) {
	case 2:
		return &Power{Value: int64(n), Scale: 2, UnitsPerWatt: 100}
	case 4:
		return &Power{Value: int64(n), Scale: 1, UnitsPerWatt: 10000}
	}
	return nil
}

// lbaFormat reads " 0 +     512       0         0".
func (p *textParser) lbaFormat(line string) bool {
	rest := line
	if _, ok := digits(next(&rest)); !ok {
		return strings.HasPrefix(line, "Id Fmt")
	}
	f := LBAFormat{Formatted: next(&rest) == "+"}
	for _, to := range [...]*int64{&f.DataBytes, &f.MetadataBytes, &f.RelativePerformance} {
		*to, _ = digits(next(&rest))
	}
	n := p.dev.nvme()
	if len(n.Namespaces) == 0 {
		return true // of none that is named
	}
	last := &n.Namespaces[len(n.Namespaces)-1]
	last.Formats = append(last.Formats, f)
	return true
}

// nvmeHeading opens one of the logs of an NVMe drive.
func (p *textParser) nvmeHeading(line string) bool {
	switch {
	case strings.HasPrefix(line, "SMART/Health Information"):
		p.dev.nvme().Health = &NVMeHealth{NSID: p.nsid(line)}
		p.table = (*textParser).nvmeHealth
	case strings.HasPrefix(line, "Error Information ("):
		l := new(NVMeErrorLog)
		if counts, ok := cutBetween(line, ", ", " entries)"); ok { // "8 of 64", in older versions "max 64"
			read, size, of := strings.Cut(counts, " of ")
			if of {
				l.Read, _ = digits(read)
				l.Size, _ = digits(size)
			}
		}
		p.dev.nvme().ErrorLog = l
		p.table = (*textParser).nvmeError
	case strings.HasPrefix(line, "Self-test Log (NVMe"), strings.HasPrefix(line, "Self-tests Log (NVMe"):
		p.dev.nvme().SelfTestLog = &NVMeSelfTestLog{NSID: p.nsid(line)}
		p.table = (*textParser).nvmeSelfTest
	case strings.HasPrefix(line, "Supported Power States"):
		p.dev.nvme()
		p.table = (*textParser).powerState
	case strings.HasPrefix(line, "Supported LBA Sizes"):
		if id, ok := cutBetween(line, "(NSID 0x", ")"); ok {
			if n, ok := hex(id); ok && n <= AllNamespaces {
				p.namespace(int64(n))
			}
		}
		p.table = (*textParser).lbaFormat
	default:
		return false
	}
	return true
}

// nsid reads the namespace of a log: ", NSID 0x1)". All of them are -1, as in
// JSON.
func (p *textParser) nsid(line string) *int64 {
	text, ok := cutBetween(line, "NSID 0x", ")")
	id, isHex := hex(text)
	switch {
	case !ok || !isHex || id > AllNamespaces:
		return nil
	case id == AllNamespaces:
		return p.ptr(-1)
	}
	return p.ptr(int64(id))
}

// cutBetween returns what stands between two marks.
func cutBetween(s, before, behind string) (between string, ok bool) {
	_, s, ok = strings.Cut(s, before)
	if !ok {
		return "", false
	}
	between, _, ok = strings.Cut(s, behind)
	return between, ok
}

// nvmeHealth reads the health log.
func (p *textParser) nvmeHealth(line string) bool {
	label, value, ok := strings.Cut(line, ":")
	if !ok {
		return false
	}
	h := p.dev.NVMe.Health
	value = strings.TrimSpace(value)
	switch label {
	case "Critical Warning":
		w, _ := hex(value)
		h.CriticalWarning = CriticalWarning(w)
		p.dev.NVMe.CriticalWarning = h.CriticalWarning
	case "Temperature":
		p.count(value, &h.Celsius)
		p.dev.Temperature.CurrentCelsius = h.Celsius
	case "Available Spare":
		p.count(value, &h.SparePercent)
	case "Available Spare Threshold":
		p.count(value, &h.SpareThresholdPercent)
	case "Percentage Used":
		p.count(value, &h.UsedPercent)
	case "Data Units Read":
		h.DataUnitsRead = bigNumber(value)
	case "Data Units Written":
		h.DataUnitsWritten = bigNumber(value)
	case "Host Read Commands":
		h.HostReads = bigNumber(value)
	case "Host Write Commands":
		h.HostWrites = bigNumber(value)
	case "Controller Busy Time":
		h.BusyMinutes = bigNumber(value)
	case "Power Cycles":
		h.PowerCycles = bigNumber(value)
		p.dev.PowerCycles = p.small(h.PowerCycles)
	case "Power On Hours":
		h.PowerOnHours = bigNumber(value)
		p.dev.PowerOnHours = p.small(h.PowerOnHours)
	case "Unsafe Shutdowns":
		h.UnsafeShutdowns = bigNumber(value)
	case "Media and Data Integrity Errors":
		h.MediaErrors = bigNumber(value)
	case "Error Information Log Entries":
		h.ErrorLogEntries = bigNumber(value)
	case "Warning  Comp. Temperature Time", "Warning Comp. Temp. Time":
		p.unsigned(value, &h.WarningMinutes)
	case "Critical Comp. Temperature Time", "Critical Comp. Temp. Time":
		p.unsigned(value, &h.CriticalMinutes)
	case "Thermal Temp. 1 Transition Count":
		p.unsigned(value, &h.Thermal1Count)
	case "Thermal Temp. 2 Transition Count":
		p.unsigned(value, &h.Thermal2Count)
	case "Thermal Temp. 1 Total Time":
		p.unsigned(value, &h.Thermal1Seconds)
	case "Thermal Temp. 2 Total Time":
		p.unsigned(value, &h.Thermal2Seconds)
	default:
		sensor, ok := strings.CutPrefix(label, "Temperature Sensor ")
		i, isNumbered := digits(sensor)
		n, isNumber := signed(value)
		if ok && isNumber && isNumbered {
			h.Sensors = append(h.Sensors, TemperatureSensor{i, n})
		}
		return ok
	}
	return true
}

// small returns a counter as JSON has it for every kind of drive: as long as it
// fits into 53 bits.
func (p *textParser) small(u *Uint128) *int64 {
	if u == nil || u.Hi != 0 || u.Lo >= 1<<53 {
		return nil
	}
	return p.ptr(int64(u.Lo))
}

// nvmeError reads the rows of the error log: "  0        123     0  0x0010
// 0x4004  0x028            0     1     -  Invalid Field in Command".
func (p *textParser) nvmeError(line string) bool {
	rest := line
	l := p.dev.NVMe.ErrorLog
	if _, ok := digits(next(&rest)); !ok {
		if unread, ok := strings.CutPrefix(line, "... ("); ok {
			l.Unread, _ = digits(unread)
			return true
		}
		return strings.HasPrefix(line, "Num ") || strings.HasPrefix(line, "  - [") || strings.HasPrefix(line, "No Errors Logged")
	}
	var e NVMeError
	e.Count, _ = strconv.ParseUint(next(&rest), 10, 64)
	p.count(next(&rest), &e.QueueID)
	p.hexNumber(next(&rest), &e.CommandID)
	word := next(&rest)
	status, isStatus := hex(word)
	if isStatus {
		e.Status = &NVMeStatus{Value: int64(status >> 1), DoNotRetry: status>>15&1 != 0, CodeType: int64(status >> 9 & 7), Code: int64(status >> 1 & 255)}
		e.PhaseTag = p.truth(status&1 != 0)
	}
	p.hexNumber(next(&rest), &e.ParameterLocation)
	if lba, err := strconv.ParseUint(next(&rest), 10, 64); err == nil {
		e.LBA = &lba
	}
	p.count(next(&rest), &e.NSID)
	p.hexNumber(next(&rest), &e.VendorSpecific)
	if message := strings.TrimSpace(rest); isStatus && message != "-" { // since 7.4
		e.Status.Text = message
	}
	l.Errors = append(l.Errors, e)
	return true
}

func (p *textParser) hexNumber(text string, to **int64) {
	if n, ok := hex(text); ok && n < 1<<63 && strings.HasPrefix(text, "0x") {
		*to = p.ptr(int64(n))
	}
}

// nvmeSelfTest reads the rows of the self-test log: " 0   Short
// Completed without error              12345            -     -   -   -    -".
func (p *textParser) nvmeSelfTest(line string) bool {
	l := p.dev.NVMe.SelfTestLog
	if value, ok := strings.CutPrefix(line, "Self-test status: "); ok {
		text, percent, running := strings.Cut(value, " (")
		if running && strings.HasSuffix(percent, "% completed)") {
			p.count(percent, &l.CurrentPercent)
			value = text
		}
		l.Current = &Coded{Value: nvmeOperation(value), Text: value}
		return true
	}
	rest := line
	if _, ok := digits(next(&rest)); !ok {
		return strings.HasPrefix(line, "Num ") || strings.HasPrefix(line, "No Self-tests Logged")
	}
	var t NVMeSelfTest
	t.Code.Text, rest = cutWide(rest)
	t.Code.Value = nvmeOperation(t.Code.Text)
	t.Result.Text, rest = cutWide(rest)
	t.Result.Value = nvmeResult(t.Result.Text)
	t.PowerOnHours, _ = strconv.ParseUint(next(&rest), 10, 64)
	if lba, err := strconv.ParseUint(next(&rest), 10, 64); err == nil {
		t.LBA = &lba
	}
	switch id := next(&rest); id {
	case "*": // all of them
		t.NSID = p.ptr(-1)
	default:
		p.count(id, &t.NSID)
	}
	p.count(next(&rest), &t.Segment)
	p.hexNumber(next(&rest), &t.StatusType)
	p.hexNumber(next(&rest), &t.StatusCode)
	l.Tests = append(l.Tests, t)
	return true
}

// nvmeOperation is the code of a self-test or of its name in the status (NVMe
// 1.4c, figure 203).
func nvmeOperation(text string) int64 {
	switch {
	case strings.HasPrefix(text, "No self-test"):
		return 0
	case strings.HasPrefix(text, "Short"):
		return 1
	case strings.HasPrefix(text, "Extended"):
		return 2
	case strings.HasPrefix(text, "Vendor specific"):
		return 14
	}
	return codeIn(text, 3)
}

// codeIn reads the number of "Unknown (0x3)".
func codeIn(text string, otherwise int64) int64 {
	code, ok := cutBetween(text, "(0x", ")")
	if n, isHex := hex(code); ok && isHex && n < 256 {
		return int64(n)
	}
	return otherwise
}

// nvmeResult is the code of a result (NVMe 1.4c, figure 203).
func nvmeResult(text string) int64 {
	for i, result := range [...]string{
		"Completed without error", "Aborted: Self-test command", "Aborted: Controller Reset", "Aborted: Namespace removed",
		"Aborted: Format NVM command", "Fatal or unknown test error", "Completed: unknown failed segment",
		"Completed: failed segments", "Aborted: unknown reason", "Aborted: sanitize operation",
	} {
		if strings.HasPrefix(text, result) {
			return int64(i)
		}
	}
	return codeIn(text, 15)
}
