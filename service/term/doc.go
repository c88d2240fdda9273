// Package term is the calendar of the Algemene termijnenwet and the clocks of
// the meldpunt: pure functions over civil dates, which see no clock and no
// store. The kinds of term, the holidays and the days equated by royal decree
// are data, each with its source; the code only knows how to count. It uses the
// standard library only.
package term
