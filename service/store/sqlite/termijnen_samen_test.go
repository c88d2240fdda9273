package sqlite_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// While terms come and go all the time, a page that holds all of them agrees with its
// totals each time.
func TestAPageOfTermsAndItsTotalsAreOfOneMoment(t *testing.T) {
	s := openTemp(t)
	all := storetest.KeepTermijnen(t, s, 54)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for i := 0; ; i = (i + 1) % len(all) {
			select {
			case <-stop:
				return
			default:
			}
			gone := all[i]
			gone.Termijnen = nil
			if !assert.NoError(t, storetest.Vervang(t.Context(), s, gone, nil)) {
				return
			}
			all[i].Rev++
			if !assert.NoError(t, storetest.Vervang(t.Context(), s, all[i], nil)) {
				return
			}
			all[i].Rev++
		}
	}()
	for name, q := range map[string]domain.TermijnVraag{
		"all":          {},
		"a handler":    {Behandelaar: "u1"},
		"a provider":   {AanbiederID: all[0].AanbiederID},
		"what changed": {GewijzigdNa: all[0].OntvangenOp.AddDate(0, 0, -1)},
	} {
		q.Tel, q.Aantal = true, 1000
		for range 150 {
			page, err := s.Termijnen(t.Context(), q)
			require.NoError(t, err)
			n := 0
			for _, a := range page.Aantallen {
				n += a.Aantal
			}
			require.Len(t, page.Regels, n, name)
		}
	}
	close(stop)
	<-done
}
