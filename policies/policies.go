// Package policies embeds the shipped policy tree, so that the service can run
// without files beside it.
package policies

import "embed"

// FS holds the tree: main, criteria, stappen, lib and data, and the schema of what a
// policy sees.
//
//go:embed main criteria stappen lib data schemas
var FS embed.FS
