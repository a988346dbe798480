// Package desk calls both vendors.
package desk

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"example.com/vendors/chat"
	"example.com/vendors/telco"
	"example.com/vendors/wire"
)

// Not reported: answers of the other vendor.
// Rules: origin/foreign-request.
func send(to string) (bool, error) {
	answer, err := telco.Post("/text.json", to)
	if err != nil {
		return false, err
	}
	if answer.Code == 429 || answer.Code == 12 {
		return true, nil
	}
	left, err := telco.Balance()
	if err != nil || left.Code == 1099 {
		return false, err
	}
	return false, nil
}

// Reported: an answer of the API.
// Rules: origin/request-host.
func online(ctx context.Context, id string) (bool, error) {
	answer, err := chat.Ask(ctx, "/user/checkOnline.json", url.Values{"userId": {id}})
	if err != nil {
		return false, err
	}
	if answer.Code == http.StatusTooManyRequests { // want `429.*1008.*\(mixed\)`
		return false, errors.New("later")
	}
	if answer.Code != 200 {
		return false, &chat.Error{Envelope: answer}
	}
	return true, nil
}

// Reported: the API's error.
// Rules: origin/foreign-request.
func block(ctx context.Context, id string) error {
	err := chat.Do(ctx, "/user/block.json", url.Values{"userId": {id}})
	var e *chat.Error
	if errors.As(err, &e) && e.Code == 1099 { // want `1099.*\(unknown\)`
		return nil
	}
	return err
}

// Not reported: an answer of this program's own.
func answer(err error) wire.Envelope {
	if err != nil {
		return wire.Envelope{Code: 1099, ErrorMessage: err.Error()}
	}
	return wire.Envelope{Code: 200}
}
