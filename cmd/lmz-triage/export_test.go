package main

import (
	"bufio"
	"bytes"
	"io"
)

// Run is the program in this process, for tests that need no other.
func Run(args []string, in io.Reader, out, errOut io.Writer) int { return run(args, in, out, errOut) }

// Lines splits text as an import does; nil stands for a line that is too long.
func Lines(text []byte) (lines [][]byte, total int) {
	r := bufio.NewReaderSize(bytes.NewReader(text), 16)
	for {
		line, size, err := readLine(r)
		if size == 0 {
			return lines, total
		}
		lines, total = append(lines, line), total+size
		if err != nil {
			return lines, total
		}
	}
}

// LongestLine is the largest line that is read.
const LongestLine = longestLine

// Secret reads a file with a secret.
func Secret(path string) (string, error) { return secret(path) }
