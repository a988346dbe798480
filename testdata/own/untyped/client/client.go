// Package client calls the payment service.
package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"example.com/untyped/codes"
)

// Error is a failure of the payment service.
type Error struct {
	//retcode:code pay
	Code int    `json:"ret"`
	Text string `json:"text"`
	Line int    `json:"line"`
}

func (e Error) Error() string { return fmt.Sprintf("pay: %d %s", e.Code, e.Text) }

// Pay pays.
func Pay(base, account string) error {
	resp, err := http.Post(base, "application/json", strings.NewReader(account))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var e Error
	if err := json.NewDecoder(resp.Body).Decode(&e); err != nil {
		return err
	}
	if e.Code != codes.OK {
		return e
	}
	return nil
}

// CodeOf is the code of an error.
//
//retcode:code pay
func CodeOf(err error) int {
	if e, ok := err.(Error); ok {
		return e.Code
	}
	return 0
}

// Temporary reports whether a code may go away.
//
//retcode:code pay code
func Temporary(code int) bool { return code == codes.Down || code == codes.Busy }

// Describe says in words what a code means.
//
//retcode:code pay code
func Describe(code int) string {
	switch code {
	case codes.OK:
		return "paid"
	case codes.Poor, codes.Blocked:
		return "ask the customer"
	}
	return fmt.Sprintf("refused (%d)", code)
}
