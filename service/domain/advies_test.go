package domain_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

func TestAdviceIsOrderedFromRegisterToEscalate(t *testing.T) {
	assert.Equal(t, []domain.Advies{"registreren", "doorsturen", "onderzoeken", "escaleren"}, domain.Adviezen())
	for i, a := range domain.Adviezen() {
		assert.Equal(t, i, a.Rang())
	}
}

func TestNoPolicyMayChooseTheFifthAdvice(t *testing.T) {
	assert.Equal(t, -1, domain.Beoordelen.Rang())
	assert.Equal(t, -1, domain.Advies("").Rang())
	assert.NotContains(t, domain.Adviezen(), domain.Beoordelen)
}

func TestWhenItHappenedIsKnownByADateOrByGoingOn(t *testing.T) {
	on := today(t)
	for name, c := range map[string]struct {
		event   domain.Gebeurtenis
		unknown bool
		end     string
	}{
		"nothing is known":                   {domain.Gebeurtenis{}, true, ""},
		"it goes on":                         {domain.Gebeurtenis{Voortdurend: true}, false, ""},
		"a beginning alone is also its end":  {domain.Gebeurtenis{Van: on}, false, "2026-11-20"},
		"an end alone":                       {domain.Gebeurtenis{Tot: on}, false, "2026-11-20"},
		"the end counts, not the beginning":  {domain.Gebeurtenis{Van: on.AddDays(-9), Tot: on}, false, "2026-11-20"},
		"an end and going on is still a day": {domain.Gebeurtenis{Van: on, Voortdurend: true}, false, "2026-11-20"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.unknown, c.event.Onbekend())
			assert.Equal(t, c.end, c.event.Einde().String())
		})
	}
}

func TestEveryRoleIsListed(t *testing.T) {
	assert.Equal(t, []domain.Rol{"medewerker", "teamleider", "inspecteur", "beleid", "systeem", "beheer"}, domain.Rollen())
}
