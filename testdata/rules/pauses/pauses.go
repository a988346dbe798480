// Package pauses calls again: at once, after a while, or after a step of which nobody knows
// how long it takes.
package pauses

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

const (
	rateLimited = 1008
	timeout     = 1050
)

func later(err error) bool {
	var e sdk.CodeResult
	return errors.As(err, &e) && (e.Code == rateLimited || e.Code == timeout)
}

// Rules: retry/dynamic-pause.
func given(ctx context.Context, rc *sdk.RongCloud, wait func(context.Context) error) error {
	for range 3 {
		err := rc.BlockRemove("u")
		if !later(err) {
			return err
		}
		if err := wait(ctx); err != nil {
			return err
		}
	}
	return errors.New("busy")
}

type pacer interface {
	Pause(ctx context.Context) error
	Acquire(ctx context.Context)
	Note(n int, err error)
}

// Rules: retry/dynamic-pause.
func method(ctx context.Context, rc *sdk.RongCloud, p pacer) error {
	for range 3 {
		err := rc.BlockRemove("u")
		if !later(err) {
			return err
		}
		if err := p.Pause(ctx); err != nil {
			return err
		}
	}
	return errors.New("busy")
}

// Rules: retry/dynamic-pause.
func acquired(ctx context.Context, rc *sdk.RongCloud, p pacer) error {
	for range 3 {
		p.Acquire(ctx)
		err := rc.BlockRemove("u")
		if !later(err) {
			return err
		}
	}
	return errors.New("busy")
}

// hook tells somebody, and takes no time.
// Rules: retry/dynamic-pause.
func hook(rc *sdk.RongCloud, onRetry func(int, error)) error {
	for n := range 3 {
		err := rc.BlockRemove("u") // want `\(retry\)`
		if !later(err) {
			return err
		}
		onRetry(n, err)
	}
	return errors.New("busy")
}

// Rules: retry/dynamic-pause.
func noted(rc *sdk.RongCloud, p pacer) error {
	for n := range 3 {
		err := rc.BlockRemove("u") // want `\(retry\)`
		if !later(err) {
			return err
		}
		p.Note(n, err)
	}
	return errors.New("busy")
}

// Rules: retry/dynamic-pause.
func received(rc *sdk.RongCloud, slots <-chan struct{}) error {
	for range 3 {
		err := rc.BlockRemove("u")
		if !later(err) {
			return err
		}
		<-slots
	}
	return errors.New("busy")
}

func condition(rc *sdk.RongCloud, c *sync.Cond) error {
	c.L.Lock()
	defer c.L.Unlock()
	for range 3 {
		err := rc.BlockRemove("u")
		if !later(err) {
			return err
		}
		c.Wait()
	}
	return errors.New("busy")
}

func asked(rc *sdk.RongCloud) error {
	in := bufio.NewReader(os.Stdin)
	for {
		err := rc.BlockRemove("u")
		if !later(err) {
			return err
		}
		fmt.Print("again? [y/N] ")
		if answer, err := in.ReadString('\n'); err != nil || answer != "y\n" {
			return errors.New("given up")
		}
	}
}

// unread makes a timer that nobody waits for.
// Rules: retry/waiting-helper.
func unread(rc *sdk.RongCloud) error {
	for range 3 {
		err := rc.BlockRemove("u") // want `\(retry\)`
		if !later(err) {
			return err
		}
		t := time.NewTimer(time.Second)
		t.Stop()
	}
	return errors.New("busy")
}

// Rules: retry/waiting-helper.
func timer(rc *sdk.RongCloud) error {
	for range 3 {
		err := rc.BlockRemove("u")
		if !later(err) {
			return err
		}
		t := time.NewTimer(time.Second)
		<-t.C
	}
	return errors.New("busy")
}

// canceled asks for the end of the context, which says nothing about haste.
// Rules: retry/context-question.
func canceled(rc *sdk.RongCloud) error {
	for {
		err := rc.BlockRemove("u") // want `\(retry\)`
		if err == nil || errors.Is(err, context.Canceled) {
			return err
		}
	}
}

// permanent repeats everything, after a pause.
// Rules: retry/context-question.
func permanent(rc *sdk.RongCloud) error {
	for {
		err := rc.BlockRemove("u") // want `\(retry\)`
		if err == nil || errors.Is(err, context.Canceled) {
			return err
		}
		time.Sleep(time.Second)
	}
}

func ended(rc *sdk.RongCloud) error {
	for {
		err := rc.BlockRemove("u") // want `\(retry\)`
		if err == nil || err == io.EOF {
			return err
		}
		time.Sleep(time.Second)
	}
}

var ErrLimited = errors.New("limited")

// limited asks an error of its own, which may stand for a code.
func limited(try func() error) error {
	for range 3 {
		if err := try(); !errors.Is(err, ErrLimited) {
			return err
		}
	}
	return ErrLimited
}

// Rules: retry/context-question.
func right(ctx context.Context, rc *sdk.RongCloud) error {
	for {
		err := rc.BlockRemove("u")
		if !later(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}
