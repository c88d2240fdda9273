package domain

import "time"

// Sleutel is what the first request with an Idempotency-Key fixed: the key names
// it (never the caller's own text), Digest is of what was asked, and ID and
// Moment are those of the answer, so that sending the request again gives the
// same one.
type Sleutel struct {
	Naam   string // SHA-256 in hex of caller, call and key
	Digest string // SHA-256 in hex of the request
	ID     string // UUIDv7
	Moment time.Time
}
