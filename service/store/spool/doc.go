// Package spool lets decisions go on while the store is away: their entries of the
// decision log wait in a file of this process, and are delivered when the store is
// back. The policy that was active last stands in a file beside it, so that a process
// that starts meanwhile decides as the one before it did. Everything else is answered by the store itself, so it is Unavailable
// meanwhile. That goes for Idempotency-Keys too: whether a key was used can only
// be told by the store that all copies of the service share, so a decision with
// a key is refused before it comes here.
package spool
