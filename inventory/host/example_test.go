// SPDX-License-Identifier: Apache-2.0

package host_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"

	"github.com/mchus/bee/inventory/host"
)

// What did a machine's tool print, and what stands in a file of its kernel?
func ExampleReplay() {
	machine, err := host.Replay(host.Capture{ // os.DirFS(DIR) for one of audit -record
		"host.json":      []byte(`{"schema":"bee.capture/1"}`),
		"commands.jsonl": []byte(`{"argv":["lspci","--version"],"stdout":"version"}`),
		"version":        []byte("lspci version 3.13.0\n"),
		"files.jsonl":    []byte(`{"path":"sys/class/dmi/id/product_name","text":"LX2 Server\n"}`),
	}.FS())
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := machine.Run(context.Background(), "lspci", "--version")
	fmt.Printf("%s%v\n", out.Stdout, err)

	_, err = machine.Run(context.Background(), "nvidia-smi", "-L")
	fmt.Println("absent:", errors.Is(err, exec.ErrNotFound))

	name, err := fs.ReadFile(machine.FS(), "sys/class/dmi/id/product_name")
	fmt.Printf("%s%v\n", name, err)
	// Output:
	// lspci version 3.13.0
	// <nil>
	// absent: true
	// LX2 Server
	// <nil>
}

// How is a machine recorded by a program of one's own?
func ExampleRecord() {
	recorder := host.Record(host.Live())
	_, err := recorder.Run(context.Background(), "no-such-tool")
	fmt.Println(errors.Is(err, exec.ErrNotFound))
	capture := recorder.Capture() // its WriteDir and WriteTGZ save it
	fmt.Printf("%s", capture["commands.jsonl"])
	// Output:
	// true
	// {"argv":["no-such-tool"],"exit":-1,"error":"absent"}
}
