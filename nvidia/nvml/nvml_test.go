// SPDX-License-Identifier: Apache-2.0

//go:build nvml

package nvml

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	gonvml "github.com/NVIDIA/go-nvml/pkg/nvml"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock/dgxa100"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock/dgxb200"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock/dgxh100"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock/dgxh200"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock/server"
	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/nvidia"
)

// complete gives the functions that a mock leaves out an answer, "not
// supported"; without one, the mock panics.
func complete(t *testing.T, mocked any) {
	t.Helper()
	v := reflect.ValueOf(mocked).Elem()
	notSupported := reflect.ValueOf(gonvml.ERROR_NOT_SUPPORTED)
	for i := range v.NumField() {
		field := v.Field(i)
		if field.Kind() != reflect.Func || !field.CanSet() || !field.IsNil() {
			continue
		}
		field.Set(reflect.MakeFunc(field.Type(), func([]reflect.Value) []reflect.Value {
			var out []reflect.Value
			for j := range field.Type().NumOut() {
				result := reflect.Zero(field.Type().Out(j))
				if result.Type() == notSupported.Type() {
					result = notSupported
				}
				out = append(out, result)
			}
			return out
		}))
	}
}

// completeServer gives answers to all that Read can ask for.
func completeServer(t *testing.T, s *server.Server) *server.Server {
	t.Helper()
	complete(t, &s.Interface)
	for _, d := range s.Devices {
		complete(t, &d.(*server.Device).Device)
	}
	return s
}

// device returns the mock of one GPU, so that a test can change its answers.
func device(s *server.Server, i int) *mock.Device {
	return &s.Devices[i].(*server.Device).Device
}

func read(t *testing.T, s *server.Server) *nvidia.Log {
	t.Helper()
	log, err := Read(s)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// TestReadDGX reads the mock servers that go-nvml ships.
func TestReadDGX(t *testing.T) {
	const gib = 1 << 30
	tests := []struct {
		name         string
		server       *server.Server
		driver, cuda string
		gpu          string
		architecture string
		capability   string
		deviceID     string
		memory       int64
	}{
		{"A100", dgxa100.New(), "550.54.15", "12.4", "Mock NVIDIA A100-SXM4-40GB", "Ampere", "8.0", "20b0", 40 * gib},
		{"H100", dgxh100.New(), "550.54.15", "12.4", "NVIDIA H100 80GB HBM3", "Hopper", "9.0", "2330", 80 * gib},
		{"H200", dgxh200.New(), "550.54.15", "12.4", "NVIDIA H200 141GB HBM3e", "Hopper", "9.0", "2333", 141 * gib},
		{"B200", dgxb200.New(), "560.28.03", "12.6", "NVIDIA B200 180GB HBM3e", "Blackwell", "10.0", "2b00", 180 * gib},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			log := read(t, completeServer(t, tt.server))
			if log.Driver != tt.driver || log.CUDA != tt.cuda {
				t.Errorf("driver %s, CUDA %s; want %s, %s", log.Driver, log.CUDA, tt.driver, tt.cuda)
			}
			if len(log.GPUs) != 8 || *log.AttachedGPUs != 8 {
				t.Fatalf("%d GPUs, %d attached; want 8", len(log.GPUs), *log.AttachedGPUs)
			}
			seen := make(map[string]bool)
			for i, g := range log.GPUs {
				if g.Name != tt.gpu || g.Architecture != tt.architecture || g.Brand != "NVIDIA" || g.ComputeCapability != tt.capability {
					t.Errorf("GPU %d is %q, %q, %q, %q", i, g.Name, g.Architecture, g.Brand, g.ComputeCapability)
				}
				if g.PCI.DeviceID != tt.deviceID || g.PCI.VendorID != "10de" {
					t.Errorf("GPU %d has IDs %s:%s, want 10de:%s", i, g.PCI.VendorID, g.PCI.DeviceID, tt.deviceID)
				}
				if *g.Memory.TotalBytes != tt.memory {
					t.Errorf("GPU %d has %d bytes, want %d", i, *g.Memory.TotalBytes, tt.memory)
				}
				if *g.Index != int64(i) || *g.MinorNumber != int64(i) || *g.MIGMode.Current {
					t.Errorf("GPU %d: index %d, minor %d, MIG %t", i, *g.Index, *g.MinorNumber, *g.MIGMode.Current)
				}
				if !strings.HasPrefix(g.UUID, "GPU-") || seen[g.UUID] {
					t.Errorf("GPU %d has UUID %q", i, g.UUID)
				}
				seen[g.UUID] = true
				if g.Serial != "" || g.Power.DrawMilliwatts != nil || g.ECCMode.Current != nil || g.Fault != "" {
					t.Errorf("GPU %d has what the mock does not support: %+v", i, g)
				}
			}
		})
	}
}

// TestReadAgreesWithXML gives the mock the readings that the XML holds.
func TestReadAgreesWithXML(t *testing.T) {
	s := completeServer(t, dgxh100.NewWithGPUs(dgxh100.NewDevice(0).Config))
	h100(device(s, 0))
	got := read(t, s)
	want, err := nvidia.Parse([]byte(h100XML))
	if err != nil {
		t.Fatal(err)
	}
	g := &got.GPUs[0]
	// What XML does not print, or the mock makes up.
	g.Index, g.UUID, g.ComputeCapability, g.EventReasons.Active = nil, "", "", ""
	g.Memory = nvidia.MemoryUsage{}
	var left, right any
	for value, tree := range map[any]*any{want: &left, got: &right} {
		out, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out, tree); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(left, right); diff != "" {
		t.Errorf("logs differ (-nvidia-smi +NVML):\n%s", diff)
	}
}

func always[T any](v T) func() (T, gonvml.Return) {
	return func() (T, gonvml.Return) { return v, gonvml.SUCCESS }
}

// h100 sets readings of each kind.
func h100(d *mock.Device) {
	d.GetSerialFunc = always("1650023000042")
	d.GetVbiosVersionFunc = always("96.00.89.00.01")
	d.GetPciInfoFunc = func() (gonvml.PciInfo, gonvml.Return) {
		p := gonvml.PciInfo{Bus: 0x3b, PciDeviceId: 0x233010de, PciSubSystemId: 0x16c110de}
		for i, c := range []byte("00000000:3B:00.0") {
			p.BusId[i] = int8(c)
		}
		return p, gonvml.SUCCESS
	}
	d.GetCurrPcieLinkGenerationFunc, d.GetMaxPcieLinkGenerationFunc = always(5), always(5)
	d.GetCurrPcieLinkWidthFunc, d.GetMaxPcieLinkWidthFunc = always(8), always(16)
	d.GetEccModeFunc = func() (gonvml.EnableState, gonvml.EnableState, gonvml.Return) {
		return gonvml.FEATURE_ENABLED, gonvml.FEATURE_DISABLED, gonvml.SUCCESS
	}
	d.GetMemoryErrorCounterFunc = func(kind gonvml.MemoryErrorType, span gonvml.EccCounterType, where gonvml.MemoryLocation) (uint64, gonvml.Return) {
		if where != gonvml.MEMORY_LOCATION_SRAM && where != gonvml.MEMORY_LOCATION_DRAM {
			return 0, gonvml.ERROR_NOT_SUPPORTED
		}
		return 1 + uint64(kind) + 10*uint64(span) + 100*uint64(where), gonvml.SUCCESS
	}
	d.GetRemappedRowsFunc = func() (int, int, bool, bool, gonvml.Return) { return 3, 1, true, false, gonvml.SUCCESS }
	d.GetRowRemapperHistogramFunc = always(gonvml.RowRemapperHistogramValues{Max: 2557, High: 2, Low: 1})
	d.GetTemperatureFunc = func(gonvml.TemperatureSensors) (uint32, gonvml.Return) { return 34, gonvml.SUCCESS }
	d.GetPowerUsageFunc = always[uint32](71320)
	d.GetPowerManagementLimitConstraintsFunc = func() (uint32, uint32, gonvml.Return) { return 200000, 700000, gonvml.SUCCESS }
	d.GetClockInfoFunc = func(c gonvml.ClockType) (uint32, gonvml.Return) { return 345 + uint32(c), gonvml.SUCCESS }
	d.GetCurrentClocksEventReasonsFunc = always[uint64](gonvml.ClocksEventReasonGpuIdle | gonvml.ClocksThrottleReasonHwSlowdown)
	d.GetUtilizationRatesFunc = always(gonvml.Utilization{Gpu: 7, Memory: 3})
	d.GetFieldValuesFunc = fields(map[uint32]uint32{
		gonvml.FI_DEV_MEMORY_TEMP:             44,
		gonvml.FI_DEV_GET_GPU_RECOVERY_ACTION: uint32(gonvml.GPU_RECOVERY_ACTION_GPU_RESET),
	})
	d.GetComputeRunningProcessesFunc = always([]gonvml.ProcessInfo{{Pid: 4242, UsedGpuMemory: 512 << 20, GpuInstanceId: 0xffffffff}})
}

// fields answers with 32-bit field values.
func fields(values map[uint32]uint32) func([]gonvml.FieldValue) gonvml.Return {
	return func(list []gonvml.FieldValue) gonvml.Return {
		for i := range list {
			v, ok := values[list[i].FieldId]
			if !ok {
				list[i].NvmlReturn = uint32(gonvml.ERROR_NOT_SUPPORTED)
				continue
			}
			list[i].ValueType = uint32(gonvml.VALUE_TYPE_UNSIGNED_INT)
			binary.NativeEndian.PutUint32(list[i].Value[:], v)
		}
		return gonvml.SUCCESS
	}
}

const h100XML = `<?xml version="1.0" ?>
<nvidia_smi_log>
	<driver_version>550.54.15</driver_version>
	<cuda_version>12.4</cuda_version>
	<attached_gpus>1</attached_gpus>
	<gpu id="00000000:3B:00.0">
		<product_name>NVIDIA H100 80GB HBM3</product_name>
		<product_brand>NVIDIA</product_brand>
		<product_architecture>Hopper</product_architecture>
		<mig_mode><current_mig>Disabled</current_mig><pending_mig>Disabled</pending_mig></mig_mode>
		<serial>1650023000042</serial>
		<minor_number>0</minor_number>
		<vbios_version>96.00.89.00.01</vbios_version>
		<gpu_recovery_action>Reset</gpu_recovery_action>
		<pci>
			<pci_bus>3B</pci_bus><pci_device>00</pci_device><pci_domain>0000</pci_domain>
			<pci_device_id>233010DE</pci_device_id>
			<pci_bus_id>00000000:3B:00.0</pci_bus_id>
			<pci_sub_system_id>16C110DE</pci_sub_system_id>
			<pci_gpu_link_info>
				<pcie_gen><max_link_gen>5</max_link_gen><current_link_gen>5</current_link_gen></pcie_gen>
				<link_widths><max_link_width>16x</max_link_width><current_link_width>8x</current_link_width></link_widths>
			</pci_gpu_link_info>
		</pci>
		<clocks_event_reasons>
			<clocks_event_reason_gpu_idle>Active</clocks_event_reason_gpu_idle>
			<clocks_event_reason_applications_clocks_setting>Not Active</clocks_event_reason_applications_clocks_setting>
			<clocks_event_reason_sw_power_cap>Not Active</clocks_event_reason_sw_power_cap>
			<clocks_event_reason_hw_slowdown>Active</clocks_event_reason_hw_slowdown>
			<clocks_event_reason_hw_thermal_slowdown>Not Active</clocks_event_reason_hw_thermal_slowdown>
			<clocks_event_reason_hw_power_brake_slowdown>Not Active</clocks_event_reason_hw_power_brake_slowdown>
			<clocks_event_reason_sync_boost>Not Active</clocks_event_reason_sync_boost>
			<clocks_event_reason_sw_thermal_slowdown>Not Active</clocks_event_reason_sw_thermal_slowdown>
			<clocks_event_reason_display_clocks_setting>Not Active</clocks_event_reason_display_clocks_setting>
		</clocks_event_reasons>
		<utilization><gpu_util>7 %</gpu_util><memory_util>3 %</memory_util></utilization>
		<ecc_mode><current_ecc>Enabled</current_ecc><pending_ecc>Disabled</pending_ecc></ecc_mode>
		<ecc_errors>
			<volatile>
				<sram_correctable>701</sram_correctable><sram_uncorrectable>702</sram_uncorrectable>
				<dram_correctable>201</dram_correctable><dram_uncorrectable>202</dram_uncorrectable>
			</volatile>
			<aggregate>
				<sram_correctable>711</sram_correctable><sram_uncorrectable>712</sram_uncorrectable>
				<dram_correctable>211</dram_correctable><dram_uncorrectable>212</dram_uncorrectable>
			</aggregate>
		</ecc_errors>
		<remapped_rows>
			<remapped_row_corr>3</remapped_row_corr><remapped_row_unc>1</remapped_row_unc>
			<remapped_row_pending>Yes</remapped_row_pending><remapped_row_failure>No</remapped_row_failure>
			<row_remapper_histogram>
				<row_remapper_histogram_max>2557 bank(s)</row_remapper_histogram_max>
				<row_remapper_histogram_high>2 bank(s)</row_remapper_histogram_high>
				<row_remapper_histogram_partial>0 bank(s)</row_remapper_histogram_partial>
				<row_remapper_histogram_low>1 bank(s)</row_remapper_histogram_low>
				<row_remapper_histogram_none>0 bank(s)</row_remapper_histogram_none>
			</row_remapper_histogram>
		</remapped_rows>
		<temperature><gpu_temp>34 C</gpu_temp><memory_temp>44 C</memory_temp></temperature>
		<gpu_power_readings>
			<power_draw>71.32 W</power_draw>
			<min_power_limit>200.00 W</min_power_limit><max_power_limit>700.00 W</max_power_limit>
		</gpu_power_readings>
		<clocks>
			<graphics_clock>345 MHz</graphics_clock><sm_clock>346 MHz</sm_clock>
			<mem_clock>347 MHz</mem_clock><video_clock>348 MHz</video_clock>
		</clocks>
		<processes>
			<process_info><pid>4242</pid><type>C</type><used_memory>512 MiB</used_memory></process_info>
		</processes>
	</gpu>
</nvidia_smi_log>`

func TestReadLostGPU(t *testing.T) {
	s := completeServer(t, dgxa100.New())
	handle := s.DeviceGetHandleByIndexFunc
	s.DeviceGetHandleByIndexFunc = func(i int) (gonvml.Device, gonvml.Return) {
		if i == 3 {
			return nil, gonvml.ERROR_GPU_IS_LOST
		}
		return handle(i)
	}
	device(s, 5).GetFanSpeedFunc = func() (uint32, gonvml.Return) { return 0, gonvml.ERROR_RESET_REQUIRED }
	log := read(t, s)
	if len(log.GPUs) != 7 || len(log.Notes) != 1 {
		t.Fatalf("%d GPUs and %d notes, want 7 and 1", len(log.GPUs), len(log.Notes))
	}
	if note := log.Notes[0]; !note.Unreadable || *note.Index != 3 || !strings.HasSuffix(note.Text, "GPU is lost") {
		t.Errorf("note %+v", note)
	}
	for _, g := range log.GPUs {
		want := ""
		if *g.Index == 5 {
			want = "GPU requires reset"
		}
		if g.Fault != want {
			t.Errorf("GPU %d has fault %q, want %q", *g.Index, g.Fault, want)
		}
	}
}

// TestReadOldLibrary leaves a function out: to call it would end the program.
func TestReadOldLibrary(t *testing.T) {
	s := completeServer(t, dgxh100.New())
	s.LookupSymbolFunc = func(symbol string) error {
		if symbol == "nvmlDeviceGetArchitecture" {
			return errors.New("no such symbol")
		}
		return nil
	}
	device(s, 0).GetArchitectureFunc = func() (gonvml.DeviceArchitecture, gonvml.Return) {
		t.Error("called a function that the library does not have")
		return 0, gonvml.SUCCESS
	}
	if g := read(t, s).GPUs[0]; g.Architecture != "" || g.Name == "" {
		t.Errorf("architecture %q, name %q", g.Architecture, g.Name)
	}
}

func TestReadMIG(t *testing.T) {
	s := completeServer(t, dgxh100.New())
	instance := &mock.Device{
		GetUUIDFunc:              always("MIG-6d4c2a3e-0000-4000-8000-000000000001"),
		GetNameFunc:              always("NVIDIA H100 80GB HBM3 MIG 3g.40gb"),
		GetGpuInstanceIdFunc:     always(2),
		GetComputeInstanceIdFunc: always(0),
		GetAttributesFunc:        always(gonvml.DeviceAttributes{MultiprocessorCount: 60, SharedCopyEngineCount: 3}),
	}
	complete(t, instance)
	d := device(s, 0)
	d.GetMigModeFunc = func() (int, int, gonvml.Return) { return 1, 1, gonvml.SUCCESS }
	d.GetMaxMigDeviceCountFunc = always(7)
	d.GetMigDeviceHandleByIndexFunc = func(i int) (gonvml.Device, gonvml.Return) {
		if i != 1 {
			return nil, gonvml.ERROR_NOT_FOUND
		}
		return instance, gonvml.SUCCESS
	}
	g := read(t, s).GPUs[0]
	if !*g.MIGMode.Current || len(g.MIGDevices) != 1 {
		t.Fatalf("MIG %t with %d devices", *g.MIGMode.Current, len(g.MIGDevices))
	}
	v := g.MIGDevices[0]
	if *v.Index != 1 || *v.GPUInstance != 2 || v.Profile != "3g.40gb" || *v.Multiprocessors != 60 || v.UUID == "" {
		t.Errorf("MIG device %+v", v)
	}
}

func TestReadNVLinks(t *testing.T) {
	s := completeServer(t, dgxh100.New())
	d := device(s, 0)
	d.GetNvLinkStateFunc = func(link int) (gonvml.EnableState, gonvml.Return) {
		switch {
		case link >= 18:
			return 0, gonvml.ERROR_INVALID_ARGUMENT
		case link == 7:
			return gonvml.FEATURE_DISABLED, gonvml.SUCCESS
		}
		return gonvml.FEATURE_ENABLED, gonvml.SUCCESS
	}
	d.GetFieldValuesFunc = fields(map[uint32]uint32{gonvml.FI_DEV_NVLINK_GET_SPEED: 26562})
	d.GetNvLinkErrorCounterFunc = func(link int, kind gonvml.NvLinkErrorCounter) (uint64, gonvml.Return) {
		return uint64(link), gonvml.SUCCESS
	}
	links := read(t, s).GPUs[0].NVLinks
	if len(links) != 18 {
		t.Fatalf("%d links, want 18", len(links))
	}
	if v := links[7]; *v.Active || v.SpeedMBs != nil {
		t.Errorf("inactive link %+v", v)
	}
	if v := links[9]; !*v.Active || *v.SpeedMBs != 26562 || *v.Replays != 9 {
		t.Errorf("active link %+v", v)
	}
}

// TestLiveWithoutDriver runs where there is no driver, as most tests do.
func TestLiveWithoutDriver(t *testing.T) {
	log, err := Live()
	if err == nil {
		t.Skip("this machine has an NVIDIA driver")
	}
	if log == nil || !errors.Is(err, nvidia.ErrNoDriver) {
		t.Errorf("Live() = %v, %v; want an empty log and ErrNoDriver", log, err)
	}
}
