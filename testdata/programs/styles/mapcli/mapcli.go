// Package mapcli decodes into maps.
package mapcli

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"example.com/styles/wire"
)

const base = "https://api.rong-api.com"

const (
	codeOK   = 200
	codeBusy = 1008
	codeSlow = 1050
)

var ErrLater = errors.New("later")

type CallError struct {
	Code int
	Text string
}

func (e *CallError) Error() string { return fmt.Sprintf("%s [%d]", e.Text, e.Code) }

type API struct{ key, secret string }

func (a *API) request(path string, form url.Values) (map[string]any, error) {
	req, err := http.NewRequest("POST", base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	wire.Sign(req, a.key, a.secret)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	m := map[string]any{}
	if err := json.NewDecoder(resp.Body).Decode(&m); err != nil {
		return nil, err
	}
	return m, nil
}

func checkCode(code int, text string) error {
	if code == codeOK {
		return nil
	}
	return &CallError{Code: code, Text: text}
}

// Token asks for a token.
func (a *API) Token(id string) (string, error) {
	m, err := a.request("/user/getToken.json", url.Values{"userId": {id}})
	if err != nil {
		return "", err
	}
	code, _ := m["code"].(float64)
	text, _ := m["errorMessage"].(string)
	if err := checkCode(int(code), text); err != nil {
		return "", err
	}
	token, _ := m["token"].(string)
	return token, nil
}

// Blacklist adds somebody to a list.
func (a *API) Blacklist(id, other string) error {
	m, err := a.request("/user/blacklist/add.json", url.Values{"userId": {id}, "blackUserId": {other}})
	if err != nil {
		return err
	}
	code, ok := m["code"].(float64)
	if !ok {
		return errors.New("no code in the answer")
	}
	if code != codeOK {
		return &CallError{Code: int(code), Text: fmt.Sprint(m["errorMessage"])}
	}
	return nil
}

// Whitelist adds somebody to the other list.
func (a *API) Whitelist(id, other string) error {
	m, err := a.request("/user/whitelist/add.json", url.Values{"userId": {id}, "whiteUserId": {other}})
	if err != nil {
		return err
	}
	code, _ := m["code"].(float64)
	if int(code) != codeOK {
		return errors.New("whitelist: " + fmt.Sprint(m["errorMessage"])) // want `\(retryable\)`
	}
	return nil
}

// Sensitive adds a word to the filter.
func (a *API) Sensitive(word string) error {
	m, err := a.request("/sensitiveword/add.json", url.Values{"word": {word}})
	if err != nil {
		return err
	}
	code, _ := m["code"].(float64)
	text, _ := m["errorMessage"].(string)
	switch c := int(code); c {
	case codeOK:
		return nil
	case codeBusy, codeSlow:
		return ErrLater
	default:
		return &CallError{Code: c, Text: text}
	}
}
