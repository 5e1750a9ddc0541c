// SPDX-License-Identifier: Apache-2.0

// Package oracle compares package dmi with machines that are known: generated
// SMBIOS tables, printed by real dmidecode of several versions.
//
// What package dmi reads must be the truth that package smbios knows of the
// machine, less what that version of dmidecode does not print. The tests run a
// few hundred machines; BEE_ORACLE says how many instead:
//
//	BEE_ORACLE=10000 go test -v -count=1 -timeout=90m -run 'TestMachines|TestHostile' ./oracle/dmi
//
// Each version prints a line such as
//
//	oracle: dmidecode 3.7 machines=10000 mismatches=0
//
// and lists the mismatches by field, if any, with the lowest seed that has them.
// The programs come from package tools. BEE_CORPUS adds the tables of real
// machines, for which the versions have to agree.
package oracle
