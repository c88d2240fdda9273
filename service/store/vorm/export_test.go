package vorm

import "zorgmeldingen.nl/lmz-triage/service/domain"

// Vlug reads a melding without the library, and tells whether it could.
func Vlug(text string) (domain.Melding, bool) { return vlug(text) }

// Langzaam reads a melding by the library alone.
func Langzaam(text string) (m domain.Melding, err error) {
	err = langzaam([]byte(text), &m)
	return m, err
}
