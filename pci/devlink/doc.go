// SPDX-License-Identifier: Apache-2.0

// Package devlink parses what "devlink dev info -j" prints: the serial numbers
// and component versions that the drivers of network cards report through the
// kernel's devlink.
//
//	info, err := devlink.Parse(out)
//	for _, dev := range info.Devices {
//		fmt.Println(dev.PCIAddress, dev.BoardSerial, dev.Firmware(), dev.PSID())
//	}
//
// Members that no field takes are in Info.Extra. What a driver does not say is
// "" and nil. A machine without such devices prints {"info":{}}: that is an
// Info without devices and no error.
//
// # Errors
//
// [Parse] returns what it could read together with what it could not: the error
// is nil or an [Errors], a list of [ParseError]s with line, column and path.
// The error wraps [ErrTool] where devlink says that it failed, and [ErrFormat]
// where data is the output of something else, or empty.
//
// Any bytes may be given: Parse does not panic and takes time in proportion to
// their number.
//
// FORMAT.md lists what is known of the output.
package devlink
