package service

import (
	"errors"
	"log"

	"example.com/typedint/codes"
)

// A note is what became of a charge.
type note struct {
	poor, failed, later bool
	err                 error
}

func poor(err error) bool {
	var e *codes.Error
	return errors.As(err, &e) && e.Code == codes.InsufficientFunds
}

func expired(e *codes.Error) bool { return e.Code == codes.CardExpired }

// The parameter can be nothing but a failure of the API, and only one is told apart.
func (n *note) write(e *codes.Error) {
	if poor(e) { // want `4290 \(TooManyRequests\) and 5030 \(Unavailable\) are treated like permanent failures here; .* \(retryable\)`
		n.poor = true
		return
	}
	n.failed = true
}

func (n *note) writeExpired(e *codes.Error) {
	if expired(e) { // want `4290 \(TooManyRequests\) and 5030 \(Unavailable\) are treated like permanent failures here; .* \(retryable\)`
		log.Print("expired")
		return
	}
	n.failed = true
}

// What may be called again is told apart.
func (n *note) writeAll(e *codes.Error) {
	switch {
	case codes.Retryable(e):
		n.later = true
	case poor(e):
		n.poor = true
	default:
		n.failed = true
	}
}

// The rest is kept as it is.
func (n *note) keep(e *codes.Error) {
	if poor(e) {
		n.poor = true
		return
	}
	n.err = e
}

// The rest is handed on.
func (n *note) hand(e *codes.Error) error {
	if poor(e) {
		n.poor = true
		return nil
	}
	return e
}

// Nothing is done for the rest: who gave the error has it still.
func (n *note) writeOne(e *codes.Error) {
	if poor(e) {
		n.poor = true
	}
}

// Whose error it is nobody says.
func (n *note) writeError(err error) {
	if poor(err) {
		n.poor = true
		return
	}
	n.failed = true
}

// A description.
func word(e *codes.Error) string {
	if poor(e) {
		return "poor"
	}
	return "failed"
}

// The same without a predicate.
func (n *note) writeOneByCode(e *codes.Error) {
	if e.Code == codes.InsufficientFunds {
		n.poor = true
	}
}
