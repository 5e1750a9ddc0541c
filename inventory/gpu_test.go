// SPDX-License-Identifier: Apache-2.0

package inventory_test

import (
	"slices"
	"testing"

	"github.com/mchus/bee/inventory"
	"github.com/mchus/bee/inventory/collect"
	"github.com/mchus/bee/inventory/report"
)

const smiXML = `Unable to determine the device handle for GPU0000:86:00.0: Unknown Error
<?xml version="1.0" ?>
<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">
<nvidia_smi_log>
	<driver_version>570.124.06</driver_version>
	<cuda_version>12.8</cuda_version>
	<attached_gpus>2</attached_gpus>
	<gpu id="00000000:3B:00.0">
		<product_name>NVIDIA H100 80GB HBM3</product_name>
		<serial>1650522000001</serial>
		<uuid>GPU-11111111-2222-3333-4444-555555555555</uuid>
		<fb_memory_usage><total>81559 MiB</total></fb_memory_usage>
		<ecc_errors><volatile><dram_uncorrectable>2</dram_uncorrectable></volatile></ecc_errors>
	</gpu>
</nvidia_smi_log>
`

func TestGPUs(t *testing.T) {
	h := &fake{
		tools: map[string]string{"nvidia-smi -q -x": smiXML},
		files: map[string]string{
			"proc/driver/nvidia/version":                          "NVRM version: 570.124.06\n",
			"sys/bus/pci/devices/0000:3b:00.0/current_link_speed": "16.0 GT/s PCIe\n",
			"sys/bus/pci/devices/0000:3b:00.0/current_link_width": "16\n",
			"sys/bus/pci/devices/0000:3b:00.0/max_link_speed":     "32.0 GT/s PCIe\n",
			"sys/bus/pci/devices/0000:3b:00.0/max_link_width":     "16\n",
			"sys/bus/pci/devices/0000:3b:00.0/vendor":             "0x10de\n",
			"sys/bus/pci/devices/0000:3b:00.0/class":              "0x030200\n",
		},
	}
	r := inventory.Audit(t.Context(), h, inventory.Options{})
	if len(r.GPUs) != 2 {
		t.Fatalf("GPUs = %+v", r.GPUs)
	}
	good, lost := r.GPUs[0], r.GPUs[1]
	if good.Serial != "1650522000001" || good.PCIAddress != "0000:3b:00.0" || good.MemoryBytes != 81559<<20 || good.ID != "gpu:"+good.UUID {
		t.Errorf("first GPU = %+v", good)
	}
	if good.Link == nil || good.Link.CurrentGTs != 16 || good.Link.MaxGTs != 32 {
		t.Errorf("its link, from the kernel = %+v", good.Link)
	}
	if lost.PCIAddress != "0000:86:00.0" || lost.Fault == "" {
		t.Errorf("second GPU = %+v", lost)
	}
	var codes []string
	for _, f := range r.Findings {
		codes = append(codes, f.Component+" "+f.Code)
	}
	want := []string{"gpu:GPU-11111111-2222-3333-4444-555555555555 gpu.ecc_uncorrected", "gpu:0000:86:00.0 gpu.missing"}
	if !slices.Equal(codes, want) {
		t.Errorf("findings = %q, want %q", codes, want)
	}
	if r.Summary.Health != report.Critical {
		t.Errorf("health = %s", r.Summary.Health)
	}
}

// Without its driver nvidia-smi is not asked.
func TestNoDriver(t *testing.T) {
	h := &fake{tools: map[string]string{"nvidia-smi -q -x": smiXML}}
	gpus, err := collect.GPUs(t.Context(), h)
	if gpus != nil || err != nil || len(h.runs) != 0 {
		t.Errorf("%+v, %v, runs %v", gpus, err, h.runs)
	}
}
