// Package client sends parcels.
package client

import (
	"encoding/json"
	"net/http"
	"strings"

	"example.com/typedstring/codes"
)

// Client calls the API.
type Client struct{ base string }

type answer struct {
	Reason codes.Reason `json:"reason"`
	Number string       `json:"number"`
}

// Send sends a parcel.
func (c *Client) Send(to string) (string, error) {
	resp, err := http.Post(c.base+"/parcels", "application/json", strings.NewReader(to))
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var a answer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return "", err
	}
	if a.Reason != codes.OK {
		return "", a.Reason
	}
	return a.Number, nil
}

// Raw sends a parcel by hand: the reason is a text until somebody compares it.
func Raw(to string) error {
	resp, err := http.Post("https://api.parcels.example/v1/parcels", "application/json", strings.NewReader(to))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var a struct {
		Reason string `json:"reason"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return err
	}
	switch codes.Reason(a.Reason) {
	case codes.OK:
		return nil
	case codes.TooHeavy, codes.Busy, codes.SlowDown:
		return codes.Reason(a.Reason)
	}
	return codes.Refused
}
