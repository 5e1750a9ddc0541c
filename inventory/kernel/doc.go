// SPDX-License-Identifier: Apache-2.0

// Package kernel reads what Linux tells of the hardware in sysfs and procfs,
// through an [io/fs.FS] rooted at "/".
//
// Some files of sysfs ask a device, and a device that is gone may never
// answer. All reads therefore stand under one watchdog: a file that is not
// got on with is left behind, named ([ErrTimeout]), and everything else is read
// without it. A file that is not there is no error: an older kernel lacks many.
// A text that makes no sense costs its own value and gives one [ParseError].
package kernel
