// Package client opens lockers over a link that the program brings along.
package client

import (
	"fmt"

	"example.com/forms/codes"
)

// Link reaches a locker; nothing here says what it fails with.
type Link interface {
	Ask(question string) (codes.Code, error)
}

// Client opens lockers.
type Client struct{ Link Link }

// Put answers with an error that is a value, or wraps that of the link.
func (c *Client) Put(id string) error {
	code, err := c.Link.Ask("put " + id)
	if err != nil {
		return fmt.Errorf("put: %w", err)
	}
	if code != codes.Open {
		return codes.Error{Code: code}
	}
	return nil
}

// Take hands the link's error on as it is.
func (c *Client) Take(id string) error {
	code, err := c.Link.Ask("take " + id)
	if err != nil {
		return err
	}
	if code != codes.Open {
		return codes.Error{Code: code}
	}
	return nil
}

// Move wraps whatever it was.
func (c *Client) Move(id string) error {
	if err := c.Take(id); err != nil {
		return fmt.Errorf("move: %w", err)
	}
	return nil
}

// Check answers with a fault.
func (c *Client) Check(id string) error {
	code, err := c.Link.Ask("check " + id)
	if err != nil {
		return err
	}
	if code != codes.Open {
		return codes.Fault{Code: code}
	}
	return nil
}
