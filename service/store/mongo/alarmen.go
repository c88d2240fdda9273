package mongo

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// alarm is an alarm in a document of cMeldingen, to find by. Moments are
// milliseconds, 0 for what did not happen.
type alarm struct {
	Nr         int           `json:"nr"`
	Advies     domain.Advies `json:"advies"`
	Sinds      int64         `json:"sinds"`
	Open       bool          `json:"open"`
	Rondes     int           `json:"rondes"`
	Laatste    int64         `json:"laatste"`
	Aangenomen int64         `json:"aangenomen"`
	Door       string        `json:"door"`
	Verzoek    string        `json:"verzoek"`
	Vervallen  int64         `json:"vervallen"`
}

// alarmVelden are the alarms of m, to find by.
func alarmVelden(m *domain.Melding) []alarm {
	list := []alarm{}
	for _, a := range m.AlarmRegels() {
		list = append(list, alarm{
			Nr: a.Nr, Advies: a.Advies, Sinds: a.Sinds.UnixMilli(), Open: a.Open(), Rondes: a.Rondes, Laatste: vorm.Milli(a.Laatste),
			Aangenomen: vorm.Milli(a.AangenomenOp), Door: a.Door, Verzoek: a.Verzoek, Vervallen: vorm.Milli(a.VervallenOp),
		})
	}
	return list
}

// metAlarmen is what the list of alarms reads of a document of cMeldingen.
type metAlarmen struct {
	ID      string  `json:"_id"`
	Kenmerk string  `json:"kenmerk"`
	Alarmen []alarm `json:"alarmen"`
}

// regels are the alarms of a document as they stand in lists.
func (d *metAlarmen) regels() []domain.AlarmRegel {
	return vorm.Each(d.Alarmen, func(a alarm) domain.AlarmRegel {
		return domain.AlarmRegel{MeldingID: d.ID, Kenmerk: d.Kenmerk, Nr: a.Nr, Alarm: domain.Alarm{
			Advies: a.Advies, Sinds: vorm.Moment(a.Sinds), Rondes: a.Rondes, Laatste: vorm.MomentOf(a.Laatste),
			AangenomenOp: vorm.MomentOf(a.Aangenomen), Door: a.Door, Verzoek: a.Verzoek, VervallenOp: vorm.MomentOf(a.Vervallen),
		}}
	})
}

// nieuwsteEerst compares by the order of the list.
func nieuwsteEerst(a, b domain.AlarmRegel) int {
	return -cmp.Or(a.Sinds.Compare(b.Sinds), cmp.Compare(a.MeldingID, b.MeldingID), cmp.Compare(a.Nr, b.Nr))
}

// alarmLijst is a list of alarms that is asked for, in milliseconds. A page holds
// what comes behind begin.
type alarmLijst struct {
	open     bool
	na       time.Time // something happened to them after this
	van, tot int64     // both included
	begin    domain.AlarmRegel
	aantal   int
}

func newAlarmLijst(q domain.AlarmVraag) (alarmLijst, error) {
	l := alarmLijst{open: q.Open, na: q.GewijzigdNa, van: math.MinInt64, tot: math.MaxInt64, aantal: max(1, q.Aantal)}
	if !q.Van.IsZero() {
		l.van = q.Van.UnixMilli()
	}
	if !q.Tot.IsZero() {
		l.tot = q.Tot.UnixMilli() - 1
	}
	l.begin.Sinds = vorm.Moment(math.MaxInt64)
	if q.Na == "" {
		return l, nil
	}
	var sinds int64
	if err := domain.DecodeCursor(q.Na, domain.LijstAlarmen, &sinds, &l.begin.MeldingID, &l.begin.Nr); err != nil {
		return l, err
	}
	l.begin.Sinds, l.tot = vorm.Moment(sinds), min(l.tot, sinds)
	return l, nil
}

// Alarmen implements store.Berichten. A server cannot sort by what it finds in a
// list, so it is asked for spans of time in which few meldingen have an alarm.
func (s *Store) Alarmen(ctx context.Context, q domain.AlarmVraag) (domain.AlarmPagina, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.AlarmPagina{}, fail("list alarms", err)
	}
	defer leave()
	l, err := newAlarmLijst(q)
	if err != nil {
		return domain.AlarmPagina{}, err
	}
	var rows []domain.AlarmRegel
	for tot := l.tot; len(rows) <= l.aantal && tot >= l.van; {
		more, van, err := s.alarmSpan(ctx, l, l.van, tot)
		if err != nil {
			return domain.AlarmPagina{}, fail("list alarms", err)
		}
		rows = append(rows, more...)
		if van == l.van {
			break
		}
		tot = van - 1
	}
	page, err := vorm.AlarmPagina(rows, l.aantal)
	return page, fail("list alarms", err)
}

// alarmSpan gives the next rows of l that began up to tot, and the moment from which
// on these are all there are, or enough for a page.
func (s *Store) alarmSpan(ctx context.Context, l alarmLijst, van, tot int64) ([]domain.AlarmRegel, int64, error) {
	most := max(l.aantal+1, leastLook)
	for {
		rows, n, err := s.kijkAlarmen(ctx, l, van, tot, most+1, false)
		if err != nil || n <= most {
			return l.verder(rows), van, err
		}
		if van == tot {
			rows, _, err = s.kijkAlarmen(ctx, l, van, tot, most+1, true)
			return l.verder(rows), van, err
		}
		if half := rows[len(rows)/2].Sinds.UnixMilli(); half > van {
			van = half
		} else {
			van++
		}
	}
}

// verder are those of rows that come behind where the page begins.
func (l alarmLijst) verder(rows []domain.AlarmRegel) []domain.AlarmRegel {
	return slices.DeleteFunc(rows, func(a domain.AlarmRegel) bool { return nieuwsteEerst(a, l.begin) <= 0 })
}

// kijkAlarmen reads the alarms of l that began from van to tot of at most n
// meldingen, in their order, and how many meldingen these were. opID takes the last
// by id, from where the page begins.
func (s *Store) kijkAlarmen(ctx context.Context, l alarmLijst, van, tot int64, n int, opID bool) ([]domain.AlarmRegel, int, error) {
	one := bson.D{e("sinds", bson.D{e("$gte", van), e("$lte", tot)})}
	if l.open {
		one = append(one, e("open", true))
	}
	filter := bson.D{e("alarmen", bson.D{e("$elemMatch", one)})}
	if !l.na.IsZero() {
		filter = append(filter, e("gewijzigdOp", bson.D{e("$gt", l.na.UnixMilli())}))
	}
	o := options.Find().SetLimit(int64(n)).SetProjection(bson.D{e("kenmerk", 1), e("alarmen", 1)})
	if opID {
		o.SetSort(bson.D{e("_id", -1)})
		if begin := l.begin; begin.Sinds.UnixMilli() == van {
			filter = append(filter, e("_id", bson.D{e("$lte", begin.MeldingID)}))
		}
	}
	var docs []metAlarmen
	found, err := s.c(cMeldingen).Find(ctx, filter, o)
	if err == nil {
		err = found.All(ctx, &docs)
	}
	var rows []domain.AlarmRegel
	for i := range docs {
		for _, a := range docs[i].regels() {
			at := a.Sinds.UnixMilli()
			if at >= van && at <= tot && (!l.open || a.Open()) && domain.VeranderdNa(a.GewijzigdOp(), l.na.Truncate(time.Millisecond)) {
				rows = append(rows, a)
			}
		}
	}
	slices.SortFunc(rows, nieuwsteEerst)
	return rows, len(docs), err
}
