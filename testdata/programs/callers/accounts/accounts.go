// Package accounts takes tokens for an application's users, in the ways that services with
// the first SDKs do.
package accounts

import (
	"database/sql"
	"encoding/json"
	"errors"
	"log"
	"net/http"

	"github.com/rongcloud/server-sdk-go/RCServerSDK"
)

type store struct{ db *sql.DB }

func (s *store) put(user, token string) error {
	_, err := s.db.Exec("insert into tokens values (?, ?)", user, token)
	return err
}

type service struct {
	rc     *rcserversdk.RongCloud
	tokens *store
	cached map[string]string
}

// Reported: whatever the answer was, its token is stored.
func (s *service) register(user, name string) error {
	answer, err := s.rc.User.GetToken(user, name, "") // want `\(unchecked\)`
	if err != nil {
		return err
	}
	return s.tokens.put(user, answer.Token)
}

// Reported: an answer that is not nil may have failed all the same.
func (s *service) registerIfAnswered(user, name string) {
	answer, err := s.rc.User.GetToken(user, name, "")
	if answer != nil && err == nil { // want `\(unchecked\)`
		if err := s.tokens.put(user, answer.Token); err != nil {
			log.Print(err)
		}
	}
}

// Not reported: an empty token is a failure that is seen.
func (s *service) registerWithToken(user, name string) error {
	answer, err := s.rc.User.GetToken(user, name, "")
	if err != nil {
		return err
	}
	if answer.Token == "" {
		return errors.New("no token for " + user)
	}
	return s.tokens.put(user, answer.Token)
}

// Reported: the check was emptied.
func (s *service) block(user string) {
	answer, err := s.rc.User.Block(user, 10)
	if err != nil {
		log.Print(err)
	}
	if answer.Code != 200 { // want `\(unchecked\)`
	}
	s.cached[user] = "blocked"
}

// Reported: success is told from failure, and the code is lost in a text.
func (s *service) unblock(user string) error {
	answer, err := s.rc.User.UnBlock(user)
	if err != nil {
		return err
	}
	if answer.Code != 200 {
		return errors.New(answer.ErrorMessage) // want `1008 .*1050 .*\(retryable\)`
	}
	delete(s.cached, user)
	return nil
}

// refusal keeps what the API answered.
type refusal struct {
	code int
	text string
}

func (r *refusal) Error() string { return r.text }

// Not reported: the code travels in the service's own error.
func (s *service) blacklist(user, other string) error {
	answer, err := s.rc.User.AddBlacklist(user, other)
	if err != nil {
		return err
	}
	if answer.Code != 200 {
		return &refusal{answer.Code, answer.ErrorMessage}
	}
	return nil
}

// Not reported: the whole answer goes to the client.
func (s *service) token(w http.ResponseWriter, r *http.Request) {
	answer, err := s.rc.User.GetToken(r.FormValue("user"), r.FormValue("name"), "")
	if err != nil {
		http.Error(w, "try later", http.StatusBadGateway)
		return
	}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		log.Print(err)
	}
}

// Not reported: the answer is handed to whoever asked.
func (s *service) online(user string) (*rcserversdk.CheckOnlineReslut, error) {
	return s.rc.User.CheckOnline(user)
}
