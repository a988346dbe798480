// Package notify sends messages to our users.
package notify

import (
	"context"
	"errors"
	"fmt"
	"log"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"

	"example.com/repeats/internal/rcerr"
	"example.com/repeats/members"
)

// Errors of this package.
var (
	ErrNoUser  = errors.New("no such user")
	ErrRefused = errors.New("connection refused")
)

const throttledText = "1008"

var (
	busyText  = regexp.MustCompile(`\b(1008|1050)\b`)
	reference = regexp.MustCompile(`^INV-(20\d\d)-1008$`)
)

// Notifier sends messages in one sender's name.
type Notifier struct {
	rc     *sdk.RongCloud
	users  *members.Service
	sender string
	jobs   chan job
	failed chan failure
	count  func(label string)
}

type job struct {
	to, text string
	tries    int
}

type failure struct {
	job job
	err error
}

func (n *Notifier) send(to, text string) (string, error) {
	result, err := n.rc.PrivateSend(n.sender, []string{to}, "RC:TxtMsg", &sdk.TXTMsg{Content: text}, "", "", 0, 0, 1, 0, 0)
	return result.MessageUID, err
}

// Welcome greets a user.
func (n *Notifier) Welcome(id string) error {
	_, err := n.send(id, "Welcome!")
	if err != nil && strings.Contains(err.Error(), "1008") { // want `\(text\)`
		return rcerr.ErrBusy
	}
	return err
}

// Farewell says goodbye.
func (n *Notifier) Farewell(id string) error {
	_, err := n.send(id, "Goodbye!")
	if err != nil && strings.HasPrefix(err.Error(), "1050:") { // want `\(text\)`
		return rcerr.ErrBusy
	}
	return err
}

// Remind asks a regular expression.
func (n *Notifier) Remind(id, what string) error {
	_, err := n.send(id, "Remember: "+what)
	if err != nil && busyText.MatchString(err.Error()) { // want `\(text\)`
		return rcerr.ErrBusy
	}
	return err
}

// Receipt sends a reference.
// Rules: text/carrier-text.
func (n *Notifier) Receipt(id, ref string) error {
	if !reference.MatchString(ref) && strings.HasPrefix(ref, "1008") {
		return fmt.Errorf("reference %q is of the old kind", ref)
	}
	_, err := n.send(id, "Your order "+ref+" is paid.")
	return err
}

// Block compares whole texts.
func (n *Notifier) Block(id string) error {
	err := n.rc.BlockAdd(id, 60)
	if err != nil && err.Error() == "1008: too many requests" { // want `\(text\)`
		return rcerr.ErrBusy
	}
	return err
}

// Unblock looks for several codes.
func (n *Notifier) Unblock(id string) error {
	err := n.rc.BlockRemove(id)
	if err == nil {
		return nil
	}
	msg := err.Error()
	switch {
	case strings.Contains(msg, "1008"): // want `\(text\)`
		return rcerr.ErrBusy
	case strings.Index(msg, "code 1002") >= 0: // want `\(text\)`
		return ErrNoUser
	default:
		return fmt.Errorf("unblock %s: %w", id, err)
	}
}

// UnblockQuietly looks for words.
func (n *Notifier) UnblockQuietly(id string) error {
	err := n.rc.BlockRemove(id)
	if err == nil {
		return nil
	}
	switch msg := err.Error(); {
	case strings.Contains(msg, "connection refused"):
		return fmt.Errorf("%w: %w", ErrRefused, err)
	case strings.Contains(msg, ":10443"):
		return fmt.Errorf("the proxy on port 10443 does not answer: %w", err)
	case strings.HasSuffix(msg, "i/o timeout"):
		return fmt.Errorf("after 30s: %w", err)
	}
	return err
}

// Refresh prints the error first.
func (n *Notifier) Refresh(id, name string) error {
	err := n.rc.UserUpdate(id, name, "")
	if text := fmt.Sprint(err); err != nil && strings.Contains(text, throttledText) { // want `\(text\)`
		return rcerr.ErrBusy
	}
	return err
}

func isThrottled(err error) bool {
	return err != nil && strings.Contains(strings.ToLower(err.Error()), "1008") // want `\(text\)`
}

// Rename goes through the service.
func (n *Notifier) Rename(ctx context.Context, id, name string) error {
	err := n.users.Rename(ctx, id, name)
	if isThrottled(err) {
		return fmt.Errorf("rename %s: %w", id, rcerr.ErrBusy)
	}
	return err
}

// Count labels failures with their code.
func (n *Notifier) Count(id string) error {
	_, err := n.send(id, "count me")
	var cr sdk.CodeResult
	if errors.As(err, &cr) {
		n.count("rongcloud_" + strconv.Itoa(cr.Code))
		log.Printf("send to %s failed with %d (1008 and 1050 pass)", id, cr.Code)
	}
	return err
}

// Classify prints the code.
// Rules: magic/code-text.
func (n *Notifier) Classify(id string) error {
	err := n.rc.ChatRoomDestroy(id)
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return err
	}
	switch strconv.Itoa(cr.Code) {
	case "1008": // want `\(magic\)`
		return fmt.Errorf("throttled: %w", err)
	case "1050": // want `\(magic\)`
		return fmt.Errorf("timed out: %w", err)
	}
	return err
}

// ClassifyNamed prints the code and compares it with a constant.
// Rules: magic/code-text, unknown/stored-code.
func (n *Notifier) ClassifyNamed(id string) error {
	err := n.rc.ChatRoomDestroy(id)
	if cr, ok := errors.AsType[sdk.CodeResult](err); ok && fmt.Sprint(cr.Code) == throttledText {
		return fmt.Errorf("throttled: %w", err)
	}
	return err
}

// Insist repeats a method of another package.
func (n *Notifier) Insist(id string, minutes uint64) error {
	var err error
	for i := range 5 {
		if err = n.users.BlockFair(id, minutes); err == nil {
			return nil
		}
		if !errors.Is(err, rcerr.ErrBusy) {
			return err
		}
		time.Sleep(time.Duration(i) * time.Minute)
	}
	return err
}

// Deliver repeats a message until it got through.
func (n *Notifier) Deliver(to, text string) error {
	var err error
	for i := 1; i <= 3; i++ {
		_, err = n.send(to, text) // want `\(retry\)`
		if err == nil {
			return nil
		}
		if rcerr.Code(err) == rcerr.InvalidParameter {
			return err
		}
		log.Printf("attempt %d for %s: %v", i, to, err)
		time.Sleep(time.Duration(i) * time.Second)
	}
	return fmt.Errorf("deliver to %s: %w", to, err)
}

// Run works the queue off; what passes is queued again.
func (n *Notifier) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-n.jobs:
			_, err := n.send(j.to, j.text)
			switch {
			case err == nil:
			case rcerr.Temporary(err) && j.tries < 3:
				j.tries++
				time.AfterFunc(time.Duration(j.tries)*time.Second, func() { n.jobs <- j })
			default:
				n.failed <- failure{j, err}
			}
		}
	}
}

// History asserts on an error that is wrapped on some paths only.
func (n *Notifier) History(user, other string) ([]string, error) {
	resp, err := n.rc.GetPrivateHistoryMessage(sdk.QueryHistoryMessageModel{UserID: user, TargetID: other})
	if err != nil {
		if cr, ok := err.(sdk.CodeResult); ok {
			return nil, fmt.Errorf("bad query: %w", cr)
		}
		return nil, err
	}
	return resp.Data, nil
}
