// SPDX-License-Identifier: Apache-2.0

package smart

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/mchus/bee/internal/jsondoc"
)

// read reads a column: what the device is, its size and partitions, what is on
// it, and what it can do.
func (dev *BlockDevice) read(d *jsondoc.Doc, key string) {
	switch key {
	case "name":
		dev.Name = readColumn(d)
	case "kname":
		dev.KernelName = readColumn(d)
	case "pkname":
		dev.ParentName = readColumn(d)
	case "path":
		dev.Path = readColumn(d)
	case "maj:min":
		dev.MajorMinor = readColumn(d)
	case "maj":
		dev.setMajorMinor(readColumn(d), "")
	case "min":
		dev.setMajorMinor("", readColumn(d))
	case "type":
		dev.Type = readColumn(d)
	case "subsystems":
		dev.Subsystems = readColumn(d)
	case "tran":
		dev.Transport = readColumn(d)
	case "hctl":
		dev.HCTL = readColumn(d)
	case "state":
		dev.State = readColumn(d)
	case "vendor":
		dev.Vendor = readColumn(d)
	case "model":
		dev.Model = readColumn(d)
	case "rev":
		dev.Revision = readColumn(d)
	case "serial":
		dev.Serial = readColumn(d)
	case "wwn":
		dev.WWN = readColumn(d)
	case "id":
		dev.ID = readColumn(d)
	case "id-link":
		dev.IDLink = readColumn(d)
	case "owner":
		dev.Owner = readColumn(d)
	case "group":
		dev.Group = readColumn(d)
	case "mode":
		dev.Mode = readColumn(d)
	case "rm":
		dev.Removable = d.BoolPtr()
	case "ro":
		dev.ReadOnly = d.BoolPtr()
	case "rota":
		dev.Rotational = d.BoolPtr()
	case "hotplug":
		dev.Hotplug = d.BoolPtr()

	case "size":
		dev.SizeBytes, dev.SizeText = readSizeText(d)
	case "log-sec":
		dev.LogicalBlockBytes = readBytes(d)
	case "phy-sec":
		dev.PhysicalBlockBytes = readBytes(d)
	case "start":
		dev.StartSector = d.UintPtr()
	case "pttype":
		dev.PartTableType = readColumn(d)
	case "ptuuid":
		dev.PartTableUUID = readColumn(d)
	case "partn":
		dev.PartNumber = d.UintPtr()
	case "parttype":
		dev.PartType = readColumn(d)
	case "parttypename":
		dev.PartTypeName = readColumn(d)
	case "partlabel":
		dev.PartLabel = readColumn(d)
	case "partuuid":
		dev.PartUUID = readColumn(d)
	case "partflags":
		dev.PartFlags = readColumn(d)

	case "fstype":
		dev.FSType = readColumn(d)
	case "fsver":
		dev.FSVersion = readColumn(d)
	case "label":
		dev.Label = readColumn(d)
	case "uuid":
		dev.UUID = readColumn(d)
	case "fssize":
		dev.FSSizeBytes = readBytes(d)
	case "fsused":
		dev.FSUsedBytes = readBytes(d)
	case "fsavail":
		dev.FSFreeBytes = readBytes(d)
	case "fsuse%":
		dev.FSUsedPercent = readPercent(d)
	case "fsroots":
		dev.FSRoots = addPaths(d, dev.FSRoots)
	case "mountpoints":
		dev.Mountpoints = addPaths(d, dev.Mountpoints)
	case "mountpoint":
		dev.Mountpoints = addPath(dev.Mountpoints, readColumn(d))

	case "alignment":
		dev.AlignmentBytes = d.IntPtr()
	case "min-io":
		dev.MinIOBytes = readBytes(d)
	case "opt-io":
		dev.OptimalIOBytes = readBytes(d)
	case "ra":
		dev.ReadAheadKiB = d.UintPtr()
	case "rq-size":
		dev.RequestQueueSize = d.UintPtr()
	case "disk-seq":
		dev.DiskSequence = d.UintPtr()
	case "sched":
		dev.Scheduler = readColumn(d)
	case "mq":
		dev.Queues = d.UintPtr()
	case "rand":
		dev.AddsRandom = d.BoolPtr()
	case "dax":
		dev.DirectAccess = d.BoolPtr()
	case "disc-aln":
		dev.DiscardAlignmentBytes = readBytes(d)
	case "disc-gran":
		dev.DiscardGranularityBytes = readBytes(d)
	case "disc-max":
		dev.DiscardMaxBytes = readBytes(d)
	case "disc-zero":
		dev.DiscardZeroes = d.BoolPtr()
	case "wsame":
		dev.WriteSameMaxBytes = readBytes(d)
	case "zoned":
		dev.Zoned = readColumn(d)
	case "zone-sz":
		dev.ZoneSizeBytes = readBytes(d)
	case "zone-wgran":
		dev.ZoneGranularityBytes = readBytes(d)
	case "zone-app":
		dev.ZoneAppendMaxBytes = readBytes(d)
	case "zone-nr":
		dev.Zones = d.UintPtr()
	case "zone-omax":
		dev.OpenZonesMax = d.UintPtr()
	case "zone-amax":
		dev.ActiveZonesMax = d.UintPtr()

	default:
		if strings.IndexByte(key, '_') >= 0 {
			dev.read(d, shellColumn(key))
		}
	}
}

// shellColumn returns the column that the option -y gives another name.
func shellColumn(key string) string {
	switch key {
	case "maj_min":
		return "maj:min"
	case "fsuse_pct":
		return "fsuse%"
	}
	return strings.ReplaceAll(key, "_", "-")
}

// setMajorMinor sets one of the two numbers. The column with both of them wins.
func (dev *BlockDevice) setMajorMinor(major, minor string) {
	oldMajor, oldMinor, _ := strings.Cut(dev.MajorMinor, ":")
	if major == "" {
		major = oldMajor
	}
	if minor == "" {
		minor = oldMinor
	}
	dev.MajorMinor = major + ":" + minor
}

// readColumn reads a text. Drives pad theirs with blanks, and lsblk before
// 2.38 writes a blank from udev as \x20.
func readColumn(d *jsondoc.Doc) string {
	text, _ := d.Scalar()
	if d.Escaped() && strings.Contains(text, `\x`) {
		text = unescape(text)
	}
	return strings.TrimSpace(text)
}

// unescape replaces each \xHH by the byte that it stands for.
func unescape(text string) string {
	var b []byte
	for i := 0; i < len(text); i++ {
		if strings.HasPrefix(text[i:], `\x`) && i+4 <= len(text) {
			if c, err := strconv.ParseUint(text[i+2:i+4], 16, 8); err == nil {
				b = append(b, byte(c))
				i += 3
				continue
			}
		}
		b = append(b, text[i])
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}

// addPaths reads an array of paths, in which null stands for none.
func addPaths(d *jsondoc.Doc, list []string) []string {
	if d.Kind() == jsondoc.String {
		return addPath(list, readColumn(d))
	}
	for range d.Array() {
		list = addPath(list, readColumn(d))
	}
	return list
}

func addPath(list []string, path string) []string {
	if path == "" || slices.Contains(list, path) {
		return list
	}
	return append(list, path)
}

// readPercent reads a text like "4%".
func readPercent(d *jsondoc.Doc) *int64 {
	text, kind := d.Scalar()
	if kind == jsondoc.Null || text == "" {
		return nil
	}
	v, err := strconv.ParseInt(strings.TrimSuffix(text, "%"), 10, 64)
	if err != nil {
		d.Reject(ErrUnit)
		return nil
	}
	return d.KeepInt(v)
}

func readBytes(d *jsondoc.Doc) *uint64 {
	bytes, _ := readSizeText(d)
	return bytes
}

// readSizeText reads a size: a number of bytes, as number or text, or a text
// in powers of 1024, which it returns, too.
func readSizeText(d *jsondoc.Doc) (bytes *uint64, text string) {
	if n, ok := d.Whole(); ok {
		return d.KeepUint(n), ""
	}
	text, kind := d.Scalar()
	text = strings.TrimSpace(text)
	if kind == jsondoc.Null || text == "" {
		return nil, ""
	}
	if v, err := strconv.ParseUint(text, 10, 64); err == nil {
		return d.KeepUint(v), ""
	}
	v, err := parseSize(text)
	if err != nil {
		d.Reject(err)
		return nil, ""
	}
	return d.KeepUint(v), text
}

// parseSize parses a size as lsblk prints it without its option -b: "931.5G",
// "512B", or with the comma of another locale (util-linux, lib/strutils.c,
// size_to_human_string).
func parseSize(text string) (uint64, error) {
	n := len(text) - 1
	exponent := strings.IndexByte("BKMGTPE", text[n])
	number, err := strconv.ParseFloat(strings.Replace(text[:n], ",", ".", 1), 64)
	if exponent < 0 || err != nil || text[0] < '0' || text[0] > '9' {
		return 0, ErrUnit
	}
	bytes := math.Round(number * math.Exp2(10*float64(exponent)))
	if bytes >= 1<<64 {
		return 0, ErrRange
	}
	return uint64(bytes), nil
}
