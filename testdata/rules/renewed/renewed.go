// Package renewed calls the API again with something else than before: a permanent failure may
// then not be one. What a call reads through its receiver and arguments counts as its arguments.
package renewed

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

const taken = 25411

func is(err error, code int) bool {
	var e sdk.CodeResult
	return errors.As(err, &e) && e.Code == code
}

// Rules: retry/same-arguments.
func text(rc *sdk.RongCloud) error {
	for range 3 {
		err := rc.BlockRemove("room-" + rand.Text())
		if !is(err, taken) {
			return err
		}
	}
	return errors.New("no free name")
}

func bytes(rc *sdk.RongCloud) error {
	for range 3 {
		b := make([]byte, 8)
		rand.Read(b)
		err := rc.BlockRemove(hex.EncodeToString(b))
		if !is(err, taken) {
			return err
		}
	}
	return errors.New("no free name")
}

// Rules: retry/same-arguments.
func sameBytes(rc *sdk.RongCloud) error {
	b := make([]byte, 8)
	rand.Read(b)
	for range 3 {
		err := rc.BlockRemove(hex.EncodeToString(b)) // want `\(retry\)`
		if !is(err, taken) {
			return err
		}
	}
	return errors.New("no free name")
}

var count atomic.Int64

// Rules: retry/same-arguments.
func counted(rc *sdk.RongCloud) error {
	for range 3 {
		err := rc.BlockRemove(strconv.FormatInt(count.Add(1), 10))
		if !is(err, taken) {
			return err
		}
	}
	return errors.New("no free name")
}

type namer struct {
	rc   *sdk.RongCloud
	next int
	id   string
}

func (n *namer) field() error {
	for range 3 {
		n.next++
		err := n.rc.BlockRemove(fmt.Sprint("room-", n.next))
		if !is(err, taken) {
			return err
		}
	}
	return errors.New("no free name")
}

var last int

func global(rc *sdk.RongCloud) error {
	for range 3 {
		last++
		err := rc.BlockRemove(fmt.Sprint("room-", last))
		if !is(err, taken) {
			return err
		}
	}
	return errors.New("no free name")
}

// create reads the name through its receiver.
func (n *namer) create() error { return n.rc.BlockRemove(n.id) }

func (n *namer) renew() { n.id = rand.Text() }

// Rules: retry/same-arguments.
func stored(n *namer) error {
	for range 3 {
		err := n.create()
		if !is(err, taken) {
			return err
		}
		n.id = rand.Text()
	}
	return errors.New("no free name")
}

// Rules: retry/same-arguments.
func method(n *namer) error {
	for range 3 {
		err := n.create()
		if !is(err, taken) {
			return err
		}
		n.renew()
	}
	return errors.New("no free name")
}

// Rules: retry/same-arguments.
func untouched(n *namer) error {
	for range 3 {
		err := n.create() // want `\(retry\)`
		if !is(err, taken) {
			return err
		}
	}
	return errors.New("no free name")
}

// draw makes a name of a length.
func draw(length int) string { return rand.Text()[:length] }

// Rules: retry/same-arguments.
func drawn(rc *sdk.RongCloud) error {
	for range 3 {
		err := rc.BlockRemove(draw(8))
		if !is(err, taken) {
			return err
		}
	}
	return errors.New("no free name")
}

// pad makes the same of the same.
func pad(name string) string { return "room-" + name }

// Rules: retry/same-arguments.
func padded(rc *sdk.RongCloud, name string) error {
	for range 3 {
		err := rc.BlockRemove(pad(name)) // want `\(retry\)`
		if !is(err, taken) {
			return err
		}
	}
	return errors.New("no free name")
}

type client struct {
	rc  *sdk.RongCloud
	Key string
}

func (c *client) send(user string) error { return c.rc.BlockRemove(c.Key + user) }

// Rules: retry/same-arguments.
func rotated(c *client, secrets []string, user string) error {
	var err error
	for _, s := range secrets {
		c.Key = s
		if err = c.send(user); !is(err, 1004) {
			return err
		}
	}
	return err
}
