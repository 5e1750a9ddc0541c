// SPDX-License-Identifier: Apache-2.0

package nvidia_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/mchus/bee/nvidia"
)

// Is any GPU failing? Uncorrected memory errors, rows that could not be
// remapped and what the driver itself asks for say so.
func ExampleParse() {
	out := []byte(`<?xml version="1.0" ?>
<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v13.dtd">
<nvidia_smi_log>
	<driver_version>580.95.05</driver_version>
	<attached_gpus>2</attached_gpus>
	<gpu id="00000000:2A:00.0">
		<product_name>NVIDIA H100 80GB HBM3</product_name>
		<serial>1650024006661</serial>
		<gpu_recovery_action>None</gpu_recovery_action>
	</gpu>
	<gpu id="00000000:19:00.0">
		<product_name>NVIDIA H100 80GB HBM3</product_name>
		<serial>1650024006660</serial>
		<gpu_recovery_action>Drain and Reset</gpu_recovery_action>
		<ecc_errors>
			<volatile>
				<sram_uncorrectable_secded>1</sram_uncorrectable_secded>
				<dram_uncorrectable>2</dram_uncorrectable>
			</volatile>
		</ecc_errors>
		<remapped_rows>
			<remapped_row_pending>Yes</remapped_row_pending>
			<remapped_row_failure>Yes</remapped_row_failure>
		</remapped_rows>
	</gpu>
</nvidia_smi_log>
`) // nvidia-smi -q -x
	smi, err := nvidia.Parse(out)
	if err != nil {
		fmt.Println(err) // and go on: what could be read is there
	}
	for _, g := range smi.GPUs {
		fmt.Println(g.PCI.Address, g.Serial)
		if n := g.ECC.Volatile.Uncorrected(); n != nil && *n > 0 {
			fmt.Println("  uncorrected memory errors since the driver was loaded:", *n)
		}
		if f := g.RemappedRows.Failure; f != nil && *f {
			fmt.Println("  a row of memory could not be remapped: replace the GPU")
		}
		if p := g.RemappedRows.Pending; p != nil && *p {
			fmt.Println("  a row of memory waits for a reset to be remapped")
		}
		if g.RecoveryAction != "None" {
			fmt.Println("  the driver asks for:", g.RecoveryAction)
		}
		if g.Fault != "" {
			fmt.Println("  the driver says:", g.Fault)
		}
	}
	// Output:
	// 0000:2a:00.0 1650024006661
	// 0000:19:00.0 1650024006660
	//   uncorrected memory errors since the driver was loaded: 3
	//   a row of memory could not be remapped: replace the GPU
	//   a row of memory waits for a reset to be remapped
	//   the driver asks for: Drain and Reset
}

// Which GPU is missing? The driver counts more GPUs than it can open, and prints
// why before the XML.
func ExampleParse_missing() {
	smi, err := nvidia.Parse([]byte(`Unable to determine the device handle for GPU1: 0000:C3:00.0: Unknown Error
<?xml version="1.0" ?>
<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">
<nvidia_smi_log>
	<attached_gpus>2</attached_gpus>
	<gpu id="00000000:8A:00.0">
		<product_name>NVIDIA L40S</product_name>
		<fb_memory_usage>
			<total>GPU is lost</total>
		</fb_memory_usage>
		<processes>
			<process_info>
				<pid>7001</pid>
				<process_name>/opt/train & log</process_name>
			</process_info>
		</processes>
	</gpu>
</nvidia_smi_log>
`))
	if smi.AttachedGPUs != nil { // nil where the driver did not say
		fmt.Println(*smi.AttachedGPUs, "attached,", len(smi.GPUs), "readable")
	}
	for _, note := range smi.Notes {
		if note.Unreadable {
			fmt.Println("cannot be opened:", note.PCIAddress)
		}
	}
	for _, g := range smi.GPUs {
		fmt.Printf("%s: %s\n", g.PCI.Address, g.Fault)
	}
	// The name of a process broke the XML; all else was read.
	var parseErr *nvidia.ParseError
	if errors.As(err, &parseErr) {
		fmt.Printf("line %d, column %d: %v\n", parseErr.Line, parseErr.Column, parseErr.Err)
	}
	// Output:
	// 2 attached, 1 readable
	// cannot be opened: 0000:c3:00.0
	// 0000:8a:00.0: GPU is lost
	// line 14, column 30: invalid syntax: unknown entity
}

// Does the driver answer at all?
func ExampleParse_noDriver() {
	_, err := nvidia.Parse([]byte("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. " +
		"Make sure that the latest NVIDIA driver is installed and running.\n\n"))
	fmt.Println(errors.Is(err, nvidia.ErrNoDriver))
	// Output: true
}

// queried is what nvidia-smi --query-gpu=index,serial,… --format=csv prints.
const queried = `index, serial, pci.bus_id, pcie.link.width.current, pcie.link.width.max, warp.factor [c]
0, 1650024007770, 00000000:19:00.0, 16, 16, 9 c
2, 1650024007772, 00000000:3B:00.0, 8, 16, 9 c
`

// Which serial number sits at which PCI address, and does its link run at full
// width? The generation falls when a GPU idles; the width should not.
func ExampleParseCSV() {
	table, err := nvidia.ParseCSV([]byte(queried))
	if err != nil {
		fmt.Println(err)
	}
	smi, err := table.Log()
	if err != nil {
		fmt.Println(err)
	}
	for _, g := range smi.GPUs {
		if width, widest := g.PCI.LinkWidth, g.PCI.LinkWidthMax; width != nil && widest != nil { // nil where they were not asked for
			fmt.Printf("%s %s x%d of x%d\n", g.PCI.Address, g.Serial, *width, *widest)
		}
	}
	// Output:
	// 0000:19:00.0 1650024007770 x16 of x16
	// 0000:3b:00.0 1650024007772 x8 of x16
}

// Which columns does the typed view not know, and what do they say?
func ExampleTable_Unknown() {
	table, err := nvidia.ParseCSV([]byte(queried))
	if err != nil {
		fmt.Println(err)
	}
	for _, c := range table.Unknown() {
		fmt.Println(c.Name, "in", c.Unit, "is", table.Value(0, c.Name))
	}
	// Output: warp.factor in c is 9 c
}

// Which MIG instances exist?
func ExampleParseList() {
	list, err := nvidia.ParseList([]byte(`GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-9b9b9b9b-1111-4222-8333-000000000300)
  MIG 3g.40gb     Device  0: (UUID: MIG-9b9b9b9b-1111-5222-8333-000000000301)
  MIG 1c.2g.20gb  Device  1: (UUID: MIG-9b9b9b9b-1111-5222-8333-000000000302)
GPU 2: NVIDIA A100-SXM4-40GB (40 GB) (UUID: GPU-9b9b9b9b-1111-4222-8333-000000000303)
  MIG 1g.5gb Device 0: (UUID: MIG-GPU-9b9b9b9b-1111-4222-8333-000000000303/7/0)
`)) // nvidia-smi -L
	if err != nil {
		fmt.Println(err)
	}
	for _, g := range list.GPUs {
		for _, mig := range g.MIGDevices {
			if g.Index != nil && mig.Index != nil {
				fmt.Printf("GPU %d, device %d: %s\n", *g.Index, *mig.Index, mig.Profile)
			}
		}
	}
	// Output:
	// GPU 0, device 0: 3g.40gb
	// GPU 0, device 1: 1c.2g.20gb
	// GPU 2, device 0: 1g.5gb
}

// Which NVLinks are down?
func ExampleParseNVLink() {
	status, err := nvidia.ParseNVLink([]byte(`GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-9b9b9b9b-1111-4222-8333-000000000300)
	 Link 0: 26.562 GB/s
	 Link 1: 26.562 GB/s
GPU 1: NVIDIA H100 80GB HBM3 (UUID: GPU-9b9b9b9b-1111-4222-8333-000000000304)
	 Link 0: 26.562 GB/s
	 Link 1: <inactive>
GPU 2: NVIDIA H100 80GB HBM3 (UUID: GPU-9b9b9b9b-1111-4222-8333-000000000305)
Nvlink queries are not supported for Devices in MIG mode
GPU 3: NVIDIA L40S (UUID: GPU-6e6e6e6e-1111-4222-8333-000000000005)
Device does not have or support Nvlink
`)) // nvidia-smi nvlink -s
	if err != nil {
		fmt.Println(err)
	}
	for _, g := range status.GPUs {
		for _, link := range g.NVLinks {
			if g.Index != nil && link.Active != nil && !*link.Active {
				fmt.Printf("GPU %d: link %d is inactive\n", *g.Index, link.Link)
			}
		}
	}
	for _, note := range status.Notes {
		if note.Index != nil {
			fmt.Printf("GPU %d: %s\n", *note.Index, note.Text)
		}
	}
	// Output:
	// GPU 1: link 1 is inactive
	// GPU 2: Nvlink queries are not supported for Devices in MIG mode
	// GPU 3: Device does not have or support Nvlink
}

// Which network adapter is nearest to each GPU?
func ExampleParseTopo() {
	topo, err := nvidia.ParseTopo([]byte(`	GPU0	GPU1	NIC0	NIC1	CPU Affinity	NUMA Affinity	GPU NUMA ID
GPU0	 X 	NV18	PXB	SYS	0-31,64-95	0		N/A
GPU1	NV18	 X 	SYS	PXB	32-63,96-127	1		N/A
NIC0	PXB	SYS	 X 	SYS			
NIC1	SYS	PXB	SYS	 X 			

NIC Legend:

  NIC0: mlx5_0
  NIC1: mlx5_1

`)) // nvidia-smi topo -m
	if err != nil {
		fmt.Println(err)
	}
	for _, gpu := range topo.Devices {
		for _, nic := range topo.Devices {
			if strings.HasPrefix(gpu.Name, "GPU") && nic.Interface != "" && topo.Between(gpu.Name, nic.Name) != "SYS" {
				fmt.Printf("%s: %s (%s) by %s\n", gpu.Name, nic.Name, nic.Interface, topo.Between(gpu.Name, nic.Name))
			}
		}
	}
	// Output:
	// GPU0: NIC0 (mlx5_0) by PXB
	// GPU1: NIC1 (mlx5_1) by PXB
}
