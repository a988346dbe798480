// Package sdkv4 calls the API through its SDK, fourth version.
package sdkv4

import (
	"errors"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Service is the part of an application that talks to the API.
type Service struct {
	rc      *sdk.RongCloud
	failed  int
	pending []string
	later   chan string
}

var (
	errBadName     = errors.New("bad name")
	errFull        = errors.New("full")
	errUnavailable = errors.New("unavailable")
	errTryLater    = errors.New("try later")
)

func (s *Service) park(id string) { s.pending = append(s.pending, id) }
