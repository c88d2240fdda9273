// Package schema reads the bodies of requests: strict JSON first, then the
// schemas of the contract (openapi.yaml). It names everything that is wrong at
// once, each fault by its field, and hands on what is left, so that the rules
// between fields can be checked as well. It knows no HTTP and no rule of triage.
package schema
