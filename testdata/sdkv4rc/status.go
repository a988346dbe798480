package sdkv4rc

import (
	"context"
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
