// SPDX-License-Identifier: Apache-2.0

// Package ethtool parses the outputs of ethtool that say what a network card
// is: the driver and firmware of an interface (-i), its permanent address (-P),
// and the module or cable that is plugged into it (-m).
//
//	info, err := ethtool.ParseDriverInfo(out)
//	fmt.Println(info.Driver, info.Firmware, info.PSID)
//
// Each function returns a value with typed fields, and beneath them a
// [Listing], the lines as they were printed: Fields has them all, Unknown those
// that no typed field takes. Format is the inverse of the function.
//
// # What is absent
//
// What ethtool does not say is absent: "" for text, nil where zero is a
// reading. That includes "N/A" and addresses of zeros. A module at 0 °C has a
// temperature; one without a sensor has none.
//
// # Errors
//
// Every function returns what it could read together with what it could not:
// the error is nil or an [Errors], a list of [ParseError]s with line and
// column. One defect gives one error and reading goes on after it. An unknown
// key is data, not an error. The error wraps [ErrTool] where ethtool says that
// it failed ("Cannot get module EEPROM information: Operation not supported"),
// and [ErrFormat] where data is the output of something else, or empty.
//
// Any bytes may be given: the functions do not panic, take time in proportion
// to their number, and read up to 65,536 lines.
//
// FORMAT.md lists what is known of the outputs.
package ethtool
