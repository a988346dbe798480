// Package trace notes the identifiers of requests.
package trace

import (
	"context"
	"log"

	"github.com/rongcloud/server-sdk-go/v4/rongcloud"
)

// Not reported: the error was looked at, and the HTTP response that the answer keeps is none
// of its own.
func note(ctx context.Context, rc *rongcloud.RongCloud, id string) error {
	answer, err := rc.UserGetToken(ctx, &rongcloud.UserGetTokenRequest{UserId: &id, Name: &id})
	if err != nil {
		return err
	}
	log.Printf("request %s was answered by %v", answer.GetRequestId(), answer.GetHttpResponse())
	return nil
}
