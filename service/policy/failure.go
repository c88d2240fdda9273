package policy

import (
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Reason is why a policy gave no usable answer. The set is closed; it is a
// label of the metrics.
type Reason string

// The reasons of a failure.
const (
	Overrun   Reason = "tijd"           // no answer within the limit
	Undefined Reason = "ongedefinieerd" // the decision has no value
	Malformed Reason = "misvormd"       // a code missing, one too many, an unknown advice
	Erred     Reason = "fout"           // the engine stopped: conflict, memory, a failing built-in
	Disagreed Reason = "verschil"       // the two engines answer differently
)

// Reasons lists all reasons.
func Reasons() []Reason { return []Reason{Overrun, Undefined, Malformed, Erred, Disagreed} }

// EvaluationError is a policy that did not answer. Detail is for the log: it names codes
// and rules, never an input.
type EvaluationError struct {
	Reason Reason
	Detail string
}

// Error describes the failure for the log.
func (f *EvaluationError) Error() string {
	return fmt.Sprintf("policy failed (%s): %s", f.Reason, f.Detail)
}

// failed wraps an EvaluationError in the error a user may see.
func failed(reason Reason, format string, args ...any) error {
	return &domain.Error{
		Code: domain.PolicyFailed, Key: "fout.beleid_faalt",
		Cause: &EvaluationError{Reason: reason, Detail: fmt.Sprintf(format, args...)},
	}
}
