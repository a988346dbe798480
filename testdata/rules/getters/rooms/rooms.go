// Package rooms asks getters for the code and hands the error itself on, or does not.
package rooms

import (
	"errors"
	"fmt"

	"example.com/getters/errs"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

//retcode:code business
const (
	roomNotFound = 23410
	groupFull    = 25411
)

var errFull, errBroken = errors.New("full"), errors.New("broken")

func codeOf(err error) int {
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		return failure.Code
	}
	return 0
}

// Not reported: all but one code are handed on.
// Rules: retryable/shared-class.
func destroy(rc *sdk.RongCloud, id string) error {
	err := rc.ChatRoomDestroy(id)
	if codeOf(err) == roomNotFound {
		return nil
	}
	return err
}

// Not reported: the getter stands in another package.
func destroyed(rc *sdk.RongCloud, id string) (bool, error) {
	err := rc.ChatRoomDestroy(id)
	switch {
	case err == nil, errs.Code(err) == 0, errs.Text(err) == fmt.Sprint(roomNotFound):
		return true, nil
	default:
		return false, fmt.Errorf("destroying %s: %w", id, err)
	}
}

// Not reported: a parameter that is handed on.
func tolerate(err error) error {
	if codeOf(err) != groupFull {
		return err
	}
	return errFull
}

// Not reported: the getter writes 0 for no code.
func codeless(err error) bool { return err != nil && codeOf(err) == 0 }

// Not reported: nor does a 0 of the function's own.
func plain(err error) bool {
	var code int
	if failure, ok := errors.AsType[sdk.CodeResult](err); ok {
		code = failure.Code
	}
	return code == 0
}

// Reported: what may succeed later shares an answer with what never will.
// Rules: retryable/shared-class.
func join(rc *sdk.RongCloud, id, user string) error {
	_, err := rc.GroupJoin(id, "", []string{user})
	if codeOf(err) == groupFull { // want `1008 .*1050 .*25416 .*\(retryable\)`
		return errFull
	}
	if err != nil {
		return errBroken
	}
	return nil
}

// Reported: the same with the getter of the other package.
func create(rc *sdk.RongCloud, id, user string) error {
	_, err := rc.GroupCreate(id, "", []string{user})
	if errs.Code(err) == groupFull { // want `1008 .*1050 .*25416 .*\(retryable\)`
		return errFull
	}
	if err != nil {
		return errBroken
	}
	return nil
}

// Reported: the switch has no case for them.
func dismiss(rc *sdk.RongCloud, id, user string) error {
	_, err := rc.GroupDismiss(id, user)
	switch errs.Code(err) { // want `1008 .*1050 .*25416 .*; now they are treated like every other failure \(switch\)`
	case 0:
		return err
	case groupFull:
		return errFull
	}
	return errBroken
}
