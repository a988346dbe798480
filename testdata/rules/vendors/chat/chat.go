// Package chat is a client by hand.
package chat

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"

	"example.com/vendors/telco"
	"example.com/vendors/wire"
)

// Error is an answer other than success.
type Error struct {
	wire.Envelope
	path string
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %d", e.path, e.Code) }

// Ask returns the answer.
func Ask(ctx context.Context, path string, form url.Values) (answer wire.Envelope, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://api.rong-api.com"+path, strings.NewReader(form.Encode()))
	if err != nil {
		return answer, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer, err
	}
	defer resp.Body.Close()
	return answer, wire.Read(resp.Body, &answer)
}

// Do returns what failed as an error.
func Do(ctx context.Context, path string, form url.Values) error {
	answer, err := Ask(ctx, path, form)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if answer.Code != 200 {
		return &Error{answer, path}
	}
	return nil
}

// Reported: (b) behind a predicate that holds for both vendors.
func Block(ctx context.Context, id string) error {
	answer, err := Ask(ctx, "/user/block.json", url.Values{"userId": {id}})
	if err != nil {
		return err
	}
	if !wire.OK(answer.Code) {
		return errors.New("block: " + answer.ErrorMessage) // want `1008.*1050.*\(retryable\)`
	}
	return nil
}

// Not reported: the other vendor's error, though its envelope is the API's here.
func Text(id string) bool {
	err := telco.Text(id, "hi")
	var e *telco.Error
	if errors.As(err, &e) {
		switch e.Code {
		case 1008, 7, 99999:
			return false
		}
	}
	return err == nil
}

// Reported: (b) an error that holds a code is not the context's.
func Refresh(ctx context.Context, id string) error {
	err := Do(ctx, "/user/refresh.json", url.Values{"userId": {id}})
	if errors.Is(err, context.Canceled) || errors.Is(err, fs.ErrClosed) {
		return err
	}
	if err != nil {
		return fmt.Errorf("refresh %s: %v", id, err) // want `1008.*1050.*\(retryable\)`
	}
	return nil
}

// Not reported: the loop ends with its context.
func Until(ctx context.Context, id string) error {
	for {
		err := Do(ctx, "/user/refresh.json", url.Values{"userId": {id}})
		if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// mapped stands for an error of the standard library too.
type mapped struct{ wire.Envelope }

func (m *mapped) Error() string { return m.ErrorMessage }

func (m *mapped) Is(target error) bool {
	return target == context.DeadlineExceeded && (m.Code == timeout || m.Code == limited)
}

const (
	limited = 1008
	timeout = 1050
)

func unblock(ctx context.Context, id string) error {
	answer, err := Ask(ctx, "/user/unblock.json", url.Values{"userId": {id}})
	if err != nil {
		return err
	}
	if answer.Code != 200 {
		return &mapped{answer}
	}
	return nil
}

// Not reported: the code's error says that it is the context's.
func Unblock(ctx context.Context, id string) error {
	err := unblock(ctx, id)
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("later: %w", err)
	}
	if err != nil {
		return errors.New("unblock failed")
	}
	return nil
}
