// SPDX-License-Identifier: Apache-2.0

package dmsetup

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
