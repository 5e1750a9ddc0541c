// SPDX-License-Identifier: Apache-2.0

// Package nvidia parses what nvidia-smi prints: identity, place, health and state
// of NVIDIA GPUs.
//
//	[Parse]        nvidia-smi -q -x, the XML; the best source
//	[ParseText]    nvidia-smi -q, the same for people
//	[ParseCSV]     nvidia-smi --query-gpu=… --format=csv, and the other queries
//	[ParseList]    nvidia-smi -L, which names MIG devices
//	[ParseNVLink]  nvidia-smi nvlink --status
//	[ParseTopo]    nvidia-smi topo -m
//
// All but the last fill a [Log] and its [GPU]s. Package nvidia/nvml fills the same
// types from the driver, without nvidia-smi.
//
// # Two layers
//
// The record layer keeps everything that was printed: a tree of [Node] for XML and
// text, a [Table] of rows for CSV. The typed view stands on top of it and points
// back ([GPU.Element], [Log.Root]). It knows an element by its name and its place,
// never by the version of the DTD, which has changed its content without changing
// its number; so one view serves drivers from 340 to 610 and those to come. What it
// does not know is listed in [Log.Unknown] and [Table.Unknown], and is not an error.
//
// # Absent values
//
// Readings are *int64 and flags *bool, in the unit that the field's name says. Nil
// is a reading that the GPU does not have, that this driver does not print, or that
// could not be read: "N/A", "[Not Supported]", "Requested functionality has been
// deprecated", … Texts are then "". A reading that should be there and is not, "GPU
// is lost" or "ERR!", is nil as well and is listed in [GPU.Faulty]; [GPU.Fault] is what
// befell the GPU as a whole. The text of an element whose end never came may be
// half of one, and is not a value.
//
// # Errors
//
// Every function returns what it could read beside an [Errors] of what it could
// not; neither keeps it from reading on. Each [ParseError] names line, column and
// element. Plain text around the data is kept as [Note]s: "Unable to determine the
// device handle for GPU…" tells of a GPU that is missing from the log, and is in
// [Log.Unreadable]; [ParseMessages] reads a standard error kept apart. Where
// nvidia-smi failed, the error wraps [ErrTool] and its cause, such as [ErrNoDriver]
// or [ErrMismatch]; where the input is nothing of its own, [ErrFormat].
//
// Names of processes belong to whoever started them and are not escaped. All of
// one is text: it can neither replace a value nor add or hide a GPU, unless the
// driver prints a name of several lines that forges whole elements; then the first
// value of each element stands.
//
// Input is never trusted: elements, depth, texts, rows and GPUs are capped, beyond
// which the error wraps [ErrLimit]; time is linear in the input.
//
// # What has been seen
//
// XML of drivers 352 to 595 (DTD v7 to v13), text of drivers 560 to 610, CSV of
// drivers 466 to 610, from GeForce, Quadro, Tesla, A, L, H, B and GB series boards.
// Of these captures the typed view understands every XML element and CSV column and
// 99.98 % of the labels of the text. Versions outside that range, and errors that no
// capture shows, rest on fixtures written by hand; FORMAT.md tells which fact has
// which source.
package nvidia
