// Package chat uses the client.
package chat

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"net/url"
	"strings"

	"example.com/styles/imclient"
)

var (
	ErrBusy   = errors.New("chat: busy, try later")
	ErrNoUser = errors.New("chat: no such user")
)

type Service struct {
	im     *imclient.Client
	failed int
	queue  chan string
}

// Welcome greets a new user.
func (s *Service) Welcome(ctx context.Context, id string) error {
	err := s.im.Publish(ctx, "system", id, "welcome")
	if err != nil && strings.Contains(err.Error(), "1008") { // want `\(text\)`
		return ErrBusy
	}
	return err
}

// Login hands out a token to the app.
func (s *Service) Login(w http.ResponseWriter, r *http.Request) {
	token, err := s.im.Token(r.Context(), r.FormValue("id"), r.FormValue("name"))
	if err != nil {
		log.Printf("login: %v", err)
		http.Error(w, "cannot log in", http.StatusBadGateway)
		return
	}
	json.NewEncoder(w).Encode(map[string]any{"code": 0, "token": token})
}

// Announce sends to everybody and gathers the failures.
func (s *Service) Announce(ctx context.Context, ids []string, text string) error {
	var errs []error
	for _, id := range ids {
		if err := s.im.Publish(ctx, "system", id, text); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Notify tells one user; failures must not stop the order.
func (s *Service) Notify(ctx context.Context, id string) {
	if err := s.im.Publish(ctx, "system", id, "your order has been sent"); err != nil { // want `\(unchecked\)`
		log.Printf("notify %s: %v", id, err)
	}
}

// NotifyLater puts those that failed aside.
func (s *Service) NotifyLater(ctx context.Context, id string) {
	if err := s.im.Publish(ctx, "system", id, "your order has been sent"); err != nil {
		log.Printf("notify %s: %v", id, err)
		s.queue <- id
	}
}

// Mute silences a user in a group.
func (s *Service) Mute(ctx context.Context, user, group string) error {
	r, err := s.im.Raw(ctx, "/group/user/gag/add.json", url.Values{"userId": {user}, "groupId": {group}})
	if err != nil {
		return err
	}
	return r.Err()
}

// Unmute lifts that.
func (s *Service) Unmute(ctx context.Context, user, group string) error {
	form := url.Values{"userId": {user}, "groupId": {group}}
	if _, err := s.im.Raw(ctx, "/group/user/gag/rollback.json", form); err != nil { // want `\(unchecked\)`
		return err
	}
	return nil
}

// Remove forgets users that are gone.
func (s *Service) Remove(ctx context.Context, user string, forget func(string)) {
	r, err := s.im.Raw(ctx, "/user/remarks/del.json", url.Values{"userId": {user}})
	if err != nil {
		log.Print(err)
		return
	}
	if r.Code == imclient.CodeUserNotFound { // want `\(retryable\)`
		forget(user)
		return
	}
	if r.Code != imclient.CodeSuccess {
		s.failed++
	}
}

// Tag marks a user.
func (s *Service) Tag(ctx context.Context, user, tag string) error {
	r, err := s.im.Raw(ctx, "/user/tag/set.json", url.Values{"userId": {user}, "tags": {tag}})
	if err != nil {
		return err
	}
	switch r.Code {
	case imclient.CodeSuccess:
		return nil
	case imclient.CodeUserNotFound:
		return ErrNoUser
	case imclient.CodeRateLimited, imclient.CodeTimeout:
		return ErrBusy
	}
	return r.Err()
}
