// SPDX-License-Identifier: Apache-2.0

package smart

import "github.com/mchus/bee/internal/placeholder"

// dropPlaceholders takes out what stands for no value in the fields that the
// drive's maker fills.
func (dev *Device) dropPlaceholders() {
	for _, s := range [...]*string{&dev.ModelFamily, &dev.ModelName, &dev.Vendor, &dev.Product, &dev.FirmwareVersion, &dev.AdditionalProductID} {
		if placeholder.Is(*s) {
			*s = ""
		}
	}
	if placeholder.IsSerial(dev.SerialNumber) {
		dev.SerialNumber = ""
	}
}
