// Package sms talks to another vendor.
package sms

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

type answer struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
	ID   string `json:"id"`
}

// Send sends a text.
func Send(to, text string) (string, error) {
	resp, err := http.PostForm("https://sms.example.net/v2/send", url.Values{"to": {to}, "text": {text}})
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var a answer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return "", err
	}
	if a.Code == 1008 {
		return "", fmt.Errorf("sms: number %s is blocked", to)
	}
	return a.ID, nil
}
