// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/nvme"
	"github.com/mchus/bee/smart"

	"github.com/mchus/bee/inventory/report"
)

// Storage reads the drives from sysfs, lsblk, smartctl and nvme-cli, and what the
// tools of RAID controllers, md and LVM say of theirs and of the volumes made of
// them. It joins what several say of the same one.
func Storage(ctx context.Context, h host.Host) (*report.Storage, error) {
	a := askerOf(h)
	list, kernelErr := look(a, sourceSysfs, readBlocks)
	noteFound(a, sourceSysfs, list.seen, "no block devices are shown", kernelErr)
	if list.seen {
		a.all.showNVMe(list.nvmeAt)
	}
	var devices *smart.BlockDevices
	var said []smartAnswer
	var raid *raidAnswers
	var mapped *mapping
	var lsblkErr, smartErr, raidErr, mapperErr error
	var both sync.WaitGroup
	both.Go(func() { devices, lsblkErr = askLsblk(ctx, a) })
	both.Go(func() { said, smartErr = askSmartctl(ctx, a, list) })
	both.Go(func() { raid, raidErr = askRAID(ctx, a, list.adapters) })
	both.Go(func() { mapped, mapperErr = list.askMapper(ctx, a) })
	both.Wait()
	if devices != nil {
		list.addLsblk(devices)
		list.addLayersFromLsblk(devices)
	}
	for _, s := range said {
		list.addSmart(s)
	}
	list.addRAID(raid)
	err := errors.Join(kernelErr, lsblkErr, smartErr, raidErr, mapperErr, raid.askLoose(ctx, a, devices), list.askNVMe(ctx, a))
	list.turn()
	s := report.Storage{Controllers: list.adapters, Drives: list.evidenceList.drives(), Volumes: list.volumes}
	raid.settle(&s, list.targets)
	list.addRAIDStates(&s)
	list.nameHidden(&s)
	nameUnread(s.Drives, a)
	list.stack(&s, mapped)
	raid.settleMD(&s)
	err = errors.Join(append(list.odd, err)...)
	if s.Drives == nil && s.Volumes == nil && s.Controllers == nil {
		return nil, err
	}
	return &s, err
}

// nameUnread says why nobody knows the health of each drive of which that is
// so.
func nameUnread(drives []report.Drive, a *asker) {
	why := "smartctl did not name it"
	for _, got := range a.answers() {
		if got.argv[0] == "smartctl" && slices.Contains(got.argv, "--scan-open") && got.state != report.StatusOK {
			why = "smartctl: " + cmp.Or(got.why(), "told nothing")
		}
	}
	for i := range drives {
		d := &drives[i]
		if d.Fault == "" && strings.Contains(strings.ToLower(d.Unread), "input/output error") { // EIO in the C library's words
			d.Fault = report.FaultIOError
		}
		if d.Fault == report.FaultNoSize && d.LogicalBlockBytes%512 != 0 { // a drive from a storage array; sg_format mends it
			d.Unread = fmt.Sprintf("%s, as its sectors have %d bytes", noSize, d.LogicalBlockBytes)
		}
		silent := d.Fault == report.FaultNoSize || d.Fault != "" && d.Name != "" // however well its controller calls it
		if isOddWord(d) && !silent {
			d.Unread, d.Fault = unknownState(d.State, d.StateText), ""
		} else if d.Fault != report.FaultNoSize && (d.Smart != nil && d.Smart.Verdict.Health != report.Unknown || toldByController(d) && !silent) {
			d.Unread, d.Fault = "", ""
		} else if d.Unread == "" && d.Media != "optical" && d.Virtual == "" && d.Protocol != "mmc" && d.Protocol != "ufs" {
			d.Unread = why
		}
	}
}

// isOddWord tells that a drive's controller calls it by a word that bee does not know,
// which may be a bad one whatever the drive says of itself.
func isOddWord(d *report.Drive) bool {
	return d.State == "" && d.StateText != "" && !strings.EqualFold(d.StateText, "ok")
}

// lsblkColumns are columns that every lsblk with -J has (util-linux 2.27).
const lsblkColumns = "NAME,KNAME,PKNAME,MAJ:MIN,TYPE,SIZE,TRAN,VENDOR,MODEL,REV,SERIAL,WWN,ROTA,RM,HCTL,LOG-SEC,PHY-SEC,FSTYPE,MOUNTPOINT"

// maxParallel is how many drives are asked at once. They take their time, and
// few cycles: the audit of a full shelf takes as long as its slowest drive.
const maxParallel = 32

// parallel calls fn(0) … fn(n-1), at most limit of them at a time.
func parallel(n, limit int, fn func(i int)) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, limit)
	for i := range n {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			fn(i)
		})
	}
	wg.Wait()
}

// askNVMe asks nvme-cli about the NVMe controllers that smartctl said nothing
// of.
func (list *evidenceList) askNVMe(ctx context.Context, a *asker) error {
	names := list.silentControllers()
	logs := make([]*nvme.SmartLog, len(names))
	ids := make([]*nvme.IDCtrl, len(names))
	errs := make([]error, len(names))
	whys := make([]string, len(names)) // there is no whole log
	parallel(len(names), maxParallel, func(i int) {
		device := "/dev/" + names[i]
		var idErr, logErr error
		ids[i], idErr = ask(ctx, a, nvme.ParseIDCtrl, "nvme", "id-ctrl", device, "-o", "json")
		logs[i], logErr = ask(ctx, a, nvme.ParseSmartLog, "nvme", "smart-log", device, "-o", "json")
		errs[i] = errors.Join(idErr, logErr)
		if logErr != nil {
			whys[i] = "nvme: " + diagnose("", logErr)[0].Message
		}
	})
	for i, name := range names {
		list.addNVMe(name, ids[i], logs[i], whys[i])
	}
	return errors.Join(errs...)
}
