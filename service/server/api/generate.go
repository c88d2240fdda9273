// Package api is the contract of the service (openapi.yaml), the types and routes
// generated from it, and the handlers that answer them. A handler binds, calls
// and presents; it holds no rule.
package api

//go:generate go tool -modfile=../../../.tools/go.mod oapi-codegen --config oapi-codegen.yaml openapi.yaml
//go:generate go run ./internal/policyinput/write openapi.yaml ../../../policies/schemas/invoer.json
