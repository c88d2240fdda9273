package policy

// FuelTank is how much a module spends before it asks its host.
const FuelTank = fuelTank

// FuelExport is the name of the counter.
const FuelExport = fuelExport

// WithFuel is what every module goes through before it runs.
func WithFuel(wasm []byte) ([]byte, error) { return withFuel(wasm) }

// ScanAnswer reads a decision the fast way, false when that does not do.
func ScanAnswer(raw []byte) (advice string, criteria map[string]string, steps []string, ok bool) {
	a, ok := scanAnswer(raw)
	return a.Advies, a.Criteria, a.Stappen, ok
}

// Busy reports that every instance is at work.
func (v *Version) Busy() bool { return len(v.pool.free) == 0 }

// Remembers reports whether the version remembers bandwidths.
func (v *Version) Remembers() bool { return v.remembered != nil }

// TrustMemory makes the version give what it remembers without computing it too.
func (v *Version) TrustMemory() {
	if v.remembered != nil {
		v.remembered.check.Store(0)
	}
}

// Hits is how many bandwidths were given from memory.
func (v *Version) Hits() int64 {
	if v.remembered == nil {
		return 0
	}
	return v.remembered.hits.Load()
}

// MemoryHolds reports that no remembered bandwidth was found wrong.
func (v *Version) MemoryHolds() bool { return !v.remembered.off.Load() }
