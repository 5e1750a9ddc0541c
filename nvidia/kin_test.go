// SPDX-License-Identifier: Apache-2.0

package nvidia_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/mchus/bee/nvidia"
)

// TestLongWordsCostOnce: a label of a megabyte is not spelt again for each line
// below it, and an error does not quote a unit of a megabyte.
func TestLongWordsCostOnce(t *testing.T) {
	const size = 1 << 20
	long := strings.Repeat("x", size)
	head := "==============NVSMI LOG==============\n\nDriver Version                            : 610.10\nAttached GPUs                             : 1\nGPU 00000000:1B:00.0\n"
	for name, in := range map[string]string{
		"label": head + "    MIG Mode" + long + "\n" + strings.Repeat("        Current                           : Enabled\n", 2000),
		"unit":  head + "    Fan Speed                             : 30 " + long + "\n",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		log, err := nvidia.ParseText([]byte(in))
		runtime.ReadMemStats(&after)
		if use := (after.TotalAlloc - before.TotalAlloc) / uint64(len(in)); use > 100 {
			t.Errorf("%s: %d bytes allocated for a byte", name, use)
		}
		if list, _ := err.(nvidia.Errors); len(list) != 1 || len(err.Error()) > 1000 || len(log.GPUs) != 1 {
			t.Errorf("%s: %d GPUs, %d errors, %.200q", name, len(log.GPUs), len(list), errors.Join(err))
		}
	}
}
