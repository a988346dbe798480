// Package told asks and describes errors, for a map of what each answers.
package told

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

//retcode:code business
const (
	OK             = 200
	RateLimited    = 1008
	ServiceTimeout = 1050
)

type Error struct{ Code int }

func (e *Error) Error() string { return fmt.Sprintf("code %d", e.Code) }

func Call() error {
	resp, err := http.Get("https://api.rong-api.com/user/unblock.json")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r struct {
		Code int    `json:"code"`
		Msg  string `json:"errorMessage"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	if r.Code != OK {
		return &Error{Code: r.Code}
	}
	return nil
}

func Retryable(err error) bool {
	var e *Error
	return errors.As(err, &e) && (e.Code == RateLimited || e.Code == ServiceTimeout)
}

func One(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == RateLimited
}

func Text(code int) string {
	switch code {
	case RateLimited:
		return "slow down"
	case ServiceTimeout:
		return "timeout"
	}
	return "unknown"
}

func TextOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return Text(e.Code)
	}
	return ""
}

func Use() string {
	err := Call()
	if Retryable(err) {
		return "again"
	}
	return TextOf(err)
}
