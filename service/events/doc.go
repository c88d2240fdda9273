// Package events tells another system of a message, as a CloudEvent by the NL GOV
// profile, structured, in JSON, by POST to a webhook. An event holds codes, dates
// and the kenmerk, nothing personal. That the other system wants them is agreed
// beforehand, between people: there is no handshake by OPTIONS.
package events
