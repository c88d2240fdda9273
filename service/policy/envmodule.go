package policy

// An OPA module imports its memory and its host functions from one module named
// "env". wazero's host modules export no memory, so a module of a few lines
// stands between: it owns the memory and passes the host functions on.

// The WebAssembly section numbers and kinds used below (WebAssembly Core
// Specification 1.0, section 5).
const (
	sectionType   = 1
	sectionImport = 2
	sectionMemory = 5
	sectionExport = 7
	kindFunc      = 0
	kindMemory    = 2
	typeI32       = 0x7f
)

// hostModule is the name under which the Go functions are found.
const hostModule = "lmz"

// abortFunction is what a module calls to stop itself.
const abortFunction = "opa_abort"

// hostFunctions lists the host functions with their number of i32 parameters;
// all but opa_abort give an i32 back.
func hostFunctions() []struct {
	name   string
	params int
} {
	return []struct {
		name   string
		params int
	}{
		{abortFunction, 1},
		{"opa_builtin0", 2},
		{"opa_builtin1", 3},
		{"opa_builtin2", 4},
		{"opa_builtin3", 5},
		{"opa_builtin4", 6},
	}
}

// envModule gives the binary of that module, with memory of minPages to maxPages
// pages of 64 KiB.
func envModule(minPages, maxPages uint32) []byte {
	fns := hostFunctions()
	var types, imports, exports []byte
	for i, f := range fns {
		types = append(types, 0x60, byte(f.params))
		for range f.params {
			types = append(types, typeI32)
		}
		if f.name == abortFunction {
			types = append(types, 0)
		} else {
			types = append(types, 1, typeI32)
		}
		imports = append(imports, name(hostModule)...)
		imports = append(imports, name(f.name)...)
		imports = append(imports, kindFunc, byte(i))
		exports = append(exports, name(f.name)...)
		exports = append(exports, kindFunc, byte(i))
	}
	exports = append(exports, name("memory")...)
	exports = append(exports, kindMemory, 0)
	memory := append(append([]byte{1}, leb(minPages)...), leb(maxPages)...)

	out := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	out = append(out, section(sectionType, len(fns), types)...)
	out = append(out, section(sectionImport, len(fns), imports)...)
	out = append(out, section(sectionMemory, 1, memory)...)
	return append(out, section(sectionExport, len(fns)+1, exports)...)
}

func section(id byte, count int, body []byte) []byte {
	body = append(leb(uint32(count)), body...)
	return append(append([]byte{id}, leb(uint32(len(body)))...), body...)
}

func name(s string) []byte { return append(leb(uint32(len(s))), s...) }

// leb is unsigned LEB128.
func leb(n uint32) []byte {
	var out []byte
	for {
		b := byte(n & 0x7f)
		if n >>= 7; n == 0 {
			return append(out, b)
		}
		out = append(out, b|0x80)
	}
}
