// Package desk asks errors of another package for their codes.
package desk

import (
	"errors"
	"fmt"
	"time"

	"example.com/legacy2"
)

//retcode:code business
const (
	limited legacy2.ErrCode = 1008
	timeout legacy2.ErrCode = 1050
	nobody  legacy2.ErrCode = 400
)

// Again Not reported: both are named
func Again(s *legacy2.Svc, u string) (bool, error) {
	err := s.Block(u)
	var code legacy2.ErrCode
	if errors.As(err, &code) && (code == limited || code == timeout) {
		return true, nil
	}
	return false, err
}

// Literal Reported (magic): a number is compared with the error's code
func Literal(s *legacy2.Svc, u string) error {
	err := s.Block(u)
	if code, is := err.(legacy2.ErrCode); is && code == 400 { // want `400.*\(magic\)`
		return nil
	}
	return err
}

// Switched Reported (switch): an integer error of another package
func Switched(s *legacy2.Svc, u string) error {
	err := wrap(s, u)
	code, is := errors.AsType[legacy2.ErrCode](err)
	if !is {
		return err
	}
	switch code { // want `1050.*\(switch\)`
	case limited:
		time.Sleep(time.Second)
		return err
	case nobody:
		return nil
	}
	return err
}

func wrap(s *legacy2.Svc, u string) error {
	if err := s.Block(u); err != nil {
		return fmt.Errorf("%s: %w", u, err)
	}
	return nil
}

// Own is an error of codes and of numbers of this program.
type Own int

func (o Own) Error() string { return fmt.Sprint(int(o)) }

// Renamed Not reported: handed on as an error of its own type
func Renamed(s *legacy2.Svc, u string) error {
	var code legacy2.ErrCode
	if err := s.Block(u); errors.As(err, &code) {
		return Own(code)
	} else if err != nil {
		return Own(40001)
	}
	return nil
}

// RenamedSwitch Not reported: the type has numbers that are no codes
func RenamedSwitch(s *legacy2.Svc, u string) error {
	err := Renamed(s, u)
	var own Own
	if errors.As(err, &own) {
		switch own {
		case 40001:
			return errors.New("offline")
		case 400:
			return nil
		}
	}
	return err
}
