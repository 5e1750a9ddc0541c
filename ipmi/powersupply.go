// SPDX-License-Identifier: Apache-2.0

package ipmi

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// A PowerSupply joins what the FRU inventory and the sensors say of one power
// supply.
type PowerSupply struct {
	Name   string  `json:"name"`            // of its FRU device, "PS1 FRU"; made from its number where only sensors know it
	FRUID  *int    `json:"fru_id,omitzero"` // nil where only sensors know it
	Entity *Entity `json:"entity,omitzero"` // nil where no locator or sensor gave it

	Manufacturer  string `json:"manufacturer,omitzero"`
	Model         string `json:"model,omitzero"`
	PartNumber    string `json:"part_number,omitzero"`
	Serial        string `json:"serial,omitzero"`
	Revision      string `json:"revision,omitzero"`
	CapacityWatts int    `json:"capacity_watts,omitzero"` // from the FRU's multi-record area

	Present          *bool    `json:"present,omitzero"`           // nil where nobody said
	Failed           *bool    `json:"failed,omitzero"`            // a failure is detected
	PredictedFailure *bool    `json:"predicted_failure,omitzero"` //
	InputLost        *bool    `json:"input_lost,omitzero"`        // no mains, or out of range
	ConfigError      *bool    `json:"config_error,omitzero"`      // a mismatch between supplies
	InputWatts       *float64 `json:"input_watts,omitzero"`
	OutputWatts      *float64 `json:"output_watts,omitzero"`
	Watts            *float64 `json:"power_watts,omitzero"` // of a sensor whose name says neither input nor output
	InputVolts       *float64 `json:"input_volts,omitzero"`

	Device  *FRUDevice `json:"-"` // nil where only sensors know it
	Sensors []*Sensor  `json:"-"` // its sensors
}

// PowerSupplies joins the FRU inventory with the sensors, ordered by number.
// Either may be nil.
//
// A sensor belongs to the supply that shares its [Entity]; a FRU device gets
// its entity from the locator that "sdr elist all" prints. Where either entity
// is not known, the number in the names tells: "PS1 Input Power" belongs to
// "PS1 FRU", and so does entity 10.1. So it does where a BMC has put the sensors of
// several numbers into one entity.
func PowerSupplies(fru *FRU, sdr *SDR) []PowerSupply {
	j := psuJoin{located: make(map[int]*Entity), byEntity: make(map[Entity]*psu), byNumber: make(map[int]*psu)}
	if sdr != nil {
		j.locate(sdr.Locators())
	}
	if fru != nil {
		devices := fru.Devices()
		for i := range devices {
			j.addDevice(&devices[i])
		}
	}
	if sdr != nil {
		sensors := sdr.Sensors()
		j.findShared(sensors)
		for _, named := range []bool{true, false} { // an entity's number may be no bay's: the names come first
			for i := range sensors {
				if s := &sensors[i]; (psuNumber(s.Name) != noNumber) == named {
					j.addSensor(s)
				}
			}
		}
	}
	slices.SortStableFunc(j.supplies, func(p, q *psu) int { return cmp.Compare(p.order(), q.order()) })
	supplies := make([]PowerSupply, len(j.supplies))
	for _, p := range j.supplies {
		p.readDevice()
		for _, s := range p.Sensors {
			p.readSensor(s)
		}
		p.readSignals()
	}
	compareStatus(j.supplies)
	for i, p := range j.supplies {
		supplies[i] = p.PowerSupply
	}
	compareInputs(supplies)
	return supplies
}

// A psu is a power supply while it is put together.
type psu struct {
	PowerSupply
	number   int  // in its name or entity; noNumber where there is none
	asserted bool // a status of its own says that it is there
	silent   bool // a status of its own was read and asserts nothing
}

// Slot returns the supply's name where that ends in a bay's number, "PS1" of "PS1
// FRU"; "" where the name is the unit's own, such as its model.
func (p *PowerSupply) Slot() string {
	if psuNumber(p.Name) == noNumber {
		return ""
	}
	name := strings.TrimSpace(p.Name)
	for _, word := range []string{"FRU", "fru", "Fru"} {
		name = strings.TrimRight(strings.TrimSuffix(name, word), " _-")
	}
	if end := name[len(name)-1]; end < '0' || end > '9' {
		return ""
	}
	return name
}

// noNumber sorts after every number.
const noNumber = 1 << 16

// order is what supplies are sorted by.
func (p *psu) order() int {
	if p.number == noNumber && p.Entity != nil {
		return p.Entity.Instance
	}
	return p.number
}

// A psuJoin collects power supplies.
type psuJoin struct {
	located  map[int]*Entity // which supply a FRU device is, by the device's ID
	supplies []*psu
	byEntity map[Entity]*psu
	byNumber map[int]*psu
	seen     map[[6]string]bool // FRU devices by all that says which they are
	shared   map[Entity]bool    // those that have sensors of several numbers
	fromZero bool               // names count from 0, entities from 1
}

// locate takes in the locators of FRU devices that are power supplies.
func (j *psuJoin) locate(locators []Locator) {
	for _, l := range locators {
		if l.FRUID != nil && l.Entity.powerSupply() && j.located[*l.FRUID] == nil {
			j.located[*l.FRUID] = l.Entity
		}
	}
}

// findShared finds the entities that tell nothing.
func (j *psuJoin) findShared(sensors []Sensor) {
	j.shared = make(map[Entity]bool)
	numbers := make(map[Entity]int)
	for i := range sensors {
		s := &sensors[i]
		number := psuNumber(s.Name)
		if number == noNumber || !s.Entity.powerSupply() || s.OfSet() {
			continue
		}
		if first, ok := numbers[*s.Entity]; ok && first != number {
			j.shared[*s.Entity] = true
		}
		numbers[*s.Entity] = number
	}
}

// addDevice takes in a FRU device, if it is a power supply's: by its entity, by
// its name or by its multi-record area.
func (j *psuJoin) addDevice(d *FRUDevice) {
	p := &psu{number: psuNumber(d.Name)}
	p.Name, p.FRUID, p.Device = d.Name, d.ID, d
	if d.ID != nil {
		p.Entity = j.located[*d.ID]
	}
	if p.Entity == nil && p.number == noNumber && d.powerSupply() == nil {
		return
	}
	if d.ID != nil {
		maker, model, part, serial := d.Identity()
		who := [...]string{strconv.FormatInt(int64(*d.ID), 10), d.Name, maker, model, part, serial}
		if j.seen[who] { // some repositories hold each record twice
			return
		}
		if j.seen == nil {
			j.seen = make(map[[6]string]bool)
		}
		j.seen[who] = true
	}
	j.fromZero = j.fromZero || p.number == 0
	j.add(p)
}

// add adds a supply. Where two share an entity or a number, the first has the
// sensors.
func (j *psuJoin) add(p *psu) {
	j.supplies = append(j.supplies, p)
	if p.Entity != nil && j.byEntity[*p.Entity] == nil {
		j.byEntity[*p.Entity] = p
	}
	if p.number != noNumber && j.byNumber[p.number] == nil {
		j.byNumber[p.number] = p
	}
}

func (e *Entity) powerSupply() bool { return e != nil && e.ID == EntityPowerSupply }

// powerSupply returns the device's power supply record, nil where it has none.
func (d *FRUDevice) powerSupply() *PowerSupplyRecord {
	for i := range d.MultiRecords {
		if r := d.MultiRecords[i].PowerSupply; r != nil {
			return r
		}
	}
	return nil
}

// addSensor gives a sensor to its supply. A supply that only sensors know is
// added, unless the sensor's entity is something else.
func (j *psuJoin) addSensor(s *Sensor) {
	if s.OfSet() {
		return
	}
	own := s.Entity.powerSupply()
	number := psuNumber(s.Name)
	if own && number == noNumber {
		number = s.Entity.Instance
		if j.fromZero {
			number--
		}
	}
	if number == noNumber {
		return
	}
	p := j.find(s.Entity, number)
	if p == nil {
		if s.Entity != nil && !own && !s.namesSupply() {
			return
		}
		p = &psu{number: number}
		p.Name = "PS" + strconv.Itoa(number)
		if own {
			p.Entity = s.Entity
		}
		j.add(p)
	}
	if own && p.Entity == nil {
		p.Entity = s.Entity
		j.byEntity[*p.Entity] = p
	}
	p.Sensors = append(p.Sensors, s)
}

// namesSupply reports whether a sensor of another entity is a supply's all the
// same: of the power unit, which some makers call their supplies, or the status of
// a supply by its states.
func (s *Sensor) namesSupply() bool {
	const powerUnit = 19
	_, status := psuStates(s)
	return status && (s.Entity.ID == powerUnit || slices.ContainsFunc(s.States, func(state string) bool { return StateSetOf(state) == StatesPowerSupply }))
}

// OfSupply reports whether the sensor is a single power supply's: by its entity, or
// by its name and states. Those of a set are not, see [Sensor.OfSet].
func (s *Sensor) OfSupply() bool {
	switch {
	case s.OfSet():
		return false
	case s.Entity.powerSupply():
		return true
	case psuNumber(s.Name) == noNumber:
		return false
	case s.Entity == nil:
		_, status := psuStates(s)
		return status
	}
	return s.namesSupply()
}

// find returns the supply of an entity, which may be nil, or else the one of a
// number, unless that is another entity; nil where there is neither.
func (j *psuJoin) find(e *Entity, number int) *psu {
	if !e.powerSupply() || j.shared[*e] {
		return j.byNumber[number]
	}
	if p := j.byEntity[*e]; p != nil {
		return p
	}
	if p := j.byNumber[number]; p != nil && p.Entity == nil {
		return p
	}
	return nil
}

// psuNumber returns the number of a power supply in the name of a device or
// sensor, "PS1 Status", "PSU2_FRU", "Pwr Supply 1 FRU"; noNumber where there is
// none, as in "PS Redundancy" and "PS 12V".
func psuNumber(name string) int {
	name = strings.ToLower(name)
	for _, word := range []string{"ps", "psu", "pws", "pwr supply", "power supply", "powersupply", "pwrsupply"} {
		rest, before := name, byte(' ')
		for {
			i := strings.Index(rest, word)
			if i < 0 {
				break
			}
			if i > 0 {
				before = rest[i-1]
			}
			rest = rest[i+len(word):]
			if n, ok := leadingNumber(strings.TrimLeft(rest, " _-#")); ok && !letter(before) {
				return n
			}
			before = word[len(word)-1]
		}
	}
	return noNumber
}

// leadingNumber parses the number that s begins with, if no letter follows it.
func leadingNumber(s string) (int, bool) {
	end := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	rest := s[end:]
	if rest != "" && letter(rest[0]) || isRail(rest) {
		return 0, false
	}
	return number(s[:end], "", 255)
}

// isRail reports whether what follows a number makes it volts: "PS 3.3V", "PS 12
// V".
func isRail(rest string) bool {
	if len(rest) > 1 && rest[0] == '.' && (rest[1] >= '0' && rest[1] <= '9' || rest[1] == 'x') {
		return true // "12.XV"
	}
	word, _, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
	return rest != "" && rest[0] == ' ' && (word == "v" || word == "volt" || word == "volts")
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' }

// readDevice takes in what the FRU device says. One that answers with data is
// there.
func (p *psu) readDevice() {
	d := p.Device
	if d == nil {
		return
	}
	p.Manufacturer, p.Model, p.PartNumber, p.Serial = d.Identity()
	if d.Product != nil {
		p.Revision = d.Product.Version
	}
	if r := d.powerSupply(); r != nil {
		p.CapacityWatts = r.CapacityWatts
	}
	present := d.State == FRUPresent
	if present || d.State == FRUAbsent {
		p.Present = &present
	}
}

// readSensor takes in what a sensor says.
func (p *psu) readSensor(s *Sensor) {
	if s.Status == SensorNoReading {
		return
	}
	if s.Reading != nil {
		p.readReading(s)
	}
	if states, ok := psuStates(s); ok {
		p.readStates(states, ofInput(s.Name))
	}
	if there := presenceSignal(s); there != nil {
		or(&p.Present, *there)
	}
}

// readReading takes in a reading. Volts are of the input if the name says so,
// or if there are more of them than any output has.
func (p *psu) readReading(s *Sensor) {
	in, out := direction(s.Name)
	switch {
	case s.Unit == "Watts" && in:
		p.InputWatts = s.Reading
	case s.Unit == "Watts" && out:
		p.OutputWatts = s.Reading
	case s.Unit == "Watts":
		p.Watts = s.Reading
	case s.Unit == "Volts" && !out && (in || *s.Reading >= 80):
		p.InputVolts = s.Reading
	}
}

// direction reports whether a sensor's name tells of an input or an output:
// "PS1 Input Power", "PSU1_PIN", "PS1 VOUT".
func direction(name string) (in, out bool) {
	for word := range strings.FieldsFuncSeq(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '.' }) {
		switch word {
		case "in", "input", "pin", "vin", "iin", "ac":
			in = true
		case "out", "output", "pout", "vout", "iout":
			out = true
		}
	}
	return in, out
}

// powerSupplyStates are the states of sensor type 08h, power supply, by bit
// (IPMI 2.0, table 42-3), as ipmitool names them.
var powerSupplyStates = [...]string{
	"Presence detected", "Failure detected", "Predictive failure", "Power Supply AC lost",
	"AC lost or out-of-range", "AC out-of-range, but present", "Config Error", "Power Supply Inactive",
}

// psuStates returns the states that a sensor asserts, false for a sensor that
// is not a power supply's status: one named so, or in one of its states. "sensor"
// prints the bits, the lower byte first ("0x0180"), and the name decides. Two
// digits tell nothing: up to 1.8.18 they are not the states.
func psuStates(s *Sensor) (list []string, ok bool) {
	named := s.Discrete && strings.Contains(strings.ToLower(s.Name), "status")
	digits, bits := strings.CutPrefix(s.Raw, "0x")
	if !bits {
		known := func(state string) bool {
			switch StateSetOf(state) {
			case StatesPowerSupply, StatesPresence, StatesSeverity, StatesPredictive:
				return true
			}
			return false
		}
		return s.States, named || slices.ContainsFunc(s.States, known)
	}
	if len(digits) != 4 || !named {
		return nil, false
	}
	states, err := parseHex(digits[:2])
	for bit, state := range powerSupplyStates {
		if states>>bit&1 == 1 {
			list = append(list, state)
		}
	}
	return list, err == nil
}

// presenceSignal returns what a sensor of two states says whose name tells that it
// is about the supply being there, "PSU1_PRSNT"; nil for any other.
func presenceSignal(s *Sensor) *bool {
	name := strings.ToLower(s.Name)
	if !strings.Contains(name, "pres") && !strings.Contains(name, "prsnt") {
		return nil
	}
	there := slices.Contains(s.States, "State Asserted")
	if !there && !slices.Contains(s.States, "State Deasserted") {
		return nil
	}
	return &there
}

// ofInput reports whether a sensor is about what comes into a supply: "PSU1_AC_OK",
// "PS0/VINOK", "PSU 2 IN Failure".
func ofInput(name string) bool {
	in, out := direction(name)
	name = strings.ToLower(name)
	return in && !out || strings.Contains(name, "ac") || strings.Contains(name, "vin") || strings.Contains(name, "input")
}

// readStates takes in the states of a status sensor, which may be of the input
// alone. What any of them says, if there are several, holds.
func (p *psu) readStates(states []string, input bool) {
	p.silent = p.silent || len(states) == 0
	var present, failed, predicted, lost, config, other bool
	for _, state := range states {
		switch state {
		case "Presence detected", "Device Present":
			present = true
		case "Failure detected":
			failed = true
		case "Predictive failure", "Predictive Failure Asserted":
			predicted = true
		case "AC out-of-range, but present":
			present, lost = true, true
		case "Power Supply AC lost", "AC lost or out-of-range":
			lost = true
		default:
			config = config || strings.HasPrefix(state, "Config Error")
			severity := severityOf(state)
			bad := severity == SeverityCritical || severity == SeverityNonRecoverable
			failed, lost = failed || bad && !input, lost || bad && input
			predicted = predicted || severity == SeverityNonCritical
		}
		switch StateSetOf(state) {
		case StatesSeverity, StatesPredictive, StatesPowerSupply: // they say nothing of absence
			other = true
		}
	}
	p.asserted = p.asserted || present
	if present || !other {
		or(&p.Present, present)
	}
	or(&p.Failed, failed)
	or(&p.PredictedFailure, predicted)
	or(&p.InputLost, lost)
	or(&p.ConfigError, config)
}

// readSignals takes in what sensors of two states say, whose names tell what they
// mean: "PSU1_AC_OK" is well when asserted, "PS1 Fault" when it is not. A supply
// that is not there has no signals.
func (p *psu) readSignals() {
	if p.Present != nil && !*p.Present {
		return
	}
	noInput, noOutput, trouble := false, false, false
	for _, s := range p.Sensors {
		name := strings.ToLower(s.Name)
		input := ofInput(name)
		asserted := slices.Contains(s.States, "State Asserted")
		deasserted := slices.Contains(s.States, "State Deasserted")
		isGood := strings.HasSuffix(name, "ok") || strings.HasSuffix(name, "good")
		switch {
		case asserted && namesTrouble(name) && input, deasserted && isGood && input:
			noInput = true
		case asserted && namesTrouble(name) && !strings.Contains(name, "alert"): // that may be a warning
			trouble = true
		case deasserted && isGood:
			noOutput = true
		}
	}
	if noInput {
		or(&p.InputLost, true)
	}
	if trouble || noOutput && !noInput { // without an input nothing comes out
		or(&p.Failed, true)
	}
}

// compareStatus takes back that a supply has not failed, where its status asserts not
// even that it is there, as a sister's does: its FRU alone is of one that may be dead.
func compareStatus(supplies []*psu) {
	if !slices.ContainsFunc(supplies, func(p *psu) bool { return p.asserted }) {
		return
	}
	for _, p := range supplies {
		if p.silent && !p.asserted && p.Failed != nil && !*p.Failed {
			p.Failed = nil
		}
	}
}

// compareInputs finds the supply that measures no volts at its input while a
// sister does.
func compareInputs(supplies []PowerSupply) {
	powered := func(p PowerSupply) bool { return p.InputVolts != nil && *p.InputVolts != 0 }
	if !slices.ContainsFunc(supplies, powered) {
		return
	}
	for i := range supplies {
		p := &supplies[i]
		if p.InputVolts != nil && *p.InputVolts == 0 && p.Present != nil && *p.Present {
			or(&p.InputLost, true)
		}
	}
}

// or sets *p, which is nil at first, to what it was or is now.
func or(p **bool, now bool) {
	if *p != nil {
		now = now || **p
	}
	*p = &now
}
