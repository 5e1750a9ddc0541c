// SPDX-License-Identifier: Apache-2.0

package report

import _ "embed" // for the schema

// JSONSchema describes the audit document (JSON Schema 2020-12). A document of
// a later version of bee with the same [Schema] may have more keys.
//
//go:embed schema.json
var JSONSchema string

// JSON returns the report as the audit document, indented, with a newline at
// its end. It is valid UTF-8 whatever the devices said.
func (r *Report) JSON() ([]byte, error) { return encode(r) }

// JSON returns the difference as indented JSON.
func (d *Difference) JSON() ([]byte, error) { return encode(d) }
