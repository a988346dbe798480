// Package pipeline builds calls from steps.
package pipeline

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"example.com/styles/wire"
)

type state struct {
	req  *http.Request
	body []byte
	env  wire.Envelope
}

type step func(*state) error

func build(path string, form url.Values) step {
	return func(s *state) (err error) {
		s.req, err = http.NewRequest(http.MethodPost, "https://api.rong-api.com"+path, strings.NewReader(form.Encode()))
		return err
	}
}

func sign(key, secret string) step {
	return func(s *state) error {
		wire.Sign(s.req, key, secret)
		return nil
	}
}

func send(hc *http.Client) step {
	return func(s *state) error {
		resp, err := hc.Do(s.req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		s.body, err = io.ReadAll(resp.Body)
		return err
	}
}

func decode(s *state) error { return json.Unmarshal(s.body, &s.env) }

func verify(s *state) error { return wire.Check(s.env) }

func run(steps ...step) error {
	var s state
	for _, f := range steps {
		if err := f(&s); err != nil {
			return err
		}
	}
	return nil
}

// Broadcast sends to everybody.
func Broadcast(hc *http.Client, key, secret, text string) error {
	return run(build("/message/broadcast.json", url.Values{"content": {text}}), sign(key, secret), send(hc), decode, verify)
}
