// SPDX-License-Identifier: Apache-2.0

//go:build unix

package bench

import "github.com/mchus/bee/dmi"

// allViews parses a table and reads every typed view of it.
func allViews(in []byte) (int, error) {
	t, err := dmi.Parse(in)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, view := range t.Views() {
		if view.Err != nil {
			return 0, view.Err
		}
		n += view.Count
	}
	return n, nil
}
