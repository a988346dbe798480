// Package worker charges again.
package worker

import (
	"context"
	"errors"
	"log"
	"time"

	"example.com/protobuf/client"
	"example.com/protobuf/codes"
)

// StatusOf is the status in an error.
func StatusOf(err error) codes.Status {
	var e *client.StatusError
	if errors.As(err, &e) {
		return e.Status
	}
	return codes.Status_STATUS_UNSPECIFIED
}

func unchecked(ctx context.Context, b codes.BillingClient) {
	if err := client.Charge(ctx, b, "a"); err != nil { // want `\(unchecked\)`
		log.Print(err)
	}
}

// Rules: own/called-error.
func uncheckedReply(ctx context.Context, b codes.BillingClient) string {
	r, err := b.Charge(ctx, "a") // want `a failed call goes on as if it had succeeded: the code of this response is never checked \(unchecked\)`
	if err != nil {
		return ""
	}
	return r.Id
}

// Rules: own/called-error.
func checkedReply(ctx context.Context, b codes.BillingClient) (string, error) {
	r, err := b.Charge(ctx, "a")
	if err != nil {
		return "", err
	}
	if r.Status != codes.Status_STATUS_OK {
		return "", &client.StatusError{Status: r.Status}
	}
	return r.Id, nil
}

func permanent(ctx context.Context, b codes.BillingClient) (err error) {
	for range 3 {
		err = client.Charge(ctx, b, "a") // want `client.Charge is called again after a permanent failure, such as 2 \(Status_STATUS_NO_FUNDS\): .* \(retry\)`
		if StatusOf(err) != codes.Status_STATUS_NO_FUNDS {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func rightly(ctx context.Context, b codes.BillingClient) (err error) {
	for range 3 {
		err = client.Charge(ctx, b, "a")
		if s := StatusOf(err); s != codes.Status_STATUS_BUSY && s != codes.Status_STATUS_DOWN {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
