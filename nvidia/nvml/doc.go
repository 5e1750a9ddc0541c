// SPDX-License-Identifier: Apache-2.0

// Package nvml asks the NVIDIA driver itself, through NVML, and fills the same
// [github.com/mchus/bee/nvidia.Log] that the parser fills from the output of
// nvidia-smi.
//
// The package is empty without the build tag nvml:
//
//	go build -tags nvml ./...
//
// With it, it uses github.com/NVIDIA/go-nvml, which needs cgo and a C compiler to
// build; libnvidia-ml.so.1 is looked for when [Live] is called, not before. A
// function that the library of an older driver does not have is not called: its
// fields stay absent.
//
// A program that must run on any machine should run nvidia-smi instead, and parse
// what it prints: a binary built with cgo does not start where the C library is
// another one, and a crash in the driver's library takes the program with it.
package nvml
