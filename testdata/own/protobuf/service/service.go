// Package service charges accounts.
package service

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"example.com/protobuf/client"
	"example.com/protobuf/codes"
)

var (
	errPoor   = errors.New("too little money")
	errFailed = errors.New("failed")
)

// Rules: own/generated-enum.
func magic(r *codes.Reply) bool {
	return r.GetStatus() == 3 // want `magic status 3 \(Status_STATUS_CLOSED: closed\); use codes.Status_STATUS_CLOSED \(magic\)`
}

// An unset status is looked for by its zero, as in every switch over an enum.
// Rules: own/unspecified.
func unset(r *codes.Reply) bool { return r.GetStatus() == codes.Status_STATUS_UNSPECIFIED }

// A switch that tells it and success from all failures names no failure.
// Rules: own/unspecified.
func sane(r *codes.Reply) (bool, error) {
	switch r.GetStatus() {
	case codes.Status_STATUS_UNSPECIFIED:
		return false, errFailed
	case codes.Status_STATUS_OK:
		return true, nil
	default:
		return true, &client.StatusError{Status: r.GetStatus()}
	}
}

// Rules: own/unspecified.
func saneOrPoor(r *codes.Reply) (bool, error) {
	switch r.GetStatus() { // want `\(switch\)`
	case codes.Status_STATUS_UNSPECIFIED:
		return false, errFailed
	case codes.Status_STATUS_NO_FUNDS:
		return false, errPoor
	case codes.Status_STATUS_OK:
		return true, nil
	default:
		return true, &client.StatusError{Status: r.GetStatus()}
	}
}

// Rules: unknown/open-space.
func unknown(r *codes.Reply) bool {
	return r.Status == 9 // want `9 is no documented status \(unknown\)`
}

// Rules: own/generated-enum.
func switched(ctx context.Context, b codes.BillingClient) error {
	err := client.Charge(ctx, b, "a")
	var e *client.StatusError
	if !errors.As(err, &e) {
		return err
	}
	switch e.Status { // want `switch on a status omits 4 \(Status_STATUS_BUSY\) and 5 \(Status_STATUS_DOWN\), .* \(switch\)`
	case codes.Status_STATUS_NO_FUNDS:
		return errPoor
	}
	return errFailed
}

// Rules: own/generated-enum.
func whole(ctx context.Context, b codes.BillingClient) error {
	err := client.Charge(ctx, b, "a")
	var e *client.StatusError
	if !errors.As(err, &e) {
		return err
	}
	switch e.Status {
	case codes.Status_STATUS_NO_FUNDS:
		return errPoor
	case codes.Status_STATUS_BUSY, codes.Status_STATUS_DOWN:
		return err
	}
	return errFailed
}

// Rules: scope/generated-file.
func replied(ctx context.Context, b codes.BillingClient) error {
	r, err := b.Charge(ctx, "a")
	if err != nil {
		return err
	}
	switch r.GetStatus() { // want `switch on a status omits 4 \(Status_STATUS_BUSY\) and 5 \(Status_STATUS_DOWN\), .* \(switch\)`
	case codes.Status_STATUS_OK:
		return nil
	case codes.Status_STATUS_NO_FUNDS:
		return errPoor
	}
	return errFailed
}

func lost(ctx context.Context, b codes.BillingClient) error {
	if err := client.Charge(ctx, b, "a"); err != nil {
		return errFailed // want `the code of client.Charge's error is lost here: .* \(retryable\)`
	}
	return nil
}

func kept(ctx context.Context, b codes.BillingClient) error {
	if err := client.Charge(ctx, b, "a"); err != nil {
		return err
	}
	return nil
}

func otherText(ctx context.Context, b codes.BillingClient) bool {
	err := client.Charge(ctx, b, "a")
	var e *client.StatusError
	if errors.As(err, &e) && (e.Status == codes.Status_STATUS_BUSY || e.Status == codes.Status_STATUS_DOWN) {
		return true
	}
	return err != nil && strings.Contains(err.Error(), "connection refused")
}

func rightTarget(ctx context.Context, b codes.BillingClient) bool {
	var e *client.StatusError
	return errors.As(service(ctx, b), &e) && (e.Status == codes.Status_STATUS_BUSY || e.Status == codes.Status_STATUS_DOWN)
}

func service(ctx context.Context, b codes.BillingClient) error {
	if err := client.Charge(ctx, b, "a"); err != nil {
		return fmt.Errorf("service: %w", err)
	}
	return nil
}
