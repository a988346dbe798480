// Package bots asks in maps, as scripts do that grew.
package bots

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"strings"
)

type bot struct {
	key, secret string
	friends     map[string]bool
}

func (b *bot) ask(path string, form url.Values) (map[string]interface{}, error) {
	req, err := http.NewRequest("POST", "https://api.rong-api.com"+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("App-Key", b.key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	var out map[string]interface{}
	if err := json.Unmarshal(body, &out); err != nil {
		return nil, err
	}
	return out, nil
}

// Reported: the answer holds a token, or a failure.
// Rules: behavior/other-field.
func (b *bot) token(user string) (string, error) {
	out, err := b.ask("/user/getToken.json", url.Values{"userId": {user}}) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	return fmt.Sprint(out["token"]), nil
}

// Not reported: a token that is none is a failure that is seen.
func (b *bot) tokenIfAny(user string) (string, error) {
	out, err := b.ask("/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	token, ok := out["token"].(string)
	if !ok {
		return "", fmt.Errorf("no token for %s", user)
	}
	return token, nil
}

// Reported: the friends are counted whatever the answer was.
func (b *bot) befriend(user, friend string) {
	out, err := b.ask("/friend/add.json", url.Values{"userId": {user}, "targetId": {friend}}) // want `\(unchecked\)`
	if err != nil {
		log.Print(err)
		return
	}
	log.Print(out["code"])
	b.friends[friend] = true
}

// Reported: one code is known, and 1008 is like all others.
func (b *bot) befriendOnce(user, friend string) error {
	out, err := b.ask("/friend/add.json", url.Values{"userId": {user}, "targetId": {friend}})
	if err != nil {
		return err
	}
	code, _ := out["code"].(float64)
	if code == 25460 { // want `25460 .*AlreadyFriends.*\(magic\)` `1008 .*1050 .*\(retryable\)`
		return nil
	}
	if code != 200 {
		return fmt.Errorf("befriend %s: %v", friend, out["errorMessage"])
	}
	b.friends[friend] = true
	return nil
}

// Not reported: the application's own field of that name.
func (b *bot) coupon(raw []byte) (bool, error) {
	var out map[string]interface{}
	if err := json.Unmarshal(raw, &out); err != nil {
		return false, err
	}
	code, _ := out["code"].(string)
	return code == "1008", nil
}
