// Package api is what the services share: names, predicates, and errors of their own.
package api

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Return codes that the services know.
//
//retcode:code business
const (
	UserNotFound  = 400
	WrongSecret   = 1001
	Signature     = 1004
	RateLimited   = 1008
	Timeout       = 1050
	GroupExists   = 25409
	GroupNotFound = 25410
)

// Code is the code of an error of either kind, or 0.
func Code(err error) int {
	var older sdk.CodeResult
	if errors.As(err, &older) {
		return older.Code
	}
	var newer sdk.CodeResultV2
	if errors.As(err, &newer) {
		return newer.Code
	}
	return 0
}

// Text is the code as metrics label it.
func Text(err error) string {
	switch Code(err) {
	case RateLimited, Timeout:
		return "busy"
	}
	return strconv.Itoa(Code(err))
}

// Temporary says whether a later attempt may succeed.
func Temporary(err error) bool {
	code := Code(err)
	return code == RateLimited || code == Timeout
}

// Error says what was done.
type Error struct {
	Op  string
	Err error
}

func (e *Error) Error() string { return e.Op + ": " + e.Err.Error() }

// Unwrap returns what happened below.
func (e *Error) Unwrap() error { return e.Err }

// Client is the API.
type Client struct{ RC *sdk.RongCloud }

// Unblock returns an *Error.
func (c *Client) Unblock(id string) error {
	if err := c.RC.BlockRemove(id); err != nil {
		return &Error{"unblock", err}
	}
	return nil
}

// Join wraps on every path.
func (c *Client) Join(group, id string) error {
	if _, err := c.RC.GroupJoin(group, "", []string{id}); err != nil {
		return fmt.Errorf("join: %w", err)
	}
	return nil
}

// Leave wraps where there is a group.
func (c *Client) Leave(group, id string) error {
	_, err := c.RC.GroupDismiss(group, id)
	if err != nil && group != "" {
		return fmt.Errorf("leave: %w", err)
	}
	return err
}

// Drop joins on every path.
func (c *Client) Drop(group string) error {
	if err, request := c.RC.UGGroupDismiss(group); err != nil {
		return errors.Join(err, fmt.Errorf("request %s", request))
	}
	return nil
}
