// Package im is the adapter of the API.
package im

import (
	"example.com/ports/reply"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Client is the adapter.
type Client struct{ RC *sdk.RongCloud }

// Sent is what became of a message.
type Sent struct {
	UID string
	Err error
}

// Block wraps the failure in the application's own error.
func (c *Client) Block(id string) error {
	if err := c.RC.BlockAdd(id, 10); err != nil {
		return reply.Wrap(20003, err)
	}
	return nil
}

// Send keeps the error in a field.
func (c *Client) Send(to, text string) Sent {
	r, err := c.RC.PrivateSend("system", []string{to}, "RC:TxtMsg", &sdk.TXTMsg{Content: text}, "", "", 0, 0, 1, 0, 0)
	return Sent{UID: r.MessageUID, Err: err}
}
