package api

import "github.com/labstack/echo/v4"

// Mislukt is a part of a request that failed while the request was answered: ID is
// that of its problem.
type Mislukt struct {
	ID  string
	Err error
}

// misluktKey is where the parts that failed stand in the context of a request.
const misluktKey = "lmz.mislukt"

// noteer keeps a part that failed for the log of the request.
func noteer(c echo.Context, id string, err error) {
	c.Set(misluktKey, append(Misluktes(c), Mislukt{ID: id, Err: err}))
}

// Misluktes gives the parts of a request that failed, for the log.
func Misluktes(c echo.Context) []Mislukt {
	all, _ := c.Get(misluktKey).([]Mislukt)
	return all
}
