package main

import "io"

// Run is the program in this process, for tests that need no other.
func Run(args []string, in io.Reader, out, errOut io.Writer) int { return run(args, in, out, errOut) }
