// Package generics calls the API through generic functions and types.
package generics

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

const host = "https://api.rong-api.com"

// Envelope is the body of every answer.
type Envelope[T any] struct {
	Code    int    `json:"code"`
	Message string `json:"errorMessage"`
	Data    T      `json:"data"`
}

// Error keeps the code of a refused call.
type Error struct{ Code int }

func (e Error) Error() string { return fmt.Sprint("code ", e.Code) }

var errFailed = errors.New("failed")

// Not reported: the envelope is handed on with its code.
func post[T any](path string, in any) (out Envelope[T], err error) {
	data, err := json.Marshal(in)
	if err != nil {
		return out, err
	}
	resp, err := http.Post(host+path, "application/json", bytes.NewReader(data))
	if err != nil {
		return out, err
	}
	defer resp.Body.Close()
	err = json.NewDecoder(resp.Body).Decode(&out)
	return out, err
}

// Not reported: checked, and the error keeps the code.
// Rules: unchecked/response-code.
func must[T any](path string, in any) (T, error) {
	out, err := post[T](path, in)
	if err != nil {
		return out.Data, err
	}
	if out.Code != codeSuccess {
		return out.Data, Error{out.Code}
	}
	return out.Data, nil
}

type token struct{ Token string }

// Reported: the instance's code is not compared.
// Rules: unchecked/response-code.
func unchecked(user string) (string, error) {
	out, err := post[token]("/user/getToken.json", map[string]string{"userId": user}) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	return out.Data.Token, nil
}

// Reported: the instance's code in a switch.
// Rules: switch/omitted-code.
func switched(group string) error {
	out, err := post[struct{}]("/group/create.json", group)
	if err != nil {
		return err
	}
	switch out.Code { // want `omits 1008 .*1050 .*25416 .*\(switch\)`
	case codeSuccess, codeGroupExists:
		return nil
	}
	return errFailed
}

// Reported: the generic wrapper's error keeps the code, and it is lost.
func lost(user string) (string, error) {
	out, err := must[token]("/user/getToken.json", user)
	if err != nil {
		return "", errFailed // want `lost here.*\(retryable\)`
	}
	return out.Token, nil
}

// Not reported: handed on.
func kept(user string) (string, error) {
	out, err := must[token]("/user/getToken.json", user)
	return out.Token, err
}

// is asks an error for a code.
func is[E interface {
	error
	ErrorCode() int
}](err error, code int) bool {
	var failure E
	return errors.As(err, &failure) && failure.ErrorCode() == code
}

// Reported: the generic predicate asks for one code.
func asked(rc *sdk.RongCloud, id string) error {
	_, err := rc.FriendAdd(sdk.FriendModel{UserId: id, TargetId: id})
	if is[sdk.CodeResult](err, codeAlreadyFriends) { // want `1008 .*1050 .*\(retryable\)`
		return nil
	}
	if err != nil {
		return errFailed
	}
	return nil
}

// Not reported: the generic predicate asks for all.
func askedAll(rc *sdk.RongCloud, id string, later chan<- string) error {
	err := rc.BlockRemove(id)
	if is[sdk.CodeResult](err, codeRateLimited) || is[sdk.CodeResult](err, codeTimeout) {
		later <- id
		return nil
	}
	if err != nil {
		return errFailed
	}
	return nil
}

// Result is a value or an error.
type Result[T any] struct {
	Value T
	Err   error
}

// Try makes a Result.
func Try[T any](value T, err error) Result[T] { return Result[T]{value, err} }

// Not reported: kept in the generic struct.
func result(rc *sdk.RongCloud, id string) Result[sdk.User] {
	return Try(rc.UserRegister(id, id, ""))
}

// Not reported: one of the API's numbers in a struct of another kind.
func foreign(e Envelope2[int]) bool { return e.Code == 1008 }

// Envelope2 is never decoded.
type Envelope2[T any] struct {
	Code T `json:"code"`
}

// Map applies a function to each value.
func Map[A, B any](in []A, f func(A) B) []B {
	out := make([]B, 0, len(in))
	for _, a := range in {
		out = append(out, f(a))
	}
	return out
}

// Not reported: the errors are gathered.
func all(rc *sdk.RongCloud, ids []string) error {
	return errors.Join(Map(ids, rc.BlockRemove)...)
}
