// Package mongo keeps everything in one MongoDB database, which any number of
// copies of the service may use at once. Nothing it does needs two documents to
// change together: where an operation writes several, each stop between two of
// the writes is harmless or made whole later, and a comment says why.
package mongo
