// Package endings has a function for each way in which a failure can end.
package endings

import (
	"errors"
	"log"
	"log/slog"
	"sync"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// App is an application that uses the API.
type App struct {
	rc      *sdk.RongCloud
	log     *slog.Logger
	logger  *Logger
	mu      sync.Mutex
	lastErr error
	errs    []error
	failed  int
	results chan error
	onError func(error)
	cache   map[string]string
}

// Logger is the application's own logger.
type Logger struct{ prefix string }

// Errorf writes a line.
func (l *Logger) Errorf(format string, args ...any) { log.Printf(l.prefix+format, args...) }

// Result is the outcome of a call.
type Result struct {
	User string
	Err  error
}

// StepError wraps the error of a step.
type StepError struct {
	Step string
	Err  error
}

func (e *StepError) Error() string { return e.Step + ": " + e.Err.Error() }

// Unwrap returns the error of the step.
func (e *StepError) Unwrap() error { return e.Err }

// FlatError keeps the text of a step's error alone.
type FlatError struct{ Text string }

func (e *FlatError) Error() string { return e.Text }

var (
	errUnavailable = errors.New("unavailable")
	errNotFound    = errors.New("not found")
)
