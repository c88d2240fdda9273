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
