// SPDX-License-Identifier: Apache-2.0

package ipmi

// An Entity names a physical thing: ID says what kind it is, Instance which of
// them (IPMI 2.0, section 39 and table 43-13). 10 is a power supply.
type Entity struct {
	ID       int `json:"id"`
	Instance int `json:"instance"`
}

// EntityPowerSupply is the [Entity] ID of a power supply.
const EntityPowerSupply = 10

// A SensorStatus is what the controller makes of a reading.
type SensorStatus string

// These are the statuses of a sensor. A discrete sensor is at most SensorOK:
// what it says is in its states.
const (
	SensorOK                  SensorStatus = "ok"
	SensorNonCritical         SensorStatus = "non-critical"          // past a threshold; which side was not printed
	SensorCritical            SensorStatus = "critical"              //
	SensorNonRecoverable      SensorStatus = "non-recoverable"       //
	SensorLowerNonCritical    SensorStatus = "lower non-critical"    //
	SensorLowerCritical       SensorStatus = "lower critical"        //
	SensorLowerNonRecoverable SensorStatus = "lower non-recoverable" //
	SensorUpperNonCritical    SensorStatus = "upper non-critical"    //
	SensorUpperCritical       SensorStatus = "upper critical"        //
	SensorUpperNonRecoverable SensorStatus = "upper non-recoverable" //
	SensorNoReading           SensorStatus = "no reading"
)

// A Sensor is the typed view of a sensor's record.
type Sensor struct {
	Name     string       `json:"name"`
	Number   *int         `json:"number,omitzero"`   // nil where the layout does not print it
	Entity   *Entity      `json:"entity,omitzero"`   // nil where the layout does not print it
	Type     string       `json:"type,omitzero"`     // "Power Supply"; verbose layout only
	Discrete bool         `json:"discrete,omitzero"` // it has states, not a reading
	Status   SensorStatus `json:"status,omitzero"`
	Reading  *float64     `json:"reading,omitzero"` // in Unit; nil where there was none
	Unit     string       `json:"unit,omitzero"`    // "degrees C", "RPM", "Volts", "Watts"
	States   []string     `json:"states,omitzero"`  // states asserted: "Presence detected"
	Raw      string       `json:"raw,omitzero"`     // a discrete sensor's state bits where only those were printed: "0x0180"

	LowerNonRecoverable *float64 `json:"lower_non_recoverable,omitzero"` // thresholds, in Unit
	LowerCritical       *float64 `json:"lower_critical,omitzero"`
	LowerNonCritical    *float64 `json:"lower_non_critical,omitzero"`
	UpperNonCritical    *float64 `json:"upper_non_critical,omitzero"`
	UpperCritical       *float64 `json:"upper_critical,omitzero"`
	UpperNonRecoverable *float64 `json:"upper_non_recoverable,omitzero"`

	Unknown []Field    `json:"unknown,omitzero"` // what this view does not understand
	Record  *SDRRecord `json:"-"`                // where all of this was read
}

// Bad reports whether the sensor tells of trouble: a reading past a threshold,
// or a state such as "Failure detected". A sensor without a reading is not bad.
func (s *Sensor) Bad() bool { return false }

// A LocatorKind says what a [Locator] locates.
type LocatorKind string

// These are the kinds of locator.
const (
	LocatorFRU        LocatorKind = "fru"        // a FRU device
	LocatorController LocatorKind = "controller" // a management controller
	LocatorGeneric    LocatorKind = "generic"    // any other device
)

// A Locator says where a device is (IPMI 2.0, sections 43.7 to 43.9). A FRU
// locator ties a FRU device ID to an entity, and so to the entity's sensors.
type Locator struct {
	Kind    LocatorKind `json:"kind"`
	Name    string      `json:"name"`
	Entity  *Entity     `json:"entity,omitzero"`
	FRUID   *int        `json:"fru_id,omitzero"`  // of a logical FRU device
	Address *int        `json:"address,omitzero"` // slave address of a controller or a physical FRU device
	Unknown []Field     `json:"unknown,omitzero"` // what this view does not understand
	Record  *SDRRecord  `json:"-"`                // where all of this was read
}
