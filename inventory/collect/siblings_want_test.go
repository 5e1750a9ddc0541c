// SPDX-License-Identifier: Apache-2.0

package collect_test

// siblingWant is what each sibling holds.
var siblingWant = map[string][]string{
	"i1: native multipath, numbers of subsystems and controllers crossed": {
		`/dev/nvme0n1 /dev/nvme1: nvme/ssd "BEE" SN1, 1000204886528 bytes, critical, 1 namespaces`,
		`/dev/nvme0 /dev/nvme1n1: nvme/ssd "BEE" SN0, 1000204886016 bytes, ok, 1 namespaces`,
		`critical nvme.reliability SN1`,
	},
	"i1: native multipath, of the subsystem only the links": {
		`/dev/nvme0n1 /dev/nvme1: nvme/ssd "BEE" SN1, 1000204886528 bytes, unknown (smartctl: not installed), 1 namespaces`,
		`/dev/nvme0 /dev/nvme1n1: nvme/ssd "BEE" SN0, 1000204886016 bytes, unknown (smartctl: not installed), 1 namespaces`,
	},
	"i1: the paths to a namespace are not marked as hidden": {
		`/dev/nvme0 /dev/nvme0n1: nvme/ssd "BEE" SN0, 1000204886016 bytes, unknown (smartctl: not installed), 1 namespaces`,
	},
	"nvme-twice: kernel 3.13 without a class of NVMe controllers": {
		`/dev/nvme0 /dev/nvme0n1: nvme/ssd "BEE" SN0, 1000204886016 bytes, ok, 1 namespaces`,
		`/dev/nvme1 /dev/nvme1n1: nvme/ssd "BEE" SN1, 1000204886016 bytes, ok, 1 namespaces`,
	},
	"nvme-twice: two drives with one serial number and no NQN": {
		`/dev/nvme0 /dev/nvme0n1: nvme/ssd "BEE" 0000000000000001X, 1000204886016 bytes, ok, 1 namespaces`,
		`/dev/nvme1 /dev/nvme1n1: nvme/ssd "BEE" 0000000000000001X, 1000204886016 bytes, warning, 1 namespaces`,
		`warning nvme.media_errors 0000000000000001X`,
	},
	"nvme-twice: two subsystems with one serial number, and one with two ports": {
		`/dev/nvme0 /dev/nvme0n1: nvme/ssd "BEE" SAME, 1000204886016 bytes, unknown (smartctl: not installed), 1 namespaces`,
		`/dev/nvme1 /dev/nvme1n1: nvme/ssd "BEE" SAME, 1000204886016 bytes, unknown (smartctl: not installed), 1 namespaces`,
		`/dev/nvme2 /dev/nvme2n1 /dev/nvme3: nvme/ssd "BEE" DUAL, 1000204886016 bytes, unknown (smartctl: not installed), 1 namespaces`,
	},
	"i11: two actuators by two paths": {
		`/dev/sda /dev/sdb /dev/sdc /dev/sdd: sas/hdd "ST14000NM0081" ZKT00001 0x6000c500d00000000000000000000000, 14000519643136 bytes, ok, 2 units`,
	},
	"i11: two actuators, the serial number from smartctl alone": {
		`/dev/sda /dev/sdb: sas/hdd "ST14000NM0081" ZKT00001 0x6000c500d00000000000000000000000, 14000519643136 bytes, ok, 2 units`,
	},
	"i11: volumes of an array on SAS, with the array's serial number": {
		`volume sda: sas, 1000204886016 bytes of`,
		`volume sdb: sas, 2000409772032 bytes of`,
		`volume sdc: sas, 3000614658048 bytes of`,
	},
	"i13: smartctl cannot open one, nvme-cli can": {
		`/dev/nvme0 /dev/nvme0n1: nvme/ssd "BEE" SN0, 1000204886016 bytes, ok, 1 namespaces`,
		`/dev/nvme1 /dev/nvme1n1: nvme/ssd "BEE" SN1, 1000204886016 bytes, critical, 1 namespaces`,
		`critical nvme.spare SN1`,
	},
	"i15: parallel SCSI, and a SAS SSD that says 0": {
		`/dev/sda: /hdd "MAX3073NC" P1 0x500000e013700001, 73407868928 bytes, ok`,
		`/dev/sdb: sas/ssd "KPM61RUG960G" X0 0x58ce38ee20000001, 1000204886016 bytes, ok`,
	},
	"i17: Fibre Channel by two paths, an iSCSI adapter, a drive beside them": {
		`/dev/sdd: sata/ssd "BEE SSD" SN1 0x5000c50000000101, 1000204886016 bytes, unknown (smartctl did not name it)`,
		`volume mpatha: multipath, 1000204886016 bytes of sda sdb`,
		`volume sda: fc, 1000204886016 bytes of`,
		`volume sdb: fc, 1000204886016 bytes of`,
		`volume sdc: iscsi, 1000204886016 bytes of`,
		`volume vg-lv: lvm, 1000204886016 bytes of mpatha`,
	},
	"i17: media of BMCs of several makers, with a medium in them": nil,
	"i4: SCSI disks that the kernel makes up": {
		`/dev/sdc: sata/ssd "BEE SSD" SN1 0x5000c50000000101, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`volume nbd0: nbd, 8388608 bytes of`,
		`volume pmem0: pmem, 137438953472 bytes of`,
	},
	"i4c: UFS, with its boot areas": {
		`/dev/sda /dev/sdb /dev/sdc: ufs/ssd "KLUDG4UHDC-B0E1", 136373600256 bytes, 3 units`,
	},
	"i2: three SSDs of one batch with one name, without smartctl": {
		`/dev/sda: sata/ssd "SATA SSD" AA0 0x5002b2a000000001, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdb: sata/ssd "SATA SSD" AA1 0x5002b2a000000001, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdc: sata/ssd "SATA SSD" AA2 0x5002b2a000000001, 1000204886016 bytes, unknown (smartctl: not installed)`,
	},
	"i2: one name on two ports, and one of the two silent": {
		`/dev/sda: sata/hdd "SATA SSD" AA1 0x5002b2a000000001, 1000204886016 bytes, ok`,
		`/dev/sdb: sata/ssd "SATA SSD" 0x5002b2a000000001, 1000204886016 bytes, warning (smartctl could not ask it: Read Device Identity failed: Input/output error)`,
		`warning drive.no_answer sdb`,
	},
	"i2: placeholder names on SAS": {
		`/dev/sda: sas/hdd "SAS", 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdb: sas/hdd "SAS", 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdc: sas/hdd "SAS", 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdd: sas/hdd "SAS", 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sde: sas/hdd "SAS", 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdf: sas/hdd "SAS", 1000204886016 bytes, unknown (smartctl: not installed)`,
	},
	"i5: paths of which one tells nothing, and a map over them": {
		`/dev/sda /dev/sdb: sas/hdd "ST4000NM0043" SN1 0x5000c50000000100, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`volume mpatha: multipath, 1000204886016 bytes of SN1`,
	},
	"i2: a map over two SSDs of a batch that share a name": {
		`/dev/sda: sata/ssd "SATA SSD" AA1 0x5002b2a000000001, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdb: sata/ssd "SATA SSD" AA2 0x5002b2a000000001, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`volume mpatha: multipath, 1000204886016 bytes of AA1 AA2 (the kernel does not tell the state of its paths)`,
	},
	"smartctl cut in the middle, behind the drive's word on itself": {
		`/dev/sda: sata/ssd "BEE HDD" SN1 0x5000c50000000101, 1000204886016 bytes, unknown (smartctl's answer is not one whole document)`,
	},
	"i5: partitions of a map, by sysfs alone": {
		`/dev/sda /dev/sdb: sas/hdd "ST4000NM0043" SN1 0x5000c50000000100, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`volume mpatha: multipath, 1000204886016 bytes of SN1`,
		`volume vg-lv: lvm, 250051221504 bytes of mpatha`,
	},
	"i5: partitions of a map, by lsblk alone": {
		`/dev/sda /dev/sdb: sas/ssd "" SN1 0x5000c50000000100, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`volume mpatha: multipath, 1000204886016 bytes of SN1 (the kernel does not tell its state)`,
		`volume vg-lv: lvm, 250051221504 bytes of mpatha`,
	},
	"i17: Fibre Channel, iSCSI and made-up disks, from lsblk alone": {
		`/dev/sdf: sata/ssd "BEE SSD" SN1, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`volume sda: fc, 1000204886016 bytes of`,
		`volume sdb: iscsi, 1000204886016 bytes of`,
	},
	"no-medium: a floppy drive of the firmware's, and firmware RAID": {
		`/dev/sda: sata/ssd "BEE HDD" SN0 0x5000c50000000100, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdb: sata/ssd "BEE HDD" SN1 0x5000c50000000101, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`volume isw_bee_Volume0: raid, 1000204886016 bytes of SN0 SN1 (dmsetup: not installed)`,
	},
	"i20: short names of volumes, from lsblk alone": {
		`volume sda: raid, 1000204886016 bytes of (its controller's tool was not asked for its state)`,
		`volume sdb: raid, 2000409772032 bytes of (its controller's tool was not asked for its state)`,
	},
	"i22: bridges for NVMe of three makers": {
		`/dev/sda: usb/ssd of nvme "BEE" SN0, 1000204886016 bytes, ok`,
		`/dev/sdb: usb/ssd of nvme "BEE" SN1, 1000204886016 bytes, ok`,
		`/dev/sdc: usb/ssd of nvme "BEE" SN2, 1000204886016 bytes, ok`,
	},
	"i22: a SATA disk behind a bridge that smartctl takes for NVMe": {
		`/dev/sda: usb/hdd of sata "BEE SSD" SN1 0x5000c50000000001, 1000204886016 bytes, critical`,
		`critical smart.failing SN1`,
	},
	"i22: a bridge that answers for itself": {
		`/dev/sda: usb/hdd of sata "BEE SSD" SN1 0x5000c50000000001, 1000204886016 bytes, ok`,
	},
	"i22: nothing gets through the bridge": {
		`/dev/sda: usb/ssd "AT2LP", 1000204886016 bytes, unknown (smartctl could not ask it: Read Device Identity failed: Connection timed out)`,
	},
	"i23: native multipath here and over RDMA; a target passes on the serial number": {
		`/dev/nvme0 /dev/nvme0n1: nvme/ssd "BEE" SN0, 1000204886016 bytes, ok, 1 namespaces`,
		`volume nvme1n1: nvme-of, 1000204886016 bytes of`,
	},
	"i24: names for serial numbers, as old udev gives them": {
		`/dev/sda: sas/hdd "ST4000NM0043" 0x5000c50062400001, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdb: sas/hdd "ST4000NM0043" 0x5000c50062400011, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdc: sas/hdd "ST4000NM0043" 0x5000c50062400021, 1000204886016 bytes, unknown (smartctl: not installed)`,
	},
	"i3: enclosures of one make, each with the maker's serial number": {
		`/dev/sda: usb/ssd "Generic", 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdb: usb/ssd "Generic", 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdc: usb/ssd "Generic", 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdd: usb/ssd "Generic", 1000204886016 bytes, unknown (smartctl: not installed)`,
	},
	"i3: a reader with two cards, and an empty slot": {
		`/dev/sda: usb/ssd "SD/MMC", 34359738368 bytes, unknown (smartctl: not installed)`,
		`/dev/sdc: usb/ssd "SD/MMC", 68719476736 bytes, unknown (smartctl: not installed)`,
	},
	"same-serial: one model, one size, from lsblk alone": {
		`/dev/sda: usb/ssd "DISK", 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdb: usb/ssd "DISK", 1000204886016 bytes, unknown (smartctl: not installed)`,
	},
	"r01: volumes of makers that no list holds, and of boot cards": {
		`/dev/sdb: /hdd "ST1200MM0099" WFK00001 0x5000c50000000101, 1000204886016 bytes, unknown (smartctl did not name it)`,
		`volume sda: raid, 1000204886016 bytes of (storcli64, perccli64, MegaCli64: not installed)`,
		`volume sdc: raid, 480103981056 bytes of (its controller's tool was not asked for its state)`,
	},
	"r01: a volume of which sysfs tells neither vendor nor model": {
		`volume sda: raid, 1000204886016 bytes of (its controller's tool was not asked for its state)`,
		`volume sdb: raid, 1000204886016 bytes of (its controller's tool was not asked for its state)`,
	},
	"r01: a volume that smartctl alone names": {
		`/dev/bus/0 megaraid,8: sas/hdd "ST4000NM0043" SN1 0x5000c50000000100, 1000204886016 bytes, ok`,
		`volume sda: raid, 1000204886016 bytes of (its controller's tool was not asked for its state)`,
	},
	"i23: a subsystem of which only the links are known": {
		`volume nvme5n1: nvme-of, 1000204886016 bytes of`,
	},
	"sata-called-sas: no vendor, but the page of the ATA drive; NVMe behind a tri-mode adapter": {
		`/dev/sda: sata/hdd "HUS728T8TALE6L4" 0x5000cca2575c1d12, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdb: nvme/ssd "SAMSUNG MZQL2960HCJR-00A07" S64000001 0x6000000000000000002538b100000001, 1000204886016 bytes, unknown (smartctl: not installed)`,
	},
	"i9: asleep, as smartctl of old and new says it": {
		`/dev/sda: sata/ssd "BEE HDD" SN1 0x5000c50000000101, 1000204886016 bytes, unknown (asleep: Device is in SLEEP mode)`,
		`/dev/sdb: sata/ssd "BEE HDD" SN2 0x5000c50000000201, 1000204886016 bytes, unknown (asleep: Device is in STANDBY mode)`,
	},
	"i9: text of a smartctl without JSON": {
		`/dev/sda: sata/ssd "BEE HDD" SN1 0x5000c50000000101, 1000204886016 bytes, unknown (asleep: Device is in STANDBY mode)`,
	},
	"i18: an NVMe drive and a SAS drive that answer with an I/O error": {
		`/dev/nvme0 /dev/nvme0n1: nvme/ssd "BEE" SN0, 1000204886016 bytes, warning (smartctl could not ask it: Read NVMe Identify Controller failed: NVME_IOCTL_ADMIN_CMD: Input/output error), 1 namespaces`,
		`/dev/sda: sas/hdd "ST4000NM0043" Z1, 1000204886016 bytes, warning (smartctl could not ask it: Smartctl open device: /dev/sda failed: INQUIRY failed: Input/output error)`,
		`warning drive.no_answer SN0`,
		`warning drive.no_answer Z1`,
	},
	"i19: ssacli and smartctl of the same drives, which they name by the port and by the drive": {
		`/dev/sda cciss,0: sas/hdd "BEE DRIVE" S0M0BEE1 0x5000c50000000100, 1000204886016 bytes, ok`,
		`/dev/sda cciss,1: sata/hdd "BEE DRIVE" BEESATA00002 0x5000c50000000200, 1000204886016 bytes, critical`,
		`volume sda: raid, 1000204886016 bytes of BEESATA00002 S0M0BEE1`,
		`critical smart.failing BEESATA00002`,
	},
	"i19: a Smart Array of a kernel before hpsa": {
		`/dev/cciss/c0d0 cciss,0: sas/hdd "DG146BB976" S1 0x5000c50000000100, 146815733760 bytes, ok`,
		`volume cciss!c0d0: raid, 1000204886016 bytes of (its controller's tool was not asked for its state)`,
	},
	"i19: a Smart Array of Microchip, whose drives are not passed on": {
		`volume sda: raid, 1000204886016 bytes of (ssacli, arcconf: not installed; its drives were not asked: smartctl -d cciss,N reaches none)`,
	},
	"lsblk cut in the middle, with numbers as texts": {
		`/dev/sda: sata/ssd "BEE HDD" SN1 0x5000c50000000101, 1000204886016 bytes, unknown (smartctl: not installed)`,
		`/dev/sdb: sata/ssd "BEE HDD" SN2 0x5000c50000000201, 1000204886016 bytes, unknown (smartctl: not installed)`,
	},
}
