package events

import (
	"net/http"
	"time"
)

// Wacht is how long a receiver that answers with these headers asks to wait.
func Wacht(h http.Header) time.Duration { return wacht(h) }
