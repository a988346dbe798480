// Package app judges answers.
package app

import (
	"errors"

	"example.com/chosen/codes"
	"example.com/chosen/legacy"
)

var errPoor = errors.New("poor")

func magic(r legacy.Reply) bool {
	return r.Ret == 102 // want `magic pay code 102 \(Closed: closed\); use codes.Closed \(magic\)`
}

func other(r legacy.Reply) bool { return r.Old == 102 }

func switched(c codes.Code) error {
	switch c { // want `switch on a pay code omits 101 \(Poor\), 103 \(Expired\) and 104 \(Blocked\), .* \(switch\)`
	case codes.Closed:
		return errPoor
	}
	return nil
}

// judged names a code of the group cards, of which none is known to be worth another call.
func judged(c codes.Code) error {
	switch c {
	case codes.Poor, codes.Expired, codes.Blocked:
		return errPoor
	}
	return nil
}

func whole(c codes.Code) error {
	switch c {
	case codes.Closed, codes.Poor, codes.Expired, codes.Blocked:
		return errPoor
	}
	return nil
}
