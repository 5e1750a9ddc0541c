// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"strings"
	"testing"

	"github.com/mchus/bee/internal/golden"
)

func TestGolden(t *testing.T) {
	golden.Dir(t, "testdata", func(t *testing.T, input []byte) any {
		var got struct {
			Device  *Device       `json:"device,omitzero"`
			Health  *Health       `json:"health,omitzero"`
			Scan    *Scan         `json:"scan,omitzero"`
			Devices *BlockDevices `json:"devices,omitzero"`
			Error   string        `json:"error,omitzero"`
		}
		var err error
		_, name, _ := strings.Cut(t.Name(), "/")
		switch {
		case strings.HasPrefix(name, "lsblk-"):
			got.Devices, err = ParseLsblk(input)
		case strings.HasPrefix(name, "scan-"):
			got.Scan, err = ParseScan(input)
		case strings.HasPrefix(name, "text-"):
			var text *Text
			text, err = ParseText(input)
			got.Device = text.Device
			health := got.Device.Health()
			got.Health = &health
			for _, line := range text.Lines {
				if !line.Read {
					t.Errorf("line %d was not read: %s", line.Number, line.Text)
				}
			}
		default:
			got.Device, err = Parse(input)
			health := got.Device.Health()
			got.Health = &health
		}
		if err != nil {
			got.Error = err.Error()
		}
		return got
	})
}
