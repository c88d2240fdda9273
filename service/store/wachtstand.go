package store

// Uitwijk is a store that has a place where entries of the decision log can wait
// while it cannot be reached.
type Uitwijk interface {
	// Wachtstand tells how that place stands at this moment.
	Wachtstand() Wachtstand
}

// Wachtstand is how many entries of the decision log wait for their store.
type Wachtstand struct {
	Wachtend  int64 // those that wait, with those that were refused
	Geweigerd int64 // those the store has another entry for under the same id: people must look
	Geleverd  int64 // those delivered since the process started
	Vol       bool  // no other can be kept
}
