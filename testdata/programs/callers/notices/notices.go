// Package notices sends with net/http, and decodes into a structure of its own.
package notices

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

type sender struct {
	base, key, secret string
	http              *http.Client
	sent              int
}

type reply struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
	MessageUID   string `json:"messageUID"`
}

func (s *sender) request(path string, form url.Values) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodPost, s.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	nonce, now := strconv.Itoa(s.sent), strconv.FormatInt(time.Now().Unix(), 10)
	sum := sha1.Sum([]byte(s.secret + nonce + now))
	req.Header.Set("App-Key", s.key)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", now)
	req.Header.Set("Signature", hex.EncodeToString(sum[:]))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return req, nil
}

// Reported: decoded, and never compared.
func (s *sender) private(from, to, text string) (string, error) {
	req, err := s.request("/message/private/publish.json", url.Values{"fromUserId": {from}, "toUserId": {to}, "content": {text}})
	if err != nil {
		return "", err
	}
	resp, err := s.http.Do(req) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var out reply
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return "", err
	}
	s.sent++
	return out.MessageUID, nil
}

// Reported: the status alone is taken for the truth.
func (s *sender) group(from, group, text string) error {
	req, err := s.request("/message/group/publish.json", url.Values{"fromUserId": {from}, "toGroupId": {group}, "content": {text}})
	if err != nil {
		return err
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("group: %s", resp.Status) // want `429 .*\(retryable\)`
	}
	s.sent++
	return nil
}

// Reported: success is seen, the code is lost.
func (s *sender) system(to, text string) error {
	req, err := s.request("/message/system/publish.json", url.Values{"toUserId": {to}, "content": {text}})
	if err != nil {
		return err
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var out reply
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return err
	}
	if out.Code != 200 {
		return errors.New(out.ErrorMessage) // want `1008 .*1050 .*\(retryable\)`
	}
	return nil
}

// A refusal is what the API answered.
type refusal struct{ reply }

func (r *refusal) Error() string { return strconv.Itoa(r.Code) + " " + r.ErrorMessage }

// Not reported: the code goes up.
func (s *sender) do(path string, form url.Values) (*reply, error) {
	req, err := s.request(path, form)
	if err != nil {
		return nil, err
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	out := new(reply)
	if err := json.Unmarshal(raw, out); err != nil {
		return nil, fmt.Errorf("%s: %s: %w", path, resp.Status, err)
	}
	if out.Code != 200 {
		return nil, &refusal{*out}
	}
	return out, nil
}

// Not reported: it has been looked at.
func (s *sender) recall(uid string) error {
	_, err := s.do("/message/recall.json", url.Values{"messageUID": {uid}})
	return err
}

// Reported: again at once, when the server fails.
func (s *sender) broadcast(text string) error {
	form := url.Values{"content": {text}}
	_, err := s.do("/message/broadcast.json", form)
	var failed *refusal
	if errors.As(err, &failed) && failed.Code == 1050 { // want `1050 .*\(magic\)`
		_, err = s.do("/message/broadcast.json", form) // want `1050 .*\(retry\)`
	}
	return err
}

// Reported: a body code compared with a status.
func (s *sender) limited(err error) bool {
	var failed *refusal
	return errors.As(err, &failed) && failed.Code == http.StatusTooManyRequests // want `429 .*1008 .*\(mixed\)`
}

// Reported: a number that stands in no list.
func (s *sender) strange(err error) bool {
	var failed *refusal
	return errors.As(err, &failed) && failed.Code == 1080 // want `1080 .*1008 .*\(unknown\)`
}

// Not reported: another API, by its host.
func (s *sender) hook(text string) error {
	resp, err := s.http.Post("https://hooks.example.com/notice", "application/json", bytes.NewBufferString(text))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var out struct {
		Code         int    `json:"code"`
		ErrorMessage string `json:"errorMessage"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return err
	}
	if out.Code != 40001 && out.Code != 1000 {
		s.sent++
	}
	return nil
}
