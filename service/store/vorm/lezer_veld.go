package vorm

import (
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// deel reads the field called name by read; what is not there is zero.
func deel[T any](l *lezer, name string, read func(*lezer) T) (zero T) { return of(l, name, zero, read) }

// of is deel with what is not there as none.
func of[T any](l *lezer, name string, none T, read func(*lezer) T) T {
	if !l.veld(name) {
		return none
	}
	return read(l)
}

// ref is deel where what is not there is another than zero.
func ref[T any](l *lezer, name string, read func(*lezer) T) *T {
	if !l.veld(name) {
		return nil
	}
	v := read(l)
	return &v
}

// lijst reads a list, which has room for so many at first.
func lijst[T any](l *lezer, name string, room int, read func(*lezer) T) []T {
	if !l.veld(name) {
		return nil
	}
	l.eis('[')
	if l.is(']') {
		return []T{}
	}
	list := make([]T, 0, room)
	for !l.fout {
		list = append(list, read(l))
		if l.is(']') {
			break
		}
		l.eis(',')
	}
	return list
}

// teksten reads texts by name.
func (l *lezer) teksten() map[string]string {
	all := map[string]string{}
	l.eis('{')
	for more := !l.is('}'); more && !l.fout; more = !l.is('}') {
		if len(all) > 0 {
			l.eis(',')
		}
		name := l.string()
		l.eis(':')
		all[name] = l.string()
	}
	l.eerst = false
	return all
}

// tekst reads the field called name, which is empty where it is not.
func (l *lezer) tekst(name string) string {
	return deel(l, name, (*lezer).string)
}

// refTekst is tekst where an empty one is another than none.
func (l *lezer) refTekst(name string) *string {
	return ref(l, name, (*lezer).string)
}

// getal reads the field called name, 0 where it is not.
func (l *lezer) getal(name string) int64 {
	return deel(l, name, (*lezer).int)
}

// dag reads a date that DateNumber wrote.
func (l *lezer) dag(name string) term.Date { return DateOf(l.getal(name)) }

func (l *lezer) keuze(name string) bool { return deel(l, name, (*lezer).bool) }

func (l *lezer) breuk(name string) float64 { return deel(l, name, (*lezer).float) }
