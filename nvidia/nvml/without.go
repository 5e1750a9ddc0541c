// SPDX-License-Identifier: Apache-2.0

//go:build !nvml

package nvml

import (
	"fmt"

	"github.com/mchus/bee/nvidia"
)

// Live asks the driver in a program that was built with the tag nvml. In one that
// was not it reads nothing: the log is empty, never nil, and the error wraps
// [ErrNotBuilt].
func Live() (*nvidia.Log, error) {
	return new(nvidia.Log), fmt.Errorf("nvml: %w", ErrNotBuilt)
}
