// SPDX-License-Identifier: Apache-2.0

package pci_test

import (
	"os"
	"path"
	"testing"
)

func read(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(path.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// messages are the texts of a list of errors.
func messages(err error) []string {
	var list []string
	if err, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range err.Unwrap() {
			list = append(list, e.Error())
		}
	}
	return list
}
