// Package client calls the billing API.
package client

import (
	"encoding/json"
	"net/http"
	"strings"

	"example.com/typedint/codes"
)

// Client calls the API.
type Client struct{ base string }

// Receipt is what was charged.
type Receipt struct {
	Code codes.Code `json:"code"`
	ID   string     `json:"id"`
}

// Charge charges an account.
func (c *Client) Charge(account string, cents int) error {
	resp, err := http.Post(c.base+"/charges", "application/json", strings.NewReader(account))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var e codes.Error
	if err := json.NewDecoder(resp.Body).Decode(&e); err != nil {
		return err
	}
	if e.Code != codes.OK {
		return &e
	}
	return nil
}

// Refund gives money back.
func (c *Client) Refund(id string) error {
	resp, err := http.Post(c.base+"/refunds", "application/json", strings.NewReader(id))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var e codes.Error
	if err := json.NewDecoder(resp.Body).Decode(&e); err != nil {
		return err
	}
	if e.Code == codes.OK {
		return nil
	}
	return &e
}

// Receipt fetches a receipt. Its code is for the caller to look at.
func (c *Client) Receipt(id string) (*Receipt, error) {
	resp, err := http.Get(c.base + "/receipts/" + id)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var r Receipt
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return nil, err
	}
	return &r, nil
}
