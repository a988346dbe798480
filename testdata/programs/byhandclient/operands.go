package client

import (
	"context"
	"errors"
	"fmt"
)

type ownedReply struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
	Token        string `json:"token"`
	UserID       string `json:"userId"`
}

var errForeign = errors.New("another user's token")

// OwnToken Reported: the operand behind the code's does not excuse its loss.
func (c *Client) OwnToken(ctx context.Context, user string) (string, error) {
	out, err := doJSON[ownedReply](ctx, c, pathGetToken, map[string]string{"userId": user})
	if err != nil {
		return "", err
	}
	if out.Code != codeOK || out.UserID != user || out.Token == "" {
		return "", errors.New(out.ErrorMessage) // want `\(retryable\)`
	}
	return out.Token, nil
}

// OwnTokenAnd Reported: the same, the other way round.
func (c *Client) OwnTokenAnd(ctx context.Context, user string) (string, error) {
	out, err := doJSON[ownedReply](ctx, c, pathGetToken, map[string]string{"userId": user})
	if err != nil {
		return "", err
	}
	if out.Code == codeOK && out.UserID == user {
		return out.Token, nil
	}
	return "", ErrUpstream // want `\(retryable\)`
}

// OwnTokenKept Not reported: the answer holds the code.
func (c *Client) OwnTokenKept(ctx context.Context, user string) (string, error) {
	out, err := doJSON[ownedReply](ctx, c, pathGetToken, map[string]string{"userId": user})
	if err != nil {
		return "", err
	}
	if out.Code != codeOK || out.UserID != user {
		return "", fmt.Errorf("token: %w", &APIError{Op: "token", Code: out.Code})
	}
	return out.Token, nil
}

// OwnTokenApart Not reported: only the program's own condition is answered by a fixed error.
func (c *Client) OwnTokenApart(ctx context.Context, user string) (string, error) {
	out, err := doJSON[ownedReply](ctx, c, pathGetToken, map[string]string{"userId": user})
	if err != nil {
		return "", err
	}
	if out.Code != codeOK {
		return "", &APIError{Op: "token", Code: out.Code}
	}
	if out.UserID != user || out.Token == "" {
		return "", errForeign
	}
	return out.Token, nil
}
