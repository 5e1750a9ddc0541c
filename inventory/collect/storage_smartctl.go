// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/report"
	"github.com/mchus/bee/smart"
)

// A smartAnswer is what smartctl said of a drive; said is nil if that was
// nothing, and why says so.
type smartAnswer struct {
	found smart.ScanDevice
	at    string // the PCI address of the controller that it is behind, "" if the path tells it
	said  *smart.Device
	cut   bool // its answer ends in the middle
	why   string
}

// A smartForm is a form of smartctl's output, and how to get it.
type smartForm struct {
	flags []string
	parse func([]byte) (any, error)
}

var (
	smartJSON = smartForm{[]string{"-x", "-j"}, func(data []byte) (any, error) { return smart.Parse(data) }}
	smartText = smartForm{[]string{"-x"}, func(data []byte) (any, error) {
		text, err := smart.ParseText(data)
		return text.Device, err
	}}
)

// askSmartctl asks smartctl about each drive that its scan finds, and then
// about those of the kernel's that a scan cannot find.
func askSmartctl(ctx context.Context, a *asker, b *blocks) ([]smartAnswer, error) {
	devices, form, err := scanSmartctl(ctx, a)
	if form == nil {
		return nil, err
	}
	devices = slices.DeleteFunc(devices, func(d smart.ScanDevice) bool { // a row without a path was cut, and so was one of a controller without its drive
		return d.Path == "" || d.Type == "" && strings.HasPrefix(d.Path, "/dev/bus/") || !behindController(d.Type) && b.isElsewhere(d.Path)
	})
	answers := make([]smartAnswer, len(devices))
	errs := make([]error, len(devices))
	parallel(len(answers), maxParallel, func(i int) {
		answers[i], errs[i] = form.askBridged(ctx, a, b, devices[i])
	})
	bridged, bridgeErr := form.askUnscanned(ctx, a, b, devices)
	members, memberErr := form.askSmartArrays(ctx, a, b)
	return slices.Concat(answers, bridged, members), errors.Join(append(errs, err, bridgeErr, memberErr)...)
}

// isElsewhere tells the paths of what is not a drive of this machine: of volumes,
// whose health is their maker's word, and of controllers of other machines.
func (b *blocks) isElsewhere(path string) bool {
	name := strings.TrimPrefix(path, "/dev/")
	_, volume := b.volumeAt[name]
	return volume || b.remote[name]
}

// scanSmartctl returns the drives that smartctl finds and the form in which it
// writes; nil if there is no smartctl.
func scanSmartctl(ctx context.Context, a *asker) ([]smart.ScanDevice, *smartForm, error) {
	got := a.run(ctx, func(data []byte) (any, error) { return smart.ParseScan(data) }, "smartctl", "--scan-open", "-j")
	if got.refuses() {
		scan, err := ask(ctx, a, parseText, "smartctl", "--scan-open")
		return scanText(scan), &smartText, err
	}
	scan, _ := got.value.(*smart.Scan)
	switch {
	case got.state == report.StatusAbsent:
		return nil, nil, nil
	case scan == nil:
		return nil, nil, got.err
	}
	return scan.Devices, &smartJSON, got.err
}

// ask asks about one drive.
func (form *smartForm) ask(ctx context.Context, a *asker, d smart.ScanDevice) (smartAnswer, *answer, error) {
	args := slices.Clone(form.flags)
	if d.Type != "" {
		args = append(args, "-d", d.Type)
	}
	got := a.run(ctx, form.parse, "smartctl", append(args, d.Path)...)
	out := smartAnswer{found: d}
	out.said, _ = got.value.(*smart.Device)
	out.cut = isCut(form, got, out.said)
	if got.state == report.StatusAbsent { // it answered the scan
		out.why = "the capture has no answer of smartctl's about it"
		return out, got, nil
	}
	fault := got.fault
	if mode := asleep(got.out); mode != "" {
		out.why = "asleep: " + mode
		return out, got, got.err
	}
	if fault == nil { // a document can say what its status did not
		fault = from(host.CommandLine(got.argv), openError(out.said))
	}
	if fault != nil {
		out.why = "smartctl could not ask it: " + diagnose("", fault)[0].Message
	}
	if got.fault == nil {
		return out, got, errors.Join(fault, got.err)
	}
	return out, got, got.err
}

// isCut tells that an answer ends in the middle, or that another begins in it: it is not
// one JSON document, or smartctl did not come to its own end. A text has no end that could
// be known, but of an ATA drive that has SMART -x prints the attributes.
func isCut(form *smartForm, got *answer, said *smart.Device) bool {
	switch {
	case got.out.Signal != "" || got.state == report.StatusTimeout:
		return true
	case form == &smartText:
		return got.fault == nil && got.err != nil ||
			said != nil && said.Passed != nil && said.Protocol == "ATA" && (said.ATA == nil || len(said.ATA.Attributes) == 0)
	}
	return errors.Is(got.err, smart.ErrSyntax)
}

// asleep returns smartctl's sentence about a drive that it left asleep, "" for
// one that is awake.
func asleep(out host.Output) string {
	const end = " mode, exit("
	i := bytes.Index(out.Stdout, []byte("Device is in "))
	if i < 0 {
		return ""
	}
	text, _, ok := bytes.Cut(out.Stdout[i:min(len(out.Stdout), i+64)], []byte(end))
	if !ok {
		return ""
	}
	return clipLine(text) + " mode"
}

// openError is what smartctl's document says if it could not ask the drive. The
// other bits of its status are findings about the drive.
func openError(said *smart.Device) error {
	if said == nil || said.Tool.ExitStatus == nil {
		return nil
	}
	if status := *said.Tool.ExitStatus; !status.Has(smart.ExitUsage) && !status.Has(smart.ExitOpenFailed) {
		return nil
	}
	for _, m := range said.Tool.Messages {
		if m.Severity == "error" {
			return &toolError{"tool.failed", clipLine([]byte(m.Text))}
		}
	}
	return &toolError{"tool.failed", "could not open the drive"}
}

// bridgeType is how most bridges from USB to SATA pass a drive's answers on (SAT,
// the SCSI/ATA translation).
const bridgeType = "sat"

// askBridged asks about a drive, and once more if that was answered by the
// bridge before it: smartctl knows bridges by their USB numbers, which do not
// tell everything.
func (form *smartForm) askBridged(ctx context.Context, a *asker, b *blocks, d smart.ScanDevice) (smartAnswer, error) {
	first, got, err := form.ask(ctx, a, d)
	if !b.usb[strings.TrimPrefix(d.Path, "/dev/")] || strings.HasPrefix(d.Type, bridgeType) || isDrivesOwn(first.said) || strings.HasPrefix(first.why, "asleep") {
		return first, err
	}
	again, gotAgain, againErr := form.ask(ctx, a, smart.ScanDevice{Path: d.Path, Type: bridgeType})
	if isDrivesOwn(again.said) {
		a.forget(got)
		return again, againErr
	}
	return first, errors.Join(err, a.tried(gotAgain))
}

// tried forgets a question that was worth a try and has no answer. That it hung
// is told all the same.
func (a *asker) tried(got *answer) error {
	if got.state == report.StatusTimeout || got.state == report.StatusNotRun {
		return got.err
	}
	a.forget(got)
	return nil
}

// isDrivesOwn tells the answer of a drive from a bridge's own, and from none.
func isDrivesOwn(s *smart.Device) bool {
	return s != nil && s.SCSI == nil && s.Protocol != "SCSI" && (s.SerialNumber != "" || s.ModelName != "")
}

// askUnscanned asks about the disks behind USB bridges that smartctl does not
// know: its scan passes over them.
func (form *smartForm) askUnscanned(ctx context.Context, a *asker, b *blocks, scanned []smart.ScanDevice) ([]smartAnswer, error) {
	found := make(map[string]bool, len(scanned))
	for _, s := range scanned {
		found[s.Path] = true
	}
	var list []smartAnswer
	for _, name := range b.bridgedDisks() {
		if path := "/dev/" + name; !found[path] {
			list = append(list, smartAnswer{found: smart.ScanDevice{Path: path, Type: bridgeType}})
		}
	}
	errs := make([]error, len(list))
	parallel(len(list), maxParallel, func(i int) {
		said, got, err := form.ask(ctx, a, list[i].found)
		errs[i] = err
		switch {
		case got.state == report.StatusAbsent: // a capture that does not hold the question
			said.why, errs[i] = "", a.tried(got)
		case !isDrivesOwn(said.said) && said.why != "" && asleep(got.out) == "":
			said.why, errs[i] = "smartctl did not name it, and could not ask it with -d "+bridgeType, a.tried(got)
		}
		list[i] = said
	})
	return slices.DeleteFunc(list, func(s smartAnswer) bool { return s.said == nil && s.why == "" }), errors.Join(errs...)
}

// A smartArray is a Smart Array, or a controller of its kin, that shows a
// volume: by this its drives can be asked.
type smartArray struct{ address, path string }

// membersAtOnce is how many drives of a Smart Array are asked at once. Nothing
// tells how many it has: the first set of which none answers is behind the
// last.
const membersAtOnce = 8

// maxMembers is how many numbers smartctl knows behind a Smart Array.
const maxMembers = 128

// askSmartArrays asks about the drives behind Smart Arrays, which no scan
// finds.
func (form *smartForm) askSmartArrays(ctx context.Context, a *asker, b *blocks) ([]smartAnswer, error) {
	var list []smartAnswer
	var errs []error
	for _, array := range b.smartArrays() {
		for first := 0; first < maxMembers; first += membersAtOnce {
			set, err := form.askMembers(ctx, a, array, first)
			errs = append(errs, err)
			list = append(list, set...)
			if len(set) == 0 {
				break
			}
		}
	}
	return list, errors.Join(errs...)
}

// maxSmartArrays bounds how many controllers are asked for their drives.
const maxSmartArrays = 16

// smartArrays returns the Smart Arrays that show a volume.
func (b *blocks) smartArrays() []smartArray {
	var list []smartArray
	for i := range b.volumes {
		v := &b.volumes[i]
		if v.Kind != "raid" || v.PCIAddress == "" || !b.passesCISS(v) || slices.ContainsFunc(list, func(x smartArray) bool { return x.address == v.PCIAddress }) {
			continue
		}
		if list = append(list, smartArray{v.PCIAddress, v.Paths[0]}); len(list) == maxSmartArrays {
			break
		}
	}
	return list
}

// passesCISS tells the volumes of controllers whose drivers pass on HPE's CISS
// commands: by the driver, or by the name that HPE's volumes have.
func (b *blocks) passesCISS(v *report.Volume) bool {
	if i, known := b.adapterAt[v.PCIAddress]; known && b.adapters[i].Driver != "" {
		return b.adapters[i].Driver == "hpsa" || b.adapters[i].Driver == "smartpqi"
	}
	return strings.HasPrefix(v.Model, "LOGICAL VOLUME") || strings.HasPrefix(v.Name, "cciss!")
}

// nameHidden says of a Smart Array's volumes that nobody could ask for the
// drives below them.
func (b *blocks) nameHidden(s *report.Storage) {
	hides := make(map[string]bool)
	for _, array := range b.smartArrays() {
		hides[array.address] = true
	}
	for i := range s.Drives {
		delete(hides, s.Drives[i].PCIAddress)
	}
	for i := range s.Volumes {
		if v := &s.Volumes[i]; hides[v.PCIAddress] && v.Unread != "" {
			v.Unread += "; its drives were not asked: smartctl -d cciss,N reaches none"
		}
	}
}

// askMembers asks for a set of a controller's drives by their numbers. Numbers
// behind the last that answered are not drives.
func (form *smartForm) askMembers(ctx context.Context, a *asker, array smartArray, first int) ([]smartAnswer, error) {
	set := make([]smartAnswer, membersAtOnce)
	asked := make([]*answer, membersAtOnce)
	errs := make([]error, membersAtOnce)
	parallel(membersAtOnce, membersAtOnce, func(i int) {
		set[i], asked[i], errs[i] = form.ask(ctx, a, smart.ScanDevice{Path: array.path, Type: fmt.Sprintf("cciss,%d", first+i)})
		set[i].at = array.address
	})
	last := -1
	for i := range set {
		if isMember(&set[i]) {
			last = i
		}
	}
	for i := last + 1; i < len(set); i++ {
		errs[i] = a.tried(asked[i])
	}
	members := slices.DeleteFunc(set[:last+1], func(s smartAnswer) bool { return !isMember(&s) })
	return members, errors.Join(errs...)
}

// isMember tells a drive from a number without one, and from the controller's
// other devices: enclosures stand in the same list.
func isMember(s *smartAnswer) bool {
	if s.said == nil {
		return false
	}
	if s.said.Kind != "" && s.said.Kind != "disk" {
		return false
	}
	return s.said.SerialNumber != "" || s.said.ModelName != "" || s.said.Product != ""
}
