// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/nvme"
	"github.com/mchus/bee/smart"
)

// CollectStorage reads the drives from sysfs, lsblk, smartctl and nvme-cli and
// joins what they say of the same one.
func CollectStorage(ctx context.Context, h host.Host) (*Storage, error) {
	var list evidenceList
	list.addSysfs(h.FS())

	var blocks *smart.BlockDevices
	var answers []smartAnswer
	var lsblkErr, smartErr error
	parallel(2, 2, func(i int) {
		if i == 0 {
			blocks, lsblkErr = runParse(ctx, h, smart.ParseLsblk, "lsblk", "-J", "-b", "-o", lsblkColumns)
		} else {
			answers, smartErr = askSmartctl(ctx, h)
		}
	})
	if blocks != nil {
		list.addLsblk(blocks)
	}
	for _, a := range answers {
		list.addSmart(a.found, a.said)
	}
	err := errors.Join(lsblkErr, smartErr, list.askNVMe(ctx, h))
	drives := list.drives()
	if len(drives) == 0 {
		return nil, err
	}
	return &Storage{Drives: drives}, err
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

// A smartAnswer is what smartctl said of a drive that its scan found.
type smartAnswer struct {
	found smart.ScanDevice
	said  *smart.Device
}

// askSmartctl asks smartctl about each drive that its scan finds.
func askSmartctl(ctx context.Context, h host.Host) ([]smartAnswer, error) {
	scan, err := runParse(ctx, h, smart.ParseScan, "smartctl", "--scan-open", "-j")
	if scan == nil {
		return nil, err
	}
	answers := make([]smartAnswer, len(scan.Devices))
	errs := make([]error, len(scan.Devices))
	parallel(len(answers), maxParallel, func(i int) {
		d := scan.Devices[i]
		args := []string{"-x", "-j", "-d", d.Type, d.Path}
		if d.Type == "" {
			args = []string{"-x", "-j", d.Path}
		}
		answers[i].found = d
		answers[i].said, errs[i] = runParse(ctx, h, smart.Parse, "smartctl", args...)
		if said := answers[i].said; said != nil {
			errs[i] = errors.Join(errs[i], from(host.CommandLine(append([]string{"smartctl"}, args...)), noData(said)))
		}
	})
	answers = slices.DeleteFunc(answers, func(a smartAnswer) bool { return a.said == nil })
	return answers, errors.Join(append([]error{err}, errs...)...)
}

// noData is the error of a smartctl that could not ask the drive. The other
// bits of its exit status are findings about the drive.
func noData(d *smart.Device) error {
	status := d.Tool.ExitStatus
	if status == nil || !status.Has(smart.ExitUsage) && !status.Has(smart.ExitOpenFailed) {
		return nil
	}
	var texts []string
	for _, m := range d.Tool.Messages {
		if m.Severity == "error" {
			texts = append(texts, m.Text)
		}
	}
	if texts == nil {
		texts = []string{"could not open the drive"}
	}
	return errors.New(strings.Join(texts, "; "))
}

// askNVMe asks nvme-cli about the NVMe controllers that smartctl said nothing
// of.
func (list *evidenceList) askNVMe(ctx context.Context, h host.Host) error {
	names := list.silentControllers()
	logs := make([]*nvme.SmartLog, len(names))
	ids := make([]*nvme.IDCtrl, len(names))
	errs := make([]error, len(names))
	parallel(len(names), maxParallel, func(i int) {
		device := "/dev/" + names[i]
		var idErr, logErr error
		ids[i], idErr = runParse(ctx, h, nvme.ParseIDCtrl, "nvme", "id-ctrl", device, "-o", "json")
		logs[i], logErr = runParse(ctx, h, nvme.ParseSmartLog, "nvme", "smart-log", device, "-o", "json")
		errs[i] = errors.Join(idErr, logErr)
	})
	for i, name := range names {
		list.addNVMe(name, ids[i], logs[i])
	}
	return errors.Join(errs...)
}
