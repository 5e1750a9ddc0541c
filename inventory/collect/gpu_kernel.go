// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"io/fs"
	"strconv"
	"strings"

	"github.com/mchus/bee/inventory/report"
)

// An accelerator is what a driver shows of a card in its directory of sysfs:
// amdgpu does (Documentation/gpu/amdgpu), others show less of it or nothing.
type accelerator struct {
	serial, model, partNumber, vbios string
	memoryBytes                      uint64
	memoryErrors                     *report.ECCCounts // since the driver was loaded
}

func readAccelerator(fsys fs.FS, address string) accelerator {
	dir := "sys/bus/pci/devices/" + address
	read := func(name string) string { return genuine(readText(fsys, dir+"/"+name)) }
	a := accelerator{serial: read("serial_number"), model: read("product_name"), partNumber: read("product_number"), vbios: read("vbios_version")}
	a.memoryBytes, _ = strconv.ParseUint(read("mem_info_vram_total"), 10, 63)
	a.memoryErrors = memoryErrors(readText(fsys, dir+"/ras/umc_err_count"))
	return a
}

// memoryErrors reads "ue: 0" and "ce: 12", nil if they are not there.
func memoryErrors(text string) *report.ECCCounts {
	var c report.ECCCounts
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
		switch {
		case err != nil || n < 0:
		case key == "ue":
			c.Uncorrected = &n
		case key == "ce":
			c.Corrected = &n
		}
	}
	return orNil(c)
}

func (a *accelerator) addTo(g *report.GPU) {
	g.Serial, g.Model = a.serial, cmp.Or(a.model, g.Model)
	g.BoardPartNumber, g.VBIOS, g.MemoryBytes = a.partNumber, a.vbios, a.memoryBytes
	if a.memoryErrors != nil {
		g.ECC = &report.GPUECC{Volatile: a.memoryErrors}
	}
}
