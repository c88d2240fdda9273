package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"
)

// table begins a table with the heads of this sentence.
func (c console) table(heads string) *tabwriter.Writer {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, strings.Join(strings.Split(c.texts.Sentence(heads), "|"), "\t"))
	return w
}

// more says that there is more, when there is.
func (c console) more(next string) error {
	if next != "" {
		c.say("cli.meer_regels")
	}
	return nil
}

// minute writes a moment by the clock of the office; a line when it did not happen.
func minute(at time.Time, zone *time.Location) string {
	if at.IsZero() {
		return "-"
	}
	return at.In(zone).Format("2006-01-02 15:04")
}
