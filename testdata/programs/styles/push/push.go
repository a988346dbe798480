// Package push sends pushes; its errors are plain values.
package push

import (
	"crypto/sha1"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	codeOK          = 200
	codeNoUser      = 400
	codeRateLimited = 1008
	codeTimeout     = 1050
)

var (
	ErrNotFound  = errors.New("push: not found")
	ErrThrottled = errors.New("push: throttled")
)

type Config struct {
	BaseURL string
	Key     string
	Secret  string
}

type Sender struct{ cfg Config }

func New(cfg Config) *Sender {
	if cfg.BaseURL == "" {
		cfg.BaseURL = "https://api.rong-api.com"
	}
	return &Sender{cfg: cfg}
}

type Error struct {
	Status  int
	Code    int
	Message string
}

func (e Error) Error() string {
	return fmt.Sprintf("push: http %d, code %d: %s", e.Status, e.Code, e.Message)
}

func (e Error) Is(target error) bool {
	switch target {
	case ErrNotFound:
		return e.Code == codeNoUser
	case ErrThrottled:
		return e.Code == codeRateLimited || e.Code == codeTimeout
	}
	return false
}

type envelope struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
}

func (s *Sender) do(path string, form url.Values) (int, []byte, error) {
	req, err := http.NewRequest("POST", s.cfg.BaseURL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, nil, err
	}
	now := time.Now()
	nonce, ts := fmt.Sprint(now.Nanosecond()), fmt.Sprint(now.Unix())
	req.Header.Set("App-Key", s.cfg.Key)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", ts)
	req.Header.Set("Signature", fmt.Sprintf("%x", sha1.Sum([]byte(s.cfg.Secret+nonce+ts))))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, body, err
}

func parse(status int, body []byte, out any) error {
	var env envelope
	if err := json.Unmarshal(body, &env); err != nil {
		return Error{Status: status, Message: string(body)}
	}
	if env.Code != codeOK {
		return Error{Status: status, Code: env.Code, Message: env.ErrorMessage}
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(body, out)
}

// Broadcast pushes to all users.
func (s *Sender) Broadcast(text string) (string, error) {
	status, body, err := s.do("/push/user.json", url.Values{"alert": {text}})
	if err != nil {
		return "", err
	}
	var out struct {
		ID string `json:"id"`
	}
	if err := parse(status, body, &out); err != nil {
		return "", err
	}
	return out.ID, nil
}

// System sends a system message.
func (s *Sender) System(to, content string) error {
	status, body, err := s.do("/message/system/publish.json", url.Values{"toUserId": {to}, "content": {content}})
	if err != nil {
		return err
	}
	return parse(status, body, nil)
}

// Online asks whether somebody is there.
func (s *Sender) Online(id string) (bool, error) {
	status, body, err := s.do("/user/checkOnline.json", url.Values{"userId": {id}})
	if err != nil {
		return false, err
	}
	var out struct {
		envelope
		Status string `json:"status"`
	}
	if err := json.Unmarshal(body, &out); err != nil {
		return false, err
	}
	if out.Code != codeOK {
		return false, Error{Status: status, Code: out.Code, Message: out.ErrorMessage}
	}
	return out.Status == "1", nil
}

// Recall takes a message back.
func (s *Sender) Recall(uid, from string) error {
	_, body, err := s.do("/message/recall.json", url.Values{"messageUID": {uid}, "fromUserId": {from}})
	if err != nil {
		return err
	}
	var env envelope
	if err := json.Unmarshal(body, &env); err != nil {
		return err
	}
	if env.Code == 1008 { // want `\(magic\)`
		return ErrThrottled
	}
	if env.Code != codeOK {
		return Error{Code: env.Code, Message: env.ErrorMessage}
	}
	return nil
}
