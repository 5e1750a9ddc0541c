// SPDX-License-Identifier: Apache-2.0

package storcli

// A BatteryState is how the battery or capacitor is that keeps a cache alive,
// in the words that the RAID packages share. It is "" where the tool's own
// word means none of them.
type BatteryState string

// These are the states of batteries and capacitors.
const (
	BatteryOK       BatteryState = "ok"
	BatteryCharging BatteryState = "charging"
	BatteryLearning BatteryState = "learning" // being discharged and charged to measure it
	BatteryDegraded BatteryState = "degraded" // works, and wants attention
	BatteryFailed   BatteryState = "failed"
	BatteryMissing  BatteryState = "missing"
)
