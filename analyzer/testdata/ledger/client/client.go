// Package client talks to a ledger whose codes are texts.
package client

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// The codes that programs name.
//
//retcode:code state
const (
	Serialization = "40001"
	Deadlock      = "40P01"
	Unique        = "23505"
)

// Error is a failure of the ledger.
type Error struct {
	//retcode:code state
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (e *Error) Error() string { return e.Message }

// Temporary reports whether the same call may succeed later.
func (e *Error) Temporary() bool { return e.Code == Serialization || e.Code == Deadlock }

// Book books an amount.
func Book(account string, amount int) error {
	resp, err := http.Post("https://ledger.example.com/v1/book", "application/json", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	var e Error
	if err := json.Unmarshal(data, &e); err != nil {
		return err
	}
	if e.Code != "00000" {
		return &e
	}
	return nil
}

// Retryable asks an error for its code.
func Retryable(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Temporary()
}
