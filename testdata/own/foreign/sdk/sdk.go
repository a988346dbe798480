// Package sdk is somebody else's: it has no constants, and no directive could be put into it.
package sdk

import "fmt"

// Error is a failure.
type Error struct {
	Status int
	Code   string
	Detail string
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Code, e.Detail) }

// Send sends.
func Send(text string) error {
	if text == "" {
		return &Error{Status: 400, Code: "empty", Detail: "nothing to send"}
	}
	return nil
}
