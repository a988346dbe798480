// Package gateway: one do, one struct for each answer.
package gateway

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const apiHost = "https://api.rong-api.com"

const codeOK = 200

var ErrNoGroup = errors.New("gateway: no such group")

type Gateway struct{ Key, Secret string }

type Base struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage,omitempty"`
}

type TokenResp struct {
	Base
	Token string `json:"token"`
}

type GroupUsers struct {
	Base
	Users []struct {
		ID string `json:"id"`
	} `json:"users"`
}

// Fault carries what the API said.
type Fault struct{ Base }

func (f *Fault) Error() string { return fmt.Sprintf("%d: %s", f.Code, f.ErrorMessage) }

func (g *Gateway) do(path string, form url.Values, out any) error {
	req, err := http.NewRequest(http.MethodPost, apiHost+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	ts := strconv.FormatInt(time.Now().Unix(), 10)
	h := sha1.New()
	io.WriteString(h, g.Secret+ts+ts)
	req.Header.Set("App-Key", g.Key)
	req.Header.Set("Nonce", ts)
	req.Header.Set("Timestamp", ts)
	req.Header.Set("Signature", hex.EncodeToString(h.Sum(nil)))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(out)
}

// Register returns the token of a user.
func (g *Gateway) Register(id, name string) (string, error) {
	var out TokenResp
	if err := g.do("/user/getToken.json", url.Values{"userId": {id}, "name": {name}}, &out); err != nil { // want `\(unchecked\)`
		return "", err
	}
	return out.Token, nil
}

// RegisterFull returns all of the answer.
func (g *Gateway) RegisterFull(id, name string) (*TokenResp, error) {
	out := &TokenResp{}
	if err := g.do("/user/getToken.json", url.Values{"userId": {id}, "name": {name}}, out); err != nil {
		return nil, err
	}
	return out, nil
}

// Reissue makes a new token.
func (g *Gateway) Reissue(id string) (string, error) {
	var out TokenResp
	if err := g.do("/user/getToken.json", url.Values{"userId": {id}}, &out); err != nil {
		return "", err
	}
	if out.Token == "" {
		return "", &Fault{out.Base}
	}
	return out.Token, nil
}

// Members lists who is in a group.
func (g *Gateway) Members(group string) ([]string, error) {
	var out GroupUsers
	if err := g.do("/group/user/query.json", url.Values{"groupId": {group}}, &out); err != nil { // want `\(unchecked\)`
		return nil, err
	}
	ids := make([]string, 0, len(out.Users))
	for _, u := range out.Users {
		ids = append(ids, u.ID)
	}
	return ids, nil
}

// MembersChecked does, too.
func (g *Gateway) MembersChecked(group string) ([]string, error) {
	var out GroupUsers
	if err := g.do("/group/user/query.json", url.Values{"groupId": {group}}, &out); err != nil {
		return nil, err
	}
	if out.Code != codeOK {
		return nil, &Fault{out.Base}
	}
	var ids []string
	for _, u := range out.Users {
		ids = append(ids, u.ID)
	}
	return ids, nil
}

// Kick removes somebody from a group.
func (g *Gateway) Kick(user, group string) error {
	var out Base
	if err := g.do("/group/quit.json", url.Values{"userId": {user}, "groupId": {group}}, &out); err != nil {
		return err
	}
	switch out.Code { // want `\(switch\)`
	case 200:
		return nil
	case 25410: // want `\(magic\)`
		return ErrNoGroup
	default:
		return &Fault{out}
	}
}

// Dismiss closes a group.
func (g *Gateway) Dismiss(user, group string) error {
	var out Base
	if err := g.do("/group/dismiss.json", url.Values{"userId": {user}, "groupId": {group}}, &out); err != nil {
		return err
	}
	if out.Code != codeOK {
		return fmt.Errorf("dismiss %s: %d %s", group, out.Code, out.ErrorMessage) // want `\(retryable\)`
	}
	return nil
}

// Rename gives a group a name; one that is gone needs none.
func (g *Gateway) Rename(group, name string) error {
	var out Base
	if err := g.do("/group/refresh.json", url.Values{"groupId": {group}, "groupName": {name}}, &out); err != nil {
		return err
	}
	if out.Code == 25410 {
		return nil
	}
	if out.Code != http.StatusOK {
		return &Fault{out}
	}
	return nil
}

// Ban forbids a word; the list is sent again each night.
func (g *Gateway) Ban(word string) error {
	var out Base
	if err := g.do("/sensitiveword/add.json", url.Values{"word": {word}}, &out); err != nil {
		return err
	}
	if out.Code != codeOK { // want `\(unchecked\)`
		log.Printf("ban %q: %d %s", word, out.Code, out.ErrorMessage)
	}
	return nil
}

// Join adds somebody to a group.
func (g *Gateway) Join(user, group string) (wait bool, err error) {
	var out Base
	if err := g.do("/group/join.json", url.Values{"userId": {user}, "groupId": {group}}, &out); err != nil {
		return false, err
	}
	if out.Code == http.StatusTooManyRequests { // want `\(mixed\)`
		return true, nil
	}
	if out.Code != codeOK {
		return false, &Fault{out}
	}
	return false, nil
}
