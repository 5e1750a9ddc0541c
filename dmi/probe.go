// SPDX-License-Identifier: Apache-2.0

package dmi

// ProbeInfo is what the sensors have in common.
type ProbeInfo struct {
	Description         string  `json:"description,omitzero"`
	Location            string  `json:"location,omitzero"`              // "Processor"
	Status              string  `json:"status,omitzero"`                // "OK", "Critical"
	AccuracyBasisPoints *int    `json:"accuracy_basis_points,omitzero"` // hundredths of a percent
	OEMInformation      *uint32 `json:"oem_information,omitzero"`
}

func (p *ProbeInfo) setInfo(r *reader, f *Field) bool {
	switch f.Key {
	case "Description":
		p.Description = r.text(f)
	case "Location":
		p.Location = r.word(f)
	case "Status":
		p.Status = r.word(f)
	case "Accuracy":
		p.AccuracyBasisPoints = r.fixed(f, "%", 2)
	case "OEM-specific Information":
		p.OEMInformation = r.word32(f)
	default:
		return false
	}
	return true
}

// A VoltageProbe is a sensor of voltage (type 26, DSP0134 3.7 section 7.27). It
// tells what the sensor can measure, not what it reads.
type VoltageProbe struct {
	View
	ProbeInfo
	MaximumMillivolts    *int `json:"maximum_millivolts,omitzero"`
	MinimumMillivolts    *int `json:"minimum_millivolts,omitzero"`
	ResolutionMicrovolts *int `json:"resolution_microvolts,omitzero"`
	ToleranceMillivolts  *int `json:"tolerance_millivolts,omitzero"`
	NominalMillivolts    *int `json:"nominal_millivolts,omitzero"`
}

// VoltageProbes returns the sensors of voltage.
func (t *Table) VoltageProbes() ([]VoltageProbe, error) {
	return all[VoltageProbe](t, TypeVoltageProbe)
}

func (p *VoltageProbe) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Maximum Value":
		p.MaximumMillivolts = r.fixed(f, "V", 3)
	case "Minimum Value":
		p.MinimumMillivolts = r.fixed(f, "V", 3)
	case "Resolution":
		p.ResolutionMicrovolts = r.fixed(f, "mV", 3)
	case "Tolerance":
		p.ToleranceMillivolts = r.fixed(f, "V", 3)
	case "Nominal Value":
		p.NominalMillivolts = r.fixed(f, "V", 3)
	default:
		return p.setInfo(r, f)
	}
	return true
}

// A TemperatureProbe is a sensor of temperature (type 28, DSP0134 3.7 section 7.29). It
// tells what the sensor can measure, not what it reads.
type TemperatureProbe struct {
	View
	ProbeInfo
	MaximumMillicelsius    *int `json:"maximum_millicelsius,omitzero"`
	MinimumMillicelsius    *int `json:"minimum_millicelsius,omitzero"`
	ResolutionMillicelsius *int `json:"resolution_millicelsius,omitzero"`
	ToleranceMillicelsius  *int `json:"tolerance_millicelsius,omitzero"`
	NominalMillicelsius    *int `json:"nominal_millicelsius,omitzero"`
}

// TemperatureProbes returns the sensors of temperature.
func (t *Table) TemperatureProbes() ([]TemperatureProbe, error) {
	return all[TemperatureProbe](t, TypeTemperatureProbe)
}

func (p *TemperatureProbe) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Maximum Value":
		p.MaximumMillicelsius = r.fixed(f, "deg C", 3)
	case "Minimum Value":
		p.MinimumMillicelsius = r.fixed(f, "deg C", 3)
	case "Resolution":
		p.ResolutionMillicelsius = r.fixed(f, "deg C", 3)
	case "Tolerance":
		p.ToleranceMillicelsius = r.fixed(f, "deg C", 3)
	case "Nominal Value":
		p.NominalMillicelsius = r.fixed(f, "deg C", 3)
	default:
		return p.setInfo(r, f)
	}
	return true
}

// A CurrentProbe is a sensor of current (type 29, DSP0134 3.7 section 7.30). It
// tells what the sensor can measure, not what it reads.
type CurrentProbe struct {
	View
	ProbeInfo
	MaximumMilliamperes    *int `json:"maximum_milliamperes,omitzero"`
	MinimumMilliamperes    *int `json:"minimum_milliamperes,omitzero"`
	ResolutionMicroamperes *int `json:"resolution_microamperes,omitzero"`
	ToleranceMilliamperes  *int `json:"tolerance_milliamperes,omitzero"`
	NominalMilliamperes    *int `json:"nominal_milliamperes,omitzero"`
}

// CurrentProbes returns the sensors of current.
func (t *Table) CurrentProbes() ([]CurrentProbe, error) {
	return all[CurrentProbe](t, TypeCurrentProbe)
}

func (p *CurrentProbe) set(r *reader, f *Field) bool {
	switch f.Key {
	case "Maximum Value":
		p.MaximumMilliamperes = r.fixed(f, "A", 3)
	case "Minimum Value":
		p.MinimumMilliamperes = r.fixed(f, "A", 3)
	case "Resolution":
		p.ResolutionMicroamperes = r.fixed(f, "mA", 3)
	case "Tolerance":
		p.ToleranceMilliamperes = r.fixed(f, "A", 3)
	case "Nominal Value":
		p.NominalMilliamperes = r.fixed(f, "A", 3)
	default:
		return p.setInfo(r, f)
	}
	return true
}
