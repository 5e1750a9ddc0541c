// SPDX-License-Identifier: Apache-2.0

// Package nvml asks the NVIDIA driver itself, through NVML, and fills the same
// [github.com/mchus/bee/nvidia.Log] that the parser fills from the output of
// nvidia-smi.
//
// It does so only in a program that is built with the tag nvml:
//
//	go build -tags nvml ./...
//
// Without the tag [Live] reads nothing and says [ErrNotBuilt], and the package is
// pure Go. With it, the package uses github.com/NVIDIA/go-nvml, which needs cgo
// and a C compiler to build, and has one function more, for a program that has
// initialised the library itself:
//
//	func Read(lib nvml.Interface) (*nvidia.Log, error) // go-nvml's Interface
//
// In Read as in Live a GPU that the driver cannot open becomes a note, as nvidia-smi
// prints one; the error says that the GPUs could not be counted. libnvidia-ml.so.1
// is looked for when Live is called, not before. A function that the library of an
// older driver does not have is not called: its fields stay absent.
//
// A program that must run on any machine should run nvidia-smi instead, and parse
// what it prints: a binary built with cgo does not start where the C library is
// another one, and a crash in the driver's library takes the program with it.
package nvml

import "errors"

// ErrNotBuilt says that the program was built without the tag nvml.
var ErrNotBuilt = errors.New("built without the tag nvml")
