// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"io/fs"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// readBusErrors reads the errors of PCI Express that the kernel counted since it
// started, by address, of the functions that have some (Documentation/ABI/testing/
// sysfs-bus-pci-devices-aer_stats). A function counts those that it saw: of one
// link that may be either end.
func readBusErrors(fsys fs.FS, functions []report.PCIFunction) map[string]*report.PCIErrors {
	found := make(map[string]*report.PCIErrors)
	for i := range functions {
		dir := "sys/bus/pci/devices/" + functions[i].Address + "/aer_dev_"
		fatal := readText(fsys, dir+"fatal")
		if fatal == "" {
			continue // its others are not there either
		}
		e := report.PCIErrors{
			Fatal: countErrors(fatal), Nonfatal: countErrors(readText(fsys, dir+"nonfatal")), Corrected: countErrors(readText(fsys, dir+"correctable")),
		}
		if e != (report.PCIErrors{}) {
			found[functions[i].Address] = &e
		}
	}
	return found
}

// countErrors reads lines such as "Data Link Protocol 0" and "RxErr 2", and the number
// of messages at the end, "TOTAL_ERR_COR 2". It returns nil for no errors.
func countErrors(text string) *report.PCIErrorCount {
	c := report.PCIErrorCount{Kinds: make(map[string]int64)}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		at := strings.LastIndexByte(line, ' ')
		n, err := strconv.ParseInt(line[at+1:], 10, 64)
		switch {
		case at < 0 || err != nil || n <= 0:
		case strings.HasPrefix(line, "TOTAL_ERR_"):
			c.Messages = n
		default:
			c.Kinds[line[:at]] = n
		}
	}
	if c.Messages == 0 {
		return nil
	}
	return &c
}
