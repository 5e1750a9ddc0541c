// SPDX-License-Identifier: Apache-2.0

package nvidia

// migDevices reads mig_devices.
func (d *decoder) migDevices(g *GPU, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		if c.Name != "mig_device" {
			d.unknown(c)
			continue
		}
		g.MIGDevices = append(g.MIGDevices, MIGDevice{})
		d.migDevice(&g.MIGDevices[len(g.MIGDevices)-1], c)
	}
}

// migDevice reads mig_device and the groups inside it that hold one thing each.
func (d *decoder) migDevice(v *MIGDevice, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "index":
			v.Index = d.num(c, count)
		case "gpu_instance_id":
			v.GPUInstance = d.num(c, count)
		case "compute_instance_id":
			v.ComputeInstance = d.num(c, count)
		case "uuid":
			v.UUID = d.uuid(c)
		case "name", "profile":
			v.Profile = d.text(c)
		case "device_attributes", "shared", "ecc_error_count", "volatile_count":
			d.migDevice(v, c)
		case "multiprocessor_count":
			v.Multiprocessors = d.num(c, count)
		case "copy_engine_count":
			v.CopyEngines = d.num(c, count)
		case "encoder_count":
			v.Encoders = d.num(c, count)
		case "decoder_count":
			v.Decoders = d.num(c, count)
		case "ofa_count":
			v.OFAs = d.num(c, count)
		case "jpg_count":
			v.JPEGs = d.num(c, count)
		case "sram_uncorrectable":
			v.SRAMUncorrectable = d.num(c, count)
		case "fb_memory_usage":
			d.memory(&v.Memory, c)
		case "bar1_memory_usage":
			d.memory(&v.BAR1, c)
		default:
			d.unknown(c)
		}
	}
}

// processes reads processes.
func (d *decoder) processes(g *GPU, n *Node) {
	defer d.about(d.about(nil)) // what a process is called is not a fault of the GPU
	for c := d.inside(n); c != nil; c = c.next {
		if c.Name != "process_info" {
			d.unknown(c)
			continue
		}
		var p Process
		d.process(&p, c)
		g.Processes = append(g.Processes, p)
	}
}

// process reads process_info.
func (d *decoder) process(v *Process, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "pid":
			v.PID = d.must(c, count)
		case "type":
			v.Type = d.text(c)
		case "process_name":
			v.Name = d.text(c)
		case "used_memory":
			v.UsedBytes = d.num(c, mebibytes)
		case "gpu_instance_id":
			v.GPUInstance = d.num(c, count)
		case "compute_instance_id":
			v.ComputeInstance = d.num(c, count)
		default:
			d.unknown(c)
		}
	}
}

// about makes g the GPU whose faults are noted, and returns the one before.
func (d *decoder) about(g *GPU) *GPU {
	before := d.gpu
	d.gpu = g
	return before
}

// accounted reads accounted_processes.
func (d *decoder) accounted(g *GPU, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		if c.Name != "accounted_process_info" {
			d.unknown(c)
			continue
		}
		var p AccountedProcess
		d.accountedProcess(&p, c)
		g.AccountedProcesses = append(g.AccountedProcesses, p)
	}
}

// accountedProcess reads accounted_process_info.
func (d *decoder) accountedProcess(v *AccountedProcess, n *Node) {
	for c := d.inside(n); c != nil; c = c.next {
		switch c.Name {
		case "pid":
			v.PID = d.must(c, count)
		case "gpu_util":
			v.GPUPercent = d.num(c, percent)
		case "memory_util":
			v.MemoryPercent = d.num(c, percent)
		case "max_memory_usage":
			v.MaxMemoryBytes = d.num(c, mebibytes)
		case "time":
			v.TimeMilliseconds = d.num(c, millis)
		case "is_running":
			v.Running = d.flag(c)
		default:
			d.unknown(c)
		}
	}
}
