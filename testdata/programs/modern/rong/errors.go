package rong

import (
	"log/slog"
	"net/http"
)

// Error is an answer that is no success.
type Error struct {
	Op      string
	Status  int
	Code    Code
	Message string
	Err     error
}

func (e *Error) Error() string { return "rong: " + e.Op + ": " + e.Code.String() + ": " + e.Message }

// Unwrap returns what the decoder said, if it is its fault.
func (e *Error) Unwrap() error { return e.Err }

// Is compares with the package's sentinels.
func (e *Error) Is(target error) bool {
	s, ok := sentinels[e.Code]
	return ok && s == target
}

// Temporary says whether the same call may succeed later.
func (e *Error) Temporary() bool {
	switch e.Code {
	case CodeRateLimited, CodeServiceTimeout:
		return true
	}
	return false
}

// Unavailable looks at the status only.
func (e *Error) Unavailable() bool {
	return e.Status == http.StatusServiceUnavailable || e.Status == http.StatusBadGateway || e.Status/100 == 5
}

// Throttled says whether the gateway turned the call away.
func (e *Error) Throttled() bool {
	return e.Status == int(CodeRateLimited) // want `\(mixed\)`
}

// QuotaExceeded says whether the plan is too small.
func (e *Error) QuotaExceeded() bool {
	return e.Code == 2007 // want `\(magic\)`
}

// Community says whether the code is one of the community channels'.
func (e *Error) Community() bool { return e.Code >= 24400 && e.Code < 24500 }

// LogValue makes the error readable in structured logs.
func (e *Error) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("op", e.Op),
		slog.Int("code", int(e.Code)),
		slog.Bool("retryable", e.Code.Retryable()),
	)
}
