// SPDX-License-Identifier: Apache-2.0

// Package collect asks a machine what it is.
//
// [Machine] asks for everything. [Board], [CPUs], [Memory], [Storage], [PCI],
// [Network], [GPUs], [PowerSupplies], [BMC] and [FRU] ask for one part, and
// each works alone. They return nil and no error where the machine has neither
// the tool nor anything in the kernel to say instead, and what they could read
// beside an error.
//
// A tool is asked once and its output parsed once, however many parts want it
// (ask.go). How a tool's end is to be read, its exit status and its complaints,
// stands in one table (tools.go). What several sources say of one drive is data
// that one function merges (evidence.go). Sources that must agree are laid side
// by side in reconcile.go. Nothing here says whether a component is well: that
// is for package judge.
package collect
