// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/nvme"
)

// How much was written to this drive, how worn is it, and how hot?
func ExampleParseSmartLog() {
	out := []byte(`{
  "critical_warning":{"value":1,"available_spare":1},
  "temperature":324,
  "avail_spare":4,
  "spare_thresh":5,
  "percent_used":30,
  "data_units_written":"1,928,683,480",
  "power_on_hours":"24424"
}`)
	s, err := nvme.ParseSmartLog(out)
	if err != nil {
		fmt.Println(err)
	}
	if written, ok := s.BytesWritten(); ok {
		fmt.Printf("written: %v bytes in %v hours\n", written, s.PowerOnHours)
	}
	if s.UsedPercent != nil && s.TemperatureCelsius != nil {
		fmt.Printf("worn: %d %%, temperature: %d °C\n", *s.UsedPercent, *s.TemperatureCelsius)
	}
	if w := s.CriticalWarning; w != nil && *w != 0 {
		fmt.Printf("critical: %v\n", *w)
	}
	// Output:
	// written: 987485941760000 bytes in 24424 hours
	// worn: 30 %, temperature: 51 °C
	// critical: available spare
}

// Which namespaces does each drive have? The text is that of "nvme list -v".
func ExampleParseList() {
	list, err := nvme.ParseList([]byte(`Subsystem        Subsystem-NQN                  Controllers
---------------- ------------------------------ ----------------
nvme-subsys0     nqn.2019-08.org.example:one    nvme0
nvme-subsys1     nqn.2019-08.org.example:shared nvme1, nvme2

Device           Cntlid SN                   MN                       FR       TxPort Address        Slot   Subsystem    Namespaces      
---------------- ------ -------------------- ------------------------ -------- ------ -------------- ------ ------------ ----------------
nvme0            1      S64GNE0R100001       Example NVMe 960GB       1.0.7    pcie   0000:01:00.0   4      nvme-subsys0 nvme0n1
nvme1            1      PHLN0001400G         Example DualPort 6.4TB   2CV1C027 pcie   0000:02:00.0          nvme-subsys1 nvme1n1, nvme1n16
nvme2            2      PHLN0001400G         Example DualPort 6.4TB   2CV1C027 pcie   0000:82:00.0          nvme-subsys1 nvme1n1, nvme1n16

Device            Generic           NSID       Usage                                             Format           Controllers     
----------------- ----------------- ---------- ------------------------------------------------- ---------------- ----------------
/dev/nvme0n1      ng0n1             0x1        480.10 GB / 960.20 GB ( 447.13 GiB /  894.25 GiB) 512   B +  0 B   nvme0
/dev/nvme1n1      ng1n1             0x1        200.04 GB / 400.09 GB ( 186.31 GiB /  372.61 GiB)   4 KiB +  0 B   nvme1, nvme2
/dev/nvme1n16     ng1n16            0x10       200.04 GB / 400.09 GB ( 186.31 GiB /  372.61 GiB)   4 KiB +  0 B   nvme1, nvme2
`))
	if err != nil {
		fmt.Println(err)
	}
	for _, c := range list.Controllers {
		fmt.Println(c.Name, c.Serial, c.Address)
		for _, name := range c.Namespaces {
			if ns := list.Namespace(name); ns != nil { // a drive may name one that is not listed
				fmt.Printf("\t%s: NSID %d, blocks of %d bytes\n", ns.DevicePath, ns.NSID, ns.BlockBytes)
			}
		}
	}
	// Output:
	// nvme0 S64GNE0R100001 0000:01:00.0
	// 	/dev/nvme0n1: NSID 1, blocks of 512 bytes
	// nvme1 PHLN0001400G 0000:02:00.0
	// 	/dev/nvme1n1: NSID 1, blocks of 4096 bytes
	// 	/dev/nvme1n16: NSID 16, blocks of 4096 bytes
	// nvme2 PHLN0001400G 0000:82:00.0
	// 	/dev/nvme1n1: NSID 1, blocks of 4096 bytes
	// 	/dev/nvme1n16: NSID 16, blocks of 4096 bytes
}

// Through which controllers is a subsystem reached?
func ExampleParseListSubsys() {
	list, err := nvme.ParseListSubsys([]byte(`nvme-subsys1 - NQN=nqn.2019-08.org.example:shared
               hostnqn=nqn.2014-08.org.nvmexpress:uuid:4c4c4544-0042-4c10-8030-b9c04f534c32
               iopolicy=numa
\
 +- nvme1 pcie 0000:02:00.0 live optimized
 +- nvme2 pcie 0000:82:00.0 live inaccessible
`))
	if err != nil {
		fmt.Println(err)
	}
	for _, c := range list.Controllers {
		fmt.Println(c.Subsystem, c.Name, c.Address, c.State, c.ANAState)
	}
	// Output:
	// nvme-subsys1 nvme1 0000:02:00.0 live optimized
	// nvme-subsys1 nvme2 0000:82:00.0 live inaccessible
}

// In which LBA format is this namespace, and could it be in a better one?
func ExampleParseIDNS() {
	ns, err := nvme.ParseIDNS([]byte(`NVME Identify Namespace 1:
nsze    : 0x1bf1f72b0
nlbaf   : 1
flbas   : 0
lbaf  0 : ms:0   lbads:9  rp:0x2 (in use)
lbaf  1 : ms:0   lbads:12 rp:0 
`))
	if err != nil {
		fmt.Println(err)
	}
	size, _ := ns.SizeBytes()
	format := ns.Format()
	if format == nil {
		return // it was not said
	}
	fmt.Printf("%d bytes in blocks of %d\n", size, format.DataBytes)
	for _, f := range ns.LBAFormats {
		if f.RelativePerformance < format.RelativePerformance {
			fmt.Printf("format %d, blocks of %d, performs better\n", f.Number, f.DataBytes)
		}
	}
	// Output:
	// 3840755982336 bytes in blocks of 512
	// format 1, blocks of 4096, performs better
}

// What is this drive, and can it be erased securely?
func ExampleParseIDCtrl() {
	c, err := nvme.ParseIDCtrl([]byte(`NVME Identify Controller:
sn        : S64GNE0R100001      
mn        : Example NVMe 3.84TB                     
fr        : 1.0.7   
ver       : 0x10400
oacs      : 0x5f
wctemp    : 343
sanicap   : 0x3
fna       : 0x4
`))
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%s, serial number %s, firmware %s, NVMe %v\n", c.Model, c.Serial, c.Firmware, c.Version)
	if c.WarningTemperatureCelsius != nil {
		fmt.Printf("warns at %d °C\n", *c.WarningTemperatureCelsius)
	}
	fmt.Println("sanitize:", c.SANICAP)
	fmt.Println("format with crypto erase:", c.OACS&nvme.OACSFormat != 0 && c.FNA&nvme.FNACryptoErase != 0)
	// Output:
	// Example NVMe 3.84TB, serial number S64GNE0R100001, firmware 1.0.7, NVMe 1.4
	// warns at 70 °C
	// sanitize: crypto erase, block erase
	// format with crypto erase: true
}

// Which firmware slot is active, and what does the next reset start?
func ExampleParseFWLog() {
	log, err := nvme.ParseFWLog([]byte(`Firmware Log for device:nvme0
afi  : 0x21
frs1 : 0x202020372e302e31 (1.0.7...)
frs2 : 0x202020392e302e31 (1.0.9...)
`))
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("slot %d is active: %s\n", log.ActiveSlot, log.Active())
	fmt.Printf("after a reset: slot %d\n", log.NextSlot)
	// Output:
	// slot 1 is active: 1.0.7
	// after a reset: slot 2
}

// Which errors does the drive remember?
func ExampleParseErrorLog() {
	log, err := nvme.ParseErrorLog([]byte(`{"errors":[
  {"error_count":212,"sqid":0,"cmdid":8,"status_field":8194,"phase_tag":0,"nsid":1,"lba":0},
  {"error_count":0,"sqid":0,"cmdid":0,"status_field":0,"phase_tag":0,"nsid":0,"lba":0}
]}`))
	if err != nil {
		fmt.Println(err)
	}
	for _, e := range log.Entries {
		if e.Count != 0 {
			fmt.Printf("error %d: queue %d, status %#x, namespace %d\n", e.Count, e.SQID, e.Status, e.NSID)
		}
	}
	// Output:
	// error 212: queue 0, status 0x2002, namespace 1
}

// A drive that does not answer is an error, not an empty log.
func ExampleErrors() {
	_, err := nvme.ParseSmartLog([]byte("/dev/nvme9: No such file or directory\n"))
	fmt.Println(errors.Is(err, nvme.ErrTool))
	fmt.Println(err)
	// Output:
	// true
	// nvme: line 1, column 1: nvme-cli failed: "/dev/nvme9: No such file or directory"
}
