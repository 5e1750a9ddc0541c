// SPDX-License-Identifier: Apache-2.0

// Package ipmi parses the text output of ipmitool.
package ipmi
