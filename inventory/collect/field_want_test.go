// SPDX-License-Identifier: Apache-2.0

package collect

// fieldWant is what each machine of testdata/field holds: its drives, and the
// volumes that stand on them or are elsewhere.
var fieldWant = map[string][]string{
	"i1-nvme-naming": {
		`drive:PHLJ000000000B: /dev/nvme1n1 + /dev/nvme4, nvme/ssd "INTEL SSDPE2KX080T8", PHLJ000000000B, 8001563222016 bytes, critical, 1 namespaces, at  0000:5e:00.0`,
		`drive:PHLJ000000000A: /dev/nvme1 + /dev/nvme4n1, nvme/ssd "INTEL SSDPE2KX080T8", PHLJ000000000A, 8001563222016 bytes, ok, 1 namespaces, at  0000:3b:00.0`,
	},
	"i11-dual-actuator": {
		`drive:0x6000c500d00000000000000000000000: /dev/sda + /dev/sdb, sas/hdd "ST14000NM0081", ZKT000010000C0000001, 14000519643136 bytes, ok, at controller:0000:18:00.0 0000:18:00.0`,
	},
	"i13-nvme-cli-only": {
		`drive:SN00000001: /dev/nvme0 + /dev/nvme0n1, nvme/ssd "X", SN00000001, 512000000 bytes, warning, 1 namespaces, at  0000:3b:00.0`,
		`drive:SN10000001: /dev/nvme1 + /dev/nvme1n1, nvme/ssd "X", SN10000001, 512000000 bytes, critical, 1 namespaces, at  0000:3b:01.0`,
		`drive:SN20000001: /dev/nvme2 + /dev/nvme2n1, nvme/ssd "X", SN20000001, 512000000 bytes, warning, 1 namespaces, at  0000:3b:02.0`,
		`drive:SN30000001: /dev/nvme3 + /dev/nvme3n1, nvme/ssd "X", SN30000001, 512000000 bytes, warning, 1 namespaces, at  0000:3b:03.0`,
	},
	"i15-sas-rpm0": {
		`drive:0x500000e013700001: /dev/sdb, sas/hdd "MAX3147RC", DQ0000000001, 146815733760 bytes, warning, at controller:0000:18:00.0 0000:18:00.0`,
	},
	"i17-not-local": {
		`volume:sdd: iscsi , 536870912000 bytes, of []`,
	},
	"i19-hpsa": {
		`volume:0x600508b1001cec28a12a38168f7bb195: raid , 480070426624 bytes, of []`,
		`volume:0x600508b1001c3e956986e526698cd830: raid , 480070426624 bytes, of []`,
	},
	"i2-dup-wwn": {
		`drive:AA000000000000001117: /dev/sdg, sata/ssd "SATA SSD 1TB", AA000000000000001117, 1024209543168 bytes, ok, at  0000:00:17.0`,
		`drive:AA000000000000002230: /dev/sdh, sata/ssd "SATA SSD 1TB", AA000000000000002230, 1024209543168 bytes, critical, at  0000:00:17.0`,
	},
	"i20-short-wwn-two-vds": {
		`volume:0x6d0946600a1b2c002e000000aa112233: raid , 1199638052864 bytes, of []`,
		`volume:0x6d0946600a1b2c002e000001bb445566: raid , 8999999999488 bytes, of []`,
	},
	"i22-usb-bridges": {
		`drive:00253800237a1cb5: /dev/sdb, usb/ssd "WD_BLACK SN770 2TB", 23090Q800002, 2000398934016 bytes, warning, 1 namespaces, at  0000:00:14.0`,
		`drive:0x50014ee2b0000003: /dev/sdc, usb/hdd "WDC WD40EFRX-68N32N0", WD-WCC7K0000003, 4000787030016 bytes, ok, at  0000:00:14.0`,
	},
	"i23-vmd-fabrics": {
		`drive:VMD0001: /dev/nvme0 + /dev/nvme0n1, nvme/ssd "M VMD0001", VMD0001, 4000787030016 bytes, unread, 1 namespaces, at  10000:e1:00.0`,
		`volume:nvme5n1: nvme-of , 960197124096 bytes, of []`,
	},
	"i24-sas-serial-is-wwn": {
		`drive:0x5000c50062400001: /dev/sda, sas/hdd "ST4000NM0043", , 4000787030016 bytes, unread, at controller:0000:18:00.0 0000:18:00.0`,
	},
	"i3-dock-nosmart": {
		`drive:sdb: /dev/sdb, usb/ "HDN 726060ALE614", , 6001175126016 bytes, unread, at  0000:00:14.0`,
		`drive:sdc: /dev/sdc, usb/ "WD40EFRX-68N32N0", , 4000787030016 bytes, unread, at  0000:00:14.0`,
	},
	"i3b-dock-smart-nowwn": {
		`drive:NCG00001: /dev/sdb, usb/hdd "HGST HDN726060ALE614", NCG00001, 6001175126016 bytes, ok, at  0000:00:14.0`,
		`drive:WD-WCC7K0000000: /dev/sdc, usb/hdd "WDC WD40EFRX-68N32N0", WD-WCC7K0000000, 4000787030016 bytes, critical, at  0000:00:14.0`,
	},
	"i4-kernel-made-disks": {
		`drive:0x55cd2e4150aa0001: /dev/sda, sata/ssd "INTEL SSDSC2KB480G8", PHYF0001480BGN, 480103981056 bytes, unread, at  0000:00:17.0`,
		`volume:bcache0: bcache , 10737418240 bytes, of []`,
		`volume:drbd0: drbd , 10737418240 bytes, of []`,
		`volume:rbd0: rbd , 10737418240 bytes, of []`,
		`volume:zd0: zvol , 10737418240 bytes, of []`,
	},
	"i4c-emmc-noserial": {
		`drive:mmcblk0: /dev/mmcblk0, mmc/ssd "", , 31268536320 bytes, unread`,
	},
	"i5-sas-multipath": {
		`drive:0x5000c50062400001: /dev/sda + /dev/sdc, sas/hdd "ST4000NM0043", Z1Z00001000000000001, 4000787030016 bytes, warning, at controller:0000:18:00.0 0000:18:00.0`,
		`volume:mpatha: multipath , 4000787030016 bytes, of [drive:0x5000c50062400001]`,
		`volume:vg0-data: lvm , 4000782835712 bytes, of [volume:mpatha]`,
	},
	"i8-megaraid": {
		`drive:0x5000c50099000000: /dev/bus/0 megaraid,0, sas/hdd "ST1200MM0099", WFK00000, 1200243695616 bytes, ok, at controller:0000:18:00.0 0000:18:00.0`,
		`drive:0x5000c50099000001: /dev/bus/0 megaraid,1, sas/hdd "ST1200MM0099", WFK00001, 1200243695616 bytes, warning, at controller:0000:18:00.0 0000:18:00.0`,
		`volume:0x6d0946600a1b2c002e000000aa112233: raid , 1199638052864 bytes, of []`,
	},
	"i9-openfail-standby": {
		`drive:0x50014ee2b0000000: /dev/sda, sata/hdd "WDC WD40EFRX-68N32N0", WD-WCC000000001, 4000787030016 bytes, unread, at  0000:00:17.0`,
		`drive:0x50014ee2b0000001: /dev/sdb, sata/hdd "WDC WD40EFRX-68N32N0", WD-WCC000000002, 4000787030016 bytes, unread, at  0000:00:17.0`,
	},
	"nvme-twice": {
		`drive:201373F239B0: /dev/nvme0 + /dev/nvme0n1, nvme/ssd "Micron_9300_MTFDHAL3T8TDP", 201373F239B0, 3840755982336 bytes, unread, 1 namespaces, at  0000:45:00.0`,
		`drive:206813D941C6: /dev/nvme1 + /dev/nvme1n1, nvme/ssd "Micron_9300_MTFDHAL3T8TDP", 206813D941C6, 3840755982336 bytes, unread, 1 namespaces, at  0000:46:00.0`,
	},
	"r01-virtual-disk-as-drive": {
		`drive:0x5000c500aabb0000: /dev/bus/0 megaraid,0, sas/hdd "ST300MM0006", Z0K0AAAA0000C4320001, 300000000000 bytes, ok, at controller:0000:01:00.0 0000:01:00.0`,
		`drive:0x5000c500aabb1000: /dev/bus/0 megaraid,1, sas/hdd "ST300MM0006", Z0K0BBBB0000C4320002, 300000000000 bytes, ok, at controller:0000:01:00.0 0000:01:00.0`,
		`volume:sda: raid , 299439751168 bytes, of []`,
	},
	"same-serial": {
		`drive:sda: /dev/sda, usb/ "DISK ONE", , 1000204886016 bytes, unread`,
		`drive:sdb: /dev/sdb, usb/ "DISK TWO", , 2000398934016 bytes, unread`,
	},
	"sata-called-sas": {
		`drive:0x5000cca1575c1d12: /dev/sda, sata/hdd "HGST HUS728T8TALE6L4", VDPRV1ZM, 8001563222016 bytes, unread, at controller:0000:3d:00.0 0000:3d:00.0`,
	},
}
