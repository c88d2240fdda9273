// Package voorbeeld makes up meldingen for demonstrations and measurements: names,
// places and stories are invented, the shares are those of the meldpunt in 2018
// (Klachtbeeld 2018: channels and sectors). The same seed gives the same meldingen.
package voorbeeld

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

//go:embed woorden.json
var woorden []byte

// Words are what names and stories are made of.
type words struct {
	Namen, Plaatsen, Achternamen, Onderwerpen, Verhalen, Aarden []string
	Voorvoegsels                                                map[string]string
}

// Aanbieders is how many providers are made up.
const Aanbieders = 60

// The meldingen lie in the days before today, clusters in the last of them.
const (
	period       = 729
	clusterDays  = 100
	clusters     = 3
	clusterShare = 4 // per cent of the recent meldingen, for each cluster
)

// share is how often a value comes, in any unit.
type share struct {
	value  string
	weight int
}

func sectors() []share {
	return []share{
		{"ggz", 1070},
		{"medisch_specialistische_zorg", 1022},
		{"verpleging_en_verzorging", 954},
		{"eerstelijnszorg", 793},
		{"gehandicaptenzorg", 480},
		{"jeugd", 446},
		{"overig", 318},
		{"mondzorg", 314},
		{"thuiszorg", 245},
		{"farmacie", 220},
	}
}

// channels splits the digital 39.7 % in forms and e-mail as a choice of our own.
func channels() []share {
	return []share{{"telefoon", 569}, {"webformulier", 317}, {"e_mail", 80}, {"brief", 34}}
}

// maker draws one melding after another.
type maker struct {
	r         *rand.Rand
	w         words
	today     term.Date
	providers []provider
}

type provider struct {
	told   domain.AanbiederOpgave
	sector string
}

// Maak makes up n meldingen of the two years up to vandaag, oldest first.
func Maak(n int, zaad uint64, vandaag term.Date) ([]domain.Opgave, error) {
	m := &maker{r: rand.New(rand.NewPCG(zaad, zaad+1)), today: vandaag}
	if err := json.Unmarshal(woorden, &m.w); err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	for i := range Aanbieders {
		m.providers = append(m.providers, m.provider(i))
	}
	out := make([]domain.Opgave, 0, n)
	for i := range n {
		ago := float64(n-1-i) / float64(max(1, n-1))
		out = append(out, m.melding(vandaag.AddDays(-int(period*ago*ago)))) // more of them lately: terms in every status
	}
	return out, nil
}

// provider makes up number i; the first of each sector make sure that all are there.
func (m *maker) provider(i int) provider {
	sector := m.draw(sectors())
	if i < len(sectors()) {
		sector = sectors()[i].value
	}
	name := m.w.Namen[i%len(m.w.Namen)]
	place := m.w.Plaatsen[(i+i/len(m.w.Namen))%len(m.w.Plaatsen)]
	p := provider{sector: sector, told: domain.AanbiederOpgave{Naam: m.w.Voorvoegsels[sector] + " " + name, Plaats: place}}
	if i%3 > 0 {
		p.told.KvkNummer = fmt.Sprintf("9990%04d", i)
	}
	if i%3 == 2 {
		p.told.Vestigingsnummer = fmt.Sprintf("00009990%04d", i)
	}
	return p
}

func (m *maker) draw(from []share) string {
	total := 0
	for _, s := range from {
		total += s.weight
	}
	at := m.r.IntN(total)
	for _, s := range from {
		if at -= s.weight; at < 0 {
			return s.value
		}
	}
	return ""
}

// one is any of the values, alike.
func (m *maker) one(values []string) string { return values[m.r.IntN(len(values))] }

// percent reports true in so many of a hundred cases.
func (m *maker) percent(n int) bool { return m.r.IntN(100) < n }

func (m *maker) melding(day term.Date) domain.Opgave {
	p := m.providers[m.r.IntN(len(m.providers))]
	recent := day.DaysUntil(m.today) < clusterDays
	if at := m.r.IntN(100); recent && at < clusters*clusterShare {
		p = m.providers[at/clusterShare]
	}
	told := p.told
	received := day.String()
	o := domain.Opgave{
		Kanaal: m.draw(channels()), Onderwerp: m.one(m.w.Onderwerpen), Omschrijving: m.one(m.w.Verhalen), Aard: m.one(m.w.Aarden),
		Aanbieder: &told,
	}
	if m.percent(4) {
		o.Aanbieder = nil
	}
	f := &o.Melding
	f.Ontvangstdatum, f.Sector = &received, &p.sector
	f.Soort = ptr(m.draw([]share{{"klacht", 70}, {"vraag", 18}, {"andere_melding", 12}}))
	f.Regime = ptr(m.regime(p.sector))
	f.Hoedanigheid = ptr(m.draw([]share{{"client", 40}, {"vertegenwoordiger", 12}, {"nabestaande", 8}, {"naaste", 25}, {"zorgverlener", 8}, {"burger", 5}, {"onbekend", 2}}))
	f.Anonimiteit = ptr(m.draw([]share{{"geen", 80}, {"tegenover_aanbieder", 14}, {"volledig", 6}}))
	if *f.Anonimiteit != "volledig" {
		name := m.one(m.w.Achternamen)
		o.Melder = &domain.Melder{Naam: string(rune('A'+m.r.IntN(26))) + ". " + name, Telefoon: fmt.Sprintf("0600%06d", m.r.IntN(1_000_000))}
		f.Toestemming.Inspecteur = ptr(m.draw([]share{{"niet_gevraagd", 40}, {"gevraagd", 15}, {"gegeven", 38}, {"geweigerd", 5}, {"ingetrokken", 2}}))
	}
	m.feiten(&o, day)
	if *f.Soort == "klacht" && *f.Regime != "overig" && m.percent(60) {
		f.KlachtBijAanbieder = m.klacht(day)
	}
	return o
}

func (m *maker) regime(sector string) string {
	if sector == "jeugd" {
		return "jeugdwet"
	}
	return m.draw([]share{{"wkkgz", 96}, {"overig", 4}})
}

func ptr(s string) *string { return &s }
