// Package domain holds the vocabulary of the meldpunt: what a triage question
// is, what an advice is made of, who acts, and how a failure is told. It uses
// the standard library and package term only.
package domain
