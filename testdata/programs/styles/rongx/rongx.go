// Package rongx is a generic client.
package rongx

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"example.com/styles/wire"
)

const endpoint = "https://api.rong-api.com"

type Client struct {
	Key, Secret string
	HC          *http.Client
}

type Error struct {
	Code    int
	Message string
	Path    string
}

func (e Error) Error() string { return fmt.Sprintf("%s: %s (%d)", e.Path, e.Message, e.Code) }

type reply[T any] struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
	Result       T      `json:"result"`
}

type Group struct {
	ID   string `json:"groupId"`
	Name string `json:"groupName"`
}

type none struct{}

func call[T any](ctx context.Context, c *Client, path string, form url.Values) (*T, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	wire.Sign(req, c.Key, c.Secret)
	resp, err := c.HC.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var r reply[T]
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return nil, err
	}
	if r.Code != wire.Success {
		return nil, &Error{Code: r.Code, Message: r.ErrorMessage, Path: path}
	}
	return &r.Result, nil
}

// Group looks a group up.
func (c *Client) Group(ctx context.Context, id string) (*Group, error) {
	return call[Group](ctx, c, "/entrust/group/profile/query.json", url.Values{"groupId": {id}})
}

// Create makes a group.
func (c *Client) Create(ctx context.Context, id, name string) error {
	_, err := call[none](ctx, c, "/entrust/group/create.json", url.Values{"groupId": {id}, "name": {name}})
	return err
}

// Import takes over a group.
func (c *Client) Import(ctx context.Context, g Group) error {
	if _, err := call[none](ctx, c, "/entrust/group/import.json", url.Values{"groupId": {g.ID}}); err != nil {
		return fmt.Errorf("import %s: %w", g.ID, err)
	}
	return nil
}

// IsNotFound is true when there is no such group.
func IsNotFound(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == wire.GroupNotFound
}
