// Package telco is a client of another vendor, whose codes are none of the API's.
package telco

import (
	"fmt"
	"net/http"
	"strings"

	"example.com/vendors/wire"
)

// Error is an answer other than success.
type Error struct{ wire.Envelope }

func (e *Error) Error() string { return fmt.Sprint(e.Code, " ", e.ErrorMessage) }

// Text sends a text message.
func Text(to, text string) error {
	answer, err := Post("/text.json", to+text)
	if err != nil {
		return err
	}
	if !wire.OK(answer.Code) {
		return &Error{answer}
	}
	return nil
}

// Post returns the answer.
func Post(path, body string) (answer wire.Envelope, err error) {
	resp, err := http.Post("https://api.telco.example"+path, "application/json", strings.NewReader(body))
	if err != nil {
		return answer, err
	}
	defer resp.Body.Close()
	return answer, wire.Read(resp.Body, &answer)
}

// Balance returns a pointer to the answer.
func Balance() (*wire.Envelope, error) {
	answer, err := Post("/balance.json", "")
	return &answer, err
}
