package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// What the tests look at from inside.
const (
	ApplicationID = applicationID
	BatchRows     = batchRows
	WholeCheck    = wholeCheck
	Durable       = durable
)

// Pools gives the connections that write and those that read.
func (s *Store) Pools() (writing, reading *sql.DB) { return s.writer.pool, s.reader.pool }

// RowBytes is how many bytes of content the row of g holds.
func RowBytes(g domain.GegevenAdvies) (n int) {
	for _, v := range adviesRow(&g) {
		switch v := v.(type) {
		case string:
			n += len(v)
		case int, int64:
			n += 8
		}
	}
	return n
}

// Hold stops the writer in the middle of a batch until the function it gives is
// called.
func (s *Store) Hold() (release func()) {
	held, free := make(chan struct{}), make(chan struct{})
	c := &call{ctx: context.Background(), rows: batchRows + 1, done: make(chan error, 1), do: func(*link) error {
		close(held)
		<-free
		return nil
	}}
	s.writer.queue.add(c)
	select {
	case <-held:
	case err := <-c.done:
		panic(err)
	}
	return func() {
		close(free)
		if err := <-c.done; err != nil {
			panic(err)
		}
	}
}

// Waiting is the number of calls that wait for the writer.
func (s *Store) Waiting() int {
	s.writer.queue.lock.Lock()
	defer s.writer.queue.lock.Unlock()
	return len(s.writer.queue.calls)
}

// Reconnect has the writer work on over a connection with this pragma as well.
func (s *Store) Reconnect(pragma string) error {
	w := s.writer
	fresh, err := sql.Open("sqlite", dsn(w.place.path, time.Second, forWriting+"&_pragma="+pragma))
	if err != nil {
		return err
	}
	before := w.pool
	lost := errors.New("connection is lost")
	err = s.submit(context.Background(), 0, func(*link) error {
		w.pool = fresh
		return lost
	})
	if !errors.Is(err, lost) {
		return fmt.Errorf("reconnect: %w", err)
	}
	return before.Close()
}

// OpenWith opens path with other migrations.
func OpenWith(ctx context.Context, path string, source fs.FS) (*Store, error) {
	todo, err := steps(source)
	if err != nil {
		return nil, err
	}
	o := settings{busy: time.Second, readers: 1, few: fewRows}
	if _, err := inspect(ctx, path, o, len(todo)); err != nil {
		return nil, err
	}
	s, err := open(ctx, path, o, todo)
	return s, cannotOpen(path, err)
}

// WithFewRows sets how many rows are few.
func WithFewRows(n int) Option { return func(o *settings) { o.few = n } }

// Migrations are the ones of the package.
func Migrations() fs.FS { return migrations }

// Query is a statement and whether it asks for every row.
type Query struct {
	SQL   string
	Whole bool
}

// Queries is every statement on the tables, by name.
func Queries() map[string]Query {
	all := map[string]Query{
		"insertAdvies":       {SQL: insertAdvies},
		"selectWachtend":     {SQL: selectWachtend},
		"countWachtend":      {SQL: countWachtend, Whole: true},
		"deleteAdvies":       {SQL: deleteAdvies},
		"selectAdvies":       {SQL: selectAdvies},
		"insertPakket":       {SQL: insertPakket},
		"selectPakket":       {SQL: selectPakket},
		"insertActivering":   {SQL: insertActivering},
		"selectActief":       {SQL: selectActief},
		"selectActiveringen": {SQL: selectActiveringen, Whole: true},
		"insertSleutel":      {SQL: insertSleutel},
		"updateHartslag":     {SQL: updateHartslag},
		"selectHartslag":     {SQL: selectHartslag},

		"insertMelding":           {SQL: insertMelding},
		"updateMelding":           {SQL: updateMelding},
		"existsMeldingID":         {SQL: existsMeldingID},
		"existsMeldingKenmerk":    {SQL: existsMeldingKenmerk},
		"selectMeldingRev":        {SQL: selectMeldingRev},
		"selectKlantkenmerk":      {SQL: selectKlantkenmerk},
		"selectMelding":           {SQL: selectMelding},
		"selectEersteMelding":     {SQL: selectEersteMelding},
		"selectMeldingMetKenmerk": {SQL: selectMeldingMetKenmerk},
		"selectMeldingenMetNr":    {SQL: selectMeldingenMetNr},
		"selectMeldingenOver":     {SQL: selectMeldingenOver},
		"selectTeControleren":     {SQL: selectTeControleren},
		"selectUitersten":         {SQL: selectUitersten},
		"selectStatussen":         {SQL: selectStatussen},
		"selectTelling":           {SQL: selectTelling, Whole: true},
		"selectSignalen":          {SQL: selectSignalen},

		"insertAanbieder":           {SQL: insertAanbieder},
		"updateAanbieder":           {SQL: updateAanbieder},
		"selectAanbieder":           {SQL: selectAanbieder},
		"selectAanbiederMetSleutel": {SQL: selectAanbiederMetSleutel},
		"selectAanbieders":          {SQL: selectAanbieders},
		"insertAanbiederSleutel":    {SQL: insertAanbiederSleutel},
		"replaceHerteling":          {SQL: replaceHerteling},
		"selectHertelingen":         {SQL: selectHertelingen, Whole: true},
		"deleteHerteling":           {SQL: deleteHerteling},

		"selectSignaalJaren": {SQL: selectSignaalJaren},
		"replaceSignaalJaar": {SQL: replaceSignaalJaar},
		"deleteSignaalJaar":  {SQL: deleteSignaalJaar},
		"selectGeteld":       {SQL: selectGeteld},

		"countStukken":   {SQL: countStukken, Whole: true},
		"listSleutels":   {SQL: listSleutels},
		"listAdviezen":   {SQL: listAdviezen},
		"listAanbieders": {SQL: listAanbieders},
		"listNamen":      {SQL: listNamen},
		"listMeldingen":  {SQL: listMeldingen},
		"copyMelding":    {SQL: copyMelding},
		"selectKopie":    {SQL: selectKopie},
		"selectNaam":     {SQL: selectNaam},

		"upsertLeiding": {SQL: upsertLeiding},
		"updateLeiding": {SQL: updateLeiding},
		"existsLeiding": {SQL: existsLeiding},

		"insertGebruiker":        {SQL: insertGebruiker},
		"updateGebruiker":        {SQL: updateGebruiker},
		"selectGebruiker":        {SQL: selectGebruiker},
		"selectMetAgenda":        {SQL: selectMetAgenda},
		"selectGebruikers":       {SQL: selectGebruikers, Whole: true},
		"replaceDienst":          {SQL: replaceDienst},
		"deleteDienst":           {SQL: deleteDienst},
		"selectDiensten":         {SQL: selectDiensten},
		"listDiensten":           {SQL: listDiensten},
		"copyGebruiker":          {SQL: copyGebruiker},
		"insertKalender":         {SQL: insertKalender},
		"selectKalender":         {SQL: selectKalender},
		"selectKalenders":        {SQL: selectKalenders, Whole: true},
		"selectVolgendeKalender": {SQL: selectVolgendeKalender},
		"selectTeHerrekenen":     {SQL: selectTeHerrekenen},
		"countTeHerrekenen":      {SQL: countTeHerrekenen},
		"updateHerrekend":        {SQL: updateHerrekend},

		"upsertTermijn":        {SQL: upsertTermijn},
		"deleteTermijnen":      {SQL: deleteTermijnen},
		"selectTermijnTelling": {SQL: selectTermijnTelling},
		"gewijzigdeTermijnen":  {SQL: gewijzigdeTermijnen()},
		"countGewijzigd":       {SQL: countGewijzigd},
		"stiptheid":            {SQL: fmt.Sprintf(selectStiptheid, latereAanbieder)},
		"stiptheid van een":    {SQL: fmt.Sprintf(selectStiptheid, eenAanbieder)},
	}
	maps.Copy(all, berichtQueries())
	for _, l := range termijnLijsten() {
		all["termijnen "+l.naam] = Query{SQL: l.query()}
		if l.filter {
			all["tel termijnen "+l.naam] = Query{SQL: l.telling()}
		}
	}
	for _, l := range lijsten() {
		all[strings.TrimSpace("lijst "+string(l.volgorde)+" "+l.filter)] = Query{SQL: l.query()}
	}
	for _, d := range deelSoorten() {
		all[fmt.Sprintf("deel %s %s %d", d.kolom, d.volgorde, d.naast)] = Query{SQL: d.query()}
	}
	for _, e := range ingangen() {
		all["tel "+e.naam], all["sleutels "+e.naam] = Query{SQL: e.count()}, Query{SQL: e.query()}
	}
	return all
}

func berichtQueries() map[string]Query {
	return map[string]Query{
		"insertBericht":        {SQL: insertBericht},
		"selectBericht":        {SQL: selectBericht},
		"updateGelezen":        {SQL: updateGelezen},
		"updatePost":           {SQL: updatePost},
		"berichten":            {SQL: lijstBerichten(false)},
		"berichten ongelezen":  {SQL: lijstBerichten(true)},
		"countOngelezen":       {SQL: countOngelezen},
		"selectTeVersturen":    {SQL: selectTeVersturen},
		"selectBerichtTelling": {SQL: selectBerichtTelling, Whole: true},
		"listAlleBerichten":    {SQL: listAlleBerichten},
		"selectTeHerinneren":   {SQL: selectTeHerinneren},
		"countTeHerinneren":    {SQL: countTeHerinneren},
		"selectTeAlarmeren":    {SQL: selectTeAlarmeren},
		"upsertAlarm":          {SQL: upsertAlarm},
		"deleteAlarmen":        {SQL: deleteAlarmen},
		"alarmen":              {SQL: lijstAlarmen(false)},
		"alarmen open":         {SQL: lijstAlarmen(true)},
	}
}

// TelBij adds to the counts of a day of a year, as they are kept.
func TelBij(dagen []byte, day, n, serious int) ([]byte, error) {
	var j signaalJaar
	var err error
	if len(dagen) > 0 { // a year without meldingen is not kept
		if j, err = leesJaar(dagen); err != nil {
			return nil, err
		}
	}
	return j.met(day, aantallen{n, serious})
}
