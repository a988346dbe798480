// Package notify is one package away from the SDK.
package notify

import (
	"errors"
	"fmt"
	"log"
	"time"

	"example.com/wrappers/im"
)

// Notifier tells users what happened.
type Notifier struct {
	client *im.Client
	failed []error
	retry  chan string
}

var errNotify = errors.New("notify: failed")

// Not reported: handed on once more.
func (n *Notifier) Block(user string) error {
	if err := n.client.Block(user); err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	return nil
}

// Not reported: handed on as it came, for a package further up.
func (n *Notifier) Token(user string) (string, error) { return n.client.Token(user) }

// Reported: the code came wrapped, and is lost.
// Rules: flow/wrapped-carrier.
func (n *Notifier) Greet(user string) error {
	token, err := n.client.Token(user)
	if err != nil {
		return errNotify // want `\(\*im\.Client\)\.Token's error is lost here.*\(retryable\)`
	}
	log.Print(len(token))
	return nil
}

// Reported: a bool in place of the wrapper's error.
// Rules: retryable/lost-once.
func (n *Notifier) Blocked(user string) bool {
	err := n.client.Block(user)
	return err == nil // want `is lost here.*\(retryable\)`
}

// Reported: the switch is over a code that a getter of the other package returns.
func (n *Notifier) Unblock(user string) error {
	err := n.client.Unblock(user)
	if err == nil {
		return nil
	}
	switch im.Code(err) { // want `omits 1050 .*\(switch\)`
	case im.CodeRateLimited:
		n.retry <- user
		return nil
	case im.CodeInvalidParameter:
		return errNotify
	default:
		return errNotify
	}
}

// Reported: logging alone swallows the wrapper's failure.
func (n *Notifier) Forget(user string) {
	if err := n.client.Unblock(user); err != nil { // want `\(unchecked\)`
		log.Println("unblock:", err)
	}
}

// Reported: the wrapper's first failure is overwritten.
func (n *Notifier) Reset(user string) error {
	err := n.client.Unblock(user) // want `\(unchecked\)`
	err = n.client.Rename(user, user)
	return err
}

// Not reported: Rename has retried what may succeed later.
// Rules: retryable/lost-once.
func (n *Notifier) Rename(user, name string) error {
	if err := n.client.Rename(user, name); err != nil {
		return errNotify
	}
	return nil
}

// Not reported: the predicate of the other package tells the retryable codes apart.
func (n *Notifier) BlockLater(user string) error {
	err := n.client.Block(user)
	if im.Retryable(err) {
		n.retry <- user
		return nil
	}
	if err != nil {
		return errNotify
	}
	return nil
}

// Not reported: the method of the wrapper's error tells them apart.
func (n *Notifier) UnblockLater(user string) error {
	err := n.client.Unblock(user)
	var failure *im.Error
	if errors.As(err, &failure) && failure.Temporary() {
		n.retry <- user
		return nil
	}
	if err != nil {
		return errNotify
	}
	return nil
}

// Not reported: retried with a pause, asked with the other package's predicate.
func (n *Notifier) BlockPatiently(user string) error {
	for attempt := 0; attempt < 5; attempt++ {
		err := n.client.Block(user)
		if !im.Retryable(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return errNotify
}

// Not reported: the callee has lost the code already, here is none.
// Rules: retryable/lost-once.
func (n *Notifier) Destroy(room string) error {
	if err := n.client.Destroy(room); err != nil {
		return errNotify
	}
	return nil
}

// Not reported: the failure is kept.
func (n *Notifier) Keep(user string) {
	if err := n.client.Unblock(user); err != nil {
		n.failed = append(n.failed, err)
	}
}
