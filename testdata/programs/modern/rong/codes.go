package rong

import (
	"errors"
	"strconv"
)

// Code is the code in the body of an answer.
type Code int

const (
	CodeOK                Code = 200
	CodeUserNotFound      Code = 400
	CodeInvalidParameter  Code = 1002
	CodeRateLimited       Code = 1008
	CodeServiceTimeout    Code = 1050
	CodeGroupNotFound     Code = 25410
	CodeGroupFull         Code = 25411
	CodeQueryRateLimited  Code = 25416
	CodeStreamNotFinished Code = 29001
	CodeStreamPullTimeout Code = 29003
	CodeStreamFailed      Code = 29007
)

var (
	ErrNotFound = errors.New("rong: not found")
	ErrBusy     = errors.New("rong: busy")
	ErrInvalid  = errors.New("rong: invalid call")
	ErrFull     = errors.New("rong: full")
)

var sentinels = map[Code]error{
	CodeUserNotFound:     ErrNotFound,
	CodeGroupNotFound:    ErrNotFound,
	CodeInvalidParameter: ErrInvalid,
	CodeGroupFull:        ErrFull,
	CodeRateLimited:      ErrBusy,
	CodeQueryRateLimited: ErrBusy,
	CodeServiceTimeout:   ErrBusy,
}

func (c Code) String() string {
	switch c {
	case CodeOK:
		return "OK"
	case CodeUserNotFound:
		return "user not found"
	case CodeGroupNotFound:
		return "group not found"
	case CodeGroupFull:
		return "group full"
	}
	return "code " + strconv.Itoa(int(c))
}

// Retryable is shown in the logs.
// Rules: behavior/predicate.
func (c Code) Retryable() bool {
	switch c { // want `\(switch\)`
	case CodeRateLimited, CodeQueryRateLimited:
		return true
	default:
		return false
	}
}
