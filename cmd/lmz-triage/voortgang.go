package main

import (
	"os"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far long work is: a bar on a terminal, nothing elsewhere.
type progress struct{ bar *progressbar.ProgressBar }

// newProgress shows work of total steps; -1 is work of which nobody knows the end.
func newProgress(c console, total int64, what string) progress {
	f, ok := c.err.(*os.File)
	if !ok {
		return progress{}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return progress{}
	}
	return progress{progressbar.NewOptions64(total, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionThrottle(100_000_000), progressbar.OptionClearOnFinish())}
}

func (p progress) add(n int) {
	if p.bar != nil {
		_ = p.bar.Add(n)
	}
}

func (p progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
