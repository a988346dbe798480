// Package ports names what it needs of its adapters, and is given them by others.
package ports

import (
	"errors"
	"log"
	"net/http"

	"example.com/ports/im"
	"example.com/ports/reply"
)

// Messenger is made by an importer of this package.
type Messenger interface {
	Block(id string) error
	Send(to, text string) im.Sent
}

var _ Messenger = (*im.Client)(nil)

// Pager has two adapters, of which one is not known here.
type Pager interface{ Page(id string) error }

var _, _ Pager = (*pager)(nil), Pager(nil)

type pager struct{ Pager }

// Service is the domain.
type Service struct {
	im    Messenger
	pager Pager
}

var errService = errors.New("service: failed")

// Reported: the package says what a Messenger is.
func (s *Service) ban(id string) error {
	if err := s.im.Block(id); err != nil {
		return errService // want `1008 .*1050 .*\(retryable\)`
	}
	return nil
}

// Reported: the error in the struct that the adapter returns.
func (s *Service) greet(id string) {
	sent := s.im.Send(id, "hello")
	if sent.Err != nil { // want `\(unchecked\)`
		log.Print(sent.Err)
	}
	log.Print(sent.UID)
}

// Not reported: it may be any pager.
// Rules: flow/dynamic-call.
func (s *Service) page(id string) error {
	if err := s.pager.Page(id); err != nil {
		return errService
	}
	return nil
}

// Not reported: the number is the application's, what the error wraps is not what it was decoded from.
func (s *Service) fail(w http.ResponseWriter, err error) {
	var own *reply.Error
	if errors.As(err, &own) && own.Code == 40001 {
		http.Error(w, own.Msg, http.StatusTooManyRequests)
		return
	}
	http.Error(w, "failed", http.StatusInternalServerError)
}
