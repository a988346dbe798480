// Package client calls the billing service.
package client

import (
	"context"
	"fmt"

	"example.com/protobuf/codes"
)

// StatusError is a status that is no success.
type StatusError struct{ Status codes.Status }

func (e *StatusError) Error() string { return fmt.Sprintf("billing: %v", e.Status) }

// Charge charges an account.
func Charge(ctx context.Context, b codes.BillingClient, account string) error {
	r, err := b.Charge(ctx, account)
	if err != nil {
		return err
	}
	if s := r.GetStatus(); s != codes.Status_STATUS_OK {
		return &StatusError{Status: s}
	}
	return nil
}
