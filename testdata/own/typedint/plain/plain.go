// Package plain has an API of which no failure is known to be worth another call.
package plain

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// Code is what the API answers.
//
//retcode:space plain success=OK
type Code int

// The codes.
const (
	OK     Code = 0
	Closed Code = 7
	Broken Code = 9
)

// Error is a failure.
type Error struct {
	Code Code `json:"code"`
}

func (e *Error) Error() string { return fmt.Sprint("plain ", int(e.Code)) }

func ask(path string) error {
	resp, err := http.Post(path, "", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var e Error
	if err := json.NewDecoder(resp.Body).Decode(&e); err != nil {
		return err
	}
	if e.Code != OK {
		return &e
	}
	return nil
}

// Send sends.
func Send(id string) error { return ask("https://plain.example/send/" + id) }

// Remove removes.
func Remove(id string) error { return ask("https://plain.example/remove/" + id) }

// Nothing is owed for the codes, so that it is no matter which of them it was.
// Rules: own/retry-class.
func instead(id string) error {
	if err := Send(id); err != nil {
		return Remove(id)
	}
	return nil
}
