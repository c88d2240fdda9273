package schedule

import (
	"context"
	"log/slog"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// postJobs are the lines of the table that send messages: one per kind and way, so
// that none waits for another.
func (s *Schedule) postJobs(out *app.Expeditie) []job {
	var list []job
	for _, k := range domain.Kanalen() {
		for _, soort := range domain.BerichtSoorten() {
			name := "post_" + string(k) + "_" + string(soort)
			list = append(list, job{name, PostPace, func(ctx context.Context, onder *app.Leiding) error {
				sent, err := out.Verstuur(ctx, onder, soort, k)
				s.tellPost(name, sent)
				return err
			}})
		}
	}
	return list
}

// tellPost logs in one line what could not be sent, and why the first of it could
// not. That names nobody.
func (s *Schedule) tellPost(name string, sent app.VerstuurUitslag) {
	if len(sent.Mislukt) == 0 {
		return
	}
	failed := make([]any, 0, len(sent.Mislukt))
	for _, reden := range domain.VerzendRedenen() {
		if n := sent.Mislukt[reden]; n > 0 {
			failed = append(failed, slog.Int(string(reden), n))
		}
	}
	s.log.Warn("post not sent", "job", name, "sent", sent.Verzonden, "givenUp", sent.Opgegeven,
		slog.Group("failed", failed...), "error", sent.Oorzaak.Error())
}
