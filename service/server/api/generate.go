package api

//go:generate go tool -modfile=../../../.tools/go.mod oapi-codegen --config oapi-codegen.yaml openapi.yaml
//go:generate go run ./internal/policyinput/write openapi.yaml ../../../policies/schemas/invoer.json
