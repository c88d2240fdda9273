package sqlite

import (
	"cmp"
	"math"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// sleutel is where a melding stands in the lists; nr is its row.
type sleutel struct {
	nr int64
	domain.MeldingPlaats
}

// compare compares by the order v.
func (k *sleutel) compare(o *sleutel, v domain.Volgorde) int {
	switch v {
	case domain.OpOntvangst:
		return -cmp.Or(cmp.Compare(k.Dag, o.Dag), cmp.Compare(k.Ontvangen, o.Ontvangen), cmp.Compare(k.ID, o.ID))
	case domain.OpWijziging:
		return cmp.Or(cmp.Compare(k.Gewijzigd, o.Gewijzigd), cmp.Compare(k.ID, o.ID))
	case domain.OpUrgentie:
	}
	return cmp.Compare(k.Urgentie, o.Urgentie)
}

// vraag is a domain.MeldingVraag as the statements take it. What it does not ask
// for is null, or the widest range.
type vraag struct {
	domain.MeldingVraag
	van, tot, na int64
	vanaf        *sleutel // nil: from the first page on
}

func newVraag(q domain.MeldingVraag) (*vraag, error) {
	if q.Volgorde != domain.OpOntvangst && q.Volgorde != domain.OpWijziging {
		q.Volgorde = domain.OpUrgentie
	}
	q.Aantal = max(1, q.Aantal)
	v := &vraag{MeldingVraag: q, van: vorm.DateNumber(q.Van), tot: vorm.DateNumber(q.Tot), na: math.MinInt64}
	if q.Tot.IsZero() {
		v.tot = math.MaxInt32
	}
	if !q.GewijzigdNa.IsZero() {
		v.na = q.GewijzigdNa.UnixMilli()
	}
	if q.Na != "" {
		v.vanaf = &sleutel{}
		return v, domain.DecodeCursor(q.Na, string(q.Volgorde), v.vanaf.Delen(q.Volgorde)...)
	}
	return v, nil
}

// args are the parameters of the statements, aantal rows at most.
func (v *vraag) args(aantal int) []any {
	args := make([]any, parGrens, parGrens+3)
	for par, value := range map[int]any{
		parStatus: orNull(string(v.Status)), parAdvies: orNull(string(v.Advies)), parAanbieder: orNull(v.AanbiederID),
		parSector: orNull(v.Sector), parTermijn: orNull(string(v.TermijnStatus)), parVan: v.van, parTot: v.tot, parNa: v.na,
		parAantal: aantal, parKlantkenmerk: orNull(v.Klantkenmerk), parBehandelaar: orNull(v.Behandelaar), parGrens: domain.NaUrgentie,
	} {
		args[par-1] = value
	}
	return args
}

// begin are the parameters of the key a page begins after. One that lies outside
// the range asked for is not used: the range is then the narrower.
func (v *vraag) begin() []any {
	k := v.vanaf
	switch v.Volgorde {
	case domain.OpOntvangst:
		if k != nil && k.Dag <= v.tot {
			return []any{k.Dag, k.Ontvangen, k.ID}
		}
		return []any{v.tot + 1, math.MinInt64, ""}
	case domain.OpWijziging:
		if k != nil && k.Gewijzigd > v.na {
			return []any{k.Gewijzigd, k.ID}
		}
		return []any{v.na, []byte{}} // bytes come after every text
	case domain.OpUrgentie:
	}
	if k == nil {
		return []any{""}
	}
	return []any{k.Urgentie}
}

// gevraagd are the names of the filters of v.
func (v *vraag) gevraagd() (gelijk []string, klantkenmerk, periode, na bool) {
	args := v.args(0)
	for _, g := range gelijken() {
		if args[g.par-1] != nil {
			gelijk = append(gelijk, g.kolom)
		}
	}
	return gelijk, v.Klantkenmerk != "", !v.Van.IsZero() || !v.Tot.IsZero(), !v.GewijzigdNa.IsZero()
}
