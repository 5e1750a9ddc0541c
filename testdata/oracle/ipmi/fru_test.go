// SPDX-License-Identifier: Apache-2.0

// Package ipmi_test holds bee's package ipmi against the real ipmitool: images
// and records whose content the tests chose are printed by several generations
// of the tool, from a controller made of software, and read back.
package ipmi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/internal/placeholder"
	"github.com/mchus/bee/ipmi"
	"github.com/mchus/bee/testdata/fru"
	"github.com/mchus/bee/testdata/fru/bmc"
	"github.com/mchus/bee/testdata/tools"
)

// suites are the generations of ipmitool: 1.8.18, then three builds of 1.8.19.
var suites = []string{"bullseye", "bookworm", "trixie", "sid"}

// batch is how many devices one controller has.
const batch = 100

// count returns how many devices each generation prints: BEE_ORACLE, or 1,000.
func count(t *testing.T) int {
	env := os.Getenv("BEE_ORACLE")
	if env == "" {
		return 1000
	}
	n, err := strconv.Atoi(env)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A device is a FRU device and what it says.
type device struct {
	fru.Image
	dimm *fru.DIMM // instead of the image
	code byte      // completion code where it does not answer
	size int       // its size, where that is not what it has
	cut  int       // how much of it can be read, where that is not all
}

func newDevice(g *fru.Generator) device {
	switch g.IntN(20) {
	case 0:
		dimm := g.DIMM()
		return device{dimm: &dimm}
	case 1:
		codes := []byte{0xC3, 0xC9, 0xCB, 0xCC, 0xC1, 0xD5, 0xFF}
		return device{code: codes[g.IntN(len(codes))]}
	}
	d := device{Image: *g.Image()}
	if n := len(d.Bytes()); n > 8 && g.IntN(20) == 0 {
		d.cut, d.size = 8+g.IntN(n-8), n
	}
	return d
}

func (d *device) fru() bmc.FRU {
	f := bmc.FRU{Data: d.data(), Code: d.code, Size: d.size}
	if d.cut > 0 {
		f.Data = f.Data[:d.cut]
	}
	return f
}

func (d *device) data() []byte {
	if d.dimm != nil {
		return d.dimm.Bytes()
	}
	return d.Bytes()
}

// A run is a controller's devices, and a tool that prints them.
type run struct {
	suite   string
	devices []device
	tree    *tools.Tree
	home    string // a user's folder, with the registry of makers
	makers  map[uint32]string
	zone    zone
	verbose bool
}

// A zone is a value of TZ, and what it does to a date.
type zone struct {
	tz, name, iso string
	seconds       int
}

var zones = []zone{
	{"UTC", "UTC", "Z", 0},
	{"CET-1", "CET", "", 3600},
	{"<+0530>-5:30", "+0530", "+05:30", 5*3600 + 1800},
}

func newRun(t *testing.T, tree *tools.Tree, suite string, seed uint64, n int) *run {
	r := &run{suite: suite, tree: tree, zone: zones[seed%3], verbose: seed%4 != 3}
	r.home, r.makers = registry(t, suite, seed%2 == 0)
	g := fru.NewGenerator(seed)
	g.WholeGroups = suite == "bullseye"
	for range n {
		r.devices = append(r.devices, newDevice(g))
	}
	return r
}

// print returns what the tool prints of the controller's devices.
func (r *run) print(t *testing.T, output func(*exec.Cmd) ([]byte, error)) []byte {
	config := bmc.Config{
		DeviceID: []byte{0x20, 0x01, 0x02, 0x17, 0x02, 0x83, 0x57, 0x01, 0, 0x49, 0},
		FRUs:     make(map[byte]bmc.FRU),
	}
	for i := range r.devices {
		id, modifier := byte(i+1), byte(0)
		if r.devices[i].dimm != nil {
			modifier = 1
		}
		config.FRUs[id] = r.devices[i].fru()
		config.SDRs = append(config.SDRs, bmc.FRULocator(id, modifier, 7, id, fmt.Sprintf("Device %d", id)))
	}
	controller, err := bmc.Listen(config)
	if err != nil {
		t.Fatal(err)
	}
	defer controller.Close()
	args := controller.Args("fru", "print")
	if r.verbose {
		args = append([]string{"-v"}, args...)
	}
	cmd := r.tree.Command("ipmitool", args...)
	cmd.Env = append(cmd.Env, "TZ="+r.zone.tz, "HOME="+r.home)
	out, _ := output(cmd) // it exits with 1 where the last device is broken
	return out
}

// TestFRU prints generated devices and compares what the parser says of each
// with what was generated.
func TestFRU(t *testing.T) {
	n := count(t)
	for _, suite := range suites {
		t.Run(suite, func(t *testing.T) {
			t.Parallel() // most of it is waiting for the other end
			tree := tools.Suite(t, suite, "ipmitool")
			compared, mismatches := 0, 0
			for seed := uint64(0); compared < n; seed++ {
				r := newRun(t, tree, suite, seed, min(batch, n-compared))
				for _, diff := range r.compare(r.print(t, (*exec.Cmd).Output)) {
					mismatches++
					t.Errorf("seed %d: %s", seed, diff)
				}
				compared += len(r.devices)
			}
			t.Logf("oracle: ipmitool-fru suite=%s images=%d mismatches=%d", suite, compared, mismatches)
		})
	}
}

// TestFRUMixed has the tool write its messages where its output goes, as a
// capture made by "2>&1" has them: the messages stand anywhere, even inside of a
// line. The devices must be read as without them.
func TestFRUMixed(t *testing.T) {
	for _, suite := range suites {
		t.Run(suite, func(t *testing.T) {
			t.Parallel() // most of it is waiting for the other end
			tree := tools.Suite(t, suite, "ipmitool")
			for _, seed := range []uint64{0, 3} { // with and without -v
				r := newRun(t, tree, suite, seed, batch)
				out := r.print(t, (*exec.Cmd).CombinedOutput)
				list, err := ipmi.ParseFRU(out)
				if err != nil {
					t.Error(err)
				}
				for _, diff := range r.compareDevices(list) {
					t.Errorf("seed %d: %s", seed, diff)
				}
			}
		})
	}
}

// TestFRUCaught makes sure that the comparison can fail: a truth that is wrong
// in one place gives one difference.
func TestFRUCaught(t *testing.T) {
	r := newRun(t, tools.Suite(t, "bookworm", "ipmitool"), "bookworm", 0, batch)
	out := r.print(t, (*exec.Cmd).Output)
	wrong := func(what string, change, restore func()) {
		change()
		if diffs := r.compare(out); len(diffs) != 1 {
			t.Errorf("wrong %s: %d differences, want 1", what, len(diffs))
		}
		restore()
	}
	caught := 0
	for i := range r.devices {
		d := &r.devices[i]
		if d.Version != 1 || d.cut > 0 || d.Board == nil || d.Board.Serial.Encoding != fru.SixBit {
			continue
		}
		serial, made, kind := d.Board.Serial, d.Board.Made, d.code
		wrong("serial number", func() { d.Board.Serial.Value += "0" }, func() { d.Board.Serial = serial })
		wrong("date", func() { d.Board.Made = fru.Epoch.Add(1e6 * time.Minute) }, func() { d.Board.Made = made })
		wrong("state", func() { d.code = 0xC3 }, func() { d.code = kind })
		if caught++; caught == 5 {
			return
		}
	}
	t.Errorf("%d boards, want 5", caught)
}

// compare returns a description of what the parser reads otherwise than it was
// made, and of text that Format does not give back.
func (r *run) compare(out []byte) (diffs []string) {
	list, err := ipmi.ParseFRU(out)
	if err != nil {
		diffs = append(diffs, err.Error())
	}
	if !bytes.Equal(withoutBlanks(list.Format()), withoutBlanks(out)) {
		diffs = append(diffs, "Format does not give the output back")
	}
	return append(diffs, r.compareDevices(list)...)
}

// compareDevices returns a description of each device that the parser reads
// otherwise than it was made.
func (r *run) compareDevices(list *ipmi.FRU) (diffs []string) {
	devices := list.Devices()
	if len(devices) != len(r.devices)+1 {
		return append(diffs, fmt.Sprintf("%d devices, want %d", len(devices), len(r.devices)+1))
	}
	for i := range r.devices {
		want := r.want(i)
		if a, b := marshal(devices[i+1]), marshal(want); a != b {
			diffs = append(diffs, fmt.Sprintf("got  %s\nwant %s", a, b))
		}
	}
	return diffs
}

// withoutBlanks drops blank lines, of which Format writes one after each device
// and the tool now and then another number.
func withoutBlanks(text []byte) []byte {
	for bytes.Contains(text, []byte("\n\n")) {
		text = bytes.ReplaceAll(text, []byte("\n\n"), []byte("\n"))
	}
	return text
}

func marshal(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// want returns what the parser should say of device i.
func (r *run) want(i int) ipmi.FRUDevice {
	d, id := &r.devices[i], i+1
	w := ipmi.FRUDevice{ID: &id, Name: fmt.Sprintf("Device %d", id), State: ipmi.FRUEmpty}
	switch {
	case d.code != 0:
		w.State, w.Reason = ipmi.FRUAbsent, completion(d.code)
	case d.dimm != nil:
		w.State, w.SPD = ipmi.FRUPresent, wantSPD(d.dimm)
	case d.Version == 1:
		r.wantAreas(d, &w)
	}
	return w
}

// completion returns ipmitool's words for a completion code (IPMI 2.0, table
// 5-2).
func completion(code byte) string {
	switch code {
	case 0xC1:
		return "Invalid command"
	case 0xC3:
		return "Timeout"
	case 0xC9:
		return "Parameter out of range"
	case 0xCB:
		return "Requested sensor, data, or record not found"
	case 0xCC:
		return "Invalid data field in request"
	case 0xD5:
		return "Command not supported in present state"
	}
	return "Unspecified error"
}

// wantAreas fills in the areas that can be read whole.
func (r *run) wantAreas(d *device, w *ipmi.FRUDevice) {
	data := d.Bytes()
	readable := func(area int) bool { // its length is its second byte, in eights
		offset := int(data[area]) * 8
		return offset > 0 && (d.cut == 0 || offset+8*int(data[offset+1]) <= d.cut)
	}
	if readable(2) {
		c := d.Chassis
		w.Chassis = &ipmi.FRUChassis{Type: chassisType(c.Type), PartNumber: name(r.says(c.PartNumber)), Serial: number(r.says(c.Serial)), Extra: r.all(c.Extra)}
	}
	if readable(3) {
		w.Board = r.wantBoard(d.Board)
	}
	if readable(4) {
		p := d.Product
		w.Product = &ipmi.FRUProduct{
			Manufacturer: name(r.says(p.Manufacturer)), Name: name(r.says(p.Name)), PartNumber: name(r.says(p.PartNumber)),
			Version: name(r.says(p.ProductVersion)), Serial: number(r.says(p.Serial)), AssetTag: number(r.says(p.AssetTag)), Extra: r.all(p.Extra),
		}
		if r.verbose {
			w.Product.FileID = r.says(p.FileID)
		}
		if productEmpty(p, r.verbose) {
			w.Product = nil // unlike the others it has no field that is always printed
		}
	}
	if r.verbose {
		end := 8 * int(data[5])
		for _, record := range d.Records {
			end += recordLength(data, end)
			if d.cut == 0 || end <= d.cut {
				r.wantRecord(w, record)
			}
		}
	}
	if w.Chassis != nil || w.Board != nil || w.Product != nil || w.MultiRecords != nil {
		w.State = ipmi.FRUPresent
	}
}

// recordLength returns the length of the multi-record at an offset.
func recordLength(data []byte, offset int) int { return 5 + int(data[offset+2]) }

func (r *run) wantBoard(b *fru.Board) *ipmi.FRUBoard {
	w := &ipmi.FRUBoard{
		Manufacturer: name(r.says(b.Manufacturer)), Product: name(r.says(b.Product)), Serial: number(r.says(b.Serial)),
		PartNumber: name(r.says(b.PartNumber)), Extra: r.all(b.Extra),
	}
	if r.verbose {
		w.FileID = r.says(b.FileID)
	}
	if !b.Made.IsZero() {
		local := b.Made.Add(time.Duration(r.zone.seconds) * time.Second)
		w.ManufactureDate = local.Format("2006-01-02T15:04:05")
		if r.suite != "bullseye" {
			w.ManufactureDate += r.zone.iso
			w.ManufactureZone = r.zone.name
		}
	}
	return w
}

// productEmpty reports whether a product area has not one field that is
// printed.
func productEmpty(p *fru.Product, verbose bool) bool {
	fields := append([]fru.Text{p.Manufacturer, p.Name, p.PartNumber, p.ProductVersion, p.Serial, p.AssetTag}, p.Extra...)
	if verbose {
		fields = append(fields, p.FileID)
	}
	for _, f := range fields {
		if f.Value != "" {
			return false
		}
	}
	return true
}

// name and number are what the typed layer has of a name and of a serial number:
// generated at random, some are placeholders.
func name(text string) string {
	if placeholder.Is(text) {
		return ""
	}
	return text
}

func number(text string) string {
	if placeholder.IsSerial(text) {
		return ""
	}
	return text
}

// says returns what a field says as the tool prints it: text up to the first
// zero byte, which of UTF-16 is the first character, and in 1.8.18 only the
// second digit of each byte of BCD plus.
func (r *run) says(t fru.Text) string {
	switch {
	case t.Filler:
		return ""
	case t.Encoding == fru.Wide:
		return t.Value[:1]
	case t.Encoding == fru.BCD && r.suite == "bullseye":
		var half []byte
		for i := 1; i < len(t.Value); i += 2 {
			half = append(half, t.Value[i])
		}
		return strings.TrimSpace(string(half))
	}
	return t.Value
}

func (r *run) all(texts []fru.Text) []string {
	var list []string
	for _, t := range texts {
		if s := r.says(t); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// chassisType returns the name of a chassis type (SMBIOS, section 7.4.1, which
// the FRU definition refers to) in ipmitool's spelling, "" for those that say
// nothing.
func chassisType(n byte) string {
	names := strings.Split(",Other,,Desktop,Low Profile Desktop,Pizza Box,Mini Tower,Tower,Portable,LapTop,Notebook,"+
		"Hand Held,Docking Station,All in One,Sub Notebook,Space-saving,Lunch Box,Main Server Chassis,"+
		"Expansion Chassis,SubChassis,Bus Expansion Chassis,Peripheral Chassis,RAID Chassis,Rack Mount Chassis,"+
		"Sealed-case PC,Multi-system Chassis,CompactPCI,AdvancedTCA,Blade,Blade Enclosure", ",")
	if int(n) >= len(names) {
		return ""
	}
	return names[n]
}
