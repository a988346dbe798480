// Package sms is the client of the text message provider.
package sms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

const endpoint = "https://api.sms.example.net/v2/send"

type reply struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
}

// ErrLimit means that the number gets too many messages.
var ErrLimit = errors.New("sms: limit")

// Send sends a text message.
func Send(ctx context.Context, to, text string) error {
	form := url.Values{"to": {to}, "text": {text}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == 429 {
		return ErrLimit
	}
	var r reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	switch r.Code {
	case 0:
		return nil
	case 1008, 1009:
		return ErrLimit
	default:
		return fmt.Errorf("sms: %d: %s", r.Code, r.Msg)
	}
}
