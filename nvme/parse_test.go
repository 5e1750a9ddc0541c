// SPDX-License-Identifier: Apache-2.0

package nvme_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mchus/bee/nvme"
)

// A test is an input of a Parse function. The sign ‸ in it marks where the
// error is; the tests remove it.
type test[T any] struct {
	name string
	in   string
	want T
	err  error
}

// run checks a table. The errors of an input are one, or none.
func run[T any](t *testing.T, parse func([]byte) (*T, error), tests []test[T]) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, marked := strings.Cut(tt.in, "‸")
			got, err := parse([]byte(before + after))
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Errorf("mismatch (-want +got):\n%s", diff)
			}
			if !errors.Is(err, tt.err) || (err != nil) != (tt.err != nil) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if list, ok := err.(nvme.Errors); ok && len(list) != 1 {
				t.Errorf("%d errors: %v", len(list), list)
			}
			if e, ok := errors.AsType[*nvme.ParseError](err); ok && marked {
				line := 1 + strings.Count(before, "\n")
				column := len(before) - strings.LastIndex(before, "\n")
				if e.Line != line || e.Column != column {
					t.Errorf("%v: want line %d, column %d", e, line, column)
				}
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

func counter(n uint64) *nvme.Uint128 { return &nvme.Uint128{Lo: n} }

const flatDevice = `{"NameSpace":1,"DevicePath":"/dev/nvme0n1","GenericPath":"/dev/ng0n1","Firmware":"1.0","ModelNumber":"M 1 ","SerialNumber":" S1  ","UsedBytes":0,"MaximumLBA":8,"PhysicalSize":4096,"SectorSize":512}`

func flatNamespace() nvme.Namespace {
	return nvme.Namespace{
		Name: "nvme0n1", DevicePath: "/dev/nvme0n1", GenericPath: "/dev/ng0n1", NSID: 1,
		Serial: "S1", Model: "M 1", Firmware: "1.0",
		SizeBytes: ptr[uint64](4096), UsedBytes: ptr[uint64](0), Blocks: ptr[uint64](8), BlockBytes: 512,
	}
}

func TestParseList(t *testing.T) {
	flat := nvme.List{Namespaces: []nvme.Namespace{flatNamespace()}}
	old := flatNamespace()
	old.NSID, old.GenericPath, old.Index = 0, "", ptr(0)
	tests := []test[nvme.List]{
		{name: "nothing at all", in: "‸", err: nvme.ErrFormat},
		{name: "no devices, 1.x", in: "No NVMe devices detected.\n"},
		{name: "no devices, 2.x", in: "{\n  \"Devices\":[]\n}\n"},
		{name: "no devices, empty object", in: "{\n}\n"},
		{name: "no hosts", in: "[\n]\n"},
		{name: "no devices, header only", in: "Node   Generic  SN  Model  Namespace\n------ -------- --- ------ ---------\n"},
		{name: "flat", in: `{"Devices":[` + flatDevice + `]}`, want: flat},
		{name: "noise before", in: "ERROR: ld.so: object 'x' from LD_PRELOAD [ignored]\n{\"Devices\":[" + flatDevice + `]}`, want: flat},
		{name: "named twice", in: `{"Devices":[` + flatDevice + "," + flatDevice + `]}`, want: flat},
		{name: "one device without an array, 1.0", in: `{"Devices":` + flatDevice + `}`, want: flat},
		{
			name: "no NSID before 1.9",
			in:   `{"Devices":[{"DevicePath":"/dev/nvme0n1","Firmware":"1.0","Index":0,"ModelNumber":"M 1","ProductName":"NULL","SerialNumber":"S1","UsedBytes":"0","MaximumLBA":"8","PhysicalSize":"4,096","SectorSize":512.000000}]}`,
			want: nvme.List{Namespaces: []nvme.Namespace{old}},
		},
		{
			name: "unknown members stay",
			in:   `{"Devices":[` + strings.TrimSuffix(flatDevice, "}") + `,"Colour":{"of":"it"}}],"Version":3}`,
			want: nvme.List{Namespaces: flat.Namespaces, Extra: map[string]json.RawMessage{
				"Devices.0.Colour": json.RawMessage(`{"of":"it"}`), "Version": json.RawMessage("3"),
			}},
		},
		{name: "cut off", in: `{"Devices":[` + flatDevice + `,{"NameSpace":2,‸`, want: nvme.List{Namespaces: []nvme.Namespace{flatNamespace(), {NSID: 2}}}, err: nvme.ErrSyntax},
		{
			name: "a size of another type",
			in:   `{"Devices":[{"NameSpace":2,"UsedBytes":‸"much"}]}`,
			want: nvme.List{Namespaces: []nvme.Namespace{{NSID: 2}}, Extra: map[string]json.RawMessage{"Devices.0.UsedBytes": json.RawMessage(`"much"`)}},
			err:  nvme.ErrSyntax,
		},
		{
			name: "a negative size",
			in:   `{"Devices":[{"NameSpace":2,"UsedBytes":‸-1}]}`,
			want: nvme.List{Namespaces: []nvme.Namespace{{NSID: 2}}, Extra: map[string]json.RawMessage{"Devices.0.UsedBytes": json.RawMessage(`-1`)}},
			err:  nvme.ErrRange,
		},
		{name: "the tool failed", in: "‸Failed to scan topology: Permission denied\n", err: nvme.ErrTool},
		{name: "another command", in: "‸hello\n", err: nvme.ErrFormat},
		{
			name: "another command in JSON",
			in:   `‸{"critical_warning":0}`,
			want: nvme.List{Extra: map[string]json.RawMessage{"critical_warning": json.RawMessage("0")}},
			err:  nvme.ErrFormat,
		},
	}
	run(t, nvme.ParseList, tests)
}

func TestParseListNested(t *testing.T) {
	namespace := nvme.Namespace{
		Name: "nvme0n1", DevicePath: "/dev/nvme0n1", GenericPath: "/dev/ng0n1", NSID: 1, Serial: "S1", Model: "M1", Firmware: "F1",
		Subsystem: "nvme-subsys0", Controllers: []string{"nvme0"},
		SizeBytes: ptr[uint64](4096), UsedBytes: ptr[uint64](512), Blocks: ptr[uint64](8), BlockBytes: 512,
	}
	ctrl := nvme.Controller{
		Name: "nvme0", Subsystem: "nvme-subsys0", ID: ptr[uint16](1), Serial: "S1", Model: "M1", Firmware: "F1",
		Transport: "pcie", Address: "0000:01:00.0", Namespaces: []string{"nvme0n1"},
	}
	sub := nvme.Subsystem{Name: "nvme-subsys0", NQN: "nqn.x", HostNQN: "nqn.h", HostID: "4c4c", Controllers: []string{"nvme0"}}
	fabric := ctrl
	fabric.Transport, fabric.Address = "tcp", "traddr=192.0.2.1,trsvcid=4420"
	fabric.TransportAddress, fabric.TransportService, fabric.HostInterface = "192.0.2.1", "4420", "eth0"
	const (
		host = `{"Devices":[{"HostNQN":"nqn.h","%s":"4c4c","Subsystems":[{"Subsystem":"nvme-subsys0","SubsystemNQN":"nqn.x  ","Controllers":[{"Controller":"nvme0","Cntlid":"1","SerialNumber":"S1","ModelNumber":"M1","Firmware":"F1",%s,"Slot":"","Namespaces":[%s],"Paths":[]}],"Namespaces":[]}]}]}`
		ns   = `{"NameSpace":"nvme0n1","Generic":"ng0n1","NSID":1,"UsedBytes":512,"MaximumLBA":8,"PhysicalSize":4096,"SectorSize":512}`
		pcie = `"Transport":"pcie","Address":"0000:01:00.0"`
		tcp  = `"Transport":"tcp","Address":"traddr=192.0.2.1,trsvcid=4420","AddressDetails":{"traddr":"192.0.2.1","host_iface":"eth0","trsvcid":"4420"}`
	)
	want := nvme.List{Subsystems: []nvme.Subsystem{sub}, Controllers: []nvme.Controller{ctrl}, Namespaces: []nvme.Namespace{namespace}}
	overTCP := want
	overTCP.Controllers = []nvme.Controller{fabric}
	run(t, nvme.ParseList, []test[nvme.List]{
		{name: "2.11 without -v", in: fmt.Sprintf(host, "HostID", pcie, ns), want: want},
		{name: "2.7.0", in: fmt.Sprintf(host, "Host ID", pcie, ns), want: want},
		{name: "3.0 over fabrics", in: fmt.Sprintf(host, "HostID", tcp, ns), want: overTCP},
	})
}

func TestParseListText(t *testing.T) {
	row := nvme.Namespace{
		Name: "nvme0n1", DevicePath: "/dev/nvme0n1", NSID: 1, Serial: "SN: 00000", Model: "Example / Drive", Firmware: "1.0 beta",
		SizeBytes: ptr[uint64](2_150_000_000), UsedBytes: ptr[uint64](0), BlockBytes: 4096, MetadataBytes: ptr[uint64](8), Rounded: true,
	}
	squeezed := row
	squeezed.Serial, squeezed.Model = "S1", "Example Drive"
	run(t, nvme.ParseList, []test[nvme.List]{
		{
			name: "blanks in every string",
			in: "Node          SN                   Model                Namespace Usage                      Format           FW Rev  \n" +
				"------------- -------------------- -------------------- --------- -------------------------- ---------------- --------\n" +
				"/dev/nvme0n1  SN: 00000            Example / Drive      1           0.00   B /   2.15  GB      4 KiB +  8 B   1.0 beta\n",
			want: nvme.List{Namespaces: []nvme.Namespace{row}},
		},
		{
			name: "without a rule and with blanks squeezed",
			in: "Node SN Model Namespace Usage Format FW Rev\n" +
				"   /dev/nvme0n1   S1 Example Drive 1 0.00 B / 2.15  GB  4 KiB + 8 B 1.0 beta\r\n",
			want: nvme.List{Namespaces: []nvme.Namespace{squeezed}},
		},
		{
			name: "a header without a column", // found by fuzzing
			in:   "‸Device   SN   MN   TxPort Address Subsystem Namespaces\nnvme0 S1 M1 pcie 0000:01:00.0 nvme-subsys0 nvme0n1\n",
			err:  nvme.ErrFormat,
		},
		{
			name: "a header with a column twice", // found by fuzzing
			in: "Device FR Cntlid SN MN FR TxPort Address Subsystem Namespaces\n" +
				"‸nvme0 1 S1 M1 1.0 pcie 0000:01:00.0 nvme-subsys0\n",
			err: nvme.ErrSyntax,
		},
		{
			name: "a row that is none",
			in: "Node SN Model Namespace Usage Format FW Rev\n" +
				"‸/dev/nvme0n1 is on fire\n",
			err: nvme.ErrSyntax,
		},
	})
}

func TestParseSmartLog(t *testing.T) {
	big := nvme.Uint128{Hi: 0x1234, Lo: 0x5678}
	tests := []test[nvme.SmartLog]{
		{name: "a number", in: `{"power_cycles":64}`, want: nvme.SmartLog{PowerCycles: counter(64)}},
		{name: "a string, 2.3", in: `{"power_cycles":"9898518"}`, want: nvme.SmartLog{PowerCycles: counter(9898518)}},
		{name: "a float", in: `{"power_cycles":9898518.0}`, want: nvme.SmartLog{PowerCycles: counter(9898518)}},
		{name: "a float in a string, 2.3", in: `{"power_cycles":"9898518.000000"}`, want: nvme.SmartLog{PowerCycles: counter(9898518)}},
		{name: "a float with an exponent", in: `{"power_cycles":1.5e+3}`, want: nvme.SmartLog{PowerCycles: counter(1500)}},
		{name: "commas, 2.4", in: `{"power_cycles":"2,752,848"}`, want: nvme.SmartLog{PowerCycles: counter(2752848)}},
		{name: "beyond 64 bits", in: `{"power_cycles":` + big.String() + `}`, want: nvme.SmartLog{PowerCycles: &big}},
		{name: "the largest", in: `{"power_cycles":"340282366920938463463374607431768211455"}`, want: nvme.SmartLog{PowerCycles: &nvme.Uint128{Hi: 1<<64 - 1, Lo: 1<<64 - 1}}},
		{
			name: "beyond 128 bits", in: `{"critical_warning":0,"power_cycles":‸340282366920938463463374607431768211456}`,
			want: nvme.SmartLog{CriticalWarning: ptr(nvme.CriticalWarning(0)), Extra: map[string]json.RawMessage{"power_cycles": json.RawMessage("340282366920938463463374607431768211456")}},
			err:  nvme.ErrRange,
		},
		{
			name: "not whole", in: `{"critical_warning":0,"power_cycles":‸1.5}`,
			want: nvme.SmartLog{CriticalWarning: ptr(nvme.CriticalWarning(0)), Extra: map[string]json.RawMessage{"power_cycles": json.RawMessage("1.5")}},
			err:  nvme.ErrType,
		},
		{name: "null is absent", in: `{"power_cycles":null}`},
		{name: "2.7.0", in: `{"Temperature":310,"critical_warning":{"Value":2}}`, want: nvme.SmartLog{TemperatureCelsius: ptr(37), CriticalWarning: ptr(nvme.WarningTemperature)}},
		{
			name: "critical warning with names",
			in:   `{"critical_warning":{"value":9,"available_spare":1,"temp_threshold":0,"reliability_degraded":0,"ro":1,"vmbu_failed":0,"pmr_ro":0}}`,
			want: nvme.SmartLog{CriticalWarning: ptr(nvme.WarningSpare | nvme.WarningReadOnly)},
		},
		{name: "critical warning without a number", in: `{"critical_warning":{"pmr_ro":1}}`, want: nvme.SmartLog{CriticalWarning: ptr(nvme.WarningPMR)}},
		{name: "no temperature", in: `{"temperature":0,"temperature_sensor_2":"273"}`, want: nvme.SmartLog{Sensors: []nvme.TemperatureSensor{{Number: 2, TemperatureCelsius: 0}}}},
		{name: "worn beyond its rating", in: `{"percent_used":150}`, want: nvme.SmartLog{UsedPercent: ptr(150)}},
		{
			name: "no percentage", in: `{"percent_used":‸256,"avail_spare":100}`,
			want: nvme.SmartLog{SparePercent: ptr(100), Extra: map[string]json.RawMessage{"percent_used": json.RawMessage("256")}},
			err:  nvme.ErrRange,
		},
		{
			name: "3.0", in: `{"informative_warning":1,"voltage_log_threshold_warning":1,"op_lifetime_energy_consumed":7,"interval_power_measurement":0}`,
			want: nvme.SmartLog{InformativeWarning: 1, LifetimeEnergy: ptr[uint64](7), IntervalPowerMeasured: ptr[uint32](0)},
		},
		{name: "failure", in: "‸NVMe status: Invalid Log Page: The log page indicated is invalid(0x4109)\n", err: nvme.ErrTool},
		{
			name: "failure in JSON", in: "ld.so: ignored\n" + `‸{"error":"open /dev/nvme9: No such file or directory"}`,
			want: nvme.SmartLog{Extra: map[string]json.RawMessage{"error": json.RawMessage(`"open /dev/nvme9: No such file or directory"`)}},
			err:  nvme.ErrTool,
		},
		{name: "nothing", in: "", err: nvme.ErrFormat},
	}
	run(t, nvme.ParseSmartLog, tests)
}

func TestParseSmartLogText(t *testing.T) {
	const title = "Smart Log for NVME device:nvme0 namespace-id:ffffffff\n"
	smart := func(s nvme.SmartLog) nvme.SmartLog {
		s.Device, s.NSID = "nvme0", 0xffffffff
		return s
	}
	run(t, nvme.ParseSmartLog, []test[nvme.SmartLog]{
		{name: "1.x", in: title + "temperature                         : 28 C\n", want: smart(nvme.SmartLog{TemperatureCelsius: ptr(28)})},
		{name: "2.3", in: title + "temperature\t\t\t\t: 50°C (323 Kelvin)\n", want: smart(nvme.SmartLog{TemperatureCelsius: ptr(50)})},
		{name: "2.13 in the USA", in: title + "temperature\t\t\t\t: 122 °F (323 K)\n", want: smart(nvme.SmartLog{TemperatureCelsius: ptr(50)})},
		{name: "Fahrenheit alone", in: title + "temperature\t\t\t\t: 122 °F\n", want: smart(nvme.SmartLog{TemperatureCelsius: ptr(50)})},
		{name: "below zero", in: title + "temperature : -5 C\n", want: smart(nvme.SmartLog{TemperatureCelsius: ptr(-5)})},
		{name: "below zero as unsigned", in: title + "temperature : 4294967291 C\n", want: smart(nvme.SmartLog{TemperatureCelsius: ptr(-5)})},
		{name: "none", in: title + "temperature : -273 °C (0 K)\n", want: smart(nvme.SmartLog{})},
		{name: "another unit", in: title + "temperature : ‸28 R\n", want: smart(nvme.SmartLog{}), err: nvme.ErrUnit},
		{name: "no unit", in: title + "temperature : ‸28\n", want: smart(nvme.SmartLog{}), err: nvme.ErrUnit},
		{name: "percent", in: title + "percentage_used\t: 102%\n", want: smart(nvme.SmartLog{UsedPercent: ptr(102)})},
		{name: "data units", in: title + "Data Units Written\t\t\t: 1928683480 (987.49 TB)\n", want: smart(nvme.SmartLog{DataUnitsWritten: counter(1928683480)})},
		{name: "grouped with commas", in: title + "Data Units Read : 1,928,683,480 (987.49 TB)\n", want: smart(nvme.SmartLog{DataUnitsRead: counter(1928683480)})},
		{name: "grouped with dots", in: title + "Data Units Read : 1.928.683.480 (987,49 TB)\n", want: smart(nvme.SmartLog{DataUnitsRead: counter(1928683480)})},
		{name: "grouped with narrow blanks", in: title + "Data Units Read : 1\u202f928\u202f683\u202f480 (987,49 TB)\n", want: smart(nvme.SmartLog{DataUnitsRead: counter(1928683480)})},
		{
			name: "an unknown line stays", in: "warning: x\n" + title + "colour\t: red\nmedia_errors : 0\n",
			want: smart(nvme.SmartLog{MediaErrors: counter(0), Extra: map[string]json.RawMessage{"colour": json.RawMessage(`"red"`)}}),
		},
		{name: "no number", in: title + "media_errors : ‸many\n", want: smart(nvme.SmartLog{}), err: nvme.ErrSyntax},
		{name: "cut off", in: title + "‸media_errors :", want: smart(nvme.SmartLog{}), err: nvme.ErrTruncated},
	})
}

func TestParseIDCtrl(t *testing.T) {
	const title = "NVME Identify Controller:\n"
	run(t, nvme.ParseIDCtrl, []test[nvme.IDCtrl]{
		{name: "padded", in: `{"sn":"S1                  ","mn":"\u0000M 1 ","fr":""}`, want: nvme.IDCtrl{Serial: "S1", Model: "M 1"}},
		{name: "not UTF-8", in: "{\"sn\":\"S\xff1\"}", want: nvme.IDCtrl{Serial: "S\ufffd1"}},
		{name: "not UTF-8 in plain text", in: title + "sn      :   S\xff1   \r\n", want: nvme.IDCtrl{Serial: "S\ufffd1"}},
		{
			name: "hexadecimal without 0x, before 1.12",
			in:   title + "ver     : 10201\nrtd3r   : 1e8480\ncntlid  : 41\nieee    : 00a075\n",
			want: nvme.IDCtrl{Version: 0x10201, ResumeMicroseconds: 2_000_000, ControllerID: ptr[uint16](0x41), OUI: "00a075"},
		},
		{name: "signed", in: title + "nn : -2\n", want: nvme.IDCtrl{NamespaceCount: 0xfffffffe}},
		{name: "the OUI is a number in JSON", in: `{"ieee":41077}`, want: nvme.IDCtrl{OUI: "00a075"}},
		{
			name: "units", in: `{"mtfa":50,"kas":10,"hmpre":16,"pels":1,"wctemp":358,"cctemp":0,"acl":3,"elpe":0,"npss":4}`,
			want: nvme.IDCtrl{
				FirmwareActivationMilliseconds: 5000, KeepAliveStepMilliseconds: 1000, HostMemoryPreferredBytes: 65536, PersistentEventLogBytes: 65536,
				WarningTemperatureCelsius: ptr(85), AbortCommandLimit: 4, ErrorLogEntries: 1, PowerStateCount: 5,
			},
		},
		{
			name: "power states of 1.12",
			in:   `{"psds":[{"max_power":50,"flags":3,"entry_lat":10,"exit_lat":20,"idle_power":30,"idle_scale":64,"active_power":40,"active_work_scale":130}]}`,
			want: nvme.IDCtrl{PowerStates: []nvme.PowerState{{
				MaxMicrowatts: ptr[uint32](5000), NonOperational: true, EntryMicroseconds: 10, ExitMicroseconds: 20,
				IdleMicrowatts: ptr[uint32](3000), ActiveMicrowatts: ptr[uint32](400_000), Workload: 2,
			}}},
		},
		{
			name: "power states in plain text",
			in: title + "ps    3 : mp:0.0050W non-operational enlat:10 exlat:20 rrt:3 rrl:2\n" +
				"          rwt:1 rwl:0 idle_power:0.0030W active_power:0.40W\n" +
				"            active_power_workload:80K 128KiB SW\n" +
				"            emergency power fail recovery time: 5 (unit: 10 milliseconds)\n",
			want: nvme.IDCtrl{PowerStates: []nvme.PowerState{{
				Number: 3, MaxMicrowatts: ptr[uint32](5000), NonOperational: true, EntryMicroseconds: 10, ExitMicroseconds: 20,
				RelativeReadThroughput: 3, RelativeReadLatency: 2, RelativeWriteThroughput: 1,
				IdleMicrowatts: ptr[uint32](3000), ActiveMicrowatts: ptr[uint32](400_000), Workload: 2,
				EmergencyRecoveryTime: 5, EmergencyRecoveryScale: 4,
			}}},
		},
		{
			name: "bits spelled out",
			in:   title + "oacs    : 0x17\n [15:4] : 0x1   Reserved\n  [2:2] : 0x1   FW Commit and Download Supported\n\nfrmw    : 0x16\n",
			want: nvme.IDCtrl{OACS: nvme.OACSSecurity | nvme.OACSFormat | nvme.OACSFirmware | nvme.OACSSelfTest, FRMW: 0x16},
		},
		{name: "out of range", in: title + "vid : ‸0x12345\nrab : 1\n", want: nvme.IDCtrl{Other: nvme.IDCtrlOther{RAB: 1}}, err: nvme.ErrRange},
		{name: "a power without a unit", in: title + "ps 0 : ‸mp:25.00 operational\n", want: nvme.IDCtrl{PowerStates: []nvme.PowerState{{}}}, err: nvme.ErrUnit},
		{
			name: "an error's path", in: `{"rab":1,"psds":[{},{"max_power":‸[]}]}`,
			want: nvme.IDCtrl{
				Other: nvme.IDCtrlOther{RAB: 1}, PowerStates: []nvme.PowerState{{}, {Number: 1}},
				Extra: map[string]json.RawMessage{"psds.1.max_power": json.RawMessage("[]")},
			},
			err: nvme.ErrType,
		},
		{name: "no such drive", in: "‸/dev/nvme9: No such file or directory\n", err: nvme.ErrTool},
		{name: "no such drive behind noise", in: "[proxychains] DLL init: 4.16\n‸/dev/nvme9: No such file or directory\n", err: nvme.ErrTool},
		{name: "noise alone", in: "\n‸[proxychains] DLL init: 4.16\n  colour: red\n", err: nvme.ErrFormat},
	})
}

func TestParseIDNS(t *testing.T) {
	formats := []nvme.LBAFormat{{Number: 0, DataBytes: 512}, {Number: 1, DataBytes: 4096, MetadataBytes: 8, RelativePerformance: 2, InUse: true}}
	flbas := ptr(nvme.FLBAS(1))
	run(t, nvme.ParseIDNS, []test[nvme.IDNS]{
		{
			name: "the format in use by its index",
			in:   `{"nlbaf":1,"flbas":1,"lbafs":[{"ms":0,"ds":9,"rp":0},{"ms":8,"ds":12,"rp":2}]}`,
			want: nvme.IDNS{LBAFormatCount: 2, FLBAS: flbas, LBAFormats: formats},
		},
		{
			name: "verbose JSON of 2.16",
			in: `{"nlbaf":1,"flbas":1,"lbafs":[{"LBA Format":0,"Metadata Size":"0 bytes","Data Size":"512 bytes","Relative Performance":"0x0 Best","in use":"no"},` +
				`{"LBA Format":1,"Metadata Size":"8 bytes","Data Size":"4096 bytes","Relative Performance":"0x2 Good","in use":"yes"}]}`,
			want: nvme.IDNS{LBAFormatCount: 2, FLBAS: flbas, LBAFormats: formats},
		},
		{
			name: "spelled out",
			in: "NVME Identify Namespace 1:\nnsze    : 0x10\tTotal size in logical blocks\nnlbaf   : 1\nflbas   : 0x1\n  [4:4] : 0\tMetadata Transferred in Separate Contiguous Buffer\n\n" +
				"LBA Format  0 : Metadata Size: 0   bytes - Data Size: 512 bytes - Relative Performance: 0 Best \n" +
				"LBA Format  1 : Metadata Size: 8   bytes - Data Size: 4096 bytes - Relative Performance: 0x2 Good (in use)\n",
			want: nvme.IDNS{NSID: 1, SizeBlocks: ptr[uint64](16), LBAFormatCount: 2, FLBAS: flbas, LBAFormats: formats},
		},
		{
			name: "no identifiers", in: `{"nguid":"00000000000000000000000000000000","eui64":"5cd2e4aabbcc0001","nuse":0}`,
			want: nvme.IDNS{EUI64: "5cd2e4aabbcc0001", UsedBlocks: ptr[uint64](0)},
		},
		{
			name: "a format that is not supported", in: `{"nlbaf":0,"lbafs":[{"ms":0,"ds":0,"rp":0}],"vs":["....Example"]}`,
			want: nvme.IDNS{LBAFormatCount: 1, LBAFormats: []nvme.LBAFormat{{}}, VendorSpecific: []string{"....Example"}},
		},
		{
			name: "a bad block size", in: "NVME Identify Namespace 1:\nlbaf  0 : ‸ms:x   lbads:9  rp:0 (in use)\n",
			want: nvme.IDNS{NSID: 1, LBAFormats: []nvme.LBAFormat{{DataBytes: 512, InUse: true}}},
			err:  nvme.ErrSyntax,
		},
	})
}

// TestFLBAS checks the index on both sides of where its high bits begin to
// count.
func TestFLBAS(t *testing.T) {
	if got := nvme.FLBAS(0x65).Index(16); got != 5 {
		t.Errorf("of 16 formats: %d, want 5", got)
	}
	if got := nvme.FLBAS(0x65).Index(17); got != 0x35 {
		t.Errorf("of 17 formats: %d, want 53", got)
	}
}

func TestParseErrorLog(t *testing.T) {
	entry := nvme.ErrorEntry{Count: 2, CMDID: 0xf, Status: 0x2002, Phase: ptr[uint8](1), Param: 0x28, LBA: 5, NSID: 1, TrType: ptr[uint8](0)}
	worded := entry
	worded.TrType, worded.Text = nil, "INVALID_FIELD: A reserved coded value"
	run(t, nvme.ParseErrorLog, []test[nvme.ErrorLog]{
		{name: "empty", in: `{"errors":[]}`},
		{
			name: "2.x", in: `{"errors":[{"error_count":2,"cmdid":15,"status_field":8194,"phase_tag":1,"parm_error_location":40,"lba":5,"nsid":1,"trtype":0}]}`,
			want: nvme.ErrorLog{Entries: []nvme.ErrorEntry{entry}},
		},
		{
			name: "the status holds the phase tag, 1.12", in: `{"errors":[{"error_count":2,"cmdid":15,"status_field":16389,"parm_error_location":40,"lba":5,"nsid":1,"trtype":0}]}`,
			want: nvme.ErrorLog{Entries: []nvme.ErrorEntry{entry}},
		},
		{
			name: "2.7.0", in: `{"errors":[{"error_count":2,"cmdid":15,"status_field":8194,"phase_tag":1,"parm_error_location":40,"lba":5,"NSID":1,"trtype":0}]}`,
			want: nvme.ErrorLog{Entries: []nvme.ErrorEntry{entry}},
		},
		{
			name: "plain text of 1.x",
			in: "Error Log Entries for device:nvme0 entries:1\n.................\n Entry[ 0]   \n.................\nerror_count\t: 2\ncmdid\t\t: 0xf\n" +
				"status_field\t: 0x4005(INVALID_FIELD: A reserved coded value)\nparm_err_loc\t: 0x28\nlba\t\t: 0x5\nnsid\t\t: 0x1\n" +
				"trtype\t\t: The transport type is not indicated or the error is not transport related.\nshade : grey\n.................\n",
			want: nvme.ErrorLog{Device: "nvme0", Entries: []nvme.ErrorEntry{worded}, Extra: map[string]json.RawMessage{"errors.0.shade": json.RawMessage(`"grey"`)}},
		},
	})
}

func TestParseFWLog(t *testing.T) {
	run(t, nvme.ParseFWLog, []test[nvme.FirmwareLog]{
		{
			name: "another slot after the next reset",
			in:   `{"nvme0":{"Active Firmware Slot (afi)":33,"Firmware Rev Slot 1":"2314885530819505713 (1.0.....)","Firmware Rev Slot 2":"3618974598758805553 (10.29.92)"}}`,
			want: nvme.FirmwareLog{Device: "nvme0", ActiveSlot: 1, NextSlot: 2, Slots: []nvme.FirmwareSlot{{1, "1.0"}, {2, "10.29.92"}}},
		},
		{
			name: "a revision that is none", in: "Firmware Log for device:nvme0\nafi  : 0x1\nfrs1 : ‸soon (soon)\n",
			want: nvme.FirmwareLog{Device: "nvme0", ActiveSlot: 1, Slots: []nvme.FirmwareSlot{{Slot: 1}}},
			err:  nvme.ErrSyntax,
		},
	})
}

func TestUint128(t *testing.T) {
	for _, s := range []string{"0", "18446744073709551615", "18446744073709551616", "340282366920938463463374607431768211455"} {
		var u nvme.Uint128
		if err := json.Unmarshal([]byte(s), &u); err != nil || u.String() != s {
			t.Errorf("%s reads as %v, %v", s, u, err)
		}
	}
	if _, ok := (nvme.Uint128{Hi: 1 << 63}).Mul(2); ok {
		t.Error("2^127 × 2 fits into 128 bits")
	}
	if got, ok := (nvme.Uint128{Lo: 1 << 63}).Mul(2); !ok || got != (nvme.Uint128{Hi: 1}) {
		t.Errorf("2^63 × 2 = %v, %v", got, ok)
	}
}

// TestEachBitHasItsName checks that a name stands for its bit.
func TestEachBitHasItsName(t *testing.T) {
	tests := []struct{ got, want string }{
		{nvme.OACS(0x17).String(), "security, format, firmware, self-test"},
		{nvme.OACS(1<<15 | 1).String(), "security, bit 15"},
		{nvme.ONCS(1 << 12).String(), "namespace zeroes"},
		{nvme.FNA(4).String(), "crypto erase"},
		{nvme.FRMW(0x17).String(), "slot 1 read only, activation without reset"},
		{nvme.OAESDiscoveryLogChange.String(), "discovery log change"},
		{nvme.OAESZoneDescriptorChanged.String(), "zone descriptor changed"},
		{nvme.OAESAllocatedNamespaceAttribute.String(), "allocated namespace attribute"},
		{nvme.CTRATTFlexibleDataPlacement.String(), "flexible data placement"},
		{nvme.SANICAPNoDeallocate.String(), "no-deallocate inhibited"},
		{nvme.ANACAPGroupIDNonZero.String(), "non-zero group ID"},
		{nvme.CriticalWarning(0).String(), ""},
		{nvme.WarningPersonality.String(), "indeterminate personality"},
		{nvme.RESCAPIgnoreExistingKey.String(), "ignore existing key 1.3"},
		{nvme.Version(0x10201).String(), "1.2.1"},
		{nvme.Version(0x20000).String(), "2.0"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}

// TestNamesOfTheKernel: what stands before a name, in a log or for want of a
// newline, is no name.
func TestNamesOfTheKernel(t *testing.T) {
	for _, text := range []string{
		"Nov 27 08:15:04 host nvme[12]: nvme-subsys3 - NQN=nqn.2024-01.org.example:array\n",
		"Subsystem        Subsystem-NQN                                                                                    Controllers\n" +
			"---------------- ------------------------------------------------------------------------------------------------ ----------------\n" +
			"tool: warning: something odd\n",
		"\tNode             SN                   Model                                    Namespace Usage                      Format           FW Rev\n" +
			"\t---------------- -------------------- ---------------------------------------- --------- -------------------------- ---------------- --------\n" +
			"\t/dev/nvme0n1     S64GNE0R100001       QEMU NVMe Ctrl                           1         960.20  GB / 960.20  GB    512   B +  0 B   7.2.22\n",
	} {
		list, err := nvme.ParseListSubsys([]byte(text))
		if len(list.Subsystems) > 0 || err == nil {
			t.Errorf("%q: %v, %+v", text, err, list.Subsystems)
		}
		if list, _ := nvme.ParseList([]byte(text)); len(list.Namespaces) > 0 && list.Namespaces[0].Name != "nvme0n1" {
			t.Errorf("%q: namespace %q", text, list.Namespaces[0].Name)
		}
	}
}

// TestTwoDrives: of two drives in one text the first is read, and the second told.
func TestTwoDrives(t *testing.T) {
	log, err := nvme.ParseSmartLog([]byte("Smart Log for NVME device:nvme0 namespace-id:ffffffff\ncritical_warning                    : 0x4\navailable_spare                     : 3%\n" +
		"Smart Log for NVME device:nvme1 namespace-id:ffffffff\ncritical_warning                    : 0\navailable_spare                     : 100%\npower_cycles                        : 7\n"))
	if list, _ := err.(nvme.Errors); len(list) != 1 || list[0].Line != 4 || !errors.Is(err, nvme.ErrSyntax) {
		t.Error(err)
	}
	if log.Device != "nvme0" || *log.CriticalWarning != 4 || *log.SparePercent != 3 || log.PowerCycles != nil {
		t.Errorf("%+v", log)
	}
	ctrl, err := nvme.ParseIDCtrl([]byte("NVME Identify Controller:\nvid       : 0x1b36\nsn        : AAAAAA1\nNVME Identify Controller:\nvid       : 0x1b36\nsn        : BBBBBB2\nmn        : BEE 2\n"))
	if ctrl.Serial != "AAAAAA1" || ctrl.Model != "" || !errors.Is(err, nvme.ErrSyntax) {
		t.Errorf("%v, %+v", err, ctrl)
	}
	ns, err := nvme.ParseIDNS([]byte("NVME Identify Namespace 1:\nnsze    : 0x100\nNVMe Identify Namespace 2:\nnsze    : 0x200\nncap    : 0x200\n"))
	if ns.NSID != 1 || *ns.SizeBlocks != 0x100 || ns.CapacityBlocks != nil || !errors.Is(err, nvme.ErrSyntax) {
		t.Errorf("%v, %+v", err, ns)
	}
}
