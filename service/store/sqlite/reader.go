package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
)

// fewRows is how many rows of a list are few: they are read whole and put in
// order here when no index has them in the order asked for. A row read so takes
// as long as some forty that are passed over inside an index.
const fewRows = 250

// reader is the pool of connections that read, with its statements prepared.
type reader struct {
	pool   *sql.DB
	place  place
	closed atomic.Bool
	few    int

	advies, pakket, actief, activeringen, hartslag        *sql.Stmt
	melding, eersteMelding, meldingMetKenmerk             *sql.Stmt
	meldingenMetNr, meldingenOver, teControleren          *sql.Stmt
	telling, signalen, aanbieder, aanbieders, hertelingen *sql.Stmt

	wachtend, aantalWachtend *sql.Stmt

	bericht, ongelezen, teVersturen, berichtTelling                         *sql.Stmt
	teHerinneren, aantalTeHerinneren, teAlarmeren                           *sql.Stmt
	berichten, alarmen                                                      map[bool]*sql.Stmt // of all, and of those unread or open
	gebruiker, metAgenda, gebruikers, diensten                              *sql.Stmt
	kalender, kalenders, volgendeKalender, teHerrekenen, aantalTeHerrekenen *sql.Stmt

	termijnTelling, stiptheid, stiptheidVan *sql.Stmt
	gewijzigdeTermijnen, aantalGewijzigd    *sql.Stmt
	termijnen, termijnTellers               map[string]*sql.Stmt // by the name of the termijnLijst

	lijsten              map[lijst]*sql.Stmt
	uitersten, statussen *sql.Stmt
	delen                map[deelSoort]*sql.Stmt
	tellers, ingangen    map[string]*sql.Stmt // by the name of the ingang
}

func newReader(ctx context.Context, at place, source string, o settings) (*reader, error) {
	pool, err := sql.Open("sqlite", source)
	if err != nil {
		return nil, fmt.Errorf("open for reading: %w", err)
	}
	pool.SetMaxOpenConns(o.readers)
	pool.SetMaxIdleConns(o.readers)
	r := &reader{pool: pool, place: at, few: o.few}
	if err := r.prepare(ctx); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return r, nil
}

// prepare prepares every statement; the pool closes them.
func (r *reader) prepare(ctx context.Context) (err error) {
	for query, to := range map[string]**sql.Stmt{
		selectAdvies: &r.advies, selectPakket: &r.pakket, selectActief: &r.actief,
		selectActiveringen: &r.activeringen, selectHartslag: &r.hartslag,
		selectMelding: &r.melding, selectEersteMelding: &r.eersteMelding, selectMeldingMetKenmerk: &r.meldingMetKenmerk,
		selectMeldingenMetNr: &r.meldingenMetNr, selectMeldingenOver: &r.meldingenOver, selectTeControleren: &r.teControleren,
		selectTelling: &r.telling, selectUitersten: &r.uitersten, selectStatussen: &r.statussen, selectSignalen: &r.signalen,
		selectAanbieder: &r.aanbieder, selectAanbieders: &r.aanbieders, selectHertelingen: &r.hertelingen,
		selectWachtend: &r.wachtend, countWachtend: &r.aantalWachtend,
		selectBericht: &r.bericht, countOngelezen: &r.ongelezen, selectTeVersturen: &r.teVersturen, selectBerichtTelling: &r.berichtTelling,
		selectTeHerinneren: &r.teHerinneren, countTeHerinneren: &r.aantalTeHerinneren, selectTeAlarmeren: &r.teAlarmeren,
		selectGebruiker: &r.gebruiker, selectMetAgenda: &r.metAgenda, selectGebruikers: &r.gebruikers, selectDiensten: &r.diensten,
		selectKalender: &r.kalender, selectKalenders: &r.kalenders, selectVolgendeKalender: &r.volgendeKalender,
		selectTeHerrekenen: &r.teHerrekenen, countTeHerrekenen: &r.aantalTeHerrekenen,
		selectTermijnTelling: &r.termijnTelling, gewijzigdeTermijnen(): &r.gewijzigdeTermijnen, countGewijzigd: &r.aantalGewijzigd,
		fmt.Sprintf(selectStiptheid, latereAanbieder): &r.stiptheid, fmt.Sprintf(selectStiptheid, eenAanbieder): &r.stiptheidVan,
	} {
		if *to, err = r.pool.PrepareContext(ctx, query); err != nil { //nolint:sqlclosecheck // closed with the pool
			return fmt.Errorf("prepare read: %w", err)
		}
	}
	return r.prepareLijsten(ctx)
}

func (r *reader) prepareLijsten(ctx context.Context) (err error) {
	r.lijsten, r.tellers, r.ingangen = map[lijst]*sql.Stmt{}, map[string]*sql.Stmt{}, map[string]*sql.Stmt{}
	r.delen = map[deelSoort]*sql.Stmt{}
	for _, d := range deelSoorten() {
		if r.delen[d], err = r.pool.PrepareContext(ctx, d.query()); err != nil { //nolint:sqlclosecheck // closed with the pool
			return fmt.Errorf("prepare parts: %w", err)
		}
	}
	for _, l := range lijsten() {
		if r.lijsten[l], err = r.pool.PrepareContext(ctx, l.query()); err != nil { //nolint:sqlclosecheck // closed with the pool
			return fmt.Errorf("prepare list: %w", err)
		}
	}
	for _, e := range ingangen() {
		if r.tellers[e.naam], err = r.pool.PrepareContext(ctx, e.count()); err != nil { //nolint:sqlclosecheck // closed with the pool
			return fmt.Errorf("prepare count: %w", err)
		}
		if r.ingangen[e.naam], err = r.pool.PrepareContext(ctx, e.query()); err != nil { //nolint:sqlclosecheck // closed with the pool
			return fmt.Errorf("prepare keys: %w", err)
		}
	}
	return errors.Join(r.prepareTermijnen(ctx), r.prepareBerichten(ctx))
}

func (r *reader) prepareBerichten(ctx context.Context) (err error) {
	r.berichten, r.alarmen = map[bool]*sql.Stmt{}, map[bool]*sql.Stmt{}
	for _, some := range []bool{false, true} {
		if r.berichten[some], err = r.pool.PrepareContext(ctx, lijstBerichten(some)); err != nil { //nolint:sqlclosecheck // closed with the pool
			return fmt.Errorf("prepare list of messages: %w", err)
		}
		if r.alarmen[some], err = r.pool.PrepareContext(ctx, lijstAlarmen(some)); err != nil { //nolint:sqlclosecheck // closed with the pool
			return fmt.Errorf("prepare list of alarms: %w", err)
		}
	}
	return nil
}

func (r *reader) prepareTermijnen(ctx context.Context) (err error) {
	r.termijnen, r.termijnTellers = map[string]*sql.Stmt{}, map[string]*sql.Stmt{}
	for _, l := range termijnLijsten() {
		if r.termijnen[l.naam], err = r.pool.PrepareContext(ctx, l.query()); err != nil { //nolint:sqlclosecheck // closed with the pool
			return fmt.Errorf("prepare list of terms: %w", err)
		}
		if !l.filter {
			continue
		}
		if r.termijnTellers[l.naam], err = r.pool.PrepareContext(ctx, l.telling()); err != nil { //nolint:sqlclosecheck // closed with the pool
			return fmt.Errorf("prepare count of terms: %w", err)
		}
	}
	return nil
}

// one asks for one row; sql.ErrNoRows when there is none.
func (r *reader) one(ctx context.Context, query *sql.Stmt, args []any, into ...any) error {
	if err := r.place.checkFile(); err != nil {
		return err
	}
	return r.explain(query.QueryRowContext(ctx, args...).Scan(into...))
}

// all asks for every row, in tx when there is one, handing each to scan.
func (r *reader) all(ctx context.Context, tx *sql.Tx, query *sql.Stmt, args []any, scan func(*sql.Rows) error) error {
	return r.until(ctx, tx, query, args, func(rows *sql.Rows) (bool, error) { return true, scan(rows) })
}

// until is all, up to the row of which scan reports false.
func (r *reader) until(ctx context.Context, tx *sql.Tx, query *sql.Stmt, args []any, scan func(*sql.Rows) (bool, error)) (err error) {
	if err := r.place.checkFile(); err != nil {
		return err
	}
	if tx != nil {
		query = tx.StmtContext(ctx, query) //nolint:sqlclosecheck // closed with tx
	}
	rows, err := query.QueryContext(ctx, args...)
	if err != nil {
		return r.explain(err)
	}
	defer func() { err = r.explain(errors.Join(err, rows.Close())) }()
	for more := true; more && rows.Next(); {
		if more, err = scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// snapshot has do read the store as it is at one moment.
func (r *reader) snapshot(ctx context.Context, do func(*sql.Tx) error) (err error) {
	if err := r.place.checkFile(); err != nil {
		return err
	}
	tx, err := r.pool.BeginTx(ctx, nil)
	if err != nil {
		return r.explain(err)
	}
	defer func() {
		if e := tx.Rollback(); !errors.Is(e, sql.ErrTxDone) { // nothing was written
			err = errors.Join(err, e)
		}
		err = r.explain(err)
	}()
	return do(tx)
}

// explain tells a failure after close from every other.
func (r *reader) explain(err error) error {
	if err != nil && r.closed.Load() {
		return fmt.Errorf("%w: %w", errClosed, err)
	}
	return err
}

func (r *reader) close() error {
	r.closed.Store(true)
	return r.pool.Close()
}
