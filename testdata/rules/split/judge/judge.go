// Package judge looks at answers for others.
package judge

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

type Reply struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
	Token        string `json:"token"`
}

type Error struct{ Code int }

func (e *Error) Error() string { return fmt.Sprint(e.Code) }

func Decide(resp *http.Response) error {
	defer resp.Body.Close()
	return DecideBody(resp.Body)
}

func DecideBody(r io.Reader) error {
	var reply Reply
	if err := json.NewDecoder(r).Decode(&reply); err != nil {
		return err
	}
	if reply.Code != 200 {
		return &Error{reply.Code}
	}
	return nil
}

func DecideBytes(b []byte) error {
	var reply Reply
	if err := json.Unmarshal(b, &reply); err != nil {
		return err
	}
	if reply.Code != 200 {
		return &Error{reply.Code}
	}
	return nil
}

func Into(resp *http.Response, out any) error {
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(out)
}

func IntoChecked[T any](resp *http.Response, code func(*T) int) (*T, error) {
	defer resp.Body.Close()
	out := new(T)
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		return nil, err
	}
	if c := code(out); c != 200 {
		return nil, &Error{c}
	}
	return out, nil
}

func Status(resp *http.Response) error {
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}

func Close(resp *http.Response) { resp.Body.Close() }

func MustInto(resp *http.Response, out any) {
	if err := Into(resp, out); err != nil {
		panic(err)
	}
}
