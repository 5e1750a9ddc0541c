// SPDX-License-Identifier: Apache-2.0

// Package nvidia parses the output of nvidia-smi.
package nvidia
