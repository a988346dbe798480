// Package lives runs rooms of a live show on version 4 of the SDK.
package lives

import (
	"errors"
	"fmt"
	"log"
	"sync"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Codes that the application knows.
//
//retcode:code business
const (
	busy    = 1008
	slow    = 1050
	noGroup = 23410
)

type room struct {
	id    string
	rc    *sdk.RongCloud
	mu    sync.Mutex
	state string
	stop  chan struct{}
}

// Not reported: the error goes up.
func (r *room) close() error {
	return r.rc.ChatRoomDestroy(r.id)
}

// Not reported: the error goes up with a reason.
func (r *room) kick(user string) error {
	if err := r.rc.BlockRemove(user); err != nil {
		return fmt.Errorf("kick %s: %w", user, err)
	}
	return nil
}

// Reported: the room is shut although it may be open.
func (r *room) shut() {
	if err := r.rc.ChatRoomDestroy(r.id); err != nil { // want `\(unchecked\)`
		log.Printf("shut %s: %v", r.id, err)
	}
	r.state = "shut"
}

// Reported: a statement.
func (r *room) forget(user string) {
	r.rc.BlockRemove(user) // want `\(unchecked\)`
	r.state = "idle"
}

// Reported: the reason is written into a text.
func (r *room) open(host string) error {
	if _, err := r.rc.GroupCreate(r.id, "show", []string{host}); err != nil {
		return fmt.Errorf("open: %v", err) // want `1008 .*1050 .*\(retryable\)`
	}
	r.state = "open"
	return nil
}

// Reported: any failure creates.
func (r *room) ensure(host string) error {
	if _, err := r.rc.GroupGet(r.id); err != nil { // want `1008 .*1050 .*\(retryable\)`
		_, err = r.rc.GroupCreate(r.id, "show", []string{host})
		return err
	}
	return nil
}

// Not reported: only what is not there is created.
func (r *room) ensureAbsent(host string) error {
	_, err := r.rc.GroupGet(r.id)
	var failure sdk.CodeResult
	if errors.As(err, &failure) && failure.Code == noGroup {
		_, err = r.rc.GroupCreate(r.id, "show", []string{host})
	}
	return err
}

// Reported: again, at once.
func (r *room) hasty(user string) error {
	err := r.rc.BlockRemove(user)
	var failure sdk.CodeResult
	for range 3 {
		if !errors.As(err, &failure) || failure.Code != busy && failure.Code != slow {
			return err
		}
		err = r.rc.BlockRemove(user) // want `1008 .*\(retry\)`
	}
	return err
}

// Reported: again, whatever the failure is.
func (r *room) stubborn(user string) error {
	var err error
	for range 3 {
		if err = r.rc.BlockRemove(user); err == nil { // want `permanent .*\(retry\)`
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Not reported: a pause, a bound, and only what may succeed later.
func (r *room) patient(user string) error {
	var failure sdk.CodeResult
	for attempt := 0; ; attempt++ {
		err := r.rc.BlockRemove(user)
		if attempt == 3 || !errors.As(err, &failure) || failure.Code != busy && failure.Code != slow {
			return err
		}
		select {
		case <-time.After(time.Second << attempt):
		case <-r.stop:
			return err
		}
	}
}

// Reported: the pointer never matches.
func (r *room) pointer(user string) bool {
	err := r.rc.BlockRemove(user)
	var failure *sdk.CodeResult
	if errors.As(err, &failure) { // want `\(target\)`
		return failure.Code == busy
	}
	return err == nil
}

// Reported: the number is looked for in a text, by a helper.
func (r *room) reads(user string) error {
	err := r.rc.BlockRemove(user)
	if err != nil && contains(err, "1008") { // want `1008 .*\(text\)`
		time.Sleep(time.Second)
		return r.kick(user)
	}
	return err
}

// Reported: two of the codes that matter are not in the list.
func (r *room) answer(user string) (int, error) {
	err := r.rc.BlockRemove(user)
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return 0, err
	}
	switch failure.Code { // want `1008 .*1050 .*\(switch\)`
	case 1002: // want `1002 .*\(magic\)`
		return 400, err
	case noGroup:
		return 404, err
	}
	return 500, err
}

// Not reported: every member is called once, and what failed is kept.
func (r *room) all(users []string) error {
	var errs []error
	for _, user := range users {
		errs = append(errs, r.rc.BlockRemove(user))
	}
	return errors.Join(errs...)
}

// Not reported: a worker that goes on, and success does too.
func (r *room) sweep(users <-chan string, failed func(string, error)) {
	for user := range users {
		if err := r.rc.BlockRemove(user); err != nil {
			failed(user, err)
		}
	}
}
