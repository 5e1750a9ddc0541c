// SPDX-License-Identifier: Apache-2.0

package nvidia

import (
	"testing"
)

// FuzzReader compares our XML reader with encoding/xml.
func FuzzReader(f *testing.F) {
	for _, doc := range xmlDocuments {
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, data string) { compareReaders(t, data) })
}
