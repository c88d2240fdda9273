package post

import (
	"context"
	"errors"
	"net"
	"net/textproto"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// meesteAntwoord is how much a server may write in one dialogue.
const meesteAntwoord = 1 << 20

// errTeVeel ends a dialogue with a server that does not stop writing.
var errTeVeel = errors.New("the server wrote too much")

// begrensd is a connection of which a bounded number of bytes is read.
type begrensd struct {
	net.Conn

	left int
}

// Read implements io.Reader.
func (b *begrensd) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTeVeel
	}
	n, err := b.Conn.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err //nolint:wrapcheck // the error of the connection itself
}

// mislukt says why a part of the dialogue failed: reden where the server answered
// so, RedenUitgesteld where it only refuses for a while, or what happened to the
// connection. What the server wrote is left out: it may name a person.
func mislukt(err error, reden domain.VerzendReden) *domain.VerzendError {
	var answer *textproto.Error
	var garbled textproto.ProtocolError
	var late net.Error
	switch {
	case errors.As(err, &answer):
		if answer.Code < 500 && reden == domain.RedenGeweigerd {
			reden = domain.RedenUitgesteld
		}
		return &domain.VerzendError{Reden: reden, Code: answer.Code}
	case errors.As(err, &garbled):
		return &domain.VerzendError{Reden: domain.RedenGeweigerd}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &late) && late.Timeout():
		return &domain.VerzendError{Reden: domain.RedenTijd, Cause: err}
	case errors.Is(err, context.Canceled), errors.Is(err, net.ErrClosed):
		return &domain.VerzendError{Reden: domain.RedenAfgebroken, Cause: err}
	case reden == domain.RedenToegang:
		return &domain.VerzendError{Reden: reden}
	case reden == domain.RedenGeweigerd:
		reden = domain.RedenVerbinding
	}
	return &domain.VerzendError{Reden: reden, Cause: err}
}
