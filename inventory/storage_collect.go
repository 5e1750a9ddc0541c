// SPDX-License-Identifier: Apache-2.0

package inventory

import (
	"context"
	"errors"
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
	var scan *smart.Scan
	var lsblkErr, scanErr error
	parallel(2, 2, func(i int) {
		if i == 0 {
			blocks, lsblkErr = runParse(ctx, h, smart.ParseLsblk, "lsblk", "-J", "-b", "-o", lsblkColumns)
		} else {
			scan, scanErr = runParse(ctx, h, smart.ParseScan, "smartctl", "--scan-open", "-j")
		}
	})
	if blocks != nil {
		list.addLsblk(blocks)
	}
	err := errors.Join(lsblkErr, scanErr, list.askSmartctl(ctx, h, scan), list.askNVMe(ctx, h))
	drives := list.drives()
	if len(drives) == 0 {
		return nil, err
	}
	return &Storage{Drives: drives}, err
}

// lsblkColumns are columns that every lsblk with -J has (util-linux 2.27).
const lsblkColumns = "NAME,KNAME,PKNAME,MAJ:MIN,TYPE,SIZE,TRAN,VENDOR,MODEL,REV,SERIAL,WWN,ROTA,RM,HCTL,LOG-SEC,PHY-SEC,FSTYPE,MOUNTPOINT"

// maxParallel is how many drives are asked at once: a machine has few cores to
// spare, but a drive that sleeps must not hold up the others.
const maxParallel = 8

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

// askSmartctl asks smartctl about each drive that its scan found.
func (list *evidenceList) askSmartctl(ctx context.Context, h host.Host, scan *smart.Scan) error {
	if scan == nil {
		return nil
	}
	devices := make([]*smart.Device, len(scan.Devices))
	errs := make([]error, len(scan.Devices))
	parallel(len(devices), maxParallel, func(i int) {
		d := scan.Devices[i]
		args := []string{"-x", "-j", "-d", d.Type, d.Path}
		if d.Type == "" {
			args = []string{"-x", "-j", d.Path}
		}
		devices[i], errs[i] = runParse(ctx, h, smart.Parse, "smartctl", args...)
		if devices[i] != nil {
			errs[i] = errors.Join(errs[i], from(host.CommandLine(append([]string{"smartctl"}, args...)), noData(devices[i])))
		}
	})
	for i, d := range devices {
		if d != nil {
			list.addSmart(scan.Devices[i], d)
		}
	}
	return errors.Join(errs...)
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
