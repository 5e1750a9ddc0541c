// SPDX-License-Identifier: Apache-2.0

//go:build nvml

package nvml

import (
	"fmt"

	gonvml "github.com/NVIDIA/go-nvml/pkg/nvml"

	"github.com/mchus/bee/nvidia"
)

// Live loads the driver's library, reads all GPUs and unloads it. The error wraps
// [nvidia.ErrNoDriver] where there is no library or no driver, and [ErrNotBuilt] in a
// program that was built without the tag nvml, which reads nothing. The log is never
// nil.
func Live() (*nvidia.Log, error) {
	lib := gonvml.New()
	if ret := lib.Init(); ret != gonvml.SUCCESS {
		return new(nvidia.Log), fmt.Errorf("nvml: %w: %v", nvidia.ErrNoDriver, ret)
	}
	defer func() { _ = lib.Shutdown() }() // nothing is left to do about it
	return Read(lib)
}

// Read fills a log through a library that has been initialised. A GPU that the
// driver cannot open becomes a note, as nvidia-smi prints one. The log is never
// nil; the error says that the GPUs could not be counted.
func Read(lib gonvml.Interface) (*nvidia.Log, error) {
	log := new(nvidia.Log)
	r := reader{lib: lib, gpu: new(nvidia.GPU)}
	log.Driver = get(&r, "nvmlSystemGetDriverVersion", lib.SystemGetDriverVersion)
	if v := get(&r, "nvmlSystemGetCudaDriverVersion", lib.SystemGetCudaDriverVersion); v > 0 {
		log.CUDA = fmt.Sprintf("%d.%d", v/1000, v%1000/10)
	}
	n, ret := lib.DeviceGetCount()
	if ret != gonvml.SUCCESS {
		return log, fmt.Errorf("nvml: count the GPUs: %v", ret)
	}
	count := int64(n)
	log.AttachedGPUs = &count
	for i := range n {
		dev, ret := lib.DeviceGetHandleByIndex(i)
		if ret != gonvml.SUCCESS {
			index := int64(i)
			log.Notes = append(log.Notes, nvidia.Note{
				Text:       fmt.Sprintf("Unable to determine the device handle for GPU%d: %s", i, message(ret)),
				Index:      &index,
				Unreadable: true,
			})
			continue
		}
		log.GPUs = append(log.GPUs, r.read(dev))
	}
	return log, nil
}

// A reader asks one GPU after the other.
type reader struct {
	lib gonvml.Interface
	dev gonvml.Device
	gpu *nvidia.GPU
}

// read asks for everything that is known of a GPU.
func (r *reader) read(dev gonvml.Device) nvidia.GPU {
	r.dev, r.gpu = dev, new(nvidia.GPU)
	r.identity()
	r.pci()
	r.settings()
	r.memory()
	r.ecc()
	r.rows()
	r.temperature()
	r.power()
	r.clocks()
	r.utilization()
	r.mig()
	r.nvlinks()
	r.processes()
	r.fabric()
	return *r.gpu
}

// has says whether the library has a function. To call one that it does not
// have would end the program.
func (r *reader) has(symbol string) bool {
	return r.lib.Extensions().LookupSymbol(symbol) == nil
}

// ok says whether a call gave a value, and notes what is wrong with the GPU if
// that is why it did not.
func (r *reader) ok(ret gonvml.Return) bool {
	switch ret {
	case gonvml.SUCCESS:
		return true
	case gonvml.ERROR_GPU_IS_LOST, gonvml.ERROR_RESET_REQUIRED, gonvml.ERROR_UNKNOWN,
		gonvml.ERROR_CORRUPTED_INFOROM, gonvml.ERROR_INSUFFICIENT_POWER, gonvml.ERROR_IRQ_ISSUE:
		if r.gpu.Fault == "" {
			r.gpu.Fault = message(ret)
		}
	}
	return false
}

// message writes an error as nvidia-smi does.
func message(ret gonvml.Return) string {
	switch ret {
	case gonvml.ERROR_GPU_IS_LOST:
		return "GPU is lost"
	case gonvml.ERROR_RESET_REQUIRED:
		return "GPU requires reset"
	case gonvml.ERROR_UNKNOWN:
		return "Unknown Error"
	case gonvml.ERROR_CORRUPTED_INFOROM:
		return "Corrupted infoROM"
	case gonvml.ERROR_INSUFFICIENT_POWER:
		return "Insufficient External Power"
	case gonvml.ERROR_IRQ_ISSUE:
		return "Interrupt Request Issue"
	case gonvml.ERROR_NOT_FOUND:
		return "Not Found"
	}
	return ret.Error()
}

// get asks for one value, which is zero where there is none.
func get[T any](r *reader, symbol string, call func() (T, gonvml.Return)) T {
	v, _ := try(r, symbol, call)
	return v
}

// try asks for one value and says whether there is one.
func try[T any](r *reader, symbol string, call func() (T, gonvml.Return)) (T, bool) {
	var zero T
	if !r.has(symbol) {
		return zero, false
	}
	v, ret := call()
	if !r.ok(ret) {
		return zero, false
	}
	return v, true
}

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// num asks for a number, nil where there is none.
func num[T integer](r *reader, symbol string, call func() (T, gonvml.Return)) *int64 {
	v, ok := try(r, symbol, call)
	if !ok {
		return nil
	}
	return ptr(int64(v))
}

// flag asks for a switch, nil where there is none.
func flag(r *reader, symbol string, call func() (gonvml.EnableState, gonvml.Return)) *bool {
	v, ok := try(r, symbol, call)
	if !ok {
		return nil
	}
	return ptr(v == gonvml.FEATURE_ENABLED)
}

// with turns a call that has an argument into one that has none.
func with[A, T any](call func(A) (T, gonvml.Return), arg A) func() (T, gonvml.Return) {
	return func() (T, gonvml.Return) { return call(arg) }
}

// first turns a call with two results into one that has the first.
func first[T, U any](call func() (T, U, gonvml.Return)) func() (T, gonvml.Return) {
	return func() (T, gonvml.Return) {
		v, _, ret := call()
		return v, ret
	}
}

// second turns a call with two results into one that has the second.
func second[T, U any](call func() (T, U, gonvml.Return)) func() (U, gonvml.Return) {
	return func() (U, gonvml.Return) {
		_, v, ret := call()
		return v, ret
	}
}

func ptr[T any](v T) *T { return &v }
