// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/mchus/bee/nvme"
)

// TestOracle makes up drives, lets the real nvme-cli of several generations
// print them in both forms, and compares the forms with each other and with the
// truth. BEE_ORACLE is how many drives; it needs apt, a C compiler and a few
// seconds for each.
func TestOracle(t *testing.T) {
	drives, _ := strconv.Atoi(os.Getenv("BEE_ORACLE"))
	if drives == 0 {
		t.Skip("BEE_ORACLE is not set")
	}
	shim := buildShim(t)
	generations := []struct{ suite, version string }{
		{"bullseye", "1.12"}, {"bookworm", "2.3"}, {"trixie", "2.13"}, {"sid", "2.16"},
	}
	values := 0
	for _, g := range generations {
		o := oracle{version: g.version, shim: shim, root: fetch(t, g.suite)}
		for seed := range drives {
			d := newDrive(uint64(seed))
			if g.version == "1.12" {
				d.trimCounters()
			}
			t.Run(fmt.Sprintf("%s/%d", g.version, seed), func(t *testing.T) { values += o.check(t, d) })
		}
	}
	t.Logf("oracle: %d drives, %d generations, %d values compared", drives, len(generations), values)
}

func buildShim(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "shim.so")
	if out, err := exec.Command("cc", "-shared", "-fPIC", "-O1", "-o", path, "testdata/shim/shim.c").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

func fetch(t *testing.T, suite string) string {
	out, err := exec.Command("sh", "../testdata/tools/fetch.sh", suite, "nvme-cli").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// An oracle is one generation of nvme-cli.
type oracle struct{ version, shim, root string }

// run runs nvme-cli against a drive.
func (o oracle) run(t *testing.T, dir, args string) []byte {
	t.Helper()
	cmd := exec.Command("sh", append([]string{"../testdata/tools/run.sh", o.root, "nvme"}, strings.Fields(args)...)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "LD_PRELOAD=" + o.shim, "NVME_FAKE=" + dir}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", args, err)
	}
	return out
}

func (o oracle) check(t *testing.T, d *drive) (values int) {
	dir := t.TempDir()
	d.write(t, dir)
	human := " -H" // of id-ctrl, id-ns and smart-log
	for _, command := range []string{"id-ctrl", "id-ns -n 1", "smart-log", "error-log -e 3", "fw-log"} {
		name, option, _ := strings.Cut(command, " ")
		args := name + " /dev/nvme0 " + option
		doc, text := o.run(t, dir, args+" -o json"), o.run(t, dir, args)
		values += agree(t, o.version, name, doc, text)
		values += d.agrees(t, name, doc) + d.agrees(t, name, text)
		if name == "error-log" || name == "fw-log" {
			continue
		}
		spelled := o.run(t, dir, args+human)
		values += agree(t, o.version, name, doc, spelled)
		if o.version == "2.16" || name == "smart-log" && o.version != "1.12" {
			values += agree(t, o.version, name, o.run(t, dir, args+human+" -o json"), spelled)
		}
	}
	return values
}

// A drive is what the identify and log commands of a drive return.
type drive struct {
	ctrl, ns, smart, errors, fw []byte
}

// newDrive makes up a drive. Every byte may be anything where that makes sense.
func newDrive(seed uint64) *drive {
	r := rand.New(rand.NewPCG(seed, 5))
	random := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		return b
	}
	d := &drive{ctrl: random(4096), ns: random(4096), smart: random(512), errors: random(64 * 3), fw: random(512)}
	words := func(b []byte) {
		const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./: abc"
		used := r.IntN(len(b) + 1)
		for i := range b {
			b[i] = ' '
			if i < used {
				b[i] = letters[r.IntN(len(letters))]
			}
		}
	}
	words(d.ctrl[4:24])
	copy(d.ctrl[4:6], "Q7") // for a digit or a sign alone names nothing
	words(d.ctrl[24:64])
	words(d.ctrl[64:72])
	clear(d.ctrl[768:1024])
	copy(d.ctrl[768:], fmt.Sprintf("nqn.2024-01.org.example:drive%d", seed))
	d.ctrl[263] = byte(r.IntN(32)) // npss
	for i := range 32 {
		psd := d.ctrl[2048+32*i:]
		psd[18] &= 0xc0 // the scale is the two high bits
		psd[22] = psd[22]&0xc0 | byte(r.IntN(3))
		if psd[18]>>6 == 3 {
			psd[18] = 0
		}
		if psd[22]>>6 == 3 {
			psd[22] &^= 0xc0
		}
		for at := 23; at <= 25; at++ { // times up to 99, in one of 13 units
			psd[at] = byte(1 + r.IntN(99))
		}
		psd[26], psd[27] = byte(r.IntN(13)|r.IntN(13)<<4), byte(r.IntN(13))
	}
	formats := 1 + r.IntN(16)
	d.ns[25], d.ns[26], d.ns[82] = byte(formats-1), byte(r.IntN(formats)|r.IntN(2)<<4), 0
	for i := range 64 {
		lbaf := d.ns[128+4*i:]
		lbaf[2], lbaf[3] = byte(9+r.IntN(8)), byte(r.IntN(4))
	}
	if r.IntN(2) == 0 {
		clear(d.ns[104:128]) // neither NGUID nor EUI64
	}
	clear(d.ns[384:])
	for _, at := range []int{32, 48, 64, 80, 96, 112, 128, 144, 160, 176} {
		clear(d.smart[at+r.IntN(17) : at+16])
	}
	for i := range 8 {
		if r.IntN(2) == 0 {
			clear(d.smart[200+2*i : 202+2*i])
		}
	}
	for i := range 7 {
		if frs := d.fw[8+8*i : 16+8*i]; r.IntN(3) == 0 {
			clear(frs)
		} else {
			words(frs)
			frs[0] = 'Q'
		}
	}
	return d
}

// trimCounters cuts what nvme-cli 1.x goes through floating point with.
func (d *drive) trimCounters() {
	for _, at := range []int{32, 48, 64, 80, 96, 112, 128, 144, 160, 176} {
		clear(d.smart[at+7 : at+16])
	}
	for _, at := range []int{280, 296} {
		clear(d.ctrl[at+7 : at+16])
	}
	clear(d.ns[48+7 : 48+16])
}

func (d *drive) write(t *testing.T, dir string) {
	for name, data := range map[string][]byte{"ctrl": d.ctrl, "ns": d.ns, "smart": d.smart, "error": d.errors, "fw": d.fw} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func u16(b []byte, at int) uint16 { return binary.LittleEndian.Uint16(b[at:]) }
func u32(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
func u64(b []byte, at int) uint64 { return binary.LittleEndian.Uint64(b[at:]) }

func u128(b []byte, at int) nvme.Uint128 { return nvme.Uint128{Hi: u64(b, at+8), Lo: u64(b, at)} }

// agrees compares what nvme-cli printed with the truth.
func (d *drive) agrees(t *testing.T, command string, out []byte) (values int) {
	t.Helper()
	check := func(name string, got, want any) {
		t.Helper()
		values++
		if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
			t.Errorf("%s: %s is %s, want %s", command, name, g, w)
		}
	}
	switch command {
	case "id-ctrl":
		c, _ := nvme.ParseIDCtrl(out)
		d.agreesIDCtrl(c, check)
	case "id-ns":
		ns, _ := nvme.ParseIDNS(out)
		check("size", *ns.SizeBlocks, u64(d.ns, 0))
		check("used", *ns.UsedBlocks, u64(d.ns, 16))
		check("capacity", ns.CapacityBytes, u128(d.ns, 48))
		inUse := int(d.ns[26] & 0xf)
		check("format in use", ns.Format().Number, inUse)
		check("block", ns.Format().DataBytes, 1<<d.ns[128+4*inUse+2])
		check("metadata", ns.Format().MetadataBytes, u16(d.ns, 128+4*inUse))
		check("nsfeat", uint8(ns.NSFEAT), d.ns[24])
		if !bytes.Equal(d.ns[120:128], make([]byte, 8)) {
			check("eui64", ns.EUI64, fmt.Sprintf("%x", d.ns[120:128]))
		}
	case "smart-log":
		s, _ := nvme.ParseSmartLog(out)
		d.agreesSmart(s, check)
	case "error-log":
		log, _ := nvme.ParseErrorLog(out)
		check("entries", len(log.Entries), min(3, int(d.ctrl[262])+1)) // as many as the drive has
		for i, e := range log.Entries {
			b := d.errors[64*i:]
			check("count", e.Count, u64(b, 0))
			check("sqid", e.SQID, u16(b, 8))
			check("status", e.Status, u16(b, 12)>>1)
			check("phase", *e.Phase, b[12]&1)
			check("lba", e.LBA, u64(b, 16))
			check("nsid", e.NSID, u32(b, 24))
			check("cs", e.CS, u64(b, 32))
		}
	case "fw-log":
		log, _ := nvme.ParseFWLog(out)
		check("active", log.ActiveSlot, d.fw[0]&7)
		check("next", log.NextSlot, d.fw[0]>>4&7)
		for _, s := range log.Slots {
			check("revision", s.Revision, strings.TrimSpace(string(d.fw[8*s.Slot:8*s.Slot+8])))
		}
	}
	return values
}

func (d *drive) agreesIDCtrl(c *nvme.IDCtrl, check func(name string, got, want any)) {
	b := d.ctrl
	check("sn", c.Serial, strings.TrimSpace(string(b[4:24])))
	check("mn", c.Model, strings.TrimSpace(string(b[24:64])))
	check("fr", c.Firmware, strings.TrimSpace(string(b[64:72])))
	check("vid", c.PCIVendorID, u16(b, 0))
	check("oui", c.OUI, fmt.Sprintf("%02x%02x%02x", b[75], b[74], b[73]))
	check("cntlid", *c.ControllerID, u16(b, 78))
	check("ver", uint32(c.Version), u32(b, 80))
	check("rtd3r", c.ResumeMicroseconds, u32(b, 84))
	check("oacs", uint16(c.OACS), u16(b, 256))
	check("oncs", uint16(c.ONCS), u16(b, 520))
	check("fna", uint8(c.FNA), b[524])
	check("slots", c.FRMW.Slots(), b[260]>>1&7)
	check("wctemp", *c.WarningTemperatureCelsius, int(u16(b, 266))-273)
	check("hmpre", c.HostMemoryPreferredBytes, uint64(u32(b, 272))*4096)
	check("tnvmcap", c.TotalCapacityBytes, u128(b, 280))
	check("sanicap", uint32(c.SANICAP), u32(b, 328))
	check("nn", c.NamespaceCount, u32(b, 516))
	check("subnqn", c.SubsystemNQN, strings.TrimRight(string(b[768:1024]), "\x00"))
	check("states", len(c.PowerStates), int(b[263])+1)
	for i, ps := range c.PowerStates {
		psd := b[2048+32*i:]
		unit := uint32(10_000)
		if psd[3]&1 != 0 {
			unit = 100
		}
		check("mp", *ps.MaxMicrowatts, uint32(u16(psd, 0))*unit)
		check("nops", ps.NonOperational, psd[3]&2 != 0)
		check("enlat", ps.EntryMicroseconds, u32(psd, 4))
		check("rwl", ps.RelativeWriteLatency, psd[15])
		if unit := map[byte]uint32{1: 100, 2: 10_000}[psd[18]>>6]; unit != 0 {
			check("idlp", *ps.IdleMicrowatts, uint32(u16(psd, 16))*unit)
		}
	}
}

func (d *drive) agreesSmart(s *nvme.SmartLog, check func(name string, got, want any)) {
	b := d.smart
	check("warning", uint8(*s.CriticalWarning), b[0])
	check("temperature", *s.TemperatureCelsius, int(u16(b, 1))-273)
	check("spare", *s.SparePercent, b[3])
	check("used", *s.UsedPercent, b[5])
	check("read", *s.DataUnitsRead, u128(b, 32))
	check("written", *s.DataUnitsWritten, u128(b, 48))
	check("hours", *s.PowerOnHours, u128(b, 128))
	check("media errors", *s.MediaErrors, u128(b, 160))
	check("critical minutes", *s.CriticalMinutes, u32(b, 196))
	sensors := 0
	for i := range 8 {
		if kelvin := u16(b, 200+2*i); kelvin != 0 {
			check("sensor", s.Sensors[sensors], nvme.TemperatureSensor{Number: i + 1, TemperatureCelsius: int(kelvin) - 273})
			sensors++
		}
	}
	check("sensors", len(s.Sensors), sensors)
}
