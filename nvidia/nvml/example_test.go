// SPDX-License-Identifier: Apache-2.0

package nvml_test

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/nvidia"
	"github.com/mchus/bee/nvidia/nvml"
)

// Which GPUs does the driver know, without nvidia-smi?
func ExampleLive() {
	log, err := nvml.Live()
	switch {
	case errors.Is(err, nvml.ErrNotBuilt), errors.Is(err, nvidia.ErrNoDriver):
		fmt.Println(err) // nothing was read
		return
	case err != nil:
		fmt.Println(err) // and go on: what could be read is there
	}
	for _, g := range log.GPUs {
		fmt.Println(g.Name, g.Serial, g.UUID)
	}
}
