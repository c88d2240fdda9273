package domain

import (
	"errors"
	"fmt"
)

// Code is the kind of a failure. The set is closed: the transports map every
// one of them to a status in a single table.
type Code string

// The codes of a failure.
const (
	Invalid              Code = "ongeldig"
	Unauthenticated      Code = "niet_aangemeld"
	Forbidden            Code = "verboden"
	NotFound             Code = "niet_gevonden"
	MethodNotAllowed     Code = "methode_niet_toegestaan"
	NotAcceptable        Code = "antwoordvorm_niet_mogelijk"
	Conflict             Code = "conflict"
	Stale                Code = "verouderd"
	TooLarge             Code = "te_groot"
	UnsupportedType      Code = "vorm_niet_ondersteund"
	PreconditionRequired Code = "voorwaarde_nodig"
	PolicyFailed         Code = "beleid_faalt"
	Internal             Code = "intern"
	Unavailable          Code = "niet_beschikbaar"
)

// Fault is one thing wrong with an input. Field is a dotted path with list
// elements as [i] (`melding.feiten.schade`, `items[3].invoer`), or the name of
// a query parameter. Code names the sentence `gebrek.<code>` in nl.json, which
// Args fill.
type Fault struct {
	Field string
	Code  string
	Args  []any
}

// Error is a failure that may be shown to a user: Key names the sentence in
// nl.json, Args fill it. Faults name all that is wrong with an input at once.
// Cause is for the log only.
type Error struct {
	Code   Code
	Key    string
	Args   []any
	Faults []Fault
	Cause  error
}

// Error describes the failure for the log.
func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s (%s): %v", e.Code, e.Key, e.Cause)
	}
	return fmt.Sprintf("%s (%s)", e.Code, e.Key)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// AsError gives err as an Error; every error that is not one is Internal and
// shows nothing of its cause.
func AsError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Code: Internal, Key: "fout.intern", Cause: err}
}

// InvalidInput is the failure that names faults.
func InvalidInput(faults []Fault) *Error {
	return &Error{Code: Invalid, Key: "fout.ongeldig", Faults: faults}
}

// IsCode reports whether err is a failure of kind code.
func IsCode(err error, code Code) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}
