package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// link is the one connection that writes, with its statements prepared.
type link struct {
	conn *sql.Conn
	all  []*sql.Stmt

	begin, commit, open, close, undo     *sql.Stmt
	advies, pakket, activering, hartslag *sql.Stmt
	sleutel, vrij                        *sql.Stmt

	melding, vervanging, meldingRev               *sql.Stmt
	meldingMetID, meldingMetKenmerk, klantkenmerk *sql.Stmt
	aanbieder, aanvulling, aanbiederSleutel       *sql.Stmt
	aanbiederMetSleutel, hertel, herteld          *sql.Stmt
	jaren, jaarBij, jaarLeeg, geteld, terug       *sql.Stmt
	leiding, laat, leidt                          *sql.Stmt
	termijn, termijnWeg, alarm, alarmWeg          *sql.Stmt
	berichtBij, berichtMetID, gelezen, post       *sql.Stmt
	gebruiker, gebruikerBij, dienst, dienstWeg    *sql.Stmt
	kalender, herrekend                           *sql.Stmt
}

// connect takes a connection from pool, brings its file to the newest form and
// prepares every statement on it.
func connect(ctx context.Context, pool *sql.DB, todo []string) (*link, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	l := &link{conn: conn}
	if err := migrate(ctx, conn, todo); err != nil {
		return nil, errors.Join(err, l.drop())
	}
	for query, to := range l.statements() {
		if *to, err = conn.PrepareContext(ctx, query); err != nil { //nolint:sqlclosecheck // drop closes them all
			return nil, errors.Join(fmt.Errorf("prepare write: %w", err), l.drop())
		}
		l.all = append(l.all, *to)
	}
	return l, nil
}

// statements is every statement of a link, by its text.
func (l *link) statements() map[string]**sql.Stmt {
	return map[string]**sql.Stmt{
		beginBatch: &l.begin, commitBatch: &l.commit, openCall: &l.open, closeCall: &l.close, undoCall: &l.undo,
		insertAdvies: &l.advies, deleteAdvies: &l.terug, insertPakket: &l.pakket, insertActivering: &l.activering, updateHartslag: &l.hartslag, insertSleutel: &l.sleutel, deleteSleutel: &l.vrij,
		insertMelding: &l.melding, updateMelding: &l.vervanging, selectMeldingRev: &l.meldingRev,
		existsMeldingID: &l.meldingMetID, existsMeldingKenmerk: &l.meldingMetKenmerk, selectKlantkenmerk: &l.klantkenmerk,
		insertAanbieder: &l.aanbieder, updateAanbieder: &l.aanvulling, insertAanbiederSleutel: &l.aanbiederSleutel,
		selectAanbiederMetSleutel: &l.aanbiederMetSleutel, replaceHerteling: &l.hertel, deleteHerteling: &l.herteld,
		selectGeteld:       &l.geteld,
		selectSignaalJaren: &l.jaren, replaceSignaalJaar: &l.jaarBij, deleteSignaalJaar: &l.jaarLeeg,
		upsertLeiding: &l.leiding, updateLeiding: &l.laat, existsLeiding: &l.leidt,
		upsertTermijn: &l.termijn, deleteTermijnen: &l.termijnWeg, upsertAlarm: &l.alarm, deleteAlarmen: &l.alarmWeg,
		insertBericht: &l.berichtBij, selectBericht: &l.berichtMetID, updateGelezen: &l.gelezen, updatePost: &l.post,
		insertGebruiker: &l.gebruikerBij, updateGebruiker: &l.gebruiker, replaceDienst: &l.dienst, deleteDienst: &l.dienstWeg,
		insertKalender: &l.kalender, updateHerrekend: &l.herrekend,
	}
}

// drop ends the connection for good, and with it what it had begun. SQLite keeps
// a connection, with its locks, for as long as one of its statements is open.
func (l *link) drop() error {
	var errs []error
	for _, s := range l.all {
		errs = append(errs, s.Close())
	}
	err := l.conn.Raw(func(any) error { return driver.ErrBadConn })
	if !errors.Is(err, driver.ErrBadConn) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
