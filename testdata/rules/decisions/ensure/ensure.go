// Package ensure makes what there may be already, through one helper for all requests.
package ensure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// Error keeps the code.
type Error struct{ Code int }

func (e *Error) Error() string { return fmt.Sprintf("code %d", e.Code) }

//retcode:code business
const (
	ok         = 200
	noChatroom = 23410
)

func do(ctx context.Context, path string, form url.Values) error {
	resp, err := http.PostForm("https://api.rong-api.com"+path, form)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var v struct {
		Code int `json:"code"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
		return err
	}
	if v.Code != ok {
		return &Error{v.Code}
	}
	return nil
}

// Rules: retryable/changing-call.
func ensured(ctx context.Context, form url.Values) error {
	if err := do(ctx, "/chatroom/query.json", form); err != nil { // want `every failure of ensure.do of /chatroom/query.json leads to ensure.do of /chatroom/create.json, also 1008 .*\(retryable\)`
		return do(ctx, "/chatroom/create.json", form)
	}
	return nil
}

// The code tells that there is none.
func ensuredRightly(ctx context.Context, form url.Values) error {
	err := do(ctx, "/chatroom/query.json", form)
	var e *Error
	if errors.As(err, &e) && e.Code == noChatroom {
		return do(ctx, "/chatroom/create.json", form)
	}
	return err
}

// Reading in another way changes nothing.
// Rules: retryable/changing-call.
func read(ctx context.Context, form url.Values) error {
	if err := do(ctx, "/chatroom/query.json", form); err != nil {
		return do(ctx, "/chatroom/user/query.json", form)
	}
	return nil
}

// The same request once more is a retry.
func twice(ctx context.Context, form url.Values) error {
	if err := do(ctx, "/chatroom/create.json", form); err != nil {
		return do(ctx, "/chatroom/create.json", form) // want `\(retry\)`
	}
	return nil
}
