// SPDX-License-Identifier: Apache-2.0

package megacli

import (
	"cmp"
	"strings"
)

// The columns of what a drive answers, which the tool prints without marks between
// them: of SCSI's INQUIRY maker, model and revision, with 20 bytes of the maker's own
// behind them (SPC-4, 6.4.2); of an ATA drive's IDENTIFY serial number, model and
// firmware.
const (
	inquiryModel, inquiryRevision, inquiryRest = 8, 24, 28
	identifyModel, identifyFirmware            = 20, 60
	identifyEnd                                = 68
)

// readInquiry takes the inquiry data apart where it is certain what stands where.
func (d *Drive) readInquiry(text string) {
	switch {
	case d.Interface == "SAS" && len(text) > inquiryRest:
		d.readSCSI(text)
		d.Vendor = trimRight(text[:inquiryModel])
	case d.Interface == "" && strings.HasPrefix(text, "ATA     ") && len(text) > inquiryRest: // before there was a line of its type
		d.readSCSI(text)
	case d.Interface == "SATA" && len(text) > identifyFirmware && len(text) <= identifyEnd:
		d.readATA(text)
	}
}

// readSCSI reads the serial number from what the maker puts behind the revision.
// IBM puts the revision once more behind it, and nobody knows where it ends.
func (d *Drive) readSCSI(text string) {
	d.Model = trimRight(text[inquiryModel:inquiryRevision])
	serial, revision := strings.TrimSpace(text[inquiryRest:]), trimRight(text[inquiryRevision:inquiryRest])
	if !strings.ContainsAny(serial, " \t") && (len(serial) <= 8 || revision == "" || !strings.HasSuffix(serial, revision)) {
		d.Serial = serial
	}
}

// readATA reads the answer of a SATA drive. The line of its firmware proves the
// columns: it has the last four characters of the eight, or the first where these are
// blank (SAT-3, 8.1.2). Without that line all eight must be there: a text whose blanks
// at the left were lost is shorter.
func (d *Drive) readATA(text string) {
	serial, model, firmware := strings.TrimSpace(text[:identifyModel]), strings.TrimSpace(text[identifyModel:identifyFirmware]), text[identifyFirmware:]
	revision := firmware[:min(4, len(firmware))]
	if len(firmware) > 4 {
		revision = firmware[4:]
	}
	proven := d.Firmware != "" && strings.TrimSpace(revision) == d.Firmware || d.Firmware == "" && len(text) == identifyEnd
	if !proven || serial == "" || model == "" || strings.ContainsAny(serial, " \t") || text[identifyModel] == ' ' {
		return
	}
	d.Serial, d.Model, d.Firmware = serial, model, cmp.Or(d.Firmware, strings.TrimSpace(firmware)) // the line's word stays
}
