package policy

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// maxPages is the hard limit on the memory of one instance, in pages of 64 KiB:
// 32 MiB.
const maxPages = 512

// instance is one running copy of the module, for one goroutine at a time.
type instance struct {
	runtime   wazero.Runtime
	module    api.Module
	memory    api.Memory
	functions map[string]api.Function
	eval      api.Function
	fuel      api.MutableGlobal
	limit     time.Duration // for one evaluation
	watch     *time.Timer   // set for an evaluation that has spent its first fuel
	watched   bool
	builtins  builtinTable
	data      uint64 // address of the figures
	heap      uint32 // where an evaluation may start to write
	stack     [7]uint64
	failure   error  // first failing host built-in of this evaluation
	abort     string // what the module said when it stopped itself
}

// newInstance starts a copy of wasm (which must have fuel) with figures as its
// data. A cache shared between calls makes all but the first cheap.
func newInstance(ctx context.Context, cache wazero.CompilationCache, wasm, figures []byte, limit time.Duration) (*instance, error) {
	config := wazero.NewRuntimeConfig().WithCompilationCache(cache).WithMemoryLimitPages(maxPages)
	in := &instance{
		runtime: wazero.NewRuntimeWithConfig(ctx, config), functions: map[string]api.Function{},
		limit: limit, watch: time.NewTimer(limit),
	}
	in.watch.Stop()
	if err := in.start(ctx, wasm, figures); err != nil {
		in.close(ctx)
		return nil, fmt.Errorf("start policy instance: %w", err)
	}
	return in, nil
}

func (in *instance) start(ctx context.Context, wasm, figures []byte) error {
	host := in.runtime.NewHostModuleBuilder(hostModule)
	for _, f := range hostFunctions() {
		params := make([]api.ValueType, f.params)
		for i := range params {
			params[i] = api.ValueTypeI32
		}
		fn, results := api.GoModuleFunc(in.onAbort), []api.ValueType{}
		if f.name != abortFunction {
			fn, results = in.hostBuiltin(f.params-2), []api.ValueType{api.ValueTypeI32}
		}
		host.NewFunctionBuilder().WithGoModuleFunction(fn, params, results).Export(f.name)
	}
	if _, err := host.Instantiate(ctx); err != nil {
		return err
	}
	if err := in.link(ctx, wasm); err != nil {
		return err
	}
	var err error
	in.eval = in.module.ExportedFunction("opa_eval")
	in.fuel, _ = in.module.ExportedGlobal(fuelExport).(api.MutableGlobal)
	if in.fuel == nil {
		return errModule
	}
	if in.builtins, err = readBuiltins(ctx, in); err != nil {
		return err
	}
	if in.data, err = in.parse(ctx, "opa_json_parse", figures); err != nil {
		return err
	}
	heap, err := in.call(ctx, "opa_heap_ptr_get")
	in.heap = uint32(heap)
	return err
}

// link puts the module with the memory between it and the host functions.
func (in *instance) link(ctx context.Context, wasm []byte) error {
	compiled, err := in.runtime.CompileModule(ctx, wasm)
	if err != nil {
		return err
	}
	pages := uint32(0)
	for _, m := range compiled.ImportedMemories() {
		pages = max(pages, m.Min())
	}
	env, err := in.runtime.InstantiateWithConfig(ctx, envModule(pages, maxPages), wazero.NewModuleConfig().WithName("env"))
	if err != nil {
		return err
	}
	in.memory = env.Memory()
	in.module, err = in.runtime.InstantiateModule(ctx, compiled, wazero.NewModuleConfig().WithName("policy"))
	return err
}

func (in *instance) close(ctx context.Context) { _ = in.runtime.Close(ctx) }

// onAbort is called by the module when it stops itself, for a conflict between
// two values of a rule or want of memory, and by its counter for more fuel.
func (in *instance) onAbort(_ context.Context, _ api.Module, stack []uint64) {
	if uint32(stack[0]) == refuelAddress {
		in.refuel()
		return
	}
	in.abort = string(in.text(uint32(stack[0])))
	panic("policy stopped: " + in.abort)
}

// refuel lets an evaluation go on until its limit. The limit counts from the
// first time: what stays below that is over at once.
func (in *instance) refuel() {
	in.bound()
	in.fuel.Set(fuelTank)
}

// bound stops an evaluation that is past its limit.
func (in *instance) bound() {
	if !in.watched {
		in.watched = true
		in.watch.Reset(in.limit)
	}
	select {
	case <-in.watch.C:
		panic(failed(Overrun, "evaluation took longer than %s", in.limit))
	default:
	}
}

// call runs an exported function of the module.
func (in *instance) call(ctx context.Context, name string, args ...uint64) (uint64, error) {
	f, ok := in.functions[name]
	if !ok {
		if f = in.module.ExportedFunction(name); f == nil {
			return 0, fmt.Errorf("call %s: no such function", name)
		}
		in.functions[name] = f
	}
	var stack [4]uint64
	copy(stack[:], args)
	if err := f.CallWithStack(ctx, stack[:]); err != nil {
		return 0, fmt.Errorf("call %s: %w", name, err)
	}
	return stack[0], nil
}

// text is the zero-terminated text at addr; it is valid until the next call.
func (in *instance) text(addr uint32) []byte {
	rest, ok := in.memory.Read(addr, in.memory.Size()-addr)
	if !ok {
		return nil
	}
	if end := bytes.IndexByte(rest, 0); end >= 0 {
		return rest[:end]
	}
	return nil
}

// parse copies text into the module and reads it with parser.
func (in *instance) parse(ctx context.Context, parser string, text []byte) (uint64, error) {
	addr, err := in.call(ctx, "opa_malloc", uint64(len(text)))
	if err != nil {
		return 0, err
	}
	if !in.memory.Write(uint32(addr), text) {
		return 0, fmt.Errorf("write %d bytes to policy memory: out of range", len(text))
	}
	value, err := in.call(ctx, parser, addr, uint64(len(text)))
	if err != nil {
		return 0, err
	}
	if value == 0 {
		return 0, fmt.Errorf("%s: not readable", parser)
	}
	return value, nil
}

// evaluate answers entry for input, both JSON. The result is a set of one
// `{"result": …}`, or empty; it is valid until the next call. One call of the
// module, no allocation in Go.
func (in *instance) evaluate(ctx context.Context, entry int32, input []byte) ([]byte, error) {
	in.begin()
	if err := in.reserve(in.heap + uint32(len(input))); err != nil {
		return nil, err
	}
	in.memory.Write(in.heap, input)
	in.stack = [7]uint64{
		0, uint64(entry), in.data, uint64(in.heap), uint64(len(input)), uint64(in.heap) + uint64(len(input)), 0,
	}
	err := in.eval.CallWithStack(ctx, in.stack[:])
	if in.failure != nil {
		return nil, in.failure
	}
	if err != nil {
		return nil, err
	}
	return in.text(uint32(in.stack[0])), nil
}

// begin starts an evaluation: with a full tank, and nothing failed.
func (in *instance) begin() {
	in.failure, in.abort = nil, ""
	in.fuel.Set(fuelTank)
	if in.watched {
		in.watched = false
		in.watch.Stop()
	}
}

// reserve makes the memory reach to end.
func (in *instance) reserve(end uint32) error {
	if size := in.memory.Size(); end > size {
		if _, ok := in.memory.Grow((end-size)/65536 + 1); !ok {
			return fmt.Errorf("grow policy memory to %d bytes: limit reached", end)
		}
	}
	return nil
}
