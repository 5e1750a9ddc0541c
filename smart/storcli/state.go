// SPDX-License-Identifier: Apache-2.0

package storcli

import "strings"

// A State is what a drive is to its controller, in the words that the RAID
// packages share. It is "" where the tool's own word means none of them; that
// word is kept beside it.
type State string

// These are the states of drives.
const (
	Online       State = "online"       // a working member of a volume
	HotSpare     State = "hot_spare"    // stands in for a drive that fails
	Unconfigured State = "unconfigured" // in no volume, ready to be used
	Failed       State = "failed"       // out of work for good
	Missing      State = "missing"      // a member that is not there
	Rebuilding   State = "rebuilding"   // a member whose data is being restored
	Foreign      State = "foreign"      // configured by another controller
	JBOD         State = "jbod"         // handed to the system as it is
	Offline      State = "offline"      // there, and not in use
)

// A VolumeState is the condition of a volume, in the words that the RAID
// packages share. It is "" where the tool's own word means none of them.
type VolumeState string

// These are the states of volumes.
const (
	VolumeOptimal           VolumeState = "optimal"            // all members work
	VolumeDegraded          VolumeState = "degraded"           // works with less redundancy than it should have
	VolumePartiallyDegraded VolumeState = "partially_degraded" // lost some of several redundancies
	VolumeRebuilding        VolumeState = "rebuilding"         // redundancy is being restored
	VolumeResyncing         VolumeState = "resyncing"          // all members are there and are being made equal
	VolumeInitializing      VolumeState = "initializing"       // redundancy is being made for the first time
	VolumeChecking          VolumeState = "checking"           // being read and compared
	VolumeReshaping         VolumeState = "reshaping"          // changing its level, size or layout
	VolumeFailed            VolumeState = "failed"             // lost its data
	VolumeOffline           VolumeState = "offline"            // cannot be reached
	VolumeMissing           VolumeState = "missing"            // known, and not there
)

// A BatteryState is the condition of what keeps a controller's cache. It is ""
// where the tool's own word means none of them.
type BatteryState string

// These are the states of batteries.
const (
	BatteryOptimal  BatteryState = "optimal"
	BatteryCharging BatteryState = "charging"
	BatteryLearning BatteryState = "learning" // being discharged and charged to measure it
	BatteryDegraded BatteryState = "degraded"
	BatteryFailed   BatteryState = "failed"
	BatteryMissing  BatteryState = "missing"
)

// stateOf reads a drive's state. storcli2 prints two words, of which the second
// tells how a configured drive is. The words are those of the legend below the
// tool's lists, and of the states that sanitizing and shielding add.
func stateOf(state, status string) State {
	switch status {
	case "Failed", "Bad", "UBad":
		return Failed
	case "Offline", "Offln":
		return Offline
	case "Missing", "Msng":
		return Missing
	case "Rebuild", "Rebuilding", "Rbld", "CopyBack", "Cpybck", "Replacing":
		return Rebuilding
	}
	switch state {
	case "Onln", "CFShld", "Online":
		return Online
	case "Conf", "ConfShld": // storcli2
		if status == "" || status == "Online" || status == "Onln" {
			return Online
		}
	case "GHS", "DHS", "HSPShld", "GHSShld", "DHSShld":
		return HotSpare
	case "UGood", "UGUnsp", "UGShld", "Sntze", "UConf", "UConfShld", "UConfUnsp", "UConfSntz", "Ready": // Ready: IT mode
		return Unconfigured
	case "UBad", "UBUnsp", "Failed":
		return Failed
	case "Offln", "OfLn":
		return Offline
	case "Rbld", "Cpybck", "CBShld":
		return Rebuilding
	case "JBOD", "JBODShld":
		return JBOD
	case "Frgn":
		return Foreign
	case "Missing", "Msng":
		return Missing
	}
	return ""
}

// volumeStateOf reads a volume's state.
func volumeStateOf(word string) VolumeState {
	switch word {
	case "Optl":
		return VolumeOptimal
	case "Dgrd":
		return VolumeDegraded
	case "Pdgd":
		return VolumePartiallyDegraded
	case "OfLn", "Offln":
		return VolumeOffline
	case "Rec": // recovery
		return VolumeRebuilding
	}
	return ""
}

// batteryStateOf reads the state of a battery: the words of the lists and those
// of the overview, with or without a remark in brackets: "Dgd(Needs Attention)".
func batteryStateOf(text string) BatteryState {
	word, _, _ := strings.Cut(text, "(")
	switch word, _, _ = cutWord(word); word {
	case "Optimal", "Opt":
		return BatteryOptimal
	case "Charging", "Chrg", "Chg":
		return BatteryCharging
	case "Learning", "Learn", "Lrn":
		return BatteryLearning
	case "Degraded", "Dgd", "Dgrd", "NdAtn":
		return BatteryDegraded
	case "Failed", "Fail", "Fld":
		return BatteryFailed
	case "Missing", "Msng", "Absent":
		return BatteryMissing
	}
	return ""
}
