package policy_test

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// part is one section of a module: its number and its entries.
func part(id byte, entries ...[]byte) []byte {
	body := []byte{byte(len(entries))}
	for _, e := range entries {
		body = append(body, e...)
	}
	return append([]byte{id, byte(len(body))}, body...)
}

// module is a small module with the function f: its code, after no locals and
// before the end. It imports opa_abort as function 0, and f is function 1.
func module(code ...byte) []byte {
	out := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	for _, p := range [][]byte{
		part(1, []byte{0x60, 1, 0x7f, 0}, []byte{0x60, 0, 0}), // (i32) -> (), () -> ()
		part(2, append(append([]byte{3}, "env"...), append(append([]byte{9}, "opa_abort"...), 0, 0)...)),
		part(3, []byte{1}),
		part(6),
		part(7, append([]byte{1, 'f', 0}, 1)),
		part(10, append([]byte{byte(len(code) + 2), 0}, append(code, 0x0b)...)),
	} {
		out = append(out, p...)
	}
	return out
}

// The codes of the small modules, each of which never ends.
func endless() map[string][]byte {
	return map[string][]byte{
		"a loop that calls":                  {0x03, 0x40, 0x41, 7, 0x10, 0, 0x0c, 0, 0x0b},
		"a function that calls itself":       {0x10, 1},
		"a loop inside a loop that calls":    {0x03, 0x40, 0x03, 0x40, 0x41, 7, 0x10, 0, 0x0b, 0x0c, 0, 0x0b},
		"a loop that calls nothing":          {0x03, 0x40, 0x0c, 0, 0x0b},
		"loops in loops that call nothing":   {0x03, 0x40, 0x03, 0x40, 0x41, 0, 0x0d, 0, 0x0b, 0x0c, 0, 0x0b},
		"a call in a branch inside the loop": {0x03, 0x40, 0x41, 1, 0x04, 0x40, 0x41, 7, 0x10, 0, 0x0b, 0x0c, 0, 0x0b},
	}
}

// host counts the calls of opa_abort by their argument, and ends the module at
// the third that asks for fuel.
type host struct{ fuel, other int }

func (h *host) run(t *testing.T, wasm []byte) error {
	t.Helper()
	ctx := t.Context()
	r := wazero.NewRuntime(ctx)
	defer func() { require.NoError(t, r.Close(ctx)) }()
	_, err := r.NewHostModuleBuilder("env").NewFunctionBuilder().WithGoModuleFunction(
		api.GoModuleFunc(func(_ context.Context, m api.Module, stack []uint64) {
			if stack[0] != 0 {
				h.other++
				return
			}
			if h.fuel++; h.fuel == 3 {
				panic("enough")
			}
			m.ExportedGlobal(policy.FuelExport).(api.MutableGlobal).Set(policy.FuelTank)
		}), []api.ValueType{api.ValueTypeI32}, nil).Export("opa_abort").Instantiate(ctx)
	require.NoError(t, err)
	m, err := r.Instantiate(ctx, wasm)
	require.NoError(t, err)
	m.ExportedGlobal(policy.FuelExport).(api.MutableGlobal).Set(policy.FuelTank)
	_, err = m.ExportedFunction("f").Call(ctx)
	return err
}

func TestAModuleThatNeverEndsAsksForFuel(t *testing.T) {
	for name, code := range endless() {
		t.Run(name, func(t *testing.T) {
			wasm, err := policy.WithFuel(module(code...))
			require.NoError(t, err)
			var h host
			require.ErrorContains(t, h.run(t, wasm), "enough")
			assert.Equal(t, 3, h.fuel)
		})
	}
}

func TestAModuleThatEndsDoesWhatItDid(t *testing.T) {
	for name, c := range map[string]struct {
		code []byte
		told int
	}{
		"nothing":                     {nil, 0},
		"one call":                    {[]byte{0x41, 7, 0x10, 0}, 1},
		"a call after an if":          {[]byte{0x41, 0, 0x04, 0x40, 0x41, 7, 0x10, 0, 0x05, 0x41, 8, 0x10, 0, 0x0b, 0x41, 9, 0x10, 0}, 2},
		"a loop that runs once":       {[]byte{0x03, 0x40, 0x41, 7, 0x10, 0, 0x0b}, 1},
		"numbers that look like code": {[]byte{0x41, 0x83, 0x80, 0x0b, 0x1a, 0x42, 0x90, 0x8b, 0x03, 0x1a, 0x44, 3, 0x0b, 0x10, 3, 0x40, 3, 0x0b, 0x10, 0x1a, 0x41, 7, 0x10, 0}, 1},
		"a table of branches":         {[]byte{0x02, 0x40, 0x02, 0x40, 0x41, 1, 0x0e, 2, 0, 1, 0, 0x0b, 0x41, 7, 0x10, 0, 0x0b, 0x41, 8, 0x10, 0}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			wasm, err := policy.WithFuel(module(c.code...))
			require.NoError(t, err)
			var h host
			require.NoError(t, h.run(t, wasm))
			assert.Equal(t, host{other: c.told}, h)
		})
	}
}

func TestAModuleThatIsNotWholeIsAnError(t *testing.T) {
	whole := module(endless()["a loop that calls"]...)
	rapid.Check(t, func(r *rapid.T) {
		_, err := policy.WithFuel(whole[:rapid.IntRange(0, len(whole)-1).Draw(r, "length")])
		assert.ErrorContains(r, err, "malformed wasm module")
	})
	for name, wasm := range map[string][]byte{
		"an instruction that does not exist": module(0xc5),
		"an end too many":                    module(0x0b),
		"an end too few":                     module(0x03, 0x40),
		"nobody to ask for fuel":             []byte("\x00asm\x01\x00\x00\x00" + "\x02\x01\x00" + "\x06\x01\x00" + "\x07\x01\x00" + "\x0a\x01\x00"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := policy.WithFuel(wasm)
			assert.ErrorContains(t, err, "malformed wasm module")
		})
	}
}

// FuzzWithFuel: what is a module stays one, and what is none harms nobody.
func FuzzWithFuel(f *testing.F) {
	for _, code := range endless() {
		f.Add(module(code...))
	}
	f.Add([]byte("\x00asm\x01\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, wasm []byte) {
		fuelled, err := policy.WithFuel(wasm)
		if err != nil {
			return
		}
		r := wazero.NewRuntimeWithConfig(t.Context(), wazero.NewRuntimeConfigInterpreter())
		defer func() { require.NoError(t, r.Close(t.Context())) }()
		if _, err := r.CompileModule(t.Context(), wasm); err != nil {
			return
		}
		_, err = r.CompileModule(t.Context(), fuelled)
		require.NoError(t, err)
	})
}

func TestALongEvaluationDoesNotHoldUpTheProcess(t *testing.T) {
	variants, err := fixtures.BeleidVarianten()
	require.NoError(t, err)
	limits := policy.Limits{Evaluation: 150 * time.Millisecond, Instances: 1}
	v := load(t, variants["rekenen zonder eind"].Over(smallTree(t)), limits)
	var over atomic.Bool
	ended := make(chan error, 1)
	go func() {
		_, err := v.Decide(context.Background(), policy.EncodeInput(question("ja", "nee")))
		over.Store(true)
		ended <- err
	}()
	require.Eventually(t, v.Busy, 5*time.Second, time.Millisecond)
	runtime.GC() // stops every goroutine, so it waits for all of them
	assert.False(t, over.Load(), "the memory was cleaned up while the evaluation went on")
	var f *policy.EvaluationError
	require.ErrorAs(t, <-ended, &f)
	assert.Equal(t, policy.Overrun, f.Reason)
}
