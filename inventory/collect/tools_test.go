// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEveryToolHasARow: each program that a collector runs has a row in tools,
// in order, and each row a program that is run.
func TestEveryToolHasARow(t *testing.T) {
	run := map[string]bool{sourceDMI: true, sourceIPMI: true}
	for _, f := range raidFamilies {
		for _, name := range f.tools {
			run[name] = true
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if name := toolOf(call); name != "" {
					run[name] = true
				}
			}
			return true
		})
	}
	for name := range run {
		if !slices.ContainsFunc(tools, func(t tool) bool { return t.name == name }) {
			t.Errorf("%s is run, and tools.go does not say how its end is to be read", name)
		}
	}
	for i, row := range tools {
		if !run[row.name] {
			t.Errorf("%s has a row in tools.go, and nothing runs it", row.name)
		}
		if i > 0 && tools[i-1].name >= row.name {
			t.Errorf("%s stands behind %s in tools.go", row.name, tools[i-1].name)
		}
	}
}

// toolOf returns the program that a call runs, "" if it runs none or has its
// name in a variable: ask(ctx, a, parse, NAME, …) and a.run(ctx, parse, NAME, …).
func toolOf(call *ast.CallExpr) string {
	at := 0
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		if fun.Name == "ask" {
			at = 3
		}
	case *ast.SelectorExpr:
		if fun.Sel.Name == "run" {
			at = 2
		}
	}
	if at == 0 || len(call.Args) <= at {
		return ""
	}
	lit, ok := call.Args[at].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	name, _ := strconv.Unquote(lit.Value)
	return name
}

// TestTheImageHasTheTools: the live image has each program that the audit runs,
// or there is a reason.
func TestTheImageHasTheTools(t *testing.T) {
	packages, err := os.ReadFile("../../iso/builder/packages") // of Alpine, one a line
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("../../iso/builder/build.sh")
	if err != nil {
		t.Fatal(err)
	}
	_, vendor, _ := strings.Cut(string(script), "VENDOR_PROGRAMS='")
	vendor, _, _ = strings.Cut(vendor, "'")
	have := append(strings.Fields(vendor), strings.Split(string(packages), "\n")...)

	packageOf := map[string]string{"lspci": "pciutils", "nvme": "nvme-cli", "smartctl": "smartmontools"}
	without := map[string]string{
		"dmsetup":    "the image starts no volume group, so that there is nothing to ask it about",
		"hpssacli":   "ssacli is its new name",
		"MegaCli":    "storcli64 is its successor",
		"MegaCli64":  "storcli64 is its successor",
		"megacli":    "storcli64 is its successor",
		"nvidia-smi": "build-nvidia-module.sh brings it",
		"perccli":    "perccli64 is the same",
		"storcli":    "storcli64 is the same",
	}
	for _, row := range tools {
		name := cmp.Or(packageOf[row.name], row.name)
		if slices.Contains(have, name) == (without[row.name] != "") {
			t.Errorf("%s: on the image %t, reason to be without it: %q", row.name, slices.Contains(have, name), without[row.name])
		}
	}
}

// TestEndsDMI: how a whole table ends, and one that was cut between two structures.
func TestEndsDMI(t *testing.T) {
	const cpu, array = "Handle 0x0400, DMI type 4, 26 bytes\nProcessor Information\n\n", "Handle 0x1000, DMI type 16, 15 bytes\nPhysical Memory Array\n\tNumber Of Devices: 2\n\n"
	const module, end = "Handle 0x1100, DMI type 17, 28 bytes\nMemory Device\n\n", "Handle 0xFEFF, DMI type 127, 4 bytes\nEnd Of Table\n\n"
	for _, tt := range []struct {
		name, head, body string
		want             bool
	}{
		{"SMBIOS 3", "SMBIOS 3.4.0 present.\n\n", cpu + array + module + module + end, true},
		{"SMBIOS 3, cut behind the memory", "SMBIOS 3.4.0 present.\n\n", cpu + array + module + module, false},
		{"SMBIOS 3, cut behind the first of two arrays", "SMBIOS 3.4.0 present.\n\n", cpu + array + module + module + "Handle 0x1300, DMI type 19, 31 bytes\nMemory Array Mapped Address\n\n", false},
		{"SMBIOS 3, its end cut off, something else behind the memory", "SMBIOS 3.4.0 present.\n\n", cpu + array + module + module + "Handle 0x2700, DMI type 39, 22 bytes\nSystem Power Supply\n\n", true},
		{"SMBIOS 3 at the old entry point, without its end", "SMBIOS 3.0 present.\n4 structures occupying 200 bytes.\n\n", cpu + array + module + module, true},
		{"SMBIOS 2, without its end", "SMBIOS 2.8 present.\n4 structures occupying 200 bytes.\n\n", cpu + array + module + module, true},
		{"SMBIOS 2, a structure short, all memory there", "SMBIOS 2.8 present.\n5 structures occupying 200 bytes.\n\n", cpu + array + module + module, true}, // memory.table_short tells it
		{"SMBIOS 2, cut within the memory", "SMBIOS 2.8 present.\n4 structures occupying 200 bytes.\n\n", cpu + array + module, false},
		{"without its head", "", cpu + array + module + module, false},
	} {
		if got := endsDMI([]byte("# dmidecode 3.4\n" + tt.head + tt.body)); got != tt.want {
			t.Errorf("%s: whole is %t", tt.name, got)
		}
	}
}
