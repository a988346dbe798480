// Package sms talks to another vendor, whose numbers mean other things.
package sms

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// ErrBalance means that the account is empty.
var ErrBalance = errors.New("sms: no balance")

type answer struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
}

// Send sends a text message.
func Send(c *http.Client, phone, text string) error {
	resp, err := c.PostForm("https://sms.example.net/v1/send", url.Values{"phone": {phone}, "text": {text}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 {
		return errors.New("sms: refused")
	}
	var a answer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return err
	}
	switch a.Code {
	case 0:
		return nil
	case 1004:
		return ErrBalance
	}
	return fmt.Errorf("sms: %d %s", a.Code, a.Msg)
}
