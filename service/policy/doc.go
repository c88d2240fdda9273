// Package policy runs the Rego policy in process. A tree of sources is compiled
// once to WebAssembly and evaluated in a pool of instances; OPA's interpreter is
// the reference. Titles, sentences and law come from the METADATA of the tree,
// read once into a catalogue. A policy that fails is an EvaluationError, never a guess.
package policy
