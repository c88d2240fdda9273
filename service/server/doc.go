// Package server is the HTTP edge: it wires the REST API and the pages to Echo,
// asks who calls, tells failures as problem+json, and counts. It holds no rule of
// the office.
package server
