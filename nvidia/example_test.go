// SPDX-License-Identifier: Apache-2.0

package nvidia_test

import (
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/mchus/bee/nvidia"
)

func readFile(name string) []byte {
	data, err := os.ReadFile("testdata/" + name + "/input")
	if err != nil {
		log.Fatal(err)
	}
	return data
}

// Is any GPU failing? Uncorrected memory errors, rows that could not be
// remapped and what the driver itself asks for say so.
func ExampleParse() {
	smi, err := nvidia.Parse(readFile("xml-v13-580-hopper"))
	if err != nil {
		log.Fatal(err)
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
	smi, err := nvidia.Parse(readFile("xml-lost-gpu"))
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
	// line 273, column 33: invalid syntax: unknown entity
}

// Does the driver answer at all?
func ExampleParse_noDriver() {
	_, err := nvidia.Parse(readFile("xml-no-driver"))
	fmt.Println(errors.Is(err, nvidia.ErrNoDriver))
	// Output: true
}

// Which serial number sits at which PCI address, and does its link run at full
// width? The generation falls when a GPU idles; the width should not.
func ExampleParseCSV() {
	table, err := nvidia.ParseCSV(readFile("csv-gpus"))
	if err != nil {
		log.Fatal(err)
	}
	smi, err := table.Log()
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range smi.GPUs {
		width, widest := g.PCI.LinkWidth, g.PCI.LinkWidthMax
		fmt.Printf("%s %s x%d of x%d\n", g.PCI.Address, g.Serial, *width, *widest)
	}
	// Output:
	// 0000:19:00.0 1650024007770 x16 of x16
	// 0000:3b:00.0 1650024007772 x8 of x16
}

// Which columns does the typed view not know, and what do they say?
func ExampleTable_Unknown() {
	table, err := nvidia.ParseCSV(readFile("csv-gpus"))
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range table.Unknown() {
		fmt.Println(c.Name, "in", c.Unit, "is", table.Value(0, c.Name))
	}
	// Output: warp.factor in c is 9 c
}

// Which MIG instances exist?
func ExampleParseList() {
	list, err := nvidia.ParseList(readFile("list-mig"))
	if err != nil {
		log.Fatal(err)
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
	status, err := nvidia.ParseNVLink(readFile("nvlink-hopper"))
	if err != nil {
		log.Fatal(err)
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
	// GPU 1: link 4 is inactive
	// GPU 1: link 5 is inactive
	// GPU 2: Nvlink queries are not supported for Devices in MIG mode
	// GPU 3: Device does not have or support Nvlink
}

// Which network adapter is nearest to each GPU?
func ExampleParseTopo() {
	topo, err := nvidia.ParseTopo(readFile("topo-4gpu"))
	if err != nil {
		log.Fatal(err)
	}
	for _, gpu := range topo.Devices[:4] {
		for _, nic := range topo.Devices[4:] {
			if link := topo.Between(gpu.Name, nic.Name); link != "SYS" {
				fmt.Printf("%s: %s (%s) by %s\n", gpu.Name, nic.Name, nic.Interface, link)
			}
		}
	}
	// Output:
	// GPU0: NIC0 (mlx5_0) by PXB
	// GPU1: NIC0 (mlx5_0) by NODE
	// GPU2: NIC1 (mlx5_1) by PXB
	// GPU3: NIC1 (mlx5_1) by NODE
}
