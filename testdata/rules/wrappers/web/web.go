// Package web is two packages away from the SDK.
package web

import (
	"context"
	"errors"
	"log"
	"net/http"

	"example.com/wrappers/im"
	"example.com/wrappers/notify"
)

// Server answers the application's own clients.
type Server struct {
	notifier *notify.Notifier
	sessions map[string]string
}

// ErrNoSession says that there is no session.
var ErrNoSession = errors.New("web: no session")

// Reported: two packages up the code is lost.
// Rules: flow/package-facts.
func (s *Server) session(user string) (string, error) {
	token, err := s.notifier.Token(user)
	if err != nil {
		return "", ErrNoSession // want `\(\*notify\.Notifier\)\.Token's error is lost here.*\(retryable\)`
	}
	return token, nil
}

// Reported: the switch omits the timeout, two packages from its origin.
// Rules: flow/package-facts.
func (s *Server) status(user string) int {
	err := s.notifier.Block(user)
	if err == nil {
		return http.StatusOK
	}
	switch im.Code(err) { // want `omits 1050 .*\(switch\)`
	case im.CodeInvalidParameter:
		return http.StatusBadRequest
	case im.CodeRateLimited:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// Reported: nobody learns of the failure.
func (s *Server) ban(user string) {
	err := s.notifier.Block(user)
	if err != nil { // want `\(unchecked\)`
		log.Printf("ban: %v", err)
	}
	s.sessions[user] = ""
}

// Not reported: a handler is where codes end.
// Rules: retryable/boundary-function.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token, err := s.notifier.Token(r.FormValue("user"))
	if err != nil {
		http.Error(w, "no token", http.StatusBadGateway)
		return
	}
	w.Write([]byte(token))
}

// Not reported: the callee dealt with the retryable codes itself.
// Rules: retryable/lost-once.
func (s *Server) rename(ctx context.Context, user string) bool {
	return s.notifier.Rename(user, user) == nil
}

// Not reported: asked two packages from the origin.
// Rules: flow/package-facts.
func (s *Server) blockOrWait(user string) error {
	err := s.notifier.Block(user)
	if im.Retryable(err) {
		return err
	}
	if err != nil {
		return ErrNoSession
	}
	return nil
}

// Not reported: handed on to the caller.
// Rules: flow/package-facts.
func (s *Server) token(user string) (string, error) {
	token, err := s.notifier.Token(user)
	if err == nil {
		s.sessions[user] = token
	}
	return token, err
}
