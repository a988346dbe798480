// Package worker makes calls again.
package worker

import (
	"fmt"
	"log"
	"time"

	"example.com/typedint/client"
	"example.com/typedint/codes"
	"example.com/typedint/service"
)

func unchecked(c *client.Client) {
	if err := service.Pay(c, "a"); err != nil { // want `a failed call goes on as if it had succeeded: the code of this error is never checked \(unchecked\)`
		log.Print(err)
	}
}

// A team knows which of its own failures it drops.
// Rules: unchecked/own-wrapper.
func dropped(c *client.Client) { _ = service.Pay(c, "a") }

// An error that gives way to the next one unseen is not dropped on purpose.
func overwritten(c *client.Client) error {
	err := service.Pay(c, "a") // want `\(unchecked\)`
	err = service.Pay(c, "b")
	return err
}

// Nor is one that a := beside a new variable takes.
// Rules: unchecked/overwritten-error.
func overwrittenBeside(c *client.Client) (string, error) {
	err := service.Pay(c, "a") // want `\(unchecked\)`
	r, err := c.Receipt("a")
	if err != nil {
		return "", err
	}
	if r.Code != codes.OK {
		return "", &codes.Error{Code: r.Code}
	}
	return r.ID, nil
}

// Rules: unchecked/overwritten-error.
func overwrittenLater(c *client.Client) error {
	err := service.Pay(c, "a")
	if err != nil {
		return err
	}
	err = service.Pay(c, "b")
	return err
}

// One way looks at it before the next call.
// Rules: unchecked/overwritten-error.
func overwrittenSometimes(c *client.Client, twice bool) error {
	err := service.Pay(c, "a")
	if twice && err == nil {
		err = service.Pay(c, "b")
	}
	return err
}

func droppedByName(c *client.Client) {
	var _ = service.Pay(c, "a")
}

func droppedAndUsed(c *client.Client) string {
	r, _ := c.Receipt("a") // want `\(unchecked\)`
	return r.ID
}

func droppedAndAsked(c *client.Client) (string, error) {
	r, _ := c.Receipt("a")
	if r == nil {
		return "", nil
	}
	if r.Code != codes.OK {
		return "", &codes.Error{Code: r.Code}
	}
	return r.ID, nil
}

type desk struct{ last *client.Receipt }

// What came with the failure is asked for where it was put.
func (d *desk) prefetch(c *client.Client) {
	defer func() { d.last = nil }()
	d.last, _ = c.Receipt("a")
	if d.last != nil && d.last.Code == codes.OK {
		show(d.last)
	}
}

func show(*client.Receipt) {}

func receipt(c *client.Client) string {
	r, err := c.Receipt("a") // want `a failed call goes on as if it had succeeded: the code of this response is never checked \(unchecked\)`
	if err != nil {
		return ""
	}
	return r.ID
}

func checkedReceipt(c *client.Client) (string, error) {
	r, err := c.Receipt("a")
	if err != nil {
		return "", err
	}
	if r.Code != codes.OK {
		return "", &codes.Error{Code: r.Code}
	}
	return r.ID, nil
}

func lostReceipt(c *client.Client) string {
	r, err := c.Receipt("a")
	if err != nil || r.Code != codes.OK {
		return "" // want `the code of \(\*client.Client\).Receipt's response is lost here: .* \(retryable\)`
	}
	return r.ID
}

// Rules: own/retry-class.
func permanent(c *client.Client) error {
	var err error
	for range 3 {
		err = service.Pay(c, "a") // want `service.Pay is called again after a permanent failure, such as 4001 \(InsufficientFunds\): the same call fails again \(retry\)`
		if service.CodeOf(err) != codes.InsufficientFunds {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func atOnce(c *client.Client) error {
	var err error
	for range 3 {
		err = service.Pay(c, "a") // want `service.Pay is called again at once after 4290 \(TooManyRequests\) and 5030 \(Unavailable\): wait before \(retry\)`
		if !service.CodeOf(err).Retryable() {
			return err
		}
	}
	return err
}

func endless(c *client.Client) error {
	for {
		err := service.Pay(c, "a") // want `service.Pay is called again without end as long as it answers 4290 \(TooManyRequests\) and 5030 \(Unavailable\): .* \(retry\)`
		if !service.CodeOf(err).Retryable() {
			return err
		}
		time.Sleep(time.Second)
	}
}

func rightly(c *client.Client) error {
	var err error
	for range 3 {
		err = service.Pay(c, "a")
		if !service.CodeOf(err).Retryable() {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// unsure calls again after a code of which nobody knows whether that is right.
// Rules: own/retry-class.
func unsure(c *client.Client) error {
	var err error
	for range 3 {
		err = service.Pay(c, "a")
		if code := service.CodeOf(err); code != codes.TimedOut && !code.Retryable() {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// again calls fn again as long as its error is worth it.
func again(worth func(error) bool, fn func() error) error {
	var err error
	for range 3 {
		if err = fn(); err == nil || !worth(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func retryable(err error) bool { return service.CodeOf(err).Retryable() }

// The helper asks for a code that is lost on the way to it.
func againLost(c *client.Client) error {
	return again(retryable, func() error {
		if err := service.Pay(c, "a"); err != nil {
			return fmt.Errorf("pay: %v", err) // want `lost .*\(retryable\)`
		}
		return nil
	})
}

func againKept(c *client.Client) error {
	return again(retryable, func() error {
		if err := service.Pay(c, "a"); err != nil {
			return fmt.Errorf("pay: %w", err)
		}
		return nil
	})
}
