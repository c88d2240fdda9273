// Package sqlite keeps the store in one SQLite file, without a server. Writes of
// all callers go through one goroutine that puts what is waiting in one
// transaction: one sync to disk serves many callers. Reads have a pool of their
// own. Several processes may have the same file open.
package sqlite
