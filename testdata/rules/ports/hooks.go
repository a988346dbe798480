package ports

import (
	"errors"
	"fmt"
	"log"

	"example.com/ports/reply"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Rooms tells importers of failures.
type Rooms struct {
	rc      *sdk.RongCloud
	failed  func(error)
	started func(error)
	// Closed is set by importers.
	Closed func(id string, err error)
}

// Failed sets a hook.
func Failed(f func(error)) func(*Rooms) { return func(r *Rooms) { r.failed = f } }

// NewRooms makes one.
func NewRooms(rc *sdk.RongCloud, options ...func(*Rooms)) *Rooms {
	r := &Rooms{rc: rc, failed: func(error) {}, started: func(error) {}, Closed: func(string, error) {}}
	for _, o := range options {
		o(r)
	}
	return r
}

// Not reported: an importer may have set the hook.
func (r *Rooms) unblock(id string) {
	if err := r.rc.BlockRemove(id); err != nil {
		r.failed(err)
	}
}

// Not reported: nor is it known who hears of it here.
func (r *Rooms) close(id string) {
	if err := r.rc.ChatRoomDestroy(id); err != nil {
		r.Closed(id, err)
	}
}

// Reported: nobody can set this one, and it does nothing.
func (r *Rooms) start(id string) {
	if err := r.rc.UserUpdate(id, id, ""); err != nil { // want `\(unchecked\)`
		r.started(err)
	}
}

func wrapped(op string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", op, err)
}

// Not reported: the group is taken back on a way that returns what wrapped makes of the failure.
func (r *Rooms) open(id string, users []string) error {
	if _, err := r.rc.GroupCreate(id, id, users); err != nil {
		return wrapped("create", err)
	}
	if err := r.rc.UserUpdate(users[0], "host", ""); err != nil {
		if _, undo := r.rc.GroupDismiss(id, users[0]); undo != nil {
			log.Print(undo)
		}
		return wrapped("host", err)
	}
	return nil
}

// Reported: the same, but on a way on which nothing has failed.
// Rules: unchecked/cleanup-call.
func (r *Rooms) renew(id string, users []string) error {
	_, err := r.rc.GroupGet(id)
	if _, gone := r.rc.GroupDismiss(id, users[0]); gone != nil { // want `\(unchecked\)`
		log.Print(gone)
	}
	return wrapped("renew", err)
}

var errRoom = errors.New("no room")

// Reported: where the sentinel takes the error's place, not where both ways meet.
func (r *Rooms) destroy(id string) error {
	err := r.rc.ChatRoomDestroy(id)
	if err != nil {
		err = errRoom // want `1008 .*1050 .*\(retryable\)`
	}
	return err
}

// Reported: the same with an error that is made.
func (r *Rooms) rename(id, name string) (err error) {
	if err = r.rc.UserUpdate(id, name, ""); err != nil {
		err = &reply.Error{Code: reply.Busy, Msg: name} // want `1008 .*1050 .*\(retryable\)`
	}
	return err
}
