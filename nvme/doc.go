// SPDX-License-Identifier: Apache-2.0

// Package nvme parses the output of nvme-cli, the command line tool for NVMe
// drives on Linux:
//
//	nvme list [-v], nvme list-subsys    ParseList, ParseListSubsys
//	nvme id-ctrl, nvme id-ns            ParseIDCtrl, ParseIDNS
//	nvme smart-log                      ParseSmartLog
//	nvme error-log, nvme fw-log         ParseErrorLog, ParseFWLog
//
// Each function takes what the command printed, as JSON ("-o json") or as plain
// text, and tells the two apart by itself. Both forms fill the same struct, and
// where both print a value they agree on it.
package nvme
