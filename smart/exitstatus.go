// SPDX-License-Identifier: Apache-2.0

package smart

// An ExitStatus is the exit status of smartctl, a set of bits (smartctl(8),
// EXIT STATUS). Only the lowest two mean that there is no data; the others are
// findings about the drive.
type ExitStatus uint8

// The bits of an exit status.
const (
	ExitUsage          ExitStatus = 1 << iota // the command line did not parse
	ExitOpenFailed                            // the device could not be opened or identified, or sleeps
	ExitCommandFailed                         // a command failed, or a checksum is wrong; the rest is good
	ExitFailing                               // the drive says it is failing
	ExitPrefail                               // a pre-fail attribute is at or below its threshold
	ExitWasBelow                              // an old-age attribute is at or below its threshold, or any was
	ExitErrorLog                              // there are errors in the error log
	ExitSelfTestFailed                        // there are failed self-tests in the log
)

// Has reports whether all bits of b are set.
func (s ExitStatus) Has(b ExitStatus) bool { return s&b == b }
