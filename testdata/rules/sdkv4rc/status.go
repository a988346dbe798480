package sdkv4rc

import (
	"context"
	"errors"
	"net/http"

	"github.com/rongcloud/server-sdk-go/v4/rongcloud"
)

// Not reported: the error has the body's code and is handed on; the status owes nothing.
func (s *Service) throttled(ctx context.Context, id string) (bool, error) {
	resp, err := s.rc.UserBlacklistQuery(ctx, &rongcloud.UserBlacklistQueryRequest{UserId: &id})
	if err != nil && resp != nil && resp.GetHttpResponse().StatusCode == http.StatusTooManyRequests {
		return true, err
	}
	return false, err
}

// Reported (retryable): the error is lost, the status beside it does not help.
func (s *Service) gone(ctx context.Context, id string) (bool, error) {
	resp, err := s.rc.UserBlacklistQuery(ctx, &rongcloud.UserBlacklistQueryRequest{UserId: &id})
	if err != nil {
		return resp.GetHttpResponse().StatusCode == http.StatusNotFound, errUnavailable // want `1008.*1050.*\(retryable\)`
	}
	return false, nil
}

// registrar is the part of the SDK that a desk needs.
type registrar interface {
	UserGetToken(ctx context.Context, req *rongcloud.UserGetTokenRequest) (*rongcloud.UserGetTokenResponse, error)
}

type desk struct{ users registrar }

// Not reported.
func newDesk(rc *rongcloud.RongCloud) *desk { return &desk{rc} }

// Reported (retryable): an error of the SDK with a code, by an interface, is none of context's.
func (d *desk) token(ctx context.Context, id string) (string, error) {
	resp, err := d.users.UserGetToken(ctx, &rongcloud.UserGetTokenRequest{UserId: &id})
	if errors.Is(err, context.Canceled) {
		return "", err
	}
	if err != nil {
		return "", errUnavailable // want `1008.*1050.*\(retryable\)`
	}
	return resp.Token, nil
}
