package domain

import "time"

// Beleidspakket is everything a version of the policy consists of, kept for as
// long as a decision of it is kept. Digest is over the sources alone.
type Beleidspakket struct {
	Digest       string
	Bron         []byte // the tree: a JSON object, path to text
	Catalogus    Catalogus
	Wasm         []byte
	Motor        string // engine that compiled it, with its version
	VastgelegdOp time.Time
}

// Activering makes the package Digest the active one. Versie counts up from 1
// in the order of activation.
type Activering struct {
	Versie      int
	Digest      string
	GeldigVanaf time.Time
	Door        string // id of the actor
	Reden       string
}
