package ports

import (
	"errors"
	"fmt"
)

// Not reported: a creation that failed leaves before the defer, with its error.
func (r *Rooms) during(id string, f func() error) (err error) {
	if _, err = r.rc.GroupCreate(id, id, nil); err != nil {
		return err
	}
	defer func() {
		_, undone := r.rc.GroupDismiss(id, "host")
		err = errors.Join(err, undone)
	}()
	return f()
}

// Not reported: here the defer is left out on some ways, on which the error is handed on.
func (r *Rooms) sometimes(id string, named bool) (err error) {
	if named {
		defer func() {
			if err != nil {
				err = fmt.Errorf("room %s", id)
			}
		}()
	}
	_, err = r.rc.GroupCreate(id, id, nil)
	return err
}

// Reported: every way runs the defer.
func (r *Rooms) always(id string, named bool) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("room %s", id) // want `1008 .*1050 .*\(retryable\)`
		}
	}()
	if named {
		id = "room-" + id
	}
	_, err = r.rc.GroupCreate(id, id, nil)
	return err
}
