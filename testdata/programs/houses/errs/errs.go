// Package errs is the house's own package of errors; it knows nothing of the API.
package errs

import (
	"errors"
	"fmt"
	"log"
	"runtime"
)

type noted struct {
	note  string
	cause error
	at    []uintptr
}

func (n *noted) Error() string { return n.note + ": " + n.cause.Error() }
func (n *noted) Unwrap() error { return n.cause }

type plain struct {
	text string
	at   []uintptr
}

func (p *plain) Error() string { return p.text }

func here() []uintptr {
	var at [16]uintptr
	return at[:runtime.Callers(3, at[:])]
}

// New makes an error.
func New(text string) error { return &plain{text, here()} }

// Errorf makes an error of a text: a cause is not kept.
func Errorf(format string, args ...any) error { return &plain{fmt.Sprintf(format, args...), here()} }

// Note keeps the cause.
func Note(err error, note string) error {
	if err == nil {
		return nil
	}
	return &noted{note, err, here()}
}

// Logged returns what it was given.
func Logged(err error) error {
	if err != nil {
		log.Print(err)
	}
	return err
}

// As is errors.As.
func As(err error, target any) bool { return errors.As(err, target) }

// Cause is the innermost error.
func Cause(err error) error {
	for {
		n, ok := err.(*noted)
		if !ok {
			return err
		}
		err = n.cause
	}
}

// Must ends the process where something failed.
func Must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}
