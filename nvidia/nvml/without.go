// SPDX-License-Identifier: Apache-2.0

//go:build !nvml

package nvml

import (
	"fmt"

	"github.com/mchus/bee/nvidia"
)

// Live loads the driver's library, reads all GPUs and unloads it. The error wraps
// [nvidia.ErrNoDriver] where there is no library or no driver, and [ErrNotBuilt] in a
// program that was built without the tag nvml, which reads nothing. The log is never
// nil.
func Live() (*nvidia.Log, error) {
	return new(nvidia.Log), fmt.Errorf("nvml: %w", ErrNotBuilt)
}
